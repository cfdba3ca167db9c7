"""What is needed to point into reports: how short an id may be cut, and where the lines of a text begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, and_, func, or_, select

from sayso.ledger.asking.ids import SEAL
from sayso.ledger.schema import reports, sentences
from sayso.record import Anchor, Span

USUAL = 8
"""Digits that are shown of a report's hash where they are enough."""
AT_ONCE = 500
FEW = 100


def shorts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each report's id cut to eight digits of its hash, or to as many as only it begins with in the whole case."""
    wanted = list(dict.fromkeys(ids))
    other = reports.alias()
    before = select(func.max(other.c.id)).where(other.c.id < reports.c.id).scalar_subquery()
    after = select(func.min(other.c.id)).where(other.c.id > reports.c.id).scalar_subquery()
    beside = {
        row[0]: tuple(row[1:])
        for some in _in_runs(wanted)
        for row in connection.execute(select(reports.c.id, before, after).where(reports.c.id.in_(some)))
    }
    return {one: _short(one, beside[one] if one in beside else _beside(connection, one)) for one in wanted}


def _beside(connection: Connection, one: str) -> tuple[str | None, ...]:
    """The ids before and after one that the case does not have: of a report that was erased."""
    before = select(func.max(reports.c.id)).where(reports.c.id < one)
    after = select(func.min(reports.c.id)).where(reports.c.id > one)
    return tuple(connection.execute(asked).scalar() for asked in (before, after))


def _short(one: str, beside: tuple[str | None, ...]) -> str:
    shared = max((_shared(one, other) for other in beside if other), default=0)
    return one.removeprefix(SEAL)[: max(USUAL, shared + 1 - len(SEAL))]


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def line_starts(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where the lines of each report's text begin, in code points."""
    found: dict[str, tuple[int, ...]] = {}
    for some in _in_runs(list(dict.fromkeys(ids))):
        for row in connection.execute(select(reports.c.id, reports.c.text).where(reports.c.id.in_(some))):
            found[row.id] = (0, *(at + 1 for at, char in enumerate(row.text) if char == "\n"))
    return found


def sentences_of(connection: Connection, anchors: Iterable[Anchor]) -> dict[tuple[str, int], Anchor]:
    """The sentence in which each stretch begins, by the stretch's report and start; none where it is in no sentence."""
    held: dict[tuple[str, int], Anchor] = {}
    asked = sorted({(one.report, one.span.start) for one in anchors})
    told = sentences.c
    for first in range(0, len(asked), FEW):
        among = asked[first : first + FEW]
        here = [and_(told.report_id == report, told.start <= at, told.end > at) for report, at in among]
        query = select(told.report_id, told.start, told.end, told.words).where(told.n >= 0, or_(*here))
        rows = connection.execute(query).all()
        for report, at in among:
            row = next((one for one in rows if one.report_id == report and one.start <= at < one.end), None)
            if row is not None:
                held[report, at] = Anchor(report, Span(row.start, row.end), row.words)
    return held


def _in_runs(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
