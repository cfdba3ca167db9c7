"""ninjs gives a wire's item in each of its versions, with the wire's own statement of source; a kill is a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.intake.composing import Opened, opened_from

ONE = {
    "uri": "urn:wire:1",
    "pubstatus": "usable",
    "versioncreated": "2022-09-16T10:37:00Z",
    "language": "en",
    "byline": "By Ana Roe and Bo Li",
    "headline": "Shelling of Dolna",
    "infosource": [{"name": "Kamin Press"}],
    "body_xhtml": "<p>Shells hit Dolna.</p><p>Two died.</p>",
}
TWO = {
    "uri": "urn:wire:2",
    "standard": {"name": "ninjs", "version": "2.0"},
    "versioncreated": "2022-09-16T10:37:00Z",
    "language": "en-GB",
    "by": "Ana Roe and Bo Li",
    "headlines": [{"role": "short", "value": "Dolna"}, {"role": "main", "value": "Shelling of Dolna"}],
    "infosources": [{"name": "Kamin Press"}],
    "bodies": [
        {"role": "caption", "contenttype": "text/plain", "value": "A bridge."},
        {
            "role": "html",
            "contenttype": "text/html",
            "value": "<section><p>Shells hit Dolna.</p><p>Two died.</p></section>",
        },
    ],
}
THREE = {
    "uri": "urn:wire:3",
    "pubStatus": "usable",
    "versionCreated": "2022-09-16T10:37:00Z",
    "language": "en",
    "by": "Ana Roe; Bo Li",
    "headlines": [{"role": "main", "contentType": "text/plain", "value": "Shelling of Dolna"}],
    "infoSources": [{"name": "Kamin Press", "role": "source"}],
    "bodies": [
        {"role": "richtext", "contentType": "application/xhtml+xml", "value": "<p>Shells hit Dolna.</p>"},
        {"role": "main", "contentType": "text/plain", "value": "Shells hit Dolna.\nTwo died."},
    ],
}


def _opened(folder: Path, item: dict[str, Any]) -> Opened:
    return opened_from(folder, "a.json", json.dumps(item))


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1", "2", "3"])
def test_each_version_tells_the_same(tmp_path: Path, item: dict[str, Any]) -> None:
    (part,) = _opened(tmp_path, item).parts
    said = part.report.metadata
    assert part.report.text == "Shells hit Dolna.\nTwo died."
    assert (said.title, said.published) == ("Shelling of Dolna", "2022-09-16T10:37:00+00:00")
    assert (said.writers, said.language, said.agencies) == (("Ana Roe", "Bo Li"), "en", ("Kamin Press",))
    assert part.locator == f"line 1 ({item['uri']})"


def test_who_put_it_out_and_whose_work_it_is_are_two(tmp_path: Path) -> None:
    """A source that calls itself the publisher, else the holder of the rights; the other sources are agencies."""
    sources = [{"name": "Dolna Wire", "role": "publisher"}, {"name": "Kamin Press"}, {"uri": "urn:x"}]
    (part,) = _opened(tmp_path, THREE | {"infoSources": sources, "copyrightHolder": "A Fund"}).parts
    assert (part.report.metadata.publisher, part.report.metadata.agencies) == ("Dolna Wire", ("Kamin Press",))
    (part,) = _opened(tmp_path, THREE | {"copyrightHolder": {"name": "Dolna Wire"}}).parts
    assert (part.report.metadata.publisher, part.report.metadata.agencies) == ("Dolna Wire", ("Kamin Press",))


@pytest.mark.parametrize("status", ["canceled", "withheld", "Canceled"])
def test_a_kill_notice_is_a_row_and_no_report(tmp_path: Path, status: str) -> None:
    found = _opened(tmp_path, THREE | {"pubStatus": status, "version": 4, "edNote": "Kill: wrong town."})
    assert found.parts == []
    (row,) = found.problems
    assert row.problem.kind == "kill_notice"
    assert "version 4" in row.problem.says
    assert "wrong town" in row.problem.says


def test_notes_to_editors_and_embargoes_go_with_the_report(tmp_path: Path) -> None:
    more = {"edNote": "CORRECTS the town.", "embargoedUntil": "2022-09-17T00:00:00Z"}
    (part,) = _opened(tmp_path, THREE | more).parts
    assert [problem.kind for problem in part.report.problems] == ["editors_note", "embargo"]
    assert "CORRECTS the town." in part.report.problems[0].says


def test_an_item_without_words_is_a_row(tmp_path: Path) -> None:
    picture = {"uri": "urn:wire:9", "type": "picture", "versioncreated": "2022-09-16T10:37:00Z", "bodies": []}
    found = _opened(tmp_path, picture)
    assert [row.problem.kind for row in found.problems] == ["no_text"]
    assert "picture" in found.problems[0].problem.says


@pytest.mark.parametrize(
    "odd",
    [
        {"bodies": "text"}, {"bodies": [None, 3, {"value": 7}]}, {"headlines": {"value": "A"}}, {"by": ["A"]},
        {"infoSources": "Kamin"}, {"language": 3}, {"versionCreated": 2022}, {"uri": 5}, {"edNote": {"a": 1}},
    ],
    ids=str,
)  # fmt: skip
def test_odd_values_lose_no_more_than_themselves(tmp_path: Path, odd: dict[str, Any]) -> None:
    found = _opened(tmp_path, THREE | odd)
    assert len(found.parts) + len(found.problems) == 1


def test_items_of_a_list_and_of_lines_are_read(tmp_path: Path) -> None:
    listed = opened_from(tmp_path, "a.json", json.dumps([ONE, TWO]))
    lines = opened_from(tmp_path, "a.jsonl", f"{json.dumps(ONE)}\n{json.dumps(TWO)}")
    assert listed.texts() == lines.texts() == ["Shells hit Dolna.\nTwo died."] * 2
