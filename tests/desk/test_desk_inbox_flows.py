"""The inbox in a browser: drop, paste and fetch until copies are one row; triage by keys, and without scripts."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.intake import fetch
from sayso.intake.fetching.network import Network
from sayso.ledger.asking.inbox import Inbox, clusters_of, counted
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.taken import taken
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decisions
from sayso.ledger.marks import PARKED, SEEN, marks
from sayso.work.taking_in import Reader, read_waiting
from tests.desk.browser import axe
from tests.desk.conftest import AT, SAMPLE, WHO, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

MARKET, CUT = "01-rivermark-market.txt", "13-meridian-post-cut.txt"
READ = 120_000
DROP = """async files => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const at = document.querySelector("[data-intake]");
  const event = kind => new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
  at.dispatchEvent(event("dragover"));
  const held = at.classList.contains("over");
  at.dispatchEvent(event("drop"));
  return held;
}"""


@pytest.fixture
def empty_case(tmp_path: Path) -> Generator[Case]:
    """A case without reports."""
    new = made(tmp_path / "case", at=AT, who=WHO, title="River war")
    yield new
    new.closed()


@pytest.fixture
def empty_desk(empty_case: Case) -> Generator[str]:
    """The address of a desk over it."""
    yield from served(empty_case)


@contextmanager
def _reading(case: Case) -> Generator[None]:
    """As long as this goes on, what waits is read, as the process beside the desk does."""
    over = threading.Event()

    def reads() -> None:
        while not over.wait(0.05):
            read_waiting(case, Reader(lambda: AT))

    thread = threading.Thread(target=reads)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _sample(name: str) -> str:
    return (SAMPLE / name).read_text(encoding="utf-8")


def _rows(page: Page) -> list[str]:
    return [" ".join(row.inner_text().split()) for row in page.locator("[data-row]").all()]


def _current(page: Page) -> str:
    return page.locator("[data-row][aria-current]").get_attribute("data-about") or ""


def _standing(case: Case, kind: str) -> list[str]:
    with case.reading() as connection:
        return [one.about for one in marks(connection, kind=kind)]


def test_what_is_dropped_is_sealed_read_and_copies_become_one_row(
    page: Page, empty_desk: str, empty_case: Case
) -> None:
    """From an empty case: rows of knowledge go first, each file's seal is told, and the rows come by themselves."""
    page.goto(f"{empty_desk}/")
    page.get_by_text("This case holds no report yet").wait_for()
    dropped = [[CUT, _sample(CUT)], ["outlets.toml", _sample("knowledge/outlets.toml")], [MARKET, _sample(MARKET)]]
    assert page.evaluate(DROP, dropped)
    page.locator("[data-sending] .id").nth(2).wait_for()
    seals = {one.get_attribute("title") for one in page.locator("[data-sending] .id").all()}
    assert hashlib.sha256(_sample(MARKET).encode()).hexdigest() in seals
    page.locator("[data-sent]", has_text="3 / 3").wait_for()
    assert page.get_by_text("This case holds no report yet").is_hidden(), "files stand there as sealed"
    page.locator("#running[data-running]").wait_for()
    axe(page)
    with _reading(empty_case):
        page.locator("[data-row]").first.wait_for(timeout=READ)
        page.locator("#running[hidden]").wait_for(state="attached", timeout=READ)
    assert [(one.name, one.state) for one in reversed(taken(empty_case))] == [
        ("outlets.toml", "done"), (MARKET, "done"), (CUT, "done"),
    ]  # fmt: skip
    page.locator("[data-row]", has_text="1 source, 1 copy of it").wait_for()
    assert page.locator("[data-row]").count() == 1
    page.locator("[data-row] summary").click()
    page.locator("[data-row] a.beside").click()
    page.wait_for_url("**/beside/**")


def test_a_folder_is_handed_in_without_scripts(plain_page: Page, empty_desk: str, empty_case: Case) -> None:
    """By the same form: what was sealed is told, and a reload shows how far it is."""
    plain_page.goto(f"{empty_desk}/inbox")
    plain_page.locator("input[name=files]").first.set_input_files([str(SAMPLE / MARKET), str(SAMPLE / CUT)])
    plain_page.get_by_role("button", name="Seal and read").first.click()
    plain_page.get_by_text("2 things taken in").wait_for()
    assert hashlib.sha256((SAMPLE / CUT).read_bytes()).hexdigest() in plain_page.locator(".took").inner_text()
    plain_page.get_by_text("2 wait to be read").wait_for()
    read_waiting(empty_case, Reader(lambda: AT))
    plain_page.goto(f"{empty_desk}/inbox")
    assert "2 copies of one telling, which was first is not known" in _rows(plain_page)[0]
    plain_page.get_by_role("button", name="Park", exact=True).click()
    plain_page.get_by_text("1 row parked").wait_for()
    assert plain_page.locator("[data-row]").count() == 0
    plain_page.get_by_role("button", name="Undo").click()
    plain_page.get_by_text("1 row brought back").wait_for()
    assert plain_page.locator("[data-row]").count() == 1


