"""The words with which incidents tell when they were, where no day could be made of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger.schema import events
from sayso.record import Anchor, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

MOST = 200
"""Events that are looked into: a page of a list has few without a day, and most of these one event."""


def told_when(case: Case, incidents: Collection[str]) -> Mapping[str, Anchor]:
    """The first words of each incident that tell a time: "on Thursday", "last weekend". None where it has none."""
    if not incidents:
        return {}
    asked = select(events.c.incident_id, events.c.report_id, events.c.telling)
    asked = asked.where(events.c.incident_id.in_(sorted(incidents))).order_by(events.c.id).limit(MOST)
    found: dict[str, Anchor] = {}
    with case.reading() as connection:
        for row in connection.execute(asked):
            said = ((json.loads(row.telling) or {}).get("when") or {}).get("said")
            if said:
                start, end = said["span"]
                found.setdefault(row.incident_id, Anchor(row.report_id, Span(start, end), said["words"]))
    return found
