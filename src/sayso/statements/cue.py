"""One cue: a place in a report where somebody is told to speak."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.statements.shapes import Range


@dataclass(frozen=True, slots=True)
class Cue:
    """One place where somebody is told to speak: all in token ranges of the parse."""

    head: int  # the verb, noun or preposition that tells it
    act: str
    said: tuple[Range, ...]
    cue: Range | None = None
    who: int | None = None  # head of the speaker's noun phrase
    who_range: Range | None = None  # that phrase, where it is read off the commas
    relative: int | None = None  # the "who" that stands for it before the cue
    silence: str | None = None
    addressee: int | None = None
    adjuncts: tuple[int, ...] = ()  # heads of phrases beside the words: channels, times, places
    found_by: str = ""
    can_quote: bool = False
    relay_of: int | None = None  # token of the cue this one cites
    doubts: tuple[str, ...] = ()
    speaker_is_newsroom: bool = False
    speaker_is_author: bool = False  # whoever the report is by: a newsroom, or who posts for themselves
