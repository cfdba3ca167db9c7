"""Where and when incidents are told to have been: what a map and a timeline draw, in one look at their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, false, func, or_, select, type_coerce
from sqlalchemy import case as when_so

from sayso.ledger.asking.incidents import Incidents, conditions
from sayso.ledger.asking.levels import levels_of
from sayso.ledger.asking.questions import BadQuestion, parties_named
from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.asking.rows import incident_row, incidents_by_id, rows_of_ids
from sayso.ledger.incidents_drawn import stale_incidents
from sayso.ledger.schema import audit, decisions, events, incidents, readings, reports, ruled_events
from sayso.values.place import fullest

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentRow
    from sayso.ledger.asking.levels import Levels
    from sayso.ledger.case import Case


MOST = 4_000
"""Incidents that are drawn one by one; more are told, and left out."""
MOST_IDS = 400
MANY = 4_000
PARTIES = re.compile(r'\["((?:[^"\\]|\\.)*)",\d+\]')
UNVERIFIED = re.compile(r'"could_not_verify":([1-9]\d*)')
ID = re.compile(r"inc-[0-9a-f]{2,32}")
YEAR, MONTH, DAY = 4, 7, 10
"""How much of an ISO date says the year, the month, the day."""
WORDS_OF_COUNTER = type_coerce(incidents.c.counter, Text)
FIRST: Remembered[tuple[str, int, int], dict[str, str]] = Remembered(2)


@dataclass(frozen=True, slots=True)
class WhereWhen:
    """Which incidents are meant: as in a list, and besides by who tells, by a stretch of the earth, by their ids."""

    among: Incidents = field(default_factory=Incidents)
    party: str | None = None  # a code or a country's name: an origin of that side tells it
    box: str | None = None  # "west,south,east,north" in degrees
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident as it is drawn. Its level is what reports tell of it at that spot; None where none says."""

    id: str
    kind: str
    place: str | None
    level: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    region: str | None
    earliest: str | None
    latest: str | None
    did_not_happen: bool
    origins: int
    denials: int
    could_not_verify: int
    reports: int
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents are meant, and how many of them can be drawn where and when."""

    all: int
    located: int
    placeless: int  # no place is told
    dated: int


@dataclass(frozen=True, slots=True)
class Spotted:
    """How many incidents are told at one spot; those of kinds that are drawn coarsely apart from the others."""

    place: str | None
    level: str | None
    lat: float
    lon: float
    radius_km: float | None
    is_forces: bool
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """So many incidents of one lane begin in one stretch of time ("2024-03")."""

    at: str
    lane: str
    count: int


ANSWERS: Remembered[tuple[Any, ...], Any] = Remembered(256)
NAMED: Remembered[tuple[Any, ...], tuple[str, ...]] = Remembered(8)
Made = TypeVar("Made")


def counted(case: Case, asked: WhereWhen) -> Counted:
    """How many incidents are meant."""
    one = incidents.c
    columns = (func.count(), func.count(one.lat), func.count(one.place), func.count(one.earliest))

    def made(connection: Connection) -> Counted:
        row = connection.execute(select(*columns).where(*_meant(case, connection, asked))).one()
        return Counted(row[0], row[1], row[0] - row[2], row[3])

    return _kept(case, ("counted", asked), made)


def happenings(case: Case, asked: WhereWhen, *, located: bool | None = None, limit: int = MOST) -> list[Happening]:
    """The incidents that are meant, the latest first, those without a day last; at most so many."""
    with case.reading() as connection:
        levels = levels_of(case, connection)
        names = [name for name in Happening.__slots__ if name not in ("level", "could_not_verify", "parties")]
        columns = (*(incidents.c[name] for name in names), WORDS_OF_COUNTER.label("counter"))
        rows = _latest(case, connection, asked, select(*columns).where(*_located(located)), limit)
        return [_happening(names, row, levels) for row in rows]


def spotted(case: Case, asked: WhereWhen, *, forces: Sequence[str], limit: int) -> list[Spotted]:
    """The spots at which most of the incidents that are meant are told. `forces` are kinds that are told apart."""
    one, many = incidents.c, func.count().label("many")
    columns = (one.lat, one.lon, _one_if(one.kind.in_(list(forces))).label("forces"))

    def made(connection: Connection) -> list[Spotted]:
        levels = levels_of(case, connection)
        query = select(*columns, func.min(one.place), func.max(one.place), func.max(one.radius_km), many).where(
            *_meant(case, connection, asked), one.lat.is_not(None), one.lon.is_not(None)
        )
        rows = connection.execute(query.group_by(*columns).order_by(many.desc(), *columns).limit(limit))
        return [
            Spotted(_widest(row[3], row[4]), levels.get((row[0], row[1])), row[0], row[1], row[5], bool(row[2]), row[6])
            for row in rows
        ]

    return _kept(case, ("spotted", tuple(forces), limit, asked), made)


def _widest(*names: str | None) -> str | None:
    """Of names told at one spot the shortest, in its fullest spelling: Paysandú, not its market."""
    told = (name for name in names if name)
    return min(told, key=lambda name: (len(name), *fullest(name)), default=None)


def rows_of(case: Case, asked: WhereWhen, *, located: bool | None = None, limit: int) -> list[IncidentRow]:
    """The same as rows of a list, with their headlines."""
    with case.reading() as connection:
        rows = _latest(case, connection, asked, select(incidents).where(*_located(located)), limit)
        return [incident_row(row) for row in rows]


def _latest(case: Case, connection: Connection, asked: WhereWhen, query: Select[Any], limit: int) -> list[Any]:
    """Rows of the incidents that are meant, the latest first, those without a day last."""
    query, day, name = query.where(*_meant(case, connection, asked)), incidents.c.earliest, incidents.c.id
    dated = query.where(day.is_not(None)).order_by(day.desc(), name.desc())
    rows = list(connection.execute(dated.limit(limit)))  # an index has these in their order
    if len(rows) < limit and asked.among.since is None and asked.among.until is None:
        rest = query.where(day.is_(None)).order_by(name.desc())
        rows += connection.execute(rest.limit(limit - len(rows)))
    return rows


def unlocated(case: Case, asked: WhereWhen, *, limit: int) -> tuple[IncidentRow, ...]:
    """Incidents of which a place is told that nobody located yet, the most reported first."""
    if asked.box is not None:
        return ()  # what lies in a stretch of the earth is located
    return _most_reported(case, asked, (incidents.c.lat.is_(None), incidents.c.place.is_not(None)), "where", limit)


def undated(case: Case, asked: WhereWhen, *, limit: int) -> tuple[IncidentRow, ...]:
    """Incidents of which no day is told, the most reported first."""
    return _most_reported(case, asked, (incidents.c.earliest.is_(None),), "when", limit)


def _most_reported(
    case: Case, asked: WhereWhen, lacking: Sequence[ColumnElement[bool]], lacks: str, limit: int
) -> tuple[IncidentRow, ...]:
    first = (incidents.c.reports.desc(), incidents.c.id.desc())

    def made(connection: Connection) -> list[str]:
        query = select(incidents.c.id).where(*_meant(case, connection, asked), *lacking)
        return list(connection.execute(query.order_by(*first).limit(limit)).scalars())

    ids = _kept(case, ("lacking", lacks, limit, asked), made)
    with case.reading() as connection:
        return incidents_by_id(connection, ids)


def located_as_told(case: Case, rows: Iterable[IncidentRow]) -> dict[str, str | None]:
    """What level reports tell of the places of some incidents, by the ids of these."""
    with case.reading() as connection:
        levels = levels_of(case, connection)
    return {row.id: levels.get((row.lat, row.lon)) if row.lat is not None and row.lon is not None else None
            for row in rows}  # fmt: skip


# Over time


def bins(case: Case, asked: WhereWhen, *, precision: int = MONTH) -> list[Bin]:
    """How many incidents begin in each stretch of time: by their earliest day, all in one lane."""
    at = func.substr(incidents.c.earliest, 1, precision)

    def made(connection: Connection) -> list[Bin]:
        query = select(at, func.count()).where(*_meant(case, connection, asked), incidents.c.earliest.is_not(None))
        return [Bin(row[0], "", row[1]) for row in connection.execute(query.group_by(at).order_by(at))]

    return _kept(case, ("bins", precision, asked), made)


def bins_by_kind(case: Case, asked: WhereWhen, *, precision: int) -> list[Bin]:
    """The same for each kind of event."""
    at = func.substr(incidents.c.earliest, 1, precision)
    query = select(at, incidents.c.kind, func.count()).where(incidents.c.earliest.is_not(None))

    def made(connection: Connection) -> list[Bin]:
        asked_for = query.where(*_meant(case, connection, asked)).group_by(at, incidents.c.kind).order_by(at)
        return [Bin(*row) for row in connection.execute(asked_for)]

    return _kept(case, ("kinds", precision, asked), made)


def bins_by_party(case: Case, asked: WhereWhen, sides: Sequence[str], *, precision: int) -> list[Bin]:
    """The same for each of some sides that tell it; one told by two is in both; lane "" is told by none of them."""
    at = func.substr(incidents.c.earliest, 1, precision)
    told = [_told_by(side) for side in sides]
    sums = [func.sum(_one_if(one)) for one in (*told, ~or_(false(), *told))]
    names = (*sides, "")

    def made(connection: Connection) -> list[Bin]:
        query = select(at, *sums).where(*_meant(case, connection, asked), incidents.c.earliest.is_not(None))
        rows = connection.execute(query.group_by(at).order_by(at)).all()
        return [Bin(row[0], lane, int(n)) for row in rows for lane, n in zip(names, row[1:], strict=True) if n]

    return _kept(case, ("parties", precision, names, asked), made)


def _one_if(condition: ColumnElement[bool]) -> Any:
    return when_so((condition, 1), else_=0)


def sides_of(case: Case, asked: WhereWhen, *, most: int = 8) -> tuple[str, ...]:
    """The sides of which an origin tells some of the incidents that are meant, by their codes in order."""
    words = select(WORDS_OF_COUNTER).where(WORDS_OF_COUNTER.not_like('%"parties":[]%'))

    def made(connection: Connection) -> tuple[str, ...]:
        told: dict[str, int] = {}
        query = words.where(*_meant(case, connection, asked)).order_by(incidents.c.reports.desc()).limit(500)
        for counter in connection.execute(query).scalars():
            for party in _parties(counter):
                told[party] = told.get(party, 0) + 1
        return tuple(sorted(sorted(told, key=lambda one: (-told[one], one))[:most]))

    return _kept(case, ("sides", most, asked), made)


def first_reported(case: Case, ids: Iterable[str]) -> dict[str, str]:
    """The earliest day on which a report that tells of each incident came out, where that is known."""
    wanted = list(ids)
    with case.reading() as connection:
        key = _key(case, connection)
        whole = FIRST.get(key)
        if whole is not None:
            return {one: whole[one] for one in wanted if one in whole}
        if len(wanted) > MOST_IDS:
            whole = FIRST.keep(key, dict(_first(connection, None)))
            return {one: whole[one] for one in wanted if one in whole}
        return dict(_first(connection, wanted))


def _first(connection: Connection, ids: list[str] | None) -> Iterator[tuple[str, str]]:
    ruled = and_(ruled_events.c.report_id == events.c.report_id, ruled_events.c.event == events.c.event)
    query = (
        select(events.c.incident_id, func.min(reports.c.published_earliest))
        .join(reports, reports.c.id == events.c.report_id)
        .outerjoin(ruled_events, ruled)
        .where(reports.c.published_earliest.is_not(None), func.coalesce(ruled_events.c.ruled, "") != "rejected")
        .group_by(events.c.incident_id)
    )
    if ids is not None:
        query = query.where(events.c.incident_id.in_(ids))
    for row in connection.execute(query):
        yield row[0], row[1]


def _state(case: Case, connection: Connection) -> tuple[str, int, int, int]:
    """What changes whenever rows of incidents do: what was read, what people did, what is not drawn yet."""
    read = connection.execute(select(func.max(readings.c.id))).scalar() or 0
    done = connection.execute(select(func.max(audit.c.seq))).scalar() or 0
    return str(case.folder.resolve()), read, done, stale_incidents(connection)


def _kept(case: Case, key: tuple[Any, ...], make: Callable[[Connection], Made]) -> Made:
    """What was made before of the same rows, else what is made now."""
    with case.reading() as connection:
        whole = (*key, *_state(case, connection))
        held: Made | None = ANSWERS.get(whole)
        return held if held is not None else ANSWERS.keep(whole, make(connection))


# What is meant


def _meant(case: Case, connection: Connection, asked: WhereWhen) -> Iterator[ColumnElement[bool]]:
    among = asked.among if asked.among.tray is not None else replace(asked.among, tray=False)
    if among.place is not None or among.speaker is not None:
        yield _named(case, connection, among)
        among = replace(among, place=None, speaker=None)
    yield from conditions(connection, among, in_order=False)
    yield from by_side_and_box(connection, asked)
    if asked.ids:
        yield incidents.c.id.in_(_checked(asked.ids))


def by_side_and_box(connection: Connection, asked: WhereWhen) -> Iterator[ColumnElement[bool]]:
    """What is asked of who tells incidents, and of the stretch of the earth they are told in. Raises `BadQuestion`."""
    if asked.party is not None:
        codes = parties_named(connection, asked.party)
        yield or_(false(), *(_told_by(code) for code in codes))
    if asked.box is not None:
        yield _within(asked.box)


def _named(case: Case, connection: Connection, among: Incidents) -> ColumnElement[bool]:
    """That an incident is told at a place or by a speaker: these are looked for once for all that is asked of them."""
    key = (among.place, among.speaker, *_state(case, connection))
    held = NAMED.get(key)
    if held is None:
        only = conditions(connection, Incidents(place=among.place, speaker=among.speaker), in_order=False)
        held = NAMED.keep(key, tuple(connection.execute(select(incidents.c.id).where(*only)).scalars()))
    # Many are gone through in the index that has all that is counted; few are looked up one by one.
    name: ColumnElement[str] = incidents.c.id if len(held) < MANY else incidents.c.id.concat("")
    return name.in_(rows_of_ids(connection, held))


def _told_by(party: str) -> ColumnElement[bool]:
    return WORDS_OF_COUNTER.contains(f'["{party}",', autoescape=True)


def _within(box: str) -> ColumnElement[bool]:
    try:
        west, south, east, north = (float(part) for part in box.split(","))
        if not (-90 <= south <= north <= 90 and -540 <= west <= 540 and -540 <= east <= 540):
            raise ValueError
    except ValueError:
        raise BadQuestion(f"{box[:60]!r} is no stretch of the earth. Write it as west,south,east,north.") from None
    up = incidents.c.lat.between(south, north)
    if east - west >= 360:
        return up
    west, east = (west + 180) % 360 - 180, (east + 180) % 360 - 180
    across = incidents.c.lon.between(west, east) if west <= east else ~incidents.c.lon.between(east, west)
    return and_(up, across)


def _checked(ids: Sequence[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise BadQuestion(f"At most {MOST_IDS} incidents can be named at once; these are {len(ids)}.")
    for one in ids:
        if not ID.fullmatch(one):
            raise BadQuestion(f"{one[:40]!r} is no id of an incident.")
    return list(ids)


def _located(wanted: bool | None) -> Iterator[ColumnElement[bool]]:
    if wanted is not None:
        yield incidents.c.lat.is_not(None) if wanted else incidents.c.lat.is_(None)


# Rows


def _happening(names: Sequence[str], row: Any, levels: Levels) -> Happening:
    held = dict(zip(names, row, strict=False))
    unverified = UNVERIFIED.search(row.counter)
    return Happening(
        **held,
        level=levels.get((row.lat, row.lon)),
        could_not_verify=int(unverified[1]) if unverified else 0,
        parties=_parties(row.counter),
    )


def _parties(counter: str) -> tuple[str, ...]:
    start = counter.find('"parties":')
    end = counter.find('"outside"', start)
    return tuple(PARTIES.findall(counter[start:end])) if start >= 0 else ()


def _key(case: Case, connection: Connection) -> tuple[str, int, int]:
    read = connection.execute(select(func.max(readings.c.id))).scalar() or 0
    ruled = connection.execute(select(func.count(), func.count(decisions.c.withdrawn_at)).select_from(decisions)).one()
    return str(case.folder.resolve()), read, ruled[0] * 1_000_000 + ruled[1]
