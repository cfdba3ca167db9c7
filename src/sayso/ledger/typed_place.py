"""What people type for where a place is: its number on GeoNames, a point with its doubt, or that nobody can tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge.gazetteer import gazetteer
from sayso.ledger.problems import CannotRule

NOWHERE = "nowhere known"
LEVELS = ("site", "town", "district", "region", "area")
"""What a point can stand for; a country is known by its number."""
PLACES = (
    "the number of a place on GeoNames (3441481), a point with what it is and how far it can be off "
    f"(-32.21, -57.71, town, 2 km), or {NOWHERE!r}"
)
POINT = re.compile(
    r"(?P<lat>[+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(?P<lon>[+-]?\d{1,3}(?:\.\d+)?)(?P<rest>(?:\s*[,;].*)?)"
)
KM = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*km")
COUNTRY, REGION = re.compile(r"[A-Z]{3}"), re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place is as a person has it. `told` is what they typed, in one way of writing it; nowhere without `lat`.

    What is None of country and region stays as it was read.
    """

    told: str
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    level: str | None = None
    radius_km: float | None = None
    country: str | None = None
    region: str | None = None


@lru_cache(maxsize=4096)
def typed_place(words: str) -> Located:
    """Where a place is. Raises `CannotRule`.

    >>> typed_place(" -32.21 -57.71, town, 2km ").told, typed_place("nowhere known").lat
    ('-32.21, -57.71, town, 2 km', None)
    """
    plain = " ".join(words.split())
    if plain.casefold() == NOWHERE:
        return Located(NOWHERE)
    if plain.isascii() and plain.isdigit():
        return _listed(int(plain))
    found = POINT.fullmatch(plain)
    if found is None:
        raise CannotRule(f"{words!r} says no place. Write {PLACES}.")
    return _point(found, words)


def _listed(number: int) -> Located:
    row = gazetteer().numbered(number)
    if row is None or row.lat is None:
        raise CannotRule(f"The list of places in this Sayso has no number {number}. Write {PLACES}.")
    return Located(str(number), number, row.lat, row.lon, row.kind, row.radius, row.country, row.region)


def _point(found: re.Match[str], words: str) -> Located:
    lat, lon = float(found["lat"]), float(found["lon"])
    if abs(lat) > 90 or abs(lon) > 180:
        raise CannotRule(
            f"{words!r} lies on no globe: latitudes end at 90, longitudes at 180. Is it the other way round?"
        )
    level, radius, country, region = "town", None, None, None
    for told in filter(None, (one.strip() for one in re.split("[,;]", found["rest"]))):
        if told.lower() in LEVELS:
            level = told.lower()
        elif km := KM.fullmatch(told):
            radius = float(km[1])
        elif COUNTRY.fullmatch(told):
            country = told
        elif REGION.fullmatch(told):
            region = told
        else:
            raise CannotRule(f"{told!r} of {words!r} is not understood. Write {PLACES}.")
    if region is not None:
        country = country or _country_of(region)
    parts = (f"{_short(lat)}, {_short(lon)}", level, f"{_short(radius)} km" if radius else None, country, region)
    return Located(", ".join(one for one in parts if one), None, lat, lon, level, radius, country, region)


def _country_of(region: str) -> str:
    row = gazetteer().region(region)
    if row is None:
        raise CannotRule(f"{region!r} is no region of ISO 3166-2 that this Sayso knows, as UY-PA is.")
    return row.country


def _short(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
