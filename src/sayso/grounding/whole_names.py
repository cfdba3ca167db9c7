"""Names as wide as they are: what the parser broke off, left out or took for a place, mended by rows of given names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.grounding.named import PEOPLE, Named
from sayso.grounding.people_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.values.name import PARTICLES, levelled

LONGEST = 4
CONNECTED = frozenset(("-", "al", "el", "bin", "ibn"))
IN, TOWARDS = frozenset(("in", "near", "outside", "into")), frozenset(("to", "from", "towards", "toward"))
TOWN = 20_000


def people_missed(stretch: Stretch, taken: Sequence[bool], rows: Rows) -> list[tuple[int, int]]:
    """Token ranges of people whom the parser saw not, or not whole: a given name with the capitalised words behind."""
    tokens = stretch.tokens
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        last = _end_of_person(tokens, index, taken, rows)
        if last is None:
            index += 1
            continue
        if not _is_seen(tokens, index, last):
            found.append((index, last))
        index = last
    return found


def _end_of_person(tokens: tuple[Token, ...], index: int, taken: Sequence[bool], rows: Rows) -> int | None:
    """Where the name ends that begins with a given name here; None where none does."""
    token = tokens[index]
    if token.pos != "PROPN" or (token.ent and not token.ent_start) or not rows.given.is_given(token.text):
        return None
    if index and tokens[index - 1].text[:1].isupper() and tokens[index - 1].ent == token.ent != PEOPLE:
        return None
    last = index + 1
    while last < len(tokens) and last - index < LONGEST and not taken[last] and _goes_on(tokens, last):
        last += 1
    while last > index + 1 and not tokens[last - 1].text[:1].isupper():
        last -= 1
    words = [one.text.lower() for one in tokens[index:last]]
    if last < index + 2 or words[-1] in rows.things or words[1] in rows.countries or taken[index]:
        return None
    return None if _is_listed(" ".join(one.text for one in tokens[index:last])) else last


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    text = tokens[at].text
    if text.lower() in CONNECTED:
        return at + 1 < len(tokens) and (tokens[at + 1].text[:1].isupper() or tokens[at + 1].text in CONNECTED)
    return text[:1].isupper() and text.replace("'", "").replace("’", "").isalpha() and tokens[at].pos != "PRON"


def _is_seen(tokens: tuple[Token, ...], index: int, last: int) -> bool:
    """Whether the parser has this very name as a person, or as part of something longer."""
    if last < len(tokens) and tokens[last].ent and not tokens[last].ent_start and tokens[last].ent != PEOPLE:
        return True
    inside = tokens[index:last]
    return all(token.ent == PEOPLE for token in inside) and not any(token.ent_start for token in inside[1:])


@cache
def _is_listed(name: str) -> bool:
    return any(row.main for row in gazetteer().find(name))


def people_again(stretches: Sequence[Stretch], mentions: Sequence[Named]) -> list[tuple[Stretch, int, int]]:
    """Where the name of a person told in full, or the last words of it, stands again and the parser saw nothing."""
    tails = {
        tuple(words[-size:])
        for mention in mentions
        if mention.kind == "person" and len(words := levelled(mention.name).split()) > 1
        for size in range(1, len(words) + 1)
        if size > 1 or len(words[-size]) > 2
    }
    longest = max(map(len, tails), default=0)
    taken = {(mention.stretch.number, at) for mention in mentions for at in range(mention.first, mention.last)}
    found: list[tuple[Stretch, int, int]] = []
    for stretch in stretches:
        at = 0
        while at < len(stretch.tokens):
            last = _end_of_tail(stretch, at, tails, taken, longest)
            if last is not None:
                found.append((stretch, at, last))
            at = last or at + 1
    return found


def _end_of_tail(
    stretch: Stretch, at: int, tails: set[tuple[str, ...]], taken: set[tuple[int, int]], longest: int
) -> int | None:
    tokens = stretch.tokens
    if tokens[at].pos != "PROPN" or tokens[at].ent or not tokens[at].text[:1].isupper():
        return None
    if at and tokens[at - 1].pos == "PROPN" and tokens[at - 1].text[:1].isupper():
        return None
    for last in range(min(len(tokens), at + longest), at, -1):
        goes_on = last < len(tokens) and tokens[last].pos == "PROPN"
        free = not any((stretch.number, place) in taken or tokens[place].ent for place in range(at, last))
        if free and not goes_on and tuple(levelled(token.text) for token in tokens[at:last]) in tails:
            return last
    return None


def whole_person(tokens: tuple[Token, ...], last: int, taken: Sequence[bool]) -> int:
    """Where a person's name ends that the parser broke off at a particle: "Ursula von der" and "Leyen"."""
    end = last
    while end < len(tokens) and not taken[end] and tokens[end - 1].text.lower() in PARTICLES:
        if not (tokens[end].text[:1].isupper() or tokens[end].text.lower() in PARTICLES):
            return last
        end += 1
    return end if tokens[end - 1].text[:1].isupper() else last


def stands_as_town(stretch: Stretch, first: int, last: int, rows: Rows) -> bool:
    """Whether one capitalised word stands where a town does and is one: "in Lund", "trains to Lund"."""
    tokens = stretch.tokens
    if last - first != 1 or not first:
        return False
    before = tokens[first - 1].text.lower()
    moves = before in TOWARDS and first > 1 and tokens[first - 2].lemma in rows.moving
    return (before in IN or moves) and _is_town(tokens[first].text)


@cache
def _is_town(name: str) -> bool:
    return any(row.main and row.kind == "town" and row.population >= TOWN for row in gazetteer().find(name))
