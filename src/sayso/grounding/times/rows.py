"""The rows of en/time.toml as tables and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from sayso.grounding.times import clock, dates, lengths, near
from sayso.grounding.times.draft import Draft, Here, Rows
from sayso.knowledge import Knowledge
from sayso.values.quantity import ONES, TENS

DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
COUNT = (
    rf"(?:\d{{1,4}}(?:\.\d)?|(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS}))?|{'|'.join(sorted(ONES, key=len, reverse=True))}"
    r"|an?|several|a few|a couple of|few|couple of|half an?)"
)


@cache
def rows_about_time(knowledge: Knowledge) -> Rows:
    """The rows of en/time.toml, made into tables and patterns once."""
    listed = knowledge.rows("en/time")
    by_kind: dict[str, list[Any]] = {}
    for row in listed:
        by_kind.setdefault(row["kind"], []).append(row)

    def table(kind: str, value: Callable[[Any], Any]) -> dict[str, Any]:
        return {word.lower(): value(row) for row in by_kind[kind] for word in row["words"]}

    weekdays = table("weekday", lambda row: row["number"])
    months = table("month", lambda row: row["number"])
    short_months = {word.lower(): row["number"] for row in by_kind["month"] for word in row["short"]}
    bounds = table("bound", lambda row: row["bound"])
    rows = Rows(
        weekdays=weekdays,
        months={**months, **short_months},
        parts=table("part", lambda row: (row["code"], row["first"], row["last"])),
        seasons=table("season", lambda row: (row["code"], row["first"])),
        units=table("unit", lambda row: (row["letter"], row["unit"], row["clock"])),
        days=table("day", lambda row: row["offset"]),
        mods=table("mod", lambda row: row["mod"]),
        bounds=bounds,
        bound=re.compile(rf"\b(?P<bound>{any_of(bounds)}) (?:the )?$", re.I),
        sets=table("set", lambda row: row["timex"]),
        zones=table("zone", lambda row: row["zone"]),
        stages=table("stage", lambda row: row["mod"]),
        future=frozenset(word for row in by_kind["future"] for word in row["words"]),
        trigger=re.compile("x"),
        patterns=(),
    )
    return replace(rows, trigger=_trigger(rows), patterns=tuple(patterns_of(rows, months, short_months)))


def any_of(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def _trigger(rows: Rows) -> re.Pattern[str]:
    words = [*rows.weekdays, *rows.months, *rows.parts, *rows.seasons, *rows.days, *rows.sets, "tonight", "overnight"]
    units = [f"{unit}s?" for unit in [*rows.units, "weekend", "quarter"]]
    return re.compile(
        rf"\b(?:{any_of(words)}|{'|'.join(units)}|stages?|[ap]\.?m\b|\d{{4}}s?)\b|\d[:/.]\d|\d-\d\d-", re.I
    )


def patterns_of(
    rows: Rows, months: dict[str, int], short: dict[str, int]
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], Here], Draft | None]]]:
    month = rf"(?P<month>{any_of(word.title() for word in months)}|(?:{any_of(word.title() for word in short)})\b\.?)"
    mod = rf"(?:(?P<mod>{any_of(rows.mods)})[ -](?:in |on )?)?"
    weekday = rf"(?P<weekday>{any_of(word.title() for word in rows.weekdays)})"
    part = rf"(?: (?P<part>{any_of(rows.parts)}))?"
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"
    unit = rf"(?P<unit>{any_of(rows.units)})(?P<plural>s?)"
    cased = 0  # names of days and months are read only as written: "may" and "march" are verbs
    yield (
        re.compile(
            rf"\b{mod}(?:(?:{any_of(word.title() for word in rows.weekdays)}),? )?\b{month} "
            rf"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?:,? {year}\b)?(?![-:]\d|,\d)",
            cased,
        ),
        dates.month_day,
    )
    yield (
        re.compile(
            rf"(?<![\d.,$-])\b{mod}(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)? (?:of )?{month}(?:,? {year}\b)?\b",
            cased,
        ),
        dates.month_day,
    )
    yield re.compile(rf"\b{mod}{month},?(?: of)? {year}\b", cased), dates.month_with_year
    leads = "in|since|by|until|till|through|during|from|of|before|after|last|this|next|between|and|to|for"
    lead = rf"\b(?:(?P<lead>{leads}) )?"
    yield re.compile(rf"{lead}{mod}{month}(?P<year>)(?![\w'-]| \d)", cased), dates.month_in_place
    yield re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])"), dates.iso
    yield re.compile(r"(?<![\d./])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])"), dates.figures
    yield (
        re.compile(
            rf"\b(?:(?P<overnight>overnight (?:in)?to) )?(?:(?P<lead>last|this|next) )?"
            rf"{mod}{weekday}{part}\b(?!, [A-Z][a-z]+\.? \d)",
            cased,
        ),
        near.weekday,
    )
    yield (
        re.compile(rf"\b{mod}(?P<word>{any_of(rows.days)})(?:'s)?{part}\b|\b(?P<word2>tonight|overnight)\b", re.I),
        near.either,
    )
    yield re.compile(rf"\b(?P<word>this|last) (?P<part>{any_of(rows.parts)})\b(?P<mod>)", re.I), near.near_day
    units_near = any_of([*rows.seasons, "week", "weekend", "month", "quarter", "year", "decade"])
    yield (
        re.compile(rf"\b(?:the )?{mod}(?P<which>last|this|next|past|previous|coming) (?P<unit>{units_near})\b(?!s|-)", re.I),
        near.near_unit,
    )
    yield (
        re.compile(rf"\b(?P<count>{COUNT}) {unit} (?P<way>ago|earlier|later|afterwards?)\b", re.I),
        near.ago,
    )
    yield (
        re.compile(
            r"(?<![\w.,$€£/-])(?P<which>(?:the |its |their )?(?:last|past|previous|next|coming|following) )?"
            rf"(?:more than |about )?(?P<count>{COUNT})[ -]{unit}\b",
            re.I,
        ),
        lengths.stripped,
    )
    bare = [word for word in rows.sets if not word.startswith(("a ", "an "))]
    rates = [word for word in rows.sets if word.startswith(("a ", "an "))]
    yield re.compile(rf"\b(?:{any_of(bare)})\b", re.I), lengths.recurring
    # "a week" recurs only behind what is counted by it: "twice a week", "forty shells a day".
    yield (
        re.compile(rf"(?:(?<=ce )|(?<=[^s]s )|(?<=people ))(?<!across )(?:{any_of(rates)})\b(?! \w+er\b| ago)", re.I),
        lengths.recurring,
    )
    yield re.compile(rf"\b(?:every|each) {weekday}\b", cased), lengths.set_of_weekday
    plural = "|".join(f"{word}s" for word in rows.units)
    yield (
        re.compile(rf"\b(?:for|in|over|after|within|took|lasted) (?P<recent>)(?P<unit>{plural})\b(?! of\b)", re.I),
        lengths.unsaid,
    )
    yield re.compile(rf"\b(?:in |over )?(?P<recent>recent|past) (?P<unit>{plural})\b", re.I), lengths.unsaid
    zone = rf"(?: (?P<zone>{any_of(rows.zones)})\b)?"
    yield (
        re.compile(
            rf"(?<![\w.:$-])(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))? ?(?P<half>[ap]\.m\.|[ap]m\b){zone}", re.I
        ),
        clock.clock,
    )
    yield (
        re.compile(
            rf"(?<![\w.:$-])(?P<hour>[01]\d|2[0-3]):?(?P<minutes>[0-5]\d)(?P<half>) (?P<zone>{any_of(rows.zones)})\b",
            re.I,
        ),
        clock.clock,
    )
    yield re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?P<half>)(?P<zone>)\b(?![:/]\d)"), clock.clock
    yield re.compile(r"(?<![\w.,:/$€£-])(?P<year>(?:19|20)\d\d)\b(?![-–:/.,]?\d| ?[%°]|-[a-z])"), dates.year
    yield re.compile(rf"\b(?P<mod>{any_of(rows.mods)})[ -]{year}\b(?!-?\d)", re.I), dates.modified_year
    yield (
        re.compile(rf"\b(?:the )?(?:(?P<mod>{any_of(rows.mods)})[ -])?(?P<decade>(?:1[5-9]|20)\d0)s\b", re.I),
        dates.decade,
    )
    yield (
        re.compile(rf"\b(?:the )?{mod}(?P<season>{any_of(rows.seasons)})(?: of)? {year}\b", re.I),
        dates.season_of_year,
    )
    yield (
        re.compile(rf"\b(?:the )?(?P<which>first|second|third|fourth)[ -]quarter(?: of {year})?\b", re.I),
        dates.quarter,
    )
    yield (
        re.compile(
            rf"\b(?:the |its |their )?(?P<stage>{any_of(rows.stages)}) "
            r"(?:stages?|phase|days|weeks|months|hours|moments|years) of (?:the|this|its|their|what|a)\b"
            r"(?: (?:[a-z]+ ){0,2}(?:war|conflict|invasion|siege|fighting|offensive|battle|occupation|uprising|campaign"
            r"|crisis|operation|pandemic|outbreak|protests)\b)?",
            re.I,
        ),
        dates.stage,
    )
