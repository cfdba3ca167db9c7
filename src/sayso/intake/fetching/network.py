"""One request and its answer over a connection to an address that was looked at first, with every byte kept."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import httpcore
import httpx

from sayso.intake.fetching.addresses import is_public
from sayso.intake.seal import LIMIT
from sayso.problems import Refused

TRIED = 3
"""How many addresses of a host are tried."""

LOWEST_PORT = 1024
WEB_PORTS = (80, 443)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long: bytes as they come, seconds, redirects."""

    size: int = LIMIT
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    redirects: int = 5


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@cache
def tls() -> ssl.SSLContext:
    """Certificates as this machine and httpx trust them."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts are found and which addresses may be spoken to. Only tests give other than these."""

    resolve: Callable[[str, int], list[str]] = resolved
    allowed: Callable[[str], bool] = is_public
    tls: Callable[[], ssl.SSLContext] = tls


class Exchange(NamedTuple):
    """A request and its answer, byte for byte, with when it was sent and to which address."""

    url: str
    at: datetime
    address: str
    request: bytes
    response: bytes
    status: int
    headers: dict[str, str]  # names in lower case
    is_whole: bool  # False where the body was left unread


@dataclass(slots=True)
class _Tape:
    """What went over the wire, and until when and how much may."""

    ends: float
    size: int
    sent: bytearray
    came: bytearray
    address: str = ""

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if timeout is None else min(left, timeout)


def web_address(url: str) -> httpx.URL:
    """An address of the web, or `Refused` (bad_url): another scheme, no host, a name and password, a closed port."""
    try:
        found = httpx.URL(url.strip())
        host, port = found.raw_host, found.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise Refused("bad_url", f"{url[:200]!r} is no address of the web ({error}).") from error
    if found.scheme not in ("http", "https") or not host:
        raise Refused("bad_url", f"{url[:200]!r} is no address of the web: it must begin http:// or https://.")
    if found.userinfo:
        raise Refused("bad_url", "The address holds a name or password, which would be kept with it. Leave it out.")
    if port is not None and not (port in WEB_PORTS or LOWEST_PORT <= port <= 65535):
        raise Refused("bad_url", f"Port {port} is not one that pages are served on.")
    return found.copy_with(fragment=None)


def exchanged(
    url: httpx.URL, network: Network, limits: Limits, *, agent: str, wanted: Callable[[int, dict[str, str]], bool]
) -> Exchange:
    """Ask for one page, without following where it leads; its body is read only if it is wanted.

    Raises `Refused`: private_address, unreachable, timeout, too_large, bad_response.
    """
    tape = _Tape(time.monotonic() + limits.total, limits.size, bytearray(), bytearray())
    at = datetime.now(UTC)
    try:
        with httpcore.ConnectionPool(
            ssl_context=network.tls() if url.scheme == "https" else None,
            network_backend=_Pinned(network, tape),
            http2=False,
        ) as pool:
            status, headers, is_whole = _asked(pool, url, limits, agent, wanted)
    except _TooMuch as error:
        raise Refused("too_large", f"{url} gives over {limits.size:,} bytes. Nothing of it was kept.") from error
    except httpcore.TimeoutException as error:
        raise Refused("timeout", f"{url} took too long ({error or 'no answer'}). Try again later.") from error
    except (httpcore.NetworkError, OSError) as error:
        raise Refused("unreachable", f"{url} cannot be reached: {error}. Check the address and the network.") from error
    except (httpcore.ProtocolError, ValueError) as error:
        raise Refused("bad_response", f"{url} answers in a way that is no HTTP ({error}).") from error
    response = _one_answer(bytes(tape.came), headers)
    return Exchange(str(url), at, tape.address, bytes(tape.sent), response, status, headers, is_whole)


def _asked(
    pool: httpcore.ConnectionPool,
    url: httpx.URL,
    limits: Limits,
    agent: str,
    wanted: Callable[[int, dict[str, str]], bool],
) -> tuple[int, dict[str, str], bool]:
    headers = [
        (b"Host", url.netloc),
        (b"User-Agent", agent.encode("ascii", errors="replace")),
        (b"Accept", b"text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
    ]
    timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with pool.stream("GET", target, headers=headers, extensions={"timeout": timeouts}) as answer:
        found: dict[str, str] = {}
        for name, value in answer.headers:
            found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
        is_whole = wanted(answer.status, found)
        if is_whole:
            for _ in answer.iter_stream():
                pass
    return answer.status, found, is_whole


def _one_answer(came: bytes, headers: dict[str, str]) -> bytes:
    """The answer alone: without "one moment" answers before it, and without bytes behind its stated length."""
    while came[:9] in (b"HTTP/1.1 ", b"HTTP/1.0 ") and came[9:10] == b"1":
        end = came.find(b"\r\n\r\n")
        if end < 0:
            break
        came = came[end + 4 :]
    length = headers.get("content-length", "")
    end = came.find(b"\r\n\r\n")
    if length.isdigit() and "transfer-encoding" not in headers and end >= 0:
        return came[: end + 4 + int(length)]
    return came


class _TooMuch(Exception):
    """More bytes came than are taken."""


class _Pinned(httpcore.NetworkBackend):
    """Connects to an address that was looked up once and looked at; nothing looks the name up again."""

    def __init__(self, network: Network, tape: _Tape) -> None:
        self._network = network
        self._tape = tape
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"no address is known for {host}")
        for address in self._addresses(host, port, timeout)[:TRIED]:
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=self._tape.left(timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            reached = stream.get_extra_info("server_addr")
            if reached and not self._network.allowed(str(reached[0])):
                stream.close()
                raise _private(host, str(reached[0]))
            self._tape.address = address
            return _Taped(stream, self._tape)
        raise failed

    def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        found = self._looked_up(host, port, self._tape.left(timeout))
        if isinstance(found, Exception):
            raise httpcore.ConnectError(f"no address is known for {host} ({found})") from found
        for address in found:
            # A name that has a private address beside a public one is made to get round this very rule.
            if not self._network.allowed(address):
                raise _private(host, address)
        return found

    def _looked_up(self, host: str, port: int, seconds: float) -> list[str] | Exception:
        """The addresses of a host, or why there are none. The system's look-up knows no limit, so it is left behind."""
        answer: list[list[str] | Exception] = []

        def look_up() -> None:
            try:
                answer.append(self._network.resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(seconds)
        return answer[0] if answer else TimeoutError("looking it up took too long")


class _Taped(httpcore.NetworkStream):
    """A stream that keeps what goes over it, within the limits of its tape."""

    def __init__(self, stream: httpcore.NetworkStream, tape: _Tape) -> None:
        self._stream = stream
        self._tape = tape

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, timeout=self._tape.left(timeout))
        self._tape.came += data
        if len(self._tape.came) > self._tape.size:
            raise _TooMuch
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._tape.sent += buffer
        self._stream.write(buffer, timeout=self._tape.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, timeout=self._tape.left(timeout))
        return _Taped(secure, self._tape)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _private(host: str, address: str) -> Refused:
    says = (
        f"{host} leads to {address}, which is no public address: it belongs to this machine or to a network of its"
        " own. Such pages are not fetched. Save the page as a file and add that."
    )
    return Refused("private_address", says)
