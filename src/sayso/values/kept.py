"""What is kept of a text once some stretches are cut, joined into one string, and the way back.

Sayso never rewrites a report. A stage that must search "the text without its leftovers" searches
`Kept.text` and turns each hit back into stretches of the sealed text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.record import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """A string made of stretches of a text, in order. Positions convert both ways.

    `pieces` are spans of the text; `starts` are where each begins in the joined string. Where a cut
    stands between two words with no white space left beside it, one blank is put in (it belongs to
    no stretch of the text); where it leaves white space on both sides, the second is dropped, so that
    a text reads the same with its leftovers and without them.
    """

    text: str
    pieces: tuple[Span, ...]
    starts: tuple[int, ...] = field(repr=False)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches of the sealed text behind `[start, end)` of the joined string.

        >>> kept("one BUY two", Span(0, 11), cuts=[Span(4, 8)]).spans(0, 7)
        (Span(start=0, end=4), Span(start=8, end=11))
        """
        found = []
        first = max(bisect_right(self.starts, start) - 1, 0)
        for piece, base in zip(self.pieces[first:], self.starts[first:], strict=True):
            if base >= end:
                break
            low = max(start, base)
            high = min(end, base + piece.end - piece.start)
            if low < high:
                found.append(Span(piece.start + low - base, piece.start + high - base))
        return tuple(found)

    def span(self, start: int, end: int) -> Span | None:
        """The one stretch behind `[start, end)`, or None where a cut runs through it."""
        found = self.spans(start, end)
        return found[0] if len(found) == 1 and found[0].end - found[0].start == end - start else None

    def position(self, at: int) -> int:
        """Where a place of the sealed text stands in the joined string (a cut place: where reading goes on)."""
        index = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        if index < 0:
            return 0
        piece, base = self.pieces[index], self.starts[index]
        return base + min(at, piece.end) - piece.start


def kept(text: str, within: Span, cuts: Iterable[Span] = ()) -> Kept:
    """Join what of `text[within]` no cut covers.

    >>> kept("They left.Sign up Later they came.", Span(0, 34), cuts=[Span(10, 17)]).text
    'They left. Later they came.'
    """
    pieces: list[Span] = []
    at = within.start
    for cut in sorted(cuts):
        if cut.end <= at or cut.start >= within.end:
            continue
        if cut.start > at:
            pieces.append(Span(at, cut.start))
        at = max(at, cut.end)
    if at < within.end:
        pieces.append(Span(at, within.end))
    return _joined(text, pieces)


def _joined(text: str, pieces: list[Span]) -> Kept:
    parts: list[str] = []
    spans: list[Span] = []
    starts: list[int] = []
    length = 0
    for piece in pieces:
        start = piece.start
        if parts and parts[-1][-1].isspace():
            while start < piece.end and text[start].isspace():
                start += 1
        elif parts and start < piece.end and not text[start].isspace():
            parts.append(" ")
            length += 1
        if start == piece.end:
            continue
        parts.append(text[start : piece.end])
        spans.append(Span(start, piece.end))
        starts.append(length)
        length += piece.end - start
    return Kept("".join(parts), tuple(spans), tuple(starts))
