"""One incident whole: who tells what of it, where they differ, and what a person can rule about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.incident import shown
from sayso.desk.views.incident_near import Near, nearness
from sayso.export.pointed import pointed_in
from sayso.export.tables import COLUMNS, matrix_rows
from sayso.ledger.asking.incidents import Incidents, incident, incident_rows
from sayso.ledger.asking.questions import BadQuestion

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentPage, IncidentRow
    from sayso.ledger.case import Case

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
NEAR_ASKED, NEAR_SHOWN = 30, 8
"""Incidents of the same kind, place or days that are looked at, and those that are offered to be one with this."""


@router.get("/incidents/{asked}.json")
def as_json(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """The incident for a program."""
    return twins.as_json(at.case, incident(at.case, asked), private=private)


@router.get("/incidents/{asked}.csv")
def as_csv(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """Its matrix for a spreadsheet."""
    told = twins.shown(at.case, incident(at.case, asked), private=private)
    return twins.as_csv(COLUMNS["matrix"], matrix_rows(told), name=told.incident.id)


@router.get("/incidents/{asked}")
def one(
    request: Request, at: AtDesk, asked: str, came_from: Annotated[str | None, Query(alias="from")] = None
) -> Response:
    """The incident for a person. `from` is the incident before it in the list, where they came from there."""
    found = incident(at.case, asked)
    return page(
        request,
        "incident.html",
        shown=shown(found, pointed_in(at.case, found)),
        near=near(at.case, found),
        before=came_from,
        after=_next(at.case, found.incident.id),
        twins=twins_of(request),
    )


def near(case: Case, found: IncidentPage) -> tuple[Near, ...]:
    """Other incidents that may be this one: those most like it in kind, place and time first."""
    mine = found.incident
    place = mine.where.name if mine.where is not None else None
    first, last = (mine.when.earliest, mine.when.latest) if mine.when is not None else (None, None)
    days = Incidents(since=_day(first), until=_day(last))
    asked = [Incidents(kind=mine.kind)]
    if place is not None:
        asked.append(Incidents(place=place))
    if days.since is not None and days.until is not None:
        asked.append(days)
    rows = {row.id: row for among in asked for row in _rows(case, among) if row.id != mine.id}
    return nearness(mine, tuple(rows.values()))[:NEAR_SHOWN]


def _next(case: Case, this: str) -> str | None:
    """The incident that follows in the list of the most contested."""
    rows = incident_rows(case, by="contested", limit=1, after=this)
    return rows[0].id if rows else None


def _rows(case: Case, among: Incidents) -> list[IncidentRow]:
    try:
        return incident_rows(case, by="time", among=among, limit=NEAR_ASKED)
    except BadQuestion:
        return []  # a place whose name is none that can be asked for


def _day(iso: str | None) -> str | None:
    return iso[:10] if iso else None
