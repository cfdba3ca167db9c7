"""The page of an incident as the server answers it, against what the case holds of the sample."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.asking.private import NOBODY, withheld
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.record import Anchor, Incident

AT = "2031-06-01T08:00:00Z"


def _client(case: Case) -> TestClient:
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def client(sample_case: Case) -> TestClient:
    """A visitor of a desk over the sample."""
    return _client(sample_case)


def _contested(case: Case) -> Incident:
    return incident(case, incident_rows(case)[0].id).incident


def _page(client: TestClient, asked: str) -> str:
    answer = client.get(f"/incidents/{asked}")
    assert answer.status_code == 200
    return answer.text


def _link(anchor: Anchor) -> str:
    return f"/reports/{anchor.report.removeprefix('sha256:')}?at={anchor.span.start}-{anchor.span.end}#at"


def _part(page: str, name: str) -> str:
    """One section of a page, by its id."""
    start = page.index(f'<section id="{name}"')
    return page[start : page.find('<section id="', start + 1)]


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_value_of_an_incident_opens_the_words_it_rests_on(client: TestClient, sample_case: Case) -> None:
    """Headline, utterances, cells, figures, denials, silences, arguments: none stands without its span."""
    for row in incident_rows(sample_case, limit=100):
        one, shown = incident(sample_case, row.id).incident, html.unescape(_page(client, row.id))
        anchors = [part.anchor for part in one.headline]
        anchors += [said.anchor for origin in one.origins for said in origin.utterances]
        anchors += [anchor for cell in one.matrix if cell.verdict != "silent" for anchor in cell.anchors]
        anchors += [mark.anchor for mark in (*one.denials, *one.caveats, *one.silences)]
        anchors += [anchor for reason in one.reasons for anchor in (reason.here, reason.there)]
        missing = [anchor for anchor in anchors if anchor is not None and _link(anchor) not in shown]
        assert not missing, (row.id, missing[:2])


def test_each_origin_has_one_column_and_a_copy_adds_none(client: TestClient, sample_case: Case) -> None:
    one = _contested(sample_case)
    shown = _part(_page(client, one.id), "accounts")
    assert shown.count('<section class="account"') == len(one.origins)
    for origin in one.origins:
        assert html.escape(origin.name) in shown.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")
    copied = {said.anchor.report for origin in one.origins for said in origin.utterances if said.copied}
    assert copied
    for report in copied:
        assert f"/beside/{report.removeprefix('sha256:')}" in shown


def test_the_table_says_every_verdict_in_sign_and_word_and_whom_it_is_against(
    client: TestClient, sample_case: Case
) -> None:
    one = _contested(sample_case)
    shown = _part(_page(client, one.id), "matrix")
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", shown, re.DOTALL)
    assert [len(re.findall(r"<t[dh]\b", row)) for row in rows] == [1 + len(one.origins)] * len(rows)
    told = {(cell.field, cell.of) for cell in one.matrix if cell.verdict != "silent"}
    assert len(rows) == 1 + len(told)
    words = _text(shown)
    for sign, word in (("≠", "differs"), ("✗", "denies"), ("?", "could not verify"), ("·", "silent")):
        assert f"{sign} {word}" in words
    denial = next(cell for cell in one.matrix if cell.verdict == "denies" and cell.against)
    letters = {origin.id: chr(ord("A") + number) for number, origin in enumerate(one.origins)}
    assert f'href="#origin-{letters[denial.against[0]]}"' in shown


def test_who_is_alone_in_an_answer_is_not_said_to_agree(client: TestClient, sample_case: Case) -> None:
    """One origin cannot agree with itself."""
    lone = next(
        row
        for row in incident_rows(sample_case, limit=100)
        if row.origins == 1 and row.denials == 0 and row.reports == 1
    )
    shown = _part(_page(client, lone.id), "matrix")
    assert "agrees" not in shown.partition("<tbody>")[2]
    assert "alone in saying so" in shown


def test_nothing_counted_is_a_score_and_nobody_outside_the_parties_is_told_too(
    client: TestClient, sample_case: Case
) -> None:
    one = _contested(sample_case)
    shown = _page(client, one.id)
    tiles = _text(shown[shown.index('<ul class="tiles">') : shown.index("</ul>", shown.index('<ul class="tiles">'))])
    assert tiles.startswith(f"{one.counter.origins} origins")
    assert "0 outside the parties" in tiles
    assert f"{one.counter.reports} reports {one.counter.copies} of them copies" in tiles
    for party, number in one.counter.parties:
        verb = "speaks" if number == 1 else "speak"
        assert f"{number} {verb} for {party.capitalize()}" in tiles
    assert html.escape(one.counter.says) in shown.replace("&#39;", "&#x27;")


def test_a_denial_in_general_stands_apart_and_refutes_nothing(client: TestClient, sample_case: Case) -> None:
    one = _contested(sample_case)
    shown = _part(_page(client, one.id), "touching")
    general = next(denial for denial in one.denials if denial.reach == "general")
    lane = shown[shown.index('class="lane denies_in_general"') :]
    lane = lane[: lane.index("</section>")]
    assert html.unescape(_link(general.anchor)) in html.unescape(lane)
    assert "refutes nothing" in lane
    assert "Against" not in lane
    specific = shown[shown.index('class="lane denies"') : shown.index('class="lane denies_in_general"')]
    assert _link(general.anchor) not in html.unescape(specific)


def test_what_nobody_tells_to_have_happened_says_so_and_no_other_page_does(
    client: TestClient, sample_case: Case
) -> None:
    for row in incident_rows(sample_case, limit=100):
        shown = _page(client, row.id)
        assert ("nobody tells that it happened" in shown) == row.did_not_happen
        if row.did_not_happen:
            assert 'id="tray"' in shown


def test_figures_are_drawn_as_they_were_given_and_stand_in_a_table_too(client: TestClient, sample_case: Case) -> None:
    one = _contested(sample_case)
    shown = _part(_page(client, one.id), "figures")
    drawing = shown[shown.index('<svg class="chart"') : shown.index("</svg>")]
    assert 'role="img"' in drawing
    assert "<title" in drawing
    assert "style=" not in drawing
    given = {
        (account.origin, stated.says)
        for account in one.accounts
        for stated in account.stated
        if stated.field == "how_many" and stated.of == "killed"
    }
    table = shown[shown.index('<table class="figures">') : shown.index("</table>")]
    assert table.count("<tr") == 1 + len(given)
    assert "at least 19" in table


def test_no_page_of_an_incident_has_a_script_or_a_style_of_its_own(client: TestClient, sample_case: Case) -> None:
    for row in incident_rows(sample_case, limit=100):
        shown = _page(client, row.id)
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", shown)
        assert re.findall(r"<script\b(?![^>]*\bsrc=)", shown) == []


def test_the_twins_of_an_incident_hold_what_its_page_does(client: TestClient, sample_case: Case) -> None:
    one = _contested(sample_case)
    told = client.get(f"/incidents/{one.id}.json").json()
    assert told["answer"] == "incident_page"
    assert len(told["incident"]["origins"]) == len(one.origins)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/incidents/{one.id}.csv").text.lstrip("\ufeff"))))
    assert len(rows) == sum(max(1, len(cell.anchors)) for cell in one.matrix)
    assert {row["verdict"] for row in rows} == {cell.verdict for cell in one.matrix}


def test_a_private_person_is_marked_on_the_page_and_withheld_from_its_twin(
    client: TestClient, sample_case: Case
) -> None:
    asked, origin = next(
        (row.id, origin)
        for row in incident_rows(sample_case, limit=100)
        for page in [incident(sample_case, row.id)]
        for origin, left in zip(page.incident.origins, withheld(sample_case, page).incident.origins, strict=True)
        if left.name == NOBODY and origin.naming == "named"
    )
    assert "no public role: withheld in what leaves the case" in _page(client, asked)
    assert origin.name in _page(client, asked)
    assert origin.name not in client.get(f"/incidents/{asked}.json").text
    assert origin.name in client.get(f"/incidents/{asked}.json?private=shown").text


def test_what_is_ticked_is_ruled_apart_from_something_that_stays(client: TestClient, sample_case: Case) -> None:
    """The way to the ruling names beside what is ticked an event of another report, and no copy where it can."""
    one = _contested(sample_case)
    first = one.tellings[0]
    ticked = f"{first.report}#{first.event}"
    answer = client.get(f"/incidents/{one.id}/split?part={quote(ticked)}&back=/incidents/{one.id}")
    assert answer.status_code == 303
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["ruling"] == ["different_incident"]
    assert asked["about"][0] == ticked
    assert not asked["about"][1].startswith(first.report)
    assert asked["back"] == [f"/incidents/{one.id}"]


@pytest.mark.parametrize(("ticks", "says"), [("none", "Nothing was ticked"), ("all", "All of it was ticked")])
def test_ticking_nothing_or_all_is_told_in_words(client: TestClient, sample_case: Case, ticks: str, says: str) -> None:
    one = _contested(sample_case)
    parts = [f"{each.report}#{each.event}" for each in one.tellings] if ticks == "all" else []
    answer = client.get(f"/incidents/{one.id}/split", params={"part": parts})
    assert answer.status_code == 422
    assert says in answer.text


def test_an_id_from_before_a_merge_leads_on_and_the_page_says_so(own_case: Case) -> None:
    rows = [row for row in incident_rows(own_case, limit=100) if row.kind == "shelling"][:2]
    decide(own_case, ruling="same_incident", about=[row.id for row in rows], who="A", why="one", at=AT)
    client = _client(own_case)
    pages = [_page(client, row.id) for row in rows]
    moved = [page for page in pages if "under an id from before" in page]
    assert len(moved) == 1
    assert "What was ruled" in moved[0]
    assert "same incident" in _part(moved[0], "ruled")


def test_other_incidents_of_the_same_kind_and_day_are_offered_to_be_one(client: TestClient, sample_case: Case) -> None:
    rows = incident_rows(sample_case, limit=100)
    two = next(
        (a, b)
        for a in rows
        for b in rows
        if a.id != b.id and a.kind == b.kind and a.earliest and a.earliest == b.earliest
    )
    assert f"about={two[0].id}&about={two[1].id}" in html.unescape(_part(_page(client, two[0].id), "why"))
    assert f'value="{two[0].id}"' in _page(client, two[0].id)


def test_every_anchor_on_the_page_leads_somewhere_on_it(client: TestClient, sample_case: Case) -> None:
    """Tiles, letters and the list of parts jump to what is there."""
    for row in incident_rows(sample_case, limit=100):
        shown = _page(client, row.id)
        wanted = set(re.findall(r'href="#([^"]+)"', shown))
        there = set(re.findall(r'\bid="([^"]+)"', shown))
        assert wanted <= there, (row.id, wanted - there)


def test_an_incident_of_which_everything_was_rejected_says_so_and_asks_for_nothing(own_case: Case) -> None:
    """Its id still leads there; nothing of it counts, and what was read stands with the way to it."""
    rows = incident_rows(own_case, by="reports", limit=100)
    alone = next(row for row in rows if len(incident(own_case, row.id).incident.tellings) == 1)
    told = incident(own_case, alone.id).incident.tellings[0]
    about = [f"{told.report}#{told.event}"]
    decide(own_case, ruling="reject", about=about, who="Ana", why="nobody says so", at=AT)
    client = _client(own_case)
    shown = _page(client, alone.id)
    assert "Everything that told this was rejected" in _text(shown)
    assert told.sentence.words[:40] in _text(shown)
    assert "What would change this" not in _text(shown)
    assert "Everything that told this" not in _text(_page(client, next(row.id for row in rows if row.id != alone.id)))
