"""What the page of a place shows beside its words: a sketch of where it could be, and rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.ledger.asking.place_candidates import Candidate
    from sayso.ledger.asking.places import PlacePage, PlaceRow

COLUMNS = (
    "place", "name", "sort", "country", "region", "state", "uses", "reports", "statements", "events", "incidents",
)  # fmt: skip
ONE_COLUMNS = ("place", "name", "report", "publisher", "published_earliest", "published_latest", "use", "sentence")
WIDE, HIGH, EDGE = 420, 300, 34
KM_A_DEGREE = 111.2
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LEAST_KM = 4.0
FARTHER, NEAR_KM = 4, 150.0
APART = 13
"""Names of dots that stand less far apart, in the sketch's own units, are not both written."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a sketch, in its own units. `number` is that of a candidate; 0 is another place of the reports."""

    x: float
    y: float
    name: str
    number: int = 0
    is_now: bool = False
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Sketch:
    """Points as they lie to each other, with north at the top, and how long so many kilometres are."""

    dots: tuple[Dot, ...]
    km: int
    length: float
    width: int = WIDE
    height: int = HIGH


@dataclass(frozen=True, slots=True)
class _Point:
    lat: float
    lon: float
    name: str
    number: int = 0
    is_now: bool = False


def sketch(page: PlacePage, found: Sequence[Candidate]) -> Sketch | None:
    """Where the candidates, the place as it stands, and the other places of its reports lie to each other.

    Candidates much farther away than the nearest are left out: the others would be one dot beside them.
    """
    points = [_Point(one.lat, one.lon, one.name) for one in page.neighbours]
    points += [_Point(one.lat, one.lon, page.row.name, is_now=True) for one in page.spots[:1]]
    within = FARTHER * min((one.typical_km or 0.0 for one in found), default=0.0) + NEAR_KM
    points += [
        _Point(one.lat, one.lon, one.name, n)
        for n, one in enumerate(found, start=1)
        if one.typical_km is None or one.typical_km <= within
    ]
    if len(points) < 2:
        return None
    return _drawn(points)


def _drawn(points: Sequence[_Point]) -> Sketch:
    middle = (min(one.lat for one in points) + max(one.lat for one in points)) / 2
    first = points[0].lon
    flat = [(_turned(one.lon - first) * cos(radians(middle)) * KM_A_DEGREE, -one.lat * KM_A_DEGREE) for one in points]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    across = max(max(x for x, _ in flat) - left, LEAST_KM)
    down = max(max(y for _, y in flat) - top, LEAST_KM)
    scale = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / down)
    shift_x, shift_y = (WIDE - across * scale) / 2, (HIGH - down * scale) / 2
    placed = [(round((x - left) * scale + shift_x, 1), round((y - top) * scale + shift_y, 1)) for x, y in flat]
    km = max((step for step in STEPS if step * scale <= WIDE / 3), default=STEPS[0])
    return Sketch(tuple(_with_names(points, placed)), km, round(km * scale, 1))


def _with_names(points: Sequence[_Point], placed: Sequence[tuple[float, float]]) -> Iterable[Dot]:
    """Dots, of which those have a name that it does not run into another's; candidates have their number."""
    written: list[tuple[float, float]] = []
    for one, (x, y) in reversed([*zip(points, placed, strict=True)]):
        is_free = all(abs(y - other) >= APART or abs(x - across) >= 90 for across, other in written)
        if is_free and not one.number:
            written.append((x, y))
        yield Dot(x, y, one.name, one.number, one.is_now, is_free and not one.number)


def _turned(degrees: float) -> float:
    """A difference of longitudes the shorter way round."""
    return (degrees + 180) % 360 - 180


def table_rows(rows: Iterable[PlaceRow]) -> Iterable[Mapping[str, Any]]:
    """Places for a spreadsheet."""
    for row in rows:
        yield {"place": row.id, **{name: getattr(row, name) for name in COLUMNS[1:]}}


def one_table_rows(page: PlacePage) -> Iterable[Mapping[str, Any]]:
    """The sentences that name a place, for a spreadsheet."""
    for one in page.said:
        yield {
            "place": page.row.id,
            "name": one.name.words,
            "report": one.anchor.report,
            "publisher": one.publisher,
            "published_earliest": one.published.earliest,
            "published_latest": one.published.latest,
            "use": one.use,
            "sentence": one.anchor.words,
        }
