"""A look at the first rows of an export: they are made as the writers make them, and no further than they are shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sayso.export import ftm, geojson, tables, webannotation

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
    columns, rows = READERS[form](whole, table)
    return Look(table, columns, rows, *whole.how_many())


Held = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def _csv(whole: Whole, table: str) -> Held:
    """The rows through a file of CSV in memory, so that each cell is as it is read again."""
    columns = whole.selection.fields(table, COLUMNS[table])
    file = io.StringIO(newline="")
    csv.DictWriter(file, columns).writerows(islice(tables.rows(whole, table), FEW))
    written = file.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")
    return columns, tuple(tuple(row) for row in csv.reader(io.StringIO(written, newline="")))


def _geojson(whole: Whole, _: str) -> Held:
    happened, others = geojson.features(whole)
    shown = (*happened, *others)[:FEW]
    return _table([{"geometry": _shape(one["geometry"]), **one["properties"]} for one in shown])


def _shape(geometry: dict[str, Any] | None) -> str:
    if geometry is None:
        return "null"
    held = geometry["coordinates"]
    return f"Point {held[0]}, {held[1]}" if geometry["type"] == "Point" else f"Polygon of {len(held[0])} corners"


def _webannotation(whole: Whole, _: str) -> Held:
    return _table(list(islice(webannotation.all_annotated(whole), FEW)))


def _ftm(whole: Whole, _: str) -> Held:
    return _table(list(islice(ftm.entities(whole), FEW)))


def _table(rows: list[dict[str, Any]]) -> Held:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return columns, tuple(tuple(_cell(row.get(name)) for name in columns) for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


READERS: Mapping[str, Callable[[Whole, str], Held]] = {
    "csv": _csv,
    "geojson": _geojson,
    "webannotation": _webannotation,
    "ftm": _ftm,
}
