"""Which reports are of one happening, among reports near one another; the order in which they came does not matter.

Two reports are first scored by themselves, then among their neighbours: a name that all of them have tells nothing
there, one that some have tells much. Averages of those scores make a tree, and the tree is cut where the two sides are
two stories: each has names of its own, or came out at another time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.accounts.linking import Merge, leaves, tree
from sayso.accounts.story import StoryPrint, Weighed, weighed
from sayso.accounts.story_pairs import PAIR_FEATURES, days_apart, dot, pair_features
from sayso.models.stories import story_scorer

Floats = NDArray[np.floating[Any]]
Pair = tuple[int, int]
NEIGHBOUR = 0.1
"""The score from which two reports are neighbours."""
NEAR_FEATURES = (
    *PAIR_FEATURES, "near_alike", "near_names", "near_lead", "near_words", "near_top_least", "near_top_most",
    "neighbours", "neighbours_shared", "are_neighbours", "by_themselves",
)  # fmt: skip
NEAR_TOP = 8
SPLIT_FEATURES = (
    "link", "gap", "smaller", "larger", "own_lead_names_least", "own_lead_names_most", "own_names_least",
    "came_out_apart",
)  # fmt: skip
NEVER, ALONE = 0.12, 0.3
"""Mean score under which two groups are never joined; and under which a report alone joins none."""
CUT = 0.55
"""How likely two sides must be two stories for the tree to be cut."""


def same_stories(prints: Iterable[StoryPrint], scores: Mapping[tuple[str, str], float]) -> tuple[frozenset[str], ...]:
    """The groups of prints that tell one happening, by id, each print in one group; in the order of their first id.

    `scores` are those of `story_score`, by two ids in either order; a pair that is not there counts as 0. The same
    prints and scores give the same groups in whatever order they come.
    """
    stories = sorted(prints, key=lambda story: story.id)
    places = {story.id: place for place, story in enumerate(stories)}
    pairs = {_pair(places[one], places[two]): score for (one, two), score in scores.items()}
    found: list[frozenset[str]] = []
    for part in components(len(stories), [pair for pair, score in pairs.items() if score >= NEIGHBOUR]):
        inside = set(part)
        renumbered = {place: number for number, place in enumerate(part)}
        near = {
            (renumbered[one], renumbered[two]): score
            for (one, two), score in pairs.items()
            if one in inside and two in inside
        }
        for group in _grouped([stories[place] for place in part], near):
            found.append(frozenset(stories[part[number]].id for number in group))
    return tuple(sorted(found, key=min))


def _pair(one: int, two: int) -> Pair:
    return (one, two) if one < two else (two, one)


def components(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """The items that pairs connect, each component sorted, in the order of their first item."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, two in pairs:
        left, right = sorted((root(one), root(two)))
        parent[right] = left
    found: dict[int, list[int]] = {}
    for item in range(count):
        found.setdefault(root(item), []).append(item)
    return list(found.values())


def _grouped(stories: Sequence[StoryPrint], scores: Mapping[Pair, float]) -> list[list[int]]:
    if len(stories) < 2:
        return [[place] for place in range(len(stories))]
    pairs = sorted(scores)
    rows = near_rows(stories, {pair: scores[pair] for pair in pairs})
    alike = matrix_of(len(stories), dict(zip(pairs, story_scorer().near.chances(rows), strict=True)))
    return cut(stories, alike, tree(alike))


def matrix_of(count: int, scores: Mapping[Pair, float]) -> Floats:
    """A symmetric matrix of scores, 0 where there is none."""
    alike = np.zeros((count, count))
    for (one, two), score in scores.items():
        alike[one, two] = alike[two, one] = score
    return alike


# Two reports among their neighbours


def near_rows(stories: Sequence[StoryPrint], scores: Mapping[Pair, float]) -> Floats:
    """A row of `NEAR_FEATURES` for each pair scored, in their order."""
    around: list[set[int]] = [{place} for place in range(len(stories))]
    for (one, two), score in scores.items():
        if score >= NEIGHBOUR:
            around[one].add(two)
            around[two].add(one)
    seen: dict[frozenset[int], Counter[str]] = {}
    rows = [
        [*pair_features(stories[one], stories[two]), *_near(stories, (one, two), score, around, seen), _log_odds(score)]
        for (one, two), score in scores.items()
    ]
    return np.array(rows).reshape(len(rows), len(NEAR_FEATURES))


