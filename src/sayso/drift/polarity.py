"""Whether a sentence denies what the other says: the same words once under a "not", once without one.

A negation is matched by the word it bears on, never counted: translators turn "was not present" into "was absent", and that
is no change. It is one only where the word that was denied stands undenied on the other side, among the same neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.values.stems import stem

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*|[,;:.!?()\"“”–—]")
EXPLICIT = frozenset(
    {"not", "never", "no", "cannot", "without", "nor", "neither", "nobody", "nothing", "none", "hardly", "barely"}
)
IMPLICIT = (
    "fail", "refus", "deni", "denial", "reject", "lack", "unabl", "imposs", "absent", "absence", "prevent", "avoid", "stop",
    "unlik", "ceas", "declin", "disput", "fals", "untru", "free", "zero", "unless", "except", "only", "few", "little", "rare",
    "beyond", "exclud", "instead", "rather", "ban", "forbid", "prohibit", "missing", "out", "non", "against", "remain", "yet",
    "less", "away", "just", "too", "less", "off",
)  # fmt: skip
LIGHT = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "done", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "the", "a", "an", "any", "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "that", "this", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i", "his", "her", "their", "our", "even", "yet", "still", "been", "ever", "so", "very", "really", "quite", "immediately", "all", "every", "each", "there", "and", "or", "but", "also", "been", "got", "get", "gets", "make", "made", "makes", "going", "go", "goes", "much", "many", "more", "most", "such", "one", "than", "about"]
)
NEAR = 6
"""Words to each side among which a neighbour is looked for."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence: how it is written small, its stem, and where it stands."""

    small: str
    stem: str
    start: int
    end: int
    is_name: bool = False  # written with a capital, not as the first word

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself."""
        return self.small[0].isalpha() and self.small not in LIGHT and len(self.small) > 2

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


def flips(here: str, there: str) -> list[Flip]:
    """Words that one sentence denies and the other does not. The same from both sides, but for `denied_here`."""
    ours, theirs = words(here), words(there)
    found = [Flip(a, b, True) for a, b in _lifted(ours, theirs)]
    found += [Flip(a, b, False) for b, a in _lifted(theirs, ours)]
    return found


def words(text: str) -> list[Word]:
    """The words and marks of a sentence."""
    return [
        Word(
            found[0].lower().replace("’", "'"),
            stem(found[0]),
            found.start(),
            found.end(),
            found[0][0].isupper() and (found.start() > 0 or found[0].lower() not in LIGHT),
        )
        for found in WORD.finditer(text)
    ]


def negations(some: list[Word]) -> list[Negation]:
    """What is denied in a sentence, word by word."""
    return [Negation(number, _scope(some, number)) for number, word in enumerate(some) if denies(word)]


def denies(word: Word) -> bool:
    """Whether a word denies what follows it."""
    return word.small in EXPLICIT or word.small.endswith("n't")


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
    if not here or len(here) <= len(there) + sum(_is_implicit(word) for word in other) - sum(
        map(_is_implicit, denying)
    ):
        return []
    denied_there = {other[number].stem for one in there for number in one.bears_on}
    found = []
    for one in here:
        stretch = _undenied(denying, one, other, denied_there)
        if stretch is not None:
            last = denying[one.bears_on[0]]
            found.append(((denying[one.at].start, last.end), stretch))
    return found[: len(here) - len(there)]


def _undenied(denying: list[Word], one: Negation, other: list[Word], denied_there: set[str]) -> tuple[int, int] | None:
    if not one.bears_on or denying[one.at].small in ("without", "nor", "neither", "none", "nobody", "nothing"):
        return None
    head = denying[one.bears_on[0]]
    if head.stem in denied_there:
        return None
    around = _neighbours(denying, one.bears_on[0])
    for number, word in enumerate(other):
        if word.stem == head.stem and len(around & _neighbours(other, number)) >= min(2, len(around)):
            return word.start, word.end
    return None


def _neighbours(some: list[Word], at: int) -> set[str]:
    around = some[max(0, at - NEAR) : at] + some[at + 1 : at + 1 + NEAR]
    return {word.stem for word in around if word.is_content}


def _is_implicit(word: Word) -> bool:
    return word.small.startswith(IMPLICIT) or (word.small.startswith(("un", "im", "dis")) and len(word.small) > 5)
