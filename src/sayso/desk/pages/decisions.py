"""The decisions: who ruled what and why, what it changed, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.blind import Held, held_back
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.decisions import COLUMNS, around, links_of, pointed_reports, table_rows
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.answers import DecisionPage, DecisionRow
from sayso.ledger.asking.audits import WHICH, decision_page, decision_rows, names_of, replaced_by
from sayso.ledger.asking.pointing import sentences_of
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.second_readers import beside_ruling
from sayso.ledger.waiting import waiting
from sayso.record import RULINGS

router = APIRouter()
AT_ONCE = 40
MOST = 1_000
HELD = "It is held back until you have looked at the same as a second reader: My second looks, in the queue."
FEW = 4
"""Words that are shown of one decision in the list."""


class Asked(BaseModel):
    """Which decisions are asked for. An empty field of a form asks for nothing."""

    ruling: str = ""
    who: str = ""
    about: str = ""
    which: str = ""
    after: str = ""
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/decisions.json")
def as_json(request: Request, at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a program."""
    return twins.all_as_json(at.case, _shown(_rows(at, asked), held_back(request, at)), private=private)


@router.get("/decisions.csv")
def as_csv(request: Request, at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    shown = twins.shown(at.case, tuple(_shown(_rows(at, asked), held_back(request, at))), private=private)
    return twins.as_csv(COLUMNS, table_rows(shown), name="decisions")


@router.get("/decisions")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person, with what waits for one."""
    rows = _rows(at, asked, more=1)
    last = rows[asked.limit - 1].decision.id if len(rows) > asked.limit else None
    told = asked.model_dump(exclude_defaults=True)
    held = held_back(request, at)
    rows = _shown(rows[: asked.limit], held)
    with at.case.reading() as connection:
        waits = waiting(connection)
        names = names_of(connection, (about for row in rows for about in row.decision.about))
        sentences = sentences_of(connection, (anchor for row in rows for anchor in row.decision.anchors[:FEW]))
    return page(
        request,
        "decisions.html",
        rows=rows,
        asked=asked,
        is_filtered=any(told.get(name) for name in ("ruling", "who", "about", "which")),
        rulings=RULINGS,
        sorts=WHICH,
        waits=waits,
        held=held,
        names=names,
        few=FEW,
        around=lambda anchor: around(anchor, sentences.get((anchor.report, anchor.span.start))),
        reports=pointed_at(at.case, pointed_reports(row.decision for row in rows)),
        next=query_of(told, after=last) if last else None,
        twins=twins_of(request),
    )


@router.get("/decisions/{decision}.json")
def one_as_json(request: Request, at: AtDesk, decision: str, private: str | None = None) -> Response:
    """One decision for a program."""
    return twins.as_json(at.case, _open(request, at, decision), private=private)


@router.get("/decisions/{decision}.csv")
def one_as_csv(request: Request, at: AtDesk, decision: str, private: str | None = None) -> Response:
    """One decision for a spreadsheet."""
    found = _open(request, at, decision).row
    return twins.as_csv(COLUMNS, table_rows(twins.shown(at.case, (found,), private=private)), name=found.decision.id)


@router.get("/decisions/{decision}")
def one(request: Request, at: AtDesk, decision: str) -> Response:
    """One decision whole, with the rows of the audit about it."""
    shown = decision_page(at.case, decision)
    if held_back(request, at).holds(shown.row.decision):
        return page(request, "held_back.html", status=403)
    with at.case.reading() as connection:
        names = names_of(connection, shown.row.decision.about)
        differing = beside_ruling(connection, shown.row.decision)
        replaced = replaced_by(connection, shown.row.decision.id) if shown.row.decision.withdrawn_at else ()
    return page(
        request,
        "decision.html",
        shown=shown,
        names=names,
        differing=differing,
        replaced=replaced,
        chain=links_of(shown.audit),
        reports=pointed_at(at.case, _reports_of(shown)),
        twins=twins_of(request),
    )


def _reports_of(shown: DecisionPage) -> list[str]:
    return [*pointed_reports((shown.row.decision,)), *(one.words.report for one in shown.parts if one.words)]


def _open(request: Request, at: Desk, asked: str) -> DecisionPage:
    """One decision whole. One that is held back is told to be so."""
    found = decision_page(at.case, asked)
    if held_back(request, at).holds(found.row.decision):
        raise HTTPException(403, HELD)
    return found


def _shown(rows: Sequence[DecisionRow], held: Held) -> list[DecisionRow]:
    return [row for row in rows if not held.holds(row.decision)]


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[DecisionRow]:
    if asked.ruling and asked.ruling not in RULINGS:
        raise BadQuestion(f"There is no ruling {asked.ruling!r}. Choose one on the page of the decisions.")
    if asked.which and asked.which not in WHICH:
        raise BadQuestion(f"Decisions cannot be shown by {asked.which!r}. Choose how on the page of the decisions.")
    return decision_rows(
        at.case,
        ruling=asked.ruling or None,
        who=asked.who or None,
        about=asked.about or None,
        which=asked.which or "all",
        limit=asked.limit + more,
        after=asked.after or None,
    )
