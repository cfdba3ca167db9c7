"""Each case of "Where, and who" that a report throws at its reader, from its words to the record's places.

Every text is ours. A wrong certainty is worse than `unresolved`: what is not told has no coordinates.
"""

from __future__ import annotations

import pytest

import sayso
from sayso.record import Place


def _places(text: str) -> tuple[Place, ...]:
    return sayso.read_text(text).grounds.places


def _named(text: str, name: str) -> Place:
    found = [place for place in _places(text) if place.name == name]
    assert found, f"no {name!r} among {[place.name for place in _places(text)]}"
    return found[-1]


REGION_AND_CITY = (
    "Shells fell on a farm in the Kharkiv region on Sunday, and two people were hurt in the city of Kharkiv. "
    "The governor of the Chernihiv region asked for help."
)


def test_a_region_is_not_the_city_of_its_name():
    region, city = _named(REGION_AND_CITY, "Kharkiv region"), _named(REGION_AND_CITY, "Kharkiv")
    assert (region.level, region.region, region.geonames) == ("region", "UA-63", None)
    assert (city.level, city.region, city.geonames) == ("town", "UA-63", 706483)
    assert region.id in city.inside and region.same_as != city.id
    assert region.radius_km > 5 * city.radius_km


def test_the_reach_of_an_office_is_no_place_of_an_event():
    assert _named(REGION_AND_CITY, "Chernihiv region").use == "office"
    assert _named("Rescuers in the Sumy region asked for help.", "Sumy region").use == "location"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The unit moved to an area along the border with Moldova.", "an area along the border"),
        ("Fighting went on in the northeast, the army said.", "the northeast"),
        ("Two brigades were sent to the front on Friday.", "the front"),
    ],
)
def test_a_vague_place_is_a_region_of_doubt_without_a_pin(text, words):
    place = _named(text, words)
    assert (place.level, place.lat, place.lon, place.geonames) == ("area", None, None, None)


ACTORS = "Kyiv said its forces had crossed the river. Ukrainian troops took two villages. In Washington, Biden spoke."


def test_a_capital_that_speaks_is_an_actor_and_a_people_an_adjective():
    kyiv, troops = _named(ACTORS, "Kyiv"), _named(ACTORS, "Ukrainian")
    assert (kyiv.use, troops.use) == ("actor", "adjective")
    assert (kyiv.geonames, troops.country) == (703448, "UKR")  # a metonym keeps its place, and no map draws it


def test_the_place_of_an_announcement_is_a_place():
    place = _named(ACTORS, "Washington")
    assert (place.use, place.geonames) == ("location", 4140963)


def test_a_size_compared_is_no_place_of_an_event():
    text = "The burnt forest is about the size of Cyprus, a minister said in Athens."
    assert _named(text, "Cyprus").use == "comparison"
    assert _named("Forests burnt in Cyprus, a minister said in Athens.", "Cyprus").use == "location"


def test_the_aim_of_a_trip_is_a_place_named_and_nothing_happened_there():
    reading = sayso.read_text("The envoy, on a trip to Kazakhstan, said that shells hit a depot in Sumy, in Ukraine.")
    kazakhstan = next(place for place in reading.grounds.places if place.name == "Kazakhstan")
    hit = next(event for event in reading.events if reading.page.report.text[event.trigger.start :].startswith("hit"))
    assert kazakhstan.country == "KAZ" and kazakhstan.id not in {located.place for located in hit.places}


@pytest.mark.parametrize("name", ["Sky News", "Paris Hilton", "Jack London"])
def test_an_outlet_and_a_person_are_never_places(name):
    text = f"The pilot spoke to {name}. {name} could not check what he said about Kherson."
    words = set(name.split())
    assert not [place.name for place in _places(text) if words & set(place.name.split())]


IZIUM = (
    "Izium was shelled at dawn. Izyum was calm by noon, the mayor said. Nobody was hurt in Изюм. People waited in Ізюм."
)


def test_spellings_of_one_town_are_one_place():
    first, *others = [place for place in _places(IZIUM) if place.level == "town"]
    assert (first.geonames, first.region) == (707292, "UA-63")
    assert len(others) == 3 and {place.same_as for place in others} == {first.id}


def test_two_spellings_of_a_capital_are_one_place():
    kyiv, kiev = (_named("Trains left Kyiv late. Kiev had no power.", name) for name in ("Kyiv", "Kiev"))
    assert kiev.same_as == kyiv.id and kyiv.geonames == 703448


def test_context_picks_the_town_on_the_right_side_of_a_border():
    near_ukraine = "Shells hit Valuyki in the Belgorod region of Russia, near the border with Ukraine."
    assert (_named(near_ukraine, "Valuyki").region, _named(near_ukraine, "Valuyki").geonames) == ("RU-BEL", 477192)


