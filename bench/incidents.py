"""Scores which reports, and which events of reports, are one happening, beside TF-IDF with average linkage.

Reports of ECB+ come in one by one, in orders made of their names; each is compared once, with those it has a key with.
`f1`, `precision` and `recall` are B-cubed (Bagga and Baldwin 1998), means over the orders: precision falls where two
happenings are merged, recall where one is torn. `torn` counts events in more than one group, `merged` groups of more
than one event, `orders_agree` says for how many percent of the orders the groups were those of the first.

What scores two reports was learnt from topics 1 to 35 of this very set: on those the figures flatter. `crossed_` ones
(with `--crossed`) are of weights that did not see the topic. Data that Sayso was not trained on needs no crossing.

`sample_` figures are of the events of the invented sample, by the incidents of its key, as far as they were read.

The set is looked for in `shared/data/ecbplus` beside the checkout. Get it from cltl/ecbPlus on GitHub and name, as
`--data`, the folder or file of its documents, one JSON object a line with `doc`, `event`, `topic` and `text`.
Run: `python -m bench.incidents`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import sayso
from bench import command
from bench.grouping import Grouping, b_cubed
from bench.told_again import sample_grouping
from sayso.accounts.story import story_print
from sayso.accounts.story_gathering import Gathering

if TYPE_CHECKING:
    from sayso.accounts.story import StoryPrint

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE.parent / "shared" / "data" / "ecbplus"
ORDERS = 3
HEADLINES = ("f1", "precision", "recall", "torn", "merged")


@dataclass(frozen=True)
class Document:
    """One report of the set."""

    name: str
    topic: str
    event: str
    text: str


@dataclass(frozen=True)
class Error:
    """One happening torn apart, or two merged."""

    kind: str
    says: str


def documents(data: Path) -> list[Document]:
    """The documents of a folder, of one of its splits, or of one file. Raises `ValueError` where a line is none."""
    files = [data] if data.is_file() else sorted(data.glob("*.jsonl")) or sorted(data.glob("*/*.jsonl"))
    return [document for file in files for document in _read(file)]


def _read(file: Path) -> Iterator[Document]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            yield Document(item["doc"], str(item.get("topic", "")), item["event"], item["text"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise ValueError(f"{file.name}, line {number}: no document with doc, event and text ({wrong}).") from wrong


def data_sha256(read: Sequence[Document]) -> str:
    """One digest for all documents and what they tell."""
    digest = hashlib.sha256()
    for one in read:
        digest.update(repr((one.name, one.event, one.text)).encode())
    return digest.hexdigest()


def ordered(read: Sequence[Document], order: int) -> list[Document]:
    """The documents in an order that their names and a number make."""
    return sorted(read, key=lambda one: hashlib.sha256(f"{order} {one.name}".encode()).digest())


def grouped(read: Sequence[Document], prints: dict[str, StoryPrint], order: int) -> dict[str, str]:
    """The group of each document, by name, once all came in one by one."""
    gathering = Gathering()
    for one in ordered(read, order):
        gathering.add(prints[one.name])
    group_of = {name: min(group) for group in gathering.groups() for name in group}
    return {one.name: group_of[prints[one.name].id] for one in read}


def run(read: Sequence[Document], *, with_peers: bool, crossed: int) -> tuple[Json, list[Error]]:
    """Read, gather and score all: the object that the bench prints, and what was torn or merged."""
    wall, cpu = time.perf_counter(), time.process_time()
    readings = {one.name: sayso.read_text(one.text) for one in read}
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    words = sum(len(one.text.split()) for one in read)
    before = time.process_time()
    prints = {name: story_print(reading) for name, reading in readings.items()}
    print_seconds = time.process_time() - before
    before = time.process_time()
    groups = [grouped(read, prints, order) for order in range(ORDERS)]
    group_seconds = (time.process_time() - before) / ORDERS
    right = {one.name: one.event for one in read}
    scores = _means([b_cubed(one, right) for one in groups])
    scores["orders_agree"] = round(100 * mean(one == groups[0] for one in groups), 1)
    scores |= sample_grouping()
    if crossed:  # the last, since it lends other weights to what scores
        scores |= _crossed(read, prints, crossed)
    result = {
        "bench": "incidents",
        "data_sha256": data_sha256(read),
        "n": len(read),
        "scores": scores,
        "peers": _peers(read) if with_peers else {},
        "seconds": round(seconds, 2),
        "words_per_cpu_second": round(words / max(cpu_seconds, 1e-9)),
        "milliseconds_a_print": round(1000 * print_seconds / len(read), 2),
        "milliseconds_to_group_a_report": round(1000 * group_seconds / len(read), 2),
    }
    return result, list(_errors(groups[0], right))


def _means(found: Sequence[Grouping]) -> dict[str, float]:
    percents = [one.percent() for one in found]
    return {name: round(mean(one[name] for one in percents), 1) for name in percents[0]}


def _crossed(read: Sequence[Document], prints: dict[str, StoryPrint], times: int) -> dict[str, float]:
    from training.happenings import Told, crossed

    found = crossed([Told(prints[one.name], one.event, one.topic) for one in read], times)
    return {f"crossed_{name}": figure for name, figure in _means(found).items()}


def _peers(read: Sequence[Document]) -> Json:
    from bench.peers import linkage

    return linkage.measured([one.text for one in read], [one.event for one in read])


def _errors(groups: dict[str, str], right: dict[str, str]) -> Iterator[Error]:
    for event in sorted(set(right.values())):
        parts = _parts(groups, [name for name in right if right[name] == event])
        if len(parts) > 1:
            yield Error("torn", f"torn: {event} lies in {len(parts)} groups: " + " | ".join(map(", ".join, parts)))
    for group in sorted(set(groups.values())):
        parts = _parts(right, [name for name in groups if groups[name] == group])
        if len(parts) > 1:
            yield Error("merged", f"merged: {len(parts)} events in one group: " + " | ".join(map(", ".join, parts)))


def _parts(by: dict[str, str], names: Sequence[str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(by[name], []).append(name)
    return sorted(found.values(), key=len, reverse=True)


# What is printed


def show(result: Json) -> None:
    """Print the scores: all of Sayso's, and the headlines of the peers beside them."""
    print(
        f"{result['bench']}: {result['n']} reports, {result['words_per_cpu_second']} words read per CPU second, "
        f"{result['milliseconds_a_print']} ms a print, {result['milliseconds_to_group_a_report']} ms to group a report"
    )
    command.show_scores(result, _headlines)


