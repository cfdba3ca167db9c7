"""What is sent to the desk, and how much of it: no request is larger than its page takes, and files go to the disk.

A file that a page sends by itself comes as the whole body of a request, and is written to the disk of the case as it
comes. Files of a form come together; they are limited as one.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, BinaryIO

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from sayso.intake.seal import LIMIT
from sayso.ledger.originals import UNFINISHED

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import Request
    from starlette.datastructures import FormData
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from sayso.ledger.case import Case

LARGE = 512 << 20
"""Bytes of one file that a page sends by itself, which goes to the disk as it comes."""
FORM = 128 << 20
"""Bytes of a form with files, which are held in memory as long as they are small."""
SMALL = 4 << 20
"""Bytes of any other request."""
FIELD = LIMIT + (1 << 16)
"""Bytes of one field of a form: a pasted text is as long as a report can be."""
FILES = 1_000
"""Files of one form."""
CHUNK = 1 << 20
WORDS = 16 << 10
"""Bytes of a form with a name and passwords, which strangers can send."""
TAKES = {
    "/inbox/upload": LARGE,
    "/inbox/files": FORM,
    "/inbox/paste": FORM,
    "/sign-in": WORDS,
    "/sign-out": WORDS,
    "/team/password": WORDS,
}
TOO_MUCH = "This is larger than the desk takes at once: {most}. Nothing was kept of it."


class Enough:
    """Refuses a request that is larger than its page takes, by what it says of itself or while it comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, counting what comes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = TAKES.get(scope["path"], SMALL)
        told = Headers(scope=scope).get("content-length", "")
        if told.isdigit() and int(told) > most:
            await PlainTextResponse(f"{_says(most)}\n", 413)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise HTTPException(413, _says(most))
            return message

        await self.app(scope, counted, send)


def _says(most: int) -> str:
    return TOO_MUCH.format(most=f"{most >> 20} MB" if most >= 1 << 20 else f"{most >> 10} KB")


async def form_of(request: Request) -> FormData:
    """The form that was sent, within the limits of the desk; asked for again it is the same."""
    return await request.form(max_files=FILES, max_fields=FILES, max_part_size=FIELD)


@asynccontextmanager
async def body_as_file(request: Request, case: Case) -> AsyncIterator[Path]:
    """The body of a request as a file on the disk of the case, as long as this goes on."""
    with _beside(case) as (file, path):
        async for chunk in request.stream():
            file.write(chunk)
        file.flush()
        yield path


@contextmanager
def as_file(source: BinaryIO, case: Case) -> Iterator[Path]:
    """The same of a file of a form."""
    with _beside(case) as (file, path):
        source.seek(0)
        while chunk := source.read(CHUNK):
            file.write(chunk)
        file.flush()
        yield path


@contextmanager
def _beside(case: Case) -> Iterator[tuple[BinaryIO, Path]]:
    folder = case.folder / "originals"
    folder.mkdir(exist_ok=True)
    path = folder / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with path.open("xb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)
