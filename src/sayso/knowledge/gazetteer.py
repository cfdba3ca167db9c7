"""The gazetteer: countries, regions, districts and towns of the world, one SQLite file that the package build makes.

It is opened read-only, once a process. `hatch_build.py` at the root makes it and says from what.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sayso.problems import BadKnowledge

FILE = "gazetteer.sqlite"
MARKS = re.compile(r"[\W_]+")
DROPPED = re.compile(r"['’`ʼʹ]")
ARTICLES = ("al", "el", "an", "ar", "as", "ash", "at", "ad", "az", "en", "er", "es", "ed", "et", "ez")
COLUMNS = "place.id, kind, place.name, country, region, lat, lon, population, radius, geonames, names.main"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the gazetteer. `main` says whether the name asked for is its first one."""

    id: int
    kind: str  # country | region | district | town
    name: str
    country: str  # ISO 3166 alpha-3
    region: str | None  # ISO 3166-2
    lat: float | None
    lon: float | None
    population: int
    radius: float | None  # kilometres
    geonames: int | None
    main: int  # 1 or 0


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """What the gazetteer holds of a country beside its place."""

    code: str
    capital: str
    area_km2: float | None
    neighbours: tuple[str, ...]


def folded(name: str) -> str:
    """A name without case, accents, apostrophes, hyphens or dots, as the gazetteer keys it.

    >>> folded("Saint-Étienne"), folded("St. Louis"), folded("Sana'a")
    ('saint etienne', 'saint louis', 'sanaa')
    """
    plain = unicodedata.normalize("NFKD", DROPPED.sub("", name.casefold()))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = MARKS.sub(" ", plain).split()
    return " ".join("saint" if word == "st" else word for word in words)


class Gazetteer:
    """Look-ups by name. Every answer is in a fixed order: the most peopled first."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadKnowledge(
                f"The gazetteer {path.name} is missing from the package. "
                "Install Sayso again, or run `python hatch_build.py` at the root of its source."
            )
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.find = lru_cache(maxsize=65_536)(self._find)

    def _find(self, name: str) -> tuple[Listed, ...]:
        """Everything listed under a name, the most peopled first."""
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM names JOIN place ON place.id = names.place WHERE names.name = ? "
            "ORDER BY population DESC, place.id",
            (folded(name),),
        )
        return tuple(Listed(*row) for row in rows)

    def find_by_article(self, name: str) -> tuple[Listed, ...]:
        """What is listed under a name with another Arabic article, or with one more or less: "Qamishli"."""
        first, _, rest = folded(name).partition(" ")
        bare = rest if first in ARTICLES and rest else folded(name)
        found = {
            row.id: row for form in (bare, *(f"{article} {bare}" for article in ARTICLES)) for row in self.find(form)
        }
        return tuple(sorted(found.values(), key=lambda row: (-row.population, row.id)))

    @cache  # noqa: B019 - one gazetteer lives as long as the process
    def country(self, code: str) -> Listed | None:
        """The country of an alpha-3 code."""
        return self._one("kind = 'country' AND country = ?", code)

    @cache  # noqa: B019
    def region(self, code: str) -> Listed | None:
        """The region of an ISO 3166-2 code."""
        return self._one("kind = 'region' AND region = ?", code)

    @cache  # noqa: B019
    def numbered(self, geonames: int) -> Listed | None:
        """What has a number on GeoNames."""
        return self._one("geonames = ?", geonames)

    @cache  # noqa: B019
    def facts(self, code: str) -> CountryFacts | None:
        """Capital, area and neighbours of the country of an alpha-3 code."""
        row = self._db.execute("SELECT code, capital, area, neighbours FROM facts WHERE code = ?", (code,)).fetchone()
        return CountryFacts(row[0], row[1], row[2], tuple(row[3].split())) if row else None

    def country_names(self) -> tuple[tuple[str, str], ...]:
        """The alpha-3 code and the first name of every country."""
        rows = self._db.execute("SELECT country, name FROM place WHERE kind = 'country' ORDER BY country, id")
        return tuple((code, name) for code, name in rows)

    def _one(self, where: str, value: str | int) -> Listed | None:
        row = self._db.execute(
            f"SELECT {COLUMNS.replace('names.main', '1')} FROM place WHERE {where} "
            "ORDER BY population DESC, id LIMIT 1",
            (value,),
        ).fetchone()
        return Listed(*row) if row else None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process. Raises `BadKnowledge`, with what to do, where its file is missing."""
    return Gazetteer(Path(__file__).with_name(FILE))
