"""Every row of the guide's table *How many*, and what goes with it, read end to end as a caller reads a report."""

from __future__ import annotations

import pytest

import sayso
from sayso.export.aloud import quantity as aloud
from sayso.record import Event, Quantity, Reading


def _read(text: str) -> Reading:
    return sayso.read_text(text, published="2022-09-16")


def _quantities(text: str) -> tuple[Quantity, ...]:
    return _read(text).grounds.quantities


def _one(text: str) -> Quantity:
    (quantity,) = _quantities(text)
    return quantity


def _words(text: str, quantity: Quantity) -> str:
    return text[quantity.span.start : quantity.span.end]


def _of(text: str, quantity: Quantity) -> str | None:
    return text[quantity.of.start : quantity.of.end] if quantity.of else None


def _counts(reading: Reading) -> set[tuple[str, float | None]]:
    low = {quantity.id: quantity.low for quantity in reading.grounds.quantities}
    return {(count.of, low[count.quantity]) for event in reading.events for count in event.counts}


def _event(reading: Reading) -> Event:
    (event,) = reading.events
    return event


# One quantity said twice ------------------------------------------------------------------------

RESTATED = [
    ("Fire burnt 8,300 square km (3,205 square miles) of pine.", "km2", 3205, "mi2", True),
    ("The column drove 300 km, or 186 miles, in a day.", "km", 186, "mi", True),
    ("The camp covers 40 acres (16 hectares).", "ac", 16, "ha", True),
    ("The convoy brought 300 tonnes (about 331 tons) of flour.", "t", 331, "ton", True),
    ("It was 40 degrees Celsius (104 Fahrenheit) in the cells.", "°C", 104, "°F", True),
    ("Gusts of 110 kph (68 mph) tore off roofs.", "kmh", 68, "mph", True),
    # Far more than 5 % apart: the reader is told, whichever of the two is wrong.
    ("The army took 120 sq km (80 square miles) of marsh.", "km2", 80, "mi2", False),
]


@pytest.mark.parametrize(("text", "unit", "value", "into", "holds"), RESTATED, ids=[row[0] for row in RESTATED])
def test_a_conversion_is_one_quantity_and_a_check(text, unit, value, into, holds):
    reading = _read(text)
    (quantity,) = reading.grounds.quantities
    assert quantity.restated is not None
    assert (quantity.unit, quantity.restated.value, quantity.restated.unit) == (unit, value, into)
    assert [check.holds for check in reading.checks if check.kind == "conversion"] == [holds]


def test_money_in_another_currency_is_said_again_and_never_checked():
    """Rates move: nobody can say from the text whether it adds up."""
    reading = _read("The loan of 50 million euros ($54 million) was signed.")
    (quantity,) = reading.grounds.quantities
    assert quantity.restated is not None
    assert (quantity.unit, quantity.restated.unit, reading.checks) == ("EUR", "USD", ())


@pytest.mark.parametrize(
    "text",
    [
        "The firm lost $68 million, or 83 cents a share.",
        "Guards walked 12 km (3 of them barefoot).",
        "Ships carried 300 tonnes (worth $2 million).",
    ],
)
def test_what_measures_something_else_is_said_for_the_first_time(text):
    assert [quantity.restated for quantity in _quantities(text)] == [None, None]


# Bounds -----------------------------------------------------------------------------------------

