"""Answering a question of a queue: the verdict, what is put off, and on to the next one, all in one go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from sayso.desk.app import Desk, of
from sayso.desk.pages.queue import Wrong, queue_of, shown
from sayso.desk.pages.rule import choices_for, field_of, sheet_for, shown_form
from sayso.desk.rendering import page
from sayso.desk.views.queue import REASONS, address
from sayso.desk.views.ruling import Sheet, Typed, beside, corrections, part_of, reason_problem, seen_of, typed
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.queue import SKIP, SKIPPED, Seat, Wanted, next_in
from sayso.ledger.asking.queued import NOTED, copies_already, likely_copies, question
from sayso.ledger.holding import hold, released, taken
from sayso.ledger.looks import EVERY, SECOND, By, Verdict, last_of, looked, looked_beside, looked_blind, looks
from sayso.ledger.looks import withdraw as look_withdrawn
from sayso.ledger.marks import marked, marks, withdraw_all, withdrawn
from sayso.ledger.problems import CannotRule, Contradicts, NoSuchThing
from sayso.ledger.settling import settled_anew, standing_of
from sayso.ledger.waiting import settled as seen_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from sayso.ledger.asking.queued import Question
    from sayso.ledger.looks import Look

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
LONGEST_NOTE = 1_000
BESIDE, INSTEAD = "beside:", "instead:"
"""Before a verdict that another's ruling contradicts: what becomes of the two."""


class Answered:
    """What a person sent: what they do, about what, and all that they typed."""

    def __init__(self, told: Typed, more: Mapping[str, tuple[str, ...]]) -> None:
        self.typed = told
        self.do = next(iter(more.get("do", ())), "")
        self.about = told.about[0] if told.about else ""
        self.copies = more.get("copies", ())
        self.note = next(iter(more.get("note", ())), "")[:LONGEST_NOTE]
        self.last = next(iter(more.get("last", ())), "")
        self.every = next(iter(more.get("every", ())), "")
        self.against = more.get("against", ())


async def _sent(request: Request) -> Answered:
    form = await request.form()
    names = ("do", "copies", "note", "last", "every", "against")
    more = {name: tuple(one.strip() for one in form.getlist(name) if isinstance(one, str)) for name in names}
    return Answered(typed(form), more)


Sent = Annotated[Answered, Depends(_sent)]


@router.post("/queue/{queue}/decide")
def decided(request: Request, at: AtDesk, queue: str, sent: Sent) -> Response:
    """What a person does with a question; then the next one, which is theirs for a while."""
    answer = _answered(request, at, queue, sent)
    if "x-sayso-fragment" not in request.headers:
        return answer
    if "location" not in answer.headers:  # a page tells what is wrong better than a dialog
        return Response(status_code=204, headers={"x-sayso-go": address(queue, sent.about or None)})
    return _gone_on(request, answer)


def _answered(request: Request, at: Desk, queue: str, sent: Answered) -> Response:
    named = queue_of(at, queue)
    verdict, _, reason = sent.do.removeprefix(BESIDE).removeprefix(INSTEAD).partition(":")
    if verdict == "undo":
        return _undone(at, queue, sent)
    if not sent.about:
        raise HTTPException(422, "It is not said which question is meant.")
    if verdict in ("accept", "reject"):
        try:
            return _ruled(request, at, queue, sent, Verdict(sent.about, verdict, REASONS.get(reason, sent.typed.why)))
        except NoSuchThing as problem:
            raise HTTPException(404, str(problem)) from None
    match verdict:
        case "next":
            return _on(at, queue, sent.about, sent.last)  # which can still be undone
        case "skip":
            return _marked(at, queue, sent, SKIP, "skipped")
        case "second":
            return _marked(at, queue, sent, SECOND, "second")
        case "note" if sent.note:
            return _marked(at, queue, sent, NOTED, "noted")
        case "note":
            return shown(request, at, queue, sent.about, named=named, wrong=Wrong("no_note", do="note", status=422))
        case "seen":
            seen_to(at.case, int(sent.about.removeprefix("wait-") or 0), who=at.who, at=at.now())
            return _on(at, queue, sent.about, "")
        case _:
            raise HTTPException(422, "It is not said what is to be done.")


