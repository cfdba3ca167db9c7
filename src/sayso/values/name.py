"""Names of people: which spellings are one person's, and why. Given names are respected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.values.spelling import FULLY_WRITTEN, is_womans_form, levelled, plain_words, same_word, ways

__all__ = [
    "DOUBTFUL",
    "NO_FORMS",
    "Forms",
    "is_womans_form",
    "joined_words",
    "levelled",
    "name_words",
    "same_person",
    "same_word",
    "surname",
]

PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "abu", "ben", "ter")
)
FATHERS = frozenset(("bin", "ibn", "bint", "wald", "ould"))
SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))
COURTESIES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "lady", "dame", "haji", "hajj", "sayyid"))
BURMESE_COURTESIES = frozenset(("u", "daw", "saw", "naw"))
TWO_LETTERED = frozenset(("yu", "ya", "ye", "zh", "kh", "sh", "ch", "ts"))
SUN_ARTICLE = re.compile(r"\b(?:as|ash|ar|an|at|az|ad)[-‐-–](?=\w)", re.I)
DOUBTFUL = frozenset(("languages", "tail", "turned"))
"""Reasons that make one person of two names only where the text shows it, or never: both are told to an editor."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What rows say of given and family names, each levelled.

    `spellings` are ways to write one given name ("Serhiy", "Sergei"), `shorts` its short forms ("Bill", "William"),
    `languages` one name in two languages, whose bearers are two people as a rule ("Volodymyr", "Vladimir"); each by
    its rows. `families_first` are family names that stand before the given name ("Xi"), `families` ways to write one
    that no habit explains. `given` are more given names. `families_of_two` are family names that begin a surname of two
    words ("García" in "García Márquez"): elsewhere the last two words of a name are a father's ("Ali Omar").
    """

    spellings: Mapping[str, frozenset[int]] = field(default_factory=dict)
    shorts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    languages: Mapping[str, frozenset[int]] = field(default_factory=dict)
    families_first: frozenset[str] = frozenset()
    families: Mapping[str, frozenset[int]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    families_of_two: frozenset[str] = frozenset()

    def are_spellings(self, one: str, two: str) -> bool:
        """Whether a row lists both as one name spelled in two ways."""
        return _share(self.spellings, one, two)

    def is_given(self, word: str) -> bool:
        """Whether some row lists a word as a given name."""
        key = levelled(word)
        return key in self.given or key in self.spellings or key in self.shorts or key in self.languages


NO_FORMS = Forms()


def _share(rows: Mapping[str, frozenset[int]], one: str, two: str) -> bool:
    nothing: frozenset[int] = frozenset()
    return bool(rows.get(levelled(one), nothing) & rows.get(levelled(two), nothing))


@dataclass(frozen=True, slots=True)
class _Name:
    """A name's words in plain letters, without articles and courtesies."""

    words: tuple[str, ...]
    suffix: str
    ends_in_father: bool  # "bin Salman": the last word is his father's name


