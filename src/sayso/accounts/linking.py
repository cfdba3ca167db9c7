"""Average linkage: a tree of groups, the two most alike joined first, whatever order they are given in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Merge(NamedTuple):
    """Two groups joined into one. Items are nodes 0 to n-1; the merge at place k makes node n+k."""

    left: int
    right: int
    alike: float  # the mean likeness of all pairs across


def tree(alike: Floats, *, least: float = -np.inf, sizes: Sequence[int] | None = None) -> list[Merge]:
    """The merges of average linkage over a symmetric matrix of likeness, the most alike first.

    `sizes` are how many things each item stands for; 1 where not given. Two groups less alike than `least` are not
    joined, nor are any two that hold a pair of likeness minus infinity.

    A chain of nearest neighbours, in the square of the number of items (Murtagh, "Multidimensional clustering
    algorithms", 1985). Among equals the first item counts, so that sorted items give one tree.
    """
    count = len(alike)
    if count < 2:
        return []
    matrix = np.array(alike, dtype=float)
    np.fill_diagonal(matrix, -np.inf)
    weights = np.array(sizes if sizes is not None else np.ones(count), dtype=float)
    found: list[tuple[int, int, float]] = []
    chain: list[int] = []
    alive = np.ones(count, dtype=bool)
    while alive.any():
        if not chain:
            chain = [int(np.argmax(alive))]
        top = chain[-1]
        best = int(np.argmax(matrix[top]))
        if matrix[top, best] < least or matrix[top, best] == -np.inf:  # and nothing later comes closer to it
            alive[top] = False
            matrix[top], matrix[:, top] = -np.inf, -np.inf
            chain = chain[:-1]
            continue
        if len(chain) > 1 and matrix[top, chain[-2]] >= matrix[top, best]:
            best = chain[-2]
        if len(chain) < 2 or best != chain[-2]:
            chain.append(best)
            continue
        chain = chain[:-2]
        one, two = min(top, best), max(top, best)
        found.append((one, two, float(matrix[one, two])))
        row = (weights[one] * matrix[one] + weights[two] * matrix[two]) / (weights[one] + weights[two])
        row[one] = row[two] = -np.inf
        matrix[one], matrix[:, one] = row, row
        matrix[two], matrix[:, two] = -np.inf, -np.inf
        weights[one] += weights[two]
        alive[two] = False
    return _numbered(found, count)


def _numbered(found: list[tuple[int, int, float]], count: int) -> list[Merge]:
    """Merges in the order of likeness, each named by the nodes it joins."""
    node = list(range(count))
    stands: dict[int, int] = {item: item for item in range(count)}

    def root(item: int) -> int:
        while node[item] != item:
            node[item] = node[node[item]]
            item = node[item]
        return item

    merges = []
    for one, two, alike in sorted(found, key=lambda merge: -merge[2]):
        left, right = root(one), root(two)
        merges.append(Merge(stands[left], stands[right], alike))
        node[right] = left
        stands[left] = count + len(merges) - 1
    return merges


def leaves(merges: list[Merge], count: int) -> list[list[int]]:
    """The items under each node of a tree, in their order."""
    under = [[item] for item in range(count)]
    for merge in merges:
        under.append(sorted(under[merge.left] + under[merge.right]))
    return under
