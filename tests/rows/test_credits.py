"""Every row of credits finds the credit and the names its example marks, and none in its counter-examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page
from tests.marks import unmark

ROWS = ours().rows("en/credits")
STORY = "The road to the river was open on Tuesday, the mayor said.\n\nThe army gave no figure for its losses."


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def placed(row: Mapping[str, Any], example: str) -> str:
    """Where such a credit stands: under the title, or at the end."""
    if row["where"] in ("line", "top"):
        return f"Shells hit Dolna\n\n{example}\n\n{STORY}"
    return f"Shells hit Dolna\n\n{STORY}\n\n{example}"


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


EXAMPLES = [(row, example) for row in ROWS for example in as_list(row["example"])]
COUNTER = [(row, example) for row in ROWS for example in as_list(row.get("not"))]


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_a_row_finds_its_credit(row: Mapping[str, Any], example: str) -> None:
    marked = unmark(example)
    text = placed(row, marked.text)
    page = read(text)
    if row["role"] == "caption":
        assert page.credits == ()
        assert not any(text[span.start : span.end] in marked.text for span in page.sentences)
        assert all(section.heading is None for section in page.sections)
        return
    found = " ".join(text[span.start : span.end] for span in page.credits)
    assert found == " ".join(marked.words("{")), "the credit itself"
    assert page.cuts == ()
    assert not any(text[span.start : span.end] in found for span in page.sentences)
    match row["role"]:
        case "writers" | "editors" | "contributors":
            people = {named.name for named in (*page.writers, *page.editors, *page.contributors)}
            assert people == set(marked.words("["))
            if example.count("[") == len(getattr(page, row["role"])):
                assert {named.name for named in getattr(page, row["role"])} == set(marked.words("["))
        case "agencies":
            spans = {text[named.span.start : named.span.end] for named in page.agencies if named.span}
            assert spans == set(marked.words("["))
        case "published" | "updated":
            assert (page.published.earliest, page.published.basis) == ("2022-09-16", "dateline")


@pytest.mark.parametrize(("row", "example"), COUNTER)
def test_a_row_finds_nothing_in_its_counter_example(row: Mapping[str, Any], example: str) -> None:
    page = read(placed(row, example))
    assert page.credits == ()
    assert page.writers + page.editors + page.contributors == ()
