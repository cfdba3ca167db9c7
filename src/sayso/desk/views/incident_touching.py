"""What reaches an incident without telling it: denials, what could not be verified, silences; and what did not happen.

A denial in general is kept apart from one of this very thing: it touches the incident, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.accounts.assemble import UNREAL
from sayso.desk.views.incident_why import teller_named
from sayso.export.incident_matrix import letters, question
from sayso.export.touching_lines import folded
from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.export.pointing import About, Reports
    from sayso.record import Cell, Incident, Teller, Telling, Touching


@dataclass(frozen=True, slots=True)
class Against:
    """What a denial, or a doubt, is of: whose version, and on which questions."""

    letters: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """One denial, doubt or silence; `copies` repeat it in other reports."""

    touching: Touching
    letter: str | None
    report: About
    copies: tuple[Touching, ...]
    against: Against | None
    is_accused: bool  # the side that it speaks for is said to have done it

    @property
    def names(self) -> str:
        """Who it is of."""
        return self.touching.speaker


@dataclass(frozen=True, slots=True)
class Lane:
    """Marks of one sort: denies | denies_in_general | could_not_verify | silences."""

    sort: str
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class NotTold:
    """A telling of what is not said to have happened: by whom, and what it is said to be instead."""

    status: str
    speaker: str | None  # None: the newsroom's own voice
    anchor: Anchor
    claim: str
    kind: str


def lanes(incident: Incident, reports: Reports) -> tuple[Lane, ...]:
    """Each sort that there is, in the order in which they are read."""
    sorts = {
        "denies": [one for one in incident.denials if one.reach != "general"],
        "denies_in_general": [one for one in incident.denials if one.reach == "general"],
        "could_not_verify": incident.caveats,
        "silences": incident.silences,
    }
    found = (Lane(sort, tuple(_touches(incident, several, reports))) for sort, several in sorts.items())
    return tuple(lane for lane in found if lane.touches)


def _touches(incident: Incident, touchings: Iterable[Touching], reports: Reports) -> Iterator[Touch]:
    marks = letters(incident)
    accused = {one.party for telling in incident.tellings for one in telling.agents if one.party}
    for first, more in folded(touchings):
        yield Touch(
            first,
            marks.get(first.origin or ""),
            reports.about(first.anchor.report),
            tuple({one.anchor: one for one in more}.values()),
            _against(incident, first, marks) if first.reach != "general" else None,
            first.party is not None and first.party in accused,
        )


def _against(incident: Incident, touching: Touching, marks: dict[str, str]) -> Against | None:
    """Whose version it is against, as the cells of its origin, or of its very words, have it."""
    cells = [cell for cell in incident.matrix if _is_of(cell, touching)]
    found = {marks[origin]: None for cell in cells for origin in _reached(cell, touching) if origin in marks}
    if not found:
        return None
    return Against(
        tuple(sorted(found, key=lambda letter: (len(letter), letter))),
        tuple(dict.fromkeys(question((cell.field, cell.of)) for cell in cells)),
    )


def _is_of(cell: Cell, touching: Touching) -> bool:
    if touching.kind == "denies":
        return cell.verdict == "denies" and cell.origin == touching.origin and bool(cell.against)
    return cell.verdict == touching.kind and touching.anchor in cell.anchors


def _reached(cell: Cell, touching: Touching) -> tuple[str, ...]:
    return cell.against if touching.kind == "denies" else (cell.origin,)


# What is not told to have happened


def not_told_as_happened(incident: Incident) -> tuple[NotTold, ...]:
    """Tellings of what is threatened, planned, demanded, feared or possible, or told not to have come.

    Who denies what others tell stands with the denials; where nobody tells that it happened, here too.
    """
    sought = UNREAL if incident.did_not_happen else UNREAL - {"denied"}
    found = {
        (one.anchor, one.speaker, one.status): one
        for telling in incident.tellings
        for teller in telling.tellers
        if teller.status in sought and (one := _not_told(telling, teller))
    }
    return tuple(found.values())


def _not_told(telling: Telling, teller: Teller) -> NotTold:
    said = telling.sentence
    return NotTold(
        teller.status,
        teller_named(telling, teller),
        Anchor(telling.report, said.span, said.words),
        f"{telling.report}#{telling.event}",
        telling.kind,
    )
