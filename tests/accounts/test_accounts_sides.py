"""For which side an official speaks, where only the words around them say it; and where nothing does."""

from __future__ import annotations

import pytest

from sayso.accounts.tellings import sayings
from tests.rows.reads import reading_of

# Why, the report, and the side that its words give to the one who speaks first.
SIDED = [
    ("a party's own region", "Shells hit a farm, said Ada Brun, the governor of Norway's Troms region.", "NOR"),
    ("before the name", "The governor of Norway's Troms region, Ada Brun, said shells hit a farm.", "NOR"),
    ("only a region", "Shells hit a farm, said Ada Brun, the governor of the Troms region.", None),
    (
        "another side beside it",
        "The Swedish-installed governor of Norway's Troms region, Ada Brun, said it was so.",
        None,
    ),
    ("no office", "Shells hit a farm, said Ada Brun, a singer from Norway's Troms region.", None),
    (
        "the heading's words",
        "Norway says 19 killed as shells hit market\n\nTROMS, March 4, 2024 - Shells hit a market in Troms on Monday, "
        "killing 19 people, the governor of the Troms region, Ada Brun, said.\n",
        "NOR",
    ),
    (
        "another's heading",
        "Norway says talks will go on\n\nTROMS, March 4, 2024 - Shells hit a market in Troms on Monday, "
        "killing 19 people, the governor of the Troms region, Ada Brun, said.\n",
        None,
    ),
]


@pytest.mark.parametrize(("text", "party"), [row[1:] for row in SIDED], ids=[row[0] for row in SIDED])
def test_a_side_is_told_by_words_or_not_at_all(text: str, party: str | None) -> None:
    first = next(one.speaker for one in sayings(reading_of(text)) if "Brun" in one.speaker.name)
    assert first.party == party
    assert (first.party_words is not None) == (party is not None)
