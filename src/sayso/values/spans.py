"""Stretches of a text beside one another: whether they meet, and what of them is more than white space."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def overlap(one: Span, two: Span) -> bool:
    """Whether two stretches share a character.

    >>> overlap(Span(0, 4), Span(3, 5)), overlap(Span(0, 4), Span(4, 5))
    (True, False)
    """
    return one.start < two.end and two.start < one.end


def near(spans: Sequence[Span], within: Span) -> Sequence[Span]:
    """Those of many stretches that meet one. They must stand in order and apart, as a page's cuts do.

    >>> near((Span(0, 2), Span(4, 6), Span(8, 9)), Span(5, 8))
    (Span(start=4, end=6),)
    """
    first = bisect_right(spans, within.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, within.end, lo=first, key=lambda span: span.start)]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends, or None if there is nothing else in it.

    >>> trimmed("He left. ", 2, 9)
    Span(start=3, end=8)
    """
    inside = text[start:end]
    bare = inside.lstrip()
    if not bare:
        return None
    start = end - len(bare)
    return Span(start, start + len(bare.rstrip()))
