"""Parts of a month or a year: "the first Friday of April", "the last week of March", "on the 15th"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.grounding.times.dates import yearless
from sayso.grounding.times.draft import NOTHING, PUBLICATION, Draft, Here, Pattern, unknown
from sayso.grounding.times.words import YEAR, Words, any_of
from sayso.values import moment as calendar

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1, "latter": 2}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
DAYS_SAID = {word: at for at, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
     "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
     "twentieth"), 1)}  # fmt: skip
MODS = {"beginning": "START", "start": "START", "middle": "MID", "end": "END", "close": "END"}
HALF = 15
SOON = 2  # months
LATE = 11
"""From this month on, "the end of the year" may be this year's though the verb tells of the past."""
BEFORE_DAY = "on|by|until|till|since|from|before|after"
BEHIND_DAY = r"(?=[.,;:)?!]|$| (?:and|or|at|but|when|while|with|as|because|after|before|to|for|in [A-Z])\b)"


def patterns(words: Words) -> Iterator[Pattern]:
    """What parts of months and years look like."""
    ordinal = rf"(?P<which>{any_of(ORDINALS)})"
    of = rf"(?: of| in) (?:(?P<near>(?:the|this|last|next) month|the month)|{words.month}(?:,? {YEAR}\b)?)(?!\w)"
    yield re.compile(rf"\b[Tt]he {ordinal} {words.weekday}{of}"), part_of_month
    unit = rf"(?:(?P<count>{any_of(COUNTS)}) )?(?P<unit>day|week|weekend|half)(?P<plural>s?)"
    yield re.compile(rf"\b[Tt]he {ordinal} {unit}{of}"), part_of_month
    days = rf"(?:(?:twenty|thirty)-)?(?:{any_of(DAYS_SAID)})|thirtieth"
    yield re.compile(rf"\b[Tt]he (?P<said>{days}) of {words.month}(?:,? {YEAR}\b)?(?!'?\w)"), day_in_words
    said = rf"(?:(?P<said>{any_of(DAYS_SAID)})|(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th))"
    yield re.compile(rf"\bthe {said} of (?P<month>this|the|last|next) month\b", re.I), day_of_month
    figures = r"(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)"
    yield re.compile(rf"\b(?:{BEFORE_DAY}) (?P<the>the {figures}){BEHIND_DAY}(?P<month>)(?P<said>)"), day_of_month
    yield re.compile(rf"\bthe (?P<mod>{any_of(MODS)}) of (?P<unit>the (?:month|year|week))\b", re.I), end_of_unit
    yield re.compile(r"\bthe (?P<unit>week|weekend|month|year) (?P<which>after next|before last)\b", re.I), two_off


def _month_meant(match: re.Match[str], here: Here) -> tuple[int, int] | None:
    """The year and month that a part is one of; None where nobody told when it was written or said."""
    groups = match.groupdict()
    anchor = here.day(match.start())
    if groups.get("near"):
        near = groups["near"].split()[0].lower()
        by = {"last": -1, "next": 1}.get(near, 0)
        return calendar.shifted_month(anchor.year, anchor.month, by) if anchor else None
    number = here.rows.months[match["month"].lower().rstrip(".")]
    if match["year"]:
        return int(match["year"]), number
    if here.anchor is None:
        return None
    return _year_meant(here, here.anchor, number, match.start()), number


def _year_meant(here: Here, anchor: date, number: int, at: int) -> int:
    """The year of a month: the coming one in a clause of the future or where it is near and no verb tells."""
    if here.is_future(at):
        return anchor.year if number >= anchor.month else anchor.year + 1
    if number <= anchor.month:
        return anchor.year
    soon = number - anchor.month <= SOON and not here.is_past(at)
    return anchor.year if soon else anchor.year - 1


