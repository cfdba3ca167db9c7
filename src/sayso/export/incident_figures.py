"""Figures of an incident: for each origin what it counts, with its bounds and when it said so. Never an average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.export import aloud
from sayso.export.ink import Line, Run, beside, hanging, safe, titled, wrap
from sayso.export.pointing import Reports, faint, mark, quoted
from sayso.record import Anchor, Incident, Quantity, Stated

BARS_FROM, BAR = 72, 26
"""Cells from which bounds are drawn, and cells they are drawn in."""
WORDS_SHOWN = 60


@dataclass(frozen=True)
class Figured:
    """One figure: whose it is, and where its place in the order of origins lies."""

    stated: Stated
    origin: str
    index: int


def figures(incident: Incident) -> dict[str, list[Figured]]:
    """What is counted, each with the figures given for it: by the day they were said, undated ones last."""
    named = {origin.id: (number, origin.name) for number, origin in enumerate(incident.origins)}
    found: dict[str, list[Figured]] = {}
    for account in incident.accounts:
        index, name = named.get(account.origin, (len(named), account.origin))
        for stated in account.stated:
            if stated.field == "how_many":
                found.setdefault(stated.of or "", []).append(Figured(stated, name, index))
    for several in found.values():
        several.sort(key=lambda one: (one.stated.at or "9999", one.index, one.stated.anchor.span))
    return dict(sorted(found.items()))


def figure_lines(incident: Incident, reports: Reports, width: int) -> list[Line]:
    """Every figure in the order it was said, with its bounds; what its own origin replaced later is marked so."""
    found = figures(incident)
    if not found:
        return []
    lines = titled("Figures, as each origin gives them", "never averaged", width)
    for of, several in found.items():
        lines += wrap([Run(of.replace("_", " ") or "counted", "heading"), faint(f" · {spread(several)}")], width)
        top = _top(several)
        for one in each_once(several):
            lines += _figure(one, reports, width, top)
    return lines


def figures_in_a_line(incident: Incident, width: int) -> list[Line]:
    """For a page in short: "killed: at least 12 (A), then at least 19 (A), 25 (D)"."""
    lines: list[Line] = []
    for of, several in figures(incident).items():
        told = dict.fromkeys((figure_in_words(one.stated), mark(one.index), one.origin) for one in several)
        shown = "; ".join(f"{says} ({safe(origin)})" for says, _, origin in told)
        lines += hanging([faint(safe(of.replace("_", " ")).capitalize() or "Counted")], [Run(shown)], width, 12)
    return lines


def each_once(several: Sequence[Figured]) -> list[Figured]:
    """Each figure of an origin and a day once, however many reports give it."""
    kept = {(one.index, one.stated.at, figure_in_words(one.stated)): one for one in reversed(several)}
    return list(kept.values())[::-1]


def _figure(one: Figured, reports: Reports, width: int, top: float) -> list[Line]:
    stated = one.stated
    later = " (later replaced by the same origin)" if stated.superseded else ""
    style = "faint" if stated.superseded else ""
    runs = [
        Run(f"{mark(one.index)} {safe(one.origin)}: ", "who"),
        Run(figure_in_words(stated) + later, style),
        faint(f" · {day_said(stated.at)} · {_words(stated.anchor)}{reports.at(stated.anchor)}"),
    ]
    if width < BARS_FROM or not top:
        return hanging([Run(" ")], runs, width, 2)
    return beside([[Run("  "), Run(bar(stated.quantity, top), style)]], wrap(runs, width - BAR - 4), BAR + 4)


def _words(anchor: Anchor) -> str:
    words = quoted(anchor.words, WORDS_SHOWN)
    return f"{words} " if words else ""


def day_said(at: str | None) -> str:
    """The day on which something was said, in words."""
    if at is None:
        return "day not told"
    try:
        day = date.fromisoformat(at[:10])
    except ValueError:
        return safe(at)
    return aloud.stretch(str(day), str(day + timedelta(days=1)))


def figure_in_words(stated: Stated) -> str:
    """A figure with its bounds, in words."""
    return safe(aloud.quantity(stated.quantity) if stated.quantity else stated.says)


def _top(several: Sequence[Figured]) -> float:
    bounds = [bound for one in several if one.stated.quantity for bound in _bounds(one.stated.quantity)]
    return max(bounds, default=0.0) if len(several) > 1 else 0.0


def _bounds(quantity: Quantity) -> list[float]:
    return [bound for bound in (quantity.low, quantity.high) if bound is not None]


def bar(quantity: Quantity | None, top: float) -> str:
    """A figure between 0 and `top` as a mark, its doubt as a line to both bounds, an open end as an arrow.

    The line is `BAR` cells long, and nothing where a figure has no bounds.
    """
    if quantity is None or not _bounds(quantity):
        return ""
    low, high = quantity.low, quantity.high
    first = _cell(low, top) if low is not None else 0
    last = _cell(high, top) if high is not None else BAR - 1
    if first >= last:
        return " " * first + ("▶" if high is None else "●")
    begins = "◀" if low is None else "├"
    ends = "▶" if high is None else "┤"
    return " " * first + begins + "─" * (last - first - 1) + ends


def _cell(value: float, top: float) -> int:
    return max(0, min(BAR - 1, round(value / top * (BAR - 1))))


def spread(several: Sequence[Figured]) -> str:
    """From the lowest to the highest that is not replaced, over how many accounts; a single figure as it is told."""
    standing = [one for one in several if not one.stated.superseded and one.stated.quantity]
    bounds = [bound for one in standing if one.stated.quantity for bound in _bounds(one.stated.quantity)]
    if not bounds:
        return "no figure with bounds"
    accounts = aloud.several(len({one.index for one in standing}), "account")
    told = {figure_in_words(one.stated) for one in standing}
    if len(told) == 1:
        return f"{min(told)}, by {accounts}"
    low, high = aloud.number(min(bounds)), aloud.number(max(bounds))
    unbounded = any(one.stated.quantity and one.stated.quantity.high is None for one in standing)
    between = low if low == high else f"{low} to {high}"
    return f"{between}{' or more' if unbounded else ''}, by {accounts}"
