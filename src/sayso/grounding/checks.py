"""What in a page adds up and what does not: the checks of all subjects, in the order of the text."""

from __future__ import annotations

import re

from sayso.grounding.checking import ages, days, figures, spellings
from sayso.grounding.checking.words import by_sentence, sentence_of, verdict
from sayso.grounding.numbers import units_of
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import gazetteer
from sayso.record import Check, Grounds, Page, Quantity
from sayso.values.quantity import Unit, aloud, convert, is_rounding

SIZE_WORDS = re.compile(r"\b(?:about |roughly |nearly |almost )?the size of\b", re.I)
MULTIPLES = re.compile(r"\b(?:twice|half|three times|double|third|quarter|times)\b[^.]{0,12}$", re.I)
SIZE_TOLERANCE = 0.25
"""How far two areas called "about the same" may lie apart: a comparison for readers is no measurement."""


def check(page: Page, grounds: Grounds, knowledge: Knowledge) -> tuple[Check, ...]:
    """Say what in a page adds up and what does not, in the order of the text."""
    found = [
        *_conversions(grounds, knowledge),
        *_sizes(page, grounds, knowledge),
        *figures.sums(page, grounds),
        *figures.parts(page, grounds),
        *figures.shares(page, grounds),
        *figures.changes(page, grounds),
        *figures.ranges(page, grounds),
        *days.weekdays(page, grounds, knowledge),
        *days.stretches_of_days(page, grounds),
        *days.publication(page, grounds),
        *ages.ages(page, grounds),
        *spellings.spellings(page, grounds, knowledge),
        *spellings.place_spellings(grounds),
        *spellings.doubtful_names(page, grounds, knowledge),
    ]
    return tuple(sorted(found, key=lambda check: (check.spans, check.kind)))


def _conversions(grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """Compare a quantity with the same said again in another unit: the second figure is the first, rounded, or not."""
    units = units_of(knowledge)
    checks = []
    for quantity in grounds.quantities:
        value = quantity.low if quantity.low is not None else quantity.high
        said = quantity.restated
        if said is None or value is None or quantity.unit is None or said.unit is None:
            continue
        unit, into = units[quantity.unit], units[said.unit]
        computed = convert(value, unit, into)
        if computed is None:
            continue
        checks.append(_conversion(quantity, value, unit, into, computed))
    return checks


def _conversion(quantity: Quantity, value: float, unit: Unit, into: Unit, computed: float) -> Check:
    said = quantity.restated
    stated = said.value if said else 0.0
    holds = is_rounding(stated, computed)
    exact = round(computed, 1) == round(stated, 1)
    verdict = "exact, holds" if exact else "rounded, holds" if holds else "more than 5 % apart, does not hold"
    says = f"{aloud(value)} {unit.symbol} is {aloud(computed)} {into.symbol}, stated {aloud(stated)}: {verdict}"
    return Check("conversion", holds, (quantity.span, *((said.span,) if said else ())), says)


def _sizes(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """Compare an area with the country that it is said to be the size of."""
    units = units_of(knowledge)
    areas = by_sentence(page, (q for q in grounds.quantities if q.unit and units[q.unit].dimension == "area"))
    checks = []
    for place in grounds.places:
        facts = (
            gazetteer().facts(place.country)
            if place.use == "comparison" and place.level == "country" and place.country
            else None
        )
        number = sentence_of(page, place.span.start)
        if facts is None or not facts.area_km2 or len(areas.get(number, ())) != 1:
            continue
        quantity = areas[number][0]
        between = page.report.text[quantity.span.end : place.span.start]
        size = SIZE_WORDS.search(between)
        value = quantity.low if quantity.low is not None else quantity.high
        if size is None or value is None or MULTIPLES.search(between[: size.start()]):
            continue
        stated = value * units[quantity.unit or ""].factor / units["km2"].factor
        holds = abs(stated - facts.area_km2) <= SIZE_TOLERANCE * facts.area_km2
        says = f"{place.name} has {aloud(facts.area_km2)} km², compared with {aloud(stated)} km²: {verdict(holds)}"
        checks.append(Check("size", holds, (quantity.span, place.span), says))
    return checks
