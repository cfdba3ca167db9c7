"""Places: which stretch of land a name means here, what the name is used for, and what stays unknown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.grounding.people import Named, country_names
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import NOTHING, TOO_SMALL, Asked, Evidence, Settled, is_seat, settle, settle_all
from sayso.knowledge import Knowledge, Row
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded, gazetteer
from sayso.models.parsing import Token
from sayso.record import Dateline, Entity, Place, Span

POSSESSIVE = ("'s", "'")
PARTICLES = ("de", "del", "la", "las", "los", "el", "do", "da", "dos", "das", "di", "am", "an", "sur", "al", "of")
"""Small words inside the names of towns."""
NAMING = ("PROPN", "ADJ", "ADV", "X")
LISTED_AT_MOST = 24
"""Of a list longer than this, the later names are not traced to its verb."""
LINKS = (",", "and", "or", "the")
GREAT = 50_000
"""A town of so many people is taken for a place in its own country, even where the parser saw none."""
SITE_RADIUS = 20.0
"""Kilometres: how far from its town's middle a named airport, dam or base may well lie."""


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


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about places, as patterns and sets."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    shared: Mapping[str, str]
    sites: frozenset[str]
    vague: re.Pattern[str]
    parts: frozenset[str]
    comparison: re.Pattern[str]
    locative: frozenset[str]
    motion: frozenset[str]
    place_nouns: frozenset[str]
    place_verbs: frozenset[str]
    speaking: frozenset[str]
    taking: frozenset[str]
    of_places: frozenset[str]
    countries: Mapping[str, str]
    adjectives: Mapping[str, str]
    offices: frozenset[str]
    areas: Mapping[str, Row]
    claims_by_name: Mapping[str, tuple[str, ...]]
    claims_by_code: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text says of where it plays."""

    countries: Mapping[str, float]  # how often each is named, by name or adjective
    leaning: Mapping[str, float]  # the same, with names that can lie in no other country
    evidence: Evidence = NOTHING  # what all its names together came to


def find_places(
    stretches: Sequence[Stretch],
    named: Sequence[Named],
    entities: Sequence[Entity],
    knowledge: Knowledge,
    written: tuple[Dateline | None, str] = (None, ""),
) -> tuple[Place, ...]:
    """All places that a page names, resolved as far as the text and the gazetteer settle them, numbered from p1.

    `written` is the page's dateline and its text: where a report was written speaks for places near.
    """
    rows = rows_about_places(knowledge)
    atlas = gazetteer()
    sites = _sites(stretches, named, rows, atlas)
    sites = _repeated(stretches, named, sites, rows, atlas)
    settled, context = _settled_together(sites, _asked_by_dateline(*written, atlas, rows), atlas, rows)
    offices = [entity.role_span for entity in entities if entity.role_span is not None]
    places: list[Place] = []
    for site, answer in zip(sites, settled, strict=True):
        if not site.sure and not _is_borne_out(site, answer):
            continue
        use = _use(site, offices, rows, atlas)
        places.append(_place(f"p{len(places) + 1}", site, answer, use, context, rows))
    return _tied(places)


def place_of_dateline(
    dateline: Dateline | None, text: str, places: Sequence[Place], knowledge: Knowledge
) -> Place | None:
    """The place a dateline names: its words before the first comma, bracket or dash, the town before the region."""
    if dateline is None:
        return None
    named = _words_of_dateline(dateline, text)
    if named is None:
        return None
    rows = rows_about_places(knowledge)
    atlas = gazetteer()
    span, after = named
    name = text[span.start : span.end]
    inside = (rows.countries.get(_plain(after)) or after) if after else None
    best = _best_beside(name, inside, places, atlas, rows)
    place = Place(f"p{len(places) + 1}", span, name, use="dateline")
    if best is None:
        return place
    filled = _filled(place, best, rows)
    first = next((other.id for other in places if _identity(other) == _identity(filled)), None)
    return replace(filled, same_as=first)


def _words_of_dateline(dateline: Dateline, text: str) -> tuple[Span, str | None] | None:
    """Where a dateline's first name stands, and the wider place behind its comma."""
    words = re.match(
        r"\W*([^\d\W][^,(–—/:\n]*?)(?=,| \(| ?[-–—]|\s*$|:)", text[dateline.span.start : dateline.span.end]
    )
    if words is None or len(words[1].split()) > 4:
        return None
    start = dateline.span.start + words.start(1)
    span = Span(start, start + len(words[1]))
    after = re.match(r",\s*([A-Z][\w.' -]*?)\s*(?=[,(–—/:-]|\d|$)", text[span.end : dateline.span.end])
    return span, after[1] if after else None


def _asked_by_dateline(dateline: Dateline | None, text: str, atlas: Gazetteer, rows: Rows) -> Asked | None:
    named = _words_of_dateline(dateline, text) if dateline is not None else None
    if named is None:
        return None
    name = text[named[0].start : named[0].end]
    return Asked(name, tuple(_candidates(name, None, atlas, rows)), *_wider(named[1], atlas, rows))


