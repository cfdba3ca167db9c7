"""The harness itself: what it must catch, it catches; otherwise a page that breaks a promise would pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from tests.desk.browser import Guard, axe, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

POLICY = "default-src 'none'; script-src 'self'; img-src * data:"
SOUND = "<!doctype html><html lang=en><title>Quay</title><main><h1>Quay</h1><p>Nine boats.</p></main>"
BROKEN = {
    "elsewhere": (SOUND + '<img alt="" src="http://harbour.example/boat.png">', "A request left this machine"),
    "inline script": (SOUND + "<script>document.title = 'run'</script>", "Content Security Policy"),
    "inline style": (SOUND + '<p style="color: red">Red.</p>', "Content Security Policy"),
    "handler": (SOUND + '<img alt="" src="data:," onerror="document.title = 1">', "Content Security Policy"),
    "missing": (SOUND + '<img alt="" src="/no-such.png">', "status of 404"),
}


def _app(html: str) -> FastAPI:
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    def page() -> HTMLResponse:
        return HTMLResponse(html, headers={"content-security-policy": POLICY})

    @app.get("/favicon.ico")
    def favicon() -> HTMLResponse:
        return HTMLResponse("")

    return app


@pytest.mark.parametrize("case", BROKEN)
def test_the_guard_tells_what_no_page_may_do(page: Page, guard: Guard, case: str) -> None:
    """Each of these is told, and fails the test at its end; the request that leaves does not get anywhere."""
    html, told = BROKEN[case]
    with serving(_app(html)) as address:
        page.goto(address, wait_until="networkidle")
    with pytest.raises(AssertionError, match=told):
        guard.check()


def test_a_sound_page_passes_the_guard_and_axe_where_nothing_may_be_evaluated(page: Page, guard: Guard) -> None:
    """The policy of the page allows no text to be run as code; axe runs all the same."""
    with serving(_app(SOUND)) as address:
        page.goto(address)
        axe(page)
    guard.check()


def test_axe_tells_what_keeps_people_out_and_where(page: Page) -> None:
    """The rule, the element, and why."""
    with serving(_app(SOUND.replace("<p>", "<p><img src='data:,'><input>"))) as address:
        page.goto(address)
        with pytest.raises(AssertionError, match=r"(?s)image-alt \(critical\).*<img src=.*label \(critical\).*<input>"):
            axe(page)
        axe(page, "h1")


def test_what_is_allowed_passes(page: Page, guard: Guard) -> None:
    """A test that opens a page that is not there says so."""
    guard.allow("status of 404")
    with serving(_app(SOUND)) as address:
        page.goto(f"{address}/nowhere")
    guard.check()
