"""Ids are cut short only as far as they stay one report's; a place in a text has its line."""

from __future__ import annotations

from rows import AT, put_report

from sayso.ledger.asking.failed import Failed, failed
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.pointing import line_starts, shorts
from sayso.ledger.case import Case
from sayso.ledger.schema import failures

ONE = "sha256:" + "ab12cd34ef" + "0" * 54
NEAR = "sha256:" + "ab12cd34ee" + "0" * 54
OTHER = "sha256:" + "ab12cd35" + "0" * 56


def test_an_id_is_cut_to_eight_digits_or_to_what_only_it_begins_with(case: Case) -> None:
    """And is taken back as it was cut."""
    with case.writing() as connection:
        for name in (ONE, NEAR, OTHER):
            put_report(connection, f"Text of {name}.", report=name)
        cut = shorts(connection, [ONE, NEAR, OTHER, ONE])
        assert cut == {ONE: "ab12cd34ef", NEAR: "ab12cd34ee", OTHER: "ab12cd35"}
        assert [found(connection, short, kind="report").id for short in cut.values()] == [ONE, NEAR, OTHER]


def test_lines_begin_where_the_text_has_them(case: Case) -> None:
    """In code points, whatever stands in the line."""
    with case.writing() as connection:
        put_report(connection, "Пять\n\nsix 東京\nend", report=ONE)
        assert line_starts(connection, [ONE, NEAR]) == {ONE: (0, 5, 6, 13)}


def test_what_failed_is_told_the_last_first(case: Case) -> None:
    """With where it came from and why."""
    with case.writing() as connection:
        rows = [{"at": AT, "path": f"{n}.pdf", "kind": "pdf", "says": f"{n}.pdf is a PDF."} for n in range(3)]
        connection.execute(failures.insert(), rows)
    assert [one.path for one in failed(case, limit=2)] == ["2.pdf", "1.pdf"]
    assert failed(case)[-1] == Failed(AT, "0.pdf", None, None, None, "pdf", "0.pdf is a PDF.")
