"""How rare a word is in news: document frequencies of our own counting, as numbers without words.

Made by `python -m training.copies`; the words themselves are not kept, only a 32-bit number of each and how rare it is.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from sayso.problems import WrongModel

PATH = Path(__file__).parent / "weights" / "rarities.npz"
SHA256 = "98c8e40961f3b9e3709c2107c6f04c2e9ada2e51c2b9aab73c73d36b301b7d6a"
UNKNOWN = (
    142  # 16 times the natural logarithm of how many texts were counted for one that holds a word, where none does
)


def rarity(key: int) -> int | None:
    """How rare the word with this number is: 16 times the logarithm of texts for one that holds it; None: not counted.

    Zero stands for words found everywhere.
    """
    return _table().get(key)


def rarity_of_unknown() -> int:
    """How rare a word is that was not counted."""
    return UNKNOWN


@cache
def _table() -> dict[int, int]:
    """The table of this process, loaded at the first call, in some milliseconds. Raises `WrongModel`."""
    if not PATH.is_file() or sha256(PATH.read_bytes()).hexdigest() != SHA256:
        state = "different from those Sayso was measured with" if PATH.is_file() else "missing"
        raise WrongModel(f"The weights {PATH.name} are {state}. Install Sayso anew: docs/what-is-a-copy.md.")
    with np.load(PATH) as held:
        return dict(zip(held["keys"].tolist(), held["rarities"].tolist(), strict=True))
