"""Who says what, as a tagger sees it: frames over words, before any rule has looked at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

Range = tuple[int, int]
"""Words [first, last) of a text, counted through its paragraphs."""


class Frame(NamedTuple):
    """One saying: its cue, who says it and what, in word ranges. `score` is the tagger's own, 0 to 1."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    score: float


class Tagger(Protocol):
    """Whatever can tag a text. `name` says what it is and in which version."""

    @property
    def name(self) -> str:
        """The weights and their version."""
        ...

    def tag(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Frame, ...]:
        """Every saying of a text given as the words of its paragraphs."""
        ...
