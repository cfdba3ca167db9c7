"""Queues: what comes next, why it is asked, who has it, and that nothing is given to two people at once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sayso.ledger.asking import queue as queues
from sayso.ledger.asking.queue import QUEUES, Seat, Wanted, left, next_in
from sayso.ledger.asking.queued import likely_copies, question, waits
from sayso.ledger.asking.queued_figures import disagreeing
from sayso.ledger.asking.reports import report
from sayso.ledger.asking.told_in import told_in
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.erasing import erased
from sayso.ledger.holding import held, hold, released, taken
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.looks import By, Verdict, looked
from sayso.ledger.marks import mark
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.saved import saved
from sayso.ledger.waiting import wait
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added

SOON, LATE = "2031-04-06T00:04:00Z", "2031-04-06T00:06:00Z"
COPY = FERRY.replace("(River Wire)", "(Harbour News)")
KILLED = (
    "OSK, April 5 (River Wire) - Harbour master Ada Brond said on Friday that a shell killed 12 people in Osk market.",
    "OSK, April 5 (Delta One) - The Coastal Ministry said on Friday that a shell killed 30 people in Osk market.",
)


@pytest.fixture
def reports(case: Case) -> list[str]:
    """Reports of a case, in the order in which they were added."""
    return [one.report for one in added(case, FERRY, DENIED, ALONE)]


def _next(case: Case, queue: str = "unseen", who: str = "Ana", at: str = AT, **asked: object) -> tuple[str, ...]:
    return next_in(case, Wanted(queue, Seat(who, at), **asked)).about  # type: ignore[arg-type]


def _all(case: Case, queue: str = "unseen") -> list[str]:
    """All questions of a queue, one after another."""
    found = list(_next(case, queue, few=1))
    while (more := _next(case, queue, after=found[-1], few=1)) and more[0] not in found:
        found += more
    return found


def _left(case: Case, queue: str, who: str = "Ana") -> tuple[int, bool]:
    with case.reading() as connection:
        told = left(case, connection, queue, Seat(who, AT))
    return told.count, told.exactly


def test_reports_are_gone_through_in_their_order_and_their_text(case: Case, reports: list[str]) -> None:
    """Every statement and event once; after the last comes the first again."""
    found = _all(case)
    assert [one.partition("#")[0] for one in found] == sorted(
        (one.partition("#")[0] for one in found), key=reports.index
    )
    whole = {f"{name}#{one.id}" for name in reports for one in _parts(case, name)}
    assert set(found) == whole
    assert len(found) == len(whole) == _left(case, "unseen")[0]
    for one, other in pairwise(found):
        if one.partition("#")[0] == other.partition("#")[0]:
            assert _start(case, one) <= _start(case, other)
    assert _next(case, after=found[-1])[0] == found[0]


def _parts(case: Case, name: str) -> tuple[object, ...]:
    reading = report(case, name).reading
    return (*reading.statements, *reading.events)


def _start(case: Case, about: str) -> int:
    name, _, part = about.partition("#")
    reading = report(case, name).reading
    said = next((one for one in reading.statements if one.id == part), None)
    told = next((one for one in reading.events if one.id == part), None)
    return said.words[0].start if said else told.trigger.start if told else -1


def test_what_was_ruled_is_not_asked_and_comes_back_when_it_is_withdrawn(case: Case, reports: list[str]) -> None:
    first, second = _next(case)[:2]
    before = _left(case, "unseen")[0]
    made = [
        decide(case, ruling="accept", about=[first], who="Ben", why="", at=AT),
        decide(case, ruling="reject", about=[second], who="Ben", why="No.", at=AT),
    ]
    assert not {first, second} & set(_next(case, few=99))
    assert _left(case, "unseen") == (before - 2, True)
    for one in made:
        withdraw(case, one.id, who="Ben", at=AT)
    assert _next(case)[:2] == (first, second)
    assert _left(case, "unseen")[0] == before


def test_it_goes_on_after_the_last_look(case: Case, reports: list[str]) -> None:
    """A person comes back to where they were; others begin at the first."""
    found = _all(case)
    looked(case, Verdict(found[2], "accept", queue="unseen"), By("Ana", AT))
    assert _next(case)[0] == found[3]
    assert _next(case, who="Ben")[0] == found[0]


def test_what_is_held_is_given_to_nobody_else_until_it_ends(case: Case, reports: list[str]) -> None:
    first, second = _next(case)[:2]
    assert hold(case, first, who="Ana", at=AT) is None
    assert _next(case)[0] == first
    assert _next(case, who="Ben", at=SOON)[0] == second
    assert hold(case, first, who="Ben", at=SOON) == "Ana"
    assert question(case, first, Seat("Ben", SOON)).held_by == "Ana"
    assert question(case, first, Seat("Ana", SOON)).held_by is None
    assert hold(case, first, who="Ana", at=SOON) is None, "working extends it"
    assert _next(case, who="Ben", at=LATE)[0] == second
    assert _next(case, who="Ben", at="2031-04-06T00:10:00Z")[0] == first
    with case.writing() as connection:
        assert taken(connection, (first, second), who="Ben", at=LATE) == second
        released(connection, second, who="Ben")
        assert taken(connection, (first,), who="Ben", at=LATE) is None
        assert [one.about for one in held(connection, at=LATE)] == [first]


def test_what_was_skipped_comes_back_on_demand_and_to_others_at_once(case: Case, reports: list[str]) -> None:
    first = _next(case)[0]
    mark(case, kind="skipped", about=first, who="Ana", at=AT)
    assert first not in _next(case, few=99)
    assert _next(case, who="Ben")[0] == first
    assert _next(case, "skipped") == (first,)
    assert _next(case, "skipped", who="Ben") == ()
    assert question(case, first, Seat("Ana", AT)).skipped is not None


def test_figures_that_disagree_are_asked_of_both_tellings(case: Case) -> None:
    """12 and 30 cannot be one number; what was rejected is compared no more."""
    reports = [one.report for one in added(case, *KILLED)]
    incident = set(told_in(case, [f"{one}#ev1" for one in reports]).values())
    if len(incident) > 1:
        decide(case, ruling="same_incident", about=sorted(incident), who="Cy", why="One shell.", at=AT)
    redrawn(case)
    (incident_id,) = set(told_in(case, [f"{one}#ev1" for one in reports]).values())
    with case.reading() as connection:
        found = disagreeing(connection, incident_id)
    assert {one.partition("#")[0] for one in found} == set(reports)
    assert set(_next(case, "figures")) == set(found)
    assert _left(case, "figures") == (len(found), True)
    asked = question(case, found[0], Seat("Ana", AT))
    (why,) = (one for one in asked.why if one.kind == "figures")
    assert why.beside
    assert {one.report for one in why.beside} == set(reports) - {asked.report.id}
    assert asked.incident is not None
    decide(case, ruling="reject", about=[found[0]], who="Cy", why="Another shell.", at=AT)
    with case.reading() as connection:
        assert disagreeing(connection, incident_id) == ()


def test_a_partys_word_is_asked_and_says_so(case: Case, reports: list[str]) -> None:
    """The ministry of a state at war speaks for it; the harbour master of a town does not."""
    added(case, "Halvane's Defense Ministry denied on Sunday that its forces shelled two ferries at Osk port.")
    found = _all(case, "party")
    asked = {one: [why.kind for why in question(case, one, Seat("Ana", AT)).why] for one in _all(case)}
    assert set(found) == {one for one, why in asked.items() if "party" in why}
    assert 0 < len(found) < len(asked)
    assert all("unseen" in why for why in asked.values())
    assert _left(case, "party") == (len(found), True)


def test_doubts_are_those_of_the_reading(case: Case, reports: list[str]) -> None:
    found = set(_next(case, "doubts", few=99))
    for one in _all(case):
        name, _, part = one.partition("#")
        noun = next(each for each in _parts(case, name) if each.id == part)  # type: ignore[attr-defined]
        is_weak = queues.is_weak(noun.found_by)  # type: ignore[attr-defined]
        assert (one in found) == bool(noun.doubts or is_weak), one  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("found_by", "weak"),
    [("tagger", True), ("hedge", True), ("passive:report", True), ("verb:say", False), ("citation+tagger", False)],
)
def test_a_rule_alone_is_weak_where_nobody_is_heard_to_say_it(found_by: str, weak: bool) -> None:
    assert queues.is_weak(found_by) == weak


def test_what_waits_for_a_person_is_a_question_too(case: Case, reports: list[str]) -> None:
    with case.writing() as connection:
        wait(connection, at=AT, kind="lost_anchor", about="dec-0a", says="The words are gone.")
    (about,) = _next(case, "waiting")
    with case.reading() as connection:
        assert waits(connection, about).says == "The words are gone."
        with pytest.raises(NoSuchThing):
            waits(connection, "wait-4711")


def test_a_saved_search_is_a_queue(case: Case, reports: list[str]) -> None:
    """Of what its sentences hold; what is ruled drops out."""
    denials = saved(case, page="queue", name="Denials", query="act=denies", who="Ana", at=AT)
    told = saved(case, page="queue", name="Shelling", query="q=ferries&kind=shelling", who="Ana", at=AT)
    found = _all(case, denials)
    assert found
    assert all(_act(case, one) == "denies" for one in found)
    assert _left(case, denials) == (len(found), True)
    assert all("#ev" in one for one in _all(case, told))
    decide(case, ruling="accept", about=[found[0]], who="Ben", why="", at=AT)
    assert found[0] not in _next(case, denials, few=99)
    nothing = saved(case, page="queue", name="None", query="q=zeppelin", who="Ana", at=AT)
    assert _next(case, nothing) == ()
    assert _left(case, nothing) == (0, True)


def _act(case: Case, about: str) -> str:
    name, _, part = about.partition("#")
    return next(one.act for one in report(case, name).reading.statements if one.id == part)


def test_a_search_that_takes_long_says_how_far_it_came(
    case: Case, reports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And goes on from there."""
    monkeypatch.setattr(queues, "PATIENCE", 0.0)
    monkeypatch.setattr(queues, "FEW", 1)
    monkeypatch.setattr(queues, "MANY", 1)
    monkeypatch.setattr(queues, "doubted", lambda connection, parts: ())
    monkeypatch.setattr(queues._Clock, "is_over", True)
    told = next_in(case, Wanted("doubts", Seat("Ana", AT)))
    assert (told.about, told.through, told.of) == ((), 1, 3)
    again = next_in(case, Wanted("doubts", Seat("Ana", AT), then=told.then))
    assert again.through == 2
    with case.reading() as connection:
        assert not left(case, connection, "doubts", Seat("Ana", AT)).exactly


