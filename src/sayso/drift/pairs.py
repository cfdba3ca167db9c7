"""Two reports side by side: the sentences that go together, and what stands on one side alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.drift.sides import Told
from sayso.record import Change, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.drift.lexicon import Lexicon
    from sayso.drift.polarity import Word


NEARLY = 0.95
"""The share of the words of two sentences that both have from where on they are nearly the same words."""


@dataclass(frozen=True)
class Sides:
    """Two reports and the pairs of their sentences that tell the same, in the order here.

    Of `within`, stretches here and there, only the pairs that meet one of them are asked of, with those beside them:
    what changed further on is not looked for.
    """

    here: Told
    there: Told
    pairs: tuple[tuple[Span, Span], ...]
    lexicon: Lexicon
    within: tuple[tuple[Span, ...], tuple[Span, ...]] | None = None

    @cached_property
    def asked(self) -> tuple[tuple[Span, Span], ...]:
        """The pairs in which changes are looked for."""
        if self.within is None:
            return self.pairs
        ours, theirs = self.here.around(self.within[0]), self.there.around(self.within[1])
        return tuple((one, two) for one, two in self.pairs if one in ours or two in theirs)

    @cached_property
    def turned(self) -> Sides:
        """The same from the other side."""
        return Sides(self.there, self.here, tuple(sorted((two, one) for one, two in self.pairs)), self.lexicon)

    @cached_property
    def partners(self) -> dict[Span, Span]:
        """The sentence there of each sentence here that has one."""
        return dict(self.pairs)

    @cached_property
    def is_near_verbatim(self) -> bool:
        """Whether most of the sentences that go together are nearly the same words."""
        near = [_likeness(self.here.words(one), self.there.words(two)) >= NEARLY for one, two in self.pairs]
        return 2 * sum(near) >= len(near)

    def likeness(self, one: Span, two: Span) -> float:
        """The share of their words, by stems, that two sentences have in common."""
        ours = {word.stem for word in self.here.words(one) if word.is_content}
        theirs = {word.stem for word in self.there.words(two) if word.is_content}
        return len(ours & theirs) / max(1, len(ours | theirs))

    def around(self, there: Span) -> tuple[Span, ...]:
        """A sentence there with its neighbours, where the translator may have moved what the partner lacks."""
        sentences = self.there.sentences
        number = self.there.number_of(there)
        return tuple(sentences[max(0, number - 1) : number + 2])

    def alone_around(self, there: Span) -> tuple[Span, ...]:
        """The same without the neighbours that have a partner of their own, whose words are told for."""
        known = self.turned.partners
        return tuple(near for near in self.around(there) if near == there or near not in known)

    def change(self, kind: str, says: str, here: Span | None, there: Span | None) -> Change:
        """A change with its two stretches."""
        return Change(
            kind,
            says,
            self.here.anchor(here) if here else None,
            self.there.anchor(there) if there else None,
        )


def _likeness(one: Sequence[Word], two: Sequence[Word]) -> float:
    ours, theirs = {word.small for word in one}, {word.small for word in two}
    return len(ours & theirs) / max(1, len(ours | theirs))
