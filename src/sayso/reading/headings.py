"""Titles, headings and the sections below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.reading.lines import BULLET
from sayso.record import Section, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sayso.reading.lines import Block

LONGEST = 100
MOST_WORDS = 14
LONGEST_TITLE = 220
MOST_TITLE_WORDS = 32
MOST_HEAD_LINES = 12
LONGEST_CLOCK = 24
HASHES = re.compile(r"\A#{1,6}\s+")
STOPPED = re.compile(r"[.!…:;,][\"'”’»)\]]*$")
CLOCK_LINE = re.compile(
    r"[\[(]?(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|(?:[01]?\d|2[0-3])[.][0-5]\d(?=\s*[A-Za-z])|\d{1,2}(?=\s?[ap]\.?m))"
    r"(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}(?:[+-]\d{1,2})?|local time)\)?)?[\])]?\s*[-–—:|]?",
)
"""A line that is nothing but a time of day, as live pages put it above each of their posts."""

CLOCK_BEFORE = re.compile(
    rf"(?!\d{{1,2}}\.\d\d\s+[A-Z][a-z\s]){CLOCK_LINE.pattern}(?<=[\w.\])|:–—-])[ \t\u00a0]+"
    r"(?=[\"'“‘«„(\[]?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[^\W\d_a-z])"
)
"""A time of day before the first sentence of a post. Before a weekday it is a part of the sentence, and a bare "4.12"
may number a clause."""

DAY = re.compile(r",?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?\Z")
QUOTED_SPEECH = re.compile(r"[,.!?][\"”»]|[\"“«].*[\"”»]\s+\w+.*,")


def head_of(blocks: Sequence[Block]) -> int:
    """How many paragraphs stand above the story: short ones without a stop, from the first, with prose below them.

    The first post of a live page begins with its time of day.
    """
    for index, block in enumerate(blocks[: MOST_HEAD_LINES + 1]):
        words = HASHES.sub("", block.words, count=1)
        if is_clock(words):
            return index
        if len(words) > LONGEST_TITLE or len(words.split()) > MOST_TITLE_WORDS or STOPPED.search(words):
            return index if any(_is_prose(each.words) for each in blocks[index:]) else 0
    return 0


def is_title(block: Block, after: Sequence[Block]) -> bool:
    """Whether the first paragraph is the report's headline: short, without a stop, with a story below it."""
    words = HASHES.sub("", block.words, count=1)
    if len(words) > LONGEST_TITLE or len(words.split()) > MOST_TITLE_WORDS or not _is_unstopped(words):
        return False
    return any(_is_prose(each.words) for each in after[:12])


def is_clock(words: str) -> bool:
    """Whether a line is nothing but a time of day: "14:05", "2.30pm GMT"."""
    return len(words) <= LONGEST_CLOCK and CLOCK_LINE.fullmatch(words.strip()) is not None


def clock_before(block: Block) -> int:
    """How long the time of day is that a paragraph begins with before its first sentence; 0 without one."""
    found = CLOCK_BEFORE.match(block.words)
    return found.end() if found else 0


def headings_of(blocks: Sequence[Block], skipped: Collection[int], captions: Collection[int] = ()) -> set[int]:
    """Which paragraphs are headings: short, without a stop, and followed by a story; and times of day alone on a line.

    Three or more such lines in a row are a list. `skipped` are the title, the credits and the like. `captions` of
    pictures are passed over: a heading above one heads what follows it.
    """
    order = [index for index in range(len(blocks)) if index not in captions]
    clocks = [index for index in order if index not in skipped and is_clock(DAY.sub("", blocks[index].words))]
    aside = {*skipped, *clocks}
    short = [index not in aside and _looks_like_heading(blocks[index].words) for index in order]
    found = set(clocks)
    at = 0
    while at < len(order):
        run = at
        while run < len(order) and short[run]:
            run += 1
        followed = run < len(order) and order[run] not in aside
        if 0 < run - at <= 2 and followed:
            found.update(order[at:run])
        elif run > at and followed and _stands_out(blocks[order[run - 1]].words, blocks[order[run - 2]].words):
            found.add(order[run - 1])
        at = max(run, at + 1)
    return found if any(index not in found and index not in skipped for index in order) else set()


def sections_of(
    blocks: Sequence[Block],
    headings: Collection[int],
    aside: Collection[int],
    title: int | None,
    glued: Mapping[int, int],
) -> tuple[Section, ...]:
    """The story in order, cut at its headings; the title, what stands above it, and the lines `aside` are no part.

    A time of day or a heading before the first sentence of a paragraph heads it as one on a line of its own does:
    `glued` are their lengths.
    """
    sections: list[Section] = []
    start: int | None = None
    heading: Span | None = None
    for index, block in enumerate(blocks):
        if index in aside or index <= (-1 if title is None else title):
            continue
        length = glued.get(index, 0)
        if index in headings or length:
            if start is not None:
                sections.append(_section(len(sections), heading, start, blocks[index - 1].span.end))
            in_line = length and index not in headings
            start, heading = block.span.start, _glued_span(block, length) if in_line else block.span
        elif start is None:
            start = block.span.start
    if start is not None:
        sections.append(_section(len(sections), heading, start, blocks[-1].span.end))
    return tuple(sections)


def _glued_span(block: Block, end: int) -> Span:
    hashes = HASHES.match(block.words)
    return block.kept.span(hashes.end() if hashes else 0, len(block.words[:end].rstrip(" \t\u00a0-–—:|"))) or block.span


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
