"""What is handed on: it opens from disk, leads nowhere else, runs nothing, and names no private person."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli import main
from sayso.desk.app import desk as desk_of
from sayso.desk.sharing import content as gathering
from sayso.desk.sharing.bundle import SUMS, Bundle, bundled
from sayso.desk.sharing.content import (
    Gathered,
    NotShared,
    Options,
    as_seen,
    content,
    names_in,
    of_claim,
    of_incident,
    spells_out,
)
from sayso.desk.sharing.excerpts import Stretch, excerpts
from sayso.desk.sharing.links import names_of, place_of
from sayso.desk.sharing.recounting import FIXED, Recount, shortened
from sayso.desk.sharing.writing import written
from sayso.ledger.asking.audits import audit_rows
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.private import Hidden, hidden_in, private_names, without
from sayso.ledger.asking.reports import reading_of, report_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.record import Span
from tests.desk.browser import Guard, axe, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AT = "2031-06-02T10:15:00Z"
"""After the reports of the sample were added: no other time of the case is this one."""
LATER = "2032-07-02T09:30:00Z"
WHY = "the court asked for it, and they agreed"


def made(gathered: Gathered, *, at: str = AT, options: Options | None = None) -> Bundle:
    """The bundle of what was gathered."""
    return bundled(content(gathered, options or Options()), at=at)


@pytest.fixture(scope="module")
def most_told(sample_case: Case) -> str:
    """The incident that most reports tell of."""
    return incident_rows(sample_case, by="reports", limit=1)[0].id


@pytest.fixture(scope="module")
def with_persons(sample_case: Case) -> str:
    """An incident whose reports hold private persons with a name."""
    rows = incident_rows(sample_case, by="reports", limit=100)
    return next(
        row.id for row in rows if any(one.is_named and one.masked for one in of_incident(sample_case, row.id).persons)
    )


@pytest.fixture
def client(own_case: Case) -> TestClient:
    """Somebody at a desk over a case of their own, who opened a page: so they have its cookie."""
    return TestClient(desk_of(own_case, who="Ana Tester", now=lambda: AT), "http://127.0.0.1")


def token_of(page: str) -> str:
    """What a form of the page must carry."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


