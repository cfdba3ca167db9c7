"""Serving the desk on this machine alone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from sayso.desk.keeping_up import kept_up
from sayso.desk.problems import NotBuilt
from sayso.desk.reading_beside import read_beside
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from fastapi import FastAPI

HERE = "127.0.0.1"
FIRST_PORT = 8765
AT_ONCE = 8
"""Requests that are worked on at a time; others wait. Each reads with a connection that may hold 64 MB."""
TRIED = 20
"""Ports after the first that are tried where nobody asked for one."""


class CannotServe(CaseProblem):
    """No port of this machine is free for the desk."""


def bound(port: int | None) -> socket.socket:
    """A socket on loopback, listening on the port asked for, else on the first free one from `FIRST_PORT`.

    Raises `CannotServe` where it is taken.
    """
    wanted = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + TRIED)
    for one in wanted:
        # The protocol is named, since only then asyncio sends small packets at once (TCP_NODELAY): else each page waits
        # 40 ms for the browser to acknowledge its headers.
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((HERE, one))
        except OSError:
            made.close()
            continue
        made.listen(128)
        return made
    told = f"The port {port} is taken" if port is not None else f"No port from {FIRST_PORT} on is free"
    raise CannotServe(f"{told}. Name another with --port, or close the desk that is open.")


def address(listening: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/"


def served(app: FastAPI, listening: socket.socket, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until it is interrupted, drawing and reading beside. `ready` is called once requests are answered."""
    import uvicorn
    from anyio.to_thread import current_default_thread_limiter

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            current_default_thread_limiter().total_tokens = AT_ONCE
            await super().startup(sockets=sockets)
            ready()

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,  # nobody stands between the desk and the browser: what a header says of it is made up
    )
    with kept_up(app.state.desk.case), read_beside(app.state.desk.case):
        Server(config).run(sockets=[listening])


__all__ = ["CannotServe", "NotBuilt", "address", "bound", "served"]
