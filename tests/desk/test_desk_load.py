"""Many people at one desk, shortly and on the sample: nothing that was acknowledged is lost, and nothing fails.

How soon pages come is measured by `bench.desk_load`; here no time is held to anything.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bench.browsing import form_to, forms
from bench.desk_load import MUST_BE_NONE, Load, measured
from bench.reviewing import Acknowledged, Looked, Refused
from bench.ruled_kept import Told, checked
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from tests.desk.conftest import SAMPLE

AT = "2031-06-01T08:00:00Z"
PEOPLE, SECONDS = 6, 5.0


@pytest.fixture(scope="module")
def ran(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a short run over a copy of the sample came to."""
    folder = tmp_path_factory.mktemp("load")
    shutil.copytree(sample_folder, folder / "case")
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(SAMPLE.glob("*.txt"))]
    further = tuple(f"{text}\nIt was told again the {number}. time.\n" for number in range(9) for text in texts)
    load = Load(PEOPLE, SECONDS, thinking=(0.05, 0.3), each=20, texts=further)
    return measured(folder / "case", folder, load)


def test_no_decision_is_lost_and_no_request_fails(ran: dict[str, Any]) -> None:
    """While reports are added: what the desk acknowledged is there once, under its name, in the audit, in effect."""
    assert {name: ran["scores"][name] for name in MUST_BE_NONE} == dict.fromkeys(MUST_BE_NONE, 0.0), ran["amiss"]


def test_it_is_a_load(ran: dict[str, Any]) -> None:
    """People decided, took back, and looked at pages of every kind; reports were added meanwhile."""
    scores = ran["scores"]
    assert scores["acknowledged"] > PEOPLE and scores["reports_added"] > 0
    assert {"ruling", "rule_form", "after_ruling", "report", "incident"} <= ran["kinds"].keys()
    assert sum(one["n"] for one in ran["kinds"].values()) > 10 * PEOPLE


def _ruled(case: Case) -> tuple[list[Acknowledged], str]:
    """Two decisions in a case, as a desk would have acknowledged them, and a third statement."""
    (row, *_) = (row for row in report_list(case) if row.statements >= 3)
    parts = [f"{row.id}#{one.id}" for one in report(case, row.id).reading.statements]
    kept = []
    for about, ruling, who in ((parts[0], "accept", "Reviewer 1"), (parts[1], "reject", "Reviewer 2")):
        made = decide(case, ruling=ruling, about=[about], who=who, why=f"{who} looked", at=AT)
        kept.append(Acknowledged(made.id, who, ruling, (about,), made.why))
    return kept, parts[2]


def test_what_a_case_lost_or_has_twice_is_found(own_case: Case) -> None:
    """The check that the measuring rests on can fail, in each of its ways."""
    kept, third = _ruled(own_case)
    one, two = kept
    found = checked(own_case, Told(kept), by="Reviewer")
    assert not any(found.scores.values()), found.says
    gone = Acknowledged("dec-0123456789ab", "Reviewer 1", "accept", (third,), "looked")
    assert checked(own_case, Told([*kept, gone]), by="Reviewer").lost
    assert checked(own_case, Told([one]), by="Reviewer").doubled
    other = Acknowledged(two.id, "Reviewer 1", two.ruling, two.about, two.why)
    assert checked(own_case, Told([one, other]), by="Reviewer").unnamed
    wrongly = [Refused((third,), "accept", (one.id,), 0.0, 4e9)]
    assert checked(own_case, Told(kept, refused=wrongly), by="Reviewer").refused_wrongly
    rightly = [Refused(two.about, "accept", (two.id,), 0.0, 4e9)]
    assert not checked(own_case, Told(kept, refused=rightly), by="Reviewer").refused_wrongly
    withdraw(own_case, one.id, who="Reviewer 1", at=AT)
    assert checked(own_case, Told(kept), by="Reviewer").lost
    unseen = [Looked(4_000, "Reviewer 1", "accept", third)]
    assert checked(own_case, Told(kept, unseen), by="Reviewer").lost
    assert not checked(own_case, Told(kept, undone=[(one.id, "Reviewer 1")]), by="Reviewer").lost


def test_a_form_is_sent_as_a_browser_sends_it() -> None:
    """Fields in their order, the chosen option, what is ticked; nothing of buttons or of what is disabled."""
    page = """<form action="/other"></form><form method="post" action="/decisions">
    <input type="hidden" name="a" value="1"><input name="t">
    <input type="checkbox" name="c" value="x" checked><input type="checkbox" name="c" value="y">
    <select name="s"><option value="">none</option><option value="b" selected>B</option></select>
    <textarea name="why">
as it is</textarea><input name="off" value="1" disabled><button name="look" value="1">Look</button></form>"""
    form = form_to(page, "/decisions")
    assert form is not None and len(forms(page)) == 2
    assert form.typed == [("a", "1"), ("t", ""), ("c", "x"), ("s", "b"), ("why", "as it is")]
    assert form.filled(why="since", more="1")[-2:] == [("why", "since"), ("more", "1")]
