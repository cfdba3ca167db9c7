"""Where a place of a case could be, by the gazetteer; and what would change if a person located it there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sayso.knowledge.gazetteer import Listed, gazetteer
from sayso.ledger.asking.places import Naming, Neighbour, PlacePage, place
from sayso.ledger.asking.rows import incidents_by_id
from sayso.ledger.incidents_drawn import Supposed, put_together
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.places_kept import incidents_at, with_ruling
from sayso.ledger.quick import ask
from sayso.ledger.typed_place import Located, typed_place
from sayso.ledger.working import place_uses
from sayso.values.place import distance_km

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.asking.answers import IncidentRow
    from sayso.ledger.case import Case
    from sayso.record import Where

MOST = 12
USES_SHOWN = 12
LOOKED_AT = 8
"""Incidents of which it is worked out where they would be; the others are counted."""
AREAS = ("region", "country")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place of the gazetteer that may be meant. `value` is what is ruled to say so."""

    value: str
    name: str
    kind: str
    country: str  # names
    region: str | None
    lat: float
    lon: float
    population: int
    nearest: tuple[str, float] | None  # another place of the same reports, and how many kilometres away
    typical_km: float | None  # half of those places are not farther away


@dataclass(frozen=True, slots=True)
class Moving:
    """An incident as it stands, and where it would be."""

    row: IncidentRow
    before: Where | None
    after: Where | None

    @property
    def how(self) -> str:
        """What would become of it: comes (onto the map) | goes (off it) | moves | same."""
        was, now = _point(self.before), _point(self.after)
        if was == now:
            return "same"
        return "comes" if was is None else "goes" if now is None else "moves"

    @property
    def km(self) -> float | None:
        """How far it would move."""
        was, now = _point(self.before), _point(self.after)
        return distance_km(*was, *now) if was and now else None


@dataclass(frozen=True, slots=True)
class PlaceForeseen:
    """What a ruling on where places are would change."""

    to: Located
    uses: int
    reports: int
    shown: tuple[Naming, ...]
    incidents: tuple[Moving, ...]  # those that were looked at
    touched: int  # how many tell of it at all


def candidates(page: PlacePage, *, spelled: str | None = None) -> tuple[Candidate, ...]:
    """Places of that name in the gazetteer, those nearest to the other places of the same reports first.

    `spelled` is another way of writing it to look for.
    """
    name = spelled or page.row.name
    rows = {one.id: one for one in (*gazetteer().find(name), *gazetteer().find_by_article(name))}
    listed = [one for one in rows.values() if one.lat is not None and _is_a(one, page.row.sort)]
    told = [_candidate(one, page.neighbours) for one in listed]
    told.sort(key=lambda one: (one.typical_km is None, one.typical_km or 0.0, -one.population, one.value))
    return tuple({one.value: one for one in told}.values())[:MOST]


def foreseen_places(case: Case, about: Sequence[str], value: str) -> PlaceForeseen:
    """What would change if places were located so; nothing is written. Raises `CannotRule` for a value that is none."""
    to = typed_place(value)
    rows = knowledge_of(case)
    pages = [place(case, one, limit=USES_SHOWN) for one in about]
    with case.reading() as connection:
        supposed = Supposed(with_ruling(connection, about, to))
        touched = incidents_at(connection, about)
        shown = incidents_by_id(connection, _most_told(connection, touched))
        moving = tuple(
            Moving(
                row,
                put_together(connection, row.id, rows, with_reasons=False).where,
                put_together(connection, row.id, rows, with_reasons=False, supposed=supposed).where,
            )
            for row in shown
        )
        mine = place_uses.c.place_id.in_(list(about))
        reports = connection.execute(select(func.count(place_uses.c.report_id.distinct())).where(mine)).scalar_one()
    return PlaceForeseen(
        to=to,
        uses=sum(one.row.uses for one in pages),
        reports=reports,
        shown=tuple(said for one in pages for said in one.said)[:USES_SHOWN],
        incidents=tuple(sorted(moving, key=lambda one: (one.how == "same", -one.row.reports, one.row.id))),
        touched=len(touched),
    )


def _most_told(connection: Connection, touched: Sequence[str]) -> Sequence[str]:
    """Those of some incidents that most reports tell."""
    asked = "SELECT id FROM incidents WHERE id IN ?s ORDER BY reports DESC, id LIMIT ?"
    return list(ask(connection, asked, touched, LOOKED_AT).scalars())


def _point(where: Where | None) -> tuple[float, float] | None:
    return (where.lat, where.lon) if where is not None and where.lat is not None and where.lon is not None else None


def _is_a(listed: Listed, sort: str) -> bool:
    return listed.kind not in AREAS if sort == "spot" else True


def _candidate(listed: Listed, neighbours: Collection[Neighbour]) -> Candidate:
    lat, lon = listed.lat or 0.0, listed.lon or 0.0
    away = sorted((distance_km(lat, lon, one.lat, one.lon), one.name) for one in neighbours)
    country = gazetteer().country(listed.country)
    region = gazetteer().region(listed.region) if listed.region and listed.kind != "region" else None
    return Candidate(
        value=value_of(listed),
        name=listed.name,
        kind=listed.kind,
        country=country.name if country else listed.country,
        region=region.name if region else None,
        lat=lat,
        lon=lon,
        population=listed.population,
        nearest=(away[0][1], away[0][0]) if away else None,
        typical_km=median(km for km, _ in away) if away else None,
    )


def value_of(listed: Listed) -> str:
    """What is ruled to say that a place is one of the gazetteer: its number, else its point and how far it reaches."""
    if listed.geonames is not None:
        return str(listed.geonames)
    level = listed.kind if listed.kind in ("district", "region", "town") else "area"
    reach = f"{listed.radius:g} km" if listed.radius else None
    parts = (f"{listed.lat}, {listed.lon}", level, reach, listed.region or listed.country)
    return typed_place(", ".join(one for one in parts if one)).told
