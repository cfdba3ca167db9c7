"""What two names must share to be one: keys, so that a name is compared with the few that it can be, not with all.

Two names that `same_person` or `same_body` takes for one share a key at least; most that share one are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from sayso.values.body import initials_of, words_of
from sayso.values.name import TWO_LETTERED, Forms, joined_words, name_words
from sayso.values.spelling import LONGEST_TYPO, first_sound, levelled, ways

Key = tuple[object, ...]
T = TypeVar("T")

NO_LETTERS_KEPT = re.compile("[^bdflmnprv]")
"""Letters that some habit of spelling changes or leaves out: those kept stand in every spelling, in one order."""


class Near(Generic[T]):
    """Things by their keys: those that share a key with a name, in the order in which they came in.

    >>> near: Near[str] = Near()
    >>> near.add("a", [("x",), ("y",)]), near.add("b", [("y",)])
    (None, None)
    >>> near.by([("y",), ("x",)])
    ['a', 'b']
    """

    def __init__(self) -> None:
        self._items: list[T] = []
        self._numbers: dict[int, int] = {}
        self._by_key: dict[Key, set[int]] = {}

    def add(self, item: T, keys: Iterable[Key]) -> None:
        """Take a thing in under some keys; one that is in gets more keys."""
        number = self._numbers.setdefault(id(item), len(self._items))
        if number == len(self._items):
            self._items.append(item)
        for key in keys:
            self._by_key.setdefault(key, set()).add(number)

    def by(self, keys: Iterable[Key]) -> list[T]:
        """The things that share one of the keys."""
        nothing: set[int] = set()
        numbers = set().union(*(self._by_key.get(key, nothing) for key in keys))
        return [self._items[number] for number in sorted(numbers)]


@lru_cache(maxsize=16_384)
def word_keys(word: str) -> frozenset[Key]:
    """What a word shares with all that are `same_word` with it: its first sound and the letters no habit changes.

    >>> sorted(word_keys("Shahid") & word_keys("Shahed"))
    [('s', 'd')]
    """
    found: set[Key] = set()
    for way in ways(word):
        found.add((first_sound(way), NO_LETTERS_KEPT.sub("", way)))
        if len(way) >= LONGEST_TYPO:
            found.add(("slip", way[:2], way[-2:]))
    return frozenset(found)


# People ------------------------------------------------------------------------------------------


def person_keys(name: str, forms: Forms, *, asked: bool = False) -> frozenset[Key]:
    """The keys of a person's name: those it is put under, or those under which it is looked for (`asked`).

    A name is found under the keys of any that has no fewer words than it.
    """
    words = name_words(name)
    if not words:
        return frozenset()
    letters: Key = ("letters", "".join(sorted(joined_words(words))))
    if len(words) == 1:
        return frozenset({letters, *_of_one_word(words[0], forms)})
    given = (*_given_keys(words[0], forms), *_initial_keys(words[0], asked=asked))
    families = {key for word in words[1:] for key in _family_keys(word, forms)}
    full: set[Key] = {("full", *pair) for pair in product(given, families)}
    full |= {letters, ("tail", *words[-2:])}
    return frozenset(full if asked else full | set(_for_one_word(words, forms)))


def _of_one_word(word: str, forms: Forms) -> Iterator[Key]:
    for key in {*_family_keys(word, forms), *_given_keys(word, forms)}:
        yield ("word", key)
    for way in ways(word):
        yield ("way", way)


def _for_one_word(words: tuple[str, ...], forms: Forms) -> Iterator[Key]:
    """The keys under which a full name is found by one word of it."""
    found = {*_given_keys(words[0], forms), *_family_keys(words[-1], forms), *_family_keys(words[-2], forms)}
    for key in found:
        yield ("word", key)
    for way in ways("".join(words[1:])) | ways("".join(words[-2:])):
        yield ("way", way)


def _family_keys(word: str, forms: Forms) -> Iterator[Key]:
    yield from word_keys(word)
    yield from _rows("given", forms.spellings, word)
    yield from _rows("family", forms.families, word)


def _given_keys(word: str, forms: Forms) -> Iterator[Key]:
    yield from word_keys(word)
    for rows in (forms.spellings, forms.shorts, forms.languages):
        yield from _rows("given", rows, word)


def _rows(kind: str, rows: Mapping[str, frozenset[int]], word: str) -> Iterator[Key]:
    return ((kind, number) for number in rows.get(levelled(word), ()))


def _initial_keys(word: str, *, asked: bool) -> Iterator[Key]:
    """An initial finds all that begin so, and what begins so finds the initial; two full words do not meet here."""
    is_initial = len(word) == 1 or word in TWO_LETTERED
    letters = {word[0], *(way[0] for way in ways(word) if way)}
    for letter in letters:
        if is_initial or not asked:
            yield ("begins", letter)
        if is_initial or asked:
            yield ("initial", letter)


# Bodies ------------------------------------------------------------------------------------------


def body_keys(name: str, countries: Mapping[str, str]) -> frozenset[Key]:
    """The keys of a body's name."""
    words = words_of(name, countries)
    found: set[Key] = {("name", name), ("order", *sorted(words))}
    found |= {("initials", letters) for letters in initials_of(name)}
    for shorter in (words, words[:-1]):
        if shorter:
            found |= {
                ("words", len(shorter), one, two) for one, two in product(word_keys(shorter[0]), word_keys(shorter[-1]))
            }
    return frozenset(found)
