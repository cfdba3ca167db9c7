"""Likeness: copies are found in any state, two who tell of one day are not, and neither side comes first."""

import random

import pytest

from sayso.copies import compare
from sayso.copies.likeness import Likeness
from tests.copies.telling import INDEPENDENT, OTHER, REWORDED, WIRE, sentences, told

HALF = " ".join(sentences(WIRE)[:5])
REWORDED_HALF = " ".join(sentences(REWORDED)[:6])


def likeness(one: str, two: str) -> Likeness:
    """Two texts compared."""
    return compare(told(one, "a"), told(two, "b"))


def shuffled(*texts: str) -> str:
    """The sentences of all texts in an order of chance, always the same."""
    listed = [sentence for text in texts for sentence in sentences(text)]
    random.Random(3).shuffle(listed)
    return " ".join(listed)


@pytest.mark.parametrize(
    ("one", "two", "wording"),
    [
        (WIRE, WIRE, "exact"),
        (WIRE, WIRE.replace("Monday", "Tuesday").replace("nine hours", "9 hours"), "near"),
        (WIRE, REWORDED, "reworded"),
        (WIRE, HALF, "exact"),
        (REWORDED, HALF, "reworded"),  # one side cut, the other reworded
        (WIRE, f"{INDEPENDENT} {REWORDED_HALF}", "reworded"),  # half of it in a report of the same event
        (WIRE, f"{OTHER} {REWORDED_HALF}", "reworded"),
        (WIRE, shuffled(REWORDED_HALF, OTHER), "reworded"),
    ],
)
def test_a_copy_is_found(one: str, two: str, wording: str) -> None:
    found = likeness(one, two)
    assert found.is_copy
    assert found.wording == wording


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (WIRE, INDEPENDENT),  # one event, two reporters
        (REWORDED, INDEPENDENT),
        (WIRE, OTHER),
        (f"{WIRE} {HALF}", INDEPENDENT),
    ],
)
def test_two_that_tell_on_their_own_are_none(one: str, two: str) -> None:
    found = likeness(one, two)
    assert not found.is_copy


SPEECH = (
    '"We will rebuild the elevator stone by stone, and we will do it before the geese come back," said Selma Roth. '
    '"Whoever sent this machine has burned the bread of children. I have asked the Senate for 90 million crowns."'
)
FIRST = (
    "Rain fell on the square when the governor climbed a crate to speak. {} The crowd of dockers, some still sooty, "
    "answered with whistles. Afterward she drove to the clinic, where two men lay with bandaged hands."
)
SECOND = (
    "Opposition leaders accused the provincial government of having left the port without radar for a year. {} Senator "
    "Brill said the money would be voted on only after an inquiry. Shares of the port authority lost 7 percent."
)


def test_two_who_quote_one_speech_are_no_copies() -> None:
    found = likeness(FIRST.format(SPEECH), SECOND.format(SPEECH))
    assert not found.is_copy


STANDING = "The Estuary Desk is a service of six papers. Its reporters are paid by readers and by nobody else."


def test_a_houses_standing_phrase_is_no_copy() -> None:
    assert not likeness(f"{INDEPENDENT} {STANDING}", f"{STANDING} {OTHER}").is_copy
    assert not likeness(f"{INDEPENDENT} {STANDING}", f"{OTHER} {STANDING}").is_copy


@pytest.mark.parametrize("texts", [(WIRE, REWORDED), (WIRE, INDEPENDENT), (REWORDED, shuffled(HALF, OTHER))])
def test_neither_side_comes_first(texts: tuple[str, str]) -> None:
    one, two = told(texts[0], "a"), told(texts[1], "b")
    assert compare(one, two) == compare(two, one).turned


def test_what_others_are_compared_changes_nothing() -> None:
    before = likeness(WIRE, REWORDED)
    for text in (INDEPENDENT, OTHER, HALF):
        likeness(text, WIRE)
    assert likeness(WIRE, REWORDED) == before


def test_segments_point_at_what_was_copied() -> None:
    blend = f"{OTHER} {REWORDED_HALF}"
    found = likeness(WIRE, blend)
    assert all(segment.there.start >= len(OTHER) for segment in found.segments)
    assert found.covered_here > 0.4
    assert found.covered_there < 0.7


def test_reasons_have_names_and_both_places() -> None:
    found = likeness(WIRE, REWORDED)
    best = found.reasons[0]
    assert best.name == "same_things_in_one_sentence"
    assert best.here is not None
    assert best.there is not None
    assert (best.here.report, best.there.report) == ("a", "b")
    assert {"same_order"} <= {reason.name for reason in found.reasons if reason.speaks_for}


def test_what_speaks_against_is_told_too() -> None:
    found = likeness(WIRE, f"{INDEPENDENT} {REWORDED_HALF}")
    assert "sentences_of_its_own" in {reason.name for reason in found.reasons if not reason.speaks_for}


UKRAINIAN = (
    "У понеділок удосвіта безпілотник влучив в елеватор порту Сельм, загорілися 4200 тонн ячменю, повідомив начальник "
    "порту Іво Тарн. Двох нічних сторожів витягли з вагової з опіками рук. Тарн оцінив збитки у 3,1 мільйона крон. "
    "Рибалки на північному молі чули гудіння, схоже на швейну машинку. Пожежники дев'ять годин качали воду з буксира "
    "«Амалія». Елеватор збудували 1931 року, він годує пекарні трьох областей."
)


def test_a_language_that_nobody_parses_is_compared_all_the_same() -> None:
    near = UKRAINIAN.replace("У понеділок удосвіта", "Удосвіта в понеділок").replace("повідомив", "сказав")
    assert likeness(UKRAINIAN, near).is_copy
    assert not likeness(UKRAINIAN, INDEPENDENT).is_copy