def _near(
    stories: Sequence[StoryPrint],
    pair: Pair,
    score: float,
    around: Sequence[set[int]],
    seen: dict[frozenset[int], Counter[str]],
) -> list[float]:
    """The features of a pair among the neighbours of the two."""
    one, two = pair
    if score < NEIGHBOUR / 2:
        return [0.0] * 9
    both = frozenset(around[one] | around[two])
    if len(both) < 4:
        return [0.5] * 6 + [math.log(len(both)), 0.0, 1.0]
    if both not in seen:
        seen[both] = Counter(stem for place in both for stem in weighed(stories[place]).all)
    rare = {stem: max(0.0, math.log((len(both) + 0.5) / count)) for stem, count in seen[both].items() if count > 1}
    a, b = weighed(stories[one]), weighed(stories[two])
    x, y = _told(a.all, rare), _told(b.all, rare)
    tops = sorted((_top_held(x, y), _top_held(y, x)))
    return [
        _cosine(x, y),
        _cosine(_told(a.names, rare), _told(b.names, rare)),
        _cosine(_told(a.lead, rare), _told(b.lead, rare)),
        _cosine(_told(a.words, rare), _told(b.words, rare)),
        *tops,
        math.log(len(both)),
        len(around[one] & around[two]) / len(both),
        1.0,
    ]


def _told(weights: Mapping[str, float], rare: Mapping[str, float]) -> dict[str, float]:
    return {stem: weight * rare[stem] for stem, weight in weights.items() if stem in rare}


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    if not one or not two:
        return 0.0
    norms = math.sqrt(dot(one, one) * dot(two, two))
    return dot(one, two) / (norms + 1e-9)


def _top_held(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    top = sorted(one.items(), key=lambda item: (-item[1], item[0]))[:NEAR_TOP]
    return sum(weight for stem, weight in top if stem in two) / (sum(weight for _, weight in top) + 1e-9)


def _log_odds(score: float) -> float:
    score = min(max(score, 1e-5), 1 - 1e-5)
    return math.log(score / (1 - score))


# Where the tree is cut


def cut(stories: Sequence[StoryPrint], alike: Floats, merges: Sequence[Merge]) -> list[list[int]]:
    """The groups that a tree falls into, each sorted: cut from the top where two sides are two stories."""
    count = len(stories)
    under = leaves(list(merges), count)
    open_nodes = [len(under) - 1]
    found = []
    while open_nodes:
        node = open_nodes.pop()
        merge = merges[node - count] if node >= count else None
        if merge is None or not _are_two(stories, alike, merge, under):
            found.append(under[node])
        else:
            open_nodes += [merge.left, merge.right]
    return found


def _are_two(stories: Sequence[StoryPrint], alike: Floats, merge: Merge, under: Sequence[list[int]]) -> bool:
    one, two = under[merge.left], under[merge.right]
    if merge.alike < NEVER:
        return True
    if min(len(one), len(two)) < 2:
        return merge.alike < ALONE
    row = split_features(stories, alike, (one, two), merge.alike)
    return story_scorer().split.chance(row) > CUT


def split_features(
    stories: Sequence[StoryPrint], alike: Floats, sides: tuple[list[int], list[int]], link: float
) -> list[float]:
    """What tells two groups of reports from one, in the order of `SPLIT_FEATURES`."""
    one, two = ([weighed(stories[place]) for place in side] for side in sides)
    lead_names = sorted(_own(one, two, "lead_names"))
    return [
        link,
        min(_within(alike, side) for side in sides) - link,
        math.log(min(len(one), len(two))),
        math.log(max(len(one), len(two))),
        *lead_names,
        min(_own(one, two, "names")),
        _came_out_apart(stories, sides),
    ]


def _within(alike: Floats, side: list[int]) -> float:
    if len(side) < 2:
        return 1.0
    return float(alike[np.ix_(side, side)].sum() - alike[side, side].sum()) / (len(side) * (len(side) - 1))


def _own(one: Sequence[Weighed], two: Sequence[Weighed], kind: str) -> tuple[float, float]:
    """What each side has as its own: the mean of its three weightiest stems that it has and the other has not."""
    rarity = story_scorer().rarity
    counts = [Counter(stem for story in side for stem in getattr(story, kind)) for side in (one, two)]
    shares = [
        {stem: (count + 0.3) / (len(side) + 1) for stem, count in counted.items()}
        for counted, side in zip(counts, (one, two), strict=True)
    ]
    rest = (0.3 / (len(one) + 1), 0.3 / (len(two) + 1))
    found = []
    for mine, other in ((0, 1), (1, 0)):
        own = ((share - shares[other].get(stem, rest[other])) * rarity(stem) for stem, share in shares[mine].items())
        best = sorted((value for value in own if value > 0), reverse=True)[:3]
        found.append(sum(best) / 3)
    return found[0], found[1]


def _came_out_apart(stories: Sequence[StoryPrint], sides: tuple[list[int], list[int]]) -> float:
    """Of the pairs across whose dates are known, how many did not come out within a week of one another."""
    gaps = [days_apart(stories[one], stories[two]) for one in sides[0] for two in sides[1]]
    known = [gap for gap in gaps if gap is not None]
    return sum(gap > 7 for gap in known) / len(known) if known else 0.0
