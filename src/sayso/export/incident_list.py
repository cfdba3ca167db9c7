"""Many incidents as a list for a terminal, each with its attributed headline; what did not happen stands apart."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, indented, painted, safe, titled, wrap
from sayso.export.pointing import faint
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.ledger.asking.answers import IncidentRow

ORDERS = {
    "contested": "most contested first",
    "time": "by the day they are told for",
    "reports": "those in most reports first",
    "place": "by place",
}
NONE_YET = "No incident fits. Without options all are listed; `sayso add` brings reports in."


def listing(rows: Sequence[IncidentRow], *, by: str = "contested", width: int = 80, colour: bool = False) -> str:
    """The incidents in the order given, then, apart, those that nobody tells to have happened."""
    width = min(max(width, NARROWEST), WIDEST)
    if not rows:
        return painted(wrap([Run(NONE_YET, "faint")], width), colour=colour)
    told = [row for row in rows if not row.did_not_happen]
    tray = [row for row in rows if row.did_not_happen]
    parts = [
        _part("Incidents", f"{len(told):,}, {ORDERS.get(by, by)}", told, width) if told else [],
        _part("Apart: not told to have happened", f"{len(tray):,}", tray, width) if tray else [],
    ]
    lines = [line for part in parts if part for line in [*part, []]]
    return painted(lines[:-1], colour=colour)


def _part(title: str, tally: str, rows: Sequence[IncidentRow], width: int) -> list[Line]:
    lines = titled(title, tally, width)
    for number, row in enumerate(rows):
        if number:
            lines.append([])
        lines += row_lines(row, width)
    return lines


def row_lines(row: IncidentRow, width: int) -> list[Line]:
    """One incident: id, kind, when and where; the headline; who is counted."""
    kind = row.kind.replace("_", " ")
    facts = [kind[:1].upper() + kind[1:], when_of(row), row.place or "place not told"]
    head = [Run(safe(row.id), "who"), faint(safe(f"  {' · '.join(facts)}"))]
    headline = [Run(safe(part.words), "quoted" if part.anchor else "") for part in row.headline]
    counted = row.counter.says if row.counter else "not drawn yet: its reports are new"
    return [
        *wrap(head, width),
        *(indented(wrap(headline, width - 2), 2) if headline else []),
        *indented(wrap([faint(safe(counted))], width - 2), 2),
    ]


def when_of(row: IncidentRow) -> str:
    """When it is told for, or that nobody tells."""
    if row.earliest is None and row.latest is None:
        return "day not told"
    return aloud.stretch(row.earliest, row.latest)
