"""Every row about places, countries, regions, areas and disputed land is found in its own example."""

from __future__ import annotations

import pytest

from sayso.grounding.home import homes_told
from sayso.grounding.marked import likely_places
from sayso.grounding.stretches import stretches
from sayso.knowledge import ours
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.english import english_parser
from tests.grounding.grounded import grounded, page_of
from tests.marks import unmark

PLACE, COUNTRIES, REGIONS = (ours().rows(subject) for subject in ("en/place", "countries", "regions"))
WIDER = ("civic", "wider_people")
ALONE = ("measure", "owned", "only_land", "blow")
NOT_ALONE = ("held", "being")
OTHERS = ("called",)
NO_PLACES = (*WIDER, *ALONE, *NOT_ALONE, *OTHERS, "namesake", "never")
HOME = ours().rows("en/home")
AREAS, DISPUTED = ours().rows("areas"), ours().rows("disputed")


def _marked_place(example: str):
    marked = unmark(example)
    span = marked.spans["["][0]
    places = grounded(marked.text).places
    found = [place for place in places if place.span.start < span.end and span.start < place.span.end]
    assert found, f"no place in: {marked.text} (of {[place.name for place in places]})"
    return found[0]


@pytest.mark.parametrize("row", [r for r in PLACE if "level" in r], ids=lambda row: f"{row['kind']} {row['level']}")
def test_a_level_word_says_what_a_place_is(row):
    assert _marked_place(row["example"]).level == row["level"]


@pytest.mark.parametrize("row", [r for r in PLACE if r["kind"] in WIDER], ids=lambda row: row["example"])
def test_a_name_inside_a_bodys_or_of_a_wider_people_is_in_the_wider_layer_alone(row):
    marked = unmark(row["example"])
    page = page_of(marked.text)
    parse = english_parser().parse(page)
    assert [place.span for place in likely_places(page, parse, ours())] == [marked.spans["["][0]]
    assert grounded(marked.text).places == ()


@pytest.mark.parametrize(
    "row", [r for r in PLACE if "level" not in r and r["kind"] not in NO_PLACES], ids=lambda row: row["kind"]
)
def test_the_words_around_a_place_say_its_use(row):
    place = _marked_place(row["example"])
    match row["kind"]:
        case "comparison":
            assert place.use == "comparison"
            assert _marked_place(row["not"]).use == "location"
        case (
            "locative"
            | "motion"
            | "place_noun"
            | "place_verb"
            | "taking"
            | "of_place"
            | "place_behind"
            | "front"
            | "struck_there"
        ):
            assert place.use == "location"
            if "not" in row:
                assert _marked_place(row["not"]).use == "actor"
        case "office":
            assert place.use == "office"
            assert _marked_place(row["not"]).use == "location"
        case "speaking":
            assert place.use == "actor"
        case "site":
            assert place.level == "site"
        case "people":
            home = {"lat": place.lat, "lon": place.lon, "region": place.region}
            assert place.use == "adjective"
            assert any(home.values()), f"{row['name']} is nowhere"
        case kind:
            assert kind in ("vague", "part")
            assert (place.level, place.lat is None) == ("area", kind == "vague")
            assert kind == "vague" or place.radius_km >= 20  # a part lies anywhere in its whole


@pytest.mark.parametrize(
    "row", [r for r in PLACE if r["kind"] in ("namesake", "never")], ids=lambda row: row["example"]
)
def test_what_is_named_for_a_place_is_none(row):
    assert grounded(unmark(row["example"]).text).places == ()
    assert _marked_place(row["not"]).level == "country"


@pytest.mark.parametrize("row", [r for r in PLACE if r["kind"] in ALONE], ids=lambda row: row["kind"])
def test_words_by_which_a_name_alone_is_a_place(row):
    assert _marked_place(row["example"]).lat is not None
    assert grounded(unmark(row["not"]).text).places == ()


@pytest.mark.parametrize("row", [r for r in PLACE if r["kind"] in NOT_ALONE], ids=lambda row: row["kind"])
def test_words_by_which_a_name_alone_is_no_place(row):
    assert grounded(unmark(row["example"]).text).places == ()
    assert _marked_place(row["not"]).lat is not None


@pytest.mark.parametrize("row", [r for r in PLACE if r["kind"] == "called"], ids=lambda row: row["kind"])
def test_a_house_in_another_place_only_bears_the_name(row):
    assert _marked_place(row["example"]).lat is not None
    marked = unmark(row["not"])
    assert marked.spans["["][0] not in [place.span for place in grounded(marked.text).places]


@pytest.mark.parametrize("row", COUNTRIES, ids=lambda row: row["code"])
def test_a_country_is_known_by_its_adjective_and_names(row):
    assert _marked_place(row["example"]).country == row["code"]
    assert gazetteer().country(row["code"]) is not None


@pytest.mark.parametrize("row", REGIONS, ids=lambda row: row["code"])
def test_a_region_is_known_by_its_names(row):
    for name in row["names"]:
        assert row["code"] in {listed.region for listed in gazetteer().find(name)}


@pytest.mark.parametrize("row", AREAS, ids=lambda row: row["names"][0])
def test_an_area_has_a_middle_and_a_reach_and_no_pin(row):
    place = _marked_place(row["example"])
    assert (place.level, place.use) == ("area", "actor" if row.get("actor") else "location")
    assert (place.lat, place.lon, place.radius_km) == (*row.get("middle", (None, None)), row.get("radius_km"))
    assert "middle" not in row or row["radius_km"] >= 15  # nobody may take it for a point


@pytest.mark.parametrize("row", DISPUTED, ids=lambda row: row["names"][0])
def test_disputed_land_names_its_claimants_and_source(row):
    assert list(_marked_place(row["example"]).disputed) == row["claimants"]
    assert row["source"]


@pytest.mark.parametrize("row", HOME, ids=lambda row: f"{row['countries'][0]} {row['words'][0]}")
def test_words_of_public_life_speak_for_their_country_alone(row):
    marked = unmark(row["example"])
    word = marked.text[marked.spans["["][0].start : marked.spans["["][0].end]
    assert word in row["words"]
    assert homes_told(_sentences(marked.text), ours()) == dict.fromkeys(row["countries"], 1.0)
    assert homes_told(_sentences(row["not"]), ours()) == {}


def _sentences(text: str):
    page = page_of(text)
    return stretches(page, english_parser().parse(page))
