"""The queue: what waits to be looked at, as named queues, and one question of them at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.pages.saved import in_words
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.cards import cards
from sayso.desk.views.queue import (
    ASKED_COLUMNS,
    QUEUE_COLUMNS,
    REASONS,
    Nowhere,
    QueueRow,
    address,
    parted,
    passage,
    queue_cells,
)
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.audits import replaced_by
from sayso.ledger.asking.places import place
from sayso.ledger.asking.pointing import sentences_of
from sayso.ledger.asking.queue import COUNTING, PLACES, QUEUES, SAVED, SKIPPED, WAITS, Left, Seat, Wanted, left, next_in
from sayso.ledger.asking.queued import around, question, waits
from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.asking.second_readers import agreements, pairs, progress
from sayso.ledger.decisions import decision
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.looks import every_nth, last_of
from sayso.ledger.looks import one as look_by_id
from sayso.ledger.marks import marks
from sayso.ledger.problems import CaseProblem, NoSuchThing
from sayso.ledger.saved import Saved, listed, plain
from sayso.ledger.saved import one as saved_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from sayso.ledger.asking.queue import Given
    from sayso.ledger.looks import Look
    from sayso.record import Anchor, Decision

router = APIRouter()
PAGE = "queue"
AT_ONCE = 50
FEW = 3
"""Sentences that a place is shown in."""
COUNTED = 20
"""Seconds for which it is remembered how many are left."""
COUNTING_ALL = 0.12
"""Seconds that are spent on counting all queues of the list: those that come last are counted less far."""
_COUNTS: Remembered[tuple[str, str, str], tuple[int, Left]] = Remembered(200)


class Asked(BaseModel):
    """Which question is asked for, after which, and what was done before it."""

    about: str | None = None
    after: str | None = None
    then: int | None = None
    did: str | None = None


AtDesk = Annotated[Desk, Depends(of)]
AskedFor = Annotated[Asked, Depends()]


@dataclass(frozen=True, slots=True)
class Did:
    """What a person did last, so that it can be undone: a look, or a mark."""

    kind: str  # look | skipped | undone | second | noted
    look: Look | None = None
    mark: int | None = None
    reports: int = 1  # in which it is ruled of
    replaced: tuple[Decision, ...] = ()  # what gave way to what was taken back, and is not back with it


# The list


@router.get("/queue.json")
def as_json(at: AtDesk) -> Response:
    """The queues for a program."""
    return twins.told_as_json([queue_cells(one) for one in _rows(at)])


@router.get("/queue.csv")
def as_csv(at: AtDesk) -> Response:
    """The queues for a spreadsheet."""
    return twins.as_csv(QUEUE_COLUMNS, map(queue_cells, _rows(at)), name="queues")


@router.get("/queue")
def queues(request: Request, at: AtDesk) -> Response:
    """The queues for a person, with how far they are gone through, and how far second readers agree."""
    rows = _rows(at)
    query = plain(request.url.query)
    if query and (known_as := next((one for one in rows if one.asks == query and one.saved), None)):
        return RedirectResponse(address(known_as.name), 303)
    with at.case.reading() as connection:
        met = pairs(connection)
        last = last_of(connection, at.who)
    return page(
        request,
        "queues.html",
        rows=rows,
        query=query,
        **_asked_in_words(at, rows, query),
        agreements=agreements(met),
        agreed=sum(one.is_agreed for one in met),
        differing=sum(not one.is_agreed and one.settled is None for one in met),
        settled=sum(one.settled is not None for one in met),
        mine=sum(one.mine for one in rows),
        others=sum(one.others for one in rows),
        last=last,
        address=address,
        twins=twins_of(request),
    )


def _asked_in_words(at: Desk, rows: Sequence[QueueRow], query: str) -> dict[str, Any]:
    """What the saved searches among the queues ask, and the search of the address, which has no id."""
    some = [Saved(row.name, PAGE, row.title, row.asks, "", "") for row in rows if row.saved]
    return in_words(at, [*some, *([Saved("", PAGE, "", query, "", "")] if query else [])])


def _rows(at: Desk) -> list[QueueRow]:
    seat = Seat(at.who, at.now())
    with at.case.reading() as connection:
        done = progress(connection, at.who)
        saved = {one.id: one for one in listed(connection, page=PAGE)}
        rows, until = [], time.monotonic() + COUNTING_ALL
        for name in (*QUEUES, *saved):
            mine = done.get(name)
            every = every_nth(connection, name)
            rows.append(
                QueueRow(
                    name,
                    _left(at, connection, name, seat, until=until),
                    mine.mine if mine else 0,
                    mine.others if mine else 0,
                    mine.along if mine else 0,
                    every[0] if every else 0,
                    saved[name].name if name in saved else "",
                    saved[name].query if name in saved else "",
                    name if name in saved else "",
                )
            )
    return rows


def _left(at: Desk, connection: Any, queue: str, seat: Seat, *, until: float | None = None) -> Left:
    """How many are left; what takes long to count is counted every few seconds, and no longer than `until`."""
    key = (str(at.case.folder), queue, seat.who)
    before, now = _COUNTS.get(key), int(time.monotonic())
    if before is not None and not before[1].exactly and now - before[0] < COUNTED:
        return before[1]
    patience = COUNTING if until is None else max(0.0, min(COUNTING, until - time.monotonic()))
    try:
        counted = left(at.case, connection, queue, seat, patience=patience)
    except CaseProblem:  # a saved search that asks for what is no more
        counted = Left(0)
    _COUNTS.keep(key, (now, counted))
    return counted


# One question


@router.get("/queue/{queue}.json")
def next_as_json(at: AtDesk, queue: str, asked: AskedFor, private: str | None = None) -> Response:
    """The next questions of a queue for a program."""
    return twins.told_as_json(_next_rows(at, queue, asked, private))


@router.get("/queue/{queue}.csv")
def next_as_csv(at: AtDesk, queue: str, asked: AskedFor, private: str | None = None) -> Response:
    """The next questions of a queue for a spreadsheet."""
    return twins.as_csv(ASKED_COLUMNS, _next_rows(at, queue, asked, private), name=f"queue-{queue}")


@router.get("/queue/{queue}")
def asked_of(request: Request, at: AtDesk, queue: str, asked: AskedFor) -> Response:
    """One question of a queue; without one, on to the next that nobody else has before them. It changes nothing."""
    named = queue_of(at, queue)
    if asked.about is None:
        given = next_in(at.case, Wanted(queue, Seat(at.who, at.now()), asked.after, asked.then))
        if given.about:
            return RedirectResponse(address(queue, given.about[0], did=asked.did), 303)
        return _ended(request, at, queue, given)
    return shown(request, at, queue, asked.about, named=named)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stood in the way of what a person asked for, and what they typed, which is not lost."""

    kind: str = ""  # against | stale | no_reason | other
    says: str = ""
    against: tuple[Decision, ...] = ()
    why: str = ""
    do: str = ""
    copies: tuple[str, ...] | None = None  # those that were ticked
    status: int = 409

    def others(self, who: str) -> tuple[Decision, ...]:
        """What others ruled otherwise, that one can stand beside."""
        return tuple(one for one in self.against if one.who != who)


