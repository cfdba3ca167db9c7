"""The page of an incident in a real browser: with scripts and without, by hand and by key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sayso.ledger.asking.incidents import incident, incident_rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sayso.ledger.case import Case


def _contested(case: Case) -> str:
    return incident_rows(case)[0].id


def _like(case: Case) -> tuple[str, str]:
    """Two incidents of one kind and day."""
    rows = [row for row in incident_rows(case, limit=100) if row.earliest]
    return next(
        (a.id, b.id) for a in rows for b in rows if a.id != b.id and (a.kind, a.earliest) == (b.kind, b.earliest)
    )


def test_from_the_list_to_the_words_that_a_denial_rests_on_without_a_script(
    plain_page: Page, desk: str, sample_case: Case
) -> None:
    plain_page.goto(desk + "/incidents")
    plain_page.locator("[data-row] a").first.click()
    expect(plain_page).to_have_url(re.compile(f"/incidents/{_contested(sample_case)}$"))
    answer = plain_page.locator("#matrix .cell.denies a.answer").first
    sign = answer.inner_text()
    assert sign.startswith("✗")
    assert "denies" in sign
    answer.click()
    expect(plain_page).to_have_url(re.compile(r"/reports/[0-9a-f]{64}\?at=\d+-\d+"))


def test_rows_in_which_all_are_alike_can_be_left_out_without_a_script(
    plain_page: Page, desk: str, sample_case: Case
) -> None:
    plain_page.goto(f"{desk}/incidents/{_contested(sample_case)}")
    alike = plain_page.locator("#matrix tr.alike")
    apart = plain_page.locator("#matrix tbody tr:not(.alike)")
    assert alike.count()
    assert apart.count()
    plain_page.get_by_label("Only where they differ").check()
    expect(alike.first).to_be_hidden()
    expect(apart.first).to_be_visible()
    plain_page.get_by_label("Only where they differ").uncheck()
    expect(alike.first).to_be_visible()


def test_copies_are_folded_and_each_opens_beside_what_it_copies(plain_page: Page, desk: str, sample_case: Case) -> None:
    plain_page.goto(f"{desk}/incidents/{_contested(sample_case)}")
    copies = plain_page.locator("#origin-A details.copies")
    expect(copies.locator("li").first).to_be_hidden()
    copies.locator("summary").click()
    expect(copies.locator("li").first).to_be_visible()
    expect(copies.locator("li", has_text="reworded")).to_have_count(1)
    href = copies.get_by_role("link", name="compare").first.get_attribute("href")
    assert re.fullmatch(r"/reports/[0-9a-f]{64}/beside/[0-9a-f]{64}", href or "")


@pytest.mark.parametrize("width", [1280, 900, 600])
def test_many_origins_scroll_inside_their_region_and_never_break_the_page(
    page: Page, desk: str, sample_case: Case, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"{desk}/incidents/{_contested(sample_case)}")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    region = page.get_by_role("group", name="A column an origin")
    assert region.evaluate("one => one.scrollWidth > one.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.side-by-side').scrollLeft > 0")


def test_an_event_is_ruled_to_be_not_of_the_incident_and_the_ruling_is_undone(
    page: Page, own_desk: str, own_case: Case
) -> None:
    """Tick, see what would change, say why; the page says what happened, and one click takes it back."""
    name = _contested(own_case)
    before = len(incident(own_case, name).incident.tellings)
    page.goto(f"{own_desk}/incidents/{name}")
    page.locator("#reports input[name=part]").last.check()
    page.get_by_role("button", name="What is ticked is not of this incident").click()
    page.locator("[name=why]").fill("it tells of the funerals")
    page.locator("form[action='/decisions'] button.main").click()
    expect(page.locator(".notice")).to_contain_text("You ruled")
    expect(page.locator("#ruled")).to_contain_text("it tells of the funerals")
    expect(page.locator("#ruled")).to_contain_text("now of inc-")
    assert len(incident(own_case, name).incident.tellings) < before
    page.locator(".notice form button").first.click()
    expect(page.locator("#ruled li.withdrawn")).to_have_count(1)
    assert len(incident(own_case, name).incident.tellings) == before


def test_two_incidents_are_ruled_to_be_one_and_the_id_that_goes_leads_on(
    page: Page, own_desk: str, own_case: Case
) -> None:
    one, other = _like(own_case)
    page.goto(f"{own_desk}/incidents/{one}")
    page.get_by_text("Merge with another incident").click()
    page.locator("#merge li", has_text=other).get_by_role("link", name="this is the same incident").click()
    page.locator("[name=why]").fill("one front, one day")
    page.locator("form[action='/decisions'] button.main").click()
    expect(page.locator(".notice")).to_contain_text("You ruled")
    now = {incident(own_case, name).incident.id for name in (one, other)}
    assert len(now) == 1
    for name in (one, other):
        page.goto(f"{own_desk}/incidents/{name}")
        expect(page.locator(".kicker .id")).to_have_text(now.copy().pop())
        expect(page.locator(".moved")).to_have_count(0 if name in now else 1)


def test_brackets_go_from_incident_to_incident(page: Page, desk: str, sample_case: Case) -> None:
    first, second = (row.id for row in incident_rows(sample_case, limit=2))
    page.goto(f"{desk}/incidents/{first}")
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(f"/incidents/{second}"))
    page.wait_for_load_state()
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(f"/incidents/{first}"))
