"""The list of incidents as the server answers it."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from sayso.desk.app import desk
from sayso.ledger.asking import incidents as asking
from sayso.ledger.asking.incidents import Incidents, incident_rows
from sayso.ledger.case import Case, made
from sayso.ledger.schema import incidents

AT = "2031-06-01T08:00:00Z"
UNDATED = "Ferry hit\n\nShells hit the ferry at the lower mill last weekend, said Ilka Moor, the harbour master.\n"


def _client(case: Case) -> TestClient:
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1")


@pytest.fixture
def client(sample_case: Case) -> TestClient:
    """A visitor of a desk over the sample."""
    return _client(sample_case)


def _rows(page: str) -> list[str]:
    return re.findall(r"<li class=\"row\" data-row>(.*?)</li>\s*(?=<li class=\"row\"|</ol>)", page, re.DOTALL)


def _text(part: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def _listed(page: str) -> list[str]:
    return re.findall(r'href="/incidents/(inc-[0-9a-f]+)" data-open', page)


def test_every_incident_is_listed_once_and_what_nobody_tells_to_have_happened_last(
    client: TestClient, sample_case: Case
) -> None:
    rows = incident_rows(sample_case, limit=100)
    page = client.get("/incidents?limit=100").text
    told = [row.id for row in rows if not row.did_not_happen]
    tray = [row.id for row in rows if row.did_not_happen]
    assert _listed(page) == told + tray
    apart = page.index("Apart: nobody tells that it happened")
    assert page.index(told[-1]) < apart < page.index(tray[0])


def test_a_row_tells_who_is_counted_and_that_nobody_stands_outside(client: TestClient, sample_case: Case) -> None:
    row = incident_rows(sample_case)[0]
    assert row.counter is not None
    shown = _text(_rows(client.get("/incidents").text)[0])
    assert f"{row.counter.origins} origins" in shown
    assert "0 outside" in shown
    for party, number in row.counter.parties:
        assert f"{number} {party.capitalize()}" in shown
    assert f"{row.counter.reports} reports ({row.counter.copies} copies)" in shown
    assert str(row.place) in shown


def test_a_denial_in_general_is_not_told_as_one_of_this_incident(client: TestClient, sample_case: Case) -> None:
    only_general = next(
        row
        for row in incident_rows(sample_case, limit=100)
        if row.counter is not None and "1 denial in general" in row.counter.says
    )
    page = client.get("/incidents?limit=100").text
    shown = next(part for part in _rows(page) if only_general.id in part)
    assert "1 denied in general" in _text(shown)
    assert "1 denial" not in _text(shown)


@pytest.mark.parametrize(
    ("query", "among"),
    [
        ("kind=shelling", Incidents(kind="shelling")),
        ("denied=true", Incidents(denied=True)),
        ("tray=true", Incidents(tray=True)),
        ("tray=false&denied=false", Incidents(tray=False, denied=False)),
        ("place=Colon&since=2024-03&until=2024-03-13", Incidents(place="Colon", since="2024-03", until="2024-03-13")),
        ("speaker=Osk", Incidents(speaker="Osk")),
    ],
)
def test_what_is_asked_for_is_listed_and_stays_in_the_form(
    client: TestClient, sample_case: Case, query: str, among: Incidents
) -> None:
    wanted = {row.id for row in incident_rows(sample_case, among=among, limit=100)}
    page = client.get(f"/incidents?limit=100&{query}").text
    assert wanted
    assert set(_listed(page)) == wanted
    assert "Show all" in page
    name, _, value = query.partition("&")[0].partition("=")
    assert re.search(rf'name="{name}"[^>]*value="{value}"|<option value="{value}" selected', page)


def test_going_on_or_another_order_keeps_what_was_asked_for(client: TestClient) -> None:
    """No is an answer too: "told to have happened" stays asked for on the next page."""
    page = html.unescape(client.get("/incidents?tray=false&denied=false&limit=5").text)
    for kept in (r'rel="next" href="([^"]+)"', r'href="([^"]+by=time[^"]*)"'):
        found = re.search(kept, page)
        assert found is not None
        assert "tray=false" in found[1]
        assert "denied=false" in found[1]


def test_pages_go_on_where_the_one_before_ended(client: TestClient, sample_case: Case) -> None:
    seen: list[str] = []
    address = "/incidents?limit=10"
    for _ in range(10):
        page = client.get(address).text
        seen += _listed(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        if more is None:
            break
        address = html.unescape(more[1])
    assert sorted(seen) == sorted(row.id for row in incident_rows(sample_case, limit=100))


def test_an_incident_that_was_not_counted_yet_says_so_and_has_no_numbers(
    own_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = incident_rows(own_case)[0].id
    with own_case.writing() as connection:
        connection.execute(update(incidents).where(incidents.c.id == name).values(counter="{}", stale=True))
    monkeypatch.setattr(asking, "MOST_TELLINGS", 0)
    shown = next(part for part in _rows(_client(own_case).get("/incidents").text) if name in part)
    assert "not yet counted" in _text(shown)
    assert "origins" not in _text(shown)


def test_the_list_has_its_twins(client: TestClient, sample_case: Case) -> None:
    wanted = [row.id for row in incident_rows(sample_case, by="time", limit=100)]
    told = client.get("/incidents.json?by=time&limit=100").json()
    assert [one["id"] for one in told] == wanted
    rows = csv.DictReader(io.StringIO(client.get("/incidents.csv?by=time&limit=100").text.lstrip("\ufeff")))
    assert [row["incident"] for row in rows] == wanted


def test_the_form_as_a_browser_sends_it_asks_for_what_is_filled_in(client: TestClient) -> None:
    """Fields that are left empty come along, and ask for nothing."""
    empty = "by=contested&kind=&place=&speaker=&since=&until=&denied=&tray="
    assert client.get(f"/incidents?{empty}").text.count("data-row") == client.get("/incidents").text.count("data-row")
    narrowed = client.get(f"/incidents?{empty.replace('denied=', 'denied=true')}")
    assert narrowed.status_code == 200
    assert 0 < narrowed.text.count("data-row") < client.get("/incidents").text.count("data-row")


def test_a_time_that_no_day_could_be_made_of_is_told_in_its_words(tmp_path: Path) -> None:
    """An undated report of what was "on Thursday": the list has the words, and they open where they stand."""
    from sayso.work.adding import Adding, add_all

    (tmp_path / "undated.txt").write_text(UNDATED, encoding="utf-8")
    case = made(tmp_path / "case", at=AT, who="Ana Tester")
    list(add_all(case, [str(tmp_path / "undated.txt")], Adding("Ana Tester", lambda: AT), workers=1))
    page = TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1").get("/incidents").text
    case.closed()
    when = re.search(r'<p class="when">(.*?)</p>', page, re.DOTALL)
    assert when is not None
    assert re.search(r"at=\d+-\d+#at.*last weekend", when[1], re.DOTALL)
    assert "(not fixed)" in when[1]
