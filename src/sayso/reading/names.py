"""The shapes that names, outlets and dates have in credits, and what is read from them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽА-ЯЁІЇЄҐ"
# Words that begin a credit of their own, so that "Ana Reva Editing by" holds one name.
NO_NAME = (
    r"(?!(?:(?:Edit|Report|Writ|Additional|Further|Compil|Translat|Photo|Produc|Research|Graphic)\w*|With|Source|By|The"
    r"|Chief|Senior|Special|Staff|Correspondents?|Reporters?|Editors?"
    r"|In|Our|REPORTING|EDITING|WRITING)(?!\w))"
)
PART = rf"{NO_NAME}(?:[{UPPER}][\w’'-]+|[{UPPER}]\.(?:\s?[{UPPER}]\.)?)"
PARTICLE = r"(?:(?:al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von)[\s-])"
NAME = rf"(?:{PARTICLE}?{PART}(?:\s+{PARTICLE}{{0,2}}{PART}){{1,4}})"
TOWN = rf"{PARTICLE}?{PART}(?:\s+{PARTICLE}?{PART}){{0,2}}"
PLACE = rf"(?:,?\s+(?:in|from|at)\s+{TOWN})?"
BETWEEN = r"(?:,\s+and\s+|\s+and\s+|\s+AND\s+|\s*&\s*|\s*[,;/]\s*)"
NAMES = rf"{NAME}{PLACE}(?:{BETWEEN}{NAME}{PLACE}){{0,12}}"
NAME_AND_PLACE = re.compile(rf"(?P<name>{NAME}){PLACE}")
WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
ZONE = r"(?:\s*\(?[A-Z]{2,5}\)?(?:[+-]\d{1,2})?)?"
CLOCK = rf"(?:\s*[,|·•–-]?\s*(?:at\s+)?\d{{1,2}}[:.]\d\d(?::\d\d)?(?:\s*(?i:[ap]\.?m\.?))?{ZONE})?"


@cache
def outlets(knowledge: Knowledge) -> dict[str, tuple[str, str]]:
    """Every name of an outlet, with the name we show and its kind."""
    found: dict[str, tuple[str, str]] = {}
    for row in knowledge.rows("outlets"):
        for name in (row["name"], *row.get("also", ())):
            found.setdefault(name, (row["name"], row["kind"]))
            found.setdefault(name.upper(), (row["name"], row["kind"]))
    return found


@cache
def outlet_pattern(knowledge: Knowledge) -> str:
    """Any known outlet, the longest names first."""
    names = sorted(outlets(knowledge), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(map(re.escape, names)) + r")(?!\w)" if names else r"(?!)"


@cache
def months(knowledge: Knowledge) -> dict[str, int]:
    """The names of months, folded and without stops, with their numbers."""
    found: dict[str, int] = {}
    for row in knowledge.rows("en/time"):
        if row.get("kind") == "month":
            for word in (*row.get("words", ()), *row.get("short", ())):
                found[word.rstrip(".").lower()] = row["number"]
    return found


@cache
def date_pattern(knowledge: Knowledge) -> str:
    """A full date, as credits and datelines write it."""
    named = "|".join(sorted(months(knowledge), key=len, reverse=True))
    month = rf"(?i:{named or '(?!)'})\.?"
    return (
        rf"(?:\d{{4}}-\d\d-\d\d(?:T[\d:.Z+-]+)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{month},?\s+\d{{4}}"
        rf"|{month}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
    )


def day_of(words: str, knowledge: Knowledge) -> date | None:
    """The day a full date names, or None where it names none or could be two."""
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})([./])(\d{1,2})[./](\d{4})", words):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    numbers = re.findall(r"\d+", words)
    names = [months(knowledge)[word] for word in re.findall(r"[a-z]+", words.lower()) if word in months(knowledge)]
    if len(numbers) == 2 and len(names) == 1:
        return _day(_year(numbers[1]), names[0], int(numbers[0]))
    return None


def _year(figures: str) -> int:
    """A year as written; of two figures, as computers read them: 69 to 99 are of the last century."""
    year = int(figures)
    return year if len(figures) > 2 else year + (1900 if year >= 69 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
