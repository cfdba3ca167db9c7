"""A first line that names who publishes a report is its masthead, and a headline is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page
from tests.marks import unmark

ROWS = ours().rows("en/masthead")
STORY = "Shells fell on the town late on Tuesday, killing three people, the mayor said."


def read(text: str) -> Page:
    return read_page(sealed(f"{text}\n\n{STORY}".encode(), media_type="text/plain"), Given(), ours())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"][:30])
def test_a_masthead_is_the_publisher(row: Mapping[str, Any]) -> None:
    marked = unmark(row["example"])
    page = read(marked.text)
    assert page.publisher is not None
    assert (page.publisher.name, page.publisher.span) == (marked.words("[")[0], marked.spans["["][0])
    assert not any(text in marked.text for text in (STORY[s.start : s.end] for s in page.sentences) if text)


@pytest.mark.parametrize("word", sorted({word for row in ROWS for word in row["words"]}))
def test_every_word_makes_a_masthead(word: str) -> None:
    page = read(f"Dolna {word}\n\nShells hit two blocks in Dolna")
    assert page.publisher is not None or " " in word
    page = read(f"{word} of Upland\n\nShells hit two blocks in Dolna")
    assert page.publisher is not None


@pytest.mark.parametrize("text", [text for row in ROWS for text in row["not"]])
def test_a_headline_is_no_masthead(text: str) -> None:
    page = read(text)
    assert page.publisher is None
    assert page.title is not None
    assert page.title.name == text.split("\n", maxsplit=1)[0]
