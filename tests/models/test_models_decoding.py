"""Scores become frames: each cue once, with the words that are its own, whatever the net says of the others."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.models.decoding import CUE_FROM, Scores, frames
from sayso.models.tagging import Frame, Range
from sayso.models.windows import END, PARAGRAPH, START, Pieces

KINDS = ("c", "s", "w")  # in the order in which marks are scored
ROLES = (".", "s", "w")  # in the order in which roles are scored
SURE = 6.0
APART = np.zeros((9, 3))


def _window(first: int, count: int) -> Pieces:
    """A window over `count` words of one piece each, from word `first` on, behind a paragraph's mark."""
    words = [-1, -1, *range(first, first + count), -1]
    return Pieces([START, PARAGRAPH, *([200] * count), END], [0] * len(words), words)


def _scores(*tellings: str, cue: float = 0.98) -> Scores:
    """What a net says that hears these tellings, one letter a word: c its cue, s who says it, w the words.

    A capital begins a stretch. `cue` is how likely each cue is to begin where it does.
    """
    wide = len(tellings[0]) + 3
    marks = np.zeros((wide, 3, 3))
    marks[:, :, 0] = SURE
    as_cue = np.zeros((wide, 3, wide))
    for telling in tellings:
        for at, letter in enumerate(telling, 2):
            if letter.lower() in KINDS:
                kind = KINDS.index(letter.lower())
                marks[at, kind] = [0, SURE, 0] if letter.isupper() else [0, 0, SURE]
            if letter == "C":
                marks[at, 0] = np.log([1 - cue, cue, 1e-9])
                as_cue[at] = _roles(telling, wide)
    return Scores(marks.reshape(wide, 9), as_cue.reshape(wide, -1), np.eye(wide) * np.sqrt(wide), np.zeros((wide, 3)))


def _roles(telling: str, wide: int) -> np.ndarray:
    """For each role how well each piece fits it, seen from one cue."""
    found = np.zeros((3, wide))
    for at, letter in enumerate(telling, 2):
        found[ROLES.index(letter.lower()) if letter.lower() in ROLES else 0, at] = SURE
    return found


def _heard(*tellings: str, cue: float = 0.98) -> list[Frame]:
    return frames([_window(0, len(tellings[0]))], [_scores(*tellings, cue=cue)], APART)


def _plain(found: list[Frame]) -> list[tuple[Range, tuple[Range, ...], tuple[Range, ...]]]:
    return [(frame.cue, frame.source, frame.content) for frame in found]


@pytest.mark.parametrize(
    ("telling", "cue", "source", "content"),
    [
        ("SsCWww", (2, 3), ((0, 2),), ((3, 6),)),  # She said nobody was hurt.
        ("WwwSsCcWw", (5, 7), ((3, 5),), ((0, 3), (7, 9))),  # “Stay,” the nurse called out, “and wait”: two pieces
        ("CSs.Ww", (0, 1), ((1, 3),), ((4, 6),)),  # According to the mayor, ...: the cue opens the sentence
        ("WwwCc", (3, 5), (), ((0, 3),)),  # A bridge was hit, it is said: nobody is named
        ("SCccc", (1, 5), ((0, 1),), ()),  # The army would not comment: nothing is said
        ("SsWwCWw", (4, 5), ((0, 2),), ((2, 4), (5, 7))),  # the words on both sides, the source before them
    ],
)
def test_a_frame_has_its_cue_its_source_and_its_words(
    telling: str, cue: Range, source: tuple[Range, ...], content: tuple[Range, ...]
) -> None:
    """In word ranges of the text, the pieces of what is said in their order."""
    assert _plain(_heard(telling)) == [(cue, source, content)]


@pytest.mark.parametrize(("doubtful", "told"), [(2, (3, 4)), (5, (0, 1))])
def test_of_two_stretches_that_could_be_the_source_the_likelier_is_told(doubtful: int, told: Range) -> None:
    """A frame has one source; the pieces 2 and 5 are the words 0 and 3, either of them a little less likely."""
    scores = _scores("S..SCWw")
    as_cue = scores.as_cue.copy().reshape(10, 3, 10)
    as_cue[6, 1, doubtful] = SURE - 2
    less = Scores(scores.marks, as_cue.reshape(10, -1), scores.as_word, scores.alone)
    (frame,) = frames([_window(0, 7)], [less], APART)
    assert frame.source == (told,)


def test_each_of_two_cues_has_its_own_words() -> None:
    """“The mayor said the army denied firing”: what is said by one is told by the other."""
    found = _heard("SsCWwwww", "...SsCWw")
    assert _plain(found) == [
        ((2, 3), ((0, 2),), ((3, 8),)),
        ((5, 6), ((3, 5),), ((6, 8),)),
    ]


