"""Words are searched under their stems, which are Porter's, as SQLite cuts them too."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.terms import LONGEST, folded, name_words, placed_terms, stem, term_of, terms

FAMILIES = [
    ("shell shells shelled shelling", "one verb"),
    ("deny denies denied denying", "y becomes i"),
    ("Colón COLON colon Colon's colon’s", "marks, case and possessives do not matter"),
    ("Sana'a Sana’a Sanaa", "an apostrophe inside a name neither"),
    ("9,000 9000", "nor how a figure is grouped"),
    ("Łódź lodz", "letters that are no letter with a mark"),
]


@pytest.mark.parametrize(("words", "why"), FAMILIES, ids=[row[1] for row in FAMILIES])
def test_forms_of_a_word_are_one_term(words: str, why: str) -> None:
    assert len({term_of(word) for word in words.split()}) == 1, why


APART = [("general", "gender"), ("port", "sport"), ("2031", "203"), ("mine", "minister"), ("9,00", "900")]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_are_other_terms(one: str, other: str) -> None:
    assert terms(one) != terms(other)


NAMES = [
    ("Halvane’s state agency, HALVAPRESS", "halvane state agency halvapress", "no sign sticks to a word"),
    ("M. Lind-Östberg", "m lind ostberg", "a name of two is two words"),
    ("Sana'a police", "sanaa police", "an apostrophe inside a name is nothing"),
    ("The Rangers", "the rangers", "no ending is cut: a name is not its singular"),
]


@pytest.mark.parametrize(("name", "words", "why"), NAMES, ids=[row[2] for row in NAMES])
def test_a_name_is_looked_for_by_its_words(name: str, words: str, why: str) -> None:
    assert name_words(name) == words, why


GRAMMAR = (
    "aeri agreed bled motoring sing hopping tanned falling hissing fizzed failing filing happy sky relational "
    "conditional rational valenci hesitanci digitizer conformabli radicalli differentli vileli analogousli "
    "vietnamization predication operator feudalism decisiveness hopefulness callousness formaliti sensitiviti "
    "sensibiliti triplicate formative formalize electriciti electrical hopeful goodness revival allowance inference "
    "airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologou communism "
    "activate angulariti homologous effective bowdlerize probate rate cease controll roll geology apologies skies "
    "being yes toys buzzing bizarre skiing seeing freed feed"
)


def _of_sqlite(words: list[str]) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.execute("CREATE VIRTUAL TABLE held USING fts5(word, tokenize='porter ascii')")
        plain.execute("CREATE VIRTUAL TABLE met USING fts5vocab(held, 'instance')")
        plain.executemany("INSERT INTO held(rowid, word) VALUES (?, ?)", enumerate(words))
        return [term for (term,) in plain.execute("SELECT term FROM met ORDER BY doc")]


def test_stems_are_those_of_sqlite() -> None:
    """On words that go through every step."""
    assert [stem(word) for word in GRAMMAR.split()] == _of_sqlite(GRAMMAR.split())


@given(st.lists(st.text(alphabet="abcdeghilmnostuvyz", min_size=6, max_size=14), min_size=1, max_size=30))
def test_stems_are_those_of_sqlite_for_any_letters(words: list[str]) -> None:
    """From six letters on: SQLite leaves some endings on words that have hardly anything else."""
    assert [stem(word) for word in words] == _of_sqlite(words)


@given(st.text())
def test_any_text_has_terms(words: str) -> None:
    """Of letters and digits alone, so that no term is a command to a database, and none too long for an index."""
    for start, end, term in placed_terms(words):
        assert 0 <= start < end <= len(words)
        assert term.isalnum()
        assert len(term) <= LONGEST
    assert set(terms(words).split(" ")) - {""} == {term for _, _, term in placed_terms(words)}


@given(st.text())
def test_folding_twice_changes_nothing(words: str) -> None:
    assert folded(folded(words)) == folded(words)
