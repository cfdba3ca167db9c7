"""What is told in the present or up to an "until" may be still to come; reports of Friday 16 September 2022."""

from __future__ import annotations

import pytest

from sayso.record import Moment
from tests.grounding.grounded import grounded

BACK, AHEAD = "2022-09-14", "2022-09-21"
"""The Wednesdays before and after the report."""


def _one(text: str, words: str) -> Moment:
    found = [moment for moment in grounded(text).moments if text[moment.span.start : moment.span.end] == words]
    assert found, f"{words!r} was not found as a time in {text!r}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("The envoy flies to Dolna on Wednesday.", AHEAD),
        ("Talks resume on Wednesday.", AHEAD),
        ("Markets in Dolna reopen on Wednesday.", AHEAD),
        ("The curfew takes effect on Wednesday.", AHEAD),
        ("The mayor said schools reopen on Wednesday.", AHEAD),
        # What looks like a present may be a past: "shut", "put".
        ("Guards put up tents in Dolna on Wednesday.", BACK),
        ("The guards let schools reopen on Wednesday.", BACK),
        ("Guards have to leave by Wednesday.", AHEAD),
        ("Guards had to leave by Wednesday.", BACK),
        # The clause beside it tells.
        ("The envoys sign it on Wednesday and will leave Dolna at once.", AHEAD),
        # A heading's and a live page's present, and what hangs on a noun, have been.
        ("Gunmen attack the port of Dolna on Wednesday.", BACK),
        ("Police open fire in Dolna on Wednesday.", BACK),
        ("Dolna court jails three guards on Wednesday", BACK),
        ("The shelling on Wednesday is the worst so far.", BACK),
        ("Wednesday's shelling is the worst so far.", BACK),
        ("Wednesday's vote was the first since the war.", BACK),
        ("The guard, who was shot on Wednesday, is in hospital.", BACK),
        ("The mayor left after the envoys' visit on Wednesday.", BACK),
        # An end told in the present or its perfect is still to come, one told in the past is not.
        ("The airport is shut until Wednesday.", AHEAD),
        ("The border stays closed until Wednesday.", AHEAD),
        ("Dolna has shut its schools until Wednesday.", AHEAD),
        ("The airport had been shut until Wednesday.", BACK),
        ("Fighting in Dolna lasted until Wednesday.", BACK),
        ("The bridge has been shut since Wednesday.", BACK),
    ],
)
def test_the_verb_tells_which_wednesday_is_meant(text, timex):
    assert _one(text, "Wednesday").timex == timex


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The council of Dolna publishes its ruling on Wednesday.", "Wednesday"),
        ("The streets of Dolna are calm on Wednesday.", "Wednesday"),
        ("The envoy is in Dolna on Wednesday.", "Wednesday"),
        ("Wednesday's vote is the first since the war.", "Wednesday"),
        ("The mayor speaks in Dolna at 5 p.m. on Wednesday.", "5 p.m. on Wednesday"),
    ],
)
def test_a_present_of_which_nothing_tells_keeps_both_days(text, words):
    moment = _one(text, words)
    assert (moment.earliest, moment.latest) == (None, None)
    assert [(one.earliest or "")[:10] for one in moment.alternatives] == [BACK, AHEAD]


@pytest.mark.parametrize(
    "text",
    [
        "Guards shut the bridge until Wednesday.",
        "Guards closed the bridge until Wednesday.",
        "Fighting in Dolna has raged until Wednesday.",
    ],
)
def test_an_end_keeps_both_days_where_it_may_be_over(text):
    moment = _one(text, "Wednesday")
    assert (moment.mod, moment.earliest, moment.latest) == ("BEFORE", None, None)
    assert [one.latest for one in moment.alternatives] == ["2022-09-15", "2022-09-22"]


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [
        ("The permits run out on Dec. 20.", "Dec. 20", "2022-12-20"),
        ("Permits for most run out on Dec. 20, officials said.", "Dec. 20", "2022-12-20"),
        ("The permits ran out on Dec. 20.", "Dec. 20", "2021-12-20"),
        ("The law comes into force on June 1.", "June 1", "2023-06-01"),
        # The near one is meant where nothing else tells.
        ("Guards sleep in the hall on Sept. 20.", "Sept. 20", "2022-09-20"),
        ("The airport is shut until 5:30 a.m. on Wednesday.", "5:30 a.m. on Wednesday", f"{AHEAD}T05:30"),
    ],
)
def test_dates_and_clocks_follow_the_verb_too(text, words, timex):
    assert _one(text, words).timex == timex


def test_a_date_half_a_year_off_keeps_both_years():
    moment = _one("Guards sleep in the hall on Feb. 3.", "Feb. 3")
    assert (moment.timex, [one.earliest for one in moment.alternatives]) == (None, ["2022-02-03", "2023-02-03"])
