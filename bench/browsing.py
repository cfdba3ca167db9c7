"""One browser of a person at the desk, as far as a server can tell: a connection, a cookie, pages, forms, redirects."""

from __future__ import annotations

import gzip
import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

PATIENCE = 30
"""Seconds after which a person has given up: an error."""
MOST_LED = 5
UNASKED = frozenset(("submit", "button", "reset", "image", "file"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what came of it, when it was sent (seconds of the monotonic clock) and how long it took."""

    kind: str
    address: str
    status: int  # 0: nothing came
    at: float
    seconds: float
    sent: int  # bytes, as they came
    page: str
    leads_to: str = ""
    problem: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the desk failed: nothing came, or it says that it broke."""
        return self.status == 0 or self.status >= http.client.INTERNAL_SERVER_ERROR


@dataclass
class Browser:
    """Asks one desk, over one connection, as a browser does; what it asked is kept in `asked`, without the pages."""

    port: int
    patience: float = PATIENCE
    asked: list[Asked] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, kind: str, address: str) -> Asked:
        """Ask for a page."""
        return self._ask(kind, "GET", address, None)

    def post(self, kind: str, address: str, typed: list[tuple[str, str]]) -> Asked:
        """Send a form."""
        return self._ask(kind, "POST", address, urlencode(typed))

    def followed(self, kind: str, answer: Asked) -> Asked:
        """The page that an answer leads to; the answer where it leads nowhere."""
        for _ in range(MOST_LED):
            if not answer.leads_to:
                break
            answer = self.get(kind, answer.leads_to.partition("#")[0])
        return answer

    def closed(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self, kind: str, method: str, address: str, body: str | None) -> Asked:
        began = time.monotonic()
        try:
            answer, data = self._answered(method, address, body)
        except (OSError, http.client.HTTPException) as problem:
            self.closed()
            made = Asked(kind, address, 0, began, time.monotonic() - began, 0, "", problem=repr(problem))
            self.asked.append(made)
            return made
        took = time.monotonic() - began
        page = gzip.decompress(data) if answer.getheader("Content-Encoding") == "gzip" else data
        leads = urlsplit(answer.getheader("Location") or "")
        where = leads._replace(scheme="", netloc="").geturl()
        made = Asked(kind, address, answer.status, began, took, len(data), page.decode("utf-8", "replace"), where)
        bare = Asked(kind, address, answer.status, began, took, len(data), "", where, _told(made))
        self.asked.append(bare)
        return made

    def _answered(self, method: str, address: str, body: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its bytes. A connection that was closed while nobody asked is opened anew, as browsers do."""
        while True:
            is_new = self.connection is None
            held = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            self.connection = held
            try:
                held.request(method, address, body, self._headers(body is not None))
                answer = held.getresponse()
                data = answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.closed()
                if is_new:
                    raise
                continue
            for given in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = given.partition(";")[0].partition("=")
                self.cookies[name.strip()] = value.strip()
            return answer, data

    def _headers(self, is_form: bool) -> dict[str, str]:
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if is_form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        return headers


def _told(answer: Asked) -> str:
    """What a page that is a problem says of it, shortly."""
    if answer.status < http.client.BAD_REQUEST:
        return ""
    words = " ".join(text for text in _Words(answer.page).found if text.strip())
    return " ".join(words.split())[-300:]


class _Words(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


# Forms


@dataclass
class Form:
    """A form of a page, with what a browser would send where nobody touched it."""

    action: str
    method: str = "get"
    typed: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[int, list[str]] = field(default_factory=dict)  # by the place in `typed`: what could be chosen
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, **given: str) -> list[tuple[str, str]]:
        """What is sent where some fields are given; a field that the form does not have is sent besides."""
        kept = [(name, given.get(name, value)) for name, value in self.typed]
        there = {name for name, _ in self.typed}
        return kept + [(name, value) for name, value in given.items() if name not in there]


def forms(page: str) -> list[Form]:
    """Every form of a page."""
    return _Forms(page).found


def form_to(page: str, action: str) -> Form | None:
    """The first form of a page that is sent to an address beginning so."""
    return next((one for one in forms(page) if one.action.startswith(action)), None)


class _Forms(HTMLParser):
    """Gathers forms, in the order in which a browser sends their fields."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select: tuple[str, list[tuple[str, bool]]] | None = None
        self.area: tuple[str, list[str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self.form)
        if self.form is None or "disabled" in given:
            return
        if tag == "option" and self.select is not None:
            self.select[1].append((given.get("value", ""), "selected" in given))
        if not given.get("name"):
            return
        if tag == "input":
            self._input(self.form, given)
        elif tag == "button":
            self.form.buttons.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self.select = (given["name"], [])
        elif tag == "textarea":
            self.area = (given["name"], [])

    @staticmethod
    def _input(form: Form, given: dict[str, str]) -> None:
        sort = given.get("type", "text").lower()
        if sort in UNASKED or (sort in ("checkbox", "radio") and "checked" not in given):
            return
        form.typed.append((given["name"], given.get("value", "on" if sort == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.form is None:
            return
        if tag == "select" and self.select is not None:
            name, options = self.select
            chosen = next((value for value, is_chosen in options if is_chosen), options[0][0] if options else "")
            self.form.choices[len(self.form.typed)] = [value for value, _ in options]
            self.form.typed.append((name, chosen))
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.form.typed.append((self.area[0], "".join(self.area[1]).removeprefix("\n")))
            self.area = None
        elif tag == "form":
            self.form = None


def errors(asked: Iterator[Asked] | list[Asked]) -> list[str]:
    """Every request that failed, in one line each."""
    return [f"{one.status or 'nothing'} {one.kind} {one.address} {one.problem}" for one in asked if one.is_error]
