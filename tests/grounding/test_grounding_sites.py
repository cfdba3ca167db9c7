"""Which words name places: lists, names cut short, kinds told beside, capitals at the head; and which never do."""

from __future__ import annotations

import pytest

from sayso.grounding.marked import likely_places
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Cut, Place, Span
from tests.grounding.grounded import grounded, page_of


def _places(text: str) -> dict[str, Place]:
    return {text[place.span.start : place.span.end]: place for place in grounded(text).places}


def _wide(text: str) -> list[str]:
    page = page_of(text)
    return [place.name for place in likely_places(page, english_parser().parse(page), ours())]


WHOLE = [
    # A name is as long as the gazetteer knows it, over small words, hyphens and apostrophes.
    ("A court in Burkina Faso freed him.", "Burkina Faso", "BFA"),
    ("A Sri Lankan court freed him.", "Sri Lankan", "LKA"),
    ("He came from Guinea-Bissau by boat.", "Guinea-Bissau", "GNB"),
    ("The army of South Sudan met in Juba.", "South Sudan", "SSD"),
    ("A convoy left Dar es Salaam for Morogoro.", "Dar es Salaam", "TZA"),
    ("Gangs held roads between Port-au-Prince and Jacmel.", "Port-au-Prince", "HTI"),
    ("Fighting in Côte d'Ivoire spread to Bouaké.", "Côte d'Ivoire", "CIV"),
    ("A patient was found between Suriname and French Guiana.", "French Guiana", "GUF"),
    ("The quake shook Mexico City.", "Mexico City", "MEX"),
    ("Armed men entered Rostov-on-Don.", "Rostov-on-Don", "RUS"),
    ("Two soldiers died in Jammu and Kashmir.", "Jammu and Kashmir", "IND"),
    ("Shells hit Dnipro, Kryvyi Rih and Pavlohrad.", "Kryvyi Rih", "UKR"),
    ("Police in Queen Anne's County found the boat.", "Queen Anne's County", "USA"),
]


@pytest.mark.parametrize(("text", "words", "country"), WHOLE, ids=[row[1] for row in WHOLE])
def test_a_name_is_not_cut_short(text, words, country):
    places = _places(text)
    assert words in places, f"{words!r} is not among {list(places)}"
    assert places[words].country == country


LISTS = [
    # The parser sees people or bodies in the later names of a list: one list, one kind of thing.
    ("Fighting went on around Pokrovsk, Toretsk and Chasiv Yar.", {"Pokrovsk", "Toretsk", "Chasiv Yar"}),
    ("The rebels captured Sake, Masisi and Rutshuru.", {"Sake", "Masisi", "Rutshuru"}),
    ("Planes bombed Nyala, El Geneina and Ed Daein.", {"Nyala", "El Geneina", "Ed Daein"}),
    ("Residents of Kostiantynivka, Druzhkivka and Myrnohrad left.", {"Kostiantynivka", "Druzhkivka", "Myrnohrad"}),
    ("Families fled to Bunia, Beni and Mambasa.", {"Bunia", "Beni", "Mambasa"}),
    ("Drones hit the towns of Marhanets, Pokrov and Tomakivka.", {"Marhanets", "Pokrov", "Tomakivka"}),
]


@pytest.mark.parametrize(("text", "names"), LISTS, ids=[row[0] for row in LISTS])
def test_all_names_of_a_list_of_places_are_places(text, names):
    assert names <= set(_places(text))


def test_a_village_in_a_list_that_nothing_lists_is_kept_unresolved_in_the_region_told_behind():
    places = _places("Drones hit the villages of Robotyne, Qwertivka and Verbove in the Zaporizhzhia region.")
    assert (places["Qwertivka"].level, places["Qwertivka"].lat, places["Qwertivka"].region) == ("town", None, "UA-23")


