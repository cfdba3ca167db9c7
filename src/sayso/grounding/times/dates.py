"""Days, months and years by name or in figures: "Feb. 24", "March 5-8", "02/03/2022", "in March", "2014"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from sayso.grounding.times.draft import NOTHING, PUBLICATION, Draft, Here, Pattern, mod_of, unknown
from sayso.grounding.times.words import DAY, YEAR, Words, any_of
from sayso.models.parsing import Token
from sayso.record import Interval
from sayso.values import moment as calendar
from sayso.values.quantity import number

FAR_BACK, NEAR_AHEAD = 270, 100
"""Days: a yearless date further back than the one, with the next one nearer than the other, may be still to come."""
OTHER_YEAR = re.compile(r",? \d{4,}(?=[.,;:!?)\"']|$)")
"""A year behind a day that we do not understand ("12 March 9999"): the day is not the report's own year's."""
DAY_BEFORE = re.compile(r"(?<![\d.,$€£])\b\d{1,2}(?:st|nd|rd|th)? (?:of )?$")
YEAR_BACK, MONTH_AHEAD = 300, 45
"""Days: the same against a verb of the past, which may tell of setting the date: "set Nov. 10 as the deadline"."""
FAR = 3
"""How many times as far off the one day must be for the other to be meant, where the clause leaves it open."""
MONTHS_AHEAD = 3
ANNIVERSARY = 45
"""Days: so soon after its anniversary, the day of a known event may be the one of the year or that of the event."""
NEAR_YEAR = r",? (?:of )?(?P<near>this|last|next) year\b"
LEADS = "in|since|by|until|till|through|during|from|of|before|after|last|this|next|between|and|to|for"


def patterns(words: Words) -> Iterator[Pattern]:
    """What days, months and years look like."""
    month, mod = words.month, words.mod
    weekday = words.weekday.replace("?P<weekday>", "?:")
    before_day = rf"(?:(?:[Tt]his coming |[Ll]ast |[Nn]ext )?(?:{weekday},? )|(?P<lead>[Ll]ast |[Nn]ext ))?"
    yield (
        re.compile(rf"\b{mod}{before_day}\b{month} {DAY}\b(?:,? {YEAR}\b|{NEAR_YEAR})?(?![-–:]\d|,\d)"),
        month_day,
    )
    yield (
        re.compile(rf"(?<![\d.,$-])\b{mod}(?:{weekday},? )?{DAY} (?:of )?{month}(?:,? {YEAR}\b|{NEAR_YEAR})?(?!\w)"),
        month_day,
    )
    yield re.compile(rf"(?<![\d.,$-])\b{DAY} {month} '?(?P<short>\d\d)(?= ?(?:[\]()\[.,;]|--|$))"), wire_day
    yield (
        re.compile(rf"\b{month} {DAY} ?(?:[-–]|to) ?{DAY.replace('day', 'last')}\b(?:,? {YEAR}\b)?(?!\d)"),
        days_of_month,
    )
    yield (
        re.compile(rf"(?<![\d.,$-])\b{DAY} ?(?:[-–]|to) ?{DAY.replace('day', 'last')} {month}(?:,? {YEAR}\b)?(?!\w)"),
        days_of_month,
    )
    first = DAY.replace("?P<day>", "?:")
    ahead = rf"(?=(?:, {first}){{0,5}},? and {first} {month})"
    yield re.compile(rf"(?<![\d.,$-])\b{DAY}{ahead}"), first_day
    yield (
        re.compile(rf"\b{month} {first}(?:, {first}){{0,5}},? and {DAY}\b(?![-–:]\d|,\d| \w+ (?:people|men))"),
        second_day,
    )
    yield re.compile(rf"\b{mod}{month},?(?: of)? {YEAR}\b"), month_with_year
    yield re.compile(rf"\b{mod}{month},? (?:of )?(?P<which>this|last|next) year\b"), month_of_near_year
    yield re.compile(rf"\b(?:(?P<lead>(?i:{LEADS})) )?{mod}{month}(?P<year>)(?![\w-]|'(?!s\b)|\.? \d)"), month_in_place
    yield re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])"), iso
    yield re.compile(r"(?<![\d./])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])"), figures
    yield (
        re.compile(r"\b(?:on|since|until|till) (?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d\d)(?![\d%/]|[.,]\d| ?%)"),
        day_figures,
    )
    yield re.compile(r"(?<![\w.,:/$€£-])(?P<year>(?:18|19|20)\d\d)\b(?![-–:/.,]?\d| ?[%°]|-[a-z])"), year
    yield re.compile(rf"\b(?P<mod>{words.mods})[ -]{YEAR}\b(?!-?\d)", re.I), modified_year
    yield re.compile(r"(?<![\w.,:/$€£-])(?P<year>(?:19|20)\d\d)[-–](?P<last>(?:19|20)?\d\d)\b(?![-–]\d|%)"), years
    yield re.compile(r"\b(?P<side>pre|post)-(?P<year>(?:19|20)\d\d)\b(?!-)", re.I), beside_year
    yield re.compile(r"\b(?:the year )(?:(?P<year>\d{4})|(?P<said>two thousand))\b", re.I), year_said
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    ones = "one|two|three|four|five|six|seven|eight|nine"
    said = (
        rf"nineteen[ -](?:(?:{tens})(?:[ -](?:{ones}))?|(?:oh |o')(?:{ones})|(?:thir|four|fif|six|seven|eigh|nine)teen)"
    )
    yield re.compile(rf"\b(?:{month} )?(?P<said>{said})\b", re.I), year_said


def month_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "Feb. 24", "24 February 2022", "Thursday, September 15"."""
    if not match["year"] and OTHER_YEAR.match(here.stretch.text, match.end()):
        return None
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return _day_draft(match, here, number_of_month, int(match["day"]))