def test_a_question_has_the_sentences_beside_it(case: Case, reports: list[str]) -> None:
    asked = question(case, f"{reports[1]}#st1", Seat("Ana", AT))
    text = asked.reading.page.report.text
    assert text[asked.own.start : asked.own.end].startswith("The Coastal Ministry denied")
    assert asked.before is None
    assert asked.after is not None
    assert text[asked.after.start : asked.after.end].startswith("Ada Brond erred")
    with pytest.raises(NoSuchThing):
        question(case, f"{reports[1]}#st99", Seat("Ana", AT))
    with pytest.raises(NoSuchThing):
        question(case, reports[1], Seat("Ana", AT))


def test_copies_are_told_with_a_question(case: Case, reports: list[str]) -> None:
    copy = added(case, COPY)[0].report
    asked = question(case, f"{reports[0]}#st1", Seat("Ana", AT))
    assert [one.about for one in asked.copies] == [f"{copy}#st1"]
    assert [row.id for row in likely_copies(case, reports[0])] == [copy]


@pytest.mark.parametrize("queue", QUEUES)
def test_an_empty_case_has_no_questions(case: Case, queue: str) -> None:
    assert _next(case, queue) == ()
    assert _left(case, queue) == (0, True)


def test_what_was_erased_is_asked_no_more(case: Case, reports: list[str]) -> None:
    """A question that was skipped, or held, of a report that is gone is answered in plain words."""
    first = _next(case)[0]
    mark(case, kind="skipped", about=first, who="Ana", at=AT)
    erased(case, report=reports[0], who="Cy", why="asked for", at=AT)
    assert all(reports[0] not in one for one in _next(case, few=99))
    with pytest.raises(NoSuchThing):
        question(case, first, Seat("Ana", AT))
