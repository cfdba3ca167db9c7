"""Whether a sentence denies what the other says: the same words once under a "not", once without one.

A negation is matched by the word it bears on, never counted: translators turn "was not present" into "was absent",
and that is no change. It is one only where the word that was denied stands undenied on the other side, among the same
neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sayso.values.stems import stem

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*|[,;:.!?()\"“”–—]")
EXPLICIT = frozenset(
    {"not", "never", "no", "cannot", "without", "nor", "neither", "nobody", "nothing", "none", "hardly", "barely"}
)
IMPLICIT = (
    "fail", "refus", "deni", "deny", "reject", "lack", "unabl", "imposs", "absent", "absence", "prevent", "avoid",
    "stop",
    "unlik", "declin", "disput", "fals", "untru", "exclud", "forbid", "forbad", "prohibit", "remain", "barr", "withh",
    "neglect",
)  # fmt: skip
"""Beginnings of words that deny what follows them without a "not"."""
IMPLICIT_WORDS = frozenset(
    ["free", "zero", "unless", "except", "only", "few", "little", "rare", "rarely", "beyond", "instead", "rather",
     "ban",
     "bans", "banned", "missing", "out", "non", "against", "yet", "less", "away", "just", "too", "off", "cease",
     "ceased",
     "ceases", "until", "least", "fewer", "last", "bad", "badly", "wrong", "poor", "worse", "worst", "weak",
     "difficult", "hard"]
)  # fmt: skip
LIGHT = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did",
     "done", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "the", "a", "an", "any",
     "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "that", "this", "these", "those", "it",
     "its", "he", "she", "they", "we", "you", "i", "his", "her", "their", "our", "even", "yet", "still", "ever",
     "so", "very", "really", "quite", "immediately", "all", "every", "each", "there", "and", "or", "but", "also",
     "got", "get", "gets", "make", "made", "makes", "going", "go", "goes", "much", "many", "more", "most", "such",
     "one", "than", "about"]
)  # fmt: skip
"""Words that say nothing by themselves."""
LOOSE = frozenset(("without", "nor", "neither", "none", "nobody", "nothing", "hardly", "barely"))
"""Words that deny in ways for which there are too many others."""
NEAR = 6
"""Words to each side among which a neighbour is looked for."""
BEFORE = 4
"""Words before an undenied one among which another way of denying it is looked for."""
CLAUSE = 7
"""Words to each side of a "not" that stand in its clause."""
FEWEST, SHARED, NEAREST, LONGER = 2, 0.4, 1, 0.5
"""Of a sentence whose denied word the other tells in another one: words both have, as a number and as a share, those of
them in the clause, and how much longer one may be."""


class Word(NamedTuple):
    """One word of a sentence: how it is written small, its stem, and where it stands."""

    small: str
    stem: str
    start: int
    end: int
    is_name: bool  # written with a capital, not as the first word
    is_content: bool  # whether it says something by itself
    denies: bool  # whether it denies what follows it

    @property
    def is_stop(self) -> bool:
        """Whether it is a mark that ends a run of words."""
        return not self.small[0].isalnum()


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies, and the numbers of the words it bears on, the nearest first."""

    at: int
    bears_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A word denied on one side and not on the other: where it stands on each, and where what denies it."""

    here: tuple[int, int]
    there: tuple[int, int]
    denied_here: bool


def flips(ours: list[Word], theirs: list[Word]) -> list[Flip]:
    """Words that one sentence denies and the other does not. The same from both sides, but for `denied_here`."""
    found = [Flip(a, b, True) for a, b in _lifted(ours, theirs)]
    found += [Flip(a, b, False) for b, a in _lifted(theirs, ours)]
    return found


def words(text: str) -> list[Word]:
    """The words and marks of a sentence."""
    found = []
    for one in WORD.finditer(text):
        start, raw = one.start(), one[0]
        small, stemmed, is_light, is_content, denies = _known(raw)
        is_name = raw[0].isupper() and (start > 0 or not is_light)
        found.append(Word(small, stemmed, start, one.end(), is_name, is_content, denies))
    return found


@lru_cache(maxsize=1 << 16)
def _known(raw: str) -> tuple[str, str, bool, bool, bool]:
    small = raw.lower().replace("’", "'")
    is_light = small in LIGHT
    denies = small in EXPLICIT or small.endswith("n't")
    is_content = small[0].isalpha() and not is_light and not denies and len(small) > 2
    return small, stem(raw), is_light, is_content, denies


def negations(some: list[Word]) -> list[Negation]:
    """What is denied in a sentence, word by word."""
    return [
        Negation(number, _scope(some, number))
        for number, word in enumerate(some)
        if word.denies and not (number and some[number - 1].small == "or") and not _is_in_name(some, number)
    ]


def _is_in_name(some: list[Word], at: int) -> bool:
    """Whether it denies nothing: before a name ("No. 5", "Kimi no Na"), in "no matter", "not surprisingly"."""
    if at + 1 == len(some):
        return False
    if some[at].small == "not":
        return some[at + 1].small.endswith("ingly")
    if some[at].small != "no":
        return False
    return some[at + 1].is_name or some[at + 1].small == "matter"


def _scope(some: list[Word], at: int) -> tuple[int, ...]:
    scope: list[int] = []
    for number in range(at + 1, min(at + 9, len(some))):
        if some[number].is_stop:
            if scope or some[number].small not in '"“”':
                break
            continue
        if some[number].is_content:
            scope.append(number)
        if len(scope) == 3:
            break
    return tuple(scope)


def _lifted(denying: list[Word], other: list[Word]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Denied words of the one sentence that the other has undenied: the two stretches of each."""
    here, there = negations(denying), negations(other)
    if len(here) <= len(there):
        return []
    denied_there = {other[number].stem for one in there for number in one.bears_on}
    found = []
    for one in here:
        if not one.bears_on or denying[one.at].small in LOOSE:
            continue
        stretch = _undenied(denying, one, other, denied_there)
        if stretch is None and not there and len(here) == 1 and denying[one.bears_on[0]].small != "longer":
            stretch = _told_plainly(denying, one, other)
        if stretch is not None:
            found.append(((denying[one.at].start, denying[one.bears_on[0]].end), stretch))
    return found[: len(here) - len(there)]


