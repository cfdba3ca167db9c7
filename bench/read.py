"""How fast and how large reading is on this machine: `python -m bench.read --json`.

Seven runs of each, the median told; meant for a machine that does nothing else. Words are white-space words,
seconds of CPU are those of all threads of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "src" / "sayso" / "sample"
SAYSO = [sys.executable, "-m", "sayso"]
WARM = """
import json, resource, time
import sayso
reports = [open(path, "rb").read() for path in {paths!r}]
words = sum(len(sayso.read_bytes(report).page.report.text.split()) for report in reports) * {times}
before = time.process_time()
for report in reports * {times}:
    sayso.read_bytes(report)
took = time.process_time() - before
print(json.dumps([words, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.read", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--files", type=int, default=160, help="how many files --jsonl is given")
    asked = parser.parse_args()
    found = {
        "help_over_bare_seconds": help_over_bare(asked.runs),
        "cold_first_record_seconds": median(lambda: timed([*SAYSO, "read", "--json", str(_texts()[0])]), asked.runs),
        **warm(max(1, asked.runs // 2)),
        **both_cores(asked.files),
    }
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            print(f"{name:32} {value}")


def _texts() -> list[Path]:
    return sorted(SAMPLE.glob("*.txt"))


def median(measure: Callable[[], float], runs: int) -> float:
    """The median of several runs, in milliseconds' precision."""
    return round(statistics.median(measure() for _ in range(runs)), 3)


def timed(command: list[str]) -> float:
    """Seconds on the wall that a command takes."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())
    return time.perf_counter() - before


def _environment() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def help_over_bare(runs: int) -> float:
    """What `sayso --help` takes beyond an interpreter that does nothing."""
    bare = median(lambda: timed([sys.executable, "-c", "pass"]), runs)
    return round(median(lambda: timed([*SAYSO, "--help"]), runs) - bare, 3)


def warm(times: int) -> dict[str, float]:
    """Words a second of CPU on the sample once all is loaded, and the memory of that process."""
    code = WARM.format(paths=[str(path) for path in _texts()], times=times)
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=_environment()
    )
    words, took, megabytes = json.loads(told.stdout)
    return {"words_per_cpu_second": round(words / took), "one_process_megabytes": round(megabytes)}


def both_cores(files: int) -> dict[str, Any]:
    """How much of all cores `--jsonl` uses over many files, how much faster that is, and how large it gets."""
    with _many(files) as folder:
        command = [*SAYSO, "read", "--jsonl", str(folder)]
        alone = timed([*command, "--workers", "1"])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = timed(command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        megabytes = _watched(command)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cores = len(os.sched_getaffinity(0))
    return {
        "jsonl_files": files,
        "jsonl_seconds_one_process": round(alone, 2),
        "jsonl_seconds": round(wall, 2),
        "jsonl_cores_busy": round(cpu / wall / cores, 2),
        "jsonl_all_processes_megabytes": round(megabytes),
    }


@contextmanager
def _many(files: int) -> Iterator[Path]:
    texts = [path.read_bytes() for path in _texts()]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            (Path(folder) / f"{number:04}.txt").write_bytes(texts[number % len(texts)] + b"\n%d\n" % number)
        yield Path(folder)


def _watched(command: list[str]) -> float:
    """The most megabytes that the command and its children hold together; watching slows them, so it is a run apart."""
    most = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment(), start_new_session=True) as process:
        while process.poll() is None:
            most = max(most, _group_megabytes(process.pid))
            time.sleep(0.5)
    return most


def _group_megabytes(group: int) -> float:
    """The memory that the processes of a group have of their own, shared pages once (Linux alone tells)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                rollup = (folder / "smaps_rollup").read_text(encoding="ascii")
                total += int(rollup.split("Pss:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return total / 1024


if __name__ == "__main__":
    main()
