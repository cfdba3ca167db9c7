"""The map: what is drawn and how, what never is, its list, table and twins; and in a browser, with a real map."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Generator
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk as application
from sayso.desk.views import drawn
from sayso.knowledge import ours
from sayso.ledger.asking.where_when import Happening, Spotted, WhereWhen, happenings
from sayso.ledger.case import Case, made
from tests.desk import browser as browsing
from tests.desk.conftest import AT, WHO

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.desk.browser import Guard

IDLE = '#map[data-map="idle"]'
FRAGMENT = {"X-Sayso-Fragment": "1"}


@pytest.fixture(scope="module")
def client(sample_case: Case) -> TestClient:
    """Somebody who asks the desk of the sample."""
    return TestClient(application(sample_case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")


def _told(client: TestClient, query: str = "") -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/map/features.json{query}").json()
    return told


def _happening(**told: Any) -> Happening:
    given: dict[str, Any] = {
        "id": "inc-1", "kind": "shelling", "place": "Northmill", "level": "town", "lat": 50.1, "lon": 30.1,
        "radius_km": 4.0, "country": None, "region": "UA-63", "earliest": "1970-01-02", "latest": "1970-01-04",
        "did_not_happen": False, "origins": 1, "denials": 0, "could_not_verify": 0, "reports": 1, "parties": (),
    }  # fmt: skip
    return Happening(**{**given, **told})


# What is drawn


def test_every_kind_of_event_has_a_class_that_is_a_kind() -> None:
    """No kind that rows name is drawn by a slip of a name; each class has a shape, and each shape a path."""
    kinds = {str(row["kind"]) for row in ours().rows("event_kinds")}
    assert set(drawn.CLASS_OF) <= kinds
    assert {drawn.class_of(kind) for kind in kinds} == set(drawn.SHAPES)
    assert set(drawn.SHAPES.values()) == set(drawn.PATHS)


@pytest.mark.parametrize(
    ("told", "spot"),
    [
        ({}, [30.1, 50.1, None, "Northmill", None]),
        ({"level": "site"}, [30.1, 50.1, None, "Northmill", None]),
        ({"level": "region", "radius_km": 90.0}, [30.1, 50.1, 90.0, "Northmill", "UA-63"]),
        ({"level": "district", "radius_km": 3.0}, [30.1, 50.1, 25.0, "Northmill", None]),
        ({"level": None}, [30.1, 50.1, 25.0, "Northmill", None]),
        ({"kind": "advance"}, [30.0, 50.0, 25.0, "Northmill", None]),
        ({"kind": "withdrawal", "level": "region", "radius_km": 90.0}, [30.0, 50.0, 90.0, "Northmill", None]),
    ],
)
def test_only_a_town_or_site_is_a_point(told: dict[str, Any], spot: list[Any]) -> None:
    """What is wider, or not known, is an area; forces stand on a grid of a quarter of a degree."""
    found = drawn.features([_happening(**told)])
    assert found["spots"] == [spot]
    assert found["rows"][0][3:] == [1, 3, "inc-1"]


def test_what_is_not_located_is_not_drawn() -> None:
    """Neither a point nor an area, and no spot in the sea off Africa."""
    assert drawn.features([_happening(lat=None, lon=None)]) == {"spots": [], "rows": []}


def test_a_place_of_several_spellings_is_one_spot_under_its_fullest() -> None:
    """With its marks, wherever reports that strip them stand; another place at the same point stays another."""
    rows = [_happening(place=name) for name in ("Guichon", "Guichón", "GUICHON", "Guichón mill")]
    found = drawn.features(rows)
    assert [spot[3] for spot in found["spots"]] == ["Guichón", "Guichón mill"]
    assert [row[0] for row in found["rows"]] == [0, 0, 0, 1]


def test_no_name_of_the_drawing_covers_a_spot_or_another_name() -> None:
    """Each stands at a free side of its spot; where none is free, the table has it."""
    crowd = [
        Spotted(f"Place number {n}", "town", 50 + n % 5 / 50, 30 + n / 300, None, False, 40 - n) for n in range(40)
    ]
    spots = drawn.marked([*crowd, Spotted("Far mill", "town", 40.0, 20.0, None, False, 1)])
    boxes = [(one.x - one.size, one.y - one.size, one.x + one.size, one.y + one.size) for one in spots]
    named = [drawn.box_of(one.label) for one in spots if one.label]
    assert 3 < len(named) < len(spots)
    pairs = [(one, other) for at, one in enumerate(named) for other in (*named[:at], *boxes)]
    assert not any(drawn.overlap(one, other) for one, other in pairs)
    assert next(one for one in spots if one.name == "Far mill").label


def test_what_is_drawn_is_what_is_located(client: TestClient, sample_case: Case) -> None:
    """Each once, by its id; the tray only where it is asked for."""
    located = happenings(sample_case, WhereWhen(), located=True)
    told = _told(client)
    assert [row[5] for row in told["rows"]] == [one.id for one in located]
    assert told["located"] == len(located) > 8
    assert not any(one.did_not_happen for one in located)
    assert len(told["shapes"]) == len(drawn.SHAPES)


def test_no_word_of_a_report_is_in_what_the_script_draws(client: TestClient) -> None:
    """But names of places: headlines come with the list alone."""
    told = _told(client)
    assert {len(row) for row in told["rows"]} == {6}
    assert all(re.fullmatch("inc-[0-9a-f]+", row[5]) for row in told["rows"])


def test_disputed_areas_are_named_with_their_claimants_or_left_out(client: TestClient) -> None:
    """As the setting has it."""
    crimea = next(one for one in _told(client)["disputed"] if one["name"] == "Crimea")
    assert crimea["regions"] == ["UA-43", "UA-40"]
    assert crimea["claimants"] == ["Ukraine", "Russia"]
    assert _told(client, "?borders=plain")["disputed"] == []


def test_the_page_holds_all_of_it_without_scripts(client: TestClient) -> None:
    """List, table, drawing, legend, policy with its date, and what is not located with a way to locate it."""
    page = client.get("/map").text
    told = _told(client)
    for row in told["rows"]:
        assert f'data-id="{row[5]}"' in page
    assert page.count("<circle class=") >= len({tuple(told["spots"][row[0]][:2]) for row in told["rows"]})
    assert re.search(r"Border policy of \d{4}-\d\d-\d\d", page)
    assert "Natural Earth (public domain)" in page and "GeoNames (CC BY 4.0)" in page
    assert 'href="/places?unresolved=1"' in page
    assert "Kashmir" in page and "UN Security Council resolution 47 (1948)" in page


def test_a_list_of_some_is_a_part_of_a_page(client: TestClient) -> None:
    """As the script asks for it: the rows that are named, and where they can be taken out."""
    ids = [row[5] for row in _told(client)["rows"]][:2]
    part = client.get(f"/map?ids={','.join(ids)}", headers=FRAGMENT).text
    assert re.findall(r'data-id="(inc-[0-9a-f]+)"', part) == ids
    assert "<html" not in part
    export = re.search(r'href="(/export[^"]*)"', part)
    assert export is not None
    assert client.get(f"{unescape(export[1]).replace('/export', '/export.json')}").json()["incidents"] == 2


def test_what_is_on_the_map_is_what_its_link_exports(client: TestClient) -> None:
    """Told by a side, in a box, located, and told to have happened: no more and no less."""
    for query in ("", "?party=Kesteria", "?box=-58.3,-32.5,-57.9,-31", "?kind=shelling&party=Halvane"):
        shown = client.get(f"/map{query}").text
        export = re.search(r'href="(/export[^"]*)" data-export', shown)
        assert export is not None
        told = client.get(unescape(export[1]).replace("/export", "/export.json")).json()
        assert told["incidents"] == len(_told(client, query)["rows"]) > 0, query


def test_what_cannot_be_asked_is_told(client: TestClient) -> None:
    """In words, with a status of its own."""
    for query in ("box=1,2", "ids=x", "since=yesterday"):
        assert client.get(f"/map?{query}").status_code == 400, query


# Twins


def test_the_twins_hold_what_is_drawn(client: TestClient) -> None:
    """JSON, CSV and GeoJSON of the same incidents; a vague place is an area there too."""
    asked = "?limit=100"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/map.csv{asked}").text.removeprefix("\ufeff"))))
    whole = client.get(f"/map.json{asked}").json()
    assert len(rows) == len(whole)
    answer = client.get(f"/map.geojson{asked}")
    assert answer.headers["content-type"] == "application/geo+json"
    found = answer.json()["features"]
    assert {one["id"] for one in found} == {row[5] for row in _told(client)["rows"]}
    told = _told(client)
    areas = {row[5] for row in told["rows"] if told["spots"][row[0]][2] is not None}
    assert {one["id"] for one in found if one["geometry"]["type"] == "Polygon"} == areas
    assert areas


def test_forces_are_no_more_exact_in_any_twin(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks, and however."""
    monkeypatch.setattr("sayso.export.geojson.FORCES", ("shelling", "missile_strike", "drone_strike"))
    rows = list(csv.DictReader(io.StringIO(client.get("/map.csv?limit=99").text.removeprefix("\ufeff"))))
    forces = [row for row in rows if row["kind"] in ("shelling", "missile_strike", "drone_strike") and row["lat"]]
    assert forces
    for row in forces:
        assert float(row["lat"]) % 0.25 == float(row["lon"]) % 0.25 == 0
    told = client.get("/map.geojson?limit=99").json()["features"]
    held = [one for one in told if one["properties"]["kind"] == "shelling"]
    assert held
    assert {one["geometry"]["type"] for one in held} == {"Polygon"}
    assert not any({"lat", "lon"} & set(one["properties"]) for one in told)


