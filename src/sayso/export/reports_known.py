"""What a page says of the reports that it points into, put together from what the case answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sayso.export import aloud
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

    A report that copies several is shown as a copy of one that is here, by the longest stretch. One without a publisher
    is called by the agencies that it credits, or by whose own voice it is.
    """
    hows = copies_of(shown.families, {row.id for row in shown.reports})
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
    """Whose a report is that names no publisher: the agencies it credits, as such; else whose own voice it is."""
    voice = telling.voice.name if telling.voice is not None else ""
    return f"credits {aloud.listed(list(telling.agencies))}" if telling.agencies else voice


def copies_of(families: Sequence[Family], here: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """For each report that is a copy, how it is one and of which, if that is known: one that is here goes first."""
    best: dict[str, tuple[bool, int]] = {}
    found: dict[str, tuple[str, str | None]] = {}
    for family in families:
        first = next((member.report for member in family.members if member.how == "original"), None)
        for member in family.members:
            if member.how not in COPIED:
                continue
            of = member.of or (first if first != member.report else None)
            rank = (of in here, member.span.end - member.span.start)
            if rank > best.get(member.report, (False, -1)):
                best[member.report] = rank
                found[member.report] = (member.how, of)
    return found
