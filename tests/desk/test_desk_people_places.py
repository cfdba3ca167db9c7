"""People and places at the desk: who may be one, where a village is, what would change, and all of it taken back."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from sayso.desk.app import desk
from sayso.knowledge.gazetteer import gazetteer
from sayso.ledger.asking.doubles import LATER, Pair, doubles
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.asking.people import people_list, person
from sayso.ledger.asking.place_candidates import candidates, foreseen_places, value_of
from sayso.ledger.asking.places import ON_MAP, RULED, UNRESOLVED, place, place_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions, withdraw
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.located import place_id
from sayso.ledger.marks import marks
from sayso.ledger.schema import incidents
from tests.desk.browser import Guard, opened
from tests.desk.conftest import AT, WHO
from tests.ledger.added import added

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VILLAGE = place_id("Orgoroso", "town", "URY", "UY-PA")
BARE = place_id("Orgoroso", "town", None, None)
NAMESAKES = "Governor Marit Osk came with the police chief, Anton Osk. Osk said that the market was shut."
NOTICE = "[data-notice]"
POINT = "-32.41, -57.22"


def asks(case: Case) -> TestClient:
    """Somebody who asks a desk."""
    return TestClient(desk(case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)


def stands(case: Case) -> list[tuple[str, str | None]]:
    """What stands ruled."""
    with case.reading() as connection:
        return [(one.ruling, one.value) for one in decisions(connection)]


def on_the_map(case: Case) -> set[str]:
    """The incidents that are drawn at the village's point."""
    redrawn(case)
    with case.reading() as connection:
        return set(connection.execute(select(incidents.c.id).where(incidents.c.lat == -32.41)).scalars())


# Places


def test_places_on_no_map_come_first_and_are_counted(sample_case: Case) -> None:
    """Those that wait, then those that are used most; a name and a code narrow them."""
    rows = place_list(sample_case)
    waiting = [one for one in rows if one.state == UNRESOLVED]
    assert rows[: len(waiting)] == waiting and {VILLAGE, BARE} <= {one.id for one in waiting}
    assert all(one.sort != "area" for one in place_list(sample_case, unresolved=True))
    assert {one.name for one in place_list(sample_case, name="orgo")} == {"Orgoroso"}
    assert VILLAGE in {one.id for one in place_list(sample_case, name="UY-PA")}
    found = csv.DictReader(io.StringIO(asks(sample_case).get("/places.csv").text.lstrip("\ufeff")))
    assert {row["place"]: row["state"] for row in found}[VILLAGE] == UNRESOLVED


def test_a_place_tells_where_it_is_named_and_what_is_near(sample_case: Case) -> None:
    """Sentences, spellings by publisher, the same name read otherwise, candidates with what tells them apart."""
    page = place(sample_case, VILLAGE)
    assert all("Orgoroso" in one.anchor.words for one in page.said) and len(page.said) == page.row.uses
    assert [one.id for one in page.namesakes] == [BARE]
    assert sum(one.times for one in page.spellings) == page.row.uses
    assert {"Guichón", "Guichon"} & {one.name for one in page.neighbours}
    town = place(sample_case, place_id("Young", "town", "URY", "UY-RN"))
    named = candidates(town)
    assert town.row.state == ON_MAP and named[0].country == "Uruguay"
    assert named[0].nearest is not None and named[0].nearest[1] < 200
    assert [one.typical_km for one in named] == sorted(one.typical_km or 0 for one in named)


def test_a_candidate_without_a_number_is_ruled_by_its_point() -> None:
    """Districts have no number of GeoNames: where they are is written out."""
    district = next(one for one in gazetteer().find("Guichon") if one.geonames is None)
    assert value_of(district).startswith(f"{district.lat}, {district.lon}, district, ")


def test_what_would_move_is_foreseen_and_moves_then(own_case: Case) -> None:
    """What the preview tells before is what stands after; a withdrawal brings all of it back."""
    before = incident_rows(own_case, limit=100)
    will = foreseen_places(own_case, [VILLAGE], f"{POINT}, town, 2 km")
    assert stands(own_case) == [] and {one.how for one in will.incidents} == {"comes"}
    made = decide(own_case, ruling="locate", about=[VILLAGE], value=will.to.told, who=WHO, why="seen", at=AT)
    moved = on_the_map(own_case)
    assert moved == {one.row.id for one in will.incidents} and will.touched == len(moved)
    assert [one.id for one in place_list(own_case, limit=100) if one.state == RULED] == [VILLAGE]
    answer = asks(own_case).get(f"/incidents/{sorted(moved)[0]}").text
    assert "located by a person" in answer and f"/decisions/{made.id}" in answer
    withdraw(own_case, made.id, who=WHO, at=AT)
    redrawn(own_case)
    assert incident_rows(own_case, limit=100) == before


