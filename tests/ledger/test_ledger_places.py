"""Places as people locate them: everywhere at once, also in what comes later, and given back when it is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select

from sayso.ledger.adding import add
from sayso.ledger.asking.doubles import _FOUND, LATER, doubles, joining
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.people import people_list, person
from sayso.ledger.asking.place_candidates import foreseen_places
from sayso.ledger.asking.places import RULED, UNRESOLVED, place_list
from sayso.ledger.asking.places import place as asked_place
from sayso.ledger.asking.reports import report as report_page
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.drawing import drawn
from sayso.ledger.erasing import erased
from sayso.ledger.incidents_drawn import put_together, redrawn
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.located import place_id
from sayso.ledger.marks import mark
from sayso.ledger.places_kept import begin_places
from sayso.ledger.problems import CannotRule, Contradicts
from sayso.ledger.rereading import reread
from sayso.ledger.schema import decisions, events, incidents, places, tables
from sayso.ledger.typed_place import typed_place
from sayso.ledger.verifying import verified
from sayso.ledger.working import named_places, place_uses
from sayso.record import Custody, Decision, Reading
from tests.databases import Cases
from tests.ledger.sampled import reading_of, sample_readings

AT = "2031-04-05T06:07:08Z"
WHO = "Ana Tester"
THERE = "-32.41, -57.22, town, 2 km"
WRITTEN = ("decisions", "decision_about", "decision_anchors", "decision_sources", "audit")
"""Tables that remember what was ruled and withdrawn."""


def put(case: Case, *given: Reading) -> None:
    """Add readings."""
    for reading in given:
        path = str(reading.page.report.path)
        add(case, reading.page.report, reading, Custody(AT, WHO, "sayso 0", path=path), at=AT)
    redrawn(case)


def locate(case: Case, *about: str, value: str = THERE, **more: Any) -> Decision:
    """Rule where places are."""
    return decide(case, ruling="locate", about=about, value=value, who=WHO, why="walked there", at=AT, **more)


def rows(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a case has drawn from its reports."""
    with case.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in tables.sorted_tables
            if table.name not in WRITTEN
        }


def village(case: Case) -> str:
    """The place of the sample that is on no map, as the reports have it that tell its region."""
    with case.reading() as connection:
        asked = select(named_places.c.id).where(named_places.c.folded == "orgoroso", named_places.c.region == "UY-PA")
        return str(connection.execute(asked).scalar_one())


