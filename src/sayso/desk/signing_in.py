"""Who sits at the desk: found for every request, by the sign-in of their browser or by what a proxy says of them.

Where accounts are required, nobody gets further than the page to sign in at; a reader changes nothing, whatever a page
forgot to ask; and names of private persons are given to those alone who may also rule.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from anyio.to_thread import run_sync
from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.desk.notices import local
from sayso.desk.security import SAFE, Access, cookie_line, cookie_of, held_in, peer_of
from sayso.desk.tries import Tries
from sayso.ledger.passwords import fits
from sayso.ledger.sign_ins import Signed, who_holds, who_is
from sayso.ledger.users import OWNER, READER, plain_name

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from sayso.ledger.case import Case

SEAT = "sayso_seat"
"""The cookie of a sign-in. It is another than that of every visitor: what a browser held before is worth nothing."""
SIGN_IN, SIGN_OUT, OWN_PASSWORD = "/sign-in", "/sign-out", "/team/password"
OPEN_TO_ALL = ("/static/", "/favicon.ico")
FOR_RULING = re.compile(r"/rule$|/share/|/queue/[^/]+/(fix|same)$")
"""What shows nothing but a way to change or to hand on something."""
OWN_MATTERS = frozenset((SIGN_IN, SIGN_OUT, OWN_PASSWORD))
"""What also a reader may send."""
AT_ONCE, WAITING = 2, 16
"""Passwords that are compared at a time, each of which takes 64 MB, and those that may wait for their turn."""
ONLY_LOOKS = "You are a reader here: you can look at everything, and change nothing. An owner can make you a reviewer."
NO_NAMES = "Names of private persons are shown to reviewers and owners only. You are a reader here."
NOT_SIGNED_IN = "Nobody is signed in here, or no longer. Reload the page, sign in, and do it again."


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a request, and what they may do."""

    who: str
    role: str
    name: str = ""  # as they sign in; "" where nobody must


@dataclass(frozen=True, slots=True)
class Seats:
    """What is needed to know who sits at the desk."""

    case: Case
    who: str
    now: Callable[[], str]
    access: Access


class Busy(Exception):
    """So many sign in at once that one more would have to wait too long."""


