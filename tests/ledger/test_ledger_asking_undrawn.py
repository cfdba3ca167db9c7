"""The list of incidents where nothing may be written: no writer is waited for, and no wrong count goes unsaid."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from sayso.ledger.asking import incidents as asking
from sayso.ledger.asking.answers import IncidentRow
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.case import Case
from sayso.ledger.incidents_drawn import redrawn, stale_incidents
from sayso.ledger.incidents_named import undrawn
from sayso.ledger.schema import incidents
from tests.databases import Cases
from tests.ledger.asked import filled


@pytest.fixture(scope="module")
def drawn(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, list[IncidentRow]]:
    case = filled(cases, tmp_path_factory.mktemp("undrawn") / "case")
    redrawn(case)
    rows = incident_rows(case, by="place")
    assert len(rows) > 2
    assert all(row.counter and not row.stale for row in rows)
    return case, rows


def forgotten(case: Case, rows: list[IncidentRow]) -> None:
    """Leave the rows as they are before anybody draws them."""
    with case.writing() as connection:
        for row in rows:
            bare = {name: value for name, value in undrawn(row.id, row.kind).items() if name != "id"}
            connection.execute(update(incidents).where(incidents.c.id == row.id).values(bare))


def by_id(rows: list[IncidentRow]) -> dict[str, IncidentRow]:
    return {row.id: row for row in rows}


def test_while_another_writes_the_rows_of_a_page_are_as_they_should_be(drawn: tuple[Case, list[IncidentRow]]) -> None:
    """And they are not written: a page that wrote would wait here for a minute."""
    case, rows = drawn
    forgotten(case, rows)
    with case.writing():
        shown = incident_rows(case, by="place", draw=False)
    assert by_id(shown) == by_id(rows)
    with case.reading() as connection:
        assert stale_incidents(connection) == len(rows)


def test_what_would_take_too_long_says_that_it_is_not_drawn(
    drawn: tuple[Case, list[IncidentRow]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One telling may be put together; all other rows show what was known, marked."""
    case, rows = drawn
    forgotten(case, rows)
    monkeypatch.setattr(asking, "MOST_TELLINGS", 1)
    shown = incident_rows(case, by="place", draw=False)
    assert sum(not row.stale for row in shown) <= 1
    assert all(row.counter is None for row in shown if row.stale)


def test_with_drawing_nothing_is_left_to_be_said(drawn: tuple[Case, list[IncidentRow]]) -> None:
    """As `sayso incidents` asks: the rows are drawn, and in the order asked for."""
    case, rows = drawn
    forgotten(case, rows)
    assert incident_rows(case, by="place") == rows
