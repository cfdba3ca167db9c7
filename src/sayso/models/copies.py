"""What tells copies from independent reports: two logistic regressions, made by `python -m training.copies`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.problems import WrongModel

Floats = NDArray[np.float64]
PATH = Path(__file__).parent / "weights" / "copies.json"
SHA256 = "11d058296402b34cb3c8bd5dc674849044270d37fee7a5f66a24bab4c6ab35ad"


@dataclass(frozen=True, slots=True)
class CopyWeights:
    """The weights of one file."""

    of_sentences: Floats
    sentences_bias: float
    of_reports: Floats
    reports_bias: float

    def sentences(self, rows: Floats) -> Floats:
        """For each pair of sentences (a row of features) the log odds that one was made of the other."""
        found: Floats = np.clip(rows @ self.of_sentences + self.sentences_bias, -20, 20)
        return found

    def report(self, traits: Floats) -> float:
        """The score of a pair of reports by its traits, from 0 to 1; one half is the limit that was chosen."""
        odds = float(np.clip(traits @ self.of_reports + self.reports_bias, -30, 30))
        return round(1 / (1 + float(np.exp(-odds))), 4)


@cache
def copy_weights() -> CopyWeights:
    """The weights of this process, loaded at the first call. Raises `WrongModel`."""
    if not PATH.is_file() or sha256(PATH.read_bytes()).hexdigest() != SHA256:
        state = "different from those Sayso was measured with" if PATH.is_file() else "missing"
        raise WrongModel(f"The weights {PATH.name} are {state}. Install Sayso anew: docs/what-is-a-copy.md.")
    return weights_of(json.loads(PATH.read_text(encoding="utf-8")))


def weights_of(held: dict[str, Any]) -> CopyWeights:
    """The weights that a file of JSON holds."""
    return CopyWeights(
        np.array(held["sentences"]["weights"]),
        held["sentences"]["bias"],
        np.array(held["reports"]["weights"]),
        held["reports"]["bias"],
    )
