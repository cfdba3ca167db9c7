"""What is handed in: sealed at once, claimed by one reader at a time, taken up again, and never what was erased."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.ledger import audit
from sayso.ledger.adding import keep_container, note_failure
from sayso.ledger.case import Case
from sayso.ledger.erasing import erased
from sayso.ledger.originals import original, path_of
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import failures, originals
from sayso.ledger.taking_in import (
    DONE,
    FAILED,
    FILE,
    PASTE,
    READING,
    TRIES,
    URL,
    WAITING,
    By,
    Handed,
    Said,
    TakenIn,
    again,
    asked_for,
    beat,
    came_to,
    claimed,
    ended,
    one_taken_in,
    safe_name,
    taken_in,
)
from sayso.ledger.verifying import verified
from sayso.record import Custody, Problem
from tests.ledger.added import FERRY, added

AT = "2031-04-06T10:00:00Z"
SOON = "2031-04-06T10:00:20Z"
LATER = "2031-04-06T10:05:00Z"
ANA = By("Ana", AT)
WORDS = b"OSK - Two ferries were shelled, harbour master Ada Brond said."


def _handed(case: Case, *names: str) -> list[int]:
    return [taken_in(case, Handed(FILE, name), name.encode(), ANA).id for name in names]


def _row(case: Case, asked: int) -> TakenIn:
    with case.reading() as connection:
        found = one_taken_in(connection, asked)
    assert found is not None
    return found


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_is_handed_in_is_sealed_at_once(case: Case, tmp_path: Path, on_disk: bool) -> None:
    """Its bytes are among the originals, and its row says which, how many, when and by whom."""
    (tmp_path / "ferry.txt").write_bytes(WORDS)
    said = Said("2031-04-05", "River Wire", "https://wire.example/ferries")
    taken = taken_in(case, Handed(FILE, "in/ferry.txt", said), tmp_path / "ferry.txt" if on_disk else WORDS, ANA)
    sealed = hashlib.sha256(WORDS).hexdigest()
    assert (taken.sha256, taken.bytes, taken.at, taken.who) == (sealed, len(WORDS), AT, "Ana")
    assert (taken.state, taken.name, taken.said) == (WAITING, "in/ferry.txt", said)
    assert original(case, sealed) == WORDS
    assert verified(case).holds
    assert verified(case).notices == ()


def test_the_audit_says_who_handed_in_what_and_no_name_of_it(case: Case) -> None:
    """The name of a file may name a person."""
    taken_in(case, Handed(FILE, "letter of Ilo Ferrant.txt"), WORDS, ANA)
    asked_for(case, Handed(URL, "https://wire.example/ilo-ferrant"), By("Ben", SOON))
    with case.reading() as connection:
        rows = list(audit.rows(connection))[1:]
    assert [(row.what, row.who) for row in rows] == [("took_in", "Ana"), ("asked_for", "Ben")]
    assert rows[0].about == f"sha256:{hashlib.sha256(WORDS).hexdigest()}"
    assert json.loads(rows[0].body) == {"bytes": len(WORDS), "how": "file", "intake": 1}
    assert "errant" not in "".join(row.line for row in rows)


def test_what_was_erased_is_not_kept_again(case: Case) -> None:
    """Its row says so; the bytes do not come back, and cannot be tried again."""
    (report,) = (one.report for one in added(case, FERRY))
    data = original(case, report)
    taken_in(case, Handed(PASTE, "Ada Brond.txt", Said(None, "River Wire")), data, ANA)
    erased(case, report=report, who="Ana", why="asked for", at=SOON)
    assert (_row(case, 1).name, _row(case, 1).said) == ("[erased]", Said())
    refused = taken_in(case, Handed(FILE, "again.txt"), data, By("Ben", LATER))
    assert refused.state == FAILED
    assert "erased from the case on 2031-04-06 by Ana" in (refused.says or "")
    assert verified(case).holds
    assert not path_of(case, report).exists()


def test_a_withheld_name_is_taken_out_of_the_names_of_files(case: Case) -> None:
    """As everywhere else."""
    taken_in(case, Handed(FILE, "Ada Brond speaks.txt", Said(None, "Ada Brond")), WORDS, ANA)
    erased(case, name="Ada Brond", who="Ana", why="asked for", at=SOON)
    assert "Brond" not in _row(case, 1).name
    assert "Brond" not in str(_row(case, 1).said.publisher)


def test_an_original_is_told_what_it_is_once_it_is_read(case: Case, tmp_path: Path) -> None:
    """Until then it is only what was taken in."""
    (tmp_path / "feed.xml").write_bytes(b"<rss/>")
    taken_in(case, Handed(FILE, "feed.xml"), b"<rss/>", ANA)
    taken_in(case, Handed(FILE, "ferry.txt"), FERRY.encode(), ANA)

    def kinds() -> set[tuple[str, str | None]]:
        with case.reading() as connection:
            return {(row.kind, row.media_type) for row in connection.execute(select(originals))}

    assert kinds() == {("intake", None)}
    added(case, FERRY)
    keep_container(case, tmp_path / "feed.xml", media_type="application/rss+xml", at=SOON)
    assert kinds() == {("report", "text/plain"), ("container", "application/rss+xml")}


def test_things_are_claimed_in_their_order_one_at_a_time(case: Case) -> None:
    """Nobody else is given anything while a reader lives; when it is done, the next thing is."""
    one, two = _handed(case, "a", "b")
    first = claimed(case, "here", at=AT)
    assert first is not None
    assert (first.id, first.state, first.began_at) == (one, READING, AT)
    assert claimed(case, "there", at=SOON) is None
    ended(case, one, state=DONE, says=None, at=SOON)
    assert (_row(case, one).state, _row(case, one).ended_at) == (DONE, SOON)
    second = claimed(case, "there", at=SOON)
    assert second is not None
    assert second.id == two
    ended(case, two, state=DONE, says=None, at=SOON)
    assert claimed(case, "there", at=SOON) is None


def test_what_is_long_waits_for_all_that_is_shorter(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one huge file holds up nobody's note."""
    monkeypatch.setattr("sayso.ledger.taking_in.LONG", 50)
    long, short = _handed(case, "a" * 60, "b")
    first = claimed(case, "here", at=AT)
    assert first is not None and first.id == short
    ended(case, short, state=DONE, says=None, at=SOON)
    then = claimed(case, "here", at=SOON)
    assert then is not None and then.id == long


