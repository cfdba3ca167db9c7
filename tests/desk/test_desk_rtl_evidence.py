"""Evidence that is written from right to left, alone and mixed with English: in order, at its offsets, shut in."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from sayso.desk.app import desk
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case, made
from tests.desk.browser import axe, serving
from tests.desk.hostile import AT, MIXED
from tests.ledger.added import DENIED, added

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEBREW = (
    "\u05de\u05e2\u05d1\u05d5\u05e8\u05d5\u05ea \u05d4\u05d5\u05e4\u05d2\u05d6\u05d5 / Ferries shelled\n\n"
    "OSK, April 5 (River Wire) - Harbour master Salma Odeh (\u05e1\u05dc\u05de\u05d4) said on Friday that 2 "
    "ferries were shelled at Osk port (\u05e0\u05de\u05dc \u05d0\u05d5\u05e1\u05e7 12).\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """Three reports of one incident, two of them in two scripts."""
    new = made(tmp_path_factory.mktemp("rtl") / "case", at=AT, who="سلمى", title="قضية 12 (Osk)")
    added(new, MIXED, HEBREW, DENIED)
    yield new
    new.closed()


@pytest.fixture(scope="module")
def address(case: Case) -> Generator[str]:
    """A desk over it."""
    with serving(desk(case, who="سلمى", now=lambda: AT)) as served:
        yield served


LINKED = """() => [...document.querySelectorAll('main a[href*="at="]')]
  .map(one => [one.getAttribute('href'), (one.querySelector('bdi') ?? one).textContent])"""
PLACE = re.compile(r"/reports/([0-9a-f]{64})\?at=(\d+)-(\d+)")


def test_every_value_leads_to_its_own_words(page: Page, address: str, case: Case) -> None:
    """On every page: what a link says stands in the report at the offsets that it leads to."""
    texts = {row.id.removeprefix("sha256:"): report(case, row.id).reading.page.report.text for row in report_list(case)}
    incident = incident_rows(case)[0].id
    checked = 0
    others = (f"/incidents/{incident}", f"/trace?claim={incident}", "/search?q=ferries")
    places = [*(f"/reports/{one}" for one in texts), *others]
    for place in places:
        page.goto(address + place)
        for href, words in page.evaluate(LINKED):
            led = PLACE.search(href if href.startswith("/") else f"{place.partition('?')[0]}{href}")
            shown = " ".join(words.split()).strip("“”")
            if led is None or not re.search("[\u0590-\u06ff]", shown) or "…" in shown:
                continue
            there = " ".join(texts[led[1]][int(led[2]) : int(led[3])].split())
            assert shown.strip("“”") in there or there.strip("“”") in shown, (place, href, shown, there)
            checked += 1
    assert checked >= 3


def test_lines_run_as_their_first_letters_do(page: Page, address: str, case: Case) -> None:
    """Each line of the sealed text by itself: an Arabic one from the right, an English one from the left."""
    mixed = next(row.id for row in report_list(case) if "العبّارات" in (row.title or ""))
    page.goto(f"{address}/reports/{mixed.removeprefix('sha256:')}")
    where = {}
    for start in ("قالت", "Ferries"):
        box = page.evaluate(
            """(start) => {
              const walk = document.createTreeWalker(document.querySelector('[data-sealed]'), NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) if (walk.currentNode.data.trimStart().startsWith(start)) {
                const range = document.createRange(), at = walk.currentNode.data.indexOf(start);
                range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + 1);
                const box = range.getBoundingClientRect();
                const sealed = document.querySelector('[data-sealed]').getBoundingClientRect();
                return [box.left - sealed.left, sealed.right - box.right]; } }""",
            start,
        )
        where[start] = box
    assert where["قالت"][1] < where["قالت"][0]  # the first letter stands at the right
    assert where["Ferries"][0] < where["Ferries"][1]


def test_pages_of_it_are_sound(page: Page, address: str, case: Case) -> None:
    """axe-core finds nothing, and nothing is wider than the window."""
    incident = incident_rows(case)[0].id
    one = report_list(case)[0].id.removeprefix("sha256:")
    for place in (f"/incidents/{incident}", f"/reports/{one}", "/reports", "/incidents", "/search?q=ferries"):
        page.goto(address + place)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        axe(page)
