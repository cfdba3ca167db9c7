"""The tagger with its packaged weights: what it hears in plain sentences, and the laws that hold for any weights."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from sayso.models import tagger as tagger_module
from sayso.models.tagger import FOLDER, WEIGHTS, tagger_with
from sayso.models.tagging import Frame, Range
from sayso.problems import WrongModel
from sayso.statements.meeting import SURE
from sayso.work.here import TAGGERS
from training.rows import Lesson, Marked, composed, lesson, row

NAMES = sorted(path.stem for path in FOLDER.glob("*.onnx"))
ROWS = Path(__file__).parents[2] / "training" / "sentences"

# Marked as the rows of training are: s who says it, c the cue, w the words.
SAYINGS = {
    "denial": "[s1 The Upland army] [c1 denied] [w1 that its guns had fired on the mill in Dolna].",
    "denial of a deed": "[s1 The junta in Salto] [c1 has denied] [w1 shelling the orphanage].",
    "silence": "[s1 The governor of Minas] [c1 declined to comment on] [w1 the raid].",
    "caveat": "[s1 Northwire] [c1 could not independently verify] [w1 the toll].",
    "direct quotation": "[w1 “We have no water left,”] [c1 said] [s1 Ana Reva, a nurse in Dolna].",
    "quotation in two pieces": "[w1 “The cellar held,”] [s1 the baker] [c1 said], [w1 “but the oven did not.”]",
    "according to": "[c1 According to] [s1 the harbour master], [w1 two barges sank at dawn].",
    "according to, at the end": "[w1 Two barges sank at dawn], [c1 according to] [s1 the harbour master].",
    "label": "The minister said nothing new; [s1 he] [c1 called] the council [w1 “a gang of thieves”].",
    "relay": "[s1 The mayor], citing the fire brigade, [c1 said] [w1 four people were missing].",
    "told to somebody": "[s1 Colonel Ito] [c1 told] reporters [w1 that the bridge at Marn had been mined].",
    "warning": "[s1 The council] [c1 warned] [w1 that the dam could burst].",
    "without that": "[s1 Mr Salto] [c1 insisted] [w1 the convoy carried only flour].",
    "noun": "[s1 Ostrava Bay’s] [c1 claim] [w1 that it had lost no ships] was met with silence.",
    "promise": "[s1 The envoy] [c1 promised] [w1 to return the prisoners].",
    "accusation": "[s1 The rebels] [c1 accused] the army [w1 of burning the granary].",
}
SAYINGS_SHARE = 13 / 16
"""How many of the sentences above must give their frame, word by word."""

NEAR_MISSES = {
    "plain narration": "Nine villagers were killed when a shell hit the market in Salto.",
    "weather": "The river froze early this year, and the ferry stopped.",
    "a denial of entry": "Two drivers were denied entry at the border post.",
    "an age and a trade": "Ana Reva, 43, has taught at the school in Dolna since 2009.",
    "a claim of lives": "The second blast claimed eleven lives.",
    "a call by telephone": "The nurse called an ambulance from the mill.",
    "orders of bread": "The kitchen ordered forty loaves from the bakery in Minas.",
    "a charge with bayonets": "The infantry charged across the orchard at dawn.",
    "a treaty's name": "The Salto Declaration turned thirty in May.",
    "marks round a name": "The trawler “Morning Star” was towed to Marn.",
    "a report on foot": "Forty recruits reported for duty on Monday.",
    "seats": "The commission has seven members and two deputies.",
    "works": "Police closed three roads while the bridge was mended.",
    "losses": "The brigade lost two trucks and a radio in the marsh.",
    "a statement of accounts": "The bank’s statements lay in a drawer under the till.",
    "an answer of guns": "The batteries on the hill answered with a dozen rounds.",
}
NEAR_MISSES_SHARE = 13 / 16
"""How many of the sentences above must give no frame that a reading would take alone."""

PEOPLES = [
    "{a} officials said {b} forces had shelled the town.",
    "“We did not shoot first,” a {a} officer said of the {b} patrol.",
    "The {a} army denied burning {b} villages.",
    "The {b} envoy called the {a} raid “an act of piracy”, and a {a} spokesman declined to comment.",
]
COUNTRIES = [
    "{A} accused {B} of shelling a hospital.",
    "{A} denied that {b} villages had been burned.",
    "{A} called the {b} raid “an act of piracy”.",
    "{A} said {B} had broken the truce, and {B} declined to comment.",
]
PAIRS = [
    ("Russian", "Ukrainian", "Russia", "Ukraine"),
    ("Sudanese", "Lebanese", "Sudan", "Lebanon"),
    ("Israeli", "Iranian", "Israel", "Iran"),
    ("Chadian", "Kenyan", "Chad", "Kenya"),
]


@cache
def _lesson(line: str) -> Lesson:
    """A sentence in the words a reading would give a tagger, with the frames its marks promise."""
    return lesson(row(line))


def _plain(line: str) -> str:
    return row(line).text


@cache
def _heard(name: str, line: str) -> tuple[Frame, ...]:
    return tagger_with(name).tag(_lesson(line).paragraphs)


def _words(line: str, ranges: tuple[Range, ...]) -> list[str]:
    """Words without marks, and without "that" and "'s", of which keepers of marks think differently."""
    flat = [word for paragraph in _lesson(line).paragraphs for word in paragraph]
    return [word for first, last in ranges for word in flat[first:last] if word[0].isalnum() and word != "that"]


def _is_promised(line: str, frame: Frame) -> bool:
    """Whether a frame has the words that the marks of its sentence name."""
    (wanted,) = _lesson(line).frames
    return (
        frame.cue[0] < wanted.cue[1]
        and wanted.cue[0] < frame.cue[1]
        and _words(line, frame.source) == _words(line, wanted.source)
        and _words(line, frame.content) == _words(line, wanted.content)
    )


def _told(name: str, line: str) -> list[str]:
    """The frames of a sentence in one line each, for a failing test to show."""
    return [
        f"{frame.score:.2f} {_words(line, frame.source)} <{_words(line, (frame.cue,))}> {_words(line, frame.content)}"
        for frame in _heard(name, line)
    ]


# Which weights


def test_there_are_weights_of_every_name_and_no_others() -> None:
    """A file nobody named would be loaded by nobody; a name without a file reads nothing."""
    assert sorted(WEIGHTS) == NAMES
    assert set(WEIGHTS) <= set(TAGGERS) - {"none"}


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_are_those_that_were_measured(name: str) -> None:
    """And say who they are: their name begins with the file's."""
    assert sha256((FOLDER / f"{name}.onnx").read_bytes()).hexdigest() == WEIGHTS[name]
    assert tagger_with(name).name.startswith(name)


