"""Everything done to a case leaves a row, and each row holds the one before."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.schema import audit as table

AT = "2031-04-06T00:00:00Z"


def _noted(case: Case, count: int) -> list[audit.Noted]:
    with case.writing() as connection:
        for n in range(count):
            audit.note(connection, at=AT, who="Zoë", what="added", about=f"sha256:{n}", body={"words": n, "by": "ö"})
    with case.reading() as connection:
        return list(audit.rows(connection))


def test_each_row_holds_the_hash_of_the_row_before(case: Case) -> None:
    """From the first on."""
    rows = _noted(case, 3)
    assert [row.previous for row in rows] == [audit.FIRST, *(row.hash for row in rows[:-1])]
    assert [row.seq for row in rows] == [1, 2, 3, 4]


def test_a_hash_is_that_of_the_line(case: Case) -> None:
    """Which anybody can write down and hash."""
    row = _noted(case, 1)[-1]
    assert row.line == (
        '{"about":"sha256:0","at":"2031-04-06T00:00:00Z","body":{"by":"ö","words":0},'
        f'"previous":"{row.previous}","seq":2,"what":"added","who":"Zoë"}}\n'
    )
    assert row.hash == row.true_hash == hashlib.sha256(row.line.encode()).hexdigest()


@pytest.mark.parametrize("column", ["at", "who", "what", "about", "body", "previous", "seq"])
def test_no_part_of_a_row_can_change_unseen(case: Case, column: str) -> None:
    """Each is in the hash."""
    _noted(case, 1)
    with case.writing() as connection:
        other = {"body": '{"by":"o","words":0}', "seq": 9}.get(column, "other")
        connection.execute(table.update().where(table.c.seq == 2).values({column: other}))
    with case.reading() as connection:
        row = list(audit.rows(connection))[-1]
    assert row.true_hash != row.hash


def test_a_row_goes_with_what_it_tells_of(case: Case) -> None:
    """Where the work fails, nothing says that it was done."""
    with pytest.raises(ZeroDivisionError), case.writing() as connection:
        audit.note(connection, at=AT, who="x", what="added", about="y", body={})
        1 / 0  # noqa: B018
    with case.reading() as connection:
        assert connection.execute(select(table.c.what)).scalars().all() == ["made"]


def test_rows_about_one_thing_can_be_asked_for(case: Case) -> None:
    """As the page of a report does."""
    _noted(case, 3)
    with case.reading() as connection:
        assert [row.seq for row in audit.rows(connection, about="sha256:1")] == [3]
