"""Runs a row's example through the whole reading and looks for the statement its marks promise."""

from __future__ import annotations

from functools import cache

import sayso
from sayso.record import Reading, Span, Statement
from tests.marks import Marked, unmark


@cache
def reading_of(text: str) -> Reading:
    """The reading of one sentence, read once."""
    return sayso.read_text(text)


def words_of(reading: Reading, spans: tuple[Span, ...]) -> list[str]:
    """The words of some spans, marks and blanks left aside."""
    text = " ".join(reading.page.report.text[span.start : span.end] for span in spans)
    return [word for raw in text.split() if (word := raw.strip("“”\"',.?!;:()’‘"))]


def statement_for(example: str) -> tuple[Reading, Marked, Statement | None]:
    """The reading of an example and the statement with the cue it marks, or the words where it marks none."""
    marked = unmark(example)
    reading = reading_of(marked.text)
    wanted = marked.spans.get("<", [])
    for statement in reading.statements:
        if wanted and statement.cue is not None and overlap(statement.cue, wanted[0]):
            return reading, marked, statement
        if not wanted and any(overlap(span, said) for span in statement.words for said in marked.spans.get("{", [])):
            return reading, marked, statement
    return reading, marked, None


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


def told(reading: Reading) -> list[str]:
    """A reading's statements in one line each, for a failing test to show."""
    text = reading.page.report.text
    names = {source.id: source.name for source in reading.sources}
    lines = []
    for s in reading.statements:
        cue = text[s.cue.start : s.cue.end] if s.cue else None
        lines.append(f"{names[s.source]} | {s.act} | {s.found_by} | cue {cue} | {words_of(reading, s.words)}")
    return lines
