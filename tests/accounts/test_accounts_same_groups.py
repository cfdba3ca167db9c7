"""Tellings fall into incidents by what all pairs score, not by one weak bridge, and in whatever order they come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.accounts.linking import leaves, tree
from sayso.accounts.same_groups import grouped, neighbourhood

Pair = tuple[str, str]


def _groups(*groups: str) -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, groups))


# Why, the edges, what was ruled one, what was ruled two, and the groups of a b c d.
CASES: list[tuple[str, dict[Pair, float], list[Pair], list[Pair], tuple[frozenset[str], ...]]] = [
    ("nothing was compared", {}, [], [], _groups("a", "b", "c", "d")),
    ("one strong pair", {("a", "b"): 0.9}, [], [], _groups("ab", "c", "d")),
    ("an edge may be named from either end", {("b", "a"): 0.9}, [], [], _groups("ab", "c", "d")),
    (
        "a vague telling does not join two towns",
        {("a", "b"): 0.8, ("b", "c"): 0.7, ("a", "c"): 0.0},
        [],
        [],
        _groups("ab", "c", "d"),
    ),
    ("three that agree", {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.6}, [], [], _groups("abc", "d")),
    (
        "one weak pair among strong ones",
        {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.2},
        [],
        [],
        _groups("abc", "d"),
    ),
    ("ruled one, though nothing speaks for it", {}, [("a", "d")], [], _groups("ad", "b", "c")),
    ("ruled two, though all speaks against it", {("a", "b"): 0.99}, [], [("b", "a")], _groups("a", "b", "c", "d")),
    (
        "ruled two, and a third goes to the nearer",
        {("a", "b"): 0.9, ("a", "c"): 0.9, ("b", "c"): 0.8},
        [],
        [("a", "b")],
        _groups("ac", "b", "d"),
    ),
    ("ruled one by a chain", {}, [("a", "b"), ("b", "c")], [], _groups("abc", "d")),
    ("ruled one beats ruled two", {}, [("a", "b")], [("a", "b")], _groups("ab", "c", "d")),
    (
        "what is ruled one goes together where it goes",
        {("b", "c"): 0.95, ("a", "c"): 0.9},
        [("a", "b")],
        [],
        _groups("abc", "d"),
    ),
    ("two pairs", {("a", "b"): 0.9, ("c", "d"): 0.7, ("b", "c"): 0.3}, [], [], _groups("ab", "cd")),
    ("a score below the limit", {("a", "b"): 0.49}, [], [], _groups("a", "b", "c", "d")),
]


@pytest.mark.parametrize(
    ("edges", "must", "must_not", "groups"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_groups_follow_scores_and_rulings(
    edges: dict[Pair, float], must: list[Pair], must_not: list[Pair], groups: tuple[frozenset[str], ...]
) -> None:
    assert grouped("abcd", edges, must, must_not) == groups


PAIRS = [(one, two) for one in "abcdefg" for two in "abcdefg" if one < two]
EDGES = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.05, 0.3, 0.5, 0.55, 0.8, 0.95]))
RULED = st.lists(st.sampled_from(PAIRS), max_size=3)


@given(EDGES, RULED, RULED, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_rulings_hold(
    edges: dict[Pair, float], must: list[Pair], must_not: list[Pair], chance: object
) -> None:
    keys = list("abcdefg")
    groups = grouped(keys, edges, must, must_not)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    turned = {(two, one): score for (one, two), score in reversed(edges.items())}
    assert grouped(keys, turned, must[::-1], [(two, one) for one, two in must_not]) == groups
    group_of = {key: group for group in groups for key in group}
    assert sorted(key for group in groups for key in group) == sorted("abcdefg")
    assert all(group_of[one] == group_of[two] for one, two in must)
    ruled = grouped("abcdefg", {}, must)
    as_one = {key: group for group in ruled for key in group}
    assert all(group_of[one] != group_of[two] for one, two in must_not if as_one[one] != as_one[two])


@given(EDGES, RULED)
def test_what_lies_outside_the_neighbourhood_stays_as_it_was(edges: dict[Pair, float], must: list[Pair]) -> None:
    """So that a new telling costs what it touches: grouping its neighbourhood alone gives the same groups."""
    around = neighbourhood("a", edges, must)
    inside = {pair: score for pair, score in edges.items() if around.issuperset(pair)}
    rulings = [pair for pair in must if around.issuperset(pair)]
    whole = [group for group in grouped("abcdefg", edges, must) if not around.isdisjoint(group)]
    assert list(grouped(around, inside, rulings)) == whole


def test_a_tree_joins_the_most_alike_first() -> None:
    alike = np.array([[1, 0.9, 0.2], [0.9, 1, 0.4], [0.2, 0.4, 1]])
    merges = tree(alike)
    assert [(merge.left, merge.right) for merge in merges] == [(0, 1), (3, 2)]
    assert merges[1].alike == pytest.approx(0.3)
    assert leaves(merges, 3)[-1] == [0, 1, 2]


def test_a_tree_is_that_of_naive_average_linkage() -> None:
    chance = np.random.default_rng(7)
    for _ in range(20):
        alike = chance.random((9, 9))
        alike = (alike + alike.T) / 2
        assert [round(merge.alike, 9) for merge in tree(alike)] == [round(value, 9) for value in _naive(alike)]


def _naive(alike: np.ndarray) -> list[float]:
    groups = [[item] for item in range(len(alike))]
    found = []
    while len(groups) > 1:
        value, one, two = max(
            (float(alike[np.ix_(a, b)].mean()), i, j)
            for i, a in enumerate(groups)
            for j, b in enumerate(groups)
            if i < j
        )
        found.append(value)
        groups[one] += groups.pop(two)
    return found
