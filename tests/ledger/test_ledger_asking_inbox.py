"""The inbox asked: clusters as rows, in each order, of each sort, with what is odd about them and what was marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from sayso.ledger.adding import note_failure
from sayso.ledger.asking.inbox import (
    ORDERS,
    SHOWS,
    Cluster,
    Inbox,
    clusters_of,
    counted,
    is_empty,
    lead_of,
    sizes,
)
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.taken import count_lost, lost, running, taken
from sayso.ledger.case import Case
from sayso.ledger.marks import PARKED, SEEN, mark, withdraw_all
from sayso.ledger.schema import reports, statements
from sayso.ledger.taking_in import DONE, FAILED, FILE, URL, By, Handed, asked_for, came_to, claimed, ended, taken_in
from sayso.record import Custody, Problem
from tests.databases import Cases
from tests.ledger.sampled import sample_readings
from tests.ledger.test_ledger_laws import put

AT = "2031-04-06T10:00:00Z"
LATER = "2031-04-06T10:00:30Z"
MARKET, GRAVES, CORRECTION, CUT = 0, 4, 9, 12


@pytest.fixture(scope="module")
def sample(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The sample, for tests that only ask."""
    case = cases.new(tmp_path_factory.mktemp("inbox") / "case")
    put(case, sample_readings())
    return case


@pytest.fixture
def few(case: Case) -> Case:
    """Three clusters: the market with its cut copy, the graves, a correction."""
    put(case, [sample_readings()[n] for n in (MARKET, GRAVES, CORRECTION, CUT)])
    return case


def _id(n: int) -> str:
    return sample_readings()[n].page.report.id


def _shown(case: Case, asked: Inbox = Inbox(), by: str = "added") -> list[str]:  # noqa: B008 - it is frozen
    return [one.report for one in clusters_of(case, asked, by=by)[0]]


def _market(case: Case) -> Cluster:
    return next(one for one in clusters_of(case, Inbox("all"))[0] if one.report == _id(MARKET))


def test_copies_are_one_row_that_says_which_was_first_and_how_the_others_were_made(sample: Case) -> None:
    """Counts are of the report shown, and no copy is counted as more."""
    market = _market(sample)
    assert (market.count, market.has_origin, market.shown.report) == (3, True, _id(MARKET))
    assert {one.how for one in market.copies} == {"original", "reworded", "cut"}
    assert {one.of for one in market.copies[1:]} == {_id(MARKET)}
    own = sample_readings()[MARKET]
    assert market.statements == len(own.statements)
    assert market.denials == sum(one.act == "denies" for one in own.statements)
    assert market.unverified == sum(one.act == "cannot_verify" for one in own.statements)
    assert market.incidents > 0
    assert dict(market.flags) == {"do_not_quote": 1, "damaged": 1, "reworded": 1, "leftovers": 2}
    assert (market.state, market.marked_by) == ("new", None)
    assert len(clusters_of(sample, Inbox())[0]) == 13


@pytest.mark.parametrize("by", ORDERS)
def test_pages_of_every_order_hold_each_row_once(sample: Case, by: str) -> None:
    """Going on after a place, nothing is told twice and nothing is left out."""
    whole = _shown(sample, by=by)
    parts: list[str] = []
    after: str | None = None
    for _ in range(5):
        rows, after = clusters_of(sample, Inbox(), by=by, limit=3, after=after)
        parts += [one.report for one in rows]
        if after is None:
            break
    assert parts == whole
    assert len(set(whole)) == 13


def test_the_orders_are_what_they_are_called(sample: Case) -> None:
    """Most copies first, the last added first, the latest first."""
    copies = [one.count for one in clusters_of(sample, Inbox(), by="copies")[0]]
    assert copies == sorted(copies, reverse=True)
    assert copies[0] == 3
    assert _shown(sample)[0] == _id(15)
    rows = clusters_of(sample, Inbox(), by="published")[0]
    days = [max(copy.published.earliest or "" for copy in one.copies) for one in rows]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("after", ["x", "3", "~", "3~x", "x~3"])
def test_a_place_that_is_none_is_told(sample: Case, after: str) -> None:
    """And is no fault."""
    with pytest.raises(BadQuestion, match="no place"):
        clusters_of(sample, Inbox(), after=after)


def test_rows_are_narrowed_by_any_report_of_theirs(sample: Case) -> None:
    """By a publisher that printed a copy, by a day, by who added one."""
    assert _shown(sample, Inbox(publisher="meridian post")) == [_id(MARKET), _id(CORRECTION)]
    assert _id(MARKET) in _shown(sample, Inbox(day="2024-03-12"))
    assert _id(CORRECTION) not in _shown(sample, Inbox(day="2024-03-12"))
    assert len(_shown(sample, Inbox(by_whom="Ana Tester"))) == 13
    assert _shown(sample, Inbox(by_whom="Ben")) == []
    assert _shown(sample, Inbox(lead=_id(GRAVES))) == [_id(GRAVES)]
    with pytest.raises(BadQuestion):
        clusters_of(sample, Inbox(day="soon"))


