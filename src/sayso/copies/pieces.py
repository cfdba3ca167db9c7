"""The pieces of a story that are compared: sentences, and what a reader keeps as one though it tells several things.

A translator parts and joins sentences, and a quotation of five sentences is one to the reader. So a piece ends wherever
a full stop, a question mark or a bullet ends something of some length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sayso.record import Span
from sayso.values.kept import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.record import Page

# After a stop and the marks that close there, before white space and what begins a sentence. "Mr.", "Gov." and "U.S."
# end nothing: the word before a full stop is a small one, a figure, or a long one.
END = re.compile(
    r"(?:(?<=[!?。！？…])|(?<=[^\W\d_A-ZÀ-Þ]{3}\.)|(?<=\d\.)|(?<=[!?.][\"”’»)\]]))"
    r"\s+(?=[\"“«‘(\[`']{0,2}[^\W_a-zß-ÿ])|\s*[●•■◆▪]\s*"
)
SHORTEST = 20
"""Characters: what is shorter stays with its neighbour."""


MOST = 1_000
"""Pieces: those of a longer report are joined with their neighbours, so that two books can be compared as well."""


class Piece(NamedTuple):
    """Where a piece stands, its words without cuts, and which stretches of these are quoted."""

    span: Span
    words: str
    quoted: tuple[tuple[int, int], ...]


def pieces(page: Page) -> list[Piece]:
    """The pieces of a page's sentences, at most `MOST`."""
    found = list(_pieces(page))
    size = -(-len(found) // MOST)
    return found if size < 2 else [_joined(found[at : at + size]) for at in range(0, len(found), size)]


def _joined(neighbours: Sequence[Piece]) -> Piece:
    words, quoted = "", []
    for piece in neighbours:
        quoted += [(start + len(words), end + len(words)) for start, end in piece.quoted]
        words += piece.words + " "
    return Piece(Span(neighbours[0].span.start, neighbours[-1].span.end), words, tuple(quoted))


def _pieces(page: Page) -> Iterator[Piece]:
    quoted = [quotation.span for quotation in page.quotations if not quotation.depth]
    cuts = [cut.span for cut in page.cuts]
    for span in page.sentences:
        rest = kept(page.report.text, span, [cut for cut in cuts if cut.start < span.end and span.start < cut.end])
        marks = [
            (rest.position(one.start), rest.position(one.end))
            for one in quoted
            if one.start < span.end and span.start < one.end
        ]
        for start, end in _parts(rest.text):
            spans = rest.spans(start, end)
            if spans:
                inside = ((first - start, last - start) for first, last in marks if first < end and start < last)
                yield Piece(Span(spans[0].start, spans[-1].end), rest.text[start:end], tuple(inside))


def _parts(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in END.finditer(text):
        if match.start() - start >= SHORTEST and len(text) - match.end() >= SHORTEST:
            found.append((start, match.start()))
            start = match.end()
    return [*found, (start, len(text))]
