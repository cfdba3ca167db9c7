"""Signing in and letting others in, as people do it in a browser: with keys, without scripts, two at a time."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from sayso.ledger.case import Case
from sayso.ledger.decisions import decisions
from tests.desk.browser import Guard, axe, opened, serving
from tests.desk.pages import report
from tests.desk.seated import WORDS, desk_of, quick_passwords, with_people

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from sayso.record import Decision

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Generator[None]:
    yield from quick_passwords()


@pytest.fixture
def door(own_case: Case) -> Generator[str]:
    """The address of a desk at which everybody signs in."""
    with serving(desk_of(with_people(own_case))) as address:
        yield address


def enter(page: Page, name: str, password: str = WORDS) -> None:
    """Fill the form in and send it with the keyboard."""
    page.fill("#name", name)
    page.fill("#password", password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_and_out_with_the_keyboard(browser: Browser, guard: Guard, door: str, scheme: str) -> None:
    """From a link one comes to where it led; nobody is kept out of the door or the team by how they look."""
    guard.allow("status of 403")
    with opened(browser, guard, scheme=scheme) as page:
        page.goto(f"{door}/reports?publisher=x")
        assert page.locator("#name").evaluate("it => it === document.activeElement")
        axe(page)
        enter(page, "ana", "not my words")
        page.locator(".problem").wait_for()
        assert page.input_value("#name") == "ana" and page.input_value("#password") == ""
        axe(page)
        enter(page, "ana")
        page.locator(".rail").wait_for()
        assert page.url == f"{door}/reports?publisher=x"
        for place in ("/team", "/team/password"):
            page.goto(f"{door}{place}")
            axe(page)
            assert page.evaluate(WIDER) == 0
        page.get_by_role("button", name="Sign out").click()
        page.locator("form.door").wait_for()
        page.goto(f"{door}/team")
        page.locator("form.door").wait_for()


def test_somebody_is_let_in_and_chooses_a_password_without_scripts(
    browser: Browser, plain_page: Page, guard: Guard, door: str
) -> None:
    """The password is shown once; the newcomer rules under their own name."""
    plain_page.goto(f"{door}/team")
    enter(plain_page, "ana")
    plain_page.locator("#add-name").fill("nia")
    plain_page.fill("#add-shown", "Nia Fen")
    plain_page.get_by_role("button", name="Make the account").click()
    password = plain_page.locator(".made").inner_text()
    with opened(browser, guard, scripts=False) as theirs:
        theirs.goto(f"{door}/team/password")
        enter(theirs, "nia", password)
        theirs.locator("#now").fill(password)
        theirs.fill("#new", "nine brown otters")
        theirs.fill("#again", "nine brown otters")
        theirs.get_by_role("button", name="Change it").click()
        theirs.locator(".done").wait_for()
        assert "Nia Fen" in theirs.locator(".rail .who").inner_text()
    plain_page.goto(f"{door}/team")
    row = plain_page.locator("#u-nia")
    row.get_by_role("button", name="Close").click()
    plain_page.locator("#u-nia.closed").wait_for()


def test_the_second_of_two_is_told_in_the_dialog_and_rules_instead(
    browser: Browser, guard: Guard, door: str, own_case: Case
) -> None:
    """Both have the report open; the first accepts with a key, the second rejects in the dialog."""
    guard.allow("status of 409")
    where = f"{door}/reports/{report('12-rivermark-roundup')}"
    with opened(browser, guard) as first, opened(browser, guard) as second:
        for page, name in ((first, "bo"), (second, "cy")):
            page.goto(where)
            enter(page, name)
            page.locator(".rail").wait_for()
        first.keyboard.press("n")
        first.keyboard.press("a")
        first.locator("[data-notice]").wait_for()
        (made,) = _stand(own_case)
        part = made.about[0].partition("#")[2]
        second.locator(f"a[data-rule][href*='ruling=reject'][href*='{part}&']").first.evaluate("it => it.click()")
        dialog = second.locator("dialog.ruling[open]")
        dialog.locator("textarea").fill("These are not her words.")
        dialog.locator("button.main").click()
        dialog.locator(".against").wait_for()
        assert "Bo Lind" in dialog.locator(".against").inner_text()
        dialog.locator("[name=instead_of]").check()
        dialog.locator("button.main").click()
        second.locator("[data-notice]").wait_for()
        first.goto(f"{door}/decisions/{made.id}")
        assert "Cy Marsh" in first.locator(".problem").inner_text()
    assert [(one.ruling, one.who) for one in _stand(own_case)] == [("reject", "Cy Marsh")]


def _stand(case: Case) -> tuple[Decision, ...]:
    with case.reading() as connection:
        return decisions(connection)


def test_a_link_in_a_note_of_another_site_opens_for_who_is_signed_in(page: Page, door: str) -> None:
    """The browser keeps the cookie back at first; the desk asks once more, and nobody has to sign in again."""
    page.goto(f"{door}/incidents")
    enter(page, "rei")
    page.locator(".rail").wait_for()
    page.goto(f"data:text/html,<a href='{door}/reports'>a note</a>")
    page.locator("a").click()
    page.locator(".rail .who").wait_for()
    assert page.url == f"{door}/reports"
    assert "Rei Oak" in page.locator(".rail .who").inner_text()
