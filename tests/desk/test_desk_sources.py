"""Sources at the desk: what each said and how it got here, where they stand and on whose word, who copies whom."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.desk.views.sources import drawing, month_bars
from sayso.ledger.asking.publishers import Copying, copyings, publisher_page
from sayso.ledger.asking.source_pages import source_page
from sayso.ledger.asking.sources import speaker, speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.erasing import erased
from tests.desk.conftest import AT

if TYPE_CHECKING:
    from playwright.sync_api import Page

LATER = "2031-06-03T08:00:00Z"


def client_of(case: Case) -> TestClient:
    """Somebody who asks the desk of a case."""
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def client(sample_case: Case) -> TestClient:
    """Somebody who asks the desk of the sample."""
    return client_of(sample_case)


def busiest(case: Case) -> str:
    """The id of who says most."""
    return speaker_list(case, limit=1)[0].id


def test_the_page_counts_what_the_search_finds(client: TestClient, sample_case: Case) -> None:
    """Of everybody in the sample: what is first-hand, relayed, in copies; as the terminal counts it too."""
    for row in speaker_list(sample_case, limit=400):
        told, known = source_page(sample_case, row.id), speaker(sample_case, row.id)
        assert (told.row, told.acts, told.channels) == (known.row, known.acts, known.channels)
        assert (told.came["first_hand"], told.came["relayed"], told.came["copied"]) == (
            known.first_hand,
            known.relayed,
            known.copied,
        )
        assert told.said == known.said[: len(told.said)]
    page = client.get(f"/sources/{busiest(sample_case)}").text
    href, count = re.findall(r'href="(/search\?speaker=[^"]*came=copied)">(\d+)<', page)[0]
    hits = client.get("/search.json?" + href.replace("&amp;", "&").partition("?")[2] + "&limit=499").json()
    who = busiest(sample_case)
    met = {(hit["report"], one["statement"]) for hit in hits for one in hit["statements"] if one["speaker_id"] == who}
    copies = {(one.report, one.statement) for one in source_page(sample_case, who, limit=500).said if one.copied}
    assert int(count) == len(copies) > 0
    assert copies <= met


def test_who_relays_and_what_was_told_first(sample_case: Case) -> None:
    """Somebody who tells what another said; statements in stretches that others copy."""
    pages = [source_page(sample_case, row.id) for row in speaker_list(sample_case, limit=400)]
    relayed = [one for one in pages if one.relayed_by]
    assert relayed
    assert all(sum(by.statements for by in one.relayed_by) == one.came["relayed"] for one in relayed)
    assert [one for one in pages if one.first]
    assert all(one.days and one.days[0] <= one.days[1] for one in pages if one.months)


def test_where_somebody_stands_is_read_until_a_person_sets_it(own_case: Case) -> None:
    """Then with who, when, since when and on whose word; once withdrawn it is read again."""
    client, who = client_of(own_case), busiest(own_case)
    side = speaker(own_case, who).row.party
    page = client.get(f"/sources/{who}").text
    assert side
    assert "Set by nobody" in page
    assert 'class="stand guess"' in page
    made = decide(
        own_case, ruling="position", about=[who], value="outside", who="Ben Ruler", why="left office", at=LATER,
        as_of="2023-05", source="the <b>gazette</b>",
    )  # fmt: skip
    page = client.get(f"/sources/{who}").text
    for words in ("Ben Ruler", "2023-05", "the &lt;b&gt;gazette&lt;/b&gt;", "left office", made.id):
        assert words in page
    assert 'class="stand set"' in page
    assert "Set by nobody" not in page
    assert 'class="stand set"' in client.get("/sources").text
    assert speaker(own_case, who).row.party == side  # a position says nothing of the side
    assert client.get(f"/sources/{who}.json").json()["position"]["set_by"] == made.id
    withdraw(own_case, made.id, who="Ana", at=LATER)
    page = client.get(f"/sources/{who}").text
    assert "Set by nobody" in page
    assert "1 other ruling" in page


def test_pages_follow_each_other_without_loss(client: TestClient, sample_case: Case) -> None:
    """Three statements a page are the same as all at once; so with the list of who speaks."""
    who = busiest(sample_case)
    whole = [row["statement"] for row in rows_of(client, f"/sources/{who}.csv?limit=500")]
    some = [
        row["statement"] for at in range(0, 12, 3) for row in rows_of(client, f"/sources/{who}.csv?limit=3&after={at}")
    ]
    assert some == whole
    place, seen = "/sources?limit=7", []
    while place:
        page = client.get(place).text
        seen += re.findall(r'href="/sources/(spk-[0-9a-f]+)" data-open', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        place = found[1].replace("&amp;", "&") if found else ""
    assert seen == [row.id for row in speaker_list(sample_case, limit=1000)]


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV twin."""
    return list(csv.DictReader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))))


