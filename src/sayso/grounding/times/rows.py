"""The rows of en/time.toml as tables and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from sayso.grounding.times import clock, dates, lengths, near, periods, references, spoken, within
from sayso.grounding.times.draft import Rows
from sayso.grounding.times.words import any_of, words_of
from sayso.knowledge import Knowledge

NEVER = re.compile(r"(?!)")
TENSES = ("future", "pending", "extending", "closing", "timetable", "historic", "appointment")
ALSO = (
    "past", "five to", "ten to", "quarter to", "twenty to", "twenty-five to", "nights", "tonight", "overnight", "noon",
    "midday", "midnight", "nineteen", "the year", "fiscal", "o'clock", "hours", "daylong", "weeklong", "monthlong",
    "yearlong",
)  # fmt: skip


@cache
def rows_about_time(knowledge: Knowledge) -> Rows:
    """The rows of en/time.toml, made into tables and patterns once."""
    by_kind: dict[str, list[Any]] = {}
    for row in knowledge.rows("en/time"):
        by_kind.setdefault(row["kind"], []).append(row)

    def table(kind: str, value: Callable[[Any], Any], words: str = "words") -> dict[str, Any]:
        return {word.lower(): value(row) for row in by_kind.get(kind, ()) for word in row.get(words, ())}

    weekdays, zones = table("weekday", lambda row: row["number"]), table("zone", lambda row: row["zone"])
    months = table("month", lambda row: row["number"])
    short = table("month", lambda row: row["number"], "short")
    bounds = table("bound", lambda row: row["bound"])
    mods, measures = table("mod", lambda row: row["mod"]), table("measure", lambda row: row["mod"])
    parts = table("part", lambda row: (row["code"], row["first"], row["last"]))
    rows = Rows(
        weekdays=weekdays,
        months={**months, **short},
        short_months=short,
        parts=parts,
        seasons=table("season", lambda row: (row["code"], row["first"])),
        units=table("unit", lambda row: (row["letter"], row["unit"], row["clock"])),
        days=table("day", lambda row: row["offset"]),
        mods=mods,
        measures=measures,
        bounds=bounds,
        bound=re.compile(rf"\b(?P<bound>{any_of(bounds)}) (?:the )?$", re.I),
        mod_before=_before(mods),
        measure_before=_before(measures),
        part_before=re.compile(rf"\b(?:the )?(?P<part>{any_of(parts)}) (?:of|on) (?:the )?$", re.I),
        goes_on=re.compile(rf"(?:on )?(?:{any_of(weekdays)}|{any_of(months)}|{any_of(short)}|{any_of(zones)})\b", re.I),
        sets=table("set", lambda row: row["timex"]),
        zones=zones,
        stages=table("stage", lambda row: row["mod"]),
        holidays=table("holiday", lambda row: row["rule"]),
        vague=table("vague", lambda row: row.get("timex", "")),
        tenses={kind: frozenset(table(kind, bool)) for kind in TENSES},
        names=NEVER,
        trigger=NEVER,
        patterns=(),
        wide_patterns=(),
    )
    return _with_patterns(rows)


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """One of some words at the end of what stands before a time."""
    return re.compile(rf"\b(?P<word>{any_of(words)})[ -](?:in |on )?$", re.I)


def _with_patterns(rows: Rows) -> Rows:
    words = words_of(rows)
    patterns = (
        *dates.patterns(words),
        *dates.holiday_patterns(rows.holidays),
        *near.patterns(words, rows),
        *lengths.patterns(words, rows),
        *clock.patterns(words, rows),
        *spoken.patterns(),
        *within.patterns(words),
        *periods.patterns(words, rows.stages),
    )
    wide_patterns = (*patterns, *references.patterns(words, rows))
    return replace(rows, trigger=_trigger(rows), names=_names(rows), patterns=patterns, wide_patterns=wide_patterns)


def _names(rows: Rows) -> re.Pattern[str]:
    """What has a capital wherever it stands, in small letters."""
    return re.compile(rf"\b(?:{any_of([*rows.weekdays, *rows.months, *rows.holidays])})s?\b")


def _trigger(rows: Rows) -> re.Pattern[str]:
    """What a sentence must hold for any of the patterns of the record to find something: a look before the search."""
    words = [*rows.weekdays, *rows.months, *rows.parts, *rows.seasons, *rows.days, *rows.sets, *rows.holidays, *ALSO]
    units = [f"{unit}s?" for unit in [*rows.units, *lengths.plurals(rows), "weekend", "quarter"]]
    decades = any_of(periods.DECADES)
    return re.compile(
        rf"\b(?:{any_of(words)}|{'|'.join(units)}|stages?|{decades}|[ap]\.?m\b|\d{{4}}s?|\d\d?(?:st|nd|rd|th))\b|\d[:/.]\d|\d-\d\d-|'\d0s",
        re.I,
    )
