"""Exporting: what, how much of it and with what, a look at the first rows, and the parcel once it is written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import BaseModel, ValidationError

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.exporting_beside import Job, begun, job, jobs
from sayso.desk.problems import problem_of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.export import COLUMNS, ENOUGH, FEW, TABLES, Look, looked_at, moved
from sayso.export.exporting import FORMATS, NotExported, Selection, check_selection, loses, whole_of
from sayso.export.parcel import WITH, Order, check_order
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import NoSuchThing

if TYPE_CHECKING:
    from starlette.datastructures import FormData

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
ID = re.compile(r"inc-[0-9a-f]+")
MANY = ("column", "also", "ids")
TRUE = {"true": True, "false": False}


class Asked(BaseModel):
    """What is to be exported. An empty field of the form asks for nothing."""

    form: str = "csv"
    table: str = "incidents"
    kind: str = ""
    place: str = ""
    speaker: str = ""
    party: str = ""
    box: str = ""
    since: str = ""
    until: str = ""
    denied: str = ""
    tray: str = ""
    ids: list[str] = []
    column: list[str] = []
    up: str = ""
    down: str = ""
    also: list[str] = []
    labels: bool = False
    private: bool = False
    why: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The incidents that are named, however they were written."""
        return tuple(dict.fromkeys(ID.findall(" ".join(self.ids))))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the format that are to be kept, in their order; none for all."""
        if self.form not in TABLES:
            return ()
        known = {f"{table}.{name}" for table in TABLES[self.form] for name in COLUMNS.get(table, ())}
        kept = tuple(dict.fromkeys(one for one in self.column if one in known))
        return moved(kept, self.up, -1) if self.up else moved(kept, self.down, 1)

    @property
    def selection(self) -> Selection:
        """The same as exports have it."""
        among = Incidents(
            kind=self.kind.strip() or None,
            place=self.place.strip() or None,
            speaker=self.speaker.strip() or None,
            since=self.since.strip() or None,
            until=self.until.strip() or None,
            denied=TRUE.get(self.denied),
            tray=TRUE.get(self.tray),
        )
        return Selection(
            among,
            self.named,
            self.columns,
            self.labels,
            party=self.party.strip() or None,
            box=self.box.strip() or None,
        )


AskedFor = Annotated[Asked, Query()]


async def _sent(request: Request) -> Asked:
    """What the form of a request asks for. Raises `HTTPException` where a field of it is none."""
    return _typed(await request.form())


def _typed(form: FormData) -> Asked:
    told: dict[str, Any] = {}
    for name in Asked.model_fields:
        held = [one for one in form.getlist(name) if isinstance(one, str)]
        if held:
            told[name] = held if name in MANY else held[-1]
    try:
        return Asked(**told)
    except ValidationError:
        raise HTTPException(422, "The form holds something that it does not ask for. Open it anew.") from None


Sent = Annotated[Asked, Depends(_sent)]


@router.get("/export.json")
def as_json(at: AtDesk, asked: AskedFor) -> Response:
    """What would be exported, and a look at its first rows."""
    look, private = _look(at, asked), _private(at, asked)
    told = {
        "form": asked.form,
        "incidents": look.incidents,
        "reports": look.reports,
        "columns": list(look.columns),
        "rows": [list(row) for row in look.rows],
        "loses": list(loses(asked.form, asked.selection, show_private=private)),
    }
    return twins.told_as_json({"format": 1, "answer": "export_preview", **told})


@router.get("/export.csv")
def as_csv(at: AtDesk, asked: AskedFor) -> Response:
    """The first rows as they would be written."""
    look = _look(at, asked)
    return twins.cells_as_csv((look.columns, *look.rows), name="first-rows")


@router.get("/export")
def shown(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The form, with a look at the first rows."""
    return _form(request, at, asked)


@router.post("/export")
def ordered(request: Request, at: AtDesk, asked: Sent) -> Response:
    """Begin to write the parcel, and go on to its page."""
    if not at.may_rule:
        raise HTTPException(403, "Only reviewers and owners take things out of the case. Ask one of them.")
    order = Order(asked.form, at.who, at.now(), asked.selection, asked.private, asked.why.strip(), tuple(asked.also))
    try:
        check_order(order)
        _look(at, asked)
    except (NotExported, BadQuestion, NoSuchThing) as problem:
        return _form(request, at, asked, problem=problem, status=422)
    return RedirectResponse(f"/export/{begun(at.case, order)}?take=1", 303)


