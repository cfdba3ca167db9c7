"""Pairs of texts that tell the same: composed for Sayso, and renderings of one item. See `bench.drift`."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from bench.keying import reader_text

HERE = Path(__file__).resolve().parent
REPORTS = HERE / "drift_reports.toml"
SAMPLE = HERE.parent / "src" / "sayso" / "sample"
VERBATIM = ("01", "02", "05", "08", "10", "11", "12")
"""Reports of the sample that are taken with their own copy, word for word."""
LONGEST = 900
"""Words: longer items would only hold more of the same."""


@dataclass(frozen=True)
class Pair:
    """Two texts that tell the same. `is_held`: of the half that no rule was mended by."""

    name: str
    ground: str  # composed | rendered
    here: str
    there: str
    is_held: bool
    knowledge: tuple[Path, ...] = ()


def composed() -> Iterator[Pair]:
    """The composed reports in two wordings, and those of the sample with themselves."""
    for row in tomllib.loads(REPORTS.read_text(encoding="utf-8"))["report"]:
        yield Pair(row["id"], "composed", row["here"].strip(), row["there"].strip(), is_held(row["id"]))
    for path in sorted(SAMPLE.glob("*.txt")):
        if path.name[:2] in VERBATIM:
            text = reader_text(path).split("Invented sample")[0]
            yield Pair(path.stem, "composed", text, text, is_held(path.stem), (SAMPLE / "knowledge",))


def is_held(name: str) -> bool:
    """Whether an item is of the half that is kept for measuring."""
    return sha256(name.encode()).digest()[0] % 2 == 1


def files_in(folder: Path) -> list[Path]:
    """The file of renderings in a folder, in its `reworded`, or the file itself."""
    if folder.is_file():
        return [folder]
    return [path for path in (folder / "reworded" / "docs.jsonl", folder / "docs.jsonl") if path.is_file()][:1]


def rendered(files: Iterable[Path]) -> Iterator[Pair]:
    """Of each item two of its renderings, drawn by a hash of its name."""
    for path in files:
        items: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            doc = json.loads(line)
            if doc.get("lang", "en") == "en" and len(doc["text"].split()) <= LONGEST:
                items[f"{doc['set']} {doc['doc']} {doc['ref_words']}"].append(doc)
        for name, docs in sorted(items.items()):
            if len(docs) > 1:
                one, two = Random(crc32(name.encode())).sample(sorted(docs, key=lambda doc: str(doc["version"])), 2)
                yield Pair(name, "rendered", one["text"], two["text"], is_held(name))


def data_sha256(pairs: Sequence[Pair]) -> str:
    """One digest for all texts that are mutated."""
    digest = sha256()
    for pair in pairs:
        digest.update(repr((pair.name, pair.here, pair.there)).encode())
    return digest.hexdigest()
