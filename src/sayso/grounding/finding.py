"""Which words of a page name places: the parser's, the gazetteer's, and those that stand where a place does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.levels import level_of
from sayso.grounding.lists import with_lists
from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.sites import Site, adjective_at, is_namesake, is_sided, site_of, span_of, words_of
from sayso.grounding.standing import is_being, is_patron
from sayso.grounding.stretches import Stretch
from sayso.grounding.unseen import (
    WORTH_FIGHTING,
    People,
    doubtful,
    is_place_after_all,
    leading,
    longer,
    overlaid,
    people_in,
    repeated,
)
from sayso.knowledge.gazetteer import Gazetteer
from sayso.models.parsing import Token

BODIES_BY_WORD = frozenset(
    {"commission", "committee", "council", "ministry", "authority", "agency", "secretariat", "tribunal"}
)
"""Words that name a body, whatever the parser took the whole for."""


def find_sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    """All mentions of places on a page, in the order of the text, before it is known which places they are."""
    return repeated(stretches, named, _sites(stretches, named, rows, atlas), rows, atlas)


def _sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    by_sentence: dict[int, list[Named]] = {}
    for mention in named:
        by_sentence.setdefault(mention.stretch.number, []).append(mention)
    people = people_in(named)
    sites = []
    for stretch in stretches:
        sites += _in_sentence(stretch, by_sentence.get(stretch.number, []), people, rows, atlas)
    return sites


def _in_sentence(stretch: Stretch, named: Sequence[Named], people: People, rows: Rows, atlas: Gazetteer) -> list[Site]:
    taken = [False] * len(stretch.tokens)
    found: list[Site] = []
    for mention in (part for whole in named for part in _parted(whole)):
        if any(taken[mention.first : mention.last]):
            continue
        site = _site(stretch, mention, people, rows, atlas)
        if site is not None:
            found.append(site)
            taken[site.first : site.last] = [True] * (site.last - site.first)
        taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    found += overlaid(stretch, taken, people, rows, atlas)
    found = with_lists(stretch, found, named, people, rows, atlas)
    found += _vague(stretch, found, rows)
    found.sort(key=lambda site: (site.span, site.kind))
    return found


def _parted(mention: Named) -> list[Named]:
    """The names in one mention of the parser's: "Hamar, Gjøvik" are two, and in "D-Hamar" a party's letter stands."""
    tokens = mention.stretch.tokens
    verb = next(
        (at for at in range(mention.first + 1, mention.last - 1) if tokens[at].tag in ("VBD", "VBZ", "VBP")), None
    )
    if verb is not None and tokens[verb].text.islower() and mention.kind in ("person", "organisation", "place"):
        return _behind_verb(mention, verb + 1)
    commas = [at for at in range(mention.first + 1, mention.last - 1) if tokens[at].text == ","]
    begin = mention.first + 2 * is_sided(tokens, mention.first + 2)
    if mention.kind != "place" or not (commas or begin > mention.first) or begin >= mention.last:
        return [mention]
    parts = []
    for first, last in zip((begin, *(at + 1 for at in commas)), (*commas, mention.last), strict=True):
        span = span_of(mention.stretch, first, last) if last > first else None
        if span is not None:
            parts.append(replace(mention, first=first, last=last, name=words_of(tokens[first:last]), span=span))
    return parts


def _behind_verb(mention: Named, first: int) -> list[Named]:
    """The name behind a verb that the parser took into one: "Hamar" in "Rebels entered Hamar on"."""
    tokens, last = mention.stretch.tokens, mention.last
    while last > first and not tokens[last - 1].text[0].isupper():
        last -= 1
    span = span_of(mention.stretch, first, last) if last > first and tokens[first].text[0].isupper() else None
    name = words_of(tokens[first:last])
    return [replace(mention, first=first, last=last, name=name, span=span)] if span is not None else []


def _site(stretch: Stretch, mention: Named, people: People, rows: Rows, atlas: Gazetteer) -> Site | None:
    """What the mention of a name is as a place, or None where it is none."""
    if mention.kind not in ("place", "nationality", "person", "organisation"):
        return None
    if mention.last - mention.first > 1 and stretch.tokens[mention.last - 1].text.lower() in BODIES_BY_WORD:
        return None  # "the River Commission"
    if _is_rather_town(mention, atlas):
        mention = replace(mention, kind="place", label="GPE")  # the parser's own word, against a guess from elsewhere
    whole = longer(stretch, mention, rows, atlas)
    if plain(whole.name) in rows.countries:
        return site_of(stretch, replace(whole, kind="place"), rows) if _is_name(whole, people, rows, atlas) else None
    if is_namesake(stretch.tokens, whole.last, rows):
        return None
    if mention.kind == "nationality" or plain(whole.name) in rows.adjectives or plain(whole.name) in rows.peoples:
        site = adjective_at(stretch, whole.first, whole.last, rows) if mention.role is None else None
        if site is not None or mention.kind == "place":
            return site
    if mention.kind == "place":
        whole = replace(whole, country=whole.country or _country_of(whole.name, atlas))
        return site_of(stretch, whole, rows) if _is_name(whole, people, rows, atlas) else None
    if mention.kind != "place" and is_place_after_all(stretch, mention, people, rows, atlas):
        return site_of(stretch, replace(whole, kind="place"), rows)
    if mention.row:
        return None
    return doubtful(stretch, whole, people, rows, atlas) or leading(stretch, whole, rows, atlas)


def _country_of(name: str, atlas: Gazetteer) -> str | None:
    """The country that a name of several words means in full: "Republic of El Salvador"."""
    listed = atlas.find(name) if " " in name else ()
    return listed[0].country if listed and listed[0].kind == "country" else None


def _is_rather_town(mention: Named, atlas: Gazetteer) -> bool:
    """Whether the parser hears a place here, where elsewhere it heard a person, and towns are called so."""
    if mention.kind != "person" or mention.role is not None:
        return False
    heard = mention.stretch.tokens[mention.first].ent == "GPE"
    return heard and any(row.main and row.population >= WORTH_FIGHTING for row in atlas.find(mention.name))


def _is_name(mention: Named, people: People, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether what the parser took for a place can be one: no title, disease, person, lower case or short form."""
    tokens = mention.stretch.tokens
    if mention.country is None and mention.last - mention.first == 1 and people.hold(mention.name):
        return mention.first > 0 and tokens[mention.first - 1].text.lower() in ("in", "at", "near", "outside", "around")
    words = [token.text for token in tokens[mention.first : mention.last]]
    if mention.country is not None and not is_namesake(tokens, mention.last, rows):
        return True
    if is_being(tokens, mention.first, mention.last, rows) or is_patron(tokens, mention.first, mention.last):
        return False
    if _has_article_of_bodies(mention, rows, atlas):
        return False
    if all(word.lower().strip(".") in rows.roles or word.lower() in rows.roles for word in words):
        return False
    if len(words) == 1 and _is_bare_adjective(tokens, mention.first):
        return False
    if not any(char.isupper() for word in words for char in word) and plain(mention.name) not in rows.areas:
        return False
    if plain(mention.name) in rows.wider_peoples or plain(mention.name) in rows.never:
        return False
    if (
        len(words) > 1
        and words[-1].lower() in rows.civic
        and level_of(tokens, mention.first, mention.last, rows)[0] is None
    ):
        return bool(atlas.find(mention.name))  # "New Orleans Police" is no town, "Kansas City" is one
    return not is_namesake(tokens, mention.last, rows) and not _is_unknown_short_form(mention, atlas)