# Which words name places -------------------------------------------------------------------------


def _sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    by_sentence: dict[int, list[Named]] = {}
    for mention in named:
        by_sentence.setdefault(mention.stretch.number, []).append(mention)
    people = _name_parts(named)
    sites = []
    for stretch in stretches:
        sites += _in_sentence(stretch, by_sentence.get(stretch.number, []), people, rows, atlas)
    return sites


def _name_parts(named: Sequence[Named]) -> frozenset[str]:
    """The last words of the names of people who are named in full: these words alone are people too."""
    return frozenset(
        folded(mention.name.split()[-1])
        for mention in named
        if mention.kind == "person" and (" " in mention.name or mention.role is not None)
    )


def _in_sentence(
    stretch: Stretch, named: Sequence[Named], people: frozenset[str], rows: Rows, atlas: Gazetteer
) -> list[Site]:
    taken = [False] * len(stretch.tokens)
    found: list[Site] = []
    for mention in named:
        if any(taken[mention.first : mention.last]):
            continue
        site = None
        if mention.kind == "place" or (mention.kind == "nationality" and mention.country is not None):
            whole = _longer(stretch, mention, atlas) if mention.kind == "place" else mention
            site = _site(stretch, whole, rows)
            if site is not None:
                taken[whole.first : whole.last] = [True] * (whole.last - whole.first)
        elif mention.kind == "person" and _is_place_after_all(stretch, mention, rows, atlas):
            site = _site(stretch, replace(mention, kind="place"), rows)
        elif mention.kind in ("person", "organisation", "nationality") and not mention.row:
            site = _doubtful(stretch, _longer(stretch, mention, atlas), people, rows, atlas)
        if site is not None:
            found.append(site)
        if mention.kind != "place":
            taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    found += _overlaid(stretch, taken, people, rows, atlas)
    found += _vague(stretch, found, rows)
    found.sort(key=lambda site: (site.span, site.kind))
    return found


def _longer(stretch: Stretch, mention: Named, atlas: Gazetteer) -> Named:
    """A name with the words behind it that the gazetteer knows it by: "San Miguel" in "San Miguel de Allende"."""
    tokens = stretch.tokens
    if not any(token.text in PARTICLES for token in tokens[mention.last - 1 : mention.last + 1]):
        return mention
    for last in range(min(len(tokens), mention.last + 4), mention.last, -1):
        if tokens[last - 1].text[0].isupper() and any(
            row.main for row in atlas.find(_words(tokens[mention.first : last]))
        ):
            span = _span(stretch, mention.first, last)
            if span is not None:
                return replace(mention, last=last, name=_words(tokens[mention.first : last]), span=span)
    return mention


def _doubtful(stretch: Stretch, mention: Named, people: frozenset[str], rows: Rows, atlas: Gazetteer) -> Site | None:
    """A "person" or "body" that stands where a place does and has a place's name; the other places must bear it out."""
    if mention.role is not None or (mention.kind != "organisation" and folded(mention.name.split()[-1]) in people):
        return None
    tokens = stretch.tokens
    last = mention.last
    while last - mention.first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    level, core_first, core_last, end = _level(tokens, mention.first, last, rows)
    name = _words(tokens[core_first:core_last])
    if level in ("area", "site", "country") or not name:
        return None
    listed = [row for row in atlas.find(name) if _is_of_level(row, level) and (row.main or row.population >= TOO_SMALL)]
    told = level is not None and (tokens[end - 1].text.islower() or end == core_last)
    placed = told or _stands_as_place(tokens, core_first, core_last, rows)
    if not listed or not (placed or (mention.label and tokens[core_last - 1].dep in ("nsubj", "nsubjpass", "conj"))):
        return None
    span = _span(stretch, core_first, end)
    if span is None:
        return None
    inside = _around(tokens, core_first, end, rows)
    return Site(stretch, core_first, end, name, span, level, "name", None, inside, sure=told, placed=placed)


def _is_of_level(row: Listed, level: str | None) -> bool:
    return row.kind == level if level in ("region", "town") else row.kind != "country"


