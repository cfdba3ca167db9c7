"""What was taken in: the log of it, what is being read, and what gave no report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sayso.ledger.asking.failed import Failed
from sayso.ledger.schema import failures
from sayso.ledger.taking_in import DONE, FAILED, READING, WAITING, TakenIn, nouns, safe_name
from sayso.ledger.working import intake

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from sayso.ledger.case import Case

LIMIT = 40
MANY = 2_000
"""Rows of what failed as it was taken in that are held against what gave no report."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is being read now, the how-many-eth of how many that were handed in together, and how many wait."""

    now: TakenIn | None
    at: int
    of: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Lost:
    """What gave no report: a file, an address or a part of one; with what was taken in, it can be tried again."""

    failed: Failed
    taken: TakenIn | None


def running(case: Case) -> Running | None:
    """What is being read, or waits; None where everything is read."""
    with case.reading() as connection:
        return running_in(connection)


def running_in(connection: Connection) -> Running | None:
    """The same, on a connection."""
    unfinished = intake.c.state.in_((WAITING, READING))
    asked = select(func.count(), func.min(intake.c.at)).where(unfinished)
    count, since = connection.execute(asked).one()
    if not count:
        return None
    ended = select(func.count()).where(intake.c.state.in_((DONE, FAILED)), intake.c.ended_at >= since)
    past = connection.execute(ended.where(intake.c.at >= since)).scalar_one()
    row = connection.execute(select(intake).where(intake.c.state == READING).order_by(intake.c.id).limit(1)).first()
    now = nouns([row])[0] if row is not None else None
    return Running(now, past + 1, past + count, count - (now is not None))


def taken(
    case: Case, *, limit: int = LIMIT, after: int | None = None, ids: Collection[int] | None = None
) -> list[TakenIn]:
    """What was taken in, the last first, going on after one; some of it where ids are given."""
    asked = select(intake).order_by(intake.c.id.desc()).limit(limit)
    if after is not None:
        asked = asked.where(intake.c.id < after)
    if ids is not None:
        asked = asked.where(intake.c.id.in_(list(ids)))
    with case.reading() as connection:
        return list(nouns(list(connection.execute(asked).all())))


def lost(case: Case, *, limit: int = LIMIT, after: int | None = None) -> tuple[list[Lost], int | None]:
    """What gave no report and why, the last first, and after which row there is more."""
    columns = [failures.c[name] for name in Failed.__slots__]
    asked = select(failures.c.id, *columns).order_by(failures.c.id.desc()).limit(limit + 1)
    if after is not None:
        asked = asked.where(failures.c.id < after)
    with case.reading() as connection:
        rows = connection.execute(asked).all()
        mine = select(intake).where(intake.c.state == FAILED).order_by(intake.c.id).limit(MANY)
        known = {safe_name(one.name): one for one in nouns(list(connection.execute(mine).all()))}
        by_address = {one.name: one for one in known.values()}
    found = []
    for row in rows[:limit]:
        told = Failed(*row[1:])
        found.append(Lost(told, known.get(told.path or "") or by_address.get(told.url or "")))
    if after is None:
        named = {id(one.taken) for one in found}
        silent = [one for one in known.values() if id(one) not in named and not _is_noted(one)]
        found[:0] = [Lost(_as_failed(one), one) for one in reversed(silent)]
    return found, rows[limit - 1].id if len(rows) > limit else None


def _is_noted(one: TakenIn) -> bool:
    """Whether what failed stands among the failures too: whatever was opened, and gave no report."""
    return one.failed > 0


def _as_failed(one: TakenIn) -> Failed:
    """What failed before anything of it was opened."""
    is_url = one.how == "url"
    return Failed(
        at=one.ended_at or one.at,
        path=None if is_url else one.name,
        url=one.name if is_url else one.said.url,
        container=None,
        locator=None,
        kind="taken_in",
        says=one.says or "",
    )


def count_lost(case: Case) -> int:
    """How much gave no report."""
    with case.reading() as connection:
        noted = connection.execute(select(func.count()).select_from(failures)).scalar_one()
        silent = select(func.count()).where(intake.c.state == FAILED, intake.c.failed == 0)
        return noted + connection.execute(silent).scalar_one()
