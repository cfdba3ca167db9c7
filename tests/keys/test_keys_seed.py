"""The seed is read as issue 2 asks: floors from bench/floors.json, held on our own key of it.

The seed's words are not in this repository. Where its file is absent these tests skip and name it; the key's
own soundness is tested wherever the file is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.keyed import Settings, reading_of
from bench.keying import reader_text
from bench.keys import Score, figures, load_key, score, spans_of
from bench.seed import HERE, KEY, PUBLISHED, seed_text, seeds_folder

Json = dict[str, Any]
FLOORS: dict[str, float] = json.loads((HERE / "bench" / "floors.json").read_text(encoding="utf-8"))["seed"]
MIRRORED = (("s14", "s16"), ("s15", "s16"))  # what one side says of the other's guns, and the other of theirs
MIRRORED_EVENTS = (("e19", "e21"),)


@pytest.fixture(scope="module")
def seed() -> Path:
    found = seed_text()
    if found is None:
        pytest.skip(f"the seed 000_4d01f42ac9837d5e.txt is not in {seeds_folder()}: set SAYSO_SEEDS to its folder")
    return found


@pytest.fixture(scope="module")
def reading(seed: Path) -> Json:
    return reading_of(seed, Settings(PUBLISHED))


@pytest.fixture(scope="module")
def answer(reading: Json) -> Score:
    return score(load_key(KEY), reading)


def test_the_key_holds_no_words() -> None:
    """Whatever is written in the key is an id, a label, a date, a code or a hash: no word of the seed."""
    labels = {"no_comment", "cannot_verify", "text_sha256", "words_sha256"}
    key = load_key(KEY)
    written = {text for kind in ("statements", "events", "places", "sources") for text in _strings(key[kind])}
    assert all(" " not in text and text == text.strip() for text in written - labels)
    assert not any(text.istitle() and text.isalpha() for text in written)


def _strings(item: Any) -> list[str]:
    match item:
        case str():
            return [item]
        case list():
            return [text for part in item for text in _strings(part)]
        case dict():
            return [text for part in item.values() for text in _strings(part)]
        case _:
            return []


def test_every_span_of_the_key_lies_in_the_seed_and_off_its_cuts(seed: Path) -> None:
    text = reader_text(seed)
    key = load_key(KEY)
    cuts = [cut["span"] for cut in key["cuts"]]
    clauses = [event["clause"] for event in key["events"]]
    for start, end in spans_of({name: value for name, value in key.items() if name != "cuts"}):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert [start, end] in clauses or not any(start < cut[1] and cut[0] < end for cut in cuts)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_seed_is_read_as_well_as_its_floor(answer: Score, name: str) -> None:
    got = figures(answer)[name]
    assert got >= FLOORS[name], "\n".join(answer.says)


def test_both_sides_mirrored_claims_read_alike(reading: Json) -> None:
    key = load_key(KEY)
    statements = {one["id"]: one for one in key["statements"]}
    for ones, others in MIRRORED:
        one, other = _read(reading, statements[ones]), _read(reading, statements[others])
        assert (one["act"], one["quotation"], one["silence"]) == (other["act"], other["quotation"], other["silence"])
    events = {one["id"]: one for one in key["events"]}
    for ones, others in MIRRORED_EVENTS:
        one, other = _told(reading, events[ones]), _told(reading, events[others])
        assert (one["kind"], one["status"]) == (other["kind"], other["status"])
        assert [told["status"] for told in one["told"]] == [told["status"] for told in other["told"]]


def _read(reading: Json, wanted: Json) -> Json:
    """The statement of the reading that shares the most words with this one of the key."""
    return max(reading["statements"], key=lambda one: _shared(one["words"], wanted["words"]))


def _told(reading: Json, wanted: Json) -> Json:
    return max(reading["events"], key=lambda one: _shared([one["trigger"]], [wanted["trigger"]]))


def _shared(ones: list[list[int]], others: list[list[int]]) -> int:
    return sum(max(0, min(one[1], other[1]) - max(one[0], other[0])) for one in ones for other in others)
