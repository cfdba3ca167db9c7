"""The bench of incidents counts what it says, reads what it is given, and says what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.grouping import b_cubed
from bench.incidents import documents, main, ordered

RIGHT = {"a": "x", "b": "x", "c": "y", "d": "y"}

# Why, the groups found, precision, recall, torn and merged.
GROUPINGS = [
    ("all right", {"a": 1, "b": 1, "c": 2, "d": 2}, 1.0, 1.0, 0, 0),
    ("all in one", dict.fromkeys("abcd", 1), 0.5, 1.0, 0, 1),
    ("each alone", {"a": 1, "b": 2, "c": 3, "d": 4}, 1.0, 0.5, 2, 0),
    ("one astray", {"a": 1, "b": 1, "c": 1, "d": 2}, 2 / 3, 3 / 4, 1, 1),
]


@pytest.mark.parametrize(
    ("groups", "precision", "recall", "torn", "merged"),
    [case[1:] for case in GROUPINGS],
    ids=[case[0] for case in GROUPINGS],
)
def test_both_errors_are_counted(
    groups: dict[str, int], precision: float, recall: float, torn: int, merged: int
) -> None:
    found = b_cubed(groups, RIGHT)
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))
    assert (found.torn, found.merged) == (torn, merged)


def test_documents_are_read_from_a_file_a_folder_or_its_splits(tmp_path: Path) -> None:
    lines = [json.dumps({"doc": f"d{number}", "topic": "1", "event": "e", "text": "Nothing."}) for number in range(5)]
    split = tmp_path / "dev"
    split.mkdir()
    (split / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for data in (tmp_path, split, split / "docs.jsonl"):
        assert [one.name for one in documents(data)] == ["d0", "d1", "d2", "d3", "d4"]
    read = documents(tmp_path)
    assert sorted(one.name for one in ordered(read, 1)) == [one.name for one in read]
    assert len({tuple(one.name for one in ordered(read, order)) for order in range(5)}) > 1


def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs.jsonl").write_text(
        '{"doc": "d1", "event": "e", "text": "Nothing."}\n{"doc": 2}\n', encoding="utf-8"
    )
    assert main(["--data", str(tmp_path)]) == 1
    assert "docs.jsonl, line 2" in capsys.readouterr().err
    assert main(["--data", str(tmp_path / "nowhere")]) == 1
    assert "ECB+" in capsys.readouterr().err
