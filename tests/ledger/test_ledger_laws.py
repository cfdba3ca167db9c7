"""Laws of a case, held on the sample: order does not matter, adding twice changes nothing, a copy adds no origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from sayso.knowledge import Knowledge
from sayso.ledger.adding import add
from sayso.ledger.case import Case
from sayso.ledger.incidents_drawn import put_together
from sayso.ledger.schema import events, family_members, incidents, reports, tables
from sayso.record import Custody, Incident, Reading
from tests.databases import Cases
from tests.ledger.sampled import SAMPLE, sample_readings

AT = "2031-04-05T06:07:08Z"
COPIES = (5, 12)
"""Which of the sample's readings are copies of the first, whole or cut."""


def put(case: Case, given: Sequence[Reading]) -> None:
    """Add readings, in their order."""
    for reading in given:
        path = str(reading.page.report.path)
        add(case, reading.page.report, reading, Custody(AT, "Ana Tester", "sayso 0", path=path), at=AT)


def families(case: Case) -> set[frozenset[tuple[Any, ...]]]:
    """Families by their members."""
    found: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    with case.reading() as connection:
        for row in connection.execute(select(family_members)):
            found[row.family_id].add((row.report_id, row.start, row.end, row.how, row.of))
    return {frozenset(members) for members in found.values()}


def groups(case: Case) -> dict[frozenset[str], str]:
    """Incidents by their events, with their ids."""
    found: dict[str, set[str]] = defaultdict(set)
    with case.reading() as connection:
        for row in connection.execute(select(events)):
            found[row.incident_id].add(f"{row.report_id}#{row.event}")
    return {frozenset(members): name for name, members in found.items()}


def assembled(case: Case) -> dict[frozenset[str], Incident]:
    """Incidents put together, by their events."""
    rows = Knowledge((SAMPLE / "knowledge",))
    with case.reading() as connection:
        return {members: put_together(connection, name, rows) for members, name in groups(case).items()}


def origins(incident: Incident) -> set[tuple[Any, ...]]:
    """The origins of an incident without their ids."""
    return {(one.name, one.naming, one.position, one.party, one.via) for one in incident.origins}


def dates(case: Case) -> dict[str, tuple[Any, ...]]:
    """When each report came out, and how that is known."""
    columns = (reports.c.id, reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis)
    with case.reading() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.execute(select(*columns))}


@pytest.mark.parametrize("seed", [3, 11])
def test_the_order_of_adding_does_not_matter(cases: Cases, tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Families with who copied whom, dates told by families, incidents and their origins are the same."""
    shuffled = list(sample_readings())
    Random(seed).shuffle(shuffled)
    told = []
    for given in (sample_readings(), shuffled):
        case = cases.new(tmp_path_factory.mktemp("order") / "case")
        put(case, given)
        found = {members: origins(incident) for members, incident in assembled(case).items()}
        told.append((families(case), dates(case), found))
        case.closed()
    assert told[0] == told[1]
    assert any(len(members) > 2 for members in told[0][2])


def test_adding_twice_changes_nothing(case: Case) -> None:
    """Not a row of any table, the second time all in another order."""
    put(case, sample_readings()[:8])
    with case.reading() as connection:
        before = {name: sorted(map(repr, connection.execute(select(table)))) for name, table in tables.tables.items()}
    put(case, sample_readings()[:8][::-1])
    with case.reading() as connection:
        after = {name: sorted(map(repr, connection.execute(select(table)))) for name, table in tables.tables.items()}
    assert before == after


@pytest.mark.parametrize("copy", COPIES)
def test_adding_a_copy_never_adds_an_origin(case: Case, copy: int) -> None:
    """Of any incident that was there before."""
    rest = [reading for number, reading in enumerate(sample_readings()) if number not in COPIES]
    put(case, rest)
    before = assembled(case)
    put(case, [sample_readings()[copy]])
    after = assembled(case)
    compared = 0
    for members, incident in before.items():
        (grown,) = [other for found, other in after.items() if members & found and members <= found]
        assert len(grown.origins) <= len(incident.origins), (incident.id, origins(grown) - origins(incident))
        compared += grown.counter.copies > incident.counter.copies
    assert compared


def test_every_event_is_in_one_incident_that_is_listed(case: Case) -> None:
    """And no incident is listed without one."""
    put(case, sample_readings())
    with case.reading() as connection:
        listed = set(connection.execute(select(incidents.c.id)).scalars())
    assert set(groups(case).values()) == listed
