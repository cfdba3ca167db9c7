"""The team of a case: who may what, when they last signed in, and what each did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from sayso.ledger.schema import audit, decisions
from sayso.ledger.users import Account, accounts
from sayso.ledger.working import sign_ins

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

COMING_AND_GOING = ("signed_in", "signed_out", "sign_in_locked")
"""Rows of the audit that are no work on the case."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one who is named in the audit did: rows of it, and decisions."""

    who: str
    rows: int = 0
    last: str | None = None
    decisions: int = 0  # that they made
    withdrawn_by_others: int = 0  # of these


@dataclass(frozen=True, slots=True)
class Member:
    """An account with what was done under its name. `is_here` where a browser is signed in with it now."""

    account: Account
    done: Done
    signed_in_at: str | None = None
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """Every account, the open ones first; and who else is named in the audit, most rows first."""

    members: tuple[Member, ...]
    others: tuple[Done, ...]

    @property
    def has_owner(self) -> bool:
        """Whether an open account of an owner is among them."""
        return any(one.account.is_open and one.account.role == "owner" for one in self.members)


def team(case: Case, *, at: str) -> Team:
    """The team as it is now, at `at`."""
    with case.reading() as connection:
        known, did = accounts(connection), _done(connection)
        last, here = _signed(connection, at)
    named = {one.shown for one in known}
    members = tuple(
        Member(one, did.get(one.shown, Done(one.shown)), last.get(one.name), one.is_open and one.name in here)
        for one in known
    )
    others = sorted((one for who, one in did.items() if who not in named), key=lambda one: (-one.rows, one.who))
    return Team(members, tuple(others))


def _done(connection: Connection) -> dict[str, Done]:
    of_audit = (
        select(audit.c.who, func.count(), func.max(audit.c.at))
        .where(audit.c.what.not_in(COMING_AND_GOING))
        .group_by(audit.c.who)
    )
    made = select(decisions.c.who, func.count()).group_by(decisions.c.who)
    taken = made.where(decisions.c.withdrawn_by.is_not(None), decisions.c.withdrawn_by != decisions.c.who)
    ruled, gone = _pairs(connection, made), _pairs(connection, taken)
    return {
        who: Done(who, rows, last, ruled.get(who, 0), gone.get(who, 0))
        for who, rows, last in connection.execute(of_audit)
    }


def _signed(connection: Connection, at: str) -> tuple[dict[str, str], set[str]]:
    """When each last signed in, and who is signed in."""
    asked = select(sign_ins.c.name, func.max(sign_ins.c.at)).group_by(sign_ins.c.name)
    last = _pairs(connection, asked)
    stands = sign_ins.c.ended_at.is_(None), sign_ins.c.until > at
    return last, set(connection.execute(select(sign_ins.c.name).where(*stands).distinct()).scalars())


def _pairs(connection: Connection, asked: Select[Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.execute(asked)}
