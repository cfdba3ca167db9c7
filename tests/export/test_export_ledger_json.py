"""What a case answers has a form in JSON that is written down, and holds no private person unless asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from sayso.export.ledger_json import KINDS, TALLIES, answer, answers, as_line, plain
from sayso.ledger.asking.audits import audit_rows, decision_page, decision_rows
from sayso.ledger.asking.copies import families
from sayso.ledger.asking.coverage import case_info
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.incidents import Incidents, incident, incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.search import search
from sayso.ledger.asking.sources import speaker, speaker_list
from sayso.ledger.asking.traces import traced
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide
from sayso.record import FORMAT, Anchor, Decision, Quantity, Span
from tests.databases import Cases
from tests.export.ledger_schema import FILE, schema, text
from tests.ledger.asked import AT, filled, name_of

RECORD = json.loads((FILE.parent / "record.schema.json").read_text(encoding="utf-8"))
DECISION = Decision(
    "dec-1", "copy", ("sha256:aa", "sha256:bb"), (Anchor("sha256:aa", Span(0, 2), "It"),), None, "Ana", AT, "one text"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return filled(Cases(tmp_path_factory.mktemp("cases"), None), tmp_path_factory.mktemp("asked") / "case")


def _everything(case: Case) -> list[Any]:
    rows = incident_rows(case)
    return [
        *rows,
        *(incident(case, row.id) for row in rows),
        *(incident(case, row.id).incident for row in rows),
        *report_list(case),
        *(report(case, row.id) for row in report_list(case)),
        *speaker_list(case),
        *(speaker(case, row.id) for row in speaker_list(case)),
        *search(case, "market"),
        *search(case, "told"),
        case_info(case),
        *case_info(case).coverage,
        *families(case),
        *(traced(case, row.id) for row in rows),
        DECISION,
        *_ruled(case),
    ]


def _ruled(case: Case) -> list[Any]:
    """What is told of a ruling on a statement, and of those that copies of it hold."""
    said = [f"{row.id}#{one.id}" for row in report_list(case) for one in report(case, row.id).reading.statements]
    decide(case, ruling="correct", about=said[:1], value="Ana Reyes", who="Ida", why="the tape", at=AT)
    return [
        *decision_rows(case),
        *(decision_page(case, row.decision.id) for row in decision_rows(case)),
        *audit_rows(case),
        *(one for about in said for one in identical(case, about)),
    ]


def _validator() -> Draft202012Validator:
    held = Registry().with_resource("record.schema.json", Resource.from_contents(RECORD))
    return Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")), registry=held)


def test_the_schema_is_that_of_the_nouns() -> None:
    """After a change of a noun: `python -m tests.export.ledger_schema`."""
    assert FILE.read_text(encoding="utf-8") == text()
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("show_private", [False, True])
def test_every_answer_has_the_form_that_is_written_down(told: Case, show_private: bool) -> None:
    """Withheld or not; and every kind of answer is tried."""
    nouns = _everything(told)
    assert {type(noun) for noun in nouns} == set(KINDS)
    validator = _validator()
    for noun in nouns:
        validator.validate(answer(told, noun, show_private=show_private))


def test_the_form_is_not_that_of_anything() -> None:
    """An answer with a key too many, or without one, is refused."""
    validator = _validator()
    told = {"format": FORMAT, "answer": "decision", **plain(DECISION)}
    assert validator.is_valid(told)
    assert not validator.is_valid({**told, "score": 1})
    assert not validator.is_valid({name: value for name, value in told.items() if name != "who"})


def test_private_persons_are_withheld_unless_shown(told: Case) -> None:
    (row,) = incident_rows(told, among=Incidents(kind="abduction"))
    page = incident(told, row.id)
    assert "Wren" not in as_line(told, page)
    assert "Ida Wren" in as_line(told, page, show_private=True)
    assert "a private person" in as_line(told, page)


def test_an_answer_says_what_it_is_and_keeps_its_offsets(told: Case) -> None:
    (hit, *_) = search(told, "ferrymen")
    found = answer(told, hit)
    text = report(told, name_of("bridge.txt")).reading.page.report.text
    assert (found["format"], found["answer"], found["report"]) == (FORMAT, "hit", name_of("bridge.txt"))
    assert text[slice(*found["span"])] == found["words"]
    assert [found["words"][slice(*span)] for span in found["matches"]] == ["ferrymen"]


def test_lists_and_lines_are_the_same_answers(told: Case) -> None:
    rows = incident_rows(told)
    assert answers(told, rows) == [answer(told, row) for row in rows]
    assert json.loads(as_line(told, rows[0])) == answer(told, rows[0])
    assert "\n" not in as_line(told, rows[0])


def test_tallies_are_objects(told: Case) -> None:
    info = answer(told, case_info(told))
    assert info["counts"]["reports"] == 5
    assert info["added_by"] == {"Ana Tester": 5}
    assert {name for names in TALLIES.values() for name in names} >= {"counts", "acts"}


def test_whole_numbers_are_printed_whole() -> None:
    """9000 is no measurement of tenths."""
    quantity = plain(Quantity("q1", Span(0, 4), 9000.0, 9000.5))
    assert (repr(quantity["low"]), repr(quantity["high"])) == ("9000", "9000.5")


def test_what_is_no_noun_has_no_form() -> None:
    with pytest.raises(TypeError, match="set has no form in JSON"):
        plain({1})


def test_an_empty_case_answers_too(tmp_path: Path) -> None:
    case = made(tmp_path / "case", at=AT, who="Ana")
    _validator().validate(answer(case, case_info(case)))
    assert answers(case, incident_rows(case)) == []
    case.closed()
