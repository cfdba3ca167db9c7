"""Whether twenty people can review at one desk while reports are added: `python -m bench.desk_load --json`.

`sayso desk` serves a case of 20,000 reports in a process of its own. Twenty people (`bench.reviewing`), each with an
account, click and decide for ten minutes, while one `sayso add` reads and adds further reports all the time. Times are
by the clock at the browser's end, from sending a request until its last byte is there. Afterwards the case is held
against what the desk acknowledged (`bench.ruled_kept`): every decision once, under its name, in the audit, in effect.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench.browsing import Asked, Browser, errors
from bench.command import held, options, run, stop
from bench.desk import served
from bench.reviewing import ACTIONS, THINKING, WEIGHTS, Given, Reviewer, at_work, name_of
from bench.ruled_kept import Told, checked

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from sayso.ledger.case import Case

REPORTS = 20_000
REVIEWERS = 20
MINUTES = 10.0
EACH = 400
"""Addresses of each kind of page."""
MOST_CONTESTED = 40
TO_ADD_A_MINUTE = 900
"""Further reports that are there to be added: more than are read meanwhile."""
PATIENCE = 120
NO_PAGE = 404
OFTEN = 30
"""Requests of a kind from which on its percentiles are held to anything."""
MUST_BE_NONE = (
    "failed", "odd", "lost", "doubled", "unnamed", "contradicting", "without_effect", "refused_wrongly", "chain",
)  # fmt: skip
CEILINGS = frozenset((*MUST_BE_NONE, "p50_ms", "p95_ms", "slowest_kind_p95_ms", "memory_mb"))


def main(given: list[str]) -> int:
    """Measure, and print a table or JSON."""
    parser = options("desk_load", "Many people at one desk.", "a case; a copy is used", default=None, peers=False)
    parser.add_argument("--reports", type=int, default=REPORTS, help=f"how many to grow (default: {REPORTS:,})")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for how long (default: 10)")
    parser.add_argument("--reviewers", type=int, default=REVIEWERS, help="how many people (default: 20)")
    parser.add_argument("--database", metavar="URL", help="an empty PostgreSQL database; the case is copied into it")
    parser.add_argument("--further", type=Path, metavar="DIR", help="texts to add meanwhile (default: they are grown)")
    parser.add_argument("--idle", action="store_true", help="add nothing meanwhile")
    asked = parser.parse_args(given)
    began = time.perf_counter()
    beside = asked.data.absolute().parent if asked.data else None
    with tempfile.TemporaryDirectory(prefix="bench-load-", dir=beside) as name:
        folder = Path(name)
        _put_there(folder / "case", asked)
        files = sorted(asked.further.iterdir()) if asked.further else ()
        texts = tuple(path.read_text(encoding="utf-8") for path in files)
        load = Load(asked.reviewers, asked.minutes * 60, adds=not asked.idle, nice=asked.nice, texts=texts)
        result = measured(folder / "case", folder, load)
    result["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps(result, indent=2)) if asked.json else _show(result)
    for one in result["amiss"] if asked.explain else ():
        print(one, file=sys.stderr)
    return held("desk_load", result["scores"], ceilings=CEILINGS)


def _put_there(case: Path, asked: Any) -> None:
    """A copy of the case that is named, or a grown one; in PostgreSQL where that is asked for."""
    from bench.grown_case import grown

    first = case.with_name("grown") if asked.database else case
    if asked.data is not None:
        shutil.copytree(asked.data, first)
    else:
        grown(first, asked.reports, say=lambda number: print(f"{number:,} are grown", file=sys.stderr)).closed()
    if asked.database:
        from bench.copied_case import copied

        copied(first, case, asked.database).closed()
        shutil.rmtree(first)


@dataclass(frozen=True, slots=True)
class Load:
    """How many people, for how long (seconds), and what goes on beside."""

    reviewers: int
    seconds: float
    adds: bool = True
    nice: bool = False  # the people let the desk go first
    thinking: tuple[float, float] = THINKING
    each: int = EACH
    texts: tuple[str, ...] = ()  # further reports that are added; else they are grown


def measured(folder: Path, beside: Path, load: Load) -> dict[str, Any]:
    """Everything about one run over the case in a folder; `beside` is where further reports are put."""
    from sayso.ledger.case import opened

    case = opened(folder)
    try:
        before, accounts = _count(case), _accounts(case, load.reviewers)
        kinds = _addresses(case, load.each)
        with served(folder, "--accounts") as (port, process):
            missing = _left_out(Browser(port), kinds, accounts)
            here = {kind: some for kind, some in kinds.items() if kind not in missing}
            people = [
                Reviewer(who, Browser(port), one, Random(who), number, password, thinking=load.thinking)
                for number, ((who, password), one) in enumerate(
                    zip(accounts.items(), _given(case, here, load.reviewers), strict=True)
                )
            ]
            with _adding(folder, beside, case, load):
                if load.nice:
                    os.nice(10)
                at_first, spent = _count(case), _spent(process.pid)
                seconds = at_work(people, load.seconds)
                added, spent = _count(case) - at_first, _spent(process.pid) - spent
            memory = _most_memory(process.pid)
        told = Told(
            kept=[one for person in people for one in person.kept],
            looked=[one for person in people for one in person.looked],
            undone=[(one, person.who) for person in people for one in person.undone],
            refused=[one for person in people for one in person.refused],
        )
        found = checked(case, told, by=NAME)
    finally:
        case.closed()
    asked = [one for person in people for one in person.browser.asked]
    failed, odd = errors(asked), [one for person in people for one in person.odd]
    kinds = _by_kind(asked)
    often = [one for one in kinds.values() if one["n"] >= min(OFTEN, load.seconds)]
    scores: dict[str, float] = {
        **_times([one.seconds for one in asked]),
        "slowest_kind_p95_ms": max((one["p95_ms"] for one in often), default=0.0),
        "failed": float(len(failed)),
        "odd": float(len(odd)),
        **found.scores,
        "memory_mb": memory,
        "acknowledged": float(len({one.id for one in told.kept}) + len(told.looked)),
        "of_a_queue": float(len(told.looked)),
        "undone": float(len(told.undone)),
        "contradicted": float(len(told.refused)),
        "requests_per_second": round(len(asked) / seconds, 2),
        "desk_cores": round(spent / seconds, 2),
        "reports_added": float(added),
    }
    return {
        "bench": "desk_load",
        "data_sha256": "",
        "n": before,
        "scores": scores,
        "peers": {},
        "kinds": kinds,
        "left_out": missing,
        "amiss": [*found.says, *failed[:20], *odd[:20]],
        "people": load.reviewers,
        "asked_to_sign_in_later": sum(person.waited for person in people),
        "measured_seconds": round(seconds, 1),
        "think_seconds": list(load.thinking),
        "weights": dict(WEIGHTS),
        "database": case.dialect,
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


# What they have before them

NAME, AT = "Reviewer", "2031-04-05T06:07:08Z"


def _accounts(case: Case, count: int) -> dict[str, str]:
    """Names under which people rule, with their passwords, and an owner without whom there would be no accounts."""
    from sayso.ledger.passwords import made_up
    from sayso.ledger.users import OWNER, REVIEWER, By, New, added

    by = By("bench", AT)
    added(case, New("owner", OWNER, "Owner", made_up()), by)
    people = {f"{NAME} {number}": made_up() for number in range(1, count + 1)}
    for who, password in people.items():
        added(case, New(name_of(who), REVIEWER, who, password), by)
    return people


def _addresses(case: Case, each: int) -> dict[str, list[str]]:
    """Addresses of every kind of page that is clicked, as many of each where there are so many."""
    from sqlalchemy import select

    from bench.desk_asked import addresses, ids_of
    from sayso.ledger.schema import speakers
    from sayso.ledger.working import named_places

    kinds = addresses(ids_of(case, Random(21), each))
    kinds["incident_middle"] = kinds["incident_10_to_60"]
    kinds["search_words"] = [*kinds["search"], *kinds["search_common"]]
    kinds["incidents"] = [*kinds["incidents"], *kinds["incidents_deep"][:20]]
    kinds |= {name: [f"/{name}"] for name in ("inbox", "map", "timeline", "sources", "audit", "export")}
    kinds["queues"] = ["/queue"]
    kinds |= {"people": ["/people"], "places": ["/places"], "audit_seals": ["/audit/seals"]}
    with case.reading() as connection:
        who = _some(connection, select(speakers.c.id).order_by(speakers.c.id), each)
        where = _some(connection, select(named_places.c.id).order_by(named_places.c.uses.desc()), each)
    kinds["person"] = [f"/people/{one}" for one in who]
    kinds["source"] = [f"/sources/{one}" for one in who]
    kinds["place"] = [f"/places/{one}" for one in where]
    return {name: kinds.get(name, []) for name in WEIGHTS if name not in ACTIONS}


def _some(connection: Connection, asked: Select[tuple[str]], most: int) -> list[str]:
    """Some of the ids that are found, by chance."""
    there = list(connection.execute(asked).scalars())
    return Random(23).sample(there, min(most, len(there)))


def _given(case: Case, kinds: Mapping[str, Sequence[str]], people: int) -> list[Given]:
    """Addresses for everybody, and for each their own statements."""
    from sqlalchemy import select

    from sayso.ledger.schema import statements

    asked = select(statements.c.report_id, statements.c.statement, statements.c.act)
    with case.reading() as connection:
        said = [(f"{row[0]}#{row[1]}", row[2]) for row in connection.execute(asked.order_by(*asked.selected_columns))]
    Random(22).shuffle(said)
    contested = [one for one, _ in said[: min(MOST_CONTESTED, len(said) // 10 + 1)]]
    own = said[len(contested) :]
    return [Given(kinds, own[number::people], contested) for number in range(people)]


def _left_out(browser: Browser, kinds: Mapping[str, Sequence[str]], accounts: Mapping[str, str]) -> list[str]:
    """Kinds that are clicked and that this desk has no page for: nobody clicks them. Told, so that it is seen."""
    who, password = next(iter(accounts.items()))
    if not Reviewer(who, browser, Given({}, (), ()), Random(who), password=password).signed_in():
        raise SystemExit(stop("Nobody can sign in."))
    there = [name for name, some in kinds.items() if some and browser.get(name, some[0]).status != NO_PAGE]
    browser.closed()
    return sorted(kinds.keys() - set(there))


# What is told


def _by_kind(asked: Iterable[Asked]) -> dict[str, dict[str, Any]]:
    some: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        some[one.kind].append(one)
    return {
        kind: {
            "n": len(held),
            **_times([one.seconds for one in held]),
            "bytes": int(statistics.median(one.sent for one in held)),
            "slowest": max(held, key=lambda one: one.seconds).address,
        }
        for kind, held in sorted(some.items())
    }


def _times(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    at = {name: ordered[min(len(ordered) - 1, int(part * len(ordered)))] for name, part in PARTS.items()}
    return {f"{name}_ms": round(one * 1e3, 1) for name, one in (at | {"max": ordered[-1]}).items()}


PARTS = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


def _count(case: Case) -> int:
    from sqlalchemy import func, select

    from sayso.ledger.schema import reports

    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(reports)).scalar_one()


def _spent(process: int) -> float:
    """Seconds of the processor that a process has had, its threads that ended too; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.is_file():
        return 0.0
    fields = told.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def _most_memory(process: int) -> float:
    """The most memory that a process held (MB); 0 where the system does not tell."""
    told = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", told.read_text(encoding="utf-8")) if told.is_file() else None
    return round(int(found[1]) / 1024, 1) if found else 0.0


