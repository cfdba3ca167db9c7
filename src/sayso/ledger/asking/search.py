"""Finding sentences: by their words, by what is said or told in them, by whom, where and when.

The newest added come first, in the order of their ids, so that going on after a page costs as much as the page. The
condition that fewest rows meet is asked first; where all are common, the sentences are gone through from the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from math import prod
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

from sayso.ledger.asking.answers import Hit
from sayso.ledger.asking.hits import hits_of
from sayso.ledger.asking.positions import placed
from sayso.ledger.asking.questions import (
    COPIED,
    FIRST_HAND,
    RELAYED,
    UNSEEN,
    Among,
    checked,
    day_of,
    number_of,
    parties_named,
    past_of,
    published_by,
    speakers_named,
    standing_at,
    standing_in,
)
from sayso.ledger.asking.rows import rows_of_ids
from sayso.ledger.asking.wording import Wording, fits, quoted, wording
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.schema import (
    decision_about,
    events,
    family_members,
    places,
    reports,
    sentences,
    speakers,
    statements,
)
from sayso.record import POSITIONS, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sayso.ledger.case import Case

By = Callable[[ColumnElement[str]], ColumnElement[str]]
LIMIT = 20
FEW = 200
"""Rows that a condition may always have to be asked first: so many are sorted in a few milliseconds."""
UNKNOWN = "unknown"
ID = len("sha256:") + 64
ENOUGH = 500
MANY = 5_000
MOST = 100_000
"""Rows that are counted of one common condition whose rows are dear, of one whose rows are not, and of several."""
DEEP = 12_000
"""Sentences that are gone through, from the newest, where only the first of those that fit are asked for."""
ONE: ColumnElement[Any] = literal_column("1")
AT_ONCE = 1_000
"""Sentences that are looked at together, at most."""
LONGEST = 500
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


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a sentence: as a condition on it, and as the ids of all sentences that meet it."""

    holds: ColumnElement[bool]
    ids: Select[Any]
    counted: Select[Any]  # rows by which to tell how common it is
    is_dear: bool = False  # whether each of these rows takes long to tell


@dataclass(frozen=True, slots=True)
class Who:
    """Some speakers, or all others."""

    ids: frozenset[str]
    is_none_of: bool = False


def search(
    case: Case,
    words: str | None = None,
    among: Among | None = None,
    *,
    exactly: bool = False,
    limit: int = LIMIT,
    after: int | None = None,
) -> list[Hit]:
    """The sentences that hold all the words and meet all that `among` asks, the newest added first.

    `words` are bare words (found under any ending), "exact phrases", and -words that must not be there; with `exactly`
    all of it must stand there as it is typed, code point by code point, but for blanks and line ends. All that
    `among` asks of a statement must be true of one statement, part of which stands in the sentence; so with events.
    The place is one that the sentence names. `after` is the `key` of the last hit of the page before. Raises
    `BadQuestion` for what cannot be asked, `NoSuchThing` for the id of no speaker.
    """
    looked_for = looked_for_in(words, exactly=exactly)
    if looked_for is None:
        return []
    with case.reading() as connection:
        conditions = list(conditions_of(case, connection, among or Among()))
        wanted = max(1, min(limit, LONGEST))
        return hits_of(
            connection, found_rows(connection, looked_for, conditions, after=after, limit=wanted), looked_for
        )


def looked_for_in(words: str | None, *, exactly: bool = False) -> Wording | None:
    """What is typed, taken apart; None for signs alone, which no sentence could have."""
    looked_for = (quoted(words) if exactly else wording(words)) if words is not None else Wording()
    return None if words is not None and words.strip() and looked_for == Wording() else looked_for


def found_rows(
    connection: Connection,
    looked_for: Wording,
    conditions: list[Condition],
    *,
    after: int | None = None,
    limit: int,
) -> list[Row[Any]]:
    """The rows of the first sentences that are meant, with `COLUMNS`."""
    return list(islice(_Search(connection, looked_for, conditions).rows(after, limit), limit))


