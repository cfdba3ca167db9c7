"""Marks stand until they are withdrawn, stay written down after, and lose their words where these are erased."""

from __future__ import annotations

import json

import pytest

from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.erasing import erased
from sayso.ledger.marks import PARKED, Mark, mark, marks, withdraw, withdraw_all
from tests.ledger.rows import AT, put_event, put_report

LATER = "2031-04-07T00:00:00Z"


def _standing(case: Case, **asked: str) -> tuple[Mark, ...]:
    with case.reading() as connection:
        return marks(connection, **asked)  # type: ignore[arg-type]


def _noted(case: Case) -> list[tuple[str, str, str]]:
    with case.reading() as connection:
        return [(row.what, row.who, row.about) for row in audit.rows(connection)][1:]


def test_a_mark_stands_once_for_each_person(case: Case) -> None:
    """The same again is the mark that stands; another person, another kind or other words are another mark."""
    first = mark(case, kind=PARKED, about="inc-0a", who="Ana", at=AT)
    assert mark(case, kind=PARKED, about="inc-0a", who="Ana", at=LATER) == first
    mark(case, kind=PARKED, about="inc-0a", who="Ben", at=AT)
    mark(case, kind="noted", about="inc-0a", value="ask the mill", who="Ana", at=AT)
    mark(case, kind=PARKED, about="inc-0b", who="Ana", at=AT)
    assert len(_standing(case)) == 4
    assert [one.who for one in _standing(case, kind=PARKED, about="inc-0a")] == ["Ana", "Ben"]
    assert [one.value for one in _standing(case, kind="noted")] == ["ask the mill"]
    assert {one.about for one in _standing(case, who="Ana")} == {"inc-0a", "inc-0b"}


def test_a_mark_is_withdrawn_and_stays_written_down(case: Case) -> None:
    """With who withdrew it and when; withdrawing twice changes nothing."""
    made = mark(case, kind=PARKED, about="inc-0a", who="Ana", at=AT)
    assert withdraw(case, made.id, who="Ben", at=LATER)
    assert not withdraw(case, made.id, who="Ben", at=LATER)
    assert _standing(case) == ()
    with case.reading() as connection:
        (kept,) = marks(connection, also_withdrawn=True)
    assert (kept.withdrawn_by, kept.withdrawn_at) == ("Ben", LATER)
    assert _noted(case) == [("marked", "Ana", "inc-0a"), ("unmarked", "Ben", "inc-0a")]


def test_all_marks_of_a_kind_are_withdrawn(case: Case) -> None:
    """Whoever set them; other kinds stay."""
    for who in ("Ana", "Ben"):
        mark(case, kind=PARKED, about="inc-0a", who=who, at=AT)
    mark(case, kind="noted", about="inc-0a", value="yes", who="Ana", at=AT)
    assert len(withdraw_all(case, kind=PARKED, about="inc-0a", who="Cy", at=LATER)) == 2
    assert [one.kind for one in _standing(case)] == ["noted"]


def test_the_audit_holds_no_words_of_a_mark(case: Case) -> None:
    """They can be erased from the marks alone."""
    mark(case, kind="noted", about="inc-0a", value="ask Ilo Ferrant", who="Ana", at=AT)
    with case.reading() as connection:
        rows = list(audit.rows(connection))
    assert "Ferrant" not in "".join(row.line for row in rows)
    assert json.loads(rows[-1].body) == {"kind": "noted", "mark": 1}


@pytest.mark.parametrize("part", ["", "#ev1"])
def test_what_is_erased_takes_the_words_of_its_marks(case: Case, part: str) -> None:
    """The mark itself stays: that somebody set it is known."""
    with case.writing() as connection:
        report = put_report(connection, "The mill was shelled at dawn.")
        put_event(connection, report, "ev1", "shelled")
    mark(case, kind="noted", about=f"{report}{part}", value="shelled, it says", who="Ana", at=AT)
    mark(case, kind="noted", about="inc-0a", value="of another", who="Ana", at=AT)
    erased(case, report=report, who="Ana", why="wrong file", at=LATER)
    assert [one.value for one in _standing(case)] == ["[erased]", "of another"]


def test_a_name_is_withheld_in_marks(case: Case) -> None:
    """As in everything that people typed."""
    made = mark(case, kind="noted", about="inc-0a", value="ask Ilo Ferrant", who="Ana", at=AT)
    erased(case, name="Ilo Ferrant", who="Ana", why="asked for", at=LATER)
    (kept,) = _standing(case)
    assert kept.id == made.id
    assert (kept.value or "").startswith("ask [name withheld ")
