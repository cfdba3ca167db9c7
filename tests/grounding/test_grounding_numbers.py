"""Numbers keep their doubt, as the guide's table *How many* says."""

from __future__ import annotations

import pytest

from sayso.record import Cut, Quantity, Span
from tests.grounding.grounded import grounded


def _words(text: str, quantity: Quantity) -> str:
    return text[quantity.span.start : quantity.span.end]


BOUNDS = [
    ("More than 60 rockets fell.", 60, None, True, False, False),
    ("At least 12 miners died.", 12, None, False, False, False),
    ("Up to 30 pilgrims were aboard.", None, 30, False, False, False),
    ("Fewer than 300 people live there.", None, 300, False, True, False),
    ("Nearly 300 homes burnt.", 300, 300, False, False, True),
    ("About 80 stalls burnt.", 80, 80, False, False, True),
    ("Some 40 huts burnt.", 40, 40, False, False, True),
    ("Police seized 10 to 15 rifles.", 10, 15, False, False, False),
    ("Between 10 and 15 drones came.", 10, 15, False, False, False),
    ("A dozen huts burnt.", 12, 12, False, False, False),
    # A vague word is a soft interval, never a figure to compare as exact.
    ("Dozens of huts burnt.", 24, 99, False, False, True),
    ("Thousands of people fled.", 2000, 9999, False, False, True),
    ("Several hundred villagers fled.", 300, 900, False, False, True),
    ("Two hundred and five people fled.", 205, 205, False, False, False),
    ("Just over 40 families fled.", 40, None, True, False, False),
    ("A little under 90 huts burnt.", None, 90, False, True, False),
    ("A score of shepherds fled.", 20, 20, False, False, True),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open", "approximate"), BOUNDS, ids=[row[0] for row in BOUNDS]
)
def test_bounds_and_approximation_are_kept(text, low, high, low_open, high_open, approximate):
    (quantity,) = grounded(text).quantities
    found = (quantity.low, quantity.high, quantity.low_open, quantity.high_open, quantity.approximate)
    assert found == (low, high, low_open, high_open, approximate)


def test_a_conversion_in_brackets_is_one_quantity_said_again():
    text = "The army holds 8,000 square kilometers (3,100 square miles) of marsh."
    (quantity,) = grounded(text).quantities
    assert (quantity.low, quantity.unit) == (8000, "km2")
    assert quantity.restated is not None
    assert (quantity.restated.value, quantity.restated.unit) == (3100, "mi2")
    assert text[quantity.restated.span.start : quantity.restated.span.end] == "3,100 square miles"


def test_a_part_belongs_to_its_whole():
    killed, wounded, children = grounded("Shells killed 3 and wounded 12, including 2 children.").quantities
    assert (killed.low, wounded.low, children.low) == (3, 12, 2)
    assert (killed.part_of, wounded.part_of, children.part_of) == (None, None, wounded.id)


@pytest.mark.parametrize("text", ["The toll rose to 25 from 19.", "The toll rose from 19 to 25."])
def test_a_revised_toll_replaces_the_one_before(text):
    by_value = {quantity.low: quantity for quantity in grounded(text).quantities}
    assert by_value[25].replaces == by_value[19].id
    assert by_value[19].replaces is None


def test_nobody_hurt_is_zero():
    (quantity,) = grounded("No one was hurt in the blast.").quantities
    assert (quantity.low, quantity.high) == (0, 0)


def test_no_reports_of_casualties_is_unknown_and_not_zero():
    assert grounded("There were no immediate reports of casualties.").quantities == ()


def test_huts_and_drones_are_what_is_counted():
    text = "Storms broke 730 wooden huts. More than 60 drones and mortar rounds fell."
    assert [text[q.of.start : q.of.end] for q in grounded(text).quantities if q.of] == [
        "wooden huts",
        "drones and mortar rounds",
    ]


def test_a_sum_so_far_and_a_new_pledge_are_never_one():
    text = "Norway has given about $2.3 billion in loans since May 9 and pledged another $750 million package."
    sent, pledged = grounded(text).quantities
    assert (sent.low, sent.unit, sent.approximate, sent.role) == (2_300_000_000, "USD", True, "cumulative")
    assert (pledged.low, pledged.role) == (750_000_000, "pledge")


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old boy spoke.",
        "Guards fired a 122-mm gun.",
        "An S-300 battery stood there.",
        "The kitchen is open 24/7.",
        "Anna Reva, 43, spoke.",
        "The council adopted Resolution 1701.",
        "T-72 tanks and a Boeing 737 stood there.",
        "The war began in 2014.",
        "One man spoke.",
    ],
)
def test_ages_calibres_designations_and_years_are_no_counts(text):
    assert grounded(text).quantities == ()


def test_one_is_a_count_where_harm_is_told():
    """ "One man was killed" counts; "one man said" only names somebody."""
    (quantity,) = grounded("One man was killed.").quantities
    assert (quantity.low, quantity.high) == (1, 1)


