"""How incidents are drawn: a shape for what sort of event is told, an outline for how it is told. Never a verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sayso.export.geojson import FORCES as FORCES_KINDS
from sayso.export.geojson import spot
from sayso.knowledge.gazetteer import folded
from sayso.record import Where
from sayso.values.place import fullest

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.asking.where_when import Happening, Spotted

STRIKES, FORCES, HARM, HELD, CROWDS, OTHER = "strikes", "forces", "harm", "held", "crowds", "other"
SHAPES = {
    STRIKES: "diamond", FORCES: "square", HARM: "triangle", HELD: "hexagon", CROWDS: "cross", OTHER: "circle",
}  # fmt: skip
"""The shape of each class of event."""
PATHS = {
    "diamond": "M10 2.5 17.5 10 10 17.5 2.5 10Z",
    "square": "M4 4H16V16H4Z",
    "triangle": "M10 3 17.5 16H2.5Z",
    "hexagon": "M6.2 3.5H13.8L17.6 10 13.8 16.5H6.2L2.4 10Z",
    "cross": "M7.4 3H12.6V7.4H17V12.6H12.6V17H7.4V12.6H3V7.4H7.4Z",
    "circle": "M3.5 10a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0Z",
}
"""The shapes as SVG draws them, in a square of 20."""
CLASSES = {
    STRIKES: (
        "air_defence", "air_strike", "attack", "bombing", "chemical_attack", "cyberattack", "drone_strike",
        "explosion", "fire", "grenade_attack", "mine", "missile_strike", "power_cut", "property_damage", "shelling",
        "suicide_bombing", "weapon_intercepted", "weapon_test",
    ),
    FORCES: (
        "advance", "armed_clash", "base_established", "capture", "ceasefire_violation", "coup", "defection",
        "defence_strengthening", "disarmament", "group_change", "invasion", "mobilisation", "offensive", "repulse",
        "retake", "siege", "surrender", "withdrawal",
    ),
    HARM: (
        "atrocity", "attack_on_civilians", "casualties", "execution", "graves_found", "killing", "massacre",
        "sexual_violence", "shooting", "torture",
    ),
    HELD: (
        "abduction", "arrest", "capture_of_fighters", "displacement", "evacuation", "hijacking", "prisoner_exchange",
        "release",
    ),
    CROWDS: ("looting", "protest", "protest_dispersed", "riot"),
}  # fmt: skip
"""Which kinds of event are drawn alike. What is in none of these is `other`: talks, aid, sanctions, visits."""
CLASS_OF = {kind: name for name, kinds in CLASSES.items() for kind in kinds}
DENIED, UNVERIFIED, SEVERAL, ONE = "denied", "unverified", "several", "one"
TOLD = (DENIED, UNVERIFIED, SEVERAL, ONE)
"""How something is told, the first that fits: somebody denies it; somebody could not verify it; several origins tell
it; one origin tells it, or none is named."""
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Disputed:
    """Territory that several claim: what it is called, who claims it, by which listing that is said."""

    name: str
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    claimants: tuple[str, ...]
    source: str


BESIDES = {
    "Golan Heights": (("SY-QU",), ()), "West Bank": (("PS-WBK",), ()), "Gaza": (("PS-GZZ",), ()),
    "Kashmir": (("-99-X06~",), ()), "Northern Cyprus": (("-99-X04~",), ("CYN",)),
    "Somaliland": (("-99-X11~",), ("SOL",)), "Western Sahara": ((), ("SAH",)), "Kosovo": ((), ("KOS",)),
}  # fmt: skip
"""Regions and countries of the map's own data that are disputed territory, where their codes are not ISO's."""


def class_of(kind: str) -> str:
    """The class of a kind of event.

    >>> class_of("shelling"), class_of("talks")
    ('strikes', 'other')
    """
    return CLASS_OF.get(kind, OTHER)


def told_of(*, origins: int, denials: int, could_not_verify: int) -> str:
    """How something is told.

    >>> told_of(origins=3, denials=1, could_not_verify=2), told_of(origins=0, denials=0, could_not_verify=0)
    ('denied', 'one')
    """
    if denials:
        return DENIED
    if could_not_verify:
        return UNVERIFIED
    return SEVERAL if origins > 1 else ONE


def where_of(one: Happening) -> Where:
    """The place of an incident, as the export draws it. Where no report says of what level it is, it is an area."""
    return Where(
        one.place or "",
        one.level or "area",
        lat=one.lat,
        lon=one.lon,
        radius_km=one.radius_km,
        country=one.country,
        region=one.region,
    )


def features(rows: Sequence[Happening]) -> dict[str, Any]:
    """Incidents as a map takes them: each spot once, and each incident as a short row that names its spot.

    A spot is `[longitude, latitude, radius_km, name, region]`: without a radius it is a point; with a region it is that
    region. A row is `[spot, class, told, first day, last day, id]`, days counted from 1970 and half-open. A place that
    is spelled in several ways is one spot, under its fullest spelling.
    """
    numbers: dict[tuple[Any, ...], int] = {}
    names: list[str] = []
    told = []
    for one in rows:
        at = _spot(one)
        if at is None:
            continue
        how = told_of(origins=one.origins, denials=one.denials, could_not_verify=one.could_not_verify)
        name = one.place or ""
        number = numbers.setdefault((*at, folded(name)), len(numbers))
        if number == len(names):
            names.append(name)
        names[number] = min(names[number], name, key=fullest)
        days = (day_number(one.earliest), day_number(one.latest))
        told.append([number, list(SHAPES).index(class_of(one.kind)), TOLD.index(how), *days, one.id])
    spots = [[*at, name, region] for (*at, region, _), name in zip(numbers, names, strict=True)]
    return {"spots": spots, "rows": told}


def _spot(one: Happening) -> tuple[Any, ...] | None:
    at = spot(one.kind, where_of(one))
    if at is None:
        return None
    is_exact = at.lat == one.lat and at.lon == one.lon
    region = one.region if one.level == "region" and is_exact else None
    return round(at.lon, 4), round(at.lat, 4), at.radius_km, region


def day_number(iso: str | None) -> int | None:
    """The days since 1970 of an ISO time.

    >>> day_number("1970-01-03T04:00")
    2
    """
    if iso is None:
        return None
    return date.fromisoformat(iso[:10]).toordinal() - EPOCH


def disputed(knowledge: Knowledge) -> tuple[Disputed, ...]:
    """Territory that several claim, as the rows of the case have it."""
    return tuple(_disputed(row) for row in knowledge.rows("disputed"))


def _disputed(row: Any) -> Disputed:
    name = str(row["names"][0])
    regions, countries = BESIDES.get(name, ((), ()))
    return Disputed(
        name,
        (*row.get("regions", ()), *regions),
        (*row.get("countries", ()), *countries),
        tuple(row["claimants"]),
        str(row["source"]),
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """One spot with how many incidents are drawn there, for a page without scripts."""

    name: str
    lat: float
    lon: float
    radius_km: float | None  # None: a point
    count: int
    box: str  # what lies there, as an address asks for it
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    label: Label | None = None  # None: no side of it is free


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name is written in the picture: the middle, the start or the end of its line."""

    words: str
    x: float
    y: float
    anchor: str  # middle | start | end


