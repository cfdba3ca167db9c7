"""The audit: what was done to the case, row by row, each with the hash of the row before."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.blind import emptied, held_back
from sayso.desk.problems import problem_of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.audit import COLUMNS, WHATS, listed, table_rows
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.answers import AuditRow
from sayso.ledger.asking.audits import audit_head, audit_knows, audit_rows, names_of
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.seals import seal_checks
from sayso.ledger.problems import NoSuchThing

router = APIRouter()
AT_ONCE = 50
MOST = 100_000
LAST = 2**31 - 1
"""The greatest number that a row can have on both databases."""
CHECKS = 5
"""Checks of the seals that are named beside the audit."""


class Asked(BaseModel):
    """Which rows are asked for. An empty field of a form asks for nothing."""

    who: str = ""
    what: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    after: Annotated[int | None, Query(ge=1, le=LAST)] = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/audit.json")
def as_json(request: Request, at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """Rows for a program."""
    rows = emptied(_rows(at, asked), held_back(request, at).holds_row)
    return twins.all_as_json(at.case, rows, private=private)


@router.get("/audit.csv")
def as_csv(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """Rows for a spreadsheet, with all that is needed to reckon the chain again (`limit` up to 100,000)."""
    rows = emptied(_rows(at, asked), held_back(request, at).holds_row)
    return twins.as_csv(COLUMNS, table_rows(rows), name="audit")


@router.get("/audit")
def shown(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """Rows for a person, the newest first, and what seals were checked."""
    problem, rows = None, []
    try:
        rows = _rows(at, asked, more=1)
    except (BadQuestion, NoSuchThing) as error:
        problem = problem_of(error)
    last = rows[asked.limit - 1].seq if len(rows) > asked.limit else None
    told = asked.model_dump(exclude_defaults=True)
    entries = listed(rows[: asked.limit])
    with at.case.reading() as connection:
        names = names_of(connection, (each for one in entries if one.decision for each in one.decision.about))
        count, head = audit_head(connection)
        whats, whos = audit_knows(at.case, connection)
        checks = seal_checks(connection, limit=CHECKS)
    held = held_back(request, at)
    return page(
        request,
        "audit.html",
        status=problem.status if problem else 200,
        problem=problem,
        rows=entries,
        names=names,
        held={one.row.seq for one in entries if held.holds_row(one.row)},
        asked=asked,
        is_filtered=any(told.get(name) for name in ("who", "what", "about", "since", "until")),
        count=count,
        head=head,
        whats={one: WHATS.get(one, one.replace("_", " ")) for one in whats},
        whos=whos,
        checks=checks,
        reports=pointed_at(at.case, (one.report for one in entries if one.report)),
        next=query_of(told, after=last) if last else None,
        is_first=asked.after is None,
        twins=twins_of(request) if rows else (),
    )


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[AuditRow]:
    return audit_rows(
        at.case,
        about=asked.about.strip() or None,
        who=asked.who.strip() or None,
        what=asked.what.strip() or None,
        since=asked.since.strip() or None,
        until=asked.until.strip() or None,
        limit=asked.limit + more,
        after=asked.after,
    )
