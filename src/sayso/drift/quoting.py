"""Quotations in other words, and words that nobody had quoted in quotation marks."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.drift.polarity import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Quotation

FEWEST = 3
"""Words: shorter quotations are terms and titles, told as such or not."""
ALIKE, SAME = 0.3, 0.999
MARKS = '"“”„«»'


def quotations(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, the quotations that go together and are not the same words."""
    for one, two in sides.pairs:
        theirs = list(sides.there.quotations.get(two, ()))
        for quoted in sides.here.quotations.get(one, ()):
            ours = _words(sides.here, quoted)
            if len(ours) < FEWEST or not theirs:
                continue
            likest = max(theirs, key=lambda other: _likeness(ours, _words(sides.there, other)))
            likeness = _likeness(ours, _words(sides.there, likest))
            if ALIKE <= likeness < SAME and not _is_shorter(ours, _words(sides.there, likest)):
                says = f"the words in quotation marks are no longer the same: {_said(sides, quoted, likest)}"
                yield sides.change("quotation_reworded", says, quoted.span, likest.span)
                theirs.remove(likest)


def marks(sides: Sides) -> Iterator[Change]:
    """Words in quotation marks there that stand here too, told by nobody's mouth."""
    for one, two in sides.pairs:
        if any(mark in sides.here.text[near.start : near.end] for near in sides.turned.around(one) for mark in MARKS):
            continue
        here = sides.here.kept(one).text
        stems = {word.stem for word in words(here) if word.is_content}
        for quoted in sides.there.quotations.get(two, ()):
            inside = [word.stem for word in words(_inner(sides.there, quoted)) if word.is_content]
            if len(inside) >= FEWEST and sum(stem in stems for stem in inside) >= 0.6 * len(inside):
                says = "told in quotation marks; the other has the words without them"
                yield sides.change("put_in_quotation_marks", says, one, quoted.span)


def _words(told: Told, quoted: Quotation) -> list[str]:
    return [word.small for word in words(_inner(told, quoted)) if word.small[0].isalnum()]


def _inner(told: Told, quoted: Quotation) -> str:
    return " ".join(told.text[span.start : span.end] for span in quoted.inner)


def _likeness(one: list[str], two: list[str]) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _is_shorter(one: list[str], two: list[str]) -> bool:
    """Whether one is a cut of the other: the words left are the same."""
    short, long = sorted((one, two), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _said(sides: Sides, one: Quotation, two: Quotation) -> str:
    return f"{_short(_inner(sides.here, one))} — {_short(_inner(sides.there, two))}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
