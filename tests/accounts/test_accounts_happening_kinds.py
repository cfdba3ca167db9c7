"""Rows of knowledge/happening_kinds.toml, run."""

from __future__ import annotations

import pytest

import sayso
from sayso.accounts.same_kinds import fit
from sayso.knowledge import ours

SUBJECT = "happening_kinds"
ROWS = ours().rows(SUBJECT)


def _kinds(words: str) -> list[list[str]]:
    return [[event.kind for event in sayso.read_text(part.strip()).events] for part in words.split("|")]


@pytest.mark.parametrize("words", [words for row in ROWS for words in row["example"]])
def test_two_tellings_of_one_happening_fit(words: str) -> None:
    """Some kind of the one telling fits some kind of the other."""
    one, two = _kinds(words)
    assert one and two, (one, two)
    assert any(fit(a, b) for a in one for b in two), (one, two)


@pytest.mark.parametrize("words", [words for row in ROWS for words in row["not"]])
def test_two_tellings_of_two_happenings_do_not(words: str) -> None:
    """No kind of the one fits any of the other."""
    one, two = _kinds(words)
    assert one and two, (one, two)
    assert not any(fit(a, b) for a in one for b in two), (one, two)


def test_a_kind_is_of_one_family_and_fits_go_both_ways() -> None:
    """No kind stands in two rows, and what fits is fitted by."""
    kinds = [kind for row in ROWS for kind in row["kinds"]]
    assert len(kinds) == len(set(kinds))
    fits = {row["name"]: set(row["fits"]) for row in ROWS}
    assert all(name in fits[other] for name, others in fits.items() for other in others)
