"""The pairs of bench.names: they are read as they are marked, what is reached does not slip, and no two are merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.names import DATA, HERE, Pair, main, pairs_in, run, scored, sha256_of
from sayso.record import Span

FLOORS: dict[str, float] = json.loads((HERE / "bench" / "floors.json").read_text(encoding="utf-8"))["names"]


def test_names_are_taken_for_one_no_worse_than_the_floors() -> None:
    """And no two are ever taken for one."""
    pairs = pairs_in(DATA)
    result, says = run(pairs, sha256_of([DATA]), with_peers=False)
    assert len(pairs) >= 240
    assert result["scores"]["false_merges"] == 0, says
    below = {name: result["scores"][name] for name, floor in FLOORS.items() if result["scores"][name] < floor}
    assert below == {}, says


def test_there_are_about_as_many_to_keep_apart_as_to_put_together() -> None:
    """Else a program that merges all, or nothing, would look well."""
    pairs = pairs_in(DATA)
    assert 0.4 <= sum(pair.same for pair in pairs) / len(pairs) <= 0.6


def _file(folder: Path, text: str) -> Path:
    path = folder / "pairs.toml"
    path.write_text(f'[[pair]]\nhabit = "x"\nkind = "person"\nsame = true\ntext = "{text}"\n', encoding="utf-8")
    return path


def test_the_marks_are_taken_out_and_the_names_are_where_they_were(tmp_path: Path) -> None:
    (pair,) = pairs_in(_file(tmp_path, "[Ana Reva] spoke. Later [Reva] left."))
    assert pair == Pair("x", "person", True, True, "Ana Reva spoke. Later Reva left.", (Span(0, 8), Span(22, 26)))
    assert pair.names == ("Ana Reva", "Reva")
    assert pairs_in(tmp_path) == [pair]


@pytest.mark.parametrize("text", ["Ana Reva spoke.", "[Ana Reva] spoke.", "[Ana] and [Reva] met [Eva]."])
def test_a_text_without_two_names_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="two names"):
        pairs_in(_file(tmp_path, text))


def test_merging_two_and_parting_one_are_both_errors_and_only_the_first_is_a_false_merge() -> None:
    one = Pair("x", "person", True, True, "A. A.", (Span(0, 1), Span(3, 4)))
    two = Pair("x", "person", False, False, "A. B.", (Span(0, 1), Span(3, 4)))
    scores, says = scored([one, two], [False, True], [True, False])
    assert (scores["report"], scores["bare"], scores["false_merges"]) == (0.0, 100.0, 1)
    assert [said.split(":")[1] for said in says] == [" kept apart though one", " merged though two"]


def test_missing_pairs_are_a_sentence_and_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err
