"""Sentences that go together because those beside them do, though few of their words are the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.drift.sides import Told
    from sayso.record import Span

    Pairs = list[tuple[Span, Span]]

NEAR = 0.25
"""The share of words, of all that either has, that two sentences must have in common beside a pair."""
FEWEST = 2
HELD = 0.12
"""The same share for a sentence between two pairs, or between one and the end of both reports."""
HELD_FEWEST = 2


def with_those_beside(here: Told, there: Told, pairs: Iterable[tuple[Span, Span]]) -> Pairs:
    """The pairs, each stretch once, and sentences that follow on a pair, or come before one, on both sides."""
    found = _without_overlaps(sorted(pairs, key=lambda pair: (pair[0].end - pair[0].start, pair)))
    before, behind = _neighbours(here), _neighbours(there)
    ours, theirs = {one for one, _ in found}, {two for _, two in found}
    for one, two in found:  # it grows: what was found leads on
        for step in (-1, 1):
            near, other = before.get((one, step)), behind.get((two, step))
            if near is None or other is None or _is_taken(near, ours) or _is_taken(other, theirs):
                continue
            beyond, further = before.get((near, step)), behind.get((other, step))
            is_held = (beyond is None and further is None) or (beyond, further) in found
            if _are_alike(here, near, there, other, is_held=is_held):
                found.append((near, other))
                ours.add(near)
                theirs.add(other)
    return sorted(found)


def _without_overlaps(pairs: Pairs) -> Pairs:
    """The pairs of which no other, shorter one holds a part."""
    found: Pairs = []
    for one, two in pairs:
        if not any(_meet(one, a) and _meet(two, b) for a, b in found):
            found.append((one, two))
    return found


def _are_alike(here: Told, one: Span, there: Told, two: Span, *, is_held: bool) -> bool:
    ours = {word.stem for word in here.words(one) if word.is_content}
    theirs = {word.stem for word in there.words(two) if word.is_content}
    both, all_ = len(ours & theirs), len(ours | theirs)
    return both >= max(FEWEST, NEAR * all_) or (is_held and both >= max(HELD_FEWEST, HELD * all_))


def _neighbours(told: Told) -> dict[tuple[Span, int], Span]:
    sentences = told.reading.page.sentences
    behind = {(one, 1): two for one, two in pairwise(sentences)}
    return behind | {(two, -1): one for one, two in pairwise(sentences)}


def _is_taken(sentence: Span, some: set[Span]) -> bool:
    return sentence in some or any(_meet(sentence, one) for one in some)


def _meet(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end
