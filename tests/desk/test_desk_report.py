"""The page of a report, and the list of reports, as the server answers them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.ledger.asking.private import NOBODY, hidden_in, withheld
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case, made
from sayso.ledger.originals import path_of

AT = "2031-06-01T08:00:00Z"


@pytest.fixture
def client(sample_case: Case) -> TestClient:
    """A visitor of a desk over the sample."""
    return _client(sample_case)


def _client(case: Case) -> TestClient:
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1")


def _id(case: Case, title: str) -> str:
    return next(row.id.removeprefix("sha256:") for row in report_list(case) if title in (row.title or ""))


def test_every_report_of_the_sample_is_shown_with_its_text_as_it_was_sealed(
    client: TestClient, sample_case: Case
) -> None:
    from tests.desk.test_desk_reader import _Read

    for row in report_list(sample_case):
        shown = client.get(f"/reports/{row.id.removeprefix('sha256:')}").text
        start = shown.index("data-sealed>") + len("data-sealed>")
        read = _Read()
        read.feed(shown[start : shown.index("</div>", start)])
        assert "".join(read.words) == report(sample_case, row.id).reading.page.report.text


def test_each_statement_and_event_has_a_card_with_its_words_linked(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "swap prisoners")
    shown = client.get(f"/reports/{name}").text
    page = report(sample_case, name)
    cards = re.findall(r'<article class="card (\w+)[^"]*" id="([^"]+)"', shown)
    assert sorted(one for _, one in cards) == sorted(
        [one.id for one in page.reading.statements] + [one.id for one in page.reading.events]
    )
    for one in page.reading.statements:
        for span in one.words:
            assert f"/reports/{name}?at={span.start}-{span.end}#at" in shown


def test_a_report_of_many_cards_has_them_in_brief_and_each_whole_when_asked(
    client: TestClient, sample_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report of thousands of statements stays a page that opens; without scripts each card has its own link."""
    name = _id(sample_case, "swap prisoners")
    whole = client.get(f"/reports/{name}").text
    monkeypatch.setattr("sayso.desk.pages.report.WHOLE", 5)
    brief = client.get(f"/reports/{name}").text
    cards = '<article class="card '
    assert brief.count(cards) == whole.count(cards) > 5
    assert brief.count('<div class="rest">') == 0
    margin = 'aria-label="Statements and events"'
    assert len(brief.partition(margin)[2]) < len(whole.partition(margin)[2]) / 4
    assert client.get(f"/reports/{name}?cards=all").text.count('<div class="rest">') == whole.count(cards)
    one = client.get(f"/reports/{name}?card=st3").text
    assert 'href="?card=st4#st4"' in one
    assert one.count('<div class="rest">') == 1
    part = client.get(f"/reports/{name}/cards/st3", headers={"x-sayso-fragment": "true"}).text
    assert part.count(cards) == 1
    assert part.strip().startswith(cards)
    assert f"back=%2Freports%2F{name}" in part, "who rules from it comes back to the report"
    led = client.get(f"/reports/{name}/cards/st3", follow_redirects=False)
    assert led.headers["location"] == f"/reports/{name}?card=st3#st3"
    assert client.get(f"/reports/{name}/cards/st999").status_code == 404


def test_words_are_cited_with_who_says_them_where_they_stand_and_the_seal(
    client: TestClient, sample_case: Case
) -> None:
    name = _id(sample_case, "swap prisoners")
    shown = client.get(f"/reports/{name}").text
    cited = [html.unescape(one) for one in re.findall(r'data-copy="([^"]*)" data-copied="Citation copied"', shown)]
    page = report(sample_case, name)
    assert cited[0].endswith(f"; SHA-256 {name}")
    assert str(page.row.title) in cited[0]
    one = next(one for one in page.reading.statements if one.words)
    words = page.reading.page.report.text[one.words[0].start : one.words[0].end]
    place = f"characters {one.words[0].start} to {one.words[-1].end} of SHA-256 {name}"
    assert any(f"“{words}" in told and told.endswith(place) for told in cited)


