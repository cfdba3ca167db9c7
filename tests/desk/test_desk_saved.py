"""Saved searches at the desk: saved by a form, told what is new, withdrawn; a feed that readers can read."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.desk.views.atom import ATOM
from sayso.ledger.case import Case, made
from sayso.ledger.saved import listed, saved
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added

if TYPE_CHECKING:
    from playwright.sync_api import Page

MORE = "OSK, April 9 (River Wire) - Harbour master Ada Brond said on Tuesday that one of the ferries had sunk."


@pytest.fixture
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of three reports, for one test."""
    new = made(tmp_path_factory.mktemp("saved") / "case", at=AT, who="Ana Tester")
    added(new, FERRY, DENIED, ALONE)
    yield new
    new.closed()


def client_of(case: Case, who: str = "Ana Tester") -> TestClient:
    """Somebody who asks the desk of a case, with the cookie that forms need."""
    client = TestClient(desk(case, who=who, now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)
    client.get("/search/saved")
    return client


def save(client: TestClient, **told: str) -> str:
    """Send the form; where it leads."""
    page = client.get("/search?q=ferries").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    given = {"token": token[1], "page": "search", "name": "The ferries", "query": "q=ferries", **told}
    answer = client.post("/search/saved", data=given)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_what_is_new_is_told_to_each_person(case: Case) -> None:
    """Of reports added since they opened it; opening it, or only the new, makes it seen."""
    client = client_of(case)
    place = save(client)
    assert "nothing new" in client.get(place).text
    added(case, MORE)
    assert "1 new" in client.get("/search/saved").text
    other = client_of(case, "Ben")
    assert "not opened by you yet" in other.get("/search/saved").text
    with case.reading() as connection:
        (one,) = listed(connection)
    leads = client.get(f"/search/saved/{one.id}?only=new").headers["location"]
    assert parse_qs(urlsplit(leads).query) == {"q": ["ferries"], "added": ["3"]}
    assert client.get(leads).text.count("data-open") == 1
    assert "nothing new" in client.get("/search/saved").text
    assert other.get(f"/search/saved/{one.id}").headers["location"] == "/search?q=ferries"
    assert "nothing new" in other.get("/search/saved").text


def test_withdrawing_takes_it_off_the_list_and_ends_its_feed(case: Case) -> None:
    """It stays written down."""
    client = client_of(case)
    page = client.get(save(client)).text
    token = re.search(r'name="token" value="([^"]+)"', page)
    with case.reading() as connection:
        (one,) = listed(connection)
    assert token
    assert client.get(f"/search/saved/{one.id}.atom").status_code == 200
    answer = client.post(f"/search/saved/{one.id}/withdraw", data={"token": token[1]})
    assert answer.status_code == 303
    assert "No search is saved yet" in client.get("/search/saved").text
    assert client.get(f"/search/saved/{one.id}.atom").status_code == 410
    with case.reading() as connection:
        assert [row.withdrawn_by for row in listed(connection, also_withdrawn=True)] == ["Ana Tester"]


def test_a_feed_holds_the_sentences_without_private_names(case: Case) -> None:
    """As Atom, with an id of its own for each sentence, and links that open it."""
    client = client_of(case)
    asked = saved(case, page="search", name='All <b>"&"</b> \x01', query="q=osk", who="Ana", at=AT)
    answer = client.get(f"/search/saved/{asked}.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{{{ATOM}}}feed"
    assert root.findtext(f"{{{ATOM}}}title") == 'All <b>"&"</b> \ufffd'
    entries = root.findall(f"{{{ATOM}}}entry")
    assert len(entries) >= 3
    assert len({entry.findtext(f"{{{ATOM}}}id") for entry in entries}) == len(entries)
    assert b"Varga" not in answer.content
    assert "Varga" in client.get(f"/search/saved/{asked}.atom?private=shown").text
    href = next(one.attrib["href"] for one in entries[0].iter(f"{{{ATOM}}}link"))
    assert client.get(href.removeprefix("http://127.0.0.1")).status_code == 200


def test_a_search_that_cannot_be_asked_any_more_says_so(case: Case) -> None:
    """And the others are counted all the same."""
    saved(case, page="search", name="Odd", query="act=flown", who="Ana Tester", at=AT)
    saved(case, page="queue", name="Mine", query="about=x", who="Ana Tester", at=AT)
    client = client_of(case)
    added(case, MORE)
    page = client.get("/search/saved").text
    assert "There is no act &#39;flown&#39;" in page
    assert "Mine" in page


@pytest.mark.parametrize("asked", ["sav-0", "sav-0.atom"])
def test_what_is_not_there_is_told_so(case: Case, asked: str) -> None:
    """As every id that nothing has."""
    assert client_of(case).get(f"/search/saved/{asked}").status_code == 404


def test_twins_hold_back_what_was_typed(case: Case) -> None:
    """It can name private persons."""
    saved(case, page="search", name="Milo Varga", query="q=Varga", who="Ana", at=AT)
    client = client_of(case)
    assert "Varga" not in client.get("/search/saved.json").text
    assert "Varga" not in client.get("/search/saved.csv").text
    assert "Varga" in client.get("/search/saved.json?private=shown").text


def test_a_search_is_narrowed_saved_opened_and_withdrawn(page: Page, own_desk: str) -> None:
    """By mouse and keys: a facet, the name under `S`, the list, the search again."""
    page.goto(f"{own_desk}/search?q=market")
    page.locator(".facets a", has_text="accuses").click()
    page.locator(".chosen", has_text="accuses").wait_for()
    page.keyboard.press("Shift+S")
    page.locator("#save-name").fill("Who accuses whom of the market")
    page.keyboard.press("Enter")
    row = page.locator(".saved .row")
    row.wait_for()
    assert "just saved" in row.inner_text()
    assert "accuses" in row.inner_text()
    row.locator("h2 a").click()
    page.locator(".sentences").wait_for()
    assert "act=accuses" in page.url
    page.goto(f"{own_desk}/search/saved")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("No search is saved yet").wait_for()


def test_a_search_is_saved_without_scripts(plain_page: Page, own_desk: str) -> None:
    """The same form, sent by the browser alone."""
    plain_page.goto(f"{own_desk}/search?act=denies")
    plain_page.locator("#save-name").fill("Denials")
    plain_page.get_by_role("button", name="Save", exact=True).click()
    plain_page.locator(".saved .row").wait_for()
    assert "Denials" in plain_page.locator(".saved .row").inner_text()


def test_a_search_becomes_a_queue_under_the_name_that_was_typed(plain_page: Page, own_desk: str) -> None:
    """Without one it is asked for, and what the search asks is told in words."""
    plain_page.goto(f"{own_desk}/search?act=denies")
    plain_page.locator("#save-name").fill("Who denies")
    plain_page.get_by_role("button", name="As a queue").click()
    plain_page.locator("[data-asked]").wait_for()
    assert "Who denies" in plain_page.locator(".progress").inner_text()
    plain_page.goto(f"{own_desk}/search?q=market&act=says")
    plain_page.get_by_role("button", name="As a queue").click()
    told = plain_page.locator(".save-search").inner_text()
    assert "market" in told
    assert "act=" not in told
