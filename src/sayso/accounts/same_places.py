"""Where two tellings can be one happening: points with their doubt, what lies in what, names that are spelled alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from sayso.record import Where
from sayso.values.place import distance_km
from sayso.values.spelling import levelled, same_word

NARROW = frozenset({"site", "town"})
NEAR_KM = 3.0
"""Two towns less far apart than this, beyond the doubt of both, may be one place."""
GENERIC = frozenset(
    {"region", "district", "province", "city", "town", "village", "market", "river", "dam", "street", "port"}
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """How two places stand to each other: one, holds (one lies in the other), near, apart, unknown."""

    how: str
    here: Where | None = None
    there: Where | None = None


ORDER = {"one": 0, "holds": 1, "near": 2, "unknown": 3, "apart": 4}


def meeting(one: tuple[Where, ...], two: tuple[Where, ...]) -> Meeting:
    """The closest that any two of their places come; `unknown` where one names none."""
    found = [Meeting(how(here, there), here, there) for here, there in product(one, two)]
    return min(found, key=lambda met: ORDER[met.how], default=Meeting("unknown"))


def how(one: Where, two: Where) -> str:
    """How two places stand to each other.

    Two towns of one name are one only where they are not known to lie apart.
    """
    if one.geonames is not None and one.geonames == two.geonames:
        return "one"
    narrow = one.level in NARROW and two.level in NARROW
    km = _km(one, two)
    if km is not None:
        return _by_distance(one, two, km, narrow=narrow)
    if lies_in(one, two) or lies_in(two, one):
        return "holds"
    if same_name(one.name, two.name):
        return "apart" if one.country and two.country and one.country != two.country else "one"
    if one.country and two.country and one.country != two.country:
        return "apart"
    return "apart" if narrow else "unknown"


def _by_distance(one: Where, two: Where, km: float, *, narrow: bool) -> str:
    if narrow:
        if km <= NEAR_KM and same_name(one.name, two.name):
            return "one"
        if lies_in(one, two) or lies_in(two, one):
            return "holds"
        if km <= NEAR_KM + min(one.radius_km or 0.0, two.radius_km or 0.0):
            return "near"
        in_doubt = "site" in (one.level, two.level) and km <= max(one.radius_km or 0.0, two.radius_km or 0.0)
        return "unknown" if in_doubt and not _of_other_towns(one, two) else "apart"
    if lies_in(one, two) or lies_in(two, one):
        return "holds"
    if one.country and two.country and one.country != two.country:
        return "apart"
    reach = (one.radius_km or 0.0) + (two.radius_km or 0.0)
    if (
        one.region
        and two.region
        and one.region != two.region
        and {one.level, two.level} <= {"site", "town", "region", "district"}
    ):
        return "apart"
    return "holds" if km <= reach else "apart"


def _of_other_towns(one: Where, two: Where) -> bool:
    """Whether a site is named after a town that the other place is not."""
    site, other = (one, two) if one.level == "site" else (two, one)
    return (
        bool(site.inside)
        and not name_words(site.name).isdisjoint(*map(name_words, site.inside))
        and other.level == "town"
    )


def _km(one: Where, two: Where) -> float | None:
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return distance_km(one.lat, one.lon, two.lat, two.lon)


def lies_in(small: Where, large: Where) -> bool:
    """Whether the text or the gazetteer has the one in the other."""
    if large.level == "country":
        return small.country is not None and small.country == large.country
    if any(same_name(name, large.name) for name in small.inside):
        return True
    if large.level == "region" and small.level != "region":
        return small.region is not None and small.region == large.region
    return small.level == "site" and large.level == "town" and name_words(large.name) < name_words(small.name)


def same_name(one: str, two: str) -> bool:
    """Whether two names are one but for spelling and words such as "region".

    >>> same_name("Paysandú region", "Paysandu"), same_name("Marn", "Marnitz")
    (True, False)
    """
    mine, theirs = sorted(name_words(one)), sorted(name_words(two))
    return len(mine) == len(theirs) and all(a == b or same_word(a, b) for a, b in zip(mine, theirs, strict=True))


def name_words(name: str) -> frozenset[str]:
    """The words of a place's name that are its own."""
    words = levelled(name).split()
    return frozenset(word for word in words if word not in GENERIC) or frozenset(words)
