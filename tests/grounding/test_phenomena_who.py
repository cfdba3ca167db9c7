"""The rows on names of the table of phenomena, "Where, and who": what is one, what is two, what is never a place."""

from __future__ import annotations

import pytest

import sayso
from sayso.record import Reading
from tests.grounding.grounded import grounded


def _people(text: str) -> list[tuple[str, int]]:
    """The people of a text, and how often each is named."""
    return [(entity.name, len(entity.mentions)) for entity in grounded(text).entities if entity.kind == "person"]


ONE = [
    # Two newsrooms' spellings of one surname, one of them alone.
    ("The visit of President Volodymyr Zelenskiy was short. Zelensky left at dusk.", "Volodymyr Zelenskiy"),
    ("Volodymyr Zelenskyy read the speech of Володимир Зеленський.", "Volodymyr Zelenskyy"),
    # A title and one name, then the name alone.
    ("Pope Francis blessed the crowd. Francis asked for rain.", "Francis"),
    # A surname that stands first.
    ("Xi Jinping welcomed the guests. Xi spoke of trade.", "Xi Jinping"),
]


@pytest.mark.parametrize(("text", "name"), ONE, ids=[row[0] for row in ONE])
def test_spellings_of_one_person_are_one(text, name):
    assert _people(text) == [(name, 2)]


def test_two_brothers_of_one_surname_are_two_and_the_surname_alone_is_neither():
    text = "Ivan Petrov dug a well. Oleh Petrov sold goats. Petrov said it was dry."
    assert _people(text) == [("Ivan Petrov", 1), ("Oleh Petrov", 1), ("Petrov", 1)]


def test_one_given_name_in_two_languages_is_two_people_unless_the_text_shows_one():
    """Both hold one office: then it does."""
    assert len(_people("Volodymyr Danko sold goats. Vladimir Danko dug a well.")) == 2
    assert len(_people("Mayor Volodymyr Danko opened the shelter. Mayor Vladimir Danko left.")) == 1


NEVER_PLACES = [
    # Outlets by their names.
    ("Sky News filmed the port.", "Sky"),
    ("He told France 24 and The Washington Post that the port was shut.", "Washington"),
    # People named like towns.
    ("Eva Lund filmed the port. Lund said it was shut.", "Lund"),
    ("Photographer Francis Berlin filmed the port.", "Berlin"),
]


@pytest.mark.parametrize(("text", "name"), NEVER_PLACES, ids=[row[0] for row in NEVER_PLACES])
def test_outlets_and_people_are_never_places(text, name):
    assert [place.name for place in grounded(text).places if name in place.name] == []


def _read(text: str) -> Reading:
    return sayso.read_text(text, published="2022-09-16")


BYLINES = [
    "Shells hit the port, officials said.\n\nReporting by Paris Moreno; editing by Eva London",
    "By Jordan Lund\n\nShells hit the port, officials said.",
]


@pytest.mark.parametrize("text", BYLINES)
def test_a_reporters_name_is_never_a_place(text):
    """Who wrote and who edited stands in the credits; nothing happened there."""
    assert _read(text).grounds.places == ()


PRIVATE = [
    ("“We hid in the cellar,” said Olha Petrenko, a pensioner.", "Olha Petrenko", True),
    ("“We hid in the cellar,” said Olha Petrenko, 61.", "Olha Petrenko", True),
    ("“We hid in the cellar,” said Olha Petrenko, a teacher in Salto.", "Olha Petrenko", True),
    ("“We hid in the cellar,” said Olha Petrenko, the mayor.", "Olha Petrenko", False),
    ("“We hid in the cellar,” said Colonel Olha Petrenko.", "Olha Petrenko", False),
    ("Mayor Olha Petrenko, 61, said they hid in the cellar.", "Olha Petrenko", False),
]


@pytest.mark.parametrize(("text", "name", "private"), PRIVATE, ids=[row[0] for row in PRIVATE])
def test_who_has_no_public_role_is_private(text, name, private):
    (source,) = [source for source in _read(text).sources if source.name == name]
    assert source.private is private


def test_the_report_s_own_agency_is_no_place_whatever_its_name_looks_like() -> None:
    text = "MARN, 3 May 2024 (Eastbank Today) — Video seen by Eastbank Today showed smoke over Goma."
    places = [place.name for place in sayso.read_text(text).grounds.places]
    assert "Goma" in places
    assert not any("Eastbank" in name for name in places)