WIDE, HIGH = 800, 420
LABELLED = 40
LETTER, LINE = 7.0, 14.0
"""About how wide a letter of a label is and how high its line, in units of the picture."""
Box = tuple[float, float, float, float]


def marked(spots: Sequence[Spotted]) -> tuple[Marked, ...]:
    """Spots as they are drawn, forces coarsened, the most told first, placed in a picture of `WIDE` by `HIGH`."""
    held: dict[tuple[float, float, float | None, str], int] = {}
    for one in spots:
        where = Where(one.place or "", one.level or "area", lat=one.lat, lon=one.lon, radius_km=one.radius_km)
        at = spot(FORCES_KINDS[0] if one.is_forces else "", where)
        if at is not None:
            key = at.lat, at.lon, at.radius_km, one.place or ""
            held[key] = held.get(key, 0) + one.count
    found = [_marked(*key, count) for key, count in held.items()]
    return _in_picture(sorted(found, key=lambda one: (-one.count, one.name, one.lat, one.lon)))


def _marked(lat: float, lon: float, radius: float | None, name: str, count: int) -> Marked:
    room = 0.126 if radius is not None else 0.001
    box = f"{lon - room:.4f},{max(-90.0, lat - room):.4f},{lon + room:.4f},{min(90.0, lat + room):.4f}"
    return Marked(name, lat, lon, radius, count, box)


def _in_picture(found: list[Marked]) -> tuple[Marked, ...]:
    if not found:
        return ()
    south, north = min(one.lat for one in found), max(one.lat for one in found)
    west, east = min(one.lon for one in found), max(one.lon for one in found)
    squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
    scale = min((WIDE - 80) / max(0.5, (east - west) * squeeze), (HIGH - 80) / max(0.5, north - south))
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return _labelled(
        replace(
            one,
            x=round(WIDE / 2 + (one.lon - middle_x) * squeeze * scale, 1),
            y=round(HIGH / 2 - (one.lat - middle_y) * scale, 1),
            size=round(min(26.0, 3.0 + 1.6 * math.sqrt(one.count)), 1),
        )
        for one in found
    )


def _labelled(found: Iterable[Marked]) -> tuple[Marked, ...]:
    """Names beside their spots, each at the first side where it covers no spot and no other name."""
    spots = tuple(found)
    taken = [(one.x - one.size, one.y - one.size, one.x + one.size, one.y + one.size) for one in spots]
    told: list[Marked] = []
    for one in spots:
        free = (label for label in _labels(one) if not any(overlap(box_of(label), held) for held in taken))
        label = next(free, None) if len(told) < LABELLED else None
        if label is not None:
            taken.append(box_of(label))
        told.append(replace(one, label=label))
    return tuple(told)


def _labels(one: Marked) -> Iterator[Label]:
    words = one.name if len(one.name) <= 24 else f"{one.name[:23]}…"
    away = one.size + 4
    yield Label(words, one.x, round(one.y - away, 1), "middle")
    yield Label(words, one.x, round(one.y + away + LINE * 0.7, 1), "middle")
    yield Label(words, round(one.x + away, 1), round(one.y + LINE * 0.3, 1), "start")
    yield Label(words, round(one.x - away, 1), round(one.y + LINE * 0.3, 1), "end")


def box_of(label: Label) -> Box:
    """About what room a name takes: left, top, right, foot."""
    long = LETTER * len(label.words)
    left = label.x - {"middle": long / 2, "start": 0, "end": long}[label.anchor]
    return left, label.y - LINE * 0.8, left + long, label.y + LINE * 0.2


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
