"""What two tellings of one happening have in common to be compared at all: keys for a table of postings.

A telling is looked up by cell of the map and days, by the name of its place and days, by rare words of its sentence,
and by whom it was done to. A bound number of keys a telling; those that stand for most tellings may be skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations
from math import cos, floor, radians

from sayso.accounts.same_facets import Facets, facets
from sayso.accounts.same_places import NARROW, name_words
from sayso.accounts.same_times import DAY
from sayso.record import Telling, Where

MOST = 48
CELL = 0.25
"""Degrees: the side of a cell of the map, some 28 km."""
REACH_KM = 6.0
"""A place this near the side of its cell is looked up in the next one too."""
DAYS = 4 * DAY
MONTH = 32 * DAY
MOST_STRETCHES = 4
RARE_WORDS = 5
TARGETS = 3


def event_keys(telling: Telling) -> tuple[int, ...]:
    """Signed 64-bit keys, at most `MOST`, the most telling first."""
    found = dict.fromkeys(_keys(facets(telling)))
    return tuple(map(_hashed, list(found)[:MOST]))


def _hashed(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def _keys(of: Facets) -> Iterator[str]:
    days, months = _stretches(of, DAYS, "d"), _stretches(of, MONTH, "m")
    places = [*(f"n {name}" for name in _names(of.places)), *(cell for place in of.places for cell in _cells(place))]
    if not of.places and of.dateline is not None:
        places = [f"n {name}" for name in _names((of.dateline,))]
    for place in places:
        for stretch in (*days, *months) or ("",):
            yield f"{of.circle} {place} {stretch}"
    if of.time.month_day is not None:
        yield f"{of.circle} {of.time.month_day}"
    rare = sorted(of.words, key=lambda word: (-of.words[word], word))[:RARE_WORDS]
    for one, two in combinations(sorted(rare), 2):
        yield f"w {of.circle} {one} {two}"
    for target in sorted(of.targets)[:TARGETS]:
        for stretch in months or ("",):
            yield f"{of.circle} t {target} {stretch}"
    for place in places:
        yield f"{of.circle} {place}"
    for party in sorted(of.agents):
        for stretch in months or ("",):
            yield f"{of.circle} a {party} {stretch}"


def _stretches(of: Facets, size: float, unit: str) -> tuple[str, ...]:
    """The numbers of the stretches of time that a telling touches; none where there are too many to tell it."""
    first, last = of.time.first, of.time.last
    if first is None or last is None:
        return ()
    low, high = floor((first - DAY) / size), floor((last - 0.01 + DAY) / size)
    return () if high - low >= MOST_STRETCHES else tuple(f"{unit}{number}" for number in range(low, high + 1))


def _names(places: tuple[Where, ...]) -> Iterator[str]:
    for place in places:
        if place.level != "country":
            yield " ".join(sorted(name_words(place.name)))


def _cells(place: Where) -> Iterator[str]:
    """The cells of the map in reach of a town or site."""
    if place.level not in NARROW or place.lat is None or place.lon is None:
        return
    north = REACH_KM / 111.2
    east = north / max(0.1, cos(radians(place.lat)))
    rows = {floor((place.lat + side) / CELL) for side in (-north, north)}
    columns = {floor((place.lon + side) / CELL) for side in (-east, east)}
    for row in sorted(rows):
        for column in sorted(columns):
            yield f"c {row} {column}"
