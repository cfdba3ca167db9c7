"""Scores of a grouping: B-cubed (Bagga and Baldwin 1998), and what was torn apart or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Grouping:
    """How a grouping stands to the right one. Precision falls where two are merged, recall where one is torn."""

    precision: float
    recall: float
    torn: int  # right groups that lie in more than one group
    merged: int  # groups that hold items of more than one right group

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def percent(self) -> dict[str, float]:
        """The figures as a bench prints them: shares in percent, counts as they are."""
        shares = {"f1": self.f1, "precision": self.precision, "recall": self.recall}
        return {name: round(100 * share, 1) for name, share in shares.items()} | {
            "torn": self.torn,
            "merged": self.merged,
        }


def b_cubed(groups: Mapping[str, Hashable], right: Mapping[str, Hashable]) -> Grouping:
    """Compare the group of each item with its right group; both name the same items.

    >>> b_cubed({"a": 1, "b": 1, "c": 2, "d": 3}, {"a": 1, "b": 1, "c": 1, "d": 1})
    Grouping(precision=1.0, recall=0.375, torn=1, merged=0)
    """
    found = Counter(groups[item] for item in right)
    wanted = Counter(right.values())
    both = Counter((groups[item], group) for item, group in right.items())
    count = len(right)
    return Grouping(
        sum(shared * shared / found[group] for (group, _), shared in both.items()) / count,
        sum(shared * shared / wanted[group] for (_, group), shared in both.items()) / count,
        sum(lies > 1 for lies in Counter(group for _, group in both).values()),
        sum(holds > 1 for holds in Counter(group for group, _ in both).values()),
    )
