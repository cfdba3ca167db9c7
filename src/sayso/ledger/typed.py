"""What people type for a field that they correct: days, channels and figures, each with its doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.ledger.problems import CannotRule
from sayso.record import CHANNELS
from sayso.values.moment import Stretch, day, minute, month, parsed_day, year_of

NONE = "none"
"""What is typed for a place, a time or a channel that the report does not tell."""

MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::\d\d)?Z?")
MONTH = re.compile(r"(\d{4})-(\d\d)")
YEAR = re.compile(r"\d{4}")
TIMES = "Write 2031-04-05, 2031-04, 2031, 2031-04-05T21:30, or two of these with a / between: 2031-04-05/2031-04-07."

FIGURE = re.compile(
    r"(?P<bound>at least|more than|over|up to|at most|fewer than|less than|about|around|some)?\s*"
    r"(?P<low>\d[\d,]*)(?:\s*(?:-|–|to)\s*(?P<high>\d[\d,]*))?(?:\s+(?P<of>[a-z][a-z ]*))?",
    re.IGNORECASE,
)
FIGURES = "Write 12, 10-12, at least 12, up to 12 or about 12, perhaps with what is counted: 12 killed."


@dataclass(frozen=True, slots=True)
class HowMany:
    """A figure with its doubt, and what is counted if that was said. A bound that is not known is None."""

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    of: str | None = None


def typed_time(words: str) -> Stretch:
    """A minute, a day, a month, a year, or from one of these until the end of another. Raises `CannotRule`.

    >>> typed_time("2031-04").latest, typed_time("2031-04-05/2031-04-07").latest
    ('2031-05-01', '2031-04-08')
    """
    first, between, last = words.strip().partition("/")
    start = _one_time(first.strip(), words)
    if not between:
        return start
    end = _one_time(last.strip(), words)
    if (end.latest or "") <= (start.earliest or ""):
        raise CannotRule(f"{words!r} ends before it begins. {TIMES}")
    return Stretch(f"{start.timex}/{end.timex}", start.earliest, end.latest, end.granularity)


def _one_time(typed: str, whole: str) -> Stretch:
    told = MINUTE.fullmatch(typed)
    at = parsed_day(told[1] if told else typed) if told or len(typed) == len("2031-04-05") else None
    if told and at is not None and int(told[2]) < 24 and int(told[3]) < 60:
        return minute(at, int(told[2]), int(told[3]))
    if at is not None and not told:
        return day(at)
    found = MONTH.fullmatch(typed)
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) > 0:
        return month(int(found[1]), int(found[2]))
    if YEAR.fullmatch(typed) and int(typed) > 0:
        return year_of(int(typed))
    raise CannotRule(f"{whole!r} is no time. {TIMES}")


def typed_channel(words: str) -> tuple[str, str | None] | None:
    """The kind of a channel and its name; None for no channel. Raises `CannotRule`.

    >>> typed_channel("messaging: Telegram"), typed_channel("none")
    (('messaging', 'Telegram'), None)
    """
    kind, _, name = (part.strip() for part in words.partition(":"))
    if kind == NONE:
        return None
    if kind not in CHANNELS:
        raise CannotRule(
            f"{kind!r} is no channel. There are: {', '.join(CHANNELS)}; a name can follow, as in messaging: Telegram. "
            f"Write {NONE} for no channel."
        )
    return kind, name or None


def typed_figure(words: str) -> HowMany:
    """A figure. Raises `CannotRule`.

    >>> typed_figure("at least 12 killed")
    HowMany(low=12.0, high=None, low_open=False, high_open=False, approximate=False, of='killed')
    """
    found = FIGURE.fullmatch(words.strip())
    if found is None:
        raise CannotRule(f"{words!r} is no figure. {FIGURES}")
    low = float(found["low"].replace(",", ""))
    high = float(found["high"].replace(",", "")) if found["high"] else low
    of = found["of"].strip().lower() if found["of"] else None
    if high < low:
        raise CannotRule(f"{words!r} goes down. {FIGURES}")
    match (found["bound"] or "").lower():
        case "at least":
            return HowMany(low, None, of=of)
        case "more than" | "over":
            return HowMany(low, None, low_open=True, of=of)
        case "up to" | "at most":
            return HowMany(None, high, of=of)
        case "fewer than" | "less than":
            return HowMany(None, high, high_open=True, of=of)
        case "about" | "around" | "some":
            return HowMany(low, high, approximate=True, of=of)
    return HowMany(low, high, of=of)
