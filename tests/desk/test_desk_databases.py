"""The desk over one case in SQLite and in PostgreSQL: every page the same, and every ruling with the same effect."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bench.browsing import form_to
from bench.copied_case import copied as copied_case
from sayso.desk.app import desk
from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.reports import report_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decisions
from sayso.ledger.verifying import verified
from tests.databases import Server, programs, server
from tests.desk.conftest import AT, WHO, copied
from tests.desk.pages import ONE_EACH, Known, Row, filled, report
from tests.desk.test_desk_rule import BASE, done_of
from tests.desk.walking import gets, known_of

WHY = "The next line names her."


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted as far as there is time is counted to its end, however busy the machine is."""
    monkeypatch.setattr("sayso.ledger.asking.queue._Clock.is_over", property(lambda _: False))


@pytest.fixture(scope="module")
def running() -> Generator[Server]:
    """A PostgreSQL server."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: the desk over it is not tested (apt-get install postgresql)")
    with server() as found:
        yield found


@dataclass(frozen=True)
class Both:
    """The desks of two cases with the same rows, the first in SQLite, the second in PostgreSQL."""

    cases: tuple[Case, Case]
    desks: tuple[TestClient, TestClient]

    def get(self, address: str) -> tuple[int, int]:
        """Ask both. What they answer is the same but for their tokens; the statuses."""
        answers = [one.get(address, follow_redirects=True) for one in self.desks]
        texts = (one.text.replace(str(case.folder), "") for one, case in zip(answers, self.cases, strict=True))
        first, second = map(_plain, texts)
        assert first == second, address
        return answers[0].status_code, answers[1].status_code

    def post(self, address: str, typed: Sequence[tuple[str, str]] = (), *, done: Sequence[str] = ()) -> list[str]:
        """Send a form to both; where each leads. `done` names the decision that each address holds in braces."""
        led = []
        for number, one in enumerate(self.desks):
            where = address.replace("{}", done[number]) if done else address
            data: dict[str, list[str]] = {}
            for name, value in (*typed, ("token", _token(one))):
                data.setdefault(name, []).append(value)
            answer = one.post(where, data=data)
            assert answer.status_code == 303, answer.text[:3000]
            led.append(answer.headers["location"])
        assert _plain(led[0]) == _plain(led[1])
        return led

    def ruled(self, *about: str, ruling: str, **typed: str) -> list[str]:
        """Rule in both; the decisions."""
        given = [("ruling", ruling), ("why", WHY), *(("about", one) for one in about), *typed.items()]
        return [done_of(one) for one in self.post("/decisions", given)]


def _token(client: TestClient) -> str:
    found = re.search(r'name="sayso-token" content="(\w+)"', client.get("/decisions").text)
    assert found is not None
    return found[1]


def _plain(page: str) -> str:
    """A page without what differs from one desk, and one decision, to another."""
    page = re.sub(r'(name="sayso-token" content|name="token" value)="\w+"', "", page)
    return re.sub(r"dec-[0-9a-f]{12}", "dec-", page)


def both_of(case: Case, folder: Path, running: Server, name: str) -> Generator[Both]:
    """Both desks; the second over a copy of what is in the first."""
    running.told(f"CREATE DATABASE {name} TEMPLATE template0")
    other = copied_case(case.folder, folder, running.url(name))
    made = (desk(one, who=WHO, now=lambda: AT) for one in (case, other))
    first, second = (
        TestClient(one, base_url=BASE, follow_redirects=False, raise_server_exceptions=False) for one in made
    )
    yield Both((case, other), (first, second))
    other.closed()


@pytest.fixture(scope="module")
def asked(ruled_case: Case, known: Known, running: Server, tmp_path_factory: pytest.TempPathFactory) -> Generator[Both]:
    """The sample with something ruled in it, for all that is only asked."""
    assert known.decision
    yield from both_of(ruled_case, tmp_path_factory.mktemp("databases") / "sample", running, "asked")


@pytest.fixture(scope="module")
def own(sample_folder: Path, running: Server, tmp_path_factory: pytest.TempPathFactory) -> Generator[Both]:
    """The sample, for what is ruled in it."""
    folder = tmp_path_factory.mktemp("rulings")
    for case in copied(sample_folder, folder / "first"):
        yield from both_of(case, folder / "second", running, "ruled")


@pytest.mark.parametrize("row", ONE_EACH, ids=lambda row: row.name)
def test_every_page_is_the_same(asked: Both, known: Known, row: Row) -> None:
    assert asked.get(filled(row, known).partition("#")[0]) == (row.status, row.status)


def test_every_address_answers_the_same(asked: Both) -> None:
    """The twins and the files that are handed out too."""
    for address in gets(known_of(asked.cases[0], words="market")):
        asked.get(address)


def _after(both: Both) -> None:
    """What is seen of a case in which something was ruled is the same in both."""
    roundup = report("12-rivermark-roundup")
    incidents = [row.id for row in incident_rows(both.cases[0], limit=4)]
    assert incidents == [row.id for row in incident_rows(both.cases[1], limit=4)]
    for address in ("/incidents", "/decisions", f"/reports/{roundup}", *(f"/incidents/{one}" for one in incidents)):
        assert both.get(address) == (200, 200)


def test_rulings_of_every_sort_have_the_same_effect_and_are_taken_back(own: Both) -> None:
    """Statements, incidents, families and speakers."""
    roundup = f"sha256:{report('12-rivermark-roundup')}"
    first, second = (row.id for row in incident_rows(own.cases[0], limit=2))
    one, two = (row.id for row in report_list(own.cases[0], limit=2))
    who = [row.id for row in speaker_list(own.cases[0], limit=2)]
    made = [
        own.ruled(f"{roundup}#st1", ruling="accept"),
        own.ruled(f"{roundup}#st2", ruling="reject"),
        own.ruled(f"{roundup}#st3", ruling="correct", field="speaker", after="Vera Lund"),
        own.ruled(first, second, ruling="same_incident"),
        own.ruled(one, two, ruling="independent"),
        own.ruled(*who, ruling="different_speaker"),
        own.ruled(who[0], ruling="position", value="witness"),
    ]
    _after(own)
    for done in made:
        own.post("/decisions/{}/undo", done=done)
    _after(own)
    for case in own.cases:
        with case.reading() as connection:
            assert decisions(connection) == ()
            assert len(decisions(connection, withdrawn=True)) >= len(made)
        assert verified(case).holds


def test_the_second_of_two_who_rule_at_once_is_told(own: Both) -> None:
    """One form is written down; the other comes back, and shows what stands against it."""
    about = f"sha256:{report('05-rivermark-graves')}#st1"
    for client, case in zip(own.desks, own.cases, strict=True):
        form = form_to(client.get(f"/rule?ruling=accept&about={about.replace('#', '%23')}").text, "/decisions")
        assert form is not None
        typed: dict[str, list[str]] = {}
        for name, value in form.filled(why=WHY):
            typed.setdefault(name, []).append(value)
        both = [typed | {"ruling": [ruling]} for ruling in ("accept", "reject")]
        with ThreadPoolExecutor(2) as people:
            answers = list(people.map(lambda data: client.post("/decisions", data=data), both))  # noqa: B023
        assert sorted(one.status_code for one in answers) == [303, 409]
        told = next(one for one in answers if one.status_code == 409)
        with case.reading() as connection:
            stands = [one.id for one in decisions(connection, about=about)]
        assert len(stands) == 1 and stands[0] in told.text
