"""Who is one speaker across reports, and who only looks like one."""

from __future__ import annotations

import pytest

from sayso.accounts.speakers import same_speaker, speaker_keys
from sayso.knowledge import ours
from sayso.record import Quoted, Span, Speaker


def _named(name: str, who: str = "", **more: str) -> Speaker:
    quoted = Quoted(Span(0, len(who)), who) if who else None
    return Speaker("src1", name, "named", who=quoted, **more)  # type: ignore[arg-type]


def _body(name: str, party: str | None = None) -> Speaker:
    return Speaker("src1", name, "institution", party=party)


ONE = [
    ("spellings", _named("Volodymyr Zelenskiy"), _named("Volodymyr Zelensky")),
    ("a middle name", _named("Ada Maria Brun"), _named("Ada Brun")),
    ("a surname with the office", _named("Reva", role="police chief"), _named("Omar Reva", role="police chief")),
    ("an office beside the name", _named("Reva", "police chief Reva"), _named("Omar Reva", role="police chief")),
    ("words in another order", _body("Norway's Defense Ministry"), _body("Ministry of Defence of Norway")),
    ("a side known elsewhere", _body("Defense Ministry", "NOR"), _body("Norway's Defense Ministry", "NOR")),
    ("a state and its government", _body("Norway", "NOR"), _body("Norway's government", "NOR")),
    ("a name of its own", _body("Lake Commission"), _body("the Lake Commission")),
    ("rows of a party", _body("Hamas", "hamas"), _body("Islamic Resistance Movement", "hamas")),
    ("an outlet", Speaker("s", "Reuters", "newsroom"), Speaker("s", "Thomson Reuters", "newsroom")),
]
TWO = [
    ("a surname alone", _named("Reva"), _named("Reva")),
    ("two given names", _named("Ada Brun"), _named("Otto Brun")),
    ("two offices", _named("Brun", role="governor"), _named("Otto Brun", role="police chief")),
    ("two towns", _named("Brun", "the mayor of Sake, Brun"), _named("Otto Brun", "the mayor of Goma, Otto Brun")),
    ("two sides", _named("Ada Brun", party="NOR"), _named("Ada Brun", party="SWE")),
    ("a ministry and the army", _body("Norway's Defense Ministry", "NOR"), _body("the Norwegian army", "NOR")),
    ("a state and its ministry", _body("Norway", "NOR"), _body("Norway's Defense Ministry", "NOR")),
    ("a ministry of nobody's", _body("Defense Ministry"), _body("Norway's Defense Ministry", "NOR")),
    ("ministries of nobody's", _body("Defense Ministry"), _body("Defense Ministry")),
    ("two ministries", _body("Norway's Defense Ministry", "NOR"), _body("Sweden's Defense Ministry", "SWE")),
    ("people without names", Speaker("s", "residents", "group"), Speaker("s", "residents", "group")),
    ("an officer and an officer", Speaker("s", "an officer", "described"), Speaker("s", "an officer", "described")),
]


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in ONE], ids=[row[0] for row in ONE])
def test_these_are_one_and_share_a_key(one: Speaker, two: Speaker) -> None:
    assert same_speaker(one, two, ours()).same
    assert same_speaker(two, one, ours()).same
    assert set(speaker_keys(one, ours())) & set(speaker_keys(two, ours()))


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in TWO], ids=[row[0] for row in TWO])
def test_these_are_two(one: Speaker, two: Speaker) -> None:
    assert not same_speaker(one, two, ours()).same
    assert not same_speaker(two, one, ours()).same


def test_every_answer_has_a_reason() -> None:
    assert all(same_speaker(one, two, ours()).reasons for _, one, two in ONE + TWO)
