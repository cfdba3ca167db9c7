"""The timeline: bins that open, bars with two clocks, lanes that say what they hold, twins, and the arrow keys."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk as application
from sayso.desk.pages.on_map import Asked
from sayso.desk.views.lanes import beside, lanes_of_bins
from sayso.desk.views.time_bins import DAY, MONTH, YEAR, Window, bars, past_of, ticks, window
from sayso.ledger.asking.where_when import Bin, WhereWhen, happenings
from sayso.ledger.case import Case
from tests.desk.conftest import AT, WHO

if TYPE_CHECKING:
    from playwright.sync_api import Page

SPRING = "?since=2024-03-01&until=2024-03-20"


@pytest.fixture(scope="module")
def client(sample_case: Case) -> TestClient:
    """Somebody who asks the desk of the sample."""
    return TestClient(application(sample_case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")


def _bins(**counts: int) -> list[Bin]:
    return [Bin(at.replace("_", "-")[1:], "", count) for at, count in counts.items()]


def test_the_stretch_shown_holds_nearly_all_and_counts_the_rest() -> None:
    """One far off does not press all others to the edge, and is not silently left out."""
    shown = window(_bins(_1993_11=1, _2031_03=40, _2031_04=60))
    assert shown is not None
    assert (shown.first, shown.past, shown.precision) == ("2031-03-01", "2031-05-01", DAY)
    assert (shown.before, shown.after, shown.whole) == (1, 0, ("1993-11", "2031-04"))


@pytest.mark.parametrize(
    ("asked", "first", "past", "precision"),
    [
        ({"since": "2031-03", "until": " 2031-03 "}, "2031-03-01", "2031-04-01", DAY),
        ({"since": "2030", "until": "2031"}, "2030-01-01", "2032-01-01", MONTH),
        ({"since": "2001-05", "until": "2031"}, "2001-01-01", "2032-01-01", YEAR),
        ({"since": "2031-04", "until": "2031-03"}, "2031-04-01", "2031-04-02", DAY),
        ({"since": "2031-03-05", "until": "2031-03-05"}, "2031-03-05", "2031-03-06", DAY),
        ({"since": "", "until": ""}, "2031-03-01", "2031-04-01", DAY),
    ],
)
def test_what_is_asked_for_is_shown_as_finely_as_it_fits(
    asked: dict[str, str], first: str, past: str, precision: int
) -> None:
    """Days, months or years; ends that are the wrong way round show a day."""
    shown = window(_bins(_2031_03=3), *Asked(**asked).days)
    assert shown is not None
    assert (shown.first, shown.past, shown.precision) == (first, past, precision)
    assert all(0 <= at < 1 for at, _ in ticks(shown))


@pytest.mark.parametrize(("first", "later"), [("0001-01-02", False), ("9999-12-01", True)])
def test_the_calendar_ends(first: str, *, later: bool) -> None:
    """Beyond it there is nothing to step to."""
    assert beside(Window(first, past_of(first[:7]) if later is False else "9999-12-31", DAY), later=later) is None


def test_nothing_dated_has_no_stretch() -> None:
    """Unless one is asked for."""
    assert window([]) is None
    assert window([], "2031-01-01", "2032-01-01") is not None


def test_bins_lose_nothing_between_lanes() -> None:
    """What is of no lane that is named is in the rest; a lane's bars add up."""
    counted = [Bin("2031-03-04", "a", 3), Bin("2031-03-05", "b", 2), Bin("2031-03-05", "c", 5)]
    shown = window(counted)
    assert shown is not None
    lanes = lanes_of_bins(counted, shown, ("a",), rest="rest")
    assert [(lane.id, lane.count) for lane in lanes] == [("a", 3), ("rest", 7)]
    assert sum(bar.count for bar in lanes[1].bars) == 7
    assert max(bar.height for lane in lanes for bar in lane.bars) <= 1.0
    assert [lane.id for lane in lanes_of_bins(counted, shown, ("a", "b"))] == ["a", "b"]
    assert bars([Bin("2031-05", "", 1)], shown, tallest=1) == ()