def _undenied(denying: list[Word], one: Negation, other: list[Word], denied_there: set[str]) -> tuple[int, int] | None:
    """The very word that was denied, undenied among the same neighbours."""
    head = denying[one.bears_on[0]]
    if head.stem in denied_there:
        return None
    around = _neighbours(denying, one.bears_on[0])
    for number, word in enumerate(other):
        if word.stem != head.stem or len(around & _neighbours(other, number)) < min(2, len(around)):
            continue
        if not any(map(_is_implicit, other[max(0, number - BEFORE) : number])):
            return word.start, word.end
    return None


def _told_plainly(denying: list[Word], one: Negation, other: list[Word]) -> tuple[int, int] | None:
    """The place of a denied word in a sentence that has most of the others, if nothing there denies in other words."""
    if any(map(_is_implicit, other)) or any(
        _is_implicit(word) for number, word in enumerate(denying) if number != one.at
    ):
        return None
    known = {word.stem: word for word in other if word.is_content}
    said = {word.stem for number, word in enumerate(denying) if word.is_content and number not in one.bears_on[:1]}
    shared = said & set(known)
    near = [
        word.stem
        for word in denying[max(0, one.at - CLAUSE) : one.at + CLAUSE + 1]
        if word.is_content and word.stem in shared
    ]
    nearest = NEAREST if denying[one.at].small == "not" or denying[one.at].small.endswith("n't") else 2 * NEAREST
    if len(shared) < FEWEST or len(shared) < SHARED * len(said) or len(near) < nearest:
        return None
    if abs(len(known) - len(said)) > LONGER * max(len(known), len(said)):
        return None
    place = known[near[-1]]
    return place.start, place.end


def _neighbours(some: list[Word], at: int) -> set[str]:
    around = some[max(0, at - NEAR) : at] + some[at + 1 : at + 1 + NEAR]
    return {word.stem for word in around if word.is_content}


def _is_implicit(word: Word) -> bool:
    small = word.small
    return (
        small in IMPLICIT_WORDS
        or small.startswith(IMPLICIT)
        or (len(small) > 5 and small.startswith(("un", "im", "dis")))
    )