def test_who_copies_whom_is_what_families_say(client: TestClient, sample_case: Case) -> None:
    """With an example that opens side by side, and why."""
    told = copyings(sample_case)
    assert sum(one.stretches for one in told) == sum(sum(count for _, count in one.hows) for one in told) > 0
    page = client.get("/sources?show=publishers").text
    for one in told:
        assert f"/reports/{one.example[1][7:]}/beside/{one.example[0][7:]}" in page
    of_one = publisher_page(sample_case, "River Wire Digest")
    assert [one for one in of_one.copies if one.of == "HALVAPRESS"]
    assert all(shown.reasons for _, shown in of_one.evidence)
    page = client.get("/sources/publisher?name=River+Wire+Digest").text
    assert "HALVAPRESS" in page
    assert "The two sentences share" in page or "word for word" in page
    assert client.get("/sources/publisher.json?name=HALVAPRESS").json()["copied_by"][0]["by"] == "River Wire Digest"


def test_a_publisher_that_is_not_there_is_told_so(client: TestClient) -> None:
    """And no name leads to the list."""
    assert client.get("/sources/publisher?name=Nobody").status_code == 404
    assert client.get("/sources/publisher").headers["location"] == "/sources?show=publishers"
    assert "No publisher here" in client.get("/sources?show=publishers&name=Nobody").text
    assert client.get("/sources/spk-000000000000").status_code == 404


def test_twins_tell_no_private_person(client: TestClient, sample_case: Case) -> None:
    """Neither in lists nor in what somebody said."""
    listed = speaker_list(sample_case, limit=400)
    private = next(row for row in listed if row.naming == "named" and row.role is None and row.party is None)
    assert private.name not in client.get("/sources.json?limit=500").text
    assert private.name not in client.get("/sources.csv?limit=500").text
    assert private.name in client.get("/sources.csv?limit=500&private=shown").text
    said = rows_of(client, f"/sources/{private.id}.csv")
    shown = rows_of(client, f"/sources/{private.id}.csv?private=shown")
    assert [row["words"] for row in said] != [row["words"] for row in shown]
    assert private.name not in client.get(f"/sources/{private.id}.json").text


def test_an_erased_name_is_gone_at_once(own_case: Case) -> None:
    """From the page that was just looked at, too: nothing that was counted before is told again."""
    client, who = client_of(own_case), busiest(own_case)
    name = speaker(own_case, who).row.name
    assert name in client.get(f"/sources/{who}").text
    erased(own_case, name=name, who="Ana", why="asked for", at=LATER)
    for place in ("/sources?limit=500", f"/sources/{who}", f"/search?q={name}", "/search?q=market&limit=200"):
        assert name not in client.get(place).text.replace(f'value="{name}"', ""), place


def test_drawings_hold_what_they_are_given() -> None:
    """As many lines as pairs, up to the few that can be told apart; months without anything stay open."""
    pairs = [Copying(f"a{n % 4}", f"b{n}", n + 1, 1, (("cut", n + 1),), ("x", "y")) for n in range(20)]
    drawn = drawing(pairs)
    assert (len(drawn.lines), drawn.left_out, len(drawn.sources)) == (14, 6, 4)
    assert drawing([]).lines == ()
    bars = month_bars((("2031-11", 4), ("2032-02", 1))).bars
    assert [(bar.says, bar.count) for bar in bars] == [("2031-11", 4), ("2031-12", 0), ("2032-01", 0), ("2032-02", 1)]
    assert bars[1].height == 0


def test_from_a_card_to_the_source_and_its_words(page: Page, desk: str) -> None:
    """A tally leads to the sentences, these to who said them, a statement to its card, and the card back."""
    page.goto(f"{desk}/sources")
    page.locator("tbody a[data-open]", has_text="Ilse Varnay").first.click()
    page.locator(".counts").wait_for()
    page.locator(".tallies a", has_text="1").first.click()
    page.locator(".sentences").wait_for()
    assert page.locator(".chosen li").count() == 2
    page.locator(".read .who").first.click()
    page.locator(".said .row").first.wait_for()
    page.locator(".said a.act").first.click()
    page.locator(".card:visible header").first.click()
    page.locator("a:visible", has_text="all they said").first.click()
    page.locator(".counts").wait_for()


def test_keys_set_where_somebody_stands(page: Page, own_desk: str) -> None:
    """`j` and `o` open who says most, `p` the ruling."""
    page.goto(f"{own_desk}/sources")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator(".stands").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("p")
    page.locator("dialog.ruling[open]").wait_for()
