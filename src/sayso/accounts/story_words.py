"""The words of a story that tell it from others: stems with how often they stand, which are names, and where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sayso.record import Page, Span
from sayso.values.capitals import is_loud

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
ADDRESS = re.compile(r"^[ \t]*(?:https?\s*:|www\s*\.).*$", re.IGNORECASE | re.MULTILINE)
"""A line that holds an address of the web: its words are the page's name, not the story."""
VOWELS = frozenset("aeiouy")
LEAD = 70
"""Words: how much of a story counts as its beginning, where news tells what happened."""


@dataclass(frozen=True, slots=True)
class Term:
    """One stem of a story: how often it stands in it and in its beginning, whether it is a name, where it first is."""

    stem: str
    count: int
    lead: int
    named: bool
    span: Span


class Word(NamedTuple):
    """One word of a text and where it starts."""

    text: str
    at: int


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without the endings of plural, past and -ing, crudely: the same for two forms more often than not.

    >>> stem("shelled"), stem("Shells"), stem("shelling"), stem("ministry’s"), stem("ministries")
    ('shell', 'shell', 'shell', 'ministri', 'ministri')
    """
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) <= 3:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and not VOWELS.isdisjoint(root):
            word = root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def story_words(page: Page, within: Span | None = None) -> tuple[Word, ...]:
    """The words of a page's story in their order: without what was cut, credits and addresses of the web."""
    text = page.report.text
    span = within or Span(0, len(text))
    hidden = sorted([cut.span for cut in page.cuts] + list(page.credits))
    shown = text[span.start : span.end]
    for stretch in hidden:
        start, end = max(stretch.start, span.start) - span.start, min(stretch.end, span.end) - span.start
        if start < end:
            shown = shown[:start] + " " * (end - start) + shown[end:]
    shown = ADDRESS.sub(lambda line: " " * len(line.group()), shown)
    return tuple([Word(word[0], span.start + word.start()) for word in WORD.finditer(shown)])


def terms(words: Iterable[Word], *, loud: bool = False) -> Iterator[Term]:
    """Each stem of some words with its counts, in the order of its first place.

    A name is what is written with a capital and nowhere in small letters; in a text in capitals nothing is.
    """
    words = tuple(words)
    small = {word.text for word in words if word.text[0].islower()}
    counts: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    named: Counter[str] = Counter()
    first: dict[str, Span] = {}
    forms: dict[str, tuple[str, bool]] = {}
    for number, (form, at) in enumerate(words):
        if form not in forms:
            forms[form] = stem(form), not loud and form[0].isupper() and form.lower() not in small
        root, is_name = forms[form]
        if root not in first:
            if len(root) < 2 and not root.isdigit():
                continue
            first[root] = Span(at, at + len(form))
        counts[root] += 1
        leads[root] += number < LEAD
        named[root] += is_name
    for root, span in first.items():
        yield Term(root, counts[root], leads[root], named[root] * 2 > counts[root], span)


def is_all_capitals(page: Page) -> bool:
    """Whether a page is written in capitals, so that capitals show no names."""
    return is_loud(page.report.text)
