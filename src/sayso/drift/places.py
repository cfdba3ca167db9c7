"""Places that are not the ones they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.spelling import levelled, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.record import Change, Place

NAMING = ("location", "actor", "office", "dateline")


def places(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, a known place that stands on one side alone, against another there."""
    ours, theirs = sides.here.reading.grounds.places, sides.there.reading.grounds.places
    for one, two in sides.pairs:
        gone = [
            place
            for place in sides.here.places.get(one, ())
            if _is_sure(place) and not _is_named(place, theirs, sides.there.text)
        ]
        new = [
            place
            for place in sides.there.places.get(two, ())
            if _is_sure(place) and not _is_named(place, ours, sides.here.text)
        ]
        if len(gone) == len(new) == 1 and not _one_in_other(gone[0], new[0]):
            says = f"“{gone[0].name}” became “{new[0].name}”"
            yield sides.change("place_shifted", says, gone[0].span, new[0].span)


def _is_sure(place: Place) -> bool:
    return place.use in NAMING and (place.geonames is not None or place.level in ("country", "region"))


def _is_named(place: Place, others: Sequence[Place], text: str) -> bool:
    """Whether the other report names it anywhere, under whatever spelling."""
    words = levelled(place.name).split()
    if place.name.lower() in text.lower() or any(word in levelled(text).split() for word in words if len(word) > 3):
        return True
    return any(
        (place.geonames is not None and place.geonames == other.geonames)
        or (place.level == other.level == "country" and place.country == other.country)
        or any(same_word(a, b) or a[:4] == b[:4] for a in words for b in levelled(other.name).split())
        for other in others
    )


def _one_in_other(one: Place, two: Place) -> bool:
    """Whether one is the country or the region that the other lies in: said more or less exactly, not shifted."""
    return one.country == two.country and (one.level != two.level)
