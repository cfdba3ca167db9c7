"""Places: which stretch of land a name means here, what the name is used for, and what stays unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.grounding.areas import with_areas
from sayso.grounding.finding import find_sites
from sayso.grounding.home import homes_told
from sayso.grounding.levels import POSSESSIVE
from sayso.grounding.meanings import (
    Context,
    area_of,
    best_alone,
    best_beside,
    candidates,
    codes_of,
    identity,
    is_borne_out,
    settled_together,
    whole_of,
    wider_of,
)
from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain, rows_about_places
from sayso.grounding.sites import GREAT, Site
from sayso.grounding.stretches import Stretch
from sayso.grounding.together import DISTRICT_RADIUS, TOO_SMALL, Asked, Settled
from sayso.grounding.toponyms import names_left_out
from sayso.grounding.uses import use_of
from sayso.knowledge import Knowledge, Row
from sayso.knowledge.gazetteer import Gazetteer, Listed, folded, gazetteer
from sayso.record import Dateline, Entity, Place, Span

AROUND_TOWNS = ("district", "raion", "subdistrict", "municipality", "township")
"""Words of districts that may be the land around a town; the others are parts of one."""
GUESSED_RADIUS = 150.0
"""Kilometres: how far a place without coordinates may lie from the one told of beside it, in a guess."""
STREETS = ("street", "avenue", "boulevard", "square", "lane", "alley")
"""Sites that are called after a town without lying there, unless the words beside say so."""
AROUND_A_TOWN = 75.0
"""Kilometres: how far from its town a territory may reach that is called after the town and listed nowhere."""
SMALL_LAND = 100.0
"""Kilometres: a site is put in the middle of a district or region that reaches no farther."""
SITE_RADIUS = 20.0
"""Kilometres: how far from its town's middle a named airport, dam or base may well lie."""


def find_places(
    stretches: Sequence[Stretch],
    named: Sequence[Named],
    entities: Sequence[Entity],
    knowledge: Knowledge,
    written: tuple[Dateline | None, str] = (None, ""),
    *,
    guess: bool = False,
) -> tuple[Place, ...]:
    """All places that a page names, resolved as far as the text and the gazetteer settle them, numbered from p1.

    `written` is the page's dateline and its text: where a report was written speaks for places near.
    """
    rows = rows_about_places(knowledge)
    sites = with_areas(stretches, find_sites(stretches, named, rows, gazetteer()), rows)
    beside = names_left_out(stretches, named, sites, knowledge)
    return places_of([*sites, *beside], stretches, entities, knowledge, written, guess=guess)


def places_of(
    sites: Sequence[Site],
    stretches: Sequence[Stretch],
    entities: Sequence[Entity],
    knowledge: Knowledge,
    written: tuple[Dateline | None, str] = (None, ""),
    *,
    guess: bool = False,
) -> tuple[Place, ...]:
    """The places that mentions mean, each in the light of the others; those that none bears out are left out.

    A name that is not shown only speaks for what the others mean.
    With `guess`, a name that the text leaves open comes out as its likeliest place, not as unresolved.
    """
    rows = rows_about_places(knowledge)
    atlas = gazetteer()
    sites = [_with_apposed(site, sites[number + 1 : number + 3], rows) for number, site in enumerate(sites)]
    home = homes_told(stretches, knowledge)
    dateline = _asked_by_dateline(*written, atlas, rows)
    settled, context = settled_together(sites, dateline, atlas, rows, home=home, guess=guess)
    offices = [entity.role_span for entity in entities if entity.role_span is not None]
    places: list[Place] = []
    insides: dict[str, str] = {}
    for site, answer in zip(sites, settled, strict=True):
        if not site.shown or (not site.sure and not is_borne_out(site, answer)):
            continue
        use = use_of(site, offices, rows, atlas, means=answer.row)
        places.append(_place(f"p{len(places) + 1}", site, answer, use, context, rows))
        if site.inside:
            insides[places[-1].id] = folded(site.inside)
    return _tied(_beside(places) if guess else places, insides)


