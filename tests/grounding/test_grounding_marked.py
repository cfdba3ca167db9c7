"""Where marked words are: what a person points at is answered in the light of the page, and a guess is a guess."""

from __future__ import annotations

from sayso.grounding.marked import likely_places, places_at
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Place, Span
from tests.grounding.grounded import grounded, page_of


def _at(text: str, *words: str, guess: bool = False) -> list[Place | None]:
    page = page_of(text)
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return list(places_at(page, english_parser().parse(page), ours(), spans, guess=guess))


def test_each_span_has_its_answer_in_order():
    found = _at("Shells fell on Kupiansk, in Ukraine, and on Lviv.", "Lviv", "Kupiansk")
    assert [(place.name, place.geonames) for place in found] == [("Lviv", 702550), ("Kupiansk", 703656)]


def test_a_name_that_the_reading_leaves_out_can_be_pointed_at():
    """Part of a body's name is no place of the record; a person may still ask where it is."""
    text = "The Bergen Fire Brigade of Norway came at noon."
    assert not [place for place in grounded(text).places if place.name == "Bergen"]
    place = _at(text, "Bergen")[0]
    assert (place.country, place.level) == ("NOR", "town")


def test_the_rest_of_the_page_speaks_for_a_marked_name():
    near_paris_texas = "Roads in Lamar County, Texas, were closed. A fire burnt in Paris, Texas."
    assert _at(near_paris_texas, "Paris")[0].region == "US-TX"
    assert _at("France's president left Paris for Lyon.", "Paris")[0].region == "FR-IDF"


def test_only_a_guess_says_where_a_name_is_that_nothing_settles():
    text = "Farmers left Springfield on Monday."
    assert _at(text, "Springfield")[0].lat is None
    assert _at(text, "Springfield", guess=True)[0].lat is not None


def test_a_guess_puts_what_the_gazetteer_lacks_beside_what_is_told_with_a_wide_reach():
    text = "Rockets hit the village of Stara Hutirka. Trucks burnt in Kupiansk, in Ukraine."
    sure, (guessed, near) = _at(text, "Stara Hutirka")[0], _at(text, "Stara Hutirka", "Kupiansk", guess=True)
    assert (sure.lat, sure.geonames) == (None, None)
    assert (guessed.lat, guessed.lon, guessed.geonames) == (near.lat, near.lon, None)
    assert guessed.radius_km >= 100


def test_words_outside_all_sentences_have_no_answer():
    text = "Rain fell on Lviv."
    page = page_of(text)
    assert places_at(page, english_parser().parse(page), ours(), [Span(len(text), len(text))]) == (None,)


def test_likely_places_pin_what_the_record_leaves_open():
    text = "Farmers left Springfield on Monday."
    page = page_of(text)
    assert [place.lat is None for place in grounded(text).places] == [True]
    assert all(place.lat is not None for place in likely_places(page, english_parser().parse(page), ours()))
