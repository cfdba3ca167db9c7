"""Which place a name means: countries first, all other names in the light of each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from sayso.grounding.place_rows import US_STATES, Rows, plain
from sayso.grounding.sites import GREAT, Site, words_of
from sayso.grounding.together import NOTHING, TOO_SMALL, Asked, Evidence, Settled, settle, settle_all
from sayso.knowledge import Row
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded
from sayso.record import Place


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole text says of where it plays."""

    countries: Mapping[str, float]  # how often each is named, by name or adjective
    leaning: Mapping[str, float]  # the same, with names that can lie in no other country
    evidence: Evidence = NOTHING  # what all its names together came to
    means: Mapping[str, Listed] = field(default_factory=dict)  # what each bare name, folded, came out as
    mentions: Counter[str] = field(default_factory=Counter)  # how often each name, folded, stands in the text


def settled_together(
    sites: Sequence[Site],
    written: Asked | None,
    atlas: Gazetteer,
    rows: Rows,
    *,
    home: Mapping[str, float] = MappingProxyType({}),
    guess: bool = False,
) -> tuple[list[Settled], Context]:
    """What each mention means: names of countries first, all others in the light of each other.

    `home` says for which countries the words of the text speak, and how much.
    """
    context = _context(sites, home, atlas, rows)
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
        for region in _regions_told(site, inside, atlas):
            regions[region] = regions.get(region, 0.0) + 1.0
        answer = _fixed(site, inside, context, atlas, rows)
        if answer is not None:
            fixed[key] = answer
            continue
        listed = tuple(_readings(site, level, atlas, rows))
        if level == "region" and _is_land_around_town(site, listed, inside, context, atlas, rows):
            listed = ()
        asked[key] = Asked(site.name, listed, *wider_of(inside, atlas, rows), _district_of(inside, atlas, rows))
        for region in _sole_region(listed):
            regions[region] = regions.get(region, 0.0) + 1.0
    if written is not None:  # where a report was written speaks twice, be it named inside or not
        named = any(folded(one.name) == folded(written.name) for one in asked.values())
        asked.update({"dateline": written} if named else {"dateline": written, "dateline again": written})
    settled, evidence = settle_all(asked, context.countries, regions, atlas, guess=guess)
    settled.update(fixed)
    wholes = _regions_behind(sites, keys, settled, atlas)
    means = {
        folded(site.name): row
        for site, key in zip(sites, keys, strict=True)
        if site.kind == "name" and site.level is None and (row := settled[key].row) is not None
    }
    answers = [wholes.get(number, settled[key]) for number, key in enumerate(keys)]
    return answers, replace(context, evidence=evidence, means=means)


def _regions_behind(
    sites: Sequence[Site], keys: Sequence[Hashable], settled: Mapping[Hashable, Settled], atlas: Gazetteer
) -> dict[int, Settled]:
    """The regions that names behind a town and a comma mean, though a town is called so too: "Tame, Arauca"."""
    wholes: dict[int, Settled] = {}
    for number, (site, behind) in enumerate(pairwise(sites)):
        row = settled[keys[number + 1]].row
        if row is None or row.kind != "town" or not _is_behind_comma(site, behind):
            continue
        of_name = [one for one in atlas.find(behind.name) if one.kind == "region" and one.region == row.region]
        inner = settled[keys[number]].row
        if of_name and (inner is None or (inner.kind == "town" and inner.region == row.region and inner.id != row.id)):
            wholes[number + 1] = replace(settled[keys[number + 1]], row=of_name[0])
    return wholes


def _is_behind_comma(site: Site, behind: Site) -> bool:
    """Whether a bare name stands behind another and a comma, as what the other lies in."""
    if site.stretch is not behind.stretch or behind.first != site.last + 1 or behind.level is not None:
        return False
    told = site.inside is not None and folded(site.inside) == folded(behind.name)
    return told and site.kind == behind.kind == "name" and site.stretch.tokens[site.last].text == ","


def _district_of(inside: str | None, atlas: Gazetteer, rows: Rows) -> tuple[Listed, ...]:
    """The rows of the district that a name is said to lie in; a town's, where it is called after one."""
    if inside is None or rows.after.get(inside.rpartition(" ")[2]) != "district":
        return ()
    return tuple(row for row in atlas.find(bare_of(inside)) if row.kind in ("district", "town"))[:MOST_DISTRICTS]


