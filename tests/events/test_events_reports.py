"""Whole short reports: what is one event, who takes part, and what a teller commits to."""

from __future__ import annotations

from functools import cache

import pytest

import sayso
from sayso.record import Event, Reading


@cache
def reading_of(text: str) -> Reading:
    """The reading of a short report, read once."""
    return sayso.read_text(text)


def words(text: str, event: Event) -> tuple[str, ...]:
    """The first word of each mention of an event, in the order of the text."""
    spans = sorted([event.trigger, *event.also])
    return tuple(reading_of(text).page.report.text[span.start : span.end].split()[0].lower() for span in spans)


def statuses(event: Event) -> list[str]:
    """What each teller commits to."""
    return [told.status for told in event.told]


ONE_HAPPENING = (
    # the same market, now known, in the next sentence
    "Shelling killed at least 12 people at a cattle market in Sake on Monday, a volunteer network said. "
    "The brigade pounded the market from the north for two hours, the committee said.",
    # an air strike and those it killed
    "At least 11 people, among them two nurses, were killed when a Chadian air strike hit a clinic in Adre in the "
    "early hours of Sunday, medics said.",
    # those who are said to have struck give their own account
    "At least 11 people were killed when an Israeli air strike hit a clinic in Damascus on Sunday, medics said. "
    'The Israeli military said it had carried out a "precise strike" on a command post in the compound.',
    # a toll given by others
    "Shelling killed at least 12 people at a cattle market in Sake on Monday, a volunteer network said. "
    "Two nurses put the toll at 31.",
    # what a denial reaches
    "Rebels attacked a convoy near Sake, the governor said. The rebels denied attacking civilians.",
    # the first number of what was struck
    "Israel said it struck targets in Lebanon. Hezbollah said two fighters were killed in the strikes.",
    # a siege that is denied to be one
    "Rebel officials say there is a siege of the Beni road. Uganda denies that there is a siege.",
    # a clause that the parser hangs on the wrong verb
    "It was triggered by M23's attack on Goma on 7 October 2012, in which about 200 people were killed.",
    # a noun and the participle that says who made it
    "The truce brokered by Nairobi was welcomed in Goma.",
)


@pytest.mark.parametrize("text", ONE_HAPPENING)
def test_one_happening_is_one_event(text: str) -> None:
    """Mentions of one happening are one event, however many sentences tell it."""
    assert [event.kind for event in reading_of(text).events] == [reading_of(text).events[0].kind]


def test_tellers_of_one_happening_keep_their_own_word() -> None:
    """Who claims and who denies are tellers of the same event."""
    event = reading_of(ONE_HAPPENING[4]).events[0]
    assert (event.status, statuses(event)) == ("disputed", ["happened", "denied"])


def test_a_toll_adds_its_teller_and_its_count() -> None:
    """Nurses who give a toll tell of the shelling, with their own number."""
    event = reading_of(ONE_HAPPENING[3]).events[0]
    assert len(event.told) == 2
    assert [count.of for count in event.counts] == ["killed", "killed"]


APART = (
    # a raid that nobody has told of is not the killing before it
    ("Two people were shot dead in Beni on Monday. The army has not commented on the raid.", ["shot", "raid"]),
    # what was shot down is not the strike that followed
    ("The drone was shot down over Goma, the army said. The strike came at dawn.", ["shot", "strike"]),
    # the strikes are the drone strikes, whatever was attacked before them
    (
        "Gunmen attacked villagers near Djibo on Saturday. The army killed 20 men in drone strikes near Kidal. "
        "The ministry did not mention the strikes.",
        ["attacked", "killed drone strikes"],
    ),
)


@pytest.mark.parametrize(("text", "expected"), APART)
def test_two_happenings_stay_two(text: str, expected: list[str]) -> None:
    """A bare noun joins only what it can stand for."""
    assert [" ".join(words(text, event)) for event in reading_of(text).events] == expected