def part_of_month(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the first Friday of April", "the last two weeks of March", "the first half of the month"."""
    groups = match.groupdict()
    unit = "weekday" if groups.get("weekday") else groups["unit"].lower()
    fine = "day" if unit in ("weekday", "day") else "week" if unit == "half" else unit
    near = bool(groups.get("near"))
    relation = here.relation(match.start()) if near else NOTHING
    of = _month_meant(match, here)
    if of is None:
        return Draft(*match.span(), "DATE", unknown(fine), relative_to=relation if near else PUBLICATION)
    whole = calendar.month(*of)
    first, after = calendar.parsed_day(whole.earliest or ""), calendar.parsed_day(whole.latest or "")
    if first is None or after is None:
        return None
    last = date.fromordinal(after.toordinal() - 1)
    which = ORDINALS[match["which"].lower()]
    if unit in ("weekday", "weekend"):
        number = here.rows.weekdays[match["weekday"].lower()] if unit == "weekday" else 5
        day = _nth_weekday(first, last, number, which)
        when = (calendar.weekend(day) if unit == "weekend" else calendar.day(day)) if day else None
    elif groups["plural"] and not groups["count"]:
        mod = "END" if which < 0 else "START"
        return Draft(*match.span(), "DATE", whole, mod, relative_to=relation)
    else:
        count = COUNTS.get((groups.get("count") or "").lower(), 1)
        when = _stretch_of(first, last, unit, which, count)
    return Draft(*match.span(), "DATE", when, relative_to=relation) if when else None


def _nth_weekday(first: date, last: date, number: int, which: int) -> date | None:
    if which < 0:
        return calendar.weekday_not_after(last, number)
    day = calendar.shifted(calendar.weekday_not_before(first, number), "week", which - 1)
    return day if day is not None and day <= last else None


def _stretch_of(first: date, last: date, unit: str, which: int, count: int) -> calendar.Stretch | None:
    """So many days, weeks of seven days, or a half of a month, counted from its first day or back from its last."""
    if unit == "half":
        middle = first.replace(day=HALF)
        start, end = (first, middle) if which == 1 else (middle.replace(day=HALF + 1), last)
        return calendar.between(calendar.day(start), calendar.day(end))
    length = count * (7 if unit == "week" else 1)
    if which < 0:
        start, end = date.fromordinal(last.toordinal() - length + 1), last
    else:
        start = date.fromordinal(first.toordinal() + (which - 1) * length)
        end = date.fromordinal(start.toordinal() + length - 1)
    if start < first or start > last:
        return None
    end = min(end, last)
    return calendar.day(start) if start == end else calendar.between(calendar.day(start), calendar.day(end))


def day_in_words(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the first of May", "the twenty-third of June 2021"."""
    tens, _, ones = match["said"].lower().rpartition("-")
    of = 30 if ones == "thirtieth" else {"": 0, "twenty": 20, "thirty": 30}[tens] + DAYS_SAID[ones]
    number = here.rows.months[match["month"].lower().rstrip(".")]
    if not match["year"]:
        return yearless(match.span(), here, number, of, None)
    day = calendar.valid_day(int(match["year"]), number, of)
    return Draft(*match.span(), "DATE", calendar.day(day)) if day else None


def day_of_month(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the fifth of the month", "on the 15th": the latest such day, or the next in a clause of the future."""
    number = DAYS_SAID[match["said"].lower()] if match["said"] else int(match["day"])
    span = match.span("the") if "the" in match.re.groupindex else match.span()
    relation, anchor = here.relation(span[0]), here.day(span[0])
    code = unknown("day", f"XXXX-XX-{number:02}")
    if anchor is None:
        return Draft(*span, "DATE", code, relative_to=relation)
    which = (match["month"] or "").lower()
    ahead = here.is_future(span[1] - 1)
    near: dict[str, tuple[int, ...]] = {"this": (0,), "last": (-1,), "next": (1,)}
    steps = near.get(which, (0, 1, 2) if ahead else (0, -1, -2))
    for by in steps:
        day = calendar.valid_day(*calendar.shifted_month(anchor.year, anchor.month, by), number)
        if day is not None and (which in near or (day >= anchor if ahead else day <= anchor)):
            return Draft(*span, "DATE", calendar.day(day), relative_to=relation)
    return Draft(*span, "DATE", code, relative_to=relation)


def end_of_unit(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the beginning of the year", "the end of the month": of the one it is told in."""
    unit, mod = match["unit"].lower().split()[-1], MODS[match["mod"].lower()]
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if re.match(r" (?:of|in|to|ended|ending)\b", here.stretch.text[match.end() :]):
        return None
    if anchor is None:
        return Draft(*match.span(), "DATE", unknown(unit), mod, relative_to=relation)
    over = mod == "END" and here.is_past(match.start()) and (unit != "year" or anchor.month < LATE)
    day = calendar.shifted(anchor, unit, -1) if over and not here.wide else anchor
    if day is None:
        return None
    whole = {
        "week": calendar.week(day),
        "month": calendar.month(day.year, day.month),
        "year": calendar.year_of(day.year),
    }
    return Draft(*match.span(), "DATE", whole[unit], mod, relative_to=relation)


def two_off(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the week after next", "the month before last"."""
    unit, by = match["unit"].lower(), 2 if match["which"].lower() == "after next" else -2
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None:
        return Draft(*match.span(), "DATE", unknown(unit), relative_to=relation)
    day = calendar.shifted(anchor, "week" if unit == "weekend" else unit, by)
    if day is None:
        return None
    match unit:
        case "week":
            when = calendar.week(day)
        case "weekend":
            when = calendar.weekend(day)
        case "month":
            when = calendar.month(day.year, day.month)
        case _:
            when = calendar.year_of(day.year)
    return Draft(*match.span(), "DATE", when, relative_to=relation)