class Door:
    """Where people sign in: a few at a time, and none who failed too often."""

    def __init__(self, *, is_used: bool) -> None:
        self.tries = Tries()
        self._pool = ThreadPoolExecutor(AT_ONCE, "signing-in")
        self._waiting = 0
        if is_used:
            # What nobody's password is compared with is made now: the first who asks must not take longer.
            self._pool.submit(fits, None, "")

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that is kept, compared when it is its turn. Raises `Busy`."""
        if self._waiting >= AT_ONCE + WAITING:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, fits, kept, password)
        finally:
            self._waiting -= 1


class Sitting:
    """Finds out who makes a request, and refuses what they may not."""

    def __init__(self, app: ASGIApp, seats: Seats, told: Callable[[Request, Exception], Response]) -> None:
        self.app, self.seats, self.told = app, seats, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on with `request.state.person` set, or say why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state, access = scope["state"], self.seats.access
        if not access.accounts:
            state["person"] = Person(self.seats.who, OWNER)
        elif not scope["path"].startswith(OPEN_TO_ALL):
            request = Request(scope)
            state["person"] = await self._person(request)
            refused = self._refused(request, state["person"])
            if refused is not None:
                answer = refused if isinstance(refused, Response) else await run_sync(self.told, request, refused)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _person(self, request: Request) -> Person | None:
        state, proxy = request.state, self.seats.access.proxy
        if proxy is not None and proxy.header:
            found = await run_sync(self._named, _named_by(request.headers, proxy.header))
            if found is not None:
                state.session = f"{state.session} {found.name}"
        else:
            name = seat_of(request)
            held = held_in(request.headers, name)
            found = await run_sync(self._holding, held[0]) if len(held) == 1 else None
            if found is not None:
                state.session, state.came_back = f"{state.session} {held[0]}", True
        return Person(found.shown, found.role, found.name) if found is not None else None

    def _named(self, name: str) -> Signed | None:
        with self.seats.case.reading() as connection:
            return who_is(connection, name) if name else None

    def _holding(self, token: str) -> Signed | None:
        with self.seats.case.reading() as connection:
            return who_holds(connection, token, at=self.seats.now())

    def _refused(self, request: Request, person: Person | None) -> Response | HTTPException | None:
        if person is None:
            return self._to_the_door(request)
        if person.role != READER:
            return None
        path = request.url.path
        if (request.method not in SAFE and path not in OWN_MATTERS) or FOR_RULING.match(path):
            return HTTPException(403, ONLY_LOOKS)
        return HTTPException(403, NO_NAMES) if _asks_for_names(request) else None

    def _to_the_door(self, request: Request) -> Response | HTTPException | None:
        proxy, path = self.seats.access.proxy, request.url.path
        if proxy is not None and proxy.header:
            name = _named_by(request.headers, proxy.header)
            who = f"{name} has no account here" if name else "The proxy did not tell who you are"
            return HTTPException(403, f"{who}. An owner of this case can make one: sayso team add NAME.")
        if request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site") and request.method in SAFE:
            return _come_again(request)
        if path == SIGN_IN:
            return None
        if request.method not in SAFE or "x-sayso-fragment" in request.headers or path.endswith((".json", ".csv")):
            return HTTPException(401, NOT_SIGNED_IN)
        return RedirectResponse(f"{SIGN_IN}?{urlencode({'back': _place(request)}, safe='/')}", 303)


def _named_by(headers: Headers, header: str) -> str:
    """Whom a proxy names in its header, as accounts are named; "" where it names none, or several."""
    told = headers.getlist(header)
    if len(told) != 1:
        return ""
    try:
        return plain_name(told[0].encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return ""


def _come_again(request: Request) -> Response:
    """A page that asks for itself: a link from elsewhere is followed without the cookie, this is not."""
    where = escape(local(_place(request)))
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Sayso</title>'
        f'<meta http-equiv="refresh" content="0;url={where}"><p><a href="{where}">Sayso</a></p></html>'
    )


def _place(request: Request) -> str:
    """The address that was asked for, to go back to."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{quote(request.url.path, safe='/:@-._~')}{'?' if query else ''}{query}"


def _asks_for_names(request: Request) -> bool:
    """Whether an address asks for names of private persons, in a twin or in the preview of what is handed on."""
    told = parse_qsl(request.scope["query_string"].decode("latin-1"))
    no = ("", "false", "0", "no", "off", "f", "n", "withheld", "hidden")
    return any(name in ("private", "show_private") and value.strip().casefold() not in no for name, value in told)


# The cookie of a sign-in


def seat_of(request: Request) -> str:
    """The name of that cookie."""
    return cookie_of(request.headers["host"], request.url.scheme, SEAT)


def seated(request: Request, answer: Response, token: str) -> Response:
    """The answer, with which the browser gets what it is to hold. It is gone when the browser is closed."""
    answer.headers.append("set-cookie", cookie_line(seat_of(request), token, request.url.scheme))
    return answer


def risen(request: Request, answer: Response) -> Response:
    """The answer, with which the browser loses it."""
    line = cookie_line(seat_of(request), "", request.url.scheme, more="; Max-Age=0")
    answer.headers.append("set-cookie", line)
    return answer


def address_of(request: Request) -> str:
    """From where somebody signs in: as the proxy tells that carries it, else as the connection tells."""
    access: Access = request.app.state.access
    told = request.headers.getlist("x-forwarded-for")
    if access.proxy is not None and told:
        return told[-1].rpartition(",")[2].strip()[:64]
    return peer_of(request.scope)
