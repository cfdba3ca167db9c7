"""What a ruling on incidents would do is told before it is made, and telling it changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sayso.ledger.adding import add
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.asking.told_in import told_in
from sayso.ledger.audit import rows
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions, withdraw
from sayso.ledger.foreseeing import Ruler, foreseen, let_stay
from sayso.ledger.problems import CannotRule
from sayso.ledger.schema import events
from tests.ledger.added import HERE
from tests.ledger.sampled import sample_readings

AT = "2031-06-01T08:00:00Z"


@pytest.fixture
def told(case: Case) -> Case:
    """The sample."""
    for reading in sample_readings():
        add(case, reading.page.report, reading, HERE, at=AT)
    return case


def where_events_are(case: Case) -> dict[int, str]:
    with case.reading() as connection:
        return {row.id: row.incident_id for row in connection.execute(select(events.c.id, events.c.incident_id))}


def test_what_is_foreseen_is_what_comes_and_foreseeing_changes_nothing(told: Case) -> None:
    """A split of the most reported incident: the same groups before it is ruled and after."""
    first = incident_rows(told, by="reports", limit=1)[0].id
    tellings = incident(told, first).incident.tellings
    about = [f"{one.report}#{one.event}" for one in (tellings[0], tellings[-1])]
    before = where_events_are(told)
    with told.reading() as connection:
        audited = list(rows(connection))
    seen = foreseen(told, ruling="different_incident", about=about, who="Ana", at=AT)
    assert where_events_are(told) == before
    with told.reading() as connection:
        assert list(rows(connection)) == audited
        assert decisions(connection) == ()
    decide(told, ruling="different_incident", about=about, who="Ana", why="another street", at=AT)
    assert len(seen) > 1
    for one in seen:
        sentences = {(said.report, said.sentence.span) for said in incident(told, one.incident).incident.tellings}
        assert sentences == {(anchor.report, anchor.span) for anchor in one.tellings}


def test_what_would_go_along_can_be_let_stay_and_that_is_undone_by_itself(told: Case) -> None:
    """Where one telling is parted, others go along; one of these is ruled to stay, with the same reason."""
    first = incident_rows(told, by="reports", limit=1)[0].id
    with pytest.raises(CannotRule):
        foreseen(told, ruling="same_incident", about=[first], who="Ana", at=AT)
    about, along = _going_along(told)
    assert foreseen(told, ruling="reject", about=about[:1], who="Ana", at=AT) == (), "it parts and joins nothing"
    kept, stays = along[0], about[-1]
    seen = foreseen(told, ruling="different_incident", about=about, who="Ana", at=AT, kept=[kept])
    assert [one.names(kept) for one in seen] == [one.names(stays) for one in seen]
    by, before = Ruler("Ana", AT, "it is of that morning"), where_events_are(told)
    split = decide(
        told, ruling="different_incident", about=about, who="Ana", why="another street", at=AT,
        then=lambda connection, _: let_stay(told, connection, (stays, kept), by),
    )  # fmt: skip
    now = {one: incident_of(told, one) for one in (*about, kept)}
    assert now[kept] == now[stays] != now[about[0]]
    with told.reading() as connection:
        (remained,) = (one for one in decisions(connection) if one.id != split.id)
    assert (remained.ruling, remained.why) == ("same_incident", "it is of that morning")
    withdraw(told, remained.id, who="Ana", at=AT)
    assert incident_of(told, kept) == incident_of(told, about[0]), "it goes along again"
    withdraw(told, split.id, who="Ana", at=AT)
    assert where_events_are(told) == before


def _going_along(case: Case) -> tuple[list[str], list[str]]:
    """An event with the one that it is parted from, and those that would go along with it."""
    for row in incident_rows(case, by="reports", limit=5):
        stays, *others = (f"{one.report}#{one.event}" for one in incident(case, row.id).incident.tellings)
        for ticked in others:
            seen = foreseen(case, ruling="different_incident", about=[ticked, stays], who="Ana", at=AT)
            moving = {event for one in seen if not one.names(stays) for events in one.events for event in events}
            if len(moving) > 1:
                return [ticked, stays], sorted(moving - {ticked})
    raise AssertionError("in the sample something goes along")


def incident_of(case: Case, asked: str) -> str:
    """The incident that an event is in."""
    return told_in(case, [asked])[asked]
