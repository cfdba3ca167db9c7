"""Words that hold back, lost on the way; and verbs of saying that became stronger or weaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.polarity import Word
    from sayso.drift.sides import Told
    from sayso.record import Change, Span

ALSO_HEDGING = (
    "reported", "allegation", "suspicion", "presum", "possib", "probab", "potential", "believ", "seem", "appear",
    "claim",
    "suspect", "assum", "can", "would", "risk", "fear", "threat", "suppos", "expect", "think", "guess", "should",
    "rumor",
    "thought", "might", "estimat", "likely", "must", "sure", "rather", "opinion", "impression", "suggest",
)  # fmt: skip
SAYING = ("says", "confirms", "admits", "announces", "accuses", "denies", "observes", "thinks")
MODAL = ("may", "might", "could")
OPINION = ("thought", "believed", "feared", "presumed", "suspected")
SEEMING = ("appear", "appears", "appeared", "seem", "seems", "seemed")
BEING = frozenset(["is", "are", "was", "were", "be", "been", "being"])
SURE = frozenset(["will", "is", "are", "was", "were", "has", "have", "had", "did", "does", "do"])
AFTER = 4
"""Words after a hedge among which the one it bears on is looked for."""
BEFORE = 4
"""Words before that one on the other side among which one tells it as a fact."""
FEWEST, SHARED = 3, 0.5
"""Words that both sentences have, as a number and as a share, for an adverb whose own word is told in another one."""
LEVELS: dict[str | None, int] = {"weak": -1, "plain": 0, "strong": 1, None: 9}
OPEN = 9


def hedges(sides: Sides) -> Iterator[Change]:
    """Hedges whose word stands on the other side with no hedge left in its sentence."""
    for one, two in sides.asked:
        here, there = sides.here.words(one), sides.there.words(two)
        if not any(sides.lexicon.is_hedge(word.small) for word in here) or _holds_back(sides, there):
            continue
        for number, word in enumerate(here):
            if not _is_hedge(sides, here, number) or _is_cue(sides, one, word):
                continue
            borne = _borne(here, number, there) or _same_sentence(here, number, there)
            if borne is None:
                continue
            ours, theirs = here[borne[0]], there[borne[1]]
            told = sides.here.said(sides.here.stretch(one, ours.start, ours.end))
            yield sides.change(
                "hedge_lost",
                f"“{word.small}” before “{told}” is gone",
                sides.here.stretch(one, word.start, word.end),
                sides.there.stretch(two, theirs.start, theirs.end),
            )
            break


def strengths(sides: Sides) -> Iterator[Change]:
    """Verbs of saying that took the place of a weaker or stronger one, with no word of that strength left."""
    for one, two in sides.asked:
        ours, theirs = _cues(sides, sides.here, one), _cues(sides, sides.there, two)
        if any(level == OPEN for _, level in (*ours, *theirs)):
            continue
        if not ours or not theirs or len({level for _, level in theirs}) > 1:
            continue
        after = theirs[0][1]
        was = next((cue for cue, level in ours if level != after), None)
        if was is None or any(level == after for _, level in ours):
            continue
        if after != 0 and _has(sides, sides.here, one, after):
            continue
        before = next(level for cue, level in ours if cue == was)
        if before != 0 and _has(sides, sides.there, two, before):
            continue
        kind = "act_strengthened" if after > before else "act_weakened"
        says = f"“{sides.here.said(was)}” became “{sides.there.said(theirs[0][0])}”"
        yield sides.change(kind, says, was, theirs[0][0])


def _cues(sides: Sides, told: Told, sentence: Span) -> list[tuple[Span, int]]:
    """The verbs of saying of a sentence with how much they grant: those of its statements, else those by their form."""
    found = [
        (statement.cue, _level(sides, told.said(statement.cue)))
        for statement in told.statements.get(sentence, ())
        if statement.cue and statement.act in SAYING and not _only_hedges(sides, told.said(statement.cue).lower())
    ]
    if found:
        return found
    return [
        (told.stretch(sentence, word.start, word.end), LEVELS[sides.lexicon.strength(word.small)])
        for word in told.words(sentence)
        if sides.lexicon.strength(word.small)
    ][:2]


def _only_hedges(sides: Sides, cue: str) -> bool:
    return sides.lexicon.is_hedge(cue) and sides.lexicon.strength(cue) is None


def _level(sides: Sides, cue: str) -> int:
    levels = [LEVELS[sides.lexicon.strength(word)] for word in cue.lower().split()]
    known = [level for level in levels if level != OPEN]
    return next((level for level in known if level), known[0] if known else OPEN)


def _has(sides: Sides, told: Told, sentence: Span, level: int) -> bool:
    return any(LEVELS[sides.lexicon.strength(word.small)] == level for word in told.words(sentence))


def _is_hedge(sides: Sides, some: Sequence[Word], at: int) -> bool:
    small = some[at].small
    if not sides.lexicon.is_hedge(small) or (small == "may" and some[at].is_name):
        return False
    before = [word.small for word in some[max(0, at - 2) : at]]
    behind = some[at + 1].small if at + 1 < len(some) else ""
    if small in OPINION and not BEING & set(before) and not (small == "suspected" and before[-1:] in (["a"], ["the"])):
        return False
    return small not in SEEMING or behind == "to"


def _is_cue(sides: Sides, one: Span, word: Word) -> bool:
    """Whether a word is the verb by which somebody says it: whose strength is looked at apart."""
    at = sides.here.stretch(one, word.start, word.end)
    return sides.lexicon.strength(word.small) is not None and any(
        statement.cue is not None and statement.cue.start <= at.start < statement.cue.end
        for statement in sides.here.statements.get(one, ())
    )


def _borne(here: Sequence[Word], number: int, there: Sequence[Word]) -> tuple[int, int] | None:
    """The word that a hedge bears on and its like there, told as a fact: by number."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(there):
        places.setdefault(word.stem, []).append(at)
    seen = 0
    is_modal = here[number].small in MODAL
    for at in range(number + 1, len(here)):
        word = here[at]
        if word.is_stop and word.small not in '"“”':
            return None
        if seen == AFTER:
            return None
        if word.denies:
            continue
        if word.is_content and word.small not in ("have", "been"):
            if word.stem in places:
                bare = [
                    place for place in places[word.stem] if not is_modal or _is_told_as_fact(here, number, there, place)
                ]
                return (at, bare[0]) if bare else None
            seen += 1
    return None