# The processes


@contextmanager
def _adding(folder: Path, beside: Path, case: Case, load: Load) -> Generator[None]:
    """One `sayso add` of further reports, from when it has added the first until people leave."""
    if not load.adds:
        yield
        return
    wanted, there = beside / "further", _count(case)
    wanted.mkdir()
    for number, text in enumerate(load.texts or _grown_texts(there, load.seconds)):
        (wanted / f"{number:05}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "add", "--case", str(folder), "--as", "bench", "--json", str(wanted)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while _count(case) == there and time.monotonic() < until and process.poll() is None:
            time.sleep(0.2)
        yield
        if process.poll() is not None:
            print("All further reports were added before people left.", file=sys.stderr)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _grown_texts(there: int, seconds: float) -> Iterator[str]:
    """The texts of further reports, more than are read meanwhile."""
    from bench.grown import reading_after

    many = max(10, int(TO_ADD_A_MINUTE * seconds / 60))
    return (reading.page.report.text for reading in islice(reading_after(there), many))


def _show(result: dict[str, Any]) -> None:
    """Print every kind of page with what it took, and the scores."""
    print(f"{'n':>31} {'p50':>8} {'p95':>8} {'p99':>8} {'max':>8} {'kB':>7}")
    for kind, one in result["kinds"].items():
        told = "".join(f"{one[f'{name}_ms']:9.1f}" for name in ("p50", "p95", "p99", "max"))
        print(f"  {kind:22} {one['n']:6} {told} {one['bytes'] / 1e3:7.1f}")
    for name, value in result["scores"].items():
        print(f"  {name:30} {value:8.1f}")
    if result["left_out"]:
        print(f"  not there: {', '.join(result['left_out'])}")


if __name__ == "__main__":
    run(main)
