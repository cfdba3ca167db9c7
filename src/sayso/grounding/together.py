"""The names of one report settled together: each name's readings are weighed by what lies near the others'.

Every name votes for the land around each of its readings, more for the likelier ones; a few rounds of voting
let the set that lies close together win. It is a count over cells of the map, so its time grows with the names
and not with their pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, exp, floor, hypot, log2, log10, radians

from sayso.knowledge.gazetteer import Gazetteer, Listed, folded

COUNTRY_BIAS = 3.0
"""A country's name is its own, unless much speaks for a namesake in another."""
TOO_SMALL = 20_000
"""A town this small is taken without context only where it is the only one of its name."""
FAMOUS = 500_000
SHADOW = 30
"""A namesake with a thirtieth of the people of a famous city stands in its shadow: chance nearness is not enough."""
UNCOUNTED = 300_000
"""How many people a region is taken to have where the gazetteer does not say."""
READINGS = 24
"""At most so many readings of a name are weighed, the most peopled first."""
ROUNDS = 3
CELLS = tuple(
    (up, across, 1.0 if max(abs(up), abs(across)) < 2 else 0.4) for up in range(-2, 3) for across in range(-2, 3)
)
"""Which cells of one degree count as near, and how much: up to some 200 km fully, some 300 km in part."""
WIDER = ("region", "district")
REGION_NAMED, COUNTRY_NAMED = 1.0, 1.0
SHADOWED = 1.5
TOLD_REGION, TOLD_COUNTRY, AROUND = 8.0, 7.0, 1.5
TIE, TIE_WITH_CONTEXT = 0.5, 0.2
"""How far ahead of a reading elsewhere the best one must lie."""
KM_A_DEGREE = 111.2
DISTRICT_RADIUS = 55.0
"""Kilometres: how far from the town that it is called after a district may reach."""
ELSEWHERE = 1.0
"""Readings this many degrees apart are different places; a town and its own region are not."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much speaks for a reading: points, one for each tenfold of people."""

    near: float  # a doubling of the names with a reading near
    near_at_most: float
    share: float  # all names of the text in its country
    region_bias: float  # a bare name is a town's before it is its region's
    own_name: float  # it is the first name of what it names
    other_name: float  # against a further name where others are called so first
    seat: float  # it is the capital of its country


CAREFUL = Weights(1.5, 4.5, 2.5, region_bias=1.5, own_name=0.7, other_name=1.5, seat=2.0)
"""For a record: what a name means to most readers is kept unless much speaks against it."""
LIKELY = Weights(2.5, 8.0, 4.0, region_bias=0.5, own_name=1.5, other_name=2.5, seat=1.2)
"""For a guess: fitted to texts whose places are known (bench.places), local news among them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One name to settle: its readings, and the codes of what the words beside it say it lies in."""

    name: str
    listed: tuple[Listed, ...]
    wider: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()  # the countries that these lie in
    beside: tuple[Listed, ...] = ()  # the rows of the district or town that it is said to lie in


