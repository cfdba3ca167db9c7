"""Every row of the events stage is its own test."""

from __future__ import annotations

import pytest

from sayso.knowledge import Row, ours
from sayso.record import Event, Span
from tests.events.lone import events_in
from tests.marks import unmark


def _listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _cases(subject: str, key: str) -> list[object]:
    cases: list[object] = []
    for number, row in enumerate(ours().rows(subject)):
        name = row.get("kind") or row.get("sense") or row.get("status") or row.get("class") or row.get("group") or ""
        for sentence in _listed(row.get(key)):
            cases.append(pytest.param(row, sentence, id=f"{subject}-{number}-{name}-{sentence[:30]}"))
    return cases


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _all_spans(event: Event) -> list[Span]:
    return [event.trigger, *event.also]


@pytest.mark.parametrize(("row", "sentence"), _cases("event_kinds", "example"))
def test_a_kind_is_found_in_its_example(row: Row, sentence: str) -> None:
    """The marked word tells an event of the row's kind, with the marked agents and targets."""
    marked = unmark(sentence)
    events = events_in(marked.text)
    trigger = marked.spans["<"][0]
    fitting = [event for event in events if any(_overlap(trigger, span) for span in _all_spans(event))]
    assert fitting, f"nothing found in: {marked.text}"
    if row["kind"] not in ("casualties", "property_damage"):  # an outcome is a mention of the attack it came from
        assert [event.kind for event in fitting] == [row["kind"]]
    for span in marked.spans.get("[", []):
        assert any(_overlap(span, agent.span) for event in events for agent in event.agents), "the agent"
    for span in marked.spans.get("{", []):
        assert any(_overlap(span, target.span) for event in events for target in event.targets), "the target"


@pytest.mark.parametrize(("row", "sentence"), _cases("event_kinds", "not"))
def test_a_kind_is_not_found_in_its_counter_example(row: Row, sentence: str) -> None:
    """A counter-example tells no event of the row's kind."""
    assert row["kind"] not in [event.kind for event in events_in(unmark(sentence).text)]


@pytest.mark.parametrize(("row", "sentence"), _cases("en/not_event", "example"))
def test_a_false_event_is_kept_out(row: Row, sentence: str) -> None:
    """No event at all is found in what only looks like one."""
    assert [(event.kind, event.trigger) for event in events_in(unmark(sentence).text)] == []


@pytest.mark.parametrize(("row", "sentence"), _cases("en/not_event", "not"))
def test_a_true_event_beside_a_false_one_is_found(row: Row, sentence: str) -> None:
    """What the row must not keep out is found."""
    marked = unmark(sentence)
    spans = [span for event in events_in(marked.text) for span in _all_spans(event)]
    assert any(_overlap(marked.spans["<"][0], span) for span in spans)


@pytest.mark.parametrize(("row", "sentence"), _cases("en/status", "example"))
def test_a_word_changes_what_a_teller_commits_to(row: Row, sentence: str) -> None:
    """The marked deed has the row's status."""
    marked = unmark(sentence)
    found = [e.status for e in events_in(marked.text) if any(_overlap(marked.spans["<"][0], s) for s in _all_spans(e))]
    assert found == ["unclear" if row["status"] == "denied" else row["status"]]  # the newsroom itself denies nothing


@pytest.mark.parametrize(("row", "sentence"), _cases("en/victim", "example"))
def test_victims_are_of_a_group(row: Row, sentence: str) -> None:
    """The marked target is of the row's group."""
    marked = unmark(sentence)
    targets = [t for event in events_in(marked.text) for t in event.targets if _overlap(marked.spans["{"][0], t.span)]
    assert [target.group for target in targets] == [row["group"]]


@pytest.mark.parametrize(("row", "sentence"), _cases("en/weapon", "example"))
def test_a_weapon_is_found(row: Row, sentence: str) -> None:
    """The marked word is a weapon of the event, and makes it the row's kind where the row has one."""
    marked = unmark(sentence)
    events = events_in(marked.text)
    assert any(_overlap(marked.spans["{"][0], weapon) for event in events for weapon in event.weapons)


@pytest.mark.parametrize(("row", "sentence"), _cases("en/participant", "example"))
def test_a_participant_of_a_class_makes_an_event(row: Row, sentence: str) -> None:
    """The sentence tells an event, which it could not if the word were of no class."""
    assert events_in(unmark(sentence).text)
