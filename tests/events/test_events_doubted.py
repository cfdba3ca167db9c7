"""A deed that only a report, a claim or a doubt holds never becomes a fact."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of

# Why, the sentence, and the statuses its one event is told with.
DOUBTED = [
    ("called false", "Chad called reports that it shelled Sake false.", {"alleged", "unclear"}),
    ("said to be false", "Chad said reports that it shelled Sake were false.", {"denied"}),
    ("said not to be true", "The governor said it was not true that rebels had captured Sake.", {"denied"}),
    ("no evidence", "There was no evidence that rebels had hit the clinic, the envoy said.", {"unclear"}),
    ("stopped short", "Police stopped short of saying that rebels bombed the market.", {"unclear"}),
    ("doubted", "The mayor doubted that rebels had shelled Sake.", {"unclear"}),
    ("not confirmed", "The army refused to confirm that it had bombed the school.", {"unclear"}),
    ("a bare report", "Reports that the dam was bombed spread fast in Goma.", {"alleged"}),
    ("neither confirmed nor denied", "Officials neither confirmed nor denied the attack on Sake.", {"unclear"}),
]
TOLD = [
    ("said", "Officials said rebels shelled Sake.", {"happened"}),
    ("said with a report in the sentence", "The report said that rebels shelled Sake.", {"happened"}),
    ("a clause of time", "Rebels shelled Sake after the army left, the mayor said.", {"happened"}),
]


@pytest.mark.parametrize(
    ("text", "statuses"), [row[1:] for row in DOUBTED + TOLD], ids=[row[0] for row in DOUBTED + TOLD]
)
def test_what_is_doubted_is_not_told_as_fact(text: str, statuses: set[str]) -> None:
    reading = reading_of(text)
    found = {told.status for event in reading.events if event.kind != "withdrawal" for told in event.told}
    assert found
    assert found <= statuses


def test_a_claim_called_a_lie_has_two_tellers() -> None:
    """Who claims it tells it as happened; the text that calls the claim a lie denies it."""
    (event,) = reading_of("The rebels' claim that a missile hit the market of Goma is a lie.").events
    assert {told.status for told in event.told} == {"happened", "denied"}
    assert event.status == "disputed"
