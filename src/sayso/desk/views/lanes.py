"""The timeline as it is drawn: lanes of bins where there is much, of single incidents where there is little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sayso.desk.views import drawn
from sayso.desk.views.time_bins import Bar, Window, bars

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentRow
    from sayso.ledger.asking.where_when import Bin

EXACT, ROUGH, VAGUE = "exact", "rough", "vague"
"""How well the time is told: to a day, to a month, or less well."""
ROW, HEAD, TALL = 15, 22, 56
"""Pixels: of a row of single incidents, of what stands over a lane, of a lane of bins."""
LEAST = 0.006
"""Of the whole width: nothing is drawn narrower."""
APART = 0.004


@dataclass(frozen=True, slots=True)
class Span:
    """One incident: its stretch of time, and when it was first reported, from 0 to 1."""

    row: IncidentRow
    x: float
    width: float
    y: int
    how: str  # EXACT | ROUGH | VAGUE
    told: str
    is_cut: bool  # it reaches past what is shown
    reported: str | None
    reported_x: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """What stands in one lane, and where it begins."""

    id: str
    y: int
    height: int
    count: int
    bars: tuple[Bar, ...] = ()
    spans: tuple[Span, ...] = ()


def lanes_of_bins(
    bins: Iterable[Bin], shown: Window, order: Sequence[str], rest: str | None = None
) -> tuple[Lane, ...]:
    """Lanes of bins in an order, those without any left out; what is of no lane named stands in the lane `rest`."""
    held: dict[str, list[Bin]] = {name: [] for name in order}
    for one in bins:
        name = one.lane if one.lane in held else rest
        if name is not None:
            held.setdefault(name, []).append(one)
    made = {name: bars(found, shown, tallest=1) for name, found in held.items()}
    tallest = max((bar.count for found in made.values() for bar in found), default=1)
    lanes: list[Lane] = []
    y = 0
    for name, found in made.items():
        if not found:
            continue
        scaled = tuple(Bar(one.at, one.count, one.x, one.width, one.count / tallest) for one in found)
        lanes.append(Lane(name, y, HEAD + TALL, sum(one.count for one in found), scaled))
        y += HEAD + TALL
    return tuple(lanes)


def lanes_of_spans(
    rows: Sequence[IncidentRow],
    shown: Window,
    lanes_for: Callable[[IncidentRow], Sequence[str]],
    order: Sequence[str],
    reported: Mapping[str, str],
) -> tuple[Lane, ...]:
    """Lanes of single incidents; one that is of several lanes stands in each."""
    held: dict[str, list[IncidentRow]] = {name: [] for name in order}
    for row in rows:
        for name in lanes_for(row):
            held.setdefault(name, []).append(row)
    made: list[Lane] = []
    y = 0
    for name, found in held.items():
        if not found:
            continue
        spans, depth = _stacked(found, shown, reported)
        height = HEAD + depth * ROW + 6
        made.append(Lane(name, y, height, len(found), spans=spans))
        y += height
    return tuple(made)


def _stacked(rows: Sequence[IncidentRow], shown: Window, reported: Mapping[str, str]) -> tuple[tuple[Span, ...], int]:
    """Each on the first line on which it meets no other, and how many lines there are."""
    ends: list[float] = []
    spans = []
    for row in sorted(rows, key=lambda one: (one.earliest or "", one.id)):
        start, width = _place(row, shown)
        said = reported.get(row.id)
        said_x = shown.at(_noon(said)) if said and shown.first <= said[:10] < shown.past else None
        first = min(start, said_x if said_x is not None else start)
        past = max(start + width, said_x if said_x is not None else 0.0) + APART
        line = next((n for n, end in enumerate(ends) if end <= first), len(ends))
        ends[line : line + 1] = [past]
        unverified = row.counter.could_not_verify if row.counter else 0
        told = drawn.told_of(origins=row.origins, denials=row.denials, could_not_verify=unverified)
        is_cut = (row.earliest or "") < shown.first or (row.latest or "")[:10] > shown.past
        spans.append(Span(row, start, width, line * ROW, how_well(row), told, is_cut, said, said_x))
    return tuple(spans), max(1, len(ends))


def _noon(iso: str) -> str:
    """A day without an hour stands in its middle."""
    return iso if len(iso) > 10 else f"{iso}T12:00"


def _place(row: IncidentRow, shown: Window) -> tuple[float, float]:
    start = shown.at(row.earliest or shown.first)
    past = shown.at(row.latest) if row.latest else start
    width = max(LEAST, past - start)
    return min(start, 1.0 - LEAST), width


def how_well(row: IncidentRow) -> str:
    """How well the time of an incident is told, by how long it may have been."""
    if not row.earliest or not row.latest:
        return VAGUE
    days = (date.fromisoformat(row.latest[:10]) - date.fromisoformat(row.earliest[:10])).days
    return EXACT if days <= 1 else ROUGH if days <= 31 else VAGUE


def beside(shown: Window, *, later: bool) -> tuple[str, str] | None:
    """The stretch of the same length before or after, as its first and last day; None where the calendar ends."""
    length = timedelta(days=shown.days)
    try:
        first = date.fromisoformat(shown.first) + (length if later else -length)
        return first.isoformat(), (first + length - timedelta(days=1)).isoformat()
    except OverflowError:
        return None
