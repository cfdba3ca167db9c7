"""Every verb, noun and phrase of saying is its own test: examples are read as marked, counter-examples are not."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.knowledge import Row, ours
from tests.rows.reads import overlap, statement_for, told, words_of

SUBJECTS = (
    "en/saying",
    "en/trailing",
    "en/saying_nouns",
    "en/doubting",
    "en/silence",
    "en/channel",
    "en/voice",
    "en/hedging",
)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _examples(key: str, *subjects: str) -> list[Any]:
    cases: list[Any] = []
    for subject in subjects:
        for row in ours().rows(subject):
            name = row.get("verb") or row.get("noun") or row.get("word") or row.get("kind") or row.get("opening")
            for number, example in enumerate(_listed(row.get(key, []))):
                act = row.get("act", row.get("kind", ""))
                cases.append(pytest.param(subject, row, example, id=f"{subject}-{name}-{act}-{number}"))
    return cases


@pytest.mark.parametrize(("subject", "row", "example"), _examples("example", *SUBJECTS))
def test_an_example_is_read_as_marked(subject: str, row: Row, example: str) -> None:
    reading, marked, statement = statement_for(example)
    assert statement is not None, told(reading)
    expected = [word for span in marked.spans.get("{", []) for word in words_of(reading, (span,))]
    assert words_of(reading, statement.words) == expected, told(reading)
    if "act" in row:
        assert statement.act == row["act"]
    if "silence" in row:
        assert (statement.act, statement.silence) == ("no_comment", row["silence"])
    if subject == "en/doubting":
        assert statement.act == "cannot_verify"
    for who in marked.spans.get("[", [])[:1]:
        names = next(source for source in reading.sources if source.id == statement.source)
        assert any(overlap(who, mention) for mention in names.mentions), (names, told(reading))


@pytest.mark.parametrize(
    ("subject", "row", "example"), _examples("not", "en/saying", "en/saying_nouns", "en/silence", "en/hedging")
)
def test_a_counter_example_makes_no_statement_of_the_row(subject: str, row: Row, example: str) -> None:
    reading, _, _ = statement_for(example)
    marks = {
        "en/saying": f"verb:{row.get('verb')}",
        "en/saying_nouns": f"noun:{row.get('noun')}",
        "en/silence": "silence:",
        "en/hedging": "hedge",
    }
    found = [
        s
        for s in reading.statements
        if s.found_by.startswith(marks[subject]) and ("act" not in row or s.act == row["act"])
    ]
    assert not found, told(reading)


@pytest.mark.parametrize("row", ours().rows("en/channel"), ids=lambda row: row["kind"])
def test_a_channel_is_found_beside_the_cue(row: Row) -> None:
    reading, _, statement = statement_for(row["example"])
    assert statement is not None
    text = reading.page.report.text
    found = [(via.kind, text[via.span.start : via.span.end]) for via in statement.via if via.span is not None]
    assert (row["kind"], row["through"]) in found, found


@pytest.mark.parametrize("row", ours().rows("en/continuing"), ids=lambda row: row["opening"])
def test_a_sentence_that_goes_on_is_told_by_the_speaker_before(row: Row) -> None:
    """The events of such a sentence belong to the speaker, not to the newsroom (see tests/events)."""
    reading, marked, _ = statement_for(row["example"])
    goes_on = marked.spans["{"][0]
    sentences = [span for span in reading.page.sentences if overlap(span, goes_on)]
    assert sentences == [goes_on]
    assert [s.act for s in reading.statements if s.cue is not None and s.cue.start < goes_on.start] == ["says"]
