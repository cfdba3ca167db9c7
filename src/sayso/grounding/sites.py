"""One mention of a place: where it stands, what the words around it say that it is, and what they say it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.grounding.levels import (
    ENDS_OF_ROADS,
    LINKS,
    LISTED_AT_MOST,
    POSSESSIVE,
    ROADS,
    is_listed,
    kind_told,
    level_of,
)
from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.stretches import Stretch
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.record import Span

UNLISTED = {"FAC": "site", "LOC": "area"}
"""What a name that nothing lists is, by what the parser heard in it."""
PARTIES = ("D", "R", "DFL", "I")
"""The letters that the American press sets before a lawmaker's state or town."""
ARTICLED = ("congo", "sudan", "gambia", "lebanon", "ukraine", "yemen")
"""Countries that some call with an article, as rivers are."""
GREAT = 50_000
"""A town of so many people is taken for a place in its own country, even where the parser saw none."""


@dataclass(frozen=True, slots=True)
class Site:
    """One mention of a place under way: where it stands, and what stands around it."""

    stretch: Stretch
    first: int
    last: int
    name: str  # what is looked up
    span: Span
    level: str | None  # what the words around it say it is
    kind: str  # name | adjective | vague
    country: str | None = None
    inside: str | None = None  # the name behind a comma or before a possessive: "Paris, Texas", "Russia's Tver region"
    label: str = ""
    sure: bool = True  # False: taken only where the names around bear it out
    placed: bool = True  # False: it does not even stand where places stand
    shown: bool = True  # False: no mention of a place, but it speaks for where the text plays


def site_of(stretch: Stretch, mention: Named, rows: Rows) -> Site | None:
    """A place mention with the level words around it taken in: "the Tver region", "the town of Klin"."""
    tokens = stretch.tokens
    first, last = mention.first, mention.last
    if mention.kind == "nationality":
        return adjective_at(stretch, first, last, rows)
    while last - first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    inside = None
    owner = _owner_end(tokens, first, last, rows)
    if owner is not None:  # the parser glued an owner on: "Russia's Tver"
        inside, first = words_of(tokens[first:owner]), owner + 1
    level, core_first, core_last, end = level_of(tokens, first, last, rows)
    name = words_of(tokens[core_first:core_last])
    span = span_of(stretch, core_first, end)
    if span is None or not name:
        return None
    inside = inside or around(tokens, core_first, end, rows)
    if level is None:
        level, name = _river(tokens, core_first, name, rows) or (None, name)
    if level is None and mention.country is None:
        level = kind_told(tokens, end, rows)
    if level is None and plain(name) in rows.parts:
        level = "area"  # "in the South"
    if level is None and mention.label in UNLISTED and not _is_listed_town(tokens[core_first:core_last], rows):
        level = UNLISTED[mention.label]
    country = mention.country if level != "area" else None
    return Site(stretch, core_first, end, name, span, level, "name", country, inside, mention.label)


def _is_listed_town(tokens: Sequence[Token], rows: Rows) -> bool:
    """Whether a name is listed, be it as the further name of a town that many know."""
    further = (row.kind == "town" and row.population >= GREAT for row in gazetteer().find(words_of(tokens)))
    return is_listed(tokens, rows) or any(further)


def _river(tokens: Sequence[Token], first: int, name: str, rows: Rows) -> tuple[str, str] | None:
    """The river or the like that a town's name means with an article: "on the Dnipro", not "the Dnipro council"."""
    behind = first + len(name.split())
    if first == 0 or tokens[first - 1].text.lower() != "the":
        return None
    if behind < len(tokens) and tokens[behind].pos in ("NOUN", "PROPN"):
        return None
    river = f"{name} River"
    if plain(river) in rows.areas and plain(name) not in ARTICLED:
        return "area", river
    if plain(name) in rows.countries or " " in name or name.isupper():
        return None
    known = gazetteer().find(name)
    town = bool(known) and all(row.kind == "town" for row in known) and plain(name) not in rows.areas
    return ("area", name) if town and not gazetteer().find(f"The {name}") else None


