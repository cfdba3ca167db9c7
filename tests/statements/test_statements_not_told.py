"""What nobody did say is no saying, whoever hears it: the rules or the tagger."""

from __future__ import annotations

import pytest

import sayso

SAID = ("says", "admits", "announces", "confirms", "claims", "promises")

NOT_SAID = [
    "No group has claimed responsibility for the blast.",  # a silence of nobody in particular
    "The minister would not say how many soldiers had died.",
    "The colonel never conceded that the bridge had fallen.",  # no row hears it: the tagger alone
    "Kyiv has not said whether it will attend the talks.",
    "Moscow has not said whether it will attend the talks.",
    "If the ministry says the dam held, nobody will believe it.",  # a condition
    "Nobody admitted that the shells had been theirs.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_was_not_said_is_no_statement_of_it(text: str) -> None:
    assert [one.act for one in sayso.read_text(text).statements if one.act in SAID] == []


def test_to_call_a_report_false_is_to_deny_it() -> None:
    (one,) = sayso.read_text("Chad called reports that it shelled Sake false.").statements
    assert one.act == "denies"


def test_a_cue_without_a_row_is_a_thought_kept_apart() -> None:
    """Unless its words are plainly said: in marks, or behind "that"."""
    (one,) = sayso.read_text("Lawmakers cast doubt on the army's account of the raid.").statements
    assert one.act == "thinks" and one.found_by == "tagger"


@pytest.mark.parametrize("names", [("Osk", "Dass"), ("Dass", "Osk")])
def test_to_sign_a_thing_is_to_think_nothing(names: tuple[str, str]) -> None:
    """Marks around a word of the newsroom's narration make nobody a teller, and no second agreement."""
    reading = sayso.read_text("When {} and {} last met, they signed a “boundless” trade agreement.".format(*names))
    assert reading.statements == ()
    assert [event.kind for event in reading.events].count("agreement") <= 1
