"""Direction: time, credits and signs tell which was made of which, and where they clash it stays unknown."""

import pytest

from sayso.copies import Print, compare, direction, linked
from tests.copies.telling import REWORDED, WIRE, sentences, told

CUT = " ".join(sentences(WIRE)[:6])


def of(here: Print, there: Print) -> str | None:
    """The original of two."""
    return direction(here, there, compare(here, there)).of


def test_the_later_was_made_of_the_earlier() -> None:
    early, late = told(WIRE, "early", published="2025-05-05"), told(REWORDED, "late", published="2025-05-07")
    assert of(early, late) == of(late, early) == "early"


def test_dates_that_meet_tell_nothing() -> None:
    same = told(WIRE, "a", published="2025-05-05"), told(REWORDED, "b", published="2025-05-05")
    assert of(*same) is None


def test_who_credits_the_others_house_copied_it() -> None:
    wire = told(f"PORT SELM, May 5, 2025 (Reuters) - {WIRE}", "wire")
    copy = told(
        f"The Brenn Mirror\n\nA fire in the port\n\nReuters\n\n{REWORDED}", "copy", publisher="The Brenn Mirror"
    )
    found = direction(wire, copy, compare(wire, copy))
    assert found.of == "wire"
    credit = next(reason for reason in found.reasons if reason.name == "credits_the_other")
    assert credit.speaks_for
    assert credit.here is not None
    assert credit.here.report == "copy"


def test_a_credit_against_the_clock_stays_unknown() -> None:
    wire = told(f"PORT SELM, May 9, 2025 (Reuters) - {WIRE}", "wire")
    copy = told(
        f"The Brenn Mirror\n\nA fire in the port\n\nReuters\n\n{REWORDED}",
        "copy",
        publisher="The Brenn Mirror",
        published="2025-05-05",
    )
    found = direction(wire, copy, compare(wire, copy))
    assert found.of is None
    assert not any(reason.speaks_for for reason in found.reasons)


def test_being_shorter_alone_is_not_enough() -> None:
    assert of(told(WIRE, "a"), told(CUT, "b")) is None


def test_leftovers_show_a_copy() -> None:
    littered = WIRE.replace(" The navy", " Sign up for our free morning newsletterSign up The navy")
    assert of(told(WIRE, "clean"), told(littered, "littered")) == "clean"


def test_a_shared_byline_tells_that_it_is_one_telling() -> None:
    byline = "A fire in the port\n\nBy Lena Okoro\n\n"
    link = linked(told(byline + WIRE, "a"), told(byline + REWORDED, "b"))
    assert link is not None
    assert link.of is None
    assert [reason.says for reason in link.reasons if reason.name == "shared_byline"] == [
        "Both are credited to Lena Okoro."
    ]


@pytest.mark.parametrize("turn", [False, True])
def test_a_link_is_the_same_from_both_sides(turn: bool) -> None:
    sides = told(WIRE, "a", published="2025-05-05"), told(REWORDED, "b", published="2025-05-07")
    assert linked(*sides) == linked(*sides[::-1])
    assert linked(*(sides[::-1] if turn else sides)) is not None
