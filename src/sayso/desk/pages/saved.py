"""Saved searches: the list with what is new in each, opening and withdrawing one, its feed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.atom import feed
from sayso.export.aloud import CHANNELS
from sayso.ledger.asking.facets import names_asked
from sayso.ledger.asking.rows import report_rows_by_id
from sayso.ledger.asking.saved import SavedRow, among_of, saved_rows, sentences_of, words_of
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import CannotRule, CaseBusy
from sayso.ledger.saved import LONGEST_NAME, LONGEST_QUERY, SEARCH, Saved, one, opened, saved, seen_until, withdraw

router = APIRouter()
HOME = "/search/saved"
PATHS = {
    SEARCH: "/search",
    "queue": "/queue",
    "map": "/map",
    "timeline": "/timeline",
    "inbox": "/inbox",
    "incidents": "/incidents",
}
"""The pages whose searches can be saved."""
IN_FEED = 50
COLUMNS = ("id", "page", "name", "query", "saved_by", "saved_at", "new", "more")
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/search/saved.json")
def as_json(at: AtDesk, private: str | None = None) -> Response:
    """The list for a program. Names and queries can hold names of private persons: they are told where asked for."""
    return twins.told_as_json([_row(row, private) for row in saved_rows(at.case, at.who)])


@router.get("/search/saved.csv")
def as_csv(at: AtDesk, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    return twins.as_csv(COLUMNS, (_row(row, private) for row in saved_rows(at.case, at.who)), name="saved-searches")


@router.get(HOME)
def listed(request: Request, at: AtDesk, made: str = "", page_of: str = "") -> Response:
    """The list for a person."""
    rows = saved_rows(at.case, at.who, page=page_of or None)
    return page(
        request,
        "saved.html",
        rows=rows,
        **in_words(at, [row.saved for row in rows]),
        made=made,
        twins=twins_of(request),
    )


def in_words(at: Desk, some: Sequence[Saved]) -> dict[str, Any]:
    """What a template needs to say in words what some searches ask, by their ids."""
    return {
        "asks": {one.id: tuple(words_of(one)) for one in some},
        "names": {one.id: names_asked(at.case, among_of(dict(one.asked))) for one in some},
        "channels": {kind: bare for kind, (_, bare) in CHANNELS.items()},
        "sides": {str(row["id"]): str(row["name"]) for row in knowledge_of(at.case).rows("parties")},
    }


@router.post(HOME)
def save(
    at: AtDesk,
    query: Annotated[str, Form(max_length=LONGEST_QUERY)],
    name: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    kind: Annotated[str, Form(alias="page")] = SEARCH,
    as_queue: Annotated[str, Form()] = "",
) -> Response:
    """Save a search of one of the pages under a name, and show it among the others; as a queue, go on to that.

    A queue that has no name yet is given one on the page of the queues.
    """
    if as_queue:
        if not name.strip():
            return RedirectResponse(f"/queue?{query.removeprefix('?')}", 303)
        made = saved(at.case, page="queue", name=name, query=query, who=at.who, at=at.now())
        return RedirectResponse(f"/queue/{made}", 303)
    if kind not in PATHS:
        raise CannotRule(f"Searches of {kind!r} cannot be saved.")
    made = saved(at.case, page=kind, name=name, query=query, who=at.who, at=at.now())
    return RedirectResponse(f"{HOME}?made={made}#{made}", 303)


@router.post("/search/saved/{asked}/withdraw")
def taken_back(at: AtDesk, asked: str) -> Response:
    """Take a saved search back."""
    withdraw(at.case, asked, who=at.who, at=at.now())
    return RedirectResponse(HOME, 303)


@router.get("/search/saved/{asked}.atom")
def as_feed(request: Request, at: AtDesk, asked: str, private: str | None = None) -> Response:
    """The sentences of a saved search for a feed reader, the last added first. Raises `NoSuchThing`."""
    with at.case.reading() as connection:
        found = one(connection, asked)
    if found.page != SEARCH:
        raise HTTPException(404, "Only searches of sentences have a feed.")
    if found.withdrawn_at is not None:
        raise HTTPException(410, "This saved search was withdrawn: its feed has ended.")
    hits = twins.shown(at.case, tuple(sentences_of(at.case, found, limit=IN_FEED)), private=private)
    with at.case.reading() as connection:
        rows = report_rows_by_id(connection, (hit.report for hit in hits))
    host = f"{request.url.scheme}://{request.url.netloc}"
    told = feed(found, hits, {row.id: row.added_at for row in rows}, host=host, links=at.links)
    return Response(told, media_type="application/atom+xml")


@router.get("/search/saved/{asked}")
def go(at: AtDesk, asked: str, only: str = "") -> Response:
    """Open a saved search, or only what is new in it; it is remembered how much of the case there was."""
    with at.case.reading() as connection:
        found = one(connection, asked)
        since = seen_until(connection, at.who).get(asked)
    with suppress(CaseBusy):  # the case is written to: it is opened all the same, and counted as not seen
        opened(at.case, asked, who=at.who)
    told = [*found.asked, *([("added", str(since))] if only == "new" and since is not None else [])]
    return RedirectResponse(f"{PATHS.get(found.page, '/search')}?{urlencode(told, errors='replace')}", 303)


def _row(row: SavedRow, private: str | None) -> dict[str, Any]:
    is_shown = private == twins.PRIVATE
    return {
        "id": row.saved.id,
        "page": row.saved.page,
        "name": row.saved.name if is_shown else None,
        "query": row.saved.query if is_shown else None,
        "saved_by": row.saved.who,
        "saved_at": row.saved.at,
        "new": row.new,
        "more": row.more,
    }
