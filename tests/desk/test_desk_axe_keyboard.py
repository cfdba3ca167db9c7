"""Whoever uses no mouse: everything that can be done is reached with Tab, and shows that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.browser import Guard, axe
from tests.desk.pages import ROWS, Known, Row, filled, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

WALKED = ("incidents", "incident", "reports", "report", "beside", "trace", "decisions", "decision", "rule", "search")
WATCH = """() => {
  window.walk = {reached: new Set(), unseen: []};
  document.addEventListener('focusin', ({target}) => {
    if (walk.reached.has(target)) return;
    walk.reached.add(target);
    const seen = [target, target.parentElement].some(one => {
      const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(one);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'; });
    const box = target.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!seen || !inside) walk.unseen.push(target.outerHTML.slice(0, 160));
  });
}"""
MISSED = """() => {
  const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const groups = new Set([...walk.reached].filter(one => one.type === 'radio').map(one => one.name));
  return [...document.querySelectorAll(can)]
    .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: false}) && !one.disabled)
    .filter(one => one.getAttribute('tabindex') !== '-1' && !walk.reached.has(one))
    .filter(one => !(one.type === 'radio' && groups.has(one.name)))  // the arrows go on in a group
    .map(one => one.outerHTML.slice(0, 160));
}"""
MOST = 1_500


def row_of(name: str) -> Row:
    """A page by its name."""
    return next(row for row in ROWS if row.name == name)


@pytest.mark.parametrize("name", WALKED)
def test_everything_on_a_page_is_reached_with_tab_and_shows_it(
    page: Page, address: str, known: Known, name: str
) -> None:
    """From the first to the last: nothing is passed over, nothing holds the focus, and where it is can be seen."""
    row = row_of(name)
    ready(page, address + filled(row, known).partition("#")[0], row)
    page.evaluate(WATCH)
    page.evaluate("document.activeElement.blur()")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    else:
        pytest.fail("the focus never left the page")
    assert page.evaluate(MISSED) == []
    assert page.evaluate("walk.unseen") == []


def test_the_first_tab_leads_past_the_rail(page: Page, address: str) -> None:
    """A reader who has heard the rail once need not hear it on every page."""
    page.goto(f"{address}/incidents")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keys_open_keep_the_focus_and_give_it_back(page: Page, guard: Guard, address: str) -> None:
    """`?` opens them, Tab stays in them, Escape closes them and leads back to where the person was."""
    page.goto(f"{address}/incidents")
    page.locator("main a").first.focus()
    was = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    axe(page, "dialog[open]")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, dialog *, dialog')")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.outerHTML") == was
