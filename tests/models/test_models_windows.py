"""A text is cut into windows that lose no word, hold no more than an encoder takes, and begin with a word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sayso.models.windows import (
    END,
    OVERLAP,
    PARAGRAPH,
    PLAIN,
    QUOTED,
    SIZE,
    START,
    Pieces,
    in_quotes,
    paragraphs_as_pieces,
    vocabulary_tokenizer,
    windows,
)

Words = list[str]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-'\".,%"
VOCABULARY = [
    "[PAD]",
    *(f"[unused{row}]" for row in range(1, 100)),
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "mayor",
    "said",
    *LETTERS,
    *(f"##{letter}" for letter in LETTERS),
]
"""A vocabulary with its rows where BERT has them; a word that is not in it is read letter by letter."""
TOKENIZER: Tokenizer = vocabulary_tokenizer(VOCABULARY)

# From one piece to as many as no window holds, marks that open and close, and what no vocabulary has.
WORD = st.one_of(
    st.sampled_from(["the", "mayor", "said", '"', ",", ".", "bridge", "Zürich", "Діброва", "forty-one", "-" * 40]),
    st.text(LETTERS, min_size=1, max_size=12),
)
PARAGRAPHS = st.lists(st.lists(WORD, max_size=30), max_size=12)


def _cut(paragraphs: list[Words], size: int = SIZE, overlap: int = OVERLAP) -> list[Pieces]:
    return windows(paragraphs_as_pieces(TOKENIZER, paragraphs), size, overlap)


def _numbered(paragraphs: list[Words]) -> list[Pieces]:
    """The paragraphs as pieces, each piece with its place in the text where its type would stand."""
    found, at = [], 0
    for one in paragraphs_as_pieces(TOKENIZER, paragraphs):
        found.append(Pieces(one.ids, list(range(at, at + len(one.ids))), one.words))
        at += len(one.ids)
    return found


def _places(window: Pieces) -> list[int]:
    """Which pieces of a numbered text stand in a window."""
    return window.types[1:-1]


# Pieces


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (["The", "mayor", "said"], []),  # no marks at all
        (["He", "said", '"', "no", '"', "twice"], ['"', "no", '"']),  # the marks belong to what they hold
        (['"', "No", '"', "and", '"', "never", '"'], ['"', "No", '"', '"', "never", '"']),  # two, and a word between
        (["``", "No", "''", "he", "said"], ["``", "No", "''"]),  # marks of two characters, as a wire writes them
        (['"', "No", ",", "she", "said"], ['"', "No", ",", "she", "said"]),  # never closed: open to the paragraph's end
        (["the", "guard", "'s", "rifle"], []),  # a genitive is no mark
    ],
)
def test_a_word_between_marks_stands_in_quotes(words: Words, quoted: Words) -> None:
    assert [word for word, within in zip(words, in_quotes(words), strict=True) if within] == quoted


def test_each_piece_of_a_quoted_word_has_the_type_quoted() -> None:
    """And neither the paragraph's mark nor a word outside has it."""
    (found,) = paragraphs_as_pieces(TOKENIZER, [["said", '"', "bridge", '"', "the"]])
    assert found.types == [PLAIN, PLAIN, QUOTED, *[QUOTED] * len("bridge"), QUOTED, PLAIN]


def test_marks_left_open_end_with_their_paragraph() -> None:
    """A quotation that runs on opens anew in each paragraph; one missing mark must not turn a whole report round."""
    _, second = paragraphs_as_pieces(TOKENIZER, [['"', "the", "mayor"], ["the", "mayor", "said"]])
    assert set(second.types) == {PLAIN}


def test_a_mark_opens_each_paragraph_and_words_count_on() -> None:
    """The mark is no word, and a word of many pieces begins at its first."""
    first, second = paragraphs_as_pieces(TOKENIZER, [["the", "dam"], ["said"]])
    assert [piece == PARAGRAPH for piece in first.ids] == [True, False, False, False, False]
    assert first.words == [-1, 0, 1, -1, -1]
    assert (second.ids[0], second.words) == (PARAGRAPH, [-1, 2])


@given(PARAGRAPHS)
def test_no_word_is_taken_for_a_paragraph_s_mark(paragraphs: list[Words]) -> None:
    """As many marks as paragraphs, each at the head of its own, whatever is written in them."""
    for found in paragraphs_as_pieces(TOKENIZER, [*paragraphs, ["[unused1]", "[unused2]"]]):
        assert [at for at, piece in enumerate(found.ids) if piece == PARAGRAPH] == [0]