def _is_land_around_town(
    site: Site, listed: Sequence[Listed], inside: str | None, context: Context, atlas: Gazetteer, rows: Rows
) -> bool:
    """Whether a "territory" or "region" is that of a town of the text's countries, not a far land of that name.

    "Beni territory" in DR Congo is no department of Bolivia.
    """
    told, around = wider_of(inside, atlas, rows)
    own = 1.0 if len({row.country for row in listed}) == 1 else 0.0  # what this very name says of its country
    spoken = {code for code, count in context.leaning.items() if count - own * context.mentions[folded(site.name)] > 0}
    spoken |= told | around
    if not listed or any({row.country, row.region} & spoken for row in listed):
        return False
    towns = (row for row in atlas.find(site.name) if row.kind == "town" and row.population >= TOO_SMALL)
    return any(row.country in spoken for row in towns)


def _beside(sites: Sequence[Site]) -> dict[str, str]:
    """What a name is once said to lie in, it lies in throughout, unless the text says two things of it."""
    said: dict[str, list[str]] = defaultdict(list)
    for site in sites:
        if site.inside and site.inside not in said[folded(site.name)]:
            said[folded(site.name)].append(site.inside)
    return {name: insides[0] for name, insides in said.items() if len(insides) == 1}


def _regions_told(site: Site, inside: str | None, atlas: Gazetteer) -> frozenset[str]:
    """The one region that a mention or the words beside it name: "Ohio" in "Dover, Ohio", "Ga."."""
    state = _state(site.name)
    codes = frozenset((state,)) if state else codes_of(inside, atlas) if inside else frozenset()
    return codes if len(codes) == 1 and all("-" in code for code in codes) else frozenset()


def _state(name: str) -> str | None:
    """The American state that the press shortens so."""
    return US_STATES.get(name.lower().strip(".").replace(". ", ".")) if name.endswith(".") else None


def _sole_region(listed: Sequence[Listed]) -> set[str]:
    """The region that a name means where no town worth the name is called so."""
    codes = {row.region for row in listed if row.kind == "region" and row.region is not None}
    towns = [row for row in listed if row.kind == "town" and row.main and row.population >= TOO_SMALL]
    return codes if len(codes) == 1 and not towns else set()


def wider_of(inside: str | None, atlas: Gazetteer, rows: Rows) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of what a name is said to lie in, and of the countries of these."""
    codes = codes_of(rows.countries.get(plain(inside)) or inside, atlas) if inside else frozenset[str]()
    regions = [atlas.region(code) for code in sorted(codes) if "-" in code]
    return codes, frozenset(region.country for region in regions if region is not None)


def is_borne_out(site: Site, settled: Settled) -> bool:
    """Whether a word that may be no place is one: its reading lies near the text's other places."""
    row = settled.row
    if row is None:
        return False
    if not site.placed:
        return settled.clear and settled.near >= 1.0 and row.main > 0 and row.population >= GREAT
    clear = row.population >= GREAT or (settled.clear and row.population >= TOO_SMALL)
    return settled.near >= 0.5 or (settled.home >= 0.5 and clear)


def best_beside(name: str, inside: str | None, places: Sequence[Place], atlas: Gazetteer, rows: Rows) -> Listed | None:
    """The row that a dateline's name means beside the places of the report."""
    same = next((p for p in places if p.level == "town" and p.lat is not None and folded(p.name) == folded(name)), None)
    listed = candidates(name, None, atlas)
    if same is not None and not inside:
        return next((row for row in listed if row.geonames == same.geonames), None)
    votes = Counter(place.country for place in places if place.country and place.level == "country")
    asked: dict[Hashable, Asked] = {"": Asked(name, tuple(listed), *wider_of(inside, atlas, rows))}
    for place in places:
        if place.lat is not None and place.level in ("town", "region", "district"):
            row = Listed(0, place.level, place.name, place.country or "", place.region, place.lat, place.lon, 0, None,
                         place.geonames, 1)  # fmt: skip
            asked.setdefault(identity(place), Asked(place.name, (row,)))
    settled, _ = settle_all(asked, {str(code): float(count) for code, count in votes.items()}, {}, atlas)
    return settled[""].row


MOST_DISTRICTS = 5
SHORTEST = 4
"""Letters: a shorter name is too often one without an article by chance."""
SPEAK_EVERYWHERE = frozenset({"CHN", "FRA", "RUS", "USA"})
EVERYWHERE = 0.05
"""Great powers speak in reports from anywhere: named, they place little."""
AT_HOME = 0.7
"""What each word of a country's public life counts for it, where a mention of its name counts two."""
INNER_FROM = 2.0
"""So much must speak for a country before another's name can be that of a place in it."""


