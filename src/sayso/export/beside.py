"""Writes a parcel beside the desk: `python -m sayso.export.beside CASE ORDER`, ORDER being the file of the order.

What becomes of it stands in a file beside it (`done.json`), so that a page can tell it whatever became of the process.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.export.parcel import Order, sent
from sayso.ledger.case import opened
from sayso.ledger.packing import noun_from
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sayso.ledger.case import Case

NICE = 10
"""How far it stands behind other processes: pages go first."""
DONE = "done.json"
NOW = "now.txt"


def main(folder: str, ordered: str) -> None:
    """The process: after all others, one parcel, and what became of it."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    case = opened(folder)
    try:
        fill(case, Path(ordered))
    finally:
        case.closed()


def fill(case: Case, ordered: Path) -> None:
    """Write the parcel of an order beside it, and what became of it."""
    place = ordered.parent
    told: dict[str, object] = {"problem": "It ended before it was done. The terminal that runs the desk may say why."}
    try:
        order = noun_from(Order, ordered.read_text(encoding="utf-8"))
        made = sent(case, order, place / f"{order.form}.zip", told=lambda now: _tell(place, now))
        told = {"files": [[file.path.name, file.rows] for file in made.files], "loses": list(made.loses)}
    except CaseProblem as problem:
        told = {"problem": str(problem)}
    finally:
        part = place / f".{DONE}"
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(place / DONE)


def _tell(place: Path, now: str) -> None:
    (place / NOW).write_text(now, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
