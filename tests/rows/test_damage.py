"""Every row of damage shows in its example, where it is marked, and stays quiet in its counter-examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Condition, Given
from tests.marks import unmark

ROWS = ours().rows("en/damage")


def signs(text: str) -> tuple[Condition, ...]:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours()).condition


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"][:40])
def test_a_row_shows_in_its_example(row: Mapping[str, Any]) -> None:
    marked = unmark(row["example"])
    (sign,) = signs(marked.text)
    assert (sign.kind, sign.says) == (row["kind"], row["says"])
    assert [marked.text[span.start : span.end] for span in sign.spans] == marked.words("{")


@pytest.mark.parametrize("sentence", [sentence for row in ROWS for sentence in row["not"]])
def test_a_counter_example_shows_nothing(sentence: str) -> None:
    assert signs(sentence) == ()
