"""Evidence that is made to harm whoever opens it stays words: nothing of it runs, loads, leads or covers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.export.tables import FORMULA
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.case import Case
from tests.desk import hostile
from tests.desk.browser import Guard, serving
from tests.desk.hostile import AT, BIDI, CANARY, ELSEWHERE, MARKUP, hostile_case
from tests.desk.walking import Known, gets, known_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHO = f"{MARKUP[3]}{BIDI}"
LIVE = frozenset(("iframe", "object", "embed", "base", "style", "applet", "frame", "math", "foreignobject", "animate"))
URLS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "ping", "srcset")
OWN = re.compile(r"(/(?!/)|#|\?|data:image/|https?://127\.0\.0\.1[:/]|$)|[a-z0-9/._-]+\.(html|json|txt)([?#].*)?$")
"""Addresses on a page: of the desk, or of another page of a folder that is handed on."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of nothing but hostile evidence."""
    held = hostile_case(tmp_path_factory.mktemp("hostile"))
    yield held
    held.closed()


@pytest.fixture(scope="module")
def client(case: Case) -> TestClient:
    """Somebody who asks its desk."""
    app = desk(case, who=WHO, now=lambda: AT)
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def known(case: Case) -> Known:
    """Ids of it."""
    return known_of(case, words="ferries")


@pytest.fixture(scope="module")
def address(case: Case) -> Generator[str]:
    """Its desk, served."""
    with serving(desk(case, who=WHO, now=lambda: AT)) as held:
        yield held


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    place: str
    status: int
    kind: str
    offered: str
    text: str


@pytest.fixture(scope="module")
def answers(client: TestClient, case: Case, known: Known) -> list[Answer]:
    """What every address answers, asked once."""
    return [_answer(client, place) for place in places(case, known)]


def _answer(client: TestClient, place: str) -> Answer:
    told = client.get(place)
    kind, offered = (told.headers.get(name, "") for name in ("content-type", "content-disposition"))
    return Answer(place, told.status_code, kind.partition(";")[0], offered, told.text)


def places(case: Case, known: Known) -> Iterator[str]:
    """Every address of the desk, for every report and every incident."""
    told: set[str] = set()
    ids = [row.id.removeprefix("sha256:") for row in report_list(case, limit=100)]
    incidents = [row.id for row in incident_rows(case, limit=len(ids))]
    for n, one in enumerate(ids):
        other, incident = ids[(n + 1) % len(ids)], incidents[n % len(incidents)]
        told.update(gets(replace(known, report=one, other=other, incident=incident)))
    yield from sorted(told)


class Markup(HTMLParser):
    """What a page is made of, that a browser would act on."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.amiss: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LIVE or (tag == "meta" and "http-equiv" in given and "policy" not in given["http-equiv"].lower()):
            self.amiss.append(f"<{tag}> {given}")
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.amiss.append("a script of the page's own")
        for name, value in given.items():
            if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc"):
                self.amiss.append(f"<{tag} {name}={value[:80]}>")
            if name in URLS and not OWN.match(value):
                self.amiss.append(f"<{tag} {name}={value[:80]}>")
            if name.startswith("hx-") and not value.startswith(("/", "#", "this", "inner", "outer", "none")):
                self.amiss.append(f"<{tag} {name}={value[:80]}>")


def test_no_page_holds_anything_live_of_the_evidence(answers: list[Answer]) -> None:
    """Of every page of every report and incident: no element, handler, style or address that is not ours."""
    shown = [one for one in answers if one.kind == "text/html"]
    assert len(shown) > 40
    for one in shown:
        assert one.status < 500, one.place
        amiss = Markup(one.text).amiss
        if "/preview/" in one.place:  # a page that stands alone has its style in it, by its hash
            amiss = [told for told in amiss if told != "<style> {}"]
        assert amiss == [], one.place


def test_twins_are_whole_and_no_cell_is_a_formula(answers: list[Answer]) -> None:
    """JSON parses; no cell begins as a spreadsheet's formula does."""
    cells = [cell for one in answers if one.kind == "text/csv" for cell in _cells(one.text)]
    assert len(cells) > 1000
    assert not [cell for cell in cells if cell.startswith(FORMULA) and not _is_number(cell)]
    for one in answers:
        if one.kind == "application/json":
            json.loads(one.text)


def _cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


def test_names_of_files_that_are_offered_are_plain(answers: list[Answer]) -> None:
    """Letters, digits, dots and dashes alone, whatever a report or an incident is called."""
    offered = [one.offered for one in answers if one.offered]
    assert len(offered) > 20
    for one in offered:
        assert re.fullmatch(r'attachment; filename="[A-Za-z0-9._-]+"', one), one


