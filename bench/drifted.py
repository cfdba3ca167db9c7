"""Real copies whose changes were judged by hand, sentence by sentence. See `bench.drift`.

`tests/keys/drift_natural.toml` names the documents, the offsets of each pair of sentences and the kinds of change
from the one to the other; the texts themselves are read from `reworded/docs.jsonl` and `ecbplus/docs.jsonl` of the
data.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import sayso
from sayso.copies import compare, fingerprint
from sayso.drift.changes import changes
from sayso.drift.pairing import paired
from sayso.knowledge import ours
from sayso.record import CHANGES, Change, Reading, Span

Json = dict[str, Any]

NATURAL = Path(__file__).resolve().parent.parent / "tests" / "keys" / "drift_natural.toml"


@dataclass(frozen=True)
class Keyed:
    """Two sentences of two documents and what changed from the one to the other."""

    set: str
    here: Json
    there: Json
    kinds: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """How many of the found changes are right, how many of those keyed were found, and each that was not."""

    right: int
    found: int
    keyed: int
    met: int
    pairs: int
    errors: tuple[tuple[str, str], ...]

    @property
    def scores(self) -> Json:
        """In per cent."""
        return {
            "natural_precision": round(100 * self.right / max(self.found, 1), 1),
            "natural_recall": round(100 * self.met / max(self.keyed, 1), 1),
            "natural_found": self.found,
        }


def keyed() -> tuple[Keyed, ...]:
    """All pairs of the key. Raises `ValueError` for a kind that there is not."""
    rows = tomllib.loads(NATURAL.read_text(encoding="utf-8"))["pair"]
    for row in rows:
        for kind in row["kinds"]:
            if kind not in CHANGES:
                raise ValueError(
                    f"{NATURAL.name}: {row['here']['doc']} has the kind {kind!r}, which is none of CHANGES."
                )
    return tuple(Keyed(row["set"], row["here"], row["there"], frozenset(row["kinds"])) for row in rows)


def judged(data: Path) -> Judged | None:
    """What is found in the keyed pairs whose texts are in the data; None where there are none."""
    texts = {name: text for folder in ("reworded", "ecbplus") for name, text in _texts(data / folder / "docs.jsonl")}
    read = cache(lambda doc: sayso.read_text(texts[doc]))
    right = found = wanted = met = pairs = 0
    errors: list[tuple[str, str]] = []
    for pair in keyed():
        if not all(_is_same(texts, side) for side in (pair.here, pair.there)):
            continue
        pairs += 1
        given = list(_within(read(pair.here["doc"]), read(pair.there["doc"]), pair))
        right += sum(change.kind in pair.kinds for change in given)
        found += len(given)
        wanted += len(pair.kinds)
        met += len(pair.kinds & {change.kind for change in given})
        errors += [(f"false {one.kind}", _says(one, pair)) for one in given if one.kind not in pair.kinds]
        errors += [(f"missed {kind}", f"{kind} in {_name(pair)}") for kind in pair.kinds - {one.kind for one in given}]
    return Judged(right, found, wanted, met, pairs, tuple(errors)) if pairs else None


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        name = f"{doc['set']} {doc['doc']} {doc['ref_words']} {doc['version']}" if "set" in doc else doc["doc"]
        yield name, doc["text"]


def _is_same(texts: Json, side: Json) -> bool:
    text = texts.get(side["doc"])
    return text is not None and sha256(text.encode()).hexdigest() == side["sha256"]


def _within(here: Reading, there: Reading, pair: Keyed) -> Iterator[Change]:
    """The changes whose stretches lie in the two sentences."""
    likeness = compare(fingerprint(here), fingerprint(there))
    aligned = paired(here, there, [two for segment in likeness.segments for two in segment.pairs])
    for change in changes(here, there, aligned, ours()):
        sides = ((change.here, pair.here["span"]), (change.there, pair.there["span"]))
        if all(side is None or _meet(side.span, span) for side, span in sides):
            yield change


def _meet(one: Span, other: list[int]) -> bool:
    return one.start < other[1] and other[0] < one.end


def _name(pair: Keyed) -> str:
    return f"{pair.here['doc']} {pair.here['span']} and {pair.there['doc']} {pair.there['span']}"


def _says(change: Change, pair: Keyed) -> str:
    return f"{change.kind}, {change.says}: {_name(pair)}"
