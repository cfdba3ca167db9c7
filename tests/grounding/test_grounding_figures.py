"""The wide layer gives every number that counts anything, in the words of its unit, and no name or date."""

from __future__ import annotations

import pytest

from tests.grounding.figured import figures_in

Told = tuple[str, float, float, str]


def _told(text: str) -> list[Told]:
    return [(figure.bound, figure.low, figure.high, figure.unit) for figure in figures_in(text)]


def _exactly(value: float, unit: str) -> Told:
    return ("=", value, value, unit)


FIGURES = [
    # Nouns are units, in their dictionary form, with what stands before them.
    ("The firm runs seven coastal ferries.", [_exactly(7, "coastal ferry")]),
    ("Police found 60 stolen cars.", [_exactly(60, "car")]),
    # A unit of measure at the end of a group is the unit.
    ("She gained 310 rushing yards.", [_exactly(310, "yard")]),
    ("A 12-page letter came.", [_exactly(12, "page")]),
    # Ages and durations count here, and nowhere in the record.
    ("The 15-year-old ran for 40 minutes.", [_exactly(15, "year of age"), _exactly(40, "minute")]),
    ("Vera, who was 9, waited six months.", [_exactly(9, "year of age"), _exactly(6, "month")]),
    ("Emilie Moor died at 74; jabs go to children under 5.", [_exactly(74, "year of age"), ("<", 5, 5, "year of age")]),
    ("Ivan Moor 38 has sailed twice.", [_exactly(38, "year of age")]),
    # So does "one" before a noun or of many.
    ("One proposal failed.", [_exactly(1, "proposal")]),
    ("It is one of the oldest bridges in Reva.", [_exactly(1, "old bridge reva")]),
    ("It is just one of four sunken ferries.", [_exactly(0.25, "% sunken ferry")]),
    ("The fund backs one of the participating labs.", [_exactly(1, "lab")]),
    ("She had two small, shallow wounds.", [_exactly(2, "small shallow wound")]),
    ("No one came, and the one who called wept.", []),
    # Joined by "or" they are two, from one to another one.
    ("A meal costs eight or nine euros.", [_exactly(8, "euro"), _exactly(9, "euro")]),
    ("The range grew from 250 miles to 290 miles.", [("=", 250, 290, "mile")]),
    ("It weighs 10 to 15 kg.", [("=", 10, 15, "kilogram")]),
    ("Dozens of nurses and tens of thousands of pupils marched.",
     [("=", 12, 120, "nurse"), ("=", 10_000, 100_000, "pupil")]),
    ("Several pupils and a few nurses marched.", []),
    # Bounds, rises and falls.
    ("The toll of more than 300 cars was up 12 percent.", [(">", 300, 300, "car"), ("up", 12, 12, "percentage")]),
    ("Just under 30 per cent came.", [("<", 30, 30, "percentage")]),
    ("Bread averaged $3 a loaf and fell 20 cents.", [("~", 3, 3, "dollar"), ("down", 20, 20, "cent")]),
    ("They gave up 500 yards and lost 12 guns.", [_exactly(500, "yard"), _exactly(12, "gun")]),
    ("Fever rose by 1 to 1.5 degrees Celsius (1.8 to 2.7 Fahrenheit).",
     [("up", 1, 1.5, "celsius"), ("up", 1.8, 2.7, "fahrenheit")]),
    # Rates.
    ("Oil costs $58.20 per barrel.", [_exactly(58.2, "dollar per barrel")]),
    ("Rents grow 5 percent a year.", [("up", 5, 5, "percentage per year")]),
    ("Sales came to $70 million a year earlier.", [_exactly(70_000_000, "dollar")]),
    ("The truck emits 120g/km.", [_exactly(120, "gram per kilometre")]),
    # What a number is joined with lends it its noun.
    ("Builders sold 430 homes in May and 180 in June.", [_exactly(430, "home"), _exactly(180, "home")]),
    ("She left for another week or two.", [_exactly(2, "week")]),
    # Signs and short forms.
    ("The phone has 12MP, 6GB and 4G.",
     [_exactly(12, "megapixel"), _exactly(6, "gigabyte"), _exactly(4, "generation wireless")]),
    ("It makes 938 hp and 1.2 lakh rupees.", [_exactly(938, "horsepower"), _exactly(120_000, "rupee")]),
    ("A third of those asked fled.", [_exactly(1 / 3, "% -")]),
    # Names, dates, scores and half-times count nothing.
    ("In 2019 the S&P 500 and the Reva 250 index fell on May 12.", []),
    ("The game ended 3-1 in the second half of the match.", []),
    ("The council voted 22–0 for it in nineteen ninety-one.", []),
    ("The 22nd clause of Section 427 is void.", []),
    ("Call (555) 386-1018.", []),
    ("The old town stood between A.D. 1000 and 1260.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_figure_is_told_with_its_bound_and_unit(text, told):
    found = _told(text)
    assert [(bound, unit) for bound, _, _, unit in found] == [(bound, unit) for bound, _, _, unit in told]
    assert [ends for _, *ends, _ in found] == [pytest.approx(ends) for _, *ends, _ in told]


def test_a_figure_stands_for_its_words():
    text = "Police held more than 20 marchers for 3 hours."
    assert [text[figure.span.start : figure.span.end] for figure in figures_in(text) if figure.span] == [
        "more than 20",
        "3 hours",
    ]
