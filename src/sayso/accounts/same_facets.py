"""What of a telling is compared with another: made once, looked at often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from sayso.accounts.same_kinds import circle, family
from sayso.accounts.same_times import Window, window
from sayso.accounts.story_words import WORD, stem
from sayso.models.stories import story_scorer
from sayso.record import Involved, Quoted, Telling, Where

ANOTHER = re.compile(r"\b(second|third|fourth|another|further|next|later|fresh|subsequent|follow-up)\b", re.IGNORECASE)
BEFORE = 30
"""How many characters before the word that tells it "a second" may stand."""
TELLING = 2.5
"""How rare a stem must be to tell one sentence from another."""
NO_TARGETS = (
    "people", "person", "man", "woman", "men", "women", "civilian", "resident", "one", "some", "they", "them",
    "it", "him", "her", "he", "she", "other", "least", "more", "dozen", "hundred", "thousand", "soldier",
    "troop", "force", "city", "town", "village", "area", "the", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "enemy", "our", "their", "several", "many",
)  # fmt: skip
SAYS_NOTHING = frozenset(map(stem, NO_TARGETS))
"""Stems of words that do not tell one target from another."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The compared sides of one telling."""

    kind: str
    family: str
    circle: str
    places: tuple[Where, ...]
    dateline: Where | None
    time: Window
    targets: dict[str, Quoted]  # stems of nouns that say what it was done to
    named: dict[str, Quoted]  # last names of those it was done to
    doers: dict[str, Quoted]  # last names of those who did it, where they are no party
    agents: dict[str, Quoted]  # parties
    sufferers: dict[str, Quoted]  # parties it was done to
    figures: dict[str, tuple[tuple[float | None, float | None, Quoted], ...]]  # by what is counted
    words: dict[str, float]  # stems of its sentence with their weight
    norm: float
    another: str | None  # "second"
    background: bool
    general: bool  # told only of what somebody always or never does


class _This:
    """One telling by identity, so that a memory of it costs no hash of all it holds."""

    __slots__ = ("telling",)

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    def __hash__(self) -> int:
        return id(self.telling)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.telling is self.telling


def facets(telling: Telling) -> Facets:
    """What is compared of a telling."""
    return _facets(_This(telling))


@lru_cache(maxsize=8192)
def _facets(this: _This) -> Facets:
    telling = this.telling
    rarity = story_scorer().rarity
    stems = {stem(word) for word in WORD.findall(telling.sentence.words)}
    words = {word: rare for word in stems if (rare := rarity(word)) >= TELLING}
    return Facets(
        kind=telling.kind,
        family=family(telling.kind),
        circle=circle(telling.kind),
        places=tuple(place for place in telling.places if place.role != "from") or telling.places,
        dateline=telling.dateline,
        time=window(telling),
        targets=_targets(telling),
        named=_named(telling, telling.targets),
        doers=_named(telling, tuple(one for one in telling.agents if one.party is None)),
        agents={one.party: one.said for one in telling.agents if one.party},
        sufferers={one.party: one.said for one in telling.targets if one.party},
        figures=_figures(telling),
        words=words,
        norm=sqrt(sum(rare * rare for rare in words.values())),
        another=_another(telling),
        background=telling.background,
        general=any(teller.saying is not None and teller.saying.reach == "general" for teller in telling.tellers),
    )


def _targets(telling: Telling) -> dict[str, Quoted]:
    found: dict[str, Quoted] = {}
    named = {stem(word) for place in telling.places for word in WORD.findall(place.name)}
    for one in telling.targets:
        for word in WORD.findall(one.said.words):
            root = stem(word)
            if len(root) > 2 and not root[0].isdigit() and root not in SAYS_NOTHING and root not in named:
                found.setdefault(root, one.said)
    return found


def _named(telling: Telling, involved: tuple[Involved, ...]) -> dict[str, Quoted]:
    """The last name in each naming, those of places aside."""
    places = {stem(word) for place in telling.places for word in WORD.findall(" ".join((place.name, *place.inside)))}
    found: dict[str, Quoted] = {}
    for one in involved:
        words = [word for word in WORD.findall(one.said.words) if word[0].isupper()]
        last = words[-1] if words and not one.said.words.startswith(words[-1]) else None
        if last is not None and stem(last) not in places:
            found.setdefault(stem(last), one.said)
    return found


def _figures(telling: Telling) -> dict[str, tuple[tuple[float | None, float | None, Quoted], ...]]:
    found: dict[str, tuple[tuple[float | None, float | None, Quoted], ...]] = {}
    for one in telling.figures:
        found[one.of] = (*found.get(one.of, ()), (one.quantity.low, one.quantity.high, one.said))
    return found


def _another(telling: Telling) -> str | None:
    start = telling.trigger.span.start - telling.sentence.span.start
    before = telling.sentence.words[max(0, start - BEFORE) : max(0, start)]
    found = ANOTHER.findall(before)
    return found[-1].lower() if found else None
