"""Names of places that the parser saw as something else or not at all: by where they stand, or by the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.sites import POSSESSIVE, Site, around, level_of, span_of, stands_as_place, words_of
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import TOO_SMALL
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded

PARTICLES = ("de", "del", "la", "las", "los", "el", "do", "da", "dos", "das", "di", "am", "an", "sur", "al", "of")
"""Small words inside the names of towns."""
NAMING = ("PROPN", "ADJ", "ADV", "X")


def name_parts(named: Sequence[Named]) -> frozenset[str]:
    """The last words of the names of people who are named in full: these words alone are people too."""
    return frozenset(
        folded(mention.name.split()[-1])
        for mention in named
        if mention.kind == "person" and (" " in mention.name or mention.role is not None)
    )


def longer(stretch: Stretch, mention: Named, atlas: Gazetteer) -> Named:
    """A name with the words behind it that the gazetteer knows it by: "San Miguel" in "San Miguel de Allende"."""
    tokens = stretch.tokens
    if not any(token.text in PARTICLES for token in tokens[mention.last - 1 : mention.last + 1]):
        return mention
    for last in range(min(len(tokens), mention.last + 4), mention.last, -1):
        if tokens[last - 1].text[0].isupper() and any(
            row.main for row in atlas.find(words_of(tokens[mention.first : last]))
        ):
            span = span_of(stretch, mention.first, last)
            if span is not None:
                return replace(mention, last=last, name=words_of(tokens[mention.first : last]), span=span)
    return mention


def doubtful(stretch: Stretch, mention: Named, people: frozenset[str], rows: Rows, atlas: Gazetteer) -> Site | None:
    """A "person" or "body" that stands where a place does and has a place's name; the other places must bear it out."""
    if mention.role is not None or (mention.kind != "organisation" and folded(mention.name.split()[-1]) in people):
        return None
    tokens = stretch.tokens
    last = mention.last
    while last - mention.first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    level, core_first, core_last, end = level_of(tokens, mention.first, last, rows)
    name = words_of(tokens[core_first:core_last])
    if level in ("area", "site", "country") or not name:
        return None
    listed = [row for row in atlas.find(name) if _is_of_level(row, level) and (row.main or row.population >= TOO_SMALL)]
    told = level is not None and (tokens[end - 1].text.islower() or end == core_last)
    placed = told or stands_as_place(tokens, core_first, core_last, rows)
    if not listed or not (placed or (mention.label and tokens[core_last - 1].dep in ("nsubj", "nsubjpass", "conj"))):
        return None
    span = span_of(stretch, core_first, end)
    if span is None:
        return None
    inside = around(tokens, core_first, end, rows)
    return Site(stretch, core_first, end, name, span, level, "name", None, inside, sure=told, placed=placed)


def _is_of_level(row: Listed, level: str | None) -> bool:
    return row.kind == level if level in ("region", "town") else row.kind != "country"


