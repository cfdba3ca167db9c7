"""Every row of damage shows in its example, where it is marked, and stays quiet in its counter-examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.reading.condition import FAINT
from sayso.record import Condition, Given
from tests.marks import unmark

ROWS = ours().rows("en/damage")
OWNED = " This text was machine-translated."
"""Beside it faint signs show."""


def signs(text: str) -> tuple[Condition, ...]:
    page = read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())
    return tuple(sign for sign in page.condition if sign.kind != "do_not_quote")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"][:40])
def test_a_row_shows_in_its_example(row: Mapping[str, Any]) -> None:
    marked = unmark(row["example"])
    faint = row["weight"] < FAINT
    found = signs(marked.text + OWNED) if faint else signs(marked.text)
    (sign,) = (sign for sign in found if sign.says == row["says"])
    assert len(found) == (2 if faint else 1)
    assert sign.kind == row["kind"]
    assert [marked.text[span.start : span.end] for span in sign.spans] == marked.words("{")


@pytest.mark.parametrize("row", [row for row in ROWS if row["weight"] < FAINT], ids=lambda row: row["example"][:40])
def test_a_faint_row_is_quiet_in_a_sound_copy(row: Mapping[str, Any]) -> None:
    assert signs(unmark(row["example"]).text) == ()


@pytest.mark.parametrize("sentence", [sentence for row in ROWS for sentence in row["not"]])
def test_a_counter_example_shows_nothing(sentence: str) -> None:
    assert signs(sentence) == ()
    assert [sign.says for sign in signs(sentence + OWNED)] == ["The report says that a machine translated it."]
