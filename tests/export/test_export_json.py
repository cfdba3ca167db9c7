"""The JSON of a reading is the contract: every key, in its order, absent as null or [], spans as pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from worked_reading import TEXT, worked

from sayso.export.record_json import as_json, as_line, dumped, refused_json
from sayso.record import WHYS, Cut, Explained, Finding, Named, Passed, Problem, Span

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))
# In the order of the contract, written out once more by hand: a key that moves or goes must be noticed.
KEYS = {
    "": "format sayso path problems report text cuts sections sentences quotations sources statements events places "
    "moments quantities checks",
    "report": "id text_sha256 media_type language obtained title url publisher agencies writers editors contributors "
    "dateline published condition",
    "quotations": "span statement why_unread",
    "sources": "id name naming plural members role party party_basis private mentions also ties",
    "statements": "id source act silence quotation wording words cue who via to said_at said_where within covers reach "
    "hedges doubts found_by",
    "events": "id kind plover acled trigger also told status background agents targets weapons places when counts "
    "doubts found_by",
    "places": "id span name geonames lat lon level country region inside same_as radius_km use disputed",
    "moments": "id span type timex mod earliest latest granularity zone alternatives relative_to",
    "quantities": "id span low high low_open high_open approximate unit of role part_of replaces restated",
    "checks": "kind holds spans says",
}


@pytest.mark.parametrize("part", KEYS)
def test_every_key_is_there_in_the_order_of_the_contract(part: str) -> None:
    """Also where a reading has nothing to say under a key."""
    whole: Any = as_json(worked())
    parts = [whole] if not part else whole[part] if isinstance(whole[part], list) else [whole[part]]
    assert parts
    for found in parts:
        assert list(found) == KEYS[part].split()


def test_a_reading_fits_the_schema() -> None:
    """The schema is closed: a key too many is an error like one too few."""
    jsonschema.validate(as_json(worked()), SCHEMA)


def test_why_is_a_key_only_where_it_was_asked_for() -> None:
    """And then it fits the schema too."""
    why = Passed(Span(0, 3), Span(0, 9), "shelling", "row", "en/not_event.toml:sport", "“Two” is sport.")
    told = replace(worked(), explained=Explained((Finding("ev1", Span(0, 3), "event_kinds.toml:x", "Yes."),), (why,)))
    assert list(as_json(told)) == [*KEYS[""].split(), "explained"]
    assert as_json(told)["explained"]["passed"][0]["says"] == "“Two” is sport."
    jsonschema.validate(as_json(told), SCHEMA)


def test_a_bare_reading_fits_the_schema() -> None:
    """A reading in which nothing was found has every key all the same."""
    reading = worked()
    page = replace(reading.page, title=None, publisher=None, dateline=None, cuts=(), sections=(), quotations=())
    bare = replace(
        reading,
        page=page,
        grounds=replace(reading.grounds, places=(), moments=(), quantities=(), dateline=None, published=None),
        sources=(),
        statements=(),
        events=(),
        quotations=(),
        checks=(),
        problems=(),
    )
    jsonschema.validate(as_json(bare), SCHEMA)
    assert as_json(bare)["report"]["title"] is None
    assert as_json(bare)["events"] == []


@pytest.mark.parametrize(
    "broken",
    [
        {"spam": 1},  # a key the contract does not know
        {"format": 2},  # another contract
        {"cuts": [{"span": [3], "why": "prompt"}]},  # half a span
        {"cuts": [{"span": [3, 9], "why": "ugly"}]},  # a reason nobody agreed on
    ],
)
def test_the_schema_can_say_no(broken: dict[str, Any]) -> None:
    """A schema that allows everything would hold nothing."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**as_json(worked()), **broken}, SCHEMA)


def test_a_file_that_cannot_be_read_is_an_object_too() -> None:
    """It names the file and says what was met."""
    line = refused_json("in/b.pdf", Problem("pdf", "This is a PDF. Save its text first."))
    assert line == {
        "format": 1,
        "path": "in/b.pdf",
        "problem": {"kind": "pdf", "says": "This is a PDF. Save its text first."},
    }
    jsonschema.validate(line, SCHEMA)


def test_whole_numbers_print_as_whole_numbers() -> None:
    """9000, not 9000.0; a half stays a half."""
    line = as_line(worked())
    assert '"low":9000,' in line
    assert "9000.0" not in line
    assert '"radius_km":8,' in line


def test_spans_slice_to_the_words() -> None:
    """The offsets count code points of `text`, so that Python's slices need no conversion."""
    whole = as_json(worked())
    words = [whole["text"][start:end] for start, end in whole["statements"][1]["words"]]
    assert words == ["My brother was in the kitchen"]


def test_a_line_is_one_line_and_a_page_is_the_same_object() -> None:
    """However it is laid out, it is one object; line separators inside strings do not break a line."""
    reading = worked()
    odd = replace(reading, page=replace(reading.page, title=Named("a\nb\r\x85\x00", None, "metadata")))
    assert "\n" not in as_line(odd)
    assert json.loads(as_line(odd)) == json.loads(dumped(as_json(odd), pretty=True))


def test_spans_stay_on_one_line_in_the_page_for_people() -> None:
    """Two numbers on four lines would bury the rest."""
    reading = worked()
    reading = replace(reading, page=replace(reading.page, cuts=(Cut(Span(3, 9), "prompt"),)))
    assert '"span": [3, 9]' in dumped(as_json(reading), pretty=True)


def test_the_text_travels_unchanged() -> None:
    """Every character, NUL and marks included."""
    assert json.loads(as_line(worked()))["text"] == TEXT


def test_the_schema_knows_every_reason_for_no_event() -> None:
    """The list of reasons stands in the record and in the schema."""
    passed = SCHEMA["$defs"]["reading"]["properties"]["explained"]["properties"]["passed"]
    assert set(passed["items"]["properties"]["why"]["enum"]) == set(WHYS)
