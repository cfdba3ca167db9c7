"""What is held back from a second reader who has not looked yet: what others ruled of the same, until they have.

It holds in the list of decisions, on a decision's page and in the audit, and in their twins. An owner who signed in
sees everything: somebody must be able to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sayso.ledger.asking.queue import Seat, seconds
from sayso.ledger.looks import VERDICTS
from sayso.ledger.schema import decision_about, decisions

if TYPE_CHECKING:
    from fastapi import Request

    from sayso.desk.app import Desk
    from sayso.ledger.asking.answers import AuditRow
    from sayso.record import Decision

SOMEBODY = "held back"
"""Who is named where it would tell a second reader too much."""


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody is to look at as a second reader, and of how many rulings about it they are told nothing."""

    who: str = ""
    about: frozenset[str] = frozenset()
    count: int = 0

    def __bool__(self) -> bool:
        return bool(self.about)

    def holds(self, ruled: Decision) -> bool:
        """Whether a decision is held back."""
        return ruled.who != self.who and ruled.ruling in VERDICTS and not self.about.isdisjoint(ruled.about)

    def holds_row(self, row: AuditRow) -> bool:
        """Whether a row of the audit is: of such a decision, of a look at the same, or of who asked for another."""
        if row.decision is not None:
            return self.holds(row.decision)
        return row.who != self.who and row.about in self.about


def held_back(request: Request, at: Desk) -> Held:
    """What is held back from whoever sits at the desk; nothing from those who cannot be second readers."""
    if not at.may_rule or (at.is_owner and request.app.state.access.accounts):
        return Held()
    with at.case.reading() as connection:
        about = frozenset(seconds(connection, Seat(at.who, at.now())))
        if not about:
            return Held()
        on_them = select(decision_about.c.decision_id).where(decision_about.c.about.in_(about))
        told = decisions.c.id.in_(on_them) & decisions.c.ruling.in_(VERDICTS) & (decisions.c.who != at.who)
        count = connection.execute(select(func.count()).where(told)).scalar_one()
    return Held(at.who, about, count)


def emptied(rows: Iterable[AuditRow], is_held: Callable[[AuditRow], bool]) -> list[AuditRow]:
    """Rows for a twin: of those held back when it was, and the hashes of the chain."""
    return [replace(one, who=SOMEBODY, body="{}", decision=None) if is_held(one) else one for one in rows]
