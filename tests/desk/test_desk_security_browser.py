"""A page of another program on this machine, open in the same browser, can neither read, hold nor rule."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from sayso.desk.app import desk
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.case import Case
from tests.desk.browser import Guard, serving
from tests.desk.conftest import AT, WHO

if TYPE_CHECKING:
    from playwright.sync_api import Page

TRIED = """async (desk) => {
  const told = {};
  const loaded = (tag, of) => new Promise(done => {
    const one = Object.assign(document.createElement(tag), of);
    one.onload = () => done('loaded'); one.onerror = () => done('refused');
    document.body.append(one);
  });
  told.picture = await loaded('img', {src: desk + '/static/sayso.svg'});
  told.script = await loaded('script', {src: desk + '/incidents.json'});
  told.style = await loaded('link', {rel: 'stylesheet', href: desk + '/static/desk.css'});
  for (const mode of ['cors', 'no-cors'])
    told[mode] = await fetch(desk + '/search.json?q=market', {mode, credentials: 'include'})
      .then(answer => answer.type + ' ' + answer.status, () => 'refused');
  told.posted = await fetch(desk + '/decisions', {method: 'POST', mode: 'no-cors', credentials: 'include',
    body: new URLSearchParams({ruling: 'accept', about: 'inc-', why: 'x'})})
    .then(answer => answer.type, () => 'refused');
  told.token = await fetch(desk + '/decisions', {method: 'POST', headers: {'x-sayso-token': 'x'}})
    .then(() => 'answered', () => 'refused');
  return told;
}"""
HELD = """(desk) => new Promise(done => {
  const frame = Object.assign(document.createElement('iframe'), {src: desk + '/incidents'});
  frame.onload = () => { let text = 'none';
    try { text = frame.contentDocument === null ? 'none' : frame.contentDocument.body.innerText } catch { }
    done(text); };
  document.body.append(frame);
})"""


@pytest.fixture
def address(own_case: Case) -> Generator[str]:
    """The desk of a case that is one test's own."""
    with serving(desk(own_case, who=WHO, now=lambda: AT)) as served:
        yield served


@pytest.fixture
def elsewhere() -> Generator[str]:
    """A page of another program, on another port of this machine."""
    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Harmless</title><body><p>Harmless.</p>")

    @app.get("/favicon.ico")
    def favicon() -> HTMLResponse:
        return HTMLResponse("")

    with serving(app) as served:
        yield served


def state(case: Case) -> str:
    """Everything that was decided, and the audit, as one hash."""
    with closing(sqlite3.connect(case.folder / "sayso.db")) as database:
        rows = [list(database.execute(f"SELECT * FROM {table}")) for table in ("decisions", "audit")]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def test_another_page_can_neither_read_nor_hold_nor_rule(
    page: Page, guard: Guard, address: str, elsewhere: str, own_case: Case
) -> None:
    """With the desk's cookie in the browser: nothing is loaded, and the case is as it was."""
    guard.allow(".")  # what is refused is complained of
    page.goto(f"{address}/incidents", wait_until="networkidle")
    before = state(own_case)
    page.goto(elsewhere)
    statuses: list[tuple[str, int]] = []
    page.on("response", lambda answer: statuses.append((answer.url, answer.status)))
    told = page.evaluate(TRIED, address)
    assert told["picture"] == told["script"] == told["cors"] == told["token"] == "refused"
    assert told["style"] == "refused"
    assert told["no-cors"] in ("refused", "opaque 0")
    assert page.evaluate(HELD, address) == "none"
    assert [one for one in statuses if one[0].startswith(address) and one[1] != 403] == []
    assert [one for one in statuses if one[0].startswith(address)]
    assert state(own_case) == before


def test_a_form_of_another_page_is_refused_and_says_so(
    page: Page, guard: Guard, address: str, elsewhere: str, own_case: Case
) -> None:
    """Sent by the person's own click, with the desk's cookie: another port is the same site to a browser."""
    guard.allow("status of 403")
    page.goto(f"{address}/incidents")
    before = state(own_case)
    incident = incident_rows(own_case, limit=1)[0].id
    page.goto(elsewhere)
    page.evaluate(
        """([desk, incident]) => {
          const form = Object.assign(document.createElement('form'), {method: 'post', action: desk + '/decisions'});
          for (const [name, value] of Object.entries({ruling: 'accept', about: incident, why: 'x', back: '/'}))
            form.append(Object.assign(document.createElement('input'), {name, value}));
          form.append(Object.assign(document.createElement('button'), {textContent: 'Win'}));
          document.body.append(form);
        }""",
        [address, incident],
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Win").click()
    assert "not the desk's own" in page.inner_text("body")
    assert state(own_case) == before


def test_a_link_from_another_page_opens_the_desk_and_gives_that_page_no_hold_of_it(
    page: Page, guard: Guard, address: str, elsewhere: str
) -> None:
    """The person sees the page. The page that opened it sees a window that is closed, as far as it can tell."""
    page.goto(elsewhere)
    page.evaluate(
        """(desk) => { const one = Object.assign(document.createElement('button'), {textContent: 'Open'});
          one.onclick = () => { window.held = window.open(desk + '/incidents') };
          document.body.append(one); }""",
        address,
    )
    with page.expect_popup() as popped:
        page.get_by_role("button", name="Open").click()
    shown = popped.value
    shown.wait_for_load_state()
    assert shown.locator("h1").is_visible()
    assert shown.evaluate("window.opener") is None
    page.wait_for_function("window.held.closed")


def test_the_desks_own_forms_are_let_through(page: Page, address: str, own_case: Case) -> None:
    """The browser says where a form comes from, and the desk believes its own: else nobody could rule."""
    before = state(own_case)
    page.goto(f"{address}/reports")
    page.locator("[data-open]").first.click()
    form = page.locator("form.rule-now", has=page.locator("[name=ruling][value=accept]")).first
    form.evaluate("form => form.requestSubmit()")
    page.wait_for_url("**done=dec-*")
    assert state(own_case) != before