def _stands_as_place(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> bool:
    """Whether a name stands where a place's does: behind "in", as what is shelled, before "area"."""
    token, base = tokens[last - 1], tokens[0].i
    for _ in range(6):  # of several names, the first one's verb is the verb of all
        if token.dep not in ("conj", "appos"):
            break
        token = tokens[token.head - base]
    head = tokens[token.head - base]
    if token.dep in ("dobj", "nsubjpass") and (head.lemma in rows.place_verbs or head.lemma in rows.taking):
        return True
    if last < len(tokens) and tokens[last].text in ("area", "areas", "front", "sector", "axis"):
        return True
    start = first
    while start - LISTED_AT_MOST < first > 0 and tokens[first - 1].text in LINKS:
        back = first - 1
        while back > 0 and tokens[back - 1].text[0].isupper() and tokens[first - 1].text != "the":
            back -= 1
        if back == first - 1 and tokens[first - 1].text != "the":
            return False
        first = back
    if first == 0:
        return False
    before = tokens[first - 1]
    word = before.text.lower()
    if word == "of" and first > 1:
        return any(tokens[first - 2].lemma in words for words in (rows.place_nouns, rows.offices, rows.of_places))
    if word in ("to", "for"):
        return tokens[before.head - base].lemma in rows.motion
    return word in rows.locative or word == "from"


def _site(stretch: Stretch, mention: Named, rows: Rows) -> Site | None:
    """A place mention with the level words around it taken in: "the Tver region", "the town of Klin"."""
    tokens = stretch.tokens
    first, last = mention.first, mention.last
    if mention.kind == "nationality":
        return Site(stretch, first, last, mention.name, mention.span, "country", "adjective", mention.country)
    while last - first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    inside = None
    for index in range(first + 1, last - 1):
        if tokens[index].text in POSSESSIVE:  # the parser glued an owner on: "Russia's Tver"
            inside, first = _words(tokens[first:index]), index + 1
            break
    level, core_first, core_last, end = _level(tokens, first, last, rows)
    name = _words(tokens[core_first:core_last])
    span = _span(stretch, core_first, end)
    if span is None or not name:
        return None
    inside = inside or _around(tokens, core_first, end, rows)
    return Site(stretch, core_first, end, name, span, level, "name", mention.country, inside, mention.label)


def _level(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> tuple[str | None, int, int, int]:
    """What the words in and around a name say it is; where the bare name stands; where the whole ends."""
    start = max(0, first - LISTED_AT_MOST)  # a sentence without end is not gone through for each of its names
    level, *places = _level_within(tokens[start : last + LISTED_AT_MOST], first - start, last - start, rows)
    core_first, core_last, end = (at + start for at in places)
    return level, core_first, core_last, end


def _level_within(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> tuple[str | None, int, int, int]:
    words = [token.text.lower() for token in tokens]
    while first < last - 1 and words[first] == "the":
        first += 1
    if last - first > 1 and words[last - 1] in rows.after:
        return rows.after[words[last - 1]], first, last - 1, last
    if last - first > 1 and words[last - 1] in rows.sites:
        return "site", first, last, last
    if last - first > 1 and words[first] in rows.parts and words[first] + " " + words[first + 1] not in rows.countries:
        whole = " ".join(words[first:last])
        if words[first].endswith("ern") or whole not in rows.countries:
            return ("area" if words[first].endswith("ern") else None), first, last, last
    if first > 0 and words[first - 1] in rows.parts and words[first - 1].endswith(("ern", "central")):
        return "area", first - 1, last, last
    shared = _shared_level(tokens, words, first, last, rows)
    if shared is not None:
        return shared, first, last, last
    if last < len(tokens) and words[last] in rows.after and tokens[last].pos in ("NOUN", "PROPN"):
        return rows.after[words[last]], first, last, last + 1
    if last + 1 < len(tokens) and words[last] == "-" and words[last + 1] in rows.after:
        return rows.after[words[last + 1]], first, last, last + 2
    if last < len(tokens) and words[last] in rows.sites and tokens[last].pos in ("NOUN", "PROPN"):
        return "site", first, last + 1, last + 1
    at = first - 1 if first > 0 and words[first - 1] == "the" else first
    if " ".join(words[first:last]) in rows.countries:
        return None, first, last, last
    if at > 1 and words[at - 1] == "of" and words[at - 2] in rows.before:
        return rows.before[words[at - 2]], first, last, last
    if first > 0 and words[first - 1] in rows.before and tokens[first - 1].pos in ("NOUN", "PROPN"):
        return rows.before[words[first - 1]], first, last, last
    return None, first, last, last


def _shared_level(tokens: tuple[Token, ...], words: Sequence[str], first: int, last: int, rows: Rows) -> str | None:
    """What one word says of several names: "the Lviv and Rivne regions", "the towns of Hamm and Soest"."""
    at = last
    while at < min(len(tokens), last + 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at += 1
    if at < len(tokens) and words[at] in rows.shared and words[at - 1] not in LINKS:
        return rows.shared[words[at]]
    at = first - 1
    if at < 0 or words[at] not in LINKS:
        return None
    while at > max(1, first - 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at -= 1
    return rows.shared.get(words[at - 1]) if at > 0 and words[at] == "of" else None


def _around(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> str | None:
    """The wider place named right beside: "Springfield, Illinois", "Russia's Tver region"."""
    if first > 1 and tokens[first - 1].text in POSSESSIVE and tokens[first - 2].pos == "PROPN":
        start = first - 2
        while start > 0 and tokens[start - 1].pos == "PROPN":
            start -= 1
        return _words(tokens[start : first - 1])
    if first > 0 and " ".join(tokens[first - 1].text.lower().split()) in rows.countries:
        return _words(tokens[first - 1 : first])
    at = last
    if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text in ("in", "the"):
        at += 1 if tokens[at + 1].text == "the" else 2
        at -= 1
    if (
        at + 1 < len(tokens)
        and (tokens[at].text == "," or (tokens[at].text in ("in", "the") and at > 0))
        and tokens[at + 1].pos in ("PROPN", "DET")
    ):
        start = at + (2 if tokens[at + 1].pos == "DET" else 1)
        end = start
        while end < len(tokens) and tokens[end].pos == "PROPN":
            end += 1
        if end > start and tokens[start].ent in ("GPE", "LOC"):
            return _words(tokens[start:end])
    return None


def _is_place_after_all(stretch: Stretch, mention: Named, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether a "person" stands where only a place can: "in Dolna", "the town of Dolna"."""
    tokens = stretch.tokens
    if mention.role is not None or mention.first == 0:
        return False
    before = tokens[mention.first - 1].text.lower()
    of_level = before == "of" and mention.first > 1 and tokens[mention.first - 2].text.lower() in rows.before
    if not (of_level or (before in ("in", "near", "outside", "into") and tokens[mention.first].dep == "pobj")):
        return False
    return of_level or any(listed.main for listed in atlas.find(mention.name))


def _overlaid(stretch: Stretch, taken: list[bool], people: frozenset[str], rows: Rows, atlas: Gazetteer) -> list[Site]:
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
    words = _plain(_words(tokens[first:last]))
    span = _span(stretch, first, last)
    if span is None:
        return None
    country, kind = rows.adjectives.get(words), "adjective"
    if country is None:
        country, kind = rows.countries.get(words), "name"
    if country is not None:
        return Site(stretch, first, last, _words(tokens[first:last]), span, "country", kind, country)
    level, core_first, core_last, end = _level(tokens, first, last, rows)
    before = tokens[first - 1].text.lower() if first else ""
    named = level in ("town", "region", "district") and core_last > core_first and tokens[core_first].pos == "PROPN"
    placed = before in ("in", "near", "outside", "at", "around", "from", "into") and tokens[first].pos == "PROPN"
    placed = placed or (before == "on" and _around(tokens, first, last, rows) is not None)
    head = tokens[tokens[first].head - tokens[0].i]
    placed = placed or (tokens[first].dep == "dobj" and tokens[first].pos == "PROPN" and head.lemma in rows.place_verbs)
    known = placed and any(_is_known(listed) for listed in atlas.find(_words(tokens[first:last])))
    if words in rows.areas or (named and level is not None) or known:
        name = _words(tokens[core_first:core_last])
        whole = _span(stretch, core_first, end)
        if whole is not None and name:
            return Site(
                stretch, core_first, end, name, whole, level, "name", inside=_around(tokens, core_first, end, rows)
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
    span = _span(stretch, first, last)
    if span is None:
        return None
    mention = _longer(stretch, Named(stretch, first, last, "person", _words(tokens[first:last]), span), atlas)
    return _doubtful(stretch, mention, people, rows, atlas)


def _repeated(
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
    people = _name_parts(named)
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
                span = _span(stretch, index, index + 1)
                if span is not None:
                    level, first, _, end = _level(stretch.tokens, index, index + 1, rows)
                    whole = _span(stretch, first, end) or span
                    again.append(Site(stretch, first, end, token.text, whole, level, "name"))
    return sorted([*sites, *again], key=lambda site: (site.span, site.kind)) if again else sites


def _is_known(listed: Listed) -> bool:
    """Whether a row is enough to take a word for a place without the parser: no region, no hamlet by a second name."""
    return listed.kind != "region" and bool(listed.main or listed.population >= TOO_SMALL)


def _vague(stretch: Stretch, found: Sequence[Site], rows: Rows) -> list[Site]:
    """Where something is that has no name: "the northeast", "the front", "the border with …"."""
    sites = []
    for match in rows.vague.finditer(stretch.text):
        span = stretch.span(*match.span("place"))
        if span is None or any(site.span.start < span.end and span.start < site.span.end for site in found):
            continue
        first, last = stretch.token_from(match.start("place")), stretch.token_from(match.end("place"))
        if last <= first:
            continue
        if (
            last < len(stretch.tokens)
            and stretch.tokens[last].pos in ("NOUN", "PROPN")
            and stretch.tokens[last - 1].dep != "pobj"
        ):
            continue
        sites.append(Site(stretch, first, last, match["place"], span, "area", "vague"))
    return sites


# Which place a name means ------------------------------------------------------------------------


def _settled_together(
    sites: Sequence[Site], written: Asked | None, atlas: Gazetteer, rows: Rows
) -> tuple[list[Settled], Context]:
    """What each mention means: names of countries first, all others in the light of each other."""
    context = _context(sites, atlas, rows)
    beside = _beside(sites)
    towns = {folded(site.name) for site in sites if site.level == "town"}
    keys: list[Hashable] = []
    asked: dict[Hashable, Asked] = {}
    fixed: dict[Hashable, Settled] = {}
    regions: dict[str, float] = {}
    for site in sites:
        inside = site.inside or beside.get(folded(site.name))
        level = site.level or ("town" if folded(site.name) in towns else None)
        key = (folded(site.name), level, inside, site.kind, site.country)
        keys.append(key)
        if key in fixed or key in asked:
            continue
        answer = _fixed(site, context, atlas, rows)
        if answer is not None:
            fixed[key] = answer
            continue
        listed = tuple(_candidates(site.name, level, atlas, rows))
        if site.stretch.tokens[site.last - 1].text.lower() == "county":
            listed = tuple(row for row in listed if row.country != "USA")  # America's regions are states
        asked[key] = Asked(site.name, listed, *_wider(inside, atlas, rows))
        for region in _sole_region(listed):
            regions[region] = regions.get(region, 0.0) + 1.0
    if written is not None and not any(folded(one.name) == folded(written.name) for one in asked.values()):
        asked["dateline"] = written
    settled, evidence = settle_all(asked, context.countries, regions, atlas)
    settled.update(fixed)
    return [settled[key] for key in keys], replace(context, evidence=evidence)


def _beside(sites: Sequence[Site]) -> dict[str, str]:
    """What a name is once said to lie in, it lies in throughout, unless the text says two things of it."""
    said: dict[str, list[str]] = defaultdict(list)
    for site in sites:
        if site.inside and site.inside not in said[folded(site.name)]:
            said[folded(site.name)].append(site.inside)
    return {name: insides[0] for name, insides in said.items() if len(insides) == 1}


def _sole_region(listed: Sequence[Listed]) -> set[str]:
    """The region that a name means where no town worth the name is called so."""
    codes = {row.region for row in listed if row.kind == "region" and row.region is not None}
    towns = [row for row in listed if row.kind == "town" and row.main and row.population >= TOO_SMALL]
    return codes if len(codes) == 1 and not towns else set()


def _wider(inside: str | None, atlas: Gazetteer, rows: Rows) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of what a name is said to lie in, and of the countries of these."""
    codes = _codes(rows.countries.get(_plain(inside)) or inside, atlas) if inside else frozenset[str]()
    regions = [atlas.region(code) for code in sorted(codes) if "-" in code]
    return codes, frozenset(region.country for region in regions if region is not None)


def _is_borne_out(site: Site, settled: Settled) -> bool:
    """Whether a word that may be no place is one: its reading lies near the text's other places."""
    row = settled.row
    if row is None:
        return False
    if not site.placed:
        return settled.clear and settled.near >= 1.0 and row.main > 0 and row.population >= GREAT
    clear = row.population >= GREAT or (settled.clear and row.population >= TOO_SMALL)
    return settled.near >= 0.5 or (settled.home >= 0.5 and clear)


def _best_beside(name: str, inside: str | None, places: Sequence[Place], atlas: Gazetteer, rows: Rows) -> Listed | None:
    """The row that a dateline's name means beside the places of the report."""
    same = next((p for p in places if p.level == "town" and p.lat is not None and folded(p.name) == folded(name)), None)
    listed = _candidates(name, None, atlas, rows)
    if same is not None and not inside:
        return next((row for row in listed if row.geonames == same.geonames), None)
    votes = Counter(place.country for place in places if place.country and place.level == "country")
    asked: dict[Hashable, Asked] = {"": Asked(name, tuple(listed), *_wider(inside, atlas, rows))}
    for place in places:
        if place.lat is not None and place.level in ("town", "region", "district"):
            row = Listed(0, place.level, place.name, place.country or "", place.region, place.lat, place.lon, 0, None,
                         place.geonames, 1)  # fmt: skip
            asked.setdefault(_identity(place), Asked(place.name, (row,)))
    settled, _ = settle_all(asked, {str(code): float(count) for code, count in votes.items()}, {}, atlas)
    return settled[""].row


SPEAK_EVERYWHERE = frozenset({"CHN", "FRA", "RUS", "USA"})
EVERYWHERE = 0.05
"""Great powers speak in reports from anywhere: named, they place little."""


def _context(sites: Sequence[Site], atlas: Gazetteer, rows: Rows) -> Context:
    """Count the countries a text names, by name and adjective, and by names of places that lie in no other."""
    countries: defaultdict[str, float] = defaultdict(float)
    leaning: defaultdict[str, float] = defaultdict(float)
    for site in sites:
        country = site.country or (rows.countries.get(_plain(site.name)) if site.kind == "name" else None)
        if country is not None:
            weight = 2.0 if site.kind == "name" else 1.0
            countries[country] += weight * (EVERYWHERE if country in SPEAK_EVERYWHERE else 1.0)
        elif site.kind == "name":
            listed = [row for row in atlas.find(site.name) if row.main or row.population >= TOO_SMALL]
            peopled = [row for row in listed if row.population >= 100_000]
            homes = {row.country for row in (peopled or listed)}
            if len(homes) == 1:
                leaning[homes.pop()] += 1
    everything = {code: countries.get(code, 0.0) + leaning.get(code, 0.0) for code in (*countries, *leaning)}
    return Context(dict(countries), everything)


def _fixed(site: Site, context: Context, atlas: Gazetteer, rows: Rows) -> Settled | None:
    """What a mention means that no other name can change: a country, an area, a part; None for the rest."""
    if site.kind == "vague" or site.level in ("area", "site"):
        return Settled(None, supported=False)
    country = site.country or (rows.countries.get(_plain(site.name)) if site.level in (None, "country") else None)
    if country is not None and not _is_inner(site, country, context):
        return Settled(atlas.country(country), supported=True)
    if _plain(site.name) in rows.areas:
        return Settled(None, supported=False)
    state = US_STATES.get(site.name.lower().strip(".").replace(". ", ".")) if site.name.endswith(".") else None
    return Settled(atlas.region(state), supported=True) if state is not None else None


def _is_inner(site: Site, country: str, context: Context) -> bool:
    """Whether a country's name is here that of a region inside another: Georgia among American places."""
    if country != "GEO" or (site.country is not None and site.inside is None and site.label not in ("GPE", "")):
        return False
    return context.leaning.get("USA", 0) > context.leaning.get("GEO", 0)


def _candidates(name: str, level: str | None, atlas: Gazetteer, rows: Rows) -> list[Listed]:
    listed = list(atlas.find(name))
    match level:
        case "region":
            return [row for row in listed if row.kind == "region"]
        case "town":
            return [row for row in listed if row.kind == "town"]
        case "district":
            return [row for row in listed if row.kind in ("town", "region") and row.population < 1_500_000]
        case _:
            return [row for row in listed if row.kind != "country"]


def _best(
    name: str, level: str | None, context: Context, inside: str | None, atlas: Gazetteer, rows: Rows
) -> Listed | None:
    """The likeliest row for a name that took no part in the vote."""
    asked = Asked(name, tuple(_candidates(name, level, atlas, rows)), *_wider(inside, atlas, rows))
    return settle(asked, context.evidence, atlas).row


@cache
def _codes(name: str, atlas: Gazetteer) -> frozenset[str]:
    """The country and region codes that a name of a wider place can mean."""
    if re.fullmatch(r"[A-Z]{3}", name) and atlas.country(name) is not None:
        return frozenset((name,))
    state = US_STATES.get(name.lower().strip("."))
    if state:
        return frozenset((state,))
    codes = set()
    for row in atlas.find(name):
        if row.kind == "region" and row.region is not None:
            codes.add(row.region)
        elif row.kind == "country":
            codes.add(row.country)
    return frozenset(codes)


US_STATES = {
    short: f"US-{code}"
    for short, code in (
        pair.split(":")
        for pair in [
            "ala:AL",
            "ariz:AZ",
            "ark:AR",
            "calif:CA",
            "colo:CO",
            "conn:CT",
            "del:DE",
            "fla:FL",
            "ga:GA",
            "ill:IL",
            "ind:IN",
            "kan:KS",
            "ky:KY",
            "la:LA",
            "md:MD",
            "mass:MA",
            "mich:MI",
            "minn:MN",
            "miss:MS",
            "mo:MO",
            "mont:MT",
            "neb:NE",
            "nev:NV",
            "n.h:NH",
            "n.j:NJ",
            "n.m:NM",
            "n.y:NY",
            "n.c:NC",
            "n.d:ND",
            "okla:OK",
            "ore:OR",
            "pa:PA",
            "r.i:RI",
            "s.c:SC",
            "s.d:SD",
            "tenn:TN",
            "tex:TX",
            "vt:VT",
            "va:VA",
            "wash:WA",
            "w.va:WV",
            "wis:WI",
            "wyo:WY",
            "d.c:DC",
        ]
    )
}
"""The press's short forms of American states (Associated Press style), as they stand behind a town's name."""


# What a name is used for -------------------------------------------------------------------------


def _use(site: Site, offices: Sequence[Span], rows: Rows, atlas: Gazetteer) -> str:
    """Whether location, actor, office, comparison or adjective: what the name does in its clause."""
    if site.kind == "adjective":
        return "adjective"
    if any(office.start <= site.span.start and site.span.end <= office.end for office in offices):
        return "office"
    tokens = site.stretch.tokens[site.last : site.last + 3]
    if tokens and site.level != "country" and tokens[0].lemma in rows.offices:
        return "office"  # "the Tver region governor"
    if len(tokens) > 2 and tokens[0].text == "-" and tokens[1].tag in ("VBN", "VBD", "JJ"):
        return "adjective"  # "Iran-backed"
    text = site.stretch.text
    at = site.stretch.starts[site.first]
    if rows.comparison.search(text[max(0, at - 60) : at]):
        return "comparison"
    if site.kind == "vague" or site.level in ("region", "district", "area", "site"):
        return "location"
    if _plain(site.name) in rows.areas:
        return "actor" if rows.areas[_plain(site.name)].get("actor") else "location"
    return "actor" if _acts(site, rows, atlas) else "location"


def _acts(site: Site, rows: Rows, atlas: Gazetteer) -> bool:
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
    state = _plain(site.name) in rows.countries or _is_capital(site.name, atlas)
    within = token.dep in ("compound", "nmod", "appos", "conj", "npadvmod") and head.i != token.i
    if within and (token.dep in ("conj", "appos") or head.lemma in rows.place_nouns or site.level == "town"):
        return False
    if site.level == "town":
        return token.dep in ("nsubj", "agent") and head.lemma in rows.speaking
    if token.dep == "nsubj":
        return (state and head.pos in ("VERB", "AUX")) or head.lemma in rows.speaking
    if not state:
        return False
    if token.dep in ("poss", "nmod", "compound", "nsubjpass"):
        if token.dep == "nsubjpass":
            return not _is_capital(site.name, atlas)
        return head.lemma not in rows.place_nouns and head.ent not in ("GPE", "LOC", "FAC")
    if token.dep in ("dobj", "dative"):
        return head.lemma not in rows.place_verbs
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
    if word in ("to", "from"):
        return above.lemma not in rows.motion
    return word not in rows.locative


@cache
def _is_capital(name: str, atlas: Gazetteer) -> bool:
    """Whether a name is that of a national capital, in any spelling."""
    return any(is_seat(row, atlas) for row in atlas.find(name))


# Filling in --------------------------------------------------------------------------------------


def _place(name: str, site: Site, settled: Settled, use: str, context: Context, rows: Rows) -> Place:
    atlas = gazetteer()
    surface = site.stretch.text[
        site.stretch.starts[site.first] : site.stretch.starts[site.first] + site.span.end - site.span.start
    ]
    place = Place(name, site.span, surface, level=site.level or "town", use=use)
    if settled.row is not None:
        return _filled(place, settled.row, rows)
    claims = rows.claims_by_name.get(_plain(site.name), ())
    if site.kind == "vague":
        return replace(place, level="area")
    area = rows.areas.get(_plain(site.name))
    if area is not None:
        countries = area.get("countries", ())
        return replace(place, level="area", country=countries[0] if len(countries) == 1 else None, disputed=claims)
    if site.level in ("area", "site"):
        home = _home_of_part(site, context, atlas, rows)
        place = replace(place, country=home[0], region=home[1], disputed=claims)
        return _pinned_to(place, home[2]) if site.level == "site" else place
    country, region = _home(site.inside, atlas, rows)
    if country is None and site.level == "region" and not surface.lower().endswith("county"):
        # "the Kramatorsk region": the land around a town, not an ISO region.
        near = _best(site.name, "town", context, None, atlas, rows)
        great = near is not None and near.population >= TOO_SMALL
        country, region = (near.country, near.region) if near and great else (None, None)
    country = country or settled.country
    return replace(place, country=country, region=region, disputed=claims)


def _pinned_to(place: Place, town: Listed | None) -> Place:
    """A site named for a town stands at that town, give or take: airports lie outside theirs."""
    if town is None or town.kind != "town":
        return place
    return replace(place, lat=town.lat, lon=town.lon, radius_km=max(SITE_RADIUS, 2 * (town.radius or 0.0)))


def _home_of_part(
    site: Site, context: Context, atlas: Gazetteer, rows: Rows
) -> tuple[str | None, str | None, Listed | None]:
    """Country and region of a part ("northern Norway") or a site ("Bergen airport"), and the row of the name inside."""
    words = site.name.split()
    shorter = [words[1:]] if site.level == "area" else [words[:end] for end in range(len(words) - 1, 0, -1)]
    for inner in (" ".join(part) for part in shorter if part):
        country = rows.countries.get(_plain(inner))
        if country is not None:
            return country, None, None
        best = _best(inner, None, context, site.inside, atlas, rows)
        if best is not None:
            return best.country, best.region, best
    return (*_home(site.inside, atlas, rows), None)


def _home(inside: str | None, atlas: Gazetteer, rows: Rows) -> tuple[str | None, str | None]:
    """Country and region that the words beside an unresolved name give it."""
    if not inside:
        return None, None
    country = rows.countries.get(_plain(inside))
    if country is not None:
        return country, None
    regions = sorted(code for code in _codes(inside, atlas) if "-" in code)
    if len(regions) == 1:
        listed = atlas.region(regions[0])
        return (listed.country, regions[0]) if listed else (None, None)
    return None, None


def _filled(place: Place, listed: Listed, rows: Rows) -> Place:
    claims = (
        rows.claims_by_name.get(_plain(place.name))
        or rows.claims_by_name.get(_plain(listed.name))
        or rows.claims_by_code.get(listed.region or "")
        or (rows.claims_by_code.get(listed.country, ()) if listed.kind != "region" or not listed.region else ())
    )
    level = listed.kind if listed.kind != "town" or place.level not in ("district",) else place.level
    return replace(
        place, geonames=listed.geonames, lat=listed.lat, lon=listed.lon, level=level, country=listed.country,
        region=listed.region, radius_km=listed.radius, disputed=tuple(claims),
    )  # fmt: skip


def _tied(places: Sequence[Place]) -> tuple[Place, ...]:
    """Tie spellings of one place together, and each place to the wider ones that the text names."""
    firsts: dict[tuple[str, object], str] = {}
    regions: dict[str, str] = {}
    countries: dict[str, str] = {}
    for place in places:
        firsts.setdefault(_identity(place), place.id)
        if place.level == "region" and place.region:
            regions.setdefault(place.region, place.id)
        if place.level == "country" and place.country and place.use != "adjective":
            countries.setdefault(place.country, place.id)
    tied = []
    for place in places:
        first = firsts[_identity(place)]
        wider = []
        if place.region and place.level != "region" and regions.get(place.region):
            wider.append(regions[place.region])
        if place.country and place.level != "country" and countries.get(place.country):
            wider.append(countries[place.country])
        tied.append(replace(place, same_as=first if first != place.id else None, inside=tuple(wider)))
    return tuple(tied)


def _identity(place: Place) -> tuple[str, object]:
    if place.lat is not None and place.level == "country":
        return ("country", place.country)
    if place.geonames is not None:
        return ("geonames", place.geonames)
    if place.level == "region" and place.region is not None and place.lat is not None:
        return ("region", place.region)
    return (place.level, folded(place.name))


# Rows as tables ----------------------------------------------------------------------------------


@cache
def rows_about_places(knowledge: Knowledge) -> Rows:
    """The rows of en/place.toml, areas.toml and disputed.toml, and all country names, made into tables once."""
    listed = knowledge.rows("en/place")
    words = {kind: _of_kind(listed, kind) for kind in {row["kind"] for row in listed}}
    vague = "|".join(re.escape(word) for word in sorted(words["vague"], key=lambda word: (-len(word), word)))
    comparison = "|".join(re.escape(word) for word in sorted(words["comparison"], key=lambda word: (-len(word), word)))
    return Rows(
        before={word: row["level"] for row in listed if row["kind"] in ("before", "shared") for word in row["words"]},
        after={word: row["level"] for row in listed if row["kind"] == "after" for word in row["words"]},
        shared={word: row["level"] for row in listed if row["kind"] == "shared" for word in row["words"]},
        sites=frozenset(words["site"]),
        vague=re.compile(
            rf"(?:\b(?:in|on|at|across|along|near|to|from|toward|towards|of|behind|into) |\b(?=an? (?:\w+ )?area ))"
            rf"(?P<place>(?:the|an?) (?:(?:\w+ )?area (?:on|along|near) the )?(?:{vague}))\b"
            r"(?! (?:of|guard|agent|force|patrol))",
            re.I,
        ),
        parts=frozenset(words["part"]),
        comparison=re.compile(rf"\b(?:{comparison})(?: \w+){{0,4}} $", re.I),
        locative=frozenset(words["locative"]),
        motion=frozenset(words["motion"]),
        place_nouns=frozenset(words["place_noun"]),
        place_verbs=frozenset(words["place_verb"]),
        speaking=frozenset(words["speaking"]),
        taking=frozenset(words["taking"]),
        of_places=frozenset(words["of_place"]),
        countries={_plain(name): code for name, code in country_names(knowledge).items()},
        adjectives={
            _plain(word): row["code"] for row in knowledge.rows("countries") for word in row.get("demonyms", ())
        },
        offices=frozenset(words["office"]),
        areas={_plain(name): row for row in knowledge.rows("areas") for name in row["names"]},
        claims_by_name={
            _plain(name): tuple(row["claimants"]) for row in knowledge.rows("disputed") for name in row["names"]
        },
        claims_by_code={
            code: tuple(row["claimants"])
            for row in knowledge.rows("disputed")
            for code in (*row.get("regions", ()), *row.get("countries", ()))
        },
    )  # fmt: skip


def _of_kind(rows: Iterable[Row], kind: str) -> list[str]:
    return [word for row in rows if row["kind"] == kind for word in row["words"]]


def _plain(name: str) -> str:
    """A name as the tables key it: lower case, no article, single blanks."""
    return " ".join(name.lower().replace(" - ", "-").split()).removeprefix("the ")


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.text + (" " if token.space else "") for token in tokens).strip()


def _span(stretch: Stretch, first: int, last: int) -> Span | None:
    return stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(stretch.tokens[last - 1].text))
