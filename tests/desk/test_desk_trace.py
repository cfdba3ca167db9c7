"""A claim traced at the desk: its hops, what each changed, where the caveat was lost; what is asked wrongly is told."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk as desk_of
from sayso.desk.tracing import MOST, Traced
from sayso.desk.views.trace import ALL_OPEN, Marked, pieces, shown
from sayso.desk.views.trace_tree import MANY, WIDTH
from sayso.export.pointing import Reports
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.traces import traced
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.record import Anchor, Change, Hop, Span, Trace, When
from tests.desk.browser import Guard, axe, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SENTENCE = "Two barges sank near the lock on Monday, the harbour master said."


@pytest.fixture(scope="module")
def client(sample_case: Case) -> TestClient:
    """Somebody who asks a desk over the sample."""
    return TestClient(desk_of(sample_case, who="Ana Tester", now=lambda: "2031-06-01T08:00:00Z"), "http://127.0.0.1")


@pytest.fixture(scope="module")
def most_told(sample_case: Case) -> str:
    """The incident that most reports tell of: one of its copies lost a caveat."""
    return incident_rows(sample_case, by="reports", limit=1)[0].id


def anchor(words: str, *, report: str = "sha256:aa", text: str = SENTENCE) -> Anchor:
    """Words of a sentence, where they stand."""
    start = text.index(words)
    return Anchor(report, Span(start, start + len(words)), words)


def changed(letter: str, words: str, kind: str = "figure_changed") -> Marked:
    """A change of these words."""
    change = Change(kind, "it became another", None, anchor(words))
    return Marked(letter, change, None, change.there, None)


def hop(number: int, *, of: int | None = None, changes: tuple[Change, ...] = (), day: str | None = None) -> Hop:
    """A telling of the sentence by the report of a number."""
    report = f"sha256:{number:064x}"
    return Hop(
        report, f"Paper {number}", When(day, day, "day") if day else None, anchor(SENTENCE, report=report), None, None,
        f"sha256:{of:064x}" if of is not None else None, of is not None, changes,
    )  # fmt: skip


def trace_of(*hops: Hop, caveat_lost: int | None = None) -> Trace:
    """A trace of some hops."""
    return Trace(hops[0].anchor, None, (), hops, None, None, caveat_lost, None, None)


# What the page is made of


def test_the_pieces_of_a_sentence_are_the_sentence_and_changes_may_overlap() -> None:
    made = pieces(anchor(SENTENCE), (changed("a", "Two barges"), changed("b", "barges sank"), changed("c", "Monday")))
    assert "".join(one.words for one in made) == SENTENCE
    assert [(one.words, "".join(change.letter for change in one.marks)) for one in made] == [
        ("Two ", "a"), ("barges", "ab"), (" sank", "b"), (" near the lock on ", ""), ("Monday", "c"),
        (", the harbour master said.", ""),
    ]  # fmt: skip
    assert [change.letter for one in made for change in one.ends] == ["a", "b", "c"]


def test_a_change_that_stands_in_another_sentence_marks_nothing_in_this_one() -> None:
    elsewhere = Change("time_shifted", "", None, Anchor("sha256:bb", Span(0, 3), "Two"))
    made = pieces(anchor(SENTENCE), (Marked("a", elsewhere, None, elsewhere.there, None),))
    assert [one.words for one in made] == [SENTENCE]
    assert not made[0].marks


def test_what_is_gone_has_no_stretch_after_but_a_neighbour() -> None:
    gone = Change("caveat_dropped", "", anchor("the harbour master said"), anchor("near the lock"))
    view = shown(trace_of(hop(0), hop(1, of=0, changes=(gone,)), caveat_lost=1), Reports())
    (told,) = view.hops[1].changes
    assert (told.after, told.beside) == (None, gone.there)
    assert view.losses == (("caveat_lost", view.hops[1]),)
    assert view.hops[1].lost == ("caveat_lost",)


def test_few_hops_are_all_open_and_of_many_the_quiet_runs_are_folded() -> None:
    few = shown(trace_of(*[hop(0), *(hop(n, of=0) for n in range(1, ALL_OPEN))]), Reports())
    assert [run.folded for run in few.runs] == [False]
    change = (Change("figure_grown", "", None, anchor("Two")),)
    hops = [hop(0), *(hop(n, of=0) for n in range(1, 50)), hop(50, of=0, changes=change), hop(51, of=0)]
    many = shown(trace_of(*hops), Reports())
    assert [(run.folded, len(run.hops)) for run in many.runs] == [(False, 1), (True, 49), (False, 1), (False, 1)]
    assert [one.number for one in many.hops] == list(range(1, 53))
    assert [one.is_compact for one in many.hops] == [False, *[True] * 51]


@pytest.mark.parametrize("count", [1, 7, MANY + 60])
def test_the_picture_holds_every_hop_and_a_line_to_what_it_was_made_of(count: int) -> None:
    days = ["2031-02-03", "2031-02-01", None]
    hops = [hop(n, of=0 if n else None, day=days[n % 3]) for n in range(count)]
    picture = shown(trace_of(*hops), Reports()).tree
    assert [dot.hop.number for dot in picture.dots] == list(range(1, count + 1))
    assert len(picture.edges) == count - 1
    assert all(0 < dot.x < WIDTH and 0 < dot.y < picture.height for dot in picture.dots)
    assert [day.day for day in picture.days] == (["2031-02-01", "2031-02-03", None] if count > 1 else ["2031-02-03"])


# What the desk answers


def test_the_page_names_the_hop_that_lost_the_caveat_and_opens_both_stretches(
    client: TestClient, sample_case: Case, most_told: str
) -> None:
    found = traced(sample_case, most_told)
    assert found.caveat_lost is not None
    told = client.get("/trace", params={"claim": most_told}).text
    assert f'A caveat is lost</b> in <a href="#hop{found.caveat_lost + 1}">' in told
    change = next(one for one in found.hops[found.caveat_lost].changes if one.kind == "caveat_dropped")
    assert change.here is not None
    digits = change.here.report.removeprefix("sha256:")
    assert f"/reports/{digits}?at={change.here.span.start}-{change.here.span.end}#at" in told
    assert all(f'id="hop{number}"' in told for number in range(1, len(found.hops) + 1))


def test_a_hop_that_says_the_opposite_is_named_first_of_what_happened_on_the_way(
    client: TestClient, sample_case: Case
) -> None:
    """A copy has "now" where the governor said "not"."""
    claim = next(
        f"{row.id}#{one.id}"
        for row in report_list(sample_case)
        for one in report(sample_case, row.id).reading.statements
        if any(
            change.kind == "negation_flipped"
            for hop in traced(sample_case, f"{row.id}#{one.id}").hops
            for change in hop.changes
        )
    )
    shown = client.get(f"/trace?{urlencode({'claim': claim})}").text
    way = shown.partition('<section class="way"')[2].partition("</section>")[0]
    assert re.search(r'class="loss">.*?Its meaning is reversed</b> in\s*<a href="#hop\d+">', way, re.DOTALL)
    assert "Its meaning is reversed" in way.partition('class="loss">')[2].partition("</li>")[0]


def test_without_a_claim_the_page_asks_for_one_and_each_example_leads_somewhere(client: TestClient) -> None:
    told = client.get("/trace").text
    examples = re.findall(r'<li><a href="(/trace\?claim=[^"]+)"', told)
    assert len(examples) == 2
    assert [client.get(one.replace("&amp;", "&")).status_code for one in examples] == [200, 200]


@pytest.mark.parametrize(
    ("asked", "status"), [("no such words anywhere", 404), ("inc-000000000000", 404), ("sha256:" + "0" * 64, 404)]
)
def test_what_is_not_in_the_case_is_told_on_the_page_that_asks(client: TestClient, asked: str, status: int) -> None:
    answer = client.get("/trace", params={"claim": asked})
    assert answer.status_code == status
    assert "This claim cannot be followed" in answer.text
    assert f'value="{asked}"' in answer.text


def test_a_whole_report_is_no_claim(client: TestClient, sample_case: Case, most_told: str) -> None:
    report = traced(sample_case, most_told).claim.report
    answer = client.get("/trace", params={"claim": report})
    assert answer.status_code == 400
    assert "whole report" in answer.text


def test_the_twins_tell_the_same_hops(client: TestClient, sample_case: Case, most_told: str) -> None:
    found = traced(sample_case, most_told)
    as_json = client.get("/trace.json", params={"claim": most_told}).json()
    assert [one["report"] for one in as_json["hops"]] == [one.report for one in found.hops]
    rows = list(
        csv.DictReader(io.StringIO(client.get("/trace.csv", params={"claim": most_told}).text.lstrip("\ufeff")))
    )
    assert [row["change"] for row in rows] == [
        change.kind if change else "" for one in found.hops for change in one.changes or (None,)
    ]
    assert [row["after"] for row in rows if row["change"] == "caveat_dropped"] == ["", ""]
    assert client.get("/trace.json").status_code == 400


def test_a_trace_is_kept_until_something_is_done_to_the_case(own_case: Case) -> None:
    incident = incident_rows(own_case, by="reports", limit=1)[0].id
    kept = Traced()
    first = kept.of(own_case, incident)
    assert kept.of(own_case, incident) is first
    about = f"{first.claim.report}#st1"
    decide(own_case, ruling="accept", about=[about], who="Ana Tester", why="read", at="2031-06-01T09:00:00Z")
    assert kept.of(own_case, incident) is not first


def test_no_more_traces_are_kept_than_there_is_room_for(sample_case: Case) -> None:
    kept = Traced()
    rows = incident_rows(sample_case, by="reports", limit=40)
    assert len(rows) > MOST
    for row in rows:
        kept.of(sample_case, row.id)
    assert len(kept.held) == MOST


# In a browser


def test_from_the_incident_to_the_hop_that_lost_its_caveat(page: Page, desk: str, most_told: str) -> None:
    page.goto(f"{desk}/incidents/{most_told}")
    page.get_by_role("link", name="Trace", exact=True).first.click()
    page.locator(".loss", has_text="A caveat is lost").get_by_role("link", name=re.compile("hop")).click()
    lost = page.locator(".hop:target")
    assert lost.locator(".lost-here").inner_text().startswith("✂ A caveat is lost")
    lost.locator(".changes .before a").first.click()
    page.wait_for_url(re.compile(r"/reports/[0-9a-f]{64}\?at=\d+-\d+"))


def test_keys_step_through_the_hops(page: Page, desk: str, most_told: str) -> None:
    page.goto(f"{desk}/trace?claim={most_told}")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    assert page.locator(".hop[aria-current]").get_attribute("id") == "hop1"
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/reports/"))


def test_a_trace_is_read_without_scripts(plain_page: Page, desk: str, most_told: str) -> None:
    plain_page.goto(f"{desk}/trace?claim={most_told}")
    assert plain_page.locator(".tree svg a").count() == plain_page.locator(".hop").count() > 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_a_trace(browser: Browser, guard: Guard, desk: str, most_told: str, scheme: str) -> None:
    with opened(browser, guard, scheme=scheme) as page:
        for path in (f"/trace?claim={most_told}", "/trace"):
            page.goto(desk + path)
            axe(page)
    guard.check()


def test_a_trace_of_many_hops_is_compact_and_a_change_in_it_is_opened_by_its_address(
    page: Page, desk: str, sample_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if two hops were many: the one that changed something is folded, until its change is what is asked for."""
    rows = incident_rows(sample_case, by="reports", limit=20)
    traces = [(row.id, shown(traced(sample_case, row.id), Reports())) for row in rows]
    asked, hop = next((name, hop) for name, view in traces for hop in view.hops if hop.changes and not hop.lost)
    monkeypatch.setattr("sayso.desk.views.trace.ALL_OPEN", 1)
    place = f"{desk}/trace?{urlencode({'claim': asked})}"
    page.goto(place)
    assert page.locator(f"#hop{hop.number} blockquote").is_hidden()
    page.goto("about:blank")
    page.goto(f"{place}#hop{hop.number}a")
    page.locator(f"#hop{hop.number}a").wait_for(state="visible")
    page.locator(".tree svg a").nth(0).click()
    page.wait_for_url(re.compile("#hop1$"))