def _owner_end(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> int | None:
    """Where an owner's name ends inside a name; a name that is followed by its kind alone owns nothing."""
    for index in range(first + 1, last - 1):
        if tokens[index].text in POSSESSIVE:
            rest = [token.text.lower() for token in tokens[index + 1 : last]]
            return None if len(rest) == 1 and (rest[0] in rows.after or rest[0] in rows.sites) else index
    return None


def adjective_at(stretch: Stretch, first: int, last: int, rows: Rows) -> Site | None:
    """The mention of a country or region that an adjective or a people's name is: "Norwegian", "Abkhaz"."""
    span = span_of(stretch, first, last)
    name = words_of(stretch.tokens[first:last])
    country, home = rows.adjectives.get(plain(name)), rows.peoples.get(plain(name))
    if span is None or (country is None and home is None):
        return None
    if country is not None:
        return Site(stretch, first, last, name, span, "country", "adjective", country)
    return Site(stretch, first, last, home or name, span, None, "adjective")


def site_at(stretch: Stretch, first: int, last: int, rows: Rows) -> Site | None:
    """The mention that the tokens `[first, last)` are, taken on trust to name a place; None where a cut splits it."""
    span = span_of(stretch, first, last)
    if span is None:
        return None
    name = words_of(stretch.tokens[first:last])
    country = rows.countries.get(plain(name))
    return adjective_at(stretch, first, last, rows) or site_of(
        stretch, Named(stretch, first, last, "place", name, span, country), rows
    )


def around(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> str | None:
    """The wider place named right beside: "Springfield, Illinois", "Russia's Tver region"."""
    if first > 1 and tokens[first - 1].text in POSSESSIVE and tokens[first - 2].pos == "PROPN":
        start = first - 2
        while start > 0 and tokens[start - 1].pos == "PROPN":
            start -= 1
        return words_of(tokens[start : first - 1])
    if first > 0 and " ".join(tokens[first - 1].text.lower().split()) in rows.countries:
        return words_of(tokens[first - 1 : first])
    at = last
    if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text in ("in", "the"):
        at += 1 if tokens[at + 1].text == "the" else 2
        at -= 1
    if (
        at + 1 < len(tokens)
        and (tokens[at].text == "," or (tokens[at].text in ("in", "the") and at > 0))
        and (tokens[at + 1].pos in ("PROPN", "DET") or tokens[at + 1].dep == "amod")
    ):
        start = at + 1 + (tokens[at + 1].pos == "DET")
        start += start + 1 < len(tokens) and tokens[start].text.islower() and tokens[start].dep == "amod"
        end = start
        while end < len(tokens) and tokens[end].pos == "PROPN":
            end += 1
        kind = rows.after.get(tokens[end].text) if end < len(tokens) else None
        if end > start and (tokens[start].ent in ("GPE", "LOC") or kind in ("region", "district")):
            return words_of(tokens[start : end + (kind in ("region", "district"))])
    return None


def stands_as_place(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> bool:
    """Whether a name stands where a place's does: behind "in", as what is shelled, before "area"."""
    token, base = tokens[last - 1], tokens[0].i
    for _ in range(6):  # of several names, the first one's verb is the verb of all
        if token.dep not in ("conj", "appos"):
            break
        token = tokens[token.head - base]
    head = tokens[token.head - base]
    if token.dep in ("dobj", "npadvmod", "nsubjpass") and (head.lemma in rows.place_verbs or head.lemma in rows.taking):
        return True
    if last < len(tokens) and (tokens[last].lemma in rows.place_behind or _is_end_of_road(tokens, first, last)):
        return True
    first = _list_start(tokens, first)
    if first <= 0:
        return False
    before = tokens[first - 1]
    word = before.text.lower()
    if before.text in POSSESSIVE:  # "Homs governorate's Talkalakh"
        return tokens[first - 2].ent == "GPE" or tokens[first - 2].text.lower() in rows.after
    if word == "of" and first > 1:
        return any(tokens[first - 2].lemma in words for words in (rows.place_nouns, rows.offices, rows.of_places))
    if word in ("to", "for"):
        return tokens[before.head - base].lemma in rows.motion
    return word in rows.locative or word == "from"


def _is_end_of_road(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name is one of the two that a road runs between: "the Homs-Palmyra highway"."""
    if first > 1 and tokens[first - 1].text in ENDS_OF_ROADS and tokens[first - 2].text[0].isupper():
        return tokens[last].text.lower() in ROADS
    ends = [token.text.lower() in ROADS for token in tokens[last + 2 : last + 5]]
    return tokens[last].text in ENDS_OF_ROADS[:-1] and any(ends)


def _list_start(tokens: Sequence[Token], first: int) -> int:
    """Where the list begins that a name ends; 0 where what stands before is no name."""
    start = first
    while start - LISTED_AT_MOST < first > 0 and tokens[first - 1].text in LINKS:
        back = first - 1
        while back > 0 and tokens[back - 1].text[0].isupper() and tokens[first - 1].text != "the":
            back -= 1
        if back == first - 1 and tokens[first - 1].text != "the" and tokens[back - 1].text not in LINKS:
            return 0
        first = back
    return first


def is_namesake(tokens: Sequence[Token], last: int, rows: Rows) -> bool:
    """Whether what stands behind a name is called after it and no place: "West Nile virus", "Canadian dollars"."""
    at = last + 1 if last < len(tokens) and tokens[last].text == "-" else last
    if at < len(tokens) and tokens[at].text.lower() in rows.namesakes:
        return True
    behind = tokens[last : last + 3]
    if len(behind) < 3 or behind[0].lemma.lower() not in rows.called:
        return False
    return behind[1].text in ("in", "at", "near") and behind[2].pos == "PROPN"


def is_sided(tokens: Sequence[Token], first: int) -> bool:
    """Whether a party's letter stands before a token: "D-Plymouth", "R-Ohio"."""
    return 1 < first < len(tokens) and tokens[first - 1].text == "-" and tokens[first - 2].text in PARTIES


def words_of(tokens: Sequence[Token]) -> str:
    """The words of tokens, single blanks between them as they stand."""
    return "".join(token.text + (" " if token.space else "") for token in tokens).strip()


def span_of(stretch: Stretch, first: int, last: int) -> Span | None:
    """The sealed stretch of the tokens `[first, last)`, or None where a cut runs through it."""
    return stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(stretch.tokens[last - 1].text))
