"""The sample's key fits the sample: what is written in words is what stands in offsets, and all of it exists."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from bench.keyed import keyed_in
from bench.keying import as_text, compile_key, reader_text
from bench.keys import load_key, spans_of
from bench.sample import SAMPLE, chosen
from bench.story import report_of, story_of
from sayso.knowledge import Knowledge
from sayso.record import ACTS, CHANNELS, CUT_REASONS, NAMINGS, SILENCES, STATUSES

REPORTS = sorted(path for path in SAMPLE.iterdir() if path.is_file())
NOTE = "Invented sample: written for Sayso. Its people, parties and outlets are not real."
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATED = re.compile(r"(\w+day), (?:March (\d+)|(\d+) March)")


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_every_report_says_that_it_is_invented(report: Path) -> None:
    assert NOTE in reader_text(report)


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_every_report_has_a_key_made_of_its_words(report: Path) -> None:
    words = (SAMPLE / "key" / "words" / f"{report.stem}.txt").read_text(encoding="utf-8")
    committed = (SAMPLE / "key" / f"{report.stem}.json").read_text(encoding="utf-8")
    assert as_text(compile_key(reader_text(report), words)) == committed, "run python -m bench.keying src/sayso/sample"


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_every_span_of_a_key_lies_in_its_text_and_off_its_cuts(report: Path) -> None:
    text = reader_text(report)
    key = load_key(SAMPLE / "key" / f"{report.stem}.json")
    cuts = [cut["span"] for cut in key["cuts"]]
    findings = spans_of({name: value for name, value in key.items() if name != "cuts"})
    for start, end in [*cuts, *findings]:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    clauses = [tuple(event["clause"]) for event in key["events"]]
    for start, end in findings:
        is_clause = (start, end) in clauses  # may run over a cut: it is where a trigger is looked for
        assert is_clause or not any(start < cut[1] and cut[0] < end for cut in cuts), text[start:end]


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_keys_use_the_labels_of_the_record(report: Path) -> None:
    key = load_key(SAMPLE / "key" / f"{report.stem}.json")
    assert {cut["why"] for cut in key["cuts"]} <= set(CUT_REASONS)
    assert {source["naming"] for source in key["sources"]} <= set(NAMINGS)
    for statement in key["statements"]:
        assert set(statement["acts"]) <= set(ACTS)
        assert statement["silence"] is None or statement["silence"] in SILENCES
        assert (statement["silence"] is not None) <= ("no_comment" in statement["acts"])
        assert {kind for via in statement["via"] for kind in via["kinds"]} <= set(CHANNELS)
    for event in key["events"]:
        assert {told["status"] for told in event["told"]} <= set(STATUSES) - {"disputed"}


def test_the_sample_has_every_act_silence_and_denial_that_it_promises() -> None:
    """The four silences, a general and a specific denial, a label, a threat and a caveat are in what is worked with."""
    statements = [one for item in chosen(SAMPLE, held_out=False) for one in load_key(item.key)["statements"]]
    assert {one["silence"] for one in statements} >= set(SILENCES)
    assert {one["reach"] for one in statements if "denies" in one["acts"]} >= {"specific", "general"}
    wanted = {"labels", "threatens", "cannot_verify", "observes", "promises", "orders", "predicts", "compares"}
    assert {act for one in statements for act in one["acts"]} >= wanted
    assert any(one["within"] for one in statements)


def test_a_quarter_of_the_sample_is_held_out() -> None:
    assert len(chosen(SAMPLE, held_out=True)) == 4
    assert len(keyed_in(SAMPLE)) == len(REPORTS) == 16


def test_both_sides_say_the_mirrored_claim_in_mirrored_words() -> None:
    """What is told of one side is told of the other in the same words, so a fair reading gives both the same labels."""
    key = load_key(SAMPLE / "key" / "12-rivermark-roundup.json")
    text = reader_text(report_of(SAMPLE, "12"))
    young, colon = (next(one for one in key["statements"] if one["id"] == name) for name in ("s10", "s11"))
    words = text[slice(*young["words"][0])], text[slice(*colon["words"][0])]
    assert words[0].replace("Halvanian", "Kesterian").replace("Young", "Colón") == words[1]
    assert {name: young[name] for name in ("acts", "quotation", "reach")} == {
        name: colon[name] for name in ("acts", "quotation", "reach")
    }


def test_only_one_weekday_of_the_sample_does_not_match_its_date() -> None:
    wrong = [
        (report.stem, match[0])
        for report in REPORTS
        for match in DATED.finditer(reader_text(report))
        if datetime.date(2024, 3, int(match[2] or match[3])).strftime("%A") != match[1] and match[1] in DAYS
    ]
    assert wrong == [("13-meridian-post-cut", "Thursday, March 12")]


def test_the_story_points_at_statements_and_events_that_the_keys_have() -> None:
    story = story_of(SAMPLE, held_out=True)
    known: set[str] = set()
    for report in REPORTS:
        key = load_key(SAMPLE / "key" / f"{report.stem}.json")
        known |= {f"{report.stem[:2]}:{item['id']}" for kind in ("statements", "events") for item in key[kind]}
    origins = {origin["id"] for origin in story["origin"]}
    utterances = [name for origin in story["origin"] for name in origin["utterances"]]
    assert set(utterances) <= known
    assert len(utterances) == len(set(utterances)), "one utterance is of one origin"
    events = [name for incident in story["incident"] for name in incident["events"]]
    assert set(events) <= known
    assert len(events) == len(set(events)), "one event is of one incident"
    for incident in story["incident"]:
        assert {account["origin"] for account in incident["accounts"]} <= origins
        reached = [*incident.get("general_denials", []), *incident.get("could_not_verify", [])]
        assert {*reached, *incident.get("silences", [])} <= known


def test_the_parties_and_outlets_of_the_sample_are_rows() -> None:
    knowledge = Knowledge((SAMPLE / "knowledge",))
    assert [row["id"] for row in knowledge.rows("parties")[:2]] == ["kesteria", "halvane"]
    assert {"Rivermark", "Halvapress"} <= {row["name"] for row in knowledge.rows("outlets")}
