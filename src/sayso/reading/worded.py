"""Signs that a copy was worded anew: set phrases replaced, one word spelled in two ways, characters gone wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.patterns import loosened
from sayso.record import Condition, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.lines import Block

SUBJECT = "en/damage"
TWO_SPELLINGS = 0.5
"""The weight of one name in two spellings: clean reports slip too, but seldom and never in much else besides."""

TWICE_OVER = 0.6
STUCK = "The same words come again at once, as where a translating machine got stuck."
LOOPS = range(3, 6)
LOOP = re.compile(r"\b(\w+(?: \w+){2,4}) \1\b")
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[A-ZŁŚŻŽŠČ][a-zà-ž]{4,}")
SAME_SOUND = (
    (re.compile(r"(?:iy|yi|yy|ij|ii|ey|yj|y)$"), "i"),
    (re.compile(r"iu|yu"), "ju"),
    (re.compile(r"ia|ya"), "ja"),
    (re.compile(r"^ye(?!ll)"), "e"),
    (re.compile(r"zh"), "j"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"y"), "i"),
)


class Weighed(NamedTuple):
    """A sign, and how much it weighs against quoting the copy: 1 is enough alone."""

    sign: Condition
    weight: float


class _Row(NamedTuple):
    kind: str
    pattern: re.Pattern[str] | None
    near: frozenset[str]
    times: int
    spellings: tuple[tuple[str, ...], ...]
    weight: float
    says: str


def signs_of_rewording(blocks: Sequence[Block], knowledge: Knowledge) -> Iterator[Weighed]:
    """What the rows of `en/damage` find in the paragraphs, words said twice over, people's names in two spellings."""
    whole = "\n".join(block.words for block in blocks)
    used = frozenset(WORD.findall(whole))
    folded = frozenset(map(str.casefold, used))
    rows = _rows(knowledge)
    for row in rows:
        found = _spelled(blocks, row, used) if row.spellings else _matched(blocks, row, folded)
        if len(found) >= row.times:
            yield Weighed(Condition(row.kind, tuple(sorted(found)), row.says), row.weight)
    stuck = [span for block in blocks for span in _stuck(block)]
    if stuck:
        yield Weighed(Condition("garbled", tuple(stuck), STUCK), TWICE_OVER)
    known = frozenset(word for row in rows for words in row.spellings for word in words)
    for sign in _two_spellings(blocks, used - known):
        yield Weighed(sign, TWO_SPELLINGS)


def _matched(blocks: Sequence[Block], row: _Row, used: frozenset[str]) -> list[Span]:
    if row.pattern is None or (row.near and row.near.isdisjoint(used)):
        return []
    return [span for block in blocks for span in _places(block, row.pattern)]


def _spelled(blocks: Sequence[Block], row: _Row, used: frozenset[str]) -> list[Span]:
    """Every place of the words that stand in a text in more than one of their spellings."""
    both = [word for words in row.spellings if len(used.intersection(words)) > 1 for word in used.intersection(words)]
    if not both:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, both))})\b")
    return [span for block in blocks for span in _places(block, pattern)]


def _places(block: Block, pattern: re.Pattern[str]) -> Iterator[Span]:
    for found in pattern.finditer(block.words):
        yield from block.kept.spans(found.start(), found.end())


def _stuck(block: Block) -> Iterator[Span]:
    """Stretches where the last words are said again at once, without a stop or comma: "on the bridge on the bridge"."""
    words = block.words.split()
    if not any(_again(words, length) for length in LOOPS):
        return
    for found in LOOP.finditer(block.words):
        yield from block.kept.spans(found.start(), found.end())


def _again(words: Sequence[str], length: int) -> bool:
    run = 0
    for word, later in zip(words, words[length:], strict=False):
        run = run + 1 if word == later or word == later[:-1] else 0
        if run == length:
            return True
    return False


def _two_spellings(blocks: Sequence[Block], used: frozenset[str]) -> Iterator[Condition]:
    """One person's name written in two ways: "Okoyevsky" and "Okoyevskiy" are one sound."""
    heard: dict[str, list[str]] = {}
    for word in used:
        if NAME.fullmatch(word) and not word.endswith(("s", "ing", "ed")):
            heard.setdefault(_sound(word), []).append(word)
    for words in sorted(sorted(spellings) for spellings in heard.values() if len(spellings) > 1):
        pattern = re.compile(rf"(?<=[a-z,;”\"] )(?:{'|'.join(words)})(?![^\W\d_])")
        written = {word for block in blocks for word in pattern.findall(block.words)}
        if len(written) > 1:
            spans = tuple(sorted(span for block in blocks for span in _places(block, pattern)))
            yield Condition("reworded", spans, f"One name is written in two ways: {' and '.join(sorted(written))}.")


@cache
def _sound(word: str) -> str:
    sound = word.casefold()
    for pattern, plain in SAME_SOUND:
        sound = pattern.sub(plain, sound)
    return sound


@cache
def _rows(knowledge: Knowledge) -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["kind"],
            _pattern(row["pattern"], bool(row.get("capitals"))) if "pattern" in row else None,
            frozenset(row.get("near", ())),
            row.get("times", 1),
            tuple(tuple(words) for words in row.get("spellings", ())),
            float(row["weight"]),
            row["says"],
        )
        for row in knowledge.rows(SUBJECT)
    )


def _pattern(words: str, capitals: bool) -> re.Pattern[str]:
    return re.compile(loosened(words), re.NOFLAG if capitals else re.IGNORECASE)
