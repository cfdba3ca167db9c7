"""The rows of the guide's table *When*, each read end to end, for a report of Friday 16 September 2022 unless said."""

from __future__ import annotations

from functools import cache

import pytest

import sayso
from sayso.record import Moment, Reading

FRIDAY = "2022-09-16"


@cache
def _read(text: str, published: str | None = FRIDAY) -> Reading:
    return sayso.read_text(text, published=published)


def _moments(text: str, published: str | None = FRIDAY) -> dict[str, Moment]:
    return {text[m.span.start : m.span.end]: m for m in _read(text, published).grounds.moments}


def _one(text: str, words: str, published: str | None = FRIDAY) -> Moment:
    found = _moments(text, published)
    assert words in found, f"{words!r} is not among {list(found)}"
    return found[words]


def _ends(moment: Moment) -> tuple[str | None, str | None]:
    return moment.earliest, moment.latest


# Row 1: no date anywhere

NO_DATE = (
    "Millions have left Ukraine since the February 24 invasion. The mayor of Dolna said her clinic lost two nurses "
    "this month. On Wednesday the bridge was shelled. The six-month war has emptied the town. Guards withdrew in March."
)


def test_publication_unknown_is_inferred_from_what_is_inside_with_its_grounds():
    published = _read(NO_DATE, None).grounds.published
    assert published is not None
    assert (published.basis, published.earliest, published.latest) == ("inferred", "2022-07-24", "2022-10-24")
    assert [NO_DATE[s.start : s.end] for s in published.spans] == ["February 24", "six-month"]


@pytest.mark.parametrize(("words", "timex"), [("this month", None), ("Wednesday", "XXXX-WXX-3")])
def test_relative_dates_stay_relative_while_publication_is_unknown(words, timex):
    moment = _one(NO_DATE, words, None)
    assert (moment.timex, *_ends(moment), moment.relative_to) == (timex, None, None, "publication")


def test_a_month_is_settled_where_every_day_of_the_interval_agrees():
    assert _one(NO_DATE, "March", None).timex == "2022-03"


def test_a_report_that_tells_a_dated_past_came_out_no_earlier():
    text = "The dam at Dolna broke on March 5, 2021. The mayor said on Tuesday that nothing had been mended."
    published = _read(text, None).grounds.published
    assert published is not None
    assert (published.basis, published.earliest, published.latest) == ("inferred", "2021-03-05", None)
    assert [text[s.start : s.end] for s in published.spans] == ["March 5, 2021"]


@pytest.mark.parametrize(
    "text",
    [
        "The dam at Dolna will be mended by March 5, 2031, the mayor said.",
        # A year that names a thing is not when it was done.
        "The council of Dolna cut its 2031 budget.",
    ],
)
def test_a_dated_plan_tells_nothing_of_the_publication(text):
    published = _read(text, None).grounds.published
    assert published is not None and published.basis == "unknown"


def test_without_any_ground_publication_stays_unknown_and_is_never_today():
    reading = _read("The mayor of Dolna said on Tuesday that the bridge was shelled yesterday.", None)
    published = reading.grounds.published
    assert published is not None
    assert (published.basis, published.earliest, published.latest) == ("unknown", None, None)
    assert all(_ends(moment) == (None, None) for moment in reading.grounds.moments)


# Row 2: last weekend; on Wednesday; late Thursday; overnight into Friday

