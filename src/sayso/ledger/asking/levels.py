"""What sort of place each spot of a case is told to be: what a map draws as a pin, and what as an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.schema import decisions, places, readings, reports

if TYPE_CHECKING:
    from sayso.ledger.case import Case

Levels = dict[tuple[float, float], str]
SPOTS = frozenset(("site", "town"))
OF_A_SPOT = (places.c.lat.is_not(None), places.c.use.in_(("location", "dateline")))


@dataclass(frozen=True, slots=True)
class _Stood:
    """What changes whenever a place of the case may have: reports, their readings, and where people located places."""

    reports: int
    last: int  # the number of the last report
    reading: int
    located: tuple[int, int]  # rulings, and those of them that were withdrawn


_HELD: Remembered[str, tuple[_Stood, Levels]] = Remembered(4)


def levels_of(case: Case, connection: Connection) -> Levels:
    """What sort of place each spot is told to be. A wider place wins: never a pin by mistake.

    Gone through once; then only what reports that came in since tell, until a place is ruled or a report goes.
    """
    where, now = str(case.folder.resolve()), _stood(connection)
    before = _HELD.get(where)
    if before is not None and before[0] == now:
        return before[1]
    added = _added_since(connection, before[0], now) if before is not None else None
    if before is not None and added is not None:
        found = dict(before[1])
        _take(found, _rows(connection, added))
    else:
        found = {}
        _take(found, _rows(connection, None))
    _HELD.keep(where, (now, found))
    return found


def _stood(connection: Connection) -> _Stood:
    located = decisions.c.ruling == "locate"
    asked = select(
        select(func.count()).select_from(reports).scalar_subquery(),
        select(func.max(reports.c.seq)).scalar_subquery(),
        select(func.max(readings.c.id)).scalar_subquery(),
        select(func.count()).where(located).scalar_subquery(),
        select(func.count(decisions.c.withdrawn_at)).where(located).scalar_subquery(),
    )
    count, last, reading, ruled, withdrawn = (number or 0 for number in connection.execute(asked).one())
    return _Stood(count, last, reading, (ruled, withdrawn))


def _added_since(connection: Connection, before: _Stood, now: _Stood) -> list[str] | None:
    """The reports that came in since; None where anything else of places may have changed."""
    if before.located != now.located or now.reports < before.reports:
        return None
    asked = (
        select(readings.c.report_id, reports.c.seq)
        .outerjoin(reports, reports.c.id == readings.c.report_id)
        .where(readings.c.id > before.reading)
    )
    rows = connection.execute(asked).all()
    ids = {row.report_id for row in rows if row.seq is not None and row.seq > before.last}
    is_more = len(ids) == len(rows) == now.reports - before.reports
    return sorted(ids) if is_more else None


def _rows(connection: Connection, of: list[str] | None) -> Iterable[Any]:
    asked = select(places.c.lat, places.c.lon, places.c.level).where(*OF_A_SPOT).distinct()
    return connection.execute(asked if of is None else asked.where(places.c.report_id.in_(of)))


def _take(found: Levels, rows: Iterable[Any]) -> None:
    """Take in what is told of spots: of areas the first by name, before any spot, and a town before a site."""
    for lat, lon, level in rows:
        before = found.get((lat, lon))
        if before is None or _width(level) < _width(before):
            found[lat, lon] = level


def _width(level: str) -> tuple[bool, tuple[int, ...]]:
    """The order of levels at one spot: whatever is no spot by its name, then spots from the last name."""
    is_spot = level in SPOTS
    return is_spot, tuple(-ord(char) if is_spot else ord(char) for char in level)
