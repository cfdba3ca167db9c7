"""Checks say what adds up and what does not, and are silent where there is nothing to compare."""

from __future__ import annotations

import pytest

from tests.grounding.grounded import checked

CASES = [
    (
        "The army holds 8,000 square kilometers (3,100 square miles).",
        "conversion",
        True,
        "8,000 km² is 3,089 sq mi, stated 3,100: rounded, holds",
    ),
    (
        "They walked 10 km (9 miles).",
        "conversion",
        False,
        "10 km is 6.214 mi, stated 9: more than 5 % apart, does not hold",
    ),
    (
        "The town fell on Monday, September 15, 2022.",
        "weekday",
        False,
        "2022-09-15 is a Thursday, stated Monday: does not hold",
    ),
    (
        "The town fell on Thursday, September 15, 2022.",
        "weekday",
        True,
        "2022-09-15 is a Thursday, stated Thursday: holds",
    ),
    (
        "Shells killed 3 men and wounded 12, 15 casualties in all.",
        "arithmetic",
        True,
        "3 + 12 is 15, stated 15: holds",
    ),
    (
        "Shells killed 3 men and wounded 12, 16 casualties in all.",
        "arithmetic",
        False,
        "3 + 12 is 15, stated 16: does not hold",
    ),
    (
        "The blast killed 4 people, including 6 children.",
        "arithmetic",
        False,
        "6 cannot be part of 4: does not hold",
    ),
    (
        "Fire burnt 300 square km, about the size of Malta.",
        "size",
        True,
        "Malta has 316 km², compared with 300 km²: holds",
    ),
    (
        "Fire burnt 900 square km, about the size of Malta.",
        "size",
        False,
        "Malta has 316 km², compared with 900 km²: does not hold",
    ),
    ("Ivan Petrenskiy spoke. Petrensky left.", "spelling", False, "One name, 2 spellings: Petrenskiy, Petrensky"),
    ("Rain fell in Kyiv. Snow fell in Kiev.", "spelling", False, "One place, 2 spellings: Kyiv, Kiev"),
]


@pytest.mark.parametrize(("text", "kind", "holds", "says"), CASES, ids=[row[0] for row in CASES])
def test_a_check_says_what_was_compared(text, kind, holds, says):
    assert (kind, holds, says) in [(check.kind, check.holds, check.says) for check in checked(text)]


@pytest.mark.parametrize(
    "text",
    [
        # Three counts without a word for their sum: nobody said that they add up.
        "Shells killed 3 men, wounded 12 and burnt 40 huts.",
        "Fire burnt 900 square km, three times the size of Malta.",
        "Ivan Koval spoke. Koval left.",
    ],
)
def test_nothing_to_compare_gives_no_check(text):
    assert checked(text) == ()
