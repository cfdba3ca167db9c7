"""The team at its page, and two people who rule about the same: nothing is lost, and each is told of the other."""

from __future__ import annotations

import re
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from bench.copied_case import copied as copied_case
from sayso.desk.app import desk
from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions
from sayso.ledger.looks import SECOND, By, Verdict, looked
from sayso.ledger.marks import mark
from sayso.ledger.users import accounts
from sayso.ledger.verifying import verified
from tests.databases import programs, server
from tests.desk.pages import report
from tests.desk.seated import AT, browser, desk_of, quick_passwords, seated, sign_in, token_in, token_of, with_people

WHY = "The next line names her."


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Generator[None]:
    yield from quick_passwords()


def _known(case: Case) -> dict[str, tuple[str, bool]]:
    with case.reading() as connection:
        return {one.name: (one.role, one.is_open) for one in accounts(connection)}


def _sent(client: TestClient, what: str, **typed: str) -> tuple[int, str]:
    answer = client.post(f"/team/{what}", data={"token": token_of(client), **typed})
    return answer.status_code, answer.headers.get("location") or answer.text


def _made(page: str) -> str:
    held = re.search(r'class="made">([a-z-]+)</code>', page)
    assert held is not None
    return held[1]


# The page


def test_the_first_owner_is_made_where_nobody_signs_in_and_lets_others_in(own_case: Case) -> None:
    """On this machine alone: the page says what to do, and shows the password once. Then everybody signs in."""
    alone = browser(desk(own_case, who="Host", now=lambda: AT))
    page = alone.get("/team").text
    assert "Make the first owner" in page and "--accounts" in page
    status, page = _sent(alone, "add", name="ana", shown="Ana Tester", role="owner")
    assert status == 200
    password = _made(page)
    assert password not in alone.get("/team").text
    asked = desk_of(own_case)
    ana = browser(asked)
    assert sign_in(ana, "ana", password).status_code == 303
    status, page = _sent(ana, "add", name="Bo", shown="Bo Lind", role="reviewer")
    assert status == 200 and "sign in as <b>bo</b>" in page
    bo = browser(asked)
    assert sign_in(bo, "bo", _made(page)).status_code == 303
    assert "You rule as" in bo.get("/incidents").text
    with own_case.reading() as connection:
        told = [(row.what, row.who, row.about) for row in audit.rows(connection)][-4:]
    assert told == [
        ("account_made", "Host", "user:ana"),
        ("signed_in", "Ana Tester", "user:ana"),
        ("account_made", "Ana Tester", "user:bo"),
        ("signed_in", "Bo Lind", "user:bo"),
    ]


def test_what_was_ruled_before_there_were_accounts_is_told(own_case: Case) -> None:
    """Beforehand what becomes of it, and after in the table; one with that very name has it counted as theirs."""
    alone = browser(desk(own_case, who="Host", now=lambda: AT))
    decide(own_case, ruling="accept", about=[f"sha256:{report('01-rivermark-market')}#st1"], who="Host", why="", at=AT)
    assert "What you did until now stands under <b><bdi>Host</bdi></b>" in alone.get("/team").text
    _sent(alone, "add", name="ana", shown="Ana Tester", role="owner")
    page = alone.get("/team").text
    row = page[page.index('class="unnamed"') :]
    assert "Host" in row and "1 decision" in row and "no account" in row
    _sent(alone, "add", name="host", shown="Host", role="reviewer")
    page = alone.get("/team").text
    row = page[page.index('id="u-host"') :]
    assert "1 decision" in row[: row.index("</tr>")]


def test_from_whom_a_ruling_is_held_back_that_waits_for_a_second_reader(own_case: Case) -> None:
    """From a reviewer, who could be that reader; not from an owner, nor from one who can only look."""
    app = desk_of(with_people(own_case))
    about = f"sha256:{report('01-rivermark-market')}#st1"
    looked(own_case, Verdict(about, "reject", WHY, queue="unseen"), By("Bo Lind", AT))
    mark(own_case, kind=SECOND, about=about, who="Bo Lind", at=AT)
    for name, is_shown in (("ana", True), ("bo", True), ("cy", False), ("rei", True)):
        for page in ("/decisions", "/decisions.json", "/audit"):
            assert (WHY in seated(app, name).get(page).text) == is_shown, (name, page)


