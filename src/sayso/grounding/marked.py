"""Where marked words are: for a person who points at a name, and for those who rank what a name may mean."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.grounding.areas import with_areas
from sayso.grounding.people import entities_of, named_in
from sayso.grounding.place_rows import Rows, rows_about_places
from sayso.grounding.places import places_of
from sayso.grounding.sites import Site, site_at
from sayso.grounding.stretches import Stretch, stretches
from sayso.grounding.toponyms import wide_sites
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Page, Place, Span


def likely_places(page: Page, parse: Parse, knowledge: Knowledge) -> tuple[Place, ...]:
    """All places that a page names, each at its likeliest: no reading for a record, which says `unresolved` instead."""
    sentences = stretches(page, parse)
    named = named_in(sentences, knowledge)
    written = (page.dateline, page.report.text)
    sites = with_areas(sentences, wide_sites(sentences, named, knowledge), rows_about_places(knowledge))
    return places_of(sites, sentences, entities_of(named, knowledge), knowledge, written, guess=True)


def places_at(
    page: Page, parse: Parse, knowledge: Knowledge, spans: Sequence[Span], *, guess: bool = False
) -> tuple[Place | None, ...]:
    """What the words at these spans mean as names of places, in the light of all that the page names.

    One answer a span, None where no sentence holds it or a cut runs through it. With `guess`, the likeliest place
    where the page leaves it open.
    """
    rows, sentences = rows_about_places(knowledge), stretches(page, parse)
    named = named_in(sentences, knowledge)
    asked = [_site_of(sentences, span, rows) for span in spans]
    marked = [site for site in asked if site is not None]
    found = [site for site in wide_sites(sentences, named, knowledge) if not _is_among(site, spans)]
    sites = sorted([*found, *marked], key=lambda site: (site.span, site.kind))
    written = (page.dateline, page.report.text)
    places = places_of(sites, sentences, entities_of(named, knowledge), knowledge, written, guess=guess)
    by_span = {place.span: place for place in places}
    return tuple(by_span.get(site.span) if site is not None else None for site in asked)


def _is_among(site: Site, spans: Sequence[Span]) -> bool:
    return any(site.span.start < span.end and span.start < site.span.end for span in spans)


def _site_of(sentences: Sequence[Stretch], span: Span, rows: Rows) -> Site | None:
    """The mention that a span of the sealed text marks."""
    stretch = next((one for one in sentences if one.tokens and _holds(one, span)), None)
    if stretch is None:
        return None
    at = [index for index, token in enumerate(stretch.tokens) if token.start < span.end and span.start < token.end]
    return site_at(stretch, at[0], at[-1] + 1, rows) if at else None


def _holds(stretch: Stretch, span: Span) -> bool:
    return stretch.tokens[0].start <= span.start < stretch.tokens[-1].end
