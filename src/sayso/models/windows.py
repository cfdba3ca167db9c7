"""Texts as an encoder reads them: word pieces in windows that overlap, each word with what it stands in.

A mark opens every paragraph, and a word between quotation marks says so in its type: the encoder has not to count
marks. Training and reading share this file, so that a text is cut the same way in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PAD, PARAGRAPH, START, END = 0, 2, 101, 102
"""Rows of the vocabulary: padding, the paragraph mark (its first unused row), and the two ends of a window."""
PLAIN, QUOTED = 0, 1
SIZE, OVERLAP = 256, 64
"""Word pieces in a window, and how many of them at most are shared with the window before."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces in a row. `words[i]` is the word that begins at piece i, -1 where none does."""

    ids: list[int]
    types: list[int]
    words: list[int]


def vocabulary_tokenizer(vocabulary: Sequence[str]) -> Tokenizer:
    """The word-piece tokenizer of an uncased BERT over these pieces, in the order of their rows."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    pieces = {piece: row for row, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def paragraphs_as_pieces(tokenizer: Tokenizer, paragraphs: Sequence[Sequence[str]]) -> list[Pieces]:
    """Each paragraph as pieces, its mark first. Words count on through the paragraphs."""
    found = []
    first = 0
    encodings = tokenizer.encode_batch(
        [list(words) for words in paragraphs], is_pretokenized=True, add_special_tokens=False
    )
    for words, encoding in zip(paragraphs, encodings, strict=True):
        within = in_quotes(words)
        types, begins, last = [PLAIN], [-1], -1
        for word in (word for word in encoding.word_ids if word is not None):
            types.append(QUOTED if within[word] else PLAIN)
            begins.append(first + word if word != last else -1)
            last = word
        found.append(Pieces([PARAGRAPH, *encoding.ids], types, begins))
        first += len(words)
    return found


def in_quotes(words: Sequence[str]) -> list[bool]:
    """For each word of a paragraph whether it stands between straight double marks, the marks themselves included."""
    found, is_open = [], False
    for word in words:
        is_mark = word in ('"', "''", "``")
        found.append(is_open or is_mark)
        is_open ^= is_mark
    return found


def windows(paragraphs: Sequence[Pieces], size: int = SIZE, overlap: int = OVERLAP) -> list[Pieces]:
    """All pieces cut into windows of at most `size`, ends included; a cut falls between paragraphs or words."""
    ids = [row for paragraph in paragraphs for row in paragraph.ids]
    types = [kind for paragraph in paragraphs for kind in paragraph.types]
    words = [word for paragraph in paragraphs for word in paragraph.words]
    found: list[Pieces] = []
    first, room = 0, size - 2
    while first < len(ids):
        last = _end(ids, words, first, room)
        found.append(
            Pieces(
                [START, *ids[first:last], END],
                [PLAIN, *types[first:last], PLAIN],
                [-1, *words[first:last], -1],
            )
        )
        if last >= len(ids):
            break
        first = _start(ids, words, last, overlap, first)
    return found


def _end(ids: list[int], words: list[int], first: int, room: int) -> int:
    """Where a window ends: before a paragraph in its last quarter, else before a word."""
    if len(ids) - first <= room:
        return len(ids)
    most = first + room
    at_paragraph = next((i for i in range(most, first + 3 * room // 4, -1) if ids[i] == PARAGRAPH), None)
    return at_paragraph or next((i for i in range(most, first + room // 2, -1) if words[i] >= 0), most)


def _start(ids: list[int], words: list[int], last: int, overlap: int, before: int) -> int:
    """Where the next window starts: at a paragraph within the overlap, else at a word."""
    least = max(last - overlap, before + 1)
    at_paragraph = next((i for i in range(least, last) if ids[i] == PARAGRAPH), None)
    return at_paragraph or next((i for i in range(least, last) if words[i] >= 0), last)
