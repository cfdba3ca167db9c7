"""Places that are not the ones they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.values.spelling import levelled, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Place, Span

NAMING = ("location", "actor", "office", "dateline")
LOCAL = (["in"], ["at"], ["near"], ["from"], ["to"], ["of"], ["outside"], ["towards"], ["around"])
LONG = 4
"""Letters: of shorter words the first ones say nothing of a spelling."""


def places(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, a place that one side alone names, against another that only the other names."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.places.get(one, ()), sides.there.places.get(two, ())
        if not ours or not theirs:
            continue
        gone = _alone(sides, two, ours)
        new = _alone(sides.turned, one, theirs) if gone else []
        if len(gone) == len(new) == 1 and _can_be_told(gone[0], new[0]):
            says = f"“{gone[0].name}” became “{new[0].name}”"
            yield sides.change("place_shifted", says, gone[0].span, new[0].span)


def _alone(sides: Sides, two: Span, some: Sequence[Place]) -> list[Place]:
    """Places that the sentence there and its neighbours do not name, each name once."""
    near = sides.alone_around(two)
    others = [place for sentence in near for place in sides.there.places.get(sentence, ())]
    found = {
        place.name: place
        for place in some
        if _is_sure(place, sides.here) and not _is_named(place, others, sides.there, near)
    }
    return list(found.values())


def _can_be_told(one: Place, two: Place) -> bool:
    """Whether two names are of places, one at least known, and not a place and what it lies in."""
    is_plain = one.use == two.use == "location" and one.level == two.level
    sure = _is_known(one) + _is_known(two)
    if one.name == two.name:
        return False
    return sure > 0 and (sure == len((one, two)) or is_plain) and not _one_in_other(one, two)


def _is_sure(place: Place, told: Told) -> bool:
    """Whether a name is that of a known place, or of one that the words before it make a place."""
    before = told.text[max(0, place.span.start - 12) : place.span.start].lower().split()
    return place.use in NAMING and (_is_known(place) or before[-1:] in LOCAL)


def _is_known(place: Place) -> bool:
    return place.geonames is not None or place.level in ("country", "region")


def _is_named(place: Place, others: Sequence[Place], told: Told, near: Sequence[Span]) -> bool:
    """Whether those sentences name it, under whatever spelling."""
    names = levelled(place.name).split()
    known = {word for sentence in near for word in told.spelt(sentence)}
    if any(_is_spelt(name, word) for name in names if len(name) > 2 for word in known):
        return True
    return any(
        (place.geonames is not None and place.geonames == other.geonames)
        or (place.level == other.level == "country" and place.country == other.country)
        for other in others
    )


def _is_spelt(one: str, two: str) -> bool:
    return one == two or same_word(one, two) or (len(one) >= LONG and len(two) >= LONG and one[:LONG] == two[:LONG])


def _one_in_other(one: Place, two: Place) -> bool:
    """Whether one is the country or the region that the other lies in: said more or less exactly, not shifted."""
    return one.country == two.country and one.level != two.level
