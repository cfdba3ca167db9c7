"""Sentences that were found, with what is read in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.ledger.asking.answers import Hit, MatchedEvent, MatchedStatement
from sayso.ledger.asking.wording import Wording, matches
from sayso.ledger.schema import events, reports, speakers, statements
from sayso.record import Published, Span

OF_REPORT = (
    reports.c.id,
    reports.c.title,
    reports.c.publisher,
    reports.c.published_earliest,
    reports.c.published_latest,
    reports.c.published_basis,
)
SAID = (
    select(
        statements.c.report_id,
        statements.c.statement,
        statements.c.start,
        statements.c.end,
        statements.c.act,
        statements.c.silence,
        statements.c.speaker_id,
        statements.c.ruled,
        speakers.c.name,
        speakers.c.party,
        speakers.c.private,
    )
    .join(speakers, speakers.c.id == statements.c.speaker_id)
    .order_by(statements.c.report_id, statements.c.start, statements.c.statement)
)
DONE = select(events.c.event, events.c.kind, events.c.status, events.c.incident_id, events.c.sentence_id).order_by(
    events.c.id
)


def hits_of(connection: Connection, rows: Sequence[Row[Any]], looked_for: Wording) -> list[Hit]:
    """Rows of `COLUMNS` as hits, with what is read in each."""
    if not rows:
        return []
    ids = {row.report_id for row in rows}
    told = {row.id: row for row in connection.execute(select(*OF_REPORT).where(reports.c.id.in_(ids)))}
    said = connection.execute(SAID.where(statements.c.report_id.in_(ids))).all()
    done = connection.execute(DONE.where(events.c.sentence_id.in_([row.id for row in rows]))).all()
    return [_hit(row, told[row.report_id], said, done, matches(looked_for, row.words)) for row in rows]


def _hit(row: Any, report: Any, said: Sequence[Any], done: Sequence[Any], found: tuple[Span, ...]) -> Hit:
    return Hit(
        report=row.report_id,
        sentence=row.n,
        span=Span(row.start, row.end),
        words=row.words,
        matches=found,
        title=report.title,
        publisher=report.publisher,
        published=Published(report.published_earliest, report.published_latest, report.published_basis),
        statements=tuple(_statement(one) for one in said if _stands_in(one, row)),
        events=tuple(
            MatchedEvent(one.event, one.kind, one.status, one.incident_id) for one in done if one.sentence_id == row.id
        ),
        key=row.id,
    )


def _stands_in(statement: Any, sentence: Any) -> bool:
    same = statement.report_id == sentence.report_id
    return bool(same and statement.start < sentence.end and statement.end > sentence.start)


def _statement(row: Any) -> MatchedStatement:
    return MatchedStatement(
        row.statement, row.name, row.speaker_id, row.act, row.silence, row.party, row.private, row.ruled
    )
