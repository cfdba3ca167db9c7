"""The same figure, of another thing: 31 graves are not 31 bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Quantity, Span

BEHIND = 6
"""Words behind a figure among which its thing, or what befell it, is told."""


def things(sides: Sides) -> Iterator[Change]:
    """Figures that are equal on both sides, of things or fates that no row holds for one another."""
    for one, two in sides.asked:
        theirs = sides.there.quantities.get(two, ())
        for was in sides.here.quantities.get(one, ()):
            same = [now for now in theirs if (now.low, now.high) == (was.low, was.high)]
            if len(same) != 1 or (was.unit != same[0].unit and was.unit and same[0].unit):
                continue
            ours, others = _classes(sides, sides.here, was, one), _classes(sides, sides.there, same[0], two)
            if ours and others and not _fit(sides, ours, others) and not _are_told(sides, ours, others, one, two):
                says = f"{_said(sides.here, was)} became {_said(sides.there, same[0])}: what is counted is not the same"
                yield sides.change("thing_counted_changed", says, was.span, same[0].span)


def _fit(sides: Sides, ours: set[str], theirs: set[str]) -> bool:
    """Whether what is counted, and what befell it, can be one: each compared with its like, where both tell it."""
    befell = sides.lexicon.befell
    alike = [(ours & befell, theirs & befell), (ours - befell, theirs - befell)]
    told = [(one, two) for one, two in alike if one and two] or [(ours, theirs)]
    return all(_can_be_one(sides, one, two) for one, two in told)


def _can_be_one(sides: Sides, ours: set[str], theirs: set[str]) -> bool:
    """Whether a class stands on both sides, or one that another row can be said for."""
    return any(
        one == two or two in sides.lexicon.fits.get(one, ()) or one in sides.lexicon.fits.get(two, ())
        for one in ours
        for two in theirs
    )


def _are_told(sides: Sides, ours: set[str], theirs: set[str], one: Span, two: Span) -> bool:
    """Whether each sentence has the other's thing too, further from its figure."""
    here = {sides.lexicon.things.get(word.stem) for word in sides.here.words(one)}
    there = {sides.lexicon.things.get(word.stem) for word in sides.there.words(two)}
    return bool((ours - theirs) & there) and bool((theirs - ours) & here)


def _classes(sides: Sides, told: Told, item: Quantity, sentence: Span) -> set[str]:
    """The classes of what a figure counts: of its noun, of what befell them, of the words behind it."""
    found = {sides.lexicon.things.get(word) for word in _words(told, item)}
    for event in told.reading.events:
        found |= {sides.lexicon.things.get(stem(count.of)) for count in event.counts if count.quantity == item.id}
    end = told.kept(sentence).position(item.span.end)
    behind = [word for word in told.words(sentence) if word.start >= end]
    for word in behind[:BEHIND]:
        if word.is_stop or word.small in ("and", "or", "but", "while") or word.small[0].isdigit():
            break
        found.add(sides.lexicon.things.get(word.stem))
    return {one for one in found if one}


def _words(told: Told, item: Quantity) -> list[str]:
    if item.of is None:
        return []
    return [stem(word.strip(".,;:()\"'“”")) for word in told.said(item.of).split()]


def _said(told: Told, item: Quantity) -> str:
    end = max(item.span.end, item.of.end) if item.of and item.of.start >= item.span.start else item.span.end
    return f"“{told.text[item.span.start : end]}”"
