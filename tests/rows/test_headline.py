"""Every row of headlines is the word between a speaker's name and their words in a headline of ours."""

from __future__ import annotations

import pytest

from sayso.accounts.headline import verb_for
from sayso.knowledge import ours
from tests.marks import unmark

ROWS = ours().rows("en/headline")
LOADED = ("claims", "admits", "insists", "liberated", "regime", "terrorist", "boasts", "alleged that it")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["status"])
def test_the_row_gives_its_word(row):
    marked = unmark(row["example"])
    assert marked.words("{") == [verb_for(row["status"], ours(), several=False)]
    assert marked.text.startswith("Ada Brun ") and marked.text.endswith("”")


def test_our_words_take_no_side():
    assert [row["verb"] for row in ROWS if row["verb"] in LOADED or row["verbs"] in LOADED] == []
