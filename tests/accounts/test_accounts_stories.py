"""Stories: reports of one happening are found among many, whatever the order they come in."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.accounts.story import StoryPrint, dumped, loaded, section_prints, story_keys, story_print
from sayso.accounts.story_gathering import Gathering
from sayso.accounts.story_pairs import same_story
from sayso.accounts.story_words import stem
from tests.rows.reads import reading_of

FERRY = [
    "A ferry with 140 people aboard sank off Zanzibar before dawn on Sunday. The Sea Star was on its way from Pemba "
    "to Stone Town when it capsized in high waves, the coast guard said. Divers brought 31 bodies ashore. Its captain, "
    "Juma Kombo, was among those rescued, port officials in Stone Town said.",
    "Rescuers in Zanzibar have pulled 31 bodies from the sea after the ferry Sea Star capsized on its way from Pemba. "
    "About 140 passengers were on board, said the coast guard. Captain Juma Kombo survived and is being questioned in "
    "Stone Town about the high waves that he sailed into.",
    'Survivors of the Sea Star told how waves turned the ferry over within minutes. "Kombo told us to stay below," a '
    "woman from Pemba said at a hospital in Stone Town, Zanzibar. Divers said the wreck held more of the passengers.",
]
BRIDGE = [
    "A footbridge collapsed in the Indian town of Morbal on Monday, throwing pilgrims into the Sabar river. Police "
    "said 52 were dead. The bridge had been reopened a week before by the contractor Devraj Shinde, who was arrested.",
    "Police in Morbal arrested the contractor Devraj Shinde after the footbridge over the Sabar gave way under "
    "pilgrims. The death toll rose to 54 on Tuesday, the town's hospital said.",
]
OTHER_FERRY = [
    "Nine people drowned when a ferry hit a sandbank in the Ganges delta near Barisal on Friday. The Rupali was "
    "carrying traders and cattle. Its captain, Anwar Mia, swam ashore and fled, police in Barisal said.",
    "Police in Barisal are looking for Anwar Mia, captain of the ferry Rupali, which struck a sandbank in the Ganges "
    "delta. Nine traders drowned, and two are missing.",
]
REPORTS = {
    f"{name}{number}": text
    for name, texts in (("a", FERRY), ("b", BRIDGE), ("c", OTHER_FERRY))
    for number, text in enumerate(texts)
}


@pytest.fixture(scope="module")
def prints() -> dict[str, StoryPrint]:
    return {name: story_print(reading_of(text)) for name, text in REPORTS.items()}


@pytest.mark.parametrize(("one", "two"), [("a0", "a1"), ("a0", "a2"), ("b0", "b1"), ("c0", "c1")])
def test_reports_of_one_happening_are_one_story(prints: dict[str, StoryPrint], one: str, two: str) -> None:
    same = same_story(prints[one], prints[two])
    assert same.same, same
    assert set(story_keys(prints[one])) & set(story_keys(prints[two]))


@pytest.mark.parametrize(("one", "two"), [("a0", "b0"), ("a0", "c0"), ("a1", "c1"), ("a2", "c0"), ("b1", "c1")])
def test_two_ferries_and_a_bridge_are_three(prints: dict[str, StoryPrint], one: str, two: str) -> None:
    same = same_story(prints[one], prints[two])
    assert not same.same, same


def test_every_reason_stands_where_it_says(prints: dict[str, StoryPrint]) -> None:
    texts = {prints[name].report: text for name, text in REPORTS.items()}
    reasons = same_story(prints["a0"], prints["a1"]).reasons
    assert {"shared_name", "shared_number"} <= {reason.name for reason in reasons}
    for reason in reasons:
        words = [texts[at.report][at.span.start : at.span.end] for at in (reason.here, reason.there) if at]
        assert len({stem(word) for word in words}) <= 1
        assert all(words)


def test_a_main_name_that_the_other_lacks_speaks_against(prints: dict[str, StoryPrint]) -> None:
    against = [reason for reason in same_story(prints["a0"], prints["c0"]).reasons if not reason.speaks_for]
    assert "name_missing" in {reason.name for reason in against}


def test_the_comparison_is_symmetric(prints: dict[str, StoryPrint]) -> None:
    for one, two in permutations(prints, 2):
        there, back = same_story(prints[one], prints[two]), same_story(prints[two], prints[one])
        assert there.score == pytest.approx(back.score)


def test_a_print_comes_back_from_its_bytes(prints: dict[str, StoryPrint]) -> None:
    for story in prints.values():
        assert loaded(dumped(story)) == story
        assert len(dumped(story)) < 3000


def test_the_order_of_adding_does_not_matter_and_adding_twice_changes_nothing(prints: dict[str, StoryPrint]) -> None:
    ids = {story.id: name for name, story in prints.items()}
    found = set()
    for order in ("a0a1a2b0b1c0c1", "c1b0a2c0a1b1a0", "b1b0c0c1a2a1a0"):
        gathering = Gathering()
        for name in [order[at : at + 2] for at in range(0, len(order), 2)] * 2:
            gathering.add(prints[name])
        found.add(frozenset(frozenset(ids[one] for one in group) for group in gathering.groups()))
    assert found == {frozenset({frozenset({"a0", "a1", "a2"}), frozenset({"b0", "b1"}), frozenset({"c0", "c1"})})}


def test_a_roundup_has_a_print_for_each_section() -> None:
    text = (
        "Shells hit Goma on Monday, the mayor said. Nine people died at the market.\n\nFERRY\n\n"
        f"{FERRY[0]}\n\nBRIDGE\n\n{BRIDGE[0]}\n"
    )
    roundup = reading_of(text)
    sections = section_prints(roundup)
    assert len(sections) == 3
    assert len({one.id for one in (*sections, story_print(roundup))}) == 4
    ferry = same_story(sections[1], story_print(reading_of(FERRY[1])))
    assert ferry.same
    assert not same_story(sections[2], story_print(reading_of(FERRY[1]))).same
    assert section_prints(reading_of(FERRY[0])) == ()


def test_an_address_of_the_web_is_no_word_of_a_story() -> None:
    plain = story_print(reading_of(FERRY[0]))
    linked = story_print(reading_of("https://news.example/zanzibar/ferry-capsized-kombo\n" + FERRY[0]))
    assert [(one.stem, one.count) for one in linked.terms] == [(one.stem, one.count) for one in plain.terms]
