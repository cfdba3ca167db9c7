"""A server of the tests' own on this machine, and a network on which every name leads to it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from sayso.intake.fetching.network import Network

HERE = "127.0.0.1"


class Said(NamedTuple):
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    kind: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Answers = dict[str, Said | Callable[[BaseHTTPRequestHandler], None]]


class Site:
    """A running server: its answers by path, and what it was asked."""

    def __init__(self, answers: Answers, context: ssl.SSLContext | None = None) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                found = site.answers.get(self.path, Said(b"none", 404))
                if not isinstance(found, Said):
                    found(self)
                    self.close_connection = True
                    return
                self.send_response(found.status)
                for name, value in (*found.headers, *((("Content-Type", found.kind),) if found.kind else ())):
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                self.wfile.write(found.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((HERE, 0), Handler)
        self.server.daemon_threads = True
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port

    def url(self, path: str, *, host: str = "news.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving(answers: Answers, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site for as long as the block lasts."""
    site = Site(answers, context)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join(5)


def to_here(*, trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context) -> Network:
    """A network where names lead to the tests' own server; only that address is allowed, names of numbers are not."""

    def resolve(host: str, _port: int) -> list[str]:
        return [HERE] if host.endswith(".example") else [host]

    return Network(resolve=resolve, allowed=lambda address: address == HERE, tls=trusted)
