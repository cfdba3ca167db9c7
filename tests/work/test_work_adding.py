"""Many files into a case: each an outcome, what the case has is not read again, a worker that dies costs one file."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from sayso.ledger.case import Case, made
from sayso.ledger.schema import custody, failures, incidents, originals, readings, reports, tables
from sayso.work.adding import Adding, Outcome, Summary, add_all

sys.path.insert(0, str(Path(__file__).parent))

SAMPLE = Path(__file__).parents[2] / "src" / "sayso" / "sample"
# No language is told from a bare word, so that no worker needs to load a model.
QUIET = "xq{} zrt\n"
AT = "2031-04-05T06:07:08Z"


@pytest.fixture
def case(tmp_path: Path) -> Generator[Case]:
    """A new case."""
    new = made(tmp_path / "case", at=AT, who="Ana Tester")
    yield new
    new.closed()


def order(**more: Any) -> Adding:
    """How reports are added in these tests."""
    return Adding("Ana Tester", lambda: AT, **more)


def put(case: Case, *named: Path, workers: int = 1, **more: Any) -> list[Outcome]:
    """Add what is behind some paths."""
    return list(add_all(case, [str(name) for name in named], order(**more), workers=workers))


def count(case: Case, table: Any) -> int:
    """How many rows a table has."""
    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def everything(case: Case) -> dict[str, list[str]]:
    """All rows of all tables."""
    with case.reading() as connection:
        return {name: sorted(map(repr, connection.execute(select(table)))) for name, table in tables.tables.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven quiet reports, two of them the same bytes."""
    made_here = tmp_path / "in"
    made_here.mkdir()
    for number in range(7):
        (made_here / f"{number}.txt").write_text(QUIET.format(min(number, 5)), encoding="utf-8")
    return made_here


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_order_and_the_same_bytes_are_one_report(case: Case, folder: Path, workers: int) -> None:
    """In this process as in two others."""
    outcomes = put(case, folder, workers=workers)
    assert [Path(str(one.came.path)).name for one in outcomes] == [f"{number}.txt" for number in range(7)]
    assert [one.what for one in outcomes] == ["added"] * 6 + ["known"]
    assert (count(case, reports), count(case, custody)) == (6, 7)


def test_a_run_that_was_cut_off_goes_on_where_it_was(case: Case, folder: Path) -> None:
    """What was handed out is kept; the rest is added by the same command."""
    run = add_all(case, [str(folder)], order(), workers=1)
    first = [next(run) for _ in range(3)]
    run.close()
    assert (len(first), count(case, reports)) == (3, 3)
    assert [one.what for one in put(case, folder)] == ["known"] * 3 + ["added"] * 3 + ["known"]


def test_adding_twice_changes_nothing(case: Case, folder: Path) -> None:
    """Not one row, failures neither."""
    (folder / "empty.txt").write_bytes(b"")
    put(case, folder, folder / "missing.txt")
    before = everything(case)
    again = put(case, folder, folder / "missing.txt")
    assert everything(case) == before
    assert {one.what for one in again} == {"known", "failed"}


def test_what_fails_is_a_row_with_why(case: Case, folder: Path) -> None:
    """And the others are added."""
    outcomes = put(case, folder / "missing.txt", folder)
    assert outcomes[0].what == "failed"
    with case.reading() as connection:
        row = connection.execute(select(failures)).one()
    assert (row.path, row.kind) == (str(folder / "missing.txt"), "missing")
    assert count(case, reports) == 6


def test_reports_of_a_container_say_where_in_it_they_stood(case: Case, tmp_path: Path) -> None:
    """The container is kept beside them, and a line that gives no report is a row."""
    lines = tmp_path / "in.jsonl"
    told = [json.dumps({"text": QUIET.format(number)}) for number in range(3)]
    lines.write_text("\n".join([*told[:2], "{broken", told[2]]), encoding="utf-8")
    outcomes = put(case, lines)
    assert [one.what for one in outcomes].count("added") == 3
    assert [one.what for one in outcomes].count("failed") == 1
    with case.reading() as connection:
        rows = connection.execute(select(custody.c.container, custody.c.locator)).all()
        kinds = connection.execute(select(originals.c.kind).order_by(originals.c.kind)).scalars().all()
    assert len({row.container for row in rows}) == 1
    assert len({row.locator for row in rows}) == 3
    assert kinds == ["container", "report", "report", "report"]


def test_a_summary_says_what_was_added_known_and_failed(case: Case, folder: Path) -> None:
    """Each outcome counts once."""
    summary = Summary()
    for outcome in put(case, folder, folder / "missing.txt"):
        summary.count(outcome)
    assert (summary.added, summary.known, len(summary.failed), summary.copies) == (6, 1, 1, 0)


def test_copies_are_counted_with_what_they_copy_and_rows_are_drawn(case: Case) -> None:
    """The sample's reworded copy, read with the sample's rows, which the case keeps."""
    summary = Summary()
    names = ("01-rivermark-market.txt", "06-daily-globe-copy.txt")
    for outcome in put(case, *(SAMPLE / name for name in names), folders=(SAMPLE / "knowledge",)):
        summary.count(outcome)
    assert (summary.added, summary.copies, len(summary.copied)) == (2, 1, 1)
    assert (case.folder / "knowledge" / "parties.toml").is_file()
    with case.reading() as connection:
        assert connection.execute(select(func.count()).where(incidents.c.stale)).scalar_one() == 0
        assert connection.execute(select(func.max(incidents.c.reports))).scalar_one() == 2


def test_a_worker_that_dies_costs_one_file(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a failure with what to do, and the others are added."""
    import deadly

    (folder / "3.txt").write_text("xq3 KILL zrt\n", encoding="utf-8")
    monkeypatch.setattr("sayso.work.adding.Reader", deadly.DeadlyReader)
    outcomes = put(case, folder, workers=2)
    assert [one.what for one in outcomes] == ["added"] * 3 + ["failed", "added", "added", "known"]
    problem = outcomes[3].problem
    assert problem is not None
    assert problem.kind == "crashed"


def test_readings_are_named_by_what_they_were_read_with(case: Case, folder: Path, tmp_path: Path) -> None:
    """Another publisher given is another reading, of another report too."""
    from sayso.record import Given
    from sayso.work.versions import read_with

    put(case, folder)
    with case.reading() as connection:
        assert len(set(connection.execute(select(readings.c.version)).scalars())) == 6
    assert read_with((), "none", Given()) != read_with((), "none", Given(publisher="The Litoral Courier"))
    assert read_with((), "none", Given()) != read_with((), "polnear", Given())


def test_a_case_is_read_anew_where_its_rows_changed_and_else_is_as_it_was(case: Case, folder: Path) -> None:
    """Once for every report; the second time nothing is left to do."""
    from sayso.work.adding import reread_all

    put(case, folder)
    assert {one.what for one in reread_all(case, order(), workers=1)} == {"known"}
    again = order(folders=(SAMPLE / "knowledge",))
    assert [one.what for one in reread_all(case, again, workers=1)] == ["read"] * 6
    assert [one.what for one in reread_all(case, again, workers=1)] == ["known"] * 6
    assert count(case, readings) == 12
