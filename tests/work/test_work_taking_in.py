"""Reading what waits: in order, once, whatever befalls one thing; and as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.desk.reading_beside import read_beside, started
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.taken import taken
from sayso.ledger.case import Case, made
from sayso.ledger.knowing import folder_of, knowledge_of
from sayso.ledger.originals import path_of
from sayso.ledger.schema import custody, incidents
from sayso.ledger.taking_in import (
    DONE,
    FAILED,
    FILE,
    PASTE,
    READING,
    URL,
    WAITING,
    By,
    Handed,
    Said,
    TakenIn,
    asked_for,
    claimed,
    taken_in,
)
from sayso.ledger.verifying import verified
from sayso.problems import BadKnowledge
from sayso.work import taking_in
from sayso.work.taking_in import Reader, has_ended, read_waiting
from sayso.work.taking_rows import is_rows, keep_rows, subject_of

AT = "2031-04-06T10:00:00Z"
NOW = "2031-04-06T10:01:00Z"
ANA = By("Ana Tester", AT)
FERRY = b"Two ferries shelled\n\nHarbour master Ada Brond said on Friday that two ferries were shelled at Osk port.\n"
MAIL = (
    b"From: desk@wire.example\nSubject: Bridges\nDate: Sat, 05 Apr 2031 08:00:00 +0000\n\nTwo bridges fell, he said.\n"
)
ROWS = b'[[row]]\nid = "osk"\nkind = "state"\nname = "Osk"\nalso = ["Oskan"]\nexample = "A note from [Osk] was read."\n'


@pytest.fixture
def case(tmp_path: Path) -> Generator[Case]:
    """An empty case."""
    new = made(tmp_path / "case", at=AT, who="Ana Tester")
    yield new
    new.closed()


def _read(case: Case) -> int:
    return read_waiting(case, Reader(lambda: NOW))


def _put(case: Case, name: str, data: bytes, said: Said = Said()) -> int:  # noqa: B008 - it is frozen
    return taken_in(case, Handed(FILE, name, said), data, ANA).id


def _states(case: Case) -> dict[str, str]:
    return {one.name: one.state for one in taken(case)}


def _one(case: Case, asked: int) -> TakenIn:
    return taken(case, ids=[asked])[0]


def test_what_waits_is_read_and_its_custody_names_who_sealed_what_when(case: Case) -> None:
    """The time is that of the seal, the name that of the file as it was handed in, the address what was said."""
    said = Said("2031-04-05", "River Wire", "https://wire.example/ferries")
    taken_in(case, Handed(FILE, "in/ferry.txt", said), FERRY, ANA)
    assert _read(case) == 1
    (row,) = report_list(case)
    page = report(case, row.id)
    (origin,) = page.custody
    assert (origin.at, origin.by, origin.path) == (AT, "Ana Tester", "in/ferry.txt")
    assert origin.url == "https://wire.example/ferries"
    assert (row.publisher, row.published.earliest) == ("River Wire", "2031-04-05")
    assert page.reading.page.report.path == "in/ferry.txt"
    (told,) = taken(case)
    assert (told.state, told.found, told.added, told.ended_at) == (DONE, 1, 1, NOW)
    assert str(case.folder) not in json.dumps([str(value) for value in (page.custody, page.reading.page.report.path)])
    assert verified(case).holds
    assert not list(case.folder.glob(".*"))


def test_incidents_are_drawn_after(case: Case) -> None:
    """Whoever opens the list finds no row that is yet to be counted."""
    _put(case, "ferry.txt", FERRY)
    _read(case)
    with case.reading() as connection:
        assert list(connection.execute(select(incidents.c.stale)).scalars()) == [False]


def test_what_came_twice_is_known_and_what_a_mail_holds_is_counted(case: Case) -> None:
    """The kind of a file is told by its name, as for `sayso add`."""
    _put(case, "ferry.txt", FERRY)
    _put(case, "again/ferry.txt", FERRY)
    _put(case, "bridges.eml", MAIL)
    assert _read(case) == 3
    assert [(one.added, one.known) for one in reversed(taken(case))] == [(1, 0), (0, 1), (1, 0)]
    with case.reading() as connection:
        paths = list(connection.execute(select(custody.c.path)).scalars())
    assert paths == ["ferry.txt", "again/ferry.txt", "bridges.eml"]


def test_a_failure_says_why_and_the_rest_goes_on(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text, a fault of ours, bytes that changed since they were sealed."""
    pdf, bad = _put(case, "scan.pdf", b"%PDF-1.4"), _put(case, "fault.txt", b"fault: " + FERRY)
    lost, last = _put(case, "lost.txt", b"lost: " + FERRY), _put(case, "ferry.txt", FERRY)
    path_of(case, str(_one(case, lost).sha256)).unlink()
    real = taking_in.add_all

    def faulty(case: Case, named: list[str], order: object, **options: object) -> Iterator[object]:
        if "fault.txt" in named:
            raise ZeroDivisionError
        return real(case, named, order, **options)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(taking_in, "add_all", faulty)
    assert _read(case) == 4
    assert _one(case, pdf).state == _one(case, bad).state == _one(case, lost).state == FAILED
    assert "This is a PDF" in (_one(case, pdf).says or "")
    assert "fault in Sayso itself (ZeroDivisionError)" in (_one(case, bad).says or "")
    assert "not what was sealed" in (_one(case, lost).says or "")
    assert _one(case, last).state == DONE