def _with_apposed(site: Site, behind: Sequence[Site], rows: Rows) -> Site:
    """A mention inside the next one, where an apposition says so: "Dolna, a village in the Tver region"."""
    following = next(iter(behind), None)
    if site.inside or site.kind != "name" or following is None or following.stretch is not site.stretch:
        return site
    between = [token.text.lower() for token in site.stretch.tokens[site.last : following.first]]
    if len(between) < 4 or between[0] != "," or between[1] not in ("a", "an", "the"):
        return site
    if "in" not in between[3:] and between[-2:] != ["capital", "of"]:
        return site
    told = any(word in rows.before for word in between[2:]) and not {",", ";"} & set(between[1:])
    owned = behind[-1] if behind[-1].stretch is site.stretch and behind[-1].first == following.last + 1 else following
    owner = site.stretch.tokens[following.last].text if following.last < len(site.stretch.tokens) else ""
    return replace(site, inside=(owned if owner in POSSESSIVE else following).name) if told else site


def _beside(places: Sequence[Place]) -> list[Place]:
    """The places, those that nothing tells where they are put beside the nearest in the text of which it is told."""
    told = [place for place in places if place.lat is not None and place.level in ("town", "district", "site")]
    return [place if place.lat is not None or not told else _put_beside(place, told) for place in places]


def _put_beside(place: Place, told: Sequence[Place]) -> Place:
    near = min(told, key=lambda other: (abs(other.span.start - place.span.start), other.span))
    return replace(place, lat=near.lat, lon=near.lon, radius_km=GUESSED_RADIUS)


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
    inside = (rows.countries.get(plain(after)) or after) if after else None
    best = best_beside(name, inside, places, atlas, rows)
    place = Place(f"p{len(places) + 1}", span, name, use="dateline")
    if best is None:
        return place
    filled = _filled(place, best, rows)
    first = next((other.id for other in places if identity(other) == identity(filled)), None)
    return replace(filled, same_as=first)


