"""How far a denial, a caveat or a silence reaches: which statements before it are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.models.parsing import Parse, Token
from sayso.statements.cue import Cue
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
FIGURES = frozenset({"figure", "figures", "toll", "tolls", "number", "numbers"})
PAIRS = frozenset({"either", "both", "neither"})
BROAD = frozenset({"battlefield", "fighting", "war", "frontline", "front"})
FIGHTING = frozenset({"attack", "damage", "killing", "withdrawal"})
SILENT_ON = 4
REMEMBERED = 200
"""How many statements back a denial or a caveat may reach."""
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
    is_private: bool
    is_nested: bool
    countries: frozenset[str] = frozenset()  # of the speaker's side or office
    places: frozenset[str] = frozenset()  # named in the words


Reach = tuple[tuple[int, ...], str | None]
Deeds = Mapping[str, str]
"""Which family of deeds a verb or noun tells of, from the rows of event_kinds."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the words of a caveat name: sides ("the Upland reports"), sources ("the mayor's account"), places."""

    countries: frozenset[str] = frozenset()
    sources: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()


def reached(parse: Parse, cue: Cue, here: Earlier, before: list[Earlier], pointed: Pointed, deeds: Deeds) -> Reach:
    """The numbers of the statements reached and whether the reach is specific or general."""
    told = [
        one for one in before[-REMEMBERED:] if one.act not in TOLD and not one.is_newsroom and one.source != here.source
    ]
    match cue.act:
        case "denies":
            return _denied(parse, cue, here, told, deeds)
        case "cannot_verify":
            return _unverified(parse, here, told, pointed, deeds)
        case "no_comment":
            return _uncommented(cue, here, told)
        case _:
            return (), None


def _denied(parse: Parse, cue: Cue, here: Earlier, told: list[Earlier], deeds: Deeds) -> Reach:
    words = _content(parse, here.said)
    general = "have" in helpers(parse, cue.head) or parse.tokens[cue.head].tag in ("VBZ", "VBP")
    opposed = [one for one in told if not _same_side(one, here) and one.act != "denies"]
    if words & POINTERS and _is_mutual(parse, cue, here):
        section = [one for one in opposed if one.section == here.section]
        return _numbers(one for one in section if one.source in _last_origins(section)), "specific"
    if not words - POINTERS:
        last = _latest(told, here)
        return (last, "specific") if last and not general else (last, "general")
    alike = [one for one in opposed if _share(words, _content(parse, one.said), deeds)]
    same = [one for one in alike if one.section == here.section]
    if same and not general:
        return tuple(one.number for one in same), "specific"
    return tuple(one.number for one in alike), "general"


def _is_mutual(parse: Parse, cue: Cue, here: Earlier) -> bool:
    """Whether two sides deny at once: "each government denied the other's charge"."""
    near = [parse.tokens[i].text.lower() for words in here.said for i in range(*words)]
    if cue.who is not None:
        near += [parse.tokens[i].text.lower() for i in (cue.who, *parse.children[cue.who])]
    return bool({"each", "both", "other"} & set(near))


def _share(words: set[str], others: set[str], deeds: Deeds) -> bool:
    """Whether two sayings speak of the same deed: by two words of content, or by words for one kind of deed."""
    kinds = {deeds[word] for word in words if word in deeds}
    return len(words & others) >= 2 or any(deeds.get(word) in kinds for word in others if word in deeds)


def _unverified(parse: Parse, here: Earlier, told: list[Earlier], pointed: Pointed, deeds: Deeds) -> Reach:
    section = [one for one in told if one.section == here.section and not one.is_nested] or told[-3:]
    lemmas = {parse.tokens[i].text.lower() for words in here.said for i in range(*words)}
    public = [one for one in section if not one.is_private] or section
    if lemmas & PAIRS:
        return _numbers(one for one in public if one.source in _last_origins(public)), "specific"
    if lemmas & BROAD:
        return _numbers(one for one in public if _tells_of_fighting(parse, one, deeds)), "general"
    if lemmas & FIGURES and not pointed.sources and not pointed.countries:
        counted = [
            one for one in section if any(parse.tokens[i].pos == "NUM" for words in one.said for i in range(*words))
        ]
        return _numbers(counted), "specific"
    theirs = _pointed_at(section, pointed)
    if theirs:
        return _numbers(theirs), "specific"
    near = [one for one in section if one.paragraph == here.paragraph] or section[-1:]
    return _numbers(near), "specific"


def _pointed_at(section: list[Earlier], pointed: Pointed) -> list[Earlier]:
    """The statements of whom the caveat names, else those about the place it names."""
    by_source = [one for one in section if one.source in pointed.sources]
    by_side = [one for one in section if one.countries & pointed.countries]
    return by_source or by_side or [one for one in section if one.places & pointed.places]


def _tells_of_fighting(parse: Parse, one: Earlier, deeds: Deeds) -> bool:
    return any(deeds.get(word) in FIGHTING for word in _content(parse, one.said))


def _numbers(found: Iterable[Earlier]) -> tuple[int, ...]:
    return tuple(one.number for one in found)


def _last_origins(section: list[Earlier]) -> set[int]:
    """The two sides that spoke last: the last speaker, and the last one of another party or source."""
    last = section[-1] if section else None
    if last is None:
        return set()
    other = next(
        (
            one
            for one in reversed(section)
            if one.source != last.source and (one.party is None or one.party != last.party)
        ),
        None,
    )
    return {last.source} | ({other.source} if other is not None else set())


def _uncommented(cue: Cue, here: Earlier, told: list[Earlier]) -> Reach:
    """What "no immediate comment" leaves without one: what others said just before it. Other silences name theirs."""
    if here.act != "no_comment" or not cue.found_by.startswith("silence:no_") or cue.silence != "none_yet":
        return (), None
    opposed = [one for one in told if one.section == here.section and not _same_side(one, here)]
    near = [one for one in opposed if one.paragraph == here.paragraph]
    near = near or [one for one in opposed if one.paragraph == here.paragraph - 1]
    return _numbers(near[-SILENT_ON:]), "specific" if near else "general"


def _same_side(one: Earlier, other: Earlier) -> bool:
    return one.party is not None and one.party == other.party


def _latest(told: list[Earlier], here: Earlier) -> tuple[int, ...]:
    inside = [one for one in told if one.section == here.section]
    accusing = [one for one in inside if one.act == "accuses"]
    return _numbers((accusing or inside)[-1:])


def _content(parse: Parse, said: tuple[Range, ...]) -> set[str]:
    tokens: list[Token] = [parse.tokens[i] for words in said for i in range(*words)]
    return {token.lemma for token in tokens if token.pos in ("NOUN", "VERB") and token.lemma not in EMPTY}
