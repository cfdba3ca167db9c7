"""Parcels are written in a process beside the desk; each stands in a folder of its own among the case's exports."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.export.beside import DONE, NOW
from sayso.export.parcel import Order
from sayso.ledger.packing import as_json_text, noun_from

if TYPE_CHECKING:
    from sayso.ledger.case import Case

ORDER = "order.json"
NAME = re.compile(r"parcel-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
LASTS = "The desk was closed before it was done. Export it again."

_running: dict[str, subprocess.Popen[bytes]] = {}
"""The processes that this desk started and that it did not see end, by the names of their parcels."""


@dataclass(frozen=True, slots=True)
class Job:
    """A parcel that somebody asked for. `state` is running, done or failed; `files` are names with numbers of rows."""

    id: str
    order: Order
    state: str
    path: Path
    now: str = ""
    problem: str | None = None
    files: tuple[tuple[str, int], ...] = ()
    loses: tuple[str, ...] = ()
    bytes: int = 0


def begun(case: Case, order: Order) -> str:
    """Begin to write a parcel; its name."""
    ordered = written_down(case, order)
    env = {"OMP_NUM_THREADS": "1", **os.environ}
    command = [sys.executable, "-m", "sayso.export.beside", str(case.folder), str(ordered)]
    _running[ordered.parent.name] = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)
    return ordered.parent.name


def written_down(case: Case, order: Order) -> Path:
    """The file of an order, in a new folder for its parcel."""
    at = re.sub(r"\D", "", order.at)[:14]
    name = f"parcel-{at[:8]}T{at[8:]}Z-{secrets.token_hex(4)}"
    folder = _folder(case) / name
    folder.mkdir(parents=True)
    (folder / ORDER).write_text(as_json_text(order), encoding="utf-8")
    return folder / ORDER


def job(case: Case, name: str) -> Job | None:
    """A parcel by its name; None where there is none."""
    folder = _folder(case) / name
    if not NAME.fullmatch(name) or not (folder / ORDER).is_file():
        return None
    order = noun_from(Order, (folder / ORDER).read_text(encoding="utf-8"))
    path = folder / f"{order.form}.zip"
    if not (folder / DONE).is_file():
        return _unfinished(name, order, path)
    told = json.loads((folder / DONE).read_text(encoding="utf-8"))
    if "problem" in told or not path.is_file():
        return Job(name, order, "failed", path, problem=told.get("problem", "Its file was taken away."))
    files = tuple((str(file), int(rows)) for file, rows in told["files"])
    return Job(name, order, "done", path, files=files, loses=tuple(told["loses"]), bytes=path.stat().st_size)


def jobs(case: Case) -> tuple[Job, ...]:
    """All parcels, the last first."""
    folder = _folder(case)
    names = sorted((one.name for one in folder.iterdir()), reverse=True) if folder.is_dir() else []
    return tuple(found for name in names if (found := job(case, name)) is not None)


def _unfinished(name: str, order: Order, path: Path) -> Job:
    process = _running.get(name)
    if process is not None and process.poll() is None:
        now = path.parent / NOW
        return Job(name, order, "running", path, now=now.read_text(encoding="utf-8") if now.is_file() else "")
    return Job(name, order, "failed", path, problem=LASTS)


def _folder(case: Case) -> Path:
    return case.folder / "exports" / "parcels"
