"""The stops of short forms end no sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given

ROWS = ours().rows("en/abbreviation")


def sentences(text: str) -> list[str]:
    page = read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())
    return [text[span.start : span.end] for span in page.sentences]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"][0])
def test_a_row_keeps_its_example_whole(row: Mapping[str, Any]) -> None:
    assert sentences(row["example"]) == [row["example"]]
    assert len(sentences(row["not"])) == 2


@pytest.mark.parametrize("word", [word for row in ROWS if row["before"] == "name" for word in row["words"]])
def test_every_word_before_a_name_holds(word: str) -> None:
    text = f"They met {word} Reva at the bridge."
    assert sentences(text) == [text]
