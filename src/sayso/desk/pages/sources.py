"""Sources: who speaks and who prints it, what each said, how it got here, and who copies whom."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.sources import (
    COPYING_COLUMNS,
    PUBLISHER_COLUMNS,
    SAID_COLUMNS,
    SPEAKER_COLUMNS,
    Stands,
    as_speaker_page,
    copying_cells,
    drawing,
    month_bars,
    publisher_cells,
    said_cells,
    speaker_cells,
    stands,
    statement,
    week_bars,
)
from sayso.export.aloud import CHANNELS
from sayso.export.ledger_json import answer
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.positions import positions_of, rulings_by_speaker
from sayso.ledger.asking.publishers import copyings, publisher_list, publisher_page
from sayso.ledger.asking.source_pages import source_page
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.knowing import knowledge_of
from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import SpeakerRow

router = APIRouter()
AT_ONCE = 40
MOST = 500
PUBLISHERS = "publishers"
LONGEST = 9
TABLED = 40
"""Copyings that the table of the list tells."""


class Asked(BaseModel):
    """Which sources are listed. An empty field of the form asks for nothing."""

    show: str = ""
    name: str = ""
    party: str = ""
    after: str = ""
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE

    @property
    def of_publishers(self) -> bool:
        """Whether publishers are asked for, and not who speaks."""
        return self.show == PUBLISHERS

    @property
    def place(self) -> int:
        """How many publishers there were on the pages before."""
        is_number = self.after.isascii() and self.after.isdigit() and len(self.after) <= LONGEST
        return int(self.after) if is_number else 0


class Part(BaseModel):
    """Which statements of one source are listed."""

    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE


AskedFor = Annotated[Asked, Query()]
PartFor = Annotated[Part, Query()]
AtDesk = Annotated[Desk, Depends(of)]


# The lists


@router.get("/sources.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a program."""
    if asked.of_publishers:
        return twins.told_as_json([asdict(row) for row in _publishers(at, asked)[0]])
    return twins.all_as_json(at.case, _speakers(at, asked), private=private)


