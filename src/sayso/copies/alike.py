"""Sentences of one report against sentences of another: what each pair of them shares.

A word that stands in many sentences of either report ("the market", in two reports of one shelling) tells little of any
pair of them: it counts less the more there are. So two reports of one event share their names, and a copy still stands
out by the small things said in the same breath.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.copies.prints import QUOTED, Print
from sayso.copies.words import FIGURE, NAME, WORD

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEATURES = (
    "cosine", "contained", "shared", "figures", "names", "words", "pairs_of_words", "figures_missed", "length",
    "least_margin", "most_margin", "quoted", "cosine_by_length",
)  # fmt: skip
"""What is known of a pair of sentences, in the order of the last axis of `features`."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of a print, each once a sentence and by their numbers, as they are compared."""

    sentences: int
    keys: NDArray[Any]
    where: Ints  # the sentence of each
    weights: Floats
    kinds: Ints
    distinct: NDArray[Any]
    counts: Ints  # in how many sentences each of `distinct` stands
    pairs: NDArray[Any]  # two words that follow one another, as one number
    pairs_where: Ints


@dataclass(frozen=True, slots=True)
class Alike:
    """What the sentences of two reports share. All arrays are (sentences here, sentences there)."""

    features: Floats  # (here, there, FEATURES)
    cosine: Floats
    quoted: Floats  # the weight of shared words that stand in quotation marks
    shared: Floats
    heres: Floats  # the weight of each sentence here
    theres: Floats


@lru_cache(maxsize=512)
def bag(one: Print) -> Bag:
    """The words of a print made ready."""
    rows = one.tokens
    codes = rows["key"].astype(np.uint64) << np.uint64(16) | rows["sentence"].astype(np.uint64)
    _, first = np.unique(codes, return_index=True)
    words = rows[first]
    distinct, counts = np.unique(words["key"], return_counts=True)
    follows = rows["sentence"][:-1] == rows["sentence"][1:]
    two = (rows["key"][:-1].astype(np.uint64) * np.uint64(0x9E3779B1)) ^ rows["key"][1:].astype(np.uint64)
    both = np.unique(np.stack([two[follows], rows["sentence"][:-1][follows].astype(np.uint64)]), axis=1)
    return Bag(
        len(one.sentences),
        words["key"],
        words["sentence"].astype(np.int64),
        words["weight"] / 16.0,
        words["kind"].astype(np.int64),
        distinct,
        counts.astype(np.int64),
        both[0],
        both[1].astype(np.int64),
    )


def alike(one: Print, two: Print) -> Alike:
    """What each sentence of one report shares with each of another."""
    here, there = bag(one), bag(two)
    shape = here.sentences, there.sentences
    heavy_here, heavy_there = _weights(here, there), _weights(there, here)
    heres = _sums(here.where, heavy_here, shape[0])
    theres = _sums(there.where, heavy_there, shape[1])
    at_here, at_there = _matches(here.keys, there.keys)
    cells = here.where[at_here] * shape[1] + there.where[at_there]
    weights = heavy_here[at_here]
    kinds = np.maximum(here.kinds[at_here] % QUOTED, there.kinds[at_there] % QUOTED)
    is_quoted = (here.kinds[at_here] >= QUOTED) | (there.kinds[at_there] >= QUOTED)

    def sums(which: NDArray[np.bool_]) -> Floats:
        return _sums(cells[which], weights[which], shape[0] * shape[1]).reshape(shape)

    figures, names, words = (sums(kinds == kind) for kind in (FIGURE, NAME, WORD))
    shared = figures + names + words
    pair_here, pair_there = _matches(here.pairs, there.pairs)
    pair_cells = here.pairs_where[pair_here] * shape[1] + there.pairs_where[pair_there]
    pairs = np.bincount(pair_cells, minlength=shape[0] * shape[1]).reshape(shape)
    figures_here = _sums(here.where, heavy_here * (here.kinds % QUOTED == FIGURE), shape[0])
    figures_there = _sums(there.where, heavy_there * (there.kinds % QUOTED == FIGURE), shape[1])
    missed = np.minimum(figures_here[:, None] - figures, figures_there[None, :] - figures)
    least = np.minimum.outer(heres, theres)
    cosine = shared / np.sqrt(np.outer(heres, theres) + 1.0)
    rows, columns = _margins(cosine), _margins(cosine.T).T
    quoted = sums(is_quoted)
    features = np.stack(
        (
            cosine,
            shared / (least + 1.0),
            np.log1p(shared),
            np.log1p(figures),
            np.log1p(names),
            np.log1p(words),
            np.log1p(pairs),
            np.log1p(np.maximum(missed, 0.0)),
            np.log1p(least),
            np.minimum(rows, columns),
            np.maximum(rows, columns),
            quoted / (shared + 1.0),
            cosine * np.log1p(least),
        ),
        axis=-1,
    )
    return Alike(features, cosine, quoted, shared, heres, theres)


def _sums(at: Ints, weights: Floats, length: int) -> Floats:
    """The sum of the weights at each place."""
    return np.bincount(at, weights, length).astype(np.float64)


def _weights(own: Bag, other: Bag) -> Floats:
    """Rarities, less for words that stand in many sentences of either report."""
    mine = own.counts[np.searchsorted(own.distinct, own.keys)]
    if not len(other.distinct):
        return own.weights / np.sqrt(mine)
    at = np.minimum(np.searchsorted(other.distinct, own.keys), len(other.distinct) - 1)
    theirs = np.where(other.distinct[at] == own.keys, other.counts[at], 0)
    return own.weights / np.sqrt(np.maximum(mine, theirs))


def _matches(here: NDArray[Any], there: NDArray[Any]) -> tuple[Ints, Ints]:
    """The places of all equal entries of two sorted arrays."""
    first, last = np.searchsorted(there, here, "left"), np.searchsorted(there, here, "right")
    counts = last - first
    at_here = np.repeat(np.arange(len(here)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return at_here, np.repeat(first, counts) + np.arange(len(at_here)) - before


def _margins(cosine: Floats) -> Floats:
    """How far each entry is above the best other of its row."""
    if cosine.shape[1] < 2:
        return cosine
    ranked = np.sort(cosine, axis=1)
    best, second = ranked[:, -1:], ranked[:, -2:-1]
    return cosine - np.where(cosine >= best, second, best)
