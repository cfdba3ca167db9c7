"""Facets at the desk: each count is what its click finds, each comes off again; exact words; what says alike."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from sayso.desk.app import desk
from sayso.ledger.asking.search import search
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.ledger.schema import statements
from tests.desk.conftest import AT


def client_of(case: Case, who: str = "Ana Tester") -> TestClient:
    """Somebody who asks the desk of a case."""
    return TestClient(desk(case, who=who, now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def client(sample_case: Case) -> TestClient:
    """Somebody who asks the desk of the sample."""
    return client_of(sample_case)


class Narrowing(HTMLParser):
    """The values of the facets of a page, with their counts and where they lead, and what is narrowed already."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[tuple[str, int]] = []
        self.chosen: list[str] = []
        self.sentences = page.count("data-open")
        self._in, self._href, self._counts = "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("class") in ("facets", "chosen"):
            self._in = given["class"]
        if tag == "a" and self._in == "facets":
            self._href = given["href"]
        if tag == "a" and self._in == "chosen" and "class" not in given:
            self.chosen.append(given["href"])
        self._counts = given.get("class") == "n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("aside", "ul" if self._in == "chosen" else "aside"):
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "facets" and self._counts and self._href:
            self.values.append((self._href, int(data.replace(",", ""))))
            self._counts, self._href = False, ""


