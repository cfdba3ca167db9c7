"""The bench of copies: which pairs it makes of the two sets, which it sets aside, and what it counts."""

import json
from pathlib import Path

import pytest

from bench import copies
from bench.copied import Text, cases_of, copied_words, read_sets, shares_wire_text, sorted_by_hand, typeset
from bench.peers import shingles
from tests.copies.telling import INDEPENDENT, OTHER, REWORDED, WIRE


def rendering(item: str, version: str, text: str) -> dict[str, object]:
    """A row of the layout of renderings."""
    return {"set": "news", "doc": f"news/{item}", "version": version, "text": text}


def report(doc: str, text: str, topic: str = "1") -> dict[str, object]:
    """A row of the layout of ECB+."""
    return {"doc": doc, "topic": topic, "event": f"{topic}x", "text": text}


ROWS = (
    rendering("port", "ref.A", WIRE),
    rendering("port", "sys.B", REWORDED),
    rendering("court", "ref.A", OTHER),
    rendering("court", "sys.B", OTHER.replace("threw out", "dismissed")),
    report("1_1x", f"http: / / news. example / port\n{WIRE}"),
    report(
        "1_2x", f'{INDEPENDENT} "The barley is black. The sacks burned with it. What shall we sow?" a farmer asked.'
    ),
    report("1_3x", f"{INDEPENDENT} {WIRE[:300]}"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both layouts."""
    for name, rows in (("reworded", ROWS[:4]), ("ecbplus", ROWS[4:])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "docs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_every_sort_of_pair_is_made_of_both_sets(folder: Path) -> None:
    kinds = {case.kind: case.is_copy for case in cases_of(read_sets(copies.files_in(folder)), frozenset())}
    assert kinds == {
        **dict.fromkeys(("whole", "cut", "half", "blend", "wire"), True),
        **dict.fromkeys(("made_whole", "made_cut", "made_half", "made_blend"), True),
        **dict.fromkeys(("independent", "other_item", "independent_blend"), False),
        "independent_quoting": False,
    }


def test_the_same_data_makes_the_same_pairs(folder: Path) -> None:
    def made() -> list[tuple[str, str, bytes]]:
        sets = read_sets(copies.files_in(folder))
        return [(case.kind, case.says, case.there.tokens.tobytes()) for case in cases_of(sets, frozenset())]

    assert made() == made()


@pytest.mark.parametrize("name", ["reworded", "ecbplus", "ecbplus/docs.jsonl"])
def test_one_set_alone_can_be_measured(folder: Path, name: str) -> None:
    files = copies.files_in(folder / name)
    assert len(files) == 1
    assert list(cases_of(read_sets(files), frozenset()))


def test_a_row_of_another_layout_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "docs.jsonl"
    file.write_text(json.dumps(report("1_1x", WIRE)) + '\n{"text": "It rained."}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2.*topic and event"):
        read_sets([file])


def texts(one: str, two: str) -> tuple[Text, Text]:
    """Two texts of one event."""
    return Text("1_1x", "topic 1", "1x", one), Text("1_2x", "topic 1", "1x", two)


def test_pairs_sorted_by_hand_are_no_independent_ones(folder: Path) -> None:
    sets = read_sets(copies.files_in(folder))
    kinds = {case.says: case.kind for case in cases_of(sets, frozenset({frozenset(("1_1x", "1_2x"))})) if case.says}
    assert kinds["1_1x and 1_2x"] == "rewritten"


def test_what_stands_in_both_in_a_long_run_is_no_independent_pair() -> None:
    assert shares_wire_text(*texts(WIRE, f"{INDEPENDENT} {WIRE[:120]}"))
    assert not shares_wire_text(*texts(WIRE, INDEPENDENT))


def test_a_quotation_is_no_wire_text() -> None:
    quoted = "“We will rebuild the elevator stone by stone, and we will do it before the geese come back,” she said."
    pair = texts(f"It rained. {quoted}", f"Snow fell. {quoted}")
    assert copied_words(*pair) == (2, 2)  # "she said"
    assert not shares_wire_text(*pair)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("`` We left, '' he said.", "“We left,” he said."),
        ('" We left, " he said.', "“We left,” he said."),
        ('He said: "We left. "', "He said: “We left.”"),
        ("One line.\nAnd one more.", "One line. And one more."),
    ],
)
def test_texts_of_ecb_are_set_as_they_were_printed(given: str, wanted: str) -> None:
    assert typeset(given) == wanted


def test_pairs_sorted_by_hand_are_names_of_two_documents() -> None:
    found = sorted_by_hand()
    assert found
    assert all(len(pair) == 2 and all("ecb" in name and " " not in name for name in pair) for pair in found)


def test_the_figures_are_percent_of_pairs_linked(folder: Path) -> None:
    result, judged = copies.run(copies.files_in(folder), with_peers=True, crossed=False)
    of_whole = [one.is_linked for one in judged if one.case.kind == "whole"]
    assert result["scores"]["whole"] == round(100 * sum(of_whole) / len(of_whole), 1) == 100.0
    assert result["scores"]["other_item"] == 0.0
    assert set(result["peers"]) == {"5-gram Jaccard", "rensa"}


def test_shingles_find_what_was_copied_word_for_word_alone() -> None:
    pairs: list[shingles.Pair] = [
        ("whole", True, (WIRE, WIRE)),
        ("cut", True, (WIRE, REWORDED)),
        ("independent", False, (WIRE, INDEPENDENT)),
    ]
    for peer in shingles.measured(pairs).values():
        if isinstance(peer, dict):
            assert peer["scores"] == {"whole": 100.0, "cut": 0.0, "independent": 0.0}


def test_missing_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copies.main(["--data", str(tmp_path)]) == 1
    assert "reworded/docs.jsonl" in capsys.readouterr().err