def test_case_and_accents_make_no_difference() -> None:
    """An uncased encoder reads a report in capitals as any other."""
    plain, shouted = paragraphs_as_pieces(TOKENIZER, [["the", "mayor", "zurich"], ["THE", "Mayor", "ZÜRICH"]])
    assert plain.ids == shouted.ids


@given(PARAGRAPHS, st.lists(WORD, max_size=30), PARAGRAPHS)
def test_a_paragraph_has_the_same_pieces_alone_and_in_company(
    before: list[Words], words: Words, after: list[Words]
) -> None:
    """No padding, no batch: only the numbers of its words move, by as many as stand before it."""
    (alone,) = paragraphs_as_pieces(TOKENIZER, [words])
    among = paragraphs_as_pieces(TOKENIZER, [*before, words, *after])[len(before)]
    moved = sum(map(len, before))
    assert (among.ids, among.types) == (alone.ids, alone.types)
    assert among.words == [word if word < 0 else word + moved for word in alone.words]


# Windows


@given(PARAGRAPHS)
def test_a_window_is_between_its_two_ends_and_no_longer_than_an_encoder_takes(paragraphs: list[Words]) -> None:
    for window in _cut(paragraphs):
        assert len(window.ids) == len(window.types) == len(window.words) <= SIZE
        assert (window.ids[0], window.ids[-1]) == (START, END)
        assert (window.types[0], window.types[-1]) == (PLAIN, PLAIN)
        assert (window.words[0], window.words[-1]) == (-1, -1)


@given(PARAGRAPHS, st.sampled_from([(SIZE, OVERLAP), (64, 16), (32, 8)]))
def test_no_piece_is_lost_and_few_are_read_twice(paragraphs: list[Words], sizes: tuple[int, int]) -> None:
    """Every piece stands in a window, windows move on, and share no more than the overlap with the one before."""
    numbered = _numbered(paragraphs)
    found = [_places(window) for window in windows(numbered, *sizes)]
    total = sum(len(paragraph.ids) for paragraph in numbered)
    assert sorted({place for places in found for place in places}) == list(range(total))
    for one, other in pairwise(found):
        assert one[0] < other[0] <= one[-1] + 1
        assert one[-1] < other[-1]
        assert len(set(one) & set(other)) <= sizes[1]
        assert len(one) <= sizes[0] - 2


@given(PARAGRAPHS, st.sampled_from([(SIZE, OVERLAP), (64, 16), (32, 8)]))
def test_every_word_begins_in_a_window(paragraphs: list[Words], sizes: tuple[int, int]) -> None:
    """Even a word of more pieces than a window holds: where it begins is where a cue could begin."""
    begun = {word for window in _cut(paragraphs, *sizes) for word in window.words if word >= 0}
    assert begun == set(range(sum(map(len, paragraphs))))


@given(st.lists(st.lists(st.sampled_from(["the", "mayor", "said", '"', "dam"]), max_size=40), max_size=8))
def test_a_window_begins_and_ends_between_words(paragraphs: list[Words]) -> None:
    """Where words are shorter than the overlap, none is cut in two by a window's ends."""
    numbered = _numbered(paragraphs)
    ids = [piece for paragraph in numbered for piece in paragraph.ids]
    words = [word for paragraph in numbered for word in paragraph.words]
    for window in windows(numbered, 32, 8):
        first, after = _places(window)[0], _places(window)[-1] + 1
        assert all(ids[at] == PARAGRAPH or words[at] >= 0 for at in (first, after) if at < len(ids))


def test_windows_end_and_begin_at_paragraphs_where_they_can() -> None:
    """The third paragraph does not fit and is left to the next window, which begins with the second, short enough."""
    first, second = _cut([["the"] * 16, ["mayor"] * 6, ["said"] * 15], 28, 8)
    assert first.words == [-1, -1, *range(16), -1, *range(16, 22), -1]
    assert second.words == [-1, -1, *range(16, 22), -1, *range(22, 37), -1]


def test_a_short_text_is_one_window_and_nothing_is_none() -> None:
    """The report of one sentence is the commonest in a test, and the empty page must not stop a reading."""
    assert len(_cut([["the", "mayor", "said"]])) == 1
    assert _cut([]) == []