def test_a_number_with_a_cut_through_it_is_left_alone():
    """No span of a number overlaps a cut; the number beside it is still found."""
    text = "Shells killed 1READ MORE2 men and 3 women were hurt."
    cut = Cut(Span(text.index("READ"), text.index("READ") + 9), "prompt")
    quantities = grounded(text, cuts=(cut,)).quantities
    assert all(not (q.span.start < cut.span.end and cut.span.start < q.span.end) for q in quantities)
    assert any(_words(text, quantity) == "3" for quantity in quantities)


def test_a_very_long_line_of_digits_and_words_hangs_nothing():
    grounded("9" * 5_000 + " and " + "more than about " * 300 + "two")


HOURS = [
    "The planes come around eight most mornings.",
    "He rang every evening at 7 sharp.",
    "By quarter to nine last Friday night the hall was full.",
    "The bell rang at ten past four.",
    "The shelling began at half past five and ended at six.",
    "Around eight, shells began to fall on the market.",
    "It was about nine when the smoke rose.",
    "The gunmen left at seven.",
]


@pytest.mark.parametrize("text", HOURS)
def test_an_hour_is_no_count(text):
    assert grounded(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("The mine killed four and wounded around eight.", [4, 8]),
        ("Officials put the toll at eight.", [8]),
        ("The toll stood at 9.", [9]),
        ("The number of dead rose by nine.", [9]),
        ("Around eight people drowned.", [8]),
        ("He gave five to nine men a rifle.", [5]),
        ("Ten past presidents signed it.", [10]),
        ("They were reduced to five.", [5]),
    ],
)
def test_a_count_is_no_hour(text, lows):
    assert [quantity.low for quantity in grounded(text).quantities] == lows


@pytest.mark.parametrize(
    ("text", "low", "of"),
    [
        ("One pupil in five is hungry.", 0.2, "pupil"),
        ("He says 9 in 10 of his drivers have fled.", 0.9, "drivers"),
        ("Officials say one in four families has fled.", 0.25, "families"),
        ("Three wells out of four were dry.", 0.75, "wells"),
    ],
)
def test_one_in_so_many_is_a_share(text, low, of):
    (quantity,) = grounded(text).quantities
    assert quantity.of is not None
    assert (quantity.low, quantity.unit, text[quantity.of.start : quantity.of.end]) == (low, "share", of)


@pytest.mark.parametrize("text", ["Soldiers killed 3 in 10 raids.", "One farmer in five villages was robbed."])
def test_so_many_in_so_many_raids_is_no_share(text):
    assert all(quantity.unit is None for quantity in grounded(text).quantities)


@pytest.mark.parametrize(
    "text",
    [
        "A boy of 12 lay beside a man of 70.",
        "Most of the dead were under 18.",
        "The guards, all over 50, were let go.",
        "They met in the zone of the Three Frontiers.",
        "The tug sank at 53.13 N, 48.47 E on Monday.",
        "The wreck lies at 12°30'N.",
        "They hid for two nights.",
    ],
)
def test_ages_names_and_positions_are_no_counts(text):
    assert grounded(text).quantities == ()


def test_one_of_those_told_before_is_a_part():
    brothers, one = grounded("The blast wounded his two cousins, one of them badly.").quantities
    assert (one.low, one.part_of) == (1, brothers.id)


@pytest.mark.parametrize(
    "text",
    ["He is one of them.", "He rang his cousins, one of whom lives in Goma.", "She saw guards, one of whom she knew."],
)
def test_one_of_them_alone_is_no_count(text):
    assert grounded(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It is 300-odd miles to the port.", "mi"),
        ("Police found 20 or more kilos of resin.", "kg"),
        ("The trench is 30-plus metres long.", "m"),
    ],
)
def test_the_unit_may_stand_behind_the_bound(text, unit):
    (quantity,) = grounded(text).quantities
    assert quantity.unit == unit


MONEY = [
    # The text names one country whose money is called so: in the sentence, else anywhere.
    ("Norway gave 30 million kroner ($2.8 million) to the camp.", ["NOK"]),
    ("The fine in Burundi was 20,000 francs ($7).", ["BIF"]),
    ("The raid was in Colombia. The army lost 9 million pesos.", ["COP"]),
    ("In Khartoum bread costs 900 pounds a loaf.", ["SDG"]),
    ("In Pakistan he lost Rs 35 lakh ($12,000).", ["PKR"]),
    # Nobody says whose: no guess.
    ("The fine was 20,000 francs ($7).", ["franc"]),
    ("Rwanda and Burundi paid 20,000 francs ($7).", ["franc"]),
    # A weight, and an adjective that says whose.
    ("Aid workers brought 3,000 pounds of rice to Khartoum.", ["lb"]),
    ("Aid of 5 million British pounds reached Sudan.", ["GBP"]),
    ("A ride costs 2,000 Congolese francs (70 US cents) in Burundi.", ["CDF"]),
]


@pytest.mark.parametrize(("text", "units"), MONEY, ids=[row[0] for row in MONEY])
def test_money_is_in_the_currency_of_the_country_that_is_named(text, units):
    quantities = grounded(text).quantities
    assert [quantity.unit for quantity in quantities] == units
    assert all((quantity.restated is not None) == ("(" in text) for quantity in quantities)


