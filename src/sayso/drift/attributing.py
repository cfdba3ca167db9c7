"""Who said it, lost on the way: the speaker gone, another put in, or nobody left to answer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.drift.polarity import words
from sayso.values.spelling import levelled, same_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.drift.pairs import Sides
    from sayso.drift.sides import Told
    from sayso.record import Change, Source, Span, Statement

ACTS = (
    "says", "denies", "accuses", "admits", "warns", "announces", "confirms", "criticizes", "retracts", "predicts",
    "promises", "threatens", "orders", "calls_for",
)  # fmt: skip
SURE = ("named", "institution")
VAGUE = ("unknown", "group", "described")
LIGHT = frozenset(["the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "mr", "mrs", "ms", "dr", "sir", "former", "head", "chief"])
LEAST = 0.4
"""The share of a sentence that must be somebody's words for the loss of the speaker to turn it into bare fact."""


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
    who = statement.who or statement.cue
    if not _is_attributed(sides, two):
        if _share(sides.here, one, statement) < LEAST:
            return None
        says = f"what {source.name} {_cue(sides, statement)} is told as a fact"
        return sides.change("attribution_to_fact", says, who, two)
    if source.naming not in SURE:
        return None
    others = [
        (other, sides.there.sources[other.source])
        for other in (*sides.there.statements.get(two, ()), *sides.there.spoken.get(two, ()))
        if other.act in ACTS
    ]
    if not others or _is_mentioned(sides, source, two):
        return None
    new = [
        (other, by)
        for other, by in others
        if by.naming in SURE
        and not _was_mentioned(sides, by, one)
        and not _names(source, " ".join((by.name, *by.also)))
    ]
    if new and all(by.naming in SURE for _, by in others):
        other, by = new[0]
        says = f"{source.name} became {by.name}"
        return sides.change("speaker_changed", says, who, other.who or other.cue)
    if all(by.naming in VAGUE for _, by in others):
        other, by = others[0]
        says = f"{source.name} is no longer named: now {by.name or 'nobody'}"
        return sides.change("speaker_dropped", says, who, other.who or other.cue)
    return None


def _is_attributed(sides: Sides, two: Span) -> bool:
    """Whether anything in a sentence there, or in a neighbour that has no partner, says whose words it holds."""
    if sides.there.statements.get(two) or sides.there.spoken.get(two):
        return True
    partnered = set(sides.partners.values())
    stretches = [two, *(near for near in sides.around(two) if near not in partnered)]
    return any(
        word.stem in sides.lexicon.telling or word.small[0] in '"“”'
        for stretch in stretches
        for word in words(sides.there.kept(stretch).text)
    )


def _share(told: Told, one: Span, statement: Statement) -> float:
    inside = sum(
        min(words.end, one.end) - max(words.start, one.start)
        for words in statement.words
        if words.start < one.end and one.start < words.end
    )
    return inside / max(1, one.end - one.start)


def _is_mentioned(sides: Sides, source: Source, two: Span) -> bool:
    """Whether a sentence there, or one of its neighbours, names the speaker."""
    text = " ".join(sides.there.kept(near).text for near in sides.around(two))
    return _names(source, text)


def _was_mentioned(sides: Sides, source: Source, one: Span) -> bool:
    text = " ".join(sides.turned.there.kept(near).text for near in sides.turned.around(one))
    return _names(source, text)


def _names(source: Source, text: str) -> bool:
    there = {word for word in levelled(text).split() if word not in LIGHT}
    for name in (source.name, *source.also):
        for word in levelled(name).split():
            if word in LIGHT or len(word) < 3:
                continue
            if any(
                word == other or same_word(word, other) or (len(word) > 4 and word[:4] == other[:4]) for other in there
            ):
                return True
    return False


def _cue(sides: Sides, statement: Statement) -> str:
    cue = statement.cue
    return sides.here.text[cue.start : cue.end] if cue else "said"
