"""The map: where incidents are told to have been, with a list beside it and a strip of time below."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.pages.incidents import COLUMNS as ROW_COLUMNS
from sayso.desk.pages.incidents import Unless, cells_of
from sayso.desk.rendering import Twin, page, place_of, query_of
from sayso.desk.views import drawn
from sayso.desk.views.time_bins import MONTH, bars, ticks, window
from sayso.export.geojson import FORCES, geometry_at, spot
from sayso.export.record_json import dumped
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.questions import day_of, past_of
from sayso.ledger.asking.where_when import (
    MOST,
    WhereWhen,
    bins,
    counted,
    happenings,
    located_as_told,
    rows_of,
    sides_of,
    spotted,
    unlocated,
)
from sayso.ledger.knowing import knowledge_of
from sayso.record import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.desk.views.time_bins import Bar, Window
    from sayso.ledger.asking.answers import IncidentRow

router = APIRouter()
AT_ONCE = 40
SPOTS_LISTED = 300
UNLOCATED_LISTED = 8
POLICY_OF = "2026-11-23"
"""The day as of which the border policy stands as docs/the-map.md tells it."""
HATCHED, PLAIN = "hatched", "plain"


class Asked(BaseModel):
    """What of the incidents is asked for, on the map or the timeline."""

    kind: str | None = None
    place: str | None = None
    speaker: str | None = None
    party: str | None = None
    since: str | None = None
    until: str | None = None
    denied: Unless = None
    tray: Unless = None
    box: str | None = None
    ids: str | None = None
    borders: str = HATCHED
    lanes: str = "party"
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE

    @property
    def meant(self) -> WhereWhen:
        """Which incidents are meant. An empty field of a form asks for nothing."""
        among = Incidents(**{one.name: _told(getattr(self, one.name)) for one in fields(Incidents)})
        ids = tuple(one for one in (self.ids or "").split(",") if one)
        return WhereWhen(among, party=_told(self.party), box=_told(self.box), ids=ids)

    @property
    def at_any_time(self) -> WhereWhen:
        """The same without regard to when."""
        return self.model_copy(update={"since": None, "until": None}).meant

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first day that is asked for, and the first one after. Raises `BadQuestion`."""
        since, until = _told(self.since), _told(self.until)
        return day_of(since)[:10] if since else None, past_of(until)[:10] if until else None

    @property
    def told(self) -> dict[str, Any]:
        """What is asked, as it stands in an address."""
        held = self.model_dump(exclude_defaults=True)
        return {name: str(value).lower() if isinstance(value, bool) else value for name, value in held.items()}


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list with the signs that it has on the map."""

    row: IncidentRow
    shape: str
    told: str
    is_area: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Incidents over time, under the map."""

    shown: Window
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


