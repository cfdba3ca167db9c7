"""Rows of lists, as several questions need them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from sayso.ledger.asking.answers import IncidentRow, ReportRow
from sayso.ledger.decisions import decisions_in
from sayso.ledger.packing import noun_from, nouns_from
from sayso.ledger.schema import decision_about, events, incidents, reports, statements
from sayso.ledger.schema import decisions as ruled
from sayso.record import Counter, Decision, HeadlinePart, Published

if TYPE_CHECKING:
    from sayso.ledger.case import Case

REPORT_COLUMNS = (
    reports.c.seq,
    reports.c.id,
    reports.c.title,
    reports.c.publisher,
    reports.c.published_earliest,
    reports.c.published_latest,
    reports.c.published_basis,
    reports.c.url,
    reports.c.language,
    reports.c.words,
    reports.c.added_at,
)


def incident_row(row: Any) -> IncidentRow:
    """A row of `incidents`. One that was never drawn has no counter and no headline yet."""
    return IncidentRow(
        id=row.id,
        kind=row.kind,
        headline=nouns_from(HeadlinePart, row.headline or "[]"),
        counter=noun_from(Counter, row.counter) if len(row.counter) > len("{}") else None,
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        radius_km=row.radius_km,
        country=row.country,
        region=row.region,
        earliest=row.earliest,
        latest=row.latest,
        did_not_happen=row.did_not_happen,
        reports=row.reports,
        origins=row.origins,
        denials=row.denials,
        stale=row.stale,
    )


def rows_of_ids(connection: Connection, ids: Sequence[str]) -> Select[Any]:
    """Any number of ids as the rows of a question, given to it as one value."""
    if connection.dialect.name == "postgresql":
        return select(func.unnest(cast(list(ids), ARRAY(Text))))
    return select(func.json_each(json.dumps(ids)).table_valued("value").c.value)


def incidents_by_id(connection: Connection, ids: Iterable[str]) -> tuple[IncidentRow, ...]:
    """Incidents by their ids, in the order of these."""
    wanted = list(dict.fromkeys(ids))
    rows = connection.execute(select(incidents).where(incidents.c.id.in_(wanted))).all()
    known = {row.id: incident_row(row) for row in rows}
    return tuple(known[one] for one in wanted if one in known)


def report_rows_by_id(connection: Connection, ids: Iterable[str]) -> tuple[ReportRow, ...]:
    """Reports by their ids, in the order of these, with how many statements and events each has."""
    wanted = list(dict.fromkeys(ids))
    rows = connection.execute(select(*REPORT_COLUMNS).where(reports.c.id.in_(wanted))).all()
    known = {one.id: one for one in report_rows(connection, rows)}
    return tuple(known[one] for one in wanted if one in known)


def report_rows(connection: Connection, rows: Sequence[Any]) -> list[ReportRow]:
    """Rows of `REPORT_COLUMNS`, with how many statements and events each report has."""
    ids = [row.id for row in rows]
    said, told = (_counted(connection, table, ids) for table in (statements, events))
    return [
        ReportRow(
            id=row.id,
            title=row.title,
            publisher=row.publisher,
            published=published_of(row),
            url=row.url,
            language=row.language,
            words=row.words,
            added_at=row.added_at,
            statements=said.get(row.id, 0),
            events=told.get(row.id, 0),
        )
        for row in rows
    ]


def count_reports(case: Case) -> int:
    """How many reports a case holds."""
    with case.reading() as connection:
        count: int = connection.execute(select(func.count()).select_from(reports)).scalar_one()
        return count


def published_of(row: Any) -> Published:
    """When a report came out, from a row that has its columns."""
    return Published(row.published_earliest, row.published_latest, row.published_basis)


def _counted(connection: Connection, table: Any, ids: list[str]) -> dict[str, int]:
    query = select(table.c.report_id, func.count()).where(table.c.report_id.in_(ids)).group_by(table.c.report_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def decisions_about(connection: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """What people ruled about any of some things, in order; those withdrawn too, which say so."""
    mine = select(decision_about.c.decision_id).where(decision_about.c.about.in_(sorted(set(ids))))
    return decisions_in(connection, select(ruled).where(ruled.c.id.in_(mine)).order_by(ruled.c.at, ruled.c.seq))
