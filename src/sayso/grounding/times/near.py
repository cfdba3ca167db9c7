"""Times told by where they stand to another: "on Wednesday", "last weekend", "two days ago"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sayso.grounding.times.draft import Draft, Here, Rows, mod_of, unknown
from sayso.grounding.times.lengths import counted
from sayso.values import moment as calendar


def weekday(match: re.Match[str], here: Here) -> Draft | None:
    """The words "on Wednesday", "late Thursday", "Thursday night", "overnight into Friday", "last Monday"."""
    weekday = here.rows.weekdays[match["weekday"].lower()]
    at = match.start("weekday")
    relation, anchor = here.relation(at), here.day(at)
    start = match.start("lead") if match["lead"] and match["lead"].lower() in ("last", "this", "next") else at
    start = match.start("mod") if match["mod"] else start
    part = here.rows.parts.get((match["part"] or "").lower())
    night = match["overnight"]
    if night:
        start, part = match.start("overnight"), ("NI", -6, 6)
    lead = (match["lead"] or "").lower()
    if anchor is None:
        timex = f"XXXX-WXX-{weekday + 1}" + (f"T{part[0]}" if part else "")
        when = unknown("part_of_day" if part else "day", timex)
    else:
        day = which_weekday(here, anchor, weekday, lead, at)
        when = _part(day, part) if part else calendar.day(day)
    kind = "TIME" if part else "DATE"
    return Draft(start, match.end(), kind, when, mod_of(match, here), relative_to=relation)


def which_weekday(here: Here, anchor: date, weekday: int, lead: str, at: int) -> date:
    if lead == "next" or (lead != "last" and here.is_future(at)):
        day = calendar.weekday_not_before(anchor, weekday)
        return day if day != anchor or lead != "next" else date.fromordinal(day.toordinal() + 7)
    day = calendar.weekday_not_after(anchor, weekday)
    return day if day != anchor or lead != "last" else date.fromordinal(day.toordinal() - 7)


def _part(day: date, part: tuple[str, int, int]) -> calendar.Stretch:
    code, first, last = part
    if first < 0:
        before = date.fromordinal(day.toordinal() - 1)
        return calendar.Stretch(
            f"{before.isoformat()}T{code}",
            calendar.part_of_day(before, code, first + 24, 24).earliest,
            calendar.part_of_day(day, code, 0, last).latest,
            "part_of_day",
        )
    return calendar.part_of_day(day, code, first, last)


def near_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "today", "yesterday evening", "tonight", "this morning", "last night", "overnight"."""
    word = " ".join(match["word"].lower().split())
    anchor = here.day(match.start())
    part = here.rows.parts.get((match.groupdict().get("part") or "").lower())
    offset = here.rows.days.get(word)
    if word == "tonight":
        offset, part = 0, ("NI", 18, 30)
    elif word == "overnight":
        offset, part = 0, ("NI", -6, 6)
    elif offset is None:
        offset = -1 if word == "last" else 0
    kind = "TIME" if part else "DATE"
    relation = here.relation(match.start())
    if anchor is None:
        return Draft(*match.span(), kind, unknown("part_of_day" if part else "day"), relative_to=relation)
    day = date.fromordinal(anchor.toordinal() + offset)
    return Draft(
        *match.span(), kind, _part(day, part) if part else calendar.day(day), mod_of(match, here), relative_to=relation
    )


def either(match: re.Match[str], here: Here) -> Draft | None:
    if match["word2"]:
        again = re.compile(r"(?P<word>tonight|overnight)(?P<mod>)", re.I).match(here.stretch.text, match.start())
        return near_day(again, here) if again else None
    draft = near_day(match, here)
    if draft is not None and match["part"] is None and match[0].lower().endswith("'s"):
        return replace(draft, end=draft.end - 2)
    return draft


def near_unit(match: re.Match[str], here: Here) -> Draft | None:
    """The words "last weekend", "this month", "next year", "last summer"."""
    word, which = match["unit"].lower(), match["which"].lower()
    relation, anchor = here.relation(match.start()), here.day(match.start())
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if anchor is None:
        return Draft(*match.span(), "DATE", unknown(_grain(word)), mod_of(match, here), relative_to=relation)
    when = _unit_near(anchor, word, step, here.rows)
    return Draft(*match.span(), "DATE", when, mod_of(match, here), relative_to=relation) if when else None


def _grain(word: str) -> str:
    return word if word in ("week", "weekend", "month", "quarter", "year") else "year" if word == "decade" else "season"


def _unit_near(anchor: date, word: str, step: int, rows: Rows) -> calendar.Stretch | None:
    if word in rows.seasons:
        return _season_near(anchor, *rows.seasons[word], step)
    match word:
        case "week" | "weekend":
            day = calendar.shifted(anchor, "week", step)
            if word == "weekend" and step == -1 and anchor.weekday() == 6:
                day = calendar.shifted(anchor, "week", -1)
            return None if day is None else calendar.week(day) if word == "week" else calendar.weekend(day)
        case "month":
            return calendar.month(*calendar.shifted_month(anchor.year, anchor.month, step))
        case "quarter":
            year, first = calendar.shifted_month(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 3 * step)
            return calendar.quarter(year, (first - 1) // 3 + 1)
        case "year":
            return calendar.year_of(anchor.year + step)
        case "decade":
            return calendar.decade(anchor.year // 10 * 10 + 10 * step)
        case _:
            return None


def _season_near(anchor: date, code: str, first: int, step: int) -> calendar.Stretch:
    """Last: the latest that is over; next: the first that has not begun; this: the one of the year."""
    near = [calendar.season(anchor.year + by, code, first) for by in (-2, -1, 0, 1, 2)]
    today = anchor.isoformat()
    match step:
        case -1:
            return [season for season in near if (season.latest or "") <= today][-1]
        case 1:
            return next(season for season in near if (season.earliest or "") > today)
        case _:
            return near[2]


def ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "three weeks ago", "two days earlier", "three weeks later"."""
    unit = match["unit"].lower()
    _, name, clock = here.rows.units[unit]
    count = counted(match["count"])
    way = match["way"].lower()
    if way in ("later", "earlier", "before", "after", "afterwards", "afterward"):
        sign = "+" if way in ("later", "after", "afterwards", "afterward") else "-"
        step = f"{sign}:{int(count) if count and not clock else 0}:{name}"
        return Draft(*match.span(), "DATE", unknown(name if name != "decade" else "year", "LATER"), step)
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None or count is None or clock:
        grain = name if name in ("day", "week", "month", "year", "hour", "minute") else "vague"
        return Draft(*match.span(), "DATE", unknown(grain, "PAST_REF" if count is None else None), relative_to=relation)
    day = calendar.shifted(anchor, "year" if name == "decade" else name, -int(count) * (10 if name == "decade" else 1))
    when = at_grain(day, name) if day else None
    return Draft(*match.span(), "DATE", when, relative_to=relation) if when else None


def at_grain(day: date, unit: str) -> calendar.Stretch:
    match unit:
        case "week":
            return calendar.week(day)
        case "month":
            return calendar.month(day.year, day.month)
        case "year" | "decade":
            return calendar.year_of(day.year)
        case _:
            return calendar.day(day)
