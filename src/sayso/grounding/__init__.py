"""Stage 3, Page → Grounds: numbers, times, places and people, each with its doubt."""

from __future__ import annotations

from sayso.grounding.numbers import find_quantities
from sayso.grounding.people import entities_of, named_in
from sayso.grounding.places import find_places, place_of_dateline
from sayso.grounding.stretches import stretches
from sayso.grounding.times import find_moments, inferred_publication
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Check, Grounds, Page


def ground(page: Page, parse: Parse, knowledge: Knowledge) -> Grounds:
    """Find the numbers, times, places and people that a page names, and keep the doubt about each."""
    sentences = stretches(page, parse)
    cuts = [cut.span for cut in page.cuts]
    moments = find_moments(page, sentences, page.published, knowledge)
    published = page.published
    if published.basis == "unknown":
        published = inferred_publication(sentences, moments, knowledge) or published
    quantities = find_quantities(sentences, [moment.span for moment in moments], cuts, knowledge)
    named = named_in(sentences, knowledge)
    entities = entities_of(named, knowledge)
    places = find_places(sentences, named, entities, knowledge)
    return Grounds(places, moments, quantities, entities, page.dateline, published)


def check(page: Page, grounds: Grounds, knowledge: Knowledge) -> tuple[Check, ...]:
    """Say what in a page adds up and what does not."""
    return ()