def _has_article_of_bodies(mention: Named, rows: Rows, atlas: Gazetteer) -> bool:
    """Whether an article stands before a name that nothing lists, where no place stands: "the camp of the Minusma"."""
    tokens, first = mention.stretch.tokens, mention.first
    if mention.label != "GPE" or first == 0 or tokens[first - 1].text.lower() != "the" or atlas.find(mention.name):
        return False
    if plain(mention.name) in rows.areas or tokens[mention.last - 1].dep == "compound":
        return False
    if level_of(tokens, first, mention.last, rows)[0] is not None:
        return False
    return first == 1 or tokens[first - 2].text.lower() not in rows.locative


def _is_bare_adjective(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word only praises what stands behind it: "Nice people", but not "the Nice attack"."""
    return tokens[at].pos == "ADJ" and tokens[at].dep == "amod" and (at == 0 or tokens[at - 1].pos != "DET")


def _is_unknown_short_form(mention: Named, atlas: Gazetteer) -> bool:
    """Whether a name is a short form in capitals that nothing lists, in a text that is not all in capitals."""
    name = mention.name
    alone = len(name) <= 6 and name.isupper() and " " not in name
    return alone and not mention.stretch.text.isupper() and "." not in name and not atlas.find(name)


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
        sites.append(Site(stretch, first, last, match["place"], span, "area", "vague", inside=_governed(found)))
    return sites


def _governed(found: Sequence[Site]) -> str | None:
    """The one region that a sentence names: where it speaks of a border or a front, it is that region's."""
    regions = {site.name for site in found if site.level == "region" and site.kind == "name"}
    return regions.pop() if len(regions) == 1 else None
