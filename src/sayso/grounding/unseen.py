"""Names of places that the parser saw as something else or not at all: by where they stand, or by the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.levels import PARTICLES, POSSESSIVE, kind_told, level_of
from sayso.grounding.meanings import codes_of
from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.sites import Site, adjective_at, around, is_namesake, span_of, stands_as_place, words_of
from sayso.grounding.standing import is_held, is_patron, is_placed_alone
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import TOO_SMALL
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded
from sayso.models.parsing import Token

NAMING = ("PROPN", "ADJ", "ADV", "X")
NO_NAMES = ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY")
NAMED_OTHERWISE = ("EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
INTO = ("in", "inside")
TOWARDS = ("near", "outside", "into", "towards", "toward")
"""What no person follows, or hardly ever, and mostly no body either."""
WORTH_REACHING = 5_000
LONGEST_REST = 5
SHORTEST = 3
"""So few letters that nothing lists are a short form of something."""
WELL_KNOWN = 300_000
WORTH_FIGHTING = 1_000
"""How many people live in a town that a front can be named for."""
LEADING = ("-", "--", "—", "–", ":", "(")
"""What stands between a place of writing and the report."""


class People:
    """Who is named in full on a page: by the last word of each name, all names and titled mentions that end so."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._names: dict[str, set[str]] = {}
        self._titled: set[str] = set()
        for mention in named:
            if mention.kind != "person" or not (" " in mention.name or mention.role is not None):
                continue
            if stands_in(mention):
                continue
            last = folded(mention.name.split()[-1])
            self._names.setdefault(last, set()).add(folded(mention.name))
            if mention.role is not None:
                self._titled.add(last)

    def hold(self, name: str) -> bool:
        """Whether a name ends as that of somebody else does, or as that of one with a title."""
        last = folded(name.rsplit(maxsplit=1)[-1])
        return last in self._titled or bool(self._names.get(last, set()) - {folded(name)})


def stands_in(mention: Named) -> bool:
    """Whether a name of one word stands behind "in", as no person does, whatever trade the next one has."""
    before = mention.stretch.tokens[mention.first - 1].text.lower() if mention.first else ""
    return before in INTO and " " not in mention.name and mention.stretch.tokens[mention.last - 1].dep == "pobj"


def people_in(named: Sequence[Named]) -> People:
    """The people whom a page names in full: their last names alone are no places."""
    return People(named)


def longer(stretch: Stretch, mention: Named, rows: Rows, atlas: Gazetteer) -> Named:
    """A name with the words beside it that it is known by: "Burkina" in "Burkina Faso", "Port" in "Port-au-Prince"."""
    tokens = stretch.tokens
    start, end = mention.first, mention.last
    while start > max(0, mention.first - 2) and tokens[start - 1].pos in ("PROPN", "ADJ") and _joins(tokens, start - 1):
        start -= 1
    while end < min(len(tokens), mention.last + LONGEST_REST) and _joins(tokens, end):
        end += 1
    ranges = [(first, last) for first in range(start, mention.first + 1) for last in range(end, mention.last - 1, -1)]
    for first, last in sorted(ranges, key=lambda at: (at[0] - at[1], at[0])):
        if (first, last) == (mention.first, mention.last):
            return _with_hung(stretch, mention)
        name = words_of(tokens[first:last])
        if tokens[first].text[0].isupper() and _ends_a_name(tokens[last - 1]) and is_listed(name, rows, atlas):
            span = span_of(stretch, first, last)
            if span is not None and not _is_part_of_greater(tokens[first].text, name, atlas, rows):
                country = rows.countries.get(plain(name)) or rows.adjectives.get(plain(name))
                return replace(mention, first=first, last=last, name=name, span=span, country=country)
    return mention


def _with_hung(stretch: Stretch, mention: Named) -> Named:
    """A name with what hangs on it by a small word: "Khishti" in "Pul-e-Khishti", which nothing need list."""
    tokens, first = stretch.tokens, mention.first
    hung = first > 3 and [token.text for token in tokens[first - 3 : first : 2]] == ["-", "-"]
    if (
        not hung
        or tokens[first - 4].space
        or not (tokens[first - 2].text.islower() and tokens[first - 4].text[0].isupper())
    ):
        return mention
    span = span_of(stretch, first - 4, mention.last)
    name = words_of(tokens[first - 4 : mention.last])
    return replace(mention, first=first - 4, name=name, span=span, country=None) if span is not None else mention


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token can be part of the name beside it: a capital, a small word of names, a tight hyphen."""
    token = tokens[at]
    if token.text == "-":
        return not token.space and (at == 0 or not tokens[at - 1].space)
    named = token.text[0].isupper() or token.text in (*PARTICLES, "and") or token.text[:2].lower() in ("d'", "l'")
    hung = 0 < at < len(tokens) - 1 and tokens[at - 1].text == tokens[at + 1].text == "-"  # "Rostov-on-Don"
    return token.ent not in NO_NAMES and (named or hung)


def _ends_a_name(token: Token) -> bool:
    return token.text[0].isupper() or (len(token.text) > 2 and token.text[2].isupper())


def is_listed(name: str, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether a name is a country's, an adjective, an area's, a town's or a region's; a small town's first one."""
    if any(plain(name) in table for table in (rows.countries, rows.adjectives, rows.peoples, rows.areas)):
        return True
    return any(row.main or row.population >= TOO_SMALL for row in atlas.find(name))


