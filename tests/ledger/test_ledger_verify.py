"""`verify` holds as long as nothing was changed behind the case's back, and names what was."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.evidence import evidence
from sayso.ledger.originals import kept, path_of
from sayso.ledger.problems import CaseExists
from sayso.ledger.verifying import verified
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added


@pytest.fixture
def full(case: Case) -> Case:
    """A case with three reports and two decisions, one of them withdrawn."""
    first, *_ = added(case, FERRY, DENIED, ALONE)
    decide(case, ruling="accept", about=[f"{first.report}#st1"], who="Ana", why="she told me too", at=AT)
    other = decide(case, ruling="accept", about=[f"{first.report}#st1"], who="Bo", why="so do I", at=AT)
    withdraw(case, other.id, who="Bo", at=AT)
    return case


def test_a_case_that_nobody_touched_holds(full: Case) -> None:
    """With what was checked, and the head of the audit."""
    verdict = verified(full)
    assert (verdict.holds, verdict.broken, verdict.notices) == (True, (), ())
    assert (verdict.originals, verdict.reports, verdict.decisions, verdict.rows) == (3, 3, 2, 7)
    with full.reading() as connection:
        assert verdict.head == list(audit.rows(connection))[-1].hash


def test_an_empty_case_holds(case: Case) -> None:
    """Its making is its one row."""
    assert verified(case).holds
    assert verified(case).rows == 1


@pytest.mark.parametrize(
    ("change", "kind", "says"),
    [
        ("UPDATE audit SET who = 'Eve' WHERE seq = 2", "chain", "Row 2 of the audit .added. was changed"),
        ("DELETE FROM audit WHERE seq = 3", "chain", "Row 3 of the audit is missing"),
        ("UPDATE audit SET previous = hash WHERE seq = 4", "chain", "Row 4 of the audit does not follow"),
        ("DELETE FROM audit", "chain", "The audit is empty"),
        ("UPDATE case_facts SET value = 'x' WHERE name = 'case'", "chain", "that of another case"),
        ("UPDATE reports SET text = text || '!' WHERE seq = 2", "text", "is not the one that was sealed"),
        ("DELETE FROM reports WHERE seq = 1", "audit", "was added and never erased, and is gone"),
        ("DELETE FROM reports WHERE seq = 1", "rows", "sentences holds rows of sha256:.*, which is not in the case"),
        ("DELETE FROM incidents", "rows", "The event sha256:.*#ev1 belongs to no incident"),
        ("DELETE FROM readings", "rows", "is in the case and was not read"),
        ("DELETE FROM originals", "original", "has no original, and none was erased"),
        ("UPDATE decisions SET why = 'because'", "decision", "The words of the decision dec-.* were changed"),
        ("UPDATE decisions SET salt = NULL", "decision", "can no longer be checked; none were erased"),
        ("UPDATE decisions SET withdrawn_at = NULL", "decision", "does not agree"),
        ("UPDATE decisions SET withdrawn_at = 'now' WHERE seq = 1", "decision", "does not agree"),
        ("DELETE FROM decisions WHERE seq = 1", "decision", "is gone; decisions are withdrawn, never deleted"),
        (
            "INSERT INTO tombstones (about, kind, at, who, why) VALUES ('sha256:00', 'report', 'x', 'x', 'x')",
            "tombstone",
            "The audit does not say that sha256:00 was erased",
        ),
    ],
)
def test_what_was_changed_in_the_database_is_named(full: Case, change: str, kind: str, says: str) -> None:
    """Whatever table it is in."""
    with full.writing() as connection:
        connection.execute(text(change))
    verdict = verified(full)
    assert not verdict.holds
    assert any(found.kind == kind and _says(says, found.says) for found in verdict.broken), verdict.broken


def _says(pattern: str, told: str) -> bool:
    import re

    return re.search(pattern, told) is not None


@pytest.mark.parametrize("what", ["changed", "cut", "gone"])
def test_what_was_changed_among_the_originals_is_named(full: Case, what: str) -> None:
    """By its path, and once."""
    path = path_of(full, hashlib.sha256(FERRY.encode()).hexdigest())
    path.chmod(0o644)
    if what == "gone":
        path.unlink()
    else:
        path.write_text(FERRY.replace("two", "six") if what == "changed" else FERRY[:-1])
    (found,) = verified(full).broken
    assert (found.kind, path.name in found.says, "backup" in found.says) == ("original", True, True)


def test_a_cut_end_is_seen_by_who_noted_the_head(full: Case) -> None:
    """The chain alone cannot show it."""
    head = verified(full).head
    assert verified(full, known_head=head).holds
    added(full, "One more report from Osk port, where nothing happened.")
    assert verified(full, known_head=head).holds
    with full.writing() as connection:
        for command in ("DELETE FROM audit WHERE seq > 6", "UPDATE decisions SET withdrawn_at = NULL"):
            connection.execute(text(command))
    assert any("rows were taken away" in found.says for found in verified(full, known_head=head).broken)


def test_what_a_killed_process_left_behind_breaks_nothing(full: Case) -> None:
    """An original without a row, a file that was not finished: named, so that nobody wonders."""
    kept(full, b"never added")
    (full.folder / "originals" / ".new-0123").write_bytes(b"ha")
    verdict = verified(full)
    assert verdict.holds
    assert [found.kind for found in verdict.notices] == ["left_over", "left_over"]


def test_another_extractor_is_a_notice(full: Case) -> None:
    """What was sealed stays; that this version reads the bytes otherwise is said."""
    changed = FERRY + "\nMore."
    sealed = hashlib.sha256(changed.encode()).hexdigest()
    with full.writing() as connection:
        connection.execute(
            text("UPDATE reports SET text = :text, text_sha256 = :sealed WHERE seq = 1"),
            {"text": changed, "sealed": sealed},
        )
        (report,) = connection.execute(text("SELECT id FROM reports WHERE seq = 1")).scalars()
        audit.note(connection, at=AT, who="Ana", what="read_again", about=report, body={"text_sha256": sealed})
    verdict = verified(full)
    assert verdict.holds, verdict.broken
    assert [found.kind for found in verdict.notices] == ["extractor"]
    assert verified(full, again=False).notices == ()


def test_the_evidence_can_be_checked_without_us(full: Case, tmp_path: Path) -> None:
    """Each row of the audit hashes to what the case says, each original too, and each row names the one before."""
    folder = tmp_path / "evidence"
    assert evidence(full, folder) == 7 + 3
    sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    for sha256, path in sums:
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == sha256
    assert verified(full).head in (folder / "README.txt").read_text()
    with pytest.raises(CaseExists, match="not an empty folder"):
        evidence(full, folder)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this system has no sha256sum")
def test_sha256sum_alone_checks_the_evidence(full: Case, tmp_path: Path) -> None:
    """And finds one changed original."""
    folder = tmp_path / "evidence"
    evidence(full, folder)
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    path = path_of(full, hashlib.sha256(FERRY.encode()).hexdigest())
    path.chmod(0o644)
    path.write_text("other")
    told = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert told.returncode == 1
    assert path.name in told.stdout
