"""One incident whole: who tells what of it, where they differ, and what a person can rule about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.incident import Known, shown
from sayso.desk.views.incident_near import Near, nearness
from sayso.desk.views.incident_why import held, staying
from sayso.export.pointed import pointed_in
from sayso.export.tables import COLUMNS, matrix_rows
from sayso.ledger.asking.incidents import Incidents, incident, incident_rows
from sayso.ledger.asking.private import hidden_in
from sayso.ledger.asking.speakers import speakers_of
from sayso.ledger.asking.told_in import told_in
from sayso.ledger.knowing import knowledge_of

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentPage
    from sayso.ledger.case import Case

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
NEAR_ASKED, NEAR_SHOWN, NEAR_DAYS = 30, 8, 3
"""Incidents that are looked at, those that are offered to be one with this, and how far apart their days may be."""


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
        shown=shown(found, pointed_in(at.case, found), _known(at.case, found)),
        near=near(at.case, found),
        before=came_from,
        after=_next(at.case, found.incident.id),
        twins=twins_of(request),
    )


@router.get("/incidents/{asked}/split")
def split(at: AtDesk, asked: str, part: Annotated[list[str] | None, Query()] = None, back: str = "") -> Response:
    """The way to the ruling that some events are not of an incident: beside them one that stays is named."""
    found = incident(at.case, asked)
    ticked = part or []
    if not ticked:
        raise HTTPException(422, "Nothing was ticked. Go back, and tick what is not of this incident.")
    stays = staying(held(found.incident, pointed_in(at.case, found)), ticked)
    if stays is None:
        raise HTTPException(422, "All of it was ticked, so nothing would stay. Leave one that is of this incident.")
    told = [("ruling", "different_incident"), *(("about", one) for one in (*ticked, stays)), ("back", back)]
    return RedirectResponse(f"/rule?{urlencode(told)}", 303)


def near(case: Case, found: IncidentPage) -> tuple[Near, ...]:
    """Other incidents that may be this one: of its kind or told for its days, those most like it first.

    Incidents at its place are not looked for here, since that takes long in a large case: the page links to their list.
    """
    mine = found.incident
    first, last = (mine.when.earliest, mine.when.latest) if mine.when is not None else (None, None)
    asked = [Incidents(kind=mine.kind, since=_day(first, -NEAR_DAYS), until=_day(last, NEAR_DAYS))]
    if first is not None and last is not None:
        asked.append(Incidents(since=_day(first), until=_day(last)))
    rows = {
        row.id: row
        for among in asked
        for row in incident_rows(case, by="time", among=among, limit=NEAR_ASKED, draw=False)
        if row.id != mine.id
    }
    return nearness(mine, tuple(rows.values()))[:NEAR_SHOWN]


def _known(case: Case, found: IncidentPage) -> Known:
    reports = [row.id for row in found.reports]
    with case.reading() as connection:
        private = hidden_in(connection, reports).sources
    return Known(
        speakers=speakers_of(case, reports),
        parties=known(knowledge_of(case)).names,
        private=private,
        told_in=told_in(case, (about for ruled in found.decisions for about in ruled.about)),
    )


def _next(case: Case, this: str) -> str | None:
    """The incident that follows in the list of the most contested."""
    rows = incident_rows(case, by="contested", limit=1, after=this, draw=False)
    return rows[0].id if rows else None


def _day(iso: str | None, later: int = 0) -> str | None:
    """The day of a moment, or one some days later; None where it is not known or no day that there is."""
    try:
        return (date.fromisoformat(iso[:10]) + timedelta(days=later)).isoformat() if iso else None
    except (ValueError, OverflowError):
        return None
