"""How names are spelled: habits of transliteration levelled, and words that differ by such a habit alone.

The habits are those of English reports: Cyrillic in Latin letters (Russian and Ukrainian), Arabic and Persian vowels
and articles, Turkish, Balkan and German letters. A habit that would make two real names one is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from types import MappingProxyType

NOT_LETTERS = re.compile(r"[^a-zäöüå ]+")
APOSTROPHES = re.compile("[’'`ʿʾ‘]")
BREAKS = re.compile(r"[-‐-–.·]")
CYRILLIC = {
    **{"а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "e", "ж": "zh", "з": "z"},
    **{"и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r"},
    **{"с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"},
    **{"ы": "i", "э": "e", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "ʼ": "", "ћ": "c", "ђ": "dj", "љ": "lj", "њ": "nj"},
    **{"џ": "dz", "ј": "j"},
}
LONE = {"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "ə": "a", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"}
NO_UMLAUTS: Mapping[str, str] = MappingProxyType({})
MARKS_OF_VIETNAMESE = frozenset("\u031b\u0323\u0309")

# In this order, each on the whole word. `(?<=…)` keeps short names apart: "Lee" and "Li", "Khan" and "Han".
LEVELLED = (
    (re.compile(r"^ibn$"), "bin"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"^y(?=[eiu])"), "i"),
    (re.compile(r"^i?e(?=[a-z]{3})"), "e"),
    (re.compile(r"^(?:ia|ya)(?=[a-z]{2})"), "ya"),
    (re.compile(r"^ts(?=i[^p])"), "t"),
    (re.compile(r"(?<=[a-z]{2})ousk"), "ovsk"),
    (re.compile(r"(?<=[a-z]{2})[aou]ll?ah$"), "ala"),
    (re.compile(r"(?<=[a-z]{3})[ae]h$"), "a"),
    (re.compile(r"(?<=[a-z]{2})off$"), "ov"),
    (re.compile(r"(?<=[a-z]{2})eff$"), "ev"),
    (re.compile(r"(?<=[a-z]{2})enka$"), "enko"),
    (re.compile(r"(?<=[a-z]{2})sk(?:aya|aia|aja)$"), "ska"),
    (re.compile(r"(?<=[a-z]{2})(?:iyi|yyi|yy|iy|yi|yj|ij|ii|ey|ei|ay|ai|y|j)$"), "i"),
    (re.compile(r"aei"), "ai"),
    (re.compile(r"(?<=[a-z])(?:ey|ei|ay)(?=[a-z])"), "ai"),
    (re.compile(r"kh(?=[a-z]{3})|(?<=[a-z]{2})kh"), "h"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[aou])"), "k"),
    (re.compile(r"(?<=[a-z])ou(?=a)"), "v"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"w"), "v"),
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"tsch|tch"), "ch"),
    (re.compile(r"shch|sch"), "sh"),
    (re.compile(r"tz"), "ts"),
    (re.compile(r"(?<=[a-z])ee(?=[a-z])"), "i"),
    (re.compile(r"(?<=[a-z]{2})iov$"), "ev"),
    (re.compile(r"(?<=[bcdfghjklmnprstvz])yo(?=[a-z]{2}|v$)"), "e"),
    (re.compile(r"(?<=ch|sh)ov$"), "ev"),
    (re.compile(r"(?<=[a-z])(?:iye|ie|ye)(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z]{3})(?:ich|ic)$"), "ic"),
    (re.compile(r"[iy]+"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# Servant of …: "Abdul Rahman", "Abd al-Rahman", "Abdelrahman", "Abdurrahman".
SERVANT = re.compile(
    r"\babd (?:al|el|ul|il|ar|er|ur|as|es|us) |\babd(?:[aeiou](?:l|r(?=r)|s(?=s))|[aeu]r(?= r)) ?(?!l?ah|a\b)"
)
GOD = re.compile(r"\babd ?[aeiou]l+ah?\b")
ARTICLES = frozenset(("al", "el", "as", "ash", "ar", "an", "at", "az", "ad", "ul"))
JOINED_ARTICLE = re.compile(r"^(?:al|el)(?=[bcdfghjkmnqrstvwyz][a-z]{4})")
HABITS = (
    ("q", "k", 4),
    ("q", "g", 4),
    ("o", "u", 6),
    ("s", "z", 6),
    ("z", "zh", 6),
    ("j", "zh", 6),
    ("s", "sh", 6),
    ("c", "ch", 6),
    ("c", "ts", 6),
    ("j", "i", 5),
    ("j", "", 7),
)
"""Two ways to write one sound, and how long the shorter word must be before the two are taken for one."""
FURTHEST = 3
"""Letters: how much longer one spelling can be than the other."""
FIRSTS = {**dict.fromkeys("kqgh", "k"), **dict.fromkeys("szctji", "s"), "o": "u"}
SLAVIC = re.compile(r"(?:enko|k[oi]|ov|ev|uk|chuk|ets|ich|in|ai|al|ii?)$")
FULLY_WRITTEN = re.compile(r"(?:enko|[oe]v|in|uk|ski|ska|ic|ets|s[oe]n|ez)$")
VOWELS = frozenset("aeiou")
LONGEST_TYPO = 8
"""In words as long as this one letter too many, too few or out of order is a slip; in shorter ones another name."""


@lru_cache(maxsize=16_384)
def levelled(name: str) -> str:
    """A name with case, accents, script and habits of transliteration levelled.

    >>> levelled("Zelenskiy") == levelled("Zelensky") == levelled("Zelenskyy") == levelled("Зеленський")
    True
    >>> levelled("Abd al-Rahman") == levelled("Abdul Rahman") == levelled("Abdelrahman")
    True
    """
    return " ".join(map(_levelled_word, _plain(name).split()))


@lru_cache(maxsize=16_384)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name in small plain letters, umlauts kept; a letter with a full stop is a word of its own.

    >>> plain_words("V.V. Petrenko-Zhuk")
    ('v', 'v', 'petrenko', 'zhuk')
    """
    return tuple(_plain(name, {char: char for char in UMLAUTS}).split())


