"""A sentence too long for any later stage is read in parts, and the reading says so once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.reading.long import LONGEST, in_parts
from sayso.record import Given, Page

CLAUSE = "Ana Reva of Dolna walked home along the river, "
LONG = "On Tuesday " + CLAUSE * 80 + "and the mayor saw her."


def read(text: str) -> Page:
    return read_page(sealed(text.encode(), media_type="text/plain"), Given(), ours())


def parts(words: str) -> list[str]:
    return [words[start:end] for start, end in in_parts(words, 0, len(words))]


def test_a_long_sentence_is_broken_at_its_commas_and_told_once() -> None:
    page = read(f"The bridge is gone. {LONG} The road is open. {LONG}")
    pieces = [page.report.text[span.start : span.end] for span in page.sentences]
    assert (pieces[0], max(map(len, pieces)) <= LONGEST) == ("The bridge is gone.", True)
    assert all(piece.endswith((",", ".")) for piece in pieces)
    (problem,) = page.problems
    assert (problem.kind, problem.span) == ("long_sentence", page.sentences[1])
    assert problem.says.startswith("2 sentences are longer than 1,000 characters")


def test_a_sentence_of_a_usual_length_is_whole() -> None:
    assert read(f"The bridge is gone. On Tuesday {CLAUSE * 20}and slept.").problems == ()


BROKEN = [
    # The best place near an equal share: what the part before the break ends with.
    ("a b, c; d " * 200, "; "),  # a semicolon before a comma
    ("a b, c d " * 200, ", "),  # a comma before a blank
    ("a b c d " * 250, " "),
    ("said," * 400, ","),  # nothing but commas with words glued to them
    ("(" * 2000, "("),
    (f"{'a b ' * 150}“{'c, ' * 100}d”{' e f' * 200}", "” "),  # not at a comma inside a quotation
    (f"“{'c, ' * 600}d”", ", "),  # nor is it left whole where all of it is quoted
]


@pytest.mark.parametrize(("words", "ending"), BROKEN)
def test_where_a_long_sentence_is_broken(words: str, ending: str) -> None:
    found = parts(words)
    assert len(found) > 1
    assert all(len(part) <= LONGEST for part in found)
    assert all(part.endswith(ending) for part in found[:-1])


@pytest.mark.parametrize("words", ["a" * 5000, "1,000," * 900, "it's-" * 900])
def test_a_word_is_never_broken(words: str) -> None:
    assert parts(words) == [words]


@given(st.text(alphabet="ab1 ,;.\"“”'’(—\n", min_size=1, max_size=12), st.integers(150, 900))
def test_parts_make_up_the_sentence_and_break_no_word(piece: str, times: int) -> None:
    words = piece * times
    found = parts(words)
    assert "".join(found) == words
    assert all(not (one[-1].isalnum() and two[0].isalnum()) for one, two in pairwise(found))
    if " " in piece:
        assert all(len(part) <= LONGEST for part in found)


def test_a_leftover_in_a_long_sentence_moves_no_break() -> None:
    at = LONG.index("Ana", len(LONG) // 2)
    glued = f"{LONG[:at]}Sign up today for FREE access to Northwire.com {LONG[at:]}"
    clean, dirty = read(LONG), read(glued)
    assert dirty.cuts
    ends = [[page.report.text[span.end - 20 : span.end] for span in page.sentences] for page in (clean, dirty)]
    assert ends[0] == ends[1]
