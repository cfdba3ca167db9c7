"""Stretches of time as a page draws them: which to show, how finely, where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.asking.where_when import Bin

YEAR, MONTH, DAY = 4, 7, 10
"""How many characters of an ISO date name a year, a month, a day."""
DAYS_SHOWN = 92
MONTHS_SHOWN = 96
APART = 0.01
LAST_TICK = 0.92
"""A day that is written further on would run out of the drawing."""
MANY = 10
"""Of all that is dated, so much at either end may lie outside of what is shown first; of so many, one."""


@dataclass(frozen=True, slots=True)
class Window:
    """What stretch of time is shown, from its first day to before its last, in bins named by so many characters."""

    first: str
    past: str
    precision: int
    before: int = 0  # incidents that begin earlier and are not shown
    after: int = 0
    whole: tuple[str, str] = ("", "")  # the first and the last month of all of it

    @property
    def days(self) -> int:
        """How many days it has."""
        return max(1, (_day(self.past) - _day(self.first)).days)

    def at(self, iso: str) -> float:
        """Where a time stands, from 0 at the first day to 1 past the last; outside of it at its edge."""
        fraction = (_hour(iso) / 24) if len(iso) > DAY else 0.0
        days = (_day(iso[:DAY]) - _day(self.first)).days + fraction
        return min(1.0, max(0.0, days / self.days))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin: where it stands in its lane (0 to 1), and how high."""

    at: str  # "2024-03": what an address asks for
    count: int
    x: float
    width: float
    height: float
    is_chosen: bool = True


def window(bins: Sequence[Bin], since: str | None = None, past: str | None = None) -> Window | None:
    """The stretch to show of what is counted by month: what was asked for, else where nearly all of it lies.

    `since` is the first day that was asked for, `past` the first day after it.
    """
    ends_itself = past is None
    counts: dict[str, int] = {}
    for one in bins:
        counts[one.at[:MONTH]] = counts.get(one.at[:MONTH], 0) + one.count
    if not counts and not (since and past):
        return None
    first, last = _most_of(counts) if counts else ("", "")
    start = since or f"{first}-01"
    past = past or past_of(last)
    if past <= start:
        past = past_of(start)
    days = (_day(past) - _day(start)).days
    precision = DAY if days <= DAYS_SHOWN else MONTH if days <= MONTHS_SHOWN * 31 else YEAR
    if precision == YEAR:
        start, past = f"{start[:4]}-01-01", past_of((_day(past) - timedelta(days=1)).isoformat()[:4])
    before = sum(count for at, count in counts.items() if at < start[:MONTH]) if not since else 0
    after = sum(count for at, count in counts.items() if f"{at}-01" >= past) if ends_itself else 0
    whole = (min(counts), max(counts)) if counts else (start[:MONTH], start[:MONTH])
    return Window(start, past, precision, before, after, whole)


def bars(bins: Iterable[Bin], shown: Window, *, tallest: int, chosen: tuple[str, str] | None = None) -> tuple[Bar, ...]:
    """The bins of one lane as bars; those of finer or coarser names are counted in the bins of the window."""
    counts: dict[str, int] = {}
    for one in bins:
        name = one.at[: shown.precision]
        counts[name] = counts.get(name, 0) + one.count
    made = []
    for name in sorted(counts):
        start, past = _first(name), past_of(name)
        if past <= shown.first or start >= shown.past:
            continue
        x = shown.at(start)
        is_chosen = chosen is None or (start < chosen[1] and past > chosen[0])
        made.append(Bar(name, counts[name], x, shown.at(past) - x, counts[name] / max(1, tallest), is_chosen))
    return tuple(made)


def ticks(shown: Window, *, most: int = 9) -> tuple[tuple[float, str], ...]:
    """Where days are written under the drawing: the first of years, months or days, at most so many."""
    names = list(_names(shown))
    step = max(1, -(-len(names) // most))
    return tuple((at, name) for name in names[::step] if (at := shown.at(_first(name))) < LAST_TICK)


def past_of(typed: str) -> str:
    """The first day after a day, month or year.

    >>> past_of("2024"), past_of("2024-12"), past_of("2024-02-29")
    ('2025-01-01', '2025-01-01', '2024-03-01')
    """
    parts = [int(part) for part in typed[:DAY].split("-")]
    if len(parts) == 3:
        return (date(*parts) + timedelta(days=1)).isoformat()
    if len(parts) == 1 or parts[1] == 12:
        return date(min(9999, parts[0] + 1), 1, 1).isoformat()
    return date(parts[0], parts[1] + 1, 1).isoformat()


def _names(shown: Window) -> Iterable[str]:
    at = _first(_day(shown.first).isoformat()[: shown.precision])
    while at < shown.past:
        yield at[: shown.precision]
        following = past_of(at[: shown.precision])
        if following <= at:
            return
        at = following


def _most_of(counts: dict[str, int]) -> tuple[str, str]:
    """The first and the last month between which nearly all lies."""
    names, whole = sorted(counts), sum(counts.values())
    spare = max(int(whole * APART), 1 if whole >= MANY else 0)
    first, left = 0, spare
    while first < len(names) - 1 and counts[names[first]] <= left:
        left -= counts[names[first]]
        first += 1
    last, left = len(names) - 1, spare
    while last > first and counts[names[last]] <= left:
        left -= counts[names[last]]
        last -= 1
    return names[first], names[last]


def _first(typed: str) -> str:
    return {4: f"{typed}-01-01", 7: f"{typed}-01"}.get(len(typed), typed[:DAY])


def _day(iso: str) -> date:
    return date.fromisoformat(iso[:DAY])


def _hour(iso: str) -> int:
    return int(iso[11:13] or 0) if iso[11:13].isdigit() else 0