def test_a_row_is_new_until_it_was_seen_or_parked(few: Case) -> None:
    """Parked weighs more than seen; what is withdrawn counts no more. Each sort is counted."""
    assert counted(few) == {"new": 3, "seen": 0, "parked": 0, "flagged": 1, "all": 3}
    mark(few, kind=SEEN, about=_id(MARKET), who="Ana", at=AT)
    mark(few, kind=SEEN, about=_id(GRAVES), who="Ana", at=AT)
    mark(few, kind=PARKED, about=_id(GRAVES), who="Ben", at=AT)
    assert {show: len(_shown(few, Inbox(show))) for show in SHOWS} == counted(few)
    assert counted(few) == {"new": 1, "seen": 1, "parked": 1, "flagged": 1, "all": 3}
    (parked,) = clusters_of(few, Inbox("parked"))[0]
    assert (parked.report, parked.state, parked.marked_by) == (_id(GRAVES), "parked", "Ben")
    withdraw_all(few, kind=PARKED, about=_id(GRAVES), who="Ana", at=LATER)
    assert set(_shown(few, Inbox("seen"))) == {_id(GRAVES), _id(MARKET)}


def test_a_copy_that_comes_later_stays_with_what_was_set_aside(few: Case) -> None:
    """The mark is at the first of the cluster."""
    mark(few, kind=PARKED, about=_id(MARKET), who="Ana", at=AT)
    put(few, [sample_readings()[5]])
    assert _market(few).count == 3
    assert _shown(few, Inbox("parked")) == [_id(MARKET)]
    with few.reading() as connection:
        assert lead_of(connection, _id(5)) == _id(MARKET)


def test_flags_come_from_what_is_known_of_each_copy(few: Case) -> None:
    """No date; leftovers; found changed by the last check of the seals."""
    with few.writing() as connection:
        gone = {"published_earliest": None, "published_latest": None, "published_basis": "unknown"}
        connection.execute(update(reports).where(reports.c.id == _id(GRAVES)).values(gone))
    flagged = {one.report: dict(one.flags) for one in clusters_of(few, Inbox("flagged"))[0]}
    assert flagged == {_id(GRAVES): {"no_date": 1}, _id(MARKET): {"leftovers": 1}}
    assert sizes(few, [_id(GRAVES)]) == {_id(GRAVES): len(sample_readings()[GRAVES].page.report.data)}


def test_what_was_rejected_is_not_counted(few: Case) -> None:
    """A statement that a person rejected is none of the report's."""
    before = _market(few).statements
    with few.writing() as connection:
        mine = (statements.c.report_id == _id(MARKET)) & (statements.c.statement == "st1")
        connection.execute(update(statements).where(mine).values(ruled="rejected"))
    assert _market(few).statements == before - 1


def test_a_case_without_reports_is_empty(case: Case) -> None:
    """And asking it tells nothing."""
    assert is_empty(case)
    assert clusters_of(case, Inbox("all")) == ([], None)
    assert counted(case) == dict.fromkeys(SHOWS, 0)
    put(case, [sample_readings()[MARKET]])
    assert not is_empty(case)


# What is being read


def test_how_far_the_reading_is(case: Case) -> None:
    """The how-many-eth of what was handed in together; nothing once all is read."""
    assert running(case) is None
    ids = [taken_in(case, Handed(FILE, name), name.encode(), By("Ana", AT)).id for name in "abc"]
    waiting = running(case)
    assert waiting is not None
    assert (waiting.now, waiting.at, waiting.of, waiting.waiting) == (None, 1, 3, 3)
    claimed(case, "here", at=AT)
    ended(case, ids[0], state=DONE, says=None, at=LATER)
    claimed(case, "here", at=LATER)
    now = running(case)
    assert now is not None
    assert now.now is not None
    assert (now.now.id, now.at, now.of, now.waiting) == (ids[1], 2, 3, 1)
    for one in ids[1:]:
        claimed(case, "here", at=LATER)
        ended(case, one, state=DONE, says=None, at=LATER)
    assert running(case) is None
    assert [one.id for one in taken(case)] == ids[::-1]
    assert [one.id for one in taken(case, after=ids[2], limit=1)] == [ids[1]]
    assert [one.id for one in taken(case, ids=[ids[0]])] == [ids[0]]


def test_what_gave_no_report_is_told_once_with_what_can_be_tried_again(case: Case) -> None:
    """Files, addresses and parts; what failed before it was opened first."""
    taken_in(case, Handed(FILE, "../scan.pdf"), b"%PDF", By("Ana", AT))
    asked_for(case, Handed(URL, "https://wire.example/gone"), By("Ben", AT))
    taken_in(case, Handed(FILE, "lost.txt"), b"lost", By("Ana", AT))
    problem = Problem("pdf", "This is a PDF.")
    note_failure(case, Custody(AT, "Ana", "sayso", path="scan.pdf"), problem)
    note_failure(case, Custody(AT, "Ben", "sayso", url="https://wire.example/gone"), replace(problem, says="404"))
    note_failure(
        case, Custody(AT, "Ana", "sayso", path="in/feed.xml", locator="item 3"), replace(problem, says="empty")
    )
    for count in (1, 1, 0):
        got = claimed(case, "here", at=AT)
        assert got is not None
        came_to(case, got.id, {"failed": count}, at=LATER)
        ended(case, got.id, state=FAILED, says="why", at=LATER)
    found, more = lost(case)
    told = [(one.failed.path or one.failed.url, one.failed.says, one.taken.id if one.taken else None) for one in found]
    assert told == [
        ("lost.txt", "why", 3),
        ("in/feed.xml", "empty", None),
        ("https://wire.example/gone", "404", 2),
        ("scan.pdf", "This is a PDF.", 1),
    ]
    assert (more, count_lost(case)) == (None, 4)
    first, more = lost(case, limit=2)
    assert len(first) == 3
    assert [one.failed.path for one in lost(case, limit=2, after=more)[0]] == ["scan.pdf"]
