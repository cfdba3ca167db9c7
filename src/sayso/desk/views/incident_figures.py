"""Figures over time: for each thing counted the place of every figure on a drawing, and the same figures in a table.

Days stand in their order from left to right; days without a figure are drawn narrow, and a long run of them as a break.
Heights begin at nought and are never on a logarithmic scale. A bound that a report gives is a mark, the doubt between
two bounds a line, an open end an arrow: nothing is drawn where nobody gave a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.export import aloud
from sayso.export.incident_figures import Figured, day_said, each_once, figure_in_words, figures, spread
from sayso.export.pointing import mark

if TYPE_CHECKING:
    from sayso.record import Incident, Quantity

LEFT, TOP, HIGH, BOTTOM, RIGHT = 62.0, 46.0, 190.0, 44.0, 16.0
SLOT, LETTER = 34.0, 7.5
"""Room that a mark takes at least, and what a character of its label takes."""
DAY, GAP, MOST_GAPS = 84.0, 12.0, 5
"""Room of a day at least, of a day without a figure, and from how many such days on there is a break."""
ARROW = 26.0
SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "M-4.6 -4.6h9.2v9.2h-9.2z",
    "M0 -5.8L5.6 4.4H-5.6z",
    "M0 -6.2L6.2 0L0 6.2L-6.2 0z",
    "M0 5.8L5.6 -4.4H-5.6z",
    "M-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    "M0 -6L5.7 -1.9L3.5 4.9H-3.5L-5.7 -1.9z",
    "M-6 -3.5L0 -6.9L6 -3.5V3.5L0 6.9L-6 3.5z",
)
"""Outlines around nought: circle, square, triangle, diamond, triangle upside down, cross, five and six corners."""
KINDS = len(SHAPES)
TIP = 200
"""Characters of a source's words that are told of a mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure where it is drawn: the heights of the bounds that were given, and arrows where one is open."""

    x: float
    bounds: tuple[float, ...]
    up: bool
    down: bool
    label: str  # "19+", "≤30", "12–15"
    letter: str
    kind: int  # which shape and colour
    superseded: bool
    tip: str

    @property
    def top(self) -> float:
        """The height of its highest part."""
        return min(self.bounds) - (ARROW if self.up else 0)

    @property
    def shape(self) -> str:
        """The outline of its mark."""
        return SHAPES[self.kind]