def test_the_score_is_how_likely_the_cue_is() -> None:
    (frame,) = _heard("SsCWww", cue=0.75)
    assert frame.score == pytest.approx(0.75)


@pytest.mark.parametrize(("likely", "told"), [(CUE_FROM - 0.05, 0), (CUE_FROM + 0.05, 1), (0.5, 1)])
def test_a_cue_below_the_bar_gives_no_frame(likely: float, told: int) -> None:
    """The bar is lower than even chances: a rule may hear the same, and two that doubt agree."""
    assert len(_heard("SsCWww", cue=likely)) == told


def test_the_bar_can_be_set() -> None:
    window, scores = _window(0, 6), _scores("SsCWww", cue=0.6)
    assert frames([window], [scores], APART, cue_from=0.7) == []
    assert len(frames([window], [scores], APART, cue_from=0.5)) == 1


def test_words_that_run_over_the_cue_are_parted_by_it() -> None:
    """A net that takes the cue for words as well is not followed: what tells is not told."""
    over = _roles("WwwwwwWw", 11)
    scores = _scores("WwwSCcWw")
    as_cue = scores.as_cue.copy().reshape(11, 3, 11)
    as_cue[6] = over
    (frame,) = frames(
        [_window(0, 8)], [Scores(scores.marks, as_cue.reshape(11, -1), scores.as_word, scores.alone)], APART
    )
    assert frame.cue == (4, 6)
    assert all(last <= 4 or first >= 6 for first, last in frame.content)
    assert frame.content


def test_what_stands_far_apart_can_count_for_less() -> None:
    """`apart` is added by distance in pieces, the same for all that stands farther than it reaches."""
    near_only = np.zeros((5, 3))
    near_only[[0, 4], 0] = 10 * SURE  # two pieces apart or more: nothing to this cue
    window, scores = _window(0, 8), _scores("SSCWWwww")
    assert _plain(frames([window], [scores], near_only)) == [((2, 3), ((1, 2),), ((3, 4),))]


# Windows


def test_a_cue_in_two_windows_is_told_once_from_where_most_stands_around_it() -> None:
    """Word 7 is near the second window's beginning, where its source is cut off; word 9 near the first one's end."""
    first = _scores("...WwwSC.C")  # words 0 to 9
    second = _scores("SCWC.....WwSs")  # words 6 to 18
    both = [_window(0, 10), _window(6, 13)]
    found = frames(both, [first, second], APART)
    assert [frame.cue for frame in found] == [(7, 8), (9, 10)]
    assert found[0].content == ((3, 6),)  # as the first window has it
    assert found[1].content == ((8, 9), (15, 17))  # as the second has it


def test_the_ends_of_a_text_are_no_ends_of_a_window() -> None:
    """A cue that opens a text is read where it opens it, not in the next window, which has less of what follows."""
    first, second = _scores("CWwww"), _scores("....C....")
    found = frames([_window(0, 5), _window(1, 9)], [first, second], APART)
    assert [frame.cue for frame in found] == [(0, 1), (5, 6)]


def test_a_word_without_a_piece_parts_nothing_it_does_not_part() -> None:
    """What the tokenizer drops (word 3 here) lies within the words around it, and a cue does not reach over it."""
    window = Pieces([START, PARAGRAPH, *[200] * 5, END], [0] * 8, [-1, -1, 0, 1, 2, 4, 5, -1])
    (frame,) = frames([window], [_scores("CcWww")], APART)
    assert (frame.cue, frame.content) == ((0, 2), ((2, 6),))
    (frame,) = frames([window], [_scores("WwCcc")], APART)
    assert frame.cue == (2, 3)


def test_nothing_gives_nothing() -> None:
    """No window, and a window without a word."""
    assert frames([], [], APART) == []
    assert frames([_window(0, 0)], [_scores("")], APART) == []


@given(st.integers(0, 2**32 - 1), st.integers(1, 14), st.integers(1, 3))
def test_whatever_a_net_says_frames_are_well_made(seed: int, count: int, parts: int) -> None:
    """Of any scores: cues in order, each once and in the text; a source and words that overlap nothing of their own."""
    chance = np.random.default_rng(seed)
    cut = [_window(part * (count - count // 3), count) for part in range(parts)]
    said = [
        Scores(*(chance.normal(0, 3, (count + 3, wide)) for wide in (9, 6, 2, 3)))  # two wide
        for _ in cut
    ]
    total = cut[-1].words[-2] + 1
    found = frames(cut, said, chance.normal(0, 1, (7, 3)))
    assert all(one.cue[0] < other.cue[0] for one, other in pairwise(found))
    for frame in found:
        assert CUE_FROM <= frame.score <= 1
        assert len(frame.source) <= 1
        ranges = sorted([frame.cue, *frame.source, *frame.content])
        assert all(0 <= first < last <= total for first, last in ranges)
        assert all(one[1] <= other[0] for one, other in pairwise(ranges))
