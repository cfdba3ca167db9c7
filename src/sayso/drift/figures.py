"""Figures that are not what they were, beyond rounding and conversion; their units; the things they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.quantity import aloud, convert, is_rounding
from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Quantity, Span

VAGUE = (
    "several",
    "a few",
    "few",
    "some",
    "many",
    "dozens",
    "a couple",
    "a number",
    "hundreds",
    "thousands",
    "multiple",
)
ALIKE = 0.3
"""The share of their words that two sentences have in common whose only figures can take each other's place."""
FAR = 4
"""Words to each side of a figure that tell its place in the sentence."""


def figures(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, the figures that stand on one side alone, matched by what they count."""
    for one, two in sides.asked:
        ours, theirs = sides.here.quantities.get(one, ()), sides.there.quantities.get(two, ())
        if not ours or not theirs:
            continue
        near = [item for sentence in sides.alone_around(two) for item in sides.there.quantities.get(sentence, ())]
        near_here = [
            item for sentence in sides.turned.alone_around(one) for item in sides.here.quantities.get(sentence, ())
        ]
        if any(_is_torn(item, sides.here) for item in ours) or any(_is_torn(item, sides.there) for item in theirs):
            continue
        ours = tuple(item for item in ours if not _is_vague(sides.here.said(item.span)))
        theirs = tuple(item for item in theirs if not _is_vague(sides.there.said(item.span)))
        gone = [item for item in ours if not _is_among(sides, item, near) and not _is_written(item, sides.there, two)]
        new = [
            item for item in theirs if not _is_among(sides, item, near_here) and not _is_written(item, sides.here, one)
        ]
        for was, now in _matched(sides, gone, new, one, two):
            yield _changed(sides, was, now)


def _is_vague(text: str) -> bool:
    """Whether a figure is "several" or "a few": no number that could change."""
    return text.lower() in VAGUE


def _is_torn(item: Quantity, told: Told) -> bool:
    """Whether digits go on behind a figure after a blank: 812 485, read in part."""
    behind = told.text[item.span.end : item.span.end + 4]
    return len(behind) > 1 and behind[0].isspace() and behind[1:].isdigit()


def _is_written(item: Quantity, told: Told, sentence: Span) -> bool:
    """Whether a sentence has the figure in digits that were not read as a quantity: a score, a number of something."""
    values = {str(int(value)) for value in _values(item) if value == int(value)}
    return any(word.small.strip(".,:") in values for word in told.words(sentence) if word.small[0].isdigit())


def units(sides: Sides) -> Iterator[Change]:
    """The same figure in another unit: 40 km are not 40 miles."""
    for one, two in sides.asked:
        ours, theirs = sides.here.quantities.get(one, ()), sides.there.quantities.get(two, ())
        for was in ours:
            same = [now for now in theirs if _bounds(now) == _bounds(was)]
            if not was.unit or not same or any(now.unit == was.unit or not now.unit for now in same):
                continue
            if _is_pound(_stretch(sides.here, was)) and _is_pound(_stretch(sides.there, same[0])):
                continue
            if _is_cut_short(was.unit, same[0].unit or "") or _is_cut_short(
                _stretch(sides.here, was), _stretch(sides.there, same[0])
            ):
                continue
            if any(other.unit == same[0].unit and _bounds(other) == _bounds(was) for other in ours):
                continue
            says = f"{_said(sides, was, True)} became {_said(sides, same[0], False)}: the same figure in another unit"
            yield sides.change("unit_changed", says, was.span, same[0].span)


def _is_pound(text: str) -> bool:
    """Whether a stretch names pounds, of money or of weight: the one word or the sign."""
    return "£" in text or "pound" in text


def _stretch(told: Told, item: Quantity) -> str:
    """A figure with the words behind it that tell of what it is, and by what."""
    return told.text[item.span.start : item.span.end].lower().removesuffix("s")


def _is_cut_short(one: str, two: str) -> bool:
    """Whether a unit is the beginning of the other: km for km/h, said shorter."""
    return one.startswith(two) or two.startswith(one)


def _is_among(sides: Sides, item: Quantity, others: Sequence[Quantity]) -> bool:
    return any(_same(sides, item, other) for other in others)


def _same(sides: Sides, one: Quantity, two: Quantity) -> bool:
    """Whether two figures can be one, rounded or converted: any bound of the one near any of the other."""
    return any(_near(sides, a, one.unit, b, two.unit) for a in _values(one) for b in _values(two))


def _near(sides: Sides, one: float, unit: str | None, two: float, other: str | None) -> bool:
    if one == two:
        return True
    if unit == other or not unit or not other:
        return is_rounding(one, two) and is_rounding(two, one) and max(abs(one), abs(two)) >= 100
    ours, theirs = sides.lexicon.units.get(unit), sides.lexicon.units.get(other)
    turned = convert(one, ours, theirs) if ours and theirs else None
    return turned is not None and is_rounding(two, turned)


def _values(one: Quantity) -> tuple[float, ...]:
    stated = (one.low, one.high, one.restated.value if one.restated else None)
    return tuple(value for value in stated if value is not None)


def _bounds(one: Quantity) -> tuple[float | None, float | None]:
    return one.low, one.high


def _matched(
    sides: Sides, gone: Sequence[Quantity], new: Sequence[Quantity], one: Span, two: Span
) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures that took each other's place: of one unit, and of one thing, or among the same words."""
    left = list(new)
    for was in gone:
        fits = [now for now in left if now.unit == was.unit]
        best = [now for now in fits if _thing(sides, was, True) & _thing(sides, now, False)] or [
            now
            for now in fits
            if (len(gone) == len(new) == 1 or _beside(sides.here, was, one) & _beside(sides.there, now, two))
            and (
                was.unit
                or _beside(sides.here, was, one, FAR) & _beside(sides.there, now, two, FAR)
                or sides.likeness(one, two) >= ALIKE
            )
        ]
        if best:
            left.remove(best[0])
            yield was, best[0]


def _beside(told: Told, item: Quantity, sentence: Span, far: int = 2) -> set[str]:
    """The words beside a figure."""
    kept, some = told.kept(sentence), told.words(sentence)
    start, end = kept.position(item.span.start), kept.position(item.span.end)
    before = [word for word in some if word.end <= start][-far:]
    behind = [word for word in some if word.start >= end][:far]
    return {word.stem for word in (*before, *behind) if word.is_content}


def _thing(sides: Sides, item: Quantity, here: bool) -> set[str]:
    told = sides.here if here else sides.there
    return {stem(word) for word in _words(told.text, item.of)} if item.of else set()


def _words(text: str, span: Span) -> list[str]:
    return [word.strip(".,;:()\"'“”") for word in text[span.start : span.end].split() if len(word) > 2]


def _changed(sides: Sides, was: Quantity, now: Quantity) -> Change:
    before, after = max(_values(was)), max(_values(now))
    kind = "figure_grown" if after > before else "figure_changed"
    grown = "grew" if after > before else "shrank"
    told = f"{_said(sides, was, True)} became {_said(sides, now, False)}"
    says = f"{told}: the figure {grown} from {aloud(before)} to {aloud(after)}"
    return sides.change(kind, says, was.span, now.span)


def _said(sides: Sides, item: Quantity, here: bool) -> str:
    text = (sides.here if here else sides.there).text
    return f"“{text[item.span.start : item.span.end]}”"
