"""Where and when incidents are told to have been: counted, narrowed, never silently cut, on both databases."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from sayso.ledger import audit
from sayso.ledger.asking import levels
from sayso.ledger.asking.incidents import Incidents
from sayso.ledger.asking.levels import Levels, levels_of
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.where_when import (
    DAY,
    Bin,
    Counted,
    WhereWhen,
    bins,
    bins_by_kind,
    bins_by_party,
    counted,
    first_reported,
    happenings,
    located_as_told,
    rows_of,
    sides_of,
    spotted,
    undated,
    unlocated,
)
from sayso.ledger.case import Case
from sayso.ledger.packing import as_json_text
from sayso.ledger.schema import incidents, places, readings, reports, speakers
from sayso.record import Counter
from tests.databases import Cases
from tests.ledger.rows import put_event, put_report, report_id

EVERYTHING = WhereWhen()
NORTH: dict[str, Any] = {"place": "Northmill", "lat": 50.5, "lon": 30.25, "radius_km": 4.0, "country": "UKR"}
OBLAST: dict[str, Any] = {"place": "Millshire", "lat": 51.0, "lon": 31.0, "radius_km": 80.0, "region": "UA-63"}


def _put(case: Case, name: str, day: str | None, *, parties: tuple[str, ...] = (), **told: Any) -> str:
    unverified = told.pop("could_not_verify", 0)
    counter = Counter(1, tuple((one, 1) for one in parties), 0, 0, 0, 0, 0, unverified, 0, 1, 0, "")
    row = {
        "id": f"inc-{name}", "kind": "shelling", "headline": "[]", "counter": as_json_text(counter),
        "earliest": day, "latest": day and f"{day[:8]}{int(day[8:]) + 1:02}", "did_not_happen": False, "reports": 1,
        "origins": 1, "denials": 0, "contested": 0.0, "stale": False,
    }  # fmt: skip
    with case.writing() as connection:
        connection.execute(incidents.insert().values(**{**row, **told}))
        audit.note(connection, who="Ana", what="put", about=f"inc-{name}", body={}, at="2031-01-01T00:00:00Z")
    return f"inc-{name}"


def _named(case: Case, level: str, **told: Any) -> str:
    with case.writing() as connection:
        report = put_report(connection, f"{told['place']} {level}")
        connection.execute(
            places.insert().values(
                report_id=report, place="p1", start=0, end=4, name=told["place"], folded=told["place"].lower(),
                lat=told["lat"], lon=told["lon"], level=level, use="location",
            )
        )  # fmt: skip
    return report


@pytest.fixture(scope="module")
def held(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """Six incidents: two at a town, one in a region, one not located, one without anything, one in the tray."""
    new = cases.new(tmp_path_factory.mktemp("where") / "case")
    _fill(new)
    yield new
    cases.gone(new)


@pytest.fixture
def filled(case: Case) -> Case:
    """The same, for a test that changes it."""
    _fill(case)
    return case


def _fill(case: Case) -> None:
    _named(case, "town", **NORTH)
    _named(case, "region", **OBLAST)
    _put(case, "a1", "2031-03-05", parties=("UKR",), **NORTH)
    _put(case, "a2", "2031-03-06", parties=("UKR", "RUS"), denials=2, kind="advance", **NORTH)
    _put(case, "a3", "2031-04-01", could_not_verify=3, **OBLAST)
    _put(case, "a4", "2031-04-02", place="Lostwick", reports=4)
    _put(case, "a5", None)
    _put(case, "a6", "2031-04-03", did_not_happen=True, **NORTH)
    with case.writing() as connection:
        for code in ("UKR", "RUS"):
            named = {"id": f"spk-{code}", "name": code, "naming": "named", "party": code, "private": False}
            connection.execute(speakers.insert().values(**named, first_report="sha256:x"))


def test_what_is_meant_is_counted_without_the_tray(held: Case) -> None:
    """The tray is apart, and shown alone where it is asked for."""
    assert counted(held, EVERYTHING) == Counted(all=5, located=3, placeless=1, dated=4)
    tray = WhereWhen(Incidents(tray=True))
    assert [row.id for row in rows_of(held, tray, limit=9)] == ["inc-a6"]


def test_a_pin_only_where_a_report_tells_of_a_town(filled: Case) -> None:
    """A region is a region; where two levels are told of one spot, the wider counts."""
    assert {one.id: one.level for one in happenings(filled, EVERYTHING, located=True)} == {
        "inc-a3": "region",
        "inc-a2": "town",
        "inc-a1": "town",
    }
    _named(filled, "district", **{**NORTH, "place": "Northmill"})
    _put(filled, "a7", "2031-05-01", lat=1.0, lon=1.0, place="Elsewhere")
    with filled.writing() as connection:  # something is read: what was gone through is gone through again
        connection.execute(
            readings.insert().values(
                report_id="sha256:x", version="1", sayso="0", read_at="2031", current=True, packed=b""
            )
        )
    told = located_as_told(filled, rows_of(filled, EVERYTHING, limit=9))
    assert (told["inc-a1"], told["inc-a7"], told["inc-a5"]) == ("district", None, None)


def test_rows_carry_what_is_told_of_them(held: Case) -> None:
    """Denials, doubts and who tells; the latest first, those without a day last."""
    every = happenings(held, EVERYTHING)
    assert [one.id[4:] for one in every] == ["a4", "a3", "a2", "a1", "a5"]
    assert [one.id for one in rows_of(held, EVERYTHING, limit=9)] == [one.id for one in every]
    assert (every[2].denials, every[2].parties, every[1].could_not_verify) == (2, ("UKR", "RUS"), 3)
    assert len(happenings(held, EVERYTHING, limit=2)) == 2


NARROWED = (
    (WhereWhen(party="RUS"), ["a2"]),
    (WhereWhen(party="Ukraine"), ["a2", "a1"]),
    (WhereWhen(party="Nobody"), []),
    (WhereWhen(box="30,50,30.5,50.6"), ["a2", "a1"]),
    (WhereWhen(box="390,50,390.5,50.6"), ["a2", "a1"]),
    (WhereWhen(box="170,-90,-170,90"), []),
    (WhereWhen(box="-200,-90,200,90"), ["a3", "a2", "a1"]),
    (WhereWhen(ids=("inc-a1", "inc-a5")), ["a1", "a5"]),
    (WhereWhen(Incidents(since="2031-04")), ["a4", "a3"]),
    (WhereWhen(Incidents(place="Northmill")), ["a2", "a1"]),
    (WhereWhen(Incidents(denied=True)), ["a2"]),
)


def test_what_is_asked_narrows(held: Case) -> None:
    """Each by itself; and the counts agree with the rows."""
    for asked, ids in NARROWED:
        assert [row.id[4:] for row in rows_of(held, asked, limit=9)] == ids, asked
        assert counted(held, asked).all == len(ids), asked


def test_what_is_no_stretch_of_the_earth_is_told(held: Case) -> None:
    """And ids that are none, and too many of them."""
    for box in ("", "1,2,3", "a,b,c,d", "0,60,1,50", "0,0,nan,1", "0,-100,1,1"):
        with pytest.raises(BadQuestion, match="stretch of the earth"):
            counted(held, WhereWhen(box=box))
    with pytest.raises(BadQuestion, match="no id"):
        counted(held, WhereWhen(ids=("<b>",)))
    with pytest.raises(BadQuestion, match="At most"):
        counted(held, WhereWhen(ids=("inc-0000",) * 401))


def test_what_cannot_be_drawn_is_listed(held: Case) -> None:
    """A place that nobody located; an incident of which no day is told."""
    assert [row.id for row in unlocated(held, EVERYTHING, limit=5)] == ["inc-a4"]
    assert [row.id for row in undated(held, EVERYTHING, limit=5)] == ["inc-a5"]


def test_spots_tell_forces_apart(held: Case) -> None:
    """So that these can be drawn coarsely."""
    found = spotted(held, EVERYTHING, forces=("advance",), limit=9)
    assert [(one.place, one.is_forces, one.count, one.level) for one in found] == [
        ("Northmill", False, 1, "town"),
        ("Northmill", True, 1, "town"),
        ("Millshire", False, 1, "region"),
    ]


def test_time_is_counted_in_lanes(filled: Case) -> None:
    """By who tells: both sides' in both lanes, nobody's in one of their own. What is put in later is counted too."""
    assert bins(filled, EVERYTHING) == [Bin("2031-03", "", 2), Bin("2031-04", "", 2)]
    assert bins_by_kind(filled, EVERYTHING, precision=DAY)[1] == Bin("2031-03-06", "advance", 1)
    sides = sides_of(filled, EVERYTHING)
    assert sides == ("RUS", "UKR")
    assert bins_by_party(filled, EVERYTHING, sides, precision=7) == [
        Bin("2031-03", "RUS", 1),
        Bin("2031-03", "UKR", 2),
        Bin("2031-04", "", 2),
    ]
    _put(filled, "a8", "2031-04-09")
    assert bins(filled, EVERYTHING)[-1] == Bin("2031-04", "", 3)


def test_when_it_was_first_reported(filled: Case) -> None:
    """The earliest report that tells of it; nothing where no report has a date."""
    with filled.writing() as connection:
        for text, day in (("Guns at a mill", "2031-03-09"), ("Guns at the mill", "2031-03-07"), ("Guns", None)):
            report = put_report(connection, text)
            put_event(connection, report, "ev1", "Guns", incident="inc-a1" if day else "inc-a2")
            connection.execute(reports.update().where(reports.c.id == report).values(published_earliest=day))
    assert first_reported(filled, ["inc-a1", "inc-a2"]) == {"inc-a1": "2031-03-07"}


def test_what_a_report_tells_of_a_spot_is_taken_in_as_if_all_were_looked_through_again(filled: Case) -> None:
    """A site before a town, then a region there; then a report goes, and the spot is what is left."""
    spots: list[Levels] = []
    for level in ("site", "town", "region", "area"):
        _read(filled, _named(filled, level, place=f"Old {level}", lat=40.0, lon=20.0))
        with filled.reading() as connection:
            step = levels_of(filled, connection)
        levels._HELD.clear()
        with filled.reading() as connection:
            assert step == levels_of(filled, connection)
        spots.append(step)
    assert [one[40.0, 20.0] for one in spots] == ["site", "town", "region", "area"]
    assert all(one[50.5, 30.25] == "town" for one in spots)
    with filled.writing() as connection:
        gone = report_id("Old area area")
        for table, name in ((places, places.c.report_id), (readings, readings.c.report_id), (reports, reports.c.id)):
            connection.execute(table.delete().where(name == gone))
    with filled.reading() as connection:
        assert levels_of(filled, connection)[40.0, 20.0] == "region"


def _read(case: Case, report: str) -> None:
    row = {"version": "1", "sayso": "0", "read_at": "2031-01-01T00:00:00Z", "current": True, "packed": b""}
    with case.writing() as connection:
        connection.execute(readings.insert().values(report_id=report, **row))


def test_more_incidents_of_one_place_than_a_question_has_room_for(filled: Case) -> None:
    """All their ids are one value of it."""
    with filled.writing() as connection:
        report = put_report(connection, "Guns at the old mill")
        row = {"report_id": report, "place": "p1", "start": 0, "end": 4, "name": "Northmill", "folded": "northmill"}
        connection.execute(places.insert().values(**row, level="town", use="location"))
    asked = WhereWhen(Incidents(place="Northmill"))
    whole = [one for one in rows_of(filled, EVERYTHING, limit=50) if one.place == "Northmill"]
    assert [one.id for one in rows_of(filled, asked, limit=50)] == [one.id for one in whole]
    assert counted(filled, asked).all == len(whole) > 1