@lru_cache(maxsize=16_384)
def _parsed(name: str) -> _Name:
    words = plain_words(SUN_ARTICLE.sub("", name))
    while len(words) > 1 and words[0] in COURTESIES:
        words = words[1:]
    if len(words) > 2 and words[0] in BURMESE_COURTESIES:
        words = words[1:]
    suffix = ""
    if len(words) > 1 and words[-1] in SUFFIXES:
        suffix, words = words[-1].replace("junior", "jr").replace("senior", "sr"), words[:-1]
    ends_in_father = len(words) > 2 and words[-2] in FATHERS
    last = len(words) - 1
    kept = [
        word
        for at, word in enumerate(words)
        if at == last or not (word in ("al", "el", "ul") or (at and word in FATHERS))
    ]
    return _Name(tuple(kept), suffix, ends_in_father)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell who it is: in plain letters, without courtesies, articles and "Jr.".

    >>> name_words("Mr. Bashar al-Omari")
    ('bashar', 'omari')
    """
    return _parsed(name).words


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


def same_person(one: str, two: str, forms: Forms = NO_FORMS) -> str | None:
    """Why two names can be one person's, in a word; None where they cannot.

    The reasons, the strongest first: `same`, `spelling`, `full_name` (a middle name more or less), `order`, `initial`,
    `short_form`, `surname`, `first_surname` ("Gabriel García Márquez", "García"), `given_name`, `languages`: the
    given names are one name in two languages, which is two people unless the text shows otherwise; and `tail`: one name
    is the end of the other and may be the father's ("Hassan Ali Omar", "Ali Omar"), or `turned`: the words are turned
    round, and either may be the father's ("Musa Bello", "Bello Musa").

    Two given names that differ never make one person, whatever the surname, nor do "Jr." and its absence.

    >>> same_person("Ivan Petrenko", "Petrenko"), same_person("Ivan Petrenko", "Oleh Petrenko")
    ('surname', None)
    >>> same_person("George H. W. Bush", "George W. Bush"), same_person("J. Reva", "Jana Reva")
    (None, 'initial')
    """
    left, right = _parsed(one), _parsed(two)
    if not left.words or not right.words:
        return None
    if one == two:
        return "same"
    if left.suffix != right.suffix and len(left.words) > 1 and len(right.words) > 1:
        return None
    if joined_words(left.words) == joined_words(right.words) and len(left.words) != len(right.words):
        return "spelling"
    long, short = (left, right) if len(left.words) >= len(right.words) else (right, left)
    if len(long.words) == 1:
        return "spelling" if _same(long.words[0], short.words[0], forms) else None
    if len(short.words) == 1:
        return _one_word(long, short.words[0], forms)
    return _same_full(long.words, short.words, forms)


def joined_words(words: tuple[str, ...]) -> str:
    """All words as one, levelled: "Jong Un", "Jongun"."""
    return "".join(map(levelled, words))


def _same(one: str, two: str, forms: Forms) -> bool:
    return forms.are_spellings(one, two) or _share(forms.families, one, two) or same_word(one, two)


def _one_word(long: _Name, word: str, forms: Forms) -> str | None:
    words = long.words
    if words[0] in COURTESIES:
        return None
    if _same(words[-1], word, forms):
        return "given_name" if long.ends_in_father else "surname"
    if "".join(ways(word) & ways("".join(words[1:]))) or (len(words) > 2 and ways(word) & ways("".join(words[-2:]))):
        return "surname"
    if _given(words[0], word, forms) in ("same", "short"):
        return "given_name"
    is_double = len(words) > 2 and not forms.is_given(words[-2]) and not words[-2].endswith(("vich", "vych"))
    return "first_surname" if is_double and same_word(words[-2], word) else None


def _same_full(long: tuple[str, ...], short: tuple[str, ...], forms: Forms) -> str | None:
    if long[-len(short) :] == short and len(long) > len(short):
        return "surname" if _is_surname(short, forms) else "tail"
    first = _given(long[0], short[0], forms)
    if first == "":
        return _in_other_order(long, short, forms)
    if not _same(long[-1], short[-1], forms):
        return _without_last_surname(long, short, first, forms)
    if not _middles_agree(long[1:-1], short[1:-1], forms) or (len(long) > len(short) and long[-2] == long[-1]):
        return None  # "Aung Ko Ko" has no middle name
    match first:
        case "initial":
            return "initial"
        case "short":
            return "short_form"
        case "languages":
            return "languages"
        case _:
            return "spelling" if len(long) == len(short) else "full_name"


def _is_surname(words: tuple[str, ...], forms: Forms) -> bool:
    """Whether the last words of a name are a surname of several words, not a father's given name and his father's."""
    return words[0] in PARTICLES or levelled(words[0]) in forms.families_of_two


def _given(one: str, two: str, forms: Forms) -> str:
    """How two given names go together: same, initial, short, languages; "" where they are two names."""
    if forms.are_spellings(one, two) or _same_given(one, two, forms):
        return "same"
    if _is_initial_of(one, two) or _is_initial_of(two, one):
        return "initial"
    if _share(forms.shorts, one, two):
        return "short"
    return "languages" if _share(forms.languages, one, two) else ""


def _same_given(one: str, two: str, forms: Forms) -> bool:
    """One name by habits of spelling; where rows know both as names of their own, only if levelled they are equal."""
    if forms.is_given(one) and forms.is_given(two):
        return bool(ways(one) & ways(two))
    return same_word(one, two)


def _is_initial_of(one: str, two: str) -> bool:
    if len(one) > 2 or (len(one) == 2 and one not in TWO_LETTERED) or len(two) <= len(one):
        return False
    return two.startswith(one) or any(way.startswith(one) for way in ways(two))


def _middles_agree(long: tuple[str, ...], short: tuple[str, ...], forms: Forms) -> bool:
    """Whether every middle name of the shorter stands in the longer, in order: "H. W." is not "W."."""
    if long and short and len(long) != len(short) and any(len(word) == 1 for word in (*long, *short)):
        return False
    at = 0
    for word in short:
        while at < len(long) and _given(long[at], word, forms) not in ("same", "initial", "short"):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _without_last_surname(long: tuple[str, ...], short: tuple[str, ...], first: str, forms: Forms) -> str | None:
    """As "Nicolás Maduro Moros" is "Nicolás Maduro": the mother's family, or the tribe, left out at the end."""
    if first != "same" or len(long) <= len(short):
        return None
    at = 1
    for word in short[1:]:
        while at < len(long) and not same_word(long[at], word):
            at += 1
        if at == len(long):
            return None
        at += 1
    return "full_name"


def _in_other_order(long: tuple[str, ...], short: tuple[str, ...], forms: Forms) -> str | None:
    """As "Jinping Xi" is "Xi Jinping", where one end is known for a family name, or only the other for a given one."""
    if len(long) != len(short) and joined_words(long[1:]) != levelled(short[0]):
        return None
    turned = (*long[1:], long[0])
    back = (long[-1], *long[:-1])
    for family, order in ((long[0], turned), (long[-1], back)):
        given = order[0] if family is long[0] else long[0]
        is_known = levelled(family) in forms.families_first or (forms.is_given(given) and not forms.is_given(family))
        if is_known and joined_words(order) == joined_words(short):
            is_family = levelled(family) in forms.families_first or FULLY_WRITTEN.search(levelled(family))
            return "order" if is_family else "turned"
    return None
