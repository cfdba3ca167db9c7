"""Places are resolved by what the text gives, and stay open where it gives too little: the table *Where, and who*."""

from __future__ import annotations

import pytest

from sayso.record import Cut, Place, Span
from tests.grounding.grounded import grounded


def _one(text: str, words: str) -> Place:
    found = [place for place in grounded(text).places if text[place.span.start : place.span.end] == words]
    assert found, f"{words!r} was not found as a place in {text!r}"
    return found[0]


LEVELS = [
    ("Rain fell in the Poltava region.", "Poltava region", "region", "UKR", "UA-53"),
    ("Rain fell on the city of Poltava.", "Poltava", "town", "UKR", "UA-53"),
    ("Rain fell in the Bryansk region.", "Bryansk region", "region", "RUS", "RU-BRY"),
    ("Rain fell on the town of Klintsy not far from Belarus.", "Klintsy", "town", "RUS", "RU-BRY"),
    ("Rain fell on Idlib province in Syria.", "Idlib province", "region", "SYR", "SY-ID"),
    ("Rain fell on Norway.", "Norway", "country", "NOR", None),
]


@pytest.mark.parametrize(("text", "words", "level", "country", "region"), LEVELS, ids=[row[1] for row in LEVELS])
def test_the_words_around_a_name_say_which_it_is(text, words, level, country, region):
    place = _one(text, words)
    assert (place.level, place.country, place.region) == (level, country, region)
    assert place.lat is not None


SAME_NAME = [
    # One name, several towns: the countries and regions the text names decide.
    ("Ukrainian troops met in Bucha, near Kyiv.", "Bucha", "UKR"),
    ("They fled to Tripoli, Lebanon.", "Tripoli", "LBN"),
    ("Libyan guards held the port of Tripoli.", "Tripoli", "LBY"),
    ("They moved to Paris, Texas.", "Paris", "USA"),
    ("French farmers drove to Paris.", "Paris", "FRA"),
    ("The river rose in Valencia, Venezuela.", "Valencia", "VEN"),
]


@pytest.mark.parametrize(("text", "words", "country"), SAME_NAME, ids=[row[0] for row in SAME_NAME])
def test_context_picks_the_right_one_of_a_name(text, words, country):
    assert _one(text, words).country == country


USES = [
    ("Kyiv said the talks had failed.", "Kyiv", "actor"),
    ("Talks with Beijing went on.", "Beijing", "actor"),
    ("Norway sent aid to Kyiv.", "Kyiv", "actor"),
    ("Norwegian forces withdrew.", "Norwegian", "adjective"),
    ("In Washington, envoys announced a plan.", "Washington", "location"),
    ("The burnt land is about the size of Malta.", "Malta", "comparison"),
    ("She left on a trip to Mongolia.", "Mongolia", "location"),
    ("Troops invaded Norway.", "Norway", "location"),
    ("Ola Berg, governor of the Homs region, spoke.", "Homs region", "office"),
]


@pytest.mark.parametrize(("text", "words", "use"), USES, ids=[row[0] for row in USES])
def test_a_name_is_used_for_one_thing(text, words, use):
    assert _one(text, words).use == use


@pytest.mark.parametrize("words", ["the northeast", "the border", "the front"])
def test_a_region_of_doubt_has_no_pin(words):
    place = _one(f"Shells fell on troops in {words} on Monday.", words)
    assert (place.level, place.lat, place.geonames) == ("area", None, None)


def test_a_part_of_a_country_lies_anywhere_in_it():
    place = _one("Rain fell on northern Norway.", "northern Norway")
    assert (place.level, place.country) == ("area", "NOR")
    assert place.radius_km > 400


def test_a_site_stands_at_the_town_it_is_named_for_with_a_wide_doubt():
    place = _one("Norwegian planes left Bergen airport.", "Bergen airport")
    assert (place.level, place.country, place.geonames) == ("site", "NOR", None)
    assert place.lat == pytest.approx(60.39, abs=0.1)
    assert place.radius_km is not None
    assert place.radius_km >= 20


def test_a_county_is_not_the_far_town_of_its_name():
    """The gazetteer lists no American counties: the name stays open rather than take a town's pin."""
    place = _one("Rain fell on Walton County.", "Walton County")
    assert (place.lat, place.country) == (None, None)


@pytest.mark.parametrize("name", ["Dnipro", "Dnepropetrovsk", "Kyiv", "Kiev", "Kharkov"])
def test_spellings_are_one_place(name):
    text = f"Rain fell in {name}. Snow fell in {name}, Ukraine."
    first, *_, last = [place for place in grounded(text).places if place.level == "town"]
    assert (last.same_as, last.geonames) == (first.id, first.geonames)
    assert first.country == "UKR"


def test_two_spellings_in_one_text_are_tied():
    kiev = _one("Rain fell in Kyiv. Snow fell in Kiev.", "Kiev")
    assert kiev.same_as == "p1"


def test_a_village_the_gazetteer_lacks_stays_inside_the_region_the_text_gives():
    place = _one("Rain fell on the village of Qwertovka in the Luhansk region.", "Qwertovka")
    assert (place.geonames, place.lat, place.country, place.region) == (None, None, "UKR", "UA-09")


