"""Whose money: a sum in "francs" or "pesos" is in the currency of the country that the text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.grounding.number_rows import any_of, rows_about_numbers
from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge
from sayso.record import Place, Quantity, Span
from sayso.values.spans import near

CLEARLY = 3
"""How many times as often as all others a text that names several countries must name the one whose money it is."""
PAID = re.compile(
    r"\b(?:cost(?:s|ing)?|pa(?:y|ys|id|ying)|pric(?:e|es|ed)|worth|fined?|bail|ransom|wages?|salar(?:y|ies)"
    r"|earn(?:s|ed|ing)?|charg(?:e|es|ed|ing)|sell(?:s|ing)? (?:for|at)|sold (?:for|at)|spen[dt]|bribes?"
    r"|budget|loan|debts?)\b[^.;]{0,60}$",
    re.I,
)
GOODS = re.compile(r"\s+of\b")


@dataclass(frozen=True, slots=True)
class Shared:
    """A word for money that several countries share, and the currency that each calls so."""

    of: Mapping[str, str]
    codes: frozenset[str]  # what the numbers' stage gives where nobody says whose it is
    weighs: bool  # "pounds" are a weight too


@cache
def _words(knowledge: Knowledge) -> tuple[dict[str, Shared], re.Pattern[str]]:
    """What each shared word or sign stands for, and a pattern for one at the end or at the start of a sum."""
    weights = {name.lower() for row in knowledge.rows("units") if row["dimension"] == "mass" for name in row["names"]}
    found: dict[str, Shared] = {}
    signs: list[str] = []
    for row in knowledge.rows("currencies"):
        weighs = any(name in weights for name in row["names"])
        codes = {row["noun"], row.get("usual", row["noun"])} | ({"lb"} if weighs else set())
        for name in (*row["names"], *row.get("signs", ())) if row["bare"] or weighs else ():
            found[name.lower()] = Shared(row["of"], frozenset(codes), weighs)
        signs += row.get("signs", ())
    ends = any_of(found.keys() - {sign.lower() for sign in signs})
    return found, re.compile(rf"^(?P<sign>{any_of(signs)}) ?(?=\d)|(?P<whose>\S+)[ -](?P<word>{ends})$", re.I)


def with_currencies(
    quantities: Sequence[Quantity],
    places: Iterable[Place],
    sentences: Sequence[Stretch],
    text: str,
    knowledge: Knowledge,
) -> tuple[Quantity, ...]:
    """Sums with their currency: that of the one country with money of that name in the sentence, else in the text."""
    lands = sorted((place.span, place.country) for place in places if place.country)
    return tuple(_settled(quantity, lands, sentences, text, knowledge) for quantity in quantities)


def _settled(
    quantity: Quantity,
    lands: Sequence[tuple[Span, str]],
    sentences: Sequence[Stretch],
    text: str,
    knowledge: Knowledge,
) -> Quantity:
    shared = _shared(quantity, text, knowledge)
    if shared is None:
        return quantity
    sentence = next((held for held in map(_whole, sentences) if near([quantity.span], held)), quantity.span)
    code = _whose(shared, [land for span, land in lands if near([span], sentence)])
    code = code or _whose(shared, [land for _, land in lands])
    return replace(quantity, unit=code) if code else quantity


def _shared(quantity: Quantity, text: str, knowledge: Knowledge) -> Shared | None:
    """The shared word that a sum is told in, where nothing beside it says whose it is."""
    words, pattern = _words(knowledge)
    units = rows_about_numbers(knowledge).units
    said = pattern.search(" ".join(text[quantity.span.start : quantity.span.end].split()))
    if said is None or (said["word"] and f"{said['whose']} {said['word']}".lower() in units):
        return None  # "British pounds"
    shared = words[(said["word"] or said["sign"]).lower()]
    if quantity.unit not in shared.codes:
        return None
    weight = shared.weighs and quantity.unit == "lb"
    end = quantity.span.end
    if weight and (GOODS.match(text, end) or not PAID.search(text[max(0, quantity.span.start - 80) : end])):
        return None
    return shared


def _whose(shared: Shared, lands: Iterable[str]) -> str | None:
    """The one currency of that name among the countries named, or the one named far more often than all others."""
    named = Counter(shared.of[land] for land in lands if land in shared.of).most_common()
    if not named:
        return None
    code, times = named[0]
    return code if times >= CLEARLY * sum(count for _, count in named[1:]) else None


def _whole(sentence: Stretch) -> Span:
    """Where a sentence stands."""
    return Span(sentence.tokens[0].start, sentence.tokens[-1].end) if sentence.tokens else Span(0, 0)
