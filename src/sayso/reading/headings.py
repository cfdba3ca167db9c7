"""Titles, headings and the sections below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.reading.lines import BULLET
from sayso.record import Section, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sayso.reading.lines import Block

LONGEST = 100
MOST_WORDS = 14
LONGEST_TITLE = 220
MOST_TITLE_WORDS = 32
MOST_HEAD_LINES = 7
HASHES = re.compile(r"\A#{1,6}\s+")
STOPPED = re.compile(r"[.!…:;,][\"'”’»)\]]*$")
QUOTED_SPEECH = re.compile(r"[,.!?][\"”»]|[\"“«].*[\"”»]\s+\w+.*,")


def head_of(blocks: Sequence[Block]) -> int:
    """How many paragraphs stand above the story: short ones without a stop, from the first, with prose below them."""
    for index, block in enumerate(blocks[: MOST_HEAD_LINES + 1]):
        words = HASHES.sub("", block.words, count=1)
        if len(words) > LONGEST_TITLE or len(words.split()) > MOST_TITLE_WORDS or STOPPED.search(words):
            return index if any(_is_prose(each.words) for each in blocks[index:]) else 0
    return 0


def is_title(block: Block, after: Sequence[Block]) -> bool:
    """Whether the first paragraph is the report's headline: short, without a stop, with a story below it."""
    words = HASHES.sub("", block.words, count=1)
    if len(words) > LONGEST_TITLE or len(words.split()) > MOST_TITLE_WORDS or not _is_unstopped(words):
        return False
    return any(_is_prose(each.words) for each in after[:12])


def headings_of(blocks: Sequence[Block], skipped: Collection[int]) -> set[int]:
    """Which paragraphs are headings: short, without a stop, and followed by a story.

    Three or more such lines in a row are a list. `skipped` are the title, the credits and the like.
    """
    short = [index not in skipped and _looks_like_heading(block.words) for index, block in enumerate(blocks)]
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        run = index
        while run < len(blocks) and short[run]:
            run += 1
        followed = run < len(blocks) and run not in skipped
        if 0 < run - index <= 2 and followed:
            found.update(range(index, run))
        elif run > index and followed and _stands_out(blocks[run - 1].words, blocks[run - 2].words):
            found.add(run - 1)
        index = max(run, index + 1)
    return found


def sections_of(
    blocks: Sequence[Block], headings: Collection[int], aside: Collection[int], title: int | None
) -> tuple[Section, ...]:
    """The story in order, cut at its headings; the title, what stands above it, and the lines `aside` are no part."""
    sections: list[Section] = []
    start: int | None = None
    heading: Span | None = None
    for index, block in enumerate(blocks):
        if index in aside or index <= (-1 if title is None else title):
            continue
        if index in headings:
            if start is not None:
                sections.append(_section(len(sections), heading, start, blocks[index - 1].span.end))
            start, heading = block.span.start, block.span
        elif start is None:
            start = block.span.start
    if start is not None:
        sections.append(_section(len(sections), heading, start, blocks[-1].span.end))
    return tuple(sections)


def _section(number: int, heading: Span | None, start: int, end: int) -> Section:
    return Section(f"sec{number + 1}", heading, Span(start, max(start, end)))


def _looks_like_heading(words: str) -> bool:
    if len(words) > LONGEST or len(words.split()) > MOST_WORDS or "\n" in words:
        return False
    if HASHES.match(words):
        return True
    return _is_unstopped(words)


def _is_unstopped(words: str) -> bool:
    first = words.lstrip("\"'“‘«„([")[:1]
    if BULLET.match(words) or STOPPED.search(words) or QUOTED_SPEECH.search(words):
        return False
    return (first.isupper() or first.isdigit()) and any(char.isalpha() for char in words)


def _is_prose(words: str) -> bool:
    return STOPPED.search(words) is not None and len(words.split()) >= 4


def _stands_out(words: str, before: str) -> bool:
    return (words.isupper() and not before.isupper()) or HASHES.match(words) is not None
