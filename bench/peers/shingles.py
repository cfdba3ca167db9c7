"""Copies by shingles: how many runs of five words two texts share, counted (Jaccard) or estimated (rensa's MinHash)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Pair = tuple[str, bool, tuple[str, str]]
"""The sort of pair, whether it is a copy, and both texts."""

WORDS = re.compile(r"\w+")
LENGTH = 5
LEAST = 0.5
PERMUTATIONS, BANDS, SEED = 128, 32, 42
INDEPENDENT = "independent"
FALSE_LINKS = 0.01


def measured(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Each peer's links in percent of each sort of pair, at the usual limit and at the one with 1 % false links."""
    found: dict[str, Any] = {"5-gram Jaccard": _measured(pairs, _jaccard)}
    if not find_spec("rensa"):
        return {**found, "rensa": "not installed: pip install rensa"}
    return {**found, "rensa": _measured(pairs, _minhash)}


def _measured(pairs: Sequence[Pair], scores: Callable[[Sequence[tuple[str, str]]], list[float]]) -> dict[str, Any]:
    before = time.process_time()
    given = scores([texts for _, _, texts in pairs])
    seconds = time.process_time() - before
    independent = sorted(score for (kind, _, _), score in zip(pairs, given, strict=True) if kind == INDEPENDENT)
    limit = independent[int(len(independent) * (1 - FALSE_LINKS))] if independent else LEAST
    kinds = dict.fromkeys(kind for kind, _, _ in pairs)
    return {
        "least": LEAST,
        "scores": {kind: _linked(pairs, given, kind, lambda score: score >= LEAST) for kind in kinds},
        "least_at_1": round(limit, 3),
        "scores_at_1": {kind: _linked(pairs, given, kind, lambda score: score > limit) for kind in kinds},
        "pairs_per_cpu_second": round(len(pairs) / max(seconds, 1e-9)),
    }


def _linked(pairs: Sequence[Pair], given: Sequence[float], kind: str, is_link: Callable[[float], bool]) -> float:
    told = [is_link(score) for (sort, _, _), score in zip(pairs, given, strict=True) if sort == kind]
    return round(100 * sum(told) / len(told), 1) if told else 0.0


def _shingles(text: str) -> frozenset[str]:
    words = WORDS.findall(text.lower())
    return frozenset(" ".join(words[start : start + LENGTH]) for start in range(max(1, len(words) - LENGTH + 1)))


def _jaccard(pairs: Sequence[tuple[str, str]]) -> list[float]:
    known = {text: _shingles(text) for text in {text for pair in pairs for text in pair}}
    return [len(known[one] & known[two]) / (len(known[one] | known[two]) or 1) for one, two in pairs]


def _minhash(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The estimated Jaccard of pairs that meet in a band of rensa's index, 0 of those that do not."""
    rensa = import_module("rensa")
    known = {text: _sketch(rensa, text) for text in {text for pair in pairs for text in pair}}
    return [_met(rensa, known[one], known[two]) for one, two in pairs]


def _sketch(rensa: Any, text: str) -> Any:
    sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(sorted(_shingles(text)))
    return sketch


def _met(rensa: Any, one: Any, two: Any) -> float:
    index = rensa.RMinHashLSH(threshold=LEAST, num_perm=PERMUTATIONS, num_bands=BANDS)
    index.insert(0, one)
    return float(one.jaccard(two)) if index.query(two) else 0.0
