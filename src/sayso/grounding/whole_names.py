"""Names as wide as they are: what the parser broke off, left out or took for a place, mended by rows of given names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.grounding.named import PEOPLE, Named
from sayso.grounding.people_rows import Rows
from sayso.grounding.roles import apposition_behind
from sayso.grounding.stretches import Stretch
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.values.name import PARTICLES, levelled

LONGEST = 4
CONNECTED = frozenset(("-", "al", "el", "bin", "ibn"))
IN, TOWARDS = frozenset(("in", "near", "outside", "into")), frozenset(("to", "from", "towards", "toward"))
TOWN = 20_000
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)")
UNITS = frozenset(("brigade", "battalion", "regiment", "division", "corps", "army", "fleet", "squadron", "company"))
LONGEST_UNIT = 7
NO_NAMES = ("", "PRODUCT", "LANGUAGE", "EVENT", "WORK_OF_ART", "LAW")
"""What the parser takes for no person, body or place: it has nothing there, or a surname that it does not know."""
ENDS = (",", ".", ")", ";", "--", "–", "—")
ONE_MAN = ("a", "an", "the")


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


def units_missed(stretch: Stretch, taken: Sequence[bool]) -> list[tuple[int, int]]:
    """Token ranges of military units by their number, which tells one from the other: "the 93rd Mechanised Brigade"."""
    tokens = stretch.tokens
    found: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        last = index + 1
        while last < len(tokens) and last - index < LONGEST_UNIT and not taken[last] and _goes_on(tokens, last):
            last += 1
        while last > index + 1 and tokens[last - 1].text.lower() not in UNITS:
            last -= 1
        if last > index + 1 and not taken[index] and ORDINAL.fullmatch(token.text):
            found.append((index, last))
    return found


def people_by_apposition(stretch: Stretch, taken: Sequence[bool], rows: Rows) -> list[tuple[int, int]]:
    """Token ranges of unknown names whose trade stands behind: "Jackson Mifflin, a dairy farmer".

    Two or three capitalised words, whatever the parser took them for, if none is a thing's, a body's or a country's.
    """
    tokens = stretch.tokens
    found: list[tuple[int, int]] = []
    for at, token in enumerate(tokens[:-2]):
        if token.text != "," or tokens[at + 1].text not in ONE_MAN:
            continue
        first = at
        while first > 0 and at - first < LONGEST and not taken[first - 1] and _may_be_a_name(tokens[first - 1], rows):
            first -= 1
        if not 2 <= at - first < LONGEST or _begins_longer(tokens, first) or _is_person(tokens, first, at):
            continue
        is_listed = _is_listed(" ".join(one.text for one in tokens[first:at]))
        if not is_listed and _is_a_trade(tokens, at + 2, rows) and apposition_behind(stretch, first, at, rows):
            found.append((first, at))
    return found


def _may_be_a_name(token: Token, rows: Rows) -> bool:
    word = token.text.lower()
    is_other = word in rows.things or word in rows.countries or word in rows.role_words or word in rows.modifiers
    return token.pos == "PROPN" and token.text.istitle() and token.text.isalpha() and not is_other


def _is_a_trade(tokens: tuple[Token, ...], at: int, rows: Rows) -> bool:
    """Whether one person's trade stands here, whole: "a dairy farmer from …", not "a farm worker union"."""
    while (at < len(tokens) and tokens[at].pos in ("ADJ", "NOUN", "PROPN", "NUM", "VERB")) or _is_hyphen(tokens, at):
        is_last = at + 1 == len(tokens) or tokens[at + 1].text in ENDS or tokens[at + 1].pos == "ADP"
        if is_last or tokens[at + 1].tag in ("WP", "WDT"):
            return tokens[at].tag in ("NN", "NNP") and tokens[at].text.lower() in rows.role_words
        at += 1
    return False


def _is_hyphen(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and tokens[at].text == "-"


def _begins_longer(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether the words are the end of something longer, or have an article: "the Grey Wolves, a …"."""
    before = tokens[first - 1] if first else None
    return before is not None and (
        before.pos in ("DET", "PRON", "ADP") or before.text in ("'s", "&", "-", ",") or before.pos == "PROPN"
    )


def _is_person(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    return any(token.ent == PEOPLE for token in tokens[first:last])


def people_again(stretches: Sequence[Stretch], mentions: Sequence[Named], rows: Rows) -> list[tuple[Stretch, int, int]]:
    """Where the name of a person told in full, or an end of it, stands again and the parser saw nothing."""
    full = [mention.name for mention in mentions if mention.kind == "person" and " " in mention.name]
    tails: set[tuple[str, ...]] = {
        (levelled(name.split()[0]),) for name in full if rows.given.is_given(name.split()[0])
    }
    tails |= {
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
    if tokens[at].pos != "PROPN" or tokens[at].ent not in NO_NAMES or not tokens[at].text[:1].isupper():
        return None
    if at and tokens[at - 1].pos == "PROPN" and tokens[at - 1].text[:1].isupper():
        return None
    for last in range(min(len(tokens), at + longest), at, -1):
        goes_on = last < len(tokens) and tokens[last].pos == "PROPN"
        places = range(at, last)
        free = not any((stretch.number, at) in taken or tokens[at].ent not in NO_NAMES for at in places)
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