def test_a_thing_is_given_to_one_of_many_who_ask_at_once(case: Case) -> None:
    """Two desks over one case read nothing twice."""
    _handed(case, "a")
    got: list[TakenIn | None] = []
    asking = [threading.Thread(target=lambda n=n: got.append(claimed(case, f"r{n}", at=AT))) for n in range(6)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len([one for one in got if one is not None]) == 1


def test_what_a_reader_left_is_taken_up_again(case: Case) -> None:
    """After a while without a sign of life, or at once where it is known to be gone, or by itself."""
    (one,) = _handed(case, "a")
    claimed(case, "here", at=AT)
    beat(case, "here", at=SOON)
    assert claimed(case, "there", at="2031-04-06T10:00:50Z") is None
    assert claimed(case, "there", at="2031-04-06T10:00:50Z", gone=frozenset(("here",))) is not None
    assert claimed(case, "elsewhere", at=LATER) is not None
    assert _row(case, one).state == READING


def test_what_ends_its_reader_each_time_fails_and_the_rest_goes_on(case: Case) -> None:
    """It is not tried for ever; somebody can let it be tried once more."""
    one, two = _handed(case, "deadly", "b")
    for _ in range(TRIES):
        got = claimed(case, "here", at=AT)
        assert got is not None
        assert got.id == one
    after = claimed(case, "here", at=SOON)
    assert after is not None
    assert after.id == two
    assert _row(case, one).state == FAILED
    assert "ended the process" in (_row(case, one).says or "")
    ended(case, two, state=DONE, says=None, at=SOON)
    assert again(case, one, ANA)
    assert not again(case, two, ANA)
    retried = claimed(case, "here", at=SOON)
    assert retried is not None
    assert (retried.id, retried.says) == (one, None)


def test_how_far_a_reading_is_is_told(case: Case) -> None:
    """Counts as they come, and the seal of what was fetched, with its size."""
    asked = asked_for(case, Handed(URL, "https://wire.example/"), ANA)
    assert (asked.sha256, asked.bytes) == (None, None)
    claimed(case, "here", at=AT)
    taken_in(case, Handed(FILE, "page.warc"), b"WARC", ANA)
    sealed = hashlib.sha256(b"WARC").hexdigest()
    counts = {"found": 3, "added": 1, "known": 1, "copies": 1, "failed": 1}
    came_to(case, asked.id, counts, at=SOON, sha256=f"sha256:{sealed}")
    row = _row(case, asked.id)
    assert (row.found, row.added, row.known, row.copies, row.failed) == (3, 1, 1, 1, 1)
    assert (row.sha256, row.bytes) == (sealed, 4)


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("in/ferry.txt", "in/ferry.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("http://else.example/a.html", "http_/else.example/a.html"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("\ud800.txt", "_.txt"),
        ("x" * 400 + ".html", "x" * 80 + ".html"),
        ("/".join("abcdefghijkl"), "e/f/g/h/i/j/k/l"),
    ],
)
def test_a_name_leads_nowhere_else(given: str, safe: str) -> None:
    """As the file in which a reader finds it, and in the custody of its report."""
    assert safe_name(given) == safe


def test_a_name_of_any_script_fits_a_disk() -> None:
    """Whatever its letters take as bytes."""
    assert len(safe_name("ї" * 400 + ".html").encode()) < 255
    assert len(safe_name("🦊" * 400).encode()) < 255


def test_what_gave_no_report_is_erased_by_its_hash(case: Case) -> None:
    """Its bytes go, its name goes wherever it stood, and it is not kept again; what is a report is erased as one."""
    scan = taken_in(case, Handed(FILE, "in/scan of Ada Brond.pdf"), b"%PDF Ada Brond", ANA)
    note_failure(case, Custody(AT, "Ana", "sayso", path="in/scan of Ada Brond.pdf"), Problem("pdf", "This is a PDF."))
    ferry = taken_in(case, Handed(FILE, "ferry.txt"), FERRY.encode(), ANA)
    gone = erased(case, report=str(scan.sha256)[:12], who="Ben", why="asked for", at=SOON)
    assert "What was handed in" in gone.says[0]
    assert not path_of(case, str(scan.sha256)).exists()
    assert (_row(case, scan.id).name, _row(case, scan.id).state) == ("[erased]", FAILED)
    assert _row(case, ferry.id).name == "ferry.txt"
    with case.reading() as connection:
        assert list(connection.execute(select(failures.c.path)).scalars()) == ["[erased]"]
    assert verified(case).holds
    assert verified(case).notices == ()
    again_handed = taken_in(case, Handed(FILE, "scan.pdf"), b"%PDF Ada Brond", ANA)
    assert again_handed.state == FAILED
    assert "erased from the case" in (again_handed.says or "")
    (report,) = (one.report for one in added(case, FERRY))
    assert "The report" in erased(case, report=report, who="Ben", why="asked for", at=LATER).says[0]
    with pytest.raises(NoSuchThing):
        erased(case, report="0" * 64, who="Ben", why="asked for", at=LATER)
