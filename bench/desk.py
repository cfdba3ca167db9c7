"""How soon the desk answers on a large case, alone and while reports are added to it: `python -m bench.desk --json`.

A case is grown from the sample (`bench.grown_case`), or copied from one that is named; `sayso desk` serves it in a
process of its own, as it does for a person. Pages of every kind, chosen by chance and always the same ones, are asked
for one after the other: first while nothing else goes on, then while one `sayso add` reads and adds further reports.
In both, a statement is ruled of and the ruling taken back before every few pages: what a desk remembers until something
changes is as cold as where people rule, so that pages are not measured by what was counted for the page before.
Times are by the clock, from sending a request until its last byte is there; beside them stands the time that the desk's
process had of the processor, which other work on the machine does not change. Bytes are as they were sent (gzip).
"""

from __future__ import annotations

import gzip
import html
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.command import held, options, run, stop

REPORTS = 20_000
EACH = 20
"""Requests for each kind of page, in each of both phases."""
RULED_EVERY = 4
"""Pages that are asked for between one ruling, which is taken back at once, and the next."""
TO_ADD = 3_000
"""Further reports that are there to be added: more than are read while the pages are asked for."""
PATIENCE = 120
"""Seconds: how long the desk may take to open, a page to come, and the first further report to be added."""
CEILINGS = frozenset(
    ("slowest_median_ms", "slowest_p95_adding_ms", "extreme_median_ms", "extreme_p95_adding_ms", "memory_mb", "failed")
)
EXTREMES = ("incident_largest", "incidents_of_a_speaker")
"""Kinds that are chosen for being the largest, and told apart: the ten largest incidents, the three who speak most.
Of pages that are asked for by chance not one in a thousand is such."""
FORM = re.compile(r'<form[^>]*action="/decisions"[^>]*>(.*?)</form>', re.DOTALL)
INPUT = re.compile(r"<input([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
DECISION = re.compile(r"dec-[0-9a-f]+")
LIKELY = 0.95


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request, after how long, and what of the processor it took."""

    address: str
    status: int
    sent: int  # bytes
    milliseconds: float
    spent: float  # milliseconds of the processor, in the desk's process; 0 where the system does not tell
    told: str  # the page, or where it leads to


@dataclass
class Took:
    """What requests of one kind took."""

    answers: list[Answer] = field(default_factory=list)

    def take(self, answer: Answer) -> None:
        """One more request."""
        self.answers.append(answer)

    @property
    def scores(self) -> dict[str, Any]:
        """Median, 95th percentile and maximum, and the bytes sent at the median and at most."""
        ordered = sorted(one.milliseconds for one in self.answers)
        sent = [one.sent for one in self.answers]
        return {
            "n": len(ordered),
            "median_ms": round(statistics.median(ordered), 1),
            "p95_ms": round(ordered[min(len(ordered) - 1, int(LIKELY * len(ordered)))], 1),
            "max_ms": round(ordered[-1], 1),
            "cpu_median_ms": round(statistics.median(one.spent for one in self.answers), 1),
            "bytes": int(statistics.median(sent)),
            "most_bytes": max(sent),
            "slowest": max(self.answers, key=lambda one: one.milliseconds).address,
        }


def main(given: list[str]) -> int:
    """Measure, and print a table or JSON."""
    parser = options("desk", "How soon the desk answers.", "not used: the case is grown", default=None, peers=False)
    parser.add_argument("--case", type=Path, metavar="DIR", help="a case to measure on, as it is; a copy is used")
    parser.add_argument("--reports", type=int, default=REPORTS, help=f"how many to grow (default: {REPORTS:,})")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="grow the case here, and leave it for the next time")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help="requests for each kind and phase")
    parser.add_argument("--kinds", metavar="WORDS", help="only kinds whose names begin with one of these words")
    parser.add_argument("--idle", action="store_true", help="leave out the phase in which reports are added")
    asked = parser.parse_args(given)
    if asked.nice:
        os.nice(10)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-desk-", dir=_beside(asked)) as folder:
        case = Path(folder) / "case"
        _copy_or_grow(case, asked)
        result = _measured(case, Path(folder), asked)
    result["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps(result, indent=2)) if asked.json else _show(result)
    return held("desk", result["scores"], ceilings=CEILINGS)


def _beside(asked: Any) -> Path | None:
    """Copies are made on the disk that holds the case."""
    named = asked.case or asked.keep
    return named.absolute().parent if named else None


def _copy_or_grow(folder: Path, asked: Any) -> None:
    from bench.grown_case import grown

    if asked.case is None:
        grown(asked.keep or folder, asked.reports, say=_said).closed()
    if (source := asked.case or asked.keep) is not None:
        shutil.copytree(source, folder)


def _said(number: int) -> None:
    print(f"{number:,} reports are grown", file=sys.stderr, flush=True)


def _measured(folder: Path, beside: Path, asked: Any) -> dict[str, Any]:
    from bench.desk_asked import addresses, ids_of, twins
    from sayso.ledger.case import opened

    case = opened(folder)
    ids = ids_of(case, Random(11), asked.each)
    reports = _count(case)
    _save_searches(case)
    case.closed()
    kinds = addresses(ids)
    kinds |= twins(kinds, "json") | twins(kinds, "csv")
    if asked.kinds:
        kinds = {kind: some for kind, some in kinds.items() if kind.startswith(tuple(asked.kinds.split()))}
    phases: dict[str, dict[str, Any]] = {}
    failed: list[str] = []
    with served(folder, "--as", "bench") as (port, process):
        client = Client(port, process.pid)
        phases["idle"] = _phase(client, kinds, ids.statements, asked.each, failed)
        if not asked.idle:
            with _adding(folder, beside, reports) as added:
                before = added()
                phases["adding"] = _phase(client, kinds, ids.statements, asked.each, failed)
                phases["adding"]["added_meanwhile"] = added() - before
        memory = _most_memory(process.pid)
    scores: dict[str, float] = {"memory_mb": memory, "failed": float(len(failed))}
    for phase, mark in (("idle", ""), ("adding", "_adding")):
        told = {kind: one for kind, one in phases.get(phase, {}).items() if isinstance(one, dict)}
        for sort, is_extreme in (("slowest", False), ("extreme", True)):
            some = [one for kind, one in told.items() if kind.startswith(EXTREMES) is is_extreme]
            if some:
                scores[f"{sort}_median{mark}_ms"] = max(one["median_ms"] for one in some)
                scores[f"{sort}_p95{mark}_ms"] = max(one["p95_ms"] for one in some)
    return {
        "bench": "desk",
        "data_sha256": "",
        "n": reports,
        "scores": scores,
        "peers": {},
        "kinds": phases,
        "failed": failed[:20],
    }


def _save_searches(case: Any) -> None:
    """Some searches that people kept, of words and of a queue."""
    from sayso.ledger.saved import saved

    for query in ("q=people", "act=denies", "kind=shelling"):
        saved(case, page="search", query=query, name=query, who="bench", at="2031-06-01T08:00:00Z")
    saved(case, page="queue", query="act=denies", name="denials", who="bench", at="2031-06-01T08:00:00Z")


def _count(case: Any) -> int:
    from sqlalchemy import func, select

    from sayso.ledger.schema import reports

    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(reports)).scalar_one()


# Asking


def _phase(
    client: Client, kinds: dict[str, list[str]], statements: Sequence[str], each: int, failed: list[str]
) -> dict[str, Any]:
    """Ask for everything in an order of chance, and rule before every few pages."""
    turns = [(kind, some[number % len(some)]) for kind, some in kinds.items() if some for number in range(each)]
    Random(12).shuffle(turns)
    turns = [one for number, turn in enumerate(turns) for one in _with_ruling(turn, number, statements)]
    client.connection.close()  # the desk hung up while nobody asked
    client.get("/incidents")  # templates are read at the first asking
    found: dict[str, Took] = {}
    for kind, address in turns:
        if kind == "ruling":
            _rule(client, address, found, failed)
            continue
        answer = client.get(address)
        found.setdefault(kind, Took()).take(answer)
        if answer.status != http.client.OK:
            failed.append(f"{answer.status} {address}")
    return {kind: found[kind].scores for kind in sorted(found)}


def _with_ruling(turn: tuple[str, str], number: int, statements: Sequence[str]) -> Iterator[tuple[str, str]]:
    if number % RULED_EVERY == 0 and statements:
        yield "ruling", statements[number // RULED_EVERY % len(statements)]
    yield turn


def _rule(client: Client, statement: str, found: dict[str, Took], failed: list[str]) -> None:
    """Rule that a statement was misread, as the form does, and take it back."""
    form = FORM.search(client.get(f"/rule?{urlencode({'ruling': 'reject', 'about': statement})}").told)
    fields = [dict(ATTRIBUTE.findall(one)) for one in INPUT.findall(form[1])] if form else []
    typed = [(one["name"], html.unescape(one.get("value", ""))) for one in fields if one.get("type") == "hidden"]
    answer = client.post("/decisions", [*typed, ("why", "misread")])
    found.setdefault("ruling", Took()).take(answer)
    decision = DECISION.search(answer.told)
    if answer.status != http.client.SEE_OTHER or decision is None:
        failed.append(f"{answer.status} POST /decisions about {statement}")
        return
    token = [(name, value) for name, value in typed if name == "token"]
    answer = client.post(f"/decisions/{decision[0]}/undo", token)
    found.setdefault("undoing", Took()).take(answer)
    if answer.status != http.client.SEE_OTHER:
        failed.append(f"{answer.status} POST /decisions/{decision[0]}/undo")


class Client:
    """Asks one desk, over one connection, as a browser does."""

    def __init__(self, port: int, process: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.port, self.process, self.cookie = port, process, ""

    def get(self, address: str) -> Answer:
        """Ask for a page; once more where the desk had hung up meanwhile, as a browser does."""
        try:
            return self._ask("GET", address, None, {})
        except http.client.RemoteDisconnected:
            self.connection.close()
            return self._ask("GET", address, None, {})

    def post(self, address: str, typed: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}",
            "Sec-Fetch-Site": "same-origin",
        }  # fmt: skip
        return self._ask("POST", address, urlencode(typed), headers)

    def _ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers = headers | {"Accept-Encoding": "gzip", "Cookie": self.cookie, "Accept": "text/html"}
        spent, before = _spent(self.process), time.perf_counter()
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        milliseconds = (time.perf_counter() - before) * 1e3
        if given := answer.getheader("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        page = gzip.decompress(data) if answer.getheader("Content-Encoding") == "gzip" else data
        told = answer.getheader("Location") or page.decode("utf-8", "replace")
        return Answer(address, answer.status, len(data), milliseconds, _spent(self.process) - spent, told)


def _spent(process: int) -> float:
    """Milliseconds of the processor that a process has had, all its threads; 0 where the system does not tell."""
    held = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in held) / 1e6


# The processes


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The desk over a case, in a process of its own, with further options: its port, and the process."""
    command = [sys.executable, "-m", "sayso", "desk", "--case", str(folder), "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        told = process.stdout.readline() if process.stdout else ""
        found = re.search(r":(\d+)/", told)
        if found is None:
            raise SystemExit(stop(f"The desk did not open: {told!r}"))
        yield int(found[1]), process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def _adding(folder: Path, beside: Path, after: int) -> Generator[Any]:
    """One `sayso add` of further reports, from when it has added the first; what is given counts the reports."""
    from bench.grown import reading_after
    from sayso.ledger.case import opened

    wanted = beside / "further"
    wanted.mkdir()
    for number, reading in enumerate(islice(reading_after(after), TO_ADD)):
        (wanted / f"{number:05}.txt").write_text(reading.page.report.text, encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "add", "--case", str(folder), "--as", "bench", "--json", str(wanted)]
    case = opened(folder)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        before, until = _count(case), time.monotonic() + PATIENCE
        while _count(case) == before and time.monotonic() < until:
            time.sleep(0.2)
        yield lambda: _count(case)
        if process.poll() is not None:
            print("All further reports were added before the pages were asked for.", file=sys.stderr)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        case.closed()


def _most_memory(process: int) -> float:
    """The most memory that a process held (MB); 0 where the system does not tell."""
    told = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", told.read_text(encoding="utf-8")) if told.is_file() else None
    return round(int(found[1]) / 1024, 1) if found else 0.0


def _show(result: dict[str, Any]) -> None:
    """Print every kind of page with what it took, and the scores."""
    for phase, kinds in result["kinds"].items():
        print(f"{phase}: {'n':>34} {'median':>8} {'p95':>8} {'max':>8} {'cpu':>8} {'kB':>7}")
        for kind, one in kinds.items():
            if isinstance(one, dict):
                told = "".join(f"{one[name]:9.1f}" for name in ("median_ms", "p95_ms", "max_ms", "cpu_median_ms"))
                print(f"  {kind:30} {one['n']:6} {told} {one['bytes'] / 1e3:7.1f}")
    for name, value in result["scores"].items():
        print(f"  {name:30} {value:8.1f}")
    for one in result["failed"]:
        print(f"failed: {one}")


if __name__ == "__main__":
    run(main)
