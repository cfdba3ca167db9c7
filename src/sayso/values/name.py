"""Names of people: which spellings are one person's, and why. Given names are respected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

NOT_LETTERS = re.compile(r"[^a-z ]+")
LEVELLED = (
    (re.compile(r"(?:iy|yi|yy|ij|ii|yj|ey|ei|iya|ia|ya|y|j)(?=$| )"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ck|q|c(?=[aou])"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"zh"), "z"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"tch|tsch"), "ch"),
    (re.compile(r"ee|ea"), "i"),
    (re.compile(r"[iy]+"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
)
PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "abu", "ben", "ter")
)
NO_FORMS: Mapping[str, str] = MappingProxyType({})
SHORTEST_FUZZY = 6
"""Surnames shorter than this must be equal once levelled: one letter makes another name of "Kim"."""


@lru_cache(maxsize=16_384)
def levelled(name: str) -> str:
    """A name with case, accents and habits of transliteration levelled.

    >>> levelled("Zelenskiy") == levelled("Zelensky") == levelled("Zelenskyy")
    True
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("-", " "))
    plain = NOT_LETTERS.sub("", "".join(char for char in plain if not unicodedata.combining(char)))
    for pattern, letters in LEVELLED:
        plain = pattern.sub(letters, plain)
    return " ".join(plain.split())


def surname(name: str) -> str:
    """The last word of a name with the particles before it, levelled.

    >>> surname("Ursula van der Berg")
    'van der berg'
    """
    words = levelled(name).split()
    if not words:
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def same_person(one: str, two: str, given_forms: Mapping[str, str] = NO_FORMS) -> str | None:
    """Why two names can be one person's, in a word; None where they cannot.

    Two given names that differ never make one person, whatever the surname. `given_forms` says which
    given names, levelled, are one name in several languages ("serhi" and "sergi").

    >>> same_person("Ivan Petrenko", "Petrenko"), same_person("Ivan Petrenko", "Oleh Petrenko")
    ('surname', None)
    """
    left, right = levelled(one).split(), levelled(two).split()
    if not left or not right:
        return None
    if left == right:
        return "same" if one == two else "spelling"
    if len(left) > 1 and len(right) > 1:
        return _same_full(one, two, given_forms)
    long, short = (left, right) if len(left) > len(right) else (right, left)
    if len(long) == 1:
        return "spelling" if _near(long[0], short[0]) else None
    if short == long[-1:] or " ".join(short) == surname(" ".join(long)) or _near(short[0], long[-1]):
        return "surname"
    return "given_name" if short[0] == long[0] else None


def _same_full(one: str, two: str, given_forms: Mapping[str, str]) -> str | None:
    last_one, last_two = surname(one).split()[-1], surname(two).split()[-1]
    if last_one != last_two and not _near(last_one, last_two):
        return None
    first_one, first_two = levelled(one).split()[0], levelled(two).split()[0]
    if first_one == first_two:
        return "full_name"
    if first_one[0] == first_two[0] and 1 in (len(first_one), len(first_two)):
        return "initial"
    if given_forms.get(first_one, first_one) == given_forms.get(first_two, first_two):
        return "spelling"
    return "spelling" if _near_given(first_one, first_two) else None


def _near(one: str, two: str) -> bool:
    """Whether two long words differ by one letter, first letters equal; "Petrov" and "Petrova" are two people's."""
    if {one, two} == {min(one, two), min(one, two) + "a"}:
        return False
    return min(len(one), len(two)) >= SHORTEST_FUZZY and one[0] == two[0] and _distance(one, two) <= 1


def _near_given(one: str, two: str) -> bool:
    """Whether two given names are spellings of one: "Serhi" and "Sergi"; never "Ivan" and "Ihor"."""
    return min(len(one), len(two)) >= 4 and one[0] == two[0] and _distance(one, two) <= 1


def _distance(one: str, two: str) -> int:
    """Edits from one word to the other, counted up to two."""
    if abs(len(one) - len(two)) > 1:
        return 2
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    return min(2, max(len(one), len(two)) - start - end)
