"""Who may sit at a desk that asks for accounts: what nobody, a reader and a reviewer get, and what force gets."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Generator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from sayso.desk import signing_in
from sayso.desk.security import Access, Proxy, cookie_of
from sayso.desk.signing_in import AT_ONCE, NO_NAMES, ONLY_LOOKS, SEAT, WAITING, Busy, Door
from sayso.desk.tries import FORGOTTEN, LONGEST_WAIT, OF_A_NAME, OF_AN_ADDRESS, Tries
from sayso.ledger import audit, passwords
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide
from sayso.ledger.users import By, New, added, closed, password_changed, reopened, role_changed
from tests.desk.seated import (
    AT,
    BASE,
    WORDS,
    browser,
    desk_of,
    quick_passwords,
    seated,
    sign_in,
    token_in,
    token_of,
    with_people,
)
from tests.desk.test_desk_security import BACK, state
from tests.desk.walking import Known, gets, known_of, posts
from tests.ledger.added import ALONE, DENIED, FERRY
from tests.ledger.added import added as added_reports

TITLE = "Harbour of secrets"
HOST = By("host", AT)
MINE = ("/sign-in", "/sign-out", "/team/password")
"""What also a reader may send."""


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Generator[None]:
    yield from quick_passwords()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of three reports and one decision, with a team."""
    new = made(tmp_path_factory.mktemp("signing") / "case", at=AT, who="host", title=TITLE)
    _, report, _ = added_reports(new, FERRY, DENIED, ALONE)
    decide(new, ruling="accept", about=[f"{report.report}#st1"], who="Bo Lind", why="heard it", at=AT)
    yield with_people(new)
    new.closed()


@pytest.fixture(scope="module")
def known(case: Case) -> Known:
    """Ids of the case."""
    return known_of(case, words="ferries")


@pytest.fixture
def app(case: Case) -> FastAPI:
    """The desk of that case, at which nothing was tried yet."""
    return desk_of(case)


# Nobody


def test_nobody_gets_further_than_the_page_to_sign_in_at(app: FastAPI, known: Known) -> None:
    """Every address: a page leads to the door and back, a twin says 401; neither holds a word of the case."""
    client = browser(app)
    for place in gets(known):
        path = place.partition("?")[0]
        answer = client.get(place)
        if path == "/sign-in":
            assert answer.status_code == 200
        elif path == "/favicon.ico":
            assert answer.status_code == 301
        elif path.endswith((".json", ".csv")):
            assert answer.status_code == 401, place
        else:
            assert answer.status_code == 303, place
            where = urlsplit(answer.headers["location"])
            assert where.path == "/sign-in"
            assert urljoin(BASE, parse_qs(where.query)["back"][0]).startswith(f"{BASE}/")
        assert "Harbour" not in answer.text and "ferr" not in answer.text, place
        assert client.get(place, headers={"x-sayso-fragment": "1"}).status_code in (200, 301, 401), place


def test_nobody_changes_anything(app: FastAPI, case: Case, known: Known) -> None:
    """With the token of the page to sign in at, which everybody can have."""
    client = browser(app)
    token, before = token_in(client.get("/sign-in").text), state(case)
    for place in posts(known):
        if place != "/sign-in":
            assert client.post(place, data={"token": token}).status_code == 401, place
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.request(method, "/incidents", headers={"x-sayso-token": token}).status_code == 401
    assert state(case) == before


def test_the_door_tells_nothing_of_the_case(app: FastAPI, known: Known) -> None:
    """Neither its title, nor a decision that an address names, nor what a problem there would show."""
    client = browser(app)
    pages = [client.get(f"/sign-in?done={known.decision}"), client.post("/sign-in", data={"name": "ana"})]
    pages += [client.get("/sign-in?back=//else.example"), sign_in(client, "ana", "wrong words here")]
    for answer in pages:
        assert "Harbour" not in answer.text and "Bo Lind" not in answer.text
        assert 'class="rail"' not in answer.text or "data-go" not in answer.text
    assert pages[1].status_code == 403


