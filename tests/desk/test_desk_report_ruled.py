"""What people ruled of a report, as its page shows it."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.record import Anchor, Correction, Span

AT = "2031-06-01T08:00:00Z"


def _client(case: Case) -> TestClient:
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1")


def _id(case: Case, title: str) -> str:
    return next(row.id.removeprefix("sha256:") for row in report_list(case) if title in (row.title or ""))


def _card(shown: str, part: str) -> str:
    start = shown.index(f'id="{part}" data-part')
    return shown[shown.rindex("<article", 0, start) : shown.index("</article>", start)]


def test_a_guess_of_the_program_is_told_to_be_one_until_a_person_looks(own_case: Case) -> None:
    name = _id(own_case, "swap prisoners")
    client = _client(own_case)
    before = client.get(f"/reports/{name}").text
    assert re.search(r'<article class="card statement guess" id="st1"', before)
    decide(own_case, ruling="accept", about=[f"{name}#st1"], who="Ida Lund", why="checked", at=AT)
    decide(own_case, ruling="reject", about=[f"{name}#st2"], who="Ida Lund", why="nobody says it", at=AT)
    decide(
        own_case, ruling="correct", about=[f"{name}#st3"], value="the harbour master", who="Ida Lund", why="x", at=AT
    )
    after = client.get(f"/reports/{name}").text
    for part, standing in (("st1", "accepted"), ("st2", "rejected"), ("st3", "corrected")):
        card = _card(after, part)
        assert f'class="card statement {standing}"' in card
        assert "Ida Lund" in card
        assert "no person has looked at it" not in card
    corrected = _card(after, "st3")
    was = report(own_case, name).ruled
    before_name = next(change.before for one in was for change in one.changes if change.field == "speaker")
    assert re.search(rf"<s><bdi>{re.escape(before_name or '')}</bdi></s> → <b><bdi>the harbour master</bdi>", corrected)


def test_a_statement_that_a_person_added_has_a_card_that_says_so(own_case: Case) -> None:
    name = _id(own_case, "swap prisoners")
    text = report(own_case, name).reading.page.report.text
    start = text.index(" ", 400) + 1
    span = Span(start, text.index(" ", start + 20))
    words = Correction("words", None, None, Anchor(name, span))
    decide(
        own_case, ruling="add_statement", about=[name], who="Ida Lund", why="it was missed", at=AT,
        corrections=[words, Correction("speaker", None, "the ferry company")],
    )  # fmt: skip
    shown = _client(own_case).get(f"/reports/{name}").text
    (part,) = [one.part for one in report(own_case, name).ruled if one.standing == "added"]
    card = _card(shown, part)
    assert 'class="card statement added"' in card
    assert "the ferry company" in card
    assert "Ida Lund" in card
    assert f"?at={span.start}-{span.end}#at" in card


def test_statements_of_copies_that_say_the_same_are_shown_at_the_card(own_case: Case) -> None:
    from sayso.ledger.asking.identical import identical

    client = _client(own_case)
    found = [
        (row.id, one.id, identical(own_case, f"{row.id}#{one.id}"))
        for row in report_list(own_case)
        for one in report(own_case, row.id).reading.statements
    ]
    name, part, alike = next(one for one in found if one[2])
    shown = client.get(f"/reports/{name.removeprefix('sha256:')}?alike={part}").text
    card = _card(shown, part)
    for one in alike:
        assert f"/reports/{one.report.id.removeprefix('sha256:')}#{one.statement}" in card
    assert "Rule all of them at once" in card
    name, part, _ = next(one for one in found if not one[2])
    assert (
        "No copy of this report says it in words so alike"
        in client.get(f"/reports/{name.removeprefix('sha256:')}?alike={part}").text
    )


def test_an_event_whose_tellers_were_all_rejected_says_so_and_by_whom(own_case: Case) -> None:
    """It stays on the page, and nobody is left who tells it."""
    page, event = next(
        (found, one)
        for row in report_list(own_case)
        for found in [report(own_case, row.id)]
        for one in found.reading.events
        if one.told and all(told.statement for told in one.told)
    )
    client, name = _client(own_case), page.row.id.removeprefix("sha256:")
    assert "Nobody tells it any more" not in _card(client.get(f"/reports/{name}").text, event.id)
    parts = dict.fromkeys(f"{page.row.id}#{told.statement}" for told in event.told)
    for part in parts:
        decide(own_case, ruling="reject", about=[part], who="Ben Second", why="he says nothing of it", at=AT)
    card = _card(client.get(f"/reports/{name}").text, event.id)
    assert "Nobody tells it any more" in card
    assert card.count("Ben Second") == len(event.told)
