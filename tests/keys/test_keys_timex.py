"""The bench of times reads TimeML as it was marked, and counts as the scorer that others were measured with.

Neither the sets nor that scorer is in this repository. Where they are not beside the checkout (`../shared`) the tests
that compare with them skip and name what is missing; everything else here is held on texts of our own.
"""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import times
from bench.peers import dateparser_search
from bench.times import DATA, HEADLINES, Read, explained, main, run
from bench.timex import Dated, Score, Time, data_sha256, dated, errors, figures, splits

TOOLS = DATA.parents[1] / "tools"
TML = """<?xml version="1.0" ?>
<TimeML><DOCID>dolna_1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2022-09-16" functionInDocument="CREATION_TIME">09/16/22</TIMEX3></DCT>
<TEXT>
The bridge at Dolna <EVENT eid="e1">fell</EVENT> <TIMEX3 tid="t1" type="DATE" value="2022-09-14">on
Wednesday</TIMEX3>. It had stood for <TIMEX3 tid="t2" type="DURATION" value="P3Y">three years</TIMEX3>.
</TEXT></TimeML>
"""
TEXT = "\nThe bridge at Dolna fell on\nWednesday. It had stood for three years.\n"
KEY = [Time(26, 38, "DATE", "2022-09-14"), Time(57, 68, "DURATION", "P3Y")]


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """A folder with one text, and a file of another kind beside it."""
    (tmp_path / "dolna_1.tml").write_text(TML, encoding="utf-8")
    (tmp_path / "readme.txt").write_text("not a text of the set", encoding="utf-8")
    return tmp_path


def test_a_text_is_read_as_it_was_marked(split: Path) -> None:
    """Marks of other kinds leave the text whole; the day it was written is no time of the text."""
    text = dated(split / "dolna_1.tml")
    assert (text.name, text.text, list(text.times), text.written) == ("dolna_1", TEXT, KEY, "2022-09-16")


def test_the_hash_is_of_texts_and_marks(split: Path) -> None:
    before = data_sha256([dated(split / "dolna_1.tml")])
    (split / "dolna_1.tml").write_text(TML.replace('value="P3Y"', 'value="P4Y"'), encoding="utf-8")
    assert data_sha256([dated(split / "dolna_1.tml")]) != before


def test_a_file_without_a_text_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "empty.tml").write_text("<TimeML/>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.tml"):
        dated(tmp_path / "empty.tml")


def test_data_is_a_folder_of_splits_a_split_or_a_file(split: Path) -> None:
    (split / "more").mkdir()
    (split / "more" / "marn_1.tml").write_text(TML, encoding="utf-8")
    assert {name: len(files) for name, files in splits(split).items()} == {split.name: 1, "more": 1}
    assert list(splits(split / "more")) == ["more"]
    assert list(splits(split / "dolna_1.tml")) == ["dolna_1"]
    assert splits(split / "nowhere") == {}


def _figures(answer: Sequence[Time]) -> dict[str, float]:
    score = Score()
    score.add(TEXT, KEY, answer)
    return {name: figures(score)[name] for name in HEADLINES}


def test_who_finds_everything_gets_all_points() -> None:
    assert set(_figures(KEY).values()) == {100.0}


def test_who_finds_nothing_gets_none() -> None:
    assert set(_figures([]).values()) == {0.0}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        # One of two: precision 1, recall a half.
        (KEY[:1], (66.67, 66.67, 66.67, 66.67)),
        # Other words, the rest right.
        ([Time(29, 38, "DATE", "2022-09-14"), KEY[1]], (50.0, 100.0, 100.0, 100.0)),
        # White space at an edge is no other word.
        ([Time(22, 39, "DATE", "2022-09-14"), KEY[1]], (50.0, 100.0, 100.0, 100.0)),
        ([Time(25, 38, "DATE", "2022-09-14"), KEY[1]], (100.0, 100.0, 100.0, 100.0)),
        ([Time(26, 38, "SET", "2022-09-14"), KEY[1]], (100.0, 100.0, 50.0, 100.0)),
        ([Time(26, 38, "DATE", None), KEY[1]], (100.0, 100.0, 100.0, 50.0)),
        # Too much.
        ([*KEY, Time(1, 4, "DATE", "2022")], (80.0, 80.0, 80.0, 80.0)),
    ],
)
def test_each_fault_costs_what_it_should(answer: list[Time], expected: tuple[float, ...]) -> None:
    assert tuple(_figures(answer).values()) == expected


def test_each_error_has_its_name() -> None:
    answer = [Time(29, 38, "SET", None), Time(1, 4, "DATE", "2022")]
    kinds = [error.kind for error in errors(TEXT, KEY, answer)]
    assert kinds == ["other words", "other type", "other value", "missed DURATION", "too much DATE"]


def test_an_error_shows_little_of_the_text() -> None:
    long = "dam " * 200
    (error,) = errors(long, [], [Time(400, 403, "DATE", None)])
    assert len(error.says) < 120


# Beside the scorer that others were measured with


