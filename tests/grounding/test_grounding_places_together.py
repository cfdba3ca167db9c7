"""The names of a report are settled together: the set that lies close together wins, and ties stay open."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sayso
from sayso.grounding import ground
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Dateline, Place, Span
from tests.grounding.grounded import grounded, page_of


def _last(text: str, words: str) -> Place | None:
    found = [place for place in grounded(text).places if text[place.span.start : place.span.end] == words]
    return found[-1] if found else None


NEIGHBOURS = [
    # The names beside it are all that tells which town a name is; no country is named.
    ("Gunmen fired in Tripoli. Roads to Misrata and Zawiya were closed.", "Tripoli", "LBY", "LY-TB"),
    ("Gunmen fired in Tripoli. Roads to Beirut and Sidon were closed.", "Tripoli", "LBN", "LB-AS"),
    ("Police closed roads in San José and in Heredia.", "San José", "CRI", "CR-SJ"),
    ("Police closed roads in San Jose and in Oakland.", "San Jose", "USA", "US-CA"),
    ("Police in Hyderabad and Karachi spoke.", "Hyderabad", "PAK", "PK-SD"),
    ("Police in Hyderabad and Warangal spoke.", "Hyderabad", "IND", "IN-TS"),
    ("The protest spread from Barcelona to Puerto La Cruz.", "Barcelona", "VEN", "VE-B"),
    ("The protest spread from Barcelona to Girona.", "Barcelona", "ESP", "ES-CT"),
    ("Police in Valencia and Maracay made arrests.", "Valencia", "VEN", "VE-G"),
    ("Soldiers entered San Salvador and Santa Ana.", "Santa Ana", "SLV", "SV-SA"),
    ("Shells fell on Hama, Homs and Idlib.", "Hama", "SYR", "SY-HM"),
]


@pytest.mark.parametrize(("text", "words", "country", "region"), NEIGHBOURS, ids=[row[0] for row in NEIGHBOURS])
def test_the_towns_beside_a_name_settle_it(text, words, country, region):
    place = _last(text, words)
    assert place is not None
    assert (place.country, place.region) == (country, region)
    assert place.lat is not None


REGIONS = [
    # A hamlet is not its state, nor a far town a region that the text sets among others of its country.
    ("Cases were found in Ohio, Oregon, Indiana and Wyoming.", "Oregon", "US-OR"),
    ("Cases were found in Ohio, Oregon, Indiana and Wyoming.", "Wyoming", "US-WY"),
    ("Cases were found in Alberta, Manitoba and Ontario.", "Ontario", "CA-ON"),
    ("Rain fell in Norfolk, England.", "Norfolk", "GB-NFK"),
    ("Rain fell in Norfolk, Virginia.", "Norfolk", "US-VA"),
    ("British farmers met in Norfolk and Suffolk.", "Suffolk", "GB-SFK"),
]


@pytest.mark.parametrize(("text", "words", "region"), REGIONS, ids=[f"{row[1]} {row[2]}" for row in REGIONS])
def test_a_region_among_regions_is_one(text, words, region):
    place = _last(text, words)
    assert place is not None
    assert place.region == region


OPEN = [
    # Many towns are called so, far apart, none of them far greater, and nothing lies near.
    ("Shots were heard in Victoria.", "Victoria"),
    ("Shots were heard in San Pedro.", "San Pedro"),
    ("Shots were heard in Springfield.", "Springfield"),
]


@pytest.mark.parametrize(("text", "words"), OPEN, ids=[row[1] for row in OPEN])
def test_a_name_that_nothing_settles_stays_open(text, words):
    place = _last(text, words)
    assert place is not None
    assert (place.geonames, place.lat, place.country) == (None, None, None)


FAMOUS = [
    # A great capital is not drawn to a hamlet of its name by one word about the hamlet's country.
    ("The envoy flew to Moscow. American officials met him in Washington.", "Moscow", "RUS"),
    ("A man from Boise in Idaho was held in Moscow.", "Moscow", "RUS"),
    ("American officials met the envoy in Paris.", "Paris", "FRA"),
    ("Canadian officials met the envoy in London.", "London", "GBR"),
    ("Officials in Santiago said nothing.", "Santiago", "CHL"),
]


@pytest.mark.parametrize(("text", "words", "country"), FAMOUS, ids=[row[0] for row in FAMOUS])
def test_a_world_famous_city_stays_itself(text, words, country):
    place = _last(text, words)
    assert place is not None
    assert place.country == country
    assert place.lat is not None


def test_what_a_name_is_once_said_to_lie_in_it_lies_in_throughout():
    text = "Rain fell in Cordoba, Spain. Later the roads to Cordoba were closed."
    place = _last(text, "Cordoba")
    assert place is not None
    assert place.region == "ES-AN"


SEEN_BY_NEIGHBOURS = [
    # The parser takes these for people, bodies or nothing; the places beside bear them out.
    ("Families fled from Rutshuru towards Goma.", "Rutshuru", "CD-NK"),
    ("Rebels took Sake on Monday and went on to Goma.", "Sake", "CD-NK"),
    ("Fighters left Kidal for Gao and Ménaka.", "Gao", "ML-7"),
    ("Police in Córdoba and Rosario made arrests.", "Rosario", "AR-S"),
    ("Police in Georgetown and Linden spoke.", "Linden", "GY-UD"),
]


@pytest.mark.parametrize(("text", "words", "region"), SEEN_BY_NEIGHBOURS, ids=[row[1] for row in SEEN_BY_NEIGHBOURS])
def test_a_name_among_its_neighbours_is_a_place(text, words, region):
    place = _last(text, words)
    assert place is not None
    assert place.region == region


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Goma spoke in Kinshasa. Reporters heard from Goma.", "Goma"),  # a person's last name
        ("Reporters in Oslo heard from Linden.", "Linden"),  # no town of the name lies near
    ],
)
def test_a_name_that_no_place_bears_out_is_none(text, words):
    assert _last(text, words) is None


SHARED = [
    ("Clashes were reported in the Santa Cruz and Beni departments.", "Santa Cruz", "region", "BO-S"),
    ("Clashes were reported in the Santa Cruz and Beni departments.", "Beni", "region", "BO-B"),
    ("Rain fell on the towns of Bhamo and Myitkyina.", "Myitkyina", "town", "MM-11"),
]


@pytest.mark.parametrize(("text", "words", "level", "region"), SHARED, ids=[row[1] for row in SHARED])
def test_one_word_says_what_several_names_are(text, words, level, region):
    place = _last(text, words)
    assert place is not None
    assert (place.level, place.region) == (level, region)


@pytest.mark.parametrize("name", ["San Miguel del Monte", "Belo Horizonte", "Rio de Janeiro", "Palma de Mallorca"])
def test_a_name_of_many_words_is_one_place(name):
    text = f"Two women are in the hospital in {name}."
    assert [(place.name, place.level) for place in grounded(text).places] == [(name, "town")]


@pytest.mark.parametrize(("plain", "marked"), [("Merida", "Mérida"), ("Cordoba", "Córdoba")])
def test_marks_on_letters_change_nothing(plain, marked):
    found = [_last(f"Troops moved from {name} to Barinas.", name) for name in (plain, marked)]
    assert all(place is not None for place in found)
    assert len({place.geonames for place in found if place is not None}) == 1


def test_the_area_of_a_town_stands_at_the_town():
    place = _last("Shelling hit the Manbij area and Al-Bab.", "Manbij")
    assert place is not None
    assert place.region == "SY-HL"


def test_the_order_of_the_names_changes_nothing():
    one = grounded("Rain fell in Tripoli. Rain fell in Sidon. Rain fell in Beirut.").places
    two = grounded("Rain fell in Beirut. Rain fell in Sidon. Rain fell in Tripoli.").places
    assert {place.geonames for place in one} == {place.geonames for place in two}


@pytest.mark.parametrize(("written", "country"), [("MISRATA, March 3", "LBY"), ("BEIRUT, March 3", "LBN")])
def test_where_a_report_was_written_speaks_for_towns_near(written, country):
    text = f"{written} - Gunmen fired in Tripoli."
    page = page_of(text)
    page = replace(page, dateline=Dateline(Span(0, len(written))), sentences=(Span(len(written) + 3, len(text)),))
    places = ground(page, english_parser().parse(page), ours()).places
    assert next(place for place in places if place.name == "Tripoli").country == country


def test_a_list_without_end_is_read_to_its_end():
    """Neither how deep the calls go nor the time taken may hang on how long a list is."""
    places = grounded("Rain fell on " + "Bergen, Oslo and " * 600 + "Hamar.").places
    assert len(places) > 1_000
    assert {place.country for place in places} == {"NOR"}


def test_a_great_power_that_only_speaks_places_nothing() -> None:
    """A city of the world stays where it is when Washington's words stand in the same report."""
    reading = sayso.read_text("The envoy spoke in Geneva on Monday. The US said it would help.")
    assert [place.region for place in reading.grounds.places if place.name == "Geneva"] == ["CH-GE"]


