"""What a page says of the reports that it points into, put together from what the case answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.export.pointing import About, Reports
from sayso.ledger.asking.answers import IncidentPage
from sayso.record import Family, Telling

COPIED = ("exact", "near", "cut", "reworded", "half", "translated")
NONE: Mapping[str, str] = {}
NO_LINES: Mapping[str, tuple[int, ...]] = {}


def reports_known(
    shown: IncidentPage, *, shorts: Mapping[str, str] = NONE, starts: Mapping[str, tuple[int, ...]] = NO_LINES
) -> Reports:
    """The reports of an incident: how their ids are cut short, where their lines begin, and which copy which.

    A report that is a copy in several families is shown as a copy of the longest stretch. One without a publisher is
    called by the agencies that it credits, or by whose own voice it is.
    """
    hows = copies_of(shown.families)
    credited = {telling.report: _credited(telling) for telling in shown.incident.tellings}
    known = {}
    for row in shown.reports:
        how, of = hows.get(row.id, ("original", None))
        short = shorts.get(row.id, "")
        known[row.id] = About(
            row.id,
            short,
            row.title,
            row.publisher or credited.get(row.id) or None,
            row.published,
            how,
            of,
            starts.get(row.id, ()),
        )
    return Reports(known)


def _credited(telling: Telling) -> str:
    """Whose a report is that names no publisher: the agencies it credits, else who speaks in it as its own voice."""
    voice = telling.voice.name if telling.voice is not None else ""
    return ", ".join(telling.agencies) or voice


def copies_of(families: Sequence[Family]) -> dict[str, tuple[str, str | None]]:
    """For each report that is a copy, how it is one and of which report, if that is known."""
    longest: dict[str, int] = {}
    found: dict[str, tuple[str, str | None]] = {}
    for family in families:
        first = next((member.report for member in family.members if member.how == "original"), None)
        for member in family.members:
            size = member.span.end - member.span.start
            if member.how in COPIED and size > longest.get(member.report, -1):
                longest[member.report] = size
                of = member.of or (first if first != member.report else None)
                found[member.report] = (member.how, of)
    return found
