"""What a place's name is used for: where something happened, who acts, whose office, what is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.grounding.levels import LISTED_AT_MOST
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.sites import Site
from sayso.grounding.standing import BOUND
from sayso.grounding.together import is_seat
from sayso.knowledge.gazetteer import Gazetteer, Listed
from sayso.models.parsing import Token
from sayso.record import Span


def use_of(site: Site, offices: Sequence[Span], rows: Rows, atlas: Gazetteer, *, means: Listed | None = None) -> str:
    """Whether location, actor, office, comparison or adjective: what the name does in its clause.

    `means` is what the name came out as: "Paris" in Texas speaks for no state.
    """
    if site.kind == "adjective":
        return "adjective"
    held = any(office.start <= site.span.start and site.span.end <= office.end for office in offices)
    if held and not (site.first and site.stretch.tokens[site.first - 1].text == "from"):  # "a farmer from Hamar"
        return "office"
    tokens = site.stretch.tokens[site.last : site.last + 3]
    if tokens and site.level != "country" and tokens[0].lemma in rows.offices:
        return "office"  # "the Tver region governor"
    if site.level != "country" and _is_office_of(site, rows):
        return "office"  # "the governor of the Tver region"
    if tokens and tokens[0].text == "time" and site.stretch.tokens[site.last - 1].dep in ("compound", "nmod"):
        return "adjective"  # "Moscow time"
    if len(tokens) > 2 and tokens[0].text == "-" and tokens[1].tag in ("VBN", "VBD", "JJ"):
        return "adjective"  # "Iran-backed"
    text = site.stretch.text
    at = site.stretch.starts[site.first]
    if rows.comparison.search(text[max(0, at - 60) : at]):
        return "comparison"
    if plain(site.name) in rows.areas:
        return "actor" if rows.areas[plain(site.name)].get("actor") else "location"
    if site.kind == "vague" or site.level in ("region", "district", "area", "site"):
        return "location"
    return "actor" if _acts(site, means, rows, atlas) else "location"


def _is_office_of(site: Site, rows: Rows) -> bool:
    """Whether an office stands before "of" and the name."""
    tokens, at = site.stretch.tokens, site.first
    while at > 0 and tokens[at - 1].text.lower() in ("the", "city", "town", "of") and site.first - at < 4:
        at -= 1
    return (
        0 < at < site.first
        and tokens[at - 1].lemma in rows.offices
        and "of" in (t.text for t in tokens[at : site.first])
    )


def _acts(site: Site, means: Listed | None, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether a name of a country, capital or town stands for those who govern there."""
    tokens = site.stretch.tokens
    base = tokens[0].i
    token = tokens[site.last - 1]
    head = tokens[token.head - base]
    for _ in range(LISTED_AT_MOST):  # of several names, the first one's part is the part of all
        if token.dep != "conj" or head.i == token.i:
            break
        if head.i > token.i or head.pos != "PROPN":
            return False
        token, head = head, tokens[head.head - base]
        site = replace(site, first=token.i - base, last=token.i - base + 1)
    state = _is_state(site.name, rows, atlas) if means is None else means.kind == "country" or is_seat(means, atlas)
    within = token.dep in ("compound", "nmod", "appos", "conj", "npadvmod") and head.i != token.i
    if within and (token.dep in ("conj", "appos") or head.lemma in rows.place_nouns or site.level == "town"):
        return False
    if site.level == "town":
        return token.dep in ("nsubj", "agent") and head.lemma in rows.speaking
    if token.dep == "nsubj":
        return (state and head.pos in ("VERB", "AUX")) or head.lemma in rows.speaking
    if not state:
        return False
    if token.dep == "compound" and head.lemma in rows.struck_there:
        return False  # "the Pretoria deal"
    if token.dep in ("poss", "nmod", "compound", "nsubjpass"):
        if token.dep == "nsubjpass":
            return not _is_capital(site.name, atlas)
        return head.lemma not in rows.place_nouns and head.ent not in ("GPE", "LOC", "FAC")
    if token.dep in ("dobj", "dative"):
        return head.lemma not in rows.place_verbs and not (head.lemma == "find" and head.tag != "VBD")
    if token.dep == "pobj":
        return _is_governed_as_actor(tokens, head, base, rows)
    return False


def _is_governed_as_actor(tokens: tuple[Token, ...], preposition: Token, base: int, rows: Rows) -> bool:
    """Whether a preposition makes a state a party ("aid to Kyiv", "talks with China") and no ground ("in Kyiv")."""
    word = preposition.text.lower()
    above = tokens[preposition.head - base]
    before = tokens[preposition.i - base - 1] if preposition.i > base else above
    if above.lemma in rows.place_nouns or before.lemma in rows.place_nouns:
        return False
    if word == "for" and above.lemma in BOUND:
        return False  # "they left for Norway"
    if word in ("to", "from"):
        return above.lemma not in rows.motion and above.lemma != "be"  # "she has been to Norway"
    return word not in rows.locative


def _is_state(name: str, rows: Rows, atlas: Gazetteer) -> bool:
    return plain(name) in rows.countries or _is_capital(name, atlas)


@cache
def _is_capital(name: str, atlas: Gazetteer) -> bool:
    """Whether a name is that of a national capital, in any spelling."""
    return any(is_seat(row, atlas) for row in atlas.find(name))
