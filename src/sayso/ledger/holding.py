"""Who has which question before them now, so that no other is given the same. No part of the record.

A hold ends by itself after some minutes, whether the browser was closed or the person went to lunch; working extends
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from sayso.ledger.working import holds as table

if TYPE_CHECKING:
    from sayso.ledger.case import Case

MINUTES = 5
"""How long a question is held for who does nothing with it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has a question before them, and until when it is kept for them."""

    about: str
    who: str
    until: str


def held(connection: Connection, *, at: str, by_others_than: str | None = None) -> tuple[Hold, ...]:
    """The holds that have not ended; with a name, those of everybody else."""
    asked = select(table.c.about, table.c.who, table.c.until).where(table.c.until > at).order_by(table.c.about)
    if by_others_than is not None:
        asked = asked.where(table.c.who != by_others_than)
    return tuple(Hold(*row) for row in connection.execute(asked))


def taken(connection: Connection, wanted: Sequence[str], *, who: str, at: str) -> str | None:
    """Hold the first of some questions that nobody else holds, in the caller's transaction; which, if any.

    What has ended is swept out meanwhile.
    """
    connection.execute(delete(table).where(table.c.until <= at))
    others = {one.about for one in held(connection, at=at, by_others_than=who)}
    free = next((one for one in wanted if one not in others), None)
    if free is not None:
        released(connection, free, who=who)
        connection.execute(insert(table), {"about": free, "who": who, "until": until(at)})
    return free


def released(connection: Connection, about: str, *, who: str) -> None:
    """Let go of a question, in the caller's transaction."""
    connection.execute(delete(table).where(table.c.about == about, table.c.who == who))


def hold(case: Case, about: str, *, who: str, at: str) -> str | None:
    """Hold a question, or hold it longer; who else holds it, and it stays theirs."""
    with case.writing() as connection:
        if taken(connection, (about,), who=who, at=at) == about:
            return None
        return next(one.who for one in held(connection, at=at, by_others_than=who) if one.about == about)


def until(at: str) -> str:
    """When a hold ends that is taken now.

    >>> until("2031-06-01T08:00:00Z")
    '2031-06-01T08:05:00Z'
    """
    ended = datetime.fromisoformat(at).astimezone(UTC) + timedelta(minutes=MINUTES)
    return ended.strftime("%Y-%m-%dT%H:%M:%SZ")
