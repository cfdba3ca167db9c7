"""One report: the sealed text with what was found in it, beside it a card for each statement and event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.links import digits
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.speaking import translations
from sayso.desk.views.cards import card_of, cards
from sayso.desk.views.citing import citing
from sayso.desk.views.reader import LAYERS
from sayso.desk.views.report import copies_in, reader
from sayso.export import aloud
from sayso.export.incident_page import KINDS_OF_COPY
from sayso.export.pointed import pointed_at
from sayso.export.tables import COLUMNS, statement_rows
from sayso.ledger.asking.comparing import incidents_of_events
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.reports import reading_of, report
from sayso.ledger.asking.speakers import speakers_of
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import NoSuchThing
from sayso.record import CORRECTABLE, Span

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Identical, ReportPage, RuledPart

router = APIRouter()
AT = re.compile(r"(\d{1,9})-(\d{1,9})")
MODES = ("sealed", "clean", "copies")
WHOLE = 150
"""Cards that a page holds with all that they tell. A report with more has them in brief, and each whole when asked."""


class Asked(BaseModel):
    """How the report is shown: which stretch is marked, in which shape, which layers are off, whose copies are told.

    Of a report with very many cards: which is told whole, or that `all` are.
    """

    at: str | None = None
    shape: Annotated[str | None, Query(alias="as")] = None
    off: str | None = None
    turn: str | None = None
    alike: str | None = None
    card: str | None = None
    cards: str | None = None


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/reports/{name}/original")
def sealed_bytes(at: AtDesk, name: str) -> Response:
    """The sealed bytes, to be kept and never shown: no browser opens them here."""
    found = reading_of(at.case, name).page.report
    return Response(
        found.data,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="{digits(found.id)}.bin"',
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


@router.get("/reports/{name}.json")
def as_json(at: AtDesk, name: str, private: str | None = None) -> Response:
    """The report for a program."""
    return twins.as_json(at.case, report(at.case, name), private=private)


@router.get("/reports/{name}.csv")
def as_csv(at: AtDesk, name: str, private: str | None = None) -> Response:
    """Its statements for a spreadsheet."""
    found = twins.shown(at.case, report(at.case, name), private=private)
    return twins.as_csv(COLUMNS["statements"], statement_rows(found), name=f"statements-{digits(found.row.id)[:8]}")


@router.get("/reports/{name}")
def shown(request: Request, at: AtDesk, name: str, asked: AskedFor) -> Response:
    """The report for a person. The beginning of an id leads to the whole."""
    found = report(at.case, name)
    whole = digits(found.row.id)
    if name != whole:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/reports/{whole}{query}", 307)
    marked = _stretch(asked.at, len(found.reading.page.report.text))
    told = _alike(at, found, asked.alike)
    dealt = cards(found.reading)
    return page(
        request,
        "report.html",
        **_of_cards(at, found, told),
        view=reader(found, dealt, marked=marked, cut_names=_cut_names(at)),
        cards=dealt,
        are_brief=len(dealt) > WHOLE and asked.cards != "all",
        whole_cards={asked.card, asked.alike} - {None},
        shape=asked.shape if asked.shape in MODES else "sealed",
        shapes=MODES,
        layers=LAYERS,
        off=_off(asked),
        marked=marked,
        alike_of=asked.alike,
        correctable=CORRECTABLE,
        how_named=KINDS_OF_COPY,
        twins=twins_of(request),
    )


@router.get("/reports/{name}/cards/{part}")
def card(request: Request, at: AtDesk, name: str, part: str) -> Response:
    """One card with all it holds, to be put into the page of its report: who opens the address is led there.

    Raises `NoSuchThing`.
    """
    found = report(at.case, name)
    whole = digits(found.row.id)
    dealt = card_of(found.reading, part)
    if dealt is None:
        raise NoSuchThing(f"The report {name} has no statement or event {part}.")
    if "x-sayso-fragment" not in request.headers:
        return RedirectResponse(f"/reports/{whole}?card={part}#{part}", 303)
    return page(
        request,
        "report_card.html",
        **_of_cards(at, found),
        card=dealt,
        alike_of=None,
        here=f"/reports/{whole}",
    )


def _of_cards(at: Desk, found: ReportPage, alike: tuple[Identical, ...] = ()) -> dict[str, Any]:
    """What cards are filled with, besides themselves."""
    pointing = pointed_at(at.case, _near(found, alike))
    return {
        "page": found,
        "ruled": _ruled(found),
        "incidents": incidents_of_events(at.case, found.row.id),
        "reports": pointing,
        "cited": citing(at.case, found, pointing),
        "parties": known(knowledge_of(at.case)).names,
        "speaker_of": _speakers(at, found),
        "alike": alike,
        "has_copies": any(copies_in(found.families, found.row.id)),
    }


def _stretch(asked: str | None, length: int) -> Span | None:
    """The stretch that is asked for, as far as it lies in the text."""
    if not asked:
        return None
    told = AT.fullmatch(asked)
    start, end = (int(told[1]), int(told[2])) if told else (0, 0)
    if not start < end or start >= length:
        raise BadQuestion(
            f"at={asked} is no stretch of this report, which has {length:,} characters: write at=120-180."
        )
    return Span(start, min(end, length))


def _off(asked: Asked) -> frozenset[str]:
    """The layers that are off: those told to be, with one turned over where a button of the legend was pressed."""
    named = {layer.name for layer in LAYERS}
    told = frozenset((asked.off or "").split("-")) & named
    return told ^ (frozenset((asked.turn,)) & named) if asked.turn else told


def _cut_names(at: Desk) -> dict[str, str]:
    words = translations(at.language)
    return {why: words.gettext(one) for why, (one, _) in aloud.CUTS.items()}


def _speakers(at: Desk, found: ReportPage) -> dict[str, str]:
    """Who it is in the whole case that makes each statement."""
    named = speakers_of(at.case, [found.row.id])
    sources = ((one.id, (found.row.id, one.source)) for one in found.reading.statements)
    return {part: named[source] for part, source in sources if source in named}


def _alike(at: Desk, found: ReportPage, part: str | None) -> tuple[Identical, ...]:
    return identical(at.case, f"{found.row.id}#{part}") if part else ()


def _ruled(found: ReportPage) -> dict[str, list[RuledPart]]:
    held: dict[str, list[RuledPart]] = {}
    for one in found.ruled:
        held.setdefault(one.part, []).append(one)
    return held


def _near(found: ReportPage, told: tuple[Identical, ...]) -> list[str]:
    """The reports that the page points into."""
    copies = (member.report for family in found.families for member in family.members)
    made_of = (member.of for family in found.families for member in family.members if member.of)
    related = (one.report.id for one in found.related)
    return list(dict.fromkeys((found.row.id, *copies, *made_of, *related, *(one.report.id for one in told))))
