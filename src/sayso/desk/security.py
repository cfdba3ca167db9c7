"""What keeps the desk to itself: which hosts it answers, what a page may load, and that only its own forms rule.

The desk is served on loopback at first, but every page that is open in the same browser can send requests there, and so
can a page that another program serves on another port of this machine. So a name that merely points at this machine is
not answered (DNS rebinding); nobody else's page may hold, embed or time what the desk answers, only a click on a link
may lead here (`Sec-Fetch-Site`); a form must come from the desk's own pages (`Origin`, `Sec-Fetch-Site`, a cookie that
no other site sends, and a token that no other site can read); and a page may load nothing from anywhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from sayso.desk.receiving import form_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sayso_desk"
FIELD = "token"
"""The name of the hidden field that every form of the desk carries."""
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OWN = frozenset(("same-origin", "none"))
"""Where a browser says a request comes from that no other site can have sent: the desk's pages, or the person."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z.-]+)(?::(?P<port>\d{1,5}))?", re.IGNORECASE)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # With "no-referrer" a browser would send `Origin: null` with the desk's own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "x-frame-options": "DENY",
    # The name of a host in the address of a report must not be looked up before somebody follows it.
    "x-dns-prefetch-control": "off",
    # What was erased from a case must not live on in the browser's own store.
    "cache-control": "no-store",
}
KEPT = "private, max-age=31536000, immutable"
"""For the desk's own files: their address changes when they do, and they tell nothing of the case."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A program that stands between browsers and the desk: where it is, and what it tells of who asks."""

    addresses: frozenset[str]  # from where its requests come
    header: str = ""  # in which it names who asks; "" where people sign in at the desk
    scheme: str = "https"  # of the addresses that browsers know


@dataclass(frozen=True, slots=True)
class Access:
    """How the desk is reached, and whether everybody must say who they are."""

    accounts: bool = False
    names: frozenset[str] = frozenset(LOOPBACK)  # of hosts under which it answers
    at_any_address: bool = False  # also under the number of any address of this machine
    proxy: Proxy | None = None


ALONE = Access()


class Guard:
    """Answers only requests that were meant for the desk, and tells the browser what its pages may do."""

    def __init__(self, app: ASGIApp, secret: bytes, access: Access = ALONE) -> None:
        self.app, self.session, self.access = app, session_of(secret), access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with a session and with the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state = scope.setdefault("state", {})
        state["session"], state["came_back"], state["person"] = self.session, False, None
        if self.access.proxy is not None:
            scope["scheme"] = self.access.proxy.scheme
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send, scope, None))
            return
        name = cookie_of(headers["host"], scope["scheme"])
        state["came_back"] = any(
            hmac.compare_digest(one.encode(), self.session.encode()) for one in held_in(headers, name)
        )
        given = None if state["came_back"] else cookie_line(name, self.session, scope["scheme"])
        await self.app(scope, receive, _with_headers(send, scope, given))

    def _refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        proxy, peer = self.access.proxy, peer_of(scope)
        if proxy is not None and peer not in proxy.addresses:
            return _told(f"This desk is reached through a proxy, and {peer or 'this address'} is not that proxy.")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._answers_to(name_in(hosts[0]), scope):
            told = repr(", ".join(hosts)[:200])
            return PlainTextResponse(
                f"This desk does not answer to the name {told}. Open it at the address it printed.\n", 400
            )
        if scope["method"] in SAFE:
            return None if _may_look(headers) else _told("This may be opened by a link, and not held by another page.")
        origins = headers.getlist("origin")
        own = not origins or origins == [f"{scope['scheme']}://{hosts[0]}"]
        if not own or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _told("This was sent from a page that is not the desk's own. Nothing was changed.")
        return None

    def _answers_to(self, name: str | None, scope: Scope) -> bool:
        if name in self.access.names:
            return True
        # A page of the web cannot make a number point elsewhere, as it can a name.
        own = scope.get("server") or ("", None)
        return (
            self.access.at_any_address and name is not None and plain_address(name.strip("[]")) == plain_address(own[0])
        )


