"""The audit and the checks of the seals: filtered, reckoned again from its own CSV, told as a report one can print."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from sayso.desk.app import desk as desk_of
from sayso.ledger import seals as checks
from sayso.ledger.asking.reports import report_list
from sayso.ledger.asking.seals import changed_since_sealed, last_check, seal_check
from sayso.ledger.audit import note
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.marks import mark, withdrawn
from sayso.ledger.originals import path_of
from sayso.work.checking_seals import check
from tests.desk.conftest import AT, WHO
from tests.desk.test_desk_rule import a_statement


@pytest.fixture
def client(own_case: Case) -> TestClient:
    return TestClient(desk_of(own_case, who=WHO, now=lambda: AT), base_url="http://127.0.0.1")


def rows_of(client: TestClient, asked: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/audit.csv?limit=1000{asked}")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def ruled(case: Case) -> str:
    about, _ = a_statement(case)
    made = decide(case, ruling="accept", about=[about], who="Bruno Sala", why="Heard it.", at="2031-06-01T09:00:00Z")
    withdraw(case, made.id, who=WHO, at="2031-07-01T09:00:00Z")
    return made.id


def test_the_chain_can_be_reckoned_from_the_csv_alone(client: TestClient, own_case: Case) -> None:
    """As docs/the-audit.md tells it."""
    ruled(own_case)
    previous = "0" * 64
    for row in reversed(rows_of(client)):
        line = {name: row[name] for name in ("about", "at", "previous", "what", "who")}
        told = {**line, "body": json.loads(row["body"]), "seq": int(row["seq"])}
        text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
        assert row["previous"] == previous
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert row["hash"] == previous
    assert previous in client.get("/audit").text, "the head stands on the page"


def test_rows_are_found_by_who_what_about_and_when(client: TestClient, own_case: Case) -> None:
    made = ruled(own_case)
    assert [row["what"] for row in rows_of(client, "&who=Bruno+Sala")] == ["decided"]
    assert [row["what"] for row in rows_of(client, f"&about={made}")] == ["withdrew", "decided"]
    assert [row["what"] for row in rows_of(client, "&since=2031-07&until=2031-07")] == ["withdrew"]
    assert {row["what"] for row in rows_of(client, "&what=added")} == {"added"}
    shown = client.get("/audit?who=Bruno+Sala").text
    assert "accepted as read" in shown and "Heard it." in shown
    assert client.get("/audit?about=inc-ffffffffffff").status_code == 404
    assert client.get("/audit?since=yesterday").status_code in (400, 422)


def test_rows_say_in_words_what_was_done_and_of_which_statement(client: TestClient, own_case: Case) -> None:
    """No numbers of our own rows, and no id that is cut where the statement would stand."""
    about, _ = a_statement(own_case)
    made = mark(own_case, kind="skipped", about=about, who=WHO, at=AT)
    with own_case.writing() as connection:
        withdrawn(connection, made.id, who=WHO, at=AT)
        note(
            connection,
            at=AT,
            who=WHO,
            what="looked",
            about=about,
            body={"look": 7, "blind": False, "verdict": "accept"},
        )
    told = re.findall(r'<div class="what">(.*?)<details>', client.get("/audit?limit=3").text, re.DOTALL)
    words = [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in told]
    short, part = about.removeprefix("sha256:")[:8], about.partition("#")[2]
    assert words == [
        f"{WHO} looked at a reading: {short} {part} found it: accept",
        f"{WHO} took back a skip: {short} {part}",
        f"{WHO} skipped a question: {short} {part}",
    ]
    assert f'href="/reports/{about.removeprefix("sha256:").partition("#")[0]}#{part}"' in told[0]


def test_a_ruling_says_of_which_statement(client: TestClient, own_case: Case) -> None:
    """With a way to it."""
    about, _ = a_statement(own_case)
    decide(own_case, ruling="accept", about=[about], who=WHO, why="Heard it.", at=AT)
    report, _, part = about.removeprefix("sha256:").partition("#")
    assert (
        f'<a href="/reports/{report}#{part}"><code>{report[:8]}</code> {part}</a>' in client.get("/audit?limit=1").text
    )


def test_a_check_tells_exactly_which_original_changed(own_case: Case, client: TestClient) -> None:
    first, second = report_list(own_case, limit=2)
    for row, words in ((first, b"other words"), (second, None)):
        path = path_of(own_case, row.id)
        path.chmod(0o644)
        path.write_bytes(words) if words is not None else path.unlink()
    name = checks.begun(own_case, who=WHO, at=AT)
    assert client.get(f"/audit/seals/{name}").status_code == 200, "while it runs"
    check(own_case, name, clock=lambda: AT)
    shown = client.get(f"/audit/seals/{name}").text
    assert "Something does not hold" in shown
    for row in (first, second):
        assert row.id.removeprefix("sha256:") in shown
    with own_case.reading() as connection:
        assert changed_since_sealed(connection) == {first.id, second.id}
        assert last_check(connection).id == name  # type: ignore[union-attr]
        found = seal_check(connection, name)
    assert found.verdict is not None and found.noted is not None
    assert found.noted[1] in {row["hash"] for row in rows_of(client, "&what=checked")}
    told = list(csv.DictReader(io.StringIO(client.get(f"/audit/seals/{name}.csv").text.removeprefix("\ufeff"))))
    assert {row["kind"] for row in told if row["breaks"] == "yes"} == {"original"}


def test_a_check_that_was_cut_off_says_nothing_of_the_seals(own_case: Case, client: TestClient) -> None:
    name = checks.begun(own_case, who=WHO, at=AT)
    checks.ended(own_case, name, None, who=WHO, at=AT)
    assert "The check was cut off" in client.get(f"/audit/seals/{name}").text
    check(own_case, name)
    with own_case.reading() as connection:
        assert seal_check(connection, name).is_cut_off, "what has ended stays as it is"
        assert last_check(connection) is None


def test_the_list_of_seals_is_that_of_the_originals(client: TestClient, own_case: Case) -> None:
    listed = list(csv.DictReader(io.StringIO(client.get("/audit/seals.csv").text.removeprefix("\ufeff"))))
    assert len(listed) == 16
    for row in listed:
        assert hashlib.sha256(path_of(own_case, row["sha256"]).read_bytes()).hexdigest() == row["sha256"]


def test_seals_are_verified_in_a_browser_and_the_report_prints(page: Page, own_desk: str) -> None:
    page.goto(f"{own_desk}/audit")
    page.keyboard.press("v")
    expect(page.locator("#result")).to_contain_text("All holds")
    expect(page.locator(".card-of")).to_contain_text(WHO)
    page.emulate_media(media="print")
    assert page.locator(".sign").is_visible() and not page.locator(".rail").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="To the audit").first.click()
    expect(page.locator(".audit .row").first).to_contain_text(re.compile("checked the seals"))