def test_an_incident_on_no_map_leads_to_its_place(sample_case: Case) -> None:
    """Its list of what would change it leads to where a person can say where it is."""
    ask = asks(sample_case)
    asked = (one.id for one in incident_rows(sample_case, limit=100) if one.place == "Orgoroso")
    found = incident(sample_case, next(asked)).incident
    answer = ask.get(f"/incidents/{found.id}").text
    way = re.search(r'href="(/places/at[^"]*)#locate"', answer)
    assert way is not None
    led = ask.get(way[1].replace("&amp;", "&"))
    assert led.status_code == 303 and led.headers["location"] in (f"/places/{VILLAGE}", f"/places/{BARE}")
    assert ask.get("/places/at?report=sha256:000000&start=0&end=1").status_code == 404


def test_one_unresolved_village_is_placed_from_end_to_end(page: Page, own_desk: str, own_case: Case) -> None:
    """From the list of those on no map: typed, foreseen, ruled, on the map, and taken back with a key."""
    page.goto(f"{own_desk}/places?unresolved=1")
    page.locator(f"a[href='/places/{VILLAGE}']").click()
    page.locator("form.locate").wait_for()
    page.locator("form.locate input[value='other']").check()
    page.locator("input[name='point']").fill(POINT)
    page.locator("input[name='reach']").fill("2")
    page.get_by_role("button", name="See what would change").click()
    page.locator(".moves tbody tr").first.wait_for()
    assert "comes onto the map" in page.locator(".moves").inner_text()
    assert page.locator(f"input[name='about'][value='{BARE}']").count() == 1, "the same name was ticked"
    page.locator("#why").fill("shown on the sheet of the survey")
    page.locator("#as_of").fill("2024-03")
    page.locator("#source").fill("sheet 12 of the survey")
    page.get_by_role("button", name="Rule so").click()
    page.locator(NOTICE).wait_for()
    assert stands(own_case) == [("locate", f"{POINT}, town, 2 km")]
    assert page.url.partition("?")[0].endswith(f"/places/{VILLAGE}") and on_the_map(own_case)
    page.locator("h1 .chip.agrees").wait_for()
    page.wait_for_load_state("load")  # before that no script hears a key
    page.keyboard.press("u")
    page.locator(f"{NOTICE}.withdrawn").wait_for()
    assert stands(own_case) == [] and not on_the_map(own_case)


def test_what_is_typed_wrong_is_told_at_its_field(own_case: Case) -> None:
    """A place that is none, an “as of” that is no time: nothing is ruled, and all that was typed is still there."""
    ask = asks(own_case)
    token = re.search(r'name="sayso-token" content="([^"]+)"', ask.get("/places").text)
    assert token is not None
    form = ask.get(f"/rule?ruling=locate&about={VILLAGE}").text
    field = re.search(r'name="([^"]+)" value="' + re.escape(token[1]) + '"', form)
    assert field is not None
    told = {field[1]: token[1], "ruling": "locate", "about": VILLAGE, "why": "so", "source": "a map"}
    for more, says in (({"value": "99, 200"}, "wrong-value"), ({"value": POINT, "as_of": "soon"}, "wrong-as_of")):
        answer = ask.post("/decisions", data=told | more)
        assert answer.status_code == 422 and f'id="{says}"' in answer.text and "a map" in answer.text
    assert stands(own_case) == []


# People


def test_pairs_share_names_and_never_an_office_alone(sample_case: Case) -> None:
    """Two whose names hold each other are asked of, two of one office are not; nobody unnamed is."""
    rows = {one.id: one for one in speaker_list(sample_case, limit=1000)}
    pairs = [(rows[one.one], rows[one.two], one) for one in doubles(sample_case, who=WHO)]
    assert {frozenset((one.name, two.name)) for one, two, _ in pairs} >= {
        frozenset(("Halvane's Defense Ministry", "Defense Ministry")),
        frozenset(("Ministry of Defense of Kesteria", "Defense Ministry")),
    }
    assert all(one.naming in ("named", "institution") and one.naming == two.naming for one, two, _ in pairs)
    assert all(set(pair.reasons) - {"office"} for _, _, pair in pairs)


def shows(page: Page, pair: Pair) -> None:
    """Wait until a pair is shown, and its keys do something."""
    ways = "".join(
        f":has(input[name='{name}'][value='{told}'])" for name, told in (("one", pair.one), ("two", pair.two))
    )
    page.locator(f".pair{ways}").wait_for()
    page.wait_for_load_state("load")


