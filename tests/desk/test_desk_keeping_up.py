"""Rows of incidents are drawn while the desk is open, by nobody's asking."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import update

from sayso.desk import keeping_up
from sayso.desk.keeping_up import kept_up
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.case import Case
from sayso.ledger.incidents_drawn import stale_incidents
from sayso.ledger.problems import CaseBusy
from sayso.ledger.schema import incidents


@pytest.fixture
def stale(own_case: Case) -> Case:
    with own_case.writing() as connection:
        connection.execute(update(incidents).values(stale=True, counter="", headline=""))
    return own_case


def left(case: Case) -> int:
    with case.reading() as connection:
        return stale_incidents(connection)


def test_what_is_stale_is_drawn_until_nothing_is(stale: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when another process was writing all through the first try."""
    monkeypatch.setattr(keeping_up, "LOOKS", 0.01)
    tries = iter([CaseBusy("somebody writes")])
    draw = keeping_up.draw_some

    def drawn(case: Case, *, most: int) -> int:
        for error in tries:
            raise error
        return draw(case, most=most)

    monkeypatch.setattr(keeping_up, "draw_some", drawn)
    assert left(stale) > keeping_up.A_FEW
    with kept_up(stale):
        until = time.monotonic() + 20
        while left(stale) and time.monotonic() < until:
            time.sleep(0.02)
    assert left(stale) == 0
    assert all(row.counter and row.headline for row in incident_rows(stale, draw=False))


def test_nothing_is_drawn_once_the_desk_is_closed(stale: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "LOOKS", 0.3)
    with kept_up(stale):
        pass
    before = left(stale)
    time.sleep(0.5)
    assert left(stale) == before > 0