WEEK = [
    # Friday's last weekend is the one before this week.
    ("Guards left Dolna last weekend.", "last weekend", "2022-W36-WE", None, ("2022-09-10", "2022-09-12")),
    # Without "last" too, told on a Friday with a verb of the past.
    ("Guards left Dolna over the weekend.", "the weekend", "2022-W36-WE", None, ("2022-09-10", "2022-09-12")),
    ("Envoys met in Dolna on Wednesday.", "Wednesday", "2022-09-14", None, ("2022-09-14", "2022-09-15")),
    # A clause about the future: will, a plan, a timetable, a date put off, what is due.
    ("Envoys will meet in Dolna on Wednesday.", "Wednesday", "2022-09-21", None, ("2022-09-21", "2022-09-22")),
    ("Envoys plan to meet in Dolna on Wednesday.", "Wednesday", "2022-09-21", None, ("2022-09-21", "2022-09-22")),
    ("Envoys arrive in Dolna on Wednesday.", "Wednesday", "2022-09-21", None, ("2022-09-21", "2022-09-22")),
    # A heading in the present tells what has been, unless its verb is one of timetables.
    ("Police open fire in Dolna on Wednesday.", "Wednesday", "2022-09-14", None, ("2022-09-14", "2022-09-15")),
    ("The talks were postponed until Wednesday.", "Wednesday", "2022-09-21", "BEFORE", (None, "2022-09-22")),
    ("The convoy is due on Wednesday.", "Wednesday", "2022-09-21", None, ("2022-09-21", "2022-09-22")),
    # What had been due then is past.
    ("The truce had been due to expire on Wednesday.", "Wednesday", "2022-09-14", None, ("2022-09-14", "2022-09-15")),
    ("The bridge fell late Thursday.", "late Thursday", "2022-09-15", "END", ("2022-09-15", "2022-09-16")),
    ("The bridge fell early on Thursday.", "early on Thursday", "2022-09-15", "START", ("2022-09-15", "2022-09-16")),
    # Both nights' hours: Thursday evening to Friday morning.
    (
        "The depot burnt overnight into Friday.", "overnight into Friday", "2022-09-15TNI", None,
        ("2022-09-15T18:00", "2022-09-16T06:00"),
    ),
    ("Shells fell on Dolna last night.", "last night", "2022-09-15TNI", None, ("2022-09-15T18:00", "2022-09-16T06:00")),
    (
        "Shells fell on the morning of September 3.", "the morning of September 3", "2022-09-03TMO", None,
        ("2022-09-03T06:00", "2022-09-03T12:00"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "timex", "mod", "ends"), WEEK, ids=[row[0] for row in WEEK])
def test_days_count_from_the_publication(text, words, timex, mod, ends):
    moment = _one(text, words)
    assert (moment.timex, moment.mod, _ends(moment)) == (timex, mod, ends)


# Row 3: "today's meeting" inside a quotation


def test_today_in_a_quotation_is_relative_to_the_utterance():
    text = '"We shall lay out our view at today\'s meeting," Reva said in Dolna.'
    moment = _one(text, "today")
    assert (*_ends(moment), moment.relative_to) == (None, None, "utterance")


def test_today_in_a_quotation_is_the_day_it_was_said_on_where_that_is_told():
    text = '"The bridge was shelled today," Reva told reporters in Dolna on Wednesday.'
    reading = _read(text)
    said_on = _one(text, "Wednesday")
    (statement,) = reading.statements
    assert statement.said_at == said_on.id
    moment = _one(text, "today")
    assert (moment.timex, moment.relative_to) == ("2022-09-14", said_on.id)


def test_today_outside_a_quotation_is_the_publication_day():
    moment = _one("The council meets in Dolna today.", "today")
    assert (moment.timex, moment.relative_to) == (FRIDAY, "publication")


# Row 4: "Friday" on a Friday


def test_friday_on_a_friday_is_the_publication_day_itself():
    assert _one("Shells fell on Dolna on Friday.", "Friday").timex == FRIDAY


def test_last_friday_on_a_friday_is_a_week_back():
    assert _one("Shells fell on Dolna last Friday.", "last Friday").timex == "2022-09-09"


# Row 5: since February 24; the six-month war; in its early stages


def test_since_is_an_interval_to_publication():
    moment = _one("Trains have stood still since February 24.", "February 24")
    assert _ends(moment) == ("2022-02-24", "2022-09-17")


@pytest.mark.parametrize(
    ("text", "words", "timex", "mod"),
    [
        ("The six-month war went on.", "six-month", "P6M", None),
        ("The month-long siege of Dolna ended.", "month-long", "P1M", None),
        ("They hid in Dolna for at least three weeks.", "at least three weeks", "P3W", "EQUAL_OR_MORE"),
        ("They hid in Dolna for nearly two and a half hours.", "nearly two and a half hours", "PT2H30M", "LESS_THAN"),
        ("They hid in Dolna for days.", "days", "PXD", None),
    ],
)
def test_a_duration_is_not_a_date(text, words, timex, mod):
    moment = _one(text, words)
    assert (moment.type, moment.timex, *_ends(moment)) == ("DURATION", timex, None, None)
    assert moment.mod == mod


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("After a week of shelling, troops attacked Dolna on Tuesday.", "Tuesday"),
        ("Troops attacked Dolna for the first time in years.", None),
    ],
)
def test_how_long_is_no_answer_to_when(text, words):
    attack = next(event for event in _read(text).events if event.kind == "attack")
    assert attack.when == (_one(text, words).id if words else None)


def test_an_early_stage_is_a_vague_start():
    moment = _one("Clinics shut in the early stages of the siege.", "the early stages of the siege")
    assert (moment.type, moment.timex, moment.mod, moment.granularity) == ("DATE", None, "START", "vague")


# Row 6: Three weeks later, X invaded


