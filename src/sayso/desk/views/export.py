"""A look at the first rows of an export: the same writers write them, into a folder that is thrown away."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sayso.export import geojson, tables
from sayso.export.exporting import FORMATS

if TYPE_CHECKING:
    from sayso.export.exporting import Whole

FEW = 5
"""Rows that are looked at."""
ENOUGH = {"tellings": 2, "accounts": 2, "matrix": 2, "origins": 3}
"""Incidents that have so many rows of a table."""
COLUMNS: Mapping[str, tuple[str, ...]] = {**tables.COLUMNS, "properties": geojson.PROPERTIES}
TABLES: Mapping[str, tuple[str, ...]] = {
    "csv": tuple(tables.COLUMNS),
    "geojson": ("properties",),
    "webannotation": ("annotations",),
    "ftm": ("entities",),
}
"""What of a format can be looked at; of what is in `COLUMNS` the columns can be chosen."""


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows of one table of an export, and how many incidents and reports are gone through for all of it.

    `reports` is None where they are too many to count.
    """

    table: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    incidents: int = 0
    reports: int | None = 0


def moved(names: tuple[str, ...], one: str, by: int) -> tuple[str, ...]:
    """The names with one of them a place further on among those of its table; it stays where there is no such place.

    >>> moved(("incidents.kind", "origins.name", "incidents.place"), "incidents.place", -1)
    ('incidents.place', 'origins.name', 'incidents.kind')
    """
    mine = [at for at, name in enumerate(names) if name.partition(".")[0] == one.partition(".")[0]]
    now = next((n for n, at in enumerate(mine) if names[at] == one), None)
    if now is None or not 0 <= now + by < len(mine):
        return names
    told = list(names)
    here, there = mine[now], mine[now + by]
    told[here], told[there] = told[there], told[here]
    return tuple(told)


def looked_at(whole: Whole, form: str, table: str) -> Look:
    """The first rows of a table. Raises `NotExported`."""
    with TemporaryDirectory(prefix="sayso-look-") as name:
        folder = Path(name)
        FORMATS[form]()(whole, folder)
        columns, rows = READERS[form](folder, table)
    return Look(table, columns, rows, *whole.how_many())


Held = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def _csv(folder: Path, table: str) -> Held:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = tuple(next(reader))
        return columns, tuple(tuple(row) for row in islice(reader, FEW))


def _geojson(folder: Path, _: str) -> Held:
    features: list[dict[str, Any]] = []
    for name in ("incidents.geojson", "did-not-happen.geojson"):
        features += json.loads((folder / name).read_text(encoding="utf-8"))["features"]
    return _table([{"geometry": _shape(one["geometry"]), **one["properties"]} for one in features[:FEW]])


def _shape(geometry: dict[str, Any] | None) -> str:
    if geometry is None:
        return "null"
    held = geometry["coordinates"]
    return f"Point {held[0]}, {held[1]}" if geometry["type"] == "Point" else f"Polygon of {len(held[0])} corners"


def _lines(folder: Path, _: str) -> Held:
    (path,) = folder.iterdir()
    with path.open(encoding="utf-8") as file:
        return _table([json.loads(line) for line in islice(file, FEW)])


def _table(rows: list[dict[str, Any]]) -> Held:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return columns, tuple(tuple(_cell(row.get(name)) for name in columns) for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


READERS = {"csv": _csv, "geojson": _geojson, "webannotation": _lines, "ftm": _lines}
