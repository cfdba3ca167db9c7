"""A case from Python: what the command line can do, as methods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso
from sayso.ledger.problems import CaseExists, NoCase, NoSuchThing
from sayso.work.case import OpenCase, login

WIRE = (
    "MINAS, March 5, 2024 (Northwire) - Shells hit a school in Minas on Monday, killing at least four people, the "
    "mayor, Ana Reva, said on Telegram.\n\n"
    "The Upland army denied firing on the town. Northwire could not verify either account.\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCase]:
    """A case with one report."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    with sayso.new_case(folder / "minas", title="Minas", who="Ida") as opened:
        outcomes = list(opened.add([folder / "wire.txt"], workers=1))
        assert [outcome.what for outcome in outcomes] == ["added"]
        yield opened


def test_what_was_added_is_asked_in_every_way(case: OpenCase) -> None:
    """Incidents, reports, sources, sentences, the case itself: all lead to one another."""
    (row,) = case.incidents(kind="shelling")
    incident = case.incident(row.id).incident
    assert [origin.name for origin in incident.origins][:1] == ["Ana Reva"]
    assert incident.counter.denials == 1
    (report,) = case.reports()
    assert case.report(report.id[:16]).incidents[0].id == row.id
    army = next(source for source in case.sources() if "army" in source.name)
    assert case.source(army.id).acts == (("denies", 1),)
    assert [hit.report for hit in case.search("firing", act="denies")] == [report.id]
    assert dict(case.info().facts)["title"] == "Minas"
    assert case.verify().holds


def test_what_is_ruled_names_who_opened_the_case(case: OpenCase) -> None:
    """And is withdrawn by them."""
    army = next(source for source in case.sources() if "army" in source.name)
    made = case.decide("speaks_for", [army.id], value="upland", why="its name says so")
    assert made.who == "Ida"
    assert [one.id for one in case.decisions()] == [made.id]
    assert case.undo(made.id).withdrawn_by == "Ida"
    assert case.decisions() == ()
    assert [one.id for one in case.decisions(withdrawn=True)] == [made.id]


def test_a_case_is_opened_again_and_never_made_twice(case: OpenCase) -> None:
    """Where there is none, that is said."""
    folder = case.ledger.folder
    with sayso.open_case(folder) as again:
        assert len(again.reports()) == 1
    with pytest.raises(CaseExists):
        sayso.new_case(folder)
    with pytest.raises(NoCase):
        sayso.open_case(folder / "nowhere")


def test_a_report_erased_is_gone(tmp_path: Path) -> None:
    """And adding it again is refused."""
    (tmp_path / "wire.txt").write_text(WIRE, encoding="utf-8")
    with sayso.new_case(tmp_path / "minas", who="Ida") as case:
        list(case.add([tmp_path / "wire.txt"], workers=1))
        (report,) = case.reports()
        gone = case.erase(report=report.id, why="asked for")
        assert gone.reports == (report.id,)
        assert case.reports() == []
        with pytest.raises(NoSuchThing, match="erased"):
            case.report(report.id)
        assert [outcome.what for outcome in case.add([tmp_path / "wire.txt"], workers=1)] == ["failed"]


def test_who_acts_where_nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the environment names them."""
    monkeypatch.setenv("SAYSO_USER", "Jo Berg")
    assert login() == "Jo Berg"