def _plain(name: str, umlauts: Mapping[str, str] = NO_UMLAUTS) -> str:
    """A name in small Latin letters; `umlauts` says how those are written, else they lose their dots."""
    plain = APOSTROPHES.sub("", name.lower())
    if not plain.isascii():
        lower = unicodedata.normalize("NFC", plain)
        barred = "d" if MARKS_OF_VIETNAMESE & set(unicodedata.normalize("NFD", lower)) else "dj"
        plain = "".join(umlauts[char] if char in umlauts else _letters(char, barred) for char in lower)
    plain = " ".join(NOT_LETTERS.sub("", BREAKS.sub(" ", plain)).split())
    return SERVANT.sub("abd", GOD.sub("abdula", plain))


def _letters(char: str, barred: str) -> str:
    if char == "đ":
        return barred
    if char in CYRILLIC:
        return CYRILLIC[char]
    bare = unicodedata.normalize("NFD", char)[0]
    return LONE.get(bare, bare)


@lru_cache(maxsize=65_536)
def _levelled_word(word: str) -> str:
    for pattern, letters in LEVELLED:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=16_384)
def ways(word: str) -> frozenset[str]:
    """Every way to level one word: an umlaut as one letter or two, an Arabic article joined to its noun or not.

    >>> sorted(ways("Müller"))
    ['mueler', 'muler']
    """
    plain = {_plain(word).replace(" ", ""), _plain(word, UMLAUTS).replace(" ", "")}
    plain |= {JOINED_ARTICLE.sub("", one) for one in plain}
    return frozenset(map(_levelled_word, plain))


def same_word(one: str, two: str) -> bool:
    """Whether two words are one name's, spelled by two habits; "Petrov" and "Petrova" are two people's.

    >>> same_word("Hrytsenko", "Gritsenko"), same_word("Qaddafi", "Gadhafi"), same_word("Petersen", "Peterson")
    (True, True, False)
    """
    left, right = ways(one), ways(two)
    if left & right:
        return True
    if {first_sound(way) for way in left}.isdisjoint(first_sound(way) for way in right):
        return False
    if is_womans_form(one, two):
        return False
    return any(_near(way, other) for way, other in product(left, right))


def is_womans_form(one: str, two: str) -> bool:
    """Whether one surname is the other with a woman's ending: "Petrova", "Zelenska", "Tolstaya".

    >>> is_womans_form("Petrov", "Petrova"), is_womans_form("Zelensky", "Zelenska")
    (True, True)
    """
    man, woman = sorted((levelled(one), levelled(two)), key=lambda word: word.endswith("a"))
    if not woman.endswith("a") or man.endswith("a"):
        return False
    return woman == man + "a" or (man.endswith("i") and woman in (man[:-1] + "a", man[:-1] + "aia", man + "a"))


def _near(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    if not shorter or max(len(one), len(two)) - shorter > FURTHEST or first_sound(one) != first_sound(two):
        return False
    if any(shorter >= least and _differ_by(one, two, left, right) for left, right, least in HABITS):
        return True
    if shorter >= 5 and SLAVIC.search(one) and SLAVIC.search(two) and _differ_by(one, two, "h", "g"):
        return True
    return (shorter >= LONGEST_TYPO and _is_slip(one, two)) or (shorter >= 5 and _is_vowel_left_out(one, two))


def first_sound(word: str) -> str:
    """The sound a levelled word begins with, those that habits mix taken together."""
    return FIRSTS.get(word[:1], word[:1])


def _differ_by(one: str, two: str, left: str, right: str) -> bool:
    """Whether two words are one once `left` and `right` are taken for the same sound, all through."""
    long, short = (left, right) if len(left) >= len(right) else (right, left)
    if not short:
        return one.replace(long, "") == two.replace(long, "")
    return one.replace(long, short) == two.replace(long, short)


def _is_vowel_left_out(one: str, two: str) -> bool:
    """Whether one word has a vowel more between two consonants: Arabic does not write it ("Dagalo", "Daglo")."""
    long, short = (one, two) if len(one) > len(two) else (two, one)
    if FULLY_WRITTEN.search(long):
        return False
    return len(long) - len(short) == 1 and any(
        long[at] in VOWELS and long[:at] + long[at + 1 :] == short and not {long[at - 1], long[at + 1]} & VOWELS
        for at in range(2, len(long) - 2)
    )


def _is_slip(one: str, two: str) -> bool:
    """One letter too many, too few or two out of order, not at either end: the ends tell names apart."""
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], two[start : len(two) - end]
    if start < 2 or end < 2:
        return False
    return {len(left), len(right)} == {0, 1} or (len(left) == len(right) == 2 and left == right[::-1])
