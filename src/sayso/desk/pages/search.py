"""Search: an id goes straight to what has it, words find sentences, facets narrow them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.problems import problem_of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.facets import COLUMNS as FACET_COLUMNS
from sayso.desk.views.facets import cells as facet_cells
from sayso.desk.views.facets import chosen, groups
from sayso.desk.views.search import COLUMNS, cells, sentence
from sayso.export.aloud import CHANNELS
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.copies import family
from sayso.ledger.asking.facets import Facets, facets, facets_in, names_asked, search_with_facets
from sayso.ledger.asking.ids import found, kind_of
from sayso.ledger.asking.pointing import line_starts
from sayso.ledger.asking.questions import Among, BadQuestion
from sayso.ledger.asking.rows import decisions_about
from sayso.ledger.asking.search import search
from sayso.ledger.asking.similar import Similar, similar
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import NoSuchThing
from sayso.record import Span

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Found, Hit
    from sayso.record import Decision

router = APIRouter()
NOTHING = Facets(0, True, ())
AT_ONCE = 30
MOST = 499
PLACED = re.compile(r"(?P<id>[^:\s]+|sha256:[^:\s]+):(?:@(?P<offset>\d{1,9})|(?P<line>\d{1,9}):(?P<column>\d{1,9}))")
"""A place as pages print it: "e8770d28:3:14"."""


class Asked(BaseModel):
    """What is looked for. An empty field of the form asks for nothing."""

    q: str | None = None
    act: str | None = None
    silence: str | None = None
    speaker: str | None = None
    party: str | None = None
    channel: str | None = None
    place: str | None = None
    kind: str | None = None
    status: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    said_since: str | None = None
    said_until: str | None = None
    came: str | None = None
    position: str | None = None
    ruled: str | None = None
    spot: str | None = None
    added: str | None = None
    exactly: str | None = None
    like: str | None = None
    after: int | None = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE

    @property
    def words(self) -> str | None:
        """What is typed, None where nothing is."""
        return (self.q or "").strip() or None

    @property
    def among(self) -> Among:
        """What the sentences must meet besides."""
        return Among(**{one.name: (getattr(self, one.name) or "").strip() or None for one in fields(Among)})

    @property
    def told(self) -> dict[str, Any]:
        """What is asked for, as an address has it."""
        given = self.model_dump(exclude_defaults=True)
        return {name: value for name, value in given.items() if not isinstance(value, str) or value.strip()}

    @property
    def is_exact(self) -> bool:
        """Whether the words are looked for exactly as they are typed."""
        return bool(self.exactly)

    @property
    def alike(self) -> str | None:
        """The statement or event that sentences are to be like; None where none is."""
        return (self.like or "").strip() or None

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return self.words is not None or self.alike is not None or self.among != Among()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found, and where it goes on. `similar` is what they were found like."""

    hits: list[Hit]
    next: int | None
    similar: Similar | None = None


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/search.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The sentences for a program."""
    return twins.all_as_json(at.case, _page(at, asked).hits, private=private)


@router.get("/search.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The sentences for a spreadsheet."""
    hits = twins.shown(at.case, tuple(_page(at, asked).hits), private=private)
    return twins.as_csv(COLUMNS, map(cells, hits), name="sentences")


@router.get("/search/facets.json")
def facets_as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What the sentences have, counted, for a program."""
    _, counted = _page_with_facets(at, asked)
    rows = list(facet_cells(counted, is_private_shown=private == twins.PRIVATE))
    return twins.told_as_json({"counted": counted.counted, "whole": counted.whole, "facets": rows})


@router.get("/search/facets.csv")
def facets_as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The same for a spreadsheet."""
    _, counted = _page_with_facets(at, asked)
    rows = facet_cells(counted, is_private_shown=private == twins.PRIVATE)
    return twins.as_csv(FACET_COLUMNS, rows, name="facets")


