"""Names of bodies: ministries, forces, agencies; which spellings and short forms are one body's, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from sayso.values.spelling import plain_words, same_word

SMALL = frozenset(("the", "of", "for", "and", "to", "in", "on", "a", "an", "de", "la", "des", "du", "al", "el", "s"))
SORTS = frozenset(
    (
        *("group", "company", "corporation", "corp", "inc", "ltd", "llc", "plc", "co", "agency", "foundation", "fund"),
        *("organization", "movement", "militia", "party", "battalion", "brigade", "regiment", "division", "network"),
        *("front", "association"),
    )
)
"""Words that say of what sort a body is; a later mention may leave one out at the end."""
AMERICAN = {
    "defence": "defense",
    "organisation": "organization",
    "centre": "center",
    "labour": "labor",
    "programme": "program",
    "armour": "armor",
    "guards": "guard",
    "forces": "force",
    "affairs": "affair",
    "nations": "nation",
}
BRITISH = re.compile(r"(?<=[a-z]{4})is(?=(?:e|ed|ing|ation)$)")
NO_COUNTRIES: Mapping[str, str] = MappingProxyType({})
LONGEST_COUNTRY = 4
ABBREVIATION = re.compile(r"^(?:[A-Z]{2,8}s?|(?:[A-Z]\.){2,6}|[A-Z]{1,4}[a-z]?[A-Z]{1,5})$")

NUMBERS = re.compile(r"\d+|\b[IVX]+\b")


@dataclass(frozen=True, slots=True)
class _Body:
    words: tuple[str, ...]  # what it is, small words and the country aside
    country: str | None
    numbers: tuple[str, ...]  # "Brigade 10" is not "Brigade 12"


def is_abbreviation(name: str) -> bool:
    """Whether a name is all initials.

    >>> is_abbreviation("IRGC"), is_abbreviation("U.N."), is_abbreviation("Red Cross")
    (True, True, False)
    """
    return ABBREVIATION.match(name) is not None


def abbreviates(short: str, name: str) -> bool:
    """Whether three or more initials are those of a name, its small words counted or not.

    >>> abbreviates("IRGC", "Islamic Revolutionary Guard Corps"), abbreviates("ICRC", "Red Cross")
    (True, False)
    """
    if not is_abbreviation(short):
        return False
    letters = _letters(short)
    return len(letters) >= 3 and letters in _initials(name)


def initials_of(name: str) -> frozenset[str]:
    """The initials that a name has or is, so that a body and its abbreviation share some.

    >>> initials_of("IRGC") & initials_of("Islamic Revolutionary Guard Corps")
    frozenset({'irgc'})
    """
    return _initials(name) | {_letters(name)} if is_abbreviation(name) else _initials(name)


def _letters(short: str) -> str:
    return re.sub(r"[^A-Z]", "", short).lower()


@lru_cache(maxsize=8_192)
def _initials(name: str) -> frozenset[str]:
    words = [word for part in name.split() for word in plain_words(part)]
    great = [word for word in words if word not in SMALL]
    if len(great) < 2:
        return frozenset()
    return frozenset("".join(word[0] for word in found) for found in (words, great))


def words_of(name: str, countries: Mapping[str, str] = NO_COUNTRIES) -> tuple[str, ...]:
    """The words that say what a body is, small words and its country aside.

    >>> words_of("Ministry of Defence of Norway", {"norway": "NOR"})
    ('ministry', 'defense')
    """
    return _parsed(name, _Known(countries)).words


def same_body(one: str, two: str, countries: Mapping[str, str] = NO_COUNTRIES) -> str | None:
    """Why two names can be one body's, in a word; None where they cannot. `countries` knows country words by code.

    The reasons: `same`, `spelling`, `order` ("Ministry of Defence", "Defense Ministry"), `initials`, `country` (one
    has it and one leaves it out), `short` ("Azov", "Azov Brigade"). Bodies of two countries are two.

    >>> known = {"norway": "NOR", "sweden": "SWE"}
    >>> same_body("Norway's Defense Ministry", "Ministry of Defence of Norway", known)
    'order'
    >>> same_body("Norway's Defense Ministry", "Sweden's Defense Ministry", known) is None
    True
    """
    if one == two:
        return "same"
    if abbreviates(one, two) or abbreviates(two, one):
        return "initials"
    left, right = _parsed(one, _Known(countries)), _parsed(two, _Known(countries))
    if not left.words or not right.words or left.numbers != right.numbers:
        return None
    if left.country and right.country and left.country != right.country:
        return None
    reason = _same_words(left.words, right.words)
    if left.country == right.country:
        return reason
    return "country" if reason in ("spelling", "order") and len(left.words) > 1 else None


class _Known:
    """Country words, hashed by identity so that parsed names can be kept."""

    def __init__(self, countries: Mapping[str, str]) -> None:
        self.countries = countries

    def __hash__(self) -> int:
        return id(self.countries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.countries is other.countries


@lru_cache(maxsize=8_192)
def _parsed(name: str, known: _Known) -> _Body:
    words = [word for word in re.sub(r"['’]s?\b", " ", name).replace("-", " ").split() if word]
    country = None
    at = 0
    kept: list[str] = []
    while at < len(words):
        reach = next(
            (
                size
                for size in range(min(LONGEST_COUNTRY, len(words) - at), 0, -1)
                if " ".join(words[at : at + size]).lower() in known.countries and size < len(words)
            ),
            0,
        )
        if reach and country is None:
            country = known.countries[" ".join(words[at : at + reach]).lower()]
            at += reach
            continue
        kept.append(words[at])
        at += 1
    plain = [word for one in kept for word in plain_words(one)]
    told = tuple(BRITISH.sub("iz", AMERICAN.get(word, word)) for word in plain if word not in SMALL)
    return _Body(told, country, tuple(NUMBERS.findall(name)))


def _same_words(one: tuple[str, ...], two: tuple[str, ...]) -> str | None:
    if len(one) == len(two):
        if all(map(same_word, one, two)):
            return "spelling"
        return "order" if len(one) > 1 and set(one) == set(two) and sorted(one) == sorted(two) else None
    long, short = (one, two) if len(one) > len(two) else (two, one)
    left_out = long[len(short) :]
    is_short = all(map(same_word, long, short)) and len(left_out) == 1 and left_out[0] in SORTS
    return "short" if is_short else None
