"""What scores whether two reports tell one story, made by `python -m training.happenings`.

How rare a word is in news at large is kept by the hash of its stem: some thousand texts counted, no word of them kept.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.problems import WrongModel

Floats = NDArray[np.floating[Any]]
PATH = Path(__file__).parent / "weights" / "stories.npz"
SHA256 = "055bfff4fa2670b6d0c9803ed511d71cb7eaf17a005cab112699c7f235951374"
BUCKETS = 1 << 17
STEP = 16
"""How many steps of rarity make one: a rarity is kept in one byte."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over named features."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def chance(self, row: list[float]) -> float:
        """How likely, from 0 to 1. `row` is in the order of `features`."""
        total = self.bias
        for value, mean, scale, weight in zip(row, self.mean, self.scale, self.weights, strict=True):
            total += (value - mean) / scale * weight
        return float(1 / (1 + np.exp(-min(max(total, -30.0), 30.0))))

    def chances(self, rows: Floats) -> Floats:
        """The same for many rows."""
        total = (rows - np.array(self.mean)) / np.array(self.scale) @ np.array(self.weights) + self.bias
        found: Floats = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return found


@dataclass(frozen=True, slots=True)
class StoryScorer:
    """The weights of one file. Loading takes some milliseconds and happens once a process."""

    rarities: bytes
    pair: Regression  # two reports by themselves
    near: Regression  # two reports among those near them
    split: Regression  # whether two groups of reports are two stories

    def rarity(self, stem: str) -> float:
        """How rare a stem is in news: the logarithm of how many texts there are to one that has it."""
        return self.rarities[zlib.crc32(stem.encode()) % BUCKETS] / STEP


@cache
def story_scorer() -> StoryScorer:
    """The scorer of this process, loaded at the first call. Raises `WrongModel`."""
    if not PATH.is_file() or sha256(PATH.read_bytes()).hexdigest() != SHA256:
        state = "different from those Sayso was measured with" if PATH.is_file() else "missing"
        raise WrongModel(f"The weights {PATH.name} are {state}. Install Sayso anew: docs/tagger.md.")
    return read_stories(PATH)


def read_stories(path: Path) -> StoryScorer:
    """The scorer that a file holds."""
    with np.load(path) as held:
        about = json.loads(str(held["about"]))
        return StoryScorer(
            held["rarities"].tobytes(), *(_regression(about[name]) for name in ("pair", "near", "split"))
        )


def _regression(held: dict[str, Any]) -> Regression:
    return Regression(
        features=tuple(held["features"]),
        mean=tuple(held["mean"]),
        scale=tuple(held["scale"]),
        weights=tuple(held["weights"]),
        bias=held["bias"],
    )
