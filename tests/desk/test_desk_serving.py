"""Where the desk listens, and how large answers are written."""

from __future__ import annotations

import asyncio
import json
import socket

from sayso.desk.serving import bound
from sayso.desk.twins import READABLE, told_as_json


def test_what_is_sent_goes_out_at_once() -> None:
    """Without TCP_NODELAY the headers of a page and the page go apart, with 40 ms between them."""
    found: list[int] = []

    async def served() -> None:
        done = asyncio.Event()

        async def asked(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            done.set()

        listening = bound(None)
        async with await asyncio.start_server(asked, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            await asyncio.wait_for(done.wait(), 10)
            writer.close()

    asyncio.run(served())
    assert found == [1]


def test_json_is_laid_out_for_people_unless_there_is_very_much_of_it() -> None:
    """Both are the same answer."""
    few, many = [{"id": "a"}] * 9, [{"id": "a"}] * (READABLE // 8)
    for told, is_laid_out in ((few, True), (many, False)):
        text = bytes(told_as_json(told).body).decode()
        assert json.loads(text) == told
        assert text.endswith("\n")
        assert (text.count("\n") > 1) == is_laid_out
