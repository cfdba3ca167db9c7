"""`sayso team`, and the desk for others: what must be there before anything listens, and where it then answers."""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sayso import cli
from sayso.desk.problems import CannotServe
from sayso.desk.reaching import Reach, Tls, access_of
from sayso.desk.serving import address, bound
from sayso.ledger import passwords
from sayso.ledger.case import Case, made, opened
from sayso.ledger.users import By, New, added

AT = "2031-04-05T06:07:08Z"
WORDS = "seven grey herons"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case without reports."""
    made(tmp_path / "case", at=AT, who="host", title="Harbour").closed()
    return tmp_path / "case"


def _team(folder: Path, *words: str) -> int:
    return cli.main(["team", *words, "--case", str(folder)])


def _typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


# The command


def test_a_team_is_made_and_changed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command tells how the account is now; the list tells all."""
    assert _team(folder, "list") == 0
    assert "sayso team add NAME --role owner" in capsys.readouterr().out
    _typed(monkeypatch, f"{WORDS}\n")
    assert _team(folder, "add", "Ana", "--shown-as", "Ana Tester", "--role", "owner", "--password-from-stdin") == 0
    assert capsys.readouterr().out == "ana (Ana Tester): owner\n"
    assert _team(folder, "add", "bo", "--role", "reader", "--no-password", "--as", "Ana Tester") == 0
    assert _team(folder, "role", "bo", "reviewer") == 0
    assert _team(folder, "close", "bo", "--as", "Ana Tester") == 0
    assert "closed by Ana Tester" in capsys.readouterr().out
    assert _team(folder, "reopen", "bo") == 0
    _typed(monkeypatch, "nine brown otters\n")
    assert _team(folder, "password", "bo", "--password-from-stdin") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "bo: reviewer"
    assert _team(folder, "list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["role"], one["has_password"]) for one in told] == [
        ("ana", "owner", True),
        ("bo", "reviewer", True),
    ]
    assert "argon2" not in json.dumps(told)


def test_what_cannot_be_is_told_and_nothing_is_changed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last owner, a short password, a name that nobody has, no terminal."""
    _typed(monkeypatch, "short\n")
    assert _team(folder, "add", "ana", "--role", "owner", "--password-from-stdin") == 2
    assert "at least 10" in capsys.readouterr().err
    assert _team(folder, "add", "ana", "--role", "owner") == 2
    assert "--password-from-stdin" in capsys.readouterr().err
    assert _team(folder, "add", "ana", "--role", "owner", "--no-password") == 0
    for words, says in (
        (("close", "ana"), "last owner"),
        (("role", "ana", "reader"), "last owner"),
        (("close", "nobody"), "no account named"),
    ):
        assert _team(folder, *words) == 2
        assert says in capsys.readouterr().err


def test_a_password_is_typed_twice_where_nobody_sees_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the terminal; never as a word of the command."""
    typed = iter([WORDS, "another", WORDS, WORDS])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert _team(folder, "add", "ana", "--role", "owner") == 2
    assert "not the same" in capsys.readouterr().err
    assert _team(folder, "add", "ana", "--role", "owner") == 0
    with pytest.raises(SystemExit):
        _team(folder, "add", "bo", "--role", "reader", "--password", WORDS)


# What must be there before anything listens


@pytest.fixture
def case(folder: Path) -> Case:
    """A case with an owner."""
    held = opened(folder)
    added(held, New("ana", "owner", "Ana Tester", WORDS), By("host", AT))
    return held


def test_alone_nothing_is_asked_for(folder: Path) -> None:
    """On loopback, in either protocol, without accounts."""
    held = opened(folder)
    for listen in ("127.0.0.1", "::1", "127.9.9.9"):
        access = access_of(held, Reach(listen=listen), where="x")
        assert (access.accounts, access.proxy, access.at_any_address) == (False, None, False)
    held.closed()


def test_for_others_an_owner_must_be_there(folder: Path) -> None:
    """However it is to be reached; the command that makes one is told whole."""
    held = opened(folder)
    for reach in (
        Reach(accounts=True),
        Reach(listen="0.0.0.0", is_plain=True),
        Reach(listen="::", is_plain=True),
        Reach(behind=""),
    ):
        with pytest.raises(CannotServe, match=r"sayso team add NAME --role owner --case '/x y'"):
            access_of(held, reach, where="'/x y'")
    with pytest.raises(CannotServe, match="--no-password --case x"):
        access_of(held, Reach(behind="X-Remote-User"), where="x")
    held.closed()