def test_a_link_from_elsewhere_asks_once_more_before_it_sends_to_the_door(app: FastAPI) -> None:
    """The browser keeps the cookie back from it, and would be taken for nobody's: the page asks for itself again."""
    client = seated(app, "bo")
    seat = client.cookies.get(cookie_of("127.0.0.1:8765", sort=SEAT))
    client.cookies.clear()
    led = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    answer = client.get("/reports?publisher=x", headers=led)
    assert answer.status_code == 200
    assert 'content="0;url=/reports?publisher=x"' in answer.text
    assert SEAT not in answer.headers.get("set-cookie", "")
    assert "Harbour" not in answer.text
    assert client.get("//else.example/", headers=led).text.count("else.example") == 0
    client.cookies.set(cookie_of("127.0.0.1:8765", sort=SEAT), seat or "")
    assert client.get("/reports", headers={**led, "sec-fetch-site": "same-origin"}).status_code == 200


# Roles


def test_a_reader_sees_everything_and_is_offered_no_change(app: FastAPI, known: Known) -> None:
    """No form but their own matters, and no way to one."""
    client = seated(app, "rei")
    for place in gets(known):
        path = place.partition("?")[0]
        answer = client.get(place)
        if signing_in.FOR_RULING.match(path):
            assert (answer.status_code, ONLY_LOOKS in answer.text) == (403, True), place
            continue
        assert answer.status_code in (200, 301, 303, 404, 422) or path in ("/team.json", "/team.csv"), place
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>", answer.text):
            assert any(f'action="{one}"' in form for one in MINE), (place, form)
        assert 'href="/rule' not in answer.text and 'action="/rule' not in answer.text, place
        assert 'href="/share/' not in answer.text, place
        assert "You read as" in answer.text or path in ("/sign-in",) or "/original" in path, place


def test_a_reader_changes_nothing(app: FastAPI, case: Case, known: Known) -> None:
    """Whatever route a page has, or will have: with the token, as a form, a fragment, a file or JSON."""
    client = seated(app, "rei")
    token, before = token_of(client), state(case)
    places = [one for one in posts(known) if one not in MINE]
    assert len(places) > 10
    for place in places:
        told = {"token": token, "ruling": "accept", "about": known.claim, "why": "x", "name": "rei", "role": "owner"}
        answer = client.post(place, data=told)
        assert answer.status_code == 403 and ONLY_LOOKS[:40] in answer.text, place
        for headers in (
            {"x-sayso-fragment": "1"},
            {"content-type": "application/json"},
            {"x-http-method-override": "GET"},
        ):
            answer = client.post(place, headers={"x-sayso-token": token, **headers})
            assert answer.status_code == 403, place
        assert client.post(f"{place}/", data=told).status_code == 403
        assert client.post(f"/static/..{place}", data=told).status_code in (403, 404, 405)
    for method in ("PUT", "PATCH", "DELETE", "post", "POSTED"):
        assert client.request(method, "/decisions", headers={"x-sayso-token": token}).status_code in (403, 400, 405)
    assert state(case) == before


@pytest.mark.parametrize(
    "asked",
    ["private=shown", "private=%73hown", "private=SHOWN", "private=1", "private=&private=shown", "show_private=true",
     "show_private=yes", "show_private=on", "x=1&show_private=T"],
)  # fmt: skip
def test_names_of_private_persons_are_for_those_who_rule(app: FastAPI, asked: str) -> None:
    """In twins and previews alike, however it is written."""
    reader, reviewer = seated(app, "rei"), seated(app, "bo")
    answer = reader.get(f"/reports.json?{asked}")
    assert (answer.status_code, NO_NAMES in answer.text) == (403, True)
    assert reviewer.get(f"/reports.json?{asked}").status_code == 200
    assert reader.get("/reports.json").status_code == 200


def test_only_owners_let_others_in(app: FastAPI, case: Case) -> None:
    """A reviewer can neither make nor change an account, least of all their own."""
    client = seated(app, "bo")
    token, before = token_of(client), state(case)
    for what in ("add", "new-password", "role", "close", "reopen"):
        told = {"token": token, "name": "bo", "role": "owner", "shown": "Bo Again"}
        assert client.post(f"/team/{what}", data=told).status_code == 403, what
    for twin in ("/team.json", "/team.csv"):
        assert client.get(twin).status_code == 403
    assert state(case) == before


def test_a_role_holds_at_once(app: FastAPI, case: Case) -> None:
    """A reviewer who is made a reader rules no more, in the window that is open."""
    added(case, New("dee", "reviewer", "Dee", WORDS), HOST)
    client = seated(app, "dee")
    token = token_of(client)
    assert client.post("/decisions/waiting", data={"token": token, "number": "1"}).status_code != 403
    role_changed(case, "dee", "reader", HOST)
    assert client.post("/decisions/waiting", data={"token": token, "number": "1"}).status_code == 403


