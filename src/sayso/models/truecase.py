"""The case that words would have: a shadow of a text that lost its case, as long as the text, for the parser only.

Old wires are capitals throughout, and a tagger that learnt from mixed case takes every such word for a name. How often
a word stands in each case is in the parser's own vocabulary: its keys are words as written, the most frequent first.
What our rows name is written as they write it. The rest is the company a word keeps: "TOM HALE" is a name by its first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sayso.knowledge import ours
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.sides import stand_ins
from sayso.values.capitals import is_loud, is_quiet, lowered, raised

Rank = Callable[[str], int | None]
"""How many words are more frequent than this one, as written; None where it is not known."""

WORD = re.compile(r"[^\W_]+")
NAME_BY = 3.0
"""A name is written large so many times as often as small: sentences begin with any word."""

NAME_BESIDE = 2.0
"""The same for a word beside a name, or with a name's office before it."""

LONGEST_PHRASE = 6
RARE = 600_000
COMMON = 60_000
SUFFIXES = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
_WORDS = (
    "mr mrs ms dr prof gen col capt lt sgt maj adm gov sen rep st",
    "in of since until till by early late mid last next this from to through on",
    "the a an of in on at by for from to with and or but as that he she it they we you said says told who which is are"
    " was were has had have his her its their our not no",
)
TITLES, BEFORE_MONTHS, SMALL = (frozenset(words.split()) for words in _WORDS)
INITIALS = frozenset({"un", "eu", "uk", "uae", "afp", "tv", "bbc", "cnn", "fbi", "cia", "idf"})
SENTENCE_STARTS = re.compile(r"(?:^|(?<!\b\w)[.!?…]\s|[,:]\s+[\"“«„‘`'])[\s\"“”«»„‘’'`(\[–—-]*$")


class _Word(NamedTuple):
    start: int
    end: int
    low: str


class Cases:
    """Gives a text without case the case it would have. `rank` tells how frequent a word is as written."""

    def __init__(self, rank: Rank) -> None:
        self._rank = rank

    def shadow(self, text: str) -> str:
        """The text with the case it would have, if it has none of its own; every character keeps its place."""
        return self.cased(text) if is_loud(text) or is_quiet(text) else text

    def cased(self, text: str) -> str:
        """Any text as if it had lost its case."""
        words = [_Word(*found.span(), lowered(found[0])) for found in WORD.finditer(text)]
        shown = list(lowered(text))
        for word, form in zip(words, self._forms(text, words), strict=True):
            if len(form) == word.end - word.start:
                shown[word.start : word.end] = form
        return "".join(shown)

    def _forms(self, text: str, words: list[_Word]) -> Iterator[str]:
        known = dict(_in_phrases(words))
        names = [i not in known and self._is_name(text, words, i) for i in range(len(words))]
        for i, word in enumerate(words):
            form = known.get(i) or self._form(text, words, i, names)
            yield raised(form) if form.islower() and _begins(text, word.start) else form

    def _form(self, text: str, words: list[_Word], i: int, names: list[bool]) -> str:
        word = words[i]
        if fixed := _by_place(text, words, i):
            return fixed
        if word.low in INITIALS or self._is_initials(text, word):
            return word.low.upper()
        if names[i] or self._goes_with_name(words, i, names):
            return raised(word.low)
        return word.low

    def _is_name(self, text: str, words: list[_Word], i: int) -> bool:
        """Whether a word is a name wherever it stands: a country, a month, or what is mostly written large."""
        low = words[i].low
        if low in SMALL or low in offices():
            return False
        if low in MONTHS_TOO:
            return _is_month(words, i, text)
        if raised(low) in stand_ins() or raised(low) in fixed_names():
            return True
        small, large = self._rank(low), self._rank(raised(low))
        if small is None:
            return not low[0].isdigit()
        return large is not None and small > NAME_BY * large and low not in ALWAYS_SMALL

    def _is_initials(self, text: str, word: _Word) -> bool:
        low = word.low
        if not low.isalpha() or len(low) > LONGEST_PHRASE:
            return False
        small, large, loud = (self._rank(form) or RARE for form in (low, raised(low), low.upper()))
        if loud < min(small, large, COMMON):
            return True
        bracketed = text[word.start - 1 : word.start] in ("(", "[") and text[word.end : word.end + 1] in (")", "]")
        return min(small, large) == RARE and (bracketed or not set(low) & set("aeiouy"))

    def _goes_with_name(self, words: list[_Word], i: int, names: list[bool]) -> bool:
        """An office before a name ("GENERAL HALE"), a person's second name, or a town's first ("NEW MARN")."""
        low = words[i].low
        after = i + 1 < len(words) and names[i + 1] and words[i + 1].start - words[i].end <= 2
        if low in TITLES or low in offices():
            return after and raised(words[i + 1].low) not in stand_ins()
        before = i > 0 and names[i - 1] and words[i].start - words[i - 1].end == 1
        if before and _is_person(words[i - 1].low) and low not in SMALL:
            small, large = self._rank(low), self._rank(raised(low))
            return small is not None and large is not None and small > NAME_BESIDE * large
        return False


MONTHS_TOO = frozenset({"may", "march"})
ALWAYS_SMALL = frozenset({"meanwhile", "furthermore", "moreover", "yes", "hello", "hi", "thanks", "please", "however"})