def narrowing(client: TestClient, address: str) -> Narrowing:
    """What a search can be narrowed by."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Narrowing(answer.text)


@pytest.mark.parametrize("address", ["/search?q=market", "/search?act=denies", "/search?q=river&came=first_hand"])
def test_each_count_is_what_its_click_finds(client: TestClient, address: str) -> None:
    """By act, speaker, side, origin, channel, place, kind, status, ruling, days and publisher."""
    shown = narrowing(client, address)
    assert len(shown.values) > 15
    for href, count in shown.values:
        assert narrowing(client, f"{href}&limit=499").sentences == count, href


def test_facets_add_up_and_each_is_taken_off_again(client: TestClient) -> None:
    """Several at once; what is taken off leaves the others."""
    whole = narrowing(client, "/search?q=market")
    first = next(href for href, count in whole.values if "act=says" in href)
    once = narrowing(client, first)
    second, count = next((href, count) for href, count in once.values if "speaker=" in href and count > 1)
    twice = narrowing(client, second)
    assert twice.sentences == count
    assert len(twice.chosen) == 2
    back = [narrowing(client, href).sentences for href in twice.chosen]
    assert once.sentences in back
    assert all(href.startswith("/search?q=market") for href in twice.chosen)


def test_a_day_is_told_ever_more_finely(client: TestClient) -> None:
    """The sample is of one month: its days are told, and a day asked for is not told again."""
    shown = narrowing(client, "/search?q=market")
    days = [href for href, _ in shown.values if "since=" in href and "said_since" not in href]
    assert all(re.search(r"since=2024-03-\d\d&until=2024-03-\d\d", href) for href in days)
    assert len(days) > 1
    assert not [href for href, _ in narrowing(client, days[0]).values if "since=2024-03-1" in href.partition("q=")[0]]


def test_origin_is_who_the_word_entered_through(client: TestClient, sample_case: Case) -> None:
    """First-hand, relayed and copied; and the position of who speaks, as read."""
    page = client.get("/search?q=market").text
    for words in ("first-hand in its report", "a copy of another report", "speaks for a side of the conflict"):
        assert words in page
    with sample_case.reading() as connection:
        within = connection.execute(
            select(statements.c.report_id, statements.c.start, statements.c.end).where(statements.c.within.is_not(None))
        ).all()
    from sayso.ledger.asking.questions import Among

    for hit in search(sample_case, among=Among(came="relayed"), limit=499):
        assert any(
            hit.report == row.report_id and row.start < hit.span.end and row.end > hit.span.start for row in within
        )


def test_the_twin_of_the_facets_names_no_private_person(client: TestClient) -> None:
    """Unless it is asked for."""
    rows = list(csv.DictReader(io.StringIO(client.get("/search/facets.csv?q=the").text.removeprefix("\ufeff"))))
    assert {row["facet"] for row in rows} >= {"act", "speaker", "came", "position", "publisher"}
    told = client.get("/search/facets.json?act=says&position=witness").json()
    shown = client.get("/search/facets.json?act=says&position=witness&private=shown").json()
    hidden = [
        (one["name"], other["name"]) for one, other in zip(told["facets"], shown["facets"], strict=True) if one != other
    ]
    assert hidden
    assert all(mine is None and theirs for mine, theirs in hidden)


def test_exact_words_are_looked_for_as_they_are_typed(client: TestClient) -> None:
    """Capitals, marks and punctuation count; without the tick they do not."""
    loose = narrowing(client, '/search?q="the market is"').sentences
    assert loose > 0
    assert narrowing(client, "/search?q=the+market+is&exactly=1").sentences < loose
    assert narrowing(client, "/search?q=The+market+is&exactly=1").sentences > 0
    assert narrowing(client, "/search?q=market+is+not+used+by+soldiers.&exactly=1").sentences > 0
    assert narrowing(client, "/search?q=market+is+not+used+by+soldiers%21&exactly=1").sentences == 0
    assert narrowing(client, "/search?q=arket+is&exactly=1").sentences == 0
    assert narrowing(client, "/search?q=%E2%80%A6&exactly=1").sentences == 0


def test_an_id_that_is_quoted_exactly_is_looked_for(client: TestClient) -> None:
    """Words are words then."""
    assert client.get("/search?q=inc-000000000000&exactly=1").status_code == 200


def test_what_says_alike_is_found_in_other_reports(client: TestClient, sample_case: Case) -> None:
    """From a statement that two other reports copy; it says how many words are shared, and links back to its trace."""
    hit = search(sample_case, '"People were buying bread"')[-1]
    about = f"{hit.report}#{hit.statements[0].statement}"
    page = client.get("/search", params={"like": about}).text
    found = re.findall(r"shares (\d+) of (\d+) telling words", page)
    assert len(found) >= 2
    assert [int(one) for one, _ in found] == sorted((int(one) for one, _ in found), reverse=True)
    assert "known for a copy of the same telling" in page
    assert "Trace it" in page
    assert client.get("/search.json", params={"like": about}).json()[0]["report"] != hit.report


@pytest.mark.parametrize("asked", ["like=sha256:00%23st1", "like=x", "added=x", "came=flown", "position=above"])
def test_what_cannot_be_asked_is_told(client: TestClient, asked: str) -> None:
    """In words, with the form still there."""
    answer = client.get(f"/search?{asked}")
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text
    assert 'class="search"' in answer.text


def test_what_people_ruled_narrows_and_is_told_by_whom(own_case: Case) -> None:
    """A rejected statement is marked as such, with who did it, and found by that."""
    client = client_of(own_case)
    assert narrowing(client, "/search?ruled=rejected").sentences == 0
    hit = search(own_case, "market")[0]
    about = f"{hit.report}#{hit.statements[0].statement}" if hit.statements else ""
    assert about
    decide(own_case, ruling="reject", about=[about], who="Ben <i>Ruler</i>", why="nobody says so", at=AT)
    page = client.get("/search?ruled=rejected").text
    assert Narrowing(page).sentences >= 1
    assert "Ben &lt;i&gt;Ruler&lt;/i&gt;" in page
    assert unescape(page).count("rejected") > 1
    assert narrowing(client, "/search?ruled=unseen&limit=499").sentences > 0


def test_a_position_that_is_ruled_is_found_by_it_at_once(own_case: Case) -> None:
    """And not by the one that was read."""
    client = client_of(own_case)
    hit = next(one for one in search(own_case, "market") if one.statements and one.statements[0].party)
    speaker = hit.statements[0].speaker_id
    before = narrowing(client, f"/search?position=party&speaker={speaker}").sentences
    assert before > 0
    made = {"ruling": "position", "value": "outside", "who": "Ana", "why": "left the office", "at": AT}
    decide(own_case, about=[speaker], **made)  # type: ignore[arg-type]
    assert narrowing(client, f"/search?position=party&speaker={speaker}").sentences == 0
    assert narrowing(client, f"/search?position=outside&speaker={speaker}").sentences == before
