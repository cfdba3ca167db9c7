"""Who said it, lost on the way: the speaker gone, another put in, or nobody left to answer for it."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.values.spelling import levelled, same_word
from sayso.values.stems import stem

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
PLAIN = ("said", "says", "say", "according to", "tells")
SAYING = ("saying", "stating", "adding", "claiming", "announcing", "according")
HAVING = ("has", "have", "had")
FEWEST = 3
"""Words that two sentences must have in common for one to be the other without its speaker."""
BEING = ("is", "are", "was", "were", "been", "be", "being")
SHORT = 7
"""Words and marks of a sentence that does nothing but say who speaks."""
LEAST = 0.4
"""The share of a sentence that must be somebody's words for the loss of the speaker to turn it into bare fact."""
SPELLING = 0.7
"""Likeness of two names from where on they can be one name in two spellings."""
LONG = 5
"""Letters: of shorter names one other letter makes another name."""
SHARED = 0.4
"""The share of the words told that the other sentence must have."""
WHOLE = 0.5
"""The share of words, of all in either, by which a sentence is the other one without its speaker."""
EDGE = 4
"""Words that may stand before who speaks, or behind, where all the rest of a sentence is what is told."""


def speakers(sides: Sides) -> Iterator[Change]:
    """For each statement here whose sentence has a partner: what became of its speaker."""
    for one, two in sides.asked:
        for statement in sides.here.statements.get(one, ()):
            source = sides.here.sources.get(statement.source)
            if statement.act in ACTS and statement.cue and source and source.naming != "newsroom":
                change = _became(sides, one, two, statement, source)
                if change is not None:
                    yield change
                    break


def _became(sides: Sides, one: Span, two: Span, statement: Statement, source: Source) -> Change | None:
    if not _is_attributed(sides, two, source, told=_told_beside(sides.here, one, statement)):
        return _as_fact(sides, one, two, statement, source)
    if source.naming not in SURE or _is_pronoun(sides.here, statement):
        return None
    others = [
        (other, sides.there.sources[other.source])
        for other in (*sides.there.statements.get(two, ()), *sides.there.spoken.get(two, ()))
        if other.act in ACTS
    ]
    if not others or _is_mentioned(sides, source, two, [by for _, by in others]):
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
        if _is_mentioned(sides.turned, by, one, [source]) or _names(source, _spelt(" ".join((by.name, *by.also)))):
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
    is_long = all(len(word) >= LONG for word in (*last, *other))
    if is_long and SequenceMatcher(None, "".join(last), "".join(other), autojunk=False).ratio() >= SPELLING:
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
        or (cue.lower().endswith("ing") and cue.lower() not in SAYING)
        or (cue.lower() not in PLAIN and _still_stands(sides, one, two, statement, source))
    ):
        return None
    is_told = _share(one, statement) >= LEAST and _is_told(sides, two, one, statement)
    if not is_told and _still_stands(sides, one, two, statement, source):
        return None
    if not is_told and not _is_all_the_rest(sides, one, two, statement):
        return None
    says = f"what {source.name} {cue} is told as a fact"
    return sides.change("attribution_to_fact", says, statement.who, two)


def _told_beside(told: Told, sentence: Span, statement: Statement) -> frozenset[str]:
    """The stems of a sentence beside who speaks, and that he does."""
    some, rest = told.words(sentence), _rest(told, sentence, statement)
    left = some if rest is None else (*some[: rest[0]], *some[rest[1] :])
    return frozenset(word.stem for word in left)


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


def _still_stands(sides: Sides, one: Span, two: Span, statement: Statement, source: Source) -> bool:
    """Whether the sentence there still names who spoke, or "he" as often: he may do it in other words."""
    if _names(source, sides.there.spelt(two)):
        return True
    who = sides.here.said(statement.who).lower() if statement.who else ""
    if who in PRONOUNS:
        ours, theirs = ([word.small for word in told.words(at)] for told, at in ((sides.here, one), (sides.there, two)))
        return theirs.count(who) >= ours.count(who)
    known = sides.there.spelt(two)
    return any(word in known for word in levelled(who).split() if len(word) > 2 and word not in ("the", "and"))


def _is_all_the_rest(sides: Sides, one: Span, two: Span, statement: Statement) -> bool:
    """Whether the sentence there is the one here without who speaks, which opens or ends it."""
    rest = _rest(sides.here, one, statement)
    some = sides.here.words(one)
    if rest is None or not (rest[0] <= EDGE or rest[1] >= len(some) - EDGE):
        return False
    ours = {word.stem for word in (*some[: rest[0]], *some[rest[1] :]) if word.is_content}
    theirs = {word.stem for word in sides.there.words(two) if word.is_content}
    return len(ours & theirs) >= max(FEWEST, WHOLE * len(ours | theirs))


def _rest(told: Told, sentence: Span, statement: Statement) -> tuple[int, int] | None:
    """The numbers of the words from the first to behind the last of those that say who speaks, and that he does."""
    if statement.who is None or statement.cue is None:
        return None
    low, high = min(statement.who.start, statement.cue.start), max(statement.who.end, statement.cue.end)
    places = [told.stretch(sentence, word.start, word.end) for word in told.words(sentence)]
    inside = [number for number, place in enumerate(places) if low <= place.start < high]
    return (inside[0], inside[-1] + 1) if inside else None


def _is_attributed(sides: Sides, two: Span, source: Source, *, told: frozenset[str] = frozenset()) -> bool:
    """Whether anything in a sentence there, or in a neighbour that has no partner, says whose words it holds.

    Words of what was told here (`told`, stems) are no sign of it: an "agreement" of which both speak.
    """
    some = (*sides.there.statements.get(two, ()), *sides.there.spoken.get(two, ()))
    if any(not _is_thought_told(sides.there, other, told) for other in some) or sides.there.is_quoted(two):
        return True
    if _tells(sides, two, told):
        return True
    return any(_tells(sides, near) and _goes_on(sides, near, source) for near in sides.alone_around(two) if near != two)


def _goes_on(sides: Sides, near: Span, source: Source) -> bool:
    """Whether a neighbour without a partner tells who speaks in the sentence: "He said so." or the speaker's name."""
    some = sides.there.words(near)
    is_short = len(some) <= SHORT
    return is_short or some[0].small in PRONOUNS or _names(source, sides.there.spelt(near))


def _is_thought_told(told: Told, statement: Statement, words: frozenset[str]) -> bool:
    """Whether a statement is a thought that stands among what was told here: "he wishes him luck"."""
    if statement.act != "thinks" or not statement.cue or not words:
        return False
    source = told.sources.get(statement.source)
    if source is None or source.naming == "unknown":
        return True
    return any(stem(word) in words for word in told.said(statement.cue).split() if word not in HAVING)


def _tells(sides: Sides, stretch: Span, told: frozenset[str] = frozenset()) -> bool:
    some = sides.there.words(stretch)
    return any(
        ((word.stem not in told and sides.lexicon.tells(word.small, word.stem)) or word.small[0] in '"“”„«»')
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


def _is_mentioned(sides: Sides, source: Source, two: Span, others: Sequence[Source]) -> bool:
    """Whether a sentence there, or one of its neighbours, names the speaker.

    Neighbours that have a partner are told for, where all who speak instead are named in the sentence itself.
    """
    itself = sides.there.spelt(two)
    near = sides.around(two)
    if all(other.naming in SURE and _is_a_name(other) and _names(other, itself) for other in others):
        near = sides.alone_around(two)
    return _names(source, frozenset(word for one in near for word in sides.there.spelt(one)))


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
