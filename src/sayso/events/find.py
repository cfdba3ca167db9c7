"""The verb of this stage: a page with its grounds and statements, to its events."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Event, Grounds, Page, Spoken


def find_events(
    page: Page, parse: Parse, grounds: Grounds, spoken: Spoken, knowledge: Knowledge
) -> tuple[Event, ...]:
    """The events that a page tells, in the order of their triggers."""
    return ()