@router.post("/queue/{queue}/hold")
def held(at: AtDesk, queue: str, sent: Sent) -> Response:
    """Keep a question for whoever has it open; whether nobody else has, or who has."""
    other = hold(at.case, sent.about, who=at.who, at=at.now())
    return JSONResponse({"held": other is None, "who": other})


@router.post("/queue/{queue}/every")
def every(at: AtDesk, queue: str, sent: Sent) -> Response:
    """Ask for a second reader for every so many looks of a queue; 0 asks no more."""
    queue_of(at, queue)
    wanted = int(sent.every) if sent.every.isdigit() and len(sent.every) < 5 else 0
    about = f"queue:{queue}"
    with at.case.writing() as connection:
        for one in marks(connection, kind=EVERY, about=about):
            withdrawn(connection, one.id, who=at.who, at=at.now())
        if wanted:
            marked(connection, kind=EVERY, about=about, value=str(wanted), who=at.who, at=at.now())
    return RedirectResponse("/queue", 303)


# Verdicts


def _ruled(request: Request, at: Desk, queue: str, sent: Answered, told: Verdict) -> Response:
    asked = question(at.case, told.about, Seat(at.who, at.now()))
    instead_of = sent.against if sent.do.startswith(INSTEAD) else sent.typed.instead_of
    told = replace(told, about=asked.about, queue=queue, copies=_copies(at, asked, sent), instead_of=instead_of)
    wrong = Wrong(why=told.why, do=told.ruling, copies=sent.copies)
    if told.ruling == "reject" and not told.why:
        return shown(request, at, queue, asked.about, wrong=replace(wrong, kind="no_reason", status=422))
    if any(sent.typed.seen) and seen_of(asked.reading, asked.part) not in sent.typed.seen:
        return shown(request, at, queue, asked.about, wrong=replace(wrong, kind="stale"))
    try:
        return _on_with(at, queue, asked, told, is_beside=sent.do.startswith(BESIDE))
    except Contradicts as problem:
        return shown(request, at, queue, asked.about, wrong=replace(wrong, kind="against", against=problem.standing))
    except CannotRule as problem:
        return shown(request, at, queue, asked.about, wrong=replace(wrong, kind="other", says=str(problem)))


def _copies(at: Desk, asked: Question, sent: Answered) -> tuple[str, ...]:
    """The identical statements that were ticked, if they still are identical."""
    wanted = set(sent.copies)
    return tuple(one.about for one in asked.copies if one.about in wanted)


def _on_with(at: Desk, queue: str, asked: Question, told: Verdict, *, is_beside: bool = False) -> Response:
    """Keep the verdict, let go of the question, and hold the next; one transaction for all of it.

    `is_beside`: where others ruled otherwise, it is kept beside theirs.
    """
    by, kept = By(at.who, at.now()), _Next(at, queue, asked.about)
    if asked.is_blind:
        look = looked_blind(at.case, told, by, then=kept.take)
    else:
        look = _kept(at, told, by, kept, is_beside=is_beside)
    return RedirectResponse(kept.address(f"look-{look.id}"), 303)


def _kept(at: Desk, told: Verdict, by: By, kept: _Next, *, is_beside: bool) -> Look:
    try:
        return looked(at.case, told, by, then=kept.take)[0]
    except Contradicts as problem:
        differing = beside(told, problem.standing, at.who)
        if not (is_beside and differing.beside):
            raise
        return looked_beside(at.case, differing, by, then=kept.take)