def test_an_owner_changes_closes_and_opens_accounts(own_case: Case) -> None:
    """And is told in words what cannot be."""
    ana = seated(desk_of(with_people(own_case)), "ana")
    assert _sent(ana, "role", name="rei", role="reviewer") == (303, "/team?changed=rei")
    assert "just changed" in ana.get("/team?changed=rei").text
    assert "just changed" not in ana.get("/team?changed=<b>").text
    assert _sent(ana, "close", name="bo")[0] == 303
    assert _known(own_case)["bo"] == ("reviewer", False)
    assert _sent(ana, "reopen", name="bo")[0] == 303
    for what, typed, says in (
        ("close", {"name": "ana"}, "last owner"),
        ("role", {"name": "ana", "role": "reader"}, "last owner"),
        ("role", {"name": "bo", "role": "king"}, "is no role"),
        ("add", {"name": "bo", "shown": "Another", "role": "reader"}, "already"),
        ("add", {"name": "bo2", "shown": "bo lind", "role": "reader"}, "another account"),
        ("add", {"name": "no name", "shown": "Z", "role": "reader"}, "A name to sign in with"),
        ("add", {"name": "<b>", "shown": "<b>\u202e", "role": "reader"}, "can be seen"),
    ):
        status, page = _sent(ana, what, **typed)
        assert status == 422 and says in page, (what, typed, status)
        assert "<b>\u202e" not in page
    for what in ("close", "reopen"):
        assert _sent(ana, what, name="nobody-here")[0] == 404
    assert _known(own_case) == {
        "ana": ("owner", True), "bo": ("reviewer", True), "cy": ("reviewer", True), "rei": ("reviewer", True),
    }  # fmt: skip


def test_a_new_password_ends_what_the_old_one_opened(own_case: Case) -> None:
    """It is shown once, and the person chooses another."""
    app = desk_of(with_people(own_case))
    ana, bo = seated(app, "ana"), seated(app, "bo")
    status, page = _sent(ana, "new-password", name="bo")
    assert status == 200
    assert bo.get("/incidents").status_code == 303
    assert sign_in(browser(app), "bo").status_code == 403
    assert sign_in(browser(app), "bo", _made(page)).status_code == 303


def test_what_each_did_leads_to_the_audit_and_to_their_decisions(own_case: Case) -> None:
    """And what others withdrew of it; only owners see when somebody signed in."""
    app = desk_of(with_people(own_case))
    ana, bo, rei = (seated(app, name) for name in ("ana", "bo", "rei"))
    made = _ruled(bo, "accept", report("12-rivermark-roundup"))
    ana.post(f"/decisions/{made}/undo", data={"token": token_of(ana)})
    page = rei.get("/team").text
    assert 'href="/audit?who=Bo+Lind"' in page or 'href="/audit?who=Bo%20Lind"' in page
    assert "1 withdrawn by another" in page
    assert "signed in now" not in page and "signed in now" in ana.get("/team").text
    assert "withdrew a ruling" in rei.get("/audit?who=Ana%20Tester").text
    rows = {row["name"]: row for row in ana.get("/team.json").json()}
    assert rows["bo"]["withdrawn_by_others"] == 1
    assert "argon2" not in ana.get("/team.json").text
    assert ana.get("/team.csv").text.count("\n") == 5


# Two who rule at once


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, own_case: Case, tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """The sample with a team, in either database."""
    with_people(own_case)
    if request.param == "sqlite":
        yield own_case
        return
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: the team on it is not tested (apt-get install postgresql)")
    with server() as running:
        running.told("CREATE DATABASE shared TEMPLATE template0")
        other = copied_case(own_case.folder, tmp_path_factory.mktemp("team") / "case", running.url("shared"))
        yield other
        other.closed()


