"""Every named change is told of its own example, and nothing of its counter-example."""

from __future__ import annotations

import pytest

from sayso.knowledge import ours
from sayso.record import CHANGES
from tests.drift.told import kinds, told

ROWS = ours().rows("en/drift")


def test_every_kind_has_its_row():
    assert [row["kind"] for row in ROWS] == list(CHANGES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kind"])
def test_the_example_is_told_as_this_change(row):
    assert row["kind"] in kinds(row["example"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kind"])
def test_of_the_counter_example_nothing_is_told(row):
    assert [change.says for change in told(row["not"])] == []
