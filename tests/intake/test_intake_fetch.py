"""A page is fetched politely, from public addresses alone, within limits, and kept byte for byte."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sayso.intake.containers import opened
from sayso.intake.fetch import Fetched, fetched
from sayso.intake.fetching.network import Limits, Network
from sayso.intake.fetching.robots import Robots
from sayso.problems import Refused
from tests.intake.composing import page, sorted_out
from tests.intake.serving import HERE, Answers, Said, serving, to_here

PAGE = Said(page("Dolna"))


def _rules(text: str, **more: object) -> Said:
    return Said(text.encode(), kind="text/plain", **more)  # type: ignore[arg-type]


def _fetch(
    answers: Answers,
    folder: Path,
    path: str = "/page",
    *,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
) -> tuple[Fetched, list[str]]:
    with serving(answers) as site:
        found = fetched(site.url(path), into=folder, network=to_here(), limits=limits)
    return found, site.paths()


def _refused(answers: Answers, folder: Path, path: str = "/page", *, limits: Limits = Limits()) -> Refused:  # noqa: B008
    with pytest.raises(Refused) as caught:
        _fetch(answers, folder, path, limits=limits)
    assert not list(folder.iterdir()), "nothing is kept of a fetch that fails"
    return caught.value


# What is kept


def test_the_report_is_read_out_of_what_was_kept(tmp_path: Path) -> None:
    found, asked = _fetch({"/page": PAGE}, tmp_path)
    (part,) = sorted_out(opened(found.warc)).parts
    assert "Shells hit Dolna" in part.report.text
    assert part.report.data == PAGE.body
    assert (part.url, part.obtained_at) == (found.url, found.at)
    assert part.report.metadata.published is None
    assert asked == ["/robots.txt", "/page"]


def test_request_and_answer_are_kept_byte_for_byte(tmp_path: Path) -> None:
    """Headers keep their case, a packed body stays packed, and every digest is right."""
    body = gzip.compress(PAGE.body)
    said = Said(body, headers=(("X-oDd", "Ä".encode().decode("latin-1")), ("Content-Encoding", "gzip")))
    found, _ = _fetch({"/page": said}, tmp_path)
    with found.warc.open("rb") as file:
        kept = {}
        for record in ArchiveIterator(file, no_record_parse=True):
            kept[record.rec_type] = record.raw_stream.read()
    assert kept["response"].endswith(b"\r\n\r\n" + body)
    assert b"X-oDd: \xc3\x84\r\n" in kept["response"]
    assert kept["request"].startswith(b"GET /page HTTP/1.1\r\n")
    assert Checker(type("Asked", (), {"inputs": [str(found.warc)], "verbose": False})()).process_all() == 0
    assert [part.report.data for part in sorted_out(opened(found.warc)).parts] == [PAGE.body]


def test_a_page_sent_in_chunks_is_put_together(tmp_path: Path) -> None:
    def chunks(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        for part in (PAGE.body[:50], PAGE.body[50:]):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n")

    found, _ = _fetch({"/page": chunks}, tmp_path)
    assert [part.report.data for part in sorted_out(opened(found.warc)).parts] == [PAGE.body]


def test_two_fetches_of_one_page_are_two_files(tmp_path: Path) -> None:
    for _ in range(2):
        _fetch({"/page": PAGE}, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_every_step_of_the_way_is_kept(tmp_path: Path) -> None:
    moved = Said(b"moved", 302, headers=(("Location", "/page"),))
    found, asked = _fetch({"/old": moved, "/page": PAGE}, tmp_path, "/old")
    assert (found.url.rpartition(":")[2].partition("/")[2], found.asked.endswith("/old")) == ("page", True)
    assert len(sorted_out(opened(found.warc)).parts) == 1
    assert asked == ["/robots.txt", "/old", "/page"]
    with found.warc.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]


# How it asks


def test_it_says_who_it_is_and_carries_nothing_along(tmp_path: Path) -> None:
    """No cookie comes back to a server that set one."""
    moved = Said(b"", 302, headers=(("Location", "/page"), ("Set-Cookie", "who=1")))
    with serving({"/old": moved, "/page": PAGE}) as site:
        fetched(site.url("/old"), into=tmp_path, network=to_here(), agent="(desk@paper.example)")
    for _, headers in site.asked:
        assert headers["user-agent"].startswith("sayso/")
        assert headers["user-agent"].endswith("(desk@paper.example)")
        assert headers["host"] == f"news.example:{site.port}"
        assert not {"cookie", "authorization", "referer"} & set(headers)


ROBOTS = [
    # the site's robots.txt, whether the page may be fetched
    (_rules("User-agent: *\nDisallow: /page"), False),
    (_rules("User-agent: *\nDisallow: /\n\nUser-agent: sayso\nAllow: /"), True),
    (_rules("User-agent: sayso\nDisallow: /"), False),
    (_rules("User-agent: other\nDisallow: /"), True),
    (_rules("User-agent: *\nDisallow: /*e$"), False),
    (_rules("<html>no rules here</html>"), True),
    (_rules("", status=404), True),
    (_rules("", status=403), True),
    (_rules("", status=500), False),
    (_rules("", status=503), False),
    (_rules("", status=302, headers=(("Location", "/rules"),)), False),
    (_rules("", status=302, headers=(("Location", "/robots.txt"),)), True),
    (_rules("User-agent: *\nDisallow: /page\n" + "# long\n" * 80_000), False),
    (Said(gzip.compress(b"User-agent: *\nDisallow: /page"), headers=(("Content-Encoding", "gzip"),)), False),
]


@pytest.mark.parametrize(("robots", "may"), ROBOTS)
def test_what_a_site_asks_of_robots_is_heeded(tmp_path: Path, robots: Said, *, may: bool) -> None:
    """RFC 9309: no rules where there is no such file, no page where the server cannot be asked."""
    answers: Answers = {"/robots.txt": robots, "/rules": _rules("User-agent: *\nDisallow: /page"), "/page": PAGE}
    if may:
        assert _fetch(answers, tmp_path)[1][-1] == "/page"
    else:
        assert _refused(answers, tmp_path).problem.kind == "robots"


def test_a_site_is_asked_once_for_its_rules(tmp_path: Path) -> None:
    rules = Robots()
    with serving({"/robots.txt": _rules("User-agent: *\nCrawl-delay: 3"), "/page": PAGE}) as site:
        for _ in range(2):
            fetched(site.url("/page"), into=tmp_path, network=to_here(), robots=rules)
    assert site.paths() == ["/robots.txt", "/page", "/page"]
    assert rules.delay(site.url("/other")) == 3


def test_rules_hold_where_a_page_is_sent_on_to(tmp_path: Path) -> None:
    moved = Said(b"", 302, headers=(("Location", "/closed"),))
    answers: Answers = {"/robots.txt": _rules("User-agent: *\nDisallow: /closed"), "/page": moved, "/closed": PAGE}
    assert _refused(answers, tmp_path).problem.kind == "robots"


# What it does not fetch


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://news.example/a", "http"),
        ("file:///etc/passwd", "http"),
        ("news.example/a", "http"),
        ("http:///a", "http"),
        ("http://ana:secret@news.example/", "password"),
        ("http://news.example:22/", "Port 22"),
        ("http://news.example:99999/", "Port 99999"),
        ("http://[::1/", "no address"),
        ("http://１２７.0.0.1/", "no address"),
        ("", "no address"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(Refused) as caught:
        fetched(url, into=tmp_path, network=to_here())
    assert caught.value.problem.kind == "bad_url"
    assert says in caught.value.problem.says
    assert "secret" not in caught.value.problem.says


PRIVATE = [
    "127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0", "localhost", "[::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "192.168.0.1", "172.16.0.1", "100.64.0.1", "224.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(tmp_path: Path, host: str) -> None:
    """By the real network: the machine itself says what the spelling leads to, and nothing is sent."""
    with serving({"/page": PAGE}) as site, pytest.raises(Refused) as caught:
        fetched(f"http://{host}:{site.port}/page", into=tmp_path)
    assert caught.value.problem.kind == "private_address"
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "169.254.169.254"])
def test_a_redirect_to_a_private_address_is_refused(tmp_path: Path, host: str) -> None:
    """The first server is allowed, as a test's own; where it leads is not."""

    def resolve(name: str, port: int) -> list[str]:
        return [HERE] if name == "news.example" else Network().resolve(name, port)

    with serving({"/page": PAGE}) as inner:
        moved = Said(b"", 302, headers=(("Location", f"http://{host}:{inner.port}/page"),))
        with serving({"/page": moved}) as site:
            seen: list[str] = []

            def allowed(address: str) -> bool:
                seen.append(address)
                return len(seen) <= 4 and address == HERE  # the first two connections, looked at before and after

            with pytest.raises(Refused) as caught:
                fetched(site.url("/page"), into=tmp_path, network=Network(resolve=resolve, allowed=allowed))
    assert caught.value.problem.kind == "private_address"
    assert site.paths() == ["/robots.txt", "/page"]
    assert inner.asked == []


