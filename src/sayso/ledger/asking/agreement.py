"""How far two readers agree, counted as others count it: Cohen's kappa of verdicts, and F1 of fields.

It tells how sure the reading of a case is, and where its questions are unclear. It is no score of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

SMALL = 30
"""Below so many pairs a kappa says little: its interval is as wide as half the scale."""
SURE = 1.96
"""Standard errors to either side of an interval of 95 percent."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of `pairs` verdicts by two readers, of which `agreed` are the same.

    `value` is None where it is not defined: nothing was compared, or both gave nothing but one verdict, so that
    agreeing by chance cannot be told from agreeing. `low` and `high` are None where no interval can be given.
    """

    pairs: int
    agreed: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether too few were compared to say much."""
        return self.pairs < SMALL


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Cohen's kappa, unweighted: how much more two readers agree than by chance, if each kept giving as many of each.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960); the
    interval is of his standard error, sqrt(p(1-p)/n)/(1-e), and is left out where all or none of the pairs agree.

    >>> kappa([("accept", "accept"), ("accept", "reject"), ("reject", "reject"), ("reject", "reject")]).value
    0.5
    """
    count = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    if not count:
        return Kappa(0, 0)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[verdict] * second[verdict] for verdict in first)  # of count * count
    if by_chance == count * count:
        return Kappa(count, agreed)
    observed, expected = agreed / count, by_chance / count**2
    value = (observed - expected) / (1 - expected)
    error = sqrt(observed * (1 - observed) / count) / (1 - expected)
    if not error:
        return Kappa(count, agreed, value)
    return Kappa(count, agreed, value, max(-1.0, value - SURE * error), min(1.0, value + SURE * error))


def f1(pairs: Iterable[tuple[Collection[object], Collection[object]]]) -> float | None:
    """Twice what both hold, by what each holds: with either reader taken as the reference it is the same number.

    None where neither holds anything.

    >>> f1([({"who", "when"}, {"who"}), (set(), set())])
    0.6666666666666666
    """
    both = all_held = 0
    for one, other in pairs:
        both += len(set(one) & set(other))
        all_held += len(set(one)) + len(set(other))
    return 2 * both / all_held if all_held else None
