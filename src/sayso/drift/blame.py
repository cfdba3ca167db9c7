"""Who did it to whom, turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.polarity import Word
    from sayso.drift.sides import Told
    from sayso.record import Change, Span

BY = ("by", "from")
AUXILIARY = ("was", "were", "been", "being", "is", "are", "be", "got")


def blame(sides: Sides) -> Iterator[Change]:
    """Two names around one verb that changed places, where the verb did not turn passive."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.kept(one), sides.there.kept(two)
        here, there = words(ours.text), words(theirs.text)
        deeds = _deeds(sides.here, one, here), _deeds(sides.there, two, there)
        turned = _turned(here, there, deeds[0] & deeds[1])
        if turned is None or _is_passive(here) != _is_passive(there):
            continue
        (first, last), (other_first, other_last) = turned
        says = f"{here[first].small} … {here[last].small} became {there[other_first].small} … {there[other_last].small}"
        a, b = (
            ours.spans(here[first].start, here[last].end),
            theirs.spans(there[other_first].start, there[other_last].end),
        )
        yield sides.change("blame_reversed", says, type(a[0])(a[0].start, a[-1].end), type(b[0])(b[0].start, b[-1].end))


def _deeds(told: Told, sentence: Span, some: list[Word]) -> set[str]:
    """The stems of the words here that tell a deed, or that somebody says something of another."""
    kept = told.kept(sentence)
    spans = [event.trigger for event in told.reading.events]
    spans += [statement.cue for statement in told.reading.statements if statement.cue]
    stretches = [
        (kept.position(span.start), kept.position(span.end))
        for span in spans
        if sentence.start <= span.start and span.end <= sentence.end
    ]
    return {word.stem for word in some if any(start <= word.start < end for start, end in stretches)}


def _is_passive(some: list[Word]) -> bool:
    return any(word.small in BY for word in some) and any(word.small in AUXILIARY for word in some)


def _turned(here: list[Word], there: list[Word], deeds: set[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Names around a word that both have, one before it and one behind it here, the other way round there."""
    places_here, places_there = _once(here), _once(there)
    both = [stem for stem in places_here if stem in places_there]
    names = [stem for stem in both if _is_name(here, places_here[stem]) and _is_name(there, places_there[stem])]
    verbs = [stem for stem in both if stem in deeds and stem not in names]
    for number, one in enumerate(names):
        for two in names[number + 1 :]:
            for verb in verbs:
                a, v, b = places_here[one], places_here[verb], places_here[two]
                x, w, y = places_there[one], places_there[verb], places_there[two]
                if a < v < b and y < w < x and b - a <= 10 and x - y <= 10:
                    return (a, b), (y, x)
    return None


def _once(some: list[Word]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice = set()
    for number, word in enumerate(some):
        if word.stem in found:
            twice.add(word.stem)
        found[word.stem] = number
    return {stem: number for stem, number in found.items() if stem not in twice}


def _is_name(some: list[Word], at: int) -> bool:
    return some[at].is_name
