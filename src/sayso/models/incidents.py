"""What scores fillers and types of incidents: a small net and regressions, made by `python -m training.incidents`."""

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

Floats = NDArray[np.floating[Any]]
PATH = Path(__file__).parent / "weights" / "incidents.npz"
SHA256 = "35da0bad008e373b48b82b39aa6e1f7dd97048e55de81512cc4675fb7f97094d"


@dataclass(frozen=True, slots=True)
class IncidentScorer:
    """The weights of one file. Loading takes some milliseconds and happens once a process."""

    weights: dict[str, Floats]
    about: dict[str, Any]

    def fillers(self, rows: Floats) -> Floats:
        """For each candidate how likely it fills each slot, then in an incident of each type."""
        inner = np.maximum(rows @ self.weights["inner"] + self.weights["inner_bias"], 0)
        return _chances(inner @ self.weights["outer"] + self.weights["outer_bias"])

    def told_by_text(self, row: Floats) -> Floats:
        """How likely a text tells each type, by its events and words alone."""
        return self._logistic("text", row)

    def told(self, row: Floats) -> Floats:
        """The same with the log odds of the above and what its candidates say joined in `row`."""
        return self._logistic("joined", row)

    def confidence(self, features: dict[str, float]) -> dict[str, float]:
        """How sure a text is of whom it accuses: a chance for each value."""
        names, values = self.about["confidence_features"], self.about["confidence_values"]
        row = np.array([features.get(name, 0.0) for name in names])
        chances = self._logistic("confidence", row)
        return dict(zip(values, map(float, chances / chances.sum()), strict=True))

    def _logistic(self, name: str, row: Floats) -> Floats:
        scaled = (row - self.weights[f"{name}_mean"]) / self.weights[f"{name}_scale"]
        return _chances(scaled @ self.weights[f"{name}_weights"] + self.weights[f"{name}_bias"])


def _chances(scores: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found


@cache
def incident_scorer() -> IncidentScorer:
    """The scorer of this process, loaded at the first call. Raises `WrongModel`."""
    if not PATH.is_file() or sha256(PATH.read_bytes()).hexdigest() != SHA256:
        state = "different from those Sayso was measured with" if PATH.is_file() else "missing"
        raise WrongModel(f"The weights {PATH.name} are {state}. Install Sayso anew: docs/tagger.md.")
    return read_scorer(PATH)


def read_scorer(path: Path) -> IncidentScorer:
    """The scorer that a file holds."""
    with np.load(path) as held:
        weights = {name: held[name].astype(np.float32) for name in held.files if name != "about"}
        return IncidentScorer(weights, json.loads(str(held["about"])))
