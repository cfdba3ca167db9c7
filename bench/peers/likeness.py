"""Other ways to tell whether two names are one, by the names alone: plain likeness of letters, and rigour's symbols."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Pair = tuple[str, str, str, bool]
LIKE_ENOUGH = range(50, 100)


def measured(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The scores of each peer on pairs of kind, name, name and whether they are one; a sentence if not installed."""
    peers: dict[str, Callable[[Sequence[Pair]], dict[str, Any]]] = {"rapidfuzz": _letters, "rigour": _symbols}
    return {
        name: peer(pairs) if find_spec(name) else f"not installed: pip install {name}" for name, peer in peers.items()
    }


def _letters(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The likeness of letters in any order of words, at the threshold that serves these very pairs best."""
    fuzz, utils = import_module("rapidfuzz.fuzz"), import_module("rapidfuzz.utils")
    before = time.process_time()
    alike = [fuzz.token_set_ratio(one, two, processor=utils.default_process) for _, one, two, _ in pairs]
    seconds = time.process_time() - before
    best = max(LIKE_ENOUGH, key=lambda least: _right(pairs, [score >= least for score in alike]))
    return {"threshold": best, **_scores(pairs, [score >= best for score in alike], seconds)}


def _symbols(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Whether every word of the shorter name has a word of the longer that rigour knows, or sees, for the same."""
    before = time.process_time()
    judged = [_rigour(kind, one, two) for kind, one, two, _ in pairs]
    return _scores(pairs, judged, time.process_time() - before)


def _rigour(kind: str, one: str, two: str) -> bool:
    names = import_module("rigour.names")
    tag = names.NameTypeTag.PER if kind == "person" else names.NameTypeTag.ORG
    left, right = (next(iter(names.analyze_names(tag, [name], infer_initials=True))) for name in (one, two))
    short, long = sorted((left, right), key=lambda name: len(name.parts))
    known = {str(symbol) for symbol in long.symbols}
    forms = {part.form for part in long.parts} | {part.metaphone for part in long.parts if part.metaphone}
    return all(
        part.form in forms
        or part.metaphone in forms
        or any(str(span.symbol) in known for span in short.spans if part in span.parts)
        for part in short.parts
    )


def _right(pairs: Sequence[Pair], judged: Sequence[bool]) -> int:
    return sum(wanted == said for (_, _, _, wanted), said in zip(pairs, judged, strict=True))


def _scores(pairs: Sequence[Pair], judged: Sequence[bool], seconds: float) -> dict[str, Any]:
    merged = sum(said and not wanted for (_, _, _, wanted), said in zip(pairs, judged, strict=True))
    return {
        "bare": round(100 * _right(pairs, judged) / len(pairs), 1),
        "false_merges": merged,
        "pairs_per_cpu_second": round(len(pairs) / max(seconds, 1e-9)),
    }
