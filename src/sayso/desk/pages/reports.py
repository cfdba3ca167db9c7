"""The list of reports, the last added first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.export.tables import listed_row
from sayso.ledger.asking.reports import report_list

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import ReportRow

router = APIRouter()
AT_ONCE = 40
MOST = 1_000
COLUMNS = (
    "report", "title", "publisher", "published_earliest", "published_latest", "published_basis", "url", "language",
    "words", "statements", "events", "added_at",
)  # fmt: skip


class Asked(BaseModel):
    """What of the list is asked for."""

    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    after: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/reports.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a program."""
    return twins.all_as_json(at.case, _rows(at, asked), private=private)


@router.get("/reports.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    shown = twins.shown(at.case, tuple(_rows(at, asked)), private=private)
    return twins.as_csv(COLUMNS, map(_row, shown), name="reports")


@router.get("/reports")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person."""
    rows = _rows(at, asked, more=1)
    last = rows[asked.limit - 1].id if len(rows) > asked.limit else None
    told = asked.model_dump(exclude_defaults=True)
    return page(
        request,
        "reports.html",
        rows=rows[: asked.limit],
        asked=asked,
        is_asked=any((asked.publisher, asked.since, asked.until)),
        next=query_of(told, after=last) if last else None,
        twins=twins_of(request),
    )


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[ReportRow]:
    """The rows asked for. An empty field of a form asks for nothing."""
    return report_list(
        at.case,
        publisher=asked.publisher or None,
        since=asked.since or None,
        until=asked.until or None,
        limit=asked.limit + more,
        after=asked.after or None,
    )


def _row(row: ReportRow) -> dict[str, Any]:
    return {**listed_row(row), "statements": row.statements, "events": row.events}
