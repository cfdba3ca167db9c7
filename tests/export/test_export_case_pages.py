"""Lists and pages of a case: incidents, reports, sources, what a search found, what the case covers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from worked_incident import COUNTER, ONE, REPORTS, THREE, TWO, at, worked
from worked_reading import worked as worked_reading

from sayso.export import case_page, decision_page, incident_list, report_page, search_page, source_page
from sayso.export.ink import columns
from sayso.export.reports_known import reports_known
from sayso.ledger.asking.answers import (
    CaseInfo,
    Coverage,
    Gap,
    Hit,
    IncidentPage,
    IncidentRow,
    MatchedEvent,
    MatchedStatement,
    ReadingVersion,
    Related,
    ReportPage,
    ReportRow,
    Said,
    SpeakerPage,
    SpeakerRow,
    Week,
)
from sayso.ledger.asking.failed import Failed
from sayso.record import (
    Custody,
    Decision,
    Family,
    HeadlinePart,
    Member,
    Problem,
    Published,
    Quoted,
    Saying,
    Span,
    Speaker,
)

AT = "2024-03-07T10:00:00Z"
FIFTH = Published("2024-03-05", "2024-03-06", "dateline")
ROW = IncidentRow(
    "inc-0a1b2c3d4e5f", "shelling", (HeadlinePart("Ana Reva says "), HeadlinePart("“Two shells hit”", at(ONE, "Two"))),
    COUNTER, "Minas", -34.4, -55.2, 4.0, "UY", "UY-LA", "2024-03-04", "2024-03-05", False, 3, 3, 1,
)  # fmt: skip
THREATENED = replace(ROW, id="inc-ffff00000000", did_not_happen=True, counter=None, earliest=None, latest=None)
REPORT_ROW = ReportRow(ONE, "Shells on Minas", "Northwire", FIFTH, None, "en", 40, "2024-03-07T10:00:00Z", 3, 1)
FAMILY = Family(
    "fam-1",
    (
        Member(ONE, Span(0, 90), "original"),
        Member(TWO, Span(0, 90), "reworded", ONE),
        Member(THREE, Span(0, 9), "half"),
    ),
)
DECISION = Decision(
    "dec-1", "same_incident", ("inc-0a1b2c3d4e5f", f"{THREE}#ev1"), (at(THREE, "the fire"),), None, "Ida", "2024-03-08",
    "the store burned because of the shells",
)  # fmt: skip
REPORT = ReportPage(
    REPORT_ROW, worked_reading(),
    (Custody("2024-03-07T10:00:00Z", "Ida", "sayso 0.1.0", path="in/a.eml", container="sha256:77", locator="part 2"),),
    (FAMILY,), (ROW,), (Problem("odd", "a table was lost"),), (ReadingVersion("v1", "0.1.0", "2024-03-07", True),),
    (Related(replace(REPORT_ROW, id=THREE), "same_url"),), ("st2 no longer fits its words",), (DECISION,),
)  # fmt: skip
SPEAKER = SpeakerRow("spk-0a1b2c3d4e5f", "Ana Reva", "named", "mayor", "lowland", False, 3, 2)
NAMELESS = replace(SPEAKER, name="src4", naming="unknown", private=True)
SAYING = Saying(
    "st1", Speaker("src1", "Ana Reva", "named"), "denies", words=(Quoted(Span(36, 46), "two shells\nfell"),)
)
SPEAKER_PAGE = SpeakerPage(
    SPEAKER, ("Ana Reva", "Анна Рева"), (("lowland", 3),), (("mayor", 3),), (("calls_for", 2), ("denies", 1)),
    (("messaging", 2),), (("Northwire", 2),), 2, 1, 1,
    (Said(ONE, "st1", SAYING, "Northwire", FIFTH, "Shells on Minas", True, True),), True,
)  # fmt: skip
HIT = Hit(
    ONE, 0, Span(36, 60), "Two shells hit the grain store", (Span(4, 10),), "Shells on Minas", "Northwire", FIFTH,
    (MatchedStatement("st1", "Ana Reva", "spk-1", "says", None, "lowland", False),),
    (MatchedEvent("ev1", "shelling", "happened", ROW.id),), 1,
)  # fmt: skip
INFO = CaseInfo(
    "cases/minas", "sqlite",
    (("title", "Minas"), ("made_at", "2024-03-07"), ("made_by", "Ida"), ("made_with", "sayso 0.1.0")),
    (("reports", 3), ("statements", 1200)), "2024-03-05", "2024-03-27", (("dateline", 2), ("unknown", 1)),
    (("text/plain", 3),), (("en", 3),), (("Ida", 3),), (("pdf", 2),),
    (
        Coverage(
            "Northwire", 5, "2024-03-05", "2024-03-27", 1, (Week("2024-03-04", 1), Week("2024-03-25", 3)),
            (Gap("2024-03-11", "2024-03-18", 2),),
        ),
        Coverage(None, 1, "2024-03-12", "2024-03-12", 0, (Week("2024-03-11", 1),), ()),
    ),
)  # fmt: skip
PAGES: dict[str, Callable[[int], str]] = {
    "incidents": lambda width: incident_list.listing([ROW, THREATENED], width=width),
    "no incidents": lambda width: incident_list.listing([], width=width),
    "report": lambda width: report_page.page(REPORT, REPORTS, at=Span(3, 9), width=width),
    "decisions": lambda width: decision_page.page([DECISION], REPORTS, width=width),
    "sources": lambda width: source_page.listing([SPEAKER, NAMELESS], width=width),
    "source": lambda width: source_page.page(SPEAKER_PAGE, REPORTS, width=width),
    "search": lambda width: search_page.page([HIT], REPORTS, more=True, width=width),
    "case": lambda width: case_page.page(INFO, width=width),
}  # fmt: skip


def _flat(shown: str) -> str:
    return " ".join(shown.split())


@pytest.mark.parametrize("width", [24, 41, 80, 120])
@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_asked_and_none_drives_the_terminal(name: str, width: int) -> None:
    """Any page, any width."""
    shown = PAGES[name](width)
    assert all(columns(line) <= width for line in shown.splitlines())
    assert not re.search("[\x00-\x09\x0b-\x1f]", shown)


def test_what_did_not_happen_stands_apart_in_the_list() -> None:
    """Below its own heading, never among what is told to have happened."""
    shown = _flat(incident_list.listing([THREATENED, ROW]))
    assert shown.index(ROW.id) < shown.index("APART: NOT TOLD TO HAVE HAPPENED") < shown.index(THREATENED.id)
    assert "not drawn yet" in shown


def test_a_row_says_who_says_so_and_who_is_counted() -> None:
    """Never a bare claim."""
    shown = _flat(incident_list.listing([ROW], by="time"))
    for part in ("Ana Reva says “Two shells hit”", "Mon 4 March 2024", "Minas", "0 outside the parties", "by the day"):
        assert part in shown


def test_a_report_tells_where_it_came_from_and_what_copies_it() -> None:
    """Custody, family, incidents, what waits and what was ruled, before the reading."""
    shown = _flat(report_page.page(REPORT, REPORTS))
    for part in (
        "from in/a.eml, in sha256:77 at part 2, by Ida, with sayso 0.1.0",
        "copied by 2b2b2b2b: reworded",
        "one telling with 3c3c3c3c: in part",
        "3c3c3c3c, another version from the same address",
        "inc-0a1b2c3d4e5f shelling",
        "a table was lost",
        "st2 no longer fits its words",
        "dec-1 same incident: inc-0a1b2c3d4e5f, 3c3c3c3c#ev1, Ida, 2024-03-08: the store burned",
    ):
        assert part in shown
    assert shown.index("IN THE CASE") < shown.index("STATEMENTS")


def test_the_stretch_that_was_asked_for_is_shown_first() -> None:
    """With its line."""
    text = worked_reading().page.report.text
    start = text.index("\n") + 1
    line = text[start:].split("\n")[0]
    shown = report_page.page(REPORT, REPORTS, at=Span(start, start + 4), width=120)
    assert _flat(shown).startswith(" ".join(line.split()))


def test_a_decision_withdrawn_is_still_told() -> None:
    """With who withdrew it, and the words it rests on."""
    gone = replace(DECISION, withdrawn_at="2024-03-09", withdrawn_by="Jo")
    shown = _flat(decision_page.page([gone], REPORTS))
    assert "[withdrawn 2024-03-09 by Jo]" in shown
    assert "“the fire” 3c3c3c3c:3:22" in shown
    assert "Nobody has ruled" in decision_page.page([])
    assert "TO LOOK AT 1" in _flat(decision_page.page([], waiting=["st2 no longer fits its words"]))


def test_a_source_shows_every_name_and_how_near_its_words_are() -> None:
    """First hand, told by others and copied are three numbers, and no score."""
    shown = _flat(source_page.page(SPEAKER_PAGE, REPORTS))
    for part in (
        "Анна Рева",
        "calls for 2, denies 1",
        "2 heard by the report itself, 1 told by somebody else in it, 1 in copies",
        "denies two shells fell 1a1a1a1a:1:37 · Northwire, Tue 5 March 2024 [told by another] [in a copy]",
        "and more: 1 are shown",
    ):
        assert part in shown


def test_words_spoken_stand_in_quotation_marks_and_a_paraphrase_in_none() -> None:
    """Whoever reads them must know which are whose."""
    direct = replace(SPEAKER_PAGE.said[0], saying=replace(SAYING, quotation="direct"))
    assert "denies “two shells fell” " in _flat(source_page.page(replace(SPEAKER_PAGE, said=(direct,)), REPORTS))


def test_a_nameless_source_is_called_so() -> None:
    """What stands for it in the case is no name."""
    shown = _flat(source_page.listing([NAMELESS]))
    assert "somebody not named" in shown
    assert "src4" not in shown


def test_a_sentence_found_has_its_place_and_who_speaks_in_it() -> None:
    """And the incident that its event belongs to."""
    shown = _flat(search_page.page([HIT], REPORTS))
    for part in ("1a1a1a1a:1:37", "Ana Reva (lowland) says", "ev1 shelling: happened · inc-0a1b2c3d4e5f"):
        assert part in shown
    assert "there are more" not in shown
    assert "\x1b[1m shells\x1b[0m" in search_page.page([HIT], REPORTS, colour=True)
    assert "No sentence fits" in search_page.page([])


def test_weeks_without_reports_are_drawn_and_told() -> None:
    """Of a week that has none, nothing is known from that publisher."""
    shown = case_page.page(INFO)
    assert "▁··█" in shown
    assert "nothing 11 to 24 March 2024 (2 weeks)" in _flat(shown)
    assert "·▁··" in shown  # the one that names no publisher
    assert "tells nothing of peace" in _flat(shown)
    assert "(1 undated)" in shown


def test_many_weeks_share_a_cell_where_there_is_no_room() -> None:
    """Three years fit a line, and every report is counted in some cell."""
    weeks = tuple(Week(f"{year}-06-0{day}", 2) for year, day in ((2021, 7), (2022, 6), (2024, 3)))
    info = replace(INFO, coverage=(Coverage("Northwire", 6, "2021-06-07", "2024-06-05", 0, weeks, ()),))
    shown = case_page.page(info, width=60)
    assert re.search(r"every \d weeks", _flat(shown))
    row = next(line for line in shown.splitlines() if line.startswith("Northwire"))
    assert sum(char in case_page.BARS for char in row) == 3


def test_failures_are_counted_with_their_reason() -> None:
    """Nothing is lost silently; a case without dates says that too."""
    assert "NOT READ 2" in _flat(case_page.page(INFO))
    assert "2 pdf" in _flat(case_page.page(INFO))
    lost = [
        Failed(AT, "in/a.pdf", None, None, None, "pdf", "in/a.pdf is a PDF. Save its text."),
        Failed(AT, "b.eml", None, "sha256:0", "part 2", "empty", "It holds no words."),
    ]
    shown = _flat(case_page.page(INFO, lost))
    assert "in/a.pdf is a PDF. Save its text. (2024-03-07)" in shown
    assert "b.eml part 2: It holds no words." in shown
    assert "No report has a date" in case_page.page(replace(INFO, first=None, coverage=()))


def test_a_report_that_is_half_a_copy_of_an_unknown_one_is_of_the_first_of_its_family() -> None:
    """And the longest stretch says how."""
    rows = [replace(REPORT_ROW, id=report) for report in (ONE, TWO, THREE)]
    other = Family("fam-2", (Member(THREE, Span(0, 80), "cut", TWO),))
    shown = IncidentPage(replace(worked(), tellings=()), (FAMILY, other), tuple(rows))
    known = reports_known(shown, shorts={TWO: "2b2b2b"}, starts={ONE: (0, 5)})
    assert [(known.about(one).how, known.about(one).of) for one in (ONE, TWO)] == [
        ("original", None),
        ("reworded", ONE),
    ]
    assert (known.about(THREE).how, known.about(THREE).of) == ("cut", TWO)
    elsewhere = Family("fam-3", (Member(THREE, Span(0, 900), "half", "sha256:" + "f" * 64),))
    shown = replace(shown, families=(FAMILY, other, elsewhere))
    assert reports_known(shown).about(THREE).of == TWO  # it copies more of a report that is not here
    assert known.short(TWO) == "2b2b2b"
    assert known.about(ONE).place(7) == "2:3"
