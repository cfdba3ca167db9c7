"""The inbox: what came in, a row a cluster of copies, and what people did with it; what is being read, what failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.notices import local
from sayso.desk.rendering import page, place_of, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.inbox import (
    COLUMNS,
    LOGGED,
    MEMBERS,
    Marked,
    as_object,
    back_with,
    cells,
    log_cells,
    told,
    without_marked,
)
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.inbox import (
    ALL,
    FAILED,
    NEW,
    ORDERS,
    SHOWS,
    Cluster,
    Inbox,
    clusters_of,
    counted,
    is_empty,
    lead_of,
    sizes,
)
from sayso.ledger.asking.private import Hidden, private_names, without
from sayso.ledger.asking.taken import Lost, count_lost, lost, running, taken
from sayso.ledger.marks import PARKED, SEEN, marked, marks, marks_by_id, withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.desk.pages.taking_in import Unusable
    from sayso.ledger.taking_in import TakenIn

router = APIRouter()
AT_ONCE = 40
MOST = 500
TAKEN = "taken"
TABS = (*SHOWS, FAILED, TAKEN)
RANGE = re.compile(r"(\d{1,12})(?:-(\d{1,12}))?")
IDS = re.compile(r"\d{1,12}(?:-\d{1,12}){0,99}")
WHOLE = re.compile(r"sha256:[0-9a-f]{64}")
UNDO = {"park": "back", "back": "park", "seen": "unseen", "unseen": "seen"}
KIND = {"park": PARKED, "back": PARKED, "seen": SEEN, "unseen": SEEN}
MANY = 100
"""Clusters that are marked at once."""


class Asked(BaseModel):
    """What of the inbox is asked for. An empty field of a form asks for nothing."""

    show: Literal["new", "seen", "parked", "flagged", "all", "failed", "taken"] = "new"
    by: Literal["added", "copies", "published"] = "added"
    publisher: str | None = None
    day: str | None = None
    mine: bool = False
    after: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE

    def among(self, at: Desk) -> Inbox:
        """Which clusters are meant."""
        show = self.show if self.show in SHOWS else ALL
        return Inbox(show, _told(self.publisher), _told(self.day), at.who if self.mine else None)

    @property
    def is_narrow(self) -> bool:
        """Whether not all of a sort is asked for."""
        return bool(_told(self.publisher) or _told(self.day) or self.mine)


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/inbox.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The rows for a program: clusters, or what was taken in, or what gave no report."""
    if asked.show in SHOWS:
        return twins.told_as_json([as_object(one) for one in _for_twin(at, asked, private)])
    return twins.told_as_json([log_cells(one) for one in _log_for_twin(at, asked, private)])


