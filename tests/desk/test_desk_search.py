"""Search at the desk: an id opens what it names, words find sentences, facets narrow them, nothing typed is a fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from sayso.desk.app import desk
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import reading_of, report_list
from sayso.ledger.asking.search import search
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide
from sayso.ledger.schema import statements
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added

COPY = FERRY.replace("(River Wire)", "(Harbour News)")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of four reports, two of them copies."""
    new = made(tmp_path_factory.mktemp("desk") / "case", at=AT, who="Ana Tester")
    added(new, FERRY, DENIED, ALONE, COPY)
    yield new
    new.closed()


@pytest.fixture(scope="module")
def client(case: Case) -> TestClient:
    """Somebody who asks its desk."""
    return TestClient(desk(case, who="Ana Tester", now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)


class Shown(HTMLParser):
    """The sentences of a page, what is marked in them, and where they lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self.marked: list[str] = []
        self.hrefs: list[str] = []
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-open" in given:
            self.sentences.append("")
            self.hrefs.append(given["href"] or "")
            self._in = [tag]
        elif self._in:
            self._in.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._in:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in:
            self.sentences[-1] += data
        if self._in and self._in[-1] == "mark":
            self.marked[-1] += data


def leads(client: TestClient, typed: str) -> str:
    """Where something typed leads at once; "" where sentences are shown."""
    answer = client.get(f"/search?q={quote(typed)}")
    return answer.headers["location"] if answer.status_code == 303 else ""


def test_an_id_or_its_beginning_opens_what_has_it(client: TestClient, case: Case) -> None:
    """As it is copied from a page or a terminal, with blanks around it, in capitals, with the seal before it."""
    report = report_list(case)[0].id.removeprefix("sha256:")
    incident = incident_rows(case)[0].id
    for typed in (report, f"sha256:{report}", report[:8], f"  {report[:8].upper()} "):
        assert leads(client, typed) == f"/reports/{report}", typed
    assert leads(client, f"{report[:8]}#st1") == f"/reports/{report}#st1"
    assert leads(client, incident) == leads(client, incident[:9]) == f"/incidents/{incident}"


def test_a_place_as_pages_print_it_opens_there(client: TestClient, case: Case) -> None:
    """To the end of its line, by line and column or by offset."""
    report = report_list(case)[0].id.removeprefix("sha256:")
    assert leads(client, f"{report[:8]}:1:9").startswith(f"/reports/{report}?at=8-")
    assert leads(client, f"{report[:8]}:@8").startswith(f"/reports/{report}?at=8-")


def test_a_speakers_id_opens_what_they_said_and_a_familys_its_copies(client: TestClient, case: Case) -> None:
    """A speaker has a page, a family none."""
    brond = next(row for row in speaker_list(case) if "Brond" in row.name)
    assert leads(client, brond.id) == f"/sources/{brond.id}"
    from sayso.ledger.asking.copies import families

    held = families(case)[0]
    there = {member.report.removeprefix("sha256:") for member in held.members}
    place = leads(client, held.id).split("/")
    assert {place[2], place[4]} == there


def test_a_word_of_the_letters_of_a_hash_is_looked_for(client: TestClient) -> None:
    """ "decade" is six digits of a hash: nothing has that id, so sentences are looked for."""
    answer = client.get("/search?q=decade")
    assert answer.status_code == 200
    assert "No sentence fits" in answer.text


@pytest.mark.parametrize("typed", ["inc-000000000000", "sha256:000000", "dec-0000", "000000#st1", "000000:3:14"])
def test_what_is_plainly_an_id_and_nothing_has_is_told_so(client: TestClient, typed: str) -> None:
    """With the form still there, to type it again."""
    answer = client.get(f"/search?q={quote(typed)}")
    assert answer.status_code == 404
    assert "Nothing in the case has the id" in answer.text
    assert 'class="search"' in answer.text


def test_sentences_are_shown_whole_with_what_was_looked_for_marked(client: TestClient, case: Case) -> None:
    """Each opens at its own stretch of its report."""
    shown = Shown(client.get("/search?q=ferries+shelled").text)
    hits = search(case, "ferries shelled")
    assert shown.sentences == [hit.words for hit in hits]
    assert set(shown.marked) == {"ferries", "shelled"}
    assert shown.hrefs == [
        f"/reports/{hit.report.removeprefix('sha256:')}?at={hit.span.start}-{hit.span.end}#at" for hit in hits
    ]


def test_facets_narrow_and_stay_in_the_form(client: TestClient) -> None:
    """An empty field asks for nothing."""
    page = client.get("/search?q=&act=denies&speaker=&since=&place=").text
    assert [one for one in Shown(page).sentences if "denied" in one]
    assert all("denied" in one or "erred" in one for one in Shown(page).sentences)
    assert '<option value="denies" selected>' in page
    assert Shown(client.get("/search?act=denies&speaker=Varga").text).sentences == []
    assert Shown(client.get("/search?speaker=Varga").text).sentences != []


def test_pages_follow_each_other_without_loss(client: TestClient) -> None:
    """One sentence a page is the same as all at once."""
    whole = Shown(client.get("/search?q=ferries").text).sentences
    some, place = [], "/search?q=ferries&limit=1"
    while place:
        page = client.get(place).text
        some += Shown(page).sentences
        _, found, rest = page.partition('rel="next" href="')
        place = rest.partition('"')[0].replace("&amp;", "&") if found else ""
    assert len(whole) > 2
    assert some == whole


def test_the_twins_tell_the_same_sentences(client: TestClient, case: Case) -> None:
    """Of a named person without office a twin tells no name, unless it is asked for."""
    hits = search(case, "ferries")
    told = client.get("/search.json?q=ferries").json()
    assert [one["report"] for one in told] == [hit.report for hit in hits]
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=ferries").text.removeprefix("\ufeff"))))
    assert [(row["report"], int(row["start"])) for row in rows] == [(hit.report, hit.span.start) for hit in hits]
    assert "Varga" in client.get("/search.csv?q=school&private=shown").text
    assert "Varga" not in client.get("/search.csv?q=school").text
    assert "Varga" not in client.get("/search.json?q=school").text


@pytest.mark.parametrize("asked", ["act=sings", "since=tomorrow", "speaker=%E2%80%A6", "speaker=spk-00", "place=%2D"])
def test_what_cannot_be_asked_is_told_above_the_form(client: TestClient, asked: str) -> None:
    """In words; the form keeps what was typed."""
    answer = client.get(f"/search?{asked}")
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text
    assert 'class="search"' in answer.text


def test_nothing_asked_shows_how_to_ask(client: TestClient) -> None:
    """An empty page would leave a newcomer alone."""
    assert "What are you looking for?" in client.get("/search").text
    assert client.get("/search.json").json() == []


def test_what_was_rejected_is_found_and_marked_in_a_search_and_counted_apart_in_its_report(own_case: Case) -> None:
    """A statement that a person rejected stays findable, and nowhere looks like one that stands."""
    with own_case.reading() as connection:
        row = connection.execute(select(statements.c.report_id, statements.c.statement).limit(1)).one()
    about = f"{row.report_id}#{row.statement}"
    held = reading_of(own_case, row.report_id)
    said = next(one for one in held.statements if one.id == row.statement)
    words = held.page.report.text[said.words[0].start : said.words[0].end]
    client = TestClient(desk(own_case, who="Ana", now=lambda: AT), base_url="http://127.0.0.1")
    asked = {"q": " ".join(words.split()[:4])}
    here = f'href="/reports/{row.report_id.removeprefix("sha256:")}#{row.statement}"'
    assert f'class="guess" {here}' in client.get("/search", params=asked).text
    decide(own_case, ruling="reject", about=[about], who="Ana", why="nobody says so", at=AT)
    assert f'class="rejected" {here}' in client.get("/search", params=asked).text
    outline = client.get(f"/reports/{row.report_id.removeprefix('sha256:')}").text
    assert f"{len(held.statements) - 1} statements" in outline
    assert "1 rejected" in outline
