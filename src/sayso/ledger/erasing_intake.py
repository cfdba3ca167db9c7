"""Erasing what was handed in and gave no report: its bytes, and the name that it was handed in under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from sayso.ledger.erased_words import ERASED, forget_intake
from sayso.ledger.schema import failures, originals
from sayso.ledger.taking_in import FAILED, READING, WAITING, safe_name
from sayso.ledger.working import intake

if TYPE_CHECKING:
    from sqlalchemy import Connection

SHORTEST = 6
"""Digits of a hash that name it, as for reports."""


def handed_in(connection: Connection, asked: str) -> str | None:
    """The hash of what was handed in and is no report, nor holds one, by its beginning; None where that is none."""
    digits = asked.strip().casefold().removeprefix("sha256:")
    if len(digits) < SHORTEST:
        return None
    named = originals.c.sha256.startswith(digits, autoescape=True)
    found = connection.execute(select(originals.c.sha256, originals.c.kind).where(named).limit(2)).all()
    return found[0].sha256 if len(found) == 1 and found[0].kind == "intake" else None


def forget_handed_in(connection: Connection, sealed: str) -> None:
    """Take its row out of the originals, and its name out of the inbox and of what failed; what waits is not read."""
    mine = intake.c.sha256 == sealed
    names = {safe_name(name) for name in connection.execute(select(intake.c.name).where(mine)).scalars()}
    connection.execute(update(failures).where(failures.c.path.in_(names)).values(path=ERASED, says=ERASED))
    unread = mine & intake.c.state.in_((WAITING, READING))
    connection.execute(update(intake).where(unread).values(state=FAILED))
    forget_intake(connection, (sealed,))
    connection.execute(delete(originals).where(originals.c.sha256 == sealed))