def first_rows(
    connection: Connection, looked_for: Wording, conditions: list[Condition], *, limit: int
) -> tuple[list[Row[Any]], bool]:
    """The same of as many sentences as a person waits for, and whether these are all that there are."""
    going = _Search(connection, looked_for, conditions, DEEP)
    rows = list(islice(going.rows(None, limit), limit + 1))
    return rows[:limit], len(rows) <= limit and not going.was_cut


def among_ids(connection: Connection, conditions: Iterable[Condition], ids: Collection[int]) -> list[Row[Any]]:
    """The rows of those of some sentences that meet all conditions."""
    holding = (condition.holds for condition in conditions)
    return list(connection.execute(select(*COLUMNS).where(sentences.c.id.in_(list(ids)), *holding)))


# What is asked


def conditions_of(case: Case, connection: Connection, among: Among) -> Iterator[Condition]:
    """All that is asked of sentences, apart. Raises `BadQuestion`, `NoSuchThing`."""
    checked(among)
    if among.spot is not None:
        here = standing_at(among.spot)
        yield Condition(
            exists().where(places.c.sentence_id == sentences.c.id, here),
            select(places.c.sentence_id).where(here),
            select(ONE).select_from(places).where(here),
        )
    yield from _conditions(connection, among, placed_in(case, connection, among))


def placed_in(case: Case, connection: Connection, among: Among) -> Who | None:
    """Who is in the position that is asked for; None where none is."""
    if among.position is None:
        return None
    if among.position != UNKNOWN:
        return Who(placed(connection, among.position, knowledge_of(case)))
    others = (placed(connection, one, knowledge_of(case)) for one in POSITIONS if one != UNKNOWN)
    return Who(frozenset().union(*others), is_none_of=True)  # of most speakers it is not known where they stand


def _conditions(connection: Connection, among: Among, who: Who | None) -> Iterator[Condition]:
    # What is told soonest of one sentence goes first: they are looked at in this order.
    if asked := list(_of_reports(connection, among)):
        of_reports = and_(*asked)
        yield Condition(
            exists().where(reports.c.id == sentences.c.report_id, of_reports),
            select(sentences.c.id).join(reports, reports.c.id == sentences.c.report_id).where(of_reports),
            select(sentences.c.id).join(reports, reports.c.id == sentences.c.report_id).where(of_reports),
        )
    if among.place is not None:
        there = standing_in(connection, among.place)
        yield Condition(
            exists().where(places.c.sentence_id == sentences.c.id, there),
            select(places.c.sentence_id).where(there),
            select(ONE).select_from(places).where(there),
        )
    if asked := list(of_events(among)):
        told_there = and_(*asked)
        yield Condition(
            exists().where(events.c.sentence_id == sentences.c.id, *of_events(among, unindexed)),
            select(events.c.sentence_id).where(told_there),
            select(ONE).select_from(events).where(told_there),
        )
    if asked := list(of_statements(connection, among, who)):
        of_one = and_(*of_statements(connection, among, who, unindexed))
        is_dear = who is not None or among.came in (COPIED, FIRST_HAND)
        yield _in_statements(and_(*asked), of_one, is_dear=is_dear)


def _plain(column: ColumnElement[str]) -> ColumnElement[str]:
    return column


def unindexed(column: ColumnElement[str]) -> ColumnElement[str]:
    """The same column, by which no index is used: of one sentence, SQLite would look through all denials of a case."""
    return column.concat("")


def _in_statements(asked: ColumnElement[bool], of_one: ColumnElement[bool], *, is_dear: bool) -> Condition:
    part = and_(
        statements.c.report_id == sentences.c.report_id,
        statements.c.start < sentences.c.end,
        statements.c.end > sentences.c.start,
    )
    return Condition(
        exists().where(part, of_one),
        select(sentences.c.id).select_from(statements).join(sentences, part).where(asked),
        select(ONE).select_from(statements).where(asked),
        is_dear,
    )


