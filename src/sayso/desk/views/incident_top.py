"""The top of an incident's page: what kind of thing it is told to be, when with its doubt, and what is counted."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sayso.accounts.counting import denials_in_general
from sayso.record import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.record import Counter, Incident, When, Where

WIDE = 300.0
"""Units that the bar of a time is long."""
HOURS, DAYS, MONTHS = timedelta(hours=36), timedelta(days=62), timedelta(days=1100)
OPEN = timedelta(days=3)
"""How far the bar of a time with an open end goes on."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What it is told to be, as two lists of kinds of events code it, and how many reports tell it so."""

    kind: str
    plover: str | None
    acled: str | None
    reports: int

    @property
    def codes(self) -> str:
        """Its codes in both lists."""
        told = (f"PLOVER {self.plover}" if self.plover else "", f"ACLED {self.acled}" if self.acled else "")
        return " · ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class Tile:
    """One count: of what, how many, where it is shown. `party` is whose, where parties are counted."""

    of: str
    count: int
    at: str  # the part of the page
    party: str | None = None
    besides: int = 0  # of reports: copies; of denials: general ones
    speakers: int = 0  # of a party: by how many names its origins go, where they are fewer


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the line of time, and what stands below it: a day or an hour of it."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A stretch of time on a line: from `start` to `end` units of `wide`; open ends go on past what is known."""

    wide: float
    start: float
    end: float
    open_start: bool
    open_end: bool
    ticks: tuple[Tick, ...]


def kinds(incident: Incident) -> tuple[Kind, ...]:
    """What it is told to have been, what most reports tell first."""
    told = {(one.kind, one.plover, one.acled, one.report) for one in incident.tellings}
    tally = Tally((kind, plover, acled) for kind, plover, acled, _ in told)
    found = [Kind(*codes, reports) for codes, reports in tally.items()]
    return tuple(sorted(found, key=lambda one: (-(one.kind == incident.kind), -one.reports, one.kind)))


def tiles(incident: Incident) -> tuple[Tile, ...]:
    """What is counted, in the order in which it is read. Nothing outside the parties is told as such: it says much."""
    relays = sum(one.position == "relay" for one in incident.origins)
    return tuple(_with_speakers(one, incident) for one in counted(incident.counter, relays=relays))


def _with_speakers(tile: Tile, incident: Incident) -> Tile:
    """With how many speak for a party, where some of them are an origin more than once."""
    if tile.party is None:
        return tile
    names = {one.name for one in incident.origins if one.position == "party" and one.party == tile.party}
    return replace(tile, speakers=len(names)) if len(names) < tile.count else tile


def counted(counter: Counter, *, relays: int = 0) -> tuple[Tile, ...]:
    """The same of a counter, which does not say how many origins are only relayed."""
    general = denials_in_general(counter)
    found = [Tile("origins", counter.origins, "accounts")]
    found += [Tile("party", count, "accounts", party) for party, count in counter.parties]
    found += [Tile("outside", counter.outside, "accounts")]
    found += _unless_none(Tile("witnesses", counter.witnesses, "accounts"))
    found += _unless_none(Tile("newsrooms", counter.newsrooms, "accounts"))
    found += _unless_none(Tile("relays", relays, "accounts"))
    found += _unless_none(Tile("unknown", counter.unknown - relays, "accounts"))
    found += _unless_none(Tile("unsourced", counter.unsourced, "unsourced"))
    found += [
        Tile(
            "denials", counter.denials, "denials" if counter.denials > general else "denies_in_general", besides=general
        )
    ]
    found += _unless_none(Tile("could_not_verify", counter.could_not_verify, "could_not_verify"))
    found += _unless_none(Tile("silences", counter.silences, "silences"))
    found += [Tile("reports", counter.reports, "reports", besides=counter.copies)]
    return tuple(found)


def _unless_none(tile: Tile) -> list[Tile]:
    return [tile] if tile.count else []


def anchor_of(incident: Incident, told: When | Where | None) -> Anchor | None:
    """Where the words stand that a time or a place of an incident was read from."""
    if told is None or told.said is None:
        return None
    for telling in incident.tellings:
        if told in (telling.when, *telling.places):
            return Anchor(telling.report, told.said.span, told.said.words)
    for telling in incident.tellings:
        if any(one is not None and one.said == told.said for one in (telling.when, *telling.places)):
            return Anchor(telling.report, told.said.span, told.said.words)
    return None


# When, as a bar


def time_bar(when: When | None) -> TimeBar | None:
    """A time with its doubt on a line with days or hours; None where nothing of it is known."""
    if when is None or (when.earliest is None and when.latest is None):
        return None
    earliest, latest = _at(when.earliest), _at(when.latest)
    if earliest is None and latest is None:
        return None
    start = earliest if earliest is not None else _known(latest) - OPEN
    end = latest if latest is not None else start + OPEN
    if end <= start:
        return None
    first, last = _around(start, end)
    whole = (last - first).total_seconds()

    def place(moment: datetime) -> float:
        return round(WIDE * (moment - first).total_seconds() / whole, 1)

    ticks = tuple(Tick(place(moment), label) for moment, label in _ticks(first, last))
    return TimeBar(WIDE, place(start), place(end), earliest is None, latest is None, ticks)


def _known(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("a stretch of time without ends")
    return moment


def _at(iso: str | None) -> datetime | None:
    """A moment without its zone: the bar is of local days."""
    try:
        return datetime.fromisoformat(iso).replace(tzinfo=UTC) if iso else None
    except ValueError:
        return None


def _around(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Whole days around a stretch: one before and after it, or for hours the day itself."""
    first, last = _midnight(start), _midnight(end - timedelta(microseconds=1)) + timedelta(days=1)
    if end - start < timedelta(hours=23):
        return first, last
    spare = max(timedelta(days=1), timedelta(days=(last - first).days // 8))
    return first - spare, last + spare


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _ticks(first: datetime, last: datetime) -> Iterator[tuple[datetime, str]]:
    """Marks on the line: every six hours of a day, some days of weeks, firsts of months or of years."""
    length = last - first
    if length <= HOURS:
        for hour in (0, 6, 12, 18):
            yield first + timedelta(hours=hour), f"{hour:02}:00" if hour else _day(first)
        return
    if length <= DAYS:
        for n in range(0, length.days, -(-length.days // 5)):
            yield first + timedelta(days=n), _day(first + timedelta(days=n))
        return
    step = 1 if length <= timedelta(days=190) else 3 if length <= MONTHS else 12
    month = first.replace(day=1)
    while month < last:
        if month >= first and (month.month - 1) % step == 0:
            yield month, str(month.year) if step == 12 else f"{month:%b} {month.year}"
        month = (month + timedelta(days=32)).replace(day=1)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b}"
