"""Names of countries and peoples as the parser reads them: all alike, so that no side is parsed better than another.

A tagger trained on one corpus knows "Russia" better than "Lebanon", and reads the same sentence with the two swapped
as two different sentences. What is said about whom must not hang on that: before parsing, each such name of one word
stands in as the same name ("France", "French"). The tokens keep their own words and places in the text.
"""

from __future__ import annotations

from functools import cache

from sayso.knowledge import ours
from sayso.knowledge.gazetteer import gazetteer

COUNTRY, ADJECTIVE, PEOPLE = "France", "French", "Italians"
FIRST_NAMES_TOO = frozenset(
    {"Jordan", "Chad", "Georgia", "Israel", "China", "Cuba", "Kenya", "India", "Paris", "Malta", "Turkey", "Guinea"}
)
"""Countries that are people's names or other words as well: these are left as they stand beside another name."""


@cache
def stand_ins() -> dict[str, str]:
    """Every one-word name of a country or people, with the name it is parsed as."""
    found = {name: COUNTRY for _, name in gazetteer().country_names() if name.isalpha() and name[:1].isupper()}
    for row in ours().rows("countries"):
        for demonym in row.get("demonyms", ()):
            if demonym.isalpha():
                found[demonym] = PEOPLE if demonym.endswith("s") and demonym != "Swiss" else ADJECTIVE
    return found


def evened(words: list[str]) -> list[str]:
    """The words of a sentence with every such name replaced by its stand-in."""
    known = stand_ins()
    return [_stand_in(words, i, known) if word in known else word for i, word in enumerate(words)]


def _stand_in(words: list[str], i: int, known: dict[str, str]) -> str:
    word = words[i]
    if word in FIRST_NAMES_TOO and any(_is_unknown_name(other, known) for other in words[max(i - 1, 0) : i + 2]):
        return word
    return known[word]


def _is_unknown_name(word: str, known: dict[str, str]) -> bool:
    return word[:1].isupper() and word not in known
