"""A number under way, and what stands around it: its bound, its unit, the rise or fall that it tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from sayso.grounding.number_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.record import Restated, Span
from sayso.values.spans import overlap

UP_OR_DOWN = re.compile(r"\b(?:up|down)\s+$", re.I)
WENT = frozenset(
    {
        "be",
        "go",
        "tick",
        "edge",
        "inch",
        "move",
        "come",
        "drive",
        "push",
        "rise",
        "fall",
        "shoot",
        "trend",
        "close",
        "end",
        "finish",
        "trade",
        "open",
        "settle",
    }
)
GAINING = re.compile(r"\b(?:lost|lose|gain(?:s|ed|ing)?|added|advanced)\b[^.]{0,12}$", re.I)
OF_THEM = re.compile(r" of (?:(?:the|its|their|his|her|our|my|your|those|these) )?(?:[\w-]+'s )?")
CLOCK = re.compile(r" ?(?:[ap]\.?m\b|o'clock|hours GMT|GMT)", re.I)
FOR_MASS = re.compile(r" of [a-z]")
MOVING = ("fly", "pass", "circle", "hover", "drive", "walk", "climb", "jump", "soar", "explode", "hang", "run")
WINDOW = 80
MANY = 1_000_000


@dataclass(slots=True)
class Found:
    """A number under way, with where it stands in its stretch.

    `start` and `end` hold bound, currency, scale and unit; `core` is where the number itself stands. `refused`
    says why it is no quantity of the record: code | name | year | date | age | calibre | time | one.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    unit: str | None = None
    of: Span | None = None
    role: str | None = None
    part_of: int | None = None  # index among the finds of the stretch
    replaces: int | None = None
    restated: Restated | None = None
    old: bool = False
    core: tuple[int, int] = (0, 0)
    values: tuple[float, ...] = ()  # one, or both ends of a range
    joint: str = ""
    bound: str = ""  # the words that bound it
    vague: bool = False
    refused: str | None = None
    listed: bool = False  # one age of several: "aged 9, 11 and 14"
    aged: str = ""  # year | month | week | day, where it tells an age

    @property
    def value(self) -> float | None:
        """The lower end that the text gives, else the upper."""
        return self.low if self.low is not None else self.high


def touch(one: Found, two: Found) -> bool:
    """Whether two stand on the same characters."""
    return one.start < two.end and two.start < one.end


def is_dated(stretch: Stretch, find: Found, dates: list[Span]) -> bool:
    """Whether the number is part of a date, a time or a duration."""
    start, end = find.core if find.core[1] else (find.start, find.end)
    for span in stretch.kept.spans(start, end):
        at = bisect_left(dates, Span(span.start - 200, 0))
        for date in dates[at:]:
            if date.start >= span.end:
                break
            if overlap(date, span):
                return True
    return False


def read_unit(text: str, find: Found, rows: Rows, scale: float) -> None:
    """Read the unit behind a number."""
    if find.unit is not None:
        return
    named = rows.unit_glued.match(text, find.end) or rows.unit_after.match(text, find.end)
    if named is None or CLOCK.match(text, find.end):
        return
    known = rows.unit(named[named.lastgroup or "unit"])
    if known is None:
        return
    unit = known.code
    if unit == "lb" and scale >= MANY and not FOR_MASS.match(text, named.end()):
        unit = "GBP"  # nobody weighs by millions of pounds without saying of what
    find.unit, find.end = unit, named.end()


def code_of(rows: Rows, name: str) -> str | None:
    """The code of the unit of this name."""
    unit = rows.unit(name)
    return unit.code if unit else None


def read_bound(stretch: Stretch, find: Found, rows: Rows) -> None:
    """Read the words before or behind a number that bound it, and take them into its stretch."""
    text = stretch.text
    before = text[max(0, find.start - 32) : find.start]
    seen = rows.bound.search(before)
    behind = None if seen else rows.bound_after.match(text, find.end)
    if seen and not _is_direction(stretch, find.start - len(before) + seen.start("bound")):
        find.start -= len(before) - seen.start("bound")
        words = seen["bound"]
    elif behind and not re.match(r" (?:plus|at)", behind[0]) and find.refused is None:
        find.end = behind.end()
        words = behind["bound"]
    else:
        return
    find.bound = " ".join(words.lower().split())
    match rows.bounds.get(find.bound) or rows.bounds[f" {find.bound}"]:
        case "more":
            find.high, find.low_open = None, True
        case "at_least":
            find.high = None
        case "less":
            find.low, find.high_open = None, True
        case "at_most":
            find.low = None
        case "about":
            find.approximate = True
        case other:
            raise ValueError(f"en/number.toml: no such bound as {other}")


def _is_direction(stretch: Stretch, at: int) -> bool:
    """Whether "over" or "under" tells a way ("flew over two villages") and no bound."""
    index = stretch.token_at(at)
    if index is None or index >= len(stretch.tokens):
        return False
    token = stretch.tokens[index]
    above = stretch.tokens[token.head - stretch.tokens[0].i]
    return token.lemma in ("over", "under", "above", "below") and token.dep == "prep" and above.lemma in MOVING


def moved(stretch: Stretch, find: Found, rows: Rows) -> str:
    """Whether the words before a number tell a rise or a fall: up | down | "". "Gave up 500 yards" tells none."""
    before = stretch.text[max(0, find.start - WINDOW) : find.start]
    move = next((move for move, pattern in rows.moves if pattern.search(before)), "")
    if not move or UP_OR_DOWN.search(before) is None:
        return move
    at = stretch.token_from(find.start) - 2
    verb = stretch.tokens[at] if 0 <= at < len(stretch.tokens) else None
    return "" if verb is not None and verb.pos == "VERB" and verb.lemma not in WENT else move