def test_a_name_is_looked_up_once_a_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at is what is connected to; nothing looks the name up behind our back."""
    asked: list[str] = []
    looked_up: list[object] = []
    real = socket.getaddrinfo

    def seen(host: object, *more: object, **options: object) -> object:
        looked_up.append(host)
        return real(host, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", seen)
    with serving({"/page": PAGE}) as site:
        network = Network(resolve=lambda host, _: asked.append(host) or [HERE], allowed=lambda each: each == HERE)  # type: ignore[func-returns-value]
        fetched(site.url("/page"), into=tmp_path, network=network)
    assert asked == ["news.example"] * 2  # for its rules, and for the page
    assert set(looked_up) <= {HERE}


def test_a_name_that_changes_its_mind_gains_nothing(tmp_path: Path) -> None:
    """A name that led to an open address a moment ago is looked at anew for the next connection."""
    answers = iter([[HERE], ["192.168.0.1"]])
    with serving({"/page": PAGE}) as site, pytest.raises(Refused) as caught:
        network = Network(resolve=lambda *_: next(answers), allowed=lambda each: each == HERE)
        fetched(site.url("/page"), into=tmp_path, network=network)
    assert caught.value.problem.kind == "private_address"
    assert site.paths() == ["/robots.txt"]


def test_a_private_address_beside_a_public_one_is_refused(tmp_path: Path) -> None:
    network = Network(resolve=lambda *_: ["93.184.216.34", HERE])
    with pytest.raises(Refused) as caught:
        fetched("http://news.example/page", into=tmp_path, network=network)
    assert caught.value.problem.kind == "private_address"
    assert HERE in caught.value.problem.says


def test_proxies_of_the_surroundings_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look names up itself, where nobody looks at the address."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert _fetch({"/page": PAGE}, tmp_path)[1] == ["/robots.txt", "/page"]


# What goes wrong

WRONG = [
    # what, the answer, the problem, its words
    ("gone", Said(b"none", 404), "status", "404"),
    ("not for all", Said(b"none", 403), "status", "does not let everybody in"),
    ("busy", Said(b"none", 429, headers=(("Retry-After", "120"),)), "status", "wait (120)"),
    ("document", Said(b"%PDF-1.7", kind="application/pdf"), "not_text", "application/pdf"),
    ("nothing said", Said(b"words", kind=None), "not_text", "nothing"),
    ("in circles", Said(b"", 302, headers=(("Location", "/page"),)), "too_many_redirects", "more than 5"),
    ("out of the web", Said(b"", 302, headers=(("Location", "file:///etc/passwd"),)), "bad_url", "http"),
]


@pytest.mark.parametrize(("what", "said", "kind", "says"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_no_page_is_told(tmp_path: Path, what: str, said: Said, kind: str, says: str) -> None:
    found = _refused({"/page": said}, tmp_path).problem
    assert found.kind == kind
    assert says in found.says


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    try:
        while True:
            handler.wfile.write(b"a" * 65_536)
    except OSError:
        pass


def _dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    try:
        for _ in range(100):
            handler.wfile.write(b"a")
            time.sleep(0.1)
    except OSError:
        pass


def _silent(_: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def _short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\nhalf")


def _garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


LIMITED = [
    ("endless", _endless, Limits(size=1_000_000), "too_large"),
    ("dripping", _dripping, Limits(total=0.6), "timeout"),
    ("silent", _silent, Limits(read=0.4), "timeout"),
    ("short", _short, Limits(), "bad_response"),
    ("no HTTP", _garbage, Limits(), "bad_response"),
]


@pytest.mark.parametrize(("what", "answer", "limits", "kind"), LIMITED, ids=[row[0] for row in LIMITED])
def test_size_and_time_have_limits(tmp_path: Path, what: str, answer: object, limits: Limits, kind: str) -> None:
    began = time.monotonic()
    answers: Answers = {"/robots.txt": _rules("User-agent: *\nAllow: /"), "/page": answer}  # type: ignore[dict-item]
    assert _refused(answers, tmp_path, limits=limits).problem.kind == kind
    assert time.monotonic() - began < 5


def test_a_bomb_is_kept_packed_and_not_read(tmp_path: Path) -> None:
    """What came is evidence; unpacked it is over the limit, which is told when it is read."""
    bomb = Said(gzip.compress(bytes(60 << 20)), headers=(("Content-Encoding", "gzip"),))
    found, _ = _fetch({"/page": bomb}, tmp_path)
    assert sorted_out(opened(found.warc)).kinds() == ["too_large"]


def test_a_host_that_is_not_there_is_told(tmp_path: Path) -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(Refused) as caught:
        fetched("http://no.example/", into=tmp_path, network=Network(resolve=unknown))
    assert caught.value.problem.kind == "unreachable"
    assert "no address is known for no.example" in caught.value.problem.says


def test_a_name_that_is_looked_up_for_ever_is_left(tmp_path: Path) -> None:
    def slow(*_: object) -> list[str]:
        time.sleep(3)
        return []

    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        fetched("http://no.example/", into=tmp_path, network=Network(resolve=slow), limits=Limits(connect=0.2))
    assert time.monotonic() - began < 2
    assert "took too long" in caught.value.problem.says


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with serving({"/page": PAGE}) as site, pytest.raises(Refused) as caught:
        fetched(site.url("/page"), into=tmp_path / "file", network=to_here())
    assert caught.value.problem.kind == "not_kept"


# Over TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for news.example, signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example -addext subjectAltName=DNS:news.example"
    command = ["openssl", *made.split(), "-keyout", str(path) + ".key", "-out", str(path) + ".crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(Path(f"{path}.key").read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def _serving_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_is_held_against_the_name_and_not_the_address(tmp_path: Path, certificate: Path) -> None:
    """The connection goes to an address that was looked at; the name is still the one that must be proven."""
    trusted = ssl.create_default_context(cafile=str(certificate) + ".crt")
    with serving({"/page": PAGE}, _serving_context(certificate)) as site:
        network = to_here(trusted=lambda: trusted)
        found = fetched(site.url("/page", scheme="https"), into=tmp_path, network=network)
        assert len(sorted_out(opened(found.warc)).parts) == 1
        with pytest.raises(Refused):
            fetched(site.url("/page", scheme="https", host="other.example"), into=tmp_path, network=network)
        with pytest.raises(Refused):
            fetched(site.url("/page", scheme="https"), into=tmp_path, network=to_here())
