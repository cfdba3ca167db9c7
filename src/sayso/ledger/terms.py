"""The words of a sentence as they are searched: without case, marks or endings, alike on every database.

A database's own stemmer is not used: SQLite and PostgreSQL cut other endings, and would find other sentences. The
stems are Porter's (M. F. Porter, "An algorithm for suffix stripping", Program 14, 1980), as SQLite's own, so that a
word is found under all its endings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 64
"""Characters of a word that are looked at: what is longer is no word, and no index holds keys of any length."""
WORD = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])|[^\W_]+(?:['’ʼ`´][^\W_]+)*")
APOSTROPHES = re.compile("['’ʼ`´]")
POSSESSIVE = re.compile("['’ʼ`´]s$")
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def terms(words: str) -> str:
    """The different words of a sentence, folded and without endings, in order, between blanks.

    >>> terms("Officials in Paysandú’s port denied it; 9,000 denials.")
    'offici in paysandu port deni it 9000 denial'
    """
    return " ".join(dict.fromkeys(filter(None, map(term_of, WORD.findall(words)))))


def placed_terms(words: str) -> list[tuple[int, int, str]]:
    """Each word of a sentence as start, end and what it is searched by."""
    found = []
    for match in WORD.finditer(words):
        term = term_of(match[0])
        if term:
            found.append((match.start(), match.end(), term))
    return found


@lru_cache(maxsize=65_536)
def term_of(word: str) -> str:
    """What one word is searched by.

    >>> term_of("Shelling"), term_of("shelled"), term_of("Zelenskyy's"), term_of("9,000")
    ('shell', 'shell', 'zelenskyi', '9000')
    """
    if word.isascii() and word.isalnum():
        return stem(word.lower()[:LONGEST])
    plain = folded(POSSESSIVE.sub("", word))
    plain = "".join(char for char in APOSTROPHES.sub("", plain) if char.isalnum())[:LONGEST]
    return stem(plain)


def name_words(name: str) -> str:
    """The words of a name as it is looked for, folded and between blanks, without signs.

    >>> name_words("Halvane’s state agency, HALVAPRESS")
    'halvane state agency halvapress'
    """
    return " ".join(APOSTROPHES.sub("", folded(POSSESSIVE.sub("", word[0]))) for word in WORD.finditer(name))


def folded(words: str) -> str:
    """Text without case and marks on letters. It can be longer or shorter than what it came from."""
    if words.isascii():
        return words.lower()
    return _plain(_plain(words))  # a letter of another alphabet can become a capital of ours


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold().translate(LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


# Porter's stemmer, with its steps and their names. Only words of a to z have endings that it knows.

PLAIN = re.compile(r"[a-z]{3,}")
STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
    ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
)  # fmt: skip


def stem(word: str) -> str:
    """A word of small letters without its English ending; any other word as it is.

    >>> [stem(word) for word in ("ponies", "agreed", "hopping", "relational", "adoption", "sky")]
    ['poni', 'agre', 'hop', 'relat', 'adopt', 'sky']
    """
    if not PLAIN.fullmatch(word):
        return word
    return _step_5(_step_4(_replaced(_replaced(_step_1(word), STEP_2), STEP_3)))


def _shape(word: str) -> str:
    """The word as v (vowel) and c (consonant); y is a vowel after a consonant."""
    shape = ""
    for n, char in enumerate(word):
        vowel = char in "aeiou" or (char == "y" and n > 0 and shape[-1] == "c")
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    """How many times vowels are followed by consonants."""
    return len(re.findall("v+c+", _shape(word)))


def _ends_short(word: str) -> bool:
    return len(word) > 2 and _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1] == "c"


def _step_1(word: str) -> str:
    if word.endswith("s"):
        word = word[:-2] if word.endswith(("sses", "ies")) else word if word.endswith("ss") else word[:-1]
    word = _without_past(word)
    return word[:-1] + "i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    ending = next((ending for ending in ("ed", "ing") if word.endswith(ending)), None)
    if ending is None or "v" not in _shape(rest := word[: -len(ending)]):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _ends_double(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _ends_short(rest) else rest


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + instead if _measure(rest) > 0 else word
    return word


def _step_4(word: str) -> str:
    for ending in STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            fits = _measure(rest) > 1 and (ending != "ion" or rest.endswith(("s", "t")))
            return rest if fits else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _ends_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