BOUNDS = [
    ("More than 70 marchers were held.", 70, None, True, False, False),
    ("At least 13 marchers were held.", 13, None, False, False, False),
    ("The bus holds 40 or more pilgrims.", 40, None, False, False, False),
    ("Up to 35 marchers were held.", None, 35, False, False, False),
    ("Fewer than 200 marchers were held.", None, 200, False, True, False),
    ("Nearly 400 marchers were held.", 400, 400, False, False, True),
    ("About 400 marchers were held.", 400, 400, False, False, True),
    ("Some 400 marchers were held.", 400, 400, False, False, True),
    ("A hundred-odd marchers were held.", 100, 100, False, False, True),
    ("The army lost 20-25 men.", 20, 25, False, False, False),
    ("Police held 20 to 25 marchers.", 20, 25, False, False, False),
    ("Police held between 20 and 25 marchers.", 20, 25, False, False, False),
    ("A dozen marchers were held.", 12, 12, False, False, False),
    ("Half a dozen marchers were held.", 6, 6, False, False, False),
    ("Twenty-five marchers were held.", 25, 25, False, False, False),
    ("Two and a half million people marched.", 2_500_000, 2_500_000, False, False, False),
    ("A quarter of a million people marched.", 250_000, 250_000, False, False, False),
    ("About 1.5m people marched.", 1_500_000, 1_500_000, False, False, True),
    ("The camps hold 2 lakh people.", 200_000, 200_000, False, False, False),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open", "approximate"), BOUNDS, ids=[row[0] for row in BOUNDS]
)
def test_bounds_are_open_or_closed_and_figures_exact_or_rough(text, low, high, low_open, high_open, approximate):
    one = _one(text)
    assert (one.low, one.high) == (low, high)
    assert (one.low_open, one.high_open, one.approximate) == (low_open, high_open, approximate)


VAGUE = [
    ("Dozens of marchers were held.", 24, 99),
    ("Thousands of people marched.", 2_000, 9_999),
    ("Tens of thousands of people marched.", 20_000, 99_999),
    ("A few dozen marchers were held.", 24, 60),
    ("Several huts burnt.", 3, 9),
    ("A couple of huts burnt.", 2, 3),
]


@pytest.mark.parametrize(("text", "low", "high"), VAGUE, ids=[row[0] for row in VAGUE])
def test_a_vague_word_is_a_soft_interval_and_never_exact(text, low, high):
    one = _one(text)
    assert (one.low, one.high, one.approximate) == (low, high, True)


# Money, measures and what is joined -------------------------------------------------------------

UNITS = [
    ("The meal costs 8 or 9 euros.", 8, 9, "EUR"),
    ("They marched 10 to 15 km.", 10, 15, "km"),
    ("The gang took between $3 and $5 million.", 3_000_000, 5_000_000, "USD"),
    ("The bank lost $2.5-3bn.", 2_500_000_000, 3_000_000_000, "USD"),
    ("The fund got £20m.", 20_000_000, 20_000_000, "GBP"),
    ("The fund got 40 million pounds.", 40_000_000, 40_000_000, "GBP"),
    ("The shell weighed 95 pounds.", 95, 95, "lb"),
    ("Canberra gave A$30m.", 30_000_000, 30_000_000, "AUD"),
    ("Ottawa paid 9 million Canadian dollars.", 9_000_000, 9_000_000, "CAD"),
    ("The fine was US $700.", 700, 700, "USD"),
    ("The state gave 5 crore rupees.", 50_000_000, 50_000_000, "INR"),
    ("Troops dug a 2-metre-deep trench.", 2, 2, "m"),
    ("The shell fell 1.5m from the wall.", 1.5, 1.5, "m"),
    ("It was minus 12 degrees Celsius in the trench.", -12, -12, "°C"),
    ("The dump held 3 million gallons of oil.", 3_000_000, 3_000_000, "gal"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), UNITS, ids=[row[0] for row in UNITS])
def test_money_and_measures_have_their_unit(text, low, high, unit):
    one = _one(text)
    assert (one.low, one.high, one.unit) == (low, high, unit)


def test_two_numbers_share_the_unit_behind_the_second():
    near, far = _quantities("The posts lie 5 and 7 miles from Dolna.")
    assert (near.low, near.unit, far.low, far.unit) == (5, "mi", 7, "mi")


# Parts, revisions, shares -----------------------------------------------------------------------


def test_killed_and_wounded_are_two_and_the_children_a_part():
    reading = _read("Shells hit Dolna on Tuesday, killing 3 people and wounding 12, including 2 children.")
    killed, wounded, children = reading.grounds.quantities
    assert (killed.low, wounded.low, children.low, children.part_of) == (3, 12, 2, wounded.id)
    assert _counts(reading) == {("killed", 3), ("wounded", 12), ("wounded", 2)}
    assert "children" in {target.group for target in _event(reading).targets}


