"""Places that are not the ones they were."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.values.spelling import levelled, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Place, Span

NAMING = ("location", "actor", "office", "dateline")
LOCAL = (["in"], ["at"], ["near"], ["from"], ["to"], ["of"], ["outside"], ["towards"], ["around"])
SET = ("location", "actor")
"""Uses in which a place stands where another could."""
LIKE = 0.6
"""Likeness of two names from where on one may be the other, spelt otherwise."""
SPELLING = 0.75
REACH = 3
"""Words behind a name among which the next one that says something is looked for."""
OWNING = ("'s", "’s")
BESIDE = (*LOCAL, ["against"], ["for"])
LONG = 4
"""Letters: of shorter words the first ones say nothing of a spelling."""


def places(sides: Sides) -> Iterator[Change]:
    """Of each pair of sentences, a place that one side alone names, against another that only the other names."""
    for one, two in sides.asked:
        ours, theirs = sides.here.places.get(one, ()), sides.there.places.get(two, ())
        if not ours or not theirs:
            continue
        gone = _alone(sides, two, ours)
        new = _alone(sides.turned, one, theirs) if gone else []
        if len(gone) == len(new) == 1 and _can_be_told(gone[0], new[0]):
            yield _shifted(sides, gone[0], new[0].span)
            continue
        found = list(put_instead(sides, one, two))
        yield from found or _of_one_level(sides, gone, new)


def _shifted(sides: Sides, gone: Place, new: Span) -> Change:
    return sides.change("place_shifted", f"“{gone.name}” became “{sides.there.said(new)}”", gone.span, new)


def _of_one_level(sides: Sides, gone: Sequence[Place], new: Sequence[Place]) -> Iterator[Change]:
    """Of countries, and of towns, the only one that went and the only one that came."""
    for level in ("country", "town"):
        ours, theirs = ([one for one in some if one.level == level and _is_known(one)] for some in (gone, new))
        if len(ours) != 1 or len(theirs) != 1 or {ours[0].use, theirs[0].use} != {"location"}:
            continue
        if _can_be_told(ours[0], theirs[0]):
            yield _shifted(sides, ours[0], theirs[0].span)


def put_instead(sides: Sides, one: Span, two: Span) -> Iterator[Change]:
    """Another name between the same words, where a place stood: also one that is not read as a place there."""
    for place in sides.here.places.get(one, ()):
        if place.use not in SET or place.level == "site" or not _is_known(place):
            continue
        ours = _between(sides.here, one, place.span)
        if ours is None or _is_written(sides.there, two, place):
            continue
        found = {
            span
            for span in _names_in(sides.there, two, place)
            if _is_another(sides, one, place, span) and _stand_alike(ours, _between(sides.there, two, span))
        }
        if len(found) == 1:
            yield _shifted(sides, place, found.pop())


def _names_in(told: Told, sentence: Span, place: Place) -> Iterator[Span]:
    """Names that can stand for a place: those read as one, and for a town also any word with a capital behind "in"."""
    is_country = place.level == "country"
    for other in told.places.get(sentence, ()):
        is_same = other.country == place.country if is_country else other.geonames == place.geonames
        if other.use in SET and _is_known(other) and not is_same and is_country == (other.level == "country"):
            yield other.span
    if is_country or place.use != "location":
        return
    some = told.words(sentence)
    for before, word, behind in zip(some, some[1:], [*some[2:], None], strict=False):
        is_alone = behind is None or not (behind.is_name and behind.is_content)
        is_set = ([before.small] in BESIDE and is_alone) or word.small.endswith(OWNING)
        if is_set and word.is_name and word.is_content:
            yield told.stretch(sentence, word.start, word.end)


def _is_another(sides: Sides, one: Span, place: Place, span: Span) -> bool:
    """Whether a name of there is another one than the place's, and stands nowhere near here."""
    bare = levelled(sides.there.said(span)).split()
    known = {word for near in sides.turned.around(one) for word in sides.here.spelt(near)}
    if not bare or any(word in known for word in bare):
        return False
    return SequenceMatcher(None, levelled(place.name), " ".join(bare), autojunk=False).ratio() < LIKE


def _is_written(told: Told, sentence: Span, place: Place) -> bool:
    """Whether the sentence has the place's name itself, letter by letter or nearly."""
    known = told.spelt(sentence)
    return any(
        name in known
        or any(same_word(name, word) or (word[:LONG] == name[:LONG] and _ends(name, word)) for word in known)
        for name in levelled(place.name).split()
        if len(name) > 2
    )


def _ends(one: str, two: str) -> bool:
    return len(one) >= LONG and SequenceMatcher(None, one, two, autojunk=False).ratio() >= SPELLING


def _between(told: Told, sentence: Span, span: Span) -> tuple[str, str, str] | None:
    """The word before a name, and the word behind it, and the first one behind it that says something."""
    some = told.words(sentence)
    inside = [at for at, word in enumerate(some) if _meets(told.stretch(sentence, word.start, word.end), span)]
    if not inside:
        return None
    before = [word for word in some[: inside[0]] if not word.is_stop]
    behind = [word for word in some[inside[-1] + 1 :] if not word.is_stop]
    content = next((word.stem for word in behind[:REACH] if word.is_content), "")
    return before[-1].small if before else "", behind[0].small if behind else "", content


def _meets(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _stand_alike(ours: tuple[str, str, str], theirs: tuple[str, str, str] | None) -> bool:
    """Whether two names stand between the same words."""
    if theirs is None or ours[0] != theirs[0]:
        return False
    return (ours[1] == theirs[1] and bool(ours[0] or ours[1])) or (ours[2] == theirs[2] != "")


def _alone(sides: Sides, two: Span, some: Sequence[Place]) -> list[Place]:
    """Places that the sentence there and its neighbours do not name, each name once."""
    near = sides.alone_around(two)
    others = [place for sentence in near for place in sides.there.places.get(sentence, ())]
    known = {word for sentence in near for word in sides.there.spelt(sentence)}
    found = {
        place.name: place
        for place in some
        if _is_sure(place, sides.here) and not _is_named(place, others, known, _around(sides.here, place))
    }
    return list(found.values())


def _around(told: Told, place: Place) -> frozenset[str]:
    """The words of a place's sentence."""
    sentence = told.sentence_of(place.span)
    return told.spelt(sentence) if sentence else frozenset()


def _can_be_told(one: Place, two: Place) -> bool:
    """Whether two names are of places, one at least known, and not a place and what it lies in."""
    is_plain = one.use == two.use == "location" and one.level == two.level
    sure = _is_known(one) + _is_known(two)
    if one.name == two.name or (one.level != "country" and _ends(levelled(one.name), levelled(two.name))):
        return False
    return sure > 0 and (sure == len((one, two)) or is_plain) and not _one_in_other(one, two)


def _is_sure(place: Place, told: Told) -> bool:
    """Whether a name is that of a known place, or of one that the words before it make a place."""
    before = told.text[max(0, place.span.start - 12) : place.span.start].lower().split()
    return place.use in NAMING and (_is_known(place) or before[-1:] in LOCAL)


def _is_known(place: Place) -> bool:
    return place.geonames is not None or place.level in ("country", "region")


def _is_named(place: Place, others: Sequence[Place], known: set[str], own: frozenset[str]) -> bool:
    """Whether those words name it, under whatever spelling that its own sentence does not use for something else."""
    names = [name for name in levelled(place.name).split() if len(name) > 2]
    if any(name in known or any(_is_spelt(name, word) for word in known - own) for name in names):
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
