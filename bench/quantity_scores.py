"""Compares the quantities of a sentence with those that people marked, as the makers of NewsQuant do.

A value is right where it is the same number (to 1 in 100,000), a range where both its ends are. With the unit it is
right where the set's own name for the unit is the same, capitals aside; with the bound where that is the same sign.
The makers let one value that was found serve two marks where its unit fits neither. Here every value that was found
serves one mark at most, so that these figures are never higher than theirs would be, and are lower by a few tenths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isclose

from bench.newsquant import Marked

Value = float | tuple[float, float]
ASPECTS: dict[str, Callable[[Marked], Hashable]] = {
    "value": lambda one: None,
    "value_unit": lambda one: one.unit,
    "value_bound": lambda one: one.bound,
}


@dataclass
class Score:
    """How many were marked and found, and how many of those are right by each aspect."""

    marked: int = 0
    found: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def add(self, marked: Sequence[Marked], found: Sequence[Marked]) -> None:
        """Count one sentence."""
        self.marked += len(marked)
        self.found += len(found)
        for aspect, of in ASPECTS.items():
            self.right[aspect] += len(pairs(marked, found, of))


def pairs(
    marked: Sequence[Marked], found: Sequence[Marked], aspect: Callable[[Marked], Hashable]
) -> list[tuple[Marked, Marked]]:
    """Each mark with a quantity of its value and of its unit or bound, none of them twice."""
    left = list(found)
    paired = []
    for mark in marked:
        fits = [one for one in left if same_value(mark.value, one.value) and aspect(mark) == aspect(one)]
        if fits:
            left.remove(fits[0])
            paired.append((mark, fits[0]))
    return paired


def same_value(one: Value, two: Value) -> bool:
    """Whether two values are one number, or two ranges have the same ends."""
    if isinstance(one, tuple) and isinstance(two, tuple):
        return _close(one[0], two[0]) and _close(one[1], two[1])
    if isinstance(one, tuple) or isinstance(two, tuple):
        return False
    return _close(one, two)


def _close(one: float, two: float) -> bool:
    return isclose(one, two, rel_tol=1e-5, abs_tol=1e-8)


def figures(score: Score, aspects: Iterable[str] = tuple(ASPECTS)) -> dict[str, float]:
    """F1 by each aspect, and the precision and recall of it, in percent."""
    told = {}
    for aspect in aspects:
        right = score.right[aspect]
        told[aspect] = _percent(2 * right, score.marked + score.found)
        told[f"{aspect}_precision"] = _percent(right, score.found)
        told[f"{aspect}_recall"] = _percent(right, score.marked)
    return told


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


@dataclass(frozen=True)
class Error:
    """One thing that went wrong, as a sentence, and its kind."""

    kind: str
    says: str


def errors(text: str, marked: Sequence[Marked], found: Sequence[Marked]) -> list[Error]:
    """What was missed, too much, or right in its value and wrong in its unit or bound."""
    missed, extra, told = list(marked), list(found), []
    for aspect in (lambda one: (one.unit, one.bound), ASPECTS["value_unit"], ASPECTS["value"]):
        for mark, one in pairs(missed, extra, aspect):
            missed.remove(mark)
            extra.remove(one)
            told += _apart(text, mark, one)
    told += [Error("missed", f"missed {says(mark)} in: {text}") for mark in missed]
    return told + [Error("too much", f"too much: {says(one)} in: {text}") for one in extra]


def _apart(text: str, mark: Marked, one: Marked) -> list[Error]:
    told = []
    if mark.unit != one.unit:
        told.append(Error("unit", f"unit {one.unit!r}, marked {says(mark)} in: {text}"))
    if one.bound is not None and mark.bound != one.bound:
        told.append(Error("bound", f"bound {one.bound}, marked {says(mark)} in: {text}"))
    return told


def says(one: Marked) -> str:
    """A quantity as a person can read it."""
    value = f"{one.value[0]:g}-{one.value[1]:g}" if isinstance(one.value, tuple) else f"{one.value:g}"
    return f"{one.bound or ''}{value} {one.unit}"
