"""Clusters: a report is led by the first of which most of it is a copy, whatever comes, goes or is ruled."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from sayso.ledger.case import Case
from sayso.ledger.clusters_kept import begin_clusters, look_at_some
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.erasing import erased
from sayso.ledger.working import clusters
from tests.databases import Cases
from tests.ledger.added import ALONE, AT, FERRY, added
from tests.ledger.sampled import sample_readings
from tests.ledger.test_ledger_laws import put

MARKET, COURIER, GRAVES, GLOBE, ROUNDUP, CUT, BLEND = 0, 1, 4, 5, 11, 12, 14
"""Of the readings of the sample: two of them are copies of the first, one a blend of which most is of the graves."""


def _leads(case: Case) -> dict[str, str]:
    with case.reading() as connection:
        return {row.report_id: row.lead for row in connection.execute(select(clusters))}


def _ids() -> list[str]:
    return [reading.page.report.id for reading in sample_readings()]


@pytest.fixture(scope="module")
def _sample(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = cases.new(tmp_path_factory.mktemp("clusters") / "case")
    put(case, sample_readings())
    return case


def test_copies_are_led_by_the_first_and_a_roundup_leads_itself(_sample: Case) -> None:
    """Of the sixteen thirteen stand for themselves: a stretch shared with others makes no copy."""
    ids, leads = _ids(), _leads(_sample)
    assert leads[ids[GLOBE]] == leads[ids[CUT]] == leads[ids[MARKET]] == ids[MARKET]
    assert leads[ids[BLEND]] == ids[GRAVES]
    assert leads[ids[ROUNDUP]] == ids[ROUNDUP]
    assert leads[ids[COURIER]] == ids[COURIER]
    assert len(set(leads.values())) == 13


def test_a_case_of_old_is_given_the_same_clusters(_sample: Case) -> None:
    """What is kept report by report is what is found in all of them at once; what is odd is looked at after."""
    before = _leads(_sample)
    with _sample.reading() as connection:
        signs = dict(connection.execute(select(clusters.c.report_id, clusters.c.signs)).all())
    with _sample.writing() as connection:
        connection.execute(delete(clusters))
        begin_clusters(connection)
    assert _leads(_sample) == before
    assert (look_at_some(_sample, most=10), look_at_some(_sample, most=10), look_at_some(_sample, most=10)) == (
        10,
        6,
        0,
    )
    with _sample.reading() as connection:
        assert dict(connection.execute(select(clusters.c.report_id, clusters.c.signs)).all()) == signs
    assert " leftovers " in signs[_ids()[GLOBE]]
    assert signs[_ids()[MARKET]] == " "


def test_the_order_of_adding_says_who_leads(case: Case) -> None:
    """The cut copy, added first, stands for the two; the whole one joins it."""
    readings = sample_readings()
    put(case, [readings[CUT], readings[MARKET]])
    ids = _ids()
    assert set(_leads(case).values()) == {ids[CUT]}


def test_a_ruling_joins_and_parts_clusters_and_its_withdrawal_gives_them_back(case: Case) -> None:
    """Two that nothing links are one telling by a ruling; two copies are independent by another."""
    ferry, alone = (one.report for one in added(case, FERRY, ALONE))
    ruled = decide(case, ruling="copy", about=[ferry, alone], who="Ana", why="same words told", at=AT)
    assert set(_leads(case).values()) == {ferry}
    withdraw(case, ruled.id, who="Ana", at=AT)
    assert _leads(case) == {ferry: ferry, alone: alone}
    readings = sample_readings()
    put(case, [readings[MARKET], readings[CUT]])
    ids = _ids()
    parted = decide(case, ruling="independent", about=[ids[MARKET], ids[CUT]], who="Ana", why="both saw it", at=AT)
    assert _leads(case)[ids[CUT]] == ids[CUT]
    withdraw(case, parted.id, who="Ana", at=AT)
    assert _leads(case)[ids[CUT]] == ids[MARKET]


def test_where_the_first_is_erased_the_next_leads(case: Case) -> None:
    """No row names a report that is gone."""
    readings = sample_readings()
    put(case, [readings[MARKET], readings[GLOBE], readings[CUT]])
    ids = _ids()
    erased(case, report=ids[MARKET], who="Ana", why="asked for", at=AT)
    leads = _leads(case)
    assert set(leads) == {ids[GLOBE], ids[CUT]}
    assert set(leads.values()) <= set(leads)
    with case.writing() as connection:
        connection.execute(update(clusters).values(lead="nobody"))
        connection.execute(delete(clusters))
        begin_clusters(connection)
    assert _leads(case) == leads