def wire_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "12 Jan 90", as wires put it at their head: in the century that is nearer to publication."""
    number_of_month, short = here.rows.months[match["month"].lower().rstrip(".")], int(match["short"])
    near = here.anchor.year if here.anchor else 2000
    of = min((1900 + short, 2000 + short), key=lambda year: abs(year - near))
    day = calendar.valid_day(of, number_of_month, int(match["day"]))
    return Draft(*match.span(), "DATE", calendar.day(day)) if day else None


def _day_draft(match: re.Match[str], here: Here, number_of_month: int, of: int) -> Draft | None:
    if match["year"]:
        day = calendar.valid_day(int(match["year"]), number_of_month, of)
        return Draft(*match.span(), "DATE", calendar.day(day), mod_of(match, here)) if day else None
    near = match.groupdict().get("near")
    anchor = here.day(match.start())
    if near and anchor is not None:
        day = calendar.valid_day(anchor.year + {"last": -1, "next": 1}.get(near, 0), number_of_month, of)
        return Draft(*match.span(), "DATE", calendar.day(day), mod_of(match, here)) if day else None
    lead = (match.groupdict().get("lead") or "").lower().strip()
    return yearless(match.span(), here, number_of_month, of, mod_of(match, here), lead)


def yearless(
    span: tuple[int, int], here: Here, number_of_month: int, of: int, mod: str | None, lead: str = ""
) -> Draft | None:
    """A day without its year: of the known event it names, else the nearest that the tense allows."""
    if calendar.valid_day(2024, number_of_month, of) is None:
        return None
    known = here.known_year(here.stretch.text, number_of_month, of)
    told = calendar.valid_day(known, number_of_month, of) if known else None
    if told and here.anchor and told > here.anchor:
        told = None  # no report tells of what came after it
    near = nearest(here, span[1] - 1, lambda year: calendar.valid_day(year, number_of_month, of), lead)
    if told and near and here.anchor and told != near and 0 <= (here.anchor - near).days <= ANNIVERSARY:
        return _of_readings(span, [told, near])  # "the February 24 attack", told in March of another year
    if told is None and not lead and not here.wide:
        either = _of_readings(span, around(here, span[1] - 1, number_of_month, of))
        if either is not None and either.alternatives:
            return replace(either, mod=mod)
    day = told or near
    when = calendar.day(day) if day else unknown("day", f"XXXX-{number_of_month:02}-{of:02}")
    return Draft(*span, "DATE", when, mod, relative_to=NOTHING if day else PUBLICATION)


def around(here: Here, at: int, number_of_month: int, of: int) -> list[date]:
    """The days before and after publication that a date may be where its clause leaves that open, the far one left out.

    "The camp stands empty on May 3" is this May's, a week from it; half a year from it, it may be either.
    """
    if here.anchor is None or not here.is_open(at):
        return []
    days = [day for by in range(-1, 2) if (day := calendar.valid_day(here.anchor.year + by, number_of_month, of))]
    past = max((day for day in days if day <= here.anchor), default=None)
    coming = min((day for day in days if day >= here.anchor), default=None)
    if past is None or coming is None:
        return []
    back, ahead = (here.anchor - past).days, (coming - here.anchor).days
    return [past, coming] if back < FAR * ahead and ahead < FAR * back else []


def nearest(here: Here, at: int, in_year: Callable[[int], date | None], lead: str = "") -> date | None:
    """A yearless date: the latest not after publication, or the next in a clause about the future."""
    if here.anchor is None:
        return None
    days = [day for year in range(-4, 5) if (day := in_year(here.anchor.year + year)) is not None]
    past = max((day for day in days if day <= here.anchor), default=None)
    coming = min((day for day in days if day >= here.anchor), default=None)
    if past is None or coming is None:
        return past or coming
    if lead:
        return past if lead == "last" else coming
    back, ahead = (here.anchor - past).days, (coming - here.anchor).days
    if here.is_future(at):
        return coming
    if here.is_past(at):
        return coming if back > YEAR_BACK and ahead < MONTH_AHEAD else past
    if here.is_open(at):
        return coming if ahead * FAR <= back else past
    # No verb tells: a day a few weeks off is more likely meant than one almost a year back.
    return coming if back > FAR_BACK and ahead < NEAR_AHEAD else past


def days_of_month(match: re.Match[str], here: Here) -> Draft | None:
    """The words "March 5-8", "5 to 8 March 2022": from the first day to the last."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    first = _day_draft(match, here, number_of_month, int(match["day"]))
    last = _day_draft(match, here, number_of_month, int(match["last"]))
    if first is None or last is None or int(match["last"]) <= int(match["day"]):
        return None
    return replace(first, when=calendar.between(first.when, last.when))


