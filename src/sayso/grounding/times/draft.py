"""What a time is while it is read: its draft, and what it is read against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.record import Interval, Published
from sayso.values import moment as calendar

UTTERANCE, PUBLICATION, NOTHING = "utterance", "publication", "none"


@dataclass(frozen=True, slots=True)
class Draft:
    """A time under way, with where it stands in its stretch."""

    start: int
    end: int
    type: str
    when: calendar.Stretch
    mod: str | None = None
    zone: str | None = None
    alternatives: tuple[Interval, ...] = ()
    relative_to: str = NOTHING


@dataclass(frozen=True, slots=True)
class Here:
    """What a time is read against: its sentence, the day of publication if known, and whether it is quoted."""

    stretch: Stretch
    anchor: date | None
    published: Published
    quoted: Callable[[int], bool]
    rows: Rows
    known_year: Callable[[str, int, int], int | None]

    def relation(self, at: int) -> str:
        """What a relative word at this place is relative to."""
        return UTTERANCE if self.quoted(at) else PUBLICATION

    def day(self, at: int) -> date | None:
        """The day a relative word at this place counts from; None for an utterance or an unknown publication."""
        return None if self.quoted(at) else self.anchor

    def is_future(self, at: int) -> bool:
        """Whether the clause of a word is about what is still to come."""
        return _is_future(self.stretch, at, self.rows.future)

    def is_past(self, at: int) -> bool:
        """Whether the verb that a word hangs on tells what has been."""
        verb = _verb_above(self.stretch, at)
        return verb is not None and (verb.tag in ("VBD", "VBN") or self.stretch.text[:at].endswith("since "))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about time, as tables and patterns."""

    weekdays: dict[str, int]
    months: dict[str, int]
    parts: dict[str, tuple[str, int, int]]
    seasons: dict[str, tuple[str, int]]
    units: dict[str, tuple[str, str, bool]]
    days: dict[str, int]
    mods: dict[str, str]
    bounds: dict[str, str]
    bound: re.Pattern[str]
    sets: dict[str, str]
    zones: dict[str, str]
    stages: dict[str, str]
    future: frozenset[str]
    trigger: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Here], Draft | None]], ...]


def _verb_above(stretch: Stretch, at: int) -> Token | None:
    """The verb that the word at a place hangs on, near or far; None without a parse."""
    index = stretch.token_at(at)
    if index is None or index >= len(stretch.tokens):
        return None
    base = stretch.tokens[0].i
    token = stretch.tokens[index]
    for _ in range(8):
        if token.pos in ("VERB", "AUX") or token.head == token.i:
            break
        token = stretch.tokens[token.head - base]
    return token


def _is_future(stretch: Stretch, at: int, future: frozenset[str]) -> bool:
    """Whether the verb that a word hangs on stands in the future, or in the wish of a verb of planning."""
    tokens = stretch.tokens
    token = _verb_above(stretch, at)
    if token is None:
        return False
    base = tokens[0].i
    helpers = [other for other in tokens if other.head == token.i and other.dep in ("aux", "auxpass")]
    if any(other.lemma == "have" for other in helpers):
        return False
    if any(other.lemma in ("will", "shall", "would", "'ll", "wo") for other in helpers):
        return True
    conditions = [other for other in tokens if other.head == token.i and other.dep == "mark"]
    if any(other.lemma == "unless" for other in conditions):
        return True  # "unless they leave by Friday"
    if (token.tag == "VB" and any(other.text == "to" for other in helpers)) or token.pos not in ("VERB", "AUX"):
        return _planned(tokens, token, base, future)
    return (
        token.tag in ("VBP", "VBZ", "VBG")
        and token.lemma in ("meet", "begin", "start", "arrive", "open", "expire", "end")
        and (token.tag != "VBG" or any(other.lemma == "be" and other.tag in ("VBP", "VBZ") for other in helpers))
    )


def _planned(tokens: tuple[Token, ...], token: Token, base: int, future: frozenset[str]) -> bool:
    above = tokens[token.head - base]
    return above.i != token.i and (above.lemma in future or above.text.lower() in future or above.lemma == "be")


def unknown(granularity: str, timex: str | None = None) -> calendar.Stretch:
    return calendar.Stretch(timex, None, None, granularity)


def mod_of(match: re.Match[str], here: Here) -> str | None:
    word = match.groupdict().get("mod")
    return here.rows.mods.get(word.lower().strip("- ")) if word else None
