"""Every ACLED sub-type and PLOVER head has kinds of event, or acts of speech, that it can be coded from."""

from __future__ import annotations

import pytest

from sayso.events.kinds import kinds
from sayso.knowledge import ours

ACLED = (
    "Armed clash",
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Peaceful protest",
    "Protest with intervention",
    "Excessive force against protesters",
    "Violent demonstration",
    "Mob violence",
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
)
DONE = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INVESTIGATE", "REJECT", "PROTEST",
    "CRIME", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SAID = {"DEMAND": "calls_for", "DISAPPROVE": "criticizes", "THREATEN": "threatens", "REJECT": "refuses"}
"""Heads that are speech: they are statements with this act, never events (docs/one-event.md)."""


@pytest.mark.parametrize("sub_type", ACLED)
def test_an_acled_sub_type_has_a_kind(sub_type: str) -> None:
    """At least one row tells the sub-type, with words of its own."""
    rows = [row for row in ours().rows("event_kinds") if row.get("acled") == sub_type]
    assert any(row.get("verbs") or row.get("nouns") for row in rows)


@pytest.mark.parametrize("head", DONE)
def test_a_plover_head_of_deeds_has_a_kind(head: str) -> None:
    """At least one row tells the head, with words of its own."""
    rows = [row for row in ours().rows("event_kinds") if row["plover"] == head]
    assert any(row.get("verbs") or row.get("nouns") for row in rows)


@pytest.mark.parametrize(("head", "act"), SAID.items())
def test_a_plover_head_of_speech_has_an_act(head: str, act: str) -> None:
    """What is only said is a statement of this act, told by rows of saying verbs."""
    assert any(row.get("act") == act for row in ours().rows("en/saying")), head


def test_no_code_is_made_up() -> None:
    """A row's codes are those of the two schemes: a slip of the pen would go out in an export."""
    for row in ours().rows("event_kinds"):
        assert row["plover"] in {*DONE, *SAID}
        assert row.get("acled") in {*ACLED, None}


def test_every_kind_has_an_example_and_a_counter_example() -> None:
    """A row is its own test, both ways."""
    assert [row["kind"] for row in ours().rows("event_kinds") if not (row.get("example") and row.get("not"))] == []


def test_there_are_enough_counter_examples() -> None:
    """At least sixty sentences that only look like events are held to tell none."""
    held = [sentence for row in ours().rows("en/not_event") for sentence in row["example"]]
    assert len(set(held)) >= 60
    assert len(kinds(ours()).by_name) >= 60


TOLD = (
    # passives, reduced relatives, light verbs, nominals, coordination
    ("The town was shelled by rebels.", ["shelling"]),
    ("The clinic shelled by rebels has reopened.", ["shelling"]),
    ("Rebels carried out strikes on the port.", ["attack"]),
    ("The shelling of the port by rebels went on.", ["shelling"]),
    ("Rebels shelled and looted the town.", ["shelling", "looting"]),
    ("The junta was sanctioned and its envoys were expelled.", ["sanctions", "diplomatic_break"]),
    ("Soldiers accused of it were seen to burn the village.", ["property_damage"]),
    ("Guards were seen beating marchers.", ["attack_on_civilians"]),
)


@pytest.mark.parametrize(("sentence", "expected"), TOLD)
def test_a_deed_is_told_in_any_build_of_sentence(sentence: str, expected: list[str]) -> None:
    """Active, passive, cut short, carried by another verb, or joined: the same kinds."""
    from tests.events.lone import events_in

    assert [event.kind for event in events_in(sentence)] == expected