def _context(sites: Sequence[Site], home: Mapping[str, float], atlas: Gazetteer, rows: Rows) -> Context:
    """Count the countries a text names, by name and adjective, and by names of places that lie in no other.

    A country whose name may here be that of a place in another (Georgia, in American news) is not counted.
    """
    leaning = _leaning(sites, home, atlas, rows)
    countries: defaultdict[str, float] = defaultdict(float)
    for code, count in home.items():
        countries[code] += AT_HOME * count
    beside = _beside(sites)
    for site in sites:
        country = _country_of(site, rows)
        inside = site.inside or beside.get(folded(site.name))
        if country is None or _inner(site, country, inside, leaning, atlas):
            continue
        weight = 2.0 if site.kind == "name" else 1.0
        countries[country] += weight * (EVERYWHERE if country in SPEAK_EVERYWHERE else 1.0)
    everything = {code: countries.get(code, 0.0) + leaning.get(code, 0.0) for code in (*countries, *leaning)}
    return Context(dict(countries), everything, mentions=Counter(folded(site.name) for site in sites))


def _leaning(sites: Sequence[Site], home: Mapping[str, float], atlas: Gazetteer, rows: Rows) -> dict[str, float]:
    """How much a text speaks for each country without naming it: by its words, and by names that lie in no other."""
    leaning: defaultdict[str, float] = defaultdict(float)
    for code, count in home.items():
        leaning[code] += count
    for site in sites:
        if site.kind != "name" or _country_of(site, rows) is not None:
            continue
        listed = [row for row in _readings(site, site.level, atlas, rows) if row.main or row.population >= TOO_SMALL]
        peopled = [row for row in listed if row.population >= 100_000]
        homes = {row.country for row in (peopled or listed)}
        if len(homes) == 1:
            leaning[homes.pop()] += 1
    return dict(leaning)


def _country_of(site: Site, rows: Rows) -> str | None:
    """The country that a mention names, as a name or an adjective, if it means no namesake."""
    return site.country or (rows.countries.get(plain(site.name)) if site.kind == "name" else None)


def _fixed(site: Site, inside: str | None, context: Context, atlas: Gazetteer, rows: Rows) -> Settled | None:
    """What a mention means that no other name can change: a country, an area, a part; None for the rest."""
    if site.kind == "vague" or site.level in ("area", "site") or area_of(site, rows):
        return Settled(None, supported=False)
    country = site.country or (rows.countries.get(plain(site.name)) if site.level in (None, "country") else None)
    if country is not None and not _inner(site, country, inside, context.leaning, atlas):
        return Settled(atlas.country(country), supported=True)
    state = _state(site.name)
    return Settled(atlas.region(state), supported=True) if state is not None else None


def area_of(site: Site, rows: Rows) -> Row | None:
    """The row of the area that a mention names, with its word of kind ("the Arabian Peninsula") or without."""
    tokens = site.stretch.tokens
    for first in range(max(0, site.first - 3), site.first + 1):  # "Iraqi Kurdistan", "sub-Saharan Africa"
        row = rows.areas.get(plain(words_of(tokens[first : site.last])))
        if row is not None:
            return row
    return rows.areas.get(plain(site.name)) if site.kind != "vague" else None


def _inner(
    site: Site, country: str, inside: str | None, leaning: Mapping[str, float], atlas: Gazetteer
) -> list[Listed]:
    """What a country's name can mean inside other countries for which the text speaks: Georgia, Lebanon in Ohio."""
    if site.kind != "name" or site.level is not None or site.label == "NORP":
        return []
    if inside:
        wider = codes_of(inside, atlas) - {country}
        return [row for row in _namesakes(site.name, country, atlas) if {row.country, row.region} & wider]
    return inner_of(site.name, country, leaning, atlas)


def inner_of(name: str, country: str, leaning: Mapping[str, float], atlas: Gazetteer) -> list[Listed]:
    """The namesakes of a country in those others for which a text speaks."""
    homes = {code for code, count in leaning.items() if code != country and count >= INNER_FROM}
    return [row for row in _namesakes(name, country, atlas) if row.country in homes] if homes else []


def _namesakes(name: str, country: str, atlas: Gazetteer) -> list[Listed]:
    """The towns and regions of a country's name in all others; a short form is nobody else's."""
    if len(name) < 4 or "." in name:
        return []
    return [row for row in atlas.find(name) if row.main and row.kind in ("town", "region") and row.country != country]


