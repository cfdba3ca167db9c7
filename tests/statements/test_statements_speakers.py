"""Who is it: every short form goes back to the speaker it means, and never across sides."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of

# Each row: why it is here, the text, and the speaker of each statement in text order.
SPEAKERS = [
    ("a pronoun is the last speaker it fits",
     'Ana Reva, the mayor of Dolna, said the bridge was gone. "We have no water," she told reporters.',
     ["Ana Reva", "Ana Reva"]),
    ("a surname is the person named in full before",
     "Dolna mayor Ana Reva said the bridge was gone. Reva said the river was rising.",
     ["Ana Reva", "Ana Reva"]),
    ("two of one surname stay two",
     "Ana Reva said the bridge was gone. Her brother Marko Reva said it still stood.",
     ["Ana Reva", "Marko Reva"]),
    ("the title after a comma is read with the name",
     "The road was closed, the governor of the coast, Pavel Orlo, said on Friday.",
     ["Pavel Orlo"]),
    ("the speaker may follow the verb",
     "The road was closed, said Pavel Orlo, governor of the coast.",
     ["Pavel Orlo"]),
    ("a relative word stands for the noun before it",
     "Pavel Orlo, who said the road was closed, left at noon.",
     ["Pavel Orlo"]),
    ("a possessive before a document is the speaker, the document his channel",
     "The ministry's report said nine wells were dry.",
     ["The ministry"]),
    ("a relay keeps the outlet and the one it cites",
     "Ridge News reported that two men were shot, citing the ministry.",
     ["Ridge News", "the ministry"]),
    ("speech inside speech is a chain",
     "Rescue workers said survivors had told them a second shell landed.",
     ["Rescue workers", "survivors"]),
    ("unnamed people are not merged by what they are called",
     "One resident said the cellar was full. One resident said it was empty.",
     ["One resident", "One resident"]),
    ("a reported claim without a speaker is kept, its source unknown",
     "The minister was reported to have fled.",
     ["unknown"]),
    ("a name before a colon is a speaker where the text knows the person",
     "Ana Reva met the press.\n\nAna Reva: We have no water and no bread.",
     ["Ana Reva"]),
    ("a name behind a dash signs the quotation",
     "“We have no water and no bread.” — Ana Reva, mayor",
     ["Ana Reva"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), [row[1:] for row in SPEAKERS], ids=[row[0] for row in SPEAKERS])
def test_the_speaker_is_found(text: str, speakers: list[str]) -> None:
    reading = reading_of(text)
    names = {source.id: source.name for source in reading.sources}
    found = [names[statement.source] for statement in reading.statements]
    assert [name.removeprefix("the ").removeprefix("The ") for name in found] == [
        name.removeprefix("the ").removeprefix("The ") for name in speakers
    ]


def test_two_unnamed_residents_are_two_sources() -> None:
    reading = reading_of("One resident said the cellar was full. One resident said it was empty.")
    assert len({statement.source for statement in reading.statements}) == 2


def test_a_pronoun_that_fits_two_speakers_says_so() -> None:
    reading = reading_of("Ana Reva said the bridge was gone, and Lena Orlo said it stood. She said it was mined.")
    assert reading.statements[-1].doubts == ("two_speakers_fit",)


# A side is spoken for only where the words say it.
PARTIES = [
    ("a ministry of a country", "France's Defense Ministry said the ship had sailed.", "FRA"),
    ("officials of a country", "French officials said the ship had sailed.", "FRA"),
    ("a minister of a country", "French Foreign Minister Jean Dol said the ship had sailed.", "FRA"),
    ("the country itself", "France denied that the ship had sailed.", "FRA"),
    (
        "a governor holds an office, which is not a side",
        "Jean Dol, governor of the Kharkiv region, said it was over.",
        None,
    ),
    ("a hyphen names a backer, not a side", "A French-backed militia commander said it was over.", None),
    ("an outlet speaks for no side", "The French daily Le Courrier reported that it was over.", None),
    ("a resident speaks for himself", "One French farmer said it was over.", None),
]


@pytest.mark.parametrize(("text", "party"), [row[1:] for row in PARTIES], ids=[row[0] for row in PARTIES])
def test_a_party_is_named_only_by_the_words(text: str, party: str | None) -> None:
    reading = reading_of(text)
    source = next(s for s in reading.sources if s.id == reading.statements[0].source)
    assert source.party == party
    assert (source.party_basis is not None) == (party is not None)


def test_people_without_a_public_role_are_private() -> None:
    reading = reading_of("“We hid in the cellar all night,” one woman said. The mayor, Ana Reva, said it was over.")
    assert [source.private for source in reading.sources] == [True, False]


@pytest.mark.parametrize(
    ("speaker", "name", "naming"),
    [
        ("Rescuer Vera Holm", "Vera Holm", "named"),
        ("Mechanic Vera Holm", "Vera Holm", "named"),
        ("Prime Minister", "Prime Minister", "described"),
        ("One Harwick resident", "One Harwick resident", "described"),
    ],
)
def test_a_name_behind_a_trade_is_a_name_and_no_description(speaker: str, name: str, naming: str) -> None:
    """What is taken for a description would leave a case where private persons are withheld."""
    text = f"BERGEN, 5 June 2025 - {speaker} said 12 people were hurt when a drone struck a depot on Wednesday."
    (source,) = [one for one in reading_of(text).sources if one.naming != "newsroom"]
    assert (source.name, source.naming) == (name, naming)


def test_who_has_an_age_is_a_person_though_the_name_is_heard_as_a_place() -> None:
    """A first name alone may be heard as a town, which would be shown where private persons are withheld."""
    text = '"It was no depot," said Halyna, a 54-year-old accountant who asked that her surname not be used.'
    assert ("Halyna", "named", True) in {(one.name, one.naming, one.private) for one in reading_of(text).sources}