@pytest.mark.parametrize(
    "text",
    [
        "Raiders seized 30 people, among them four nurses.",
        "Raiders seized 30 people, four of them nurses.",
        "Raiders seized 30 people, four of whom were nurses.",
    ],
)
def test_a_part_is_told_in_many_ways(text):
    whole, part = _quantities(text)
    assert (whole.low, part.low, part.part_of, _of(text, part)) == (30, 4, whole.id, "nurses")


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Of the 30 drones launched, 24 were shot down.", 30, 24),
        ("The raid hurt 14 people, two seriously.", 14, 2),
    ],
)
def test_a_part_is_told_by_how_or_out_of_what(text, whole, part):
    of, some = _quantities(text)
    assert (of.low, some.low, some.part_of) == (whole, part, of.id)


def test_a_family_is_part_of_those_who_died():
    people, family = _quantities("Eight people, including a family of five, died in the fire.")
    assert (people.low, family.low, family.part_of) == (8, 5, people.id)


def test_a_share_is_part_of_what_its_owner_has():
    text = "About two-thirds of the region's 2.1 million residents have left."
    share, residents = _quantities(text)
    assert (residents.low, share.part_of, _of(text, share)) == (
        2_100_000,
        residents.id,
        "region's 2.1 million residents",
    )


def test_more_than_half_of_the_houses_are_counted_once():
    reading = _read("More than half of the 120 houses in Dolna were destroyed.")
    half, houses = reading.grounds.quantities
    assert (half.low, half.low_open, half.part_of, houses.low) == (0.5, True, houses.id, 120)
    assert _counts(reading) == {("buildings", 0.5)}


def test_two_of_four_is_a_part_of_what_comes_behind_it():
    text = "The crew lost two of their four guns."
    part, whole = _quantities(text)
    assert (part.low, whole.low, part.part_of, whole.part_of) == (2, 4, whole.id, None)


def test_only_the_twelve_of_fifteen_were_shot_down():
    reading = _read("The Upland army shot down 12 of 15 drones over Dolna.")
    assert _counts(reading) == {("munitions", 12)}


REVISED = [
    ("The toll rose to 25 from 19.", 25, 19),
    ("The toll rose from 19 to 25.", 25, 19),
    ("The toll was revised down to 19 from 25.", 19, 25),
    ("The toll climbed to 40 from an earlier 36.", 40, 36),
    ("Officials put the dead at 31, up from 27.", 31, 27),
    ("The price is $4, up from $3.50.", 4, 3.5),
]


@pytest.mark.parametrize(("text", "new", "old"), REVISED, ids=[row[0] for row in REVISED])
def test_a_new_figure_supersedes_the_old_one(text, new, old):
    by_value = {quantity.low: quantity for quantity in _quantities(text)}
    assert by_value[new].replaces == by_value[old].id
    assert by_value[old].replaces is None


def test_the_event_counts_the_new_figure():
    assert _counts(_read("The death toll from the strike on Dolna rose to 25 from 19.")) == {("killed", 25)}


SHARES = [
    ("One in three homes has no roof.", 1 / 3, "homes", "1/3 of all"),
    ("Three out of five villagers fled.", 0.6, "villagers", "3/5 of all"),
    ("A third of the houses burnt.", 1 / 3, "houses", "1/3 of all"),
    ("Two-thirds of the town fled.", 2 / 3, "town", "2/3 of all"),
    ("About half the homes burnt.", 0.5, "homes", "about 1/2 of all"),
]


@pytest.mark.parametrize(("text", "share", "of", "said"), SHARES, ids=[row[0] for row in SHARES])
def test_a_ratio_is_a_share_of_what_it_is_told_of(text, share, of, said):
    one = _one(text)
    assert (one.low, one.high, one.unit, _of(text, one)) == (pytest.approx(share), one.low, "share", of)
    assert aloud(one) == said


# Zero and unknown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.",
        "Nobody died in the fire.",
        "None of the miners was killed.",
        "There were no casualties.",
        "The army reported no casualties.",
        "The fire caused no injuries.",
    ],
)
def test_nobody_hurt_is_zero(text):
    one = _one(text)
    assert (one.low, one.high) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "There were no immediate reports of casualties.",
        "No casualties were reported.",
        "There was no word on casualties.",
        "It was not known how many were hurt.",
    ],
)
def test_no_report_of_casualties_is_unknown_and_never_zero(text):
    assert _quantities(text) == ()


# What is counted --------------------------------------------------------------------------------


