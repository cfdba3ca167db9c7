"""Every row of residue cuts what its example marks, and nothing of its counter-examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import CUT_REASONS, Given
from tests.marks import unmark

ROWS = ours().rows("en/residue")


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def cut(text: str) -> list[str]:
    page = read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())
    return [text[each.span.start : each.span.end] for each in page.cuts]


EXAMPLES = [(row, example) for row in ROWS for example in as_list(row["example"])]
COUNTER = [(row, example) for row in ROWS for example in as_list(row.get("not"))]
SETTING = "The road to the river was open, the mayor said.\n\n{}\n\nThe army gave no figure for its losses.\n"


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_a_row_cuts_its_example(row: Mapping[str, Any], example: str) -> None:
    marked = unmark(example)
    text = SETTING.replace("{}", marked.text)
    assert cut(text) == marked.words("{")
    assert row["why"] in CUT_REASONS


@pytest.mark.parametrize(("row", "example"), COUNTER)
def test_a_row_cuts_nothing_of_its_counter_example(row: Mapping[str, Any], example: str) -> None:
    assert cut(SETTING.replace("{}", example)) == []
