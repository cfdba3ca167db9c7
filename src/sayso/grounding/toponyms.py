"""The wider layer of names of places: all that sets of marked texts count as toponyms, beside what the record holds.

The record leaves a place's name out where it is part of the name of a body ("the Bergen police department"), and keeps
a part or a site as one ("northern Norway", "Bergen airport"). Here each is the bare name with the place it means, found
by the same rows and settled in the same light; nothing of it enters the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.grounding.finding import find_sites
from sayso.grounding.levels import PARTICLES, POSSESSIVE, level_of
from sayso.grounding.people import Named
from sayso.grounding.place_rows import US_STATES, Rows, plain, rows_about_places
from sayso.grounding.sites import Site, is_sided, site_at, span_of, stands_as_place, words_of
from sayso.grounding.stretches import Stretch
from sayso.grounding.unseen import NAMING, People, people_in
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import Gazetteer, folded, gazetteer
from sayso.models.parsing import Token

LONGEST = 6
"""Tokens: no listed name worth a look is longer."""
BODIES = ("ORG", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "LOC", "GPE", "NORP")
TIMED = ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY", "PERCENT")
STREETS = ("street", "avenue", "road", "highway", "square")
KNOWN_FOR_ITSELF = 100_000
WORTH_ASKING = 1_000
OF_COUNTIES = ("county", "township", "parish", "borough", "province", "oblast", "governorate", "district", "region")
SHORT_STATE = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(
        r"\.\s?".join(part.title() for part in key.split(".")) for key in sorted(US_STATES, key=len, reverse=True)
    )
    + r")\.(?!\w)"
)
ALSO_A_WORD = frozenset({"miss", "wash", "del", "ore", "la", "ill", "mass", "ind", "pa"})


@cache
def _dull(knowledge: Knowledge) -> frozenset[str]:
    """Words that stand in names of bodies and people but name no place there, though some hamlet is called so."""
    places = rows_about_places(knowledge)
    roles = [role for row in knowledge.rows("en/role") for role in row["words"]]
    words = {*places.civic, *places.sites, *places.parts, *places.before, *places.after, *roles}
    return frozenset(folded(word) for word in (*words, *(role.split()[-1] for role in roles)))


@dataclass(frozen=True, slots=True)
class Text:
    """What a text is searched with."""

    rows: Rows
    atlas: Gazetteer
    people: People
    known: frozenset[str]  # the names of the places that the record holds
    dull: frozenset[str]


def wide_sites(stretches: Sequence[Stretch], named: Sequence[Named], knowledge: Knowledge) -> list[Site]:
    """All mentions of places in the order of the text, each as its bare name, also those inside names of bodies."""
    rows, atlas = rows_about_places(knowledge), gazetteer()
    seen = [site for site in find_sites(stretches, named, rows, atlas) if site.kind != "vague"]
    text = _text(seen, named, knowledge)
    bare = [_bare(site, text) for site in seen]
    return sorted([*bare, *_left_out(stretches, named, bare, text)], key=lambda site: (site.span, site.kind))


def names_left_out(
    stretches: Sequence[Stretch], named: Sequence[Named], seen: Sequence[Site], knowledge: Knowledge
) -> list[Site]:
    """The names of places that are no mentions of the record, most of them inside names of bodies.

    They are no places of what is told, but they speak for where the text plays: "the Bergen police" for Bergen.
    """
    found = _left_out(stretches, named, seen, _text(seen, named, knowledge))
    return [replace(site, shown=False) for site in found if site.kind == "name"]


def _text(seen: Sequence[Site], named: Sequence[Named], knowledge: Knowledge) -> Text:
    known = frozenset(folded(site.name) for site in seen if site.kind == "name" and site.sure)
    return Text(rows_about_places(knowledge), gazetteer(), people_in(named), known, _dull(knowledge))


def _left_out(stretches: Sequence[Stretch], named: Sequence[Named], seen: Sequence[Site], text: Text) -> list[Site]:
    taken: dict[int, set[int]] = {}
    for site in seen:
        taken.setdefault(site.stretch.number, set()).update(range(site.first, site.last))
    mentions: dict[int, dict[int, Named]] = {}
    for mention in named:
        at = mentions.setdefault(mention.stretch.number, {})
        at.update(dict.fromkeys(range(mention.first, mention.last), mention))
    found = []
    for stretch in stretches:
        found += _inside(stretch, taken.setdefault(stretch.number, set()), mentions.get(stretch.number, {}), text)
    return found


def _bare(site: Site, text: Text) -> Site:
    """The name inside a part or a site: "Norway" in "northern Norway", "Bergen" in "Bergen airport"."""
    tokens = site.stretch.tokens
    if site.kind != "name" or site.level not in (None, "area", "site") or tokens[site.last - 1].text.lower() in STREETS:
        return site
    if plain(site.name) in text.rows.areas:  # "Western Europe", "the Ural mountains"
        return site
    if site.level is None and (site.country is not None or text.atlas.find(site.name)):
        return site
    for first in range(site.first, site.last):
        last = _listed_end(tokens, first, text, site.last)
        if (
            last is None
            or (first, last) == (site.first, site.last)
            or folded(words_of(tokens[first:last])) in text.dull
        ):
            continue
        if all(folded(token.text) in text.dull for token in (*tokens[site.first : first], *tokens[last : site.last])):
            return _site(site.stretch, first, last, text.rows) or site
    return site


def _inside(stretch: Stretch, taken: set[int], mentions: dict[int, Named], text: Text) -> list[Site]:
    """The names in one sentence that no mention holds yet."""
    tokens = stretch.tokens
    found = _short_states(stretch, taken)
    index = 0
    while index < len(tokens):
        last = None if index in taken else _listed_end(tokens, index, text, len(tokens))
        if last is None or any(at in taken for at in range(index, last)):
            index += 1
            continue
        site = _told(stretch, index, last, mentions.get(index), text)
        if site is None:
            index += 1
            continue
        found.append(site)
        index = last
    return found


def _listed_end(tokens: Sequence[Token], first: int, text: Text, end: int) -> int | None:
    """Where the longest listed name ends that begins at a token, or None where none begins."""
    if not tokens[first].text[0].isupper() or tokens[first].ent in TIMED or tokens[first].pos not in (*NAMING, "NOUN"):
        return None
    longest = _longest_listed(tokens, first, text, end)
    if longest is None or longest - first < 2 or folded(tokens[longest - 1].text) not in text.dull:
        return longest
    shorter = _longest_listed(tokens, first, text, longest - 1)
    if shorter is None or _worth(words_of(tokens[first:longest]), text) >= _worth(
        words_of(tokens[first:shorter]), text
    ):
        return longest
    return longest if _is_county(tokens, first, longest) else shorter  # "Dublin City Council" is Dublin's


def _longest_listed(tokens: Sequence[Token], first: int, text: Text, end: int) -> int | None:
    for last in range(min(end, first + LONGEST), first, -1):
        if not tokens[last - 1].text[0].isupper() or not _is_one_name(tokens[first:last]):
            continue
        name = words_of(tokens[first:last])
        if _is_of_rows(name, text.rows):
            return last
        if any(row.kind != "country" for row in text.atlas.find(name)) or _is_county(tokens, first, last):
            return last
    return None


def _is_of_rows(name: str, rows: Rows) -> bool:
    tables = (rows.countries, rows.adjectives, rows.areas, rows.peoples, rows.wider_peoples)
    return any(plain(name) in table for table in tables)


def _of_wider_people(stretch: Stretch, first: int, last: int, rows: Rows) -> Site | None:
    """A continent's, province's or city's adjective: "African"."""
    home = rows.wider_peoples.get(plain(words_of(stretch.tokens[first:last])))
    span = span_of(stretch, first, last)
    return Site(stretch, first, last, home, span, None, "adjective") if home and span else None


