"""A case's own rows: read over ours, and refused with words where they could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso
from sayso.knowledge import Knowledge
from sayso.problems import BadKnowledge

BAD = [
    ("parties.toml", '[[row]]\nid = "upland"\n', "has no 'kind'"),
    ("parties.toml", '[[row]]\nid = 5\nname = "Upland"\nkind = "state"\n', "'id' is 5"),
    ("parties.toml", '[[rows]]\nid = "upland"\n', "holds no rows"),
    ("parties.toml", "[[row]\n", "not valid TOML"),
    ("party.toml", '[[row]]\nid = "upland"\n', "we have no party.toml"),
]


@pytest.mark.parametrize(("name", "text", "says"), BAD, ids=[row[2] for row in BAD])
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadKnowledge, match=says):
        Knowledge((tmp_path,)).rows("parties")


def test_a_case_names_its_own_parties(tmp_path: Path) -> None:
    row = '[[row]]\nid = "upland"\nname = "Upland"\nkind = "state"\nalso = ["Upland army"]\n'
    (tmp_path / "parties.toml").write_text(row, encoding="utf-8")
    reading = sayso.read_text("The Upland army said the road was open.", knowledge=tmp_path)
    assert [source.party for source in reading.sources] == ["upland"]