NO_LIST_OF_PLACES = [
    # A person behind a town and a comma is a person.
    ("In Kharkiv, Petrenko and Bondar met reporters.", {"Kharkiv"}),
    ("The mayor of Kherson, Ihor Bondar, spoke.", {"Kherson"}),
    ("Talks between Oslo, Petrenko and Bondar failed.", {"Oslo"}),
    ("Soldiers from Poland, Latvia and Wagner fought.", {"Poland", "Latvia"}),
]


@pytest.mark.parametrize(("text", "names"), NO_LIST_OF_PLACES, ids=[row[0] for row in NO_LIST_OF_PLACES])
def test_people_and_bodies_beside_a_place_are_none(text, names):
    assert set(_places(text)) == names


KINDS = [
    # The word beside a name says what it is, whatever the parser took it for.
    ("Rockets landed near the Erez crossing.", "Erez crossing", "site"),
    ("Shells hit the Khan Younis refugee camp.", "Khan Younis refugee camp", "site"),
    ("Fires burnt in the Zamzam camp.", "Zamzam camp", "site"),
    ("Planes landed at Bergen international airport.", "Bergen international airport", "site"),
    ("Troops dug in along the Oskil River.", "Oskil River", "area"),
    ("Troops crossed the Dnipro river.", "Dnipro river", "area"),
    ("Troops held the east bank of the Dnipro.", "Dnipro", "area"),
    ("Ships were hit in the Bab al-Mandab Strait.", "Bab al-Mandab Strait", "area"),
    ("Rebels hid in the Qalamoun mountains.", "Qalamoun mountains", "area"),
    ("Boats left Snake Island.", "Snake Island", "area"),
    ("A depot burnt in Tuapse, Krasnodar territory.", "Krasnodar territory", "region"),
    ("Shells fell on the Hamar Weyne district.", "Hamar Weyne district", "district"),
    ("The army took Krynkivka, a village on the river.", "Krynkivka", "town"),
    ("Shells fell on the outskirts of Chernihiv.", "Chernihiv", "town"),
    ("Shells fell on the Mykolaiv river port.", "Mykolaiv", "town"),
    ("Police closed gates of the Old City of Jerusalem.", "Jerusalem", "district"),
    ("The Republic of El Salvador reported it.", "Republic of El Salvador", "country"),
]


@pytest.mark.parametrize(("text", "words", "level"), KINDS, ids=[row[1] for row in KINDS])
def test_the_word_beside_a_name_says_what_kind_of_place_it_is(text, words, level):
    places = _places(text)
    assert words in places, f"{words!r} is not among {list(places)}"
    assert places[words].level == level


def test_a_district_attorney_is_of_no_district():
    places = _places("The Bergen district attorney spoke, and rain fell on the Altona district council.")
    assert "Bergen district" not in places
    assert "Altona district" in places


TOWNS_WITH_A_WORD_OF_KIND = ["Salt Lake City", "Cape Town", "Long Beach"]


@pytest.mark.parametrize("name", TOWNS_WITH_A_WORD_OF_KIND)
def test_a_town_that_is_called_after_land_or_water_is_a_town(name):
    assert _places(f"Police in {name} made arrests.")[name].level == "town"


PARTS = [
    # A quarter that nothing lists, by what it is said to be a part of.
    ("A bomber struck a mosque in the Pul-e-Qwerti area of Kabul.", "Pul-e-Qwerti"),
    ("Police sealed off the Lal Qwerti area of Srinagar.", "Lal Qwerti"),
]


@pytest.mark.parametrize(("text", "words"), PARTS, ids=[row[1] for row in PARTS])
def test_what_is_told_to_be_a_part_of_a_place_is_one(text, words):
    assert _places(text)[words].lat is None


def test_a_road_between_two_towns_is_no_site_at_the_second():
    places = _places("Fighters closed the Homs-Palmyra highway.")
    assert (places["Homs"].level, places["Palmyra"].level) == ("town", "town")


