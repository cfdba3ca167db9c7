"""The places of a case: how each is written and where, where it is taken to be, and where else it could be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, not_, select

from sayso.knowledge.gazetteer import folded, gazetteer
from sayso.ledger.asking.answers import Tally
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.rows import decisions_about, published_of
from sayso.ledger.located import located
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.quick import ask
from sayso.ledger.schema import places, reports, sentences
from sayso.ledger.working import named_places, place_uses, ruled_places
from sayso.record import Anchor, Decision, Published, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 40
SAID = 25
NEIGHBOURS = 12
SOME_REPORTS = 200
"""Reports among whose other places the neighbours of one are looked for."""
UNRESOLVED, PARTLY, ON_MAP, RULED, NOWHERE, VAGUE = "unresolved", "partly", "on_map", "ruled", "nowhere", "vague"
STATES = (UNRESOLVED, PARTLY, ON_MAP, RULED, NOWHERE, VAGUE)
"""Where a place stands: on no map yet, in some of its uses, in all, as a person located it, as one says nowhere; or it
is a river, a sea, a front, which no point stands for and of which nobody is asked."""
COUNTED = (
    "SELECT u.place_id, count(DISTINCT e.id), count(DISTINCT e.incident_id) FROM place_uses u "
    "JOIN places p ON p.report_id = u.report_id AND p.place = u.place "
    "JOIN events e ON e.sentence_id = p.sentence_id WHERE u.place_id IN ?s GROUP BY u.place_id"
)
STATED = (
    "SELECT u.place_id, count(DISTINCT s.report_id || '#' || s.statement) FROM place_uses u "
    "JOIN places p ON p.report_id = u.report_id AND p.place = u.place "
    "JOIN statements s ON s.sentence_id = p.sentence_id WHERE u.place_id IN ?s GROUP BY u.place_id"
)
REPORTED = "SELECT place_id, count(DISTINCT report_id) FROM place_uses WHERE place_id IN ?s GROUP BY place_id"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as it stands in a list, with how often it is used."""

    id: str
    name: str
    sort: str  # spot: a site or a town | district | region | country | area
    country: str | None  # as read, ISO 3166 alpha-3
    region: str | None  # as read, ISO 3166-2
    state: str  # one of STATES
    uses: int
    reports: int
    statements: int
    events: int
    incidents: int


