"""The gazetteer answers by any name of a place, in a fixed order, and says what to do when its file is missing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sayso.knowledge import gazetteer as gazetteer_module
from sayso.knowledge.gazetteer import Gazetteer, gazetteer
from sayso.problems import BadKnowledge
from sayso.values.place import distance_km


@pytest.mark.parametrize("name", ["Izyum", "Izium", "IZIUM", "Изюм", "Ізюм"])
def test_every_script_and_spelling_finds_the_town(name):
    assert 707292 in {listed.geonames for listed in gazetteer().find(name)}


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [("UA-63", 49.6, 36.4), ("UA-59", 51.0, 34.0), ("RU-BEL", 50.8, 37.5), ("US-TX", 31.4, -99.2)],
)
def test_a_region_stands_about_where_it_is(code, lat, lon):
    """Within 100 km of its middle: regions stand at the middle of the land that their towns span."""
    region = gazetteer().region(code)
    assert region is not None
    assert region.lat is not None
    assert region.lon is not None
    assert distance_km(region.lat, region.lon, lat, lon) < 100


def test_every_region_of_ukraine_and_russia_has_coordinates():
    """The regions that reports of that war name are all tied to their ISO codes."""
    import pycountry

    codes = [row.code for country in ("UA", "RU") for row in pycountry.subdivisions.get(country_code=country)]
    regions = [gazetteer().region(code) for code in codes]
    assert [code for code, region in zip(codes, regions, strict=True) if region is None or region.lat is None] == []


def test_the_most_peopled_come_first():
    people = [listed.population for listed in gazetteer().find("Paris")]
    assert people == sorted(people, reverse=True)


def test_a_missing_file_says_what_to_do():
    with pytest.raises(BadKnowledge, match=r"hatch_build\.py"):
        Gazetteer(Path("nowhere") / "gazetteer.sqlite")


def test_every_iso_region_has_a_point_and_a_reach():
    """Counties that GeoNames does not number too; the reach is at least that of a large town."""
    import pycountry

    regions = [(row.code, gazetteer().region(row.code)) for row in pycountry.subdivisions]
    listed = [(code, row) for code, row in regions if row is not None]
    assert len(listed) > 0.99 * len(regions)
    assert [code for code, row in listed if row.lat is None or row.lon is None or (row.radius or 0) < 5] == []


@pytest.mark.parametrize(
    ("name", "region", "lat", "lon"),
    [
        ("Anderson County", "US-TX", 31.8, -95.65),
        ("Rapides Parish", "US-LA", 31.2, -92.5),
        ("Bakhmut Raion", "UA-14", 48.6, 38.0),
    ],
)
def test_a_district_stands_about_where_it_is(name, region, lat, lon):
    found = [row for row in gazetteer().find(name) if (row.kind, row.region) == ("district", region)]
    assert [row.main for row in found] == [1]
    assert distance_km(found[0].lat, found[0].lon, lat, lon) < (found[0].radius or 0) < 100


def test_a_district_is_found_by_its_bare_name_and_known_to_be():
    found = [row for row in gazetteer().find("Rapides") if row.kind == "district"]
    assert [(row.name, row.main) for row in found] == [("Rapides Parish", 0)]


@pytest.mark.parametrize("code", ["CHN", "AUS", "BRA", "CAN", "RUS", "SDN", "USA"])
def test_the_reach_of_a_wide_country_holds_its_towns(code):
    """At least eight in ten of its great towns lie within the radius given: it is no smaller than the doubt."""
    country = gazetteer().country(code)
    towns = (
        gazetteer()
        ._db.execute("SELECT lat, lon FROM place WHERE kind = 'town' AND country = ? AND population > 100000", (code,))
        .fetchall()
    )
    near = [distance_km(country.lat, country.lon, lat, lon) <= country.radius for lat, lon in towns]
    assert len(near) > 10 and sum(near) >= 0.8 * len(near)


def test_names_are_looked_up_fast():
    """A reading asks hundreds of times; 40,000 a second were measured, a tenth must hold on a busy machine."""
    names = [f"{name} {number}" for number in range(400) for name in ("Salem", "Pokrovsk", "Anderson County", "Ізюм")]
    atlas = Gazetteer(Path(gazetteer_module.__file__).with_name("gazetteer.sqlite"))
    before = time.process_time()
    for name in names:
        atlas.find(name)
    for name in {name.rsplit(" ", 1)[0] for name in names}:
        assert atlas.find(name)
    assert len(names) / max(time.process_time() - before, 1e-9) > 4000
