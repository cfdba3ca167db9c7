"""What all seeders of mutations take and give: a site, edits, a few questions. See `bench.mutations`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any

from sayso.record import Quantity, Reading, Source, Span, Statement

ROWS = Path(__file__).with_name("mutations.toml")
MARKS = re.compile(r"[\"“”„«»]")
FEWEST = 6
"""Words of a sentence that is worth a change."""
NAMED = ("named", "institution")


class Where(Enum):
    """Which of two texts is changed."""

    HERE = "here"
    THERE = "there"


@dataclass(frozen=True)
class Edit:
    """Words put in the place of a stretch of one of the texts."""

    where: Where
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Found:
    """What is done for one mutation, and what it is called in the table of figures."""

    how: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Site:
    """Two sentences that tell the same, in two readings; `number` is theirs among all pairs."""

    here: Reading
    there: Reading
    pair: tuple[Span, Span]
    pairs: tuple[tuple[Span, Span], ...]
    number: int

    @property
    def one(self) -> Span:
        """The sentence here."""
        return self.pair[0]

    @property
    def two(self) -> Span:
        """The sentence there."""
        return self.pair[1]

    @cached_property
    def ours(self) -> str:
        """The words of the sentence here."""
        return _text(self.here)[self.one.start : self.one.end]

    @cached_property
    def theirs(self) -> str:
        """The words of the sentence there."""
        return _text(self.there)[self.two.start : self.two.end]

    @property
    def is_short(self) -> bool:
        """Whether either sentence is hardly one: a heading, a label, a leftover."""
        return min(len(self.ours.split()), len(self.theirs.split())) < FEWEST

    @property
    def is_plain(self) -> bool:
        """Whether neither sentence holds a quotation mark, or stands inside a quotation that goes over several."""
        return not (self._is_quoted(self.here, self.one) or self._is_quoted(self.there, self.two))

    @cached_property
    def spoken_here(self) -> list[tuple[Statement, Source]]:
        """The statements here whose verb of saying stands in the sentence, with who speaks."""
        return _spoken(self.here, self.one)

    @cached_property
    def spoken_there(self) -> list[tuple[Statement, Source]]:
        """The statements there whose verb of saying stands in the sentence, with who speaks."""
        return _spoken(self.there, self.two)

    @cached_property
    def figures_here(self) -> list[Quantity]:
        """The figures of the sentence here."""
        return _inside(self.here, self.one)

    @cached_property
    def figures_there(self) -> list[Quantity]:
        """The figures of the sentence there."""
        return _inside(self.there, self.two)

    def around_there(self) -> str:
        """The sentence there with its neighbours."""
        sentences = self.there.page.sentences
        inside = [
            number for number, one in enumerate(sentences) if one.start < self.two.end and self.two.start < one.end
        ]
        near = sentences[max(0, inside[0] - 1) : inside[-1] + 2]
        return _text(self.there)[near[0].start : near[-1].end]

    def in_here(self, match: re.Match[str], words: str) -> Edit:
        """An edit of what was found in the words of the sentence here."""
        return Edit(Where.HERE, self.one.start + match.start(), self.one.start + match.end(), words)

    def in_there(self, match: re.Match[str], words: str) -> Edit:
        """An edit of what was found in the words of the sentence there."""
        return Edit(Where.THERE, self.two.start + match.start(), self.two.start + match.end(), words)

    def instead_there(self, span: Span, words: str) -> Edit:
        """An edit of a stretch there."""
        return Edit(Where.THERE, span.start, span.end, words)

    def instead_here(self, span: Span, words: str) -> Edit:
        """An edit of a stretch here."""
        return Edit(Where.HERE, span.start, span.end, words)

    def behind_here(self, sentence: str) -> Edit:
        """A further sentence, put behind the one here."""
        return Edit(Where.HERE, self.one.end, self.one.end, f" {sentence}")

    def planted(self, here: str, there: str) -> tuple[Edit, ...]:
        """A further sentence behind each of the two."""
        return self.behind_here(here), Edit(Where.THERE, self.two.end, self.two.end, f" {there}")

    def _is_quoted(self, reading: Reading, span: Span) -> bool:
        if MARKS.search(_text(reading)[span.start : span.end]):
            return True
        return any(one.span.start < span.end and span.start < one.span.end for one in reading.quotations)


Seeder = Callable[[Site, Random], "Found | None"]


@cache
def rows(kind: str) -> tuple[dict[str, Any], ...]:
    """The rows of words that are put in, of one kind."""
    return tuple(tomllib.loads(ROWS.read_text(encoding="utf-8"))[kind])


def matches(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Every place of a pattern, whatever the case of letters."""
    return re.finditer(pattern, text, re.IGNORECASE)


def has(pattern: str, text: str) -> bool:
    """Whether a pattern stands in a text, whatever the case of letters."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def kept_case(was: str, now: str) -> str:
    """Words with a capital at their beginning if what they replace had one."""
    return now[0].upper() + now[1:] if was[:1].isupper() else now


def _text(reading: Reading) -> str:
    return reading.page.report.text


def _spoken(reading: Reading, sentence: Span) -> list[tuple[Statement, Source]]:
    sources = {source.id: source for source in reading.sources}
    return [
        (statement, sources[statement.source])
        for statement in reading.statements
        if statement.cue and sentence.start <= statement.cue.start < sentence.end
    ]


def _inside(reading: Reading, sentence: Span) -> list[Quantity]:
    return [
        one for one in reading.grounds.quantities if sentence.start <= one.span.start and one.span.end <= sentence.end
    ]