def test_graves_are_not_bodies():
    assert _counts(_read("Police found 440 graves in a wood near Dolna.")) == {("graves", 440)}
    assert _counts(_read("Workers dug up 430 bodies from the graves near Dolna.")) == {("bodies", 430)}


def test_rockets_are_munitions_and_not_victims():
    reading = _read("More than 70 rockets and shells hit the village of Reva overnight.")
    assert _counts(reading) == {("munitions", 70)}


def test_victims_are_counted_by_kind_and_group():
    reading = _read("Three soldiers and two nurses were wounded in the attack.")
    assert _counts(reading) == {("wounded", 3), ("wounded", 2)}
    assert {target.group for target in _event(reading).targets} == {"fighters", "medics"}


def test_one_counts_where_somebody_came_to_harm():
    text = "A mine killed one of the guards."
    one = _one(text)
    assert (one.low, _of(text, one)) == (1, "guards")
    assert _quantities("One of the guards smiled.") == ()


# Roles ------------------------------------------------------------------------------------------

ROLES = [
    ("Norway has sent about $12.4 billion in weapons since Feb. 3.", "cumulative"),
    ("Norway announced a new $500 million package.", "pledge"),
    ("The toll rose to 25.", "level"),
    ("Bread prices rose by 12 percent.", "change"),
    ("Bread prices rose 12 percent.", "change"),
    ("The raid brought the toll to 345.", "cumulative"),
    ("Rescue workers dug on, bringing the death toll to 63.", "cumulative"),
    ("Police made up 12 percent of the crowd.", None),
    ("The package costs $500 million.", None),
]


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[row[0] for row in ROLES])
def test_the_role_of_a_figure_is_what_the_words_say(text, role):
    assert _one(text).role == role


# What is no count -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old girl spoke.",
        "Ana Reva, 43, spoke.",
        "Vera, who was 9, spoke.",
        "The boys were aged 10 to 12.",
        "He turned 40 in the camp.",
        "Rebels fired a 152-mm gun.",
        "An S-300 battery and a T-72 stood there.",
        "An F-16 and a Boeing 737 flew past.",
        "The kitchen is open 24/7.",
        "The council adopted Resolution 1701.",
        "The 93rd Brigade held Hill 217 and Highway 19.",
        "Troops of Battalion 36 came by the road.",
        "Room 101 of the school was shut.",
        "The G7 and the G20 met.",
        "The war began in 2014 and went on until 2018.",
        "From 2014-2018 the line was calm.",
        "The match ended 3-1.",
        "The town's team lost 1-3 at home.",
        "It was a 5-9 decision of the court.",
        "Call 050 123 4567.",
        "Chapter Five of the book is lost.",
        "The siege lasted 90 days.",
        "A quake of magnitude 6.2 shook Dolna.",
    ],
)
def test_ages_calibres_names_years_and_durations_are_no_counts(text):
    assert _quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The state sent 45,000 Marines to the coast.", 45_000),  # no day of March
        ("In Dolna 12 died.", 12),
        ("Guards died at 3 checkpoints.", 3),
        ("He turned 5 tanks into scrap.", 5),
        ("Police held 2,000 young men.", 2_000),
        ("The raid freed 300 Mayans.", 300),
    ],
)
def test_a_count_beside_a_capital_or_like_a_year_stays_a_count(text, low):
    assert _one(text).low == low


def test_a_rise_and_where_it_ended():
    rise, level = _quantities("The number of dead rose by 12 to 345.")
    assert (rise.low, rise.role, level.low, level.role) == (12, "change", 345, "level")


def test_a_designation_beside_a_count_leaves_the_count():
    text = "Some 20 BMP-2 vehicles, 12 T-90 tanks and 14 Leopard 2 tanks moved in."
    assert [(quantity.low, _of(text, quantity)) for quantity in _quantities(text)] == [
        (20, "BMP-2 vehicles"),
        (12, "T-90 tanks"),
        (14, "Leopard 2 tanks"),
    ]


def test_every_quantity_stands_for_its_words():
    text = "Police held more than 20 of 45 marchers for 3 or 4 hours and took $3 million (2.9 million euros)."
    assert [_words(text, quantity) for quantity in _quantities(text)] == ["more than 20", "45", "$3 million"]
