"""Signing in and out, and one's own password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from sayso.desk.app import Desk, of
from sayso.desk.notices import local
from sayso.desk.receiving import form_of
from sayso.desk.rendering import page, signs_in_here
from sayso.desk.signing_in import Busy, Door, address_of, risen, seat_of, seated
from sayso.ledger.passwords import LONGEST, SHORTEST
from sayso.ledger.problems import CannotChange
from sayso.ledger.sign_ins import HOURS, note_locked, signed_in, signed_out
from sayso.ledger.users import By, password_changed, password_of, plain_name

if TYPE_CHECKING:
    from sayso.desk.signing_in import Person

router = APIRouter()
AtDesk = Annotated[Desk, Depends(of)]
WRONG = "Name and password do not belong together. Look whether the keyboard writes capitals, and try again."
WRONG_NOW = "That is not your password as it is now."
NOT_TWICE = "The new password was not typed the same twice."
NO_ACCOUNTS = "Nobody signs in at this desk: whoever can use this machine can open it."
TOO_MANY = "So many are signing in just now that this would take too long. Try again in some seconds."


@router.get("/sign-in")
def form(request: Request, back: str = "/") -> Response:
    """The page to sign in at; on to the desk for who is signed in, and where nobody must."""
    if request.state.person is not None:
        return RedirectResponse(_on_to(back), 303)
    return _door(request, back=back)


@router.post("/sign-in")
async def signs_in(request: Request, at: AtDesk) -> Response:
    """Let somebody in whose name and password belong together, with a session of their own."""
    form = await form_of(request)
    back, typed, password = (_field(form, name) for name in ("back", "name", "password"))
    if not signs_in_here(request):
        return RedirectResponse(_on_to(back), 303)
    name, door, address = plain_name(typed), _door_of(request), address_of(request)
    counted = name or "?"  # whatever nobody can be named counts as one
    waits = door.tries.begun(counted, address)
    if waits:
        return _wait(request, waits, back=back, name=typed)
    kept = await run_sync(_kept, at, name)
    try:
        is_right = await door.fits(kept, password)
    except Busy:
        return _door(request, TOO_MANY, back=back, name=typed, status=503)
    token = await run_sync(_signed_in, at, name, kept) if is_right else None
    if token is None:
        await run_sync(_note_locked, request, at, counted)
        return _door(request, WRONG, back=back, name=typed, status=403)
    door.tries.succeeded(counted, address)
    return seated(request, RedirectResponse(_on_to(back), 303), token)


@router.post("/sign-out")
def signs_out(request: Request, at: AtDesk) -> Response:
    """End this sign-in."""
    held = request.cookies.get(seat_of(request), "")
    if held:
        signed_out(at.case, held, at=at.now())
    return risen(request, RedirectResponse("/sign-in", 303))


@router.get("/team/password")
def own_password(request: Request) -> Response:
    """The form for another password of one's own."""
    return _own(request, "" if signs_in_here(request) else NO_ACCOUNTS)


@router.post("/team/password")
async def own_password_changed(request: Request, at: AtDesk) -> Response:
    """Take another password; every other browser that is signed in with the old one is signed out."""
    person: Person = request.state.person
    if not signs_in_here(request):
        return _own(request, NO_ACCOUNTS, 422)
    form = await form_of(request)
    now, new, again = (_field(form, name) for name in ("now", "new", "again"))
    door, address = _door_of(request), address_of(request)
    waits = door.tries.begun(person.name, address)
    if waits:
        return _with_wait(_own(request, waiting(waits), 429), waits)
    kept = await run_sync(_kept, at, person.name)
    try:
        if not await door.fits(kept, now):
            await run_sync(_note_locked, request, at, person.name)
            return _own(request, WRONG_NOW, 422)
    except Busy:
        return _own(request, TOO_MANY, 503)
    door.tries.succeeded(person.name, address)
    if new != again:
        return _own(request, NOT_TWICE, 422)
    try:
        token = await run_sync(_changed, at, person, new)
    except CannotChange as problem:
        return _own(request, str(problem), 422)
    answer = RedirectResponse("/team/password?changed=1", 303)
    return seated(request, answer, token) if token else risen(request, answer)


def waiting(seconds: int) -> str:
    """How long one must wait, in words.

    >>> waiting(30), waiting(61)
    ('It was tried too often. Try again in 30 seconds.', 'It was tried too often. Try again in 2 minutes.')
    """
    told = f"{seconds} seconds" if seconds <= 60 else f"{-(-seconds // 60)} minutes"
    return f"It was tried too often. Try again in {told}."


# What these are made of


def _door_of(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


def _field(form: FormData, name: str) -> str:
    held = form.get(name)
    return held if isinstance(held, str) else ""


def _on_to(back: str) -> str:
    """Where to go on from here, never from the desk; the first page where nothing is said."""
    return local(back) if back.strip("/") else "/"


def _kept(at: Desk, name: str) -> str | None:
    with at.case.reading() as connection:
        return password_of(connection, name)


def _signed_in(at: Desk, name: str, kept: str | None) -> str | None:
    return signed_in(at.case, name, kept, at=at.now()) if kept else None


def _changed(at: Desk, person: Person, new: str) -> str | None:
    moment = at.now()
    password_changed(at.case, person.name, new, By(person.who, moment))
    return _signed_in(at, person.name, _kept(at, person.name))


def _note_locked(request: Request, at: Desk, name: str) -> None:
    failures, seconds = _door_of(request).tries.locked(name)
    if seconds:
        note_locked(at.case, name, failures=failures, seconds=seconds, at=at.now())


def _door(request: Request, problem: str = "", *, back: str, name: str = "", status: int = 200) -> Response:
    shown = {"problem": problem, "back": _on_to(back), "name": name[:64], "hours": HOURS}
    return page(request, "sign_in.html", status=status, **shown)


def _wait(request: Request, seconds: int, *, back: str, name: str) -> Response:
    return _with_wait(_door(request, waiting(seconds), back=back, name=name, status=429), seconds)


def _with_wait(answer: Response, seconds: int) -> Response:
    answer.headers["retry-after"] = str(seconds)
    return answer


def _own(request: Request, problem: str = "", status: int = 200) -> Response:
    is_done = request.method == "GET" and "changed" in request.query_params
    shown = {"problem": problem, "is_done": is_done, "shortest": SHORTEST, "longest": LONGEST}
    return page(request, "own_password.html", status=status, **shown)
