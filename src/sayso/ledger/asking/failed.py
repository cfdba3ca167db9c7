"""What could not be added to a case, with why: nothing is lost silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger.schema import failures

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Failed:
    """One file, address or part of a container that gave no report: when, from where, and why."""

    at: str
    path: str | None
    url: str | None
    container: str | None
    locator: str | None
    kind: str
    says: str


def failed(case: Case, *, limit: int = LIMIT) -> list[Failed]:
    """What failed, the last first."""
    columns = (failures.c[name] for name in Failed.__slots__)
    with case.reading() as connection:
        rows = connection.execute(select(*columns).order_by(failures.c.id.desc()).limit(limit))
        return [Failed(*row) for row in rows]
