"""The newsroom's own judgements, stated without a source."""

from __future__ import annotations

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Check, Event, Page, Spoken


def unattributed(
    page: Page, parse: Parse, spoken: Spoken, events: tuple[Event, ...], knowledge: Knowledge
) -> tuple[Check, ...]:
    """The judgements that no statement covers, each as a check that holds nothing."""
    return ()
