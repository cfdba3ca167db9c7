"""Lines and paragraphs: where a text breaks, and whether its lines were broken to fit a width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.record import Span
from sayso.values.capitals import is_loud
from sayso.values.kept import Kept, kept
from sayso.values.spans import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.record import Cut

LINE = re.compile("[^\r\n\v\f\x85\u2028\u2029]+")
BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
STOP = re.compile("[.!?…:;][\"'”’»“)\\]]*$")
BULLET = re.compile(r"(?:[-–—•·*‣▪●○►]|\d{1,2}[.)]|\(\d{1,2}\))[ \t\u00a0]+")
WIDEST = 130
"""A line longer than this was never broken to fit."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its stretch of the sealed text without cuts at its ends, and its words without cuts."""

    span: Span
    kept: Kept

    @property
    def words(self) -> str:
        """The words of the paragraph, leftovers left out."""
        return self.kept.text


def lines(text: str) -> tuple[Span, ...]:
    """Every line that shows anything, without the white space around it."""
    return tuple(found for match in LINE.finditer(text) if (found := trimmed(text, match.start(), match.end())))


def paragraphs(text: str, found: Sequence[Span], *, as_lines: bool) -> tuple[Span, ...]:
    """The paragraphs these lines make: one each, unless the text was broken to fit a width.

    `found` are the lines without those that are cut as a whole, so that leftovers do not sway the judgement.
    """
    blocks = _blocks(text, found)
    if as_lines or not _is_wrapped(text, blocks):
        return tuple(found)
    joined: list[Span] = []
    for block in blocks:
        start = 0
        for index in range(1, len(block) + 1):
            if index == len(block) or _breaks(text, block[index - 1], block[index]):
                joined.append(Span(block[start].start, block[index - 1].end))
                start = index
    return tuple(joined)


def _blocks(text: str, found: Sequence[Span]) -> list[list[Span]]:
    blocks: list[list[Span]] = []
    for line in found:
        gap = text[blocks[-1][-1].end : line.start] if blocks else ""
        if blocks and len(BREAK.findall(gap)) == 1 and not gap.strip():
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_wrapped(text: str, blocks: list[list[Span]]) -> bool:
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs:
        return False
    longest = max(line.end - line.start for block in blocks for line in block)
    lengths = sorted(line.end - line.start for line, _ in pairs)  # the last line of a paragraph tells no width
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width > WIDEST or longest > 2 * WIDEST or width < 40:
        return False
    long = sum(1 for line, _ in pairs if line.end - line.start >= 0.7 * width)
    going_on = sum(1 for line, after in pairs if not _stops(text, line) and _goes_on(text, line, after, width))
    unstopped = sum(1 for line, _ in pairs if not _stops(text, line))
    return going_on > 0 and long >= 0.7 * len(pairs) and unstopped >= 0.5 * len(pairs)


def _goes_on(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether a line goes on with the one before it: in small letters, or, in a text of capitals, behind a full one."""
    if text[after.start].islower():
        return True
    full = line.end - line.start >= 0.7 * width
    return full and is_loud(text[line.start : after.end])


def _breaks(text: str, line: Span, after: Span) -> bool:
    words = text[line.start : line.end]
    if BULLET.match(text, after.start, after.end):
        return True
    return words.isupper() != text[after.start : after.end].isupper() and len(words) < 60 and not _stops(text, line)


def _stops(text: str, line: Span) -> bool:
    return STOP.search(text, max(line.start, line.end - 6), line.end) is not None


def blocks_of(text: str, spans: Iterable[Span], cuts: Sequence[Cut]) -> tuple[Block, ...]:
    """The paragraphs with what is kept of each; one of which nothing is kept is none."""
    found: list[Block] = []
    ordered = [cut.span for cut in sorted(cuts, key=lambda cut: cut.span)]
    first = 0
    for span in spans:
        while first < len(ordered) and ordered[first].end <= span.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].start < span.end:
            last += 1
        pieces = kept(text, span, ordered[first:last]).pieces
        ends = [piece for each in pieces if (piece := trimmed(text, each.start, each.end))]
        if ends:
            inside = Span(ends[0].start, ends[-1].end)
            found.append(Block(inside, kept(text, inside, ordered[first:last])))
    return tuple(found)
