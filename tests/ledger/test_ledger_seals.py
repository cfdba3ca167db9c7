"""Checks of the seals: all that changed is known, what is erased meanwhile is no damage, a cut audit shows."""

from __future__ import annotations

import contextlib

import pytest
from sqlalchemy import text

from sayso.desk.views.seals import finding_rows
from sayso.ledger import case as opening
from sayso.ledger import seals as checks
from sayso.ledger import verifying
from sayso.ledger.asking.seals import changed_since_sealed, seal_check
from sayso.ledger.case import Case
from sayso.ledger.erasing import erased
from sayso.ledger.originals import path_of
from sayso.ledger.problems import CaseBusy
from sayso.ledger.verifying import verified
from sayso.work.checking_seals import check
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added


def damaged(case: Case, report: str) -> None:
    path = path_of(case, report)
    path.chmod(0o644)
    path.write_bytes(b"other words")


def test_all_that_changed_is_known_however_much_it_is(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "NAMED", 1)
    reports = [one.report for one in added(case, FERRY, DENIED, ALONE)]
    for report in reports:
        damaged(case, report)
    name = checks.begun(case, who="Ana", at=AT)
    check(case, name, clock=lambda: AT)
    with case.reading() as connection:
        assert changed_since_sealed(connection) == set(reports)
        verdict = seal_check(connection, name).verdict
    assert {row["about"] for row in finding_rows(verdict)} >= set(reports)


def test_what_is_erased_while_it_is_looked_at_is_no_damage(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 1)  # seconds that the erasing waits for the check
    other = opening.opened(case.folder)
    reports = [one.report for one in added(case, FERRY, DENIED, ALONE)]
    last = max(reports)
    damaged(case, min(reports))

    def told(done: int, _: int) -> None:
        if done == 1:
            with contextlib.suppress(CaseBusy):  # the check still reads: the file is written anew later
                erased(other, report=last, who="Ana", why="asked for", at=AT)

    verdict = verified(case, told=told)
    other.closed()
    assert not path_of(case, last).exists()
    assert verdict.changed == (min(reports),), "and what is damaged is still told"


def test_a_head_that_an_earlier_check_found_is_missed(case: Case) -> None:
    added(case, FERRY)
    name = checks.begun(case, who="Ana", at=AT)
    check(case, name, clock=lambda: AT)
    assert verified(case).holds
    with case.writing() as connection:
        connection.execute(text("DELETE FROM audit WHERE seq > 2"))
        assert connection.execute(text("SELECT max(seq) FROM audit")).scalar() == 2
    verdict = verified(case)
    assert [one.about for one in verdict.broken if one.kind == "chain"] == [name]
    assert verdict.changed == ()
