"""Who said it, lost on the way: the speaker gone, another put in, or nobody left to answer for it."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.values.spelling import levelled, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Source, Span, Statement

ACTS = (
    "says", "denies", "accuses", "admits", "warns", "announces", "confirms", "criticizes", "retracts", "predicts",
    "promises", "threatens", "orders", "calls_for",
)  # fmt: skip
TOLD = ("says", "denies", "accuses", "admits", "warns", "announces", "confirms", "predicts")
"""Acts whose words become bare fact where the speaker goes."""
NO_CLAIM = (
    "notices",
    "noticed",
    "questions",
    "continued",
    "continues",
    "mentions",
    "mentioned",
    "puts",
    "put",
    "expresses",
    "expressed",
    "showed",
    "shows",
)
"""Verbs that are read as saying and may as well tell what somebody did."""
SURE = ("named", "institution")
VAGUE = ("unknown", "group", "described", "compound")
LIGHT = frozenset(
    ["the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "mr", "mrs", "ms", "dr", "sir", "former", "head",
     "ministry", "minister",
     "army", "military", "government", "governor", "police", "party", "office", "agency", "council", "forces", "force",
     "president", "spokesman", "spokeswoman", "spokesperson", "acting", "defense", "defence", "foreign", "interior",
     "state",
     "national", "company", "city", "mayor", "deputy", "director", "press", "service", "department", "committee",
     "official",
     "officials", "doctor", "report", "statement", "chief"]
)  # fmt: skip
PRONOUNS = frozenset(
    ["he", "she", "it", "they", "who", "i", "we", "his", "her", "their", "its", "him", "them", "me", "us"]
)
BEING = ("is", "are", "was", "were", "been", "be", "being")
SHORT = 7
"""Words and marks of a sentence that does nothing but say who speaks."""
LEAST = 0.4
"""The share of a sentence that must be somebody's words for the loss of the speaker to turn it into bare fact."""
SPELLING = 0.7
"""Likeness of two names from where on they can be one name in two spellings."""
SHARED = 0.4
"""The share of the words told that the other sentence must have."""


def speakers(sides: Sides) -> Iterator[Change]:
    """For each statement here whose sentence has a partner: what became of its speaker."""
    for one, two in sides.pairs:
        for statement in sides.here.statements.get(one, ()):
            source = sides.here.sources.get(statement.source)
            if statement.act in ACTS and statement.cue and source and source.naming != "newsroom":
                change = _became(sides, one, two, statement, source)
                if change is not None:
                    yield change
                    break


def _became(sides: Sides, one: Span, two: Span, statement: Statement, source: Source) -> Change | None:
    if not _is_attributed(sides, two, source):
        return _as_fact(sides, one, two, statement, source)
    if source.naming not in SURE or _is_pronoun(sides.here, statement):
        return None
    others = [
        (other, sides.there.sources[other.source])
        for other in (*sides.there.statements.get(two, ()), *sides.there.spoken.get(two, ()))
        if other.act in ACTS
    ]
    if not others or _is_mentioned(sides, source, two):
        return None
    if any(_is_pronoun(sides.there, other) for other, _ in others):
        return None
    return _another(sides, one, statement, source, others)


def _another(
    sides: Sides, one: Span, statement: Statement, source: Source, others: Sequence[tuple[Statement, Source]]
) -> Change | None:
    who = statement.who or statement.cue
    other, by = others[0]
    if all(by.naming in SURE for _, by in others):
        if not (_is_a_name(source) and _is_a_name(by)) or _are_spellings(source.name, by.name):
            return None
        if _is_mentioned(sides.turned, by, one) or _names(source, _spelt(" ".join((by.name, *by.also)))):
            return None
        says = f"{source.name} became {by.name}"
        return sides.change("speaker_changed", says, who, other.who or other.cue)
    if all(by.naming in VAGUE for _, by in others) and _is_a_name(source):
        if by.naming != "unknown" and any(word[:1].isupper() for word in by.name.split()[1:]):
            return None
        if _are_spellings(source.name, by.name):
            return None
        says = f"{source.name} is no longer named: now {by.name if by.naming != 'unknown' else 'nobody'}"
        return sides.change("speaker_dropped", says, who, other.who or other.cue)
    return None


