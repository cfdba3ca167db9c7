"""The places of a case: the list, those on no map first, and one place with where it is and where it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.places import COLUMNS, ONE_COLUMNS, one_table_rows, sketch, table_rows
from sayso.export.ledger_json import plain
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.place_candidates import candidates
from sayso.ledger.asking.places import LIMIT, SAID, count_places, place, place_list, place_of
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.typed_place import LEVELS, NOWHERE
from sayso.record import FORMAT, Span

if TYPE_CHECKING:
    from sayso.ledger.asking.places import PlacePage, PlaceRow

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
MOST = 1_000


class Asked(BaseModel):
    """Which places are asked for. An empty field of a form asks for nothing."""

    name: str = ""
    unresolved: str = ""
    start: Annotated[int, Query(ge=0)] = 0
    limit: Annotated[int, Query(ge=1, le=MOST)] = LIMIT


class AskedOne(BaseModel):
    """From which sentence on, and which other way of writing the name is looked for."""

    start: Annotated[int, Query(ge=0)] = 0
    spelled: str = ""


AskedFor = Annotated[Asked, Query()]
AskedOfOne = Annotated[AskedOne, Query()]


@router.get("/places.json")
def as_json(at: AtDesk, asked: AskedFor) -> Response:
    """The list for a program."""
    return twins.told_as_json([_told("place_row", one) for one in _rows(at, asked)])


@router.get("/places.csv")
def as_csv(at: AtDesk, asked: AskedFor) -> Response:
    """The list for a spreadsheet."""
    return twins.as_csv(COLUMNS, table_rows(_rows(at, asked)), name="places")


@router.get("/places")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person."""
    rows = _rows(at, asked, more=1)
    told = asked.model_dump(exclude_defaults=True)
    every, waiting = count_places(at.case)
    return page(
        request,
        "places.html",
        rows=rows[: asked.limit],
        asked=asked,
        every=every,
        waiting=waiting,
        next=query_of(told, start=asked.start + asked.limit) if len(rows) > asked.limit else None,
        twins=twins_of(request),
    )


@router.get("/places/at")
def named_at(at: AtDesk, report: str, start: int, end: int) -> Response:
    """The way to the place that is named at a stretch of a report."""
    with at.case.reading() as connection:
        whole = found(connection, report, kind="report").id
        named = place_of(connection, whole, Span(start, end))
    if named is None:
        raise NoSuchThing("No place is read there. The report may have been read anew: look at its sentence.")
    return RedirectResponse(f"/places/{named}", 303)


@router.get("/places/{asked}.json")
def one_as_json(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """One place for a program."""
    return twins.told_as_json(_told("place_page", twins.shown(at.case, _whole(at, asked), private=private)))


@router.get("/places/{asked}.csv")
def one_as_csv(at: AtDesk, asked: str, private: str | None = None) -> Response:
    """The sentences that name it, for a spreadsheet."""
    shown = twins.shown(at.case, _whole(at, asked), private=private)
    return twins.as_csv(ONE_COLUMNS, one_table_rows(shown), name=shown.row.id)


@router.get("/places/{asked}")
def one(request: Request, at: AtDesk, asked: str, more: AskedOfOne) -> Response:
    """One place for a person, with the form to locate it."""
    shown = place(at.case, asked, start=more.start)
    listed = candidates(shown, spelled=more.spelled or None)
    return page(
        request,
        "place.html",
        shown=shown,
        candidates=listed,
        sketch=sketch(shown, listed),
        asked=more,
        levels=LEVELS,
        nowhere=NOWHERE,
        reports=pointed_at(at.case, [one.anchor.report for one in shown.said]),
        next=query_of(more.model_dump(exclude_defaults=True), start=more.start + SAID) if shown.more else None,
        twins=twins_of(request),
    )


def _whole(at: Desk, asked: str) -> PlacePage:
    return place(at.case, asked, limit=MOST)


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[PlaceRow]:
    return place_list(
        at.case,
        name=asked.name or None,
        unresolved=bool(asked.unresolved),
        limit=asked.limit + more,
        start=asked.start,
    )


def _told(kind: str, noun: Any) -> Any:
    return {"format": FORMAT, "answer": kind, **plain(noun)}
