"""What a candidate looks like, as numbers: its words' vectors, its grammar, our rows, and what the record says of it.

Vectors are the parser's own, of a general vocabulary. What the record adds is which event the candidate takes part in,
of what family and status, near what other event it stands, and who says the sentence of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.events.incidents.candidates import HOWS, Candidate
from sayso.events.kinds import Words
from sayso.models.parsing import Parse, Token
from sayso.record import Event, Grounds, Page, Span, Spoken

Floats = NDArray[np.floating[Any]]
Vector = Callable[[str], Floats]

WIDE = 300
DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj", "compound", "poss", "npadvmod", "agent", "nmod",
        "ROOT", "other")  # fmt: skip
ENTS = ("", "PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "PRODUCT", "DATE", "other")
PREPOSITIONS = ("", "by", "against", "of", "in", "on", "with", "from", "at", "to", "for", "near", "between", "other")
CLASSES = ("armed", "place", "structure", "infrastructure", "vehicle", "aircraft", "convoy", "person", "civilian",
           "munition", "weapon", "arms", "base", "diplomat", "government", "company", "crowd", "hostage",
           "fortification")  # fmt: skip
ACTS = ("accuses", "denies", "admits", "threatens", "says", "other")
_KINDS = {
    "bomb": "bombing suicide_bombing explosion mine grenade_attack hijacking cyberattack",
    "air": "air_strike drone_strike shelling missile_strike chemical_attack",
    "taking": "abduction arrest release capture_of_fighters prisoner_exchange",
    "attack": "attack shooting attack_on_civilians",
    "killing": "killing massacre execution atrocity torture sexual_violence",
    "casualties": "casualties",
    "clash": "armed_clash offensive advance capture repulse retake invasion siege withdrawal",
    "damage": "fire property_damage power_cut looting riot",
}
FAMILIES = (*_KINDS, "other")
FAMILY_OF = {kind: FAMILIES.index(family) for family, kinds in _KINDS.items() for kind in kinds.split()}
SURE = ("happened", "ongoing")
UNSURE = ("alleged", "possible", "disputed", "denied", "unclear")
CLIMB = 5
LEAD = 0.3


def family(kind: str) -> int:
    """The number of a kind's family."""
    return FAMILY_OF.get(kind, len(FAMILIES) - 1)


@dataclass(frozen=True)
class Told:
    """A page with all that the stages found in it, and what features are made with."""

    page: Page
    parse: Parse
    grounds: Grounds
    spoken: Spoken
    events: tuple[Event, ...]
    words: Words
    vector: Vector

    @cached_property
    def by_family(self) -> list[list[Event]]:
        """The events of each family."""
        found: list[list[Event]] = [[] for _ in FAMILIES]
        for event in self.events:
            found[family(event.kind)].append(event)
        return found

    @cached_property
    def triggers(self) -> dict[int, list[tuple[int, int]]]:
        """For each sentence the trigger words in it, each with its family."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for event in self.events:
            for span in (event.trigger, *event.also):
                token = self.token_in(span)
                if token is not None:
                    found[token.sentence].append((token.i, family(event.kind)))
        return found

    @cached_property
    def at(self) -> dict[int, int]:
        """Every token by where it begins."""
        return {token.start: token.i for token in self.parse.tokens}

    @cached_property
    def sentence_means(self) -> list[Floats]:
        """The mean vector of each sentence's nouns and verbs."""
        return [self.mean(self.parse.tokens[first:last], content=True) for first, last in self.parse.sentences]

    def token_in(self, span: Span) -> Token | None:
        """The token a stretch begins with."""
        i = self.at.get(span.start)
        return None if i is None else self.parse.tokens[i]

    def mean(self, tokens: Iterable[Token], *, content: bool = False) -> Floats:
        """The mean vector of words, of all or of nouns and verbs."""
        vectors = [self.vector(token.lemma) for token in tokens if not content or token.pos in ("NOUN", "VERB")]
        return np.mean(vectors, axis=0) if vectors else np.zeros(WIDE, np.float32)


def rows(told: Told, found: Sequence[Candidate]) -> Floats:
    """One row of features for each candidate."""
    if not found:
        return np.zeros((0, 0), np.float32)
    parts = [_part_taken(told, one) for one in found]
    same = _of_same_words(told, found, parts)
    document = np.log1p([len(events) for events in told.by_family])
    return np.array(
        [
            np.concatenate([_vectors(told, one), _grammar(told, one), part, own, _near(told, one), document])
            for one, part, own in zip(found, parts, same, strict=True)
        ],
        np.float32,
    )


def _vectors(told: Told, one: Candidate) -> Floats:
    tokens, head = told.parse.tokens, told.parse.tokens[one.head]
    _, _, above = governor(told.parse, one.head)
    higher = governor(told.parse, above.i)[2] if above is not None else None
    nothing = np.zeros(WIDE, np.float32)
    before, after = tokens[max(0, one.first - 2) : one.first], tokens[one.last : one.last + 2]
    return np.concatenate(
        [
            nothing if head.ent == "PERSON" and head.pos == "PROPN" else told.vector(head.lemma),
            told.vector(above.lemma) if above is not None else nothing,
            told.vector(higher.lemma) if higher is not None else nothing,
            told.mean(token for token in tokens[one.first : one.head] if token.pos in ("ADJ", "NOUN", "VERB")),
            told.mean(token for token in before if token.sentence == head.sentence),
            told.mean(token for token in after if token.sentence == head.sentence),
            told.sentence_means[head.sentence],
        ]
    )


