"""JSON and JSONL give an object's text and what the object says of it; a broken line costs itself alone."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from sayso.intake.containers import values
from sayso.record import Metadata
from tests.intake.composing import opened_from

FULL = {
    "text": "Shells hit Dolna.",
    "title": "Shelling",
    "url": "http://daily.example/1",
    "published": "2022-09-16",
    "publisher": "Daily",
    "authors": ["Ana Roe", "Bo Li"],
    "language": "en-GB",
    "our_own_key": 7,
}


def test_an_object_says_what_it_is(tmp_path: Path) -> None:
    (part,) = opened_from(tmp_path, "a.jsonl", json.dumps(FULL)).parts
    assert part.report.data == b"Shells hit Dolna."
    assert part.report.metadata == Metadata(
        title="Shelling",
        url="http://daily.example/1",
        publisher="Daily",
        writers=("Ana Roe", "Bo Li"),
        published="2022-09-16",
        language="en",
    )
    assert (part.locator, part.container_media_type, part.url) == (
        "line 1",
        "application/jsonl",
        part.report.metadata.url,
    )


SPELLINGS: list[tuple[dict[str, Any], str, Any]] = [
    # a key, the fact it tells, and what it then is
    ({"date": "2022-09-16T08:00:00+03:00"}, "published", "2022-09-16T08:00:00+03:00"),
    ({"published_at": "Fri, 16 Sep 2022 08:00:00 GMT"}, "published", "2022-09-16T08:00:00+00:00"),
    ({"date": 1663315200}, "published", "2022-09-16T08:00:00+00:00"),
    ({"date": 1663315200000}, "published", "2022-09-16T08:00:00+00:00"),
    ({"source": {"id": 3, "name": "Daily"}}, "publisher", "Daily"),
    ({"outlet": "Daily"}, "publisher", "Daily"),
    ({"author": "Ana Roe"}, "writers", ("Ana Roe",)),
    ({"authors": [{"name": "Ana Roe"}, {"name": None}]}, "writers", ("Ana Roe",)),
    ({"headline": "Shelling"}, "title", "Shelling"),
    ({"link": "http://a.example"}, "url", "http://a.example"),
    ({"language": "English"}, "language", None),
    ({"publisher": "", "source": "Daily"}, "publisher", "Daily"),
    ({"publisher": 5}, "publisher", None),
    ({"date": None}, "published", None),
]


@pytest.mark.parametrize(("said", "fact", "value"), SPELLINGS, ids=[json.dumps(row[0])[:40] for row in SPELLINGS])
def test_keys_are_read_as_many_write_them(tmp_path: Path, said: dict[str, Any], fact: str, value: object) -> None:
    (part,) = opened_from(tmp_path, "a.jsonl", json.dumps({"text": "Shells hit Dolna.", **said})).parts
    assert getattr(part.report.metadata, fact) == value
    assert part.report.problems == ()


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    (part,) = opened_from(tmp_path, "a.jsonl", '{"text": "Shells hit Dolna.", "date": "some day"}').parts
    assert part.report.metadata.published is None
    assert ["'some day'" in problem.says for problem in part.report.problems] == [True]


TEXTS = [
    # the object, its text
    ({"body": "Shells hit Dolna."}, "Shells hit Dolna."),
    ({"content": "<p>Shells hit Dolna.</p><p>Two died.</p>"}, "Shells hit Dolna.\nTwo died."),
    ({"html": "<p>Shells hit <b>Dolna</b>.</p>"}, "Shells hit Dolna."),
    # What is called text is text, whatever stands in it.
    ({"text": "The sign said <p>stop</p>."}, "The sign said <p>stop</p>."),
    ({"text": "", "body": "Shells hit Dolna."}, "Shells hit Dolna."),
    ({"text": "Shells\r\nhit  Dolna. \u2028"}, "Shells\r\nhit  Dolna. \u2028"),
]


@pytest.mark.parametrize(("item", "text"), TEXTS)
def test_the_text_is_taken_whole(tmp_path: Path, item: dict[str, str], text: str) -> None:
    assert opened_from(tmp_path, "a.json", json.dumps(item)).texts() == [text]


def test_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    lines = ['{"text": "One."}', '{"text": "broken', "", "[1]", '{"id": 4}', '{"text": "Two."}']
    data = "\n".join(lines).encode() + b'\n{"text": "\xff"}\n{"text": "Three."}'
    found = opened_from(tmp_path, "a.jsonl", data)
    assert found.texts() == ["One.", "Two.", "Three."]
    assert [(row.locator, row.problem.kind) for row in found.problems] == [
        ("line 2", "bad_json"),
        ("line 4", "not_an_object"),
        ("line 5", "no_text"),
        ("line 7", "bad_json"),
    ]
    assert "text, body, content, html; it has id" in found.problems[2].problem.says


def test_half_a_letter_is_told_where_it_stands(tmp_path: Path) -> None:
    """JSON can hold half of a pair, which is no letter: it reads as U+FFFD."""
    (part,) = opened_from(tmp_path, "a.jsonl", '{"text": "Shells \\ud83d hit Dolna."}').parts
    assert "\ufffd" in part.report.text
    assert {problem.kind for problem in part.report.problems} == {"bad_bytes"}


@pytest.mark.parametrize("space", [None, 2], ids=["close", "wide"])
def test_a_list_is_read_item_by_item(tmp_path: Path, space: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little of it is looked at at a time."""
    monkeypatch.setattr(values, "BLOCK", 7)
    items = [{"text": f"Shells hit Dolna {n} times: “ä” [1], {{2}}."} for n in range(30)]
    found = opened_from(tmp_path, "a.json", json.dumps(items, indent=space, ensure_ascii=False))
    assert found.texts() == [item["text"] for item in items]
    assert [part.locator for part in found.parts][:2] == ["item 1", "item 2"]


