"""A report, a speaker, an incident, a family and the case itself, each with all that belongs to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.ledger.asking.answers import Gap, Week
from sayso.ledger.asking.copies import families, family
from sayso.ledger.asking.coverage import case_info, coverage
from sayso.ledger.asking.incidents import ORDERS, Incidents, incident, incident_rows
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.reports import DAMAGED, reading_of, report, report_list
from sayso.ledger.asking.sources import speaker, speaker_list
from sayso.ledger.case import Case
from sayso.ledger.originals import path_of
from sayso.ledger.problems import NoSuchThing
from tests.databases import Cases
from tests.ledger.asked import AT, REPORTS, filled, name_of, readings


@pytest.fixture(scope="module")
def told(cases: Cases, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return filled(cases, tmp_path_factory.mktemp("asked") / "case")


# Reports


def test_a_report_comes_with_all_that_is_known_of_it(told: Case) -> None:
    """Its reading as it was, custody, family, incidents, readings kept."""
    page = report(told, name_of("market.txt")[7:19])
    assert page.reading == readings()[0]
    assert (page.row.title, page.row.publisher) == ("Rockets hit fish market in Salto, mayor says", "Quayside Herald")
    assert (page.row.statements, page.row.events) == (len(page.reading.statements), len(page.reading.events))
    assert [(one.at, one.by, one.path) for one in page.custody] == [(AT, "Ana Tester", "market.txt")]
    assert {member.report for one in page.families for member in one.members} == {
        name_of("market.txt"), name_of("cut.txt"),
    }  # fmt: skip
    assert {row.kind for row in page.incidents} >= {"missile_strike", "abduction"}
    assert [(one.current, one.sayso) for one in page.readings] == [(True, page.reading.sayso)]
    assert (page.related, page.problems, page.moved) == ((), (), None)
    assert reading_of(told, page.row.id) == page.reading


def test_reports_are_listed_the_last_added_first(told: Case) -> None:
    """In pages, by publisher and by day."""
    names = [name_of(path) for path, *_ in reversed(REPORTS)]
    assert [row.id for row in report_list(told)] == names
    assert [row.id for row in report_list(told, limit=2, after=names[1])] == names[2:4]
    assert [row.id for row in report_list(told, publisher="herald")] == [name_of("threat.txt"), name_of("market.txt")]
    assert [row.id for row in report_list(told, since="2031-03-06", until="2031-03")] == [
        name_of("cut.txt"), name_of("colon.txt"),
    ]  # fmt: skip


def test_a_damaged_original_is_told_and_its_reading_is_there(
    cases: Cases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = filled(cases, tmp_path_factory.mktemp("damaged") / "case")
    path = path_of(case, name_of("bridge.txt").removeprefix("sha256:"))
    path.chmod(0o600)
    path.write_bytes(b"something else")
    page = report(case, name_of("bridge.txt"))
    assert [problem.kind for problem in page.problems] == [DAMAGED]
    assert page.reading.statements == readings()[3].statements


# Who speaks


def test_a_speaker_is_found_by_name(told: Case) -> None:
    """With what was said, where, and how it got there."""
    page = speaker(told, "ida wren")
    assert (page.row.name, page.row.private, page.row.statements, page.row.reports) == ("Ida Wren", True, 2, 1)
    assert page.spellings == ("Ida Wren", "Wren")
    assert page.acts == (("says", 2),)
    assert page.publishers == (("Quayside Herald", 2),)
    assert [words.words for said in page.said for words in said.saying.words] == [
        "Her brother was dragged from the market by soldiers", "I begged them to leave him",
    ]  # fmt: skip
    assert (page.first_hand, page.relayed, page.copied, page.more) == (2, 0, 0, False)
    assert speaker(told, page.row.id) == page


def test_statements_of_a_copy_are_told_to_be_copied(told: Case) -> None:
    """The cut copy repeats the mayor; what it repeats is not first hand."""
    pages = [speaker(told, row.id) for row in speaker_list(told, name="Quill")]
    said = [(one.report, one.copied) for page in pages for one in page.said]
    assert {report for report, copied in said if copied} == {name_of("cut.txt")}
    assert {report for report, copied in said if not copied} == {name_of("market.txt")}
    assert sum(page.first_hand for page in pages) == sum(not copied for _, copied in said)


def test_speakers_are_listed_in_pages(told: Case) -> None:
    """Those with the most statements first."""
    everybody = speaker_list(told)
    counts = [row.statements for row in everybody]
    assert counts == sorted(counts, reverse=True)
    pages, after = [], None
    while page := speaker_list(told, limit=3, after=after):
        pages += page
        after = page[-1].id
    assert pages == everybody
    assert {row.party for row in speaker_list(told, party="Halvane")} == {"halvane"}


@pytest.mark.parametrize(
    ("asked", "says"), [("Nobody Known", "Nobody in the case is named"), ("spk-0123", "Nothing in the case has")]
)
def test_a_speaker_that_nobody_is_is_told(told: Case, asked: str, says: str) -> None:
    with pytest.raises(NoSuchThing, match=says):
        speaker(told, asked)


# Incidents


@pytest.mark.parametrize("by", ORDERS)
def test_incidents_are_listed_in_pages(told: Case, by: str) -> None:
    """Each once, in any order."""
    everything = incident_rows(told, by=by)
    pages, after = [], None
    while page := incident_rows(told, by=by, limit=2, after=after):
        pages += page
        after = page[-1].id
    assert pages == everything
    assert len({row.id for row in everything}) == len(everything) > 4


AMONG = [
    (Incidents(kind="shelling"), {"shelling"}, "a kind"),
    (Incidents(place="Salto"), {"missile_strike", "property_damage"}, "a place"),
    (Incidents(speaker="Wren"), {"abduction"}, "who tells it"),
    (Incidents(speaker="fire brigade"), set(), "and who tells nothing of the sort"),
]


@pytest.mark.parametrize(("among", "kinds", "why"), AMONG, ids=[row[2] for row in AMONG])
def test_incidents_are_found_by_what_they_are(told: Case, among: Incidents, kinds: set[str], why: str) -> None:
    assert {row.kind for row in incident_rows(told, among=among)} == kinds, why


@pytest.mark.parametrize("by", ORDERS)
@pytest.mark.parametrize("among", [row[0] for row in AMONG], ids=[row[2] for row in AMONG])
def test_however_many_fit_the_same_incidents_are_found(
    told: Case, by: str, among: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a place or speaker met ten thousand times the list is gone through, and not looked up."""
    asked = (among, replace(among, tray=True), replace(among, tray=False))
    looked_up = [incident_rows(told, by=by, among=one) for one in asked]
    monkeypatch.setattr("sayso.ledger.asking.incidents.MANY", 1)
    assert [incident_rows(told, by=by, among=one) for one in asked] == looked_up


