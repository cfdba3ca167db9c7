"""Texts with their sayings marked, as a tagger learns from them: composed rows, and PolNeAR where a user has it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.models.shadow import STRAIGHT
from sayso.models.sides import evened
from sayso.models.tagging import Frame, Range

if TYPE_CHECKING:
    from spacy.language import Language

MARK = re.compile(r"\[([scw])(\d+) |\]")
PARAGRAPH = "¶"
ROLES = {"s": "source", "c": "cue", "w": "content"}

Spans = dict[str, list[Range]]


class BadRow(ValueError):
    """A row whose brackets do not fit: which file, which line, and what was met."""


@dataclass
class Marked:
    """A text and its sayings, each with the character stretches of its source, cue and content."""

    text: str
    sayings: list[Spans] = field(default_factory=list)


@dataclass(frozen=True)
class Lesson:
    """The words of a text's paragraphs and the frames a tagger should find in them."""

    paragraphs: list[list[str]]
    frames: list[Frame]


def row(line: str) -> Marked:
    """One composed row without its brackets, and what they held. Raises `BadRow` where they do not fit."""
    text: list[str] = []
    found: dict[str, Spans] = {}
    opened: list[tuple[str, str, int]] = []
    at = length = 0
    for mark in MARK.finditer(line):
        text.append(line[at : mark.start()].replace(PARAGRAPH, "\n"))
        length += len(text[-1])
        at = mark.end()
        if mark.group(1):
            opened.append((ROLES[mark.group(1)], mark.group(2), length))
        elif opened:
            role, number, first = opened.pop()
            found.setdefault(number, {role: [] for role in ROLES.values()})[role].append((first, length))
        else:
            raise BadRow(f"a bracket is closed that was never opened, at character {mark.start()}: {line[:80]}")
    if opened:
        raise BadRow(f"a bracket is never closed: {line[:80]}")
    text.append(line[at:].replace(PARAGRAPH, "\n"))
    return Marked("".join(text), [found[number] for number in sorted(found, key=int)])


def composed(folder: Path) -> list[Marked]:
    """Every row of a folder's `.txt` files, in file order."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                found.append(row(line.strip()))
            except BadRow as error:
                raise BadRow(f"{path.name} line {number}: {error}") from None
    return found


def lesson(marked: Marked) -> Lesson:
    """The words of a marked text, made as the reading makes them, and its sayings as frames over them.

    A stretch becomes the words that it touches; a saying without a cue teaches nothing and is left out.
    """
    paragraphs: list[list[str]] = []
    starts: list[int] = []
    ends: list[int] = []
    for first, line in _lines(marked.text.translate(STRAIGHT)):
        tokens = [token for token in _tokenizer().make_doc(line) if not token.is_space]
        paragraphs.append(evened([token.text for token in tokens]))
        starts += [first + token.idx for token in tokens]
        ends += [first + token.idx + len(token) for token in tokens]
    frames = [frame for saying in marked.sayings if (frame := _frame(saying, starts, ends)) is not None]
    return Lesson(paragraphs, frames)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


@cache
def _tokenizer() -> Language:
    import spacy

    return spacy.blank("en")


def _frame(saying: Spans, starts: list[int], ends: list[int]) -> Frame | None:
    roles = {role: _joined(_words(spans, starts, ends)) for role, spans in saying.items()}
    if not roles["cue"]:
        return None
    return Frame(roles["cue"][0], tuple(roles["source"]), tuple(roles["content"]), 1.0)


def _words(spans: Iterable[Range], starts: list[int], ends: list[int]) -> list[Range]:
    found = []
    for first, last in spans:
        low = bisect_left(ends, first + 1)
        high = bisect_left(starts, last)
        if low < high:
            found.append((low, high))
    return sorted(found)


def _joined(ranges: list[Range]) -> list[Range]:
    found: list[Range] = []
    for first, last in ranges:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def sayings_of(attributions: Iterable[dict[str, Any]]) -> list[Spans]:
    """Attribution records (`source`, `cue`, `content` as lists of character pairs) as sayings."""
    return [
        {role: [(first, last) for first, last in record.get(role) or ()] for role in ROLES.values()}
        for record in attributions
    ]
