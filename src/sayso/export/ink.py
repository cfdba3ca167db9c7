"""Words on a terminal: made harmless, measured by the cells they take, wrapped, and coloured if asked.

Whatever a report holds, none of it can move the cursor, set a title, or turn the reading direction round:
control characters and direction marks are shown, never sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

BLANKS = re.compile(r"[ \t\r\n\v\f\u0085\u2028\u2029]+")
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u00ad"  # direction marks, things unseen
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of characters, tags
)
JOINERS = "\u200c\u200d"
CODES = {
    "heading": "1",
    "who": "1",
    "act": "36",
    "against": "33",
    "quoted": "32",
    "faint": "2",
    "good": "32",
    "bad": "1;31",
    "unsure": "33",
}


class Run(NamedTuple):
    """A stretch of text in one style (a key of `CODES`, or "" for none)."""

    text: str
    style: str = ""


Line = list[Run]


def safe(text: str) -> str:
    r"""The text on one line, each stretch of white space one blank, and whatever could drive a terminal made visible.

    >>> safe("a\x1b[31m\nb\u202e")
    'a␛[31m b‹U+202E›'
    """
    return HARMFUL.sub(lambda found: _shown(found.group()), BLANKS.sub(" ", text))


def _shown(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    if char in JOINERS or unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(text: str) -> int:
    r"""How many cells a harmless text takes.

    >>> columns("Kyiv"), columns("基輔"), columns("e\u0301")
    (4, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def line_columns(line: Line) -> int:
    """How many cells a line takes."""
    return sum(columns(run.text) for run in line)


def wrap(runs: Iterable[Run], width: int) -> list[Line]:
    """Lay runs out in lines of at most `width` cells, broken at blanks, a longer word where the line ends."""
    lines: list[list[Run]] = [[]]
    room = width
    for word in _words(runs):
        size = line_columns(word)
        gap = 1 if lines[-1] else 0
        if size + gap <= room:
            lines[-1] += [Run(" ", word[0].style), *word] if gap else word
            room -= size + gap
            continue
        if lines[-1]:
            lines.append([])
        room = width
        for piece in _split(word) if size > width else [word]:
            needed = line_columns(piece)
            if needed > room:
                lines.append([])
                room = width
            lines[-1] += piece
            room -= needed
    return [_merged(line) for line in lines]


def _words(runs: Iterable[Run]) -> Iterator[Line]:
    """The words of the runs, each a line of its own; a word may change style inside."""
    word: Line = []
    for run in runs:
        for number, part in enumerate(run.text.split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append(Run(part, run.style))
    if word:
        yield word


def _split(word: Line) -> Iterator[Line]:
    """The word in pieces that may stand on different lines: a character with the marks it bears."""
    for run in word:
        piece = ""
        for char in run.text:
            if piece and _cells(char):
                yield [Run(piece, run.style)]
                piece = ""
            piece += char
        if piece:
            yield [Run(piece, run.style)]


def _merged(line: Line) -> Line:
    merged: Line = []
    for run in line:
        if merged and merged[-1].style == run.style:
            merged[-1] = Run(merged[-1].text + run.text, run.style)
        else:
            merged.append(run)
    return merged


def indented(lines: Iterable[Line], by: int) -> list[Line]:
    """The lines, moved to the right."""
    return [[Run(" " * by), *line] if line else [] for line in lines]


def hanging(label: Sequence[Run], runs: Iterable[Run], width: int, by: int) -> list[Line]:
    """A label, and beside it the runs, wrapped so that every line of them starts `by` cells in.

    A label that leaves no blank before that place gets a line of its own.
    """
    body = wrap(runs, max(1, width - by))
    space = by - line_columns(list(label))
    if space < 1:
        return [*wrap(label, width), *indented(body, by)]
    return [[*label, Run(" " * space), *body[0]], *indented(body[1:], by)]


def beside(left: Sequence[Line], right: Sequence[Line], at: int) -> list[Line]:
    """Two columns of lines, the right one beginning `at` cells in."""
    lines: list[Line] = []
    for number in range(max(len(left), len(right))):
        begins = left[number] if number < len(left) else []
        ends = right[number] if number < len(right) else []
        lines.append([*begins, Run(" " * (at - line_columns(begins))), *ends] if ends else [*begins])
    return lines


def painted(lines: Iterable[Line], *, colour: bool) -> str:
    """The lines as one text, each ended by a newline; without colour, not one escape is in it."""
    return "".join("".join(_run(run, colour) for run in line).rstrip(" ") + "\n" for line in lines)


def _run(run: Run, colour: bool) -> str:
    if not colour or not run.style or not run.text.strip():
        return run.text
    return f"\x1b[{CODES[run.style]}m{run.text}\x1b[0m"


def titled(title: str, tally: str, width: int) -> list[Line]:
    """The title of a part of a page, how many things it holds, and a rule below."""
    line = [Run(title.upper(), "heading"), Run(f"  {tally}" if tally else "", "faint")]
    return [*([line] if line_columns(line) <= width else wrap(line, width)), rule("─", width)]


def rule(char: str, width: int) -> Line:
    """A line across the page."""
    return [Run(char * width, "faint")]
