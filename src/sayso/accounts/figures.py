"""How many, over time: each origin's figures in the order in which they were given, ranges shown, nothing averaged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.accounts.numbers import amount
from sayso.record import Account, Quantity, Stated
from sayso.values.quantity import aloud


@dataclass(frozen=True, slots=True)
class Series:
    """What one origin said of one thing, the earliest first; all but the last are superseded."""

    of: str
    origin: str
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that standing figures allow; None where no origin bounds it."""

    of: str
    low: float | None
    high: float | None
    says: str


def figures_over_time(accounts: Iterable[Account]) -> tuple[Series, ...]:
    """The figures of each origin for each thing counted: by thing, then by when they were first given."""
    found: dict[tuple[str, str], list[Stated]] = {}
    for account in accounts:
        for stated in account.stated:
            if stated.field == "how_many" and stated.quantity is not None:
                found.setdefault((stated.of or "", account.origin), []).append(stated)
    every = [
        Series(
            of, origin, tuple(sorted(stated, key=lambda one: (one.at or "9999", one.anchor.report, one.anchor.span)))
        )
        for (of, origin), stated in found.items()
    ]
    return tuple(sorted(every, key=lambda one: (one.of, one.stated[0].at or "9999", one.origin)))


def ranges(accounts: Iterable[Account]) -> tuple[Range, ...]:
    """For each thing counted the range over the origins' standing figures: "19 to 25 killed"."""
    found: dict[str, list[Quantity]] = {}
    for account in accounts:
        for stated in account.stated:
            if stated.field == "how_many" and stated.quantity is not None and not stated.superseded:
                found.setdefault(stated.of or "", []).append(stated.quantity)
    return tuple(_range(of, quantities) for of, quantities in sorted(found.items()))


def _range(of: str, quantities: list[Quantity]) -> Range:
    lows = [quantity.low for quantity in quantities if quantity.low is not None]
    highs = [quantity.high for quantity in quantities if quantity.high is not None]
    low = min(lows, default=None)
    high = None if any(quantity.high is None for quantity in quantities) and not highs else max(highs, default=None)
    if len({(quantity.low, quantity.high) for quantity in quantities}) == 1:
        return Range(of, low, high, f"{amount(quantities[0])} {of}".strip())
    ends = sorted({*lows, *highs})
    return Range(of, low, high, f"{aloud(ends[0])} to {aloud(ends[-1])} {of}".strip() if ends else of)