def _ruled(client: TestClient, ruling: str, name: str, **more: str) -> str:
    """The decision that came of a ruling on the first statement of a report."""
    told = {"ruling": ruling, "about": f"sha256:{name}#st1", "why": WHY, "token": token_of(client), **more}
    answer = client.post("/decisions", data=told)
    assert answer.status_code == 303, answer.text[-2000:]
    held = re.search(r"done=(dec-[0-9a-f]+)", answer.headers["location"])
    assert held is not None
    return held[1]


def test_of_two_who_rule_at_once_the_second_is_told_and_can_rule_instead(shared: Case) -> None:
    """Under their own names; who rules instead, and who takes back what another ruled, is written down too."""
    app = desk_of(shared)
    people = {name: seated(app, name) for name in ("bo", "cy")}
    name = report("05-rivermark-graves")
    told = {
        who: {"ruling": ruling, "about": f"sha256:{name}#st1", "why": WHY, "token": token_of(people[who])}
        for who, ruling in (("bo", "accept"), ("cy", "reject"))
    }
    with ThreadPoolExecutor(2) as both:
        answers = dict(both.map(lambda who: (who, people[who].post("/decisions", data=told[who])), told))
    assert sorted(one.status_code for one in answers.values()) == [303, 409]
    first, second = sorted(answers, key=lambda who: answers[who].status_code)
    shown = {"bo": "Bo Lind", "cy": "Cy Marsh"}
    assert shown[first] in answers[second].text and "Rule instead of it" in answers[second].text
    with shared.reading() as connection:
        (stands,) = decisions(connection, about=f"sha256:{name}#st1")
    assert stands.who == shown[first]
    instead = _ruled(people[second], told[second]["ruling"], name, instead_of=stands.id)
    page = people[first].get(f"/decisions/{stands.id}").text
    assert "Withdrawn by" in page and shown[second] in page
    assert people[first].post(f"/decisions/{instead}/undo", data={"token": told[first]["token"]}).status_code == 303
    with shared.reading() as connection:
        done = {one.id: one for one in decisions(connection, about=f"sha256:{name}#st1", withdrawn=True)}
        rows = [(row.what, row.who) for row in audit.rows(connection) if row.about in done]
    assert len(done) == 2
    assert done[instead].withdrawn_by == shown[first]
    assert rows == [
        ("decided", shown[first]), ("withdrew", shown[second]), ("decided", shown[second]), ("withdrew", shown[first]),
    ]  # fmt: skip
    assert verified(shared).holds


def test_the_same_ruled_by_two_is_two_decisions(own_case: Case) -> None:
    """Each stands under the name of who made it; taking back one leaves the other."""
    app = desk_of(with_people(own_case))
    bo, cy = seated(app, "bo"), seated(app, "cy")
    name = report("12-rivermark-roundup")
    mine, theirs = _ruled(bo, "accept", name), _ruled(cy, "accept", name)
    assert mine != theirs
    bo.post(f"/decisions/{mine}/undo", data={"token": token_of(bo)})
    with own_case.reading() as connection:
        assert [(one.id, one.who) for one in decisions(connection)] == [(theirs, "Cy Marsh")]


def test_a_window_that_was_left_open_over_a_change_of_people_rules_for_nobody(own_case: Case) -> None:
    """Bo signs out, Cy signs in at the same browser: what Bo had open is refused, not ruled under Cy's name."""
    app = desk_of(with_people(own_case))
    client = seated(app, "bo")
    left = token_of(client)
    client.post("/sign-out", data={"token": left})
    assert sign_in(client, "cy").status_code == 303
    told = {"ruling": "accept", "about": f"sha256:{report('12-rivermark-roundup')}#st1", "token": left}
    assert client.post("/decisions", data=told).status_code == 403
    assert token_in(client.get("/decisions").text) != left
    with own_case.reading() as connection:
        assert decisions(connection) == ()
