"""Two reports side by side: the sentences that go together, and what stands on one side alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.drift.polarity import words
from sayso.drift.sides import Told
from sayso.record import Change, Span

if TYPE_CHECKING:
    from sayso.drift.lexicon import Lexicon


@dataclass(frozen=True)
class Sides:
    """Two reports and the pairs of their sentences that tell the same, in the order here."""

    here: Told
    there: Told
    pairs: tuple[tuple[Span, Span], ...]
    lexicon: Lexicon

    @cached_property
    def turned(self) -> Sides:
        """The same from the other side."""
        return Sides(self.there, self.here, tuple((two, one) for one, two in self.pairs), self.lexicon)

    @cached_property
    def partners(self) -> dict[Span, Span]:
        """The sentence there of each sentence here that has one."""
        return dict(self.pairs)

    @cached_property
    def stems_here(self) -> frozenset[str]:
        """Every word of the report here, by its stem."""
        return frozenset(word.stem for word in words(self.here.text))

    @cached_property
    def stems_there(self) -> frozenset[str]:
        """Every word of the report there, by its stem."""
        return frozenset(word.stem for word in words(self.there.text))

    def around(self, there: Span) -> tuple[Span, ...]:
        """A sentence there with its neighbours, where the translator may have moved what the partner lacks."""
        sentences = self.there.reading.page.sentences
        number = self.there.number_of(there)
        return tuple(sentences[max(0, number - 1) : number + 2])

    def change(self, kind: str, says: str, here: Span | None, there: Span | None) -> Change:
        """A change with its two stretches."""
        return Change(
            kind,
            says,
            self.here.anchor(here) if here else None,
            self.there.anchor(there) if there else None,
        )