def _words_of_dateline(dateline: Dateline, text: str) -> tuple[Span, str | None] | None:
    """Where a dateline's first name stands, and the wider place behind its comma."""
    words = re.match(
        r"\W*([^\d\W][^,(–—/|:\n]*?)(?=,| \(| ?[-–—/|]| and |\s*$|:)", text[dateline.span.start : dateline.span.end]
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
    return Asked(name, tuple(candidates(name, None, atlas)), *wider_of(named[1], atlas, rows))


# Filling in --------------------------------------------------------------------------------------


def _place(name: str, site: Site, settled: Settled, use: str, context: Context, rows: Rows) -> Place:
    atlas = gazetteer()
    surface = site.stretch.text[
        site.stretch.starts[site.first] : site.stretch.starts[site.first] + site.span.end - site.span.start
    ]
    place = Place(name, site.span, surface, level=site.level or "town", use=use)
    if settled.row is not None:
        return _filled(place, settled.row, rows)
    claims = rows.claims_by_name.get(plain(site.name), ())
    if site.kind == "vague":
        country, region = _home(site.inside, atlas, rows)
        return replace(place, level="area", country=country, region=region)
    area = area_of(site, rows)
    if area is not None:
        countries = area.get("countries", ())
        lat, lon = area.get("middle", (None, None))
        return replace(
            place, level="area", country=countries[0] if len(countries) == 1 else None, disputed=claims,
            lat=lat, lon=lon, radius_km=area.get("radius_km"),
        )  # fmt: skip
    if site.level in ("area", "site"):
        home = _home_of_part(site, context, atlas, rows)
        place = replace(place, country=home[0], region=home[1], disputed=claims)
        return _pinned_to(place, home[2]) if site.level == "site" else _within(place, home[2])
    country, region = _home(site.inside, atlas, rows)
    if country is None and site.level == "region" and not surface.lower().endswith("county"):
        # "the Kramatorsk region": the land around a town, not an ISO region.
        near = best_alone(site.name, "town", context, None, atlas, rows)
        lands = {row.country for row in candidates(site.name, "region", atlas)}
        if near is not None and near.population >= TOO_SMALL and near.country not in lands:
            return replace(
                place, country=near.country, region=near.region, lat=near.lat, lon=near.lon, radius_km=AROUND_A_TOWN
            )
    country = country or settled.country
    return replace(place, country=country, region=region, disputed=claims)


def _pinned_to(place: Place, town: Listed | None) -> Place:
    """A site named for a town stands at that town, give or take: airports lie outside theirs."""
    if town is not None and town.kind in ("district", "region") and (town.radius or 0.0) <= SMALL_LAND:
        return _within(place, town)
    if town is None or town.kind != "town":
        return place
    return replace(place, lat=town.lat, lon=town.lon, radius_km=max(SITE_RADIUS, 2 * (town.radius or 0.0)))


def _within(place: Place, whole: Listed | None) -> Place:
    """A part of a place lies anywhere in it: no text says where "the north" begins, so the whole's reach is kept."""
    if whole is None or whole.lat is None:
        return place
    reach = (whole.radius or 0.0) if whole.kind != "town" else max(SITE_RADIUS, 2 * (whole.radius or 0.0))
    return replace(place, lat=whole.lat, lon=whole.lon, radius_km=reach or None)


def _home_of_part(
    site: Site, context: Context, atlas: Gazetteer, rows: Rows
) -> tuple[str | None, str | None, Listed | None]:
    """Country and region of a part ("northern Norway") or a site ("Bergen airport"), and the row of the name inside."""
    words = site.name.split()
    shorter = [words[:end] for end in range(len(words) - 1, 0, -1) if _names_a_kind(words[end:], rows)]
    if site.level == "area":  # "northern Norway" lies in Norway, "the Glomma river" in nothing that its name says
        shorter = [words[1:]] if words[0].lower() in rows.parts else []
    for inner in (" ".join(part) for part in shorter if part):
        area = rows.areas.get(plain(inner))
        if area is not None and "middle" in area:
            return None, None, _listed_area(inner, area)
        best = _region_behind(inner, site, context, atlas, rows) or whole_of(inner, context, site.inside, atlas, rows)
        if best is not None and not _is_called_after(best, inner, site, context, atlas, rows):
            return best.country, best.region, best
    return _home_told(site, context, atlas, rows)


def _home_told(
    site: Site, context: Context, atlas: Gazetteer, rows: Rows
) -> tuple[str | None, str | None, Listed | None]:
    """Where the words beside a site say it is: a street is in the town that they name, a camp in the country."""
    country, region = _home(site.inside, atlas, rows)
    town = best_alone(site.inside, "town", context, None, atlas, rows) if site.inside and country is None else None
    return (town.country, town.region, town) if town is not None else (country, region, None)


def _is_called_after(best: Listed, inner: str, site: Site, context: Context, atlas: Gazetteer, rows: Rows) -> bool:
    """Whether a site only bears a place's name: a street, what is told to lie elsewhere, a far hamlet's."""
    if site.level != "site":
        return False
    if site.stretch.tokens[site.last - 1].text.lower() in STREETS:
        return True
    if site.inside and plain(site.inside) != plain(inner):
        codes, around = wider_of(site.inside, atlas, rows)
        told = {best.country, best.region} & (codes | around)
        if codes and not told:
            return True
        town = None if codes else best_alone(site.inside, "town", context, None, atlas, rows)
        return town is not None and (town.country, town.region) != (best.country, best.region)
    spoken = {code for code, count in context.leaning.items() if count >= 1.0}
    return best.kind != "country" and best.population < GREAT and bool(spoken) and best.country not in spoken


def _region_behind(inner: str, site: Site, context: Context, atlas: Gazetteer, rows: Rows) -> Listed | None:
    """The region whose part a name is, where a word of kind stands behind: "northern Tver region"."""
    tokens = site.stretch.tokens
    behind = tokens[site.last].text.lower() if site.last < len(tokens) else ""
    if rows.after.get(behind) != "region":
        return None
    return best_alone(inner, "region", context, site.inside, atlas, rows)


def _names_a_kind(words: Sequence[str], rows: Rows) -> bool:
    """Whether words say what kind of site a name is: "International Airport", "refugee camp"."""
    kinds = {part for word in rows.sites for part in word.split()}
    return all(word.lower() in kinds for word in words)


def _listed_area(name: str, area: Row) -> Listed:
    """An area's row as a row of the gazetteer, for what is a part of it."""
    lat, lon = area["middle"]
    return Listed(0, "area", name, "", None, lat, lon, 0, area["radius_km"], None, 1)


def _home(inside: str | None, atlas: Gazetteer, rows: Rows) -> tuple[str | None, str | None]:
    """Country and region that the words beside an unresolved name give it."""
    if not inside:
        return None, None
    country = rows.countries.get(plain(inside))
    if country is not None:
        return country, None
    regions = sorted(code for code in codes_of(inside, atlas) if "-" in code)
    if len(regions) == 1:
        listed = atlas.region(regions[0])
        return (listed.country, regions[0]) if listed else (None, None)
    return None, None


def _filled(place: Place, listed: Listed, rows: Rows) -> Place:
    claims = (
        rows.claims_by_name.get(plain(place.name))
        or rows.claims_by_name.get(plain(listed.name))
        or rows.claims_by_code.get(listed.region or "")
        or (rows.claims_by_code.get(listed.country, ()) if listed.kind != "region" or not listed.region else ())
    )
    level = listed.kind if listed.kind != "town" or place.level not in ("district",) else place.level
    return replace(
        place, geonames=listed.geonames, lat=listed.lat, lon=listed.lon, level=level, country=listed.country,
        region=listed.region, radius_km=_radius(place.name, level, listed), disputed=tuple(claims),
    )  # fmt: skip


def _radius(name: str, level: str, listed: Listed) -> float | None:
    """How far a place reaches; a district that is called after a town, farther than the town."""
    around_town = level == "district" and listed.kind == "town" and name.lower().endswith(AROUND_TOWNS)
    return max(DISTRICT_RADIUS / 2, 2 * (listed.radius or 0.0)) if around_town else listed.radius


def _tied(places: Sequence[Place], insides: Mapping[str, str]) -> tuple[Place, ...]:
    """Tie spellings of one place together, and each place to the wider ones that the text names."""
    firsts: dict[tuple[str, object], str] = {}
    by_name = {folded(place.name): place for place in reversed(places) if place.level in ("district", "region")}
    regions: dict[str, str] = {}
    countries: dict[str, str] = {}
    for place in places:
        firsts.setdefault(identity(place), place.id)
        if place.level == "region" and place.region and place.lat is not None:
            regions.setdefault(place.region, place.id)
        if place.level == "country" and place.country and place.use != "adjective":
            countries.setdefault(place.country, place.id)
    tied = []
    for place in places:
        first = firsts[identity(place)]
        wider = []
        if place.region and place.level != "region" and regions.get(place.region):
            wider.append(regions[place.region])
        wider += _told(place, insides, by_name, wider)
        if place.country and place.level != "country" and countries.get(place.country):
            wider.append(countries[place.country])
        tied.append(replace(place, same_as=first if first != place.id else None, inside=tuple(wider)))
    return tuple(tied)


def _told(place: Place, insides: Mapping[str, str], by_name: Mapping[str, Place], wider: Sequence[str]) -> list[str]:
    """The district or land that the words beside a place say it lies in, where the text names it."""
    land = by_name.get(insides.get(place.id, ""))
    return [land.id] if land is not None and land.id not in (place.id, *wider) and land.level != place.level else []
