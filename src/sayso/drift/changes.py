"""All that changed between two tellings, each change named: the list of what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.attributing import speakers
from sayso.drift.beside import with_those_beside
from sayso.drift.blame import blame
from sayso.drift.certainty import hedges, strengths
from sayso.drift.counted import things
from sayso.drift.figures import figures, units
from sayso.drift.gone import caveats, denials
from sayso.drift.lexicon import lexicon
from sayso.drift.negation import negation
from sayso.drift.pairs import Sides
from sayso.drift.places import places
from sayso.drift.quoting import marks, quotations
from sayso.drift.sides import Told
from sayso.drift.times import times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.knowledge import Knowledge
    from sayso.record import Change, Reading, Span

    Within = tuple[tuple[Span, ...], tuple[Span, ...]]

FINDERS: tuple[Callable[[Sides], Iterator[Change]], ...] = (
    figures, units, things, negation, hedges, strengths, times, places, speakers, caveats, denials, quotations, marks,
    blame,
)  # fmt: skip
"""What finds each kind of change, in the order they are told."""


def changes(
    here: Reading, there: Reading, pairs: Iterable[tuple[Span, Span]], rows: Knowledge, *, within: Within | None = None
) -> tuple[Change, ...]:
    """Every named change from one report to another, of which `pairs` are the sentences that tell the same.

    The changes are told as from here to there; which of the two was made of the other is not asked. Where only those
    are wanted that meet some stretches of here or of there, `within` names these: further ones may then be missing.
    """
    one_side, other_side = Told(here), Told(there)
    together = tuple(with_those_beside(one_side, other_side, pairs))
    ours, theirs = tuple(one for one, _ in together), tuple(two for _, two in together)
    sides = Sides(one_side.in_parts(ours), other_side.in_parts(theirs), together, lexicon(rows), within)
    found = {(change.kind, change.here, change.there): change for find in FINDERS for change in find(sides)}
    return tuple(sorted(found.values(), key=_place))


def _place(change: Change) -> tuple[Span, str]:
    anchor = change.here or change.there
    if anchor is None:
        raise ValueError(f"A change of kind {change.kind} stands nowhere.")
    return anchor.span, change.kind