ROUNDUP = """War briefing

GOMA

Shells hit a market in Goma on Tuesday, wounding nine people, the mayor wrote.

BUNIA

"The explosions shook our house," a driver said. The strikes hit four depots, the army said.

KALEMIE

The attack on the ferry killed two sailors, the port authority said.
"""


def test_nothing_is_joined_across_the_headings_of_a_roundup() -> None:
    """ "The explosions" under another town's heading are not the shells of the first."""
    places = [words(ROUNDUP, event)[0] for event in reading_of(ROUNDUP).events]
    assert places[:1] == ["hit"]
    assert "explosions" in places
    assert "attack" in places


STATUS = (
    ("Residents have been under siege in Kidal since March.", "siege", "ongoing"),
    ("Paramilitaries tightened their siege of Kidal.", "siege", "ongoing"),
    ("The group will fight on until the army ends its siege of Kidal.", "siege", "ongoing"),
    ("The besieged town of Kadugli has no flour.", "siege", "ongoing"),
    ("The army said it would lift the siege of Kadugli.", "siege", "ongoing"),
    ("Officials said that a fresh wave of attacks is imminent.", "attack", "planned"),
    ("An attack on the port is possible, diplomats say.", "attack", "possible"),
    ("We will bomb the capital, the rebel commander said.", "air_strike", "threatened"),
    ("Russia will attack Kharkiv again, Ukraine's president said.", "attack", "planned"),
    ("A minister will fly to Doha for talks with the rebels.", "talks", "planned"),
    ("Police fired tear gas to disperse the crowd.", "protest_dispersed", "happened"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "status"), STATUS)
def test_the_words_decide_the_status(text: str, kind: str, status: str) -> None:
    """What lasts is ongoing, what is ahead is not told as done, and who will attack threatens."""
    assert status in [event.status for event in reading_of(text).events if event.kind == kind]


NO_EVENT = (
    '"We fight or we die," he said.',
    '"We do not bomb our own villages," he said.',
    "The ministry did not say how many people died.",
    "Nobody said how many soldiers had been killed.",
    "He did not provide a death toll.",
    "He spoke to reporters in Delmas, surrounded by masked men.",
    "Officers entered the area in the evening.",
)


@pytest.mark.parametrize("text", NO_EVENT)
def test_words_that_tell_no_deed_make_no_event(text: str) -> None:
    """A motto, a habit, an open question and a number not given are no events."""
    assert [event.kind for event in reading_of(text).events] == []


ROLES = (
    ("Fighters killed 12 people and 40 others were abducted.", "abduction", [], ["40 others"]),
    ("About 300 people were killed and 90 taken hostage.", "abduction", [], ["90"]),
    ("The men they shot were teachers, she said.", "shooting", ["they"], ["The men"]),
    ("The war between Chad and Libya drove thousands from their homes.", "displacement", [], ["thousands"]),
    ("Hundreds of villagers fleeing the fighting arrived in Uvira.", "displacement", [], ["Hundreds of villagers"]),
    ("Rebels killed nine farmers, a claim the army rejected.", "killing", ["Rebels"], ["nine farmers"]),
    ('The army said it had killed "nearly 80" rebels.', "killing", ["it"], ['"nearly 80" rebels']),
    ('The army killed 30 "bandits" near Beni.', "killing", ["The army"], ['30 "bandits"']),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "agents", "targets"), ROLES)
def test_who_takes_part(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    """Numbers do nothing, wars and claims are nobody, and no participant ends in half a pair of marks."""
    reading = reading_of(text)
    whole = reading.page.report.text
    event = next(event for event in reading.events if event.kind == kind)
    assert [whole[one.span.start : one.span.end] for one in event.agents] == agents
    assert [whole[one.span.start : one.span.end] for one in event.targets] == targets


def test_a_package_carries_its_own_money() -> None:
    reading = sayso.read_text("In Paris, President Jean Dol announced a fresh arms package of $40 million for Chad.")
    package = next(event for event in reading.events if event.kind == "arms_supply")
    sums = {quantity.id: quantity.low for quantity in reading.grounds.quantities}
    assert [(count.of, sums[count.quantity]) for count in package.counts] == [("money", 40_000_000)]