@dataclass(frozen=True, slots=True)
class Naming:
    """One sentence that names a place, and how it is written there. `key` is where to go on after it."""

    anchor: Anchor  # the sentence
    name: Anchor  # the words that name it
    use: str
    publisher: str | None
    title: str | None
    published: Published


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is taken to be, and where that comes from."""

    lat: float
    lon: float
    level: str
    country: str | None
    region: str | None
    geonames: int | None
    decision: str | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another place of the same reports that is on the map."""

    id: str
    name: str
    lat: float
    lon: float
    reports: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """A way in which a place is written, and by whom how often; None is no publisher that is known."""

    spelling: str
    publishers: tuple[tuple[str | None, int], ...]

    @property
    def times(self) -> int:
        """How often it is written so."""
        return sum(count for _, count in self.publishers)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place with all that is known of it."""

    row: PlaceRow
    spots: tuple[Spot, ...]  # where its uses are taken to be; several where reports were read to mean several
    spellings: tuple[Spelled, ...]
    lies_in: tuple[str, ...]  # names, the narrowest first
    namesakes: tuple[PlaceRow, ...]  # of the same name, read otherwise
    other_names: tuple[PlaceRow, ...]  # of another name, at the same spot
    uses: Tally
    said: tuple[Naming, ...]
    more: bool
    neighbours: tuple[Neighbour, ...]
    decisions: tuple[Decision, ...]
    moved: str | None = None


def place_list(
    case_: Case,
    *,
    name: str | None = None,
    unresolved: bool = False,
    limit: int = LIMIT,
    start: int = 0,
) -> list[PlaceRow]:
    """Places, those on no map first, then those that are used most; `name` is words of a name, or a code of a land."""
    is_open = waits_for_a_place()
    query = select(named_places, ruled_places.c.place.label("ruled"))
    query = query.outerjoin(ruled_places, ruled_places.c.id == named_places.c.id)
    if name is not None and name.strip():
        query = query.where(_named(name))
    if unresolved:
        query = query.where(is_open)
    ordered = query.order_by(case((is_open, 0), else_=1), named_places.c.uses.desc(), named_places.c.id)
    with case_.reading() as connection:
        return _rows(connection, connection.execute(ordered.limit(limit).offset(start)).all())


def count_places(case_: Case) -> tuple[int, int]:
    """How many places a case has, and how many of them are on no map and wait for a person."""
    with case_.reading() as connection:
        every = connection.execute(select(func.count()).select_from(named_places)).scalar_one()
        waiting = connection.execute(
            select(func.count()).select_from(named_places).where(waits_for_a_place())
        ).scalar_one()
        return every, waiting


def place(case_: Case, asked: str, *, limit: int = SAID, start: int = 0) -> PlacePage:
    """One place by its id or the beginning of it, with `limit` sentences from `start` on. Raises `NoSuchThing`."""
    with case_.reading() as connection:
        named = found(connection, asked, kind="place")
        row = place_rows(connection, [named.id])[0]
        said = _said(connection, named.id, limit + 1, start)
        spots = _spots(connection, named.id)
        return PlacePage(
            row=row,
            spots=spots,
            spellings=_spellings(connection, named.id),
            lies_in=_lies_in(row, spots),
            namesakes=_namesakes(connection, row),
            other_names=_other_names(connection, row, spots),
            uses=_uses(connection, named.id),
            said=said[:limit],
            more=len(said) > limit,
            neighbours=_neighbours(connection, named.id),
            decisions=tuple(one for one in decisions_about(connection, [named.id])),
            moved=named.moved,
        )


def place_of(connection: Connection, report: str, span: Span) -> str | None:
    """The place that is named at a stretch of a report."""
    here = and_(places.c.report_id == report, places.c.start == span.start, places.c.end == span.end)
    same = and_(place_uses.c.report_id == places.c.report_id, place_uses.c.place == places.c.place)
    asked = select(place_uses.c.place_id).join(places, same).where(here)
    return connection.execute(asked.limit(1)).scalar()


def place_rows(connection: Connection, ids: Collection[str]) -> list[PlaceRow]:
    """Places by their ids, in the order of these. Raises `NoSuchThing` for one that is not there."""
    query = select(named_places, ruled_places.c.place.label("ruled"))
    query = query.outerjoin(ruled_places, ruled_places.c.id == named_places.c.id)
    rows = _rows(connection, connection.execute(query.where(named_places.c.id.in_(list(ids)))).all())
    known = {one.id: one for one in rows}
    missing = next((one for one in ids if one not in known), None)
    if missing is not None:
        raise NoSuchThing(f"No report of the case names the place {missing} any more.")
    return [known[one] for one in ids]


# Rows


def waits_for_a_place() -> ColumnElement[bool]:
    """Whether a named place is on no map in some of its uses, nobody located it, and a point can stand for it."""
    ruled = named_places.c.id.in_(select(ruled_places.c.id).correlate(None))
    return and_(named_places.c.placed < named_places.c.uses, not_(ruled), named_places.c.sort != "area")


def _named(name: str) -> Any:
    plain = folded(name)
    code = name.strip().upper()
    return (
        named_places.c.folded.contains(plain, autoescape=True)
        | (named_places.c.country == code)
        | (named_places.c.region == code)
        | (named_places.c.id == name.strip())
    )


def _rows(connection: Connection, held: Iterable[Any]) -> list[PlaceRow]:
    told = list(held)
    ids = [row.id for row in told]
    if not ids:
        return []
    events = {row[0]: (row[1], row[2]) for row in ask(connection, COUNTED, ids)}
    said = {row[0]: row[1] for row in ask(connection, STATED, ids)}
    where = {row[0]: row[1] for row in ask(connection, REPORTED, ids)}
    return [
        PlaceRow(
            id=row.id,
            name=row.name,
            sort=row.sort,
            country=row.country,
            region=row.region,
            state=_state(row),
            uses=row.uses,
            reports=where.get(row.id, 0),
            statements=said.get(row.id, 0),
            events=events.get(row.id, (0, 0))[0],
            incidents=events.get(row.id, (0, 0))[1],
        )
        for row in told
    ]


def _state(row: Any) -> str:
    if row.ruled is not None:
        return RULED if '"lat"' in row.ruled else NOWHERE
    if row.placed == 0:
        return VAGUE if row.sort == "area" else UNRESOLVED
    return ON_MAP if row.placed == row.uses else PARTLY


# One place


def _used(place_id: str, *columns: Any) -> Select[Any]:
    same = and_(place_uses.c.report_id == places.c.report_id, place_uses.c.place == places.c.place)
    return select(*columns).select_from(place_uses).join(places, same).where(place_uses.c.place_id == place_id)


def _spots(connection: Connection, place_id: str) -> tuple[Spot, ...]:
    columns = (places.c.lat, places.c.lon, places.c.level, places.c.country, places.c.region, places.c.geonames)
    asked = _used(place_id, *columns, func.count().label("times")).where(places.c.lat.is_not(None)).group_by(*columns)
    rows = connection.execute(asked.order_by(func.count().desc(), *columns)).all()
    told = located(connection).get(place_id)
    return tuple(
        Spot(
            lat=row.lat,
            lon=row.lon,
            level=row.level,
            country=row.country,
            region=row.region,
            geonames=row.geonames,
            decision=told.decision if told else None,
            radius_km=told.place.radius_km if told else None,
        )
        for row in rows
    )


def _spellings(connection: Connection, place_id: str) -> tuple[Spelled, ...]:
    asked = _used(place_id, places.c.name, reports.c.publisher, func.count())
    asked = asked.join(reports, reports.c.id == places.c.report_id).group_by(places.c.name, reports.c.publisher)
    met: dict[str, Counter[str | None]] = defaultdict(Counter)
    for name, publisher, count in connection.execute(asked):
        met[name][publisher] += count
    told = [
        Spelled(name, tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0] or ""))))
        for name, counted in met.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.times, one.spelling)))


def _uses(connection: Connection, place_id: str) -> Tally:
    asked = _used(place_id, places.c.use, func.count()).group_by(places.c.use)
    return tuple(sorted(((row[0], row[1]) for row in connection.execute(asked)), key=lambda one: (-one[1], one[0])))


def _lies_in(row: PlaceRow, spots: tuple[Spot, ...]) -> tuple[str, ...]:
    region = next((one.region for one in spots if one.region), None) or row.region
    country = next((one.country for one in spots if one.country), None) or row.country
    listed = [
        gazetteer().region(region) if region and row.sort != "region" else None,
        gazetteer().country(country) if country and row.sort != "country" else None,
    ]
    return tuple(one.name for one in listed if one is not None)


def _namesakes(connection: Connection, row: PlaceRow) -> tuple[PlaceRow, ...]:
    asked = select(named_places.c.id).where(named_places.c.folded == folded(row.name), named_places.c.id != row.id)
    ids = connection.execute(asked.order_by(named_places.c.uses.desc(), named_places.c.id).limit(LIMIT)).scalars()
    return tuple(place_rows(connection, list(ids)))


def _other_names(connection: Connection, row: PlaceRow, spots: tuple[Spot, ...]) -> tuple[PlaceRow, ...]:
    numbers = [one.geonames for one in spots if one.geonames is not None]
    if not numbers:
        return ()
    same = and_(place_uses.c.report_id == places.c.report_id, place_uses.c.place == places.c.place)
    asked = select(place_uses.c.place_id).join(places, same).where(places.c.geonames.in_(numbers)).distinct()
    ids = set(connection.execute(asked).scalars()) - {row.id}
    rows = place_rows(connection, sorted(ids))
    return tuple(one for one in rows if folded(one.name) != folded(row.name))[:LIMIT]


def _said(connection: Connection, place_id: str, limit: int, start: int) -> tuple[Naming, ...]:
    columns = (
        places.c.report_id, places.c.start, places.c.end, places.c.name, places.c.use, reports.c.publisher,
        reports.c.title, reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis,
        sentences.c.start.label("from_"), sentences.c.end.label("until"), sentences.c.words,
    )  # fmt: skip
    asked = (
        _used(place_id, *columns)
        .join(reports, reports.c.id == places.c.report_id)
        .outerjoin(sentences, sentences.c.id == places.c.sentence_id)
        .order_by(reports.c.published_earliest.is_(None), reports.c.published_earliest, reports.c.seq, places.c.start)
    )
    return tuple(_naming(row) for row in connection.execute(asked.limit(limit).offset(start)))


def _naming(row: Any) -> Naming:
    name = Anchor(row.report_id, Span(row.start, row.end), row.name)
    sentence = Anchor(row.report_id, Span(row.from_, row.until), row.words) if row.words else name
    return Naming(sentence, name, row.use, row.publisher, row.title, published_of(row))


def _neighbours(connection: Connection, place_id: str) -> tuple[Neighbour, ...]:
    """Towns and sites of the map that reports name beside a place, those in most of them first."""
    mine = select(place_uses.c.report_id).where(place_uses.c.place_id == place_id).distinct().limit(SOME_REPORTS)
    ids = list(connection.execute(mine).scalars())
    same = and_(place_uses.c.report_id == places.c.report_id, place_uses.c.place == places.c.place)
    beside = func.count(places.c.report_id.distinct())
    shown = (named_places.c.name, func.min(places.c.lat), func.min(places.c.lon), beside)
    asked = (
        select(place_uses.c.place_id, *shown)
        .join(places, same)
        .join(named_places, named_places.c.id == place_uses.c.place_id)
        .where(
            place_uses.c.report_id.in_(ids),
            place_uses.c.place_id != place_id,
            places.c.lat.is_not(None),
            places.c.level.in_(("town", "site")),
        )
        .group_by(place_uses.c.place_id, named_places.c.name)
        .order_by(beside.desc(), place_uses.c.place_id)
    )
    return tuple(Neighbour(*row) for row in connection.execute(asked.limit(NEIGHBOURS)))
