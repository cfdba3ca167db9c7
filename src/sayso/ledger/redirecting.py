"""Ids that no longer are, and where to look instead. An id is never given to anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from sayso.ledger.quick import ask
from sayso.ledger.schema import redirects

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection


def redirect(connection: Connection, old: str, new: str, *, at: str, why: str) -> None:
    """From now on `old` means `new`, and so does all that meant `old`."""
    if old == new:
        return
    connection.execute(delete(redirects).where(redirects.c.old.in_((old, new))))
    connection.execute(update(redirects).where(redirects.c.new == old).values(new=new))
    connection.execute(insert(redirects), {"old": old, "new": new, "at": at, "why": why})


def live_again(connection: Connection, ids: Collection[str]) -> None:
    """What was joined with something else and stands for itself again, as when a ruling is withdrawn."""
    if ids:
        ask(connection, "DELETE FROM redirects WHERE old IN ?s", ids)


def meant_by(connection: Connection, asked: str) -> str:
    """What an id means now."""
    new: str | None = connection.execute(select(redirects.c.new).where(redirects.c.old == asked)).scalar()
    return new or asked