def _is_county(tokens: Sequence[Token], first: int, last: int) -> bool:
    return last - first > 1 and tokens[last - 1].text in ("County", "Township", "Parish")


def _is_one_name(tokens: Sequence[Token]) -> bool:
    return all(token.text[0].isupper() or token.text in (*PARTICLES, *POSSESSIVE, "-") for token in tokens)


def _told(stretch: Stretch, first: int, last: int, mention: Named | None, text: Text) -> Site | None:
    """A listed name as a mention of a place, if its surroundings let it be one; unsure where others must bear it."""
    tokens, rows = stretch.tokens, text.rows
    name = words_of(tokens[first:last])
    sided = is_sided(tokens, first)
    if mention is not None and not sided and _is_anothers(mention, last, rows):
        return None
    if _is_of_rows(name, rows):
        whose = mention is not None and mention.kind == "person"
        return None if whose else _of_wider_people(stretch, first, last, rows) or site_at(stretch, first, last, rows)
    counted = _is_county(tokens, first, last)
    worth = _worth(name, text)
    if folded(name) in text.dull or not (worth or counted):
        return None
    of_body = _is_of_body(tokens, first, last, rows)
    told = of_body or sided or counted
    known = folded(name) in text.known
    if not told and text.people.hold(name):
        return None
    seen = tokens[first].ent in BODIES and worth >= WORTH_ASKING
    if not (told or known or seen or stands_as_place(tokens, first, last, rows) or _heads(stretch, first, last)):
        return None
    sure = counted or sided or (known and worth >= WORTH_ASKING) or (of_body and worth >= KNOWN_FOR_ITSELF)
    site = _site(stretch, first, last, rows)
    return replace(site, sure=sure) if site is not None else None


