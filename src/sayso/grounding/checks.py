"""What in a page adds up and what does not: conversions, weekdays, sums, parts, sizes, spellings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from sayso.grounding.numbers import units_of
from sayso.grounding.times import rows_about_time
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import folded, gazetteer
from sayso.record import Check, Grounds, Page, Place, Quantity, Span
from sayso.values.kept import kept
from sayso.values.moment import parsed_day
from sayso.values.name import levelled
from sayso.values.quantity import Unit, aloud, convert, is_rounding
from sayso.values.spans import near

SUM_WORDS = re.compile(r"\b(?:casualties|in all|in total|altogether|a total of|victims in)\b", re.I)
SIZE_WORDS = re.compile(r"\b(?:about |roughly |nearly |almost )?the size of\b", re.I)
MULTIPLES = re.compile(r"\b(?:twice|half|three times|double|third|quarter|times)\b[^.]{0,12}$", re.I)
SIZE_TOLERANCE = 0.25
"""How far two areas called "about the same" may lie apart: a comparison for readers is no measurement."""


def check(page: Page, grounds: Grounds, knowledge: Knowledge) -> tuple[Check, ...]:
    """Say what in a page adds up and what does not, in the order of the text."""
    found = [
        *_conversions(grounds, knowledge),
        *_weekdays(page, grounds, knowledge),
        *_sums(page, grounds),
        *_parts(grounds),
        *_sizes(page, grounds, knowledge),
        *_spellings(grounds),
        *_place_spellings(grounds),
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


def _weekdays(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """Compare a weekday with the full date beside it."""
    rows = rows_about_time(knowledge)
    names = {number: name.title() for name, number in rows.weekdays.items()}
    checks = []
    for moment in grounds.moments:
        words = page.report.text[moment.span.start : moment.span.end]
        named = re.search(rf"\b(?:{'|'.join(rows.weekdays)})\b", words, re.I)
        day = parsed_day(moment.timex or "") if len(moment.timex or "") == 10 else None
        if named is None or day is None or not re.search(r"\d{4}", words):
            continue
        stated = rows.weekdays[named[0].lower()]
        holds = day.weekday() == stated
        verdict = "holds" if holds else "does not hold"
        says = f"{day.isoformat()} is a {names[day.weekday()]}, stated {names[stated]}: {verdict}"
        checks.append(Check("weekday", holds, (moment.span,), says))
    return checks


def _by_sentence(page: Page, quantities: tuple[Quantity, ...]) -> dict[int, list[Quantity]]:
    starts = [sentence.start for sentence in page.sentences]
    found: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        found[bisect_right(starts, quantity.span.start) - 1].append(quantity)
    return found


def _sums(page: Page, grounds: Grounds) -> list[Check]:
    """Two or more counts and their stated sum in one sentence: "3 killed and 12 wounded, 15 casualties"."""
    cuts = [cut.span for cut in page.cuts]
    checks = []
    for number, quantities in sorted(_by_sentence(page, grounds.quantities).items()):
        counts = [quantity for quantity in quantities if quantity.part_of is None and quantity.unit is None]
        if len(counts) < 3 or any(quantity.low is None or quantity.low != quantity.high for quantity in counts):
            continue
        sentence = page.sentences[number]
        for at in (len(counts) - 1, 0):
            whole = counts[at]
            parts = counts[:-1] if at else counts[1:]
            around = Span(max(sentence.start, whole.span.start - 12), min(sentence.end, whole.span.end + 24))
            if SUM_WORDS.search(kept(page.report.text, around, near(cuts, around)).text) is None:
                continue
            total = sum(part.low or 0.0 for part in parts)
            holds = total == whole.low
            terms = " + ".join(aloud(part.low or 0.0) for part in parts)
            says = (
                f"{terms} is {aloud(total)}, stated {aloud(whole.low or 0.0)}: {'holds' if holds else 'does not hold'}"
            )
            checks.append(Check("arithmetic", holds, (*(part.span for part in parts), whole.span), says))
            break
    return checks


def _parts(grounds: Grounds) -> list[Check]:
    """A part larger than its whole: "12 people, including 15 children"."""
    known = {quantity.id: quantity for quantity in grounds.quantities}
    checks = []
    for quantity in grounds.quantities:
        whole = known.get(quantity.part_of or "")
        if (
            whole is None
            or whole.high is None
            or quantity.low is None
            or whole.approximate
            or whole.unit != quantity.unit
        ):
            continue
        if quantity.low > whole.high:
            says = f"{aloud(quantity.low)} cannot be part of {aloud(whole.high)}: does not hold"
            checks.append(Check("arithmetic", False, (whole.span, quantity.span), says))
    return checks


def _sizes(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """Compare an area with the country that it is said to be the size of."""
    units = units_of(knowledge)
    starts = [sentence.start for sentence in page.sentences]
    areas = _by_sentence(page, tuple(q for q in grounds.quantities if q.unit and units[q.unit].dimension == "area"))
    checks = []
    for place in grounds.places:
        facts = (
            gazetteer().facts(place.country)
            if place.use == "comparison" and place.level == "country" and place.country
            else None
        )
        number = bisect_right(starts, place.span.start) - 1
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
        says = (
            f"{place.name} has {aloud(facts.area_km2)} km², compared with {aloud(stated)} km²: "
            f"{'holds' if holds else 'does not hold'}"
        )
        checks.append(Check("size", holds, (quantity.span, place.span), says))
    return checks


def _spellings(grounds: Grounds) -> list[Check]:
    """One person under two spellings: which, for an editor to settle."""
    checks = []
    for entity in grounds.entities:
        if entity.kind != "person":
            continue
        by_word: dict[str, list[str]] = defaultdict(list)
        for form in (entity.name, *entity.also):
            word = form.split()[-1]
            if word not in by_word[levelled(word)]:
                by_word[levelled(word)].append(word)
        for forms in by_word.values():
            if len({form.lower() for form in forms}) > 1:
                says = f"One name, {len(forms)} spellings: {', '.join(forms)}"
                checks.append(Check("spelling", False, entity.mentions[:8], says))
    return checks


def _place_spellings(grounds: Grounds) -> list[Check]:
    """One town under two spellings: which, with the first place of each."""
    same: dict[int, dict[str, Place]] = defaultdict(dict)
    for place in grounds.places:
        if place.geonames is not None and place.level == "town":
            same[place.geonames].setdefault(folded(place.name), place)
    checks = []
    for spellings in same.values():
        if len(spellings) > 1:
            places = sorted(spellings.values(), key=lambda place: place.span)
            says = f"One place, {len(places)} spellings: {', '.join(place.name for place in places)}"
            checks.append(Check("spelling", False, tuple(place.span for place in places), says))
    return checks
