"""Finding sentences: by their words, by what is said or told in them, by whom, where and when.

The newest added come first, in the order of their ids, so that going on after a page costs as much as the page. The
condition that fewest rows meet is asked first; where all are common, the sentences are gone through from the newest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from sayso.ledger.asking.answers import Hit, MatchedEvent, MatchedStatement
from sayso.ledger.asking.questions import (
    Among,
    checked,
    day_of,
    parties_named,
    past_of,
    publishers_named,
    speakers_named,
    standing_in,
)
from sayso.ledger.asking.wording import Wording, fits, matches, wording
from sayso.ledger.schema import events, places, reports, sentences, speakers, statements
from sayso.record import Published, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.ledger.case import Case

LIMIT = 20
FEW = 1_000
"""Rows that a condition may have to be asked first: so many are sorted in a few milliseconds."""
AT_ONCE = 200
"""Sentences that are looked at together."""
MOST = 500
"""The longest page."""
FTS = table("sentence_search", column("rowid", Integer))
INDEXED: ColumnElement[Any] = func.string_to_array(sentences.c.terms, literal_column("' '"), type_=ARRAY(Text))
"""As the first migration has it: PostgreSQL uses an index only for the very expression that it was made of."""
COLUMNS = (
    sentences.c.id,
    sentences.c.report_id,
    sentences.c.n,
    sentences.c.start,
    sentences.c.end,
    sentences.c.words,
)
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


@dataclass(frozen=True, slots=True)
class _Condition:
    """One thing asked of a sentence: as a condition on it, and as the ids of all sentences that meet it."""

    holds: ColumnElement[bool]
    ids: Select[Any]
    counted: Select[Any]  # rows by which to tell how common it is


def search(
    case: Case, words: str | None = None, among: Among | None = None, *, limit: int = LIMIT, after: int | None = None
) -> list[Hit]:
    """The sentences that hold all the words and meet all that `among` asks, the newest added first.

    `words` are bare words (found under any ending), "exact phrases", and -words that must not be there. All that
    `among` asks of a statement must be true of one statement, part of which stands in the sentence; so with events.
    The place is one that the sentence names. `after` is the `key` of the last hit of the page before. Raises
    `BadQuestion` for what cannot be asked, `NoSuchThing` for the id of no speaker.
    """
    looked_for = wording(words) if words is not None else Wording()
    if words is not None and words.strip() and looked_for == Wording():
        return []  # signs alone: there is nothing that a sentence could have
    with case.reading() as connection:
        conditions = list(_conditions(connection, checked(among or Among())))
        wanted = max(1, min(limit, MOST))
        rows = _first(_Search(connection, looked_for, conditions).rows(after), wanted)
        return _hits(connection, rows, looked_for)


def _first(rows: Iterator[Row[Any]], wanted: int) -> list[Row[Any]]:
    found = []
    for row in rows:
        found.append(row)
        if len(found) == wanted:
            break
    return found


# What is asked


def _conditions(connection: Connection, among: Among) -> Iterator[_Condition]:
    if asked := list(_of_statements(connection, among)):
        yield _in_statements(and_(*asked))
    if asked := list(_of_events(among)):
        of_events = and_(*asked)
        yield _Condition(
            exists().where(events.c.sentence_id == sentences.c.id, of_events),
            select(events.c.sentence_id).where(of_events),
            select(events.c.id).where(of_events),
        )
    if among.place is not None:
        there = standing_in(connection, among.place)
        yield _Condition(
            exists().where(places.c.sentence_id == sentences.c.id, there),
            select(places.c.sentence_id).where(there),
            select(places.c.report_id).where(there),
        )
    if asked := list(_of_reports(connection, among)):
        of_reports = and_(*asked)
        yield _Condition(
            exists().where(reports.c.id == sentences.c.report_id, of_reports),
            select(sentences.c.id).join(reports, reports.c.id == sentences.c.report_id).where(of_reports),
            select(sentences.c.id).join(reports, reports.c.id == sentences.c.report_id).where(of_reports),
        )


def _in_statements(asked: ColumnElement[bool]) -> _Condition:
    part = and_(
        statements.c.report_id == sentences.c.report_id,
        statements.c.start < sentences.c.end,
        statements.c.end > sentences.c.start,
    )
    return _Condition(
        exists().where(part, asked),
        select(sentences.c.id).select_from(statements).join(sentences, part).where(asked),
        select(statements.c.report_id).where(asked),
    )


def _of_statements(connection: Connection, among: Among) -> Iterator[ColumnElement[bool]]:
    if among.act is not None:
        yield statements.c.act == among.act
    if among.silence is not None:
        yield statements.c.silence == among.silence
    if among.channel is not None:
        yield statements.c.channels.contains(f" {among.channel} ")
    if among.speaker is not None:
        yield statements.c.speaker_id.in_(speakers_named(connection, among.speaker))
    if among.party is not None:
        codes = parties_named(connection, among.party)
        yield statements.c.speaker_id.in_(select(speakers.c.id).where(speakers.c.party.in_(codes)))
    if among.said_since is not None:
        yield statements.c.said_latest > day_of(among.said_since)
    if among.said_until is not None:
        yield statements.c.said_earliest < past_of(among.said_until)


def _of_events(among: Among) -> Iterator[ColumnElement[bool]]:
    if among.kind is not None:
        yield events.c.kind == among.kind
    if among.status is not None:
        yield events.c.status == among.status


def _of_reports(connection: Connection, among: Among) -> Iterator[ColumnElement[bool]]:
    if among.publisher is not None:
        yield reports.c.publisher.in_(publishers_named(connection, among.publisher))
    if among.since is not None:
        yield reports.c.published_latest > day_of(among.since)
    if among.until is not None:
        yield reports.c.published_earliest < past_of(among.until)


# Going through


@dataclass(frozen=True, slots=True)
class _Search:
    """One question, about to be answered."""

    connection: Connection
    looked_for: Wording
    conditions: list[_Condition]

    def rows(self, after: int | None) -> Iterator[Row[Any]]:
        """The sentences, the newest first, looked up a handful at a time."""
        query, key = self._query()
        while True:
            page = query if after is None else query.where(key < after)
            rows = self.connection.execute(page.order_by(key.desc()).limit(AT_ONCE)).all()
            yield from (row for row in rows if fits(self.looked_for, row.words))
            if len(rows) < AT_ONCE:
                return
            after = rows[-1].id

    def _query(self) -> tuple[Select[Any], ColumnElement[int]]:
        """The sentences that can be meant, and the column of their ids to go on by."""
        query, key = select(*COLUMNS), sentences.c.id
        counts = [self._count(condition) for condition in self.conditions]
        fewest = min(counts, default=FEW)
        for condition, count in zip(self.conditions, counts, strict=True):
            is_first = fewest < FEW and count == fewest
            query = query.where(sentences.c.id.in_(condition.ids) if is_first else condition.holds)
        if fewest < FEW or not self.looked_for.needed:
            return query, key  # the words of so few sentences are looked at one by one
        if self.connection.dialect.name == "postgresql":
            return query.where(INDEXED.contains(_array(self.looked_for.needed))), key
        return _in_fts(query, self.looked_for.needed), FTS.c.rowid

    def _count(self, condition: _Condition) -> int:
        some = condition.counted.limit(FEW).subquery()
        return self.connection.execute(select(func.count()).select_from(some)).scalar_one()


def _array(terms: tuple[str, ...]) -> ColumnElement[Any]:
    return cast(list(terms), ARRAY(Text))


def _in_fts(query: Select[Any], terms: tuple[str, ...]) -> Select[Any]:
    """Terms are letters and digits, so that between quotation marks nothing in them is a command to FTS5."""
    asked = " ".join(f'"{term}"' for term in terms)
    joined = FTS.join(sentences, sentences.c.id == FTS.c.rowid)
    return query.select_from(joined).where(text("sentence_search MATCH :terms").bindparams(terms=asked))


# What is found


def _hits(connection: Connection, rows: list[Row[Any]], looked_for: Wording) -> list[Hit]:
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
    return MatchedStatement(row.statement, row.name, row.speaker_id, row.act, row.silence, row.party, row.private)
