"""Law 4: both sides are read alike. Sentences with two names of one grammatical shape, the names swapped."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sayso.record import Reading, Span
from tests.rows.reads import reading_of

PAIRS = [
    ("French", "Italian", "France", "Italy"),
    ("Russian", "Ukrainian", "Russia", "Ukraine"),
    ("Sudanese", "Lebanese", "Sudan", "Lebanon"),
]

# {a}, {b} are adjectives, {A}, {B} countries.
SENTENCES = [
    "{a} officials said {b} forces shelled the town on Friday.",
    "{a} officials denied that {b} forces had shelled the town.",
    "{A} accused {B} of shelling a hospital.",
    "{A} has denied targeting civilians, {B} said.",
    "{A}'s Defense Ministry said its troops had taken two villages from {b} forces.",
    "{A} threatened to close the border with {B}.",
    "{a} President Ana Reva called the {b} raid a massacre.",
    "“They shot at nurses,” a {a} officer said of the {b} army.",
    "There was no immediate comment from {A} on the {b} reports.",
    "{A} and its allies accuse {B} of an unprovoked war.",
    "Reuters could not verify the {a} reports, and {B} declined to comment.",
    "{A} killed nine people in an air strike, {b} rescuers said.",
    "{A} invaded {B} in what it called a “cleaning operation”.",
    "The {a} army said it had repelled a {b} attack, killing 12 soldiers.",
    "{a} forces withdrew from the village after {b} troops crossed the river, the mayor said.",
    "{A} warned that {B} was planning a new offensive.",
    "{b} police detained four {a} journalists, {A}'s foreign minister told reporters.",
    "{A} urged {B} to return the prisoners.",
]
CASES = [
    pytest.param(
        sentence.format(a=a, b=b, A=big_a, B=big_b),
        sentence.format(a=b, b=a, A=big_b, B=big_a),
        (a, b, big_a, big_b),
        id=f"{a}-{number}",
    )
    for number, sentence in enumerate(SENTENCES)
    for a, b, big_a, big_b in PAIRS
]


def _swapped(text: str, names: tuple[str, str, str, str]) -> str:
    a, b, big_a, big_b = names
    other = {a: b, b: a, big_a: big_b, big_b: big_a}
    return re.sub(r"\w+", lambda word: other.get(word.group(), word.group()), text)


def _shape(reading: Reading, names: tuple[str, str, str, str] | None) -> Any:
    """What must be equal: acts, statuses, quotation, links and every stretch, as words, once the names are mapped."""
    text = reading.page.report.text

    def words(span: Span | None) -> str | None:
        if span is None:
            return None
        stretch = text[span.start : span.end]
        return _swapped(stretch, names) if names else stretch

    statements = [
        (
            (s.act, s.silence, s.quotation, s.within, s.covers, s.reach, s.found_by),
            ([words(w) for w in s.words], words(s.cue), words(s.who)),
        )
        for s in reading.statements
    ]
    events = [
        (
            (e.kind, e.told, e.status, e.background),
            (words(e.trigger), [words(p.span) for p in e.agents], [words(p.span) for p in e.targets]),
        )
        for e in reading.events
    ]
    return statements, events


@pytest.mark.parametrize(("text", "mirrored", "names"), CASES)
def test_a_mirrored_sentence_is_read_alike(text: str, mirrored: str, names: tuple[str, str, str, str]) -> None:
    assert _shape(reading_of(mirrored), names) == _shape(reading_of(text), None)
