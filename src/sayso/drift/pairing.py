"""Sentences that go together in two reports of one telling, beyond those by which the copy was known.

What two newsrooms may both have heard, a quotation above all, is no sign of a copy; once it is known that there is one,
such sentences go together all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import words
from sayso.drift.sides import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.record import Reading, Span

ALIKE = 0.5
"""The share of words that two sentences must have in common, of all that either has."""
FEWEST = 3


def paired(here: Reading, there: Reading, known: Iterable[tuple[Span, Span]]) -> tuple[tuple[Span, Span], ...]:
    """The known pairs and, of the sentences left, those that share at least half their words, the likest first."""
    pairs = list(known)
    if not pairs:
        return ()
    ours, theirs = _left(here, {one for one, _ in pairs}), _left(there, {two for _, two in pairs})
    likeness = [
        (-len(some & others) / len(some | others), one, two)
        for one, some in ours.items()
        for two, others in theirs.items()
        if len(some & others) >= max(FEWEST, ALIKE * len(some | others))
    ]
    for _, one, two in sorted(likeness):
        if one in ours and two in theirs:
            pairs.append((one, two))
            del ours[one], theirs[two]
    return tuple(sorted(pairs))


def _left(reading: Reading, taken: set[Span]) -> dict[Span, frozenset[str]]:
    told = Told(reading)
    return {
        sentence: frozenset(word.stem for word in words(told.kept(sentence).text) if word.is_content)
        for sentence in reading.page.sentences
        if sentence not in taken
    }
