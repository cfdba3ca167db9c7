"""The advice not to quote a copy: where its signs weigh enough together, over the words that warrant it."""

from __future__ import annotations

import pytest

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Page

SOUND = (
    "Shells hit two blocks in Dolna late on Tuesday, killing three people, the mayor said. The road is open.\n\n"
    "The Upland army gave no figure for its own losses. It seldom does, and it did not say why."
)
TWO_SIGNS = f"{SOUND} Trains from Kiev stopped, and buses to Kyiv left late. The mayor told Telegram that all is well."
LEFTOVERS = "The road is open. Sign up for our free morning newsletter The mayor said so, and the guards left at noon."


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8"), Given(), ours())


def kinds(text: str) -> list[str]:
    return [sign.kind for sign in read(text).condition]


WARNED = [
    TWO_SIGNS,
    f"{SOUND}\n\nThe Joined Countries called for a truce.",
    f"{SOUND} {LEFTOVERS} Report by Ana Reva and Tom Hale; edited by Ilse Kern",
    f"{SOUND} The port 【Dolna】 was shut.",
    f"{SOUND} Oleg Marinsky spoke, and later Marinskiy left. Then Ivan Sadovsky wept, and so Sadovskiy went home.",
    f"{SOUND} They went over the old bridge over the old bridge, and the mayor told Telegram so.",
]
NOT_WARNED = [
    SOUND,
    f"{SOUND} {LEFTOVERS}",
    f"{SOUND} {LEFTOVERS} The army that came to the town",
    f"{SOUND} Trains from Kiev stopped, and buses to Kyiv left late.",
    f"{SOUND} The mayor told Telegram executives that all is well.",
    f"{SOUND}\n\nReporting by Ana Reva and Tom Hale; Editing by Ilse Kern",
    f"{SOUND} “They came, they came, they came,” she said. “No, no, no.”",
    f"{SOUND} He has no weapon. He has no weapon.",
]


@pytest.mark.parametrize("text", WARNED)
def test_a_copy_worded_anew_is_not_to_be_quoted(text: str) -> None:
    assert kinds(text)[0] == "do_not_quote"


@pytest.mark.parametrize("text", NOT_WARNED)
def test_a_sound_or_merely_cut_copy_may_be_quoted(text: str) -> None:
    assert "do_not_quote" not in kinds(text)


def test_the_advice_points_at_the_words_that_warrant_it() -> None:
    page = read(TWO_SIGNS)
    advice = page.condition[0]
    assert [TWO_SIGNS[span.start : span.end] for span in advice.spans] == ["Kiev", "Kyiv", "told Telegram"]
    assert advice.says.startswith("Do not quote this copy verbatim")


def test_faint_signs_show_only_beside_the_advice() -> None:
    mixed = " The neighbours left, and other neighbors came back."
    assert kinds(SOUND + mixed) == []
    assert len(kinds(TWO_SIGNS + mixed)) == len(kinds(TWO_SIGNS)) + 1


def test_a_heading_is_doubted_only_in_a_copy_that_shows_rewording() -> None:
    headed = f"{SOUND}\n\nRIVER OF BRIDGES\n\nThe river rose at noon. Nobody was hurt, and nobody left the town for it."
    assert "heading_damaged" not in kinds(headed)
    assert "heading_damaged" in kinds(headed + " The mayor told Telegram that all is well.")


def test_one_family_in_two_letters_is_one_name_and_two_families_are_two() -> None:
    assert kinds(f"{SOUND} The envoy Oleg Marinsky spoke. Later Marinskiy left.") == ["reworded"]
    assert kinds(f"{SOUND} The envoy Janet Yellen spoke. Later Maria Ellen left.") == []
