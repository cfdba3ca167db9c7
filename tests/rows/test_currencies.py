"""Every row of currencies.toml gives its example the currency that it means."""

from __future__ import annotations

import pytest

from sayso.grounding.number_rows import units_of
from sayso.knowledge import ours
from tests.grounding.grounded import grounded
from tests.marks import unmark

ROWS = ours().rows("currencies")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["noun"])
def test_the_example_is_in_the_currency_that_it_means(row):
    marked = unmark(row["example"])
    (quantity,) = grounded(marked.text).quantities
    assert [marked.text[quantity.span.start : quantity.span.end]] == marked.words("<")
    assert quantity.unit == row["means"]


@pytest.mark.parametrize("row", [row for row in ROWS if "not" in row], ids=lambda row: row["noun"])
def test_the_counter_example_is_no_money(row):
    assert {quantity.unit for quantity in grounded(unmark(row["not"]).text).quantities} == {None}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["noun"])
def test_every_currency_is_a_unit(row):
    units = units_of(ours())
    assert {units[code].dimension[:5] for code in (row["noun"], *row["of"].values())} == {"money"}


def test_no_word_is_in_two_rows():
    names = [name for row in ROWS for name in row["names"]]
    assert sorted(names) == sorted(set(names))
