"""`sayso desk`: it serves a case on loopback, says where, and tells what is in the way."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sayso import cli
from sayso.desk.serving import CannotServe, address, bound
from sayso.ledger.case import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case without reports."""
    made(tmp_path / "case", at="2031-04-05T06:07:08Z", who="Ana Tester", title="Harbour").closed()
    return tmp_path / "case"


def test_the_desk_answers_at_the_address_that_it_prints_and_ends_at_an_interrupt(folder: Path) -> None:
    """Run as a person runs it: the line it prints is where it answers, and Ctrl-C ends it without a traceback."""
    command = [sys.executable, "-m", "sayso", "desk", "--case", str(folder), "--no-browser", "--port", str(_free())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        where = re.search(r"http://(127\.0\.0\.1:\d+)/", running.stdout.readline())
        assert where is not None
        asked = http.client.HTTPConnection(where[1], timeout=20)
        asked.request("GET", "/incidents")
        answer = asked.getresponse()
        assert answer.status == 200
        assert "Harbour" in answer.read().decode()
        asked.close()
        running.send_signal(signal.SIGINT)
        _, amiss = running.communicate(timeout=20)
    assert "Traceback" not in amiss


def test_the_desk_is_on_loopback_alone() -> None:
    """What listens cannot be reached from another machine."""
    listening = bound(None)
    try:
        assert listening.getsockname()[0] == "127.0.0.1"
        assert address(listening).startswith("http://127.0.0.1:")
    finally:
        listening.close()


def test_a_port_that_is_taken_is_told_and_another_is_found_where_none_was_asked_for() -> None:
    """With --port the person is told; without, the next free one is taken."""
    first = bound(None)
    try:
        with pytest.raises(CannotServe, match="is taken"):
            bound(first.getsockname()[1])
        second = bound(None)
        assert second.getsockname()[1] != first.getsockname()[1]
        second.close()
    finally:
        first.close()


def test_a_desk_without_a_case_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, no empty page: there is no case, and how one is made."""
    assert cli.main(["desk", "--case", str(tmp_path / "nothing"), "--no-browser"]) == 2
    assert "There is no case" in capsys.readouterr().err


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