def peer_of(scope: Scope) -> str:
    """The address that a request came from; "" where it has none."""
    client = scope.get("client")
    return plain_address(client[0]) if client else ""


def plain_address(address: str) -> str:
    """An address as it is compared: one of IPv4 that came over IPv6 is that of IPv4.

    >>> plain_address("::ffff:10.0.0.7"), plain_address("0:0:0:0:0:0:0:1"), plain_address("testclient")
    ('10.0.0.7', '::1', 'testclient')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = found.ipv4_mapped if found.version == 6 else None
    return str(mapped or found)


def _may_look(headers: Headers) -> bool:
    """Whether a request that changes nothing comes from the desk, from the person, or from a link that was followed.

    A browser that does not say where it comes from is believed: what it shows is guarded by the other headers.
    """
    if headers.get("sec-fetch-site", "none") in OWN:
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _told(words: str) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", 403)


def name_in(host: str) -> str | None:
    """The name in a Host header; None where it is none.

    >>> name_in("127.0.0.1:8080"), name_in("[::1]:80"), name_in("LOCALHOST"), name_in("127.0.0.1:80@elsewhere")
    ('127.0.0.1', '[::1]', 'localhost', None)
    """
    parts = HOST.fullmatch(host)
    return parts["name"].lower() if parts is not None else None


def cookie_of(host: str, scheme: str = "http", sort: str = COOKIE) -> str:
    """The name of a cookie of the desk at a host: a browser keeps one jar for all ports of a machine.

    >>> cookie_of("127.0.0.1:8765"), cookie_of("localhost"), cookie_of("desk.example:8443", "https")
    ('sayso_desk_8765', 'sayso_desk_80', '__Host-sayso_desk_8443')
    """
    parts = HOST.fullmatch(host)
    # With this beginning a browser takes it from this very host alone, and only over TLS.
    return f"{'__Host-' if scheme == 'https' else ''}{sort}_{(parts and parts['port']) or 80}"


def cookie_line(name: str, value: str, scheme: str, *, more: str = "") -> str:
    """What sets a cookie that no script reads and no other site sends."""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if scheme == 'https' else ''}{more}"


def session_of(secret: bytes) -> str:
    """What the cookie of a desk holds as long as it runs.

    One for all windows: a link followed from elsewhere comes without the cookie, and a new one would make the forms
    of the windows that are open worthless.
    """
    return hmac.new(secret, b"session", hashlib.sha256).hexdigest()[:40]


def held_in(headers: Headers, name: str) -> list[str]:
    """What a browser holds as a cookie of this name."""
    try:
        held = [SimpleCookie(one).get(name) for one in headers.getlist("cookie")]
    except CookieError:
        return []
    return [one.value for one in held if one is not None]


def token_for(secret: bytes, session: str) -> str:
    """What a form of this session must carry."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


async def only_own_forms(request: Request) -> None:
    """Refuse what would change something and does not carry the cookie and the token, in the form or as a header."""
    if request.method in SAFE:
        return
    sent = request.headers.get("x-sayso-token")
    if sent is None:
        held = (await form_of(request)).get(FIELD)
        sent = held if isinstance(held, str) else ""
    right = token_for(request.app.state.desk.secret, request.state.session)
    if not hmac.compare_digest(sent.encode("utf-8", "replace"), right.encode()):
        raise HTTPException(
            403, "This page was open since before the desk was started anew. Reload it, and do it again."
        )
    if not request.state.came_back:
        raise HTTPException(
            403, "The browser did not send back the desk's cookie. Let it keep cookies of this address, and reload."
        )


def _with_headers(send: Send, scope: Scope, cookie: str | None) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if _is_own_file(scope, message["status"]):
                headers["cache-control"] = KEPT
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if cookie is not None:
                headers.append("set-cookie", cookie)
        await send(message)

    return sent


def _is_own_file(scope: Scope, status: int) -> bool:
    """Whether the answer is a style, script or picture of the desk, asked for by the address that has its version."""
    return status in (200, 304) and scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
