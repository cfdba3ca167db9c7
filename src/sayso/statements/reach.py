"""How far a denial, a caveat or a silence reaches: which statements before it are meant."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.models.parsing import Parse, Token
from sayso.statements.cues import Cue
from sayso.statements.shapes import Range, helpers

EMPTY = frozenset(
    {
        "be",
        "have",
        "do",
        "say",
        "report",
        "claim",
        "account",
        "allegation",
        "accusation",
        "it",
        "this",
        "that",
        "any",
        "people",
        "other",
        "such",
    }
)
POINTERS = frozenset(
    {
        "it",
        "this",
        "that",
        "them",
        "claim",
        "accusation",
        "allegation",
        "charge",
        "account",
        "report",
        "responsibility",
        "involvement",
        "role",
    }
)
PAIRS = frozenset({"either", "both", "neither"})
TOLD = ("cannot_verify", "no_comment", "thinks", "observes", "labels")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A statement already found, as far as reach needs it."""

    number: int
    act: str
    source: int
    party: str | None
    said: tuple[Range, ...]
    section: int
    paragraph: int
    is_newsroom: bool


Reach = tuple[tuple[int, ...], str | None]


@dataclass(frozen=True, slots=True)
class Pointed:
    """Whom the words of a caveat name: sides ("the Upland reports") and sources ("the mayor's account")."""

    parties: frozenset[str] = frozenset()
    sources: frozenset[int] = frozenset()


def reached(parse: Parse, cue: Cue, here: Earlier, before: list[Earlier], pointed: Pointed) -> Reach:
    """The numbers of the statements reached and whether the reach is specific or general."""
    said = here.said
    told = [one for one in before if one.act not in TOLD and not one.is_newsroom and one.source != here.source]
    match cue.act:
        case "denies":
            return _denied(parse, cue, here, told)
        case "cannot_verify":
            return _unverified(parse, here, told, pointed)
        case "no_comment":
            return _uncommented(here, told)
        case _:
            return (), None


def _denied(parse: Parse, cue: Cue, here: Earlier, told: list[Earlier]) -> Reach:
    words = _content(parse, here.said)
    pointing = _lemmas(parse, here.said) & POINTERS and not words - POINTERS
    if pointing:
        last = _latest(told, here)
        return (last, "specific") if last else ((), "general")
    sharing = [
        one
        for one in told
        if len(words & _content(parse, one.said)) >= min(2, len(words)) and one.section == here.section
    ]
    perfect = "have" in helpers(parse, cue.head) or parse.tokens[cue.head].tag in ("VBZ", "VBP")
    if sharing and not perfect:
        return tuple(one.number for one in sharing), "specific"
    touching = [one for one in told if words & _content(parse, one.said)]
    return tuple(one.number for one in touching), "general"


def _unverified(parse: Parse, here: Earlier, told: list[Earlier], pointed: Pointed) -> Reach:
    said = here.said
    section = [one for one in told if one.section == here.section] or told[-3:]
    if _lemmas(parse, said) & PAIRS:
        return _last_two_origins(section), "specific"
    theirs = [one for one in section if one.source in pointed.sources or one.party in pointed.parties]
    if theirs:
        return tuple(one.number for one in theirs), "specific"
    general = any(
        parse.tokens[i].lemma in ("battlefield", "fighting", "war", "frontline")
        for words in said
        for i in range(*words)
    )
    if general:
        return tuple(one.number for one in section), "general"
    near = [one for one in section if one.paragraph == here.paragraph] or section[-1:]
    return tuple(one.number for one in near), "specific"


def _uncommented(here: Earlier, told: list[Earlier]) -> Reach:
    near = [
        one
        for one in told
        if one.section == here.section
        and here.paragraph - one.paragraph <= 1
        and (one.party is None or one.party != here.party)
    ]
    if not near:
        return (), "general"
    return tuple(one.number for one in near), "specific"


def _latest(told: list[Earlier], here: Earlier) -> tuple[int, ...]:
    inside = [one for one in told if one.section == here.section]
    return (inside[-1].number,) if inside else ()


def _last_two_origins(section: list[Earlier]) -> tuple[int, ...]:
    sources: list[int] = []
    for one in reversed(section):
        if one.source not in sources:
            sources.append(one.source)
    return tuple(one.number for one in section if one.source in sources[:2])


def _lemmas(parse: Parse, said: tuple[Range, ...]) -> set[str]:
    return {parse.tokens[i].lemma for words in said for i in range(*words)}


def _content(parse: Parse, said: tuple[Range, ...]) -> set[str]:
    tokens: list[Token] = [parse.tokens[i] for words in said for i in range(*words)]
    return {token.lemma for token in tokens if token.pos in ("NOUN", "VERB") and token.lemma not in EMPTY}
