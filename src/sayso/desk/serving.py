"""Serving the desk: on this machine alone, where nothing else is asked for."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from sayso.desk.keeping_up import kept_up
from sayso.desk.problems import CannotServe, NotBuilt
from sayso.desk.reaching import HERE
from sayso.desk.reading_beside import read_beside

if TYPE_CHECKING:
    from fastapi import FastAPI

    from sayso.desk.reaching import Tls

FIRST_PORT = 8765
AT_ONCE = 8
"""Requests that are worked on at a time; others wait. Each reads with a connection that may hold 64 MB."""
TRIED = 20
"""Ports after the first that are tried where nobody asked for one."""
CONNECTIONS = 512
"""How many may be open at a time where others can connect; further ones are told that the desk is busy."""


def bound(port: int | None, listen: str = HERE) -> socket.socket:
    """A socket on an address of this machine, listening on the port asked for, else the first free from `FIRST_PORT`.

    Raises `CannotServe` where it is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    wanted = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + TRIED)
    for one in wanted:
        # The protocol is named, since only then asyncio sends small packets at once (TCP_NODELAY): else each page waits
        # 40 ms for the browser to acknowledge its headers.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((listen, one))
        except OSError as error:
            made.close()
            if error.errno == errno.EADDRNOTAVAIL:
                raise CannotServe(f"{listen} is no address of this machine.") from None
            continue
        made.listen(128)
        return made
    told = f"The port {port} is taken" if port is not None else f"No port from {FIRST_PORT} on is free"
    raise CannotServe(f"{told}. Name another with --port, or close the desk that is open.")


def address(listening: socket.socket, *, scheme: str = "http", name: str = "") -> str:
    """Where a browser finds it: under a name, else at the number that it listens at."""
    host, port = listening.getsockname()[:2]
    near = {"0.0.0.0": HERE, "::": "::1"}
    shown = name or near.get(host, host)
    return f"{scheme}://{f'[{shown}]' if shown.count(':') > 1 and not shown.startswith('[') else shown}:{port}/"


def served(
    app: FastAPI, listening: socket.socket, *, ready: Callable[[], None] = lambda: None, tls: Tls | None = None
) -> None:
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
        proxy_headers=False,  # what a header says of who asks is believed in one place alone: see `signing_in`
        limit_concurrency=CONNECTIONS if app.state.access.accounts else None,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    with kept_up(app.state.desk.case), read_beside(app.state.desk.case):
        Server(config).run(sockets=[listening])


__all__ = ["CannotServe", "NotBuilt", "address", "bound", "served"]