class _Next:
    """The question that comes after one: looked up before the writer's turn, held within it."""

    def __init__(self, at: Desk, queue: str, about: str) -> None:
        self.at, self.queue, self.about = at, queue, about
        self.given = next_in(at.case, Wanted(queue, Seat(at.who, at.now()), after=about))
        self.held: str | None = None

    def take(self, connection: Connection) -> None:
        """Let go of the one, and hold the first of the next that is free."""
        released(connection, self.about, who=self.at.who)
        self.held = taken(connection, self.given.about, who=self.at.who, at=self.at.now())

    def address(self, did: str) -> str:
        """Where it is asked."""
        if self.held is None:
            return address(self.queue, after=self.about, then=self.given.then, did=did)
        return address(self.queue, self.held, did=did)


# What decides nothing


def _on(at: Desk, queue: str, about: str, did: str) -> Response:
    kept = _Next(at, queue, about)
    with at.case.writing() as connection:
        kept.take(connection)
    return RedirectResponse(kept.address(did), 303)


def _marked(at: Desk, queue: str, sent: Answered, kind: str, did: str) -> Response:
    """Put a mark at a question: skipping leads on, a note and asking for a second reader stay with it."""
    asked = question(at.case, sent.about, Seat(at.who, at.now())) if "#" in sent.about else None
    about, value = (asked.about if asked else sent.about), sent.note or None
    goes_on = _Next(at, queue, about) if kind == SKIP else None
    with at.case.writing() as connection:
        made = marked(connection, kind=kind, about=about, value=value, who=at.who, at=at.now())
        if goes_on is not None:
            goes_on.take(connection)
    there = goes_on.address(f"{did}-{made.id}") if goes_on else address(queue, about, did=f"{did}-{made.id}")
    return RedirectResponse(there, 303)


def _undone(at: Desk, queue: str, sent: Answered) -> Response:
    """Take back what this person did last, and go back to it."""
    by = By(at.who, at.now())
    kind, _, number = sent.last.partition("-")
    if kind in ("skipped", "second", "noted") and number.isdigit():
        with at.case.writing() as connection:
            mine = next((one for one in marks(connection, who=at.who) if one.id == int(number)), None)
            if mine is not None:
                withdrawn(connection, mine.id, who=by.who, at=by.at)
                return RedirectResponse(address(queue, mine.about, did="undone"), 303)
    with at.case.reading() as connection:
        last = _look_of(connection, number, at.who) if kind == "look" else last_of(connection, at.who)
    if last is None:
        return RedirectResponse(address(queue, sent.about or None), 303)
    look_withdrawn(at.case, last.id, by=by)
    if queue == SKIPPED:
        withdraw_all(at.case, kind=SKIP, about=last.about, who=by.who, at=by.at)
    return RedirectResponse(address(last.queue or queue, last.about, did=f"undone-{last.id}"), 303)


@router.post("/queue/looks/{look}/undo")
def look_undone(request: Request, at: AtDesk, look: int, sent: Sent) -> Response:
    """Take back what this person says beside another's ruling, and go back to where that was asked."""
    with at.case.reading() as connection:
        mine = _look_of(connection, str(look), at.who)
    if mine is None:
        raise HTTPException(404, "There is no such look of yours.")
    look_withdrawn(at.case, mine.id, by=By(at.who, at.now()))
    return RedirectResponse(sent.typed.back, 303)


def _look_of(connection: Connection, number: str, who: str) -> Look | None:
    """A look of this person that stands, by its number."""
    return next((one for one in looks(connection, who=who) if str(one.id) == number), None)


# Correcting, and telling what is the same


@router.get("/queue/{queue}/fix")
def fix(request: Request, at: AtDesk, queue: str, about: str, settle: Annotated[str, Query()] = "") -> Response:
    """The form of a correction, which comes back to the queue; a bare fragment for a dialog. It changes nothing."""
    queue_of(at, queue)
    asked = question(at.case, about, Seat(at.who, at.now()))
    form = Typed("correct", (asked.about,), back=_back(queue, asked.about, settle))
    return _form(request, at, asked, form, _action(queue, settle))


