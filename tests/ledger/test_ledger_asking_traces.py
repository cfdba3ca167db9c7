"""A claim through its hops: who said it first, and which copy lost the speaker, the caveat or the denial."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from sayso.export.passport import written
from sayso.export.pointing import Reports
from sayso.export.trace_page import page
from sayso.ledger.adding import add
from sayso.ledger.asking import traces
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.traces import traced
from sayso.ledger.case import Case
from sayso.ledger.packing import packed
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import readings
from sayso.record import Custody
from tests.ledger.sampled import reading_of, sample_readings

AT = "2031-04-06T00:00:00Z"
HERE = Custody(AT, "Ana", "sayso", path="in/report.txt")
WIRE = """Shells hit ferry at Osk

By Ada Brond

OSK, April 5, 2031 (Rivermark) - Shells sank a ferry in the harbour of Osk on Friday, dock foreman Milo Varga said. He had counted nine men on its deck.

The Coastal Ministry denied firing on the harbour. Rivermark could not independently verify either account.

The ferry had carried flour from Lower Osk since March, its owner Tila Moor said, and was moored behind the customs house.

Divers of the harbour guard searched the hull until nightfall and brought up two crates of nails, a bell and no bodies.

(Reporting by Ada Brond)
"""  # noqa: E501
COPY = """The Meridian Post

Shells hit ferry at Osk

Shells sank a ferry in the harbour of Osk on Friday. Dock foreman Milo Varga had counted nine men on its deck.

The ferry had carried flour from Lower Osk since March, its owner Tila Moor said, and was moored behind the customs house.

Divers of the harbour guard searched the hull until nightfall and brought up two crates of nails, a bell and no bodies.

Rivermark
"""  # noqa: E501


def filled(case: Case, *texts: str) -> list[str]:
    ids = []
    for text in texts:
        reading = reading_of(text)
        ids.append(add(case, reading.page.report, reading, HERE, at=AT).report)
    return ids


def test_the_hop_that_lost_speaker_caveat_and_denial_is_named(case: Case) -> None:
    """The copy tells as a fact what the wire has a foreman say, and leaves out the denial and the caveat."""
    wire, copy = filled(case, WIRE, COPY)
    trace = traced(case, "shells sank a ferry")
    assert [hop.report for hop in trace.hops] == [wire, copy]
    assert (trace.first_said, trace.speaker_lost, trace.bare_fact) == (0, 1, 1)
    assert (trace.caveat_lost, trace.denial_lost) == (1, 1)
    assert trace.hops[1].made_of
    assert trace.hops[1].since == wire
    assert {change.kind for change in trace.hops[1].changes} >= {
        "attribution_to_fact",
        "caveat_dropped",
        "denial_dropped",
    }


def test_every_stretch_of_a_trace_is_the_words_that_stand_there(case: Case) -> None:
    """Claim, hops and changes slice to their words in the sealed texts."""
    texts = dict(zip(filled(case, WIRE, COPY), (WIRE, COPY), strict=True))
    trace = traced(case, "shells sank a ferry")
    anchors = [trace.claim, *(hop.anchor for hop in trace.hops)]
    anchors += [one for hop in trace.hops for change in hop.changes for one in (change.here, change.there) if one]
    for anchor in anchors:
        assert texts[anchor.report][anchor.span.start : anchor.span.end] == anchor.words


def test_the_claim_can_be_named_by_statement_by_event_and_by_incident(case: Case) -> None:
    """All of them lead to one sentence."""
    wire, _ = filled(case, WIRE, COPY)
    by_words = traced(case, "shells sank a ferry")
    assert by_words.incident is not None
    for asked in (f"{wire}#st1", f"{wire[7:19]}#st1", by_words.incident):
        assert traced(case, asked).claim == by_words.claim


def test_what_is_no_claim_is_told(case: Case) -> None:
    """A whole report, a statement that is not there, words that nobody wrote."""
    wire, _ = filled(case, WIRE, COPY)
    with pytest.raises(BadQuestion, match="whole report"):
        traced(case, wire)
    with pytest.raises(NoSuchThing, match="st99"):
        traced(case, f"{wire}#st99")
    with pytest.raises(NoSuchThing, match="zeppelin"):
        traced(case, "zeppelin over Osk")


def test_an_independent_report_is_a_telling_of_its_own(case: Case) -> None:
    """Another newsroom's report of the incident is a hop, compared with nothing."""
    readings = sample_readings()
    for reading in readings[:3]:
        add(case, reading.page.report, reading, HERE, at=AT)
    trace = traced(case, f"{readings[0].page.report.id}#ev1")
    others = [hop for hop in trace.hops if hop.report == readings[1].page.report.id]
    assert others
    assert others[0].since is None
    assert not others[0].changes


