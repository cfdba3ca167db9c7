"""Checks of the seals that people asked for: begun, gone on with beside the desk, and kept with what they found."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement

from sayso.ledger import audit
from sayso.ledger.packing import as_json_text
from sayso.ledger.working import seal_checks as table

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.ledger.verifying import Verdict


def begun(case: Case, *, who: str, at: str) -> str:
    """Write down that somebody wants the seals checked; the id of the check ("chk-…")."""
    name = f"chk-{secrets.token_hex(6)}"
    with case.writing() as connection:
        connection.execute(table.insert().values(id=name, at=at, who=who, done=0, of=0))
        audit.note(connection, at=at, who=who, what="began_check", about=name, body={})
    return name


def gone_on(case: Case, name: str, *, done: int, of: int) -> None:
    """Write down how far a check is."""
    with case.writing() as connection:
        connection.execute(table.update().where(_running(name)).values(done=done, of=of))


def ended(case: Case, name: str, verdict: Verdict | None, *, who: str, at: str) -> None:
    """Write down what a check found, or None where it was cut off. What has ended stays as it is."""
    held = as_json_text(verdict) if verdict is not None else None
    with case.writing() as connection:
        if connection.execute(table.update().where(_running(name)).values(ended_at=at, verdict=held)).rowcount == 0:
            return
        body = {"head": verdict.head, "holds": verdict.holds, "originals": verdict.originals} if verdict else {}
        audit.note(connection, at=at, who=who, what="checked" if verdict else "check_cut_off", about=name, body=body)


def _running(name: str) -> ColumnElement[bool]:
    return (table.c.id == name) & table.c.ended_at.is_(None)
