"""A claim through its hops as its page shows it: which hop lost what, and each sentence with what changed marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from sayso.desk.views.trace_tree import Tree, tree
from sayso.export.comparison_page import DROPPED
from sayso.export.pointing import mark

if TYPE_CHECKING:
    from sayso.export.pointing import Reports
    from sayso.record import Anchor, Change, Hop, Trace

LOSSES = ("speaker_lost", "bare_fact", "caveat_lost", "denial_lost")
"""What of a claim can be lost on the way, in the order in which it is told."""
ALL_OPEN = 12
"""Hops up to which each is shown whole."""
A_RUN = 3
"""Hops in a row in which nothing changed that are folded where there are more than that."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One named change of a hop, with the letter that marks it in the sentence."""

    letter: str  # a, b, c
    change: Change
    before: Anchor | None
    after: Anchor | None  # None where it is gone
    beside: Anchor | None  # what stands where it would be


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence, and the changes that they are marked with; `ends` are those whose stretch ends here."""

    words: str
    marks: tuple[Marked, ...]
    ends: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class HopShown:
    """One hop. `of` is the number of the hop that it is compared with."""

    number: int
    hop: Hop
    of: int | None
    pieces: tuple[Piece, ...]
    changes: tuple[Marked, ...]
    lost: tuple[str, ...]  # of LOSSES: what was first lost here
    is_compact: bool = False  # its sentence and changes are folded, for there are many hops

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed since the hop it is compared with."""
        return self.of is not None and not self.changes


@dataclass(frozen=True, slots=True)
class Run:
    """Hops in a row that are shown alike: folded, or open."""

    hops: tuple[HopShown, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class TraceShown:
    """The whole page. `losses` are what was lost and in which hop, `first` the hop that said it first."""

    trace: Trace
    reports: Reports
    runs: tuple[Run, ...]
    first: HopShown | None
    losses: tuple[tuple[str, HopShown], ...]
    tree: Tree

    @property
    def hops(self) -> tuple[HopShown, ...]:
        """All hops, in time order."""
        return tuple(hop for run in self.runs for hop in run.hops)


def shown(trace: Trace, reports: Reports) -> TraceShown:
    """What the page of a traced claim shows."""
    numbers = {hop.report: number for number, hop in enumerate(trace.hops, 1)}
    lost = {name: getattr(trace, name) for name in LOSSES}
    hops = tuple(
        _hop(number, hop, numbers, tuple(name for name, at in lost.items() if at == number - 1))
        for number, hop in enumerate(trace.hops, 1)
    )
    if len(hops) > ALL_OPEN:
        hops = tuple(replace(hop, is_compact=not hop.lost and hop.of is not None) for hop in hops)
    met = [(at, name) for name, at in lost.items() if at is not None]
    losses = tuple((name, hops[at]) for at, name in sorted(met, key=lambda one: one[0]))
    first = hops[trace.first_said] if trace.first_said is not None else None
    return TraceShown(trace, reports, _runs(hops), first, losses, tree(hops))


def _hop(number: int, hop: Hop, numbers: dict[str, int], lost: tuple[str, ...]) -> HopShown:
    changes = tuple(_marked(mark(index).lower(), change) for index, change in enumerate(hop.changes))
    of = numbers.get(hop.since) if hop.since else None
    return HopShown(number, hop, of, pieces(hop.anchor, changes), changes, lost)


def _marked(letter: str, change: Change) -> Marked:
    if change.kind in DROPPED:
        return Marked(letter, change, change.here, None, change.there)
    return Marked(letter, change, change.here, change.there, None)


def pieces(sentence: Anchor, changes: Iterable[Marked]) -> tuple[Piece, ...]:
    """The sentence cut where a changed stretch begins or ends; together the pieces are the sentence."""
    inside = [(one, stretch) for one in changes if (stretch := _stretch_of(one, sentence)) is not None]
    ends = {at for _, (start, end) in inside for at in (start, end)}
    cuts = sorted({0, len(sentence.words), *ends})
    return tuple(
        Piece(
            sentence.words[start:end],
            tuple(one for one, (first, last) in inside if first <= start and end <= last),
            tuple(one for one, (_, last) in inside if last == end),
        )
        for start, end in pairwise(cuts)
    )


def _stretch_of(one: Marked, sentence: Anchor) -> tuple[int, int] | None:
    """Where a change stands in a sentence, in code points of it; None where it stands elsewhere."""
    if one.after is None or one.after.report != sentence.report:
        return None
    first = max(one.after.span.start, sentence.span.start) - sentence.span.start
    last = min(one.after.span.end, sentence.span.end) - sentence.span.start
    return (first, last) if first < last else None


def _runs(hops: tuple[HopShown, ...]) -> tuple[Run, ...]:
    if len(hops) <= ALL_OPEN:
        return (Run(hops, folded=False),) if hops else ()
    return tuple(_folded(hops))


def _folded(hops: tuple[HopShown, ...]) -> Iterator[Run]:
    for quiet, several in groupby(hops, key=lambda one: one.is_quiet):
        run = tuple(several)
        yield Run(run, folded=quiet and len(run) >= A_RUN)
