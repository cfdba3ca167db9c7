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
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# Indian grouping counts too: 1,20,000 is one hundred and twenty thousand.
FIGURES = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d*\.\d+|\d+")
FRACTION = re.compile(r"(?:(?P<whole>\d+)[ -])?(?P<above>\d)/(?P<below>[1-9]\d?)")
TOO_FAR = 0.05
"""The share by which a stated conversion may differ from the computed one: rounding goes no further."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its code, what it measures, and how many of that dimension's base unit it is, exactly."""

    code: str
    dimension: str
    factor: float
    symbol: str
    called: str = ""
    offset: float = 0.0  # what its zero is on the base unit's scale: only a temperature's is not nought
    """Its full name in the singular: "square kilometre"."""


def number(words: str) -> float | None:
    """The value of figures or number words, scale words included; None for words that are no number.

    >>> number("15.1 billion"), number("two hundred and five"), number("a dozen"), number("twenty-five")
    (15100000000.0, 205.0, 12.0, 25.0)
    >>> number("1,20,000"), number("5 crore"), number(".500"), number("2½"), number("1 1/4")
    (120000.0, 50000000.0, 0.5, 2.5, 1.25)
    """
    if words and words[-1] in SIGNS:
        whole = number(words[:-1]) if words[:-1].strip() else 0.0
        return None if whole is None else whole + SIGNS[words[-1]]
    if written := FRACTION.fullmatch(words):
        return float(written["whole"] or 0) + int(written["above"]) / int(written["below"])
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


def part(words: str) -> float | None:
    """The value of words that tell a part of a whole; None for other words.

    >>> part("a third"), part("three-quarters"), part("half"), part("two thousand")
    (0.3333333333333333, 0.75, 0.5, None)
    """
    *many, last = words.lower().replace("-", " ").split() or [""]
    below = PARTS.get(last.removesuffix("s"))
    above = number(" ".join(many)) if many and many not in (["a"], ["an"]) else 1.0
    return above / below if below and above is not None and above < below else None


def convert(value: float, unit: Unit, into: Unit) -> float | None:
    """A value in another unit of the same dimension, or None where the two measure different things.

    >>> round(convert(1.0, Unit("mi", "length", 1609.344, "mi"), Unit("km", "length", 1000.0, "km")), 3)
    1.609
    >>> convert(104.0, Unit("°F", "heat", 5 / 9, "°F", offset=-160 / 9), Unit("°C", "heat", 1.0, "°C"))
    40.0
    """
    if unit.dimension != into.dimension:
        return None
    return (value * unit.factor + unit.offset - into.offset) / into.factor


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
