"""Masks of one length, whatever they stand for: how long a name is can tell whose it is.

A text whose masks are shortened has other places. Every stretch that is handed on is counted in the text as it is
handed on, so that words still stand where they are said to stand, and no number gives away what a mask is as long as.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar

from sayso.ledger.asking.private import MASK
from sayso.record import Span, Utterance

FIXED = MASK * 5
"""What stands for anything that is withheld."""
RUNS = re.compile(rf"{MASK}+(?:(?:[^\S\n]|\n(?!\n)|['’.\-])+{MASK}+)*")
"""Masked words beside each other, which are one mask: how many there are tells as much as how long they are."""
Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class Recount:
    """The masked runs of one text, and where they stand in it once each is as long as any other."""

    runs: tuple[tuple[int, int], ...]
    begins: tuple[int, ...]  # of each run, in the new text

    @classmethod
    def of(cls, text: str) -> Recount:
        """How a text with masks is counted anew."""
        runs = tuple(found.span() for found in RUNS.finditer(text))
        begins, moved = [], 0
        for start, end in runs:
            begins.append(start + moved)
            moved += len(FIXED) - (end - start)
        return cls(runs, tuple(begins))

    def span(self, old: Span) -> Span:
        """A stretch in the new text: what begins or ends within a mask takes in all of it."""
        return Span(self._start(old.start), self._end(old.end))

    def _start(self, at: int) -> int:
        n = bisect_right(self.runs, at, key=lambda run: run[0]) - 1
        if n >= 0 and at < self.runs[n][1]:
            return self.begins[n]
        return self._behind(n, at)

    def _end(self, at: int) -> int:
        n = bisect_left(self.runs, at, key=lambda run: run[0]) - 1
        if n >= 0 and at < self.runs[n][1]:
            return self.begins[n] + len(FIXED)
        return self._behind(n, at)

    def _behind(self, n: int, at: int) -> int:
        """A place behind run `n`; of -1, before all of them."""
        return at if n < 0 else self.begins[n] + len(FIXED) + at - self.runs[n][1]


def shortened(words: str) -> str:
    """Words with masks of one length.

    >>> shortened("███ ██████, who said “█ ███████ ███ █████.”")
    '█████, who said “█████.”'
    """
    return RUNS.sub(FIXED, words)


def recounted(noun: Noun, counts: Mapping[str, Recount]) -> Noun:
    """A noun with masks of one length in every word of it, and its stretches where they are then, by their reports."""
    told: Noun = _of(noun, counts, None)
    return told


def _of(noun: Any, counts: Mapping[str, Recount], report: str | None) -> Any:
    if isinstance(noun, str):
        return shortened(noun) if MASK in noun else noun
    if isinstance(noun, Span):
        return counts[report].span(noun) if report is not None and report in counts else noun
    if isinstance(noun, tuple):
        told = tuple(_of(one, counts, report) for one in noun)
        return noun if all(map(is_, told, noun)) else told
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    own = noun.anchor.report if isinstance(noun, Utterance) else getattr(noun, "report", None)
    report = own if isinstance(own, str) else report
    held = {one.name: getattr(noun, one.name) for one in fields(noun)}
    changed = {name: _of(value, counts, report) for name, value in held.items()}
    new = {name: value for name, value in changed.items() if value is not held[name]}
    return replace(noun, **new) if new else noun