def test_context_picks_one_town_of_a_name():
    war = "Ukraine held Bakhmut and Kramatorsk. Shells fell on Pokrovsk, west of there."
    steppe = "Snow fell on Yakutsk, in Russia's Sakha region, and on Pokrovsk, a river port in Sakha."
    assert _named(war, "Pokrovsk").geonames == 704422
    assert _named(steppe, "Pokrovsk").country in ("RUS", None)  # never the Ukrainian one


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit the village of Stara Hutirka in the Kharkiv region on Friday.",
        "Two men died in Stara Hutirka, a village in Ukraine's Kharkiv region.",
    ],
)
def test_a_village_that_the_gazetteer_lacks_is_unresolved_inside_its_region(text):
    village, region = _named(text, "Stara Hutirka"), _named(text, "Kharkiv region")
    assert (village.lat, village.lon, village.geonames) == (None, None, None)
    assert (village.country, village.region) == ("UKR", "UA-63") and region.id in village.inside


@pytest.mark.parametrize(
    ("text", "name", "claimants"),
    [
        ("A depot burnt in Crimea on Friday.", "Crimea", ("UKR", "RUS")),
        ("Sevastopol was without water.", "Sevastopol", ("UKR", "RUS")),
        ("Two farms burnt in the Golan Heights.", "Golan Heights", ("SYR", "ISR")),
    ],
)
def test_disputed_land_is_shown_as_such(text, name, claimants):
    assert _named(text, name).disputed == claimants


def test_land_that_nobody_disputes_has_no_claimants():
    assert _named("A depot burnt in Lviv on Friday.", "Lviv").disputed == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A ferry sank on Lake Baikal on Friday.", "Lake Baikal"),
        ("Troops crossed the Dnipro river at night.", "Dnipro river"),
        ("A tanker burnt in the Black Sea.", "Black Sea"),
        ("Snow fell in the Ural Mountains.", "Ural Mountains"),
    ],
)
def test_waters_and_mountains_are_areas_with_a_reach(text, name):
    place = _named(text, name)
    assert (place.level, place.geonames) == ("area", None)
    assert place.lat is not None and place.radius_km > 100


def test_a_part_of_a_country_lies_anywhere_in_it():
    part, whole = (
        _named("Rain fell in northern Norway. Norway sent help.", name) for name in ("northern Norway", "Norway")
    )
    assert (part.level, part.country, part.radius_km) == ("area", "NOR", whole.radius_km)


@pytest.mark.parametrize(
    ("text", "name", "country", "region"),
    [
        ("A road in Anderson County, Texas, was closed.", "Anderson County", "USA", "US-TX"),
        ("Floods hit Staffordshire on Friday.", "Staffordshire", "GBR", "GB-STS"),
        ("Floods hit County Cork on Friday.", "County Cork", "IRL", "IE-CO"),
    ],
)
def test_a_county_has_a_middle_and_a_reach(text, name, country, region):
    place = _named(text, name)
    assert (place.country, place.region) == (country, region)
    assert place.level in ("district", "region") and place.lat is not None and 10 < place.radius_km < 100


def test_a_county_that_many_states_have_stays_open():
    place = _named("A road in Madison County was closed.", "Madison County")
    assert (place.lat, place.region) == (None, None)


def test_a_country_is_itself_unless_the_text_speaks_for_its_namesake():
    abroad = "Georgia said jets had flown over Tbilisi and Gori."
    town = "Palestine, Texas, was calm. A fire burnt in Palestine all night, sheriff's deputies said."
    assert _named(abroad, "Georgia").country == "GEO"
    assert {(p.country, p.level) for p in _places(town) if p.name == "Palestine"} == {("USA", "town")}
    assert _named("Palestine said it would ask the court.", "Palestine").country == "PSE"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Burma closed its border.", "Burma", "MMR"),
        ("A ship left Côte d'Ivoire on Friday.", "Côte d'Ivoire", "CIV"),
        ("Rebels took two mines in the DRC.", "DRC", "COD"),
    ],
)
def test_second_names_of_countries_are_known(text, name, country):
    assert _named(text, name).country == country


def test_where_a_report_was_written_speaks_for_the_places_near():
    written = "BILBAO, March 15, 2024 (Northwire) - Trucks burnt in Guernica on Friday."
    assert _named(written, "Guernica").country == "ESP"
    bare = "CORDOBA, March 15, 2024 (Northwire) - Two men left Salto in a boat."
    near = bare.replace("CORDOBA", "CONCORDIA")
    assert _named(near, "Salto").country == "URY"  # across the river from Concordia
    assert _named(bare, "Salto").country != "URY"