def of_statements(
    connection: Connection, among: Among, who: Who | None, by: By = _plain
) -> Iterator[ColumnElement[bool]]:
    """All that must be true of one statement. `who` are the speakers in the position that is asked for."""
    if among.act is not None:
        yield by(statements.c.act) == among.act
    if among.silence is not None:
        yield statements.c.silence == among.silence
    if among.channel is not None:
        yield statements.c.channels.contains(f" {among.channel} ")
    if among.speaker is not None:
        yield by(statements.c.speaker_id).in_(speakers_named(connection, among.speaker))
    if among.party is not None:
        codes = parties_named(connection, among.party)
        yield by(statements.c.speaker_id).in_(select(speakers.c.id).where(speakers.c.party.in_(codes)))
    if among.said_since is not None:
        yield statements.c.said_latest > day_of(among.said_since)
    if among.said_until is not None:
        yield statements.c.said_earliest < past_of(among.said_until)
    # Of two lists of ids SQLite would look up every pair: where there is one already, the other is only looked at.
    one_list = among.act is not None or among.speaker is not None or among.party is not None
    if who is not None:
        by_who = unindexed if among.ruled in STANDINGS else by
        yield _one_of(connection, by_who(statements.c.speaker_id), who)
    if among.came is not None:
        yield from _came(among.came, unindexed if one_list or who is not None else by)
    if among.ruled is not None:
        yield from _ruled(among.ruled, by)


def _came(how: str, by: By) -> Iterator[ColumnElement[bool]]:
    if how == RELAYED:
        yield statements.c.within.is_not(None)
        return
    copies = family_members.c.how != "original"
    in_a_copy = exists().where(
        family_members.c.report_id == statements.c.report_id,
        family_members.c.start < statements.c.end,
        family_members.c.end > statements.c.start,
        copies,
    )
    if how == COPIED:
        yield by(statements.c.report_id).in_(select(family_members.c.report_id).where(copies))
        yield in_a_copy
    else:
        yield statements.c.within.is_(None)
        yield ~in_a_copy


def _ruled(how: str, by: By) -> Iterator[ColumnElement[bool]]:
    if how == UNSEEN:
        yield statements.c.ruled.is_(None)
        return
    yield statements.c.ruled == how
    whole = func.substr(decision_about.c.about, 1, ID)  # few were ruled of: they are found by the decisions
    yield by(statements.c.report_id).in_(select(whole).where(decision_about.c.about.like("sha256:%")))


def _one_of(connection: Connection, speaker: ColumnElement[str], who: Who) -> ColumnElement[bool]:
    among = rows_of_ids(connection, sorted(who.ids))
    return speaker.not_in(among) if who.is_none_of else speaker.in_(among)


def of_events(among: Among, by: By = _plain) -> Iterator[ColumnElement[bool]]:
    """All that must be true of one event."""
    if among.kind is not None:
        yield by(events.c.kind) == among.kind
    if among.status is not None:
        yield events.c.status == among.status


def _of_reports(connection: Connection, among: Among) -> Iterator[ColumnElement[bool]]:
    if among.publisher is not None:
        yield published_by(connection, among.publisher)
    if among.added is not None:
        yield reports.c.seq > number_of(among.added)
    if among.since is not None:
        yield reports.c.published_latest > day_of(among.since)
    if among.until is not None:
        yield reports.c.published_earliest < past_of(among.until)


# Going through