def second_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "25" in "April 24 and 25"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return yearless(match.span("day"), here, number_of_month, int(match["day"]), None)


def first_day(match: re.Match[str], here: Here) -> Draft | None:
    """The words "5" in "5 and 6 September"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return yearless(match.span("day"), here, number_of_month, int(match["day"]), None)


def month_with_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "March 2014", "early March, 2014"."""
    if DAY_BEFORE.search(here.stretch.text[: match.start()]):
        return None  # "31 February 2023": a day that is in no calendar is not its month
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    return Draft(*match.span(), "DATE", calendar.month(int(match["year"]), number_of_month), mod_of(match, here))


def month_of_near_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "June last year"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    relation, anchor = here.relation(match.start()), here.day(match.start())
    if anchor is None:
        when = unknown("month", f"XXXX-{number_of_month:02}")
    else:
        by = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
        when = calendar.month(anchor.year + by, number_of_month)
    return Draft(*match.span(), "DATE", when, mod_of(match, here), relative_to=relation)


def month_in_place(match: re.Match[str], here: Here) -> Draft | None:
    """A month without a day or year counts only where a preposition, "last", "early" or the parse tells that it is."""
    token = _token(here, match.start("month"))
    if match["lead"] is None and match["mod"] is None and not (token and _is_named_month(token)):
        return None
    capital = re.match(r" [A-Z][a-z]", here.stretch.text[match.end() : match.end() + 3])
    if capital and (match["lead"] is None or token is None or token.ent != "DATE" or token.dep == "compound"):
        return None  # "In January American troops left" is read, "for April Doe" and "in March Street" are not
    return _month_alone(match, here)


