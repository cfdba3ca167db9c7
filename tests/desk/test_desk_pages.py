"""Every page of the desk, as `tests.desk.pages` lists them: it keeps nobody out, by eye, ear or hand."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from sayso.desk.pages import ALL
from tests.desk.browser import Guard, axe, opened
from tests.desk.pages import LEAD_ON, ONE_EACH, ROWS, Known, Row, filled, ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


@each_row
def test_no_page_keeps_anybody_out(page: Page, guard: Guard, address: str, known: Known, row: Row) -> None:
    """axe-core finds nothing, in light and in dark; nothing is cut off at 1280; nothing is asked for elsewhere."""
    if row.status != 200:
        guard.allow(f"status of {row.status}")
    assert ready(page, address + filled(row, known), row) == row.status
    assert page.locator("h1").count() == 1
    assert page.evaluate(WIDER) <= 0
    axe(page)
    if row in ONE_EACH:
        page.emulate_media(color_scheme="dark")
        axe(page)


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Generator[Page]:
    """One page in which no script runs, for all of them."""
    with opened(browser, Guard(), scripts=False) as page:
        yield page


FORMS = "main form:not([method='post']):not([method='dialog']):not([action$='/split'])"  # which wants a tick


@pytest.mark.parametrize("row", ONE_EACH, ids=lambda row: row.name)
def test_every_page_works_without_scripts(plain: Page, address: str, known: Known, row: Row) -> None:
    """Its heading and its words are there before any script runs, and what asks can be asked as it stands.

    A form of a page, sent untouched as a browser sends it, with every empty field, is answered by a page.
    """
    asked = address + filled(row, known)
    answer = plain.goto(asked)
    assert answer is not None
    assert answer.status == row.status
    assert plain.locator("h1").inner_text().strip()
    assert len(plain.locator("main").inner_text().split()) > 5
    for number in range(plain.locator(FORMS).count() if row.status == 200 else 0):
        plain.goto(asked)
        fields = plain.locator(FORMS).nth(number)
        if fields.locator("[required]").count():
            continue
        with plain.expect_navigation() as gone:
            fields.locator("button:visible").first.click()
        assert gone.value is not None
        assert gone.value.status < 400, gone.value.url


def test_every_address_of_the_desk_has_a_row() -> None:
    """A page that is new is looked at too."""
    asked = [row.address.partition("?")[0].strip("/").split("/") for row in ROWS]
    for router in ALL:
        for route in router.routes:
            path = getattr(route, "path", "")
            if (
                path in LEAD_ON
                or "GET" not in getattr(route, "methods", ())
                or path.endswith((".json", ".geojson", ".csv", "/original", "/parcel"))
            ):
                continue
            parts = path.strip("/").split("/")
            assert any(_fits(parts, there) for there in asked), f"{path} has no row in tests/desk/pages.py"


def _fits(parts: list[str], there: list[str]) -> bool:
    return len(parts) == len(there) and all(
        one == other or one.startswith("{") for one, other in zip(parts, there, strict=True)
    )
