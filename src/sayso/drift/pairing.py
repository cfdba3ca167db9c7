"""Sentences that go together in two reports of one telling, beyond those by which the copy was known.

What two newsrooms may both have heard, a quotation above all, is no sign of a copy; once it is known that there is one,
such sentences go together all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import words
from sayso.drift.sides import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.record import Reading, Span

ALIKE, ALONE = 0.5, 0.8
"""The share of words that two sentences must have in common, of all in either: beside others, and by themselves."""
FEWEST, FEWEST_ALONE = 3, 7


def paired(here: Reading, there: Reading, known: Iterable[tuple[Span, Span]]) -> tuple[tuple[Span, Span], ...]:
    """The known pairs and, of the sentences left, those that share at least half their words, the likest first.

    Where nothing is known, long sentences that are almost the same begin.
    """
    pairs = list(known)
    ours, theirs = _left(here, {one for one, _ in pairs}), _left(there, {two for _, two in pairs})
    if not pairs:
        pairs += _matched(ours, theirs, ALONE, FEWEST_ALONE)
    if pairs:
        pairs += _matched(ours, theirs, ALIKE, FEWEST)
    return tuple(sorted(pairs))


def _matched(
    ours: dict[Span, frozenset[str]], theirs: dict[Span, frozenset[str]], alike: float, fewest: int
) -> Iterator[tuple[Span, Span]]:
    """Sentences that share so much, the likest first; each is taken once."""
    likeness = [
        (-len(some & others) / len(some | others), one, two)
        for one, some in ours.items()
        for two, others in theirs.items()
        if len(some & others) >= max(fewest, alike * len(some | others))
    ]
    for _, one, two in sorted(likeness):
        if one in ours and two in theirs:
            del ours[one], theirs[two]
            yield one, two


def _left(reading: Reading, taken: set[Span]) -> dict[Span, frozenset[str]]:
    told = Told(reading)
    return {
        sentence: frozenset(word.stem for word in words(told.kept(sentence).text) if word.is_content)
        for sentence in reading.page.sentences
        if sentence not in taken
    }
