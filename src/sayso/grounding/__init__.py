"""Stage 3, Page → Grounds: numbers, times, places and people, each with its doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.grounding.checks import check
from sayso.grounding.currencies import with_currencies
from sayso.grounding.named import Named
from sayso.grounding.numbers import find_quantities
from sayso.grounding.people import entities_of, named_in
from sayso.grounding.places import find_places, place_of_dateline
from sayso.grounding.stretches import stretches
from sayso.grounding.times import (
    find_moments,
    inferred_publication,
    moment_of_dateline,
    settled_by_interval,
    with_local_zones,
    with_utterances,
)
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import folded
from sayso.models.parsing import Parse
from sayso.record import Dateline, Entity, Grounds, Moment, Page, Place, Span

__all__ = ["check", "ground", "with_utterances"]


def ground(page: Page, parse: Parse, knowledge: Knowledge) -> Grounds:
    """Find the numbers, times, places and people that a page names, and keep the doubt about each.

    Where the publication is unknown it may be inferred from what is inside (`Grounds.published`, basis
    "inferred", with its grounds); it is never today.
    """
    sentences = stretches(page, parse)
    moments = find_moments(page, sentences, page.published, knowledge)
    published = page.published
    if published.basis == "unknown":
        published = inferred_publication(sentences, moments, knowledge) or published
        moments = settled_by_interval(page, sentences, moments, published, knowledge)
    cuts = [cut.span for cut in page.cuts]
    quantities = find_quantities(sentences, [moment.span for moment in moments], cuts, knowledge)
    named = _with_own_outlets(named_in(sentences, knowledge), page)
    entities = entities_of(named, knowledge)
    places = find_places(sentences, named, entities, knowledge, (page.dateline, page.report.text))
    place = place_of_dateline(page.dateline, page.report.text, places, knowledge)
    named_places = (*places, place) if place else places
    quantities = with_currencies(quantities, named_places, sentences, page.report.text, knowledge)
    moments = with_local_zones(moments, places, sentences, place, knowledge)
    moment = moment_of_dateline(page, moments, knowledge)
    return Grounds(
        places=named_places,
        moments=(*moments, moment) if moment else moments,
        quantities=quantities,
        entities=_without_places(entities, places),
        dateline=_grounded(page.dateline, place, moment),
        published=published,
    )


def _with_own_outlets(named: Sequence[Named], page: Page) -> tuple[Named, ...]:
    """The names, the report's own publisher and agencies taken for outlets, whatever the parser made of them."""
    own = {folded(one.name) for one in (page.publisher, *page.agencies) if one is not None}
    return tuple(replace(one, kind="outlet") if folded(one.name) in own else one for one in named)


def _without_places(entities: Sequence[Entity], places: Sequence[Place]) -> tuple[Entity, ...]:
    """The entities without those "persons" that the words around them, or their neighbours, showed to be places."""
    held = {span.start: span.end for span in (place.span for place in places)}
    return tuple(
        entity
        for entity in entities
        if entity.kind != "person" or entity.role or not all(_is_held(span, held) for span in entity.mentions)
    )


def _is_held(span: Span, held: Mapping[int, int]) -> bool:
    return span.end <= held.get(span.start, 0)


def _grounded(dateline: Dateline | None, place: Place | None, moment: Moment | None) -> Dateline | None:
    """The dateline with what it names."""
    if dateline is None:
        return None
    return replace(dateline, place=place.id if place else None, moment=moment.id if moment else None)
