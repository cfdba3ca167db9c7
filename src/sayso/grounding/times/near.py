"""Times told by where they stand to another: "on Wednesday", "last weekend", "two days ago", "that day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sayso.grounding.times.clock import on_day
from sayso.grounding.times.draft import Draft, Here, Pattern, Rows, Step, mod_of, unknown
from sayso.grounding.times.lengths import counted, reach, timex_of_length
from sayso.grounding.times.words import COUNT, Words, any_of
from sayso.record import Interval
from sayso.values import moment as calendar

PartOfDay = tuple[str, int, int]  # TIMEX3 code, first and last hour
NOON = 12
NIGHT: PartOfDay = ("NI", 18, 30)
OVERNIGHT: PartOfDay = ("NI", -6, 6)
STEPS = {"that": 0, "that same": 0, "the same": 0, "the next": 1, "the following": 1, "the previous": -1, "before": -1}
UNIT_LEADS = "last|this past|this coming|this|next|past|previous|coming|the current"
BACK, ON = ("last", "this past", "previous"), ("next", "this coming", "coming")


def patterns(words: Words, rows: Rows) -> Iterator[Pattern]:
    """What times look like that count from another."""
    part = rf"(?: {words.part})?"
    leads = r"[Ll]ast|[Tt]his past|[Tt]his coming|[Tt]his|[Nn]ext|[Tt]he previous|[Tt]he following|[Tt]he coming"
    yield (
        re.compile(
            rf"\b(?:(?P<overnight>[Oo]vernight (?:in)?to )|(?P<lead>{leads}) )?"
            rf"{words.mod}{words.weekday}(?:(?:'s)? {words.part})?(?P<plural>s)?\b(?!, [A-Z][a-z]+\.? \d)"
        ),
        weekday,
    )
    yield re.compile(rf"\b{words.mod}(?P<word>{any_of(rows.days)})(?:'s)?{part}\b", re.I), near_day
    yield re.compile(r"\b(?P<word>tonight|overnight)\b(?! (?:in)?to\b)(?P<mod>)", re.I), near_day
    yield re.compile(rf"\b(?P<word>this|last) (?P<mod>){words.part}\b", re.I), near_day
    yield re.compile(r"\b(?P<word>the) (?P<mod>)(?P<part>small hours|wee hours)\b(?! o[fn]\b)", re.I), near_day
    units_near = any_of([*rows.seasons, "week", "weekend", "month", "quarter", "year", "decade", "century"])
    yield (
        re.compile(rf"\b(?:the )?{words.mod}(?P<which>{UNIT_LEADS}) (?P<unit>{units_near})\b(?!s|-)", re.I),
        near_unit,
    )
    yield re.compile(r"\b(?:the )?(?:(?P<lead>past|last) )?(?P<unit>weekend)\b", re.I), weekend_before
    count = rf"(?P<count>{COUNT})(?: more)?"
    half = r"(?P<half> and a half)?"
    or_so = r"(?P<or_so> or so)?"
    yield re.compile(rf"\b{count}[ -]{words.unit}{half}{or_so} (?P<way>ago|earlier|later|afterwards?)\b", re.I), ago
    yield (
        re.compile(rf"\b(?P<count>{COUNT}) (?P<unit>week|fortnight)s? ago(?: on|,)? {words.weekday}{part}\b", re.I),
        weekday_ago,
    )
    ago_today = (
        rf"\b(?P<count>{COUNT}) (?P<unit>day|week|fortnight|month|year)s? ago (?P<day>today|yesterday|tomorrow)\b"
    )
    yield re.compile(ago_today, re.I), day_ago
    yield re.compile(r"\b(?P<count>two|three|four|[2-4]) nights ago\b", re.I), nights_ago
    yield re.compile(rf"\b{words.weekday}{part}(?: of|,)? (?P<near>last|next|this) week\b"), weekday_of_week
    yield re.compile(rf"\b(?P<unit>{any_of(rows.units)})s ago\b", re.I), long_ago
    steps = any_of(word for word in STEPS if " " in word or word == "that")
    stepped = rf"day|week|month|year|quarter|weekend|{any_of(rows.parts)}"
    yield (
        re.compile(rf"\b(?P<which>{steps}) (?P<unit>{stepped})\b(?! (?:of|in|when|that|after|before)\b)", re.I),
        stepped_to,
    )
    ended = r"(?=[.,;:)?!]|$| (?:and|but|or|in|at|near|by|with|from|when|while)\b)"
    yield (
        re.compile(rf"\bthe (?P<unit>day|week|month|year|{any_of(rows.parts)}) (?P<which>before){ended}", re.I),
        stepped_to,
    )
    yield re.compile(r"\b(?:earlier|later) (?:in|that) (?:the )?(?P<which>)(?P<unit>day)\b", re.I), stepped_to


def weekday(match: re.Match[str], here: Here) -> Draft | None:
    """The words "on Wednesday", "late Thursday", "Thursday night", "overnight into Friday", "last Monday"."""
    number = here.rows.weekdays[match["weekday"].lower()]
    at = match.start("weekday")
    part = here.rows.parts.get((match["part"] or "").lower())
    code = f"XXXX-WXX-{number + 1}" + (f"T{part[0]}" if part else "")
    if match["plural"]:
        return Draft(at, match.end(), "SET", unknown("part_of_day" if part else "day", code))
    relation, anchor = here.relation(at), here.day(at)
    if match["overnight"]:
        part = OVERNIGHT
        code = f"XXXX-WXX-{number + 1}T{part[0]}"
    lead = (match["lead"] or "").lower()
    kind = "TIME" if part else "DATE"
    both: tuple[Interval, ...] = ()
    if anchor is None:
        when = unknown("part_of_day" if part else "day", code)
    elif not lead and not here.wide and anchor.weekday() != number and here.is_open(at):
        both = tuple(_interval(_day_or_part(day, part)) for day in calendar.weekdays_around(anchor, number))
        when = unknown("part_of_day" if part else "day", code)
    else:
        when = _day_or_part(which_weekday(here, anchor, number, lead, at), part)
    return Draft(match.start(), match.end(), kind, when, mod_of(match, here), alternatives=both, relative_to=relation)


def _day_or_part(day: date, part: PartOfDay | None) -> calendar.Stretch:
    return part_of(day, part) if part else calendar.day(day)


def _interval(when: calendar.Stretch) -> Interval:
    return Interval(when.earliest, when.latest)


def which_weekday(here: Here, anchor: date, weekday: int, lead: str, at: int) -> date:
    """The latest such day not after the anchor; the next one in a clause about the future."""
    week = 7
    if lead in ("next", "this coming", "the coming", "the following"):
        day = calendar.weekday_not_before(anchor, weekday)
        return day if day != anchor else date.fromordinal(day.toordinal() + week)
    if (lead in ("", "this") and here.is_future(at)) or (lead == "this" and here.is_open(at)):
        return calendar.weekday_not_before(anchor, weekday)
    day = calendar.weekday_not_after(anchor, weekday)
    if lead == "the previous":
        return date.fromordinal(day.toordinal() - week)
    return day if day != anchor or lead in ("", "this") else date.fromordinal(day.toordinal() - week)


def weekday_ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "a week ago Sunday", "two weeks ago on Saturday": so many weeks before the last such day."""
    number, count = here.rows.weekdays[match["weekday"].lower()], counted(match["count"])
    part = here.rows.parts.get((match["part"] or "").lower())
    relation, anchor = here.relation(match.start()), here.day(match.start())
    fine, kind = ("part_of_day", "TIME") if part else ("day", "DATE")
    weeks = int(count or 0) * (2 if match["unit"].lower() == "fortnight" else 1)
    day = calendar.shifted(calendar.weekday_not_after(anchor, number), "week", -weeks) if anchor and weeks else None
    when = _day_or_part(day, part) if day else unknown(fine)
    return Draft(*match.span(), kind, when, relative_to=relation, counted=True)