def test_a_citation_is_without_private_persons(client: TestClient, sample_case: Case) -> None:
    for row in report_list(sample_case):
        name = row.id.removeprefix("sha256:")
        with sample_case.reading() as connection:
            hidden = hidden_in(connection, [row.id])
        shown = client.get(f"/reports/{name}").text
        cited = html.unescape(" ".join(re.findall(r'data-copy="([^"]*)" data-copied="Citation copied"', shown)))
        for public in hidden.public:
            cited = cited.replace(public, "")
        assert not [one for one in hidden.names if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", cited)]
        assert not hidden.names or "█" in cited


def test_the_beginning_of_an_id_leads_to_the_whole(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "swap prisoners")
    answer = client.get(f"/reports/{name[:10]}?at=3-9", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/reports/{name}?at=3-9")


def test_a_stretch_that_is_asked_for_is_marked_strongly(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "swap prisoners")
    text = report(sample_case, name).reading.page.report.text
    shown = client.get(f"/reports/{name}?at=0-5").text
    assert shown.count('id="at"') == 1
    marked = re.findall(r'<span class="[^"]*l-at"[^>]*>([^<]*)', shown)
    assert "".join(marked) == text[:5]


@pytest.mark.parametrize("asked", ["99999-100000", "5-5", "9-3", "x", "-1-4"])
def test_a_stretch_that_is_none_is_told(client: TestClient, sample_case: Case, asked: str) -> None:
    answer = client.get(f"/reports/{_id(sample_case, 'swap prisoners')}?at={asked}")
    assert answer.status_code == 400
    assert "is no stretch of this report" in answer.text


def test_layers_are_turned_off_without_scripts(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "swap prisoners")
    shown = client.get(f"/reports/{name}?off=when&turn=where").text
    assert "no-when no-where" in shown or "no-where no-when" in shown
    assert len(re.findall(r'aria-pressed="false"', shown)) == 2
    back = client.get(f"/reports/{name}?off=when-where&turn=where").text
    assert re.findall(r'data-layer="(\w+)" aria-pressed="false"', back) == ["when"]


def test_the_original_is_given_to_keep_and_never_shown(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "dam gates")
    answer = client.get(f"/reports/{name}/original")
    assert answer.content == path_of(sample_case, name).read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_original_that_changed_is_told_on_its_page_and_not_given(own_case: Case) -> None:
    name = _id(own_case, "swap prisoners")
    path = path_of(own_case, name)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    client = _client(own_case)
    shown = client.get(f"/reports/{name}").text
    assert 'class="grave"' in shown
    assert "The sealed original is not as it was." in shown
    assert 'id="st1"' in shown, "what was read of it is there all the same"
    refused = client.get(f"/reports/{name}/original")
    assert refused.status_code == 500
    assert "is not what was sealed" in refused.text


def test_the_twins_of_a_report_are_its_answer_and_its_statements(client: TestClient, sample_case: Case) -> None:
    name = _id(sample_case, "swap prisoners")
    told = json.loads(client.get(f"/reports/{name}.json").text)
    assert (told["answer"], told["row"]["id"]) == ("report_page", f"sha256:{name}")
    answer = client.get(f"/reports/{name}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["statement"] for row in rows] == [one.id for one in report(sample_case, name).reading.statements]


def test_private_persons_are_withheld_from_the_twins(client: TestClient, sample_case: Case) -> None:
    pages = [report(sample_case, row.id) for row in report_list(sample_case)]
    named = [
        (page.row.id.removeprefix("sha256:"), source.name)
        for page in pages
        for source, bare in zip(page.reading.sources, withheld(sample_case, page).reading.sources, strict=True)
        if bare.name == NOBODY and source.naming == "named"
    ]
    assert named, "the sample has a person without a public role who is named"
    for name, person in named:
        with sample_case.reading() as connection:
            longer = hidden_in(connection, [f"sha256:{name}"]).public  # "Marit Osk" beside an unknown Osk
        for twin in ("json", "csv"):
            told = client.get(f"/reports/{name}.{twin}").text
            assert person not in re.sub("|".join(map(re.escape, longer)) or "$", "", told)
            assert person in client.get(f"/reports/{name}.{twin}?private=shown").text


def test_the_list_shows_all_reports_and_goes_on(client: TestClient, sample_case: Case) -> None:
    rows = report_list(sample_case)
    first = client.get("/reports?limit=4").text
    assert re.findall(r'<a href="/reports/(\w{64})" data-open>', first) == [row.id[7:] for row in rows[:4]]
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = client.get(following[1].replace("&amp;", "&")).text
    assert re.findall(r'<a href="/reports/(\w{64})" data-open>', second) == [row.id[7:] for row in rows[4:8]]
    assert "publisher not known" in client.get("/reports").text


def test_the_list_can_be_asked_by_publisher_and_day(client: TestClient) -> None:
    shown = client.get("/reports.json?publisher=Meridian+Post&since=2024-03-15&until=").json()
    assert {row["publisher"] for row in shown} == {"The Meridian Post"}
    empty = client.get("/reports?since=2031").text
    assert "No report fits what was asked" in empty
    assert client.get("/reports?since=soon").status_code == 400


def test_the_twin_of_the_list_is_a_table(client: TestClient, sample_case: Case) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/reports.csv").text.removeprefix("\ufeff"))))
    assert [row["report"] for row in rows] == [row.id for row in report_list(sample_case)]


def test_characters_that_no_page_can_hold_break_none(tmp_path: Path) -> None:
    """Half of a surrogate pair in a title, and NUL in a text: the reader warns of it, the twins write it as it is."""
    from sayso.work.adding import Adding, add_all

    halved = (
        '{"uri": "urn:x:1", "headline": "Two boats \\ud800 sank", "body_text": "Ola Kram said that two boats sank."}'
    )
    (tmp_path / "halved.json").write_text(halved)
    (tmp_path / "nul.txt").write_bytes(b"Two boats sank.\x00 Ola Kram said so on Monday.\n")
    case = made(tmp_path / "case", at=AT, who="Ana Tester")
    list(add_all(case, [str(tmp_path / "halved.json"), str(tmp_path / "nul.txt")], Adding("Ana Tester", lambda: AT)))
    client = _client(case)
    titled, plain = sorted(report_list(case), key=lambda row: row.title is None)
    assert "Two boats \ufffd sank" in client.get("/reports").text
    assert "Two boats \ufffd sank" in client.get(f"/reports/{titled.id[7:]}").text
    assert client.get("/reports.json").json()[-1]["title"] in ("Two boats \ud800 sank", None)
    assert client.get("/reports.csv").status_code == 200
    shown = client.get(f"/reports/{plain.id[7:]}").text
    assert "\ufffd" in shown
    assert "cannot be shown by any page" in shown
    case.closed()


def test_an_id_that_nothing_has_leads_to_those_near_it_by_their_titles(client: TestClient, sample_case: Case) -> None:
    wrong = "e8770d28" + "0" * 56
    answer = client.get(f"/reports/{wrong}")
    assert answer.status_code == 404
    near = re.findall(r'<a href="/reports/([0-9a-f]{64})"><bdi>(.*?)</bdi>', answer.text)
    titles = {row.id.removeprefix("sha256:"): row.title for row in report_list(sample_case)}
    assert near
    assert all(html.unescape(title) == (titles[one] or "") for one, title in near if titles[one])
    told = client.get(f"/reports/{wrong}.json").json()["problem"]["says"]
    assert f"sha256:{near[0][0]}" in told, "a program is told the ids"
    other = client.get("/incidents/inc-000000000000").text
    assert re.search(r'<a href="/incidents/inc-[0-9a-f]{12}"><bdi>[^<]{12,}</bdi>', other), "by their headlines"
