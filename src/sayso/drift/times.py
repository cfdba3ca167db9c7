"""Days, months and years that are not the ones they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change

NEAR = 4
"""Words before a time among which a verb of saying makes it the time of saying."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})s?\b", re.IGNORECASE)
MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
DAY = re.compile(
    rf"\b(?:({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*:\d)|(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH})(?![a-z]))",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?<![\d.,#-])\b(?:19|20)\d\d\b(?![\d,.]\d)")


MONTH_ALONE = re.compile(rf"\b(?:{'|'.join(month.title() for month in MONTHS)})\b")


def times(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, a weekday, date, month or year that one side alone names, against another."""
    for one, two in sides.asked:
        for found in (_weekdays, _dates, _years, _months):
            ours, theirs = found(sides.here.text, one), found(sides.there.text, two)
            if not ours or not theirs:
                continue
            near, near_here = _around(sides, two, found), _around(sides.turned, one, found)
            gone = {value: span for value, span in ours.items() if value not in near}
            new = {value: span for value, span in theirs.items() if value not in near_here}
            if len(gone) == len(new) == 1:
                (was,), (now,) = gone.values(), new.values()
                if sides.here.said(was).lower() == sides.there.said(now).lower():
                    continue
                if _is_of_saying(sides, sides.here, one, was) != _is_of_saying(sides, sides.there, two, now):
                    continue
                says = f"“{sides.here.said(was)}” became “{sides.there.said(now)}”"
                yield sides.change("time_shifted", says, was, now)
                break


def _is_of_saying(sides: Sides, told: Told, sentence: Span, at: Span) -> bool:
    """Whether a time stands right behind a verb of saying: "said on Friday"."""
    place = told.kept(sentence).position(at.start)
    before = [word for word in told.words(sentence) if word.end <= place][-NEAR:]
    return any(sides.lexicon.tells(word.small, word.stem) for word in before)


def _around(sides: Sides, two: Span, found: Callable[[str, Span], dict[str, Span]]) -> set[str]:
    return {value for near in sides.alone_around(two) for value in found(sides.there.text, near)}


def _weekdays(text: str, where: Span) -> dict[str, Span]:
    if "day" not in text[where.start : where.end].lower():
        return {}
    return {one[0].lower()[:3]: Span(one.start(), one.end()) for one in WEEKDAY.finditer(text, where.start, where.end)}


def _dates(text: str, where: Span) -> dict[str, Span]:
    if not DIGIT.search(text, where.start, where.end):
        return {}
    return {
        f"{(one[1] or one[4]).lower()[:3]} {int(one[2] or one[3])}": Span(one.start(), one.end())
        for one in DAY.finditer(text, where.start, where.end)
    }


def _years(text: str, where: Span) -> dict[str, Span]:
    return {one[0]: Span(one.start(), one.end()) for one in YEAR.finditer(text, where.start, where.end)}


def _months(text: str, where: Span) -> dict[str, Span]:
    return {
        one[0].lower()[:3]: Span(one.start(), one.end()) for one in MONTH_ALONE.finditer(text, where.start, where.end)
    }