@router.get("/inbox.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The same rows for a spreadsheet."""
    if asked.show in SHOWS:
        return twins.as_csv(COLUMNS, map(cells, _for_twin(at, asked, private)), name="inbox")
    return twins.as_csv(LOGGED, map(log_cells, _log_for_twin(at, asked, private)), name=f"inbox-{asked.show}")


@router.get("/inbox")
def inbox(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The inbox for a person."""
    return shown(request, at, asked)


@router.get("/inbox/cluster/{report}.json")
def cluster_as_json(at: AtDesk, report: str, private: str | None = None) -> Response:
    """One cluster for a program."""
    (one,) = twins.shown(at.case, tuple(_cluster(at, report)), private=private)
    return twins.told_as_json(as_object(one))


@router.get("/inbox/cluster/{report}.csv")
def cluster_as_csv(at: AtDesk, report: str, private: str | None = None) -> Response:
    """The reports of one cluster for a spreadsheet."""
    (one,) = twins.shown(at.case, tuple(_cluster(at, report)), private=private)
    return twins.as_csv(MEMBERS, as_object(one)["members"], name="cluster")


@router.get("/inbox/cluster/{report}")
def cluster(request: Request, at: AtDesk, report: str) -> Response:
    """One cluster with all of its copies, by any report of it."""
    rows = _cluster(at, report)
    return page(
        request,
        "inbox_cluster.html",
        rows=_rows_told(at, rows),
        reports=pointed_at(at.case, [copy.report for one in rows for copy in one.copies]),
        marked=_marked(request, at),
        twins=twins_of(request),
    )


def _cluster(at: Desk, report: str) -> list[Cluster]:
    """The one cluster that a report is in. Raises `NoSuchThing`."""
    with at.case.reading() as connection:
        lead = lead_of(connection, found(connection, report, kind="report").id)
    return clusters_of(at.case, Inbox(ALL, lead=lead), limit=1, few=MOST)[0]


@router.post("/inbox/triage")
async def triaged(request: Request, at: AtDesk) -> Response:
    """Park clusters, bring them back, or note that they were seen; or say that two are one telling."""
    sent = await request.form()
    about = [one for one in sent.getlist("about") if isinstance(one, str) and WHOLE.fullmatch(one)]
    about = list(dict.fromkeys(about))[:MANY]
    do, back = str(sent.get("do") or ""), local(str(sent.get("back") or "/inbox"))
    if do == "merge":
        return RedirectResponse(f"/rule?{_query([('ruling', 'copy'), *(('about', one) for one in about)])}", 303)
    if do not in KIND:
        raise HTTPException(422, "It is not said what is to be done.")
    if not about:
        return _gone_back(request, without_marked(back), ())
    from anyio.to_thread import run_sync

    ids = await run_sync(_triaged, at, do, about)
    return _gone_back(request, back_with(back, ids), ids)


def _gone_back(request: Request, where: str, ids: Sequence[int]) -> Response:
    if "x-sayso-fragment" in request.headers:
        return Response(status_code=204, headers={"x-sayso-marks": "-".join(map(str, ids))})
    return RedirectResponse(where, 303)


def _triaged(at: Desk, do: str, about: Sequence[str]) -> list[int]:
    """The marks that were set, or taken back."""
    ids: list[int] = []
    with at.case.writing() as connection:
        for one in about:
            lead = lead_of(connection, one)
            if lead is None:
                continue
            if do in ("park", "seen"):
                ids.append(marked(connection, kind=KIND[do], about=lead, who=at.who, at=at.now()).id)
                continue
            for standing in marks(connection, kind=KIND[do], about=lead):
                withdrawn(connection, standing.id, who=at.who, at=at.now())
                ids.append(standing.id)
    return ids


# The page


def shown(
    request: Request,
    at: Desk,
    asked: Asked,
    *,
    typed: dict[str, str] | None = None,
    problem: Unusable | None = None,
    status: int = 200,
) -> Response:
    """The inbox, perhaps with what was typed and what is wrong with it."""
    from sayso.desk.pages.taking_in import LIMITS
    from sayso.ledger.taking_in import LONG

    took = _took(at, request)
    query = {name: value for name, value in asked.model_dump(exclude_defaults=True).items() if value}
    told_of = {
        "asked": asked,
        "tabs": TABS,
        "orders": ORDERS,
        "counts": {**counted(at.case), FAILED: count_lost(at.case)},
        "query": lambda **changed: query_of(query, **changed),
        "is_empty": is_empty(at.case),
        "running": running(at.case),
        "long": LONG,
        "took": took,
        "typed": dict.fromkeys(("published", "publisher", "url", "headline", "text"), "") | (typed or {}),
        "problem": problem,
        "limits": LIMITS,
        "back": without_marked(place_of(request)) if request.method == "GET" else "/inbox",
        "marked": _marked(request, at),
        **_listing(at, asked),
    }
    template = "inbox_parts.html" if "x-sayso-fragment" in request.headers else "inbox.html"
    return page(request, template, status=status, twins=twins_of(request), **told_of)


def _listing(at: Desk, asked: Asked) -> dict[str, Any]:
    """The rows of the sort that is asked for, and where more of them begin."""
    empty: dict[str, Any] = {"rows": (), "lost": (), "log": (), "reports": None, "next": None}
    number = int(asked.after) if asked.after and asked.after.isdecimal() else None
    if asked.show == FAILED:
        rows, more = lost(at.case, limit=asked.limit, after=number)
        return {**empty, "lost": rows, "next": more}
    if asked.show == TAKEN:
        log = taken(at.case, limit=asked.limit + 1, after=number)
        more = log[asked.limit - 1].id if len(log) > asked.limit else None
        return {**empty, "log": log[: asked.limit], "next": more}
    found_rows, next_ = clusters_of(at.case, asked.among(at), by=asked.by, limit=asked.limit, after=asked.after or None)
    return {**empty, "rows": _rows_told(at, found_rows), "next": next_}


def _rows_told(at: Desk, rows: Sequence[Cluster]) -> Any:
    ids = [copy.report for one in rows for copy in one.copies]
    return told(at.case, rows, sizes(at.case, ids))


def _for_twin(at: Desk, asked: Asked, private: str | None) -> tuple[Cluster, ...]:
    after = asked.after or None
    rows, _ = clusters_of(at.case, asked.among(at), by=asked.by, limit=asked.limit, after=after, few=MOST)
    return twins.shown(at.case, tuple(rows), private=private)


def _log_for_twin(at: Desk, asked: Asked, private: str | None) -> tuple[TakenIn | Lost, ...]:
    """What was taken in, or gave no report; without names of private persons, unless they are asked for."""
    number = int(asked.after) if asked.after and asked.after.isdecimal() else None
    rows: tuple[TakenIn | Lost, ...]
    if asked.show == FAILED:
        rows = tuple(lost(at.case, limit=asked.limit, after=number)[0])
    else:
        rows = tuple(taken(at.case, limit=asked.limit, after=number))
    if private == twins.PRIVATE:
        return rows
    with at.case.reading() as connection:
        return without(rows, Hidden(names=private_names(connection)))


def _took(at: Desk, request: Request) -> Any:
    """What was just taken in, as the address says: a number, or a range of them."""
    parts = RANGE.fullmatch(request.query_params.get("took", ""))
    if parts is None:
        return ()
    first, last = int(parts[1]), int(parts[2] or parts[1])
    if not first <= last < first + MOST:
        return ()
    return tuple(reversed(taken(at.case, ids=range(first, last + 1), limit=MOST)))


def _marked(request: Request, at: Desk) -> Marked | None:
    """What was marked last, from the marks that the address names."""
    asked = request.query_params.get("marked", "")
    if not IDS.fullmatch(asked):
        return None
    with at.case.reading() as connection:
        held = marks_by_id(connection, map(int, asked.split("-")))
    held = tuple(one for one in held if one.kind in (PARKED, SEEN))
    if not held or len({(one.kind, one.withdrawn_at is None) for one in held}) > 1:
        return None
    one = held[0]
    did = {PARKED: ("park", "back"), SEEN: ("seen", "unseen")}[one.kind][one.withdrawn_at is not None]
    return Marked(held, UNDO[did], one.kind, one.withdrawn_at is not None)


def _query(told_of: Sequence[tuple[str, str]]) -> str:
    from urllib.parse import urlencode

    return urlencode([*told_of, ("back", "/inbox")])


def _told(value: str | None) -> str | None:
    return (value or "").strip() or None


__all__ = ["NEW", "Asked", "router", "shown"]
