"""What the parser sees in place of a sentence: as long as it, every character in its place, marks and case made alike.

Whether a copy has curly, straight, low or angled marks, single or doubled ones, and whether it is in capitals, must not
change what is read. The sealed text never changes; only the parser looks at its shadow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from sayso.models.truecase import Cases
from sayso.record import Page
from sayso.values.kept import Kept, kept
from sayso.values.spans import near

STRAIGHT = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("\u00a0\u202f", " ")}
)
TWICE = ("``", "''", "‘‘", "’’", "‚‚", ",,", "´´")
"""Marks of two characters."""


class Mark(NamedTuple):
    """A mark of quotation in the sealed text, and what the parser sees there."""

    at: int
    shown: str


def stretches_of(page: Page) -> list[Kept]:
    """What is kept of each sentence of a page."""
    cuts = [cut.span for cut in page.cuts]
    return [kept(page.report.text, sentence, near(cuts, sentence)) for sentence in page.sentences]


def shadows(page: Page, stretches: list[Kept], cases: Cases) -> list[str]:
    """What is parsed in place of each stretch, as long as the stretch."""
    marks = sorted(_marks(page))
    return [cases.shadow(_with_marks(stretch, marks)) for stretch in stretches]


def _with_marks(stretch: Kept, marks: list[Mark]) -> str:
    words = list(stretch.text.translate(STRAIGHT))
    first, last = (bisect_left(marks, (at, "")) for at in (stretch.pieces[0].start, stretch.pieces[-1].end))
    for at, shown in marks[first:last]:
        place = stretch.position(at)
        words[place : place + len(shown)] = shown
    return "".join(words)


def _marks(page: Page) -> Iterator[Mark]:
    """The marks of the page's quotations: double for one in none, single for one in another, and so on.

    One of two characters gets a blank on its outer side, so that nothing moves.
    """
    text = page.report.text
    for quotation in page.quotations:
        shown = "'" if quotation.depth % 2 else '"'
        start, end = quotation.span.start, quotation.span.end
        yield Mark(start, " " + shown if text.startswith(TWICE, start) else shown)
        if quotation.closed:
            twice = text.endswith(TWICE, start, end)
            yield Mark(end - 2, shown + " ") if twice else Mark(end - 1, shown)