def _is_part_of_greater(word: str, name: str, atlas: Gazetteer, rows: Rows) -> bool:
    """Whether "East X" is likelier the east of a great X than the far town of that name."""
    if word.lower() not in rows.parts or plain(name) in rows.countries or " " not in name:
        return False
    inner = max((row.population for row in atlas.find(name.split(" ", 1)[1]) if row.kind == "town"), default=0)
    own = atlas.find(name)
    return all(row.kind == "town" for row in own) and inner > 5 * max((row.population for row in own), default=0)


def doubtful(stretch: Stretch, mention: Named, people: People, rows: Rows, atlas: Gazetteer) -> Site | None:
    """A "person" or "body" that stands where a place does and has a place's name; the other places must bear it out."""
    if mention.role is not None or (mention.kind != "organisation" and people.hold(mention.name)):
        return None
    tokens = stretch.tokens
    last = mention.last
    while last - mention.first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    level, core_first, core_last, end = level_of(tokens, mention.first, last, rows)
    name = words_of(tokens[core_first:core_last])
    if level == "country" or not name or folded(name) in rows.civic or _goes_on(tokens, mention, end):
        return None
    apposed = kind_told(tokens, end, rows) if level is None else None
    level = level or apposed
    held = level is None and _is_part_told(tokens, end, rows)
    told = level is not None and (tokens[end - 1].text.islower() or end == core_last)
    if level is None and (is_held(tokens, core_first, rows) or _takes_article(tokens, core_first, core_last, rows)):
        return None
    span = span_of(stretch, core_first, end)
    if span is None:
        return None
    inside = around(tokens, core_first, end, rows)
    site = Site(stretch, core_first, end, name, span, level, "name", None, inside, sure=told)
    if level in ("area", "site"):
        if mention.kind == "nationality":
            return None
        return site if _is_told_by_kind(tokens, last, end, mention, level, rows) else None
    listed = [row for row in atlas.find(name) if _is_of_level(row, level) and (row.main or row.population >= TOO_SMALL)]
    placed = told or stands_as_place(tokens, core_first, core_last, rows)
    if told and not listed and mention.kind == "nationality" and _is_followed_by_kind(tokens, core_last, rows):
        return None  # "Protestant towns"
    if (told and core_first > 0 and (mention.label != "ORG" or apposed)) or held:
        return replace(site, sure=True)
    greatest = max((row.population for row in listed if row.main), default=0)
    if placed and greatest >= WELL_KNOWN and mention.kind != "person":
        return replace(site, sure=True)
    fought = end < len(tokens) and tokens[end].lemma in rows.fronts
    if level is None and (placed or _is_listed_with_place(tokens, core_last)) and _lies_in(listed, inside, atlas):
        return replace(site, sure=True)
    if level is None and is_placed_alone(tokens, core_first, core_last, atlas.find(name), rows):
        return replace(site, sure=True)
    if greatest >= WORTH_FIGHTING and (fought or _is_hung_on(tokens, end)):
        return replace(site, sure=True)
    if not listed or not (
        placed
        or _is_long_name(mention)
        or (mention.label and tokens[core_last - 1].dep in ("nsubj", "nsubjpass", "conj"))
    ):
        return None
    return replace(site, placed=placed or _is_long_name(mention))


def _is_listed_with_place(tokens: Sequence[Token], last: int) -> bool:
    """Whether a name goes on a list with one that the parser takes for a place's."""
    token = tokens[last - 1]
    return token.dep == "conj" and tokens[token.head - tokens[0].i].ent == "GPE"


def _lies_in(listed: Sequence[Listed], inside: str | None, atlas: Gazetteer) -> bool:
    """Whether one of the rows lies in what the words beside a name say it lies in."""
    codes = codes_of(inside, atlas) if inside else frozenset[str]()
    return any({row.country, row.region} & codes for row in listed)


def _is_hung_on(tokens: Sequence[Token], end: int) -> bool:
    """Whether a participle hangs on a name: "Aleppo-born"."""
    return end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].tag in ("VBN", "VBD")


