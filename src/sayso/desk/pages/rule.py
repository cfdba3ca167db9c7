"""Ruling: the form, what is sent with it, and taking back what was ruled."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk.app import Desk, of
from sayso.desk.notices import local
from sayso.desk.rendering import page
from sayso.desk.views.decisions import pointed_reports
from sayso.desk.views.ruling import (
    Copy,
    Sheet,
    Thing,
    Typed,
    back_to,
    back_to_look,
    beside,
    corrections,
    part_of,
    reason_problem,
    typed,
)
from sayso.export.pointed import pointed_at
from sayso.ledger.asking.doubles import joining
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.incidents import Incidents, incident_rows
from sayso.ledger.asking.place_candidates import PlaceForeseen, foreseen_places
from sayso.ledger.asking.places import place
from sayso.ledger.asking.reports import reading_of, report
from sayso.ledger.asking.rows import incidents_by_id, report_rows_by_id
from sayso.ledger.asking.sources import speaker
from sayso.ledger.decisions import decide, decisions, withdraw
from sayso.ledger.foreseeing import Foreseen, Ruler, foreseen, let_stay
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.looks import VERDICTS, By, Verdict, looked_beside, said_anew
from sayso.ledger.problems import CannotRule, CaseBusy, Contradicts, DamagedOriginal, NoSuchThing
from sayso.ledger.rulings import KINDS, answers_the_same
from sayso.ledger.typed_place import typed_place
from sayso.ledger.waiting import settled
from sayso.record import ACTS, CHANNELS, POSITIONS, STATUSES, Anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.ledger.asking.answers import IncidentRow
    from sayso.ledger.decisions import Then
    from sayso.record import Correction, Decision, Reading

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
FEW = 3
NEAR = 12
MOST = 100
BOTH = 2


async def _sent(request: Request) -> Typed:
    return typed(await request.form())


Sent = Annotated[Typed, Depends(_sent)]


@router.get("/rule")
def form(request: Request, at: AtDesk) -> Response:
    """The form of a ruling, with what it would change; a bare fragment for a dialog. It changes nothing."""
    asked = typed(request.query_params)
    if asked.ruling not in KINDS:
        raise CannotRule(f"There is no ruling {asked.ruling!r}. Start from a report, an incident, a person or a place.")
    if not asked.about:
        raise CannotRule("It is not said what is ruled of. Start from a report or an incident.")
    if len(asked.about) > MOST:
        raise CannotRule(f"{len(asked.about):,} things are more than can be looked at in one form: at most {MOST}.")
    things = tuple(_thing(at, one) for one in asked.about)
    for one in things:
        if one.kind not in KINDS[asked.ruling].about:
            kinds = " or ".join(f"{kind}s" for kind in KINDS[asked.ruling].about)
            raise CannotRule(f"This is ruled of {kinds} alone; {one.id} is none. Start from the page of what you mean.")
    named = replace(asked, about=tuple(dict.fromkeys(one.id for one in things)))
    wrong = _misplaced(named)
    sheet = replace(_sheet(at, named, things), looked=_looked(at, named), problems=wrong)
    return shown_form(request, at, _with_standing(at, sheet), 422 if wrong else 200)


def _misplaced(asked: Typed) -> dict[str, str]:
    """What is wrong with where somebody typed that a place is: told before they write down why."""
    try:
        if asked.ruling == "locate" and asked.value:
            typed_place(asked.value)
    except CannotRule as problem:
        return {"value": str(problem)}
    return {}


@router.post("/decisions")
def ruled(request: Request, at: AtDesk, asked: Sent) -> Response:
    """Write a ruling down and go back to where it was made; else the form again, with what is wrong at its field."""
    told, wrong = corrections(asked)
    if KINDS.get(asked.ruling, KINDS["accept"]).corrects and not (told or wrong or asked.value):
        wrong[""] = "nothing"
    reason = reason_problem(asked)
    wrong |= {"why": reason} if reason else {}
    if asked.is_look:
        return _again(request, at, asked, {}, 200)
    if asked.ruling in KINDS and is_stale(at, asked):
        return _again(request, at, asked, {"": "stale", **wrong}, 409)
    if wrong:
        return _again(request, at, asked, wrong, 422)
    try:
        made = decide(
            at.case,
            ruling=asked.ruling,
            about=asked.about,
            value=_as_party(at, asked.value) if asked.ruling == "speaks_for" else asked.value or None,
            who=at.who,
            why=asked.why,
            at=at.now(),
            instead_of=asked.instead_of,
            corrections=told,
            as_of=asked.as_of or None,
            source=asked.source or None,
            then=_with_it(at, asked),
        )
    except CannotRule as problem:
        return _again(request, at, asked, {field_of(asked, problem): str(problem)}, 422)
    except Contradicts as problem:
        if asked.is_beside and asked.ruling in VERDICTS:
            return _kept_beside(request, at, asked, told, problem.standing)
        return _again(request, at, asked, {}, 409, against=problem.standing)
    except NoSuchThing as problem:
        return _again(request, at, asked, {"": str(problem), "gone": "gone"}, 404)
    return _gone_back(request, back_to(asked.back, made))


def _kept_beside(
    request: Request, at: Desk, asked: Typed, told: tuple[Correction, ...], against: Sequence[Decision]
) -> Response:
    """Keep what somebody says beside what others ruled, and go back; the form again where it cannot be kept so."""
    verdict = beside(Verdict(asked.about[0], asked.ruling, asked.why, told), against, at.who)
    try:
        kept = looked_beside(at.case, verdict, By(at.who, at.now()))
    except CannotRule as problem:
        return _again(request, at, asked, {"": str(problem)}, 409, against=against)
    return _gone_back(request, back_to_look(asked.back, kept))


def _with_it(at: Desk, asked: Typed) -> Then | None:
    """What belongs to a ruling.

    Where events are parted from an incident: that those a person let stay are of it still. Where something is read
    rightly or not: that what they said beside others' rulings gives way to it.
    """
    if asked.ruling in VERDICTS:
        return lambda connection, ruled: said_anew(connection, ruled, By(at.who, at.now()))
    if asked.ruling != "different_incident" or not asked.stays:
        return None
    by = Ruler(at.who, at.now(), asked.why)
    return lambda connection, _: let_stay(at.case, connection, (asked.about[-1], *asked.stays), by)


@router.post("/decisions/{decision}/undo")
def undone(request: Request, at: AtDesk, decision: str, asked: Sent) -> Response:
    """Take a decision back, and go back to where that was asked."""
    gone = withdraw(at.case, decision, who=at.who, at=at.now())
    return _gone_back(request, back_to(asked.back, gone))


@router.post("/decisions/waiting")
def seen_to(request: Request, at: AtDesk, number: Annotated[int, Form()], asked: Sent) -> Response:
    """Take one thing off what waits for a person."""
    settled(at.case, number, who=at.who, at=at.now())
    return _gone_back(request, local(asked.back))


def _gone_back(request: Request, where: str) -> Response:
    """On to another page: told to the script that sent a dialog's form, else by the browser's own redirect."""
    if "x-sayso-fragment" in request.headers:
        return Response(status_code=204, headers={"x-sayso-go": where})
    return RedirectResponse(where, 303)


# The form


def shown_form(request: Request, at: Desk, sheet: Sheet, status: int) -> Response:
    """A form as an answer: a page, or the bare form where a dialog asked for it."""
    named = [
        *(one.id.partition("#")[0] for one in sheet.things if one.report),
        *(one.found.report.id for one in sheet.copies),
        *(told.report for one in sheet.foreseen for told in one.tellings),
        *(one.report for one in sheet.looked.values()),
        *(said.anchor.report for said in (sheet.moving.shown if sheet.moving else ())),
        *pointed_reports((*sheet.standing, *sheet.against)),
    ]
    return page(
        request,
        "rule_form.html" if "x-sayso-fragment" in request.headers else "rule.html",
        status=status,
        sheet=sheet,
        reports=pointed_at(at.case, named),
        choices=choices_for(at, sheet),
    )


def _again(
    request: Request,
    at: Desk,
    asked: Typed,
    problems: Mapping[str, str],
    status: int,
    *,
    against: Sequence[Decision] = (),
) -> Response:
    """The form with what was typed, and what is wrong with it, at the field that it is wrong with."""
    return shown_form(request, at, sheet_for(at, asked, problems, against), status)


def sheet_for(
    at: Desk, asked: Typed, problems: Mapping[str, str] = MappingProxyType({}), against: Sequence[Decision] = ()
) -> Sheet:
    """What a form shows of what was typed so far: what it is about, its copies, what stands and what is wrong."""
    things = []
    for one in asked.about:
        try:
            things.append(_thing(at, one))
        except NoSuchThing:
            continue
    sheet = _sheet(at, asked, tuple(things))
    return _with_standing(at, replace(sheet, problems=problems, against=tuple(against), looked=_looked(at, asked)))


def _foreseen(at: Desk, asked: Typed, things: Sequence[Thing]) -> tuple[Foreseen, ...]:
    """The incidents that there would be; nothing where it cannot be ruled, or another process writes all the time."""
    about = [one.id for one in things]
    try:
        return foreseen(at.case, ruling=asked.ruling, about=about, who=at.who, at=at.now(), kept=asked.stays)
    except (CannotRule, CaseBusy, NoSuchThing):
        return ()


def _moving(at: Desk, asked: Typed, things: Sequence[Thing]) -> PlaceForeseen | None:
    """What would be elsewhere; nothing where it is not said, or cannot be understood, where a place should be."""
    try:
        return foreseen_places(at.case, [one.id for one in things], asked.value) if asked.value and things else None
    except CannotRule:
        return None


def field_of(asked: Typed, problem: CannotRule) -> str:
    """The field of the form that a problem is told at; "" for the whole of it."""
    if problem.field:
        return problem.field
    return "value" if asked.ruling in KINDS and KINDS[asked.ruling].value else ""


def _sheet(at: Desk, asked: Typed, things: tuple[Thing, ...]) -> Sheet:
    if asked.ruling in KINDS and KINDS[asked.ruling].each and things and things[0].kind == "statement":
        copies = _copies(at, asked, things)
        shown = {one.found.about for one in copies}
        return Sheet(asked, tuple(one for one in things if one.id not in shown), copies)
    if asked.ruling in KINDS and 0 < len(things) < KINDS[asked.ruling].least:
        return Sheet(asked, things, others=_others(at, things[0]), is_short=True)
    if asked.ruling == "same_speaker" and len(things) == BOTH:
        return Sheet(asked, things, joining=joining(at.case, things[0].id, things[1].id))
    if asked.ruling == "locate":
        return Sheet(asked, things, moving=_moving(at, asked, things))
    return Sheet(asked, things, foreseen=_foreseen(at, asked, things))


def _others(at: Desk, thing: Thing) -> tuple[IncidentRow, ...]:
    """Incidents of the same place, then those of the same days: one of them may be meant beside an incident."""
    row = thing.incident
    if row is None:
        return ()
    near: list[IncidentRow] = []
    if row.place:
        near += incident_rows(at.case, by="time", among=Incidents(place=row.place), limit=NEAR)
    if row.earliest and row.latest:
        days = Incidents(since=row.earliest[:10], until=row.latest[:10])
        near += incident_rows(at.case, by="reports", among=days, limit=NEAR)
    return tuple({one.id: one for one in near if one.id != thing.id}.values())[:NEAR]


def _copies(at: Desk, asked: Typed, things: tuple[Thing, ...]) -> tuple[Copy, ...]:
    """The identical statements: ticked are those that were, and at first those with exactly the same words."""
    was_shown, meant = bool(asked.seen), {one.id for one in things[1:]}
    return tuple(
        Copy(one, one.about in meant or (not was_shown and one.exactly and one.standing is None))
        for one in identical(at.case, things[0].id)
    )


def _with_standing(at: Desk, sheet: Sheet) -> Sheet:
    """The form with the decisions that stand about the same, and those of them that it would contradict."""
    asked = sheet.typed
    if asked.ruling not in KINDS:
        return sheet
    ids = [one.id for one in sheet.things]
    shared = 1 if KINDS[asked.ruling].each or len(ids) == 1 else 2
    with at.case.reading() as connection:
        told = {other.id: other for one in ids for other in decisions(connection, about=one)}
    standing = tuple(
        other
        for other in told.values()
        if answers_the_same(other.ruling, asked.ruling)
        and other.ruling != "add_statement"
        and len(set(other.about) & set(ids)) >= shared
    )
    known = {one.id for one in sheet.against}
    against = [*sheet.against, *(one for one in standing if one.ruling != asked.ruling and one.id not in known)]
    named = {one.id for one in against}
    return replace(sheet, standing=tuple(one for one in standing if one.id not in named), against=tuple(against))


def _looked(at: Desk, asked: Typed) -> dict[str, Anchor]:
    """The words that stand at the places that were typed."""
    looked: dict[str, Anchor] = {}
    for told in corrections(replace(asked, about=asked.about[:1]))[0]:
        if told.anchor is None:
            continue
        try:
            text = _reading(at, told.anchor.report.partition("#")[0]).page.report
        except NoSuchThing:
            continue
        span = told.anchor.span
        if span.start < span.end <= len(text.text):
            looked[told.field] = Anchor(text.id, span, text.text[span.start : span.end])
    return looked


def is_stale(at: Desk, asked: Typed) -> bool:
    """Whether something that is ruled of stands elsewhere now than where the form showed it."""
    return any(
        _stands_elsewhere(at, *one.partition(" ")[::2]) for one in asked.seen if one.partition(" ")[0] in asked.about
    )


def _stands_elsewhere(at: Desk, about: str, where: str) -> bool:
    try:
        return _thing(at, about).seen != f"{about} {where}".rstrip()
    except NoSuchThing:
        return False  # told by the ledger, in its own words


# What is ruled of


def _thing(at: Desk, asked: str) -> Thing:
    """What an id means now. Raises `NoSuchThing`."""
    with at.case.reading() as connection:
        meant = found(connection, asked)
        if meant.kind == "incident":
            return Thing(meant.id, "incident", incident=incidents_by_id(connection, (meant.id,))[0])
        if meant.kind == "report" and not meant.part:
            return Thing(meant.id, "report", report=report_rows_by_id(connection, (meant.id,))[0])
    if meant.kind == "speaker":
        return Thing(meant.id, "speaker", speaker=speaker(at.case, meant.id, limit=FEW))
    if meant.kind == "place":
        return Thing(meant.id, "place", place=place(at.case, meant.id, limit=FEW))
    if meant.kind != "report":
        raise NoSuchThing(f"Nothing is ruled of {asked}.")
    return _part(at, meant.id, meant.part or "")


def _part(at: Desk, name: str, part: str) -> Thing:
    with at.case.reading() as connection:
        row = report_rows_by_id(connection, (name,))[0]
    thing = part_of(_reading(at, name), part, row)
    if thing is None:
        raise NoSuchThing(f"The report {name} has no statement or event {part}.")
    return thing


def _reading(at: Desk, name: str) -> Reading:
    """What is read in a report, as people corrected it; also where its original is missing or changed."""
    try:
        return reading_of(at.case, name)
    except DamagedOriginal:
        return report(at.case, name).reading


def choices_for(at: Desk, sheet: Sheet) -> dict[str, Any]:
    """What can be chosen in the fields of the form."""
    rows = knowledge_of(at.case)
    return {
        "act": ACTS,
        "status": tuple(one for one in STATUSES if one != "disputed"),
        "channel": CHANNELS,
        "position": POSITIONS,
        "kind": sorted({str(row["kind"]) for row in rows.rows("event_kinds")}) if "kind" in sheet.asked_fields else (),
        "party": _parties(at) if any(one.speaker for one in sheet.things) else {},
        "speaker": _speakers(at, sheet.things[0].id) if "speaker" in sheet.asked_fields and sheet.things else [],
    }


def _parties(at: Desk) -> dict[str, str]:
    """The parties and the countries that the case has rows of: what they are written as, and their names."""
    rows = knowledge_of(at.case)
    countries = {str(row["code"]): str(row["names"][0]) for row in rows.rows("countries") if row.get("names")}
    return {str(row["id"]): str(row["name"]) for row in rows.rows("parties")} | countries


def _as_party(at: Desk, named: str) -> str:
    """A party as it is written, where somebody typed its name; else what they typed."""
    meant = [one for one, name in _parties(at).items() if named.casefold() in (one.casefold(), name.casefold())]
    return meant[0] if meant else named


def _speakers(at: Desk, about: str) -> list[str]:
    """Everybody whom a report has speak, as it names them."""
    return sorted({one.name for one in _reading(at, about.partition("#")[0]).sources})