def _same_sentence(here: Sequence[Word], number: int, there: Sequence[Word]) -> tuple[int, int] | None:
    """For an adverb, or "may be", in a sentence whose partner has most of its words: the nearest of them."""
    small, behind = here[number].small, here[number + 1].small if number + 1 < len(here) else ""
    if small in MODAL and behind not in ("be", "have"):
        return None
    if small not in MODAL and not small.endswith("ly") and small not in ("perhaps", "maybe"):
        return None
    places = {word.stem: at for at, word in reversed(list(enumerate(there))) if word.is_content}
    said = {word.stem for at, word in enumerate(here) if word.is_content and at != number}
    shared = [at for at, word in enumerate(here) if word.stem in places and at != number]
    if len(shared) < FEWEST or len(said & set(places)) < SHARED * len(said):
        return None
    nearest = min(shared, key=lambda at: abs(at - number))
    return nearest, places[here[nearest].stem]


def _is_told_as_fact(here: Sequence[Word], number: int, there: Sequence[Word], place: int) -> bool:
    """Whether "may be" became "is", "might go" "will go", "could have gone" "has gone" or "went"."""
    before = {word.small for word in there[max(0, place - BEFORE) : place]}
    behind = here[number + 1].small if number + 1 < len(here) else ""
    return bool(before & SURE) if behind in ("be", "have") else "will" in before


def _holds_back(sides: Sides, some: Sequence[Word]) -> bool:
    return any(
        sides.lexicon.is_hedge(word.small) or word.small.startswith(ALSO_HEDGING) or word.small in ("if", "whether")
        for word in some
    )
