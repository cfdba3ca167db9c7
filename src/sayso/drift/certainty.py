"""Words that hold back, lost on the way; and verbs of saying that became stronger or weaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import Word, words
from sayso.record import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.record import Change
    from sayso.values.kept import Kept

ALSO_HEDGING = ("reported", "allegation", "suspicion", "presum", "possib", "probab", "potential", "believ", "seem", "appear",
                "claim", "suspect", "assum", "can", "would", "risk", "fear", "threat", "suppos", "expect", "think", "guess")  # fmt: skip
AFTER = 4
"""Words after a hedge among which the one it bears on is looked for."""


def hedges(sides: Sides) -> Iterator[Change]:
    """Hedges whose word stands on the other side with no hedge left in its sentence."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.kept(one), sides.there.kept(two)
        here, there = words(ours.text), words(theirs.text)
        if _holds_back(sides, there):
            continue
        stems = {word.stem: word for word in there}
        for number, word in enumerate(here):
            if not sides.lexicon.is_hedge(word.small) or (word.small == "may" and ours.text[word.start] == "M"):
                continue
            borne = _borne(here, number, stems)
            if borne is not None:
                at = _span(theirs, borne)
                says = f"“{word.small}” before “{ours.text[borne_word(here, number, borne).start : borne_word(here, number, borne).end]}” is gone"
                yield sides.change("hedge_lost", says, _span(ours, word), at)
                break


def borne_word(here: list[Word], number: int, borne: Word) -> Word:
    """The word here that a hedge bears on, as its partner `borne` tells."""
    return next(word for word in here[number + 1 :] if word.stem == borne.stem)


def strengths(sides: Sides) -> Iterator[Change]:
    """Verbs of saying that took the place of a weaker or stronger one, with no word of that strength left."""
    for one, two in sides.pairs:
        ours, theirs = sides.here.kept(one), sides.there.kept(two)
        here, there = _verbs(sides, words(ours.text)), _verbs(sides, words(theirs.text))
        if len(here) != 1 or len(there) != 1:
            continue
        (was, before), (now, after) = here[0], there[0]
        if before == after:
            continue
        kind = "act_strengthened" if after > before else "act_weakened"
        says = f"“{ours.text[was.start : was.end]}” became “{theirs.text[now.start : now.end]}”"
        yield sides.change(kind, says, _span(ours, was), _span(theirs, now))


def _verbs(sides: Sides, some: list[Word]) -> list[tuple[Word, int]]:
    levels = {"weak": -1, None: 0, "strong": 1}
    found = []
    for word in some:
        strength = sides.lexicon.strength(word.small)
        if strength or word.stem in sides.lexicon.telling:
            found.append((word, levels[strength]))
    return found


def _borne(here: list[Word], number: int, there: dict[str, Word]) -> Word | None:
    seen = 0
    for word in here[number + 1 :]:
        if word.is_stop and word.small not in '"“”':
            return None
        if word.is_content and word.small not in ("have", "been"):
            if word.stem in there:
                return there[word.stem]
            seen += 1
        if seen == AFTER:
            return None
    return None


def _holds_back(sides: Sides, some: list[Word]) -> bool:
    return any(
        sides.lexicon.is_hedge(word.small) or word.small.startswith(ALSO_HEDGING) or word.small in ("if", "whether")
        for word in some
    )


def _span(kept: Kept, word: Word) -> Span:
    found = kept.spans(word.start, word.end)
    return Span(found[0].start, found[-1].end)