# Sessions


def test_what_a_browser_held_before_is_worth_nothing_after(app: FastAPI) -> None:
    """Whoever planted a cookie does not sit down with whom signs in there."""
    name = cookie_of("127.0.0.1:8765", sort=SEAT)
    client = browser(app)
    client.cookies.set(name, "planted-by-somebody-else-0123456789abcdefghi")
    answer = sign_in(client, "ana")
    assert answer.status_code == 303
    given = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(SEAT))
    assert "planted" not in given
    assert re.fullmatch(rf"{name}=[\w-]{{43}}; Path=/; HttpOnly; SameSite=Strict", given)
    other = browser(app)
    other.cookies.set(name, "planted-by-somebody-else-0123456789abcdefghi")
    assert other.get("/incidents").status_code == 303
    again = sign_in(browser(app), "ana").headers["set-cookie"]
    assert given not in again


def test_a_cookie_beside_another_of_its_name_is_nobodys(app: FastAPI) -> None:
    """A page of a neighbouring host can add one to the jar."""
    client = seated(app, "bo")
    seat = client.cookies.get(cookie_of("127.0.0.1:8765", sort=SEAT))
    name = cookie_of("127.0.0.1:8765", sort=SEAT)
    other = browser(app)
    for cookie in (
        f"{name}=; {name}={seat}x",
        f"{name}={seat}, x",
        f"{name}={'x' * 6000}",
        f"{name}=\x00",
        name,
        "=;=;",
    ):
        assert other.get("/incidents", headers={"cookie": cookie}).status_code == 303, cookie
    assert other.get("/incidents", headers={"cookie": f"{name}={seat}"}).status_code == 200


def test_the_token_of_another_is_no_good(app: FastAPI, case: Case, known: Known) -> None:
    """Nor that of the same person in another browser, or from before they signed in."""
    ana, bo, again = seated(app, "ana"), seated(app, "bo"), seated(app, "bo")
    before_signing_in = token_in(browser(app).get("/sign-in").text)
    before = state(case)
    for token in (token_of(ana), token_of(again), before_signing_in, ""):
        told = {"token": token, "ruling": "reject", "about": known.claim, "why": "x"}
        answer = bo.post("/decisions", data=told)
        assert answer.status_code == 403 and "open since before" in answer.text
    assert state(case) == before