def shown(
    request: Request, at: Desk, queue: str, about: str, *, named: Saved | None = None, wrong: Wrong | None = None
) -> Response:
    """A question as a page, perhaps with what stood in the way of answering it."""
    status = wrong.status if wrong else 200
    if about.startswith("wait-"):
        with at.case.reading() as connection:
            waiting = waits(connection, about)
        told = {"waiting": waiting, "about": about, "reports": pointed_at(at.case, [])}
        return page(request, "queue_waits.html", status=status, **told, **_around(request, at, queue, named))
    if about.startswith("plc-"):
        return _place(request, at, queue, about, status)
    asked = question(at.case, about, Seat(at.who, at.now()))
    card = next(one for one in cards(asked.reading) if one.id == asked.part)
    rows = knowledge_of(at.case)
    return page(
        request,
        "question.html",
        status=status,
        asked=asked,
        card=card,
        page=SimpleNamespace(row=asked.report, reading=asked.reading),
        passage=passage(asked),
        is_asked=True,
        alike_of=None,
        alike=(),
        parties=known(rows).names,
        incidents={asked.part: asked.incident.id} if asked.incident and not asked.is_blind else {},
        reports=pointed_at(at.case, [asked.report.id, *(one.report.id for one in asked.copies)]),
        exact=tuple(one for one in asked.copies if one.exactly and one.standing is None),
        reasons=REASONS,
        wrong=wrong,
        **({"links": Nowhere(at.links)} if asked.is_blind else {}),
        **_around(request, at, queue, named),
    )


