"""The same figure, of another thing: 31 graves are not 31 bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Quantity


def things(sides: Sides) -> Iterator[Change]:
    """Figures that are equal on both sides, of things or fates that no row holds for one another."""
    for one, two in sides.pairs:
        theirs = sides.there.quantities.get(two, ())
        for was in sides.here.quantities.get(one, ()):
            same = [now for now in theirs if (now.low, now.high) == (was.low, was.high)]
            if len(same) != 1 or was.unit != same[0].unit:
                continue
            ours, others = _classes(sides, sides.here, was), _classes(sides, sides.there, same[0])
            if ours and others and not ours & others:
                says = f"{_said(sides.here, was)} became {_said(sides.there, same[0])}: what is counted is not the same"
                yield sides.change("thing_counted_changed", says, was.span, same[0].span)


def _classes(sides: Sides, told: Told, item: Quantity) -> set[str]:
    """The classes of what a figure counts: of its noun, and of what is told to have befallen them."""
    found = {sides.lexicon.things.get(word) for word in _words(told, item)}
    for event in told.reading.events:
        found |= {sides.lexicon.things.get(stem(count.of)) for count in event.counts if count.quantity == item.id}
    return {one for one in found if one}


def _words(told: Told, item: Quantity) -> list[str]:
    if item.of is None:
        return []
    return [stem(word.strip(".,;:()\"'“”")) for word in told.text[item.of.start : item.of.end].split()]


def _said(told: Told, item: Quantity) -> str:
    end = max(item.span.end, item.of.end) if item.of and item.of.start >= item.span.start else item.span.end
    return f"“{told.text[item.span.start : end]}”"