def _is_part_told(tokens: Sequence[Token], end: int, rows: Rows) -> bool:
    """Whether a name is said to be a part of a place: "the Lal Chowk area of Srinagar"."""
    behind = [token.text for token in tokens[end : end + 3]]
    return len(behind) == 3 and behind[0] in rows.place_behind and behind[1] in ("of", "in") and behind[2][0].isupper()


def _goes_on(tokens: Sequence[Token], mention: Named, end: int) -> bool:
    """Whether a "body" is only the first word of a longer name: "National" in "the National Security Council"."""
    more = end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].text[0].isupper()
    return mention.kind == "organisation" and more


def _is_followed_by_kind(tokens: Sequence[Token], last: int, rows: Rows) -> bool:
    return any(
        token.text.lower() in rows.after or token.text.lower() in rows.shared for token in tokens[last : last + 2]
    )


def _takes_article(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether a name has an article of its own, as no town has: "the White House", not "the Bakhmut sector"."""
    alone = last >= len(tokens) or not (tokens[last].lemma in rows.place_behind or tokens[last - 1].dep == "compound")
    return first > 0 and tokens[first - 1].text in ("the", "The") and alone


def _is_long_name(mention: Named) -> bool:
    """Whether a name of several words was seen as nothing at all: who is called so is a place ("Port-au-Prince")."""
    return not mention.label and mention.last - mention.first > 1


def _is_told_by_kind(tokens: Sequence[Token], last: int, end: int, mention: Named, level: str, rows: Rows) -> bool:
    """Whether a word of kind makes a name that stands as places do a place's: "the Erez crossing", "Mount Hermon"."""
    behind = end > last and tokens[end - 1].text.islower()
    within = level == "area" and tokens[mention.first].text.lower() in rows.before
    return (behind or within) and stands_as_place(tuple(tokens), mention.first, end, rows)


def leading(stretch: Stretch, mention: Named, rows: Rows, atlas: Gazetteer) -> Site | None:
    """A town in capitals at the head of a sentence, as the place of writing stands there: "BEIRUT: Shells fell"."""
    tokens = stretch.tokens
    if mention.first != 0:
        return None
    for last in range(min(LONGEST_REST, len(tokens) - 1), 0, -1):
        name = words_of(tokens[:last])
        if name.isupper() and tokens[last].text in LEADING and any(_is_known(row) for row in atlas.find(name)):
            span = span_of(stretch, 0, last)
            return Site(stretch, 0, last, name, span, "town", "name", sure=False) if span is not None else None
    return None


def _is_of_level(row: Listed, level: str | None) -> bool:
    return row.kind == level if level in ("region", "town") else row.kind != "country"


def is_place_after_all(stretch: Stretch, mention: Named, people: People, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether a "person" stands where only a place can: "in Dolna", "the town of Dolna"."""
    tokens = stretch.tokens
    if (mention.role is not None and not stands_in(mention)) or mention.first == 0 or people.hold(mention.name):
        return False
    before = tokens[mention.first - 1].text.lower()
    level = rows.before.get(tokens[mention.first - 2].text.lower()) if before == "of" and mention.first > 1 else None
    if level is not None:
        return mention.kind == "person" or level == "town"
    if is_held(tokens, mention.first, rows):
        return False
    if tokens[mention.last - 1].dep != "pobj" or before not in (*INTO, *TOWARDS, "around"):
        return False
    listed = atlas.find(mention.name)
    if mention.kind == "nationality":
        return before in ("near", "outside")
    if mention.kind == "person" and before != "around":
        return any(row.main or row.population >= TOO_SMALL for row in listed)
    return before not in INTO and any(row.main and row.population >= WORTH_REACHING for row in listed)


def overlaid(stretch: Stretch, taken: list[bool], people: People, rows: Rows, atlas: Gazetteer) -> list[Site]:
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
        first, last = _extended(stretch, index, last, taken, rows, atlas)
        site = (
            _missed(stretch, first, last, people, rows, atlas)
            or _unseen(stretch, first, last, people, rows, atlas)
            or _leads(stretch, first, last, rows, atlas)
        )
        if site is not None:
            found.append(site)
        index = last
    return found


def _extended(
    stretch: Stretch, first: int, last: int, taken: Sequence[bool], rows: Rows, atlas: Gazetteer
) -> tuple[int, int]:
    """A run of capitals with the small words and hyphens by which it is one name: "Port" in "Port-au-Prince"."""
    span = span_of(stretch, first, last)
    if span is None:
        return first, last
    whole = longer(
        stretch, Named(stretch, first, last, "place", words_of(stretch.tokens[first:last]), span), rows, atlas
    )
    return (first, last) if any(taken[whole.first : whole.last]) else (whole.first, whole.last)


def _missed(stretch: Stretch, first: int, last: int, people: People, rows: Rows, atlas: Gazetteer) -> Site | None:
    tokens = stretch.tokens
    while last > first and tokens[last - 1].pos not in ("PROPN", "NOUN", "ADJ", "X"):
        last -= 1
    if last == first:
        return None
    words = plain(words_of(tokens[first:last]))
    span = span_of(stretch, first, last)
    if span is None:
        return None
    if is_namesake(tokens, last, rows) or is_patron(tokens, first, last):
        return None
    adjective = adjective_at(stretch, first, last, rows)
    if adjective is not None:
        return adjective
    country = rows.countries.get(words)
    if country is not None:
        return Site(stretch, first, last, words_of(tokens[first:last]), span, "country", "name", country)
    level, core_first, core_last, end = level_of(tokens, first, last, rows)
    before = tokens[first - 1].text.lower() if first else ""
    named = level in ("town", "region", "district") and core_last > core_first and tokens[core_first].pos == "PROPN"
    named = named and not (first > 0 and tokens[first - 1].text[0].isupper())  # "the Santa Ana School District"
    placed = before in ("at", "around", "from", *INTO, *TOWARDS) and tokens[first].pos == "PROPN"
    placed = placed or (before == "on" and around(tokens, first, last, rows) is not None)
    head = tokens[tokens[first].head - tokens[0].i]
    placed = placed or (tokens[first].dep == "dobj" and tokens[first].pos == "PROPN" and head.lemma in rows.place_verbs)
    name = words_of(tokens[first:last])
    known = placed and not people.hold(name) and any(_is_known(listed) for listed in atlas.find(name))
    if words in rows.roles or tokens[first].ent in NAMED_OTHERWISE:
        return None
    if words in rows.areas or (named and level is not None) or known:
        name = words_of(tokens[core_first:core_last])
        whole = span_of(stretch, core_first, end)
        if whole is not None and name:
            return Site(
                stretch, core_first, end, name, whole, level, "name", inside=around(tokens, core_first, end, rows)
            )
    return None


def _unseen(stretch: Stretch, first: int, last: int, people: People, rows: Rows, atlas: Gazetteer) -> Site | None:
    """Capitalised words that the parser took for nothing, where a place could stand."""
    tokens = stretch.tokens
    while last > first and tokens[last - 1].pos not in NAMING:
        last -= 1
    if last == first or (tokens[first].pos not in NAMING and last - first == 1):
        return None
    span = span_of(stretch, first, last)
    if span is None:
        return None
    mention = longer(stretch, Named(stretch, first, last, "person", words_of(tokens[first:last]), span), rows, atlas)
    return doubtful(stretch, mention, people, rows, atlas)


def _leads(stretch: Stretch, first: int, last: int, rows: Rows, atlas: Gazetteer) -> Site | None:
    span = span_of(stretch, first, last)
    if first or span is None:
        return None
    return leading(stretch, Named(stretch, first, last, "place", words_of(stretch.tokens[:last]), span), rows, atlas)


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
        and (site.level or _is_own_name(site) or any(row.main and row.kind == "town" for row in atlas.find(site.name)))
    }  # fmt: skip
    people = people_in(named)
    taken = {
        (mention.stretch.number, index)
        for mention in named
        if mention.kind != "person"
        or mention.role is not None
        or folded(mention.name) not in names
        or people.hold(mention.name)
        for index in range(mention.first, mention.last)
    }
    taken |= {(site.stretch.number, index) for site in sites for index in range(site.first, site.last)}
    again = []
    for stretch in stretches:
        for index, token in enumerate(stretch.tokens):
            if token.pos != "PROPN" or not token.text[0].isupper() or token.ent in NO_NAMES:
                continue
            if (stretch.number, index) in taken:
                continue
            if folded(token.text) in names or any(row.geonames in known for row in atlas.find(token.text)[:3]):
                span = span_of(stretch, index, index + 1)
                if span is not None:
                    level, first, _, end = level_of(stretch.tokens, index, index + 1, rows)
                    whole = span_of(stretch, first, end) or span
                    again.append(Site(stretch, first, end, token.text, whole, level, "name"))
    return sorted([*sites, *again], key=lambda site: (site.span, site.kind)) if again else sites


def _is_own_name(site: Site) -> bool:
    return site.label == "GPE" and len(site.name) > SHORTEST and not site.name.isupper()


def _is_known(listed: Listed) -> bool:
    """Whether a row is enough to take a word for a place without the parser: no region, no hamlet by a second name."""
    return listed.kind != "region" and bool(listed.main or listed.population >= TOO_SMALL)
