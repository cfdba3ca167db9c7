"""Grouping reports as most do: TF-IDF and average linkage, the limit tuned on the very data that it is scored on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from bench.grouping import b_cubed

LIMITS = tuple(limit / 100 for limit in range(50, 100))
SETTINGS: dict[str, dict[str, Any]] = {
    "TF-IDF, average linkage": {"stop_words": "english", "sublinear_tf": True, "min_df": 2},
    "TF-IDF of words and pairs, average linkage": {
        "stop_words": "english",
        "sublinear_tf": True,
        "min_df": 2,
        "ngram_range": (1, 2),
    },
}


def measured(texts: Sequence[str], events: Sequence[str]) -> dict[str, Any]:
    """Each peer's B-cubed, in percent, at the limit that serves it best."""
    if not find_spec("sklearn"):
        return dict.fromkeys(SETTINGS, "not installed: pip install scikit-learn")
    return {name: _measured(texts, events, settings) for name, settings in SETTINGS.items()}


def _measured(texts: Sequence[str], events: Sequence[str], settings: dict[str, Any]) -> dict[str, Any]:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    before = time.process_time()
    rows = TfidfVectorizer(**settings).fit_transform(texts)
    apart = (1 - (rows @ rows.T).toarray()).clip(0)
    right = {str(place): event for place, event in enumerate(events)}
    found = []
    for limit in LIMITS:
        linked = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=limit
        )
        groups = linked.fit_predict(apart)
        found.append((b_cubed({str(place): int(group) for place, group in enumerate(groups)}, right), limit))
    best, limit = max(found, key=lambda one: one[0].f1)
    return {
        "limit": limit,
        "scores": best.percent(),
        "words_per_cpu_second": round(
            sum(len(text.split()) for text in texts) / max(time.process_time() - before, 1e-9)
        ),
    }
