"""Times of the clock: "5 p.m.", "14:30 GMT", "1430 GMT", "noon", "4 in the morning"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.grounding.times.draft import Draft, Here, Pattern, Rows, unknown
from sayso.grounding.times.words import Words
from sayso.record import Interval
from sayso.values import moment as calendar

NAMED = {"noon": 12, "midday": 12, "midnight": 24}


def patterns(words: Words, _rows: Rows) -> Iterator[Pattern]:
    """What times of the clock look like."""
    zone = rf"(?:,? \(?{words.zone}\b\)?)?"
    half = r"(?P<half>[ap]\.m\.|[ap]\.?m\b)"
    yield re.compile(rf"(?<![\w.:$-])(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))? ?{half}{zone}", re.I), clock
    yield (
        re.compile(
            rf"(?<![\w.:$-])(?P<hour>[01]\d|2[0-3])[:.]?(?P<minutes>[0-5]\d)(?P<half>)(?: hours)?,? {words.zone}\b",
            re.I,
        ),
        clock,
    )
    yield re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?P<half>)(?P<zone>)\b(?![:/]\d)"), clock
    yield re.compile(r"(?<![\w.:$-])(?P<hour>[01]\d|2[0-3])(?P<minutes>[0-5]\d)(?P<half>)(?P<zone>) hours\b"), clock
    part = r"(?P<part>in the (?:morning|afternoon|evening)|at night)"
    yield (
        re.compile(rf"\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?(?: o'clock)? {part}(?P<half>)(?P<zone>)\b", re.I),
        clock,
    )
    yield re.compile(rf"(?<!high )\b(?P<named>noon|midnight|midday)\b{zone}(?! (?:prayer|mass|sun)s?\b)", re.I), clock


def clock(match: re.Match[str], here: Here) -> Draft | None:
    """A time of the clock: of the day that stands beside it, else of publication."""
    groups = match.groupdict()
    at = _named(match) if groups.get("named") else _told(match)
    if at is None:
        return None
    zone = here.rows.zones.get(" ".join((groups.get("zone") or "").split()).lower())
    fine = "minute" if groups.get("minutes") else "hour"
    relation, anchor = here.relation(match.start()), here.day(match.start())
    when = unknown(fine, f"XXXX-XX-XXT{at[0]:02}:{at[1]:02}") if anchor is None else on_day(anchor, at, fine)
    return Draft(
        *match.span(), "TIME", when, zone=zone, relative_to=relation, clock=at, alternatives=either(anchor, at),
        dayless=True,
    )  # fmt: skip


def _named(match: re.Match[str]) -> tuple[int, int] | None:
    if match["named"][0].isupper() and match.start():
        return None  # a name: "High Noon"
    return NAMED[match["named"].lower()], 0


def _told(match: re.Match[str]) -> tuple[int, int] | None:
    groups = match.groupdict()
    hour, minutes = int(match["hour"]), int(groups["minutes"] or 0)
    half = (groups["half"] or "").lower().replace(".", "")
    part = (groups.get("part") or "").lower()
    if ((half or part) and not 1 <= hour <= 12) or hour > 23 or minutes > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif part:
        late = part.endswith(("afternoon", "evening")) or (part.endswith("night") and hour > 5)
        hour = hour % 12 + (12 if late else 0)
    return hour, minutes


def on_day(day: date, at: tuple[int, int], fine: str) -> calendar.Stretch:
    """A time of the clock on a day, one minute or one hour long; 24:00 is the end of the day."""
    hour, minutes = at
    start = calendar.minute(day, hour, minutes)
    if fine == "minute" or hour == 24:
        return start
    return calendar.Stretch(start.timex, start.earliest, calendar.minute(day, hour, 59).latest, "hour")


def either(day: date | None, at: tuple[int, int]) -> tuple[Interval, ...]:
    """Both nights that "midnight on Friday" can be: the one Friday begins with and the one it ends with."""
    if day is None or at[0] != 24:
        return ()
    both = [calendar.minute(day, hour, 0) for hour in (0, 24)]
    return tuple(Interval(one.earliest, one.latest) for one in both)
