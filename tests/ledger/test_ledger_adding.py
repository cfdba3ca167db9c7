"""A report that was added is there whole, once, with where it came from; nothing else of the case changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from sayso.accounts.tellings import tellings
from sayso.ledger import audit, originals
from sayso.ledger.adding import add
from sayso.ledger.case import Case
from sayso.ledger.packing import noun_from, unpacked
from sayso.ledger.problems import Erased
from sayso.ledger.schema import (
    custody,
    events,
    incidents,
    places,
    readings,
    reports,
    sentences,
    sources,
    statements,
    tables,
    tombstones,
)
from sayso.record import Custody, Reading, Saying, Telling
from tests.ledger.sampled import sample_readings

AT = "2031-04-05T06:07:08Z"


def came(path: str = "in/a.txt", **more: Any) -> Custody:
    """How a report came in."""
    return Custody(at=AT, by="Ana Tester", using="sayso 0", path=path, **more)


def put(case: Case, reading: Reading, origin: Custody | None = None) -> Any:
    """Add a reading."""
    return add(case, reading.page.report, reading, origin or came(), at=AT)


def count(case: Case, table: Any) -> int:
    """How many rows a table has."""
    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def everything(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with case.reading() as connection:
        return {name: sorted(map(repr, connection.execute(select(table)))) for name, table in tables.tables.items()}


@pytest.fixture
def market() -> Reading:
    """The sample's first report."""
    return sample_readings()[0]


def test_what_was_added_is_had_back_as_it_was(case: Case, market: Reading) -> None:
    """The reading, from its packed bytes, the text beside it and the original."""
    assert not put(case, market).known
    with case.reading() as connection:
        row = connection.execute(select(reports)).one()
        packed = connection.execute(select(readings.c.packed).where(readings.c.current)).scalar_one()
    assert unpacked(packed, row.text, originals.original(case, row.id)) == market


def test_every_sentence_statement_event_and_place_is_a_row(case: Case, market: Reading) -> None:
    """As many as the reading has, each with the sentence it stands in."""
    put(case, market)
    assert count(case, sentences) == len(market.page.sentences) + 1  # the title
    assert count(case, statements) == len(market.statements)
    assert count(case, sources) == len(market.sources)
    assert count(case, events) == len(market.events)
    assert count(case, places) == len(market.grounds.places)
    with case.reading() as connection:
        told = connection.execute(
            select(events.c.start, sentences.c.start, sentences.c.end).join(
                sentences, sentences.c.id == events.c.sentence_id
            )
        ).all()
    assert len(told) == len(market.events)
    assert all(start <= trigger < end for trigger, start, end in told)


def test_tellings_and_sayings_are_kept_for_comparing(case: Case, market: Reading) -> None:
    """As the accounts make them of the reading."""
    put(case, market)
    with case.reading() as connection:
        held = connection.execute(select(events.c.telling).order_by(events.c.id)).scalars().all()
        said = connection.execute(select(statements.c.statement, statements.c.saying)).all()
    assert tuple(noun_from(Telling, one) for one in held) == tellings(market)
    assert all(noun_from(Saying, saying).statement == name for name, saying in said)


def test_every_event_has_an_incident_that_is_there(case: Case) -> None:
    """No event is lost to the list of incidents."""
    for reading in sample_readings()[:4]:
        put(case, reading)
    with case.reading() as connection:
        lost = select(func.count()).select_from(events).where(events.c.incident_id.not_in(select(incidents.c.id)))
        assert connection.execute(lost).scalar_one() == 0
    assert count(case, events) > 0


def test_the_same_file_again_changes_nothing(case: Case, market: Reading) -> None:
    """Not one row of any table, the audit's neither."""
    put(case, market)
    before = everything(case)
    assert put(case, market).known
    assert everything(case) == before


def test_the_same_bytes_from_elsewhere_are_one_report_that_came_twice(case: Case, market: Reading) -> None:
    """A second row of custody, whether path, archive or place in the archive differs."""
    put(case, market)
    for origin in (came("in/b.txt"), came(container="sha256:ab"), came(container="sha256:ab", locator="line 2")):
        assert put(case, market, origin).known
    assert (count(case, reports), count(case, readings), count(case, custody)) == (1, 1, 4)


def test_the_audit_has_a_row_for_each_report_and_each_way_it_came(case: Case, market: Reading) -> None:
    """By whom, when and about what, never with words of the report."""
    put(case, market)
    put(case, market, came("in/b.txt"))
    with case.reading() as connection:
        noted = list(audit.rows(connection, about=market.page.report.id))
    assert [(one.what, one.who, one.at) for one in noted] == [
        ("added", "Ana Tester", AT),
        ("found_again", "Ana Tester", AT),
    ]


def test_an_adding_that_fails_leaves_no_half_report(
    case: Case, market: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All rows of a report or none: the original may be there, and waits for the next try."""
    put(case, sample_readings()[1])
    before = everything(case)

    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr("sayso.ledger.reading_rows.keep_incidents", broken)
        with pytest.raises(KeyError):
            put(case, market)
    assert everything(case) == before
    assert not put(case, market).known


def test_what_was_erased_is_not_added_again(case: Case, market: Reading) -> None:
    """Nor are its bytes kept: the tombstone is met before anything is written."""
    with case.writing() as connection:
        connection.execute(
            tombstones.insert().values(
                about=market.page.report.id, kind="report", at=AT, who="Ana Tester", why="a life depends on it"
            )
        )
    with pytest.raises(Erased, match="a life depends on it"):
        put(case, market)
    assert not list(originals.on_disk(case))


def test_reports_in_a_language_nobody_reads_are_kept_too(case: Case, tmp_path: Path) -> None:
    """With their text, no statement and no event."""
    import sayso

    reading = sayso.read_text("xq1 zrt\x00 \ufdd0\n")
    assert not put(case, reading).known
    with case.reading() as connection:
        assert connection.execute(select(reports.c.text)).scalar_one() == "xq1 zrt\x00 \ufdd0\n"
