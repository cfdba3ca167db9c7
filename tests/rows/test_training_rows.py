"""The rows that a tagger learns from: all can be read, all are ours, and each class says what it teaches."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.keying import reader_text
from bench.seed import seed_text, seeds_folder
from sayso.models.tagging import Frame
from training.rows import BadRow, Marked, composed, lesson, row, sayings_of

FOLDER = Path(__file__).parents[2] / "training" / "sentences"
FILES = sorted(FOLDER.glob("*.txt"))
ROWS = composed(FOLDER)
STRETCH = 5
"""Words in a row that two people hardly write alike by chance."""
FORMULAS = ("there was no immediate comment from", "reuters could not immediately verify the")
"""What every newsroom writes in these words, and a tagger has to know."""


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = _bare(text)
    return {tuple(words[at : at + STRETCH]) for at in range(len(words) - STRETCH + 1)}


# The rows


def test_there_are_enough_rows_that_say_something_and_some_that_do_not() -> None:
    """At least six hundred with sayings; a near-miss in ten, or a tagger would hear sayings everywhere."""
    saying = [one for one in ROWS if one.sayings]
    assert len(saying) >= 600
    assert 0.05 <= 1 - len(saying) / len(ROWS) <= 0.3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_made_of_classes_with_rows(path: Path) -> None:
    """Each says in a comment what its rows teach, before the first of them, and has at least one."""
    lines = [line for line in _lines(path) if line.strip()]
    assert lines[0].startswith("# class: ")
    assert all(line.startswith("# class: ") for line in lines if line.startswith("#"))
    classes = "\n".join(lines).split("# class: ")[1:]
    for one in classes:
        name, *rows = one.strip().splitlines()
        assert name.strip()
        assert rows, name


def test_no_two_rows_are_equal() -> None:
    """Neither as they stand nor without their marks: what is learnt twice counts twice."""
    texts = Counter(" ".join(_bare(one.text)) for one in ROWS)
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_saying_has_a_cue_and_becomes_a_frame() -> None:
    """One without a cue would be left out of the lessons without a word."""
    for one in ROWS:
        assert all(saying["cue"] for saying in one.sayings), one.text
        found = lesson(one)
        assert len(found.frames) == len(one.sayings), one.text


def test_every_stretch_has_words_of_its_own() -> None:
    """None is empty; a frame's ranges lie in the words, its cue apart from its source."""
    for one in ROWS:
        for saying in one.sayings:
            for spans in saying.values():
                assert all(_bare(one.text[first:last]) or one.text[first:last].strip() for first, last in spans)
        found = lesson(one)
        total = sum(map(len, found.paragraphs))
        for frame in found.frames:
            ranges = [frame.cue, *frame.source, *frame.content]
            assert all(0 <= first < last <= total for first, last in ranges), one.text


def test_no_two_sayings_of_a_row_have_the_same_cue() -> None:
    """A cue is where a frame hangs: two at one place could not both be learnt."""
    for one in ROWS:
        cues = [frame.cue[0] for frame in lesson(one).frames]
        assert len(cues) == len(set(cues)), one.text


def test_no_mark_is_left_in_a_text() -> None:
    """A slip such as "[s1The" would be read as words."""
    for one in ROWS:
        assert not re.search(r"\[[scw]\d|¶|\[[scw] ", one.text), one.text


def test_no_row_holds_words_of_the_seed() -> None:
    """Not five of them in a row, but for the trade's formulas: what the bench measures must not be learnt by heart."""
    seed = seed_text()
    if seed is None:
        pytest.skip(f"the seed 000_4d01f42ac9837d5e.txt is not in {seeds_folder()}: set SAYSO_SEEDS to its folder")
    known = _stretches(reader_text(seed)) - set().union(*map(_stretches, FORMULAS))
    shared = [(number, len(_stretches(one.text) & known)) for number, one in enumerate(ROWS, 1)]
    # Told by number: a failing test must not print the seed's words either.
    assert [number for number, count in shared if count] == []


def test_rows_can_be_read_without_what_trains() -> None:
    """No torch, no onnx: whoever checks the rows needs nothing that Sayso itself does not need."""
    asked = "import sys, training.rows; print(sorted({'torch', 'transformers', 'onnx'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=FOLDER.parents[1], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