def test_the_page_names_what_was_lost_and_is_never_too_wide(case: Case) -> None:
    """In words, for a terminal of any width."""
    filled(case, WIRE, COPY)
    trace = traced(case, "shells sank a ferry")
    for width in (40, 80, 120):
        told = page(trace, Reports(), width=width)
        assert "becomes a bare fact in hop 2" in " ".join(told.split())
        assert max(map(len, told.splitlines())) <= width


def test_a_passport_is_one_file_that_loads_nothing_and_runs_nothing(case: Case, tmp_path: Path) -> None:
    """No script, no link, no address; what a report says cannot become markup; private persons are withheld."""
    hostile = WIRE.replace("nine men on its deck", "nine <script>alert(1)</script> men on its deck")
    filled(case, hostile, COPY)
    html, beside = written(case, traced(case, "shells sank a ferry"), tmp_path / "claim.html", at=AT)
    told = html.read_text(encoding="utf-8")
    for bad in ("<script", "http:", "https:", "src=", "href=", "@import", "url("):
        assert bad not in told
    assert "Content-Security-Policy" in told
    assert json.loads(beside.read_text(encoding="utf-8"))["answer"] == "trace"


def test_a_hundred_copies_are_traced_within_a_second(case: Case) -> None:
    """Measured by the processor's time of this process, which others on the machine do not slow."""
    filled(case, WIRE, *(COPY.replace("The Meridian Post", f"The Meridian Post {number}") for number in range(100)))
    traced(case, "shells sank a ferry")
    before = time.process_time()
    trace = traced(case, "shells sank a ferry")
    spent = time.process_time() - before
    assert len(trace.hops) == 101
    assert spent < 2.0, f"{spent:.2f} s"  # twice the bar of one second: machines that test are slow


def test_a_trace_asked_again_is_the_same_though_nothing_is_compared(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comparisons are remembered by what was read, so that another reading of the same report is compared anew."""
    _, copy = filled(case, WIRE, COPY)
    first = traced(case, "shells sank a ferry")
    asked: list[str] = []
    monkeypatch.setattr(traces, "set_beside", lambda here, there, **prints: asked.append(here.page.report.id))
    assert traced(case, "shells sank a ferry") == first
    assert not asked
    reading = reading_of(COPY)
    otherwise = packed(replace(reading, statements=()))
    with case.writing() as connection:
        connection.execute(update(readings).where(readings.c.report_id == copy).values(packed=otherwise))
    with pytest.raises(AttributeError):  # what stands for comparing here gives nothing
        traced(case, "shells sank a ferry")
    assert asked


def test_the_claim_itself_is_never_among_those_left_out(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many reports tell it: the most that a trace goes through are taken beside its own."""
    wire, copy = filled(case, WIRE, COPY)
    monkeypatch.setattr(traces, "MOST", 1)
    for report in (wire, copy):
        assert report in {hop.report for hop in traced(case, f"{report}#st1").hops}


def test_reports_that_were_not_gone_through_are_counted(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many the first are taken, by when they came out; the page says how many more there are."""
    wire, _ = filled(case, WIRE, COPY)
    whole = traced(case, f"{wire}#st1")
    assert (len(whole.hops), whole.left_out) == (2, 0)
    assert "not gone through" not in page(whole, Reports())
    monkeypatch.setattr(traces, "MOST", 0)
    cut = traced(case, f"{wire}#st1")
    assert (len(cut.hops), cut.left_out) == (1, 1)
    assert "not gone through: 1 later of its families" in page(cut, Reports())
