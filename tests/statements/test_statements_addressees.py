"""Who speaks and to whom: short forms, possessives and bodies, alike for both sides."""

from __future__ import annotations

import pytest

from tests.rows.reads import reading_of, told

ADDRESSED = [
    ("reporters are told, and are no channel", "The mayor told reporters the clinic was full.", ["reporters"]),
    ("an outlet is told, and is the channel too", "The mayor told Radio Dolna the clinic was full.", ["Radio Dolna"]),
    ("a news conference is told nothing: it is the channel",
     "The mayor told a news conference the clinic was full.", []),
    ("what is said on a network is said to nobody named", "The mayor said on Telegram the clinic was full.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), [row[1:] for row in ADDRESSED], ids=[row[0] for row in ADDRESSED])
def test_to_whom(text: str, names: list[str]) -> None:
    reading = reading_of(text)
    spans = [one.span for one in reading.statements[-1].to]
    assert [text[span.start : span.end] for span in spans if span is not None] == names, told(reading)


# Each row: why, the text with A for the side, the last speaker's name and his side.
SPEAKERS = [
    ("a ministry that is its country's", "{A} closed its border. Its defence ministry said the road was mined.",
     "Its defence ministry", True),
    ("an office asked that gave no reply", "Northwire wrote to {A} but received no reply.", "{A}", True),
    ("who is in no position to say", "{A} is not in a position to establish who fired.", "{A}", True),
    ("who put a statement forth", "{A} released a statement saying the road was mined.", "{A}", True),
    ("a surname alone", "{a} minister Pavel Orlo left at noon. Orlo said the road was mined.", "Pavel Orlo", True),
    ("a role alone",
     "The road was shut, said Pavel Orlo, governor of the coast. The governor said the bridge was mined.",
     "Pavel Orlo", False),
    ("an unnamed official stays unnamed",
     "{A} closed its border. One official said the road was mined.", "One official", False),
    ("a body that names itself", "A militia calling itself the Grey Wolves said nine men died in {A}.",
     "Grey Wolves", False),
    ("a newcomer's brother is another", "{a} envoy Ana Orlo left. Her brother Pavel Orlo said the road was mined.",
     "Pavel Orlo", False),
]  # fmt: skip
PAIRS = [("France", "French", "FRA"), ("Italy", "Italian", "ITA")]
ROWS = [(why, text, name, sided, pair) for why, text, name, sided in SPEAKERS for pair in PAIRS]


@pytest.mark.parametrize(
    ("text", "name", "sided", "pair"), [row[1:] for row in ROWS], ids=[f"{row[0]}-{row[4][2]}" for row in ROWS]
)
def test_the_speaker_and_his_side(text: str, name: str, sided: bool, pair: tuple[str, str, str]) -> None:
    names = dict(zip("Aa", pair[:2], strict=True))
    reading = reading_of(text.format(**names))
    source = next(one for one in reading.sources if one.id == reading.statements[-1].source)
    assert (source.name, source.party) == (name.format(**names), pair[2] if sided else None), told(reading)


def test_neither_claim_confirmed_is_one_caveat_and_no_silence() -> None:
    reading = reading_of("The mayor said nine men died. Neither claim could be independently confirmed.")
    assert [one.act for one in reading.statements] == ["says", "cannot_verify"]


def test_whose_ministry_is_not_guessed_where_two_fit() -> None:
    """Even hands: a possessive that could be either side's names no side."""
    reading = reading_of("France told Italy the road was closed. Its defence ministry said the road was mined.")
    source = next(one for one in reading.sources if one.id == reading.statements[-1].source)
    assert source.party in (None, "FRA"), told(reading)


# Each row: why, the text, the hedges kept in the words said.
HEDGES = [
    ("a hedge inside what is said is kept", "The mayor said a shell presumably hit the mill.", ["presumably"]),
    ("two hedges are two", "The mayor said the shell may possibly have hit the mill.", ["may", "possibly"]),
    ("a month is no hedge", "The mayor said shells hit the mill in May.", []),
]


@pytest.mark.parametrize(("text", "hedges"), [row[1:] for row in HEDGES], ids=[row[0] for row in HEDGES])
def test_hedges_are_kept(text: str, hedges: list[str]) -> None:
    reading = reading_of(text)
    assert [text[span.start : span.end] for span in reading.statements[-1].hedges] == hedges, told(reading)
