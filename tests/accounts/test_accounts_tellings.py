"""What an event takes along when it leaves its report: tellers with their chain, denials, places, figures, words."""

from __future__ import annotations

import pytest

from sayso.accounts.tellings import sayings, tellings
from sayso.record import Quoted, Telling
from tests.rows.reads import reading_of

SHELLED = (
    "Shells hit a clinic in Sake on Monday, killing at least 4 people, the mayor of Sake, Ada Brun, said on Telegram. "
)

# Why, what is said after the shelling, and the acts that then reach it.
REACHED = [
    ("a denial of it", "Rwanda denied firing on the town.", ["denies"]),
    ("a doubt about it", "The agency could not independently verify the mayor's statement.", ["cannot_verify"]),
    ("a silence", "Rwanda did not immediately respond to a request for comment.", ["no_comment"]),
    ("another subject", "Rwanda welcomed the harvest.", []),
]


def _told(text: str) -> Telling:
    return tellings(reading_of(text))[0]


@pytest.mark.parametrize(("said", "acts"), [row[1:] for row in REACHED], ids=[row[0] for row in REACHED])
def test_what_reaches_an_event_goes_with_it(said: str, acts: list[str]) -> None:
    assert [saying.act for saying in _told(SHELLED + said).touched_by] == acts


def test_a_telling_says_who_tells_through_what_and_how_many() -> None:
    told = _told(SHELLED)
    saying = told.tellers[0].saying
    assert saying is not None
    assert (saying.speaker.name, [through.kind for through in saying.via]) == ("Ada Brun", ["messaging"])
    assert [(figure.of, figure.quantity.low, figure.quantity.high) for figure in told.figures] == [
        ("killed", 4.0, None)
    ]
    assert told.when is not None and told.when.said is not None and told.when.said.words == "Monday"


def test_who_relays_stands_behind_the_speaker() -> None:
    told = _told("Relief workers said survivors had told them that a second shell landed in Sake.")
    saying = told.tellers[0].saying
    assert saying is not None
    assert (saying.speaker.name, [outer.name for outer in saying.relayed_by]) == ("survivors", ["Relief workers"])


def test_every_stretch_has_the_words_that_stand_there() -> None:
    text = SHELLED + "Rwanda denied firing on the town."
    stretches = [stretch for telling in tellings(reading_of(text)) for stretch in _quoted(telling)]
    stretches += [stretch for saying in sayings(reading_of(text)) for stretch in _quoted(saying)]
    assert len(stretches) > 10
    assert [s for s in stretches if text[s.span.start : s.span.end] != s.words] == []


def _quoted(node: object) -> list[Quoted]:
    if isinstance(node, Quoted):
        return [node]
    if isinstance(node, tuple):
        return [found for part in node for found in _quoted(part)]
    names = getattr(type(node), "__dataclass_fields__", ())
    return [found for name in names for found in _quoted(getattr(node, name))]


def test_a_post_of_a_person_is_told_by_that_person() -> None:
    """Over a text in the first person, "Name | office" names its author."""
    post = (
        "Ada Brun | Mayor of Sake\n\nMarch 4, 2024\n\nWe buried four people today. Shells hit our clinic on Monday.\n"
    )
    voice = next(telling.voice for telling in tellings(reading_of(post)))
    assert voice is not None
    assert (voice.name, voice.role) == ("Ada Brun", "Mayor of Sake")


# Why, what is said after the shelling, and whether that speaks of it.
SPOKEN_OF = [
    ("what was hit", 'Ada Brun told a press conference: "The clinic is not used by soldiers."', True),
    ("another thing", 'Ada Brun wrote on X: "The harvest is in." A poet told reporters: "Rivers are patient."', False),
    ("a plan", "The council promised that the clinic will open again.", False),
    ("what lies at hand", 'A baker said: "They came from the far bank of the lake."', True),
    ("what somebody lived through", 'Vera Kiss said: "I carried my aunt down the stairs."', True),
    ("what a minister will do", 'Foreign Minister Vera Kiss said: "We will go to the court."', False),
]


@pytest.mark.parametrize(("said", "is_about"), [row[1:] for row in SPOKEN_OF], ids=[row[0] for row in SPOKEN_OF])
def test_an_account_is_more_than_the_sentence_of_the_deed(said: str, is_about: bool) -> None:
    assert bool(_told(SHELLED + said).about) == is_about


def test_bodies_counted_after_the_graves_belong_to_them() -> None:
    told = _told(
        "Police have begun to exhume bodies from 12 unmarked graves at Sake, police chief Omar Reva said on Monday. "
        "At least 5 bodies had been recovered by nightfall, Reva told reporters."
    )
    assert [(figure.of, figure.quantity.low) for figure in told.figures] == [("graves", 12.0), ("bodies", 5.0)]


def test_what_they_points_to_is_the_deed_told_first_too() -> None:
    """The nearest sentence only asks where the shells came from: it is the shelling of the first that is meant."""
    found = tellings(
        reading_of(
            SHELLED + "The mayor would not say where the shells had been fired from. "
            '"They came from the far bank of the lake," a baker, Vera Kiss, wrote on Facebook.'
        )
    )
    about = [{saying.speaker.name for saying in telling.about} for telling in found if telling.kind == "shelling"]
    assert about and about[0] == {"Vera Kiss"}


def test_what_is_said_of_the_dead_is_said_of_the_deed_that_left_them() -> None:
    told = _told(
        SHELLED + "Rwanda's Defense Ministry said the dead were soldiers who had come in January. "
        "The agency could not immediately verify the ministry's statement."
    )
    assert [saying.act for saying in told.touched_by] == ["cannot_verify"]


def test_another_number_put_beside_the_first_is_of_the_same() -> None:
    told = _told(
        "Envoy Ada Brun said 60 prisoners would be freed on Monday. Her rival, Otto Lind, put the number at 58."
    )
    assert [(figure.of, figure.quantity.low) for figure in told.figures] == [("released", 60.0), ("released", 58.0)]
    assert [saying.speaker.name for saying in told.about] == ["Otto Lind"]


def test_a_number_of_something_else_counts_no_dead() -> None:
    told = _told(SHELLED + 'Vera Kiss said: "I counted the shoes. There were 31 of them."')
    assert [(figure.of, figure.quantity.low) for figure in told.figures] == [("killed", 4.0)]
