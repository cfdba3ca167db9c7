"""Every row of verbs that carry a deed is its own test: the subject does the deed, or bears it."""

from __future__ import annotations

import pytest

import sayso
from sayso.knowledge import Row, ours
from sayso.record import Event, Span
from tests.marks import unmark

ROWS = ours().rows("en/light_verb")


def _events(text: str) -> tuple[Event, ...]:
    return sayso.read_text(text).events


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["verbs"][0])
def test_the_subject_has_the_part_that_the_row_gives_it(row: Row) -> None:
    """`[who]` does it, `{whom}` it is done to."""
    sentence = unmark(row["example"])
    event = _events(sentence.text)[0]
    match row["subject"]:
        case "agent":
            marked, parties, others = sentence.spans["["], event.agents, event.targets
        case "target":
            marked, parties, others = sentence.spans["{"], event.targets, event.agents
        case other:
            pytest.fail(f"no part is called {other}")
    assert any(_meet(party.span, marked[0]) for party in parties)
    assert not any(_meet(party.span, marked[0]) for party in others)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["verbs"][0])
def test_the_verb_alone_is_no_deed(row: Row) -> None:
    """What it carries must be one."""
    sentence = unmark(row["not"])
    verb = sentence.spans["<"][0]
    assert not any(_meet(event.trigger, verb) or event.agents for event in _events(sentence.text))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
