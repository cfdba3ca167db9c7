"""What words and figures mean as numbers, and how units convert. Pure algebra over rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONES = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 10**9, "bln": 10**9, "tn": 10**12}
FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
TOO_FAR = 0.05
"""The share by which a stated conversion may differ from the computed one: rounding goes no further."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its code, what it measures, and how many of that dimension's base unit it is, exactly."""

    code: str
    dimension: str
    factor: float
    symbol: str


def number(words: str) -> float | None:
    """The value of figures or number words, scale words included; None for words that are no number.

    >>> number("15.1 billion"), number("two hundred and five"), number("a dozen"), number("twenty-five")
    (15100000000.0, 205.0, 12.0, 25.0)
    """
    total = part = 0.0
    seen = False
    for word in words.lower().replace("-", " ").split():
        if FIGURES.fullmatch(word):
            part += float(word.replace(",", ""))
        elif word in ONES:
            part += ONES[word]
        elif word in TENS:
            part += TENS[word]
        elif word == "dozen":
            part = 12 * (part or 1)
        elif word == "hundred":
            part = 100 * (part or 1)
        elif word in SCALES or word in SHORT_SCALES:
            scale = SCALES.get(word) or SHORT_SCALES[word]
            total, part = total + (part or 1) * scale, 0.0
        elif word in ("and", "a", "an"):
            continue
        else:
            return None
        seen = True
    # Scaled decimals carry float noise in their last digits (15.1 * 10**9); no report states twelve digits.
    return float(f"{total + part:.12g}") if seen else None


def convert(value: float, unit: Unit, into: Unit) -> float | None:
    """A value in another unit of the same dimension, or None where the two measure different things.

    >>> round(convert(1.0, Unit("mi", "length", 1609.344, "mi"), Unit("km", "length", 1000.0, "km")), 3)
    1.609
    """
    if unit.dimension != into.dimension:
        return None
    return value * unit.factor / into.factor


def is_rounding(stated: float, computed: float) -> bool:
    """Whether a stated figure is near enough to the computed one to be a rounding of it.

    >>> is_rounding(3400, 3475), is_rounding(3000, 3475)
    (True, False)
    """
    return abs(stated - computed) <= TOO_FAR * abs(computed)


def aloud(value: float) -> str:
    """A number as a person writes it.

    >>> aloud(9000.0), aloud(2.5), aloud(3474.9)
    ('9,000', '2.5', '3,475')
    """
    if value == int(value) or abs(value) >= 100:
        return f"{round(value):,}"
    return f"{value:.4g}"
