"""Which incident an event is of, as the case has it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_

from sayso.ledger.schema import events

if TYPE_CHECKING:
    from sayso.ledger.case import Case

MOST = 200


def told_in(case: Case, parts: Iterable[str]) -> Mapping[str, str]:
    """The incidents of some events (`<report>#ev1`), at most two hundred; what is no event of the case has none."""
    wanted = sorted({tuple(one.split("#", 1)) for one in parts if "#ev" in one})[:MOST]
    if not wanted:
        return {}
    asked = select(events.c.report_id, events.c.event, events.c.incident_id)
    with case.reading() as connection:
        rows = connection.execute(asked.where(tuple_(events.c.report_id, events.c.event).in_(wanted)))
        return {f"{row.report_id}#{row.event}": row.incident_id for row in rows}