@router.get("/export/{name}.json")
def one_as_json(at: AtDesk, name: str) -> Response:
    """One parcel for a program."""
    found = _job(at, name)
    told: dict[str, Any] = {"id": found.id, "form": found.order.form, "who": found.order.who, "at": found.order.at}
    told |= {"state": found.state, "now": found.now, "problem": found.problem, "bytes": found.bytes}
    return twins.told_as_json({"format": 1, "answer": "export", **told, "files": [list(one) for one in found.files]})


@router.get("/export/{name}/parcel")
def parcel(at: AtDesk, name: str) -> Response:
    """The parcel itself. Whoever may not see private persons may not have one that names them."""
    found = _job(at, name)
    if found.order.show_private and not at.may_rule:
        raise HTTPException(403, "This parcel names private persons. Ask a reviewer or an owner for it.")
    if found.state != "done":
        raise HTTPException(404, "This parcel is not written yet.")
    file = f"sayso-{found.order.form}-{found.order.at[:10]}.zip"
    return FileResponse(found.path, media_type="application/zip", filename=file)


@router.get("/export/{name}")
def one(request: Request, at: AtDesk, name: str, take: bool = False) -> Response:
    """One parcel: how far it is, what is in it, and the way to it; with `take` the browser then takes it by itself."""
    found = _job(at, name)
    template = "export_progress.html" if "x-sayso-fragment" in request.headers else "export_done.html"
    if found.state != "running":
        template = "export_done.html"
    return page(request, template, job=found, takes=take, twins=twins_of(request, csv=False))


def _form(request: Request, at: Desk, asked: Asked, *, problem: Exception | None = None, status: int = 200) -> Response:
    look = Look()
    try:
        look = _look(at, asked)
    except (NotExported, BadQuestion, NoSuchThing) as error:
        problem, status = problem or error, 422
    is_plain = asked.form in FORMATS and (asked.form != "webannotation" or not asked.labels)
    return page(
        request,
        "export.html",
        status=status,
        asked=asked,
        look=look,
        few=FEW,
        formats=tuple(FORMATS),
        tables=TABLES.get(asked.form, ()),
        columns=in_order(asked),
        kept=asked.columns,
        withs=WITH,
        kinds=sorted({str(row["kind"]) for row in knowledge_of(at.case).rows("event_kinds")}),
        loses=loses(asked.form, asked.selection, show_private=asked.private) if is_plain else (),
        problem=problem_of(problem) if problem is not None else None,
        jobs=jobs(at.case)[:FEW],
        twins=twins_of(request) if problem is None else (),
    )


def in_order(asked: Asked) -> dict[str, tuple[str, ...]]:
    """The columns of each table as the form lists them: first those that are kept, in the order of their writing."""
    told = {}
    for table, every in COLUMNS.items():
        kept = [one.partition(".")[2] for one in asked.columns if one.startswith(f"{table}.")]
        told[table] = (*kept, *(one for one in every if one not in kept))
    return told


def _private(at: Desk, asked: Asked) -> bool:
    return asked.private and at.may_rule


def _look(at: Desk, asked: Asked) -> Look:
    """The first rows, written as the whole would be. Raises `NotExported`."""
    if asked.form not in FORMATS:
        raise NotExported(f"There is no export named {asked.form!r}, but: {', '.join(FORMATS)}.")
    check_selection(asked.form, asked.selection)
    table = asked.table if asked.table in TABLES[asked.form] else TABLES[asked.form][0]
    chosen = replace(asked.selection, most=ENOUGH.get(table, FEW), tables=(table,) if asked.form == "csv" else ())
    return looked_at(whole_of(at.case, show_private=_private(at, asked), selection=chosen), asked.form, table)


def _job(at: Desk, name: str) -> Job:
    found = job(at.case, name)
    if found is None:
        raise NoSuchThing(f"There is no parcel {name}. Those that were written are listed with the form.")
    return found
