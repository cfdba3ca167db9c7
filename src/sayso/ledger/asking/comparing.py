"""Two reports of a case beside each other, and which events of a report tell of which incident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.journey import compare_readings
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.schema import events

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import ReportPage
    from sayso.ledger.case import Case
    from sayso.record import Comparison


def compared(case: Case, here: ReportPage, there: ReportPage) -> Comparison:
    """One report beside another, with the rows of the case: what tells the same, what changed, what is alone."""
    return compare_readings(here.reading, there.reading, knowledge_of(case))


def incidents_of_events(case: Case, report: str) -> Mapping[str, str]:
    """The incident that each event of a report tells of, by the event's id; `report` is a whole id."""
    query = select(events.c.event, events.c.incident_id).where(events.c.report_id == report)
    with case.reading() as connection:
        return {row.event: row.incident_id for row in connection.execute(query)}
