"""Sentences: sentencex over what is kept of a paragraph, and what it gets wrong put right."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

from sayso.record import Span
from sayso.values.capitals import is_loud

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.values.kept import Kept

SUBJECT = "en/abbreviation"
OPENING = "“«„‘([\"'"
LONGEST = 10_000
"""Characters given to sentencex at a time; no paragraph that a person wrote is so long."""

SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]?\s+")
LONGEST_MARKS = 20
"""The characters at the end of a sentence among which marks of the next can stand."""

BLANK = re.compile(r"\s+")
OPENS_ANEW = re.compile(r"[.!?…][\"”’»)]?\s+(?=(?:[“\"«„‘]|``|'')[^\W\d_a-z])")
"""A stop before an opening mark and a capital ends a sentence, even where the mark before it was never closed."""

LAST_OPENING = re.compile(r"(?<=[.!?…])\s*([“«„‘]+)\s*$")
LAST_STRAIGHT = re.compile(r"[.!?…][\"'”’»)\]]*\s+([\"'])\s*$")
CLOSING_ONLY = re.compile(r"[\"'”’»)\].!?…\s]+$")
LEADING_CLOSERS = re.compile(r"[”»)\]]+(?:\s+|$)")
LEADING_STRAIGHT = re.compile(r"[\"'](?=\s)\s+")
CUE_IN_CAPITALS = re.compile(
    r"(?:SAID|SAYS|ASKED|ASKS|ADDED|WROTE|CRIED|SHOUTED|INSISTED|REPLIED|ANSWERED|WARNED|DECLARED|DEMANDED)\b"
)
"""What goes on with a sentence behind a question in quotation marks; small letters would show it."""

LAST_WORD = re.compile(r"([\w.’'-]+)\s*$")
UNFINISHED = re.compile(r"(?:…|\.\.\.|[?!][\"”’»]?|\.[\"”’»])\s*$")


def sentences_in(words: str, knowledge: Knowledge, *, language: str) -> list[tuple[int, int]]:
    """The sentences of one stretch of text, without white space at their ends."""
    if not words.strip():
        return []
    cuts = _with_anew(words, _ends(words, language))
    starts = [0, *cuts[:-1]]
    pieces = _with_marks_moved(words, list(zip(starts, cuts, strict=True)))
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _goes_on(words, joined[-1], (start, end), knowledge):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [found for start, end in joined for found in bare(words, start, end)]


def _with_anew(words: str, ends: list[int]) -> list[int]:
    """The ends with those before a mark that opens anew; where one is, none stands right behind that mark."""
    anew = [found.end() for found in OPENS_ANEW.finditer(words)]
    behind = {at + length for at in anew for length in (1, 2, 3)} - {len(words)}
    return sorted({*anew, *(end for end in ends if end not in behind)})


def _ends(words: str, language: str) -> list[int]:
    """Where sentencex ends each sentence. It slows down with the square of what it is given, so that is bounded."""
    ends: list[int] = []
    at = 0
    while at < len(words):
        stop = _stop_after(words, at)
        if stop - at > 2 * LONGEST:
            ends.append(stop)
        else:
            ends += [at + found["end_index"] for found in get_sentence_boundaries(language, words[at:stop])]
        at = stop
    return ends


def _stop_after(words: str, at: int) -> int:
    if len(words) - at <= LONGEST:
        return len(words)
    ends = [found.end() for found in SENTENCE_END.finditer(words, at, at + LONGEST)]
    if ends:
        return ends[-1]
    blank = BLANK.search(words, at + LONGEST)
    return blank.end() if blank else len(words)


def sealed_span(kept: Kept, start: int, end: int) -> Span:
    """A stretch of kept text in the sealed text, from its first character to its last, cuts between included."""
    pieces = kept.spans(start, end)
    return Span(pieces[0].start, pieces[-1].end)


def _with_marks_moved(words: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces whose opening marks stand with what they open, and closing marks with what they close."""
    moved: list[tuple[int, int]] = []
    for start, end in pieces:
        begin = moved[-1][1] if moved else start
        if moved and (closing := _closing_at(words, begin, end)):
            moved[-1] = (moved[-1][0], closing.end())
            begin = closing.end()
        stop = _before_opening(words, begin, end) if end < len(words) else end
        if stop > begin:
            moved.append((begin, stop))
    if moved and moved[-1][1] < len(words):
        moved[-1] = (moved[-1][0], len(words))
    return moved


def _closing_at(words: str, begin: int, end: int) -> re.Match[str] | None:
    """The closing marks that a piece begins with. A straight one closes where it stands at the stop before it."""
    glued = not words[begin - 1].isspace()
    return LEADING_CLOSERS.match(words, begin, end) or (LEADING_STRAIGHT.match(words, begin, end) if glued else None)


def _before_opening(words: str, begin: int, end: int) -> int:
    """Where a piece ends without the mark that opens the next. A straight one opens on a word or behind closed ones."""
    tail = max(begin, end - LONGEST_MARKS)
    if opening := LAST_OPENING.search(words, tail, end):
        return opening.start(1)
    straight = LAST_STRAIGHT.search(words, tail, end)
    if straight and (
        straight[1] == "'"
        or (straight.end(1) == end and not words[end].isspace())
        or words.count('"', 0, straight.start(1)) % 2 == 0
    ):
        return straight.start(1)
    return end


def _goes_on(words: str, before: tuple[int, int], here: tuple[int, int], knowledge: Knowledge) -> bool:
    text = words[here[0] : here[1]].lstrip()
    if not text or CLOSING_ONLY.fullmatch(text):
        return True
    ending = words[max(before[0], before[1] - 40) : before[1]]
    if UNFINISHED.search(ending) and (text[0].islower() or (CUE_IN_CAPITALS.match(text) and is_loud(text))):
        return True
    last = LAST_WORD.search(ending)
    if not last or not last[1].endswith("."):
        return False
    word = last[1].lstrip("'’-")
    before_names, before_numbers = _abbreviations(knowledge)
    first = text.lstrip(OPENING)[:1]
    if is_loud(text):
        word = word.capitalize()
    if word in before_names:
        return first.isalpha() or first.isdigit()
    return word in before_numbers and first.isdigit()


@cache
def _abbreviations(knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str]]:
    rows = knowledge.rows(SUBJECT)
    names = frozenset(word for row in rows if row["before"] == "name" for word in row["words"])
    numbers = frozenset(word for row in rows if row["before"] == "number" for word in row["words"])
    return names, numbers


def bare(words: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch without white space at its ends; nothing where it holds neither letter nor figure."""
    piece = words[start:end]
    inner = piece.strip()
    if not any(char.isalnum() for char in inner):
        return []
    start += len(piece) - len(piece.lstrip())
    return [(start, start + len(inner))]
