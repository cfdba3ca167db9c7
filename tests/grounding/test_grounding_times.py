"""Times mean what the guide's table *When* says they mean, for a report of Friday 16 September 2022 unless said."""

from __future__ import annotations

import pytest

from sayso.record import Moment, Published
from tests.grounding.grounded import FRIDAY, UNKNOWN, grounded


def _one(text: str, words: str, published: Published = FRIDAY) -> Moment:
    found = [m for m in grounded(text, published).moments if text[m.span.start : m.span.end] == words]
    assert found, f"{words!r} was not found as a time in {text!r}"
    return found[0]


NIGHT = ("2022-09-15T18:00", "2022-09-16T06:00")
RELATIVE = [
    # The weekend before the week of publication, not the one that is coming.
    ("Guards left Dolna last weekend.", "last weekend", "2022-W36-WE", None, "2022-09-10", "2022-09-12"),
    # The latest Wednesday not after publication.
    ("Envoys met on Wednesday.", "Wednesday", "2022-09-14", None, "2022-09-14", "2022-09-15"),
    ("The bridge fell late Thursday.", "late Thursday", "2022-09-15", "END", "2022-09-15", "2022-09-16"),
    ("The bridge fell late on Thursday.", "late on Thursday", "2022-09-15", "END", "2022-09-15", "2022-09-16"),
    # "Friday" in a report of a Friday is that day.
    ("Shells fell on Friday.", "Friday", "2022-09-16", None, "2022-09-16", "2022-09-17"),
    # In a clause about the future it is the next one.
    ("Envoys will meet on Monday.", "Monday", "2022-09-19", None, "2022-09-19", "2022-09-20"),
    ("Envoys plan to meet on Monday.", "Monday", "2022-09-19", None, "2022-09-19", "2022-09-20"),
    ("Shells fell on Thursday night.", "Thursday night", "2022-09-15TNI", None, "2022-09-15T18:00", "2022-09-16T06:00"),
    # Both nights' hours: from Thursday evening to Friday morning.
    ("It burnt overnight into Friday.", "overnight into Friday", "2022-09-15TNI", None, *NIGHT),
    ("Rain came this month.", "this month", "2022-09", None, "2022-09-01", "2022-10-01"),
    ("Rain came two days ago.", "two days ago", "2022-09-14", None, "2022-09-14", "2022-09-15"),
    ("Trains have stood still since August 3.", "August 3", "2022-08-03", None, "2022-08-03", "2022-09-17"),
    ("The dam broke in March.", "March", "2022-03", None, "2022-03-01", "2022-04-01"),
    # A month still to come this year is last year's when the clause is about the past.
    ("The dam broke in December.", "December", "2021-12", None, "2021-12-01", "2022-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "timex", "mod", "earliest", "latest"), RELATIVE, ids=[row[1] + "/" + row[0] for row in RELATIVE]
)
def test_relative_times_count_from_the_publication(text, words, timex, mod, earliest, latest):
    moment = _one(text, words)
    assert (moment.timex, moment.mod, moment.earliest, moment.latest) == (timex, mod, earliest, latest)


@pytest.mark.parametrize(
    "words", ["last weekend", "Wednesday", "late Thursday", "this month", "yesterday", "two days ago"]
)
def test_relative_times_stay_open_where_the_publication_is_unknown(words):
    text = f"The bridge fell {'on ' if words == 'Wednesday' else ''}{words}."
    moment = _one(text, words, UNKNOWN)
    assert (moment.earliest, moment.latest, moment.relative_to) == (None, None, "publication")


def test_today_inside_a_quotation_is_relative_to_the_utterance():
    """Nobody knows the day of the utterance: publication is not taken for it."""
    moment = _one('"We will speak at today\'s meeting," she said.', "today")
    assert (moment.earliest, moment.relative_to) == (None, "utterance")


def test_a_step_from_an_untold_event_is_not_counted_from_publication():
    moment = _one("Three weeks later, Upland invaded.", "Three weeks later")
    assert (moment.timex, moment.earliest, moment.relative_to) == (None, None, "none")


def test_a_step_from_a_dated_event_counts_from_that_date():
    text = "The port was shelled on September 3. Two days later, guards fled."
    moment = _one(text, "Two days later")
    assert (moment.timex, moment.relative_to) == ("2022-09-05", "m1")


@pytest.mark.parametrize("word", ["now", "later", "recently", "soon", "currently"])
def test_vague_words_are_no_dates(word):
    assert grounded(f"The mayor {word} spoke about the port.").moments == ()


def test_a_date_in_figures_keeps_both_readings():
    moment = _one("The treaty was signed on 02/03/2022.", "02/03/2022")
    assert [interval.earliest for interval in moment.alternatives] == ["2022-02-03", "2022-03-02"]
    assert moment.earliest is None


def test_a_date_in_figures_that_can_only_be_one_day_is_that_day():
    assert _one("The treaty was signed on 24.02.2022.", "24.02.2022").timex == "2022-02-24"


@pytest.mark.parametrize(
    ("text", "words", "type_", "timex"),
    [
        ("The six-month war went on.", "six-month", "DURATION", "P6M"),
        ("They waited for three weeks.", "three weeks", "DURATION", "P3W"),
        ("They waited several hours.", "several hours", "DURATION", "PTXH"),
        ("Sirens sound every day.", "every day", "SET", "P1D"),
        ("The council meets twice a week.", "a week", "SET", "P1W"),
    ],
)
def test_durations_and_sets_are_no_dates(text, words, type_, timex):
    moment = _one(text, words)
    assert (moment.type, moment.timex, moment.earliest) == (type_, timex, None)


def test_a_week_of_something_does_not_recur():
    """ "After a week of gains" tells how long, not how often."""
    assert all(moment.type != "SET" for moment in grounded("After a week of gains, the column halted.").moments)


def test_a_vague_stage_is_a_vague_start():
    moment = _one("Clinics shut in early stages of the siege.", "early stages of the siege")
    assert (moment.timex, moment.mod, moment.granularity) == (None, "START", "vague")


@pytest.mark.parametrize(("words", "zone"), [("5 p.m. local time", "local"), ("1430 GMT", "UTC"), ("14:30 GMT", "UTC")])
def test_clock_times_keep_their_zone(words, zone):
    assert _one(f"Sirens sounded at {words}.", words).zone == zone


def test_an_age_is_no_duration():
    assert grounded("A 12-year-old boy fled.").moments == ()


def test_publication_is_inferred_only_with_grounds():
    text = "Millions fled Russia's February 24 invasion. The six-month war in Ukraine goes on."
    published = grounded(text, UNKNOWN).published
    assert published is not None
    assert (published.basis, published.earliest, published.latest) == ("inferred", "2022-07-24", "2022-10-24")
    assert [text[span.start : span.end] for span in published.spans] == ["February 24", "six-month"]
    assert grounded("The shop closes on February 24.", UNKNOWN).published == UNKNOWN


def test_a_month_is_settled_where_every_possible_publication_agrees():
    text = "Millions fled Russia's February 24 invasion. The six-month war began to turn when troops left in March."
    assert _one(text, "March", UNKNOWN).timex == "2022-03"