@pytest.mark.parametrize(
    ("reach", "says"),
    [
        (Reach(listen="0.0.0.0"), "--plain-http"),
        (Reach(listen="192.168.1.20", accounts=True), "--plain-http"),
        (Reach(listen="::"), "--plain-http"),
        (Reach(listen="desk.example"), "no address to listen at"),
        (Reach(listen=""), "no address to listen at"),
        (Reach(tls=Tls("/nowhere/cert.pem")), "certificate cannot be used"),
        (Reach(tls=Tls(__file__)), "certificate cannot be used"),
        (Reach(names=("http://desk.example",)), "no name of a host"),
        (Reach(names=("desk.example:80",)), "no name of a host"),
        (Reach(names=("desk .example",)), "no name of a host"),
        (Reach(behind="X Remote"), "no header"),
        (Reach(behind="Cookie"), "no header"),
        (Reach(behind="X-Remote-User", proxies=("proxy.example",)), "takes addresses"),
        (Reach(behind="X-Remote-User", proxies=("10.0.0.0/8",)), "takes addresses"),
    ],
    ids=str,
)
def test_what_is_missing_or_odd_is_told(case: Case, reach: Reach, says: str) -> None:
    """In words, with what to do about it."""
    with pytest.raises(CannotServe, match=re.escape(says)):
        access_of(case, reach, where="x")
    case.closed()


def test_what_the_desk_answers_to(case: Case) -> None:
    """Its names, its own address, and those of this machine; behind a proxy addresses begin with https."""
    access = access_of(case, Reach(listen="fd00::5", is_plain=True, names=("desk.example",)), where="x")
    assert access.accounts
    assert access.names == {"127.0.0.1", "localhost", "[::1]", "[fd00::5]", "desk.example"}
    assert not access.at_any_address
    assert access_of(case, Reach(listen="::", is_plain=True), where="x").at_any_address
    behind = access_of(case, Reach(behind="X-Remote-User", proxies=("::ffff:10.0.0.2", "::1")), where="x")
    assert behind.proxy is not None
    assert (behind.proxy.header, behind.proxy.scheme) == ("x-remote-user", "https")
    assert behind.proxy.addresses == {"10.0.0.2", "::1"}
    plain = access_of(case, Reach(behind="", is_plain=True), where="x")
    assert plain.proxy is not None and plain.proxy.scheme == "http" and plain.accounts
    case.closed()


def test_where_it_listens() -> None:
    """Also over IPv6; an address that this machine does not have is told."""
    listening = bound(None, "::1")
    port = listening.getsockname()[1]
    assert address(listening) == f"http://[::1]:{port}/"
    assert address(listening, scheme="https", name="desk.example") == f"https://desk.example:{port}/"
    listening.close()
    listening = bound(None, "0.0.0.0")
    assert address(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}/"
    listening.close()
    with pytest.raises(CannotServe, match="no address of this machine"):
        bound(None, "192.0.2.55")


@pytest.mark.parametrize(
    "words",
    [
        ["--key", "key.pem"],
        ["--proxy-from", "10.0.0.2"],
        ["--sample", "--accounts"],
        ["--sample", "--listen", "0.0.0.0"],
        ["--listen", "0.0.0.0"],
        ["--accounts"],
        ["--behind-proxy", "X-Remote-User"],
    ],
    ids=" ".join,
)
def test_a_desk_that_ought_not_to_be_reached_so_is_not_served(
    folder: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command ends, and has listened nowhere."""
    monkeypatch.setattr("sayso.desk.serving.bound", lambda *_: pytest.fail("it listens"))
    assert cli.main(["desk", "--case", str(folder), "--no-browser", *words]) == 2


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed: no certificate to try TLS with")
def test_over_tls_the_desk_asks_who_is_there(case: Case, tmp_path: Path) -> None:
    """Run as a person runs it: the certificate is the desk's, the cookie is for TLS alone, and nobody sees the case."""
    case.closed()
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made_with = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    made_with += ["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=desk.example"]
    subprocess.run([*made_with, "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    command = [sys.executable, "-m", "sayso", "desk", "--case", str(case.folder), "--no-browser", "--accounts"]
    command += ["--certificate", str(certificate), "--key", str(key), "--name", "desk.example"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as run:
        assert run.stdout is not None
        where = re.search(r"https://desk\.example:(\d+)/", run.stdout.readline())
        assert where is not None
        context = ssl.create_default_context(cafile=str(certificate))
        asked = http.client.HTTPSConnection("127.0.0.1", int(where[1]), context=context, timeout=20)
        asked.request("GET", "/incidents", headers={"Host": f"desk.example:{where[1]}"})
        answer = asked.getresponse()
        answer.read()
        assert answer.status == 303 and answer.headers["location"] == "/sign-in?back=/incidents"
        assert re.match(rf"__Host-sayso_desk_{where[1]}=.*; Secure$", answer.headers["set-cookie"])
        asked.request("GET", "/sign-in", headers={"Host": "elsewhere.example"})
        assert asked.getresponse().status == 400
        asked.close()
        run.send_signal(signal.SIGINT)
        run.wait(timeout=20)