def test_signing_out_is_for_good(app: FastAPI) -> None:
    """The cookie that was held can be kept, and opens nothing any more."""
    client = seated(app, "bo")
    name = cookie_of("127.0.0.1:8765", sort=SEAT)
    seat = client.cookies.get(name)
    assert client.post("/sign-out", data={"token": "f" * 64}).status_code == 403
    answer = client.post("/sign-out", data={"token": token_of(client)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.get("/incidents").status_code == 303
    client.cookies.set(name, seat or "")
    assert client.get("/incidents").status_code == 303


def test_who_is_closed_or_gets_another_password_is_out_at_once(app: FastAPI, case: Case) -> None:
    """In every window that is open; opening the account again lets none back in."""
    added(case, New("eve", "owner", "Eve", WORDS), HOST)
    client = seated(app, "eve")
    token = token_of(client)
    closed(case, "eve", HOST)
    assert client.get("/incidents").status_code == 303
    assert client.post("/team/close", data={"token": token, "name": "ana"}).status_code == 401
    assert sign_in(browser(app), "eve").status_code == 403
    reopened(case, "eve", HOST)
    assert client.get("/incidents").status_code == 303
    client = seated(app, "eve")
    password_changed(case, "eve", "nine brown otters", HOST)
    assert client.get("/incidents").status_code == 303
    closed(case, "eve", HOST)


def test_half_a_day_later_one_signs_in_again(app: FastAPI, case: Case) -> None:
    """Whether or not anything was done meanwhile."""
    client = seated(app, "bo")
    for at, status in (("2031-06-01T19:59:59Z", 200), ("2031-06-01T20:00:01Z", 303)):
        later = browser(desk_of(case, at=at))
        later.cookies = client.cookies
        assert later.get("/incidents").status_code == status, at


def test_another_password_of_ones_own(app: FastAPI, case: Case) -> None:
    """With the old one; the other windows are out, this one goes on with another cookie. A reader can, too."""
    added(case, New("fay", "reader", "Fay", WORDS), HOST)
    here, there = seated(app, "fay"), seated(app, "fay")
    new = {"now": WORDS, "new": "nine brown otters", "again": "nine brown otters"}
    token = token_of(here)
    for wrong in ({"now": "not mine at all"}, {"again": "nine brown otter"}, {"new": "short", "again": "short"}):
        answer = here.post("/team/password", data={"token": token, **new, **wrong})
        assert answer.status_code == 422, wrong
    seat = here.cookies.get(cookie_of("127.0.0.1:8765", sort=SEAT))
    assert here.post("/team/password", data={"token": token, **new}).status_code == 303
    assert here.get("/incidents").status_code == 200
    assert here.cookies.get(cookie_of("127.0.0.1:8765", sort=SEAT)) != seat
    assert there.get("/incidents").status_code == 303
    assert sign_in(browser(app), "fay").status_code == 403
    assert sign_in(browser(app), "fay", "nine brown otters").status_code == 303


# Signing in by force


@pytest.mark.parametrize("back", BACK)
def test_after_signing_in_one_is_led_to_the_desk_alone(app: FastAPI, back: str) -> None:
    """Whatever the address or the form says, and no line of it becomes a header."""
    for answer in (sign_in(browser(app), "bo", back=back), seated(app, "bo").get("/sign-in", params={"back": back})):
        led = answer.headers["location"]
        assert answer.status_code == 303 and re.match(r"/(?![/\\])", led), led
        assert urlsplit(urljoin(BASE, led)).netloc == urlsplit(BASE).netloc
        assert "a=b" not in str(answer.headers)
    held = re.search(r'name="back" value="([^"]*)"', browser(app).get("/sign-in", params={"back": back}).text)
    assert held is not None and urlsplit(urljoin(BASE, held[1])).netloc == urlsplit(BASE).netloc


HUGE = "x" * 3_000_000
ODD = (
    ("ana", HUGE), (HUGE, WORDS), ("ana\x00", WORDS), ("' OR 1=1 --", "' OR 1=1 --"), ("ana", "\x00"), ("", ""),
    ("ana", "é" * 200), ("<script>", "{{7*7}}"), ("%00", "%"), ("ana" * 22, WORDS),
)  # fmt: skip


def test_odd_and_enormous_names_and_passwords_are_refused_quickly(case: Case) -> None:
    """None is compared at length, none comes back as markup, and none is a fault."""
    for name, password in ODD:
        began = time.monotonic()
        answer = sign_in(browser(desk_of(case)), name, password)
        assert answer.status_code == (413 if HUGE in (name, password) else 403), (name[:20], answer.text[-500:])
        assert time.monotonic() - began < 2
        assert "<script>" not in answer.text and ">49<" not in answer.text
        assert len(answer.content) < 10_000


def test_a_file_in_the_place_of_a_field_is_nothing(app: FastAPI) -> None:
    """And a form without fields."""
    client = browser(app)
    token = token_in(client.get("/sign-in").text)
    files = {"name": ("ana", b"ana"), "password": ("p", WORDS.encode())}
    assert client.post("/sign-in", data={"token": token}, files=files).status_code == 403
    assert client.post("/sign-in", data={"token": token}).status_code == 403


def test_who_fails_too_often_waits_ever_longer_and_is_told_how_long(case: Case) -> None:
    """The right password does not help then; it is written down; nobody learns whether there is such a name."""
    told: dict[str, list[str]] = {}
    for name in ("cy", "nobody-of-here"):
        client = browser(desk_of(case))
        answers = [sign_in(client, name, "wrong words here") for _ in range(OF_A_NAME + 1)]
        assert [one.status_code for one in answers] == [403] * OF_A_NAME + [429]
        assert int(answers[-1].headers["retry-after"]) in range(25, 31)
        assert "Try again in" in answers[-1].text
        assert sign_in(client, name.upper()).status_code == 429
        told[name] = [re.sub(r'(value|content)="[^"]*"|\d+ seconds', "", one.text) for one in answers]
    assert told["cy"] == told["nobody-of-here"]
    with case.reading() as connection:
        noted = [row for row in audit.rows(connection) if row.what == "sign_in_locked"]
    assert [row.about for row in noted] == ["user:cy"]
    assert "wrong words" not in noted[0].line


def test_an_address_that_tries_many_names_waits_too(app: FastAPI) -> None:
    """And others need not."""
    client = browser(app)
    codes = [sign_in(client, f"name{n}", "wrong words here").status_code for n in range(OF_AN_ADDRESS + 1)]
    assert codes == [403] * OF_AN_ADDRESS + [429]
    elsewhere = TestClient(app, base_url=BASE, client=("10.0.0.9", 4000), follow_redirects=False)
    assert sign_in(elsewhere, "bo").status_code == 303


def test_the_same_is_done_whether_or_not_there_is_such_an_account(
    app: FastAPI, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One comparison, as costly: of one that is there, is not, is closed, or has no password."""
    added(case, New("gus", "reader", "Gus"), HOST)
    added(case, New("hal", "reader", "Hal", WORDS), HOST)
    closed(case, "hal", HOST)
    real, compared = passwords.HASHER, list[str]()

    class Watched:
        hash = real.hash

        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept)
            return real.verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Watched())
    costs = set()
    for name in ("bo", "nobody-here", "gus", "hal", "not a name at all", ""):
        compared.clear()
        assert sign_in(browser(app), name, "wrong words here").status_code == 403, name
        assert len(compared) == 1, name
        costs.add(compared[0].rpartition("$")[0].rpartition("$")[0])
    assert len(costs) == 1


def test_few_passwords_are_compared_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MB; who would have to wait too long is told so, and costs nothing."""
    going, most, lock = 0, 0, threading.Lock()

    def compared(_: str | None, __: str) -> bool:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        time.sleep(0.01)
        with lock:
            going -= 1
        return False

    monkeypatch.setattr(signing_in, "fits", compared)
    door = Door(is_used=False)

    async def crowd() -> list[object]:
        return await asyncio.gather(*(door.fits(None, "x") for _ in range(40)), return_exceptions=True)

    answers: list[object] = []
    alone = threading.Thread(target=lambda: answers.extend(asyncio.run(crowd())))
    alone.start()
    alone.join()
    assert most == AT_ONCE
    assert sum(isinstance(one, Busy) for one in answers) == 40 - AT_ONCE - WAITING


def test_waiting_grows_and_is_forgotten() -> None:
    """It doubles up to its longest; of half a million names only so many are remembered."""
    now = [0.0]
    tries = Tries(lambda: now[0])
    waits = []
    for _ in range(12):
        assert tries.begun("ana", "10.0.0.1") == 0
        waits.append(tries.locked("ana")[1])
        if waits[-1]:
            assert tries.begun("ana", "10.0.0.2") == waits[-1]
        now[0] += waits[-1]
    assert waits[:7] == [0, 0, 0, 0, 30, 60, 120]
    assert waits[-1] == LONGEST_WAIT
    now[0] += FORGOTTEN + 1
    tries.begun("ana", "10.0.0.1")
    assert tries.locked("ana")[0] == 1
    tries.succeeded("ana", "10.0.0.1")
    assert tries.locked("ana") == (0, 0)
    for n in range(12_000):
        tries.begun(f"name{n}", f"2001:db8:{n % 5000:x}::1")
    assert len(tries._counts) <= 10_002


def test_many_tries_at_once_are_counted_before_any_is_answered() -> None:
    """Else all of a hundred would be let through while the first is compared."""
    tries, let = Tries(), []
    people = [threading.Thread(target=lambda: let.append(tries.begun("ana", "10.0.0.1"))) for _ in range(40)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert let.count(0) == OF_A_NAME


# A proxy before the desk

NAMED = Access(
    accounts=True, names=frozenset(("desk.example",)), proxy=Proxy(frozenset(("10.0.0.2",)), "x-remote-user")
)
OUTSIDE = "https://desk.example"


def _through(app: FastAPI, name: str | None, *, peer: str = "10.0.0.2") -> TestClient:
    """A browser that asks a proxy over TLS, which asks the desk without."""

    async def carried(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "scheme": "http"}, receive, send)

    headers = {"x-remote-user": name.encode()} if name is not None else {}
    return TestClient(
        carried, base_url=OUTSIDE, headers=headers, client=(peer, 4000), raise_server_exceptions=False,
        follow_redirects=False,
    )  # fmt: skip


def test_a_proxy_tells_who_asks_and_others_do_not(case: Case) -> None:
    """Only from where it is, only of who has an account, and of one person at a time."""
    app = desk_of(case, NAMED)
    assert "Ana Tester" in _through(app, "ana").get("/team").text
    assert "Ana Tester" in _through(app, " ANA").get("/team").text
    for name in (None, "", "nobody-here", "ana,bo", "ana bo", "é", "ana\t", "x" * 9000):
        answer = _through(app, name).get("/team")
        known = name is not None and name.strip() == "ana"
        assert answer.status_code == (200 if known else 403), name
    twice = [("x-remote-user", "ana"), ("x-remote-user", "bo")]
    assert _through(app, None).get("/team", headers=twice).status_code == 403
    for peer in ("10.0.0.3", "127.0.0.1", "::1", "::ffff:10.0.0.3", "testclient", ""):
        answer = _through(app, "ana", peer=peer).get("/team")
        assert (answer.status_code, "Harbour" in answer.text) == (403, False), peer
    assert _through(app, "ana", peer="::ffff:10.0.0.2").get("/team").status_code == 200


def test_what_is_sent_through_a_proxy_needs_the_token_of_that_person(case: Case, known: Known) -> None:
    """And comes from the address that browsers know; a reader is one there too."""
    app = desk_of(case, NAMED)
    bo, rei = _through(app, "bo"), _through(app, "rei")
    told = {"token": token_of(bo), "number": "1"}
    assert bo.post("/decisions/waiting", data=told, headers={"origin": OUTSIDE}).status_code != 403
    assert bo.post("/decisions/waiting", data=told, headers={"origin": "http://desk.example"}).status_code == 403
    assert bo.post("/decisions/waiting", data={**told, "token": token_of(rei)}).status_code == 403
    assert rei.post("/decisions/waiting", data={**told, "token": token_of(rei)}).status_code == 403
    assert bo.post("/team/password", data={"token": told["token"], "now": WORDS}).status_code == 422
    assert bo.get("/sign-in").status_code == 303
    assert all(
        one.startswith("__Host-") and "; Secure" in one
        for one in _through(app, "bo").get("/").headers.get_list("set-cookie")
    )


def test_a_header_is_not_believed_where_no_proxy_was_named(app: FastAPI) -> None:
    """Whoever likes can send one."""
    for header in ("x-remote-user", "remote-user", "x-forwarded-user", "x-forwarded-for", "forwarded", "authorization"):
        assert browser(app).get("/incidents", headers={header: "ana"}).status_code == 303


def test_a_proxy_that_only_carries_tls_tells_from_where_somebody_signs_in(case: Case) -> None:
    """Its last word counts, since what stands before it was sent by whom it carries."""
    access = Access(accounts=True, names=frozenset(("desk.example",)), proxy=Proxy(frozenset(("10.0.0.2",))))
    client = _through(desk_of(case, access), "ana")
    assert client.get("/team").status_code == 303
    for n in range(OF_AN_ADDRESS + 1):
        client.headers["x-forwarded-for"] = f"192.0.2.{n}, 198.51.100.7"
        answer = sign_in(client, f"name{n}", "wrong words here")
    assert answer.status_code == 429
    client.headers["x-forwarded-for"] = "198.51.100.8"
    answer = sign_in(client, "bo")
    assert answer.status_code == 303
    assert "__Host-sayso_seat_80=" in str(answer.headers) and "; Secure" in str(answer.headers)


# Names of the desk


def test_a_desk_answers_under_its_own_names_alone(case: Case) -> None:
    """Those that it was given, and where it listens everywhere the number that was asked."""
    app = desk_of(case, Access(accounts=True, names=frozenset(("desk.example", "[fd00::5]")), at_any_address=True))
    hosts = {
        "desk.example": 200, "DESK.EXAMPLE:8443": 200, "[fd00::5]:80": 200, "192.0.2.5:8443": 200,
        "elsewhere.example": 400, "192.0.2.6": 400, "desk.example.elsewhere.example": 400, "": 400,
    }  # fmt: skip
    for host, status in hosts.items():
        client = TestClient(app, base_url="http://192.0.2.5:8443", raise_server_exceptions=False)
        assert client.get("/sign-in", headers={"host": host}).status_code == status, host


def test_two_desks_of_one_machine_have_cookies_of_their_own(app: FastAPI) -> None:
    """A browser has one jar for all ports."""
    seat = sign_in(browser(app, "http://127.0.0.1:8901"), "bo").headers["set-cookie"]
    assert seat.startswith(f"{SEAT}_8901=")