@dataclass(frozen=True, slots=True)
class Step:
    """A line that joins the figures of one speaker in the order in which they were given."""

    path: str
    kind: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the line below. `gap` tells of days without a figure before it, where a break is drawn."""

    x: float
    label: str
    year: str
    gap: int = 0
    gap_x: float = 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """A line across, and the number it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the table."""

    figured: Figured
    letter: str
    shape: str
    kind: int
    said_on: str
    says: str
    restated: str | None  # the same in another unit, as the report gives it


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures for one thing counted, in one unit."""

    of: str
    unit: str | None
    spread: str
    wide: float
    high: float
    floor: float
    undated_from: float | None  # where the lane of figures begins whose day nobody tells
    levels: tuple[Level, ...]
    days: tuple[Day, ...]
    steps: tuple[Step, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to compare: one figure needs no drawing."""
        return len(self.marks) > 1


@dataclass(frozen=True, slots=True)
class _Who:
    """Which shape each origin has, the same in every drawing, and which origins are somebody with a name."""

    shapes: Mapping[int, int]
    named: frozenset[int]


def charts(incident: Incident) -> tuple[Chart, ...]:
    """A drawing and a table for each thing counted; figures in different units stand apart."""
    found = figures(incident)
    giving = sorted({one.index for several in found.values() for one in several})
    named = (number for number, one in enumerate(incident.origins) if one.naming in ("named", "institution"))
    who = _Who({index: number % KINDS for number, index in enumerate(giving)}, frozenset(named))
    return tuple(
        _chart(of, unit, several, who)
        for of, every in found.items()
        for unit, several in _by_unit(each_once(every)).items()
    )


def _by_unit(several: Iterable[Figured]) -> dict[str | None, list[Figured]]:
    found: dict[str | None, list[Figured]] = {}
    for one in several:
        found.setdefault(one.stated.quantity.unit if one.stated.quantity else None, []).append(one)
    return found


def _chart(of: str, unit: str | None, several: Sequence[Figured], who: _Who) -> Chart:
    drawn = [one for one in several if _bounds(one.stated.quantity)]
    scale = _Scale(max((max(_bounds(one.stated.quantity)) for one in drawn), default=0.0))
    slot = max([SLOT, *(LETTER * len(_label(one)) + 10 for one in drawn)])
    placed, days, undated_from, wide = _along(drawn, slot)
    marks = tuple(_mark(one, x, scale, who) for one, x in placed)
    return Chart(
        of, unit, spread(list(several)), wide, TOP + HIGH + BOTTOM, TOP + HIGH, undated_from,
        tuple(scale.levels()), days, tuple(_steps(placed, marks, who)), marks, tuple(_row(one, who) for one in several),
    )  # fmt: skip


def _row(one: Figured, who: _Who) -> Row:
    quantity = one.stated.quantity
    again = quantity.restated if quantity is not None else None
    restated = f"{aloud.number(again.value)} {again.unit or ''}".strip() if again is not None else None
    kind = who.shapes[one.index]
    said_on, says = day_said(one.stated.at), figure_in_words(one.stated)
    return Row(one, mark(one.index), SHAPES[kind], kind, said_on, says, restated)


# Along the line of days


def _along(
    drawn: Sequence[Figured], slot: float
) -> tuple[list[tuple[Figured, float]], tuple[Day, ...], float | None, float]:
    """Where each figure stands from left to right, the days below, where the undated begin, and how wide all is."""
    by_day: dict[date | None, list[Figured]] = {}
    for one in drawn:
        by_day.setdefault(_day_of(one), []).append(one)
    placed: list[tuple[Figured, float]] = []
    days: list[Day] = []
    at, before, undated_from = LEFT, None, None
    for day in sorted((one for one in by_day if one is not None), key=date.toordinal):
        empty = (day - before).days - 1 if before is not None else 0
        gap = GAP * min(empty, MOST_GAPS)
        room = max(DAY, slot * len(by_day[day]))
        year = str(day.year) if before is None or before.year != day.year else ""
        is_break = empty > MOST_GAPS
        days.append(Day(at + gap + room / 2, f"{day.day} {day:%b}", year, empty if is_break else 0, at + gap / 2))
        placed += _spaced(by_day[day], at + gap, room)
        at, before = at + gap + room, day
    if None in by_day:
        undated_from = at + 8
        room = max(DAY + 20, slot * len(by_day[None]))
        placed += _spaced(by_day[None], undated_from, room)
        at = undated_from + room
    return placed, tuple(days), undated_from, max(at + RIGHT, 260.0)


def _spaced(several: Sequence[Figured], start: float, room: float) -> Iterator[tuple[Figured, float]]:
    each = room / len(several)
    for number, one in enumerate(several):
        yield one, round(start + each * (number + 0.5), 1)


def _day_of(one: Figured) -> date | None:
    try:
        return date.fromisoformat((one.stated.at or "")[:10])
    except ValueError:
        return None


# Up and down


class _Scale:
    """Heights from nought to a round number that holds the highest figure."""

    def __init__(self, highest: float) -> None:
        self.step = _round_step(highest)
        self.top = self.step * max(1, math.ceil(highest / self.step))

    def y(self, value: float) -> float:
        """The height of a number."""
        return round(TOP + HIGH * (1 - value / self.top), 1)

    def levels(self) -> Iterator[Level]:
        """Lines across."""
        for n in range(round(self.top / self.step) + 1):
            yield Level(self.y(n * self.step), aloud.number(n * self.step))


def _round_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten, so that at most five of them hold the highest."""
    if highest <= 1:
        return 1.0
    rough = highest / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return max(1.0, next(power * one for one in (1, 2, 5, 10) if power * one >= rough))


def _mark(one: Figured, x: float, scale: _Scale, who: _Who) -> Mark:
    quantity = one.stated.quantity
    low, high = (quantity.low, quantity.high) if quantity is not None else (None, None)
    return Mark(
        x,
        tuple(scale.y(bound) for bound in _bounds(quantity)),
        high is None,
        low is None,
        _label(one),
        mark(one.index),
        who.shapes[one.index],
        one.stated.superseded,
        f"{mark(one.index)} {one.origin}: {figure_in_words(one.stated)}, {day_said(one.stated.at)}. {_said(one)}",
    )


def _said(one: Figured) -> str:
    """The words that a figure was read from, for whoever points at it."""
    words = " ".join(one.stated.anchor.words.split())
    return f"“{words[:TIP].rsplit(' ', 1)[0]} …”" if len(words) > TIP else f"“{words}”" if words else ""


def _bounds(quantity: Quantity | None) -> list[float]:
    """The bounds that were given, each once."""
    if quantity is None:
        return []
    return list(dict.fromkeys(bound for bound in (quantity.low, quantity.high) if bound is not None))


def _label(one: Figured) -> str:
    """A figure in few signs: "19+" at least 19, "≤30" up to 30, ">90" more than 90, "~40" about 40."""
    quantity = one.stated.quantity
    if quantity is None:
        return ""
    low, high = quantity.low, quantity.high
    about = "~" if quantity.approximate else ""
    if low is None and high is not None:
        return f"{'<' if quantity.high_open else '≤'}{_short(high)}"
    if high is None and low is not None:
        return f">{_short(low)}" if quantity.low_open else f"{about}{_short(low)}+"
    if low == high and low is not None:
        return f"{about}{_short(low)}"
    return f"{about}{_short(low or 0)}–{_short(high or 0)}"


def _short(value: float) -> str:
    return aloud.number(value).replace(" million", "m").replace(" billion", "bn").replace(" trillion", "tn")


def _steps(placed: Sequence[tuple[Figured, float]], marks: Sequence[Mark], who: _Who) -> Iterator[Step]:
    """For each speaker with figures on several days, a line in steps; unnamed speakers are joined with nobody."""
    series: dict[tuple[str, int], list[Mark]] = {}
    for (one, _), drawn in zip(placed, marks, strict=True):
        if _day_of(one) is not None:
            series.setdefault((one.origin, -1 if one.index in who.named else one.index), []).append(drawn)
    for several in series.values():
        for first, then in pairwise(several):
            yield Step(f"M{first.x} {first.bounds[0]}H{then.x}V{then.bounds[0]}", then.kind)
