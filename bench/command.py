"""What the commands of all benches share: their options, their floors, what they print of errors."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

Json = dict[str, Any]

FLOORS = Path(__file__).with_name("floors.json")
MOST_FREQUENT = 10


class Wrong(Protocol):
    """One thing that went wrong: its kind, and a sentence about it."""

    @property
    def kind(self) -> str:
        """What sort of error it is."""

    @property
    def says(self) -> str:
        """The error in words."""


def options(name: str, about: str, data: str, *, default: Path | None, peers: bool = True) -> argparse.ArgumentParser:
    """The options that each bench has; `data` says what `--data` takes."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=about)
    parser.add_argument("--data", type=Path, default=default, help=data)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--explain", action="store_true", help="tell what was missed, read amiss or too much")
    if peers:
        parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--nice", action="store_true", help="let everything else on this machine go first")
    return parser


def run(main: Callable[[list[str]], int]) -> None:
    """End the process as a bench's `main` says.

    Numpy's threads are set to one before it is loaded: threads of one process that wait for a core cost ten times the
    work.
    """
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    sys.exit(main(sys.argv[1:]))


def held(name: str, scores: Mapping[str, float], *, ceilings: frozenset[str] = frozenset()) -> int:
    """0 where every score that was measured is at its floor or above; else 1, with those that slipped on stderr.

    Of the scores named in `ceilings` less is better: their floor is a ceiling.
    """
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    slipped = [
        f"{key} {scores[key]} {'>' if key in ceilings else '<'} {floor}"
        for key, floor in floors.items()
        if key in scores and (scores[key] > floor if key in ceilings else scores[key] < floor)
    ]
    return stop("Not held: " + ", ".join(slipped)) if slipped else 0


def stop(why: str) -> int:
    """Say why nothing could be measured, or what slipped."""
    print(why, file=sys.stderr)
    return 1


def kinds(found: Iterable[Wrong]) -> Counter[str]:
    """How many errors of each kind."""
    return Counter(error.kind for error in found)


def show_errors(found: Iterable[Wrong]) -> None:
    """Print all errors as sentences, then how many of each kind, with the first of it."""
    told = list(found)
    for error in told:
        print(error.says)
    first = {error.kind: error for error in reversed(told)}
    print("The most frequent kinds:")
    for kind, count in kinds(told).most_common(MOST_FREQUENT):
        print(f"  {count:5} {kind}; one in {first[kind].says}")


def show_scores(result: Json, headlines: Callable[[Json], str]) -> None:
    """Print all scores of a result, and beside them the headlines of each peer, or why it was not measured."""
    for name, figure in result["scores"].items():
        print(f"  {name:28} {figure:6.1f}")
    for name, peer in result["peers"].items():
        print(f"{name}: {peer if isinstance(peer, str) else headlines(peer)}")
