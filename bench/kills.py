"""Kill -9 while reports are added: `python -m bench.kills --json`.

A process of its own adds ready-made readings and prints the id of each report once it was acknowledged; it is killed
at a random moment after a random report. Then every report that was acknowledged must be there whole, nothing may be
there by half, the case must verify, and adding the rest must lead to the case that an undisturbed adding leads to.
Fifty times on each database.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from bench import command
from sayso.ledger import schema
from sayso.ledger.adding import add
from sayso.ledger.case import Case, opened
from sayso.ledger.drawing import drawn
from sayso.ledger.incidents_drawn import redrawn
from sayso.ledger.verifying import verified
from sayso.record import Custody, Reading
from tests.databases import Cases, programs, server
from tests.ledger.sampled import sample_readings

AT = "2031-04-06T00:00:00Z"
ADDED_AFTER = ("audit", "originals", "custody", "readings", "alembic_version", "case_facts")
"""Tables that say when and by which attempt; all others must be the same after any number of interruptions."""
PATIENCE = 120


@dataclass(frozen=True)
class Killed:
    """What came of one killing: how many reports were acknowledged before it, and what was wrong after."""

    acknowledged: int
    wrong: tuple[str, ...]


def ready(*, copies: int = 0) -> tuple[Reading, ...]:
    """The readings of the sample, and each so often again under other bytes."""
    first = sample_readings()
    return tuple(_other(reading, copy) for copy in range(copies + 1) for reading in first)


def _other(reading: Reading, copy: int) -> Reading:
    report = reading.page.report
    data = report.data + b"\n" * copy
    sealed = "sha256:" + hashlib.sha256(data).hexdigest()
    return replace(reading, page=replace(reading.page, report=replace(report, data=data, id=sealed)))


def add_each(case: Case, readings: Sequence[Reading], told: Callable[[str], None]) -> None:
    """Add readings in order, telling the id of each once it is acknowledged."""
    for n, reading in enumerate(readings):
        custody = Custody(AT, "bench", "sayso", path=f"{n:03}.txt")
        told(add(case, reading.page.report, reading, custody, at=AT).report)


class Killer:
    """Kills the adding of the same readings again and again, each time to a new case."""

    def __init__(self, cases: Cases, folder: Path, readings: Sequence[Reading], *, seed: int) -> None:
        self.cases, self.folder, self.readings = cases, folder, readings
        self.chance = random.Random(seed)
        self.count = 0
        self.held = folder / "readings"
        self.held.write_bytes(pickle.dumps(tuple(readings)))
        undisturbed = self._new()
        add_each(undisturbed, readings[:1], lambda _: None)  # loads what adding needs
        began = time.perf_counter()
        add_each(undisturbed, readings, lambda _: None)
        self.each = (time.perf_counter() - began) / len(readings)
        self.wanted = {reading.page.report.id: _wanted(reading) for reading in readings}
        self.whole = _rows(undisturbed)
        cases.gone(undisturbed)

    def killed(self) -> Killed:
        """Add in a process of its own, kill that, and look at what it left."""
        case = self._new()
        acknowledged = self._kill(case.folder)
        wrong = [*_missing(case, acknowledged), *_halves(case, self.wanted)]
        wrong += [found.says for found in verified(case).broken]
        case.closed()
        case = opened(case.folder)
        add_each(case, self.readings, lambda _: None)
        wrong += [
            f"{name} differs from an undisturbed adding"
            for name, rows in _rows(case).items()
            if rows != self.whole[name]
        ]
        wrong += [found.says for found in verified(case).broken]
        self.cases.gone(case)
        return Killed(len(acknowledged), tuple(dict.fromkeys(wrong)))

    def _new(self) -> Case:
        self.count += 1
        return self.cases.new(self.folder / f"case-{self.count}")

    def _kill(self, folder: Path) -> list[str]:
        words = [sys.executable, "-m", "bench.kills", "--adding", str(folder), "--readings", str(self.held)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=_environment()) as child:
            out = child.stdout
            if out is None or out.readline() != "ready\n":
                raise RuntimeError("the process that adds did not come up")
            told = "".join(out.readline() for _ in range(self.chance.randrange(len(self.readings))))
            time.sleep(self.chance.uniform(0, self.each))
            child.kill()
            told += out.read()
            child.wait(PATIENCE)
        return told.split("\n")[:-1]  # the last line may be cut


def _environment() -> dict[str, str]:
    root = Path(__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]), "OMP_NUM_THREADS": "1"}


# What must be there


def _missing(case: Case, acknowledged: Sequence[str]) -> list[str]:
    """Reports that were acknowledged and are not there."""
    with case.reading() as connection:
        there = set(connection.execute(select(schema.reports.c.id)).scalars())
    return [f"{report} was acknowledged and is gone" for report in acknowledged if report not in there]


def _halves(case: Case, wanted: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Reports of which some rows are there and others are not."""
    wrong = []
    with case.reading() as connection:
        there = set(connection.execute(select(schema.reports.c.id)).scalars())
        counts = {table.name: _counted(connection, table) for table in _OF_ONE}
    for report, whole in wanted.items():
        for name, count in counts.items():
            found, right = count.get(report, 0), whole[name] if report in there else 0
            if found != right:
                wrong.append(f"{report} has {found} rows of {name}; there should be {right}")
    return wrong


