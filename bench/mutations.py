"""Seeds what careless copyists do into pairs of texts that tell the same: a documented program, the same for one seed.

A pair is `here` (what was copied) and `there` (the copy), in the same words or others, with the sentences that go
together. Each mutation is of one kind of `sayso.record.CHANGES` and stands in one pair of sentences; a pair of texts
takes several, never in neighbouring sentences, so that each hides in honest wording. The copy is changed; where the
original must hold the thing that the copy loses (a hedge, a caveat, a denial, a speaker), it is put into the
original. Where a text has nothing that could be changed in some way (two names around a deed, a figure with a unit),
a sentence is put into both, told in two ways of `bench/mutations.toml`, one of them changed.

What is done for each kind stands in the docstring of its function; `SEEDERS` lists them. Which sentences could be
changed is asked of the readings (who speaks, what is a figure, what a place), so that nothing that the reader does
not find at all is seeded there; the mutated texts are then read anew from their words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench import mutated_claims, mutated_facts, mutated_voices
from bench.mutating import Edit, Seeder, Site, Where
from sayso.record import Reading, Span

SEEDERS: dict[str, Seeder] = {
    "speaker_dropped": mutated_voices.speaker_dropped,
    "speaker_changed": mutated_voices.speaker_changed,
    "caveat_dropped": mutated_voices.caveat_dropped,
    "denial_dropped": mutated_voices.denial_dropped,
    "act_strengthened": mutated_voices.act_strengthened,
    "act_weakened": mutated_voices.act_weakened,
    "attribution_to_fact": mutated_voices.attribution_to_fact,
    "hedge_lost": mutated_claims.hedge_lost,
    "negation_flipped": mutated_claims.negation_flipped,
    "figure_changed": mutated_facts.figure_changed,
    "figure_grown": mutated_facts.figure_grown,
    "unit_changed": mutated_facts.unit_changed,
    "thing_counted_changed": mutated_facts.thing_counted_changed,
    "time_shifted": mutated_facts.time_shifted,
    "place_shifted": mutated_facts.place_shifted,
    "quotation_reworded": mutated_claims.quotation_reworded,
    "put_in_quotation_marks": mutated_claims.put_in_quotation_marks,
    "blame_reversed": mutated_claims.blame_reversed,
}
"""For each kind of change, what seeds it."""
APART = 1
"""Sentences between two mutations of one text."""


@dataclass(frozen=True)
class Seeded:
    """One mutation as it stands in the mutated texts: the stretch of each that a finding must lie in or meet."""

    kind: str
    how: str
    here: Span
    there: Span


@dataclass(frozen=True)
class Mutated:
    """Two texts after their mutations."""

    here: str
    there: str
    seeded: tuple[Seeded, ...]


def mutated(
    here: Reading, there: Reading, pairs: Sequence[tuple[Span, Span]], *, order: Sequence[str], chance: Random
) -> Mutated:
    """The texts of two readings with as many mutations as fit, the kinds that come first in `order` before others."""
    taken: set[int] = set()
    done: list[tuple[str, str, Site, tuple[Edit, ...]]] = []
    sites = [Site(here, there, pair, tuple(pairs), number) for number, pair in enumerate(pairs)]
    for kind in order:
        for site in chance.sample(sites, len(sites)):
            if site.is_short or any(abs(site.number - other) <= APART for other in taken):
                continue
            found = SEEDERS[kind](site, chance)
            if found is not None and not _meets(found.edits, done):
                done.append((kind, found.how, site, found.edits))
                taken.add(site.number)
                break
    edits = [edit for *_, some in done for edit in some]
    ours = _edited(here.page.report.text, [edit for edit in edits if edit.where is Where.HERE])
    theirs = _edited(there.page.report.text, [edit for edit in edits if edit.where is Where.THERE])
    seeded = tuple(
        Seeded(
            kind,
            how,
            ours.stretch(_reach(site.one, some, Where.HERE)),
            theirs.stretch(_reach(site.two, some, Where.THERE)),
        )
        for kind, how, site, some in done
    )
    return Mutated(ours.text, theirs.text, seeded)


def _meets(edits: Sequence[Edit], done: Sequence[tuple[str, str, Site, tuple[Edit, ...]]]) -> bool:
    return any(
        edit.where is other.where and edit.start <= other.end and other.start <= edit.end
        for edit in edits
        for *_, some in done
        for other in some
    )


def _reach(sentence: Span, edits: Sequence[Edit], where: Where) -> Span:
    mine = [edit for edit in edits if edit.where is where]
    return Span(
        min([sentence.start, *(edit.start for edit in mine)]), max([sentence.end, *(edit.end for edit in mine)])
    )


@dataclass(frozen=True)
class _Edited:
    text: str
    moved: Callable[[int, bool], int]

    def stretch(self, span: Span) -> Span:
        """Where a stretch stands now, with all that was put in at its edges."""
        return Span(self.moved(span.start, False), self.moved(span.end, True))


def _edited(text: str, edits: Sequence[Edit]) -> _Edited:
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        pieces += [text[at : edit.start], edit.words]
        at = edit.end
    pieces.append(text[at:])

    def moved(position: int, behind: bool) -> int:
        gained = 0
        for edit in edits:
            if edit.end < position or (edit.end == position and (behind or edit.start < edit.end)):
                gained += len(edit.words) - (edit.end - edit.start)
        return position + gained

    return _Edited("".join(pieces), moved)