@dataclass(frozen=True, slots=True)
class Settled:
    """What a name came out as: a row, or None with the one country that all likely readings share."""

    row: Listed | None
    supported: bool  # whether anything in the text beside the name speaks for it
    country: str | None = None
    near: float = 0.0  # how many other names have a reading near
    home: float = 0.0  # how many have one in its country
    clear: bool = False  # whether no other reading comes close


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says of where it plays: countries and regions by name, and the votes of its other names."""

    countries: Mapping[str, float]
    regions: Mapping[str, float]
    near: Mapping[tuple[int, int], float]
    in_region: Mapping[str, float]
    in_country: Mapping[str, float]
    regions_of: Mapping[str, float]  # how many names are those of regions of a country
    weights: Weights = CAREFUL


NOTHING = Evidence({}, {}, {}, {}, {}, {})
Weighed = list[tuple[float, Listed]]


def settle_all(
    asked: Mapping[Hashable, Asked],
    countries: Mapping[str, float],
    regions: Mapping[str, float],
    atlas: Gazetteer,
    *,
    guess: bool = False,
) -> tuple[dict[Hashable, Settled], Evidence]:
    """Settle names together; the evidence that they came to is handed back for names looked up later."""
    evidence = Evidence(countries, regions, {}, {}, {}, {}, LIKELY if guess else CAREFUL)
    held = {key: _weighed(one, evidence, [], atlas) for key, one in asked.items()}
    shares = {key: _shares(weighed) for key, weighed in held.items()}
    for _ in range(ROUNDS):
        evidence = _counted(shares.values(), evidence)
        held = {key: _weighed(one, evidence, shares[key], atlas) for key, one in asked.items()}
        shares = {key: _shares(weighed) for key, weighed in held.items()}
    evidence = _counted(shares.values(), evidence)
    settled = {key: _settled(one, held[key], evidence, shares[key], atlas) for key, one in asked.items()}
    return ({key: _guessed(one, held[key]) for key, one in settled.items()} if guess else settled), evidence


def _guessed(settled: Settled, weighed: Weighed) -> Settled:
    """The likeliest reading where none was taken: a guess, and never part of a record."""
    return replace(settled, row=weighed[0][1]) if settled.row is None and weighed else settled


def settle(one: Asked, evidence: Evidence, atlas: Gazetteer) -> Settled:
    """Settle one more name by the evidence of a text in which it did not vote."""
    return _settled(one, _weighed(one, evidence, [], atlas), evidence, [], atlas)


def _weighed(one: Asked, evidence: Evidence, own: Weighed, atlas: Gazetteer) -> Weighed:
    """The readings of a name with their scores, the best first."""
    listed = sorted(one.listed, key=lambda row: (row.kind == "town", -row.main, -row.population, -row.id))[:READINGS]
    top = _greatest(listed)
    known_by_it = any(row.main for row in listed)
    weighed = [
        (
            _worth(row, one.name, top, known_by_it=known_by_it, atlas=atlas, weights=evidence.weights)
            + _support(row, one, evidence, own),
            row,
        )
        for row in listed
    ]
    return sorted(weighed, key=lambda entry: (-entry[0], -entry[1].population, entry[1].id))


def _greatest(listed: Sequence[Listed]) -> Listed | None:
    """The most peopled reading; a city before the region that is named for it."""
    top = max(listed, key=lambda row: row.population, default=None)
    if top is None or top.kind == "town":
        return top
    city = max((row for row in listed if row.kind == "town"), key=lambda row: row.population, default=top)
    return city if city.population * 3 >= top.population else top


def _worth(
    row: Listed, name: str, top: Listed | None, *, known_by_it: bool, atlas: Gazetteer, weights: Weights
) -> float:
    """How likely a reading is before anything else is known: people, capitals, and names that are its own."""
    people = row.population or (UNCOUNTED if row.kind == "region" else 0)
    worth = log10(people + 1) + (weights.own_name if row.main else 0.0)
    if row.kind == "country":
        return worth + COUNTRY_BIAS
    if row.kind in WIDER:
        return worth - weights.region_bias
    if not row.main and known_by_it and not _alike(name, row.name):
        worth -= weights.other_name
    if is_seat(row, atlas):
        worth += weights.seat
    if top is not None and row.population * SHADOW <= top.population:
        if top.kind == "region":
            worth -= SHADOWED + weights.region_bias
        elif top.population >= FAMOUS:
            worth -= SHADOWED
    return worth


def _support(row: Listed, one: Asked, evidence: Evidence, own: Weighed) -> float:
    """What the words beside a name and the rest of the text add to a reading."""
    worth = 0.0
    if row.region is not None and row.region in one.wider:
        worth += TOLD_REGION
    elif row.country in one.wider:
        worth += TOLD_COUNTRY
    elif row.country in one.around:
        worth += AROUND
    if any(_is_within(row, land) for land in one.beside):
        worth += TOLD_REGION
    total = sum(evidence.countries.values()) + sum(evidence.in_country.values()) - (1.0 if own else 0.0)
    if total > 0:
        mine = sum(share for share, other in own if other.country == row.country)
        held = evidence.countries.get(row.country, 0.0) + evidence.in_country.get(row.country, 0.0) - mine
        worth += evidence.weights.share * max(0.0, held) / max(total, 1.0)
    worth += COUNTRY_NAMED * min(1.0, evidence.countries.get(row.country, 0.0))
    if row.kind != "region" and row.region is not None and row.region in evidence.regions:
        worth += REGION_NAMED
    return worth + min(
        evidence.weights.near_at_most, evidence.weights.near * log2(1.0 + _neighbours(row, evidence, own))
    )


def _is_within(row: Listed, land: Listed) -> bool:
    """Whether a reading lies in the district around a town."""
    if row.lat is None or row.lon is None or land.lat is None or land.lon is None:
        return False
    north = (row.lat - land.lat) * KM_A_DEGREE
    east = (row.lon - land.lon) * KM_A_DEGREE * cos(radians(land.lat))
    return hypot(north, east) <= DISTRICT_RADIUS


def _neighbours(row: Listed, evidence: Evidence, own: Weighed) -> float:
    """How many other names have a reading near, each counted by its likelihood; for a region, also those inside it."""
    inside = evidence.in_region.get(row.region, 0.0) if row.region else 0.0
    inside -= sum(share for share, other in own if row.region and other.region == row.region)
    if row.kind == "region":  # regions lie far apart, and are named in lists
        alike = evidence.regions_of.get(row.country, 0.0)
        alike -= sum(share for share, other in own if other.kind == "region" and other.country == row.country)
        inside = max(inside, 0.5 * alike)
    if row.lat is None or row.lon is None:
        return max(0.0, inside)
    up, across = _cell(row)
    count = evidence.near.get((up, across), 0.0)
    for share, other in own:
        if other.lat is not None:
            there = _cell(other)
            apart = max(abs(there[0] - up), abs(there[1] - across))
            if apart <= 2:
                count -= share * (1.0 if apart < 2 else 0.4)
    return max(0.0, count, inside)


def _shares(weighed: Weighed) -> Weighed:
    """Scores as likelihoods that sum to one; the hopeless readings are left out."""
    if not weighed:
        return []
    top = weighed[0][0]
    raw = [(exp(score - top), row) for score, row in weighed if score > top - 4.0]
    total = sum(share for share, _ in raw)
    return [(share / total, row) for share, row in raw]


def _counted(shares: Iterable[Weighed], before: Evidence) -> Evidence:
    """The votes of all names, beside what the text says in so many words."""
    near: dict[tuple[int, int], float] = defaultdict(float)
    in_region: dict[str, float] = defaultdict(float)
    in_country: dict[str, float] = defaultdict(float)
    regions_of: dict[str, float] = defaultdict(float)
    for weighed in shares:
        for share, row in weighed:
            in_country[row.country] += share
            if row.kind == "region":
                regions_of[row.country] += share
            if row.region is not None:
                in_region[row.region] += share
            if row.lat is not None and row.kind != "country":
                at_up, at_across = _cell(row)
                for up, across, weight in CELLS:
                    near[at_up + up, at_across + across] += share * weight
    return replace(before, near=near, in_region=in_region, in_country=in_country, regions_of=regions_of)


def _settled(one: Asked, weighed: Weighed, evidence: Evidence, own: Weighed, atlas: Gazetteer) -> Settled:
    """The best reading, unless it is too small to be taken on no evidence, or another far off is as good."""
    if not weighed:
        return Settled(None, supported=False)
    score, best = weighed[0]
    near = _neighbours(best, evidence, own)
    named = best.country in evidence.countries or best.region in evidence.regions
    told = best.country in one.wider or best.region in one.wider
    supported = told or named or near >= 0.5
    others_told = bool(evidence.countries) or sum(evidence.in_country.values()) > 2.0
    if (
        best.kind == "town"
        and best.population < TOO_SMALL
        and not supported
        and (len(weighed) > 1 or not best.main or others_told)
    ):
        return Settled(None, supported=False)
    rival = next((other for other in weighed[1:] if _is_elsewhere(other[1], best)), None)
    margin = TIE_WITH_CONTEXT if supported else TIE
    if rival is not None and score - rival[0] < margin:
        famous = [row for _, row in (weighed[0], rival) if row.population >= FAMOUS and is_seat(row, atlas)]
        if len(famous) == 1:
            return Settled(famous[0], supported=supported, near=near)
        homes = {row.country for points, row in weighed if points > score - 1.0}
        country = best.country if len(homes) == 1 and supported else None
        return Settled(None, supported=supported, country=country)
    spoken_for = told or near >= 0.5 or evidence.countries.get(best.country, 0.0) > 0
    home = evidence.countries.get(best.country, 0.0) + evidence.in_country.get(best.country, 0.0)
    home -= sum(share for share, other in own if other.country == best.country)
    here = sum(share for share, other in own if not _is_elsewhere(other, best))
    return Settled(best, supported=spoken_for, near=near, home=home, clear=here > 0.8)


def _is_elsewhere(one: Listed, two: Listed) -> bool:
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return one.country != two.country
    if one.region is not None and one.region == two.region and one.kind != two.kind:
        return False
    return abs(one.lat - two.lat) > ELSEWHERE or abs(one.lon - two.lon) > ELSEWHERE


def _cell(row: Listed) -> tuple[int, int]:
    return floor(row.lat or 0.0), floor(row.lon or 0.0)


@lru_cache(maxsize=65_536)
def _alike(one: str, two: str) -> bool:
    """Whether two spellings can be of one name: they begin alike, or one holds the other."""
    left, right = folded(one), folded(two)
    return left[:1] == right[:1] or left in right or right in left


@lru_cache(maxsize=65_536)
def is_seat(row: Listed, atlas: Gazetteer) -> bool:
    """Whether a town is the capital of its country."""
    facts = atlas.facts(row.country)
    return (
        row.kind == "town"
        and facts is not None
        and row.population >= 30_000
        and folded(row.name) in (folded(facts.capital), folded(facts.capital.removeprefix("New ")))
    )