_OF_ONE = (
    schema.readings,
    schema.custody,
    schema.sentences,
    schema.sources,
    schema.statements,
    schema.events,
    schema.places,
    schema.prints,
)


def _counted(connection: Any, table: Table) -> dict[str, int]:
    asked = select(table.c.report_id, func.count()).group_by(table.c.report_id)
    return {row.report_id: row[1] for row in connection.execute(asked)}


def _wanted(reading: Reading) -> dict[str, int]:
    rows = drawn(reading)
    return {
        "readings": 1,
        "custody": 1,
        "prints": 1,
        "sentences": len(rows.sentences),
        "sources": len(rows.sources),
        "statements": len(rows.statements),
        "events": len(rows.events),
        "places": len(rows.places),
    }


def _rows(case: Case) -> dict[str, list[str]]:
    """Every row of every table that must not depend on when it was written, incidents drawn."""
    redrawn(case)
    with case.reading() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in schema.tables.sorted_tables
            if table.name not in ADDED_AFTER
        }


# The commands


def main(words: list[str]) -> int:
    """Kill, look, and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="on each database")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--adding", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--readings", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.adding:
        return _adding(asked.adding, asked.readings)
    began = time.perf_counter()
    scores = _scores(asked.kills, asked.seed)
    result = {
        "bench": "kills",
        "data_sha256": hashlib.sha256("".join(one.page.report.id for one in ready(copies=1)).encode()).hexdigest(),
        "n": asked.kills * len(scores) // 3,
        "scores": scores,
        "peers": {},
        "seconds": round(time.perf_counter() - began, 1),
        "words_per_cpu_second": None,
    }
    if asked.json:
        print(json.dumps(result, indent=2))
    else:
        command.show_scores(result, lambda _: "")
    return 1 if any(figure for name, figure in scores.items() if name.endswith("_wrong")) else 0


def _adding(folder: Path, held: Path) -> int:
    """What the process does that is killed. The readings are those that the process above has just written."""
    readings = pickle.loads(held.read_bytes())
    case = opened(folder)
    print("ready", flush=True)
    add_each(case, readings, lambda report: print(report, flush=True))
    return 0


def _scores(kills: int, seed: int) -> dict[str, float]:
    readings, scores = ready(copies=1), {}
    with ExitStack() as open_things:
        folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        running = {"sqlite": None, **({"postgresql": open_things.enter_context(server())} if programs() else {})}
        if len(running) < 2:
            print("PostgreSQL is not installed: only SQLite was measured.", file=sys.stderr)
        for name, one in running.items():
            (folder / name).mkdir()
            killer = Killer(Cases(folder / name, one), folder / name, readings, seed=seed)
            found = [killer.killed() for _ in range(kills)]
            for wrong in {says for one in found for says in one.wrong}:
                print(f"{name}: {wrong}", file=sys.stderr)
            scores[f"{name}_wrong"] = sum(bool(one.wrong) for one in found)
            scores[f"{name}_midway"] = sum(0 < one.acknowledged < len(readings) for one in found)
            scores[f"{name}_acknowledged"] = round(sum(one.acknowledged for one in found) / max(1, len(found)), 1)
    return scores


if __name__ == "__main__":
    command.run(main)
