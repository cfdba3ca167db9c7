"""Who is told to be somebody else: "his wife, Abeba", "Tun, a cousin of Aung Tun", "Ola Berg and Ole Berg"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.grounding.named import PEOPLE, POSSESSIVE, Named
from sayso.models.parsing import Token

KIN = frozenset(
    (
        *("mother", "father", "son", "daughter", "brother", "sister", "wife", "husband", "cousin", "uncle", "aunt"),
        *("nephew", "niece", "grandson", "granddaughter", "grandfather", "grandmother", "twin", "widow", "widower"),
        *("stepson", "stepdaughter", "stepfather", "stepmother", "parent", "child", "fiancé", "fiancée", "namesake"),
    )
)
SPOUSES = {("his", "wife"): "m", ("her", "husband"): "f", ("his", "widow"): "m"}
JOINING = frozenset(("and", "or", "nor"))
LONGEST = 8

Place = tuple[int, int]  # the sentence's number, and the first token


@dataclass(frozen=True, slots=True)
class Strangers:
    """Mentions of people told to be two."""

    of: dict[Place, frozenset[Place]]

    def between(self, ours: Iterable[Named], theirs: Sequence[Named]) -> bool:
        """Whether one of these is told to be somebody else than one of those."""
        others: set[Place] = set()
        for mention in theirs:
            others |= self.of.get(_place(mention), frozenset())
        return bool(others) and any(_place(mention) in others for mention in ours)


def strangers_among(mentions: Sequence[Named]) -> Strangers:
    """Who of these people the text tells to be somebody else's kin, or names beside another."""
    by_sentence: dict[int, list[Named]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.stretch.number].append(mention)
    found: dict[Place, set[Place]] = defaultdict(set)
    for number, inside in by_sentence.items():
        before = by_sentence.get(number - 1, [])
        for one, two in _two_people(sorted(inside, key=lambda mention: mention.first), before):
            found[_place(one)].add(_place(two))
            found[_place(two)].add(_place(one))
    return Strangers({place: frozenset(others) for place, others in found.items()})


def sex_by_spouse(mention: Named) -> str:
    """Whether the same sentence gives the one named a wife or a husband, nobody else named between; else ""."""
    tokens = mention.stretch.tokens
    for at in range(mention.last, len(tokens) - 1):
        if tokens[at].ent == PEOPLE:
            return ""
        words = tokens[at].text.lower(), tokens[at + 1].text.lower()
        if words in SPOUSES:
            return SPOUSES[words]
    return ""


def _place(mention: Named) -> Place:
    return mention.stretch.number, mention.first


def _two_people(inside: Sequence[Named], told: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Pairs of one sentence; the kin of nobody named in it is kin of those `told` of in the sentence before."""
    for number, mention in enumerate(inside):
        if _is_somebodys_kin(mention):
            yield from ((before, mention) for before in inside[:number] or told)
        for after in inside[number + 1 :]:
            if _is_kin_of(mention, after):
                yield mention, after
        if number + 1 < len(inside) and _are_joined(mention, inside[number + 1]):
            yield mention, inside[number + 1]


def _is_somebodys_kin(mention: Named) -> bool:
    """As in "his wife, Abeba", "her younger sister Fatma", "Mr Berg's son Ola"."""
    tokens = mention.stretch.tokens
    at = mention.first - 1
    while at >= 0 and mention.first - at < LONGEST and (tokens[at].text == "," or _is_of_a_title(tokens[at])):
        at -= 1
    if at < 0 or tokens[at].lemma.lower() not in KIN:
        return False
    while at > 0 and tokens[at].pos in ("ADJ", "NOUN", "NUM", "PUNCT") and tokens[at].text not in (",", ";"):
        at -= 1
    return tokens[at].tag == "PRP$" or tokens[at].text in POSSESSIVE


def _is_of_a_title(token: Token) -> bool:
    return token.pos == "PROPN" and not token.ent


def _is_kin_of(mention: Named, after: Named) -> bool:
    """As in "Tun, a cousin of the teacher Aung Tun"."""
    between = mention.stretch.tokens[mention.last : after.first]
    if not 3 <= len(between) <= LONGEST or between[0].text not in (",", "("):
        return False
    words = [token.lemma.lower() for token in between]
    of = words.index("of") if "of" in words else 0
    return bool(of) and words[of - 1] in KIN and "," not in words[1:]


def _are_joined(mention: Named, after: Named) -> bool:
    """As in "Ola Berg and Ole Berg": nobody is named beside himself."""
    between = [token.text.lower() for token in mention.stretch.tokens[mention.last : after.first]]
    return mention.name != after.name and len(between) == 1 and between[0] in JOINING