def _place(request: Request, at: Desk, queue: str, about: str, status: int) -> Response:
    """A place that no map has: where it is named, and the way to where it is located."""
    met = place(at.case, about, limit=FEW)
    with at.case.reading() as connection:
        beside = [around(connection, one.anchor) for one in met.said]
    reports = pointed_at(at.case, [one.anchor.report for one in met.said])
    told = {"place": met, "beside": beside, "about": met.row.id, "reports": reports, "parted": parted}
    return page(request, "queue_place.html", status=status, **told, **_around(request, at, queue, None))


def _around(request: Request, at: Desk, queue: str, named: Saved | None) -> dict[str, Any]:
    """What stands around every question: whose queue it is, how far it is gone through, what was done last."""
    seat = Seat(at.who, at.now())
    with at.case.reading() as connection:
        done = progress(connection, at.who).get(queue)
        skipped = sum(_is_of(queue, one.about) for one in marks(connection, kind=SKIPPED, who=at.who))
        counted = _left(at, connection, queue, seat)
        did = _did(connection, request.query_params.get("did", ""), at.who)
    return {
        "queue": queue,
        "named": named,
        "left": counted,
        "mine": done.mine if done else 0,
        "along": done.along if done else 0,
        "skipped": skipped,
        "did": did,
        "address": address,
    }


def _is_of(queue: str, about: str) -> bool:
    """Whether something that was put off could be of a queue: places, what waits, and readings are skipped apart."""
    return _kind(about) in {PLACES: ("place",), WAITS: ("waiting",)}.get(queue, ("statement", "event"))


def _did(connection: Any, told: str, who: str) -> Did | None:
    """What the address says was done last, as the case has it."""
    kind, _, number = told.partition("-")
    if kind == "undone" and not number:
        return Did("undone")
    if not number.isdigit() or len(number) > 12:
        return None
    if kind in ("look", "again", "undone"):
        try:
            look = look_by_id(connection, int(number))
        except NoSuchThing:
            return None
        is_gone = look.withdrawn_at is not None
        if look.who != who or is_gone != (kind == "undone"):
            return None
        return Did("undone" if is_gone else "look", look, None, *_of_decision(connection, look))
    if kind in ("skipped", "second", "noted"):
        return Did(kind, mark=int(number))
    return None


def _of_decision(connection: Connection, look: Look) -> tuple[int, tuple[Decision, ...]]:
    """Of how many things a look ruled, and what gave way to its decision, if that was taken back."""
    if look.decision is None:
        return 1, ()
    made = decision(connection, look.decision)
    return len(made.about), replaced_by(connection, made.id) if made.withdrawn_at else ()


def _ended(request: Request, at: Desk, queue: str, given: Given) -> Response:
    rows = [one for one in _rows(at) if one.left.count and one.name not in (queue, SKIPPED)]
    return page(request, "queue_end.html", given=given, others=rows, **_around(request, at, queue, queue_of(at, queue)))


def queue_of(at: Desk, queue: str) -> Saved | None:
    """The saved search that a queue is made of; None for those that every case has. Raises `NoSuchThing`."""
    if queue.startswith(SAVED):
        with at.case.reading() as connection:
            return saved_by_id(connection, queue)
    if queue not in QUEUES:
        raise NoSuchThing(f"There is no queue {queue!r}.")
    return None


def _next_rows(at: Desk, queue: str, asked: Asked, private: str | None) -> list[dict[str, Any]]:
    queue_of(at, queue)
    given = next_in(at.case, Wanted(queue, Seat(at.who, at.now()), asked.after, asked.then, AT_ONCE))
    sentences = twins.shown(at.case, tuple(_sentences(at, given.about)), private=private)
    return [
        {"about": about, "kind": _kind(about), "sentence": anchor.words}
        for about, anchor in zip(given.about, sentences, strict=True)
    ]


def _kind(about: str) -> str:
    if "#" in about:
        return "event" if "#ev" in about else "statement"
    return "place" if about.startswith("plc-") else "waiting"


def _sentences(at: Desk, about: Sequence[str]) -> list[Anchor]:
    from sayso.ledger.anchors import subject_of
    from sayso.record import Anchor, Span

    anchors = []
    with at.case.reading() as connection:
        for one in about:
            try:
                found = subject_of(connection, one).anchor if "#" in one else None
            except CaseProblem:
                found = None
            anchors.append(Anchor(one.partition("#")[0], found.span, found.words) if found else Anchor("", Span(0, 0)))
        held = sentences_of(connection, [one for one in anchors if one.report])
    return [held.get((one.report, one.span.start), one) for one in anchors]
