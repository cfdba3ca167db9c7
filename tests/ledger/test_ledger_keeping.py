"""What people rule takes effect at once, what they withdraw is as it was, and what is added later heeds it."""

from __future__ import annotations

from collections import defaultdict

import pytest
from sqlalchemy import select

from sayso.ledger.adding import add
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.schema import events, family_members, incidents, redirects, sources, speakers, statements
from sayso.record import Custody, Decision, Reading
from tests.ledger.sampled import sample_readings

AT = "2031-04-05T06:07:08Z"


def put(case: Case, *readings: Reading) -> None:
    """Add readings."""
    for reading in readings:
        path = str(reading.page.report.path)
        add(case, reading.page.report, reading, Custody(AT, "Ana Tester", "sayso 0", path=path), at=AT)


def rule(case: Case, ruling: str, *about: str, value: str | None = None) -> Decision:
    """Rule something."""
    return decide(case, ruling=ruling, about=about, value=value, who="Ana Tester", why="seen on the video", at=AT)


def groups(case: Case) -> set[frozenset[str]]:
    """The events of each incident, by report and id."""
    found: dict[str, set[str]] = defaultdict(set)
    with case.reading() as connection:
        for row in connection.execute(select(events)):
            found[row.incident_id].add(f"{row.report_id}#{row.event}")
    return {frozenset(group) for group in found.values()}


def families(case: Case) -> set[frozenset[str]]:
    """The reports of each family."""
    found: dict[str, set[str]] = defaultdict(set)
    with case.reading() as connection:
        for row in connection.execute(select(family_members)):
            found[row.family_id].add(row.report_id)
    return {frozenset(group) for group in found.values()}


def incident_of(case: Case, event: str) -> str:
    """The incident of an event."""
    report, _, name = event.partition("#")
    with case.reading() as connection:
        here = (events.c.report_id == report) & (events.c.event == name)
        return connection.execute(select(events.c.incident_id).where(here)).scalar_one()


@pytest.fixture
def held(case: Case) -> Case:
    """A case with four reports of the market, two of them copies, and one of another place."""
    put(case, *(sample_readings()[number] for number in (0, 1, 5, 12, 6)))
    return case


def _two_apart(case: Case) -> tuple[str, str]:
    """An event of each of two incidents."""
    one, two = sorted((sorted(group) for group in groups(case)), key=len)[-2:]
    return one[0], two[0]


def test_what_is_ruled_one_incident_is_one_until_it_is_withdrawn(held: Case) -> None:
    """With all that either had, under the id of the older; the other leads to it."""
    before = groups(held)
    one, two = _two_apart(held)
    ids = {incident_of(held, one), incident_of(held, two)}
    ruled = rule(held, "same_incident", *sorted(ids))
    assert incident_of(held, one) == incident_of(held, two)
    with held.reading() as connection:
        moved = connection.execute(select(redirects).where(redirects.c.old.in_(ids))).one()
    assert {moved.old, moved.new} == ids
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    assert groups(held) == before
    assert {incident_of(held, one), incident_of(held, two)} == ids


def test_what_is_ruled_another_incident_is_taken_out_until_it_is_withdrawn(held: Case) -> None:
    """Of two events that were taken for one."""
    before = groups(held)
    one, two = sorted(max(before, key=len))[:2]
    ruled = rule(held, "different_incident", one, two)
    assert incident_of(held, one) != incident_of(held, two)
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    assert groups(held) == before


def test_rulings_hold_for_what_is_added_later(held: Case) -> None:
    """A further report draws the same incidents again and does not join what was parted."""
    one, two = sorted(max(groups(held), key=len))[:2]
    rule(held, "different_incident", one, two)
    put(held, sample_readings()[11])
    assert incident_of(held, one) != incident_of(held, two)


def test_what_is_ruled_independent_leaves_its_family_until_it_is_withdrawn(held: Case) -> None:
    """And what is ruled a copy is in one."""
    before = families(held)
    first, copy = (sample_readings()[number].page.report.id for number in (0, 5))
    ruled = rule(held, "independent", first, copy)
    assert not any({first, copy} <= family for family in families(held))
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    assert families(held) == before
    other = sample_readings()[6].page.report.id
    ruled = rule(held, "copy", first, other)
    assert any({first, other} <= family for family in families(held))
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    assert families(held) == before


def test_a_statement_is_marked_as_ruled_and_its_incidents_are_drawn_again(held: Case) -> None:
    """Rejected, and not any more."""
    redrawn(held)
    report = sample_readings()[0].page.report.id
    mine = (statements.c.report_id == report) & (statements.c.statement == "st1")
    every_row = select(incidents).order_by(incidents.c.id)
    with held.reading() as connection:
        before = connection.execute(every_row).all()
    ruled = rule(held, "reject", f"{report}#st1")
    with held.reading() as connection:
        assert connection.execute(select(statements.c.ruled).where(mine)).scalar_one() == "rejected"
        assert connection.execute(every_row).all() != before
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    with held.reading() as connection:
        assert connection.execute(select(statements.c.ruled).where(mine)).scalar_one() is None
        assert connection.execute(every_row).all() == before


def test_for_whom_somebody_speaks_is_as_ruled(held: Case) -> None:
    """And as the reports have it once that is withdrawn."""
    with held.reading() as connection:
        speaker = connection.execute(select(speakers).where(speakers.c.party.is_(None)).order_by(speakers.c.id)).first()
    assert speaker is not None
    ruled = rule(held, "speaks_for", speaker.id, value="halvane")
    with held.reading() as connection:
        mine = select(speakers.c.party).where(speakers.c.id == speaker.id)
        assert connection.execute(mine).scalar_one() == "halvane"
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    with held.reading() as connection:
        assert connection.execute(mine).scalar_one() is None


@pytest.mark.parametrize(
    ("ruling", "value"), [("speaks_for", "halvane"), ("position", "witness"), ("show_private", None)]
)
def test_speakers_are_as_they_were_once_a_ruling_is_withdrawn(held: Case, ruling: str, value: str | None) -> None:
    """Also those whose side a report's words give, and no office of theirs."""
    every = select(speakers).order_by(speakers.c.id)
    with held.reading() as connection:
        before = connection.execute(every).all()
    sided = [row.id for row in before if row.party]
    assert sided
    for speaker in (*sided[:8], before[0].id):
        withdraw(held, rule(held, ruling, speaker, value=value).id, who="Ana Tester", at=AT)
    with held.reading() as connection:
        assert connection.execute(every).all() == before


def test_two_speakers_ruled_one_speak_as_one_until_it_is_withdrawn(held: Case) -> None:
    """The first known keeps the id."""
    by_speaker = select(sources.c.report_id, sources.c.source, sources.c.speaker_id).order_by(
        sources.c.report_id, sources.c.source
    )
    with held.reading() as connection:
        before = connection.execute(by_speaker).all()
        named = select(speakers.c.id).where(speakers.c.naming == "named").order_by(speakers.c.id).limit(2)
        one, two = connection.execute(named).scalars().all()
    ruled = rule(held, "same_speaker", one, two)
    with held.reading() as connection:
        now = {row.speaker_id for row in connection.execute(by_speaker)}
    assert len({one, two} & now) == 1
    withdraw(held, ruled.id, who="Ana Tester", at=AT)
    with held.reading() as connection:
        assert connection.execute(by_speaker).all() == before