def _is_anothers(mention: Named, last: int, rows: Rows) -> bool:
    """Whether a name is part of an outlet's name, or of a longer one of a person."""
    if mention.kind in ("outlet", "channel"):
        return True
    rest = mention.stretch.tokens[last : mention.last]
    longer = mention.last - mention.first > last - mention.first or mention.role is not None
    return mention.kind == "person" and longer and not (rest and all(one.text.lower() in rows.civic for one in rest))


def _is_of_body(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> bool:
    """Whether the words beside say that a name is a body's for its place: "X police", "the University of X"."""
    if last < len(tokens) and tokens[last].text.lower() in rows.civic:
        return True
    return first > 1 and tokens[first - 1].text in ("of", "at", "in") and tokens[first - 2].text.lower() in rows.civic


def _worth(name: str, text: Text) -> int:
    """How many people live in the most peopled place of that very name; regions with a code count as great."""
    listed = [row for row in text.atlas.find(name) if row.main and row.kind != "country"]
    if any(row.kind == "region" and row.region for row in listed):
        return KNOWN_FOR_ITSELF
    return max((row.population + 1 for row in listed), default=0)


def _heads(stretch: Stretch, first: int, last: int) -> bool:
    """Whether a name in capitals leads its sentence as a place of writing does: "HUDSON --", "BEIRUT:"."""
    tokens = stretch.tokens
    if first != 0 or not words_of(tokens[first:last]).isupper() or last >= len(tokens):
        return False
    return tokens[last].text in ("-", "--", "—", "–", ":", ",", "(")


def _site(stretch: Stretch, first: int, last: int, rows: Rows) -> Site | None:
    tokens = stretch.tokens
    level, core_first, core_last, end = level_of(tokens, first, last, rows)
    if level in ("site", "area") or (end > last and tokens[end - 1].text.lower() not in OF_COUNTIES):
        level, core_first, core_last, end = None, first, last, last
    span = span_of(stretch, core_first, end)
    if span is None:
        return None
    name = words_of(tokens[core_first:core_last])
    return Site(stretch, core_first, end, name, span, level, "name", rows.countries.get(plain(name)))


def _short_states(stretch: Stretch, taken: set[int]) -> list[Site]:
    """The press's short forms of American states: "Trenton, N.J.", "the S.C. Trial Lawyers"."""
    found = []
    for match in SHORT_STATE.finditer(stretch.text):
        key = match[0].lower().strip(".").replace(". ", ".")
        behind = stretch.text[: match.start()].rstrip()
        if key not in US_STATES or (key in ALSO_A_WORD and not behind.endswith((",", "-", "("))):
            continue
        first, last = stretch.token_at(match.start()), stretch.token_from(match.end())
        span = stretch.span(*match.span())
        if first is None or last <= first or span is None or any(at in taken for at in range(first, last)):
            continue
        taken.update(range(first, last))
        found.append(Site(stretch, first, last, match[0], span, "region", "name", sure=True))
    return found
