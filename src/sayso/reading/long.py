"""Sentences longer than any person writes are read in parts, so that no later stage meets one without end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.record import Span

LONGEST = 1_000
"""Characters of a sentence that is read whole. Legal texts reach a thousand; reports stay far below."""

MOST_QUOTED = 800
QUOTED = re.compile(
    rf"“[^“”]{{1,{MOST_QUOTED}}}”|«[^«»]{{1,{MOST_QUOTED}}}»|„[^„“”]{{1,{MOST_QUOTED}}}[“”]|\"[^\"]{{1,{MOST_QUOTED}}}\""
)
"""A quotation of moderate length: no sentence is broken inside one if it can be broken beside it."""

BREAKS = (re.compile(r";\s+"), re.compile(r",\s+"), re.compile(r"\s+"))
"""Where a sentence may be broken, the best place first."""

MARK = re.compile(r"(?<!\d,)(?<=[^\w\s.'’/-])(?=\S)|(?<=\S)(?=[^\w\s.,'’/-])|\s+")
"""Beside a mark that is glued to something, or at a blank: never inside a word or a number."""


def in_parts(words: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence in parts of about one length, none of them broken inside a word: itself if it is not too long.

    >>> in_parts("They left.", 0, 10)
    [(0, 10)]
    """
    if end - start <= LONGEST:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST:
        at = _break_in(words, start, end)
        if at is None:
            break
        parts.append((start, at))
        start = at
    return [*parts, (start, end)]


def _break_in(words: str, start: int, end: int) -> int | None:
    """Where a long sentence is best broken, near an equal share of it; None where it is one word to its end."""
    share = (end - start) // -(-(end - start) // LONGEST)
    low, high = start + 2 * share // 3, min(start + 4 * share // 3, start + LONGEST)
    quotations = [found.span() for found in QUOTED.finditer(words, start, min(end, high + MOST_QUOTED))]
    for outside_only in (True, False):
        for kind in BREAKS:
            places = [found.end() for found in kind.finditer(words, low, high)]
            if outside_only:
                places = [at for at in places if not any(first < at < last for first, last in quotations)]
            if places:
                return min(places, key=lambda at: abs(at - start - share))
    later = MARK.search(words, low, end)
    return later.end() if later and start < later.end() < end else None


def told(first: Iterable[Span]) -> tuple[Problem, ...]:
    """One problem for all sentences that were read in parts, at the first of them."""
    spans = sorted(first)
    if not spans:
        return ()
    sentences = "One sentence is" if len(spans) == 1 else f"{len(spans):,} sentences are"
    says = (
        f"{sentences} longer than {LONGEST:,} characters and read in parts, broken at a semicolon, a comma, a blank or"
        " a mark. Who says what across such a break may be missed: check whether the text lost its full stops."
    )
    return (Problem("long_sentence", says, spans[0]),)
