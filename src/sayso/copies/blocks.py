"""Block keys: what two reports must share before they are worth comparing.

A key stands for two rare words of one sentence. Rewording keeps many of them, since figures and names stay; two reports
of different events share hardly any. What many reports hold, as the two parties of a war, tells little: a ledger counts
a key less the more reports hold it, and looks only at the first few of them.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.copies.prints import Print

RAREST = 5
"""So many words of a sentence are paired, the rarest."""
FEWEST_SHARED = 2
"""Two reports with fewer keys in common need not be compared."""
GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


def keys(one: Print) -> tuple[int, ...]:
    """Signed 64-bit numbers in ascending order, each once; ten for a sentence at most."""
    sentences: dict[int, dict[int, int]] = {}
    for key, sentence, weight, _ in one.tokens.tolist():
        sentences.setdefault(sentence, {})[key] = weight
    found: set[int] = set()
    for words in sentences.values():
        rarest = sorted(words, key=lambda key: (-words[key], key))[:RAREST]
        found.update(_key(min(pair), max(pair)) for pair in combinations(rarest, 2))
    return tuple(sorted(found))


def _key(low: int, high: int) -> int:
    mixed = ((low << 32 | high) * GOLDEN) & MASK
    return mixed - (1 << 64) if mixed >> 63 else mixed
