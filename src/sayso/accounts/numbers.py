"""How two figures stand to each other, with their bounds: "at least 19" and 25 can be one, 60 and 58 cannot."""

from __future__ import annotations

from sayso.record import Quantity
from sayso.values.quantity import aloud

NEAR = 0.1
"""The share by which a figure given as approximate may lie off."""


def can_be_one(one: Quantity, two: Quantity) -> bool:
    """Whether one true number can lie in both figures. A bound that is not known is open."""
    if one.unit != two.unit:
        return True
    low, high = _bounds(one)
    other_low, other_high = _bounds(two)
    return low <= other_high and other_low <= high


def is_said_alike(one: Quantity, two: Quantity) -> bool:
    """Whether two sentences can give one speaker's one figure: "19" and "at least 19" are, 14 and 29 are not."""
    if one.unit != two.unit:
        return True
    ends = (
        {end for end in (one.low, one.high) if end is not None},
        {end for end in (two.low, two.high) if end is not None},
    )
    return not all(ends) or bool(ends[0] & ends[1]) or (can_be_one(one, two) and (one.approximate or two.approximate))


def spoken(quantity: Quantity, of: str) -> str:
    """A figure as a person says it: "at least 19 killed", "up to 30 wounded", "22 bodies", "1,200 km2"."""
    return f"{amount(quantity)} {quantity.unit or of}".strip()


def amount(quantity: Quantity) -> str:
    """The number with its bounds in words."""
    low, high = quantity.low, quantity.high
    about = "about " if quantity.approximate else ""
    if low is None and high is None:
        return "an unknown number of"
    if low == high and low is not None:
        return about + aloud(low)
    if high is None and low is not None:
        return f"at least {about}{aloud(low)}"
    if low is None and high is not None:
        return f"up to {about}{aloud(high)}"
    return f"{about}{aloud(low or 0.0)} to {aloud(high or 0.0)}"


def _bounds(quantity: Quantity) -> tuple[float, float]:
    low = quantity.low if quantity.low is not None else float("-inf")
    high = quantity.high if quantity.high is not None else float("inf")
    if quantity.approximate:
        low, high = low - abs(low) * NEAR, high + abs(high) * NEAR
    return low, high
