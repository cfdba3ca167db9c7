"""Marks that people set at things: parked, seen, skipped, noted. They change nothing of what the case tells.

A mark is withdrawn with who and when, never deleted. What is erased from the case takes the words of its marks along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select, update

from sayso.ledger import audit
from sayso.ledger.working import marks as table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

PARKED = "parked"
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: of which kind, at what (an id, as decisions have them), with which words, by whom and when."""

    id: int
    kind: str
    about: str
    value: str | None
    who: str
    at: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None


def mark(case: Case, *, kind: str, about: str, value: str | None = None, who: str, at: str) -> Mark:
    """Set a mark. The same person setting the same once more changes nothing: it is the one that stands."""
    with case.writing() as connection:
        return marked(connection, kind=kind, about=about, value=value, who=who, at=at)


def marked(connection: Connection, *, kind: str, about: str, value: str | None = None, who: str, at: str) -> Mark:
    """Set a mark, in the caller's transaction."""
    for standing in marks(connection, kind=kind, about=about, who=who):
        if standing.value == value:
            return standing
    row = {"kind": kind, "about": about, "value": value, "who": who, "at": at}
    made = connection.execute(table.insert().returning(table.c.id), row).scalar_one()
    audit.note(connection, at=at, who=who, what="marked", about=about, body={"kind": kind, "mark": made})
    return Mark(made, kind, about, value, who, at)


def withdraw(case: Case, asked: int, *, who: str, at: str) -> bool:
    """Take a mark back; whether one stood there. It stays written down."""
    with case.writing() as connection:
        return withdrawn(connection, asked, who=who, at=at)


def withdrawn(connection: Connection, asked: int, *, who: str, at: str) -> bool:
    """Take a mark back, in the caller's transaction; whether one stood there."""
    standing = connection.execute(select(table).where(table.c.id == asked, table.c.withdrawn_at.is_(None))).first()
    if standing is None:
        return False
    connection.execute(update(table).where(table.c.id == asked).values(withdrawn_at=at, withdrawn_by=who))
    body = {"kind": standing.kind, "mark": standing.id}
    audit.note(connection, at=at, who=who, what="unmarked", about=standing.about, body=body)
    return True


def withdraw_all(case: Case, *, kind: str, about: str, who: str, at: str) -> tuple[int, ...]:
    """Take back all marks of one kind at one thing, whoever set them; the ids of those that stood."""
    with case.writing() as connection:
        standing = [one.id for one in marks(connection, kind=kind, about=about)]
        return tuple(one for one in standing if withdrawn(connection, one, who=who, at=at))


def marks(
    connection: Connection,
    *,
    kind: str | None = None,
    about: str | Collection[str] | None = None,
    who: str | None = None,
    also_withdrawn: bool = False,
) -> tuple[Mark, ...]:
    """The marks that stand, in the order they were set: of one kind, at one thing or some, by one person."""
    asked = select(table).order_by(table.c.id)
    if kind is not None:
        asked = asked.where(table.c.kind == kind)
    if about is not None:
        asked = asked.where(table.c.about == about if isinstance(about, str) else table.c.about.in_(list(about)))
    if who is not None:
        asked = asked.where(table.c.who == who)
    if not also_withdrawn:
        asked = asked.where(table.c.withdrawn_at.is_(None))
    return tuple(_mark(row) for row in connection.execute(asked))


def marks_by_id(connection: Connection, ids: Iterable[int]) -> tuple[Mark, ...]:
    """Some marks, withdrawn or not, in the order they were set."""
    asked = select(table).where(table.c.id.in_(list(ids))).order_by(table.c.id)
    return tuple(_mark(row) for row in connection.execute(asked))


def _mark(row: Row[Any]) -> Mark:
    return Mark(row.id, row.kind, row.about, row.value, row.who, row.at, row.withdrawn_at, row.withdrawn_by)