@cache
def _tool() -> ModuleType:
    path = TOOLS / "timex_score.py"
    if not path.is_file():
        pytest.skip(f"timex_score.py, which others were measured with, is not in {TOOLS}")
    spec = importlib.util.spec_from_file_location("shared_timex_score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _theirs(cases: Sequence[tuple[str, Sequence[Time], Sequence[Time]]]) -> dict[str, float]:
    def shape(found: Sequence[Time]) -> list[dict[str, Any]]:
        return [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]

    texts = [
        {"id": str(n), "text": text, "dct": None, "gold": [one | {"text": ""} for one in shape(key)]}
        for n, (text, key, _) in enumerate(cases)
    ]
    found, _ = _tool().score(texts, {str(n): shape(answer) for n, (_, _, answer) in enumerate(cases)})
    names = {"strictF1": "strict", "relaxedF1": "relaxed", "typeF1": "type", "valueF1": "value"}
    names |= {"relaxedP": "relaxed_precision", "relaxedR": "relaxed_recall"}
    names |= {"type_acc": "type_of_met", "value_acc": "value_of_met"}
    return {ours: found[theirs] for theirs, ours in names.items()}


def _agree(cases: Sequence[tuple[str, Sequence[Time], Sequence[Time]]]) -> None:
    score = Score()
    for text, key, answer in cases:
        score.add(text, key, answer)
    assert figures(score) == _theirs(cases)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[str, list[Time], list[Time]]:
    """A text of words and blanks, with a key and an answer that may be empty, overlap and repeat."""
    text = draw(st.text("ab \n", min_size=4, max_size=40))
    ends = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 8)).map(lambda two: (two[0], two[0] + two[1]))
    time = st.builds(
        lambda span, kind, value: Time(span[0], min(span[1], len(text)), kind, value),
        ends, st.sampled_from(["DATE", "SET"]), st.sampled_from(["2022", "P1D", None]),
    )  # fmt: skip
    # A key of at least one time: theirs cannot divide by none.
    return text, draw(st.lists(time, min_size=1, max_size=4)), draw(st.lists(time, max_size=4))


@given(st.lists(_cases(), min_size=1, max_size=3))
def test_our_scores_are_theirs(cases: list[tuple[str, list[Time], list[Time]]]) -> None:
    _agree(cases)


@pytest.mark.parametrize("name", ["timebank", "aquaint"])
def test_the_sets_are_read_and_counted_as_others_read_them(name: str) -> None:
    """To the last digit, with their own marks as answers, some lost, moved or told otherwise."""
    if not (DATA / name).is_dir():
        pytest.skip(f"{name} is not in {DATA}")
    read, chance = [dated(path) for path in splits(DATA / name)[name]], random.Random(7)
    theirs = _tool().load(f"{DATA / name}/")
    assert [(one.text, one.written) for one in read] == [(one["text"], one["dct"]) for one in theirs]
    assert [len(one.times) for one in read] == [len(one["gold"]) for one in theirs]
    _agree([(one.text, one.times, _spoilt(one, chance)) for one in read])


def _spoilt(text: Dated, chance: random.Random) -> list[Time]:
    found = []
    for time in text.times:
        by = chance.choice((0, 0, 0, 1, 4))
        moved = Time(max(0, time.start - by), time.end, chance.choice((time.type, "DATE")), time.value)
        found += chance.choice([[time], [moved], [], [time, moved], [Time(time.start, time.end, "DATE", None)]])
    return found


# The bench itself


def test_the_bench_reads_scores_and_tells_what_went_wrong(split: Path) -> None:
    text = dated(split / "dolna_1.tml")
    result, found = run({"dolna": [text]}, with_peers=False)
    assert (result["bench"], result["n"], result["peers"]) == ("times", 1, {})
    # "on" is no word of the time: right in value, not in its words.
    assert (result["scores"]["value"], result["scores"]["strict"]) == (100.0, 50.0)
    assert [error.kind for error in explained(found)] == ["other words"]


def test_the_record_is_scored_beside_the_wide_layer(tmp_path: Path) -> None:
    """ "now" is a time to annotators and none to the record."""
    marked = '<TIMEX3 tid="t1" type="DATE" value="PRESENT_REF">now</TIMEX3>'
    body = f"<TimeML><TEXT>The bridge at Dolna is {marked} shut.</TEXT></TimeML>"
    (tmp_path / "a.tml").write_text(body, encoding="utf-8")
    result, _ = run({"a": [dated(tmp_path / "a.tml")]}, with_peers=False)
    assert (result["scores"]["value"], result["scores"]["record_value"]) == (100.0, 0.0)


def test_one_json_object_is_printed(split: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(split), "--json", "--no-peers"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= {
        "bench", "data_sha256", "n", "scores", "peers", "seconds", "words_per_cpu_second",
    }  # fmt: skip


def test_a_folder_without_texts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) != 0
    assert str(tmp_path) in capsys.readouterr().err


def test_a_peer_that_is_not_installed_says_how_to_get_it(split: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dateparser_search, "PACKAGE", "no_such_package")
    assert dateparser_search.measured([dated(split / "dolna_1.tml")]) == "not installed: pip install no_such_package"


def test_the_peer_finds_days(split: Path) -> None:
    found = dateparser_search.times_of(Dated(split, "Dolna fell on 3 May 2021.", (), None))
    assert found is not None
    assert [time.value for time in found] == ["2021-05-03"]


def test_what_was_read_is_kept_beside_its_text(split: Path) -> None:
    read = times.times_of(dated(split / "dolna_1.tml"))
    assert isinstance(read, Read)
    assert [time.value for time in read.wide] == ["2022-09-14", "P3Y"]
