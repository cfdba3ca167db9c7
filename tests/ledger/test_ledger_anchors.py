"""A decision rests on words, and finds them again when a report is read anew."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, update

from sayso.ledger.anchors import Reanchored, place_of, reanchor
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions, lost, withdraw
from sayso.ledger.schema import events, reports, sources, statements
from sayso.ledger.waiting import waiting
from sayso.record import Decision, Span
from tests.ledger.rows import AT, put_event, put_report, put_speaker, put_statement

TEXT = "Ada Brond said that the ferry sank. Later she said that the ferry sank slowly."
LATER = "2031-05-01T00:00:00Z"


pytestmark = pytest.mark.usefixtures("applied")


# Where words stand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TEXT, "that the ferry sank. ", id="where they stood"),
        pytest.param("By a reporter. " + TEXT, "that the ferry sank. ", id="further on, told apart by what is around"),
        pytest.param("She said that the ferry sank.", "that the ferry sank.", id="once, elsewhere"),
        pytest.param("Nothing of the sort.", None, id="nowhere"),
        pytest.param("the ferry sank the ferry sank", None, id="twice, and nothing around says which"),
        pytest.param("", None, id="in no text at all"),
    ],
)
def test_words_are_found_where_they_are_meant(text: str, expected: str | None) -> None:
    """Exactly, at one place, or not at all: never somewhere near."""
    words, start = "the ferry sank", TEXT.index("the ferry sank")
    found = place_of(text, Span(start, start + len(words)), words, TEXT[:start][-32:], TEXT[start + len(words) :][:32])
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert text[found.start - 5 :].startswith(expected)
        assert text[found.start : found.end] == words


def test_no_words_are_found_nowhere() -> None:
    """An empty anchor would be everywhere."""
    assert place_of(TEXT, Span(0, 0), "", "", TEXT[:32]) is None


# After a new reading


@pytest.fixture
def report(case: Case) -> str:
    """A report with two statements, an event and a speaker."""
    with case.writing() as connection:
        one = put_report(connection, TEXT, report="sha256:" + "a" * 64)
        put_statement(connection, one, "st1", "that the ferry sank.")
        put_statement(connection, one, "st2", "that the ferry sank slowly")
        put_event(connection, one, "ev1", "sank", incident="inc-0a")
        put_speaker(connection, "spk-0a", {one: "Ada Brond"})
    return one


def _decided(case: Case, about: str, *, ruling: str = "accept", value: str | None = None) -> Decision:
    return decide(case, ruling=ruling, about=[about], value=value, who="Ana", why="checked", at=AT)


def _new_text(connection: Connection, report: str, text: str) -> None:
    connection.execute(update(reports).where(reports.c.id == report).values(text=text))
    for table in (statements, events, sources):
        connection.execute(table.delete().where(table.c.report_id == report))


def _standing(case: Case) -> Decision:
    with case.reading() as connection:
        (one,) = decisions(connection)
    return one


def test_a_decision_follows_its_words(case: Case, report: str) -> None:
    """To another place and to another number of statement."""
    made = _decided(case, f"{report}#st1")
    with case.writing() as connection:
        _new_text(connection, report, "From our reporter. " + TEXT)
        put_statement(connection, report, "st1", "From our reporter")
        put_statement(connection, report, "st2", "that the ferry sank.")
        put_statement(connection, report, "st3", "that the ferry sank slowly")
        assert reanchor(connection, report, at=LATER) == Reanchored(held=(made.id,))
    now = _standing(case)
    assert now.about == (f"{report}#st2",)
    assert [(one.span.start, one.words) for one in now.anchors] == [(34, "that the ferry sank.")]


@pytest.mark.parametrize(
    ("text", "statement", "says"),
    [
        ("Ada Brond said nothing.", "said nothing", "no longer stand at one place"),
        (TEXT, "said", "nothing is read any more where"),
    ],
    ids=["the words are gone", "nothing is read there"],
)
def test_a_decision_that_lost_its_words_waits_for_a_person(
    case: Case, report: str, text: str, statement: str, says: str
) -> None:
    """It has no effect, and nobody's ruling is moved to other words; found again, it no longer waits."""
    made = _decided(case, f"{report}#st1")
    with case.writing() as connection:
        _new_text(connection, report, text)
        put_statement(connection, report, "st1", statement)
        for _ in range(2):
            assert reanchor(connection, report, at=LATER) == Reanchored(lost=(made.id,))
    with case.reading() as connection:
        (one,) = waiting(connection)
        assert lost(connection) == {made.id}
    assert (one.kind, one.about) == ("lost_anchor", made.id)
    assert says in one.says
    assert _standing(case).about == (f"{report}#st1",)
    with case.writing() as connection:
        _new_text(connection, report, TEXT)
        put_statement(connection, report, "st4", "that the ferry sank.")
        assert reanchor(connection, report, at=LATER).held == (made.id,)
        assert waiting(connection) == ()
        assert lost(connection) == frozenset()
    assert _standing(case).about == (f"{report}#st4",)


def test_a_small_change_of_a_statement_keeps_its_decision(case: Case, report: str) -> None:
    """More than half of both must be shared."""
    made = _decided(case, f"{report}#st2")
    with case.writing() as connection:
        _new_text(connection, report, TEXT)
        put_statement(connection, report, "st7", "she said that the ferry sank slowly")
        assert reanchor(connection, report, at=LATER).held == (made.id,)
    assert _standing(case).about == (f"{report}#st7",)


def test_events_and_speakers_are_found_again(case: Case, report: str) -> None:
    """An event by its trigger, a speaker by the first name they are given."""
    _decided(case, f"{report}#ev1")
    _decided(case, "spk-0a", ruling="position", value="witness")
    with case.writing() as connection:
        _new_text(connection, report, "A note. " + TEXT)
        put_event(connection, report, "ev2", "sank", incident="inc-0b")
        put_speaker(connection, "spk-0d", {report: "Ada Brond"})
        assert len(reanchor(connection, report, at=LATER).held) == 2
        assert [one.about for one in decisions(connection)] == [(f"{report}#ev2",), ("spk-0d",)]


def test_what_was_withdrawn_stays_as_it_was(case: Case, report: str) -> None:
    """It has no effect that could be lost."""
    withdraw(case, _decided(case, f"{report}#st1").id, who="Ana", at=AT)
    with case.writing() as connection:
        _new_text(connection, report, "Nothing.")
        assert reanchor(connection, report, at=LATER) == Reanchored()
        assert waiting(connection) == ()