STANDING = [
    # The army's words for where it fights.
    ("The army held its lines in the Pokrovsk direction.", "Pokrovsk"),
    ("Attacks went on along the Kupiansk axis.", "Kupiansk"),
    ("Clashes went on in the Bakhmut sector.", "Bakhmut"),
    ("Shelling went on along the Zaporizhzhia front.", "Zaporizhzhia"),
    ("Bakhmut residents left.", "Bakhmut"),
    ("An Aleppo-born doctor treated the wounded.", "Aleppo"),
]


@pytest.mark.parametrize(("text", "words"), STANDING, ids=[row[1] for row in STANDING])
def test_the_words_of_armies_for_where_they_fight_make_a_place(text, words):
    assert _places(text)[words].lat is not None


@pytest.mark.parametrize("before", ["in", "near", "into", "inside", "outside", "towards", "toward", "around"])
@pytest.mark.parametrize("name", ["Toretsk", "Marib", "Omdurman"])
def test_a_town_alone_is_found_behind_the_words_for_where(name, before):
    """A person or body to the parser, and nothing else in the text bears it out."""
    assert _places(f"The column drove {before} {name} on Monday.").keys() == {name}


ALONE = [
    # Where a name stands, what it owns or what befalls it can be a town's only.
    ("Fighting broke out in Umm Ruwaba.", "Umm Ruwaba"),
    ("Rebels had entered Nyala by noon.", "Nyala"),
    ("The rebels besieged Kidal for a year.", "Kidal"),
    ("Rebels entered Sake on Monday.", "Sake"),
    ("Kadugli's market was hit.", "Kadugli"),
    ("A strike on Muridke killed four.", "Muridke"),
    ("Gunmen closed the road between Kadugli and Dilling.", "Dilling"),
    ("A lorry bound for Kadugli was burnt.", "Kadugli"),
    ("Farms burnt in five places, among them Gedaref, 90 km from the border.", "Gedaref"),
    ("Nobody was hurt at Bunia in DR Congo.", "Bunia"),
]


@pytest.mark.parametrize(("text", "words"), ALONE, ids=[row[0] for row in ALONE])
def test_a_listed_name_is_a_place_where_only_a_place_can_stand(text, words):
    assert _places(text)[words].level == "town"


NOT_ALONE = [
    # The same names where a person, a body or a beast can stand as well.
    "Rebels thanked Nyala.",
    "Loikaw's speech was long.",
    "The fund raised its stake in Al Qutayfah.",
    "Soldiers went to Ahmad for help.",
    "The strike on Clinton was planned.",
    "A neighbour, Olenka, wept.",
    "Sydney, the farmer's dog, barked.",
    "Guards stood at the camp of the Minusma.",
    "Worshippers gathered at St. Olav's.",
]


@pytest.mark.parametrize("text", NOT_ALONE)
def test_a_listed_name_is_none_where_others_can_stand_too(text):
    assert grounded(text).places == ()


HEADS = [
    ("BEIRUT: Shells fell on Tyre.", "BEIRUT"),
    ("KHARTOUM - Shells fell on Omdurman on Monday.", "KHARTOUM"),
]


@pytest.mark.parametrize(("text", "words"), HEADS, ids=[row[1] for row in HEADS])
def test_a_town_in_capitals_at_the_head_is_a_place(text, words):
    assert _places(text)[words].level == "town"


def test_a_heading_in_capitals_names_its_town():
    assert _places("HEAVY SHELLING NEAR KUPIANSK")["KUPIANSK"].region == "UA-63"


PEOPLES = [
    # Adjectives of lands that are no countries of their own are places used as adjectives, as those of countries are.
    ("Chechen fighters were seen near Mariupol.", "Chechen", "RU-CE"),
    ("Abkhaz troops took part.", "Abkhaz", "GE-AB"),
    ("Dagestani policemen were seen.", "Dagestani", "RU-DA"),
]


@pytest.mark.parametrize(("text", "words", "region"), PEOPLES, ids=[row[1] for row in PEOPLES])
def test_an_adjective_of_a_land_is_that_land(text, words, region):
    place = _places(text)[words]
    assert (place.use, place.region) == ("adjective", region)