class Seen(HTMLParser):
    """What of a page could load, lead or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.leads: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.add(value or "")
            if name in ("href", "src", "action", "srcset", "data", "poster", "xlink:href"):
                self.leads.append(value or "")


def bundles_of(case: Case) -> Iterator[Bundle]:
    """Every incident of the sample, and the claim of each that several reports tell of."""
    for row in incident_rows(case, by="reports", limit=200):
        yield made(of_incident(case, row.id))
        if row.reports > 1:
            yield made(of_claim(case, row.id))


# Private persons


def beyond(text: str, public: Iterable[str]) -> str:
    """A text without the longer names of others that hold a private one: "Marit Osk" beside an unknown Osk."""
    for name in public:
        text = text.replace(name, "")
    return text


def test_no_byte_of_any_bundle_holds_a_private_persons_name_or_words(sample_case: Case) -> None:
    """Pages, data, file names; of each person that the reports of the bundle hold, and of the words of those named."""
    held = {row.id: reading_of(sample_case, row.id) for row in report_list(sample_case, limit=1000)}
    names, told = 0, 0
    for bundle in bundles_of(sample_case):
        bytes_of = "\n".join([*bundle.files, *(data.decode() for data in bundle.files.values())])
        plain = re.sub(r"<[^>]*>", "", html.unescape(bytes_of)) + html.unescape(bytes_of)
        digits = {one["sha256"] for one in json.loads(bundle.files["data.json"])["reports"]}
        ids = [f"sha256:{one}" for one in digits]
        with sample_case.reading() as connection:
            hidden = hidden_in(connection, ids)
        plain = beyond(plain, hidden.public)
        for name in hidden.names:
            names += 1
            assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain), (bundle.name, name)
        for report, source in hidden.sources:
            reading = held[report]
            text = reading.page.report.text
            named = next(one for one in reading.sources if one.id == source).naming == "named"
            words = [span for one in reading.statements if one.source == source and named for span in one.words]
            for span in words:
                told += 1
                assert text[span.start : span.end] not in plain, (bundle.name, text[span.start : span.end])
    assert names > 5
    assert told > 5


def test_the_whole_texts_are_masked_too_and_are_the_reports(sample_case: Case, with_persons: str) -> None:
    gathered = of_incident(sample_case, with_persons)
    whole = content(gathered, Options(whole_texts=True))
    names = [one.name for one in gathered.persons if one.is_named]
    assert names
    data = json.loads(bundled(whole, at=AT).files["data.json"])
    for told, kept in zip(data["reports"], whole.reports, strict=True):
        (one,) = told["excerpts"]
        assert one["span"] == [0, len(kept.text)]
        text = reading_of(sample_case, kept.row.id).page.report.text
        left = ".+?".join(map(re.escape, one["words"].split(FIXED)))
        assert re.fullmatch(left, text, re.DOTALL), "but for what is masked it is the text"
        assert not any(name in beyond(one["words"], gathered.hidden.public) for name in names)


def test_a_mask_is_as_long_as_any_other_and_places_are_of_the_text_with_its_masks(
    sample_case: Case, with_persons: str
) -> None:
    """No number, and no place in a page, tells how long a name is."""
    gathered = of_incident(sample_case, with_persons)
    bundle = made(gathered)
    for name, data in bundle.files.items():
        told = html.unescape(re.sub(r"<[^>]*>", "", data.decode()))
        assert {len(run) for run in re.findall(r"█+", told)} <= {len(FIXED)}, name
    data = json.loads(bundle.files["data.json"])
    texts = {f"sha256:{one['sha256']}": one["excerpts"] for one in data["reports"]}
    checked = masked = 0
    for report, span, words in filter(itemgetter(2), anchors_in(data["of"])):
        inside = [one for one in texts[report] if one["span"][0] <= span[0] and span[1] <= one["span"][1]]
        for one in inside:
            start = one["span"][0]
            assert one["words"][span[0] - start : span[1] - start] == words
            checked += 1
            masked += "█" in words
    assert checked > 20
    assert masked > 0


def anchors_in(told: object) -> Iterator[tuple[str, list[int], str]]:
    """Every stretch that a program is told of, with its report and its words."""
    if isinstance(told, dict):
        if {"report", "span", "words"} <= told.keys():
            yield told["report"], told["span"], told["words"]
        for one in told.values():
            yield from anchors_in(one)
    elif isinstance(told, list):
        for one in told:
            yield from anchors_in(one)


@given(st.text(alphabet="a█ .\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_is_counted_anew_where_its_words_are(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    new = Recount.of(text).span(Span(start, end))
    assert 0 <= new.start <= new.end <= len(shortened(text))
    if start < end and text[start] == text[end - 1] == "a":
        assert shortened(text)[new.start : new.end] == shortened(text[start:end])


def test_what_was_taken_back_is_not_handed_on(own_case: Case, most_told: str) -> None:
    about = [of_incident(own_case, most_told).readings[0][0].id + "#st1"]
    gone = decide(own_case, ruling="reject", about=about, who="Ana Tester", why="only to try it out", at=AT)
    assert any(b"only to try it out" in data for data in made(of_incident(own_case, most_told)).files.values())
    withdraw(own_case, gone.id, who="Ana Tester", at=AT)
    for gathered in (of_incident(own_case, most_told), of_claim(own_case, most_told)):
        assert all(b"only to try it out" not in data for data in made(gathered).files.values())


def test_who_shares_reads_what_stands_beside_a_mask(client: TestClient, own_case: Case, with_persons: str) -> None:
    gathered = of_incident(own_case, with_persons)
    person = next(one for one in gathered.persons if one.is_named and one.masked)
    report, span, _ = person.masked[0]
    seen = as_seen(gathered, report, span)
    assert FIXED in seen
    assert person.name not in seen
    page = html.unescape(client.get(f"/share/incident/{with_persons}").text)
    assert " ".join(seen.split())[:60] in page


def test_a_name_that_only_another_report_tells_to_be_private_is_masked_where_it_stands(sample_case: Case) -> None:
    """Nobody is private in this report itself as far as it was read; the case knows the name from elsewhere."""
    gathered = next(
        found
        for row in incident_rows(sample_case, by="reports", limit=100)
        for found in [of_incident(sample_case, row.id)]
        if not found.hidden.names
    )
    word = next(iter(re.findall(r"[A-Z][a-z]{5,}", gathered.readings[0][1].page.report.text)))
    assert all(word not in name for name in gathered.names)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gathering, "names_in", lambda _: frozenset({word}))
        again = of_incident(sample_case, gathered.noun.incident.id)  # type: ignore[union-attr]
    public = {name for _, reading in again.readings for one in reading.sources for name in (one.name, *one.also)}
    expected = frozenset() if any(f" {word} " in f" {name} " for name in public) else frozenset({word})
    assert again.hidden.names == expected


@pytest.mark.parametrize(
    "url", ["https://a.example/jane-doe-speaks", "https://a.example/x?by=Jane%20Doe", "a/JANE_DOE"]
)
def test_an_address_that_spells_out_a_name_is_seen(url: str) -> None:
    assert spells_out(url, ["Jane Doe"])
    assert not spells_out("https://a.example/jane/and/doe", ["John Doe"])


def test_to_name_private_persons_takes_a_reason_that_names_nobody(sample_case: Case, with_persons: str) -> None:
    gathered = of_incident(sample_case, with_persons)
    name = next(one.name for one in gathered.persons if one.is_named)
    for why in ("", "  ", f"because {name.upper()} agreed"):
        with pytest.raises(NotShared):
            content(gathered, Options(show_private=True, why=why))
    shown = made(gathered, options=Options(show_private=True, why=WHY))
    assert name in shown.files["data.json"].decode()


def test_the_names_of_a_case_are_those_of_now(own_case: Case) -> None:
    """They are kept, and yet whom a ruling shows is not among them from then on."""
    with own_case.reading() as connection:
        assert names_in(own_case) == private_names(connection) != frozenset()
    row = next(one for one in speaker_list(own_case, limit=200) if one.name in names_in(own_case))
    decide(own_case, ruling="show_private", about=[row.id], who="Ana Tester", why="holds an office", at=AT)
    assert row.name not in names_in(own_case)


@pytest.mark.parametrize("told", ["Jane Doe speaks", "JANE DOE SPEAKS", "By Jane Doe, 31"])
def test_a_name_is_withheld_in_capitals_too(told: str) -> None:
    kept = without(told, Hidden(frozenset({"Jane Doe"})))
    assert "doe" not in kept.casefold()
    assert without("JANE DOEL", Hidden(frozenset({"Jane Doe"}))) == "JANE DOEL"


# What a bundle is


def test_every_link_leads_to_a_place_in_the_folder_and_nothing_runs_or_loads(sample_case: Case) -> None:
    for bundle in bundles_of(sample_case):
        seen = {name: Seen(data.decode()) for name, data in bundle.files.items() if name.endswith(".html")}
        for name, page in seen.items():
            assert not {"script", "link", "img", "iframe", "form", "object", "base"} & set(page.tags), name
            assert not [one for one in page.attributes if one.startswith("on") or one == "style"], name
            for lead in page.leads:
                path, _, place = lead.partition("#")
                there = str((Path("/") / Path(name).parent / path).resolve().relative_to("/")) if path else name
                assert there in seen, (bundle.name, name, lead)
                assert not place or place in seen[there].ids, (bundle.name, name, lead)


def test_the_policy_allows_the_one_style_of_the_page_and_nothing_else(sample_case: Case, most_told: str) -> None:
    for name, data in made(of_incident(sample_case, most_told)).files.items():
        if not name.endswith(".html"):
            continue
        page = data.decode()
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert style is not None
        assert policy is not None
        told = html.unescape(policy[1])
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert told.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
        assert "script-src" not in told
        assert "unsafe" not in told
        assert "url(" not in style[1]
        assert "@import" not in style[1]


def test_the_same_case_gives_the_same_bytes_but_for_when_it_was_made(sample_case: Case, most_told: str) -> None:
    one, two = (made(of_incident(sample_case, most_told)) for _ in range(2))
    assert one.zipped() == two.zipped()
    later = made(of_incident(sample_case, most_told), at=LATER)
    assert list(later.files) == list(one.files)
    for name in one.files:
        if name != SUMS:
            assert later.files[name] == one.files[name].replace(AT.encode(), LATER.encode())


def test_the_sums_are_those_of_the_files(sample_case: Case, most_told: str) -> None:
    bundle = made(of_claim(sample_case, most_told))
    told = dict(reversed(line.split("  ")) for line in bundle.files[SUMS].decode().splitlines())
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in bundle.files.items() if name != SUMS}
    assert {kept["sha256"] for kept in json.loads(bundle.files["data.json"])["reports"]} <= set(
        re.findall(r"[0-9a-f]{64}", bundle.files["README.txt"].decode())
    )


def test_what_was_ruled_is_handed_on_with_its_reason(own_case: Case, most_told: str) -> None:
    decide(
        own_case, ruling="position", about=[_speaker(own_case)], value="party", who="Ana Tester", why="its letterhead",
        at=AT,
    )  # fmt: skip
    claim = of_claim(own_case, most_told)
    hop = next(hop for hop in claim.noun.hops if hop.saying is not None)  # type: ignore[union-attr]
    about = f"{hop.report}#{hop.saying.statement}"
    decide(own_case, ruling="accept", about=[about], who="Ana Tester", why="read twice at its words", at=AT)
    bundle = made(of_claim(own_case, most_told))
    assert "read twice at its words" in bundle.files["index.html"].decode()


def _speaker(case: Case) -> str:
    return speaker_list(case, limit=1)[0].id


# Excerpts


TEXT = "One came. Two went. Three stayed. Four slept. Five sang. Six left."
SENTENCES = tuple(Span(*found.span()) for found in re.finditer(r"\w[^.]*\.", TEXT))


def text_of(inside: tuple[str | Stretch, ...]) -> str:
    """The words of an excerpt."""
    return "".join(one if isinstance(one, str) else text_of(one.inside) for one in inside)


def places_of(inside: tuple[str | Stretch, ...]) -> list[str]:
    """The places in it."""
    found: list[str] = []
    for one in inside:
        if not isinstance(one, str):
            found += [one.place] * (one.place is not None) + places_of(one.inside)  # type: ignore[list-item]
    return found


def test_a_stretch_stands_with_its_sentence_and_the_neighbours() -> None:
    went = TEXT.index("went")
    (one,) = excerpts(TEXT, SENTENCES, [Span(went, went + 4)])
    assert text_of(one.inside) == "One came. Two went. Three stayed."
    sang = TEXT.index("sang")
    both = excerpts(TEXT, SENTENCES, [Span(0, 3), Span(sang, sang + 4)])
    assert [text_of(one.inside) for one in both] == ["One came. Two went.", "Four slept. Five sang. Six left."]


@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 20)), max_size=12),
    st.booleans(),
)
def test_excerpts_are_the_text_and_hold_every_place_once(pairs: list[tuple[int, int]], whole: bool) -> None:
    spans = {Span(start, min(start + room, len(TEXT))) for start, room in pairs}
    cut = excerpts(TEXT, SENTENCES, spans, whole=whole)
    for one in cut:
        assert text_of(one.inside) == TEXT[one.span.start : one.span.end]
    assert all(one.span.end < two.span.start for one, two in pairwise(cut))
    assert sorted(place for one in cut for place in places_of(one.inside)) == sorted(map(place_of, spans))


def test_pages_of_reports_whose_hashes_begin_alike_are_told_apart() -> None:
    ids = [f"sha256:{'a' * 20}{n:044x}" for n in (1, 2)] + [f"sha256:{'b' * 64}"]
    assert len(set(names_of(ids).values())) == 3


# At the desk


def test_the_page_tells_who_is_withheld_and_the_preview_shows_what_a_reader_sees(
    client: TestClient, with_persons: str
) -> None:
    page = client.get(f"/share/incident/{with_persons}")
    gathered = of_incident(client.app.state.desk.case, with_persons)  # type: ignore[attr-defined]
    persons = gathered.persons
    for person in persons:
        assert html.escape(person.name) in page.text
    preview = client.get(f"/share/incident/{with_persons}/preview/index.html")
    assert preview.status_code == 200
    assert "█" in preview.text
    told = beyond(preview.text, gathered.hidden.public)
    assert not any(person.name in told for person in persons if person.is_named)
    lead = next(one for one in Seen(preview.text).leads if one.startswith("reports/"))
    assert client.get(f"/share/incident/{with_persons}/preview/{lead}").status_code == 200
    shown = client.get(f"/share/incident/{with_persons}/preview/data.json?show_private=true").text
    assert any(person.name in shown for person in persons if person.is_named)
    assert client.get(f"/share/incident/{with_persons}/preview/nothing.html").status_code == 404


def test_the_zip_holds_one_folder_and_its_making_is_in_the_audit(
    client: TestClient, own_case: Case, most_told: str
) -> None:
    page = client.get(f"/share/incident/{most_told}").text
    answer = client.post(f"/share/incident/{most_told}", data={"token": token_of(page)})
    assert answer.headers["content-type"] == "application/zip"
    zipped = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {name.split("/")[0] for name in zipped.namelist()} == {f"sayso-{most_told}"}
    row = audit_rows(own_case, limit=1)[0]
    assert (row.what, row.about, row.who, row.at) == ("shared", most_told, "Ana Tester", AT)
    sums = zipped.read(f"sayso-{most_told}/{SUMS}")
    assert json.loads(row.body) == {
        "form": "incident", "reports": 6, "sums": hashlib.sha256(sums).hexdigest(), "show_private": False,
        "whole_texts": False, "left_in_clear": 0,
    }  # fmt: skip


def test_private_persons_leave_only_with_a_reason_which_the_audit_keeps(
    client: TestClient, own_case: Case, with_persons: str
) -> None:
    page = client.get("/share/claim", params={"claim": with_persons}).text
    sent = {"token": token_of(page), "claim": with_persons, "show_private": "true"}
    before = audit_rows(own_case, limit=1)[0].seq
    refused = client.post("/share/claim", data=sent)
    assert refused.status_code == 422
    assert "needs a reason" in refused.text
    assert audit_rows(own_case, limit=1)[0].seq == before
    answer = client.post("/share/claim", data={**sent, "why": WHY})
    assert answer.status_code == 200
    row = audit_rows(own_case, limit=1)[0]
    assert (json.loads(row.body)["why"], json.loads(row.body)["show_private"]) == (WHY, True)


def test_what_cannot_be_shared_is_told(client: TestClient) -> None:
    assert client.get("/share/claim").status_code == 400
    assert client.get("/share/claim?claim=no+such+words").status_code == 404
    assert client.get("/share/incident/inc-000000000000").status_code == 404


# In a terminal


def test_sayso_share_writes_the_folder_once_and_notes_it(
    own_case: Case, most_told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["share", most_told, "--case", str(own_case.folder), "--to", str(tmp_path / "out"), "--as", "Ana Tester"]
    assert main(asked) == 0
    folder = tmp_path / "out" / f"sayso-{most_told}"
    assert (folder / "index.html").is_file()
    assert str(folder) in capsys.readouterr().out
    seq = audit_rows(own_case, limit=1)[0].seq
    assert main(asked) == 2
    assert "is there already" in capsys.readouterr().err
    assert audit_rows(own_case, limit=1)[0].seq == seq
    assert [one.name for one in (tmp_path / "out").iterdir()] == [folder.name]


def test_sayso_share_takes_words_and_refuses_to_name_without_a_reason(
    own_case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["share", "second shell", "--case", str(own_case.folder), "--to", str(tmp_path)]
    assert main([*asked, "--show-private"]) == 2
    assert "needs a reason" in capsys.readouterr().err
    assert main([*asked, "--show-private", "--why", WHY]) == 0
    assert any(one.name.startswith("sayso-claim-") for one in tmp_path.iterdir())


# In a browser


def test_the_folder_opens_from_disk_and_a_value_leads_to_its_stretch(
    plain_page: Page, guard: Guard, sample_case: Case, most_told: str, tmp_path: Path
) -> None:
    guard.allow("file:///")
    folder = written(made(of_incident(sample_case, most_told)), tmp_path, noted=lambda: None)
    plain_page.goto((folder / "index.html").as_uri())
    assert plain_page.evaluate("getComputedStyle(document.body).display") == "block"
    link = plain_page.locator("a[href*='reports/'][href*='#at-']").first
    words = link.inner_text()
    link.click()
    plain_page.wait_for_url(re.compile(r"reports/[0-9a-f]+\.html#at-\d+-\d+"))
    marked = plain_page.locator(".stretch:target")
    assert marked.is_visible()
    assert words.strip("“” ") in marked.inner_text()
    plain_page.get_by_role("link", name="Back to the incident").click()
    plain_page.wait_for_url(re.compile(r"index\.html$"))


def test_from_the_incident_to_the_folder_in_two_clicks(page: Page, own_desk: str, most_told: str) -> None:
    page.goto(f"{own_desk}/incidents/{most_told}")
    page.get_by_role("link", name="Share", exact=True).click()
    with page.expect_download() as begun:
        page.get_by_role("button", name="Make the folder").click()
    assert begun.value.suggested_filename == f"sayso-{most_told}.zip"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_what_is_shared(
    browser: Browser, guard: Guard, desk: str, with_persons: str, scheme: str
) -> None:
    """The page to share it from, and the pages of the folder as their reader sees them."""
    with opened(browser, guard, scheme=scheme) as page:
        page.goto(f"{desk}/share/incident/{with_persons}")
        axe(page)
        for preview in (
            f"/share/incident/{with_persons}/preview/index.html",
            f"/share/claim/preview/index.html?claim={with_persons}",
        ):
            page.goto(desk + preview)
            axe(page)
            page.locator(".seals a").first.click()
            page.wait_for_url(re.compile("/preview/reports/"))
            axe(page)
    guard.check()


def test_people_who_do_not_speak_are_withheld_unless_they_are_ticked(client: TestClient, own_case: Case) -> None:
    """A victim is named in a sentence that is handed on, and gave nobody leave."""
    gathered = next(
        found
        for row in incident_rows(own_case, by="reports", limit=100)
        for found in [of_incident(own_case, row.id)]
        if any(one.name != "Sayso" for one in found.silent)  # which every folder names
    )
    name = next(one.name for one in gathered.silent if one.name != "Sayso")
    about = gathered.noun.incident.id  # type: ignore[union-attr]
    page = html.unescape(client.get(f"/share/incident/{about}").text)
    assert f'name="clear" value="{name}" form="make"' in page
    (first,) = [one for one in gathered.silent if one.name == name]
    assert name not in as_seen(gathered, first.report, first.span)
    sent = {"token": token_of(page), "whole_texts": "true", "show_private": "false"}
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for clear in ([], [name]):
        answer = client.post(
            f"/share/incident/{about}", data={**sent, "clear": clear}, headers={"origin": "http://127.0.0.1"}
        )
        with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
            told = "".join(folder.read(one).decode() for one in folder.namelist())
        assert bool(named.search(told)) == bool(clear)
        assert FIXED in told
    body = audit_rows(own_case, what="shared", limit=1)[0].body
    assert json.loads(body)["left_in_clear"] == 1
    assert name not in body
