"""The weights that ship fit the code that uses them, and others are refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from sayso.copies.alike import FEATURES
from sayso.copies.likeness import TRAITS
from sayso.copies.words import number_of, stem
from sayso.models import copies, rarities
from sayso.problems import WrongModel
from training.copies import counted, fitted


def test_each_weight_has_the_name_of_what_it_weighs() -> None:
    held = json.loads(copies.PATH.read_text(encoding="utf-8"))
    for part, names in (("sentences", FEATURES), ("reports", TRAITS)):
        assert tuple(held[part]["names"]) == names
        assert len(held[part]["weights"]) == len(names)


@pytest.mark.parametrize("module", [copies, rarities])
def test_other_weights_are_refused(module: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "weights"
    load = copies.copy_weights if module is copies else rarities._table
    load.cache_clear()
    monkeypatch.setattr(module, "PATH", file)
    for state in ("missing", "different"):
        with pytest.raises(WrongModel, match=state):
            load()
        file.write_text("{}", encoding="utf-8")
    monkeypatch.undo()
    assert load()


def test_rare_words_weigh_more_than_common_ones() -> None:
    common, rare = (rarities.rarity(number_of(stem(word))) for word in ("announced", "bakery"))
    assert common is not None
    assert rare is not None
    assert common < rare < rarities.rarity_of_unknown()


def test_words_are_counted_by_the_texts_that_hold_them() -> None:
    texts = ["the dam broke and the dam fell", "the dam held", "the dam held again", "the tug sank", "the tug sank"]
    table, unknown = counted(iter([*texts, *["the rain fell on"] * 5]))
    assert table[number_of("the")] == 0  # everywhere
    assert table[number_of("dam")] == 0  # three of ten
    assert number_of("tug") not in table  # in fewer than three
    assert unknown == round(16 * np.log(20))


def test_a_regression_finds_what_tells_two_sorts_apart() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(400, 3))
    answers = (rows[:, 1] > 0.5).astype(float)
    weights, bias = fitted(rows, answers)
    told = (rows @ weights + bias > 0).astype(float)
    assert (told == answers).mean() > 0.97
    assert abs(weights[1]) > 5 * max(abs(weights[0]), abs(weights[2]))
