"""What a ruling on incidents would do is told before it is made, and telling it changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sayso.ledger.adding import add
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.audit import rows
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.foreseeing import foreseen
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


def test_only_rulings_between_incidents_are_foreseen(told: Case) -> None:
    first = incident_rows(told, by="reports", limit=1)[0].id
    one = incident(told, first).incident.tellings[0]
    assert foreseen(told, ruling="reject", about=[f"{one.report}#{one.event}"], who="Ana", at=AT) == ()
    with pytest.raises(CannotRule):
        foreseen(told, ruling="same_incident", about=[first], who="Ana", at=AT)