def day_ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "a week ago today", "a year ago tomorrow": to the day."""
    relation, anchor = here.relation(match.start()), here.day(match.start())
    count, unit = int(counted(match["count"]) or 0), match["unit"].lower()
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    by = here.rows.days[match["day"].lower()]
    from_day = calendar.shifted(anchor, "day", by) if anchor else None
    day = calendar.shifted(from_day, unit, -count) if from_day and count else None
    when = calendar.day(day) if day else unknown("day")
    return Draft(*match.span(), "DATE", when, relative_to=relation, counted=True)


def nights_ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "two nights ago"."""
    relation, anchor = here.relation(match.start()), here.day(match.start())
    day = calendar.shifted(anchor, "day", -int(counted(match["count"]) or 0)) if anchor else None
    when = part_of(day, NIGHT) if day else unknown("part_of_day")
    return Draft(*match.span(), "TIME", when, relative_to=relation, counted=True)


def weekday_of_week(match: re.Match[str], here: Here) -> Draft | None:
    """The words "Thursday of last week", "Friday next week"."""
    part = here.rows.parts.get((match["part"] or "").lower())
    relation, anchor = here.relation(match.start()), here.day(match.start())
    fine, kind = ("part_of_day", "TIME") if part else ("day", "DATE")
    week = calendar.shifted(anchor, "week", {"last": -1, "next": 1}.get(match["near"], 0)) if anchor else None
    number = here.rows.weekdays[match["weekday"].lower()]
    day = date.fromordinal(week.toordinal() - week.weekday() + number) if week else None
    when = _day_or_part(day, part) if day else unknown(fine)
    return Draft(*match.span(), kind, when, relative_to=relation)


