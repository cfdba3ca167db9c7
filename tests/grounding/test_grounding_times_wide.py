"""The wide layer marks times as annotators of TIMEX3 do, each with its likeliest value; the record keeps its doubt."""

from __future__ import annotations

import pytest

from sayso.grounding.times.wide import find_timexes
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Cut, Moment, Published, Span
from tests.grounding.grounded import FRIDAY, grounded, page_of


def _wide(text: str, published: Published = FRIDAY, cuts: tuple[Cut, ...] = ()) -> dict[str, Moment]:
    page = page_of(text, published, cuts)
    found = find_timexes(page, english_parser().parse(page), published, ours())
    return {text[moment.span.start : moment.span.end]: moment for moment in found}


# A sentence, the words marked, their type and value.
MARKED = [
    ("The clinic is now shut.", "now", "DATE", "PRESENT_REF"),
    ("The bridge was recently mended.", "recently", "DATE", "PAST_REF"),
    ("The dam will soon be mended.", "soon", "DATE", "FUTURE_REF"),
    # The words of a quotation count from the day of writing.
    ('"We will meet today," the mayor said.', "today", "DATE", "2022-09-16"),
    ("Guards left Dolna in recent weeks.", "recent weeks", "DURATION", "PXW"),
    # Reports of earnings: the last quarter that is over, and a year before the quarter told.
    ("Profit rose in the latest quarter.", "the latest quarter", "DATE", "2022-Q2"),
    ("Profit rose in the first quarter from a loss a year earlier.", "a year earlier", "DATE", "2021-Q1"),
    ("The mill lost money in the first quarter. It had earned some a year ago.", "a year ago", "DATE", "2021-Q1"),
    ("The mill had a profit a year ago.", "a year ago", "DATE", "2021"),
    ("The first-quarter loss grew from the year-ago quarter.", "the year-ago quarter", "DATE", "2021-Q1"),
    ("The mill lost money in the second quarter, and more in the 2020 quarter.", "the 2020 quarter", "DATE", "2020-Q2"),
    ("For the year ended June 30 the mill lost money.", "the year", "DURATION", "P1Y"),
    ("In fiscal 2021 the mill lost money.", "fiscal 2021", "DATE", "2021"),
    # What the record leaves open has its likeliest value.
    ("Shells fell on Monday and on Tuesday. Two days later, guards fled.", "Two days later", "DATE", "2022-09-15"),
    ("A day earlier, guards had fled.", "A day earlier", "DATE", "2022-09-15"),
    ("Shells fell on Tuesday. By the evening guards had fled.", "the evening", "TIME", "2022-09-13TEV"),
    # As transcripts of speech have them.
    ("The bridge fell in nineteen ninety-six.", "nineteen ninety-six", "DATE", "1996"),
    ("The bridge fell in January nineteen ninety-seven.", "January nineteen ninety-seven", "DATE", "1997-01"),
    # Both ends of a range are times of their own.
    ("Dolna was shelled from May 3 to May 9.", "May 9", "DATE", "2022-05-09"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "timex"), MARKED, ids=[row[0] for row in MARKED])
def test_times_have_their_likeliest_value(text, words, kind, timex):
    found = _wide(text)
    assert words in found, list(found)
    assert (found[words].type, found[words].timex) == (kind, timex)


@pytest.mark.parametrize(
    "text",
    [
        # What is soon after something is no future.
        "Guards fled soon after the shelling.",
        "Guards will flee as soon as they can.",
        "The dam holds three-quarters of the water.",
        "She is a 12-year-old girl.",
        "The road is open 24 hours a day.",
        "She will one day return.",
    ],
)
def test_what_no_annotator_marks_is_left_alone(text):
    assert _wide(text) == {}


def test_what_is_cut_is_read_too():
    """Annotators see the whole text."""
    text = "The bridge (Sign up by May 3) fell on Tuesday."
    cut = Cut(Span(text.index("("), text.index(")") + 1), "prompt")
    assert set(_wide(text, cuts=(cut,))) == {"May 3", "Tuesday"}


def test_without_a_day_of_writing_nothing_is_made_up():
    found = _wide("The bridge fell last week, in the latest quarter.", Published(None, None, "unknown"))
    assert [(moment.earliest, moment.latest) for moment in found.values()] == [(None, None)]


def test_the_record_holds_none_of_it():
    text = "The clinic is now shut. A day earlier, guards had fled, and recently more came."
    assert [moment.timex for moment in grounded(text).moments] == [None]
