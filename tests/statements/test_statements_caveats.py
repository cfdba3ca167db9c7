"""Caveats, silences and denials, and how far each reaches."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of

BOTH = (
    "The town's mayor, Ana Reva, said Upland guns hit two houses in Dolna. "
    "The Upland army said Dolna's own guns hit them. "
)

SILENCES = [
    ("no word yet", "There was no immediate comment from the Upland army.", "none_yet"),
    ("asked and not answered", "The Upland army did not immediately respond to a request for comment.", "none_yet"),
    ("a refusal", "The Upland army declined to comment.", "declined"),
    ("a refusal by will", "The Upland army would not comment.", "declined"),
    ("still to come", "The Upland army has yet to comment on the raid.", "yet_to"),
    ("none so far, told in the perfect", "The Upland army has not commented on the raid.", "none_yet"),
    ("still to come, told in the perfect", "The Upland army has not yet commented on the raid.", "yet_to"),
    ("left out of a speech", "The minister did not mention the prisoners in his speech.", "not_mentioned"),
    (
        "left out of a document",
        "The minister did not mention the prisoners, nor were they mentioned in the communique.",
        "not_mentioned",
    ),
]


@pytest.mark.parametrize(("text", "silence"), [row[1:] for row in SILENCES], ids=[row[0] for row in SILENCES])
def test_four_different_silences(text: str, silence: str) -> None:
    statements = reading_of(text).statements
    assert {(s.act, s.silence) for s in statements} == {("no_comment", silence)}


def test_either_account_reaches_both_sides() -> None:
    reading = reading_of(BOTH + "Northwire could not independently verify either account.")
    caveat = reading.statements[-1]
    assert (caveat.act, caveat.reach, caveat.covers) == ("cannot_verify", "specific", ("st1", "st2"))


def test_a_caveat_on_one_side_reaches_that_side_only() -> None:
    text = (
        "French officials said nine soldiers were captured. Italian officials said the captives were civilians. "
        "Northwire could not verify the Italian reports."
    )
    reading = reading_of(text)
    assert reading.statements[-1].covers == ("st2",)


def test_a_caveat_is_the_newsrooms_own() -> None:
    reading = reading_of("DOLNA, May 4 (Reuters) - A bridge fell, the mayor said. Reuters could not verify the report.")
    caveat = reading.statements[-1]
    source = next(s for s in reading.sources if s.id == caveat.source)
    assert (caveat.act, source.naming, source.name) == ("cannot_verify", "newsroom", "Reuters")


def test_a_denial_of_one_deed_is_specific_and_a_standing_one_general() -> None:
    specific = reading_of("The mayor said Upland guns shelled the mill. The Upland army denied firing on the mill.")
    general = reading_of("The mayor said Upland guns shelled the mill. The Upland army has denied targeting civilians.")
    assert (specific.statements[1].reach, specific.statements[1].covers) == ("specific", ("ev1",))
    assert general.statements[1].reach == "general"


def test_nothing_is_denied_where_entry_is() -> None:
    assert [s.act for s in reading_of("Two drivers were denied entry at the border.").statements] == []


def test_a_mutual_denial_reaches_both_sides_deeds() -> None:
    """Even hands: where each denies the other's charge, neither deed stays undisputed."""
    reading = reading_of(
        "French officials said Italian troops shelled the town of Nice on Wednesday. Italian officials said French "
        "troops shelled the town of Turin on Wednesday. Each government denied the other's charge."
    )
    assert [event.status for event in reading.events] == ["disputed", "disputed"]
