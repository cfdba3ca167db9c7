"""Calendar algebra: days, weeks, months and years as half-open stretches, and their TIMEX3 values. No clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.record import Published

DAY = timedelta(days=1)
MONTH_DAY = re.compile(r"\d\d-\d\d")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the calendar: its TIMEX3 value, its half-open ends, and how fine it is."""

    timex: str | None
    earliest: str | None
    latest: str | None
    granularity: str


def day(of: date) -> Stretch:
    """One day.

    >>> day(date(2022, 9, 15)).latest
    '2022-09-16'
    """
    return Stretch(of.isoformat(), of.isoformat(), (of + DAY).isoformat(), "day")


def part_of_day(of: date, code: str, first: int, last: int) -> Stretch:
    """A part of a day by its TIMEX3 code and hours; hours past 24 lie on the next day."""
    return Stretch(f"{of.isoformat()}T{code}", _hour(of, first), _hour(of, last), "part_of_day")


def minute(of: date, hour: int, minutes: int) -> Stretch:
    """One minute of a day; 24:00 is the first minute of the next.

    >>> minute(date(2022, 9, 16), 24, 0).timex, minute(date(2022, 9, 16), 24, 0).earliest
    ('2022-09-16T24:00', '2022-09-17T00:00')
    """
    at = hour * 60 + minutes
    return Stretch(f"{of.isoformat()}T{hour:02}:{minutes:02}", _minute(of, at), _minute(of, at + 1), "minute")