def _is_named_month(token: Token) -> bool:
    return token.ent == "DATE" and token.tag == "NNP" and token.dep != "ROOT"


def _token(here: Here, at: int) -> Token | None:
    index = here.stretch.token_at(at)
    return here.stretch.tokens[index] if index is not None and index < len(here.stretch.tokens) else None


def _month_alone(match: re.Match[str], here: Here) -> Draft | None:
    """The words "in March", "early August", "last May"."""
    number_of_month = here.rows.months[match["month"].lower().rstrip(".")]
    start = match.start("mod") if match["mod"] else match.start("month")
    lead = (match["lead"] or "").lower()
    if lead in ("last", "this", "next"):
        start = match.start("lead")
    if here.anchor is None:
        when = unknown("month", f"XXXX-{number_of_month:02}")
        return Draft(start, match.end(), "DATE", when, mod_of(match, here), relative_to=PUBLICATION)
    year = _year_of_month(here, match.start("month"), number_of_month, lead)
    relative = PUBLICATION if lead in ("last", "this", "next") else NOTHING
    return Draft(
        start, match.end(), "DATE", calendar.month(year, number_of_month), mod_of(match, here), relative_to=relative
    )


def _year_of_month(here: Here, at: int, number_of_month: int, lead: str) -> int:
    day = here.anchor
    if day is None:
        raise ValueError("A month has no year where the day of publication is unknown.")
    latest = day.year if number_of_month <= day.month else day.year - 1
    coming = day.year if number_of_month >= day.month else day.year + 1
    if lead == "this":
        return day.year
    if lead == "last":
        # "Last February", told in March, is the one a year back: this year's is "in February".
        return latest if (day.month - number_of_month) % 12 > 1 else latest - 1
    if lead == "next" or here.is_future(at) or (lead in ("by", "until", "till", "through") and not here.is_past(at)):
        return coming
    soon = 0 < (number_of_month - day.month) % 12 <= MONTHS_AHEAD
    return coming if soon and not here.is_past(at) else latest


def iso(match: re.Match[str], here: Here) -> Draft | None:
    """The words "2022-02-24"."""
    day = calendar.valid_day(int(match[1]), int(match[2]), int(match[3]))
    return Draft(*match.span(), "DATE", calendar.day(day)) if day else None


def figures(match: re.Match[str], here: Here) -> Draft | None:
    """The words "02/03/2022": both readings are kept where the outlet settles none; "24.02.2022" has only one."""
    one, two, of = int(match[1]), int(match[3]), int(match[4])
    days = [
        day
        for number_of_month, day_of_month in _readings(one, two, match[2], here.order)
        if (day := calendar.valid_day(of, number_of_month, day_of_month))
    ]
    return _of_readings(match.span(), sorted(set(days)))


def _readings(one: int, two: int, mark: str, order: str | None) -> list[tuple[int, int]]:
    """The (month, day) that two figures can be. Dots are written day first everywhere."""
    day_first, month_first = (two, one), (one, two)
    if mark == ".":
        return [day_first]
    if one > 12 or two > 12 or order is None:
        return [month_first, day_first]
    return [day_first] if order == "dmy" else [month_first]


def _of_readings(span: tuple[int, int], days: list[date]) -> Draft | None:
    if not days:
        return None
    if len(days) == 1:
        return Draft(*span, "DATE", calendar.day(days[0]))
    both = tuple(Interval(calendar.day(day).earliest, calendar.day(day).latest) for day in days)
    return Draft(*span, "DATE", unknown("day"), alternatives=both)


