"""The inbox over HTTP: what is sent is sealed in the request, whatever it is called, and nothing else is let in."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from sayso.desk import receiving
from sayso.desk.app import desk
from sayso.ledger import audit
from sayso.ledger.asking.reports import report_list
from sayso.ledger.asking.taken import taken
from sayso.ledger.case import Case, made
from sayso.ledger.erasing import erased
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.marks import PARKED, SEEN, marks
from sayso.ledger.originals import UNFINISHED, original
from sayso.ledger.taking_in import Said
from sayso.work.taking_in import Reader, read_waiting
from tests.desk.hostile import BIDI, CANARY, MARKUP
from tests.ledger.added import ALONE, FERRY, added

AT = "2031-04-06T10:00:00Z"
ROWS = b'[[row]]\nid = "osk"\nkind = "state"\nname = "Osk"\nalso = ["Oskan"]\nexample = "A note from [Osk] was read."\n'
TEXT = FERRY.encode()


@pytest.fixture
def case(tmp_path: Path) -> Generator[Case]:
    """An empty case."""
    new = made(tmp_path / "case", at=AT, who="Ana Tester", title="Ferries")
    yield new
    new.closed()


@pytest.fixture
def client(case: Case) -> TestClient:
    """Somebody at its desk, with its cookie and its token as scripts send it."""
    app = desk(case, who="Ana Tester", now=lambda: AT)
    made_for = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    page = made_for.get("/inbox").text
    found = re.search(r'name="sayso-token" content="([0-9a-f]+)"', page)
    assert found is not None
    made_for.headers["x-sayso-token"] = found[1]
    return made_for


def _upload(client: TestClient, name: str, data: bytes = TEXT, query: str = "") -> Response:
    from urllib.parse import quote

    headers = {"x-sayso-name": quote(name, errors="surrogatepass")}
    return client.post(f"/inbox/upload{query}", content=data, headers=headers)


def _files(client: TestClient, *named: tuple[str, bytes], **fields: str) -> Response:
    sent = [("files", (name, data, "application/octet-stream")) for name, data in named]
    return client.post("/inbox/files", files=sent, data=fields)


def _shown(client: TestClient, address: str = "/inbox?show=taken") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def test_an_empty_case_opens_on_its_inbox(client: TestClient, case: Case) -> None:
    """And on its incidents once it holds a report."""
    assert client.get("/").headers["location"] == "/inbox"
    assert "This case holds no report yet" in _shown(client, "/inbox")
    added(case, FERRY)
    assert client.get("/").headers["location"] == "/incidents"
    assert "Put in the invented reports" not in _shown(client, "/inbox")


def test_a_file_is_sealed_in_the_request_and_the_page_says_so(client: TestClient, case: Case) -> None:
    """Name, hash, bytes, when, by whom."""
    answer = _upload(client, "in/ferry.txt", query="?published=2031-04-05&publisher=River+Wire")
    sealed = hashlib.sha256(TEXT).hexdigest()
    assert answer.status_code == 201
    told = answer.json()
    assert (told["name"], told["sha256"], told["bytes"], told["who"]) == (
        "in/ferry.txt",
        sealed,
        len(TEXT),
        "Ana Tester",
    )
    assert original(case, sealed) == TEXT
    assert taken(case)[0].said == Said("2031-04-05", "River Wire")
    shown = _shown(client)
    for words in ("in/ferry.txt", sealed, "2031-04-06 10:00 UTC", "Ana Tester", "waits to be read", f"{len(TEXT):,}"):
        assert words in shown
    assert not list((case.folder / "originals").glob(f"{UNFINISHED}*"))


def test_files_of_a_form_are_sealed_rows_first(client: TestClient, case: Case) -> None:
    """As a browser without scripts sends a folder."""
    answer = _files(
        client,
        ("drop/ferry.txt", TEXT),
        ("drop/knowledge/parties.toml", ROWS),
        ("drop/big.txt", b"x " * (1 << 20)),
        published="2031-04-05",
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?took=1-3")
    rows = list(reversed(taken(case)))
    assert [(one.name, one.kind, one.state) for one in rows] == [
        ("drop/knowledge/parties.toml", "rows", "done"),
        ("drop/ferry.txt", "reports", "waiting"),
        ("drop/big.txt", "reports", "waiting"),
    ]
    assert [one.said.published for one in rows] == [None, "2031-04-05", "2031-04-05"]
    assert "osk" in {row["id"] for row in knowledge_of(case).rows("parties")}
    assert "3 things taken in" in _shown(client, "/inbox?took=1-3")


def test_rows_that_come_after_reports_say_that_these_were_read_without_them(client: TestClient, case: Case) -> None:
    """And how they are read anew; rows that nothing reads are told."""
    added(case, FERRY)
    assert "The 1 report read before did not have them" in _upload(client, "parties.toml", ROWS).json()["says"]
    refused = _upload(client, "pyproject.toml", ROWS).json()
    assert refused["state"] == "failed"
    assert "Nothing would read pyproject.toml" in refused["says"]
    assert _upload(client, "parties.toml", b"x" * ((4 << 20) + 1)).json()["state"] == "failed"


def test_a_pasted_text_is_sealed_as_it_was_pasted(client: TestClient, case: Case) -> None:
    """Its headline before it; lines end as everywhere; the address is that of its custody."""
    typed = {
        "headline": " Two  ferries ",
        "text": "Ada Brond spoke.\r\nTwo ferries were shelled, she said.",
        "published": "2031-04-05",
        "publisher": "River Wire",
        "url": "https://wire.example/ferries",
    }
    answer = client.post("/inbox/paste", data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?took=1")
    (row,) = taken(case)
    assert original(case, str(row.sha256)) == b"Two ferries\n\nAda Brond spoke.\nTwo ferries were shelled, she said."
    assert row.said == Said("2031-04-05", "River Wire", "https://wire.example/ferries")
    assert row.name == "pasted 2031-04-06 10.00.txt"


def test_a_paste_of_ten_megabytes_is_taken(client: TestClient, case: Case) -> None:
    """And one of more than a report can have is told, with what was typed still there."""
    text = "Two ferries. " * 800_000
    assert client.post("/inbox/paste", data={"text": text}).status_code == 303
    assert taken(case)[0].bytes == len(text)
    answer = client.post("/inbox/paste", data={"text": "x" * (21 << 20), "headline": "Two ferries"})
    assert answer.status_code in (400, 422)
    assert len(taken(case)) == 1


@pytest.mark.parametrize(
    ("form", "typed", "says"),
    [
        ("paste", {"text": " \r\n "}, "There is no text in it"),
        ("paste", {"text": "Two ferries.", "published": "soon"}, "'soon' is no date"),
        ("paste", {"text": "Two ferries.", "url": "javascript:alert(1)"}, "This is no address of the web"),
        ("url", {"url": "file:///etc/passwd"}, "This is no address of the web"),
        ("url", {"url": "https://wire.example/\u202egpj"}, "This is no address of the web"),
        ("url", {"url": ""}, "This is no address of the web"),
        ("files", {}, "No file was chosen"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_with_what_was_typed(
    client: TestClient, case: Case, form: str, typed: dict[str, str], says: str
) -> None:
    """Nothing is taken in, and nothing that was typed is lost."""
    answer = client.post(f"/inbox/{form}", data={**typed, "publisher": "River Wire"})
    assert answer.status_code == 422
    assert says in html.unescape(answer.text)
    assert 'aria-describedby="wrong-' in answer.text or form == "files"
    assert 'value="River Wire"' in answer.text
    if typed.get("text", "").strip():
        assert f">\n{typed['text']}</textarea>" in answer.text
    assert taken(case) == []


def test_an_address_waits_to_be_fetched(client: TestClient, case: Case) -> None:
    """Nothing is sealed before; nobody fetches it in the request."""
    answer = client.post("/inbox/url", data={"url": "https://wire.example/ferries", "publisher": "River Wire"})
    assert answer.headers["location"] == "/inbox?took=1"
    (row,) = taken(case)
    assert (row.how, row.name, row.sha256, row.said.publisher) == (
        "url",
        "https://wire.example/ferries",
        None,
        "River Wire",
    )
    assert "nothing sealed yet" in _shown(client)


def test_the_sample_goes_into_an_empty_case_alone(client: TestClient, case: Case) -> None:
    """With its rows, which are kept first."""
    assert client.post("/inbox/sample").status_code == 303
    names = [one.name for one in reversed(taken(case))]
    assert (len(names), names[:2]) == (18, ["sample/knowledge/outlets.toml", "sample/knowledge/parties.toml"])
    assert "kesteria" in {row["id"] for row in knowledge_of(case).rows("parties")}
    added(case, FERRY)
    assert client.post("/inbox/sample").status_code == 409


# What harms


@pytest.mark.parametrize(
    "name",
    [*MARKUP[:6], f"a{BIDI}gpj.txt", "../../../etc/passwd", "a\x00b.txt", "x" * 3000, "\ud800.txt", "=1+1.csv", " "],
)
def test_a_name_is_only_a_name(client: TestClient, case: Case, name: str) -> None:
    """Markup is shown, nothing is turned, and it leads nowhere else; bytes are kept under their hash alone."""
    assert _upload(client, name).status_code == 201
    for address in ("/inbox?show=taken", "/inbox?took=1", "/inbox?show=failed"):
        page = client.get(address).text
        assert f"<script>{CANARY}" not in page
        assert f"onerror={CANARY}>" not in page
        assert not set(BIDI) & set(page)
    files = [
        path.relative_to(case.folder).as_posix() for path in (case.folder / "originals").rglob("*") if path.is_file()
    ]
    sealed = hashlib.sha256(TEXT).hexdigest()
    assert files == [f"originals/{sealed[:2]}/{sealed}"]
    assert len(taken(case)[0].name) <= 500


def test_nothing_is_taken_from_a_page_that_is_not_the_desks(case: Case) -> None:
    """No token, another's, or another origin."""
    bare = TestClient(desk(case, who="Ana", now=lambda: AT), base_url="http://127.0.0.1", follow_redirects=False)
    bare.get("/inbox")
    assert bare.post("/inbox/upload", content=TEXT).status_code == 403
    assert bare.post("/inbox/files", files=[("files", ("a.txt", TEXT))]).status_code == 403
    assert bare.post("/inbox/paste", data={"text": "x", "token": "0" * 64}).status_code == 403
    assert bare.post("/inbox/upload", content=TEXT, headers={"origin": "https://else.example"}).status_code == 403
    assert taken(case) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--y\r\nnothing"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\nhalf",
        ),
        ("application/json", b"{}"),
    ],
)
def test_a_broken_form_is_told(client: TestClient, case: Case, kind: str, body: bytes) -> None:
    """Nothing of it is kept, and it is no fault of ours."""
    answer = client.post("/inbox/files", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert taken(case) == []


def test_more_than_the_desk_takes_is_refused_before_it_is_kept(
    client: TestClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what a request says of itself, or as it comes; the limits are told on the page."""
    monkeypatch.setitem(receiving.TAKES, "/inbox/upload", 1_000)

    def dripping() -> Generator[bytes]:
        for _ in range(40):
            yield b"x" * 100

    assert _upload(client, "a.txt", b"x" * 1_001).status_code == 413
    assert client.post("/inbox/upload", content=dripping(), headers={"x-sayso-name": "b.txt"}).status_code == 413
    assert client.post("/inbox/triage", content=b"x" * (receiving.SMALL + 1)).status_code == 413
    assert _upload(client, "c.txt", b"x" * 1_000).status_code == 201
    assert [one.name for one in taken(case)] == ["c.txt"]
    assert [path for path in (case.folder / "originals").iterdir() if path.is_file()] == []
    assert "a file of 512 MB" in _shown(client, "/inbox")


def test_what_was_erased_is_refused_with_who_erased_it(client: TestClient, case: Case) -> None:
    """Its bytes do not come back through the inbox."""
    (report,) = (one.report for one in added(case, FERRY))
    data = original(case, report)
    erased(case, report=report, who="Ben", why="asked for", at=AT)
    told = _upload(client, "ferry.txt", data).json()
    assert told["state"] == "failed"
    assert "erased from the case on 2031-04-06 by Ben" in told["says"]
    assert client.post("/inbox/again/1").status_code == 409


# Triage


def _marks(case: Case, kind: str) -> list[tuple[str, str]]:
    with case.reading() as connection:
        return [(one.about, one.who) for one in marks(connection, kind=kind)]


def test_a_row_is_parked_and_brought_back_by_forms(client: TestClient, case: Case) -> None:
    """The notice says so from the mark itself, with one way back; the audit says who."""
    ferry, alone = (one.report for one in added(case, FERRY, ALONE))
    parked = client.post("/inbox/triage", data={"do": "park", "about": [ferry, alone], "back": "/inbox?by=copies"})
    assert parked.headers["location"] == "/inbox?by=copies&marked=1-2"
    assert _marks(case, PARKED) == [(ferry, "Ana Tester"), (alone, "Ana Tester")]
    page = _shown(client, parked.headers["location"])
    assert "2 rows parked" in page
    assert "Everything was opened or set aside" in page
    assert "parked by Ana Tester" in _shown(client, "/inbox?show=parked")
    back = client.post("/inbox/triage", data={"do": "back", "about": ferry, "back": parked.headers["location"]})
    assert back.headers["location"] == "/inbox?by=copies&marked=1"
    assert "1 row brought back" in _shown(client, back.headers["location"])
    assert _marks(case, PARKED) == [(alone, "Ana Tester")]
    client.post("/inbox/triage", data={"do": "seen", "about": ferry})
    assert _marks(case, SEEN) == [(ferry, "Ana Tester")]
    with case.reading() as connection:
        told = [(row.what, row.who) for row in audit.rows(connection)][-4:]
    assert told == [(what, "Ana Tester") for what in ("marked", "marked", "unmarked", "marked")]


def test_a_notice_believes_nothing_of_its_address(client: TestClient, case: Case) -> None:
    """Numbers of nothing, of other marks, and no numbers at all tell nothing."""
    added(case, FERRY)
    for asked in ("7", "x", "1-2-3", "9" * 40, "1" + "-1" * 300):
        assert "data-marked aria" not in client.get(f"/inbox?marked={asked}").text
    for asked in ("7", "3-1", "x", "1-999999"):
        assert "data-took aria" not in client.get(f"/inbox?took={asked}").text


def test_a_mark_of_nothing_is_none(client: TestClient, case: Case) -> None:
    """What is no report of the case, and what is no doing, changes nothing."""
    added(case, FERRY)
    assert client.post("/inbox/triage", data={"do": "burn", "about": "sha256:" + "0" * 64}).status_code == 422
    assert client.post("/inbox/triage", data={"do": "park", "about": "sha256:" + "0" * 64}).status_code == 303
    assert (
        client.post("/inbox/triage", data={"do": "park", "back": "//else.example"}).headers["location"] == "/decisions"
    )
    assert _marks(case, PARKED) == []


def test_two_that_are_picked_lead_to_the_form_that_joins_them(client: TestClient, case: Case) -> None:
    """With a reason, as every ruling."""
    ferry, alone = (one.report for one in added(case, FERRY, ALONE))
    led = client.post("/inbox/triage", data={"do": "merge", "about": [ferry, alone]}).headers["location"]
    page = client.get(led)
    assert page.status_code == 200
    assert "/rule?ruling=copy" in led
    assert page.text.count('name="about"') == 2


# Twins, and what is told of a row


def test_the_twins_hold_what_the_page_shows(client: TestClient, case: Case) -> None:
    """Clusters with their copies; the log; what gave no report."""
    added(case, FERRY, FERRY.replace("(River Wire)", "(Harbour News)"), ALONE)
    rows = client.get("/inbox.json").json()
    assert [(row["reports"], len(row["members"])) for row in rows] == [(1, 1), (2, 2)]
    assert client.get("/inbox.csv").text.count("\n") == 3
    (lead,) = [row["report"] for row in rows if row["reports"] == 2]
    one = client.get(f"/inbox/cluster/{lead.removeprefix('sha256:')}.json").json()
    assert one["report"] == lead
    assert client.get(f"/inbox/cluster/{lead.removeprefix('sha256:')}.csv").text.count("\n") == 3
    _upload(client, "scan.pdf", b"%PDF-1.4")
    read_waiting(case, Reader(lambda: AT))
    (log,) = client.get("/inbox.json?show=taken").json()
    (lost,) = client.get("/inbox.json?show=failed").json()
    assert (log["name"], log["state"], lost["says"]) == ("scan.pdf", "failed", log["says"])
    assert "scan.pdf" in client.get("/inbox.csv?show=failed").text


def test_the_twins_withhold_private_persons(client: TestClient, case: Case) -> None:
    """In titles, and in the names of files."""
    added(case, ALONE)
    _upload(client, "letter of Milo Varga.txt")
    for address in ("/inbox.json", "/inbox.csv", "/inbox.json?show=taken", "/inbox.csv?show=taken"):
        assert "Varga" not in client.get(address).text
    assert "Varga" in client.get("/inbox.json?show=taken&private=shown").text


def test_a_row_says_what_is_true_of_its_copies(client: TestClient, case: Case) -> None:
    """A file whose size changed is told to be changed; a report without a date to have none."""
    ferry, _ = (one.report for one in added(case, FERRY, FERRY.replace("(River Wire)", "(Harbour News)")))
    page = _shown(client, "/inbox")
    assert "The other, and how it was made" in page
    assert page.count("side by side") == 1
    path = case.folder / "originals" / ferry[7:9] / ferry[7:]
    path.chmod(0o600)
    path.write_bytes(b"other")
    assert "changed since sealed 1 of 2" in _shown(client, "/inbox")


def test_the_rail_says_what_is_being_read(client: TestClient, case: Case) -> None:
    """On every page, as long as something is; a fragment tells the parts of the page that change."""
    assert "reading 1 of" not in _shown(client, "/incidents")
    for name in "ab":
        _upload(client, name, name.encode() + TEXT)
    assert "reading 1 of 2" in _shown(client, "/incidents")
    parts = client.get("/inbox", headers={"x-sayso-fragment": "true"}).text
    assert "<html" not in parts
    assert "2 wait to be read" in parts
    read_waiting(case, Reader(lambda: AT))
    assert "reading" not in _shown(client, "/incidents")
    assert len(report_list(case)) == 2