def _minute(of: date, at: int) -> str:
    day, rest = of + DAY * (at // (24 * 60)), at % (24 * 60)
    return f"{day.isoformat()}T{rest // 60:02}:{rest % 60:02}"


def week(of: date) -> Stretch:
    """The ISO week that holds a day.

    >>> week(date(2022, 9, 16)).timex
    '2022-W37'
    """
    monday = of - timedelta(days=of.weekday())
    year, number, _ = of.isocalendar()
    return Stretch(f"{year}-W{number:02}", monday.isoformat(), (monday + 7 * DAY).isoformat(), "week")


def weekend(of: date) -> Stretch:
    """The Saturday and Sunday of the ISO week that holds a day."""
    saturday = of + timedelta(days=5 - of.weekday())
    year, number, _ = of.isocalendar()
    return Stretch(f"{year}-W{number:02}-WE", saturday.isoformat(), (saturday + 2 * DAY).isoformat(), "weekend")


def month(year: int, number: int) -> Stretch:
    """One month."""
    after = date(year + number // 12, number % 12 + 1, 1)
    return Stretch(f"{year:04}-{number:02}", date(year, number, 1).isoformat(), after.isoformat(), "month")


def quarter(year: int, number: int) -> Stretch:
    """One quarter of a year."""
    first, last = month(year, number * 3 - 2), month(year, number * 3)
    return Stretch(f"{year:04}-Q{number}", first.earliest, last.latest, "quarter")


def season(year: int, code: str, first: int) -> Stretch:
    """A season by its TIMEX3 code and first month; winter runs into the next year."""
    start, (end_year, end_month) = date(year, first, 1), shifted_month(year, first, 3)
    return Stretch(f"{year:04}-{code}", start.isoformat(), date(end_year, end_month, 1).isoformat(), "season")


def year_of(number: int) -> Stretch:
    """One year."""
    return Stretch(f"{number:04}", f"{number:04}-01-01", f"{number + 1:04}-01-01", "year")


def decade(first: int) -> Stretch:
    """Ten years.

    >>> decade(1990).timex
    '199'
    """
    return Stretch(f"{first // 10:03}", f"{first:04}-01-01", f"{first + 10:04}-01-01", "year")


def half(year: int, number: int) -> Stretch:
    """One half of a year."""
    first, last = month(year, number * 6 - 5), month(year, number * 6)
    return Stretch(f"{year:04}-H{number}", first.earliest, last.latest, "quarter")


def century(number: int) -> Stretch:
    """A hundred years, by the number that people give them.

    >>> century(20).timex, century(20).earliest
    ('19', '1901-01-01')
    """
    first = number * 100 - 99
    return Stretch(f"{number - 1:02}", f"{first:04}-01-01", f"{first + 100:04}-01-01", "year")


def between(first: Stretch, last: Stretch) -> Stretch:
    """From the beginning of one stretch to the end of another, as an ISO 8601 interval.

    >>> between(year_of(2014), year_of(2016)).timex
    '2014/2016'
    """
    return Stretch(f"{first.timex}/{last.timex}", first.earliest, last.latest, last.granularity)


def holiday(year: int, rule: str) -> date | None:
    """The day of a holiday: a fixed one ("12-25"), or so-and-so-many of a weekday ("11-thu-4").

    >>> holiday(2022, "11-thu-4")
    datetime.date(2022, 11, 24)
    """
    if not MONTH_DAY.fullmatch(rule):
        number, weekday, which = rule.split("-")
        first = weekday_not_before(date(year, int(number), 1), WEEKDAYS.index(weekday))
        return first + timedelta(weeks=int(which) - 1)
    number, of = rule.split("-")
    return valid_day(year, int(number), int(of))


def shifted_month(year: int, number: int, by: int) -> tuple[int, int]:
    """The year and month so many months on.

    >>> shifted_month(2022, 11, 3)
    (2023, 2)
    """
    at = year * 12 + number - 1 + by
    return at // 12, at % 12 + 1


def shifted(of: date, unit: str, by: int) -> date | None:
    """A day so many days, weeks, months or years on; None outside the calendar.

    >>> shifted(date(2024, 2, 29), "year", -1)
    datetime.date(2023, 2, 28)
    """
    try:
        match unit:
            case "day":
                return of + timedelta(days=by)
            case "week":
                return of + timedelta(weeks=by)
            case "month":
                year, number = shifted_month(of.year, of.month, by)
                return date(year, number, min(of.day, monthrange(year, number)[1]))
            case "quarter":
                return shifted(of, "month", 3 * by)
            case "year":
                return date(of.year + by, of.month, min(of.day, monthrange(of.year + by, of.month)[1]))
            case _:
                return None
    except (OverflowError, ValueError):
        return None


def weekday_not_after(of: date, weekday: int) -> date:
    """The latest such weekday not after a day; the day itself where it is one.

    >>> weekday_not_after(date(2022, 9, 16), 4), weekday_not_after(date(2022, 9, 16), 2)
    (datetime.date(2022, 9, 16), datetime.date(2022, 9, 14))
    """
    return of - timedelta(days=(of.weekday() - weekday) % 7)


def weekday_not_before(of: date, weekday: int) -> date:
    """The first such weekday not before a day."""
    return of + timedelta(days=(weekday - of.weekday()) % 7)


def weekdays_around(of: date, weekday: int) -> tuple[date, date]:
    """The latest such weekday not after a day and the first not before it.

    >>> weekdays_around(date(2022, 9, 16), 0)
    (datetime.date(2022, 9, 12), datetime.date(2022, 9, 19))
    """
    return weekday_not_after(of, weekday), weekday_not_before(of, weekday)


def valid_day(year: int, number: int, of: int) -> date | None:
    """A day, or None where the calendar has no such day.

    >>> valid_day(2023, 2, 30) is None
    True
    """
    try:
        return date(year, number, of)
    except ValueError:
        return None


def anchor(published: Published) -> date | None:
    """The day of publication where it is known to the day; None where it is not."""
    if published.earliest is None or published.latest is None:
        return None
    first, last = parsed_day(published.earliest), parsed_day(published.latest)
    if first is None or last is None or (last - first).days > 1:
        return None
    return first


def parsed_day(iso: str) -> date | None:
    """The day that an ISO date or date-time begins with."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _hour(of: date, hour: int) -> str:
    return f"{(of + DAY * (hour // 24)).isoformat()}T{hour % 24:02}:00"
