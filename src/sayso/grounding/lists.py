"""Names that stand in one list with places: "Toretsk" and "Verbove" in "around Pokrovsk, Toretsk and Verbove"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.grounding.levels import LISTED_AT_MOST, PARTICLES, level_of, shared_level
from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.sites import Site, around, span_of, stands_as_place, words_of
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import TOO_SMALL
from sayso.grounding.unseen import NAMING, NO_NAMES, People
from sayso.knowledge.gazetteer import Gazetteer, Listed
from sayso.models.parsing import Token

SEPARATORS = (",", "and", "or", ";", "&")
LONGEST = 5
ENDS = (".", ";", ":", "!", "?", ")", '"', "--", "—", "–")


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list: its tokens, and what it is if it was found to be a place or something else."""

    first: int
    last: int
    site: Site | None = None
    mention: Named | None = None


def with_lists(
    stretch: Stretch, found: Sequence[Site], named: Sequence[Named], people: People, rows: Rows, atlas: Gazetteer
) -> list[Site]:
    """The places of a sentence with the names beside them in lists; what is told behind a list is told of all in it."""
    named_here = {at: mention for mention in named for at in range(mention.first, mention.last)}
    sites = {at: site for site in found for at in range(site.first, site.last)}
    done: set[int] = set()
    whole: list[Site] = []
    for site in found:
        if site.first in done and site.kind == "name":
            continue
        items = _items(stretch.tokens, site, sites, named_here) if site.kind == "name" else []
        if len(items) < 2:
            whole.append(site)
            continue
        done.update(item.first for item in items)
        whole += _of_list(stretch, items, people, rows, atlas)
    return whole


def _of_list(stretch: Stretch, items: Sequence[Item], people: People, rows: Rows, atlas: Gazetteer) -> list[Site]:
    """All places of one list, each inside what is told behind the last: "A, B and C in the Tver region"."""
    tokens, end = stretch.tokens, items[-1].last
    sites = [item.site for item in items if item.site is not None]
    if len(sites) < len(items):
        sites += _places_among(stretch, items, people, rows, atlas)
    if end == len(tokens) or tokens[end].text != "in":
        return sites
    inside = around(tokens, items[-1].first, end, rows)
    return [
        replace(site, inside=inside) if site.inside is None and site.country is None and site.level != "area" else site
        for site in sites
    ]


def _items(tokens: Sequence[Token], site: Site, sites: dict[int, Site], named: dict[int, Named]) -> list[Item]:
    """The list that a place stands in, in the order of the text: at most so many names before and behind it."""
    items = [Item(site.first, site.last, site)]
    while len(items) < LISTED_AT_MOST:
        start = _past_separators(tokens, items[-1].last, 1)
        item = _item_from(tokens, start, sites, named) if start is not None else None
        if item is None:
            break
        items.append(item)
    while len(items) < 2 * LISTED_AT_MOST:
        end = _past_separators(tokens, items[0].first - 1, -1)
        item = _item_until(tokens, end + 1, sites, named) if end is not None else None
        if item is None:
            break
        items.insert(0, item)
    return items


def _past_separators(tokens: Sequence[Token], at: int, step: int) -> int | None:
    """The token behind a comma, an "and" or both; None where none stands there or the text ends."""
    begun = at
    while 0 <= at < len(tokens) and tokens[at].text in SEPARATORS and abs(at - begun) < 2:
        at += step
    return at if at != begun and 0 <= at < len(tokens) else None


def _item_from(tokens: Sequence[Token], first: int, sites: dict[int, Site], named: dict[int, Named]) -> Item | None:
    if first in sites:
        site = sites[first]
        return Item(first, site.last, site) if site.first == first and site.kind == "name" else None
    last = first
    while last < min(len(tokens), first + LONGEST) and last not in sites and _is_part(tokens, last, last == first):
        last += 1
    return _checked(tokens, first, last, named)


