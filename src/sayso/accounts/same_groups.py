"""Which tellings are one incident, of those that were compared; the order in which they came does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sayso.accounts.linking import leaves, tree
from sayso.accounts.story_groups import components

JOINED = 0.5
"""The mean score of all pairs across from which two groups are one incident."""
UNASKED = 0.05
"""What a pair counts that has no edge: no key brought the two together, or they scored less than `KEPT`."""
KEPT = 0.02
"""The least score worth keeping an edge for."""

Pair = tuple[str, str]


def grouped(
    keys: Iterable[str],
    edges: Mapping[Pair, float],
    must: Iterable[Pair] = (),
    must_not: Iterable[Pair] = (),
) -> tuple[frozenset[str], ...]:
    """The incidents that some tellings fall into: each telling is in one, in the order of their first key.

    `edges` are scores of `same_event` by two keys in either order. What people ruled comes first: those of `must` are
    one, whatever the scores; those of `must_not` are in two, unless rulings also make them one. The same keys, edges
    and rulings give the same groups in whatever order they come.
    """
    names = sorted(set(keys))
    places = {name: place for place, name in enumerate(names)}
    ruled = components(len(names), ((places[one], places[two]) for one, two in must if one in places and two in places))
    scores = {
        _pair(places[one], places[two]): score for (one, two), score in edges.items() if one in places and two in places
    }
    apart = {_pair(places[one], places[two]) for one, two in must_not if one in places and two in places}
    strong = [pair for pair, score in scores.items() if score >= JOINED]
    strong += [(part[0], other) for part in ruled for other in part[1:]]
    found: list[list[int]] = []
    part_of = {place: number for number, part in enumerate(ruled) for place in part}
    for component in components(len(names), strong):
        found += _split(component, part_of, scores, apart)
    return tuple(sorted((frozenset(names[place] for place in group) for group in found), key=min))


def neighbourhood(start: Iterable[str], edges: Mapping[Pair, float], must: Iterable[Pair] = ()) -> frozenset[str]:
    """All keys whose grouping may change with these: what they are joined to, however far, by scores or rulings."""
    around: dict[str, set[str]] = {}
    for one, two in [*(pair for pair, score in edges.items() if score >= JOINED), *must]:
        around.setdefault(one, set()).add(two)
        around.setdefault(two, set()).add(one)
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {other for name in fresh for other in around.get(name, ())} - found
        found |= fresh
    return frozenset(found)


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _split(
    component: list[int],
    part_of: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
    apart: set[tuple[int, int]],
) -> list[list[int]]:
    """One component by average linkage, tellings that were ruled to be one being one item from the start."""
    items: dict[int, list[int]] = {}
    for place in component:
        items.setdefault(part_of[place], []).append(place)
    blocks = list(items.values())
    if len(blocks) == 1:
        return blocks
    size = len(component)
    at = {place: number for number, place in enumerate(component)}
    alike = np.full((size, size), UNASKED)
    for one in component:
        for two in component:
            score = scores.get((one, two))
            if score is not None:
                alike[at[one], at[two]] = alike[at[two], at[one]] = score
            if (one, two) in apart:
                alike[at[one], at[two]] = alike[at[two], at[one]] = -np.inf
    rows = [[at[place] for place in block] for block in blocks]
    means = np.array([[alike[np.ix_(one, two)].mean() for two in rows] for one in rows])
    merges = tree(means, least=JOINED, sizes=[len(row) for row in rows])
    under = leaves(merges, len(blocks))
    inner = {node for merge in merges for node in (merge.left, merge.right)}
    return [
        sorted(place for number in under[node] for place in blocks[number])
        for node in range(len(under))
        if node not in inner
    ]
