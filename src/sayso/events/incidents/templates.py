"""From scores to templates: which types of incident a text tells, and who and what fills their slots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
SLOTS = ("person", "organisation", "target", "victim", "weapon")
"""Who did it: people, or the body they belong to; what was hit; which named people; with what."""
PERSON, ORGANISATION, TARGET, VICTIM, WEAPON = range(len(SLOTS))
LINKING = frozenset({"of", "and", "the", "de", "for"})
LEAST = 0.01
TOP = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate's words with how likely it fills each slot, and in an incident of each type."""

    number: int  # of the candidate
    words: tuple[str, ...]
    slots: Floats
    types: Floats


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filler: its candidates, the one that is named first, and how likely it is."""

    slot: int
    members: tuple[Scored, ...]
    score: float
    types: Floats

    @property
    def named(self) -> Scored:
        """The candidate whose words name it: those most often scored, of these the longest."""
        weight: dict[tuple[str, ...], float] = {}
        for one in self.members:
            weight[one.words] = weight.get(one.words, 0.0) + float(one.slots[self.slot])
        best = max(weight, key=lambda words: (weight[words], len(words)))
        return next(one for one in self.members if one.words == best)


def chosen(scored: Sequence[Scored], slot: int, least: float) -> list[Chosen]:
    """What fills a slot by at least this score, likeliest first: candidates that name one thing are one filler."""
    groups: list[list[Scored]] = []
    for one in sorted(scored, key=lambda one: -one.slots[slot]):
        if one.slots[slot] < least:
            break
        home = next((group for group in groups if any(_same(one.words, other.words, slot) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return [_chosen(slot, group) for group in groups]


def _chosen(slot: int, group: list[Scored]) -> Chosen:
    best = float(group[0].slots[slot])
    types = np.max([one.types * one.slots[slot] for one in group], axis=0) / max(best, 1e-9)
    return Chosen(slot, tuple(group), best, types)


def _same(one: tuple[str, ...], other: tuple[str, ...], slot: int) -> bool:
    """Whether two names name one: the words of one are among the other's, or are its first letters."""
    few, many = sorted((one, other), key=len)
    if set(few) <= set(many):
        return True
    if slot in (PERSON, VICTIM) or len(few) != 1 or len(many) < 2:
        return False
    return few[0] == "".join(word[0] for word in many if word not in LINKING)


def pooled(scored: Sequence[Scored]) -> Floats:
    """What the candidates together say of the types: the best scores of each slot in each type."""
    found: list[float] = []
    for slot in range(len(SLOTS)):
        for kind in range(len(TYPES) - 1):
            best = _top(one.slots[slot] * one.types[kind] for one in scored)
            found += [best[0] ** 0.5, sum(best)]
    return np.array([*found, *_top(one.slots.max() for one in scored)])


def _top(values: Iterable[float]) -> list[float]:
    return [*sorted(map(float, values), reverse=True)[:TOP], 0.0, 0.0, 0.0][:TOP]


@dataclass(frozen=True, slots=True)
class Limits:
    """From which scores on a type is told, a slot is filled, and a filler belongs to a type."""

    types: tuple[float, ...]
    slots: tuple[float, ...]
    link: float


def templates(scored: Sequence[Scored], types: Floats, limits: Limits) -> list[tuple[int, list[Chosen]]]:
    """One template for each type that is likely enough, with its fillers."""
    told = [kind for kind in range(len(TYPES)) if types[kind] > limits.types[kind]]
    made: dict[int, list[Chosen]] = {kind: [] for kind in told}
    for slot in range(len(SLOTS)):
        for one in chosen(scored, slot, limits.slots[slot]) if told else ():
            fits = one.types * types
            homes = [kind for kind in told if fits[kind] > limits.link] or [
                max(told, key=lambda kind: float(fits[kind]))
            ]
            for kind in homes:
                made[kind].append(one)
    return list(made.items())
