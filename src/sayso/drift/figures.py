"""Figures that are not what they were, beyond rounding and conversion; their units; the things they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.quantity import aloud, convert, is_rounding
from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.record import Change, Quantity, Span


def figures(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, the figures that stand on one side alone, matched by what they count."""
    ours, theirs = sides.here.reading.grounds.quantities, sides.there.reading.grounds.quantities
    for one, two in sides.pairs:
        gone = [item for item in sides.here.quantities.get(one, ()) if not _is_among(sides, item, theirs)]
        new = [item for item in sides.there.quantities.get(two, ()) if not _is_among(sides, item, ours)]
        for was, now in _matched(sides, gone, new):
            yield _changed(sides, was, now)


def units(sides: Sides) -> Iterator[Change]:
    """The same figure in another unit: 40 km are not 40 miles."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.quantities.get(one, ()), sides.there.quantities.get(two, ())
        for was in ours:
            same = [now for now in theirs if _bounds(now) == _bounds(was)]
            if not was.unit or not same or any(now.unit == was.unit or not now.unit for now in same):
                continue
            if any(other.unit == same[0].unit and _bounds(other) == _bounds(was) for other in ours):
                continue
            says = f"{_said(sides, was, True)} became {_said(sides, same[0], False)}: the figure is the same, its unit is not"
            yield sides.change("unit_changed", says, was.span, same[0].span)


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


def _matched(sides: Sides, gone: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures that took each other's place: of one unit, and of one thing if both say of what."""
    left = list(new)
    for was in gone:
        fits = [now for now in left if now.unit == was.unit]
        best = [now for now in fits if _thing(sides, was, True) & _thing(sides, now, False)] or (
            fits if len(gone) == len(new) == 1 else []
        )
        if best:
            left.remove(best[0])
            yield was, best[0]


def _thing(sides: Sides, item: Quantity, here: bool) -> set[str]:
    told = sides.here if here else sides.there
    return {stem(word) for word in _words(told.text, item.of)} if item.of else set()


def _words(text: str, span: Span) -> list[str]:
    return [word.strip(".,;:()\"'“”") for word in text[span.start : span.end].split() if len(word) > 2]


def _changed(sides: Sides, was: Quantity, now: Quantity) -> Change:
    before, after = max(_values(was)), max(_values(now))
    kind = "figure_grown" if after > before else "figure_changed"
    grown = "grew" if after > before else "shrank"
    says = f"{_said(sides, was, True)} became {_said(sides, now, False)}: the figure {grown} from {aloud(before)} to {aloud(after)}"
    return sides.change(kind, says, was.span, now.span)


def _said(sides: Sides, item: Quantity, here: bool) -> str:
    text = (sides.here if here else sides.there).text
    return f"“{text[item.span.start : item.span.end]}”"