def test_an_order_that_there_is_not_is_told(told: Case) -> None:
    with pytest.raises(BadQuestion, match="contested, time, reports, place"):
        incident_rows(told, by="truth")


def test_an_incident_comes_whole(told: Case) -> None:
    """The strike on the market is told by two reports, one a copy: one origin, and the ministry's denial."""
    (row,) = incident_rows(told, among=Incidents(kind="missile_strike"))
    page = incident(told, row.id[:10])
    assert {one.report for one in page.incident.tellings} == {name_of("market.txt"), name_of("cut.txt")}
    assert {one.id for one in page.reports} == {name_of("market.txt"), name_of("cut.txt")}
    assert (page.incident.counter.reports, page.incident.counter.copies) == (2, 1)
    assert {one.name for one in page.incident.origins} == {"Dora Quill", "Halvane's Ministry of Defense"}
    assert page.incident.counter.denials == 1
    assert [len(one.members) for one in page.families] == [2]


# Families


def test_a_family_is_found_and_says_why(told: Case) -> None:
    (only,) = families(told)
    assert family(told, only.id[:8]) == only
    assert {one.report for one in only.members} == {name_of("market.txt"), name_of("cut.txt")}
    assert only.reasons
    assert families(told, after=only.id) == []


# The case


def test_a_case_says_what_it_holds(told: Case) -> None:
    info = case_info(told)
    counts = dict(info.counts)
    assert (counts["reports"], counts["copies"], counts["failures"]) == (len(REPORTS), 1, 0)
    assert counts["statements"] == sum(len(one.statements) for one in readings())
    assert counts["bytes"] == sum(len(text.encode()) for _, text, *_ in REPORTS)
    assert (info.first, info.last) == ("2031-03-05", "2031-04-01")
    assert dict(info.dated_by) == {"given": 4, "unknown": 1}
    assert info.added_by == (("Ana Tester", 5),)
    assert [one.publisher for one in info.coverage] == ["Quayside Herald", "Colón Observer", "Evening Lamp", None]


def test_coverage_shows_the_weeks_without_a_report() -> None:
    """So that nobody reads silence as peace."""
    days = [("A", "2031-03-05", 2), ("A", "2031-03-09", 1), ("A", "2031-03-31", 1), ("A", None, 4), (None, None, 1)]
    first, unknown = coverage(days)
    assert (first.publisher, first.reports, first.undated) == ("A", 8, 4)
    assert first.weeks == (Week("2031-03-03", 3), Week("2031-03-31", 1))
    assert first.gaps == (Gap("2031-03-10", "2031-03-24", 3),)
    assert (unknown.publisher, unknown.reports, unknown.first, unknown.weeks) == (None, 1, None, ())
