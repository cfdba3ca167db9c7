"""Times of several words read as one: a clock of the night before, a part of a month, hours across midnight.

Reports of Friday 16 September 2022.
"""

from __future__ import annotations

import pytest

from sayso.record import Moment
from tests.grounding.grounded import grounded


def _times(text: str) -> dict[str, Moment]:
    return {text[m.span.start : m.span.end]: m for m in grounded(text).moments}


NIGHT = ("2022-09-14T18:00", "2022-09-15T06:00")
ONE_TIME = [
    # A clock on a day that is counted from another.
    (
        "The mayor said on Monday that shells fell at 9:15 p.m. the night before.", "9:15 p.m. the night before",
        "2022-09-11T21:15", "2022-09-11T21:15", "2022-09-11T21:16",
    ),
    (
        "It burnt on September 3. At 2 a.m. the next day guards fled.", "2 a.m. the next day",
        "2022-09-04T02:00", "2022-09-04T02:00", "2022-09-04T03:00",
    ),
    (
        "Guards fled at 2 a.m. the following day, after the vote on September 3.", "2 a.m. the following day",
        "2022-09-04T02:00", "2022-09-04T02:00", "2022-09-04T03:00",
    ),
    ("Guards fled at 11 p.m. the previous night.", "11 p.m. the previous night", "XXXX-XX-XXT23:00", None, None),
    # Hours across midnight: those that are over end on the report's day, those to come begin on it.
    (
        "Six drones fell between 22:30 and 04:15.", "22:30 and 04:15",
        "2022-09-15T22:30/2022-09-16T04:15", "2022-09-15T22:30", "2022-09-16T04:16",
    ),
    (
        "A curfew will run from 10 p.m. to 4 a.m.", "10 p.m. to 4 a.m.",
        "2022-09-16T22:00/2022-09-17T04:00", "2022-09-16T22:00", "2022-09-17T05:00",
    ),
    (
        "Guards fired from 10 p.m. to 4 a.m. on Wednesday.", "10 p.m. to 4 a.m. on Wednesday",
        "2022-09-13T22:00/2022-09-14T04:00", "2022-09-13T22:00", "2022-09-14T05:00",
    ),
    # The night into a day, where its hours or the report's own day tell so; else that day's night.
    (
        "Drones came on the night of September 15 (from 20:40 on September 14).", "the night of September 15",
        "2022-09-14TNI", *NIGHT,
    ),
    (
        "Drones came on the night of September 16.", "the night of September 16",
        "2022-09-15TNI", "2022-09-15T18:00", "2022-09-16T06:00",
    ),
    ("Drones came on the night of September 14.", "the night of September 14", "2022-09-14TNI", *NIGHT),
    (
        "It burnt in the night from Wednesday to Thursday.", "the night from Wednesday to Thursday",
        "2022-09-14TNI", *NIGHT,
    ),
    ("It burnt on the night of 14-15 September.", "the night of 14-15 September", "2022-09-14TNI", *NIGHT),
    (
        "It burnt from Wednesday to Thursday.", "Wednesday to Thursday",
        "2022-09-14/2022-09-15", "2022-09-14", "2022-09-16",
    ),
    # A week that is none of the calendar's.
    (
        "In the week of 3-9 September it rained.", "the week of 3-9 September",
        "2022-09-03/2022-09-09", "2022-09-03", "2022-09-10",
    ),
    ("In the week of 5-11 September it rained.", "the week of 5-11 September", "2022-W36", "2022-09-05", "2022-09-12"),
    # So many weeks before a day.
    ("It burnt a week ago Sunday.", "a week ago Sunday", "2022-09-04", "2022-09-04", "2022-09-05"),
    ("It burnt two weeks ago on Sunday.", "two weeks ago on Sunday", "2022-08-28", "2022-08-28", "2022-08-29"),
    ("It burnt on Tuesday of last week.", "Tuesday of last week", "2022-09-06", "2022-09-06", "2022-09-07"),
    ("It burnt a year ago today.", "a year ago today", "2021-09-16", "2021-09-16", "2021-09-17"),
    # The day of the same instant in UTC.
    (
        "It burnt at 1.10 a.m. IST (1940 GMT Monday).", "1.10 a.m. IST",
        "2022-09-13T01:10", "2022-09-13T01:10", "2022-09-13T01:11",
    ),
    (
        "It burnt at 4 p.m. local time (1400 GMT Monday).", "4 p.m. local time",
        "2022-09-12T16:00", "2022-09-12T16:00", "2022-09-12T17:00",
    ),
    # Parts of months and years.
    ("It burnt on the first Monday of August.", "the first Monday of August", "2022-08-01", "2022-08-01", "2022-08-02"),
    ("It burnt on the last day of February.", "the last day of February", "2022-02-28", "2022-02-28", "2022-03-01"),
    (
        "It burnt on the last Friday in May 2021.", "the last Friday in May 2021",
        "2021-05-28", "2021-05-28", "2021-05-29",
    ),
    (
        "It burnt in the first week of August.", "the first week of August",
        "2022-08-01/2022-08-07", "2022-08-01", "2022-08-08",
    ),
    (
        "It will burn in the second half of November.", "the second half of November",
        "2022-11-16/2022-11-30", "2022-11-16", "2022-12-01",
    ),
    (
        "It rained in the first half of the month.", "the first half of the month",
        "2022-09-01/2022-09-15", "2022-09-01", "2022-09-16",
    ),
    ("It has rained since the fifth of the month.", "the fifth of the month", "2022-09-05", "2022-09-05", "2022-09-17"),
    ("It burnt on the 20th.", "the 20th", "2022-08-20", "2022-08-20", "2022-08-21"),
    ("It will burn on the 20th.", "the 20th", "2022-09-20", "2022-09-20", "2022-09-21"),
    ("It has rained since the start of the year.", "the start of the year", "2022", "2022-01-01", "2022-09-17"),
    ("The envoy is due the week after next.", "the week after next", "2022-W39", "2022-09-26", "2022-10-03"),
    ("It burnt in the last days of August.", "the last days of August", "2022-08", "2022-08-01", "2022-09-01"),
    (
        "The second week of August was calm.", "The second week of August",
        "2022-08-08/2022-08-14", "2022-08-08", "2022-08-15",
    ),
    ("It burnt on the first of May.", "the first of May", "2022-05-01", "2022-05-01", "2022-05-02"),
    # An hour past midnight of a night is on the day after.
    (
        "It burnt at 2 a.m. on the night of September 3.", "2 a.m.",
        "2022-09-04T02:00", "2022-09-04T02:00", "2022-09-04T03:00",
    ),
    ("It burnt last night at 10 p.m. in Dolna.", "10 p.m.", "2022-09-15T22:00", "2022-09-15T22:00", "2022-09-15T23:00"),
    ("It burnt last night at 2 a.m. in Dolna.", "2 a.m.", "2022-09-16T02:00", "2022-09-16T02:00", "2022-09-16T03:00"),
    # Parts of days.
    (
        "It burnt in the small hours of Tuesday.", "the small hours of Tuesday",
        "2022-09-13TMO", "2022-09-13T00:00", "2022-09-13T05:00",
    ),
    (
        "It burnt in Tuesday's wee hours.", "Tuesday's wee hours",
        "2022-09-13TMO", "2022-09-13T00:00", "2022-09-13T05:00",
    ),
    ("It burnt at dusk on Tuesday.", "dusk on Tuesday", "2022-09-13TEV", "2022-09-13T17:00", "2022-09-13T21:00"),
    ("It burnt two nights ago.", "two nights ago", "2022-09-14TNI", *NIGHT),
    # Clocks with a stop, and in words.
    (
        "It burnt at 4.20 a.m. IST on Tuesday.", "4.20 a.m. IST on Tuesday",
        "2022-09-13T04:20", "2022-09-13T04:20", "2022-09-13T04:21",
    ),
    (
        "Guards left at half past six in the evening on September 2nd.",
        "half past six in the evening on September 2nd", "2022-09-02T18:30", "2022-09-02T18:30", "2022-09-02T18:31",
    ),
    (
        "By quarter to eight on Tuesday night they had left.", "quarter to eight on Tuesday night",
        "2022-09-13T19:45", "2022-09-13T19:45", "2022-09-13T19:46",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "timex", "earliest", "latest"), ONE_TIME, ids=[f"{row[1]}/{row[0]}" for row in ONE_TIME]
)
def test_several_words_make_one_time(text, words, timex, earliest, latest):
    found = _times(text)
    assert words in found, f"{words!r} is not among {list(found)}"
    assert (found[words].timex, found[words].earliest, found[words].latest) == (timex, earliest, latest)


