"""Quotations in other words, and words that nobody had quoted in quotation marks.

A copy that was reworded or translated throughout has all its quotations in other words. That is told once, of the two
reports; one by one, quotations are told where the words around them are still those of the other.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.drift.polarity import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.polarity import Word
    from sayso.drift.sides import Told
    from sayso.record import Change, Quotation, Span

FEWEST = 3
"""Words: shorter quotations are terms and titles, told as such or not."""
ALIKE, SAME = 0.3, 0.999
NEAR_VERBATIM = 0.85
"""Likeness of what stands around two quotations from where on its writer kept to the words of the other."""
LONG = 10
"""Words and marks of a sentence beside that is long enough to tell."""
VERBATIM = 0.98
"""The same of a sentence beside, where the reports as a whole are not so near."""
KEPT = 0.5
"""The share of the words put between marks that the other has without them."""
SINGLE = re.compile(r"(?<!\w)['‘]\w")
MARKS = frozenset('"“”„«»')

Two = tuple["Quotation", "Quotation"]


def quotations(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, the quotations that go together and are not the same words."""
    reworded: list[Two] = []
    same = 0
    for one, two in sides.pairs:
        for ours, theirs, is_same in _together(sides, one, two):
            if is_same:
                same += 1
                continue
            if _is_near_verbatim(sides, one, two, ours, theirs):
                says = f"the words in quotation marks are no longer the same: {_said(sides, ours, theirs)}"
                yield sides.change("quotation_reworded", says, ours.span, theirs.span)
            else:
                reworded.append((ours, theirs))
    if reworded:
        yield _throughout(sides, reworded, same)


def _throughout(sides: Sides, reworded: Sequence[Two], same: int) -> Change:
    """One change for all quotations of a copy in other words."""
    ours, theirs = reworded[0]
    many = f"all {len(reworded)} quotations that go together are" if len(reworded) > 1 else "all that is quoted is"
    if same:
        many = f"all but {same} of {len(reworded) + same} quotations that go together are"
    says = f"{many} in other words, as the copy is: {_said(sides, ours, theirs)}"
    return sides.change("quotation_reworded", says, ours.span, theirs.span)


def _together(sides: Sides, one: Span, two: Span) -> Iterator[tuple[Quotation, Quotation, bool]]:
    """The quotations of two sentences that are likest, each with one, and whether they are the same words."""
    theirs = list(sides.there.quotations.get(two, ()))
    for quoted in sides.here.quotations.get(one, ()):
        ours = _words(sides.here, quoted)
        if len(ours) < FEWEST or not theirs:
            continue
        likest = max(theirs, key=lambda other: _likeness(ours, _words(sides.there, other)))
        others = _words(sides.there, likest)
        likeness = _likeness(ours, others)
        if likeness >= ALIKE and len(others) >= FEWEST:
            theirs.remove(likest)
            yield quoted, likest, likeness >= SAME or _is_shorter(ours, others)


def _is_near_verbatim(sides: Sides, one: Span, two: Span, ours: Quotation, theirs: Quotation) -> bool:
    """Whether the words around two quotations are the same: in their sentences, else in those beside."""
    here, there = _around(sides.here, one, ours), _around(sides.there, two, theirs)
    if _likeness(here, there) < NEAR_VERBATIM:
        return False
    if sides.is_near_verbatim:
        return True
    beside = [
        (near, sides.partners[near]) for near in sides.turned.around(one) if near != one and near in sides.partners
    ]
    alike = [
        _likeness([word.small for word in sides.here.words(a)], [word.small for word in sides.there.words(b)])
        for a, b in beside
        if len(sides.here.words(a)) >= LONG
    ]
    return max(alike, default=0.0) >= VERBATIM


def _around(told: Told, sentence: Span, quoted: Quotation) -> list[str]:
    kept = told.kept(sentence)
    start, end = kept.position(quoted.span.start), kept.position(quoted.span.end)
    return [
        word.small
        for word in told.words(sentence)
        if (word.end <= start or word.start >= end) and word.small[0].isalnum()
    ]


def marks(sides: Sides) -> Iterator[Change]:
    """Words in quotation marks there that stand here too, told by nobody's mouth."""
    for one, two in sides.asked:
        quotes = sides.there.quotations.get(two, ())
        if not quotes or MARKS & set(sides.here.said(one)) or SINGLE.search(sides.here.said(one)):
            continue
        near = [word.stem for sentence in sides.turned.around(one) for word in _quoted(sides.here, sentence)]
        stems = {word.stem for word in sides.here.words(one)}
        for quoted in quotes:
            inside = [word.stem for word in words(_inner(sides.there, quoted)) if word.is_content]
            heard = sum(stem in near for stem in inside)
            if (
                len(inside) >= FEWEST - 1
                and sum(stem in stems for stem in inside) >= (KEPT if len(inside) >= FEWEST else 1) * len(inside)
                and heard < len(inside) / 2
                and not _is_title(sides.there, quoted)
            ):
                says = "told in quotation marks; the other has the words without them"
                yield sides.change("put_in_quotation_marks", says, one, quoted.span)


def _quoted(told: Told, sentence: Span) -> Iterator[Word]:
    for quoted in told.reading.quotations:
        if quoted.span.start < sentence.end and sentence.start < quoted.span.end:
            yield from words(_inner(told, quoted))


def _is_title(told: Told, quoted: Quotation) -> bool:
    """Whether every word of some length has a capital: a name of something, not what somebody said."""
    long = [word for word in _inner(told, quoted).split() if len(word) > 3]
    return bool(long) and all(not word[0].islower() for word in long)


def _words(told: Told, quoted: Quotation) -> list[str]:
    return [word.small for word in words(_inner(told, quoted)) if word.small[0].isalnum()]


def _inner(told: Told, quoted: Quotation) -> str:
    return " ".join(told.said(span) for span in quoted.inner)


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
