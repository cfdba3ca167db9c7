"""Several readings at a glance: one of them in full, then what in all of them is denied or could not be verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.export import terminal
from sayso.export.ink import Line, Run, columns, hanging, painted, safe, wrap
from sayso.export.terminal import Shown
from sayso.record import Reading, Statement

INVENTED = (
    "This is the sample: an invented conflict, with invented people and outlets in real places. "
    "Here is its first report as `sayso read` shows it, then what is denied in any of them."
)
DOUBTED = ("denies", "cannot_verify", "retracts")


def demo(readings: Mapping[str, Reading], *, width: int = 80, colour: bool = False) -> str:
    """The first of the readings as a page of its own, and what is denied in every one of them."""
    width = min(max(width, terminal.NARROWEST), terminal.WIDEST)
    first = [terminal.page(reading, width=width, colour=colour) for reading in list(readings.values())[:1]]
    warning = painted(wrap([Run(INVENTED, "unsure")], width), colour=colour)
    return "\n".join([warning, *first, denials(readings, width=width, colour=colour)])


def denials(readings: Mapping[str, Reading], *, width: int = 80, colour: bool = False) -> str:
    """Every denial, retraction and "could not verify" of these readings, and what each reaches."""
    width = min(max(width, terminal.NARROWEST), terminal.WIDEST)
    statements = sum(len(reading.statements) for reading in readings.values())
    events = [event for reading in readings.values() for event in reading.events]
    disputed = sum(event.status == "disputed" for event in events)
    tally = (
        f"{len(readings)} reports hold {statements:,} statements and {len(events):,} events as told, "
        f"{disputed:,} of them disputed. What is denied, taken back or could not be verified:"
    )
    lines = [[Run("DENIED, TAKEN BACK, NOT VERIFIED", "heading")], [Run("━" * width, "faint")]]
    lines += wrap([Run(tally)], width)
    for name, reading in readings.items():
        lines += _of_one(name, reading, width)
    return painted(lines, colour=colour)


def _of_one(name: str, reading: Reading, width: int) -> list[Line]:
    doubted = [statement for statement in reading.statements if statement.act in DOUBTED]
    if not doubted:
        return []
    shown = Shown(reading, width)
    lines: list[Line] = [[], *wrap([Run(safe(name), "faint")], width)]
    for statement in doubted:
        lines += hanging([Run("·", "faint")], list(_doubt(shown, statement)), width, 2)
    return lines


def _doubt(shown: Shown, statement: Statement) -> Iterator[Run]:
    yield Run(shown.name(statement.source), "who")
    yield Run(" ")
    yield from terminal.how(shown, statement)
    words = terminal.quoted(shown, statement)
    if words:
        yield Run(f" {words}")
    reach = terminal.reach(shown, statement)
    if reach and columns(reach):
        yield Run(f" ({reach})", "unsure")
