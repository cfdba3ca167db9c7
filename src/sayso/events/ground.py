"""What a page's mentions say of its tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.models.parsing import Parse
from sayso.record import Grounds, Moment, Place, Quantity, Source, Span


@dataclass(frozen=True, slots=True)
class Ground:
    """What the page's mentions say of single tokens."""

    cuts: tuple[Span, ...]
    places: dict[int, Place]  # by token
    by_id: dict[str, Place]
    moments: dict[int, Moment]  # by first token
    quantities: dict[int, Quantity]  # by token
    countries: dict[int, str]  # token to ISO 3166 alpha-3
    sources: dict[int, Source]  # token to the speaker who is named there
    owned: frozenset[int]  # verbs and nouns that tell an event of their own


def ground(parse: Parse, grounds: Grounds, sources: Iterable[Source], cuts: tuple[Span, ...]) -> Ground:
    """Lay a page's mentions over its tokens."""
    index = Index(parse)
    places = {i: place for place in grounds.places for i in index.tokens(place.span)}
    countries = {i: place.country for i, place in places.items() if place.country}
    for entity in grounds.entities:
        if entity.country:
            for span in entity.mentions:
                for i in index.tokens(span):
                    countries.setdefault(i, entity.country)
    return Ground(
        cuts=cuts,
        places=places,
        by_id={place.id: place for place in grounds.places},
        moments={i: moment for moment in grounds.moments for i in index.tokens(moment.span)},
        quantities={i: quantity for quantity in grounds.quantities for i in index.tokens(quantity.span)},
        countries=countries,
        sources={i: source for source in sources for span in source.mentions for i in index.tokens(span)},
        owned=frozenset(),
    )


class Index:
    """Finds the tokens of a span by bisection."""

    def __init__(self, parse: Parse) -> None:
        self._starts = [token.start for token in parse.tokens]
        self._parse = parse

    def tokens(self, span: Span) -> Iterator[int]:
        """The tokens that a span touches."""
        i = bisect_left(self._starts, span.start)
        if i and self._parse.tokens[i - 1].end > span.start:
            i -= 1
        while i < len(self._starts) and self._starts[i] < span.end:
            yield i
            i += 1