def test_one_name_is_two_towns_where_each_is_said_to_lie_elsewhere():
    text = "In Hyderabad, in Sindh, police fired; in Hyderabad, the capital of Telangana, nobody did."
    towns = [place for place in grounded(text).places if place.name == "Hyderabad"]
    assert [(town.region, town.same_as) for town in towns] == [("PK-SD", None), ("IN-TS", None)]


RIVERS = [
    ("Troops camped near the Jhelum.", "Jhelum", "area"),
    ("The Niger burst its banks.", "Niger", "area"),
    ("The Jordan was polluted.", "Jordan", "area"),
    ("Troops slept beside the Tuapse.", "Tuapse", "area"),
    # Without an article, or with a noun behind, it is the town or the country.
    ("Troops camped near Jhelum.", "Jhelum", "town"),
    ("Niger closed its border.", "Niger", "country"),
    ("The Jordan delegation left.", "Jordan", "country"),
    ("Judges met in The Hague.", "The Hague", "town"),
]


@pytest.mark.parametrize(("text", "words", "level"), RIVERS, ids=[row[0] for row in RIVERS])
def test_an_article_makes_a_river_of_a_towns_or_a_countrys_name(text, words, level):
    assert [place.level for place in grounded(text).places if words.endswith(place.name)] == [level]