def test_a_sum_in_brackets_says_money_again_that_no_row_knows_and_never_the_price_of_goods():
    (paid,) = grounded("Drivers paid 300 zorkmids ($14) at the gate.").quantities
    assert paid.restated is not None
    goats, price = grounded("He took home 12 goats ($300) from the fair.").quantities
    assert (goats.restated, price.low) == (None, 300)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Two X-59 guided missiles fell into the sea.", "X-59 guided missiles"),
        ("Four Leopard 2 tanks burnt.", "Leopard 2 tanks"),
        ("Soldiers freed 200 prisoners, among them dozens serving life.", "prisoners"),
    ],
)
def test_a_model_belongs_to_what_is_counted(text, of):
    found = [q.of for q in grounded(text).quantities]
    assert [text[span.start : span.end] for span in found if span] == [of]


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("Officials put the toll at 180, revising down an earlier figure of 212.", 180, 212),
        ("About 530 escaped, police said, later correcting the number to 515.", 515, 530),
        ("The price fell from 500 shekels ($140) to 60 shekels.", 60, 500),
        ("The fever cases tripled from 50 to 150.", 150, 50),
    ],
)
def test_a_corrected_figure_replaces_the_one_before(text, new, old):
    by_value = {quantity.low: quantity for quantity in grounded(text).quantities}
    assert by_value[new].replaces == by_value[old].id
    assert by_value[old].replaces is None


def test_a_rough_sum_behind_a_comma_says_it_again_and_one_on_top_does_not():
    (rice,) = grounded("A bag of rice costs 5,500 kyat, about $1.25 at the market.").quantities
    assert rice.restated is not None
    assert (rice.restated.value, rice.restated.unit) == (1.25, "USD")
    assert len(grounded("He paid 40 euros, about $9 more than last year.").quantities) == 2


@pytest.mark.parametrize("text", ["Flour costs almost four times as much.", "The village was hit five times."])
def test_how_often_is_no_count(text):
    assert grounded(text).quantities == ()


def test_a_part_of_a_sum_is_in_its_currency():
    total, paid = grounded("The camp needs $6 million, of which 1.9 million has come.").quantities
    assert (paid.unit, paid.part_of) == ("USD", total.id)
    _, tents = grounded("The camp got $2 million, of which 30 tents were bought.").quantities
    assert tents.unit is None


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("The raid killed no one.", None),
        ("No shepherds were killed in the raid.", "shepherds"),
        ("The shell wounded no villagers, the mayor said.", "villagers"),
        ("Neither of the two guards was hurt.", "two guards"),
        ("The mill burnt with no damage or casualties elsewhere.", "casualties"),
    ],
)
def test_none_of_them_is_zero(text, of):
    (zero,) = [quantity for quantity in grounded(text).quantities if quantity.high == 0]
    assert (text[zero.of.start : zero.of.end] if zero.of else None) == of


@pytest.mark.parametrize(
    "text",
    [
        "The police had no idea who was killed.",
        "He has no doubt women were killed.",
        "No deaths or injuries have been confirmed.",
        "No damage or casualties were reported.",
        "No one was reported hurt.",
    ],
)
def test_what_nobody_knows_is_never_zero(text):
    assert grounded(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("The rebels freed 17, including three aged 9, 11 and 14.", [17, 3]),
        ("Her two sons, 8 and 11, were taken.", [2]),
        ("A guard, 19, and his two friends drowned.", [2]),
        ("The boy, just 12, carried a rifle.", []),
        ("He fled at 15 and came back at 40.", []),
        ("Pupils aged 5 to 7 and 9 to 11 were fed.", []),
        ("The 14 were taken to cell 12.", [14]),
        # Counts that look like them.
        ("He was aged 43, and 12 were hurt.", [12]),
        ("The toll, 19, is the highest this year.", [19]),
        ("Guards fell in the blast, 12, and in the fire, 9.", [12, 9]),
        ("In the brigade 40 drowned.", [40]),
        ("It is in the top five based on size.", []),
        ("The 2,000-strong force has 14 bases.", [2000, 14]),
        ("They fired on guards, 2 and 3 km away.", [2, 3]),
    ],
)
def test_ages_told_in_commas_are_no_counts(text, lows):
    assert [quantity.low for quantity in grounded(text).quantities] == lows


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("Shells fell on the mill, wounding one.", [1]),
        ("The mine killed one and injured two more.", [1, 2]),
        ("Three were hurt and one was killed.", [3, 1]),
        ("Two died at once and one died later.", [2, 1]),
        # One as a pronoun.
        ("The one who was killed was a guard.", []),
        ("He had a gun and they destroyed one.", []),
        ("When one is hurt, others flee.", []),
        ("He killed them, one after another.", []),
        ("Each one was hit.", []),
    ],
)
def test_one_who_is_hurt_counts_without_a_noun(text, lows):
    assert [quantity.low for quantity in grounded(text).quantities] == lows
