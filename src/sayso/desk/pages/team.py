"""The team: who may what, what each did; owners let others in, give roles, and close accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page
from sayso.desk.rendering import twins as twins_of
from sayso.ledger.asking.team import Done, Member, team
from sayso.ledger.passwords import made_up
from sayso.ledger.problems import CannotChange, NoSuchThing
from sayso.ledger.users import ROLES, By, New, added, closed, password_changed, reopened, role_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger.users import Account

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
Typed = Annotated[str, Form()]
OWNERS_ONLY = "Only owners say who may sit at this desk. You find who they are on the page of the team."
COLUMNS = (
    "name", "shown", "role", "made_at", "made_by", "closed_at", "closed_by", "signed_in_at", "rows", "last",
    "decisions", "withdrawn_by_others",
)  # fmt: skip


@router.get("/team.json")
def as_json(at: AtDesk) -> Response:
    """The team for a program, for owners."""
    _owner(at)
    return twins.told_as_json([_row(one) for one in team(at.case, at=at.now()).members])


@router.get("/team.csv")
def as_csv(at: AtDesk) -> Response:
    """The team for a spreadsheet, for owners."""
    _owner(at)
    return twins.as_csv(COLUMNS, (_row(one) for one in team(at.case, at=at.now()).members), name="team")


@router.get("/team")
def listed(request: Request, at: AtDesk) -> Response:
    """The team for a person."""
    return _shown(request, at)


@router.post("/team/add")
def adds(request: Request, at: AtDesk, name: Typed = "", shown: Typed = "", role: Typed = "") -> Response:
    """Make an account; its first password is made up here, and shown this once."""
    by = _by(at)
    typed = {"name": name, "shown": shown, "role": role}
    password = None if _is_told_by_proxy(request) else made_up()
    try:
        new = added(at.case, New(name, role, shown, password), by)
    except CannotChange as problem:
        return _shown(request, at, problem=str(problem), typed=typed, status=422)
    return _shown(request, at, made=new, password=password) if password else _back(new)


@router.post("/team/new-password")
def gives_password(request: Request, at: AtDesk, name: Typed) -> Response:
    """Give an account another password, made up here and shown this once."""
    by, password = _by(at), made_up()
    return _shown(request, at, made=password_changed(at.case, name, password, by), password=password)


@router.post("/team/role")
def gives_role(request: Request, at: AtDesk, name: Typed, role: Typed) -> Response:
    """Give somebody another role."""
    return _changed(request, at, lambda by: role_changed(at.case, name, role, by))


@router.post("/team/close")
def closes(request: Request, at: AtDesk, name: Typed) -> Response:
    """Close an account; who has it is signed out at once."""
    return _changed(request, at, lambda by: closed(at.case, name, by))


@router.post("/team/reopen")
def reopens(request: Request, at: AtDesk, name: Typed) -> Response:
    """Open a closed account again."""
    return _changed(request, at, lambda by: reopened(at.case, name, by))


def _owner(at: Desk) -> None:
    if not at.is_owner:
        raise HTTPException(403, OWNERS_ONLY)


def _by(at: Desk) -> By:
    """An owner, now."""
    _owner(at)
    return By(at.who, at.now())


def _changed(request: Request, at: Desk, does: Callable[[By], Account]) -> Response:
    by = _by(at)
    try:
        return _back(does(by))
    except (CannotChange, NoSuchThing) as problem:
        return _shown(request, at, problem=str(problem), status=404 if isinstance(problem, NoSuchThing) else 422)


def _back(changed: Account) -> Response:
    return RedirectResponse(f"/team?{urlencode({'changed': changed.name})}", 303)


def _shown(request: Request, at: Desk, *, status: int = 200, **more: Any) -> Response:
    found = team(at.case, at=at.now())
    changed = request.query_params.get("changed", "")
    given = {
        "team": found,
        "changed": changed if any(one.account.name == changed for one in found.members) else "",
        "roles": ROLES,
        "problem": "",
        "typed": {"name": "", "shown": "", "role": "reviewer"},
        "made": None,
        "password": "",
        "twins": twins_of(request) if at.is_owner and request.method == "GET" else (),
    }
    return page(request, "team.html", status=status, **{**given, **more})


def _is_told_by_proxy(request: Request) -> bool:
    proxy = request.app.state.access.proxy
    return bool(proxy and proxy.header)


def _row(one: Member) -> dict[str, Any]:
    held, done = one.account, one.done
    told = {name: getattr(held, name) for name in COLUMNS[:7]}
    return {**told, "signed_in_at": one.signed_in_at, **{name: getattr(done, name) for name in Done.__slots__[1:]}}
