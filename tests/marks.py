"""Sentences with marks, as rows and tests write them: `[who] has <cue> {words}`, `{cut}`, `(at)`."""

from __future__ import annotations

from typing import NamedTuple

from sayso.record import Span

MARKS = {"[": "]", "<": ">", "{": "}"}


class Marked(NamedTuple):
    """A plain sentence and the stretches that were marked in it, by the mark that opened each."""

    text: str
    spans: dict[str, list[Span]]

    def words(self, mark: str) -> list[str]:
        """The marked stretches as text."""
        return [self.text[span.start : span.end] for span in self.spans.get(mark, [])]


def unmark(sentence: str) -> Marked:
    """Take the marks out of a sentence and say where they were.

    >>> unmark("[Russia] has <denied> {it}.").words("[")
    ['Russia']
    """
    plain: list[str] = []
    spans: dict[str, list[Span]] = {}
    open_marks: list[tuple[str, int]] = []
    for char in sentence:
        if char in MARKS:
            open_marks.append((char, len(plain)))
        elif open_marks and char == MARKS[open_marks[-1][0]]:
            mark, start = open_marks.pop()
            spans.setdefault(mark, []).append(Span(start, len(plain)))
        else:
            plain.append(char)
    if open_marks:
        raise ValueError(f"a mark is never closed in: {sentence}")
    return Marked("".join(plain), spans)