def test_an_address_of_this_machine_is_not_fetched(case: Case) -> None:
    """Whoever sits at a desk on a server cannot ask for what only the server can reach."""
    for url in (
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
        "http://169.254.169.254/latest/",
        "http://localhost:8000",
    ):
        asked_for(case, Handed(URL, url), ANA)
    _read(case)
    told = [one.says or "" for one in taken(case)]
    assert all("no public address" in says for says in told)
    assert report_list(case) == []


def test_a_name_cannot_lead_out_of_the_folder(case: Case, tmp_path: Path) -> None:
    """What is written for the moment lies in the case, and is gone after."""
    for name in ("../../out.txt", "/out.txt", "a\x00b.txt", "-rf", "http://else.example/x", "x" * 600, "\ud800"):
        _put(case, name, f"{name!r}: ".encode() + FERRY)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert _read(case) == 7
    assert set(_states(case).values()) == {DONE}
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert not list(case.folder.glob(".*"))


def test_a_bomb_is_told_and_read_no_further(case: Case) -> None:
    """An archive that unfolds without end costs a row, not the machine."""
    import gzip
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", b"{" + b" " * (30 << 20))
        archive.writestr("archive/data.warc", b"WARC/1.1\r\n" + b"a" * (60 << 20))
    _put(case, "bomb.wacz", held.getvalue())
    _put(case, "bomb.warc.gz", gzip.compress(b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n" + b"a" * (60 << 20)))
    _put(case, "plain.zip", b"PK\3\4" + b"\0" * 40)
    began = time.monotonic()
    _read(case)
    assert set(_states(case).values()) == {FAILED}
    assert time.monotonic() - began < 60


# Rows of knowledge


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("parties.toml", "parties.toml"),
        ("sample/knowledge/parties.toml", "parties.toml"),
        ("../en/saying.toml", "en/saying.toml"),
        ("my\\knowledge\\en\\saying.toml", "en/saying.toml"),
    ],
)
def test_rows_stand_in_the_case_under_the_name_of_ours(name: str, subject: str) -> None:
    """Whatever folder they came in."""
    assert is_rows(name)
    assert subject_of(name) == subject


@pytest.mark.parametrize("name", ["pyproject.toml", "../../../etc/x.toml", "parties.toml/x.toml", "", "\0.toml"])
def test_rows_that_nothing_reads_are_refused(case: Case, name: str) -> None:
    """And nothing is kept of them."""
    with pytest.raises(BadKnowledge, match="Nothing would read"):
        keep_rows(case, name, ROWS)
    assert not folder_of(case).exists()


def test_rows_are_kept_and_read_with_from_then_on(case: Case) -> None:
    """One that cannot be used is told without the folder it lay in, and the old rows stay."""
    keep_rows(case, "knowledge/parties.toml", ROWS)
    assert "osk" in {row["id"] for row in knowledge_of(case).rows("parties")}
    for bad in (b"[[row", b"\xff\xfe", b'[[row]]\nid = "osk"\n'):
        with pytest.raises(BadKnowledge) as told:
            keep_rows(case, "knowledge/parties.toml", bad)
        assert "parties.toml" in str(told.value)
        assert "/" not in str(told.value)
    assert (folder_of(case) / "parties.toml").read_bytes() == ROWS
    assert [path.name for path in folder_of(case).iterdir()] == ["parties.toml"]


# As a process


def test_the_process_reads_and_ends_by_itself(case: Case) -> None:
    """It stands behind other processes, and leaves nothing lying."""
    _put(case, "ferry.txt", FERRY)
    taken_in(case, Handed(PASTE, "pasted.txt"), b"scan", ANA)
    process = started(case)
    assert process.wait(240) == 0
    assert _states(case) == {"ferry.txt": DONE, "pasted.txt": DONE}
    assert not list(case.folder.glob(".*"))


def test_what_a_killed_process_was_reading_is_taken_up_by_the_next(case: Case) -> None:
    """It is known at once that it is gone; nothing is read twice."""
    _put(case, "ferry.txt", FERRY)
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    name = f"{socket.gethostname()}:{gone.pid}:abc"
    assert claimed(case, name, at=NOW) is not None
    (case.folder / ".reading-left").mkdir()
    (case.folder / ".reading-left" / "ferry.txt").write_bytes(FERRY)
    assert has_ended(name)
    assert not has_ended(f"{socket.gethostname()}:{os.getpid()}:abc")
    assert not has_ended("elsewhere:1:abc")
    assert _read(case) == 1
    assert len(report_list(case)) == 1
    assert not list(case.folder.glob(".*"))


def test_the_desk_starts_it_where_something_waits_and_ends_it(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it runs no other is started; one that fails again and again is started less often."""
    begun: list[subprocess.Popen[bytes]] = []

    def slow(_: Case) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return begun[-1]

    monkeypatch.setattr("sayso.desk.reading_beside.started", slow)
    monkeypatch.setattr("sayso.desk.reading_beside.LOOKS", 0.02)
    with read_beside(case):
        time.sleep(0.2)
        assert begun == []
        _put(case, "ferry.txt", FERRY)
        until = time.monotonic() + 10
        while not begun and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        assert len(begun) == 1
        assert begun[0].poll() is None
    assert begun[0].returncode == -signal.SIGTERM
    assert _states(case) == {"ferry.txt": WAITING}
    assert READING not in _states(case).values()
