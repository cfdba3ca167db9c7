"""Every row of en/number.toml does to its own example what it says, and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from tests.grounding.figured import figures_in
from tests.grounding.grounded import grounded
from tests.marks import unmark

ROWS = ours().rows("en/number")


def _of_kind(*kinds: str) -> list[object]:
    return [pytest.param(row, id=f"{row['kind']}: {row['words'][0]}") for row in ROWS if row["kind"] in kinds]


def _quantities(text: str):
    return grounded(text).quantities


@pytest.mark.parametrize("row", _of_kind("bound"))
def test_a_bound_is_read_and_taken_in(row):
    marked = unmark(row["example"])
    (quantity,) = _quantities(marked.text)
    assert [marked.text[quantity.span.start : quantity.span.end]] == marked.words("<")
    low, high, how = row["means"]
    assert (quantity.low, quantity.high) == (low if low != "" else None, high if high != "" else None)
    assert (quantity.low_open or quantity.high_open, quantity.approximate) == (how == "open", how == "about")


@pytest.mark.parametrize("row", _of_kind("vague"))
def test_a_vague_word_is_its_soft_interval(row):
    marked = unmark(row["example"])
    (quantity,) = _quantities(marked.text)
    assert (quantity.low, quantity.high, quantity.approximate) == (row["low"], row["high"], True)


@pytest.mark.parametrize("row", _of_kind("role"))
def test_a_role_is_what_the_words_say(row):
    (quantity,) = _quantities(unmark(row["example"]).text)
    assert quantity.role == row["role"]


@pytest.mark.parametrize("row", _of_kind("move"))
def test_a_rise_or_a_fall_is_a_change(row):
    text = unmark(row["example"]).text
    assert [quantity.role for quantity in _quantities(text)] == ["change"]
    assert [figure.bound for figure in figures_in(text)] == [row["move"]]


@pytest.mark.parametrize("row", _of_kind("not", "age", "aged", "subset", "revised", "zero", "one"))
def test_the_example_gives_what_its_kind_says(row):
    marked = unmark(row["example"])
    found = _quantities(marked.text)
    match row["kind"]:
        case "not" | "age":
            assert found == ()
        case "aged":
            assert [q.unit for q in found] == ["share"]
        case "revised":
            before, after = found
            assert (before.low, after.low, after.replaces) == (40, 80, before.id)
        case "subset":
            whole, part = found
            assert part.part_of == whole.id
        case "zero":
            assert [(q.low, q.high) for q in found] == [(0, 0)]
        case kind:
            assert kind == "one"
            assert [q.low for q in found] == [1]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['kind']}: {row['not']}") for row in ROWS if "not" in row])
def test_the_counter_example_is_left_alone(row):
    found = _quantities(unmark(row["not"]).text)
    match row["kind"]:
        case "role":
            assert all(quantity.role != row["role"] for quantity in found)
        case "not" | "age" | "aged":
            assert len(found) == 1
        case "revised":
            assert [(q.low, q.high) for q in found] == [(40, 80)]
        case "move":
            assert [quantity.role for quantity in found] == [None]
        case "bound" | "vague" | "zero" | "one":
            words = [word.lower() for word in row["words"]]
            text = unmark(row["not"]).text
            assert all(text[q.span.start : q.span.end].lower().split()[0] not in words for q in found)
            assert not (row["kind"] == "zero" and any(quantity.high == 0 for quantity in found))
        case kind:
            raise ValueError(f"no counter-example is known for {kind}")
