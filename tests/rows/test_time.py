"""Every row of en/time.toml and known_dates.toml is read in its own example, and not in its counter-example."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from tests.grounding.grounded import UNKNOWN, grounded
from tests.marks import unmark

ROWS = ours().rows("en/time")
KNOWN = ours().rows("known_dates")
ZONES = ours().rows("time_zones")


def _param(row):
    return pytest.param(row, id=f"{row['kind']}: {row['words'][0]}")


@pytest.mark.parametrize("row", [_param(row) for row in ROWS if row["kind"] != "vague"])
def test_the_example_is_read(row):
    marked = unmark(row["example"])
    found = grounded(marked.text).moments
    assert [marked.text[m.span.start : m.span.end] for m in found] == marked.words("<")
    (moment,) = found
    if "timex" in row:
        assert moment.timex == row["timex"]
    match row["kind"]:
        case "mod" | "stage" | "measure":
            assert moment.mod == row["mod"]
        case "zone":
            assert moment.zone == row["zone"]
        case "set":
            assert moment.type == "SET"
        case "unit":
            assert moment.type == "DURATION"
        case _:
            assert moment.type in ("DATE", "TIME")


@pytest.mark.parametrize("row", [_param(row) for row in ROWS if row["kind"] == "vague"])
def test_vague_words_give_no_time(row):
    for word in row["words"]:
        assert grounded(f"The clinic was {word} shut.").moments == ()


@pytest.mark.parametrize("row", [_param(row) for row in ROWS if "not" in row])
def test_the_counter_example_is_left_alone(row):
    found = grounded(unmark(row["not"]).text).moments
    if row["kind"] in ("future", "pending", "extending", "closing", "appointment", "timetable"):
        assert found[0].timex == "2022-09-12"
    else:
        assert found == ()


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["date"])
def test_a_known_date_gets_its_year_only_where_the_text_names_it(row):
    marked = unmark(row["example"])
    moments = grounded(marked.text, UNKNOWN).moments
    assert [m.timex for m in moments if marked.text[m.span.start : m.span.end] in marked.words("<")] == [row["date"]]
    other = unmark(row["not"])
    assert all(m.timex != row["date"] for m in grounded(other.text, UNKNOWN).moments)


@pytest.mark.parametrize("row", ZONES, ids=lambda row: row["country"])
def test_local_time_is_that_of_the_place(row):
    marked = unmark(row["example"])
    (moment,) = grounded(marked.text).moments
    assert ([marked.text[moment.span.start : moment.span.end]], moment.zone) == (marked.words("<"), row["zone"])


def test_every_known_date_names_its_source():
    assert all(row.get("source") for row in KNOWN)