def day_figures(match: re.Match[str], here: Here) -> Draft | None:
    """The words "on 24.02": a day in figures without its year."""
    one, two = int(match["one"]), int(match["two"])
    span = (match.start("one"), match.end())
    drafts = [
        draft
        for number_of_month, of in _readings(one, two, match["mark"], here.order)
        if 1 <= number_of_month <= 12 and of >= 1 and (draft := yearless(span, here, number_of_month, of, None))
    ]
    whens = {draft.when.timex: draft for draft in drafts}
    if len(whens) < 2:
        return drafts[0] if drafts else None
    both = tuple(Interval(draft.when.earliest, draft.when.latest) for draft in whens.values() if draft.when.earliest)
    return Draft(*span, "DATE", unknown("day"), alternatives=both, relative_to=drafts[0].relative_to)


def year(match: re.Match[str], here: Here) -> Draft | None:
    """A bare year, unless it counts what stands behind it ("2,000 men" written "2000 men")."""
    index = here.stretch.token_at(match.start())
    tokens = here.stretch.tokens
    if index is not None and index + 1 < len(tokens) and tokens[index].ent != "DATE":
        after = tokens[index + 1]
        if int(match["year"]) < 1900 or after.tag in ("NNS", "NNPS"):
            return None
        if tokens[index].dep == "nummod" and after.pos == "ADJ":
            return None
    return Draft(*match.span("year"), "DATE", calendar.year_of(int(match["year"])))


def modified_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "early 1991"."""
    return Draft(*match.span(), "DATE", calendar.year_of(int(match["year"])), mod_of(match, here))


def years(match: re.Match[str], here: Here) -> Draft | None:
    """The words "2010-11", "1914-1918": from the first year to the last."""
    first = int(match["year"])
    last = int(match["last"]) + (0 if len(match["last"]) == 4 else first // 100 * 100)
    if not first < last < first + 50 or (len(match["last"]) == 2 and last - first > 12 and last % 100 <= 12):
        return None
    return Draft(*match.span(), "DATE", calendar.between(calendar.year_of(first), calendar.year_of(last)))


def beside_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "post-2014", "pre-1991"."""
    when = calendar.year_of(int(match["year"]))
    if match["side"].lower() == "pre":
        return Draft(*match.span(), "DATE", replace(when, earliest=None, latest=when.earliest), "BEFORE")
    return Draft(*match.span(), "DATE", replace(when, earliest=when.latest, latest=None), "AFTER")


def year_said(match: re.Match[str], here: Here) -> Draft | None:
    """The words "nineteen ninety-six", as a transcript has them, with a month perhaps; "the year 2000"."""
    groups = match.groupdict()
    if groups.get("year"):
        of = int(match["year"])
    else:
        first, rest = match["said"].lower().replace("oh ", "").replace("o'", "").replace("-", " ").split(" ", 1)
        of = 2000 if first == "two" else 1900 + int(number(rest) or 0)
    if groups.get("month"):
        number_of_month = here.rows.months[groups["month"].lower().rstrip(".")]
        return Draft(*match.span(), "DATE", calendar.month(of, number_of_month))
    return Draft(*match.span(), "DATE", calendar.year_of(of))


def holiday_patterns(names: dict[str, str]) -> Iterator[Pattern]:
    """Days that are known by a name."""
    if names:
        yield re.compile(rf"\b(?:(?P<lead>last|this|next) )?(?P<name>{any_of(names)})\b(?!')", re.I), holiday


def holiday(match: re.Match[str], here: Here) -> Draft | None:
    """The words "Christmas Eve", "last Thanksgiving"."""
    if not match["name"][0].isupper():
        return None
    rule = here.rows.holidays[" ".join(match["name"].lower().split())]
    lead = (match["lead"] or "").lower()
    day = nearest(here, match.start("name"), lambda year: calendar.holiday(year, rule), lead)
    when = calendar.day(day) if day else unknown("day", f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else None)
    return Draft(*match.span(), "DATE", when, relative_to=PUBLICATION if lead or day is None else NOTHING)
