"""Who is signed in: rows of `sign_ins`, each the hash of what a browser holds. They end, and are never deleted.

A sign-in ends when its person signs out, when their account is closed or gets another password, and after half a day,
whether or not anything was done meanwhile.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from sayso.ledger import audit
from sayso.ledger.working import sign_ins, users

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

HOURS = 12
"""How long a sign-in lasts at most."""
NOBODY = "nobody signed in"
"""Who the audit names for what was tried by somebody unknown."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who sits at a browser, by its sign-in or by what a proxy says of it."""

    name: str
    shown: str
    role: str


def signed_in(case: Case, name: str, kept: str, *, at: str) -> str | None:
    """Sign somebody in whose password was found to be the one that is `kept`; what their browser is to hold.

    None where the account was closed, or got another password, since it was looked at.
    """
    token = secrets.token_urlsafe(32)
    until = (datetime.fromisoformat(at) + timedelta(hours=HOURS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with case.writing() as connection:
        still = users.c.name == name, users.c.password == kept, users.c.closed_at.is_(None)
        shown = connection.execute(select(users.c.shown).where(*still)).scalar()
        if shown is None:
            return None
        connection.execute(sign_ins.insert().values(token=_kept(token), name=name, at=at, until=until))
        audit.note(connection, at=at, who=shown, what="signed_in", about=f"user:{name}", body={})
    return token


def signed_out(case: Case, token: str, *, at: str) -> None:
    """End a sign-in; nothing where it ended before."""
    with case.writing() as connection:
        asked = select(sign_ins.c.name, users.c.shown).join_from(sign_ins, users, users.c.name == sign_ins.c.name)
        mine = sign_ins.c.token == _kept(token)
        held = connection.execute(asked.where(mine, sign_ins.c.ended_at.is_(None))).first()
        if held is None:
            return
        connection.execute(update(sign_ins).where(mine).values(ended_at=at))
        audit.note(connection, at=at, who=held.shown, what="signed_out", about=f"user:{held.name}", body={})


def end_all(connection: Connection, name: str, at: str) -> None:
    """End every sign-in of somebody, in the caller's transaction."""
    open_ones = sign_ins.c.name == name, sign_ins.c.ended_at.is_(None)
    connection.execute(update(sign_ins).where(*open_ones).values(ended_at=at))


def who_holds(connection: Connection, token: str, *, at: str) -> Signed | None:
    """Who is signed in with what a browser holds; None where nobody is, any more or at all."""
    asked = select(users.c.name, users.c.shown, users.c.role).join_from(
        sign_ins, users, users.c.name == sign_ins.c.name
    )
    stands = sign_ins.c.ended_at.is_(None), sign_ins.c.until > at, users.c.closed_at.is_(None)
    row = connection.execute(asked.where(sign_ins.c.token == _kept(token), *stands)).first()
    return Signed(*row) if row is not None else None


def who_is(connection: Connection, name: str) -> Signed | None:
    """The open account of a name, for whom a proxy has asked already; None where there is none."""
    asked = select(users.c.name, users.c.shown, users.c.role).where(users.c.name == name, users.c.closed_at.is_(None))
    row = connection.execute(asked).first()
    return Signed(*row) if row is not None else None


def note_locked(case: Case, name: str, *, failures: int, seconds: int, at: str) -> None:
    """Write down that somebody failed to sign in so often that they must wait, where there is such an account.

    What was typed of others is not kept: it may be a password in the wrong field.
    """
    with case.writing() as connection:
        if who_is(connection, name) is None:
            return
        body = {"failures": failures, "seconds": seconds}
        audit.note(connection, at=at, who=NOBODY, what="sign_in_locked", about=f"user:{name}", body=body)


def _kept(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