def _item_until(tokens: Sequence[Token], last: int, sites: dict[int, Site], named: dict[int, Named]) -> Item | None:
    if last - 1 in sites:
        site = sites[last - 1]
        return Item(site.first, last, site) if site.last == last and site.kind == "name" else None
    first = last
    while first > max(0, last - LONGEST) and first - 1 not in sites and _is_part(tokens, first - 1, first == last):
        first -= 1
    while first < last and not tokens[first].text[0].isupper():
        first += 1
    return _checked(tokens, first, last, named)


def _is_part(tokens: Sequence[Token], at: int, edge: bool) -> bool:
    token = tokens[at]
    if token.ent in NO_NAMES:
        return False
    if token.text[0].isupper():
        return token.pos in (*NAMING, "NOUN", "VERB")
    return not edge and (token.text in PARTICLES[:-1] or (token.text == "-" and not token.space))


def _checked(tokens: Sequence[Token], first: int, last: int, named: dict[int, Named]) -> Item | None:
    """A name that nothing but a list's next separator, the sentence's end or a small word follows."""
    while last > first and not tokens[last - 1].text[0].isupper():
        last -= 1
    if last == first:
        return None
    mention = named.get(first)
    if mention is not None and (mention.first < first or mention.last > last):
        return None
    return Item(first, last, None, mention)


def _places_among(stretch: Stretch, items: Sequence[Item], people: People, rows: Rows, atlas: Gazetteer) -> list[Site]:
    """The names of a list that are places: those that are listed, and all where the list stands as places do."""
    tokens = stretch.tokens
    if any(item.mention is not None and item.mention.kind == "person" and item.mention.role for item in items):
        return []
    levels = [item.site.level for item in items if item.site is not None]
    shared = shared_level(tokens, items[0].first, items[0].last, rows)
    trusted = shared is not None or (len(levels) * 2 >= len(items) and _stands_alone(tokens, items, rows))
    added = []
    for item in items:
        if item.site is not None or not _can_be_place(tokens, item, people, rows):
            continue
        name = words_of(tokens[item.first : item.last])
        known = any(_is_told_by(row, name) for row in atlas.find(name))
        if not known and not shared and (not trusted or (_is_full_name(item) and len(levels) < 2)):
            continue
        site = _site(stretch, item, shared, rows)
        if site is not None:
            added.append(replace(site, sure=trusted))
    return added


def _stands_alone(tokens: tuple[Token, ...], items: Sequence[Item], rows: Rows) -> bool:
    """Whether a list stands as places do, and ends where a sentence or its clause does."""
    end = items[-1].last
    closed = end == len(tokens) or tokens[end].text in ENDS or tokens[end].pos in ("ADP", "SCONJ")
    closed = closed or (tokens[end].text == "," and items[0].first < 3)  # "In Hamar and Gjøvik, rain fell"
    closed = closed or tokens[end].lemma in (*rows.shared, *rows.place_behind)
    return closed and stands_as_place(tokens, items[0].first, items[0].last, rows)


def _is_told_by(row: Listed, name: str) -> bool:
    """Whether a row makes a listed name a place: its own name, or a further one of a town that is no short form."""
    return row.kind != "country" and bool(row.main or (row.population >= TOO_SMALL and not name.isupper()))


def _is_full_name(item: Item) -> bool:
    return item.mention is not None and item.mention.kind == "person" and " " in item.mention.name


def _can_be_place(tokens: Sequence[Token], item: Item, people: People, rows: Rows) -> bool:
    name = words_of(tokens[item.first : item.last])
    mention = item.mention
    if mention is not None and (mention.row or mention.kind in ("outlet", "channel") or mention.role is not None):
        return False
    if plain(name) in rows.adjectives or plain(name) in rows.roles or people.hold(name):
        return False
    return mention is None or mention.kind != "nationality" or mention.country is None


def _site(stretch: Stretch, item: Item, level: str | None, rows: Rows) -> Site | None:
    told, first, last, end = level_of(stretch.tokens, item.first, item.last, rows)
    span = span_of(stretch, first, end)
    if span is None or last <= first:
        return None
    inside = around(stretch.tokens, first, end, rows)
    return Site(stretch, first, end, words_of(stretch.tokens[first:last]), span, told or level, "name", None, inside)
