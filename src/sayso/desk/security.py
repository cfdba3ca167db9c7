"""What keeps the desk to itself: which hosts it answers, what a page may load, and that only its own forms rule.

The desk is served on loopback, but every page that is open in the same browser can send requests there. So a name
that merely points at this machine is not answered (DNS rebinding), a form must come from the desk's own pages (the
`Origin` header, `Sec-Fetch-Site`, and a token tied to a cookie that no other site is given), and a page may load
nothing from anywhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sayso_desk"
FIELD = "token"
"""The name of the hidden field that every form of the desk carries."""
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "x-frame-options": "DENY",
    "cache-control": "private, no-cache",
}


class Guard:
    """Answers only requests that were meant for the desk, and tells the browser what its pages may do."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = LOOPBACK) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with a session and with the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope["method"], headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send, None))
            return
        known = session_of(headers.get("cookie", ""))
        session = known or secrets.token_urlsafe(24)
        scope.setdefault("state", {})["session"] = session
        await self.app(scope, receive, _with_headers(send, None if known else session))

    def _refused(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if without_port(host) not in self.hosts:
            return PlainTextResponse(
                f"This desk does not answer to the name {host[:200]!r}. Open it at the address it printed.\n", 400
            )
        if method in SAFE:
            return None
        origin = headers.get("origin")
        foreign = origin is not None and origin.partition("://")[2] != host
        if foreign or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse(
                "This was sent from a page that is not the desk's own. Nothing was changed.\n", 403
            )
        return None


def without_port(host: str) -> str:
    """The name in a Host header.

    >>> without_port("127.0.0.1:8080"), without_port("[::1]:80"), without_port("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def session_of(cookie: str) -> str | None:
    """The session that a Cookie header names; None where there is none."""
    try:
        held = SimpleCookie(cookie).get(COOKIE)
    except CookieError:
        return None
    return held.value if held is not None and len(held.value) >= 24 else None


def token_for(secret: bytes, session: str) -> str:
    """What a form of this session must carry."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


async def only_own_forms(request: Request) -> None:
    """Refuse what would change something and does not carry the session's token, in the form or as a header."""
    if request.method in SAFE:
        return
    sent = request.headers.get("x-sayso-token")
    if sent is None:
        held = (await request.form()).get(FIELD)
        sent = held if isinstance(held, str) else ""
    if not hmac.compare_digest(sent.encode(), token_for(request.app.state.desk.secret, request.state.session).encode()):
        raise HTTPException(
            403, "This page was open since before the desk was started anew. Reload it, and do it again."
        )


def _with_headers(send: Send, session: str | None) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if session is not None:
                headers.append("set-cookie", f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
        await send(message)

    return sent