@router.get("/map.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What is drawn, for a program."""
    return twins.all_as_json(at.case, _as_drawn(at, asked), private=private)


@router.get("/map.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What is drawn, for a spreadsheet."""
    shown = twins.shown(at.case, tuple(_as_drawn(at, asked)), private=private)
    return twins.as_csv(ROW_COLUMNS, map(cells_of, shown), name="map")


@router.get("/map.geojson")
def as_geojson(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What is drawn, for another map: vague places as areas, forces coarsened, as `sayso export` does it."""
    rows = twins.shown(at.case, tuple(rows_of(at.case, asked.meant, located=True, limit=asked.limit)), private=private)
    levels = located_as_told(at.case, rows)
    told = {"type": "FeatureCollection", "features": [_feature(row, levels[row.id]) for row in rows]}
    answer = twins.told_as_json(told)
    answer.headers["content-type"] = "application/geo+json"
    return answer


@router.get("/map/features.json")
def as_features(at: AtDesk, asked: AskedFor) -> Response:
    """What the script of the map draws, without words of reports."""
    rows = happenings(at.case, asked.meant, located=True, limit=MOST)
    all_of = counted(at.case, asked.meant).located if len(rows) == MOST else len(rows)
    told = {
        **drawn.features(rows),
        "shapes": [drawn.PATHS[shape] for shape in drawn.SHAPES.values()],
        "told": list(drawn.TOLD),
        "located": all_of,
        "disputed": [] if asked.borders == PLAIN else _claimed(at),
    }
    return Response(dumped(told), media_type="application/json")


@router.get("/map")
def on_map(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The map for a person."""
    rows = rows_of(at.case, asked.meant, located=True, limit=asked.limit + 1)
    names = known(knowledge_of(at.case)).names
    shown: dict[str, Any] = {
        "asked": asked,
        "listed": _listed(at, rows[: asked.limit]),
        "next": query_of(asked.told, limit=min(MOST, asked.limit * 4)) if len(rows) > asked.limit else None,
        "parties": names,
        "drawn": drawn,
        "query": lambda **changed: query_of(asked.told, **changed),
    }
    if "x-sayso-fragment" in request.headers:
        return page(request, "map_list.html", counts=counted(at.case, asked.meant), **shown)
    spots = drawn.marked(spotted(at.case, asked.meant, forces=FORCES, limit=SPOTS_LISTED + 1))
    return page(
        request,
        "map.html",
        **shown,
        counts=counted(at.case, asked.meant),
        most=MOST,
        spots=spots[:SPOTS_LISTED],
        more_spots=len(spots) > SPOTS_LISTED,
        nowhere=unlocated(at.case, asked.meant, limit=UNLOCATED_LISTED),
        strip=strip_of(at, asked),
        kinds=sorted({str(row["kind"]) for row in knowledge_of(at.case).rows("event_kinds")}),
        sides=sides_of(at.case, asked.model_copy(update={"party": None}).meant),
        disputed=drawn.disputed(knowledge_of(at.case)),
        policy_of=POLICY_OF,
        twins=twins_with_map(request),
    )


def twins_with_map(request: Request) -> tuple[Twin, ...]:
    """Where the twins of the map are."""
    names = (("JSON", ".json"), ("CSV", ".csv"), ("GeoJSON", ".geojson"))
    return tuple(Twin(name, place_of(request, ending)) for name, ending in names)


def strip_of(at: Desk, asked: Asked) -> Strip | None:
    """Incidents over time as far as all else that is asked goes; what is asked of time is marked in it."""
    every = bins(at.case, asked.at_any_time, precision=MONTH)
    shown = window(every)
    if shown is None:
        return None
    chosen = _chosen(asked)
    if shown.precision > MONTH:
        every = bins(at.case, asked.at_any_time, precision=shown.precision)
    made = bars(every, shown, tallest=1, chosen=chosen)
    tallest = max((one.height for one in made), default=1.0)
    return Strip(shown, tuple(replace(one, height=one.height / tallest) for one in made), ticks(shown))


def _as_drawn(at: Desk, asked: Asked) -> list[IncidentRow]:
    """Rows whose places stand where the map draws them: forces no more exactly."""
    rows = rows_of(at.case, asked.meant, limit=asked.limit)
    levels = located_as_told(at.case, rows)
    drawn_at = [(row, spot(row.kind, _where(row, levels[row.id]))) for row in rows]
    return [
        row if at is None else replace(row, lat=at.lat, lon=at.lon, radius_km=at.radius_km or row.radius_km)
        for row, at in drawn_at
    ]


def _chosen(asked: Asked) -> tuple[str, str] | None:
    since, past = asked.days
    return (since or "0001-01-01", past or "9999-12-31") if since or past else None


def _listed(at: Desk, rows: list[IncidentRow]) -> tuple[Listed, ...]:
    levels = located_as_told(at.case, rows)
    return tuple(Listed(row, shape_of(row), told_how(row), _is_area(row, levels[row.id])) for row in rows)


def shape_of(row: IncidentRow) -> str:
    """The shape by which a row is drawn."""
    return drawn.SHAPES[drawn.class_of(row.kind)]


def told_how(row: IncidentRow) -> str:
    """The outline by which a row is drawn."""
    unverified = row.counter.could_not_verify if row.counter else 0
    return drawn.told_of(origins=row.origins, denials=row.denials, could_not_verify=unverified)


def _is_area(row: IncidentRow, level: str | None) -> bool:
    held = geometry_at(row.kind, _where(row, level))
    return held is not None and held["type"] != "Point"


def _where(row: IncidentRow, level: str | None) -> Where:
    return Where(row.place or "", level or "area", lat=row.lat, lon=row.lon, radius_km=row.radius_km)


def _feature(row: IncidentRow, level: str | None) -> Mapping[str, Any]:
    held = {name: value for name, value in cells_of(row).items() if name not in ("lat", "lon", "radius_km")}
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": geometry_at(row.kind, _where(row, level)),
        "properties": {**held, "told": told_how(row), "class": drawn.class_of(row.kind), "level": level},
    }


def _claimed(at: Desk) -> list[dict[str, Any]]:
    rows = knowledge_of(at.case)
    names = known(rows).names
    return [
        {
            "name": one.name,
            "regions": one.regions,
            "countries": one.countries,
            "claimants": [names.get(claimant, claimant) for claimant in one.claimants],
        }
        for one in drawn.disputed(rows)
    ]


def _told(value: Any) -> Any:
    return None if value == "" else value
