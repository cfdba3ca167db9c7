"""The pieces of patterns that readers of times share, made from the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.grounding.times.draft import Rows
from sayso.values.quantity import ONES, TENS

DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
_ONES = "|".join(sorted(ONES, key=len, reverse=True))
FIGURE = r"\d{1,4}(?:,\d{3})*(?:\.\d)?(?:[ -]1/2|½)?"
IN_WORDS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS}))?|(?:{_ONES}|an?)(?: (?:hundred|thousand))?"
COUNT = rf"(?:(?:{FIGURE}|{IN_WORDS})(?: and a half|-and-a-half)?|several|a few|a couple of|few|couple of|half an?)"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"


def any_of(words: Iterable[str]) -> str:
    """One of some words, the longest first, blanks as wide as they come."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of patterns. Names of days and months are read only as written: "may" and "march" are verbs."""

    month: str
    weekday: str
    part: str
    mod: str
    mods: str
    unit: str
    season: str
    zone: str


def words_of(rows: Rows) -> Words:
    """The pieces that these rows make."""
    full = any_of(word.title() for word in rows.months if word not in rows.short_months)
    short = any_of(word.title() for word in rows.short_months)
    return Words(
        month=rf"(?P<month>{full}|(?:{short})\b\.?)",
        weekday=rf"(?P<weekday>{any_of(word.title() for word in rows.weekdays)})",
        part=rf"(?P<part>{any_of(rows.parts)})",
        mods=any_of(rows.mods),
        mod=rf"(?:(?P<mod>{any_of(rows.mods)})[ -](?:in |on )?)?",
        unit=rf"(?P<unit>{any_of(rows.units)})(?P<plural>s?)",
        season=rf"(?P<season>{any_of(rows.seasons)})",
        zone=rf"(?P<zone>{any_of(rows.zones)})",
    )
