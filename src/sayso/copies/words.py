"""The words of a sentence as what a copy keeps of them: figures, names without their vowels, stems, each as a number.

Marks are left out and figures levelled, so that "31, 000" and "31,000", "L. A." and "L.A." are one. Nothing here knows
a language but the English endings and number words, which do no harm elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from sayso.models.rarities import rarity, rarity_of_unknown
from sayso.values.spelling import levelled
from sayso.values.stems import stem

WORD, NAME, FIGURE = 0, 1, 2

NUMBER = re.compile(r"\d{1,3}(?:, ?\d{3})+(?:\. ?\d{1,2}(?!\d))?|\d+(?:[.:] ?\d{1,2}(?!\d))?")
TOKEN = re.compile(rf"(?P<figure>{NUMBER.pattern})|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)|(?P<stop>[.!?:“\"]|``|'')")
ENDS = frozenset("'’ʼ")
UNITS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
VOWELS = re.compile(r"(?<!^)[aeiouyäöüåæøœ]+")
LONGEST_SKELETON = 6
LONGEST_STEM = 8


class Token(NamedTuple):
    """One word or figure: its number, how rare it is in news (0 to 255), and what it is."""

    key: int
    weight: int
    kind: int
    start: int  # where it stands in the sentence as given


def tokens(sentence: str) -> list[Token]:
    """The words and figures of a sentence that tell it from others, in order; words found everywhere are left out."""
    found: list[Token] = []
    begins = True
    scale_of: tuple[float, int] | None = None
    for match in TOKEN.finditer(sentence):
        start, what = match.start(), match.lastgroup
        if what == "stop":
            begins = True
            continue
        word = match[0]
        if what == "figure":
            scale_of = (_value(word), start)
            found.append(_figure(scale_of[0], start))
        elif (small := word.lower()) in UNITS:
            value = float(UNITS[small])
            joins = scale_of is not None and scale_of[0] % 10 == 0 and 20 <= scale_of[0] < 100 and value < 10
            if joins and scale_of is not None:
                value += scale_of[0]
                found.pop()
            scale_of = (value, start)
            found.append(_figure(value, start))
        elif small in SCALES and scale_of is not None:
            scale_of = (scale_of[0] * SCALES[small], start)
            found[-1] = _figure(scale_of[0], start)
        else:
            scale_of = None
            key, weight, known = meaning(word)
            if weight:
                is_name = not known or (not begins and word[0].isupper())
                found.append(Token(key, weight, NAME if is_name else WORD, start))
        begins = False
    return found


def figures(text: str) -> list[int]:
    """The numbers that stand for the figures of a text."""
    return [token.key for token in tokens(text) if token.kind == FIGURE]


def _value(figure: str) -> float:
    bare = figure.replace(" ", "").replace(",", "").replace(":", ".")
    return float(bare)


def _figure(value: float, start: int) -> Token:
    key = number_of(f"#{value:g}" if value < 1e6 else f"#{value:.3e}")
    return Token(key, rarity(key) or rarity_of_unknown(), FIGURE, start)


def number_of(form: str) -> int:
    """The number that stands for a form: the same on every machine, 32 bits."""
    return crc32(form.encode("utf-8"))


def digest(sentence: str) -> int:
    """A number that is equal where two sentences have the same letters and digits, whatever their marks."""
    return number_of("".join(filter(str.isalnum, sentence)).lower())


@lru_cache(maxsize=65_536)
def meaning(word: str) -> tuple[int, int, bool]:
    """The number of a word, its rarity (0: found everywhere), and whether it is in the vocabulary of news."""
    form = stem(word)
    key = number_of(form)
    weight = rarity(key)
    if weight is not None:
        return key, weight, True
    key = number_of("~" + skeleton(word))
    weight = rarity(key)
    return key, rarity_of_unknown() if weight is None else weight, False


def skeleton(name: str) -> str:
    """A name by its first letter and its consonants: what is left of it after many hands.

    >>> skeleton("Zelenskiy") == skeleton("Zelenskyy") == skeleton("Зеленський")
    True
    """
    plain = levelled(name.replace("’", "'").removesuffix("'s")) or name.lower()
    bare = VOWELS.sub("", plain)
    return (bare if len(bare) > 2 else plain)[:LONGEST_SKELETON]