def test_each_incident_is_a_bar_with_two_clocks(client: TestClient, sample_case: Case) -> None:
    """With a name for screen readers that says both; each links to its incident, and stands in the table."""
    page = client.get(f"/timeline{SPRING}").text
    names = re.findall(r'<a href="(/incidents/inc-[0-9a-f]+)" data-step class="[^"]+"><title>([^<]+)</title>', page)
    dated = {f"/incidents/{one.id}" for one in happenings(sample_case, WhereWhen()) if one.earliest}
    assert {address for address, _ in names} <= dated
    assert len(names) > 10
    assert all("first reported 2024-03-" in name for _, name in names)
    assert page.count('class="reported"') == len(names) + 1  # one more explains it
    table = page[page.index('class="table-twin"') :]
    assert all(f'href="{address}"' in table for address, _ in names)


def test_what_is_not_told_to_a_day_has_no_sharp_ends(client: TestClient) -> None:
    """A bar says by its edges how well its time is told."""
    page = client.get("/timeline?since=1990&until=2031").text
    assert re.search(r'data-step class="vague ', page)
    assert re.search(r'data-step class="exact ', page)


def test_lanes_say_what_they_hold(client: TestClient) -> None:
    """By who tells, never by who did it; or by kind."""
    page = client.get(f"/timeline{SPRING}").text
    assert "whoever is told to have done it" in page
    assert "told by Kesteria" in page and "told by Halvane" in page and "told by no side" in page
    assert "A lane holds the incidents of one kind of event." in client.get(f"/timeline{SPRING}&lanes=kind").text


def test_many_are_counted_and_opened_by_a_click(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column leads to its stretch of time; the counts are those of the table."""
    monkeypatch.setattr("sayso.desk.pages.timeline.SINGLY", 3)
    page = client.get(f"/timeline{SPRING}").text
    found = re.findall(r'since=(2024-03-\d\d)&amp;until=(2024-03-\d\d)" data-step><title>[^:]+: (\d+),', page)
    assert found
    assert all(since == until for since, until, _ in found)
    table = page[page.index('class="table-twin"') :]
    assert sorted(re.findall(r">(\d+)</a></td>", table)) == sorted(count for *_, count in found)
    by_kind = client.get(f"/timeline{SPRING}&lanes=kind").text
    assert "shelling" in by_kind[by_kind.index("data-lanes") :]


def test_what_has_no_day_is_listed_aside(client: TestClient, sample_case: Case) -> None:
    """And counted."""
    without = sum(one.earliest is None for one in happenings(sample_case, WhereWhen()))
    page = client.get("/timeline").text
    assert f'Without a day <span class="soft">{without}</span>' in page


def test_the_twins_hold_both_clocks(client: TestClient) -> None:
    """CSV with the day on which each was first reported; JSON of the same."""
    asked = "&limit=100"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/timeline.csv{SPRING}{asked}").text.removeprefix("\ufeff"))))
    assert len(rows) == len(client.get(f"/timeline.json{SPRING}{asked}").json()) > 10
    assert all(row["earliest"] and row["first_reported"] for row in rows)


def test_what_cannot_be_asked_is_told(client: TestClient) -> None:
    """In words, and not as a fault."""
    for query in ("since=yesterday", "until=2024-13", "since=0000", "until=9999"):
        assert client.get(f"/timeline?{query}").status_code == 400, query


def test_the_arrow_keys_step_through_lanes(page: Page, desk: str) -> None:
    """One bar at a time is in the order of the tab key."""
    page.goto(f"{desk}/timeline{SPRING}")
    page.locator('[data-step][tabindex="0"]').wait_for(state="attached")
    assert page.locator('[data-step][tabindex="0"]').count() == 1
    lanes = page.locator("[data-lane]")
    page.keyboard.press("ArrowRight")
    first, second = (lanes.nth(0).locator("[data-step]").nth(n) for n in (0, 1))
    assert first.evaluate("bar => bar === document.activeElement")
    page.keyboard.press("ArrowRight")
    assert second.evaluate("bar => bar === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert lanes.nth(1).evaluate("lane => lane.contains(document.activeElement)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/inc-*")


def test_a_stretch_is_left_by_keys(page: Page, desk: str) -> None:
    """Earlier, and all of it again; a search is saved with what it asks."""
    page.goto(f"{desk}/timeline{SPRING}")
    page.keyboard.press("[")
    page.wait_for_url("**since=2024-02-10&until=2024-02-29")
    page.keyboard.press("0")
    page.wait_for_url("**/timeline")