def _readings(site: Site, level: str | None, atlas: Gazetteer, rows: Rows) -> list[Listed]:
    """The rows that a mention can mean: those of its full name, with its word of kind, before those of the bare one."""
    country = _country_of(site, rows)
    if country is not None and level is None:  # the country, or its namesake in another
        listed_country = atlas.country(country)
        return [*([listed_country] if listed_country else []), *candidates(site.name, level, atlas)]
    if level not in ("region", "district"):
        return candidates(site.name, level, atlas)
    tokens = site.stretch.tokens[site.first : site.last]
    full = [row for row in atlas.find(words_of(tokens)) if row.kind in ("region", "district")]
    if tokens[-1].text.lower() == "county":  # America's regions are states
        listed = full or [row for row in atlas.find(site.name) if row.kind in ("region", "district")]
        return [row for row in listed if row.kind == "district" or row.country != "USA"]
    listed = candidates(site.name, level, atlas)
    return listed if any(row.kind == "region" for row in listed) else full or listed


def candidates(name: str, level: str | None, atlas: Gazetteer) -> list[Listed]:
    """The rows of the gazetteer that a name of such a level can mean; a country is never among them.

    A district is meant by its bare name only where a word of kind stands by: "Laurel" is none, "Laurel County" is.
    """
    listed = atlas.find(name) or (atlas.find_by_article(name) if len(name) > SHORTEST else ())
    match level:
        case "region":  # a district only where no region has the name
            regions = [row for row in listed if row.kind == "region"]
            lands = [row for row in regions if not _is_city_of_its_own(row, listed)]
            return lands or [row for row in listed if row.kind == "district"]
        case "town":
            return [row for row in listed if row.kind == "town"]
        case "district":
            return [row for row in listed if row.kind != "country" and row.population < 1_500_000]
        case _:
            return [row for row in listed if row.kind in ("region", "town") or (row.kind == "district" and row.main)]


def _is_city_of_its_own(region: Listed, listed: Sequence[Listed]) -> bool:
    """Whether a region is only the city of its name, where a wider one of its country is called so too.

    "The Kyiv region", "Moscow Oblast" and "the province of Buenos Aires" are the lands around these cities.
    """
    city = any(row.kind == "town" and row.region == region.region for row in listed)
    reach = 2 * (region.radius or 0.0)
    return city and any(
        row.kind == "region" and row.country == region.country and (row.radius or 0.0) > reach for row in listed
    )


def whole_of(name: str, context: Context, inside: str | None, atlas: Gazetteer, rows: Rows) -> Listed | None:
    """The row of the name inside a part's: what it means alone in the text, else a country, else the likeliest."""
    if folded(name) in context.means:
        return context.means[folded(name)]
    country = rows.countries.get(plain(name))
    if country is not None and not inner_of(name, country, context.leaning, atlas):
        return atlas.country(country)
    row = best_alone(name, None, context, inside, atlas, rows)
    return row if row is not None or country is None else atlas.country(country)


def best_alone(
    name: str, level: str | None, context: Context, inside: str | None, atlas: Gazetteer, rows: Rows
) -> Listed | None:
    """The likeliest row for a name that took no part in the vote."""
    asked = Asked(name, tuple(candidates(name, level, atlas)), *wider_of(inside, atlas, rows))
    return settle(asked, context.evidence, atlas).row


def bare_of(inside: str) -> str:
    """The name of a wider place without its word of kind: "Tver" of "Tver region"."""
    first, _, last = inside.rpartition(" ")
    return first if first and last.islower() else inside


@cache
def codes_of(name: str, atlas: Gazetteer) -> frozenset[str]:
    """The country and region codes that a name of a wider place can mean."""
    if re.fullmatch(r"[A-Z]{3}", name) and atlas.country(name) is not None:
        return frozenset((name,))
    state = US_STATES.get(name.lower().strip("."))
    if state:
        return frozenset((state,))
    codes = set()
    bare = bare_of(name)
    for row in atlas.find(name) or candidates(bare, "region", atlas):
        if row.kind in ("region", "district") and row.region is not None:
            codes.add(row.region)
        elif row.kind == "country":
            codes.add(row.country)
    return frozenset(codes)


def identity(place: Place) -> tuple[str, object]:
    """What makes two mentions one place: the row they mean, else the level and the name."""
    if place.lat is not None and place.level == "country":
        return ("country", place.country)
    if place.geonames is not None:
        return ("geonames", place.geonames)
    if place.level == "region" and place.region is not None and place.lat is not None:
        return ("region", place.region)
    if place.level == "district" and place.lat is not None:
        return ("district", (place.region, place.lat, place.lon))
    return (place.level, folded(place.name))
