"""What adding a report to a case costs, and whether that stays so as it grows: `python -m bench.ledger --json`.

Readings are made up (`bench.synthetic`), so that nothing but the ledger is measured: drawing the rows, comparing,
writing, each report in its own transaction. Milliseconds are of the processor, over the last reports before each mark.
What reading costs is measured beside it, on the sample. `--database` takes the URL of an empty PostgreSQL database.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench.command import held, options, run, show_scores
from bench.grown_case import not_waiting

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AT = "2031-04-05T06:07:08Z"
SAMPLE = Path(__file__).parents[1] / "src" / "sayso" / "sample"
MARKS = (1_000, 3_000, 10_000, 30_000, 100_000)
WINDOW = 300
"""Reports over which the cost at a mark is measured."""
PAGES = 60
CEILINGS = frozenset(("adding_over_reading_percent", "growth_percent", "incident_page_ms", "peak_memory_mb"))


def main(given: list[str]) -> int:
    """Measure, and print a table or JSON."""
    parser = options("ledger", "What adding costs.", "not used: the readings are made up", default=None, peers=False)
    parser.add_argument("--reports", type=int, default=3_000, help="how many reports to add (default: 3,000)")
    parser.add_argument("--database", metavar="URL", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the case here, and leave it")
    parser.add_argument("--no-sync", action="store_true", help="do not wait for the disk: the same work, sooner done")
    parser.add_argument("--profile", type=int, metavar="N", help="profile the last N reports, and tell on stderr")
    asked = parser.parse_args(given)
    if asked.nice:
        os.nice(10)
    with tempfile.TemporaryDirectory(prefix="bench-ledger-") as folder:
        began = time.perf_counter()
        result = measured(asked.keep or Path(folder) / "case", asked)
        result["seconds"] = round(time.perf_counter() - began, 1)
    if asked.json:
        print(json.dumps(result, indent=2))
    else:
        show_scores(result, str)
    return held("ledger", result["scores"], ceilings=CEILINGS)


def measured(folder: Path, asked: Any) -> dict[str, Any]:
    """Every score, of a case made in a folder."""
    from sayso.ledger.case import made

    case = made(folder, at=AT, who="bench", database=asked.database)
    if asked.no_sync:
        not_waiting(case)
    costs = list(_costs(case, asked.reports, asked.profile or 0))
    words = costs[-1][2] / len(costs)
    marks = [mark for mark in MARKS if mark < asked.reports] + [asked.reports]
    scores: dict[str, float] = {}
    for mark in marks:
        near = costs[max(0, mark - WINDOW) : mark]
        scores[f"ms_per_report_at_{mark}"] = round(statistics.mean(cost for cost, _, _ in near) * 1e3, 2)
        scores[f"wall_ms_per_report_at_{mark}"] = round(statistics.mean(wall for _, wall, _ in near) * 1e3, 2)
    redraw, pages = _redraw(case, asked.reports), _pages(case)
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    reading = reading_seconds_per_word()  # this loads the model, which is no part of the ledger's memory
    last = scores[f"ms_per_report_at_{asked.reports}"]
    first = scores[f"ms_per_report_at_{marks[0]}"]
    scores |= {
        "words_per_report": round(words, 1),
        "reading_ms_per_report": round(reading * words * 1e3, 2),
        "adding_over_reading_percent": round(100 * last / (reading * words * 1e3), 1),
        "growth_percent": round(100 * (last / first - 1), 1),
        "redraw_ms_per_report": redraw,
        **pages,
        "database_mb": round(sum(path.stat().st_size for path in folder.glob("sayso.db*")) / 1e6, 1),
        "peak_memory_mb": memory,
    }
    case.closed()
    return {
        "bench": "ledger",
        "data_sha256": "",
        "n": asked.reports,
        "scores": scores,
        "peers": {},
        "words_per_cpu_second": round(1 / reading),
    }


def _costs(case: Case, count: int, profiled: int) -> Iterator[tuple[float, float, int]]:
    """For each report the seconds of the processor and of the clock that it took, and the words until then."""
    import cProfile

    from bench.synthetic import reading_of
    from sayso.ledger.adding import add
    from sayso.record import Custody

    words = 0
    profile = cProfile.Profile(time.process_time)
    for number in range(count):
        reading = reading_of(number)
        words += len(reading.page.report.text.split())
        origin = Custody(AT, "bench", "bench", path=f"{number}.txt")
        before, clock = time.process_time(), time.perf_counter()
        if number >= count - profiled:
            profile.enable()
        add(case, reading.page.report, reading, origin, at=AT)
        profile.disable()
        yield time.process_time() - before, time.perf_counter() - clock, words
        if (number + 1) % 1000 == 0:
            print(f"{number + 1:,} reports", file=sys.stderr, flush=True)
    if profiled:
        import pstats

        pstats.Stats(profile, stream=sys.stderr).sort_stats("cumtime").print_stats(80)


def reading_seconds_per_word() -> float:
    """What reading costs for each word of a report, in seconds of the processor: the sample, read twice."""
    import sayso

    texts = [path.read_bytes() for path in sorted(SAMPLE.glob("*.txt"))]
    words = sum(len(sayso.read_bytes(text).page.report.text.split()) for text in texts)
    before = time.process_time()
    for text in texts:
        sayso.read_bytes(text)
    return (time.process_time() - before) / words


def _redraw(case: Case, reports: int) -> float:
    """Milliseconds a report that drawing the rows of its incidents costs once a run is done: a thousand are drawn."""
    from sqlalchemy import func, select

    from sayso.ledger.incidents_drawn import redrawn
    from sayso.ledger.schema import incidents

    with case.reading() as connection:
        count = connection.execute(select(func.count()).select_from(incidents)).scalar_one()
    before = time.process_time()
    drawn = redrawn(case, limit=1_000)
    each = (time.process_time() - before) / max(1, drawn)
    return round(each * count / reports * 1e3, 2)


def _pages(case: Case) -> dict[str, float]:
    """What putting an incident together takes, by the clock: of some at random and of the largest."""
    from sqlalchemy import func, select

    from sayso.ledger.incidents_drawn import put_together
    from sayso.ledger.knowing import knowledge_of
    from sayso.ledger.schema import events

    rows = knowledge_of(case)
    with case.reading() as connection:
        sizes = select(events.c.incident_id, func.count()).group_by(events.c.incident_id)
        held = sorted(connection.execute(sizes).all(), key=lambda row: (-row[1], row[0]))
    some = Random(7).sample(held, min(PAGES, len(held))) + held[:5]
    took = []
    for incident, _ in some:
        before = time.perf_counter()
        with case.reading() as connection:
            put_together(connection, incident, rows)
        took.append(time.perf_counter() - before)
    return {
        "incidents": float(len(held)),
        "tellings_of_the_largest": float(held[0][1]),
        "incident_page_ms": round(statistics.median(took[:-5]) * 1e3, 2),
        "largest_incident_page_ms": round(max(took[-5:]) * 1e3, 2),
    }


if __name__ == "__main__":
    run(main)