def test_a_step_counts_from_the_day_told_before_it():
    text = "Envoys signed a truce on September 3. Two days later, Upland troops shelled Dolna."
    moment = _one(text, "Two days later")
    assert (moment.timex, moment.relative_to) == ("2022-09-05", "m1")


def test_a_step_counts_from_the_event_told_before_it_where_that_has_no_day():
    """Anchored to the signing, and no date is made up: never publication plus three weeks."""
    text = "When the leaders met, they signed a truce. Three weeks later, Upland troops shelled Dolna."
    reading = _read(text)
    moment = _one(text, "Three weeks later")
    signing = next(event for event in reading.events if text[event.trigger.start : event.trigger.end] == "signed")
    assert (moment.timex, *_ends(moment), moment.relative_to) == (None, None, None, signing.id)


def test_a_step_from_nothing_told_stays_unresolved():
    moment = _one("Three weeks later, Upland troops shelled Dolna.", "Three weeks later")
    assert (moment.timex, *_ends(moment), moment.relative_to) == (None, None, None, "none")


def test_the_next_day_counts_from_the_day_told():
    text = "Shells fell on Dolna on September 3. The next day, the mayor fled."
    assert _one(text, "The next day").timex == "2022-09-04"


def test_a_step_from_one_of_two_days_is_not_chosen():
    text = "Shells fell on September 3 and on September 7. Two days later, the mayor fled."
    assert _one(text, "Two days later").timex is None


# Row 7: now, later, recently, has yet to


@pytest.mark.parametrize(
    "text",
    [
        "The clinic in Dolna is now shut.",
        "The mayor later told reporters about the bridge.",
        "The bridge was recently mended.",
        "The mayor has yet to speak about the bridge.",
        "Currently the bridge is shut, and it will soon be mended.",
    ],
)
def test_vague_words_are_no_date(text):
    assert _moments(text) == {}


# Row 8: 02/03/2022, 24.02, 1430 GMT, 5 p.m. local time


def test_figures_keep_both_readings_where_the_outlet_does_not_settle_them():
    moment = _one("The treaty was signed in Dolna on 02/03/2022.", "02/03/2022")
    assert moment.timex is None
    assert [interval.earliest for interval in moment.alternatives] == ["2022-02-03", "2022-03-02"]


@pytest.mark.parametrize(("outlet", "timex"), [("The New York Times", "2022-02-03"), ("The Guardian", "2022-03-02")])
def test_figures_have_one_reading_where_the_outlet_settles_them(outlet, timex):
    text = "The treaty was signed in Dolna on 02/03/2022."
    reading = sayso.read_text(text, published=FRIDAY, publisher=outlet)
    (moment,) = reading.grounds.moments
    assert (moment.timex, moment.alternatives) == (timex, ())


@pytest.mark.parametrize(
    ("published", "timex", "readings"),
    [
        ("2022-09-16", "2022-02-24", []),
        ("2022-03-02", "2022-02-24", []),
        # A report from before the event means another day.
        ("2021-03-02", "2021-02-24", []),
        # Days after the anniversary it can be either.
        ("2023-03-02", None, ["2022-02-24", "2023-02-24"]),
        ("2023-09-16", "2022-02-24", []),
    ],
)
def test_the_day_of_a_known_event_keeps_both_readings_near_its_anniversary(published, timex, readings):
    moment = _one("Moscow denied the February 24 war crime in Ukraine.", "February 24", published)
    assert (moment.timex, [interval.earliest for interval in moment.alternatives]) == (timex, readings)


def test_figures_with_one_possible_reading_are_that_day():
    assert _one("The treaty was signed in Dolna on 24/02/2022.", "24/02/2022").timex == "2022-02-24"


def test_dots_put_the_day_first_and_a_year_left_out_is_the_latest():
    assert _one("The treaty was signed in Dolna on 24.02.", "24.02").timex == "2022-02-24"
    assert "24.02" not in _moments("Output grew by 24.02 percent in Dolna.")