def is_place_after_all(stretch: Stretch, mention: Named, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether a "person" stands where only a place can: "in Dolna", "the town of Dolna"."""
    tokens = stretch.tokens
    if mention.role is not None or mention.first == 0:
        return False
    before = tokens[mention.first - 1].text.lower()
    of_level = before == "of" and mention.first > 1 and tokens[mention.first - 2].text.lower() in rows.before
    if not (of_level or (before in ("in", "near", "outside", "into") and tokens[mention.first].dep == "pobj")):
        return False
    return of_level or any(listed.main for listed in atlas.find(mention.name))


def overlaid(stretch: Stretch, taken: list[bool], people: frozenset[str], rows: Rows, atlas: Gazetteer) -> list[Site]:
    """Names that the parser missed: capitalised words behind "in" or "the town of", or before "region"."""
    tokens = stretch.tokens
    found = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if taken[index] or not token.text[0].isupper() or token.ent in ("DATE", "TIME", "MONEY", "CARDINAL"):
            index += 1
            continue
        last = index + 1
        while (
            last < len(tokens)
            and not taken[last]
            and tokens[last].text[0].isupper()
            and tokens[last].text not in POSSESSIVE
        ):
            last += 1
        site = _missed(stretch, index, last, rows, atlas) or _unseen(stretch, index, last, people, rows, atlas)
        if site is not None:
            found.append(site)
        index = last
    return found


def _missed(stretch: Stretch, first: int, last: int, rows: Rows, atlas: Gazetteer) -> Site | None:
    tokens = stretch.tokens
    while last > first and tokens[last - 1].pos not in ("PROPN", "NOUN", "ADJ", "X"):
        last -= 1
    if last == first:
        return None
    words = plain(words_of(tokens[first:last]))
    span = span_of(stretch, first, last)
    if span is None:
        return None
    country, kind = rows.adjectives.get(words), "adjective"
    if country is None:
        country, kind = rows.countries.get(words), "name"
    if country is not None:
        return Site(stretch, first, last, words_of(tokens[first:last]), span, "country", kind, country)
    level, core_first, core_last, end = level_of(tokens, first, last, rows)
    before = tokens[first - 1].text.lower() if first else ""
    named = level in ("town", "region", "district") and core_last > core_first and tokens[core_first].pos == "PROPN"
    placed = before in ("in", "near", "outside", "at", "around", "from", "into") and tokens[first].pos == "PROPN"
    placed = placed or (before == "on" and around(tokens, first, last, rows) is not None)
    head = tokens[tokens[first].head - tokens[0].i]
    placed = placed or (tokens[first].dep == "dobj" and tokens[first].pos == "PROPN" and head.lemma in rows.place_verbs)
    known = placed and any(_is_known(listed) for listed in atlas.find(words_of(tokens[first:last])))
    if words in rows.areas or (named and level is not None) or known:
        name = words_of(tokens[core_first:core_last])
        whole = span_of(stretch, core_first, end)
        if whole is not None and name:
            return Site(
                stretch, core_first, end, name, whole, level, "name", inside=around(tokens, core_first, end, rows)
            )
    return None


def _unseen(
    stretch: Stretch, first: int, last: int, people: frozenset[str], rows: Rows, atlas: Gazetteer
) -> Site | None:
    """Capitalised words that the parser took for nothing, where a place could stand."""
    tokens = stretch.tokens
    while last > first and tokens[last - 1].pos not in NAMING:
        last -= 1
    if last == first or tokens[first].pos not in NAMING:
        return None
    span = span_of(stretch, first, last)
    if span is None:
        return None
    mention = longer(stretch, Named(stretch, first, last, "person", words_of(tokens[first:last]), span), atlas)
    return doubtful(stretch, mention, people, rows, atlas)


def repeated(
    stretches: Sequence[Stretch], named: Sequence[Named], sites: list[Site], rows: Rows, atlas: Gazetteer
) -> list[Site]:
    """Further mentions that the parser missed of towns that it saw elsewhere in the text, under any of their names."""
    known = {
        row.geonames
        for site in sites
        if site.kind == "name"
        for row in atlas.find(site.name)[:1]
        if row.kind == "town" and row.main + (row.population >= TOO_SMALL) > 0
    }
    names = {
        folded(site.name)
        for site in sites
        if site.kind == "name" and site.sure and site.country is None and site.level in (None, "town")
        and any(row.main and row.kind == "town" for row in atlas.find(site.name))
    }  # fmt: skip
    people = name_parts(named)
    taken = {
        (mention.stretch.number, index)
        for mention in named
        if mention.kind != "person" or mention.role is not None or folded(mention.name) not in names - people
        for index in range(mention.first, mention.last)
    }
    taken |= {(site.stretch.number, index) for site in sites for index in range(site.first, site.last)}
    again = []
    for stretch in stretches:
        for index, token in enumerate(stretch.tokens):
            if token.pos != "PROPN" or not token.text[0].isupper() or (stretch.number, index) in taken:
                continue
            if folded(token.text) in names or any(row.geonames in known for row in atlas.find(token.text)[:3]):
                span = span_of(stretch, index, index + 1)
                if span is not None:
                    level, first, _, end = level_of(stretch.tokens, index, index + 1, rows)
                    whole = span_of(stretch, first, end) or span
                    again.append(Site(stretch, first, end, token.text, whole, level, "name"))
    return sorted([*sites, *again], key=lambda site: (site.span, site.kind)) if again else sites


def _is_known(listed: Listed) -> bool:
    """Whether a row is enough to take a word for a place without the parser: no region, no hamlet by a second name."""
    return listed.kind != "region" and bool(listed.main or listed.population >= TOO_SMALL)