@router.get("/sources.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    if asked.of_publishers:
        return twins.as_csv(PUBLISHER_COLUMNS, map(publisher_cells, _publishers(at, asked)[0]), name="publishers")
    rows = _speakers(at, asked)
    where = _where(at, rows)
    shown = twins.shown(at.case, tuple(rows), private=private)
    return twins.as_csv(SPEAKER_COLUMNS, (speaker_cells(row, where) for row in shown), name="sources")


@router.get("/sources/copying.json")
def copying_as_json(at: AtDesk) -> Response:
    """Who copies whom, for a program."""
    return twins.told_as_json([copying_cells(one) for one in copyings(at.case)])


@router.get("/sources/copying.csv")
def copying_as_csv(at: AtDesk) -> Response:
    """Who copies whom, for a spreadsheet."""
    return twins.as_csv(COPYING_COLUMNS, map(copying_cells, copyings(at.case)), name="copying")


@router.get("/sources")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person: who speaks, or who prints it."""
    told = asked.model_dump(exclude_defaults=True)
    if asked.of_publishers:
        return _of_publishers(request, at, asked, told)
    rows = _speakers(at, asked, more=1)
    last = rows[asked.limit - 1].id if len(rows) > asked.limit else None
    rows = rows[: asked.limit]
    return page(
        request,
        "sources.html",
        asked=asked,
        rows=rows,
        where=_where(at, rows),
        sides=_sides(at),
        next=query_of(told, after=last) if last else None,
        twins=twins_of(request),
    )


def _of_publishers(request: Request, at: Desk, asked: Asked, told: dict[str, Any]) -> Response:
    rows, many = _publishers(at, asked)
    copies = copyings(at.case) if not asked.name and not asked.place else ()
    after = asked.place + asked.limit
    return page(
        request,
        "publishers.html",
        asked=asked,
        rows=rows,
        many=many,
        copies=copies[:TABLED],
        left_out=max(0, len(copies) - TABLED),
        drawing=drawing(copies),
        next=query_of(told, after=after) if after < many else None,
        twins=twins_of(request),
    )


def _speakers(at: Desk, asked: Asked, *, more: int = 0) -> list[SpeakerRow]:
    return speaker_list(
        at.case,
        name=asked.name.strip() or None,
        party=asked.party.strip() or None,
        limit=asked.limit + more,
        after=asked.after or None,
    )


def _publishers(at: Desk, asked: Asked) -> Any:
    return publisher_list(at.case, name=asked.name, limit=asked.limit, after=asked.place)


def _where(at: Desk, rows: list[SpeakerRow]) -> dict[str, Stands]:
    """Where each of some speakers stands."""
    with at.case.reading() as connection:
        positions = positions_of(connection, rows, knowledge_of(at.case))
        rulings = rulings_by_speaker(connection)
    return {row.id: stands(positions[row.id], rulings.get(row.id, ())) for row in rows}


def _sides(at: Desk) -> dict[str, str]:
    return {str(row["id"]): str(row["name"]) for row in knowledge_of(at.case).rows("parties")}


# A publisher


@router.get("/sources/publisher.json")
def publisher_as_json(at: AtDesk, name: str, private: str | None = None) -> Response:
    """One publisher for a program."""
    shown = publisher_page(at.case, name)
    quoted = twins.shown(at.case, shown.quoted, private=private)
    told = {
        **asdict(shown.coverage),
        "quoted": [{"speaker": one.id, "name": one.name, "statements": one.statements} for one in quoted],
        "copies": [copying_cells(one) for one in shown.copies],
        "copied_by": [copying_cells(one) for one in shown.copied_by],
        "models_missing": shown.models_missing,
        "taken_back": [f"{one.report.id}#{one.saying.statement}" for one in shown.taken_back],
    }
    return twins.told_as_json(told)


@router.get("/sources/publisher.csv")
def publisher_as_csv(at: AtDesk, name: str) -> Response:
    """Whom one publisher copies and who copies it, for a spreadsheet."""
    shown = publisher_page(at.case, name)
    return twins.as_csv(COPYING_COLUMNS, map(copying_cells, (*shown.copies, *shown.copied_by)), name="publisher")


@router.get("/sources/publisher")
def publisher(request: Request, at: AtDesk, name: str = "") -> Response:
    """One publisher for a person."""
    if not name:
        return RedirectResponse(f"/sources?show={PUBLISHERS}", 303)
    shown = publisher_page(at.case, name)
    backs = tuple((one, Anchor(one.report.id, one.span, _words(one.saying))) for one in shown.taken_back)
    reasons = [anchor for _, one in shown.evidence for reason in one.reasons for anchor in (reason.here, reason.there)]
    pointed = [*(one.report.id for one in shown.taken_back), *(anchor.report for anchor in reasons if anchor)]
    return page(
        request,
        "publisher.html",
        shown=shown,
        name=name,
        evidence=dict(shown.evidence),
        drawing=drawing((*shown.copies, *shown.copied_by)),
        bars=week_bars(shown.coverage),
        backs=backs,
        where=_where(at, list(shown.quoted)),
        sides=_sides(at),
        reports=pointed_at(at.case, pointed),
        everything=urlencode({"publisher": f'"{name}"'}, errors="replace"),
        twins=twins_of(request),
    )


def _words(saying: Any) -> str:
    quoted = saying.sentence or next(iter(saying.words), None)
    return str(quoted.words) if quoted is not None else ""


# Somebody who speaks


@router.get("/sources/{asked}.json")
def one_as_json(at: AtDesk, asked: str, part: PartFor, private: str | None = None) -> Response:
    """One source for a program, with where they stand."""
    shown = source_page(at.case, asked, limit=part.limit, after=part.after)
    told = answer(at.case, as_speaker_page(shown), show_private=private == twins.PRIVATE)
    where = stands(shown.position, shown.rulings)
    position = {"position": where.position, "party": where.party, "set_by": where.by.id if where.by else None}
    return twins.told_as_json({**told, "position": position, "first_in_the_case": shown.first})


@router.get("/sources/{asked}.csv")
def one_as_csv(at: AtDesk, asked: str, part: PartFor, private: str | None = None) -> Response:
    """What one source said, for a spreadsheet."""
    shown = source_page(at.case, asked, limit=part.limit, after=part.after)
    said = twins.shown(at.case, shown.said, private=private)
    return twins.as_csv(SAID_COLUMNS, map(said_cells, said), name=shown.row.id)


@router.get("/sources/{asked}")
def one(request: Request, at: AtDesk, asked: str, part: PartFor) -> Response:
    """One source for a person."""
    shown = source_page(at.case, asked, limit=part.limit, after=part.after)
    if shown.moved:
        return RedirectResponse(at.links.source(shown.row.id) or "/sources", 303)
    told = [statement(one) for one in shown.said]
    return page(
        request,
        "source.html",
        shown=shown,
        part=part,
        said_there=told,
        stands=stands(shown.position, shown.rulings),
        bars=month_bars(shown.months),
        sides=_sides(at),
        channels={kind: bare for kind, (_, bare) in CHANNELS.items()},
        reports=pointed_at(at.case, (one.anchor.report for one in told)),
        next=query_of(part.model_dump(exclude_defaults=True), after=part.after + part.limit) if shown.more else None,
        twins=twins_of(request),
    )
