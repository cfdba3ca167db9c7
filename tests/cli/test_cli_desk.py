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
from fastapi import FastAPI
from fastapi.testclient import TestClient

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


def test_a_desk_over_a_folder_that_is_not_there_makes_a_case_and_opens_on_its_inbox(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told that it was made; the first page is where reports are handed in, and says how."""
    led: list[str] = []

    def answered(app: FastAPI, listening: socket.socket, **_: object) -> None:
        with TestClient(app, base_url="http://127.0.0.1") as client:
            first = client.get("/")
            led.extend([first.url.path, first.text])

    monkeypatch.setattr("sayso.desk.serving.served", answered)
    asked = ["desk", "--case", str(tmp_path / "new"), "--no-browser", "--title", "River war", "--as", "Ana"]
    assert cli.main(asked) == 0
    assert "a new case is in" in capsys.readouterr().err
    assert led[0] == "/inbox"
    assert "This case holds no report yet" in led[1]
    assert "River war" in led[1]
    assert cli.main(asked) == 0
    assert "a new case" not in capsys.readouterr().err


def test_a_desk_over_a_folder_that_holds_something_else_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, no empty page: what is in the way is named."""
    (tmp_path / "letters.txt").write_text("mine")
    assert cli.main(["desk", "--case", str(tmp_path), "--no-browser"]) == 2
    assert "it holds letters.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