def test_an_empty_case_says_what_to_do(tmp_path: Any) -> None:
    """On both pages."""
    new = made(tmp_path / "case", at=AT, who=WHO)
    client = TestClient(application(new, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")
    for path in ("/map", "/timeline"):
        page = client.get(path)
        assert page.status_code == 200
        assert "To the inbox" in page.text
    assert _told(client)["rows"] == []
    new.closed()


# In a browser


@pytest.fixture(scope="module")
def watched() -> Guard:
    """What watches the pages of the map."""
    return browsing.Guard()


@pytest.fixture(scope="module")
def drawn_page(browser: Browser, desk: str, watched: Guard) -> Generator[Page]:
    """A page with the map drawn, made once: it takes some seconds."""
    with browsing.opened(browser, watched) as page:
        page.goto(f"{desk}/map")
        page.locator(IDLE).wait_for()
        yield page
    watched.check()


def _of(page: Page, name: str) -> str:
    return page.locator("#map").get_attribute(f"data-{name}") or ""


def test_the_map_is_drawn_from_this_machine(drawn_page: Page, watched: Guard, client: TestClient) -> None:
    """Signs, signs that stand together, and areas; nothing is asked for elsewhere, nothing complained of."""
    told = _told(client)
    points = sum(told["spots"][row[0]][2] is None for row in told["rows"])
    assert int(_of(drawn_page, "points")) == points
    assert int(_of(drawn_page, "signs")) >= 1
    assert int(_of(drawn_page, "clusters")) >= 1
    assert int(_of(drawn_page, "areas")) >= 1
    watched.check()


def test_what_stands_together_is_named_by_all_of_its_places(drawn_page: Page) -> None:
    """The town of one side is not hidden under the name of the other's, and the shaded area has its name."""
    named = [set(one.split("\n")) for one in _of(drawn_page, "named").split("; ")]
    assert any({"Colón", "Paysandú"} <= one for one in named), named
    assert {"Guichón"} in named and not any("Guichon" in one for one in named), named
    assert {"Río Negro"} in named


def test_all_in_view_is_listed_and_marked_in_time(drawn_page: Page) -> None:
    """By one key; Escape gives the map back."""
    drawn_page.keyboard.press("v")
    card = drawn_page.locator("[data-card]")
    card.locator(".row").first.wait_for()
    assert card.locator(".row").count() == drawn_page.locator(".side .row").count()
    assert drawn_page.locator(".strip .bar.marked").count() >= 1
    assert "box=-" in (card.locator("[data-export]").get_attribute("href") or ""), "as a box, not as ids"
    drawn_page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert drawn_page.locator(".strip .bar.marked").count() == 0


def test_what_is_drawn_around_is_listed_with_a_way_out(drawn_page: Page) -> None:
    """Half of the map with the lasso: some, not all."""
    drawn_page.keyboard.press("l")
    box = drawn_page.locator("#map").bounding_box()
    assert box is not None
    right, low = box["x"] + box["width"] * 0.55, box["y"] + box["height"] - 10
    drawn_page.mouse.move(box["x"] + 5, box["y"] + 60)
    drawn_page.mouse.down()
    for x, y in ((right, box["y"] + 60), (right, low), (box["x"] + 5, low)):
        drawn_page.mouse.move(x, y, steps=3)
    drawn_page.mouse.up()
    card = drawn_page.locator("[data-card]")
    card.locator(".row").first.wait_for()
    assert 0 < card.locator(".row").count() < drawn_page.locator(".side .row").count()
    assert "ids=inc-" in (card.locator("[data-export]").get_attribute("href") or "")
    drawn_page.locator("[data-close]").click()
    card.wait_for(state="hidden")


def test_the_list_and_the_map_show_the_same_one(drawn_page: Page) -> None:
    """Whichever row is current."""
    drawn_page.keyboard.press("j")
    row = drawn_page.locator(".side .row[aria-current]")
    row.wait_for()
    assert _of(drawn_page, "current") == row.get_attribute("data-id")


def test_drawing_across_the_strip_keeps_to_a_time(drawn_page: Page) -> None:
    """On the map, in the list and in the address, which opens so again."""
    strip = drawn_page.locator(".strip svg.bars")
    strip.scroll_into_view_if_needed()
    all_of = int(_of(drawn_page, "points"))
    last = drawn_page.locator(".strip .bar").last.bounding_box()
    assert last is not None
    drawn_page.mouse.move(last["x"] + last["width"] / 2 - 1, last["y"] + last["height"] / 2)
    drawn_page.mouse.down()
    drawn_page.mouse.move(last["x"] + last["width"] / 2 + 1, last["y"] + last["height"] / 2)
    drawn_page.mouse.up()
    drawn_page.locator(".strip .bar.out").first.wait_for()
    drawn_page.locator(IDLE).wait_for()
    drawn_page.wait_for_url("**/map?since=**")
    assert int(_of(drawn_page, "points")) < all_of
    address, rows = drawn_page.url, drawn_page.locator(".side .row").count()
    drawn_page.goto(address)
    drawn_page.locator(IDLE).wait_for()
    assert drawn_page.locator(".side .row").count() == rows


def test_disputed_areas_are_hatched(page: Page, desk: str) -> None:
    """Seen from afar, on a map without signs. That they can be left unmarked is tried above."""
    page.goto(f"{desk}/map?place=Nowhere")
    page.locator(IDLE).wait_for()
    assert int(_of(page, "hatched")) > 5


def test_a_browser_that_cannot_draw_keeps_the_page(page: Page, desk: str, guard: Guard) -> None:
    """Where the map fails, it says so, and the drawing of the desk stays."""
    guard.allow("")
    page.route("**/regions.json*", lambda route: route.abort())
    page.goto(f"{desk}/map")
    page.locator("#told:not(:empty)").wait_for()
    assert page.locator(".overview").is_visible()
    assert page.locator(".side .row").count() > 5


def test_the_regions_that_are_built_are_those_that_rows_name() -> None:
    """Codes that rows of ours give to disputed territory have a region on the map, or are told to have none."""
    from importlib import resources

    held = json.loads(resources.files("sayso.desk").joinpath("static/vendor/regions.json").read_text(encoding="utf-8"))
    regions = held["objects"]["regions"]["geometries"]
    codes = {one.get("id") for one in regions}
    countries = {one["properties"]["country"] for one in regions}
    assert len(regions) > 4000
    for one in drawn.disputed(ours()):
        known = set(one.regions) & codes or set(one.countries) & countries
        assert known or not (one.regions or one.countries), one.name
