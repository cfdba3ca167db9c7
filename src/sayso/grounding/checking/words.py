"""What stands around and between two stretches of a page, its leftovers left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from sayso.record import Page, Quantity, Span
from sayso.values.kept import kept
from sayso.values.spans import near


def read(page: Page, start: int, end: int) -> str:
    """The words of a stretch without cuts, with single blanks; empty where it ends before it begins."""
    if end <= start:
        return ""
    span = Span(start, end)
    return kept(page.report.text, span, near([cut.span for cut in page.cuts], span)).text.replace("\n", " ")


def between(page: Page, one: Span, two: Span) -> str:
    """The words between two stretches."""
    return read(page, one.end, two.start)


def sentence_of(page: Page, at: int) -> int:
    """The number of the sentence that a place of the text stands in, or before which it stands."""
    return bisect_right(page.sentences, at, key=lambda sentence: sentence.start) - 1


def by_sentence(page: Page, quantities: Iterable[Quantity]) -> dict[int, list[Quantity]]:
    """Quantities by the number of their sentence."""
    found: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        found[sentence_of(page, quantity.span.start)].append(quantity)
    return found


def verdict(holds: bool) -> str:
    """In words."""
    return "holds" if holds else "does not hold"
