"""Who printed what: the publishers of a case, whom each quotes, and who copies whom with what shows it.

Never how good one is: what is counted is what the case holds of each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, literal_column, select

from sayso.ledger.asking.answers import Coverage, ReportRow, SpeakerRow, Tally
from sayso.ledger.asking.coverage import coverage
from sayso.ledger.asking.likeness import reasons_between
from sayso.ledger.asking.rows import report_rows_by_id
from sayso.ledger.packing import noun_from
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.quick import ask
from sayso.ledger.schema import as_put, reports, speakers, statements
from sayso.ledger.terms import folded
from sayso.record import Reason, Saying, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 40
QUOTED = 20
PARTNERS = 12
TAKEN_BACK = 20
DAY = len("2031-04-05")
RETRACTS = "retracts"
COPIES = (
    "SELECT o.publisher, r.publisher, m.how, COUNT(*), COUNT(DISTINCT m.report_id), MIN(m.report_id || ' ' || o.id) "
    'FROM family_members m JOIN reports r ON r.id = m.report_id JOIN reports o ON o.id = m."of" '
    "WHERE {} GROUP BY o.publisher, r.publisher, m.how"
)
MODELS_MISSING = (
    "SELECT COUNT(*) FROM family_members m JOIN reports r ON r.id = m.report_id "
    "WHERE r.publisher = ? AND m.how <> 'original' AND m.\"of\" IS NULL"
)
SPEAKS = (
    "SELECT s.speaker_id, COUNT(*) AS n, COUNT(DISTINCT s.report_id) FROM statements s "
    "JOIN reports r ON r.id = s.report_id WHERE r.publisher = ? GROUP BY s.speaker_id "
    "ORDER BY n DESC, s.speaker_id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """A publisher as it stands in a list. `name` is None for the reports that name none."""

    name: str | None
    reports: int
    first: str | None
    last: str | None
    undated: int
    weeks: int  # in which it has reports
    gaps: int  # runs of weeks without one, between these


@dataclass(frozen=True, slots=True)
class Copying:
    """How much of one publisher's reports stands in another's again, as far as it is known which was made of which."""

    of: str | None  # the publisher whose words they are
    by: str | None  # the publisher that has them again
    stretches: int
    reports: int  # of `by`; one that has stretches of several sorts counts in each
    hows: Tally  # exact | near | cut | reworded | …
    example: tuple[str, str]  # a report of `by`, and the one that it was made of


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows one copying: two reports, and why one is taken for made of the other."""

    here: ReportRow
    there: ReportRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A statement in which somebody takes something back, where a publisher printed it."""

    report: ReportRow
    speaker: str
    span: Span
    saying: Saying


@dataclass(frozen=True, slots=True)
class PublisherPage:
    """One publisher whole."""

    coverage: Coverage
    quoted: tuple[SpeakerRow, ...]  # with how often it has them speak
    copies: tuple[Copying, ...]  # whom it copies
    copied_by: tuple[Copying, ...]
    evidence: tuple[tuple[tuple[str, str], Shown], ...]  # by the example of a copying
    models_missing: int  # stretches that are copies of something that the case does not have
    taken_back: tuple[TakenBack, ...]


def publisher_list(
    case: Case, *, name: str | None = None, limit: int = LIMIT, after: int = 0
) -> tuple[list[PublisherRow], int]:
    """Publishers, those with the most reports first, `limit` of them after `after`; and how many there are.

    `name` are words of a name.
    """
    words = folded(name or "").split()
    with case.reading() as connection:
        dated = [row for row in _days(connection) if all(word in folded(row[0] or "") for word in words)]
    told = coverage(dated)
    rows = [
        PublisherRow(one.publisher, one.reports, one.first, one.last, one.undated, len(one.weeks), len(one.gaps))
        for one in told[after : after + limit]
    ]
    return rows, len(told)


def copyings(case: Case) -> tuple[Copying, ...]:
    """Who copies whom among the publishers of the whole case, the most stretches first."""
    with case.reading() as connection:
        return _copyings(ask(connection, COPIES.format("1 = 1")).all())


def publisher_page(case: Case, name: str) -> PublisherPage:
    """One publisher by its whole name. Raises `NoSuchThing`."""
    with case.reading() as connection:
        dated = _days(connection, name)
        if not dated:
            raise NoSuchThing(f"No report in the case names the publisher {name!r}.")
        copies = _copyings(ask(connection, COPIES.format("r.publisher = ?"), name).all())[:PARTNERS]
        others = "o.publisher = ? AND (r.publisher IS NULL OR r.publisher <> o.publisher)"
        copied_by = _copyings(ask(connection, COPIES.format(others), name).all())
        shown = (*copies, *copied_by[:PARTNERS])
        return PublisherPage(
            coverage=coverage(dated)[0],
            quoted=_quoted(connection, name),
            copies=copies,
            copied_by=copied_by[:PARTNERS],
            evidence=_evidence(connection, {one.example for one in shown}),
            models_missing=ask(connection, MODELS_MISSING, name).scalar_one(),
            taken_back=_taken_back(connection, name),
        )


def _days(connection: Connection, name: str | None = None) -> list[tuple[str | None, str | None, int]]:
    day = func.substr(reports.c.published_earliest, 1, DAY).label("on_day")
    query = select(reports.c.publisher, day, func.count()).group_by(reports.c.publisher, literal_column("on_day"))
    if name is not None:
        query = query.where(reports.c.publisher == name)
    return [(publisher, on, count) for publisher, on, count in connection.execute(query)]


def _copyings(rows: Iterable[Sequence[Any]]) -> tuple[Copying, ...]:
    stretches: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    met: Counter[tuple[str | None, str | None]] = Counter()
    examples: dict[tuple[str | None, str | None], str] = {}
    for of, by, how, count, where, example in rows:
        pair = as_put(of), as_put(by)
        stretches[pair][how] += count
        met[pair] += where
        examples[pair] = min(examples.get(pair, example), example)
    found = [
        Copying(
            of=pair[0],
            by=pair[1],
            stretches=hows.total(),
            reports=met[pair],
            hows=tuple(sorted(hows.items(), key=lambda one: (-one[1], one[0]))),
            example=(examples[pair].split(" ")[0], examples[pair].split(" ")[1]),
        )
        for pair, hows in stretches.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.stretches, one.of or "", one.by or "")))


def _evidence(connection: Connection, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, str], Shown], ...]:
    told = []
    for pair in sorted(pairs):
        rows = report_rows_by_id(connection, pair)
        if len(rows) == len(pair):
            told.append((pair, Shown(rows[0], rows[1], reasons_between(connection, pair))))
    return tuple(told)


def _quoted(connection: Connection, name: str) -> tuple[SpeakerRow, ...]:
    """Whom a publisher has speak most often."""
    counted = [(row[0], row[1], row[2]) for row in ask(connection, SPEAKS, name, QUOTED)]
    asked = select(speakers).where(speakers.c.id.in_([one for one, _, _ in counted]))
    known = {row.id: row for row in connection.execute(asked)}
    return tuple(
        SpeakerRow(row.id, row.name, row.naming, row.role, row.party, row.private, said, where)
        for one, said, where in counted
        if (row := known.get(one)) is not None
    )


def _taken_back(connection: Connection, name: str) -> tuple[TakenBack, ...]:
    columns = (
        statements.c.report_id,
        statements.c.speaker_id,
        statements.c.start,
        statements.c.end,
        statements.c.saying,
    )
    query = (
        select(*columns)
        .join(reports, reports.c.id == statements.c.report_id)
        .where(statements.c.act == RETRACTS, reports.c.publisher == name)
        .where(statements.c.ruled.is_(None) | (statements.c.ruled != "rejected"))
        .order_by(reports.c.published_earliest, reports.c.seq, statements.c.start)
        .limit(TAKEN_BACK)
    )
    rows = connection.execute(query).all()
    known = {row.id: row for row in report_rows_by_id(connection, (row.report_id for row in rows))}
    return tuple(
        TakenBack(known[row.report_id], row.speaker_id, Span(row.start, row.end), noun_from(Saying, row.saying))
        for row in rows
    )
