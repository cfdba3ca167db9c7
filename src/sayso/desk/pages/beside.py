"""Two reports side by side: what one adds, drops and changes against the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.links import digits
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.beside import Row, Side, loose, rows
from sayso.export.comparison_page import CHANGED
from sayso.export.ledger_json import plain
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.comparing import compared
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.reports import report
from sayso.record import FORMAT

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import ReportPage
    from sayso.record import Comparison

router = APIRouter()
ONLY = "changes"
COLUMNS = (
    "row", "wording", "changes", "here", "here_start", "here_end", "here_words", "there", "there_start", "there_end",
    "there_words",
)  # fmt: skip
AtDesk = Annotated[Desk, Depends(of)]


@dataclass(frozen=True, slots=True)
class Both:
    """Two reports, and one compared with the other."""

    here: ReportPage
    there: ReportPage
    found: Comparison


@router.get("/reports/{name}/beside/{other}.json")
def as_json(at: AtDesk, name: str, other: str, private: str | None = None) -> Response:
    """The comparison for a program."""
    found = twins.shown(at.case, _both(at, name, other).found, private=private)
    return twins.told_as_json({"format": FORMAT, "answer": "comparison", **plain(found)})


@router.get("/reports/{name}/beside/{other}.csv")
def as_csv(at: AtDesk, name: str, other: str, private: str | None = None) -> Response:
    """The sentences of both for a spreadsheet, a row a pair."""
    both = _both(at, name, other)
    found = twins.shown(at.case, both.found, private=private)
    return twins.as_csv(COLUMNS, map(_row, rows(found)), name=f"{found.here[7:15]}-beside-{found.there[7:15]}")


@router.get("/reports/{name}/beside/{other}")
def shown(request: Request, at: AtDesk, name: str, other: str, only: str | None = None) -> Response:
    """The comparison for a person. Beginnings of ids lead to the whole."""
    both = _both(at, name, other)
    whole = (digits(both.here.row.id), digits(both.there.row.id))
    if (name, other) != whole:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/reports/{whole[0]}/beside/{whole[1]}{query}", 307)
    every = rows(both.found)
    return page(
        request,
        "beside.html",
        both=both,
        found=both.found,
        rows=[row for row in every if row.is_changed] if only == ONLY else every,
        every=every,
        in_both=sum(row.here is not None and row.there is not None for row in every),
        loose=loose(both.found, every),
        only=only == ONLY,
        named=CHANGED,
        reports=pointed_at(at.case, (both.here.row.id, both.there.row.id)),
        twins=twins_of(request),
    )


def _both(at: Desk, name: str, other: str) -> Both:
    here, there = report(at.case, name), report(at.case, other)
    if here.row.id == there.row.id:
        raise BadQuestion("This is one report twice. Choose another to lay beside it: its page lists its copies.")
    return Both(here, there, compared(at.case, here, there))


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.number,
        "wording": row.wording,
        "changes": "; ".join(change.kind for change in row.changes),
        **_side("here", row.here),
        **_side("there", row.there),
    }


def _side(name: str, side: Side | None) -> dict[str, Any]:
    if side is None:
        return {}
    anchor = side.anchor
    return {
        name: anchor.report,
        f"{name}_start": anchor.span.start,
        f"{name}_end": anchor.span.end,
        f"{name}_words": anchor.words,
    }