def test_disputed_land_names_its_claimants():
    assert _one("Rain fell in Crimea.", "Crimea").disputed == ("UKR", "RUS")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor told Al Jazeera the bridge was gone.",
        "She wrote on Telegram.",
        "Tom Paris spoke.",
        "The mayor spoke on Twitter.",
    ],
)
def test_people_outlets_and_channels_are_never_places(text):
    assert grounded(text).places == ()


def test_a_place_knows_the_wider_ones_the_text_names():
    text = "Rain fell on Kremenchuk in the Poltava region of Ukraine."
    places = {text[place.span.start : place.span.end]: place for place in grounded(text).places}
    assert places["Kremenchuk"].inside == (places["Poltava region"].id, places["Ukraine"].id)


def test_no_place_spans_a_cut():
    text = "Rain fell on New READ MORE York today."
    cut = Cut(Span(text.index("READ"), text.index("READ") + 10), "prompt")
    places = grounded(text, cuts=(cut,)).places
    assert all(not (place.span.start < cut.span.end and cut.span.start < place.span.end) for place in places)


LANDS = [
    # Where a country has a city and a land of one name, a word for lands means the land.
    ("Drones were shot down over the Kyiv region.", "Kyiv region", "UA-32"),
    ("Moscow Oblast was quiet.", "Moscow Oblast", "RU-MOS"),
    ("Floods hit the province of Buenos Aires.", "Buenos Aires", "AR-B"),
    ("Fires burnt in the Minsk and Tashkent regions.", "Tashkent", "UZ-TO"),
    ("The village of Qwertivka in the Kyiv region was shelled.", "Qwertivka", "UA-32"),
    # The city is the city, and a region that is alone of its name stays itself.
    ("Drones were shot down over Kyiv.", "Kyiv", "UA-30"),
    ("Drones were shot down over the city of Moscow.", "Moscow", "RU-MOW"),
    ("Drones were shot down over the Tver region.", "Tver region", "RU-TVE"),
]


@pytest.mark.parametrize(("text", "words", "region"), LANDS, ids=[row[0] for row in LANDS])
def test_a_region_told_by_its_word_of_kind_is_not_the_city_of_its_name(text, words, region):
    assert _one(text, words).region == region


TERRITORIES = [
    ("A village in Beni territory, DR Congo, was attacked.", "Beni territory", "COD", None),
    ("Rebels hold Beni territory. The army of DR Congo fled to Goma.", "Beni territory", "COD", None),
    ("Rain fell on the Beni department of Bolivia.", "Beni department", "BOL", "BO-B"),
]


@pytest.mark.parametrize(("text", "words", "country", "region"), TERRITORIES, ids=[row[0] for row in TERRITORIES])
def test_the_land_around_a_town_is_no_far_region_of_its_name(text, words, country, region):
    place = _one(text, words)
    assert place.country == country
    assert region in (None, place.region)


NAMED_AFTER = [
    # A street, and a house told to be elsewhere, only bear a place's name.
    ("A shop on Damascus Street in Haifa burned.", "Damascus Street", "ISR"),
    ("A bus burned on Aleppo Avenue in Gaziantep.", "Aleppo Avenue", "TUR"),
    ("People met on Cumberland Street.", "Cumberland Street", None),
    ("Guards left the Hol camp in Syria.", "Hol camp", "SYR"),
    # What is told to lie in its namesake's own land stays there.
    ("Planes left Aleppo airport in Syria.", "Aleppo airport", "SYR"),
    ("Planes left Bergen airport.", "Bergen airport", "NOR"),
]


@pytest.mark.parametrize(("text", "words", "country"), NAMED_AFTER, ids=[row[1] for row in NAMED_AFTER])
def test_a_site_named_for_a_place_elsewhere_is_not_put_there(text, words, country):
    place = _one(text, words)
    assert (place.country, place.lat is not None) == (country, "airport" in words)


ARTICLES = [
    ("Police in Qamishli, Syria, fired.", "Qamishli", "SY-HA"),
    ("Troops left Al-Fashir for Ad-Daein in Sudan.", "Al-Fashir", "SD-DN"),
    ("Shells fell on Qwertish in Syria.", "Qwertish", None),
]


@pytest.mark.parametrize(("text", "words", "region"), ARTICLES, ids=[row[1] for row in ARTICLES])
def test_an_arabic_article_more_or_less_makes_no_other_name(text, words, region):
    assert _one(text, words).region == region


USES = [
    ("She has never been to Naypyidaw.", "Naypyidaw", "location"),
    ("He cannot find Ethiopia without a map.", "Ethiopia", "location"),
    ("The Pretoria deal ended the war.", "Pretoria", "location"),
    ("Drones were downed between 23:00 and 05:00 Moscow time.", "Moscow", "adjective"),
    ("Delhi has shut 27 airports.", "Delhi", "actor"),
    ("They gave aid to Ethiopia.", "Ethiopia", "actor"),
    ("A boat left for Ethiopia.", "Ethiopia", "location"),
    ("They waited for Ethiopia.", "Ethiopia", "actor"),
]


@pytest.mark.parametrize(("text", "words", "use"), USES, ids=[row[0] for row in USES])
def test_what_a_name_does_in_its_clause(text, words, use):
    assert _one(text, words).use == use