def _by_place(text: str, words: list[_Word], i: int) -> str | None:
    """The form of a word that its place alone decides: after an apostrophe, a stop or a figure."""
    word = words[i]
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if before and before in "'’" and word.low in SUFFIXES and word.start >= 2 and text[word.start - 2].isalnum():
        return word.low
    if any(char.isdigit() for char in word.low):
        return _with_figures(text, word)
    if len(word.low) == 1:
        return _letter(text, words, i, before, after)
    if after == "-" and word.low in ("al", "el"):
        return word.low
    if word.low == "us":
        return "us" if _is_pronoun_us(words, i, text) else "US"
    return None


def _with_figures(text: str, word: _Word) -> str:
    """Figures with letters: an ordinal or a unit is small ("4TH", "122MM"), a name of a thing stays as it is."""
    return word.low if re.fullmatch(r"\d+(?:st|nd|rd|th|s|mm|km|m|kg|am|pm)", word.low) else text[word.start : word.end]


def _letter(text: str, words: list[_Word], i: int, before: str, after: str) -> str:
    low = words[i].low
    if (
        low in "ap"
        and after == "."
        and text[words[i].end : words[i].end + 3].lower() == ".m."
        and _after_figure(words, i)
    ):
        return low
    if low == "m" and before == "." and i > 0 and words[i - 1].low in "ap" and _after_figure(words, i - 1):
        return low
    return low if low == "a" and after != "." else low.upper()


def _after_figure(words: list[_Word], i: int) -> bool:
    return i > 0 and words[i - 1].low[-1].isdigit()


def _is_pronoun_us(words: list[_Word], i: int, text: str) -> bool:
    last = i + 1 >= len(words) or not text[words[i].end : words[i + 1].start].isspace()
    follows = not last and words[i + 1].low in SMALL
    before = words[i - 1].low if i else "the"
    return before not in ("the", "a") and (last or follows or before in ("told", "let", "gave", "help"))


def _is_month(words: list[_Word], i: int, text: str) -> bool:
    """Whether "MAY" or "MARCH" is the month: beside a figure, or behind a word that dates."""
    before = words[i - 1].low if i else ""
    after = words[i + 1].low if i + 1 < len(words) else ""
    if before[:1].isdigit() or (after[:1].isdigit() and text[words[i].end : words[i].end + 1] == " "):
        return True
    return before in BEFORE_MONTHS - ({"to", "this", "on", "by"} if words[i].low == "march" else {"this"})


def _is_person(low: str) -> bool:
    """Whether a name is likely a person's: no country, people, month, day or known town has it."""
    name = raised(low)
    return name not in stand_ins() and name not in fixed_names() and not gazetteer().find(name)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence, or a quotation that is one, begins here."""
    return SENTENCE_STARTS.search(text[max(0, at - 8) : at]) is not None if at else True


def _in_phrases(words: list[_Word]) -> Iterator[tuple[int, str]]:
    """The words of names that our rows know, each with the form it has there, the longest name first."""
    names = phrases()
    i = 0
    while i < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - i), 0, -1):
            forms = names.get(tuple(word.low for word in words[i : i + length]))
            if forms:
                yield from zip(range(i, i + length), forms, strict=True)
                i += length - 1
                break
        i += 1


@cache
def phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Names of several words, and short forms in capitals, that outlets, parties and regions have in our rows."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    named = [row for subject in ("outlets", "parties", "regions", "areas", "countries") for row in ours().rows(subject)]
    for row in named:
        for name in (row.get("name", ""), *row.get("also", ()), *row.get("demonyms", ())):
            forms = tuple(WORD.findall(name))
            if len(forms) > 1 and name[:1].isupper():
                found.setdefault(tuple(map(lowered, forms)), forms)
    for name in MORE_PHRASES:
        forms = tuple(name.split())
        found.setdefault(tuple(map(lowered, forms)), forms)
    for _, name in gazetteer().country_names():
        forms = tuple(WORD.findall(name))
        if len(forms) > 1:
            found.setdefault(tuple(map(lowered, forms)), forms)
    return found


MORE_PHRASES = (
    "White House",
    "Red Cross",
    "United Nations",
    "Security Council",
    "Supreme Court",
    "Foreign Ministry",
    "Defense Ministry",
    "Defence Ministry",
    "Interior Ministry",
    "Health Ministry",
)


@cache
def fixed_names() -> frozenset[str]:
    """One-word names that are never other words: months but two, weekdays, people of rows."""
    found = {
        form
        for subject in ("outlets", "parties")
        for row in ours().rows(subject)
        for form in (row.get("name", ""), *row.get("also", ()))
        if WORD.fullmatch(form) and form[:1].isupper() and form[1:].islower()
    }
    days = (word for row in ours().rows("en/time") if row.get("kind") in ("month", "weekday") for word in row["words"])
    found.update(day for day in map(raised, map(lowered, days)) if day.lower() not in MONTHS_TOO)
    found.update(form for row in ours().rows("given_names") for form in row["forms"])
    return frozenset(found)


@cache
def offices() -> frozenset[str]:
    """Words of offices and ranks, which are large only before a name."""
    return frozenset(
        word for row in ours().rows("en/role") if row["kind"] == "office" for word in row["words"] if word.isalpha()
    )