def test_of_several_towns_the_one_by_the_town_of_the_district_told_is_meant():
    text = "Shells hit Oleksandrivka, Kramatorsk district."
    village, district = grounded(text).places
    assert (round(village.lat or 0), round(village.lon or 0)) == (49, 37)  # not the quarter of Donetsk
    assert village.inside == (district.id,)
    assert 20 < (district.radius_km or 0) < 60


def test_what_is_told_lies_inside_the_land_told_though_nothing_lists_it():
    village, land = grounded("Rebels burnt the village of Kanyabqwe in Nyiragongo territory.").places
    assert (village.inside, village.lat, land.lat) == ((land.id,), None, None)


BEHIND = [
    # Behind a town and a comma stands what it lies in; in a list, one town stands beside another.
    ("A bomb hit Puerto Jordán, Arauca.", "Arauca", "region"),
    ("Shells hit Nikopol, Dnipro.", "Dnipro", "region"),
    ("Shells hit Bucha, Kyiv.", "Kyiv", "town"),
    ("Rebels met in Tame, Arauca and Saravena.", "Arauca", "town"),
]


@pytest.mark.parametrize(("text", "words", "level"), BEHIND, ids=[row[0] for row in BEHIND])
def test_behind_a_town_and_a_comma_stands_its_region(text, words, level):
    assert [place.level for place in grounded(text).places if place.name == words] == [level]
