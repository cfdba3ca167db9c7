"""The figures of plain sentences, for tests of the wide layer below the quantities."""

from __future__ import annotations

from sayso.grounding.figures import Figure, find_figures
from sayso.grounding.stretches import stretches
from sayso.grounding.times import find_moments
from sayso.knowledge import ours
from sayso.models.english import english_parser
from tests.grounding.grounded import page_of


def figures_in(text: str) -> tuple[Figure, ...]:
    page = page_of(text)
    found = stretches(page, english_parser().parse(page))
    moments = find_moments(page, found, page.published, ours())
    return find_figures(found, [moment.span for moment in moments], ours())
