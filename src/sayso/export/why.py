"""Why there are events and why none, as a part of the page for a terminal: what `sayso read --explain` adds."""

from __future__ import annotations

from sayso.export.ink import Line, Run, hanging, safe, titled, wrap
from sayso.record import Explained, Reading, Span

LONGEST = 90
"""How much of a sentence is shown beside why it gave no event."""


def why_lines(reading: Reading, width: int) -> list[Line]:
    """What each event was found by, and what looked like one and is none; nothing where nobody asked."""
    if reading.explained is None:
        return []
    return [*_found(reading.explained, width), [], *_passed(reading, reading.explained, width)]


def _found(explained: Explained, width: int) -> list[Line]:
    lines = titled("Why these events", str(len(explained.events)), width)
    if not explained.events:
        return [*lines, *wrap([Run("No event was found.", "faint")], width)]
    for one in explained.events:
        told = [Run(f"{safe(one.says)} "), Run(f"({safe(one.row)}) {_at(one.span)}", "faint")]
        lines += hanging([Run(one.event, "faint")], told, width, 6)
    return lines


def _passed(reading: Reading, explained: Explained, width: int) -> list[Line]:
    lines = titled("Why no event", str(len(explained.passed)), width)
    if not explained.passed:
        return [*lines, *wrap([Run("Nothing else looks like one.", "faint")], width)]
    for one in explained.passed:
        told = [Run(f"{safe(one.says)} "), Run(f"{_at(one.span)} {_shortened(reading, one.sentence)}", "faint")]
        lines += hanging([Run("·", "faint")], told, width, 2)
    return lines


def _at(span: Span) -> str:
    return f"[{span.start}, {span.end}]"


def _shortened(reading: Reading, span: Span) -> str:
    words = safe(reading.page.report.text[span.start : span.end]).strip()
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