@dataclass(slots=True)
class _Search:
    """One question, about to be answered. With `deep` only so many of the newest sentences are gone through."""

    connection: Connection
    looked_for: Wording
    conditions: list[Condition]
    deep: int | None = None
    was_cut: bool = False

    def rows(self, after: int | None, wanted: int) -> Iterator[Row[Any]]:
        """The sentences, the newest first, looked up some at a time, ever more as few of them fit."""
        query, key = self._query(wanted)
        at_once = 2 * wanted if self.looked_for != Wording() else wanted + 1
        while True:
            page = query if after is None else query.where(key < after)
            rows = self.connection.execute(page.order_by(key.desc()).limit(at_once)).all()
            yield from (row for row in rows if fits(self.looked_for, row.words))
            if len(rows) < at_once:
                return
            after, at_once = rows[-1].id, min(2 * at_once, AT_ONCE)

    def _query(self, wanted: int) -> tuple[Select[Any], ColumnElement[int]]:
        """The sentences that can be meant, and the column of their ids to go on by."""
        query, key = select(*COLUMNS), sentences.c.id
        counts = self._counts()
        first = self._first(counts, wanted)
        for n, condition in enumerate(self.conditions):
            query = query.where(sentences.c.id.in_(condition.ids) if n == first else condition.holds)
        if first is None and self.conditions and self.deep is not None:
            query = self._not_beyond(query)
        if first is not None or not self.looked_for.needed:
            return query, key  # the words of sentences that are looked up otherwise are looked at one by one
        return self._by_words(query)

    def _not_beyond(self, query: Select[Any]) -> Select[Any]:
        last = (self.connection.execute(select(func.max(sentences.c.id))).scalar() or 0) - (self.deep or 0)
        self.was_cut = last > 0
        return query.where(sentences.c.id > last) if self.was_cut else query

    def _by_words(self, query: Select[Any]) -> tuple[Select[Any], ColumnElement[int]]:
        if self.connection.dialect.name == "postgresql":
            return query.where(INDEXED.contains(_array(self.looked_for.needed))), sentences.c.id
        return _in_fts(query, self.looked_for.needed), FTS.c.rowid

    def _first(self, counts: list[int], wanted: int) -> int | None:
        """The condition that is asked first, None where going through from the newest meets enough sooner."""
        fewest = min(counts, default=MANY)
        if fewest in (MANY, MOST):
            return None  # so common that it is met at once, or no better than anything else
        everything = max(1, self.connection.execute(select(func.max(sentences.c.id))).scalar() or 1)
        through = wanted * prod(everything / max(1, count) for count in counts)
        if self.looked_for.needed:
            through = min(through, self._count_of_words())
        return counts.index(fewest) if fewest < max(FEW, through) else None

    def _counts(self) -> list[int]:
        """How many rows each condition has, better known where several are common."""
        counts = [self._count(condition) for condition in self.conditions]
        if counts.count(MANY) < 2:
            return counts
        return [
            count_of(self.connection, condition.counted, MOST) if count == MANY and not condition.is_dear else count
            for condition, count in zip(self.conditions, counts, strict=True)
        ]

    def _count(self, condition: Condition) -> int:
        if not condition.is_dear:
            return count_of(self.connection, condition.counted, MANY)
        count = count_of(self.connection, condition.counted, ENOUGH)
        return count if count < ENOUGH else MANY

    def _count_of_words(self) -> int:
        if self.connection.dialect.name == "postgresql":
            query, _ = self._by_words(select(sentences.c.id))
        else:
            query = select(FTS.c.rowid).where(_matched(self.looked_for.needed))
        return count_of(self.connection, query, MANY)


def _array(terms: tuple[str, ...]) -> ColumnElement[Any]:
    return cast(list(terms), ARRAY(Text))


def ids_with(connection: Connection, terms: tuple[str, ...]) -> Select[Any]:
    """The ids of the sentences that have all of some terms, the newest first."""
    if connection.dialect.name == "postgresql":
        return select(sentences.c.id).where(INDEXED.contains(_array(terms))).order_by(sentences.c.id.desc())
    return select(FTS.c.rowid).where(_matched(terms)).order_by(FTS.c.rowid.desc())


def count_of(connection: Connection, query: Select[Any], most: int) -> int:
    """How many rows there are, as far as it matters: to count them all would take longer than to ask."""
    return connection.execute(select(func.count()).select_from(query.limit(most).subquery())).scalar_one()


def _in_fts(query: Select[Any], terms: tuple[str, ...]) -> Select[Any]:
    joined = FTS.join(sentences, sentences.c.id == FTS.c.rowid)
    return query.select_from(joined).where(_matched(terms))


def _matched(terms: tuple[str, ...]) -> ColumnElement[bool]:
    """Terms are letters and digits, so that between quotation marks nothing in them is a command to FTS5."""
    asked = " ".join(f'"{term}"' for term in terms)
    return text("sentence_search MATCH :terms").bindparams(terms=asked)  # type: ignore[return-value]
