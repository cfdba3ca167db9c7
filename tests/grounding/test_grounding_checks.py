"""Checks say what adds up and what does not, and are silent where there is nothing to compare."""

from __future__ import annotations

import pytest

from tests.grounding.grounded import UNKNOWN, checked

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
    ("Serhiy Berg spoke. Sergei Berg left.", "spelling", False, "One name, 2 spellings: Serhiy, Sergei"),
    (
        "The Defence Ministry spoke. The Defense Ministry left.",
        "spelling",
        False,
        "One body, 2 spellings: Defence Ministry, Defense Ministry",
    ),
    # The name is another one, not another spelling: both may be meant.
    ("Rain fell on Aleppo. Snow fell on Halab.", "spelling", None, "One place, 2 names: Aleppo, Halab"),
    ("Shells hit 12 of the 40 houses, or 30 percent.", "percentage", True, "12 of 40 is 30 percent, stated 30: holds"),
    (
        "About 45 percent of the homes, 12 of 40, burnt down.",
        "percentage",
        False,
        "12 of 40 is 30 percent, stated 45: does not hold",
    ),
    (
        "Exports rose 20 percent to 130 tonnes from 100 tonnes.",
        "percentage",
        False,
        "From 100 to 130 is 30 percent, stated 20: does not hold",
    ),
    # 4.8 percent is right of 1.14 and 1.20 if both are rounded.
    (
        "Sales rose 4.8 percent to $1.20 billion from $1.14 billion.",
        "percentage",
        True,
        "From 1,140,000,000 to 1,200,000,000 is 5.3 percent, stated 4.8: holds",
    ),
    ("Police freed 14 of the 12 hostages.", "arithmetic", False, "14 cannot be part of 12: does not hold"),
    ("The toll rose to 25 from 19.", "revision", True, "Up to 25 from 19: holds"),
    ("The toll fell to 25 from 19.", "revision", False, "Down to 25 from 19: does not hold"),
    (
        "Between 30 and 20 people fled.",
        "range",
        False,
        "The range begins with 30 and ends with 20: does not hold",
    ),
    (
        "The truce held from May 5 to May 3.",
        "range",
        False,
        "The stretch begins on 2022-05-05 and ends on 2022-05-03: does not hold",
    ),
    # No year is told, but the day is near the publication, a Friday.
    (
        "The town fell on Monday, September 15.",
        "weekday",
        False,
        "2022-09-15 is a Thursday, stated Monday: does not hold",
    ),
    ("It fell on Monday (September 12).", "weekday", True, "2022-09-12 is a Monday, stated Monday: holds"),
    ("Ana Reva, 34, fled. The 36-year-old left her cat.", "age", False, "Ana Reva is 34 and 36: does not hold"),
    ("Ana Reva, 34, was born in 1985.", "age", False, "Ana Reva, born in 1985, is 34: does not hold"),
    ("Ana Reva, 36, was born in 1985.", "age", True, "Ana Reva, born in 1985, is 36: holds"),
    (
        "Ivan Koval and Petro Koval fled. Koval wept.",
        "name",
        None,
        "Koval may be Ivan Koval or Petro Koval: the text does not say",
    ),
    (
        "Volodymyr Danko spoke. Vladimir Danko left.",
        "name",
        None,
        "Volodymyr Danko and Vladimir Danko may be one person: the given name is one in two languages",
    ),
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
        # A list of unlike things: none is a part of the first.
        "Police found an arsenal of 36 rifles, 13 grenades and 3,525 rounds of ammunition.",
        # Nobody else is the 36-year-old: two people were told of.
        "Ana Reva, 34, fled. Eva Lund stayed. The 36-year-old wept.",
        # She was, she is not.
        "Ana Reva, 34, fled. Ana Reva was then 31.",
        # Too far from the publication for its year to be told by it.
        "The town falls silent on Monday, February 3.",
        "Bashar al-Omari spoke. Omari left.",
        "Ivan Koval and Petro Koval fled. The Koval family wept.",
        "The 3rd Army spoke. The 2nd Army left.",
    ],
)
def test_nothing_to_compare_gives_no_check(text):
    assert checked(text) == ()


def test_a_publication_worked_out_from_the_text_says_from_which_words():
    text = "Six months after the invasion of Ukraine on February 24, the front is quiet."
    (found,) = [check for check in checked(text, UNKNOWN) if check.kind == "publication"]
    assert found.holds is None
    assert "not before 2022-02-24" in found.says
    assert "February 24" in [text[span.start : span.end] for span in found.spans]
    assert [check for check in checked(text) if check.kind == "publication"] == []
