"""Who denies a claim that is called false, who was only asked to speak, who is no person, and which Osk is meant."""

from __future__ import annotations

import pytest

import sayso
from sayso.record import Reading


def said(reading: Reading) -> list[tuple[str, str]]:
    """Every statement as its speaker's name and its act."""
    names = {source.id: source.name for source in reading.sources}
    return [(names[one.source], one.act) for one in reading.statements]


def told(reading: Reading) -> list[tuple[str, str]]:
    """Every teller of the first event, with what they commit to."""
    names = {source.id: source.name for source in reading.sources}
    by_id = {one.id: names[one.source] for one in reading.statements}
    return [(by_id.get(one.statement or "", "-"), one.status) for one in reading.events[0].told]


CALLED_FALSE = [
    ("The enemy's claim that a missile of ours fell on the market is a lie.", "The enemy"),
    ("The occupiers' reports that they took Sake are not true.", "The occupiers"),
    ("There is no truth in the enemy's claim that we shelled Salto.", "the enemy"),
    ("The rebels' assertion that the army shelled the camp is disinformation.", "The rebels"),
    ("The army's assertion that the rebels shelled the camp is disinformation.", "The army"),
]


@pytest.mark.parametrize(("text", "whose"), CALLED_FALSE)
def test_who_calls_a_claim_a_lie_in_the_reports_own_words_denies_it(text: str, whose: str) -> None:
    reading = sayso.read_text(text)
    assert said(reading) == [("the author", "denies"), (whose, "says")]
    assert reading.statements[1].within == reading.statements[0].id
    assert told(reading) == [(whose, "happened"), ("the author", "denied")]
    assert reading.statements[0].reach == "specific" and reading.statements[0].covers == (reading.events[0].id,)


def test_in_somebodys_words_it_is_they_who_deny() -> None:
    reading = sayso.read_text('"The ministry\'s claim that we shelled the school is a fabrication," Colonel Ader said.')
    assert said(reading) == [("Ader", "says"), ("The ministry", "says")]
    assert told(reading) == [("The ministry", "happened"), ("Ader", "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "The army's claim that the rebels shelled the camp is not false.",
        "The army's claim that the rebels shelled the camp is no lie.",
        "The army's claim that the rebels shelled the camp is new.",
        "The army's claim that the rebels shelled the camp was repeated on Monday.",
    ],
)
def test_a_claim_that_nobody_calls_false_is_denied_by_nobody(text: str) -> None:
    reading = sayso.read_text(text)
    assert said(reading) == [("The army", "says")]
    assert "denied" not in {status for _, status in told(reading)}


ONLY_WANTED = [
    "The envoy demanded that the council condemn the raid.",
    "The union's demand that the council condemn the raid was ignored.",
    "The mayor urged the council to blame the army for the raid.",
    "The minister expected the council to accuse the rebels of the raid.",
    "The ministry denied that the council had accused the rebels of the raid.",
    "The ministry denied that the council had condemned the raid and blamed the rebels.",
]


@pytest.mark.parametrize("text", ONLY_WANTED)
def test_who_is_only_asked_to_speak_or_denied_to_have_spoken_says_nothing(text: str) -> None:
    assert "council" not in " ".join(name for name, _ in said(sayso.read_text(text)))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The mayor demanded that the army leave, and the council condemned the raid.", "criticizes"),
        ("The ministry denied the report, and the council blamed the rebels for the shelling.", "accuses"),
        ("The envoy said that the council condemned the raid.", "criticizes"),
        ("The party insisted that the council had warned of a raid.", "warns"),
    ],
)
def test_who_did_speak_beside_a_demand_or_a_denial_is_heard(text: str, act: str) -> None:
    assert ("the council", act) in said(sayso.read_text(text))


def test_a_demanded_deed_was_not_done_and_a_denied_accusation_denies_no_deed() -> None:
    assert told(sayso.read_text("The mayor demanded that the army leave the town.")) == [("The mayor", "demanded")]
    reading = sayso.read_text("The ministry denied that it had accused the rebels of shelling the town.")
    assert told(reading) == [("The ministry", "unclear")]


@pytest.mark.parametrize("name", ["The enemy", "The aggressor", "The occupiers", "The invader", "The population"])
def test_a_side_called_by_an_epithet_is_no_private_person(name: str) -> None:
    (source,) = sayso.read_text(f"{name} said the bridge was gone.").sources
    assert (source.naming, source.private) == ("group", False)


@pytest.mark.parametrize("name", ["One resident", "The woman", "A neighbor", "Her brother"])
def test_who_points_to_one_person_stays_private(name: str) -> None:
    (source,) = sayso.read_text(f"{name} said the bridge was gone.").sources
    assert (source.naming, source.private) == ("described", True)


GOVERNOR, CHIEF = "Governor Marit Osk said the market was hit.", "Police chief Anton Osk said two shells fell there."
MEANT = [
    (f'{GOVERNOR} "We will rebuild," Osk said. {CHIEF}', 1, "Marit Osk"),  # the only one named so far
    (f'{CHIEF} "Some had their hands tied," Osk told reporters. {GOVERNOR}', 1, "Anton Osk"),
    (f"{GOVERNOR} It opened in 1930. It had rained. Nobody was there. {CHIEF} Osk said it was closed.", 2, "Anton Osk"),
    (f"{GOVERNOR} {CHIEF} Governor Osk said the toll would rise.", 2, "Marit Osk"),
]


@pytest.mark.parametrize(("text", "at", "name"), MEANT)
def test_a_bare_surname_is_tied_where_office_or_context_decides(text: str, at: int, name: str) -> None:
    reading = sayso.read_text(text)
    assert said(reading)[at][0] == name and reading.statements[at].doubts == ()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"{GOVERNOR} {CHIEF} Osk said the toll would rise.", 2),
        (f"{CHIEF} {GOVERNOR} Osk said the toll would rise.", 2),
        (f"Osk said the toll would rise. {CHIEF} {GOVERNOR}", 0),
    ],
)
def test_a_bare_surname_of_two_keeps_its_doubt(text: str, at: int) -> None:
    reading = sayso.read_text(text)
    assert said(reading)[at][0] == "Osk" and reading.statements[at].doubts == ("two_speakers_fit",)


def test_one_cue_keeps_both_its_clauses_also_past_what_was_spared() -> None:
    text = "It said its guns had fired near Goma, but at nothing in Bukavu, and that the hall was destroyed by a mine."
    reading = sayso.read_text(f"The ministry denied the raid. {text}")
    (words,) = reading.statements[-1].words
    assert reading.page.report.text[words.start : words.end].endswith("destroyed by a mine")
    assert all(one.statement is not None for event in reading.events for one in event.told)


def test_a_claim_in_dropped_words_stands_in_those_around_it() -> None:
    """Who calls it nonsense is the teacher, in whose words the claim is told."""
    text = (
        "Shells hit the yard, the council said. The post's claim that the army kept guns there was nonsense, Aas said."
    )
    reading = sayso.read_text(text)
    assert [one.within for one in reading.statements] == [None, None, reading.statements[1].id]


def test_a_denial_that_somebody_spoke_answers_no_deed() -> None:
    text = (
        "At least nine shells fell on the school, the mayor said. Brandt denied that the police had warned the school."
    )
    reading = sayso.read_text(text)
    assert [(one.status) for one in reading.events[0].told] == ["happened"]