def test_pairs_are_ruled_with_single_keys_and_the_next_comes_at_once(page: Page, own_desk: str, own_case: Case) -> None:
    """`s` for later and back, `n` kept apart, `y` the same, `u` taken back."""
    added(own_case, NAMESAKES)
    waiting = doubles(own_case, who=WHO)
    page.goto(f"{own_desk}/people/doubles")
    shows(page, waiting[0])
    page.keyboard.press("s")
    shows(page, waiting[1])
    with own_case.reading() as connection:
        assert [one.about for one in marks(connection, kind=LATER)] == [waiting[0].key]
    page.locator("form.notice button").click()
    shows(page, waiting[0])
    page.keyboard.press("n")
    page.locator(NOTICE).wait_for()
    assert stands(own_case) == [("different_speaker", None)]
    assert doubles(own_case, who=WHO) == waiting[1:]
    shows(page, waiting[1])
    page.keyboard.press("y")
    shows(page, waiting[2])
    page.locator(NOTICE).wait_for()
    assert [one for one, _ in stands(own_case)] == ["different_speaker", "same_speaker"]
    page.keyboard.press("u")
    page.locator(f"{NOTICE}.withdrawn").wait_for()
    assert [one for one, _ in stands(own_case)] == ["different_speaker"]


def test_a_card_tells_two_positions_side_by_side_with_their_times_and_sources(own_case: Case) -> None:
    """Both stand, the later counts, whichever was ruled last; the decision and the card show since when, by whom."""
    who = speaker_list(own_case, limit=1)[0].id
    for value, as_of in (("outside", "2024-02"), ("witness", "2019")):
        given = {"value": value, "as_of": as_of, "source": f"the report of {as_of}"}
        made = decide(own_case, ruling="position", about=[who], who=WHO, why="read it", at=AT, **given)
    ask = asks(own_case)
    card = ask.get(f"/people/{who}").text
    assert "<b>outside</b>" in card and "as of 2024-02, by the report of 2024-02" in card and "as of 2019" in card
    assert "the report of 2019" in ask.get(f"/decisions/{made.id}").text
    assert ask.get(f"/people/{who}.json").json()["position"]["position"] == "outside"


@pytest.mark.parametrize("ending", [".json", ".csv"])
def test_private_persons_are_withheld_in_twins(own_case: Case, ending: str) -> None:
    """Somebody named whom nothing gives an office or a side is told as nobody, unless they are asked for."""
    private = next(one for one in people_list(own_case, limit=500) if person(own_case, one.id).is_private)
    ask = asks(own_case)
    for address in (f"/people{ending}?limit=500", f"/people/{private.id}{ending}"):
        assert private.name not in ask.get(address).text
        joined = f"{address}{'&' if '?' in address else '?'}private=shown"
        assert private.name in ask.get(joined).text
    assert private.name in ask.get(f"/people/{private.id}").text


def test_without_scripts_a_pair_and_a_place_can_be_ruled(
    guard: Guard, browser: Browser, own_desk: str, own_case: Case
) -> None:
    """Forms alone, one after another."""
    with opened(browser, guard, scripts=False) as plain:
        plain.goto(f"{own_desk}/people/doubles")
        plain.get_by_role("button", name="Keep apart").click()
        plain.locator(NOTICE).wait_for()
        plain.goto(f"{own_desk}/places/{VILLAGE}")
        plain.locator("input[value='nowhere known']").check()
        plain.get_by_role("button", name="See what would change").click()
        plain.locator("#why").fill("nobody who was asked knows it")
        plain.get_by_role("button", name="Rule so").click()
        plain.locator(NOTICE).wait_for()
    assert [one for one, _ in stands(own_case)] == ["different_speaker", "locate"]


def test_a_point_that_is_none_is_told_before_a_reason_is_asked(sample_case: Case) -> None:
    """At the first step, on the page of the ruling and in its dialog."""
    for more in ({}, {"x-sayso-fragment": "1"}):
        answer = asks(sample_case).get(
            f"/rule?ruling=locate&about={VILLAGE}&value=other&point=north+of+town", headers=more
        )
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text and "says no place" in answer.text
    assert asks(sample_case).get(f"/rule?ruling=locate&about={VILLAGE}&value=other&point={POINT}").status_code == 200


def test_somebody_outside_the_sides_is_so_on_every_page(sample_case: Case) -> None:
    """On the list of people as on the pages of sources."""
    answer = asks(sample_case).get("/people?name=River+Commission").text
    row = answer[answer.index("River Commission</bdi>") :].partition("</li>")[0]
    assert "outside the sides" in row and "no side told" not in row


def test_what_somebody_said_last_stands_by_day_with_how_much_of_it_is_shown(sample_case: Case) -> None:
    """The latest first, and no list that looks whole and is not."""
    who = next(one for one in people_list(sample_case, limit=5) if one.statements > 6)
    shown = person(sample_case, who.id)
    days = [one.published.earliest for one in shown.said]
    assert days == sorted(days, reverse=True) and len(days) == 6
    assert f"6 of {who.statements}" in asks(sample_case).get(f"/people/{who.id}").text
