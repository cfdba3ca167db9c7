"""What is needed to point into reports: how short an id may be cut, and where the lines of a text begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from sayso.ledger.asking.ids import SEAL
from sayso.ledger.schema import reports

USUAL = 8
"""Digits that are shown of a report's hash where they are enough."""
AT_ONCE = 500


def shorts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each report's id cut to eight digits of its hash, or to as many as only it begins with in the whole case."""
    return {one: _short(connection, one) for one in dict.fromkeys(ids)}


def _short(connection: Connection, one: str) -> str:
    before = select(reports.c.id).where(reports.c.id < one).order_by(reports.c.id.desc()).limit(1)
    after = select(reports.c.id).where(reports.c.id > one).order_by(reports.c.id).limit(1)
    near = [connection.execute(asked).scalar() for asked in (before, after)]
    shared = max((_shared(one, other) for other in near if other), default=0)
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


def _in_runs(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
