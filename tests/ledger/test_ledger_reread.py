"""A report read anew: the new reading is the current one, ids stay, and decisions stay with their words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from sayso.ledger.adding import add
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.ledger.drawing import drawn
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.rereading import current_readings, reread
from sayso.ledger.schema import events, incidents, readings, sentences, statements
from sayso.record import Custody, Reading
from tests.ledger.sampled import sample_readings

AT = "2031-04-05T06:07:08Z"
WHO = "Ana Tester"


def put(case: Case, *given: Reading) -> None:
    """Add readings."""
    for reading in given:
        path = str(reading.page.report.path)
        add(case, reading.page.report, reading, Custody(AT, WHO, "sayso 0", path=path), at=AT)


def otherwise(reading: Reading) -> Reading:
    """A reading as another version may give it: the first event and the last statement are not found any more."""
    gone = reading.statements[-1].id
    kept = tuple(one for one in reading.events[1:] if all(told.statement != gone for told in one.told))
    renamed = tuple(replace(event, id=f"ev{number}") for number, event in enumerate(kept, start=1))
    left = reading.statements[:-1]
    return replace(reading, sayso="0.2.0", events=renamed, statements=left, quotations=(), checks=())


def groups(case: Case) -> dict[str, set[tuple[str, int]]]:
    """The incidents by id, each with where its events are told."""
    found: dict[str, set[tuple[str, int]]] = {}
    with case.reading() as connection:
        for row in connection.execute(select(events)):
            found.setdefault(row.incident_id, set()).add((row.report_id, row.start))
    return found


@pytest.fixture
def held(case: Case) -> Case:
    """A case with four reports of the market."""
    put(case, *(sample_readings()[number] for number in (0, 1, 5, 12)))
    return case


def test_the_same_version_changes_nothing(held: Case) -> None:
    """Reading with what it was read with is no new reading."""
    before = groups(held)
    assert not reread(held, drawn(sample_readings()[0]), who=WHO, at=AT).changed
    assert groups(held) == before


def test_the_new_reading_is_the_current_one_beside_the_old(held: Case) -> None:
    """And its rows stand in the place of those before."""
    reading = sample_readings()[0]
    other = otherwise(reading)
    assert reread(held, drawn(other), who=WHO, at=AT).changed
    report = reading.page.report.id
    with held.reading() as connection:
        mine = readings.c.report_id == report
        assert sorted(connection.execute(select(readings.c.current).where(mine)).scalars()) == [False, True]
        for table, count in (
            (statements, len(other.statements)),
            (events, len(other.events)),
            (sentences, len(reading.page.sentences) + 1),
        ):
            here = select(func.count()).select_from(table).where(table.c.report_id == report)
            assert connection.execute(here).scalar_one() == count
    again = {one.page.report.id: one for one, _ in current_readings(held)}
    assert again[report] == other


def test_incidents_keep_their_ids_where_an_event_is_told_at_the_same_place(held: Case) -> None:
    """Back and forth, and no incident is left without events."""
    before = groups(held)
    reread(held, drawn(otherwise(sample_readings()[0])), who=WHO, at=AT)
    between = groups(held)
    kept = {name for name, places in before.items() if any(places & other for other in between.values())}
    assert kept <= between.keys()
    with held.reading() as connection:
        assert set(connection.execute(select(incidents.c.id)).scalars()) == between.keys()
    reread(held, drawn(sample_readings()[0]), who=WHO, at=AT)
    assert sorted(map(sorted, groups(held).values())) == sorted(map(sorted, before.values()))


def test_a_decision_survives_reading_anew(held: Case) -> None:
    """Two incidents ruled one stay one, by the words that the ruling rests on; statements stay ruled."""
    reading = sample_readings()[0]
    report = reading.page.report.id
    events_here = [event for event in reading.events if event.id != "ev1"]
    one, two = f"{report}#{events_here[0].id}", f"{report}#{events_here[1].id}"
    decide(held, ruling="same_incident", about=[one, two], who=WHO, why="one salvo", at=AT)
    decide(held, ruling="reject", about=[f"{report}#st1"], who=WHO, why="misread", at=AT)
    found = reread(held, drawn(otherwise(reading)), who=WHO, at=AT)
    assert (found.changed, found.lost) == (True, ())
    starts = {events_here[0].trigger.start, events_here[1].trigger.start}
    with held.reading() as connection:
        mine = (events.c.report_id == report) & events.c.start.in_(starts)
        assert len(set(connection.execute(select(events.c.incident_id).where(mine)).scalars())) == 1
        ruled = (statements.c.report_id == report) & (statements.c.statement == "st1")
        assert connection.execute(select(statements.c.ruled).where(ruled)).scalar_one() == "rejected"


def test_what_a_decision_rested_on_is_told_to_be_lost(held: Case) -> None:
    """A statement that is not read any more."""
    reading = sample_readings()[0]
    about = f"{reading.page.report.id}#{reading.statements[-1].id}"
    ruled = decide(held, ruling="accept", about=[about], who=WHO, why="heard it", at=AT)
    assert reread(held, drawn(otherwise(reading)), who=WHO, at=AT).lost == (ruled.id,)


def test_a_report_that_is_not_there_is_told(held: Case) -> None:
    """It may have been erased meanwhile."""
    with pytest.raises(NoSuchThing, match="no report"):
        reread(held, drawn(sample_readings()[2]), who=WHO, at=AT)