def part_of(day: date, part: PartOfDay) -> calendar.Stretch:
    """A part of a day; hours below zero begin on the evening before."""
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
    if _is_named(match, here):
        return None
    anchor = here.day(match.start())
    part = here.rows.parts.get((match.groupdict().get("part") or "").lower())
    end = match.end() - 2 if part is None and match[0].endswith("'s") else match.end()
    offset = here.rows.days.get(word)
    if word == "tonight":
        offset, part = 0, NIGHT
    elif word == "overnight":
        offset, part = 0, OVERNIGHT
    elif offset is None:
        offset = -1 if word == "last" else 0
    kind = "TIME" if part else "DATE"
    relation, span = here.relation(match.start()), (match.start(), end)
    if anchor is None:
        return Draft(*span, kind, unknown("part_of_day" if part else "day"), relative_to=relation)
    day = date.fromordinal(anchor.toordinal() + offset)
    when = part_of(day, part) if part else calendar.day(day)
    return Draft(*span, kind, when, mod_of(match, here), relative_to=relation)


def _is_named(match: re.Match[str], here: Here) -> bool:
    """Whether it is the end of a name: "Dolna Today reported", in a sentence whose common words have no capitals."""
    text, at = here.stretch.text, match.start("word")
    if not text[at].isupper() or at < 2 or text[at:].isupper():
        return False
    return re.search(r"\b[A-Z]\w+ $", text[:at]) is not None and re.search(r"\b[a-z]{4}", text) is not None


def near_unit(match: re.Match[str], here: Here) -> Draft | None:
    """The words "last weekend", "this month", "next year", "last summer"; not a title, "This Week"."""
    word, which = match["unit"].lower(), " ".join(match["which"].lower().split())
    if match["unit"][0].isupper() and word not in here.rows.seasons:
        return None
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if which == "past" and word in here.rows.units:
        return past_unit(match, here, anchor, relation)
    step = -1 if which in (*BACK, "past") else 1 if which in ON else 0
    if anchor is None:
        return Draft(*match.span(), "DATE", unknown(_grain(word)), mod_of(match, here), relative_to=relation)
    when = _unit_near(anchor, word, step, here.rows)
    return Draft(*match.span(), "DATE", when, mod_of(match, here), relative_to=relation) if when else None


def past_unit(match: re.Match[str], here: Here, anchor: date | None, relation: str) -> Draft:
    """The words "the past year": as long as that, up to the day it is told on."""
    unit = here.rows.units[match["unit"].lower()]
    when = calendar.Stretch(timex_of_length(1.0, unit), **reach(anchor, unit[1], 1.0, "past"), granularity=unit[1])
    return Draft(*match.span(), "DURATION", when, relative_to=relation)


def weekend_before(match: re.Match[str], here: Here) -> Draft | None:
    """The words "over the weekend": the one before, or the coming one in a clause about the future."""
    if match[0].lower() == "weekend":
        return None
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None:
        return Draft(*match.span(), "DATE", unknown("weekend"), relative_to=relation)
    # On a Friday the weekend is still to come; from Saturday to Thursday the one under way or just over is meant.
    step = -1 if anchor.weekday() < 5 and not here.is_future(match.start()) else 0
    when = _unit_near(anchor, "weekend", step, here.rows)
    return Draft(*match.span(), "DATE", when, relative_to=relation) if when else None


def _grain(word: str) -> str:
    return word if word in ("week", "weekend", "month", "quarter", "year") else "season" if word in SEASONS else "year"


SEASONS = ("spring", "summer", "autumn", "fall", "winter")


