"""What would change an incident: what nobody tells, whom nobody asked, what is only one side's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.accounts.marks import Marks
from sayso.accounts.origins import Traced
from sayso.record import Cell, When, Where

MOST_NAMED = 3


def questions(
    traced: Sequence[Traced], cells: Sequence[Cell], marks: Marks, when: When | None, place: Where | None
) -> tuple[str, ...]:
    """The open questions of an incident, as sentences; each names what is missing or stands against something."""
    return tuple(_questions(traced, cells, marks, when, place))


def _questions(
    traced: Sequence[Traced], cells: Sequence[Cell], marks: Marks, when: When | None, place: Where | None
) -> Iterator[str]:
    if when is None or when.earliest is None:
        yield "No telling says on which day it was."
    if place is None:
        yield "No telling says where it was."
    elif place.lat is None:
        yield f"The place “{place.name}” could not be found on the map."
    yield from _of_origins([one for one in traced if not one.is_unsourced])
    yield from _of_figures(traced, cells)
    for silence in [one for one in marks.silences if not one.copied][:MOST_NAMED]:
        said = "had not commented yet" if silence.silence in ("none_yet", "yet_to", None) else "did not say more"
        yield f"{silence.speaker} {said}."
    if any(not caveat.copied for caveat in marks.caveats):
        yield "What was told could not be verified by those who reported it."


def _of_origins(sourced: Sequence[Traced]) -> Iterator[str]:
    if not sourced:
        yield "Nobody who tells it says who told them."
        return
    if len(sourced) == 1:
        yield f"It has one origin: {sourced[0].origin.name}."
    sides = {one.origin.party for one in sourced if one.origin.position == "party"}
    if len(sourced) > 1 and len(sides) == 1 and all(one.origin.position == "party" for one in sourced):
        yield "All its origins speak for one side."
    unknown = dict.fromkeys(
        one.origin.name
        for one in sourced
        if one.origin.position == "unknown" and one.origin.naming in ("named", "institution")
    )
    if unknown:
        yield f"For whom do they speak: {', '.join(list(unknown)[:MOST_NAMED])}?"


def _of_figures(traced: Sequence[Traced], cells: Sequence[Cell]) -> Iterator[str]:
    names = {one.origin.id: one.origin.name for one in traced}
    seen: set[str] = set()
    for cell in cells:
        if cell.field != "how_many" or not cell.against or cell.of is None or cell.of in seen:
            continue
        seen.add(cell.of)
        other = next(
            one for one in cells if one.origin == cell.against[0] and (one.field, one.of) == ("how_many", cell.of)
        )
        yield f"Figures differ: {names[cell.origin]} gives {cell.says}, {names[other.origin]} {other.says}."