@router.post("/queue/{queue}/fix")
def fixed(request: Request, at: AtDesk, queue: str, sent: Sent, settle: Annotated[str, Query()] = "") -> Response:
    """Keep a correction, and go on to the next question; else the form again, with what is wrong at its field."""
    queue_of(at, queue)
    if not sent.about:
        raise HTTPException(422, "It is not said which question is meant.")
    asked = question(at.case, sent.about, Seat(at.who, at.now()))
    form = replace(sent.typed, ruling="correct")
    told, wrong = corrections(form)
    if not (told or wrong):
        wrong[""] = "nothing"
    reason = reason_problem(form)
    wrong |= {"why": reason} if reason else {}
    if form.is_look or wrong:
        problems = {} if form.is_look else wrong
        return _form(request, at, asked, form, _action(queue, settle), problems)
    verdict = Verdict(asked.about, "correct", form.why, told, queue, form.about[1:], form.instead_of)
    try:
        if settle:
            return _settled(request, at, asked, verdict)
        return _gone_on(request, _on_with(at, queue, asked, verdict, is_beside=form.is_beside))
    except CannotRule as problem:
        return _form(request, at, asked, form, _action(queue, settle), {field_of(form, problem): str(problem)})
    except Contradicts as problem:
        sheet = sheet_for(at, form, against=problem.standing)
        return shown_form(request, at, replace(sheet, action=_action(queue, settle)), 409)


def _settled(request: Request, at: Desk, asked: Question, verdict: Verdict) -> Response:
    with at.case.reading() as connection:
        standing = standing_of(connection, asked.about)
    made = settled_anew(at.case, replace(verdict, copies=(), instead_of=standing), By(at.who, at.now()))
    return _gone_on(request, RedirectResponse(f"/queue/differences?done={made.id}", 303))


def _gone_on(request: Request, there: Response) -> Response:
    if "x-sayso-fragment" in request.headers:
        return Response(status_code=204, headers={"x-sayso-go": there.headers["location"]})
    return there


def _back(queue: str, about: str, settle: str) -> str:
    return "/queue/differences" if settle else address(queue, about)


def _action(queue: str, settle: str) -> str:
    return f"/queue/{queue}/fix{'?settle=1' if settle else ''}"


def _form(
    request: Request, at: Desk, asked: Question, form: Typed, action: str, problems: Mapping[str, str] | None = None
) -> Response:
    """The form of a correction. A second reader is shown what was first read, and nothing that others ruled."""
    status = 422 if problems else 200
    if not asked.is_blind:
        sheet = replace(sheet_for(at, form, problems or {}), action=action)
        return shown_form(request, at, sheet, status)
    thing = part_of(asked.reading, asked.part, asked.report)
    sheet = Sheet(form, (thing,) if thing else (), problems=problems or {}, action=action)
    names = sorted({one.name for one in asked.reading.sources})
    return page(
        request,
        "rule_form.html" if "x-sayso-fragment" in request.headers else "rule.html",
        status=status,
        sheet=sheet,
        reports=pointed_at(at.case, [asked.report.id]),
        choices={**choices_for(at, replace(sheet, things=())), "kind": (), "speaker": names},
    )


@router.get("/queue/{queue}/same")
def same(request: Request, at: AtDesk, queue: str, about: str) -> Response:
    """What this question doubles: the same statement in other reports, and reports that share words with this one."""
    queue_of(at, queue)
    asked = question(at.case, about, Seat(at.who, at.now()))
    if asked.is_blind:
        raise HTTPException(404, "A second reader looks at one telling alone.")
    copies = identical(at.case, asked.about) if asked.kind == "statement" else ()
    others = likely_copies(at.case, asked.report.id)
    return page(
        request,
        "queue_same_form.html" if "x-sayso-fragment" in request.headers else "queue_same.html",
        asked=asked,
        queue=queue,
        copies=copies,
        others=others,
        already=copies_already(at.case, asked.report.id),
        back=address(queue, asked.about),
        address=address,
        reports=pointed_at(at.case, [asked.report.id, *(one.report.id for one in copies), *(one.id for one in others)]),
    )