def _are_spellings(one: str, two: str) -> bool:
    """Whether two names can be one, spelt or shortened in other ways: an acronym and its words."""
    ours, theirs = one.replace(".", ""), two.replace(".", "")
    if SequenceMatcher(None, ours.lower(), theirs.lower(), autojunk=False).ratio() >= SPELLING:
        return True
    last, other = ours.lower().split()[-1:], theirs.lower().split()[-1:]
    if SequenceMatcher(None, "".join(last), "".join(other), autojunk=False).ratio() >= SPELLING:
        return True
    short, long = sorted((ours, theirs), key=len)
    return short == "".join(word[0] for word in long.split() if word[0].isupper())


def _is_a_name(source: Source) -> bool:
    return any(word[:1].isupper() and word.lower() not in LIGHT for word in source.name.split())


def _as_fact(sides: Sides, one: Span, two: Span, statement: Statement, source: Source) -> Change | None:
    cue = sides.here.said(statement.cue) if statement.cue else ""
    if (
        statement.act not in TOLD
        or cue.lower().endswith(NO_CLAIM)
        or sides.lexicon.is_hedge(cue.lower())
        or not statement.who
        or not cue[-1:].isalpha()
    ):
        return None
    if _share(one, statement) < LEAST or not _is_told(sides, two, one, statement):
        return None
    says = f"what {source.name} {cue} is told as a fact"
    return sides.change("attribution_to_fact", says, statement.who, two)


def _is_told(sides: Sides, two: Span, one: Span, statement: Statement) -> bool:
    """Whether the sentence there has what was said, not only what stood beside it."""
    said = {
        word.stem
        for word in sides.here.words(one)
        if word.is_content
        and any(
            part.start <= place.start and place.end <= part.end
            for part in statement.words
            for place in (sides.here.stretch(one, word.start, word.end),)
        )
    }
    there = {word.stem for word in sides.there.words(two)}
    return len(said & there) >= SHARED * len(said)


def _is_attributed(sides: Sides, two: Span, source: Source) -> bool:
    """Whether anything in a sentence there, or in a neighbour that has no partner, says whose words it holds."""
    if sides.there.statements.get(two) or sides.there.spoken.get(two) or sides.there.is_quoted(two):
        return True
    if _tells(sides, two):
        return True
    return any(_tells(sides, near) and _goes_on(sides, near, source) for near in sides.alone_around(two) if near != two)


def _goes_on(sides: Sides, near: Span, source: Source) -> bool:
    """Whether a neighbour without a partner tells who speaks in the sentence: "He said so." or the speaker's name."""
    some = sides.there.words(near)
    is_short = len(some) <= SHORT
    return is_short or some[0].small in PRONOUNS or _names(source, sides.there.spelt(near))


def _tells(sides: Sides, stretch: Span) -> bool:
    some = sides.there.words(stretch)
    return any(
        (sides.lexicon.tells(word.small, word.stem) or word.small[0] in '"“”„«»')
        and not (word.stem == "confirm" and at and some[at - 1].small in BEING)
        and not (word.small == "according" and [near.small for near in some[at + 1 : at + 3]] == ["to", "plan"])
        for at, word in enumerate(some)
    )


def _share(one: Span, statement: Statement) -> float:
    inside = sum(
        min(words.end, one.end) - max(words.start, one.start)
        for words in statement.words
        if words.start < one.end and one.start < words.end
    )
    return inside / max(1, one.end - one.start)


def _is_pronoun(told: Told, statement: Statement) -> bool:
    return statement.who is not None and told.said(statement.who).lower() in PRONOUNS


def _is_mentioned(sides: Sides, source: Source, two: Span) -> bool:
    """Whether a sentence there, or one of its neighbours, names the speaker."""
    return _names(source, frozenset(word for near in sides.around(two) for word in sides.there.spelt(near)))


def _is_spelling(one: str, two: str) -> bool:
    """Whether two long names that begin alike end alike too: Degtyarev and Degtyaryov, not Halvane and Halvanian."""
    return abs(len(one) - len(two)) < 2 and one[-1] == two[-1]


def _spelt(text: str) -> frozenset[str]:
    return frozenset(levelled(text).split())


def _names(source: Source, there: frozenset[str]) -> bool:
    for name in (source.name, *source.also):
        for word in levelled(name).split():
            if word in LIGHT:
                continue
            if word in there or (
                len(word) > 2
                and any(
                    same_word(word, other) or (len(word) > 4 and word[:4] == other[:4] and _is_spelling(word, other))
                    for other in there
                    if other not in LIGHT
                )
            ):
                return True
    return False
