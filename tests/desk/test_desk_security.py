"""The desk keeps to itself: what it answers, what its pages may do, and that only its own forms change anything."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Generator
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.desk.security import COOKIE, HEADERS, POLICY
from sayso.ledger.case import Case, made
from sayso.ledger.decisions import decide
from tests.desk.walking import Known, gets, known_of, posts
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added

BASE = "http://127.0.0.1:8765"
FOREIGN = (
    "http://127.0.0.1:9999",
    "http://localhost:8765",
    "https://127.0.0.1:8765",
    "http://elsewhere.example",
    "null",
)
"""A page of another port of this machine, under another name, under another scheme, of the web, and of no one."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Generator[Case]:
    """A case of three reports and one decision."""
    new = made(tmp_path_factory.mktemp("desk") / "case", at=AT, who="Ana Tester", title="Harbour")
    _, report, _ = added(new, FERRY, DENIED, ALONE)
    decide(new, ruling="accept", about=[f"{report.report}#st1"], who="Ana Tester", why="heard it", at=AT)
    yield new
    new.closed()


@pytest.fixture(scope="module")
def app(case: Case) -> FastAPI:
    """The desk of that case."""
    return desk(case, who="Ana Tester", now=lambda: AT)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Somebody who asks it, without a cookie yet."""
    return TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def known(case: Case) -> Known:
    """Ids of the case."""
    return known_of(case, words="ferries")


def state(case: Case) -> str:
    """Everything in the case's database, as one hash."""
    with closing(sqlite3.connect(case.folder / "sayso.db")) as database:
        return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()


# What is answered with


def test_every_answer_tells_the_browser_what_its_pages_may_do(client: TestClient, known: Known) -> None:
    """Every page, twin, redirect, refusal and fault: one that was forgotten would be the one that is used."""
    places = [*gets(known), "/nowhere", "/incidents/inc-ffffffffffff", "/incidents?limit=none", "/static/desk.css"]
    for place in places:
        answer = client.get(place)
        assert answer.status_code < 500, (place, answer.text[:500])
        for name, value in HEADERS.items():
            if name == "content-security-policy":
                assert is_strict(answer.headers[name]), (place, answer.headers[name])
            else:
                assert answer.headers[name] == value, (place, name)


def is_strict(policy: str) -> bool:
    """Whether a policy is the desk's own, or that of a sealed original or a page to be shared: these run nothing."""
    if policy == POLICY:
        return True
    told = {name: sources for name, _, sources in (one.partition(" ") for one in policy.split("; "))}
    loaded = {source for name, sources in told.items() if name.endswith("-src") for source in sources.split()}
    return (
        told["default-src"] == "'none'"
        and "script-src" not in told
        and all(source in ("'none'", "data:") or source.startswith("'sha256-") for source in loaded)
        and ("sandbox" in told or told.get("frame-ancestors") == "'none'")
    )


def test_a_fault_of_ours_is_answered_with_the_same_headers(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is answered outside of the guard. Neither what went wrong nor where is shown: it may hold words of a case."""
    monkeypatch.setattr("sayso.desk.pages.incidents.incident_rows", _broken)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        answer = client.get("/incidents")
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert "a secret of the case" not in answer.text
    assert "Traceback" not in answer.text


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("a secret of the case")


def test_nothing_of_a_case_stays_in_the_browsers_store_and_own_files_do(client: TestClient, known: Known) -> None:
    """What was erased from a case must not live on beside it; the desk's own files are asked for once a version."""
    for place in gets(known):
        assert client.get(place).headers["cache-control"] == "no-store", place
    assert "immutable" in client.get("/static/desk.css?v=1").headers["cache-control"]
    assert client.get("/static/nothing.css?v=1").headers["cache-control"] == "no-store"


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(client: TestClient) -> None:
    """And has the port in its name: a browser has one jar for all ports of a machine, where two desks may be open."""
    given = client.get("/incidents").headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}_8765=[0-9a-f]{{40}}; Path=/; HttpOnly; SameSite=Strict", given)
    assert "set-cookie" not in client.get("/incidents").headers