@pytest.mark.parametrize("name", NAMES)
def test_weights_that_are_missing_are_told_by_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger_module, "FOLDER", tmp_path)
    with pytest.raises(WrongModel, match=rf"{name}\.onnx are missing.*Install Sayso anew"):
        tagger_with.__wrapped__(name)  # what was loaded before is not asked


@pytest.mark.parametrize("name", NAMES)
def test_weights_that_differ_are_not_read_with(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more, and no figure of ours is true of them."""
    (tmp_path / f"{name}.onnx").write_bytes((FOLDER / f"{name}.onnx").read_bytes() + b"\0")
    monkeypatch.setattr(tagger_module, "FOLDER", tmp_path)
    with pytest.raises(WrongModel, match=rf"{name}\.onnx are different.*docs/tagger\.md"):
        tagger_with.__wrapped__(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_sum_is_held_against_the_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other weights under this name would have another sum."""
    monkeypatch.setattr(tagger_module, "WEIGHTS", {name: "0" * 64})
    with pytest.raises(WrongModel, match="different"):
        tagger_with.__wrapped__(name)


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_loaded_once_a_process(name: str) -> None:
    assert tagger_with(name) is tagger_with(name)


# What is heard


@pytest.mark.parametrize("name", NAMES)
def test_plain_sentences_give_the_frames_they_hold(name: str) -> None:
    """Of so many the cue is found and source and words are the very ones, by whatever weights are packaged."""
    missed = [kind for kind, line in SAYINGS.items() if not any(_is_promised(line, one) for one in _heard(name, line))]
    assert 1 - len(missed) / len(SAYINGS) >= SAYINGS_SHARE, {kind: _told(name, SAYINGS[kind]) for kind in missed}


@pytest.mark.parametrize("name", NAMES)
def test_near_misses_give_none(name: str) -> None:
    """Of so many no frame is as sure as one that stands alone has to be."""
    found = {
        kind: _told(name, line)
        for kind, line in NEAR_MISSES.items()
        if any(frame.score >= SURE for frame in _heard(name, line))
    }
    assert 1 - len(found) / len(NEAR_MISSES) >= NEAR_MISSES_SHARE, found


def test_none_of_these_sentences_was_learnt() -> None:
    """What stands in the rows of training says nothing about what was not."""
    learnt = re.sub(r"\W+", " ", "\n".join(one.text for one in composed(ROWS))).casefold()
    for line in (*SAYINGS.values(), *NEAR_MISSES.values()):
        assert re.sub(r"\W+", " ", _plain(line)).casefold().strip() not in learnt


def test_the_tables_are_sentences_of_their_own() -> None:
    """Each promises one frame, or none."""
    assert [len(_lesson(line).frames) for line in SAYINGS.values()] == [1] * len(SAYINGS)
    assert [len(_lesson(line).frames) for line in NEAR_MISSES.values()] == [0] * len(NEAR_MISSES)


# Laws


@pytest.mark.parametrize("name", NAMES)
def test_a_text_reads_the_same_alone_and_after_others(name: str) -> None:
    """To the last digit of its scores: nothing is kept from one text to the next, and no batch shares its scales."""
    lines = list(SAYINGS.values())
    alone = tagger_with.__wrapped__(name)
    for line in lines[:4]:
        first = alone.tag(_lesson(line).paragraphs)
        for other in lines[4:8]:
            alone.tag(_lesson(other).paragraphs)
        assert alone.tag(_lesson(line).paragraphs) == first == _heard(name, line)


@pytest.mark.parametrize("name", NAMES)
def test_a_mark_s_kind_makes_no_difference(name: str) -> None:
    """The tagger sees the words as the parser does, all marks straight."""
    for line in SAYINGS.values():
        other = line.translate(str.maketrans("“”’", "„‟'"))
        assert _heard(name, other) == _heard(name, line)


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: names[0])
@pytest.mark.parametrize("name", NAMES)
def test_a_mirrored_sentence_has_mirrored_frames(name: str, names: tuple[str, str, str, str]) -> None:
    """Range for range and score for score; and it has some, or nothing would be held."""
    for sentence in PEOPLES:
        one, other = (_tagged(name, text) for text in _both_ways(sentence, names))
        assert one == other != ()


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: names[0])
def test_of_two_peoples_names_a_tagger_sees_neither(names: tuple[str, str, str, str]) -> None:
    """Both are given to it as one, so that no weights can tell them apart."""
    for sentence in PEOPLES:
        one, other = (lesson(Marked(text)).paragraphs for text in _both_ways(sentence, names))
        assert one == other