def governor(parse: Parse, i: int) -> tuple[str, str, Token | None]:
    """By which dependency, by which preposition and on which word a word hangs, beyond conjunctions."""
    token = parse.tokens[i]
    for _ in range(CLIMB):
        if token.dep not in ("conj", "appos"):
            break
        token = parse.tokens[token.head]
    above, preposition = parse.tokens[token.head], ""
    if token.dep == "pobj":
        preposition, above = above.lemma, parse.tokens[above.head]
    return token.dep, preposition, None if token.dep == "ROOT" or above.i == token.i else above


def _one_of(names: Sequence[str], name: str) -> list[float]:
    known = name if name in names else "other"
    return [float(one == known) for one in names]


def _grammar(told: Told, one: Candidate) -> Floats:
    parse, words = told.parse, told.words
    head = parse.tokens[one.head]
    dep, preposition, _ = governor(parse, one.head)
    forms = {head.lemma, head.text.lower(), " ".join(token.lemma for token in parse.tokens[one.first : one.last])}
    flags = [
        head.pos == "PROPN",
        one.last - one.first,
        head.tag in ("NNS", "NNPS"),
        head.lemma in words.weapons,
        head.lemma in words.groups,
        head.text.isupper() and len(head.text) > 1,
        one.titled < one.first,
        one.first > 0 and parse.tokens[one.first - 1].pos == "NUM",
        head.sentence / max(1, len(parse.sentences)),
        1 / (1 + head.sentence),
        head.sentence == 0,
    ]
    return np.array(
        [
            *_one_of(DEPS, dep),
            *_one_of(ENTS, head.ent),
            *_one_of(PREPOSITIONS, preposition),
            *(float(bool(words.classes.get(name, frozenset()) & forms)) for name in CLASSES),
            *_one_of(HOWS, one.how),
            *map(float, flags),
        ],
        np.float32,
    )


def _holds(span: Span, token: Token) -> bool:
    return span.start <= token.start and token.end <= span.end


AGENT, TARGET, WEAPON = range(3)


def _part_taken(told: Told, one: Candidate) -> Floats:
    """In events of which families it is agent, target or weapon; of what status; whether it is who is counted."""
    head = told.parse.tokens[one.head]
    part, status = np.zeros((3, len(FAMILIES)), np.float32), np.zeros(6, np.float32)
    for event in told.events:
        for role, spans in enumerate(_roles(event)):
            if any(_holds(span, head) for span in spans):
                part[role, family(event.kind)] = 1
                told_as = (True, event.background, event.status in SURE, event.status in UNSURE)
                status[:4] = np.maximum(status[:4], told_as)
        for count in event.counts:
            if count.whom is not None and _holds(count.whom, head):
                status[4:] = np.maximum(status[4:], (True, count.of in ("killed", "wounded")))
    return np.concatenate([part.ravel(), status, _said(told, head)])


def _roles(event: Event) -> tuple[list[Span], list[Span], list[Span]]:
    return [party.span for party in event.agents], [party.span for party in event.targets], list(event.weapons)


def _said(told: Told, head: Token) -> Floats:
    """In words of which acts it stands, and whether it is who speaks."""
    acts = np.zeros(len(ACTS) + 1, np.float32)
    for statement in told.spoken.statements:
        if any(_holds(span, head) for span in statement.words):
            act = statement.act if statement.act in ACTS else "other"
            acts[ACTS.index(act)] = 1
        if statement.who is not None and _holds(statement.who, head):
            acts[-1] = 1
    return acts


def _of_same_words(told: Told, found: Sequence[Candidate], parts: Sequence[Floats]) -> list[Floats]:
    """For each candidate how often its words stand in the text, and what roles they have anywhere in it."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        span = one.span(told.parse)
        groups[told.page.report.text[span.start : span.end].lower()].append(number)
    made: list[Floats] = [np.zeros(0, np.float32)] * len(found)
    for members in groups.values():
        roles = np.max([parts[i][: 3 * len(FAMILIES)] for i in members], axis=0).reshape(3, -1).max(axis=1)
        for i in members:
            made[i] = np.array([np.log(len(members)), *roles], np.float32)
    return made


def _near(told: Told, one: Candidate) -> Floats:
    """Of which families events stand in its sentence, how near, and in the sentences around."""
    head = told.parse.tokens[one.head]
    near = np.zeros((3, len(FAMILIES)), np.float32)
    for i, of in told.triggers.get(head.sentence, ()):
        near[0, of] = 1
        near[1, of] = max(near[1, of], 1 / (1 + abs(i - one.head) / 4))
    for beside in (head.sentence - 1, head.sentence + 1):
        for _, of in told.triggers.get(beside, ()):
            near[2, of] = 1
    return near.ravel()


def document_row(told: Told) -> Floats:
    """The whole text: its events by family, its length, the mean vectors of all and of its first two sentences."""
    early = LEAD * len(told.page.report.text)
    counts: list[float] = []
    for events in told.by_family:
        counts += [
            min(len(events), 4),
            any(not event.background for event in events),
            any(event.status in SURE for event in events),
            any(event.targets for event in events),
            any(event.agents for event in events),
            any(event.trigger.start < early for event in events),
        ]
    tokens = told.parse.tokens
    return np.concatenate(
        [
            np.array([*counts, len(told.parse.sentences) / 10], np.float32),
            told.mean(tokens, content=True),
            told.mean((token for token in tokens if token.sentence < 2), content=True),
        ]
    )
