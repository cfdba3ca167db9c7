"""The bench of quantities reads NewsQuant as it is laid out, and counts one mark for one figure.

NewsQuant is not in this repository; what is held here is held on sentences of our own in its layout.
"""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from bench import quantities
from bench.newsquant import Marked, files, sentences
from bench.peers import quantulum
from bench.quantity_scores import Score, errors, figures

TEXT = "The ferry carried 30 nurses 5 to 7 km for $9 each."
ROWS = [
    {
        "text": TEXT,
        "quantities": [
            {
                "change": "=",
                "value": "30.0",
                "unit": "nurses",
                "normalized_unit": "Nurse",
                "referred_concepts": "ferry",
            },
            {"change": "=", "value": "5.0-7.0", "unit": "km", "normalized_unit": "kilometre", "referred_concepts": "-"},
            {"change": "=", "value": "9.0", "unit": "$", "normalized_unit": "dollar", "referred_concepts": "-"},
        ],
    },
    {"text": "Nobody came.", "quantities": []},
]


@pytest.fixture
def data(tmp_path):
    (tmp_path / "part.json").write_text(json.dumps(ROWS), encoding="utf-8")
    return tmp_path


# Reading


def test_a_range_is_two_values_and_a_unit_is_in_lower_case(data):
    (file,) = files(data)
    first, second = sentences(file)
    assert first.marked == (Marked(30, "nurse", "="), Marked((5, 7), "kilometre", "="), Marked(9, "dollar", "="))
    assert (second.text, second.marked) == ("Nobody came.", ())


def test_a_file_of_another_layout_is_told_as_such(tmp_path, capsys):
    (tmp_path / "other.json").write_text('[{"sentence": "Nobody came."}]', encoding="utf-8")
    assert quantities.main(["--data", str(tmp_path)]) == 1
    assert "not laid out like NewsQuant" in capsys.readouterr().err


def test_a_folder_without_the_set_is_told_as_such(tmp_path, capsys):
    assert quantities.main(["--data", str(tmp_path / "nowhere")]) == 1
    assert "satya77/CQE_Evaluation" in capsys.readouterr().err


# Scoring


def _scores(marked: list[Marked], found: list[Marked]) -> dict[str, float]:
    score = Score()
    score.add(marked, found)
    return figures(score)


NURSES = Marked(30, "nurse", "=")


@pytest.mark.parametrize(
    ("found", "value", "unit", "bound"),
    [
        (Marked(30, "nurse", "="), 100, 100, 100),
        (Marked(30.0002, "nurse", "="), 100, 100, 100),  # the same to 1 in 100,000
        (Marked(31, "nurse", "="), 0, 0, 0),
        (Marked(30, "people", "="), 100, 0, 100),
        (Marked(30, "nurse", "~"), 100, 100, 0),
        (Marked((30, 40), "nurse", "="), 0, 0, 0),  # a range is no number
    ],
)
def test_a_value_counts_and_its_unit_and_bound_with_it(found, value, unit, bound):
    scores = _scores([NURSES], [found])
    assert (scores["value"], scores["value_unit"], scores["value_bound"]) == (value, unit, bound)


def test_one_figure_serves_one_mark():
    assert _scores([Marked(1, "man", "="), Marked(1, "boat", "=")], [Marked(1, "man", "=")])["value"] == 66.7


def test_what_is_too_much_costs_precision_and_what_is_missed_recall():
    scores = _scores([NURSES, Marked(9, "dollar", "=")], [NURSES])
    assert (scores["value_precision"], scores["value_recall"]) == (100, 50)
    scores = _scores([NURSES], [NURSES, Marked(9, "dollar", "=")])
    assert (scores["value_precision"], scores["value_recall"]) == (50, 100)


def test_errors_are_told_as_sentences():
    found = [Marked(30, "people", "~"), Marked(9, "dollar", "=")]
    told = errors(TEXT, [NURSES, Marked(4, "km", ">")], found)
    assert [error.kind for error in told] == ["unit", "bound", "missed", "too much"]
    assert told[2].says == f"missed >4 km in: {TEXT}"


# End to end, and the peer


def test_the_bench_prints_one_object(data, capsys):
    assert quantities.main(["--data", str(data), "--json", "--no-peers", "--explain"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["bench"], told["n"], told["peers"]) == ("quantities", 2, {})
    assert (told["scores"]["value"], told["scores"]["value_unit"], told["scores"]["value_bound"]) == (100, 100, 100)


def test_a_score_below_its_floor_is_told(monkeypatch, data, capsys):
    """The floors hold for the default data: a set whose marks are all missed falls below any."""
    rows = [{"text": "Nobody came.", "quantities": ROWS[0]["quantities"]}]
    (data / "part.json").write_text(json.dumps(rows), encoding="utf-8")
    monkeypatch.setattr(quantities, "DATA", data)
    assert quantities.main(["--data", str(data), "--json", "--no-peers"]) == 1
    assert "Not held: value 0.0" in capsys.readouterr().err


def test_a_peer_that_is_not_installed_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(quantulum, "find_spec", lambda name: None)
    assert quantulum.measured([]) == "not installed: pip install quantulum3"


def test_the_peer_is_scored_on_the_middle_of_a_range(monkeypatch, data):
    def parse(text: str) -> list[SimpleNamespace]:
        if text.startswith("Nobody"):
            raise RuntimeError
        unit = SimpleNamespace(name="United States dollar")
        return [SimpleNamespace(value=6.0, unit=SimpleNamespace(name="kilometre")), SimpleNamespace(value=9, unit=unit)]

    peer = ModuleType("quantulum3")
    peer.parser, peer.classifier = SimpleNamespace(parse=parse), SimpleNamespace(USE_CLF=True)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "quantulum3", peer)
    monkeypatch.setattr(quantulum, "find_spec", lambda name: object())
    told = quantulum.measured(sentences(data / "part.json"))
    assert isinstance(told, dict)
    assert (told["scores"]["value_recall"], told["scores"]["value_unit_recall"]) == (66.7, 66.7)
    assert (told["refused"], "value_bound" in told["scores"]) == (1, False)