NEVER = [
    "Sky News said Al Jazeera had filmed it.",
    "Western allies sent tanks.",
    "Paris Berg spoke to Jordan Lund.",
    "County Sheriff Tom Berg spoke.",
    "The Police Commissioner spoke.",
    "Toyota left the market.",
    "Doctors feared West Nile virus.",
    "The drug was tested on mice in the NICU.",
    "Mobile phones were cut off.",
    "Reading is hard, and Nice people know it.",
    "Price rises hurt, police said in March.",
]


@pytest.mark.parametrize("text", NEVER)
def test_what_only_sounds_like_a_place_is_none(text):
    assert grounded(text).places == ()


def test_a_surname_is_no_town_where_somebody_bears_it():
    text = "Ada Kidal spoke in Bamako. Kidal said the road was closed."
    assert [place.name for place in grounded(text).places] == ["Bamako"]


def test_who_turns_out_to_be_a_place_is_no_person():
    text = "Fighting went on around Pokrovsk, Toretsk and Chasiv Yar."
    assert [entity.name for entity in grounded(text).entities if entity.kind == "person"] == []


VAGUE = [
    # Who governs a region speaks of that region; two regions, or none, leave it open.
    ("Shells fell along the border, said Ola Berg, head of the Sumy region.", "the border", "UA-59"),
    ("Fighting went on in the northeast, the governor of the Kharkiv region said.", "the northeast", "UA-63"),
    ("Shells fell along the border, the governors of the Sumy region and the Kharkiv region said.", "the border", None),
    ("Shells fell along the border.", "the border", None),
]


@pytest.mark.parametrize(("text", "words", "region"), VAGUE, ids=[row[0] for row in VAGUE])
def test_a_region_of_doubt_lies_in_the_one_region_of_its_sentence(text, words, region):
    place = _places(text)[words]
    assert (place.level, place.region, place.lat) == ("area", region, None)


def test_no_name_grows_over_a_cut():
    text = "Rain fell in Port READ MORE -au-Prince today."
    cut = Cut(Span(text.index("READ"), text.index("READ") + 10), "prompt")
    for place in grounded(text, cuts=(cut,)).places:
        assert place.span.end <= cut.span.start or place.span.start >= cut.span.end


# The wider layer


WIDER = [
    # Inside a body's name, behind a party's letter, the press's short states, in a part or a site.
    ("Members of the Bergen City Council met.", ["Bergen"]),
    ("She studied at the University of Oslo.", ["Oslo"]),
    ("Ada Berg, D-Ohio, spoke.", ["Ohio"]),
    ("He lives in Trenton, N.J., with his son.", ["Trenton", "N.J."]),
    ("The Kentucky Highway Patrol closed the road.", ["Kentucky"]),
    ("Rain fell on northern Norway.", ["Norway"]),
    ("Planes left Bergen airport.", ["Bergen"]),
    ("African leaders met in Accra.", ["African", "Accra"]),
    ("Police closed Main Street.", ["Main Street"]),
]


@pytest.mark.parametrize(("text", "names"), WIDER, ids=[row[0] for row in WIDER])
def test_the_wider_layer_holds_the_bare_names(text, names):
    assert _wide(text) == names


def test_the_wider_layer_stays_out_of_the_record():
    assert grounded("Members of the Bergen City Council met.").places == ()


@pytest.mark.parametrize(
    "text", ["Ada Bergen spoke.", "The City Council met.", "Sky News called.", "It rained all day."]
)
def test_the_wider_layer_takes_no_person_outlet_or_bare_word_of_kind_for_a_place(text):
    assert _wide(text) == []


def test_a_town_inside_a_bodys_name_says_where_the_text_plays_and_is_no_place_of_it():
    """Springfield alone stays open; the body that bears its state's name settles it."""
    alone = _places("Shots were heard in Springfield.")
    told = _places("Shots were heard in Springfield. The Illinois State Police made arrests.")
    assert (alone["Springfield"].region, told["Springfield"].region) == (None, "US-IL")
    assert set(told) == {"Springfield"}