# How a row is read


def test_a_row_is_its_words_and_its_sayings() -> None:
    """Pieces share a number, brackets nest, ¶ parts paragraphs; the sayings come by number."""
    found = row("[w1 “Stay,”] [s1 she] [c1 said], [w1 “[s2 he] [c2 thinks] [w2 not].”] ¶ Rain fell.")
    assert found.text == "“Stay,” she said, “he thinks not.” \n Rain fell."
    words = [
        {role: [found.text[first:last] for first, last in spans] for role, spans in saying.items()}
        for saying in found.sayings
    ]
    assert words == [
        {"source": ["she"], "cue": ["said"], "content": ["“Stay,”", "“he thinks not.”"]},
        {"source": ["he"], "cue": ["thinks"], "content": ["not"]},
    ]


def test_sayings_are_in_the_order_of_their_numbers() -> None:
    """The tenth after the ninth."""
    found = row(" ".join(f"[s{number} a{number}] [c{number} said] [w{number} b]" for number in (10, 2, 1)))
    assert [found.text[slice(*saying["source"][0])] for saying in found.sayings] == ["a1", "a2", "a10"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[s1 She] [c1 said [w1 nothing].", "never closed"),  # a bracket forgotten
        ("[s1 She]] [c1 said] [w1 nothing].", "never opened"),  # one too many
        ("She said] nothing.", "at character 8"),  # where it stands
    ],
)
def test_a_row_whose_brackets_do_not_fit_is_told_by_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    """With the beginning of what was met, so that it can be found and mended."""
    (tmp_path / "odd.txt").write_text(f"# class: odd\n[s1 He] [c1 said] [w1 no].\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BadRow, match=rf"^odd\.txt line 4: .*{says}") as met:
        composed(tmp_path)
    assert line in str(met.value)


def test_comments_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    """And files are read in the order of their names."""
    (tmp_path / "b.txt").write_text("# class: two\nRain fell.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("# class: one\n\n  \nSnow fell.\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("No row.\n", encoding="utf-8")
    assert composed(tmp_path) == [Marked("Snow fell."), Marked("Rain fell.")]


# How a lesson is made of it


@pytest.mark.parametrize(
    ("line", "words", "frame"),
    [
        (
            "[s1 The mayor] [c1 said] [w1 nobody left].",
            [["The", "mayor", "said", "nobody", "left", "."]],
            Frame((2, 3), ((0, 2),), ((3, 5),), 1.0),
        ),
        (  # words count on through paragraphs; marks become straight; a side's name is any side's
            "Rain fell. ¶ [w1 “No,”] [c1 said] [s1 a Sudanese nurse].",
            [["Rain", "fell", "."], ['"', "No", ",", '"', "said", "a", "French", "nurse", "."]],
            Frame((7, 8), ((8, 11),), ((3, 7),), 1.0),
        ),
        (  # a stretch becomes the words it touches: half a word is a word
            "[s1 Reva]'s [c1 claim]: [w1 no]nsense.",
            [["Reva", "'s", "claim", ":", "nonsense", "."]],
            Frame((2, 3), ((0, 1),), ((4, 5),), 1.0),
        ),
        (  # pieces side by side are one
            "[w1 He left][w1 , she] [c1 said].",
            [["He", "left", ",", "she", "said", "."]],
            Frame((4, 5), (), ((0, 4),), 1.0),
        ),
    ],
)
def test_a_lesson_has_the_words_a_reading_would_give(line: str, words: list[list[str]], frame: Frame) -> None:
    found = lesson(row(line))
    assert found.paragraphs == words
    assert found.frames == [frame]


def test_a_saying_without_a_cue_teaches_nothing() -> None:
    """PolNeAR has some, where a quotation stands alone."""
    assert lesson(row("[s1 Reva]: [w1 no].")).frames == []


def test_marks_of_others_become_sayings() -> None:
    """An attribution without a source has an empty one."""
    records = [{"cue": [[4, 8]], "content": [[9, 12], [14, 20]], "id": "a1"}, {"source": None, "cue": [[0, 3]]}]
    assert sayings_of(records) == [
        {"source": [], "cue": [(4, 8)], "content": [(9, 12), (14, 20)]},
        {"source": [], "cue": [(0, 3)], "content": []},
    ]
