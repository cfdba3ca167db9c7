"""One draft: a statement while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.statements.cue import Cue
from sayso.statements.quotes import Quote
from sayso.statements.shapes import Range
from sayso.statements.speakers import Found


@dataclass(slots=True)
class Draft:
    """A statement while it is being put together, in token ranges."""

    cue: Cue
    said: tuple[Range, ...]
    quotes: list[Quote]
    found: Found | None = None
    outer: Draft | None = None
    doubts: tuple[str, ...] = ()
    also_heard: bool = False  # whether the tagger heard what a rule found
    wants_quotes: bool = False  # whether its words are the tagger's, not yet tied to the quotations they touch
    number: int = 0
