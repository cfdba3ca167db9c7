"""Listed areas that the parser took for a body, a person or nothing: "in Sumatra", "along the Amazon"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.grounding.place_rows import Rows
from sayso.grounding.sites import Site
from sayso.grounding.stretches import Stretch


def with_areas(stretches: Sequence[Stretch], found: Sequence[Site], rows: Rows) -> list[Site]:
    """The mentions found, and those of areas beside them, in the order of the text."""
    taken: dict[int, set[int]] = {}
    for site in found:
        taken.setdefault(site.stretch.number, set()).update(range(site.first, site.last))
    more = [site for stretch in stretches for site in _areas(stretch, taken.get(stretch.number, set()), rows)]
    return sorted([*found, *more], key=lambda site: (site.span, site.kind)) if more else list(found)


def _areas(stretch: Stretch, taken: set[int], rows: Rows) -> list[Site]:
    sites = []
    for match in rows.areas_named.finditer(stretch.text):
        first, last = stretch.token_from(match.start("place")), stretch.token_from(match.end("place"))
        span = stretch.span(*match.span("place"))
        if span is None or last <= first or not taken.isdisjoint(range(first, last)) or _goes_on(stretch, last):
            continue
        sites.append(Site(stretch, first, last, match["place"], span, "area", "name"))
    return sites


def _goes_on(stretch: Stretch, last: int) -> bool:
    """Whether a noun follows that the name only describes: "the Amazon warehouse"."""
    tokens = stretch.tokens
    return last < len(tokens) and tokens[last].pos in ("NOUN", "PROPN") and tokens[last - 1].dep == "compound"
