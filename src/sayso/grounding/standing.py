"""Where a listed name is a place though the parser heard a person or a body, and no other name bears it out."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.grounding.levels import POSSESSIVE, ROADS
from sayso.grounding.place_rows import Rows
from sayso.grounding.together import TOO_SMALL
from sayso.knowledge.gazetteer import Listed
from sayso.models.parsing import Token

WORTH_REACHING = 5_000
"""How many people live in a town that a body's name may be, where somebody goes or something is hit."""
BETWEEN_AT_MOST = 8
MEASURED_AT_MOST = 5
ENDED = ("road", "route", "way", "line", "border", "corridor", "distance", "midway", "halfway", *ROADS)
"""What runs between two places."""
ALSO_STATES = ("friend", "neighbour", "neighbor", "member", "leader", "opponent", "observer", "victim", "target")
"""Beings that a capital or a country may be as well: "Kyiv, a neighbour"."""
ENGLISH = ("USA", "GBR", "CAN", "AUS", "NZL", "IRL")
"""Countries whose towns are called as people are: Clinton, Lincoln, Gordon."""
BOUND = ("bind", "bound", "head", "leave", "depart")


def is_placed_alone(tokens: Sequence[Token], first: int, last: int, listed: Sequence[Listed], rows: Rows) -> bool:
    """Whether the words around the name `[first, last)`, of which these rows are listed, let it be a place alone."""
    known = [row for row in listed if row.kind != "country" and (row.main or row.population >= TOO_SMALL / 2)]
    if not known:
        return False
    if is_measured(tokens, first, last, rows) or _is_end_of_way(tokens, first, rows):
        return True
    if not any(row.population >= WORTH_REACHING for row in known):
        return False
    if _is_owner(tokens, last, rows):
        return True
    return not _is_called_as_people_are(tokens[last - 1], known, rows) and _is_anyhow(tokens, first, last, rows)


def _is_called_as_people_are(name: Token, known: Sequence[Listed], rows: Rows) -> bool:
    """Whether a name is a given name, or its greatest town lies where towns and people share their names."""
    greatest = max(known, key=lambda row: row.population)
    return name.text.lower() in rows.given or greatest.country in ENGLISH


def _is_anyhow(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    return _is_reached(tokens, first, last, rows) or _is_hit(tokens, first, last, rows)


def is_measured(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether a distance is told of a name: "Hamar, 40 km from the border", "some 40 km south of Hamar"."""
    if first > 1 and tokens[first - 1].text.lower() in ("from", "of"):
        return any(_measures(token, rows) for token in tokens[max(0, first - MEASURED_AT_MOST) : first - 1])
    if last + 1 >= len(tokens) or tokens[last].text not in (",", "("):
        return False
    behind = tokens[last + 1 : last + 1 + MEASURED_AT_MOST]
    unit = next((at for at, token in enumerate(behind) if _measures(token, rows)), None)
    return bool(unit) and any(token.pos == "NUM" for token in behind[:unit])


def _measures(token: Token, rows: Rows) -> bool:
    return token.text.lower() in rows.measures


def _is_end_of_way(tokens: Sequence[Token], first: int, rows: Rows) -> bool:
    """Whether a name is one of two between which a way runs: "the road between Hamar and Gjøvik"."""
    for at in range(first - 1, max(0, first - BETWEEN_AT_MOST), -1):
        word = tokens[at].text
        if word == "between":
            return tokens[at - 1].lemma in ENDED or _measures(tokens[at - 1], rows)
        if not (word in ("and", "-") or word[0].isupper()):
            return False
    return False


def _is_owner(tokens: Sequence[Token], last: int, rows: Rows) -> bool:
    """Whether what a name owns belongs to towns alone: "Hamar's mayor", "Hamar's western outskirts"."""
    if last >= len(tokens) or tokens[last].text not in POSSESSIVE:
        return False
    owned = next((token for token in tokens[last + 1 : last + 4] if token.pos not in ("ADJ", "NUM", "PUNCT")), None)
    return owned is not None and owned.lemma in rows.owned


def _is_reached(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether somebody goes to where a name says: "bound for Hamar", "fled to Hamar", and what goes on "in Hamar"."""
    if first == 0 or tokens[last - 1].dep != "pobj":
        return False
    before = tokens[first - 1]
    head = tokens[before.head - tokens[0].i]
    word = before.text.lower()
    if word == "on":
        return head.pos == "NOUN" and head.lemma in rows.blows
    if word == "to":
        return head.pos == "VERB" and head.lemma in rows.motion
    if word == "for":
        return head.lemma in BOUND
    return word == "in" and head.pos in ("VERB", "AUX", "NOUN")


def is_held(tokens: Sequence[Token], first: int, rows: Rows) -> bool:
    """Whether something is had "in" a name that is had in bodies, not in places: "a stake in Berg"."""
    before = tokens[first - 1] if first else None
    return before is not None and before.text == "in" and tokens[before.head - tokens[0].i].lemma in rows.held


def _is_hit(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether a name is what is entered or besieged, or what a blast, a storm or an army hits."""
    base = tokens[0].i
    token = tokens[last - 1]
    for _ in range(BETWEEN_AT_MOST):
        if token.dep != "conj":
            break
        token = tokens[token.head - base]
    verb = tokens[token.head - base]
    if token.dep not in ("dobj", "nsubjpass"):
        return False
    if verb.lemma in rows.only_land:
        return True
    if verb.lemma not in rows.place_verbs and verb.lemma not in rows.taking:
        return False
    return any(
        one.lemma in rows.blows
        for one in tokens
        if one.head == verb.i and (one.dep in ("nsubj", "agent", "csubj") or (one.i < verb.i and one.dep == "advmod"))
    )


def is_being(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether a name is told to be somebody's or of somebody: "their dog, Sydney", "Sydney, the family's cat"."""
    base, token = tokens[0].i, tokens[last - 1]
    head = tokens[token.head - base]
    if token.dep == "appos" and head.pos == "NOUN" and head.text.islower() and head.lemma in rows.beings:
        return True
    if token.dep == "appos" and first > 1 and tokens[first - 1].text in POSSESSIVE:
        owner = tokens[first - 2]
        return owner.ent not in ("GPE", "LOC", "NORP") and owner.lemma not in rows.place_nouns and not _is_land(owner)
    return any(
        one.dep == "appos" and one.head == token.i and one.text.lower() in rows.beings and one.lemma not in ALSO_STATES
        for one in tokens[last : last + BETWEEN_AT_MOST]
    )


def _is_land(token: Token) -> bool:
    return token.lemma in ("country", "nation", "state", "republic", "kingdom", "continent", "world", "war")


def is_patron(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a saint's name is that of a church, school or hospital: "at St. Olav's", with nothing behind owned."""
    if tokens[first].text not in ("St", "St.", "Saint") or last >= len(tokens) or tokens[last].text not in POSSESSIVE:
        return False
    return last + 1 == len(tokens) or tokens[last + 1].pos not in ("NOUN", "PROPN", "ADJ", "NUM")
