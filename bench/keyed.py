"""Reads a folder of reports that have keys, and says how well: what `bench.seed` and `bench.sample` share."""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.keying import reader_text
from bench.keys import Score, anchored, figures, load_key, score

Json = dict[str, Any]


@dataclass(frozen=True)
class Keyed:
    """One report with its key."""

    report: Path
    key: Path


@dataclass(frozen=True)
class Settings:
    """How the reports are read."""

    published: str | None = None
    knowledge: tuple[Path, ...] = ()


def keyed_in(folder: Path) -> list[Keyed]:
    """The reports of a folder whose key is beside them in `key/<same name>.json`, in name order."""
    return [
        Keyed(report, folder / "key" / f"{report.stem}.json")
        for report in sorted(folder.iterdir())
        if report.is_file() and (folder / "key" / f"{report.stem}.json").is_file()
    ]


def reading_of(report: Path, by: Settings) -> Json:
    """One report read by Sayso, as the object of the record."""
    import sayso
    from sayso.export.record_json import as_json

    return as_json(sayso.read(report, published=by.published, knowledge=by.knowledge))


def sound_key(item: Keyed) -> tuple[Json, str]:
    """The key and the text it was made on. Raises `ValueError` where the report now holds another text."""
    key = load_key(item.key)
    text = reader_text(item.report)
    if hashlib.sha256(text.encode()).hexdigest() != key["text_sha256"]:
        raise ValueError(f"{item.key.name} was made on another text than {item.report.name} now holds.")
    return key, text


def run(name: str, items: list[Keyed], by: Settings) -> tuple[Json, list[str]]:
    """Read and score all: the object that a bench prints, and what was gained and lost as sentences.

    Only reading is timed, and not its first time, which loads the models.
    """
    keys = [sound_key(item) for item in items]
    reading_of(items[0].report, by)
    wall, cpu = time.perf_counter(), time.process_time()
    readings = [reading_of(item.report, by) for item in items]
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    total = Score()
    for item, (key, text), reading in zip(items, keys, readings, strict=True):
        total.add(score(anchored(key, text, reading["text"]), reading, item.report.stem))
    words = sum(len(reading["text"].split()) for reading in readings)
    result = {
        "bench": name,
        "data_sha256": _data_sha256(items),
        "n": len(items),
        "scores": figures(total),
        "peers": {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / max(cpu_seconds, 1e-9)),
    }
    return result, total.says


def _data_sha256(items: Iterable[Keyed]) -> str:
    digest = hashlib.sha256()
    for item in items:
        digest.update(hashlib.sha256(item.report.read_bytes()).digest())
        digest.update(hashlib.sha256(item.key.read_bytes()).digest())
    return digest.hexdigest()


def command(about: str) -> argparse.ArgumentParser:
    """The options that both benches have."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, help="a folder of reports with their keys in key/ beside them")
    parser.add_argument("--published", help="the date to read reports by that bear none")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--explain", action="store_true", help="print what was missed, wrong or too much, as sentences")
    return parser


def show(result: Json, says: list[str], options: argparse.Namespace) -> None:
    """Print what was asked for."""
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['bench']}: {result['n']} reports, {result['words_per_cpu_second']} words per CPU second")
    for name, figure in result["scores"].items():
        print(f"  {name:28} {figure:6.1f}")
    if options.explain:
        print("\n".join(says))