@pytest.fixture(scope="module")
def whole(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with those reports of the sample that tell of the village."""
    case = cases.new(tmp_path_factory.mktemp("places") / "case")
    put(case, *(one for one in sample_readings() if "Orgoroso" in one.page.report.text))
    return case


def test_a_place_is_what_it_is_read_as_wherever_it_stands() -> None:
    """A site and a town of one name are one place; a region is another, and so is a town of another country."""
    assert place_id("San José", "town", "URY", None) == place_id("san jose", "site", "URY", None)
    others = {place_id("San José", *told) for told in (("region", "URY", None), ("town", "CRI", None))}
    assert len(others) == 2 and place_id("San José", "town", "URY", None) not in others


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (" 3442398 ", "3442398"),
        ("-32.410 / -57.2", None),
        ("-32.410, -57.20", "-32.41, -57.2, town"),
        ("-32.41 -57.2; site; 0.5km", "-32.41, -57.2, site, 0.5 km"),
        ("-32.41, -57.2, region, 40 km, UY-PA", "-32.41, -57.2, region, 40 km, URY, UY-PA"),
        ("Nowhere  known", "nowhere known"),
        ("-132.41, -57.2", None),
        ("99, 10", None),
        ("999999999", None),
        ("Orgoroso", None),
        ("-32.41, -57.2, hamlet", None),
        ("-32.41, -57.2, ZZ-99", None),
    ],
)
def test_where_is_typed_in_one_of_three_ways(typed: str, told: str | None) -> None:
    """A number, a point with its doubt, or that nobody knows; what is none of these is refused."""
    if told is None:
        with pytest.raises(CannotRule):
            typed_place(typed)
    else:
        assert typed_place(typed).told == told == typed_place(told).told


def test_all_that_names_a_place_shows_it_where_it_is_ruled_and_a_withdrawal_gives_everything_back(whole: Case) -> None:
    """Rows, incidents, readings and exports move; withdrawn, not a letter differs from before."""
    before, place = rows(whole), village(whole)
    made = locate(whole, place, as_of="2031", source="a survey of the mountain club")
    redrawn(whole)
    with whole.reading() as connection:
        moved = set(connection.execute(select(incidents.c.id).where(incidents.c.lat == -32.41)).scalars())
        uses = connection.execute(select(places.c.lat, places.c.region).where(places.c.folded == "orgoroso")).all()
        assert {(row.lat, row.region) for row in uses} == {(-32.41, "UY-PA"), (None, None)}
        told = [put_together(connection, one, knowledge_of(whole)).where for one in moved]
        report = connection.execute(select(events.c.report_id).where(events.c.incident_id.in_(moved))).scalars().first()
    assert moved and all(one is not None and one.placed_by == made.id and one.radius_km == 2 for one in told)
    read = report_page(whole, str(report)).reading.grounds.places
    assert {one.placed_by for one in read if one.name == "Orgoroso" and one.region == "UY-PA"} == {made.id}
    changed = {name for name, held in rows(whole).items() if held != before[name]}
    assert changed == {"places", "place_uses", "ruled_places", "incidents"}
    assert verified(whole).holds
    withdraw(whole, made.id, who=WHO, at=AT)
    redrawn(whole)
    assert rows(whole) == before


def test_what_comes_later_is_located_too_and_read_anew_it_stays(case: Case) -> None:
    """A report that names the place is added after the ruling, another is read anew."""
    first, *later = [one for one in sample_readings() if any(_is_village(place) for place in one.grounds.places)]
    put(case, first)
    locate(case, village(case))
    put(case, *later)
    assert _lats(case) == {-32.41}
    before = rows(case)["place_uses"]
    reread(case, drawn(replace(first, sayso="0.0.9")), who=WHO, at=AT)
    redrawn(case)
    assert rows(case)["place_uses"] == before and _lats(case) == {-32.41}


def _is_village(place: Any) -> bool:
    return place.name == "Orgoroso" and place.region == "UY-PA"


def _lats(case: Case) -> set[float | None]:
    with case.reading() as connection:
        held = select(places.c.lat).where(places.c.folded == "orgoroso", places.c.region == "UY-PA")
        return set(connection.execute(held).scalars())


def test_a_place_that_nobody_can_tell_leaves_the_map(case: Case) -> None:
    """A town that was read to be somewhere is ruled to be nowhere known; another ruling goes back to that."""
    put(case, sample_readings()[0])
    name = place_id("Paysandu", "town", "URY", "UY-PA")
    made = locate(case, name, value="nowhere known")
    with pytest.raises(Contradicts):
        locate(case, name)
    with case.reading() as connection:
        held = select(places.c.lat, places.c.level, places.c.country).where(places.c.folded == "paysandu")
        assert set(connection.execute(held).all()) == {(None, "town", "URY")}
    locate(case, name, value=THERE, instead_of=made.id)
    assert locate(case, name, value="-32.41,-57.22;town;2.0 km").id != made.id  # the same, written otherwise


def test_two_times_stand_side_by_side_and_the_later_counts(case: Case) -> None:
    """A place that was moved: both rulings stand, the one as of the later time is shown."""
    put(case, *(one for one in sample_readings() if any(_is_village(place) for place in one.grounds.places)))
    name = village(case)
    later = locate(case, name, as_of="2031")
    locate(case, name, value="-31, -57, town", as_of="2019-05")
    assert _lats(case) == {-32.41}
    withdraw(case, later.id, who=WHO, at=AT)
    assert _lats(case) == {-31.0}


def test_a_basis_is_asked_of_few_rulings_and_checked(case: Case) -> None:
    """An “as of” that is no time, and one of a ruling that has none, are refused."""
    put(case, sample_readings()[0])
    name = place_id("Paysandu", "town", "URY", "UY-PA")
    for as_of in ("yesterday", "2031-13", "2031-04-05T10:00", "2031/2032"):
        with pytest.raises(CannotRule) as refused:
            locate(case, name, as_of=as_of)
        assert refused.value.field == "as_of"
    report = sample_readings()[0].page.report.id
    with pytest.raises(CannotRule):
        decide(case, ruling="accept", about=[f"{report}#st1"], as_of="2031", who=WHO, why="", at=AT)


def test_what_is_erased_takes_its_places_and_what_was_typed_of_them(case: Case) -> None:
    """A ruling about a place that another report names stays; one about a place that is gone loses its words."""
    kept, gone = (
        sample_readings()[0],
        reading_of("OSK, April 6 - Shells fell on the village of Wexhaven, the army said.\n"),
    )
    put(case, kept, gone)
    with case.reading() as connection:
        named = {row.folded: row.id for row in connection.execute(select(named_places))}
    stays = locate(case, named["paysandu"])
    mine = locate(case, named["wexhaven"], source="the letter from Wexhaven")
    erased(case, report=gone.page.report.id, who=WHO, why="asked to", at=AT)
    with case.reading() as connection:
        held = {row.id: row for row in connection.execute(select(decisions))}
        assert held[stays.id].value == THERE and held[mine.id].value is None and held[mine.id].salt is None
        assert "Wexhaven" not in {row.name for row in connection.execute(select(named_places))}
        assert found(connection, named["paysandu"]).kind == "place"
    assert verified(case).holds
    assert "Wexhaven" not in repr(rows(case))


def test_an_older_case_gets_its_places(whole: Case) -> None:
    """What is put in beforehand and what is found in a case that had none of it is the same."""
    before = rows(whole)
    with whole.writing() as connection:
        for table in (named_places, place_uses):
            connection.execute(delete(table))
        begin_places(connection)
    assert rows(whole) == before


# What is asked of places and people, on both databases


def test_places_are_told_with_what_a_ruling_would_move(whole: Case) -> None:
    """What is foreseen is what comes; nothing is written before."""
    before, place = rows(whole), village(whole)
    page = asked_place(whole, place)
    assert page.row.state == UNRESOLVED and page.row.uses == len(page.said) == sum(one.times for one in page.spellings)
    assert page.row.incidents == len({one.row.id for one in foreseen_places(whole, [place], THERE).incidents})
    will = foreseen_places(whole, [place], THERE)
    assert rows(whole) == before and {one.how for one in will.incidents} == {"comes"}
    assert place_list(whole, unresolved=True)[0].name in ("Orgoroso", "Salto Grande dam")
    made = locate(whole, place)
    there = asked_place(whole, place)
    assert there.row.state == RULED and [one.decision for one in there.spots] == [made.id]
    withdraw(whole, made.id, who=WHO, at=AT)
    redrawn(whole)
    assert rows(whole) == before


def test_pairs_that_may_be_one_are_told_with_what_joining_changes(case: Case) -> None:
    """A pair that is ruled of, or left for later by somebody, is asked of no more; withdrawn, it is again."""
    alone_here = reading_of("Governor Marit Osk came with the police chief, Anton Osk. Osk said the market was shut.")
    put(case, *(one for one in sample_readings() if "Osk" in one.page.report.text), alone_here)
    pairs = doubles(case, who=WHO)
    names = {row.id: row.name for row in people_list(case, limit=500)}
    told = {frozenset((names[one.one], names[one.two])): one for one in pairs}
    short = told[frozenset(("Marit Osk", "Osk"))]
    assert frozenset(("Anton Osk", "Osk")) in told and short.reasons == ("surname",)
    alone = sum(person(case, one).row.statements for one in (short.one, short.two))
    assert joining(case, short.one, short.two).statements == alone
    made = decide(case, ruling="same_speaker", about=[short.one, short.two], who=WHO, why="the same", at=AT)
    _FOUND.clear()  # as if it took a while: what is found while they are one must not outlast it
    assert short not in doubles(case, who=WHO)
    joined = person(case, short.one)
    assert joined.row.statements == alone and {"Marit Osk", "Osk"} <= {one.spelling for one in joined.spellings}
    withdraw(case, made.id, who=WHO, at=AT)
    assert doubles(case, who=WHO) == pairs
    mark(case, kind=LATER, about=short.key, who=WHO, at=AT)
    assert short not in doubles(case, who=WHO) and doubles(case, who="Ben") == pairs
