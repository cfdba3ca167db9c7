"""The bench of places reads marked texts as they were marked, and counts as is said.

Neither the sets nor the loaders that others were measured with are in this repository. Where they are not beside the
checkout (`../shared`) the tests that compare with them skip and name what is missing; the rest is held on our own.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bench.places import DATA, Answer, Score, best_at, is_near, main
from bench.toponyms import Text, Toponym, files_in, texts_in

TOOLS = DATA[0].parents[1] / "tools"
BERGEN = "Rain fell on Bergen and on Voss."
LGL = f"""<articles><article docid="7"><dltime>2009-03-20 12:24</dltime><text>{BERGEN}</text><toponyms>
<toponym><start>13</start><end>19</end><phrase>Bergen</phrase><gaztag geonameid="1"><lat>60.39</lat><lon>5.32</lon>
</gaztag></toponym><toponym><start>27</start><end>31</end><phrase>Voss</phrase></toponym></toponyms></article></articles>"""
TR_NEWS = (
    LGL.replace('<gaztag geonameid="1">', "")
    .replace("</gaztag>", "")
    .replace("<start>13</start><end>19<", "<start>12</start><end>18<")
)
GEOVIRUS = f"""<articles><article><text>{BERGEN}</text><locations><location><name>Bergen</name><start>14</start>
<end>20</end><lat>60.39</lat><lon>5.32</lon></location></locations></article></articles>"""
GEOWEBNEWS = f"""<articles><article file="7"><text>{BERGEN}</text><toponyms><toponym><start>13</start><end>19</end>
<extractedName>Bergen</extractedName><latitude>60.39</latitude><longitude>5.32</longitude></toponym></toponyms>
</article></articles>"""


@pytest.mark.parametrize("xml", [LGL, TR_NEWS, GEOVIRUS, GEOWEBNEWS], ids=["lgl", "trnews", "geovirus", "geowebnews"])
def test_every_layout_marks_the_same_name(tmp_path: Path, xml: str) -> None:
    file = tmp_path / "set.xml"
    file.write_text(xml, encoding="utf-8")
    (text,) = texts_in(file)
    mark = text.toponyms[0]
    assert text.text[mark.start : mark.end] == mark.phrase == "Bergen"
    assert (mark.lat, mark.lon) == (60.39, 5.32)


def test_a_mark_without_coordinates_is_kept_for_precision(tmp_path: Path) -> None:
    (tmp_path / "set.xml").write_text(LGL, encoding="utf-8")
    (text,) = texts_in(tmp_path / "set.xml")
    assert [(mark.phrase, mark.lat) for mark in text.toponyms] == [("Bergen", 60.39), ("Voss", None)]
    assert text.date == "2009-03-20"


def test_a_folder_may_hold_several_sets_in_folders(tmp_path: Path) -> None:
    for name in ("b/two.xml", "a/one.xml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(LGL, encoding="utf-8")
    assert [file.name for file in files_in(tmp_path)] == ["one.xml", "two.xml"]
    assert files_in(tmp_path / "a" / "one.xml") == [tmp_path / "a" / "one.xml"]
    assert files_in(tmp_path / "nothing") == []


MARK = Toponym(13, 19, "Bergen", 60.39, 5.32)
TEXT = Text("7", BERGEN, None, (MARK, Toponym(27, 31, "Voss", None, None)))


def test_near_is_within_a_hundred_miles_and_never_unresolved() -> None:
    assert is_near(Answer(13, 19, 61.8, 5.32), MARK)  # 157 km
    assert not is_near(Answer(13, 19, 61.9, 5.32), MARK)  # 168 km
    assert not is_near(Answer(13, 19, None, None), MARK)
    assert not is_near(None, MARK)


def test_of_several_answers_the_one_with_most_of_the_name_counts() -> None:
    wide, exact = Answer(0, 14, 60.39, 5.32), Answer(13, 19, 0.0, 0.0)
    assert best_at([wide, exact], MARK) == exact
    assert best_at([Answer(0, 13, 60.39, 5.32)], MARK) is None


def test_counts_are_of_marks_with_coordinates_and_precision_of_all_marks() -> None:
    score = Score()
    score.add(TEXT, [Answer(13, 19, 60.4, 5.3), Answer(27, 31, 60.6, 6.4), Answer(0, 4, 0.0, 0.0)])
    score.add_record(TEXT, [])
    score.add_given(TEXT, [Answer(13, 19, 0.0, 0.0)])
    assert score.figures() == {
        "found_and_near": 100.0, "found": 100.0, "near_of_found": 100.0, "near_given_span": 0.0,
        "record_found_and_near": 0.0, "precision": 66.7,
    }  # fmt: skip


def test_the_bench_reads_a_file_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Hordaland.xml").write_text(LGL, encoding="utf-8")
    assert main(["--data", str(tmp_path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["bench"], result["n"]) == ("places", 1)
    assert result["scores"]["hordaland_found_and_near"] == result["scores"]["found_and_near"] == 100.0
    assert result["peers"]["hordaland"]["most_peopled"]["scores"]["found"] == 100.0


def test_missing_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "No marked texts" in capsys.readouterr().err


def _tool() -> ModuleType:
    path = TOOLS / "geo_load.py"
    if not path.is_file():
        pytest.skip(f"geo_load.py, which others were measured with, is not in {TOOLS}")
    spec = importlib.util.spec_from_file_location("shared_geo_load", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("folder", "loader"), [(DATA[0], "lgl_like"), (DATA[1], "geovirus")], ids=["lgl", "geovirus"])
def test_marks_are_those_that_others_were_measured_with(folder: Path, loader: str) -> None:
    files = files_in(folder)
    if not files:
        pytest.skip(f"no marked texts in {folder}")
    theirs = [
        (one["text"], [(mark["start"], mark["end"], mark["lat"], mark["lon"]) for mark in one["tops"]])
        for one in getattr(_tool(), loader)(str(files[0]))
    ]
    ours_read = [
        (text.text, [(mark.start, mark.end, mark.lat, mark.lon) for mark in text.toponyms])
        for text in texts_in(files[0])
    ]
    assert ours_read == theirs
