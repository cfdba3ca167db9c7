"""Where people located the places of a case, laid over what was read: over a place, a telling, a whole reading.

A place of the case is a name as reports write it, with the country and region it was read in and what sort of thing it
is: so two towns of one name in two regions are two places, and a town that one report knows the region of and another
does not are two as well, each of which can be located. What was read stays as it was, and events go on being compared
by it: to locate a place joins and parts no incidents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from sayso.knowledge.gazetteer import folded
from sayso.ledger.packing import noun_from
from sayso.ledger.placing import id_of
from sayso.ledger.typed_place import Located
from sayso.ledger.working import ruled_places

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.record import Place, Reading, Telling, Where

SPOTS = frozenset(("site", "town"))
SPOT = "spot"
"""Sites and towns of one name are one place: reports say of a village now the one, now the other."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where a place is, by the decision that says so."""

    decision: str
    place: Located


Spot = TypeVar("Spot", "Where", "Place")
Ruled = Mapping[str, Ruling]
"""What people ruled of places, by their ids."""


def sort_of(level: str) -> str:
    """What sort of place it is, as far as it tells one place from another.

    >>> sort_of("town") == sort_of("site") != sort_of("region")
    True
    """
    return SPOT if level in SPOTS else level


@lru_cache(maxsize=16_384)
def place_id(name: str, level: str, country: str | None, region: str | None) -> str:
    """The id of a place: the same wherever and whenever it is read so."""
    return id_of("plc", folded(name), sort_of(level), country or "", region or "")


def located(connection: Connection) -> Ruled:
    """Where people located places, by the decisions that stand."""
    rows = connection.execute(select(ruled_places)).all()
    return {row.id: Ruling(row.decision_id, noun_from(Located, row.place)) for row in rows}


# Laid over


def where_ruled(where: Where, ruled: Ruled) -> Where:
    """A place of an event as it is ruled."""
    return _ruled(where, ruled)


def telling_ruled(telling: Telling, ruled: Ruled) -> Telling:
    """A telling with its places as they are ruled; the same one where none is."""
    if not ruled:
        return telling
    places = tuple(where_ruled(one, ruled) for one in telling.places)
    dateline = where_ruled(telling.dateline, ruled) if telling.dateline else None
    if places == telling.places and dateline == telling.dateline:
        return telling
    return replace(telling, places=places, dateline=dateline)


def reading_ruled(reading: Reading, ruled: Ruled) -> Reading:
    """A reading with its places as they are ruled; the same one where none is."""
    if not ruled:
        return reading
    grounds = reading.grounds
    places = tuple(_ruled(one, ruled) for one in grounds.places)
    return reading if places == grounds.places else replace(reading, grounds=replace(grounds, places=places))


def _ruled(place: Spot, ruled: Ruled) -> Spot:
    """What is told of a place with what was ruled of it in its stead: of an event, and of a reading."""
    told = ruled.get(place_id(place.name, place.level, place.country, place.region))
    if told is None:
        return place
    is_at = told.place
    return replace(
        place,
        level=is_at.level or place.level,
        geonames=is_at.geonames,
        lat=is_at.lat,
        lon=is_at.lon,
        radius_km=is_at.radius_km,
        country=is_at.country or place.country,
        region=is_at.region or place.region,
        placed_by=told.decision,
    )
