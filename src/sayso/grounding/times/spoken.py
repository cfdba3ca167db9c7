"""Times of the clock as people say them: "half past five in the evening", "quarter to nine"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.grounding.times.clock import on_day
from sayso.grounding.times.draft import Draft, Here, Pattern, unknown
from sayso.grounding.times.words import any_of
from sayso.record import Interval

MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
HOURS = {word: at for at, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
)}  # fmt: skip
LEADS = "at|by|until|till|from|before|after|since|about|around|nearly|almost"
DAYLIGHT = re.compile(r"(?:'s)? (?P<part>morning|afternoon|evening|night)\b", re.I)
NEAR = 30
WHOLE = (15, 30)
ENDS = re.compile(r"\W*$|[.,;:)]| (?:on|in|at|and|but|when|this|that|last) | [A-Z]")


def patterns() -> Iterator[Pattern]:
    """What times of the clock look like in words."""
    minutes = rf"(?P<minutes>{any_of(MINUTES)})"
    hour = rf"(?P<hour>{any_of(HOURS)}|1[0-2]|[1-9])\b(?! ?[%\d]| percent| per)"
    part = r"(?: (?P<part>in the (?:morning|afternoon|evening)|at night|[ap]\.m\.|[ap]m\b))?"
    yield (
        re.compile(
            rf"\b(?:{LEADS}) (?P<clock>{minutes} (?P<way>past|to) {hour}(?: o'clock)?{part})",
            re.I,
        ),
        clock_said,
    )


def clock_said(match: re.Match[str], here: Here) -> Draft | None:
    """The words "ten past four": either half of its day where nothing tells which."""
    said = match["hour"].lower()
    hour, minutes = HOURS.get(said) or int(said), MINUTES[match["minutes"].lower()]
    if match["way"].lower() == "to":
        if minutes not in WHOLE and not _is_at(match, here):
            return None  # "from five to ten of them"
        if minutes == MINUTES["half"]:
            return None  # "from half to five" is no clock
        hour, minutes = (hour - 1) % 12, 60 - minutes
    span = match.span("clock")
    relation, anchor = here.relation(span[0]), here.day(span[0])
    late = _is_late(match, here, hour % 12)
    hours = [hour % 12 + (12 if late else 0)] if late is not None else [hour % 12, hour % 12 + 12]
    at = (hours[0], minutes)
    if len(hours) == 1:
        when = on_day(anchor, at, "minute") if anchor else unknown("minute", f"XXXX-XX-XXT{at[0]:02}:{at[1]:02}")
        return Draft(*span, "TIME", when, relative_to=relation, clock=at, dayless=True)
    both = _either(anchor, hours, minutes)
    return Draft(
        *span, "TIME", unknown("minute"), relative_to=relation, clock=at, alternatives=both, dayless=True, halves=True
    )


def _is_at(match: re.Match[str], here: Here) -> bool:
    """Whether "ten to four" is a clock: behind "at" or "until", with no noun behind it to count."""
    lead = match[0].split()[0].lower()
    return lead in ("at", "until", "till") and ENDS.match(here.stretch.text, match.end()) is not None


def _is_late(match: re.Match[str], here: Here, hour: int) -> bool | None:
    """Whether it is in the second half of the day, by the part of the day that is told behind it."""
    text = here.stretch.text
    part = (match["part"] or "").lower()
    if not part:
        near = DAYLIGHT.search(text, match.end(), match.end() + NEAR)
        part = near["part"].lower() if near else ""
    if not part:
        return None
    if part.endswith("night"):
        return hour >= 6
    return part.endswith(("afternoon", "evening")) or part.startswith("p")


def _either(day: date | None, hours: list[int], minutes: int) -> tuple[Interval, ...]:
    if day is None:
        return ()
    clocks = [on_day(day, (hour, minutes), "minute") for hour in hours]
    return tuple(Interval(clock.earliest, clock.latest) for clock in clocks)
