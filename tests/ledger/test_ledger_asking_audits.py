"""What was ruled and what was done, as lists: filtered, a page at a time, with what stood before."""

from __future__ import annotations

import pytest

from sayso.ledger.adding import add
from sayso.ledger.asking.audits import audit_rows, decision_page, decision_rows
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.erasing import erased
from sayso.ledger.problems import NoSuchThing
from sayso.record import Custody
from tests.ledger.sampled import reading_of

AT = "2031-04-05T06:07:08Z"
FERRY = "Shells hit the ferry at Salto, Uruguay, on Monday, said Dora Quill, mayor of the city.\n"
DEPOT = "A drone struck a depot near Young, Uruguay, on Monday, said Ilo Ferrant, a general of Halvane.\n"


@pytest.fixture
def ruled(case: Case) -> tuple[str, str]:
    """A case with two reports and three rulings, of which one is withdrawn; the ids of the reports."""
    names = []
    for text in (FERRY, DEPOT):
        reading = reading_of(text, published="2031-04-01")
        add(case, reading.page.report, reading, Custody(AT, "Ana", "sayso 0"), at=AT)
        names.append(reading.page.report.id)
    one, two = names
    decide(case, ruling="accept", about=[f"{one}#st1"], who="Ana", why="heard it", at=AT)
    gone = decide(case, ruling="correct", about=[f"{two}#st1"], value="Vera Lund", who="Bo", why="the tape", at=AT)
    withdraw(case, gone.id, who="Ana", at=AT)
    decide(case, ruling="reject", about=[f"{one}#ev1", f"{two}#ev1"], who="Bo", why="a film", at=AT)
    return one, two


def test_decisions_are_listed_newest_first_and_by_what_is_asked(case: Case, ruled: tuple[str, str]) -> None:
    """By ruling, person, thing, and whether they stand; a page goes on after the last."""
    one, two = ruled

    def listed(**asked: str) -> list[str]:
        return [row.decision.ruling for row in decision_rows(case, **asked)]  # type: ignore[arg-type]

    assert listed() == ["reject", "correct", "accept"]
    assert listed(which="stands") == ["reject", "accept"]
    assert listed(which="withdrawn", who="Bo") == ["correct"]
    assert listed(which="lost") == []
    assert listed(ruling="accept") == ["accept"]
    assert listed(about=two) == ["reject", "correct"]
    assert listed(about=f"{two}#st1") == ["correct"]
    assert listed(about=one[7:20]) == ["reject", "accept"]
    first = decision_rows(case, limit=1)
    assert [row.decision.ruling for row in first] == ["reject"]
    assert listed(after=first[0].decision.id) == ["correct", "accept"]
    assert [len(row.reports) for row in decision_rows(case)] == [2, 1, 1]
    assert [row.standing for row in decision_rows(case)] == ["stands", "withdrawn", "stands"]


@pytest.mark.parametrize(
    ("asked", "says"), [({"ruling": "truth"}, "no ruling"), ({"which": "old"}, "no sort of decision")]
)
def test_what_cannot_be_asked_is_said(case: Case, asked: dict[str, str], says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        decision_rows(case, **asked)  # type: ignore[arg-type]


def test_a_decision_shows_what_it_is_about_and_what_was_noted_of_it(case: Case, ruled: tuple[str, str]) -> None:
    """Each thing with its sentence, the incidents it bears on, and both rows of the audit."""
    _, two = ruled
    (row,) = decision_rows(case, which="withdrawn")
    page = decision_page(case, row.decision.id[:9])
    (part,) = page.parts
    assert (part.about, part.kind) == (f"{two}#st1", "statement")
    assert part.words is not None
    assert part.words.words == DEPOT.strip()
    assert [(one.what, one.who) for one in page.audit] == [("decided", "Bo"), ("withdrew", "Ana")]
    (change,) = page.row.decision.corrections
    assert (change.before, change.after) == ("Ilo Ferrant", "Vera Lund")
    assert len(page.incidents) == 1


def test_the_audit_is_read_backwards_with_what_was_ruled(case: Case, ruled: tuple[str, str]) -> None:
    """By what was done, by whom, and about a thing or its parts."""
    one, two = ruled
    assert [row.what for row in audit_rows(case, limit=3)] == ["decided", "withdrew", "decided"]
    last = audit_rows(case, limit=3)[-1]
    assert [row.what for row in audit_rows(case, after=last.seq)] == ["decided", "added", "added", "made"]
    assert [row.who for row in audit_rows(case, what="decided")] == ["Bo", "Bo", "Ana"]
    assert [row.what for row in audit_rows(case, who="Bo")] == ["decided", "decided"]
    told = audit_rows(case, about=two)
    assert [row.what for row in told] == ["decided", "withdrew", "decided", "added"]
    assert [row.decision.ruling for row in told if row.decision] == ["reject", "correct", "correct"]
    assert [row.what for row in audit_rows(case, about=f"{one}#st1")] == ["decided", "added"]
    assert not any("Vera Lund" in row.body for row in told)


def test_what_was_erased_is_still_found_in_the_audit(case: Case, ruled: tuple[str, str]) -> None:
    """And what nothing ever had is not."""
    one, _ = ruled
    erased(case, report=one, who="Ana", why="asked to", at=AT)
    assert [row.what for row in audit_rows(case, about=one)] == ["erased", "added"]
    with pytest.raises(NoSuchThing):
        audit_rows(case, about="sha256:" + "0" * 64)
