"""A report's story in little: what is needed to tell whether another report is of the same happening, and no more.

The print of a story keeps the stems that news at large has seldom, which of them are names, the days and places named
and when the report came out. The text cannot be made again from it.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from sayso.accounts.story_words import Term, Word, is_all_capitals, story_words, terms
from sayso.models.stories import story_scorer
from sayso.record import Published, Reading, Span

MOST_TERMS = 120
COMMON = 1.2
"""Rarity below which a stem says nothing of a story."""
KEY_TERMS = 8
"""How many of the weightiest terms are keys, each alone and each pair: two reports of one happening share one."""
LEAD_BOOST = 1.6
DAY, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class StoryPrint:
    """What is kept of the story of a report, or of one section of a roundup."""

    report: str
    section: str | None
    length: int  # words
    terms: tuple[Term, ...]  # the weightiest first
    days: tuple[str, ...] = ()  # 2024-03-12
    months: tuple[str, ...] = ()  # 2024-03
    places: tuple[str, ...] = ()  # towns and sites, in small letters
    published: tuple[str | None, str | None] = (None, None)  # half-open

    @property
    def id(self) -> str:
        """The report, and the section where it is one of several."""
        return self.report if self.section is None else f"{self.report}#{self.section}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The terms of a print with their weights, ready to be compared."""

    all: dict[str, float]
    names: dict[str, float]
    words: dict[str, float]
    numbers: dict[str, float]
    lead: dict[str, float]
    lead_names: dict[str, float]
    lead_words: dict[str, float]
    top: tuple[str, ...]  # the weightiest names
    spans: dict[str, Span]
    norms: tuple[float, ...]  # of all, names, words, numbers, lead, lead_names, lead_words


def story_print(reading: Reading) -> StoryPrint:
    """The print of a report's whole story."""
    return _print(reading, None, None)


def section_prints(reading: Reading) -> tuple[StoryPrint, ...]:
    """The prints of a roundup's sections; none where a report has no two headings."""
    headed = [section for section in reading.page.sections if section.heading is not None]
    if len(headed) < 2:
        return ()
    return tuple(_print(reading, section.id, section.span) for section in reading.page.sections)


def _print(reading: Reading, section: str | None, within: Span | None) -> StoryPrint:
    words = story_words(reading.page, within)
    published = reading.grounds.published or reading.page.published
    stretch = within or Span(0, len(reading.page.report.text))
    named = [(moment.timex or "").split("T")[0] for moment in reading.grounds.moments if _inside(moment.span, stretch)]
    days = {value for value in named if DAY.fullmatch(value)}
    months = {value[:7] for value in named if MONTH.match(value)}
    places = {
        place.name.lower()
        for place in reading.grounds.places
        if place.use == "location" and place.level in ("site", "town", "district") and _inside(place.span, stretch)
    }
    return StoryPrint(
        report=reading.page.report.id,
        section=section,
        length=len(words),
        terms=_weightiest(words, loud=is_all_capitals(reading.page)),
        days=tuple(sorted(days)),
        months=tuple(sorted(months)),
        places=tuple(sorted(places)),
        published=_known(published),
    )


def _inside(span: Span, stretch: Span) -> bool:
    return stretch.start <= span.start < stretch.end


def _known(published: Published) -> tuple[str | None, str | None]:
    return (published.earliest, published.latest) if published.basis != "unknown" else (None, None)


def _weightiest(words: tuple[Word, ...], *, loud: bool) -> tuple[Term, ...]:
    rarity = story_scorer().rarity
    weighed = [(_weight(term, rare), term) for term in terms(words, loud=loud) if (rare := rarity(term.stem)) >= COMMON]
    kept = sorted((one for one in weighed if one[0] > 0), key=lambda one: (-one[0], one[1].stem))
    return tuple(term for _, term in kept[:MOST_TERMS])


def _weight(term: Term, rarity: float) -> float:
    if rarity < COMMON:
        return 0.0
    return (1 + math.log(term.count)) * rarity * (LEAD_BOOST if term.lead else 1)


def story_keys(story: StoryPrint) -> tuple[int, ...]:
    """Signed 64-bit keys: each of the weightiest terms, then each pair of them. Two reports of one happening share one.

    In a case about one war the name of its capital stands in every report: a key that stands for more reports than can
    be looked at may be skipped, and the pairs still bring together what the single terms no longer do.
    """
    top = [term.stem for term in story.terms[:KEY_TERMS]]
    pairs = (f"{one} {two}" for one, two in combinations(sorted(top), 2))
    return tuple(_hashed(f"story {words}") for words in (*top, *pairs))


def _hashed(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def weighed(story: StoryPrint) -> Weighed:
    """A print's terms as weights by stem: of all, of names, of words, of numbers, and of those in the beginning."""
    return _weighed(_This(story))


class _This:
    """One print by identity, so that a memory of it costs no hash of all its terms."""

    __slots__ = ("story",)

    def __init__(self, story: StoryPrint) -> None:
        self.story = story

    def __hash__(self) -> int:
        return id(self.story)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.story is self.story


@lru_cache(maxsize=2048)
def _weighed(this: _This) -> Weighed:
    story = this.story
    rarity = story_scorer().rarity
    whole: dict[str, float] = {}
    lead: dict[str, float] = {}
    for term in story.terms:
        rare = rarity(term.stem)
        whole[term.stem] = _weight(term, rare)
        if term.lead:
            lead[term.stem] = (1 + math.log(term.lead)) * rare
    numbers = {stem: weight for stem, weight in whole.items() if stem[0].isdigit()}
    names = {term.stem: whole[term.stem] for term in story.terms if term.named and term.stem not in numbers}
    words = {stem: weight for stem, weight in whole.items() if stem not in names and stem not in numbers}
    lead_names = {stem: weight for stem, weight in lead.items() if stem in names}
    lead_words = {stem: weight for stem, weight in lead.items() if stem in words}
    kinds = (whole, names, words, numbers, lead, lead_names, lead_words)
    return Weighed(
        *kinds,
        top=tuple(list(names)[:4]),
        spans={term.stem: term.span for term in story.terms},
        norms=tuple(math.sqrt(sum(weight * weight for weight in kind.values())) for kind in kinds),
    )


# To bytes and back


def dumped(story: StoryPrint) -> bytes:
    """A print as bytes, about one and a half thousand of them."""
    rows = [[term.stem, term.count, term.lead, int(term.named), term.span.start, term.span.end] for term in story.terms]
    times = [story.days, story.months, story.published]
    held = [story.report, story.section, story.length, rows, *times, story.places]
    return zlib.compress(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def loaded(data: bytes) -> StoryPrint:
    """The print that some bytes hold."""
    report, section, length, rows, days, months, (first, last), places = json.loads(zlib.decompress(data))
    found = tuple(
        Term(stem, count, lead, bool(named), Span(start, end)) for stem, count, lead, named, start, end in rows
    )
    return StoryPrint(report, section, length, found, tuple(days), tuple(months), tuple(places), (first, last))
