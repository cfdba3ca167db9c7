"""Reads NewsQuant, sentences of news with the quantities that people marked in them (JSON, without offsets).

A file is a list of `{"text": …, "quantities": [{"change", "value", "unit", "normalized_unit", …}]}`. The set's words
are not in this repository: it is in satya77/CQE_Evaluation on GitHub.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

RANGE = re.compile(r"(\d[\d.]*)-(\d[\d.]*)")


@dataclass(frozen=True)
class Marked:
    """One quantity as the set tells it, or as a reader does.

    `value` is one number, or two for a range; `bound` is one of = ~ > < up down, or None where a peer tells none;
    `unit` is the set's name for it in lower case ("percentage", "mile per hour", "charging station"), "-" for none.
    """

    value: float | tuple[float, float]
    unit: str
    bound: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence with what was marked in it."""

    name: str
    text: str
    marked: tuple[Marked, ...]


def files(data: Path) -> list[Path]:
    """The file itself, or every .json file of a folder, in name order."""
    if data.is_file():
        return [data]
    return sorted(data.glob("*.json")) if data.is_dir() else []


def sentences(file: Path) -> list[Sentence]:
    """The sentences of one file, in their order. Raises `ValueError` where the file holds something else."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [
            Sentence(f"{file.stem}:{at}", row["text"], tuple(map(_marked, row["quantities"])))
            for at, row in enumerate(rows)
        ]
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{file} is not laid out like NewsQuant: {wrong!r}") from wrong


def _marked(quantity: dict[str, str]) -> Marked:
    return Marked(_value(str(quantity["value"])), quantity["normalized_unit"].lower().strip(), quantity["change"])


def _value(written: str) -> float | tuple[float, float]:
    two = RANGE.fullmatch(written)
    return (float(two[1]), float(two[2])) if two else float(written)


def data_sha256(read: Iterable[Path]) -> str:
    """One hash over the files that were read."""
    digest = hashlib.sha256()
    for file in read:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
