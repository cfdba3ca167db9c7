"""When two tellings can be one happening: stretches of time with their doubt, and days of the week that are named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sayso.record import Published, Telling

HOUR, DAY = 1.0, 24.0
EXACT = frozenset({"minute", "hour", "part_of_day"})
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
MONTH_DAY = re.compile(
    r"\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? (\d{1,2})\b|"
    r"\b(\d{1,2}) (jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TO_COME = frozenset({"threatened", "planned", "demanded", "feared", "possible"})
LOOKS_BACK = 10 * DAY
"""How long before it came out a report's undated news is at most taken to be."""
LOOKS_AHEAD = 60 * DAY


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch in hours since the year 1, None for an end that is not known."""

    first: float | None
    last: float | None
    granularity: str
    guessed: bool  # from the day of publication alone
    weekday: str | None  # "tues": named, or that of the one day that is meant
    month_day: str | None  # "mar 12"

    @property
    def hours(self) -> float | None:
        """How long it is."""
        return None if self.first is None or self.last is None else self.last - self.first


def window(telling: Telling) -> Window:
    """The time of a telling; where it names none, what the day of publication allows."""
    when = telling.when
    said = (when.said.words if when is not None and when.said is not None else "") or ""
    if when is not None and (when.earliest is not None or when.latest is not None):
        first, last = _hours(when.earliest), _hours(when.latest)
        return Window(first, last, when.granularity, False, *_day_of(first, last))
    weekday, month_day = WEEKDAY.search(said), MONTH_DAY.search(said)
    first, last = _around(telling)
    return Window(
        first,
        last,
        when.granularity if when is not None else "vague",
        True,
        weekday.group(1).lower() if weekday else None,
        _month_day(month_day) if month_day else None,
    )


def _day_of(first: float | None, last: float | None) -> tuple[str | None, str | None]:
    """The day of the week and of the year of a stretch that lies in one day."""
    if first is None or last is None or int(first // DAY) != int((last - 0.01) // DAY):
        return None, None
    day = date.fromordinal(int(first // DAY))
    return WEEKDAYS[day.weekday()], f"{MONTHS[day.month - 1]} {day.day}"


def _around(telling: Telling) -> tuple[float | None, float | None]:
    known = published_hours(telling.published)
    if known is None:
        return None, None
    first, last = known
    if telling.background:
        return None, last
    if telling.status in TO_COME:
        return first - LOOKS_BACK, last + LOOKS_AHEAD
    return first - LOOKS_BACK, last


def published_hours(published: Published | None) -> tuple[float, float] | None:
    """When a report came out, in hours, if both ends are known."""
    if published is None or published.basis == "unknown":
        return None
    first, last = _hours(published.earliest), _hours(published.latest)
    return None if first is None or last is None else (first, last)


def _month_day(found: re.Match[str]) -> str:
    month, day, other_day, other_month = found.groups()
    return f"{(month or other_month)[:3].lower()} {int(day or other_day)}"


def _hours(iso: str | None) -> float | None:
    if iso is None:
        return None
    hours = date.fromisoformat(iso[:10]).toordinal() * DAY
    if len(iso) <= 10:
        return hours
    at = datetime.fromisoformat(iso)
    return hours + at.hour + at.minute / 60


def gap(one: Window, two: Window) -> float:
    """Hours between two stretches; 0 or less where they can overlap, then how long they do, turned negative."""
    starts = [end for end in (one.first, two.first) if end is not None]
    ends = [end for end in (one.last, two.last) if end is not None]
    if not starts or not ends:
        return 0.0
    if one.first is not None and two.last is not None and one.first >= two.last:
        return one.first - two.last or 0.01
    if two.first is not None and one.last is not None and two.first >= one.last:
        return two.first - one.last or 0.01
    return -(min(ends) - max(starts)) if len(starts) == len(ends) == 2 else 0.0