def _unit_near(anchor: date, word: str, step: int, rows: Rows) -> calendar.Stretch | None:
    if word in rows.seasons:
        return _season_near(anchor, *rows.seasons[word], step)
    match word:
        case "week" | "weekend":
            day = calendar.shifted(anchor, "week", step)
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
        case "century":
            return calendar.century(anchor.year // 100 + 1 + step)
        case _:
            return None


def _season_near(anchor: date, code: str, first: int, step: int) -> calendar.Stretch:
    """Last: the latest that is over; next: the first that has not begun; this: the one of the year.

    In the first half of a year "this winter" began in the year before.
    """
    near = [calendar.season(anchor.year + by, code, first) for by in (-2, -1, 0, 1, 2)]
    today = anchor.isoformat()
    match step:
        case -1:
            return [season for season in near if (season.latest or "") <= today][-1]
        case 1:
            return next(season for season in near if (season.earliest or "") > today)
        case _:
            runs_over = first > 10
            return near[1] if runs_over and anchor.month < 6 else near[2]


def ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "three weeks ago", "two days earlier", "three weeks later"."""
    _, name, clock = here.rows.units[match["unit"].lower()]
    count = counted(match["count"])
    if match["half"] and count is not None:
        count += 0.5
    way = match["way"].lower()
    mod = "APPROX" if match["or_so"] else None
    if way != "ago":
        sign = -1 if way == "earlier" else 1
        if name == "fortnight" and count:
            name, count = "week", 2 * count
        step = Step(sign * int(count), name) if count and not clock and count == int(count) else None
        length = timex_of_length(count, here.rows.units[match["unit"].lower()]) if step is None and here.wide else None
        if length:
            return Draft(*match.span(), "DURATION", unknown(name, length), mod)
        return Draft(*match.span(), "DATE", unknown(_fine(name)), mod, step=step, counted=True)
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None or count is None or clock:
        timex = "PAST_REF" if count is None else None
        return Draft(*match.span(), "DATE", unknown(_fine(name), timex), mod, relative_to=relation, counted=True)
    if name == "fortnight":
        name, count = "week", 2 * count
    by = -int(count) * (10 if name == "decade" else 100 if name == "century" else 1)
    day = calendar.shifted(anchor, "year" if name in ("decade", "century") else name, by)
    when = at_grain(day, name) if day else None
    return Draft(*match.span(), "DATE", when, mod, relative_to=relation, counted=True) if when else None


def _fine(name: str) -> str:
    return name if name in ("day", "week", "month", "quarter", "year", "hour", "minute") else "vague"


def long_ago(match: re.Match[str], here: Here) -> Draft | None:
    """The words "months ago": a vague past."""
    return Draft(*match.span(), "DATE", unknown("vague", "PAST_REF"), relative_to=here.relation(match.start()))


def stepped_to(match: re.Match[str], here: Here) -> Draft | None:
    """The words "that day", "the next morning", "the following year": counted from a time told before."""
    which, unit = " ".join((match["which"] or "that").lower().split()), match["unit"].lower()
    if which == "the next" and unit not in ("day", *here.rows.parts):
        return None
    part = unit if unit in here.rows.parts else None
    step = Step(STEPS[which], "day" if part else "week" if unit == "weekend" else unit, part)
    start = match.end() - len("the day") if match[0].lower().endswith("in the day") else match.start()
    mod = {"earlier": "START", "later": "END"}.get(match[0].split()[0].lower())
    kind = "TIME" if part else "DATE"
    return Draft(start, match.end(), kind, unknown("part_of_day" if part else unit), mod, step=step)


def at_grain(day: date, unit: str) -> calendar.Stretch:
    """The week, month or year that holds a day, or the day itself: as fine as the unit counted in."""
    match unit:
        case "week":
            return calendar.week(day)
        case "month":
            return calendar.month(day.year, day.month)
        case "quarter":
            return calendar.quarter(day.year, (day.month - 1) // 3 + 1)
        case "year" | "decade" | "century":
            return calendar.year_of(day.year)
        case _:
            return calendar.day(day)


def stepped(base: calendar.Stretch, draft: Draft, rows: Rows) -> calendar.Stretch | None:
    """The time a step leads to from another; a clock's own hour on it: "2 a.m." of a night is that of the next day."""
    if draft.step is None:
        return None
    when = shifted(base, draft.step, rows)
    if when is None or draft.clock is None:
        return when
    day = calendar.parsed_day(when.earliest or "")
    if day is not None and draft.step.part == "night" and draft.clock[0] < NOON:
        day = calendar.shifted(day, "day", 1)
    return on_day(day, draft.clock, draft.when.granularity) if day else None


def shifted(base: calendar.Stretch, step: Step, rows: Rows) -> calendar.Stretch | None:
    """The time so many units from another; a quarter a year on is a quarter."""
    start = calendar.parsed_day(base.earliest or "")
    if start is None:
        return None
    day = calendar.shifted(start, step.unit, step.by)
    if day is None:
        return None
    if step.part is not None:
        return part_of(day, rows.parts[step.part])
    if base.granularity == "quarter" and step.unit == "year":
        return at_grain(day, "quarter")
    return replace(at_grain(day, step.unit))
