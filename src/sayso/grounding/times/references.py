"""What annotators of TIMEX3 mark and the record does not hold: "now", "recently", "the quarter", "year-earlier"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.grounding.times.draft import PUBLICATION, Draft, Here, Pattern, Rows, Step, mod_of, unknown
from sayso.grounding.times.words import Words, any_of
from sayso.values import moment as calendar

IN_YEAR = "quarter in"
"""The unit of a step that is no step: the quarter told, in the year that stands instead of a count."""


def patterns(words: Words, rows: Rows) -> Iterator[Pattern]:
    """What only the wide layer reads."""
    named = {word: timex for word, timex in rows.vague.items() if timex}
    yield (
        re.compile(
            rf"(?<![\w-])(?<!\bas )(?!soon (?:after|as)\b)(?:{any_of(named)})\b(?!-)(?! (?:and then|that time)\b)", re.I
        ),
        reference,
    )
    yield (
        re.compile(r"\b(?P<the>the )?(?P<latest>latest|current) (?P<unit>quarter|period)\b", re.I),
        quarter_meant,
    )
    yield re.compile(r"\b(?P<the>the )(?P<latest>)(?P<unit>quarter)\b(?! of\b)", re.I), quarter_meant
    yield re.compile(r"\b(?:the )?(?:comparable )?year-?[ -](?:ago|earlier) (?:quarter|period)\b", re.I), year_before
    yield re.compile(r"\byear-(?:ago|earlier)\b", re.I), year_before
    alike = r"(?:the )?(?:same|comparable|corresponding) (?:quarter|period)"
    yield re.compile(rf"\b{alike} (?:(?:of )?last year|a year (?:ago|earlier|before))\b", re.I), year_before
    yield re.compile(r"\bthe (?P<year>(?:19|20)\d\d) (?:quarter|period)\b", re.I), quarter_of_year
    yield re.compile(r"\b(?:the )?(?:full |fiscal |current (?:fiscal )?|latest fiscal )year\b(?! \d)", re.I), the_year
    yield re.compile(r"\bthe year\b(?!-| \d| of\b| two\b| (?:before|after|earlier)\b)", re.I), the_year
    yield re.compile(rf"\bthe {words.season}\b(?! (?:of|\d))", re.I), the_season
    yield re.compile(r"\bthe week\b(?! (?:of|before|after)\b)", re.I), the_week
    yield re.compile(r"\bthe (?P<part>morning|afternoon|evening)\b(?! of\b)", re.I), the_part


def reference(match: re.Match[str], here: Here) -> Draft | None:
    """The words "now", "recently", "in the near future"."""
    words = " ".join(match[0].lower().split())
    if words == "now" and re.match(r" (?:known|called)\b", here.stretch.text[match.end() :]):
        return None
    return Draft(*match.span(), "DATE", unknown("vague", here.rows.vague[words]), relative_to=PUBLICATION)


def last_quarter(day: date) -> calendar.Stretch:
    """The quarter that was over on a day: what its reports of earnings are about."""
    year, first = calendar.shifted_month(day.year, (day.month - 1) // 3 * 3 + 1, -3)
    return calendar.quarter(year, (first - 1) // 3 + 1)


def quarter_meant(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the latest quarter", "the quarter": the one told before, else the last that is over."""
    if here.anchor is None:
        return None
    if match["latest"].lower() == "current":
        when = calendar.quarter(here.anchor.year, (here.anchor.month - 1) // 3 + 1)
        return Draft(*match.span(), "DATE", when, relative_to=PUBLICATION)
    return Draft(*match.span(), "DATE", last_quarter(here.anchor), step=Step(0, "quarter"))


def year_before(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the year-ago quarter", "year-earlier results": a year before the quarter told."""
    if here.anchor is None:
        return None
    when = last_quarter(here.anchor)
    day = calendar.parsed_day(when.earliest or "")
    before = calendar.shifted(day, "year", -1) if day else None
    when = calendar.quarter(before.year, (before.month - 1) // 3 + 1) if before else when
    return Draft(*match.span(), "DATE", when, step=Step(-1, "year"), counted=True)


def quarter_of_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the 1988 quarter": that of the quarter told, in that year."""
    when = calendar.year_of(int(match["year"]))
    if here.anchor is not None:
        quarter = last_quarter(here.anchor)
        when = calendar.quarter(int(match["year"]), int((quarter.timex or "Q1")[-1]))
    return Draft(*match.span(), "DATE", when, step=Step(int(match["year"]), IN_YEAR))


def the_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the year", "the full year": a year long where its end is told, else that of publication."""
    if re.match(r" (?:that )?(?:ended|ending|ends)\b", here.stretch.text[match.end() :]):
        return Draft(*match.span(), "DURATION", unknown("year", "P1Y"))
    if here.anchor is None:
        return None
    by = -1 if "latest" in match[0].lower() else 0
    return Draft(*match.span(), "DATE", calendar.year_of(here.anchor.year + by), relative_to=PUBLICATION)


def the_season(match: re.Match[str], here: Here) -> Draft | None:
    """The words "into the summer"."""
    if here.anchor is None:
        return None
    code, first = here.rows.seasons[match["season"].lower()]
    return Draft(*match.span(), "DATE", calendar.season(here.anchor.year, code, first), mod_of(match, here))


def the_week(match: re.Match[str], here: Here) -> Draft | None:
    """The words "for the week": that of publication."""
    return Draft(*match.span(), "DATE", calendar.week(here.anchor), relative_to=PUBLICATION) if here.anchor else None


def the_part(match: re.Match[str], here: Here) -> Draft | None:
    """The words "in the morning": of the day told before, else of publication."""
    part = match["part"].lower()
    code, first, last = here.rows.parts[part]
    when = calendar.part_of_day(here.anchor, code, first, last) if here.anchor else unknown("part_of_day")
    return Draft(*match.span(), "TIME", when, step=Step(0, "day", part))