def _headlines(peer: Json) -> str:
    return ", ".join(f"{name} {peer['scores'][name]}" for name in HEADLINES) + f" at {peer['limit']}"


def _options() -> argparse.ArgumentParser:
    parser = command.options(
        "incidents", "Score which reports are of one happening.", "ecbplus's folder, or a docs.jsonl", default=DATA
    )
    parser.add_argument("--crossed", type=int, default=0, help="times to measure on topics that were not learnt from")
    return parser


def main(arguments: list[str]) -> int:
    """Print the scores; with `--explain` also what was torn and what was merged."""
    options = _options().parse_args(arguments)
    if not options.data.exists():
        return command.stop(f"No documents in {options.data}: get ECB+ from cltl/ecbPlus on GitHub, and see --help.")
    try:
        read = documents(options.data)
    except ValueError as wrong:
        return command.stop(str(wrong))
    if not read:
        return command.stop(f"No docs.jsonl in {options.data}: see --help.")
    if options.nice:
        os.nice(19)
    result, errors = run(read, with_peers=not options.no_peers, crossed=options.crossed)
    if options.explain:
        result["errors"] = [error.says for error in errors]
    if options.json:
        print(json.dumps(result))
    else:
        show(result)
        if options.explain:
            command.show_errors(errors)
    return command.held("incidents", result["scores"]) if options.data == DATA else 0


if __name__ == "__main__":
    command.run(main)
