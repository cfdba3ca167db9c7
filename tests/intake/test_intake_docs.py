"""The page on adding reports tells what the readers do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.intake.containers import json_items
from tests.intake.composing import opened_from

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "adding-reports.md").read_text(encoding="utf-8")
INTAKE = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "sayso" / "intake").rglob("*.py"))

KEYS = [
    ("text", (*json_items.TEXT, *json_items.HTML)),
    ("title", json_items.TITLE),
    ("address", json_items.URL),
    ("when it came out", json_items.PUBLISHED),
    ("publisher", json_items.PUBLISHER),
    ("writers", json_items.WRITERS),
    ("language", json_items.LANGUAGE),
]


def _names(row: str) -> list[str]:
    return re.findall(r"`([A-Za-z_]+)`", row)


@pytest.mark.parametrize(("what", "keys"), KEYS)
def test_the_keys_of_an_object_are_those_read(what: str, keys: tuple[str, ...]) -> None:
    """In the order in which they are tried."""
    row = next(line for line in DOC.splitlines() if line.startswith(f"| {what} |"))
    assert tuple(_names(row.replace("(a name, or an object with a `name`)", ""))) == keys


def test_every_problem_named_is_one_that_can_be_met() -> None:
    table = DOC.partition("| kind | met when |")[2].partition("\n\n")[0]
    named = [name for line in table.splitlines() for name in _names(line.split("|")[1] if "|" in line else "")]
    assert len(named) > 15
    assert [name for name in named if f'"{name}"' not in INTAKE] == []


def test_the_line_shown_is_read(tmp_path: Path) -> None:
    line = next(line for line in DOC.splitlines() if line.startswith('{"text"'))
    (part,) = opened_from(tmp_path, "a.jsonl", line).parts
    said = part.report.metadata
    assert (part.report.text, said.published, said.publisher) == ("Shells hit Dolna.", "2022-09-16", "Dolna Daily")
    assert part.report.problems == ()
