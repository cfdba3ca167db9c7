"""Every row of positions places the speaker that its example marks, and not the one of its counter-example."""

from __future__ import annotations

import pytest

from sayso.accounts.positions import position_by_words
from sayso.knowledge import ours
from tests.marks import unmark

ROWS = ours().rows("en/position")


def _who(example: str) -> str:
    return unmark(example).words("[")[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_the_words_place_the_speaker(row):
    met = position_by_words(_who(row["example"]), ours())
    assert met is not None
    assert met[0] == row["position"] and met[1] in row["words"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["not"])
def test_the_counter_example_is_not_placed(row):
    assert position_by_words(_who(row["not"]), ours()) is None
