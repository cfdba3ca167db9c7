"""What goes out of real readings: every report of the sample fits the schema and makes a page."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

import sayso
from sayso.export.ink import columns
from sayso.export.record_json import as_json, as_line
from sayso.export.terminal import page
from sayso.record import Reading

SAMPLE = Path(str(resources.files("sayso").joinpath("sample")))
FILES = sorted(path.name for path in SAMPLE.iterdir() if path.suffix in (".txt", ".html"))
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))
CHECKED = jsonschema.Draft202012Validator(SCHEMA)


@cache
def _reading(name: str) -> Reading:
    return sayso.read(SAMPLE / name, knowledge=[SAMPLE / "knowledge"])


@pytest.mark.parametrize("name", FILES)
def test_every_reading_fits_the_schema(name: str) -> None:
    """As it is, and after a journey through text."""
    whole = as_json(_reading(name))
    assert [error.message for error in CHECKED.iter_errors(whole)] == []
    assert json.loads(as_line(_reading(name))) == whole


@pytest.mark.parametrize("name", FILES)
def test_every_id_that_is_pointed_at_is_there(name: str) -> None:
    """A link to nothing would be a lie told with brackets."""
    whole = as_json(_reading(name))
    parts = ("sections", "sources", "statements", "events", "places", "moments", "quantities")
    ids = [found["id"] for part in parts for found in whole[part]]
    assert len(ids) == len(set(ids))
    links = re.findall(r'"((?:sec|src|st|ev|p|m|q)\d+)"', as_line(_reading(name)))
    assert set(links) <= set(ids)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", FILES)
def test_every_reading_makes_a_page(name: str, width: int) -> None:
    """No line too wide, every statement and event there, each event with those who tell it."""
    reading = _reading(name)
    shown = page(reading, width=width)
    assert all(columns(line) <= width for line in shown.splitlines())
    for found in (*reading.statements, *reading.events):
        assert re.search(rf"\b{found.id}\b", shown)
    assert len(re.findall(r"^.*as told by\b", shown, re.MULTILINE)) >= len(reading.events)