@pytest.mark.parametrize(
    ("text", "words", "kind", "timex"),
    [
        ("Guards waited for three quarters of an hour.", "three quarters of an hour", "DURATION", "PT45M"),
        ("Cases tripled in a fortnight.", "a fortnight", "DURATION", "P2W"),
        ("Guards walked for two nights.", "two nights", "DURATION", "P2TNI"),
        ("The repairs took a week or two.", "a week or two", "DURATION", "P1W"),
        ("The siege lasted one day.", "one day", "DURATION", "P1D"),
        ("The curfew begins at 8 p.m. every day.", "8 p.m. every day", "SET", "XXXX-XX-XXT20:00"),
        ("The curfew begins at 9 p.m. and ends at dawn every weekend.", "9 p.m.", "SET", "XXXX-WXX-WET21:00"),
        (
            "Guards check it from 8 p.m. to 5 a.m. every day.",
            "8 p.m. to 5 a.m. every day",
            "SET",
            "XXXX-XX-XXT20:00/XXXX-XX-XXT05:00",
        ),
        ("The shop opens daily at 9 a.m. and closes at 5 p.m.", "5 p.m.", "SET", "XXXX-XX-XXT17:00"),
        ("Shells fall at 9 a.m. every day but ceased as envoys came at 5 p.m.", "5 p.m.", "TIME", "2022-09-16T17:00"),
        ("Shells fell at 8 p.m., as every day.", "8 p.m.", "TIME", "2022-09-16T20:00"),
    ],
)
def test_how_long_and_how_often(text, words, kind, timex):
    found = _times(text)
    assert words in found, f"{words!r} is not among {list(found)}"
    assert (found[words].type, found[words].timex) == (kind, timex)


def test_a_clock_in_words_may_be_before_or_after_noon():
    moment = _times("Guards left at ten past four on Tuesday.")["ten past four on Tuesday"]
    assert moment.earliest is None
    assert [one.earliest for one in moment.alternatives] == ["2022-09-13T04:10", "2022-09-13T16:10"]


@pytest.mark.parametrize(
    "text",
    [
        "The guard will go home one day.",
        "The envoy came one day and left.",
        "Lowland imports three quarters of its flour.",
        "Dolna Today reported the fire.",
        "The guards live on the 15th floor.",
        "The guards fled the day before the vote.",
        "The envoy spoke from five to ten of them.",
        "The council chose her by five to four.",
        "They were among the first half of the guards.",
    ],
)
def test_what_is_no_time_is_left_alone(text):
    assert _times(text) == {}


def test_today_in_a_heading_of_capitals_is_the_day():
    assert _times("Council Meets Today")["Today"].timex == "2022-09-16"
