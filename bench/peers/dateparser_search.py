"""dateparser's search: dates in a text, each as a day, counted from the day the text was written."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.timex import Dated, Score, Time, figures

PACKAGE = "dateparser"


def measured(texts: Sequence[Dated]) -> dict[str, Any] | str:
    """The scores of dateparser, how much it refused and how fast it is; a sentence where it is not installed."""
    if find_spec(PACKAGE) is None:
        return f"not installed: pip install {PACKAGE}"
    times_of(Dated(texts[0].path, "Rain fell on 3 May.", (), texts[0].written))  # loads what there is to load
    score, refused, words = Score(), 0, 0
    before = time.process_time()
    found = [times_of(text) for text in texts]
    seconds = time.process_time() - before
    for text, given in zip(texts, found, strict=True):
        refused += given is None
        words += len(text.text.split())
        score.add(text.text, text.times, given or [])
    return {
        "scores": figures(score),
        "refused": refused,
        "texts_per_cpu_second": round(len(texts) / max(seconds, 1e-9), 1),
        "words_per_cpu_second": round(words / max(seconds, 1e-9)),
    }


def times_of(text: Dated) -> list[Time] | None:
    """What dateparser finds; None where it fails. It gives words without their place: they are looked for in order."""
    # By name, and late: the bench runs, and is type-checked, where dateparser is not installed.
    search = import_module("dateparser.search")
    settings = {"RELATIVE_BASE": datetime.fromisoformat(text.written)} if text.written else {}
    try:
        found = search.search_dates(text.text, languages=["en"], settings=settings) or []
    except (ValueError, TypeError, OverflowError, RecursionError, IndexError, AttributeError):
        return None  # it raises what its own parts raise
    times, at = [], 0
    for words, moment in found:
        start = text.text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        times.append(Time(start, at, "DATE", moment.date().isoformat()))
    return times
