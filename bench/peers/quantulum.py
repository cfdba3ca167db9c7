"""quantulum3 on NewsQuant, with the names of its units turned into the set's names as the set's makers did.

It tells the middle of a range, so that the middle of a marked range counts as right, and it tells no bounds. The
classifier that it may use to tell one unit from another is pickled for one version of scikit-learn and fails on a
sentence in five with others; it is left out, and no sentence is refused.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from bench.newsquant import Marked, Sentence
from bench.quantity_scores import Score, figures

PACKAGE = "quantulum3"
CALLED = {
    "dimensionless": "-",
    "unk": "-",
    "per cent": "percentage",
    "percentage drop": "percentage",
    "united states dollar": "dollar",
    "dollar dollar": "dollar",
    "tonne": "metric ton",
    "degree angle": "degree",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "degree angle degree fahrenheit": "fahrenheit",
    "second of arc": "second",
    "minute of arc": "minute",
    "yard yard": "yard",
    "cubic centimetre": "millilitre",
    "pound sterling year": "pound sterling per year",
    "per year per newton per day": "year",
}
WHITE = re.compile(r"\s+")


def measured(read: Sequence[Sentence]) -> dict[str, Any] | str:
    """Its scores and speed; instead of them a sentence where it is not installed."""
    if find_spec(PACKAGE) is None:
        return f"not installed: pip install {PACKAGE}"
    parse = _parser()
    parse(read[0].text)  # loads what there is to load
    before = time.process_time()
    found = [_found(parse, one.text) for one in read]
    seconds = max(time.process_time() - before, 1e-9)
    score = Score()
    for one, given in zip(read, found, strict=True):
        score.add([_middle(mark) for mark in one.marked], given or [])
    return {
        "scores": figures(score, ("value", "value_unit")),
        "refused": sum(given is None for given in found),
        "sentences_per_cpu_second": round(len(read) / seconds),
    }


def _parser() -> Callable[[str], list[Any]]:
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    parse: Callable[[str], list[Any]] = parser.parse
    return parse


def _found(parse: Callable[[str], list[Any]], text: str) -> list[Marked] | None:
    """What it finds in a sentence, None where it fails on it."""
    try:
        return [Marked(float(one.value), _called(one.unit.name)) for one in parse(text)]
    except Exception:
        return None


def _called(name: str) -> str:
    plain = WHITE.sub(" ", name.lower()).strip()
    return CALLED.get(plain, plain)


def _middle(mark: Marked) -> Marked:
    return Marked(sum(mark.value) / 2, mark.unit) if isinstance(mark.value, tuple) else mark
