"""What a case holds, and of whom and when it holds nothing: so that silence is not read as peace."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, literal_column, select

from sayso.ledger.asking.answers import CaseInfo, Coverage, Gap, Tally, Week
from sayso.ledger.case import facts
from sayso.ledger.schema import (
    custody,
    decisions,
    events,
    failures,
    family_members,
    incidents,
    originals,
    queue,
    reports,
    sentences,
    speakers,
    statements,
    tombstones,
)

if TYPE_CHECKING:
    from sayso.ledger.case import Case

WEEK = timedelta(days=7)
DAY = len("2024-03-12")
COUNTED = {
    "reports": reports,
    "sentences": sentences,
    "statements": statements,
    "events": events,
    "incidents": incidents,
    "speakers": speakers,
    "decisions": decisions,
    "failures": failures,
    "erasures": tombstones,
}


def case_info(case: Case) -> CaseInfo:
    """What a case is and holds: counts of everything, how reports are dated, what failed, who added, coverage."""
    with case.reading() as connection:
        dated = _days(connection)
        known = sorted(day for _, day, _ in dated if day)
        return CaseInfo(
            folder=str(case.folder),
            database=case.dialect,
            facts=tuple(sorted(facts(connection).items())),
            counts=_counts(connection),
            first=known[0] if known else None,
            last=known[-1] if known else None,
            dated_by=_tally(connection, reports.c.published_basis),
            media_types=_tally(connection, reports.c.media_type),
            languages=_tally(connection, reports.c.language),
            added_by=_tally(connection, custody.c.by_whom),
            failures=_tally(connection, failures.c.kind),
            coverage=coverage(dated),
        )


def coverage(dated: Iterable[tuple[str | None, str | None, int]]) -> tuple[Coverage, ...]:
    """Of each publisher its reports week by week, those with the most reports first, those of nobody known last.

    `dated` are publisher, day (ISO, None where not known) and how many reports there are. A week begins on Monday.
    """
    of: dict[str | None, list[tuple[str | None, int]]] = defaultdict(list)
    for publisher, day, count in dated:
        of[publisher].append((day, count))
    each = [_of_one(publisher, days) for publisher, days in of.items()]
    return tuple(sorted(each, key=lambda one: (one.publisher is None, -one.reports, one.publisher or "")))


def _of_one(publisher: str | None, days: Sequence[tuple[str | None, int]]) -> Coverage:
    known = sorted((day, count) for day, count in days if day)
    weeks: Counter[date] = Counter()
    for day, count in known:
        weeks[_monday(day)] += count
    mondays = sorted(weeks)
    return Coverage(
        publisher=publisher,
        reports=sum(count for _, count in days),
        first=known[0][0] if known else None,
        last=known[-1][0] if known else None,
        undated=sum(count for day, count in days if not day),
        weeks=tuple(Week(monday.isoformat(), weeks[monday]) for monday in mondays),
        gaps=tuple(_gap(one, other) for one, other in pairwise(mondays) if other - one > WEEK),
    )


def _monday(day: str) -> date:
    on = date.fromisoformat(day)
    return on - timedelta(days=on.weekday())


def _gap(before: date, after: date) -> Gap:
    first, last = before + WEEK, after - WEEK
    return Gap(first.isoformat(), last.isoformat(), (last - first) // WEEK + 1)


def _days(connection: Connection) -> list[tuple[str | None, str | None, int]]:
    day = func.substr(reports.c.published_earliest, 1, DAY).label("on_day")
    query = select(reports.c.publisher, day, func.count())
    rows = connection.execute(query.group_by(reports.c.publisher, literal_column("on_day")))
    return [(publisher, day, count) for publisher, day, count in rows]


def _counts(connection: Connection) -> Tally:
    counts = [(name, _count(connection, table)) for name, table in COUNTED.items()]
    containers = select(func.count()).select_from(originals).where(originals.c.kind == "container")
    waiting = select(func.count()).select_from(queue).where(queue.c.done_at.is_(None))
    copies = select(func.count(family_members.c.report_id.distinct())).where(family_members.c.how != "original")
    size = select(func.coalesce(func.sum(originals.c.bytes), 0))
    more = {"copies": copies, "containers": containers, "waiting": waiting, "bytes": size}
    return (*counts, *((name, int(connection.execute(query).scalar_one())) for name, query in more.items()))


def _count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _tally(connection: Connection, column: Any) -> Tally:
    rows = connection.execute(select(column, func.count()).group_by(column))
    return tuple(sorted(((name or "", count) for name, count in rows), key=lambda one: (-one[1], one[0])))
