"""What is counted: a figure of another word of its row is the same, one of another row is not."""

from __future__ import annotations

import pytest

from sayso.drift.lexicon import lexicon
from sayso.knowledge import ours
from sayso.values.stems import stem
from tests.drift.told import kinds
from tests.marks import unmark

ROWS = ours().rows("things_counted")
SENTENCE = "The report of the district tells of {} in all."


def in_sentences(example: str) -> str:
    """Two tellings, each in one and the same sentence."""
    return " -> ".join(SENTENCE.format(side) for side in unmark(example).text.split(" -> "))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_example_is_one_thing(row):
    assert "thing_counted_changed" not in kinds(in_sentences(row["example"]))


@pytest.mark.parametrize("row", [row for row in ROWS if "not" in row], ids=lambda row: row["id"])
def test_the_counter_example_is_two_things_or_not_known(row):
    found = lexicon(ours())
    one, two = (found.things.get(stem(side.split()[1])) for side in row["not"].split(" -> "))
    assert one == row["id"]
    assert two != one


def test_a_row_can_only_be_said_for_rows_that_there_are():
    known = {row["id"] for row in ROWS}
    assert all(set(row.get("fits", ())) <= known for row in ROWS)
