"""The gazetteer answers by any name of a place, in a fixed order, and says what to do when its file is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

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