@pytest.mark.parametrize(
    ("text", "words", "timex", "zone"),
    [
        ("Sirens sounded in Dolna at 1430 GMT.", "1430 GMT", "2022-09-16T14:30", "UTC"),
        ("Sirens sounded in Nairobi at 5 p.m. local time.", "5 p.m. local time", "2022-09-16T17:00", "Africa/Nairobi"),
        # A place that nobody knows has no zone either.
        ("Sirens sounded at 5 p.m. local time.", "5 p.m. local time", "2022-09-16T17:00", "local"),
        ("Sirens sounded at 5 p.m. on Wednesday.", "5 p.m. on Wednesday", "2022-09-14T17:00", None),
        ("On Wednesday at 5 p.m. sirens sounded.", "5 p.m.", "2022-09-14T17:00", None),
        # The clock's own clause tells whether its day is past.
        ("They have until 5 p.m. Wednesday to leave Dolna.", "5 p.m. Wednesday", "2022-09-21T17:00", None),
        ("Sirens sounded at noon on Wednesday.", "noon on Wednesday", "2022-09-14T12:00", None),
    ],
)
def test_clocks_have_their_day_and_zone(text, words, timex, zone):
    moment = _one(text, words)
    assert (moment.type, moment.timex, moment.zone) == ("TIME", timex, zone)


def test_midnight_on_a_day_keeps_both_nights():
    moment = _one("The truce ended at midnight on Wednesday.", "midnight on Wednesday")
    assert [interval.earliest for interval in moment.alternatives] == ["2022-09-14T00:00", "2022-09-15T00:00"]


# Intervals, seasons, sets: what the table implies


@pytest.mark.parametrize(
    ("text", "words", "ends"),
    [
        ("Dolna was shelled from May 3 to May 9.", "May 3 to May 9", ("2022-05-03", "2022-05-10")),
        ("Dolna was shelled between 2014 and 2016.", "2014 and 2016", ("2014-01-01", "2017-01-01")),
        ("Dolna was shelled from May to July 2014.", "May to July 2014", ("2014-05-01", "2014-08-01")),
        ("Dolna was shelled on March 5-8.", "March 5-8", ("2022-03-05", "2022-03-09")),
        ("Dolna was shelled in the spring of 2014.", "the spring of 2014", ("2014-03-01", "2014-06-01")),
        ("Dolna was shelled in June last year.", "June last year", ("2021-06-01", "2021-07-01")),
        ("Dolna was shelled in the past two weeks.", "the past two weeks", ("2022-09-02", "2022-09-17")),
        ("Dolna was shelled in the past 24 hours.", "the past 24 hours", ("2022-09-15", "2022-09-17")),
        ("Dolna was taken by September 3.", "September 3", (None, "2022-09-04")),
    ],
)
def test_intervals_have_both_their_ends(text, words, ends):
    assert _ends(_one(text, words)) == ends


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [
        ("Shells fall on Dolna every Friday.", "every Friday", "XXXX-WXX-5"),
        ("Shells fall on Dolna every night.", "every night", "XXXX-XX-XXTNI"),
        ("The council of Dolna meets twice a week.", "a week", "P1W"),
    ],
)
def test_what_recurs_is_a_set(text, words, timex):
    moment = _one(text, words)
    assert (moment.type, moment.timex, *_ends(moment)) == ("SET", timex, None, None)


@pytest.mark.parametrize("words", ["12-year-old", "24/7", "122-mm", "60 Minutes"])
def test_ages_titles_and_designations_are_no_times(words):
    assert _moments(f"The {words} report named Dolna.") == {}


# Capitals: half of old wires are written in them


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [
        ("GUERRILLAS ATTACKED THE BARRACKS IN DOLNA ON TUESDAY NIGHT.", "TUESDAY NIGHT", "2022-09-13TNI"),
        ("THE MAYOR OF DOLNA WAS KILLED ON 12 JANUARY 1990.", "12 JANUARY 1990", "1990-01-12"),
        ("THE MAYOR OF DOLNA WAS KILLED ON 14 JAN.", "14 JAN", "2022-01-14"),
        ("guerrillas attacked the barracks in dolna on tuesday.", "tuesday", "2022-09-13"),
    ],
)
def test_case_does_not_hide_a_time(text, words, timex):
    assert _one(text, words).timex == timex


def test_verbs_in_capitals_are_no_months():
    assert _moments("THE TROOPS MAY MARCH ON THE TOWN, THE MAYOR SAID.") == {}


@pytest.mark.parametrize(
    "words",
    [
        "12 March 9999",  # a year that nobody can mean
        "March 3, 10000",
        "31 February 2023",  # a day that is in no calendar
    ],
)
def test_a_day_that_cannot_be_is_not_one_that_can(words):
    moments = sayso.read_text(f"The bridge at Dolna fell on {words}.", published="2024-03-12").grounds.moments
    assert not [moment for moment in moments if moment.granularity in ("day", "month")]


def test_a_count_behind_a_day_is_no_year_of_it():
    moments = sayso.read_text("On March 3, 5000 people fled Dolna.", published="2024-03-12").grounds.moments
    assert [moment.timex for moment in moments] == ["2024-03-03"]
