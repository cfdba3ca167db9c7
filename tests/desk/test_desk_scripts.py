"""Keys, rows, theme, copying and dialogs, on the list of incidents of the sample."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.desk.browser import axe, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.desk.browser import Guard

CURRENT = "[data-row][aria-current]"


@pytest.fixture
def incidents(page: Page, desk: str) -> Page:
    """The list of incidents, with its scripts run."""
    page.goto(f"{desk}/incidents")
    page.wait_for_load_state("load")
    return page


def _current(page: Page) -> int:
    """Which row is current, counted from 0; -1 where none is."""
    return page.evaluate("[...document.querySelectorAll('[data-row]')].findIndex(row => row.matches('[aria-current]'))")


def test_j_and_k_move_among_the_rows_and_o_opens_one(incidents: Page) -> None:
    """The first key makes the first row current; the ends hold; the link of the row has the focus."""
    assert _current(incidents) == -1
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        incidents.keyboard.press(key)
        assert _current(incidents) == row
    link = incidents.locator(f"{CURRENT} a[data-open]")
    assert link.evaluate("link => link === document.activeElement")
    wanted = link.evaluate("link => link.pathname")
    incidents.keyboard.press("o")
    incidents.wait_for_url(f"**{wanted}")


def test_o_opens_nothing_where_no_row_is_current(incidents: Page) -> None:
    """A key that has nothing to do does nothing."""
    before = incidents.url
    incidents.keyboard.press("o")
    assert incidents.url == before


def test_who_moves_with_the_tab_key_goes_on_from_there(incidents: Page) -> None:
    """The row that holds the focus is the current one."""
    incidents.locator("[data-row] a[data-open]").nth(3).focus()
    assert _current(incidents) == 3
    incidents.keyboard.press("j")
    assert _current(incidents) == 4


def test_keys_of_the_desk_never_fire_while_somebody_types(incidents: Page) -> None:
    """What is typed into a field is text; with Ctrl it is the browser's."""
    incidents.keyboard.press("/")
    field = incidents.locator("#q")
    assert field.evaluate("field => field === document.activeElement")
    incidents.keyboard.type("jo?g/")
    assert field.input_value() == "jo?g/"
    assert _current(incidents) == -1
    assert incidents.locator("dialog:modal").count() == 0
    incidents.keyboard.press("Escape")
    incidents.keyboard.press("Control+j")
    assert _current(incidents) == -1
    incidents.keyboard.press("j")
    assert _current(incidents) == 0


def test_a_question_mark_shows_the_keys_and_rows_rest_meanwhile(incidents: Page) -> None:
    """The dialog is modal, can be read by everybody, and goes as it came; focus returns."""
    incidents.keyboard.press("?")
    dialog = incidents.locator("dialog#keys:modal")
    assert dialog.count() == 1
    axe(incidents)
    incidents.keyboard.press("j")
    assert _current(incidents) == -1
    incidents.keyboard.press("Escape")
    assert dialog.count() == 0
    incidents.locator("[data-dialog=keys]").click()
    assert dialog.count() == 1
    incidents.mouse.click(5, 5)
    assert dialog.count() == 0


def test_two_keys_lead_to_the_pages(incidents: Page) -> None:
    """`g` and then `i`; a `g` alone, or one long ago, does nothing."""
    link = incidents.locator("nav a[href='/incidents']").first
    incidents.evaluate("history.replaceState(null, '', '/incidents?by=time')")
    assert link.count() == 1
    incidents.keyboard.press("g")
    incidents.keyboard.press("i")
    incidents.wait_for_url(re.compile(r"/incidents$"))


def test_the_theme_goes_round_and_is_kept(incidents: Page) -> None:
    """The other of what is shown, then that, then the system's; it is there before the next page is painted."""
    root = incidents.locator("html")
    button = incidents.locator("[data-theme-toggle]")
    seen = []
    for _ in range(3):
        button.click()
        seen.append((root.get_attribute("data-theme"), incidents.locator("#told").inner_text()))
    assert seen == [("dark", "Dark"), ("light", "Light"), (None, "Light or dark as the system is")]
    button.click()
    incidents.reload(wait_until="commit")
    assert root.get_attribute("data-theme") == "dark"
    assert incidents.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_system_chooses_until_a_person_does(browser: Browser, guard: Guard, desk: str) -> None:
    """A dark system gets a dark page, without a word of ours."""
    with opened(browser, guard, scheme="dark") as page:
        page.goto(f"{desk}/incidents")
        assert page.locator("html").get_attribute("data-theme") is None
        red = page.evaluate("parseInt(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])")
        assert red < 64
        axe(page)
    guard.check()


def test_copying_puts_the_words_on_the_clipboard_and_says_so(incidents: Page) -> None:
    """What stands in `data-copy`, exactly."""
    button = incidents.locator("[data-copy]").first
    button.click()
    incidents.locator("#told:not(:empty)").wait_for()
    assert incidents.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-copy")
    assert incidents.locator("#told").inner_text() == button.get_attribute("data-copied")


def test_where_there_is_no_clipboard_the_words_stand_selected(incidents: Page) -> None:
    """Then the person's own keys copy them, and they go again."""
    incidents.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button = incidents.locator("[data-copy]").first
    button.click()
    field = incidents.locator("[data-copy] + input")
    assert field.input_value() == button.get_attribute("data-copy")
    assert incidents.evaluate("getSelection().toString()") == button.get_attribute("data-copy")
    incidents.keyboard.press("Tab")
    assert field.count() == 0


def test_a_key_presses_what_names_it_also_if_it_came_later(incidents: Page) -> None:
    """`data-key` on a button: in the current row before any other, never one that is disabled or not seen."""
    incidents.evaluate(
        """() => {
          const told = document.querySelector("h1");
          const button = (place, words, more = {}) => {
            const made = Object.assign(document.createElement("button"), {textContent: words, ...more});
            made.dataset.key = "y";
            made.addEventListener("click", () => { told.textContent = words; });
            place.prepend(made);
          };
          button(document.querySelectorAll("[data-row]")[1], "in the row");
          button(document.querySelector("main"), "on the page");
          button(document.querySelector("main"), "disabled", {disabled: true});
          button(document.querySelector("main"), "hidden", {hidden: true});
        }"""
    )
    heading = incidents.locator("h1")
    incidents.keyboard.press("y")
    assert heading.inner_text() == "on the page"
    incidents.keyboard.press("j")
    incidents.keyboard.press("j")
    incidents.keyboard.press("y")
    assert heading.inner_text() == "in the row"


def test_the_list_works_without_scripts(plain_page: Page, desk: str) -> None:
    """Links are links, forms are forms."""
    plain_page.goto(f"{desk}/incidents")
    plain_page.locator("a[data-open]").first.click()
    assert re.search(r"/incidents/inc-", plain_page.url)