@router.get("/search")
def searched(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The thing that an id names, else the sentences, for a person."""
    try:
        place = _place(at, asked.words) if asked.words and not asked.is_exact else None
        if place is not None:
            return RedirectResponse(place, 303)
        shown, counted = _page_with_facets(at, asked)
    except (BadQuestion, NoSuchThing) as error:
        return _page_of(request, asked, Page([], None), problem=problem_of(error), at=at)
    return _page_of(request, asked, shown, at=at, counted=counted)


def _page_of(
    request: Request, asked: Asked, shown: Page, *, at: Desk, problem: Any = None, counted: Facets = NOTHING
) -> Response:
    told, rows = asked.told, knowledge_of(at.case).rows
    similar = shown.similar
    alike = {one.hit.key: one for one in similar.alike} if similar else {}
    pointed = [*(hit.report for hit in shown.hits), *([similar.claim.report] if similar else ())]
    return page(
        request,
        "search.html",
        status=problem.status if problem else 200,
        asked=asked,
        problem=problem,
        sentences=[sentence(hit) for hit in shown.hits],
        ruled=_rulings(at, shown),
        similar=similar,
        alike=alike,
        reports=pointed_at(at.case, pointed),
        next=query_of(told, after=shown.next) if shown.next is not None else None,
        is_first=asked.after is None,
        counted=counted,
        groups=groups(counted, told),
        chosen=chosen(told, {} if problem else names_asked(at.case, asked.among)),
        facets_twin=f"/search/facets.csv{query_of(told, after=None)}",
        channels={kind: bare for kind, (_, bare) in CHANNELS.items()},
        kinds={kind: kind.replace("_", " ") for kind in sorted({str(row["kind"]) for row in rows("event_kinds")})},
        sides={str(row["id"]): str(row["name"]) for row in rows("parties")},
        start=query_of(told, after=None),
        saving=urlencode({name: value for name, value in told.items() if name not in ("after", "limit")}),
        twins=twins_of(request) if shown.hits else (),
    )


def _rulings(at: Desk, shown: Page) -> dict[str, Decision]:
    """The last ruling that stands of each statement that is shown and was ruled of."""
    parts = [f"{hit.report}#{one.statement}" for hit in shown.hits for one in hit.statements if one.ruled]
    if not parts:
        return {}
    with at.case.reading() as connection:
        made = decisions_about(connection, parts)
    return {about: one for one in made if one.withdrawn_at is None for about in one.about}


def _page(at: Desk, asked: Asked) -> Page:
    if not asked.asks:
        return Page([], None)
    if asked.alike is not None:
        found = similar(at.case, asked.alike, asked.among)
        return Page([one.hit for one in found.alike], None, found)
    among, exactly = asked.among, asked.is_exact
    hits = search(at.case, asked.words, among, exactly=exactly, limit=asked.limit + 1, after=asked.after)
    more = len(hits) > asked.limit
    return Page(hits[: asked.limit], hits[asked.limit - 1].key if more else None)


def _page_with_facets(at: Desk, asked: Asked) -> tuple[Page, Facets]:
    """Some of what was found, and the facets of all of it."""
    if not asked.asks:
        return Page([], None), NOTHING
    if asked.alike is not None:
        shown = _page(at, asked)
        whole = shown.similar is None or not shown.similar.more
        return shown, facets_in(at.case, shown.hits, asked.among, whole=whole)
    among, exactly = asked.among, asked.is_exact
    if asked.after is not None:
        return _page(at, asked), facets(at.case, asked.words, among, exactly=exactly)
    hits, counted = search_with_facets(at.case, asked.words, among, exactly=exactly, limit=asked.limit + 1)
    more = len(hits) > asked.limit
    return Page(hits[: asked.limit], hits[asked.limit - 1].key if more else None), counted


# An id, or a place as pages print it


def _place(at: Desk, typed: str) -> str | None:
    """The address of what an id names; None where words are looked for.

    A word can be made of the digits of a hash ("decade"): it is an id only if something has it. Raises `NoSuchThing`
    for what is plainly an id and nothing has.
    """
    placed = PLACED.fullmatch(typed)
    plain = placed["id"] if placed else typed
    if kind_of(plain.partition("#")[0].casefold()) is None:
        return None
    try:
        with at.case.reading() as connection:
            thing = found(connection, plain)
    except NoSuchThing:
        if placed or re.search(r"[-:#]", plain):
            raise
        return None
    return _address(at, thing, _stretch(at, thing, placed) if placed else None)


def _address(at: Desk, thing: Found, span: Span | None) -> str | None:
    match thing.kind:
        case "report":
            return at.links.report(thing.id, span=span, part=thing.part)
        case "incident":
            return at.links.incident(thing.id)
        case "decision":
            return at.links.decision(thing.id)
        case "place":
            return at.links.place(thing.id)
        case "family":
            reports = list(dict.fromkeys(member.report for member in family(at.case, thing.id).members))
            return at.links.beside(*reports[:2]) if len(reports) > 1 else at.links.report(reports[0])
        case _:
            return at.links.source(thing.id)


def _stretch(at: Desk, thing: Found, placed: re.Match[str]) -> Span | None:
    """From a place to the end of its line; None where a report has no such place."""
    if thing.kind != "report":
        return None
    with at.case.reading() as connection:
        starts = line_starts(connection, [thing.id])[thing.id]
    if placed["offset"]:
        start = int(placed["offset"])
    elif 1 <= int(placed["line"]) <= len(starts):
        start = starts[int(placed["line"]) - 1] + max(0, int(placed["column"]) - 1)
    else:
        return None
    end = next((one - 1 for one in starts if one > start), start + 1)
    return Span(start, max(end, start + 1))