def test_a_text_is_pasted_with_what_is_known_of_it(page: Page, empty_desk: str, empty_case: Case) -> None:
    """What is wrong is told with what was typed; then it is sealed, and read with date and publisher."""
    page.goto(f"{empty_desk}/inbox")
    page.get_by_text("Paste a text").click()
    form = page.locator("form[action='/inbox/paste']")
    form.get_by_label("Headline").fill("Two ferries shelled")
    form.get_by_label("Text").fill("Harbour master Ada Brond said on Friday that two ferries were shelled at Osk port.")
    form.get_by_label("Publisher").fill("River Wire")
    form.get_by_label("Came out on").fill("2031-04-05")
    form.get_by_role("button").click()
    page.get_by_text("1 thing taken in").wait_for()
    read_waiting(empty_case, Reader(lambda: AT))
    page.goto(f"{empty_desk}/inbox")
    (row,) = _rows(page)
    assert "Two ferries shelled" in row
    assert "River Wire" in row
    assert "5 April 2031" in row


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """One page, and no rules for robots."""
        body = b"<html><head><title>Two ferries shelled</title></head><body><article><h1>Two ferries shelled</h1>" + (
            b"<p>Harbour master Ada Brond said on Friday that two ferries were shelled at Osk port.</p>" * 3
        )
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - so it is called there
        """Say nothing."""


@pytest.fixture
def site() -> Generator[str]:
    """The address of a page on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ferries"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_fetched_sealed_and_read(
    page: Page, empty_desk: str, empty_case: Case, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused where it is on this machine; where a test lets it be fetched, its bytes are sealed as they come."""
    page.goto(f"{empty_desk}/inbox")
    page.get_by_text("Give an address").click()
    form = page.locator("form[action='/inbox/url']")
    form.get_by_label("Address").fill(site)
    form.get_by_role("button").click()
    page.get_by_text("nothing sealed yet").wait_for()
    read_waiting(empty_case, Reader(lambda: AT))
    page.goto(f"{empty_desk}/inbox?show=failed")
    page.get_by_text("no public address").wait_for()
    allowed: Callable[..., Any] = partial(fetch.fetched, network=Network(allowed=lambda _: True))
    monkeypatch.setattr(fetch, "fetched", allowed)
    page.get_by_role("button", name="Try again").click()
    page.locator("#running[data-running]").wait_for()
    read_waiting(empty_case, Reader(lambda: AT))
    (row,) = taken(empty_case)
    assert (row.state, row.added) == ("done", 1)
    assert row.sha256 is not None
    (found,) = report_list(empty_case)
    (origin,) = report(empty_case, found.id).custody
    assert (origin.url, origin.container, origin.by) == (site, f"sha256:{row.sha256}", WHO)


def test_the_sample_is_put_in_by_a_button(page: Page, empty_desk: str, empty_case: Case) -> None:
    """For somebody new: all of it waits to be read, with its rows kept first."""
    page.goto(f"{empty_desk}/")
    page.get_by_role("button", name="Put in the invented reports").click()
    page.get_by_text("18 things taken in").wait_for()
    assert [one.kind for one in reversed(taken(empty_case))][:3] == ["rows", "rows", "reports"]


# Triage


def test_rows_are_set_aside_by_keys_and_come_back(page: Page, own_desk: str, own_case: Case) -> None:
    """Without leaving the page: the next row is current, u gives the last one back, and what was opened is seen."""
    page.goto(f"{own_desk}/inbox")
    first, second = (one.report for one in clusters_of(own_case, Inbox())[0][:2])
    page.keyboard.press("j")
    assert _current(page) == first
    page.keyboard.press("e")
    page.locator(f"[data-about='{first}']").wait_for(state="detached")
    assert _current(page) == second
    assert _standing(own_case, PARKED) == [first]
    page.keyboard.press("u")
    page.locator(f"[data-about='{first}']").wait_for()
    assert _current(page) == first
    assert _standing(own_case, PARKED) == []
    with page.expect_response("**/inbox/triage"):
        page.keyboard.press("o")
    page.wait_for_url("**/reports/*")
    assert _standing(own_case, SEEN) == [first]
    page.goto(f"{own_desk}/inbox?show=seen")
    assert page.locator("[data-row]").count() == 1
    assert counted(own_case)["new"] == 12


def test_two_picked_rows_are_ruled_one_telling(page: Page, own_desk: str, own_case: Case) -> None:
    """x picks, m asks why in a dialog; then they are one row, until it is undone."""
    page.goto(f"{own_desk}/inbox")
    page.wait_for_load_state("load")
    keys = ["j", "x", "j", "x", "m"]
    for key in keys:
        page.keyboard.press(key)
    dialog = page.locator("dialog.ruling[open]")
    dialog.locator("textarea[name=why]").fill("They tell the same hour in the same words.")
    dialog.locator("button.main").click()
    page.locator("[data-notice]").wait_for()
    assert page.locator("[data-row]").count() == 12
    with own_case.reading() as connection:
        assert [one.ruling for one in decisions(connection)] == ["copy"]
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    page.locator("[data-notice].withdrawn").wait_for()
    assert page.locator("[data-row]").count() == 13


def test_one_picked_row_alone_is_told_to_be_too_few(page: Page, own_desk: str) -> None:
    """And several are parked together, by their button."""
    page.goto(f"{own_desk}/inbox")
    for key in ("j", "x", "m"):
        page.keyboard.press(key)
    page.locator("#told", has_text="Pick two rows").wait_for()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Park the picked").click()
    page.get_by_text("3 rows parked").wait_for()
    assert page.locator("[data-row]").count() == 10
