"""Who tells a deed without a word for it: an army whose guns were silent, a ministry that only names a culprit."""

from __future__ import annotations

import pytest

from sayso.record import Event
from tests.rows.reads import reading_of

SHELLED = "Shells hit a clinic in Sake on Monday, police said. "

# Why, what is said after an attack that police told, and what its tellers then commit to.
ANSWERED = [
    ("its own guns", "The army said that its guns had not fired.", ["denied", "happened"]),
    ("no shell at all", "The army said that no shell was fired.", ["denied", "happened"]),
    ("two sentences on", "A doctor wept. The army said that its artillery had not fired.", ["denied", "happened"]),
    ("guns that did fire", "The army said that its guns had fired in reply.", ["happened"]),
    ("guns that will not", "The army said that its guns would not fire.", ["happened"]),
    ("guns of another", "The army said that the police guns had not fired.", ["happened"]),
    ("another place", "The army said that its guns had not fired on Goma.", ["happened"]),
    ("only a culprit", "The ministry blamed Chadian rebels.", ["happened", "happened"]),
    ("what is no side", "The ministry blamed the weather.", ["happened"]),
    ("a culprit of something else", "The ministry blamed Chadian rebels for a rise in prices.", ["happened"]),
]


def _first(text: str) -> Event:
    return reading_of(text).events[0]


@pytest.mark.parametrize(("said", "statuses"), [row[1:] for row in ANSWERED], ids=[row[0] for row in ANSWERED])
def test_an_answer_joins_the_attack_before_it(said: str, statuses: list[str]) -> None:
    found = _first(SHELLED + said)
    assert sorted(told.status for told in found.told) == statuses


def test_the_same_words_relayed_have_both_tellers() -> None:
    found = _first("The newspaper reported, citing an officer, that rebels had killed 30 soldiers in Goma.")
    assert len({told.statement for told in found.told}) == 2


def test_what_a_known_deed_was_is_told_and_praise_of_it_is_not() -> None:
    told = _first(SHELLED.replace("Shells hit", "Rebels attacked") + "The mayor said the attack was a massacre.")
    praised = _first(SHELLED.replace("Shells hit", "Rebels attacked") + "The mayor condemned the attack.")
    assert (len(told.told), len(praised.told)) == (2, 1)
