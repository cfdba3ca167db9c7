"""Words that hold back, and verbs of saying: each example is told as a change, each counter-example as none."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from tests.drift.told import kinds

ROWS = ours().rows("en/certainty")
EXPECTED = {
    "hedge": {"hedge_lost"},
    "weak": {"act_weakened", "act_strengthened"},
    "strong": {"act_strengthened"},
    "plain": {"act_weakened"},
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['as']} {row['forms'][0]}")
def test_the_example_is_told_as_a_change_of_certainty(row):
    assert kinds(row["example"]) & EXPECTED[row["as"]]


@pytest.mark.parametrize("row", [row for row in ROWS if "not" in row], ids=lambda row: f"{row['as']} {row['forms'][0]}")
def test_of_the_counter_example_no_change_of_certainty_is_told(row):
    assert not kinds(row["not"]) & {"hedge_lost", "act_weakened", "act_strengthened"}


def test_no_form_stands_in_two_rows_of_one_sort():
    for is_hedge in (True, False):
        forms = [form for row in ROWS if (row["as"] == "hedge") == is_hedge for form in row["forms"]]
        assert sorted(forms) == sorted(set(forms))
