"""A report made ready to be compared: what stands in each of its sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from sayso.drift.polarity import Word, words
from sayso.record import Anchor, Span
from sayso.values.kept import Kept, kept
from sayso.values.spelling import levelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sayso.record import Moment, Place, Quantity, Quotation, Reading, Source, Statement

Found = TypeVar("Found")

BESIDE = 1
"""Sentences on either side of one, where words of its own can stand in another report: a speaker named before."""


@dataclass(frozen=True)
class Told:
    """A reading, and what of it stands in which sentence, or in which part of one where it was compared in parts."""

    reading: Reading
    compared: tuple[Span, ...] = ()  # the stretches that have a partner, in order
    _kept: dict[Span, Kept] = field(default_factory=dict, repr=False, compare=False)
    _spelt: dict[Span, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _words: dict[Span, list[Word]] = field(default_factory=dict, repr=False, compare=False)

    def in_parts(self, compared: tuple[Span, ...]) -> Told:
        """The same reading with other stretches compared; what is known of its sentences is known there too."""
        return replace(self, compared=compared)

    @property
    def id(self) -> str:
        """The report's id."""
        return self.reading.page.report.id

    @property
    def text(self) -> str:
        """The report's text."""
        return self.reading.page.report.text

    @cached_property
    def quantities(self) -> dict[Span, tuple[Quantity, ...]]:
        """The numbers of each sentence."""
        return self._by_sentence(self.reading.grounds.quantities, lambda one: one.span)

    @cached_property
    def moments(self) -> dict[Span, tuple[Moment, ...]]:
        """The times of each sentence."""
        return self._by_sentence(self.reading.grounds.moments, lambda one: one.span)

    @cached_property
    def places(self) -> dict[Span, tuple[Place, ...]]:
        """The places of each sentence."""
        return self._by_sentence(self.reading.grounds.places, lambda one: one.span)

    @cached_property
    def quotations(self) -> dict[Span, tuple[Quotation, ...]]:
        """The quotations that begin in each sentence."""
        return self._by_sentence(self.reading.quotations, lambda one: one.span)

    @cached_property
    def statements(self) -> dict[Span, tuple[Statement, ...]]:
        """The statements whose verb of saying, or else whose words, stand in each sentence."""
        return self._by_sentence(
            self.reading.statements, lambda one: one.cue or (one.words[0] if one.words else one.who)
        )

    @cached_property
    def spoken(self) -> dict[Span, tuple[Statement, ...]]:
        """The statements some of whose words stand in each sentence."""
        found: dict[Span, list[Statement]] = {}
        for statement in self.reading.statements:
            for sentence in {self.sentence_of(said) for said in statement.words}:
                if sentence is not None:
                    found.setdefault(sentence, []).append(statement)
        return {sentence: tuple(some) for sentence, some in found.items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Who speaks, by id."""
        return {source.id: source for source in self.reading.sources}

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The report's sentences, those that were compared in parts in these parts."""
        compared = {span.start: span for span in self.compared}
        found: list[Span] = []
        for sentence in self.reading.page.sentences:
            starts = sorted({sentence.start, *(at for at in compared if sentence.start < at < sentence.end)})
            for at, behind in zip(starts, [*starts[1:], sentence.end], strict=True):
                found.append(compared.get(at, Span(at, behind)))
        return tuple(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_of(self, span: Span) -> Span | None:
        """The sentence that a stretch begins in."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return None
        sentence = self.sentences[index]
        return sentence if span.start < sentence.end else None

    def number_of(self, sentence: Span) -> int:
        """Which sentence of the report this is."""
        return bisect_right(self._starts, sentence.start) - 1

    def around(self, stretches: Iterable[Span]) -> frozenset[Span]:
        """The sentences that meet one of some stretches, each with those beside it."""
        some = tuple(stretches)
        met = [
            n
            for n, one in enumerate(self.sentences)
            if any(one.start < other.end and other.start < one.end for other in some)
        ]
        return frozenset(near for n in met for near in self.sentences[max(0, n - BESIDE) : n + BESIDE + 1])

    def kept(self, sentence: Span) -> Kept:
        """A sentence without its cuts."""
        if sentence not in self._kept:
            cuts = [cut.span for cut in self.reading.page.cuts]
            self._kept[sentence] = kept(
                self.text, sentence, [cut for cut in cuts if cut.start < sentence.end and sentence.start < cut.end]
            )
        return self._kept[sentence]

    def words(self, sentence: Span) -> list[Word]:
        """The words of a sentence without its cuts."""
        if sentence not in self._words:
            self._words[sentence] = _words_of(self.kept(sentence).text)
        return self._words[sentence]

    def spelt(self, sentence: Span) -> frozenset[str]:
        """The words of a sentence, each habit of spelling levelled."""
        if sentence not in self._spelt:
            self._spelt[sentence] = frozenset(levelled(self.kept(sentence).text).split())
        return self._spelt[sentence]

    def deeds(self, sentence: Span) -> tuple[Span, ...]:
        """Where in a sentence without its cuts a deed is told, or that somebody says something."""
        kept = self.kept(sentence)
        return tuple(Span(kept.position(span.start), kept.position(span.end)) for span in self._deeds.get(sentence, ()))

    @cached_property
    def _deeds(self) -> dict[Span, tuple[Span, ...]]:
        spans = [event.trigger for event in self.reading.events]
        spans += [statement.cue for statement in self.reading.statements if statement.cue]
        return self._by_sentence(spans, lambda one: one)

    def stretch(self, sentence: Span, start: int, end: int) -> Span:
        """The stretch of the text behind places of a sentence without its cuts."""
        kept = self.kept(sentence)
        if len(kept.pieces) == 1:
            return Span(kept.pieces[0].start + start, kept.pieces[0].start + end)
        found = kept.spans(start, end)
        return Span(found[0].start, found[-1].end)

    def is_quoted(self, sentence: Span) -> bool:
        """Whether a sentence stands in a quotation, or holds part of one."""
        if any(mark in self.said(sentence) for mark in ("``", "''")):
            return True
        return any(one.span.start < sentence.end and sentence.start < one.span.end for one in self.reading.quotations)

    def said(self, span: Span) -> str:
        """The words of a stretch."""
        return self.text[span.start : span.end]

    def anchor(self, span: Span) -> Anchor:
        """A stretch with its words."""
        return Anchor(self.id, span, self.text[span.start : span.end])

    def _by_sentence(
        self, things: Iterable[Found], where: Callable[[Found], Span | None]
    ) -> dict[Span, tuple[Found, ...]]:
        found: dict[Span, list[Found]] = {}
        for thing in things:
            span = where(thing)
            sentence = self.sentence_of(span) if span else None
            if sentence is not None:
                found.setdefault(sentence, []).append(thing)
        return {sentence: tuple(some) for sentence, some in found.items()}


@lru_cache(maxsize=4096)
def _words_of(text: str) -> list[Word]:
    """The words of a text: copies have the same sentences, and one report is compared with many."""
    return words(text)