def test_a_link_followed_from_elsewhere_leaves_the_forms_of_open_windows_good(client: TestClient) -> None:
    """The browser follows it without the cookie. Were it answered with another, what is open could not be sent."""
    first = client.get("/incidents")
    client.cookies.clear()
    again = client.get("/incidents", headers={"sec-fetch-site": "cross-site", **NAVIGATION})
    assert again.headers["set-cookie"] == first.headers["set-cookie"]
    assert _token(again.text) == _token(first.text)


# Who is answered


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",  # a name of the web that was made to point here
        "elsewhere.example:8765",
        "127.0.0.1.elsewhere.example:8765",
        "127.0.0.1:8765@elsewhere.example",
        "127.0.0.1:8765/",
        "127.0.0.1:8765, elsewhere.example",
        "localhost.",
        "0.0.0.0:8765",
        "2130706433",  # 127.0.0.1 as one number
        "",
    ],
)
def test_another_name_for_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    """Or a page of the web could give itself this machine's address (DNS rebinding) and read the case."""
    for place in ("/incidents", "/static/desk.css", "/incidents.json"):
        answer = client.get(place, headers={"host": host})
        assert answer.status_code == 400
        assert "Harbour" not in answer.text
        assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765", "127.0.0.1"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    """Under each of its own names."""
    assert client.get("/incidents", headers={"host": host}).status_code == 200


NAVIGATION = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
HELD = [
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "style"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "object"},
    {"sec-fetch-mode": "websocket", "sec-fetch-dest": "websocket"},
]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("how", HELD, ids=lambda how: "-".join(how.values()))
def test_no_other_page_may_hold_or_time_what_the_desk_answers(
    client: TestClient, known: Known, site: str, how: dict[str, str]
) -> None:
    """Whether a name is in the case could be told by how long the answer takes. Another port is "same-site"."""
    for place in gets(known):
        assert client.get(place, headers={"sec-fetch-site": site, **how}).status_code == 403, place


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_from_elsewhere_opens_a_page(client: TestClient, site: str) -> None:
    """From a mail or a note: it shows the page to the person, and the page that held the link sees nothing of it."""
    assert client.get("/incidents", headers={"sec-fetch-site": site, **NAVIGATION}).status_code == 200


# What changes something


def test_looking_changes_nothing(client: TestClient, case: Case, known: Known) -> None:
    """Everything that can be opened by a link is opened: the case is as it was, to the last row."""
    before = state(case)
    for place in gets(known):
        client.get(place)
    assert state(case) == before


def test_nothing_is_changed_without_the_token(client: TestClient, case: Case, known: Known) -> None:
    """With none, with a made-up one, and with that of a desk that was closed."""
    client.get("/incidents")
    before = state(case)
    assert len(list(posts(known))) > 3
    for place in posts(known):
        tokens: tuple[dict[str, str], ...] = ({}, {"token": ""}, {"token": "f" * 64}, {"token": "é�"})
        for sent in tokens:
            answer = client.post(place, data=_rejecting(known, **sent))
            assert answer.status_code == 403, (place, sent)
        assert client.post(place, headers={"x-sayso-token": "f" * 64}).status_code == 403, place
    assert state(case) == before


def test_nothing_is_changed_without_the_cookie(client: TestClient, case: Case, known: Known) -> None:
    """The token alone, as another program that can read pages but is no browser of this person would have it."""
    token = _token(client.get("/incidents").text)
    before = state(case)
    for place in posts(known):
        client.cookies.clear()  # a refusal gives one anew
        assert client.post(place, data=_rejecting(known, token=token)).status_code == 403, place
    assert state(case) == before


@pytest.mark.parametrize(
    "headers",
    [
        *({"origin": origin} for origin in FOREIGN),
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": BASE, "sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_nothing_is_changed_from_a_page_of_another(
    client: TestClient, case: Case, known: Known, headers: dict[str, str]
) -> None:
    """Even with the cookie and the token."""
    token = _token(client.get("/incidents").text)
    before = state(case)
    for place in posts(known):
        answer = client.post(place, data=_rejecting(known, token=token), headers=headers)
        assert answer.status_code == 403, place
        assert "not the desk's own" in answer.text
    assert state(case) == before


def test_what_cannot_be_done_at_an_address_is_refused(client: TestClient, known: Known) -> None:
    """With the token: PUT, PATCH and DELETE are nowhere answered, and pages take no forms."""
    token = {"x-sayso-token": _token(client.get("/incidents").text)}
    changing = set(posts(known))
    for place in gets(known):
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert client.request(method, place, headers=token).status_code in (404, 405), (method, place)
        if place.partition("?")[0] not in changing:
            assert client.post(place, headers=token).status_code == 405, place


# Addresses


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/vendor/../../security.py",
        "/static/%00",
        "/static/",
        "/static/vendor",
    ],
)
def test_only_the_desks_own_files_are_served(client: TestClient, path: str) -> None:
    """No way leads out of the folder, and no folder is listed."""
    answer = client.get(path)
    assert answer.status_code == 404, answer.text[:200]
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/incidents/", "/incidents/", "/%0d%0aset-cookie:a=b/", "/\\elsewhere/"]
)
def test_an_address_that_is_mended_stays_on_this_machine(client: TestClient, path: str) -> None:
    """What is sent on is sent to the desk, and no line of an address becomes a header."""
    answer = client.get(path)
    assert answer.headers.get("location", BASE).startswith(BASE)
    assert "a=b" not in answer.headers.get("set-cookie", "")


BACK = (
    "//else.example/", "/\\else.example/", "https://else.example/", "javascript:window.hacked=1", "/\t/else.example/",
    "/%2f/else.example/", "\\/else.example", "/x\r\nset-cookie: a=b", "///else.example", "http:else.example", "",
    "/incidents?x=\u202e#\u2066", " //else.example", "/rule?ruling=accept", "/..//else.example",
)  # fmt: skip


@pytest.mark.parametrize("back", BACK)
def test_after_a_ruling_one_is_led_back_to_the_desk_alone(client: TestClient, known: Known, back: str) -> None:
    """Whatever the form says, and no line of it becomes a header."""
    token = _token(client.get("/incidents").text)
    told = {"ruling": "accept", "about": known.claim, "why": "heard it", "token": token, "back": back}
    answer = client.post("/decisions", data=told)
    assert answer.status_code == 303, answer.text[-500:]
    led = answer.headers["location"]
    assert re.match(r"/(?![/\\])", led), led
    assert urlsplit(urljoin(BASE, led)).netloc == urlsplit(BASE).netloc
    assert not re.search(r"[\x00-\x20\\]", led), led
    assert "a=b" not in answer.headers.get("set-cookie", "")


IDS = (
    "..%2f..%2fsayso.db", "%00", "a" * 4000, "inc-%27%20OR%201%3D1", "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "{{7*7}}", "%ED%A0%80", "%E2%80%AEcni", "0" * 64, "%0d%0aset-cookie:%20a=b", "inc-%25%5F", "sha256:", "~",
    "%F0%9F%92%A5",
)  # fmt: skip


@pytest.mark.parametrize("typed", IDS, ids=lambda typed: typed[:24])
def test_an_id_that_nothing_has_is_told_so(client: TestClient, known: Known, typed: str) -> None:
    """In every place of every address: an answer in words, never a fault, and nothing typed becomes markup."""
    other = Known(typed, typed, typed, typed, typed)
    for place in gets(other):
        answer = client.get(place)
        assert answer.status_code < 500, (place, answer.text[-1500:])
        assert "<script>alert" not in answer.text
        assert ">49<" not in answer.text
        assert "a=b" not in answer.headers.get("set-cookie", "")
        assert "\u202e" not in answer.text


def _token(page: str) -> str:
    held = re.search(r'name="sayso-token" content="([0-9a-f]{64})"', page)
    assert held is not None
    return held[1]


def _rejecting(known: Known, **more: str) -> dict[str, str]:
    """A form that would change something, were it the desk's own."""
    return {"ruling": "reject", "about": known.claim, "why": "made up", "back": "/", **more}