def test_of_two_countries_names_a_tagger_sees_neither() -> None:
    """As of their peoples'."""
    for names in PAIRS:
        for sentence in COUNTRIES:
            one, other = (lesson(Marked(text)).paragraphs for text in _both_ways(sentence, names))
            assert one == other


def _both_ways(sentence: str, names: tuple[str, str, str, str]) -> tuple[str, str]:
    a, b, big_a, big_b = names
    return sentence.format(a=a, b=b, A=big_a, B=big_b), sentence.format(a=b, b=a, A=big_b, B=big_a)


def _tagged(name: str, text: str) -> tuple[Frame, ...]:
    return tagger_with(name).tag(lesson(Marked(text)).paragraphs)


@pytest.mark.parametrize("name", NAMES)
def test_a_long_report_has_each_saying_once(name: str) -> None:
    """Longer than several windows: cues in order, none twice, every range within the words."""
    paragraphs = [words for _ in range(12) for line in SAYINGS.values() for words in _lesson(line).paragraphs]
    found = tagger_with(name).tag(paragraphs)
    total = sum(map(len, paragraphs))
    assert len(found) >= 12 * len(SAYINGS) * SAYINGS_SHARE
    assert all(one.cue[0] < other.cue[0] for one, other in pairwise(found))
    for frame in found:
        assert all(0 <= first < last <= total for first, last in (frame.cue, *frame.source, *frame.content))
        assert 0 <= frame.score <= 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paragraphs", [[], [[]], [["\u200b"]], [["said"]], [['"'] * 600]])
def test_what_holds_no_sentence_is_tagged_all_the_same(name: str, paragraphs: list[list[str]]) -> None:
    """A page without words, a word without a piece, one word, and marks without end."""
    found = tagger_with(name).tag(paragraphs)
    assert all(frame.cue[1] <= sum(map(len, paragraphs)) for frame in found)
