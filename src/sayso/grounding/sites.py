"""Which words of a page name places: the parser's, the gazetteer's, and those that stand where a place does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import TOO_SMALL
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded
from sayso.models.parsing import Token
from sayso.record import Span

POSSESSIVE = ("'s", "'")
PARTICLES = ("de", "del", "la", "las", "los", "el", "do", "da", "dos", "das", "di", "am", "an", "sur", "al", "of")
"""Small words inside the names of towns."""
NAMING = ("PROPN", "ADJ", "ADV", "X")
LISTED_AT_MOST = 24
"""Of a list longer than this, the later names are not traced to its verb."""
LINKS = (",", "and", "or", "the")
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


def find_sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    """All mentions of places on a page, in the order of the text, before it is known which places they are."""
    return _repeated(stretches, named, _sites(stretches, named, rows, atlas), rows, atlas)


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
            row.main for row in atlas.find(words_of(tokens[mention.first : last]))
        ):
            span = span_of(stretch, mention.first, last)
            if span is not None:
                return replace(mention, last=last, name=words_of(tokens[mention.first : last]), span=span)
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
    name = words_of(tokens[core_first:core_last])
    if level in ("area", "site", "country") or not name:
        return None
    listed = [row for row in atlas.find(name) if _is_of_level(row, level) and (row.main or row.population >= TOO_SMALL)]
    told = level is not None and (tokens[end - 1].text.islower() or end == core_last)
    placed = told or _stands_as_place(tokens, core_first, core_last, rows)
    if not listed or not (placed or (mention.label and tokens[core_last - 1].dep in ("nsubj", "nsubjpass", "conj"))):
        return None
    span = span_of(stretch, core_first, end)
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
            inside, first = words_of(tokens[first:index]), index + 1
            break
    level, core_first, core_last, end = _level(tokens, first, last, rows)
    name = words_of(tokens[core_first:core_last])
    span = span_of(stretch, core_first, end)
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
        and tokens[at + 1].pos in ("PROPN", "DET")
    ):
        start = at + (2 if tokens[at + 1].pos == "DET" else 1)
        end = start
        while end < len(tokens) and tokens[end].pos == "PROPN":
            end += 1
        if end > start and tokens[start].ent in ("GPE", "LOC"):
            return words_of(tokens[start:end])
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
    words = plain(words_of(tokens[first:last]))
    span = span_of(stretch, first, last)
    if span is None:
        return None
    country, kind = rows.adjectives.get(words), "adjective"
    if country is None:
        country, kind = rows.countries.get(words), "name"
    if country is not None:
        return Site(stretch, first, last, words_of(tokens[first:last]), span, "country", kind, country)
    level, core_first, core_last, end = _level(tokens, first, last, rows)
    before = tokens[first - 1].text.lower() if first else ""
    named = level in ("town", "region", "district") and core_last > core_first and tokens[core_first].pos == "PROPN"
    placed = before in ("in", "near", "outside", "at", "around", "from", "into") and tokens[first].pos == "PROPN"
    placed = placed or (before == "on" and _around(tokens, first, last, rows) is not None)
    head = tokens[tokens[first].head - tokens[0].i]
    placed = placed or (tokens[first].dep == "dobj" and tokens[first].pos == "PROPN" and head.lemma in rows.place_verbs)
    known = placed and any(_is_known(listed) for listed in atlas.find(words_of(tokens[first:last])))
    if words in rows.areas or (named and level is not None) or known:
        name = words_of(tokens[core_first:core_last])
        whole = span_of(stretch, core_first, end)
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
    span = span_of(stretch, first, last)
    if span is None:
        return None
    mention = _longer(stretch, Named(stretch, first, last, "person", words_of(tokens[first:last]), span), atlas)
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
                span = span_of(stretch, index, index + 1)
                if span is not None:
                    level, first, _, end = _level(stretch.tokens, index, index + 1, rows)
                    whole = span_of(stretch, first, end) or span
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


def words_of(tokens: Sequence[Token]) -> str:
    """The words of tokens, single blanks between them as they stand."""
    return "".join(token.text + (" " if token.space else "") for token in tokens).strip()


def span_of(stretch: Stretch, first: int, last: int) -> Span | None:
    """The sealed stretch of the tokens `[first, last)`, or None where a cut runs through it."""
    return stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(stretch.tokens[last - 1].text))
