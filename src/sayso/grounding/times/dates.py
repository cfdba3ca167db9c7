"""Dates by their name or figures: days, months, quarters, seasons, years, decades."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from sayso.grounding.times.draft import NOTHING, PUBLICATION, Draft, Here, mod_of, unknown
from sayso.record import Interval
from sayso.values import moment as calendar

FAR_BACK, NEAR_AHEAD = 270, 92
"""Days: a yearless date further back than the one, with the next one nearer than the other, may be still to come."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def month_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "Feb. 24", "24 February 2022", "Thursday, September 15"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    of = int(match["day"])
    if match["year"]:
        day = calendar.valid_day(int(match["year"]), number_of_month, of)
        return Draft(*match.span(), "DATE", calendar.day(day), mod_of(match, here)) if day else None
    if calendar.valid_day(2024, number_of_month, of) is None:
        return None
    known = here.known_year(here.stretch.text, number_of_month, of)
    day = calendar.valid_day(known, number_of_month, of) if known else None
    if day is None:
        day = _nearest(here, match.start("month"), lambda year: calendar.valid_day(year, number_of_month, of))
    relative = NOTHING if known or day else PUBLICATION
    when = calendar.day(day) if day else unknown("day", f"XXXX-{number_of_month:02}-{of:02}")
    return Draft(*match.span(), "DATE", when, mod_of(match, here), relative_to=relative)


def _nearest(here: Here, at: int, in_year: Callable[[int], date | None]) -> date | None:
    """A yearless date: the latest not after publication, or the next in a clause about the future."""
    if here.anchor is None:
        return None
    days = [day for year in range(-4, 5) if (day := in_year(here.anchor.year + year)) is not None]
    past = max((day for day in days if day <= here.anchor), default=None)
    coming = min((day for day in days if day >= here.anchor), default=None)
    if here.is_future(at):
        return coming
    if past is None or coming is None or here.is_past(at):
        return past
    # No verb tells: a day a few weeks off is more likely meant than one almost a year back.
    return coming if (here.anchor - past).days > FAR_BACK and (coming - here.anchor).days < NEAR_AHEAD else past


def month_with_year(match: re.Match[str], here: Here) -> Draft | None:
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return Draft(*match.span(), "DATE", calendar.month(int(match["year"]), number_of_month), mod_of(match, here))


def month_in_place(match: re.Match[str], here: Here) -> Draft | None:
    """A month without a day or year counts only where a preposition, "last" or "early" shows that it is one."""
    if match["lead"] is None and match["mod"] is None:
        return None
    if re.match(r" [A-Z][a-z]", here.stretch.text[match.end() : match.end() + 3]):
        return None
    return _month_alone(match, here)


def _month_alone(match: re.Match[str], here: Here) -> Draft | None:
    """The words "in March", "March 2014", "early August", "last May"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    start = match.start("mod") if match["mod"] else match.start("month")
    lead = (match["lead"] or "").lower()
    if lead in ("last", "this", "next"):
        start = match.start("lead")
    day = here.anchor
    if day is None:
        when = unknown("month", f"XXXX-{number_of_month:02}")
        return Draft(start, match.end(), "DATE", when, mod_of(match, here), relative_to=PUBLICATION)
    year = day.year if (number_of_month <= day.month) else day.year - 1
    soon = 0 < number_of_month - day.month <= 3 and not here.is_past(match.start("month")) and lead != "last"
    if lead == "next" or soon or (lead != "last" and here.is_future(match.start("month"))):
        year = day.year if number_of_month >= day.month else day.year + 1
    elif lead == "last" and number_of_month == day.month:
        year = day.year - 1
    elif lead == "this":
        year = day.year
    relative = PUBLICATION if lead in ("last", "this", "next") else NOTHING
    return Draft(
        start, match.end(), "DATE", calendar.month(year, number_of_month), mod_of(match, here), relative_to=relative
    )


def iso(match: re.Match[str], here: Here) -> Draft | None:
    day = calendar.valid_day(int(match[1]), int(match[2]), int(match[3]))
    return Draft(*match.span(), "DATE", calendar.day(day)) if day else None


def figures(match: re.Match[str], here: Here) -> Draft | None:
    """The words "02/03/2022": both readings are kept; "24.02.2022" has only one."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    readings = [(two, one)] if match[2] == "." else [(one, two), (two, one)]
    days = [day for number_of_month, of in readings if (day := calendar.valid_day(year, number_of_month, of))]
    days = sorted(set(days))
    if not days:
        return None
    if len(days) == 1:
        return Draft(*match.span(), "DATE", calendar.day(days[0]))
    both = tuple(Interval(calendar.day(day).earliest, calendar.day(day).latest) for day in days)
    return Draft(*match.span(), "DATE", unknown("day"), alternatives=both)


def year(match: re.Match[str], here: Here) -> Draft | None:
    """A bare year, unless it counts what stands behind it ("2,000 men" written "2000 men")."""
    index = here.stretch.token_at(match.start())
    tokens = here.stretch.tokens
    if index is not None and index + 1 < len(tokens):
        after = tokens[index + 1]
        if after.tag in ("NNS", "NNPS") or (tokens[index].dep == "nummod" and after.pos == "ADJ"):
            return None
    return Draft(*match.span("year"), "DATE", calendar.year_of(int(match["year"])))


def modified_year(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "DATE", calendar.year_of(int(match["year"])), mod_of(match, here))


def decade(match: re.Match[str], here: Here) -> Draft | None:
    return Draft(*match.span(), "DATE", calendar.decade(int(match["decade"])), mod_of(match, here))


def season_of_year(match: re.Match[str], here: Here) -> Draft | None:
    code, first = here.rows.seasons[match["season"].lower()]
    return Draft(*match.span(), "DATE", calendar.season(int(match["year"]), code, first), mod_of(match, here))


def quarter(match: re.Match[str], here: Here) -> Draft | None:
    which = ORDINALS[match["which"].lower()]
    if match["year"]:
        return Draft(*match.span(), "DATE", calendar.quarter(int(match["year"]), which))
    if here.anchor is None:
        return Draft(*match.span(), "DATE", unknown("quarter", f"XXXX-Q{which}"), relative_to=PUBLICATION)
    now = (here.anchor.month - 1) // 3 + 1
    year = here.anchor.year if which <= now or here.is_future(match.start()) else here.anchor.year - 1
    return Draft(*match.span(), "DATE", calendar.quarter(year, which), relative_to=PUBLICATION)


def stage(match: re.Match[str], here: Here) -> Draft | None:
    mod = here.rows.stages[match["stage"].lower()]
    return Draft(*match.span(), "DATE", unknown("vague"), mod)
