"""Every unit's own example is read as that unit, all of it; a duration in the wide layer alone."""

from __future__ import annotations

import pytest

from sayso.grounding.number_rows import TIMES
from sayso.knowledge import ours
from sayso.values.quantity import Unit, convert
from tests.grounding.figured import figures_in
from tests.grounding.grounded import grounded
from tests.marks import unmark

ROWS = ours().rows("units")
MEASURES = [row for row in ROWS if row["dimension"] not in TIMES]
LENGTHS_OF_TIME = [row for row in ROWS if row["dimension"] in TIMES]


@pytest.mark.parametrize("row", LENGTHS_OF_TIME, ids=lambda row: row["code"])
def test_a_duration_is_no_quantity_and_a_figure_of_the_wide_layer(row):
    marked = unmark(row["example"])
    assert grounded(marked.text).quantities == ()
    (figure,) = figures_in(marked.text)
    assert marked.text[figure.span.start : figure.span.end] == marked.words("<")[0]
    assert figure.unit == row.get("called", row["names"][0])


@pytest.mark.parametrize("row", MEASURES, ids=lambda row: row["code"])
def test_the_example_is_read_in_its_unit(row):
    marked = unmark(row["example"])
    found = [q for q in grounded(marked.text).quantities if q.unit == row["code"]]
    assert [marked.text[q.span.start : q.span.end].removeprefix("Some ") for q in found] == marked.words("<")


def test_no_name_stands_for_two_units():
    """A name in two rows would be read as the later one without a word."""
    names = [name for row in ROWS for name in row["names"]]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("value", "code", "into", "expected"),
    [
        (1, "mi", "km", 1.609344),
        (1, "ac", "m2", 4046.8564224),
        (9000, "km2", "mi2", 3474.9194),
        (1, "lb", "kg", 0.45359237),
    ],
)
def test_factors_are_exact(value, code, into, expected):
    units = {row["code"]: Unit(row["code"], row["dimension"], row["factor"], row["symbol"]) for row in ROWS}
    assert convert(value, units[code], units[into]) == pytest.approx(expected, rel=1e-7)