def test_a_list_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    whole = json.dumps([{"text": "One."}, {"text": "Two."}])
    for end, count in ((-1, 2), (-5, 1), (-16, 1), (14, 0)):
        found = opened_from(tmp_path, "a.json", whole[:end])
        assert (len(found.parts), found.kinds()) == (count, ["bad_json"]), whole[:end]


def test_lines_in_a_file_named_json_are_lines(tmp_path: Path) -> None:
    """Though the first of them is broken."""
    found = opened_from(tmp_path, "a.json", '{"text": \n{"text": "One."}\n{"text": "Two."}')
    assert found.texts() == ["One.", "Two."]
    assert found.problems[0].locator == "line 1"


def test_a_byte_order_mark_is_no_json_and_no_harm(tmp_path: Path) -> None:
    for name, data in (
        ("a.jsonl", '{"text": "One."}'),
        ("a.json", '[{"text": "One."}]'),
        ("b.json", '{\n"text": "One."}'),
    ):
        assert opened_from(tmp_path, name, "\ufeff" + data).texts() == ["One."]


HOSTILE = [
    ("deep list", "a.json", "[" * 500_000, "bad_json"),
    ("deep line", "a.jsonl", '{"text":' + "[" * 500_000, "bad_json"),
    ("deep text key", "a.jsonl", '{"text":' + "[" * 900 + "]" * 900 + "}", "no_text"),
    ("long number", "a.jsonl", '{"text": "x", "n": ' + "9" * 100_000 + "}", "bad_json"),
    ("no end", "a.json", '[{"text": "' + "a" * 3_000_000, "bad_json"),
]


@pytest.mark.parametrize(("what", "name", "data", "kind"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_json_made_to_break_the_reader_is_refused_soon(
    tmp_path: Path, what: str, name: str, data: str, kind: str
) -> None:
    began = time.process_time()
    found = opened_from(tmp_path, name, data)
    assert time.process_time() - began < 5
    assert (found.parts, found.kinds()) == ([], [kind])


def test_an_endless_line_is_passed_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "WHOLE_LIMIT", 100)
    found = opened_from(tmp_path, "a.jsonl", '{"text": "%s"}\n{"text": "Two."}' % ("a" * 5000))
    assert found.texts() == ["Two."]
    assert [row.locator for row in found.problems] == ["line 1"]
