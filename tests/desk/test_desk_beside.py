"""Two reports side by side, as the server answers it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.app import desk
from sayso.desk.views.beside import loose, rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case
from sayso.record import Aligned, Anchor, Change, Comparison, Span

AT = "2031-06-01T08:00:00Z"


@pytest.fixture
def client(sample_case: Case) -> TestClient:
    """A visitor of a desk over the sample."""
    return TestClient(desk(sample_case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1")


@pytest.fixture
def pair(sample_case: Case) -> tuple[str, str]:
    """Two copies of the sample: the one that was cut, and the one that was reworded."""
    named = [(row.id.removeprefix("sha256:"), row.title or "") for row in report_list(sample_case)]
    cut = next(name for name, title in named if title.startswith("Kesteria says 19 killed"))
    family = next(iter(report(sample_case, cut).families))
    return cut, next(one.report for one in family.members if not one.report.endswith(cut)).removeprefix("sha256:")


def _comparison(here: list[str], there: list[str], pairs: list[tuple[int, int]], *changes: Change) -> Comparison:
    ours, theirs = (_sentences(name, texts) for name, texts in (("sha256:aa", here), ("sha256:bb", there)))
    return Comparison(
        "sha256:aa",
        "sha256:bb",
        "unknown",
        (),
        tuple(Aligned(ours[one], theirs[two], "near") for one, two in pairs),
        changes,
        tuple(one for number, one in enumerate(ours) if number not in {one for one, _ in pairs}),
        tuple(one for number, one in enumerate(theirs) if number not in {two for _, two in pairs}),
    )


def _sentences(report: str, texts: list[str]) -> list[Anchor]:
    made, at = [], 0
    for text in texts:
        made.append(Anchor(report, Span(at, at + len(text)), text))
        at += len(text) + 1
    return made


def test_sentences_stand_in_the_order_of_both() -> None:
    found = _comparison(["One.", "Two.", "Four."], ["Zero.", "One.", "Three.", "Four."], [(0, 1), (2, 3)])
    told = [(row.here and row.here.anchor.words, row.there and row.there.anchor.words) for row in rows(found)]
    assert told == [(None, "Zero."), ("One.", "One."), (None, "Three."), ("Two.", None), ("Four.", "Four.")]
    assert [row.is_changed for row in rows(found)] == [True, False, True, True, False]


def test_words_that_differ_are_told_apart_and_blanks_do_not_count() -> None:
    found = _comparison(["The mill\nburned, he said."], ["The mill burned down."], [(0, 0)])
    (row,) = rows(found)
    assert row.here is not None
    assert row.there is not None
    assert [(run.words, run.kind) for run in row.here.runs if run.kind != "same"] == [(", he said", "gone")]
    assert [(run.words, run.kind) for run in row.there.runs if run.kind != "same"] == [("down", "new")]


def test_a_change_stands_at_its_sentence_with_its_words_marked() -> None:
    change = Change(
        "figure_changed", "12 became 19", Anchor("sha256:aa", Span(5, 7), "12"), Anchor("sha256:bb", Span(5, 7), "19")
    )
    found = _comparison(["Some 12 fell."], ["Some 19 fell."], [(0, 0)], change)
    (row,) = rows(found)
    assert row.changes == (change,)
    assert row.here is not None
    assert [run.words for run in row.here.runs if run.changed] == ["12"]


def test_a_change_that_stands_at_no_sentence_is_not_lost() -> None:
    change = Change("time_shifted", "in the heading", Anchor("sha256:aa", Span(900, 905), "Lunch"), None)
    found = _comparison(["One."], ["One."], [(0, 0)], change)
    assert loose(found, rows(found)) == (change,)


def test_sentences_that_are_also_paired_as_one_stretch_stand_once_with_its_changes() -> None:
    change = Change("quotation_reworded", "in other words", Anchor("sha256:aa", Span(0, 9), "One. Two."), None)
    found = _comparison(["One.", "Two."], ["One.", "Too."], [(0, 0), (1, 1)], change)
    both = Aligned(Anchor("sha256:aa", Span(0, 9), "One. Two."), Anchor("sha256:bb", Span(0, 9), "One. Too."), "near")
    shown = rows(replace(found, aligned=(both, *found.aligned)))
    assert [row.here and row.here.anchor.words for row in shown] == ["One.", "Two."]
    assert shown[0].changes == (change,)


@given(st.lists(st.text("ab .\n", min_size=1, max_size=12), max_size=6), st.data())
def test_every_sentence_of_both_stands_in_one_row_with_all_its_words(texts: list[str], data: st.DataObject) -> None:
    others = data.draw(st.permutations(texts))
    number = data.draw(st.integers(0, len(texts)))
    found = _comparison(texts, list(others), [(at, at) for at in range(number)])
    shown = rows(found)
    for name, sentences in (("here", texts), ("there", others)):
        sides = [getattr(row, name) for row in shown if getattr(row, name)]
        assert sorted(side.anchor.span for side in sides) == sorted(one.span for one in _sentences("", list(sentences)))
        for side in sides:
            assert "".join(run.words for run in side.runs) == side.anchor.words


def test_the_page_tells_every_change_with_both_stretches(
    client: TestClient, sample_case: Case, pair: tuple[str, str]
) -> None:
    told = json.loads(client.get(f"/reports/{pair[0]}/beside/{pair[1]}.json?private=shown").text)
    assert told["answer"] == "comparison"
    assert told["changes"], "these copies differ"
    shown = html.unescape(client.get(f"/reports/{pair[0]}/beside/{pair[1]}").text)
    for change in told["changes"]:
        for anchor in (change["here"], change["there"]):
            if anchor and change["kind"] not in ("caveat_dropped", "denial_dropped"):
                start, end = anchor["span"]
                assert f"/reports/{anchor['report'][7:]}?at={start}-{end}#at" in shown


def test_only_what_differs_can_be_shown(client: TestClient, pair: tuple[str, str]) -> None:
    address = f"/reports/{pair[0]}/beside/{pair[1]}"
    every = len(re.findall(r'<li class="pair', client.get(address).text))
    changed = len(re.findall(r'<li class="pair', client.get(f"{address}?only=changes").text))
    assert 0 < changed < every


def test_the_table_has_a_row_for_each_row_of_the_page(client: TestClient, pair: tuple[str, str]) -> None:
    address = f"/reports/{pair[0]}/beside/{pair[1]}"
    table = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").text.removeprefix("\ufeff"))))
    assert len(table) == len(re.findall(r'<li class="pair', client.get(address).text))
    assert all(row["here_words"] or row["there_words"] for row in table)


def test_one_report_twice_is_told(client: TestClient, pair: tuple[str, str]) -> None:
    answer = client.get(f"/reports/{pair[0]}/beside/{pair[0]}")
    assert answer.status_code == 400
    assert "This is one report twice" in answer.text


def test_beginnings_of_ids_lead_to_the_whole(client: TestClient, pair: tuple[str, str]) -> None:
    answer = client.get(f"/reports/{pair[0][:9]}/beside/{pair[1][:9]}", follow_redirects=False)
    assert answer.headers["location"] == f"/reports/{pair[0]}/beside/{pair[1]}"


def test_two_reports_of_different_things_are_told_to_share_nothing(client: TestClient, sample_case: Case) -> None:
    named = [row.id.removeprefix("sha256:") for row in report_list(sample_case)]
    for other in named[1:]:
        told = json.loads(client.get(f"/reports/{named[0]}/beside/{other}.json").text)
        if not told["aligned"]:
            assert "no sentence in common" in client.get(f"/reports/{named[0]}/beside/{other}").text
            return
    pytest.fail("the first report of the sample shares a sentence with all others")