def test_a_sealed_original_is_never_shown(client: TestClient, case: Case) -> None:
    """It is handed out byte for byte, as a file that no browser opens."""
    for row in report_list(case, limit=100):
        answer = client.get(f"/reports/{row.id.removeprefix('sha256:')}/original")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]


def test_a_page_grows_with_what_is_in_it_and_not_faster(client: TestClient, case: Case) -> None:
    """Hundreds of speakers under one name: no card names all of its spellings, or the page grows with their square."""
    row = max(report_list(case, limit=100), key=lambda row: row.statements)
    assert row.statements >= 300
    page = client.get(f"/reports/{row.id.removeprefix('sha256:')}").content
    assert len(page) < 5_000 * row.statements + 200_000


def test_words_of_evidence_do_not_turn_what_stands_after_them(answers: list[Answer]) -> None:
    """Every override and isolate in what is told stands by its number, or is shut in by an element of its own."""
    for one in answers:
        if one.kind == "text/html":
            loose = re.sub(r'<span class="[^"]*\bturn\b[^"]*"[^>]*>[^<]*</span>', "", one.text)
            found = re.search(r">[^<>]*[\u202a-\u202e\u2066-\u2069][^<>]{0,60}<", loose)  # not in a field's value
            assert found is None, (one.place, found[0] if found else "")


# In the browser

LOOK = """() => {
  const root = document.documentElement;
  const rail = document.querySelector('.rail .brand'), main = document.querySelector('main');
  const top = (one) => { const box = one.getBoundingClientRect();
    const met = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return one === met || one.contains(met) || (met !== null && met.contains(one)); };
  return {
    hacked: window.hacked ?? null, at: location.href, wide: root.scrollWidth - root.clientWidth,
    rail: rail === null || top(rail),
    main: main !== null && main.checkVisibility() && main.innerText.trim().length > 0,
    live: document.querySelectorAll('iframe, object, embed, base, [onclick], [onload], [onerror]').length,
  };
}"""


def _looked_at(page: Page, address: str, place: str) -> dict[str, object]:
    page.goto(address + place, wait_until="load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    told: dict[str, object] = page.evaluate(LOOK)
    return told


def test_nothing_of_it_runs_or_breaks_a_page(page: Page, guard: Guard, address: str, case: Case, known: Known) -> None:
    """Every sort of page of every hostile report: no script of it, no question, no other address, nothing wider."""
    guard.allow("status of 4")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda opened: asked.append(opened.url))
    amiss: dict[str, object] = {}
    for place in pages(case, known):
        told = _looked_at(page, address, place)
        right = told["hacked"] is None and str(told["at"]).startswith(f"{address}/") and not told["live"]
        if not (right and told["rail"] and told["main"] and int(str(told["wide"])) <= 0):
            amiss[place] = told
    assert amiss == {}
    assert asked == []


def pages(case: Case, known: Known) -> list[str]:
    """Every sort of page, and all the reports."""
    ids = [row.id.removeprefix("sha256:") for row in report_list(case, limit=100)]
    incidents = [row.id for row in incident_rows(case, limit=6)]
    sorts = [place for place in gets(known) if not re.search(r"\.(json|geojson|csv|ico)(\?|$)|/original$", place)]
    return [
        *sorts,
        "/reports?limit=100",
        "/incidents?by=time",
        *(f"/reports/{one}" for one in ids),
        *(f"/reports/{one}?as=copies" for one in ids[:4]),
        *(f"/incidents/{one}" for one in incidents),
        *(f"/trace?claim={one}" for one in incidents[:2]),
        f"/search?q={'%3Cscript%3E' * 20}{'o' * 3000}",
        f"/nowhere/{'o' * 2000}",
    ]


def test_the_sealed_text_is_shown_exactly(page: Page, address: str, case: Case) -> None:
    """Letter by letter what was sealed, whatever it is: markup, control characters, a word without end."""
    for row in report_list(case, limit=100):
        page.goto(f"{address}/reports/{row.id.removeprefix('sha256:')}")
        shown = page.evaluate("() => document.querySelector('[data-sealed]').textContent")
        assert shown == as_parsed(report(case, row.id).reading.page.report.text), row.title


def as_parsed(text: str) -> str:
    """A text as a browser has it from HTML, which cannot hold a NUL: a sign stands in its place."""
    return text.replace("\x00", "\ufffd")


def test_the_evidence_of_the_tests_is_what_it_is_said_to_be() -> None:
    """It would run where nobody kept it from running, and lead elsewhere: else nothing was tried."""
    assert CANARY in hostile.text_report()
    assert f"javascript:{CANARY}" in hostile.feed()
    assert ELSEWHERE in hostile.html_report()
    found = Markup(hostile.html_report())
    assert len(found.amiss) > 8
