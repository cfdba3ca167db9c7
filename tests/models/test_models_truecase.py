"""Case given back to words that lost it, in a shadow that keeps every character in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso.models.english import english_parser
from sayso.models.truecase import Cases

SAMPLE = Path(sayso.__file__).parent / "sample"
WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 0.97
"""The share of the sample's words that get their own case back; 79 % of them are small throughout."""


def cases() -> Cases:
    return english_parser().cases


# What a text without case should look like: the line as it should be; it is raised and lowered as a whole.
LINES = [
    "The mayor of Goma said on Tuesday that two drones had fallen.",  # a town, a day
    "General Tom Hale met President Mila Stann in Beirut.",  # offices before names are large
    "The general met the president.",  # and small without
    "Russia may strike in May, Ukraine said.",  # a verb and a month
    "On 4 March they began to march.",
    "The U.S. envoy told us nothing.",  # initials, a pronoun
    "The US envoy met the UN staff and NATO officers.",
    "“We have no water,” she said. “There is none.”",  # a quotation begins as a sentence does
    "The raid was “a shameful act”, he said.",  # words in marks do not
    "Lebanon's army didn't fire, O'Brien said.",  # what follows an apostrophe
    "The Red Cross and the Security Council met in Geneva.",
    "He left at 5 p.m. on the 4th with 122mm shells.",
    "A shell hit plan A.".replace("plan A", "a house"),
    "Al-Nur fighters in al-Bab denied it.".replace("Al-Nur f", "F"),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("lost", [str.upper, str.lower], ids=["capitals", "small"])
def test_a_line_gets_its_case_back(line: str, lost: object) -> None:
    assert callable(lost)
    assert cases().shadow(lost(line)) == line


# A line that has its case, or is too short to have lost it, is left alone.
KEPT = ["NATO", "The BBC said NATO and the EU were there.", "no", "OK.", "", "1,200", "McKay MET Berg in Oslo"]


@pytest.mark.parametrize("line", KEPT)
def test_a_line_with_its_case_is_left_alone(line: str) -> None:
    assert cases().shadow(line) == line


# Letters whose small or large form is longer than they are.
LONG = ["İZMİR WAS QUIET, THE MAYOR SAID", "ﬁre in the straße, he said", "ŉ and ǰ were read", "ΤΟ ΤΕΛΟΣ IS NEAR"]


@pytest.mark.parametrize("line", LONG)
def test_no_letter_moves(line: str) -> None:
    assert len(cases().cased(line)) == len(line)


@given(st.text(max_size=80))
def test_no_letter_of_any_text_moves(text: str) -> None:
    shadow = cases().cased(text)
    assert len(shadow) == len(text)
    assert [char for char in shadow if not char.isalpha()] == [char for char in text if not char.isalpha()]


@pytest.mark.parametrize("lost", [str.upper, str.lower], ids=["capitals", "small"])
def test_most_words_of_the_sample_get_their_case_back(lost: object) -> None:
    assert callable(lost)
    right = total = 0
    for path in sorted(SAMPLE.glob("*.txt")):
        page = sayso.read(path, knowledge=(SAMPLE / "knowledge",)).page
        for sentence in page.sentences:
            words = page.report.text[sentence.start : sentence.end]
            shadow = cases().cased(lost(words))
            for found in WORD.finditer(words):
                total += 1
                right += shadow[found.start() : found.end()] == found[0]
    assert total > 2500
    assert right / total >= ENOUGH
