"""Two short texts, read and compared: sentence by sentence, in order, where they are as many."""

from __future__ import annotations

from functools import cache

import sayso
from sayso.drift.changes import changes
from sayso.drift.pairing import paired
from sayso.knowledge import ours
from sayso.record import Change, Reading
from tests.marks import unmark

ARROW = " -> "


@cache
def reading_of(text: str) -> Reading:
    """The reading of a short text, read once."""
    return sayso.read_text(text)


def told(example: str) -> tuple[Change, ...]:
    """What changed from the telling before the arrow to the one behind it. Marks of `<>` are left aside."""
    here, there = (unmark(side).text if "<" in side else side for side in example.split(ARROW))
    return compared(here, there)


def compared(here: str, there: str) -> tuple[Change, ...]:
    """What changed from one text to another; their sentences go together in order."""
    ours_read, theirs_read = reading_of(here), reading_of(there)
    pairs = list(zip(ours_read.page.sentences, theirs_read.page.sentences, strict=False))
    return changes(ours_read, theirs_read, paired(ours_read, theirs_read, pairs), ours())


def kinds(example: str) -> set[str]:
    """The kinds of what changed."""
    return {change.kind for change in told(example)}
