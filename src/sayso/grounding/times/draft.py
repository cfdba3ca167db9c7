"""What a time is while it is read: its draft, and what it is read against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sayso.grounding.stretches import Stretch
from sayso.grounding.times.tense import tense_at
from sayso.record import Interval, Published
from sayso.values import moment as calendar

UTTERANCE, PUBLICATION, NOTHING = "utterance", "publication", "none"


class Step(NamedTuple):
    """So many units on from another time (or back, or none: "that day"), until that other one is known."""

    by: int
    unit: str
    part: str | None = None


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
    step: Step | None = None
    clock: tuple[int, int] | None = None  # hour and minute, for the day it belongs to
    dayless: bool = False  # whether it is a clock that no day stands beside
    halves: bool = False  # whether a clock may be before or after noon
    counted: bool = False  # whether it is told by a count: "two years ago"


Reader = Callable[[re.Match[str], "Here"], Draft | None]
Pattern = tuple[re.Pattern[str], Reader]


@dataclass(frozen=True, slots=True)
class Here:
    """What a time is read against: its sentence, the day of publication if known, and whether it is quoted."""

    stretch: Stretch
    anchor: date | None
    published: Published
    quoted: Callable[[int], bool]
    rows: Rows
    known_year: Callable[[str, int, int], int | None]
    order: str | None = None  # dmy or mdy, where the outlet settles it
    wide: bool = False  # whether it is read for the wide layer

    def relation(self, at: int) -> str:
        """What a relative word at this place is relative to."""
        return UTTERANCE if self.quoted(at) else PUBLICATION

    def day(self, at: int) -> date | None:
        """The day a relative word at this place counts from; None for an utterance or an unknown publication."""
        return None if self.quoted(at) else self.anchor

    def is_future(self, at: int) -> bool:
        """Whether the clause of a word is about what is still to come."""
        return tense_at(self.stretch, at, self.rows.tenses) == "future"

    def is_past(self, at: int) -> bool:
        """Whether the verb that a word hangs on tells what has been."""
        return tense_at(self.stretch, at, self.rows.tenses) == "past"

    def is_open(self, at: int) -> bool:
        """Whether the clause of a word may as well tell what has been as what is to come."""
        return tense_at(self.stretch, at, self.rows.tenses) == "open"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about time, as tables and patterns."""

    weekdays: dict[str, int]
    months: dict[str, int]
    short_months: dict[str, int]
    parts: dict[str, tuple[str, int, int]]
    seasons: dict[str, tuple[str, int]]
    units: dict[str, tuple[str, str, bool]]
    days: dict[str, int]
    mods: dict[str, str]
    measures: dict[str, str]
    bounds: dict[str, str]
    bound: re.Pattern[str]
    mod_before: re.Pattern[str]
    measure_before: re.Pattern[str]
    part_before: re.Pattern[str]
    goes_on: re.Pattern[str]
    sets: dict[str, str]
    zones: dict[str, str]
    stages: dict[str, str]
    holidays: dict[str, str]
    vague: dict[str, str]
    tenses: dict[str, frozenset[str]]
    names: re.Pattern[str]
    trigger: re.Pattern[str]
    patterns: tuple[Pattern, ...]
    wide_patterns: tuple[Pattern, ...]


def unknown(granularity: str, timex: str | None = None) -> calendar.Stretch:
    """A time of which only how fine it is, and perhaps its TIMEX3 value, is known."""
    return calendar.Stretch(timex, None, None, granularity)


def mod_of(match: re.Match[str], here: Here) -> str | None:
    """What the word before a time narrows it to."""
    word = match.groupdict().get("mod")
    return here.rows.mods.get(" ".join(word.lower().strip("- ").split())) if word else None
