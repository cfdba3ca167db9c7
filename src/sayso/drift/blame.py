"""Who did it to whom, turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.polarity import Word
    from sayso.drift.sides import Told
    from sayso.record import Change, Span

AUXILIARY = frozenset(["was", "were", "been", "being", "is", "are", "be", "got"])
PAST = frozenset(
    ["struck", "hit", "shot", "beat", "beaten", "held", "took", "fought", "sent", "drove", "threw", "led", "won"]
)
BOTH_WAYS = (
    "meet", "met", "talk", "play", "match", "game", "between", "marri", "agree", "deal", "war", "versus", "togeth",
    "along",
    "border", "near", "than", "equal", "final", "trade", "relat", "contact", "follow", "join", "and", "with",
    "includ", "like",
    "said", "say", "told", "accord",
)  # fmt: skip
"""Words around which two names may change places and nothing is changed."""
FURTHEST = 10
"""Words between the two names."""


def blame(sides: Sides) -> Iterator[Change]:
    """Two names around one deed that changed places, where the verb did not turn passive."""
    for one, two in sides.asked:
        here, there = sides.here.words(one), sides.there.words(two)
        names = {word.stem for word in here if word.is_name} & {word.stem for word in there if word.is_name}
        if len(names) < 2:
            continue
        turned = _turned(here, there, _deeds(sides.here, one) | _deeds(sides.there, two))
        if turned is None:
            continue
        (first, verb, last), (other_first, _, other_last) = turned
        says = (
            f"{here[first].small.title()} … {here[verb].small} … {here[last].small.title()} became "
            f"{there[other_first].small.title()} … {there[other_last].small.title()}"
        )
        yield sides.change(
            "blame_reversed",
            says,
            sides.here.stretch(one, here[first].start, here[last].end),
            sides.there.stretch(two, there[other_first].start, there[other_last].end),
        )


Three = tuple[int, int, int]


def _deeds(told: Told, sentence: Span) -> set[str]:
    """The stems of words that tell a deed, or that somebody says something of another; and of past forms."""
    told_of = told.deeds(sentence)
    return {
        word.stem
        for word in told.words(sentence)
        if word.small.endswith("ed")
        or word.small in PAST
        or any(span.start <= word.start < span.end for span in told_of)
    }


def _turned(here: Sequence[Word], there: Sequence[Word], deeds: set[str]) -> tuple[Three, Three] | None:
    """Names around a word that both have, one before it and one behind it here, the other way round there."""
    ours, theirs = _once(here), _once(there)
    both = [stem for stem in ours if stem in theirs]
    names = [stem for stem in both if here[ours[stem]].is_name and there[theirs[stem]].is_name]
    if len(names) < 2:
        return None
    verbs = [stem for stem in both if stem in deeds and _is_deed(here[ours[stem]]) and _is_deed(there[theirs[stem]])]
    for one in names:
        for two in names:
            for verb in verbs:
                a, v, b = ours[one], ours[verb], ours[two]
                y, w, x = theirs[two], theirs[verb], theirs[one]
                if not (a < v < b and y < w < x) or b - a > FURTHEST or x - y > FURTHEST:
                    continue
                if _is_passive(here, v) == _is_passive(there, w) and not _is_listed(here, a, b, there, y, x):
                    return (a, v, b), (y, w, x)
    return None


def _is_deed(word: Word) -> bool:
    return word.is_content and not word.is_name and len(word.stem) > 2 and not word.stem.startswith(BOTH_WAYS)


def _is_passive(some: Sequence[Word], verb: int) -> bool:
    return any(word.small in AUXILIARY for word in some[max(0, verb - 3) : verb])


def _is_listed(here: Sequence[Word], a: int, b: int, there: Sequence[Word], y: int, x: int) -> bool:
    """Whether the two stand in one list, or in two clauses."""
    marks = (",", ";", ":", ".", "and", "(", ")", "or")
    return any(word.small in marks for word in (*here[a:b], *there[y:x]))


def _once(some: Sequence[Word]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice = set()
    for number, word in enumerate(some):
        if word.stem in found:
            twice.add(word.stem)
        found[word.stem] = number
    return {stem: number for stem, number in found.items() if stem not in twice}
