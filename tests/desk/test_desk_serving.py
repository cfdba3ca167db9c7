"""Where the desk listens, and how large answers are written."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from anyio.to_thread import current_default_thread_limiter

from sayso.desk.app import desk
from sayso.desk.serving import AT_ONCE, bound, served
from sayso.desk.twins import READABLE, told_as_json
from sayso.ledger.case import Case


def apart(work: Callable[[], None]) -> None:
    """Do something in a thread of its own: in the thread of the tests, a browser may hold an event loop open."""
    with ThreadPoolExecutor(1) as one:
        one.submit(work).result(timeout=60)


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

    apart(lambda: asyncio.run(served()))
    assert found == [1]


def test_json_is_laid_out_for_people_unless_there_is_very_much_of_it() -> None:
    """Both are the same answer."""
    few, many = [{"id": "a"}] * 9, [{"id": "a"}] * (READABLE // 8)
    for told, is_laid_out in ((few, True), (many, False)):
        text = bytes(told_as_json(told).body).decode()
        assert json.loads(text) == told
        assert text.endswith("\n")
        assert (text.count("\n") > 1) == is_laid_out


def test_so_many_requests_are_worked_on_at_a_time(sample_case: Case) -> None:
    """Each may hold a cache of its own: forty at a time, as would be usual, could take three gigabytes."""
    found: list[float] = []

    def ready() -> None:
        found.append(current_default_thread_limiter().total_tokens)
        raise KeyboardInterrupt

    app = desk(sample_case, who="Ana", now=lambda: "2031-06-01T08:00:00Z")
    listening = bound(None)
    with pytest.raises(KeyboardInterrupt):
        apart(lambda: served(app, listening, ready=ready))
    listening.close()
    assert found == [AT_ONCE]


STOPPED = """
import contextlib, pathlib, sys
from sayso.cli import desk, main
opened = desk._case
@contextlib.contextmanager
def held(asked):
    try:
        with opened(asked) as case:
            yield case
    finally:
        pathlib.Path(sys.argv[1], "closed").touch()
desk._case = held
main(["desk", "--case", sys.argv[1] + "/case", "--port", "0", "--no-browser"])
"""


def test_a_desk_that_is_told_to_end_ends_in_order(tmp_path: Path) -> None:
    """So that no reader goes on alone, and a case that is thrown away is."""
    command = [sys.executable, "-c", STOPPED, str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "The desk is open" in process.stdout.readline()
    process.terminate()
    process.communicate(timeout=30)
    assert (tmp_path / "closed").exists()
