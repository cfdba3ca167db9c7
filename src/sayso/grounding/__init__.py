"""Stage 3: what a page names of numbers, times, places and people, each with its doubt."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Check, Grounds, Page


def ground(page: Page, parse: Parse, knowledge: Knowledge) -> Grounds:
    """Find the numbers, times, places and people that a page names, and keep the doubt about each."""
    return Grounds(dateline=page.dateline, published=page.published)


def check(page: Page, grounds: Grounds, knowledge: Knowledge) -> tuple[Check, ...]:
    """Say what in a page adds up and what does not."""
    return ()
