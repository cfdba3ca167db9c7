"""Incidents as GeoJSON (RFC 7946): one feature an incident, a point where a town is told, an area where less is known.

Vague places are areas, never pins; what no one tells to have happened is in a file of its own, without places; where
forces stand is told to a quarter of a degree. Incidents without a known place have `geometry: null`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.export.exporting import File, Whole, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sayso.ledger.asking.answers import IncidentPage
    from sayso.record import Incident, Stated, Where

Json = dict[str, Any]
PINNED = ("site", "town")
"""Levels of place that are told by a point."""
FORCES = ("advance", "defence_strengthening", "mobilisation", "base_established", "withdrawal", "offensive")
"""Kinds that tell where forces stand, or are going."""
COARSE = 0.25  # degrees
COARSE_KM = 25.0
CORNERS = 32
PROPERTIES = (
    "incident_id", "kind", "title", "event_type", "start", "end", "date_precision", "place_name", "place_level",
    "precision_m", "geonames_id", "placed_by", "iso_3166_2", "independent_sources", "counter", "asserts", "denies",
    "unverified", "reports", "copies", "figures",
)  # fmt: skip
"""What is told of each feature."""
KM_A_DEGREE = 111.32
DECIMALS = 5


def write(whole: Whole, folder: Path) -> list[File]:
    """`incidents.geojson`, and `did-not-happen.geojson` for what is threatened, planned or denied by all."""
    happened, others = features(whole)
    return [
        _written(folder / "incidents.geojson", happened),
        _written(folder / "did-not-happen.geojson", others),
    ]


def features(whole: Whole) -> tuple[list[Json], list[Json]]:
    """The features of both files, as they are written."""
    fields = whole.selection.fields("properties", PROPERTIES)
    pages = list(whole.incidents())
    happened = [_feature(page, fields, whole) for page in pages if not page.incident.did_not_happen]
    others = [{**_feature(page, fields, whole), "geometry": None} for page in pages if page.incident.did_not_happen]
    return happened, others


def _written(path: Path, features: list[Json]) -> File:
    with whole_file(path) as made, made.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file, ensure_ascii=False, allow_nan=False)
    return File(path, len(features))


def _feature(page: IncidentPage, fields: Iterable[str], whole: Whole) -> Json:
    one, held = page.incident, _properties(page.incident)
    told = whole.told({name: held[name] for name in fields})
    return {"type": "Feature", "id": one.id, "geometry": geometry(one), "properties": told}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn (degrees): a point, or an area of a radius (km)."""

    lat: float
    lon: float
    radius_km: float | None = None


def geometry(one: Incident) -> Json | None:
    """A point where a town or site is told, an area of the radius of doubt where a region is, None where nothing is."""
    return geometry_at(one.kind, one.where)


def geometry_at(kind: str, where: Where | None) -> Json | None:
    """The same for something of a kind at a place."""
    at = spot(kind, where)
    if at is None:
        return None
    if at.radius_km is None:
        return {"type": "Point", "coordinates": [round(at.lon, DECIMALS), round(at.lat, DECIMALS)]}
    return area(at.lat, at.lon, at.radius_km)


def spot(kind: str, where: Where | None) -> Spot | None:
    """Where something of a kind is drawn, as coarsely as it must be: forces to a quarter of a degree."""
    if where is None or where.lat is None or where.lon is None:
        return None
    if kind in FORCES:
        return Spot(_coarse(where.lat), _coarse(where.lon), max(where.radius_km or 0.0, COARSE_KM))
    if where.level in PINNED:
        return Spot(where.lat, where.lon)
    return Spot(where.lat, where.lon, max(where.radius_km or 0.0, COARSE_KM))


def _coarse(degrees: float) -> float:
    return round(degrees / COARSE) * COARSE


def area(lat: float, lon: float, radius_km: float) -> Json:
    """A round area as a polygon, counter-clockwise as the right-hand rule has it, cut off at the poles."""
    up = radius_km / KM_A_DEGREE
    across = up / max(0.05, math.cos(math.radians(lat)))
    ring = []
    for corner in range(CORNERS):
        turn = 2 * math.pi * corner / CORNERS
        x = min(180.0, max(-180.0, lon + across * math.cos(turn)))
        y = min(90.0, max(-90.0, lat + up * math.sin(turn)))
        ring.append([round(x, DECIMALS), round(y, DECIMALS)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _properties(one: Incident) -> Json:
    where, when = one.where, one.when
    return {
        "incident_id": one.id,
        "kind": one.kind,
        "title": "".join(part.words for part in one.headline),
        "event_type": next((telling.acled for telling in one.tellings if telling.acled), None),
        "start": when.earliest if when else None,
        "end": when.latest if when else None,
        "date_precision": when.granularity if when else None,
        "place_name": where.name if where else None,
        "place_level": where.level if where else None,
        "precision_m": _precision(one.kind, where),
        "geonames_id": where.geonames if where else None,
        "placed_by": where.placed_by if where else None,
        "iso_3166_2": where.region if where else None,
        "independent_sources": one.counter.origins,
        "counter": one.counter.says,
        "asserts": _how_many(one, ("happened", "ongoing")),
        "denies": one.counter.denials,
        "unverified": one.counter.could_not_verify,
        "reports": one.counter.reports,
        "copies": one.counter.copies,
        "figures": [
            _figure(account.origin, stated) for account in one.accounts for stated in account.stated if stated.quantity
        ],
    }


def _precision(kind: str, where: Where | None) -> int | None:
    if where is None or where.lat is None:
        return None
    least = COARSE_KM if kind in FORCES or where.level not in PINNED else 0.0
    return round(1000 * max(where.radius_km or 0.0, least))


def _how_many(one: Incident, statuses: Iterable[str]) -> int:
    return sum(account.status in statuses for account in one.accounts)


def _figure(origin: str, stated: Stated) -> Json:
    quantity = stated.quantity
    return {
        "origin": origin,
        "of": stated.of,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "said_at": stated.at,
        "superseded": stated.superseded,
        "report": stated.anchor.report,
        "span": [stated.anchor.span.start, stated.anchor.span.end],
    }
