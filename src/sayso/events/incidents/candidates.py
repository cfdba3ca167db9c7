"""What in a text could fill a slot of an incident: noun phrases cut to the words that name, and names in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.events.grammar import NOUNS
from sayso.models.parsing import Parse, Token
from sayso.models.truecase import offices
from sayso.record import Entity, Span

HOWS = ("phrase", "name", "inside", "with_of")
"""How a candidate was cut: a noun phrase, a name, a noun or name before another noun, a phrase with its "of"."""
NAMES = frozenset({"PERSON", "ORG", "NORP", "FAC", "GPE", "PRODUCT"})
BEFORE = frozenset({"compound", "nmod", "amod"})
NEVER_INSIDE = frozenset({"prep", "relcl", "cc", "conj", "appos", "ROOT"})
NOT_IN_FRONT = frozenset({"VERB", "ADP", "PRON", "CCONJ", "SCONJ"})
COUNTING = frozenset({"DET", "NUM", "PRON"})
VAGUE = frozenset({"some", "several", "many", "other", "another", "few", "one", "two", "three", "four", "five", "six"})
MARKS = frozenset({"'s", "'", '"', ",", "-", "``", "''"})
TITLES = frozenset({"mr", "mrs", "ms", "dr", "doctor", "col", "gen", "father", "priest", "judge", "justice", "attorney",
                    "engineer", "journalist", "candidate", "former"})  # fmt: skip
WHOSE = frozenset({
    "member", "group", "unit", "column", "element", "commando", "leader", "soldier", "headquarters", "office", "home",
    "house", "residence", "building", "package", "embassy", "branch", "facility",
})  # fmt: skip
"""Nouns that say little without whose they are: "members of the front", "the house of the judge"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens [first, last) around `head`. `titled` begins with the titles before a name, else where `first` does."""

    head: int
    first: int
    last: int
    how: str
    titled: int

    def span(self, parse: Parse) -> Span:
        """Its stretch of the text."""
        return Span(parse.tokens[self.first].start, parse.tokens[self.last - 1].end)

    def titled_span(self, parse: Parse) -> Span:
        """The same with the titles before it."""
        return Span(parse.tokens[self.titled].start, parse.tokens[self.last - 1].end)


def candidates(parse: Parse, entities: tuple[Entity, ...]) -> list[Candidate]:
    """Every candidate of a text, each stretch once, names first."""
    found: dict[tuple[int, int], Candidate] = {}
    for head, first, last, how in _cuts(parse, entities):
        found.setdefault((first, last), Candidate(head, first, last, how, _titled(parse, first)))
    return list(found.values())


Cut = tuple[int, int, int, str]


def _cuts(parse: Parse, entities: tuple[Entity, ...]) -> Iterator[Cut]:
    for named in _names(parse, entities):
        first, last = _bare(parse, *named)
        yield _head(parse, first, last), first, last, "name"
    for token in parse.tokens:
        yield from _inside(parse, token)
        if _heads_phrase(parse, token):
            yield from _phrases(parse, token)


def _names(parse: Parse, entities: tuple[Entity, ...]) -> Iterator[tuple[int, int]]:
    tokens = parse.tokens
    first = 0
    while first < len(tokens):
        last = first + 1
        if tokens[first].ent in NAMES:
            while last < len(tokens) and _goes_on(tokens[first], tokens[last]):
                last += 1
            yield first, last
        first = last
    starts = {token.start: token.i for token in tokens}
    ends = {token.end: token.i + 1 for token in tokens}
    for mention in (span for entity in entities for span in entity.mentions):
        if mention.start in starts and mention.end in ends:
            yield starts[mention.start], ends[mention.end]


def _goes_on(first: Token, token: Token) -> bool:
    return token.ent == first.ent and not token.ent_start and token.sentence == first.sentence


def _bare(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A name without articles, figures and titles before it or a genitive behind it."""
    tokens = parse.tokens
    while first < last - 1 and (tokens[first].pos in COUNTING | {"PUNCT"} or _is_title(tokens[first])):
        first += 1
    while last > first + 1 and tokens[last - 1].text in ("'s", "'", '"'):
        last -= 1
    return first, last


def _is_title(token: Token) -> bool:
    return token.lemma.strip(".") in TITLES or token.lemma in offices()


def _head(parse: Parse, first: int, last: int) -> int:
    inside = range(first, last)
    return next((i for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i), last - 1)


def _inside(parse: Parse, token: Token) -> Iterator[Cut]:
    """A noun or name before another noun: "bomb" in "bomb attack", "Red Front" in "Red Front fighters"."""
    tokens = parse.tokens
    above = tokens[token.head]
    if token.pos not in NOUNS or token.dep not in BEFORE or above.i <= token.i or above.pos not in NOUNS:
        return
    if token.pos == "NOUN":
        yield token.i, token.i, token.i + 1, "inside"
    elif tokens[token.i + 1].pos == "NOUN":
        first = token.i
        while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].sentence == token.sentence:
            first -= 1
        yield token.i, first, token.i + 1, "inside"


def _heads_phrase(parse: Parse, token: Token) -> bool:
    above = parse.tokens[token.head]
    if token.pos in NOUNS:
        return not (token.dep in ("compound", "nmod") and above.pos in NOUNS and above.i > token.i)
    return token.pos in ("ADJ", "NUM") and token.dep in ("nsubj", "dobj", "nsubjpass", "pobj")


def _phrases(parse: Parse, token: Token) -> Iterator[Cut]:
    first, last = _phrase(parse, token.i)
    if token.pos == "PROPN":
        first, last = _name_in(parse, token, first, last)
    yield token.i, first, last, "phrase"
    if token.lemma in WHOSE:
        for other in _of(parse, token.i):
            yield token.i, first, max(_phrase(parse, other)[1], last), "with_of"


def _phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The head with what stands before it, without articles, counts, owners and what a comma parts off."""
    tokens = parse.tokens
    leftmost, first = parse.subtree_ends[head][0], head
    while first > leftmost and _may_stand_before(tokens[first - 1], tokens[head]):
        first -= 1
    while first < head and _only_counts(tokens[first]):
        first += 1
    parted = [i + 1 for i in range(first, head) if tokens[i].text in ("'s", "'", ",")]
    return (parted[-1] if parted else first), head + 1


def _may_stand_before(token: Token, head: Token) -> bool:
    return token.sentence == head.sentence and token.dep not in NEVER_INSIDE and token.pos not in NOT_IN_FRONT


def _only_counts(token: Token) -> bool:
    return token.pos in COUNTING or token.lemma in VAGUE or token.text in MARKS


def _name_in(parse: Parse, token: Token, first: int, last: int) -> tuple[int, int]:
    """A phrase around a name, cut to the name."""
    tokens = parse.tokens
    while first < token.i and (
        _is_title(tokens[first]) or (tokens[first].pos != "PROPN" and tokens[first].text.islower())
    ):
        first += 1
    while last < len(tokens) and _continues_name(tokens[last], token):
        last += 1
    return first, last


def _continues_name(token: Token, name: Token) -> bool:
    return token.pos == "PROPN" and token.sentence == name.sentence and token.dep in ("compound", "flat", "nmod")


def _of(parse: Parse, head: int) -> Iterator[int]:
    for child in parse.children[head]:
        if child > head and parse.tokens[child].text == "of":
            yield from (i for i in parse.children[child] if parse.tokens[i].dep == "pobj")


def _titled(parse: Parse, first: int) -> int:
    tokens = parse.tokens
    at = first
    while at > 0 and tokens[at - 1].sentence == tokens[first].sentence and _is_title(tokens[at - 1]):
        at -= 1
    return at
