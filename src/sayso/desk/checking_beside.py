"""Seals are checked in a process beside the desk, so that no page waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from sayso.ledger.seals import ended

if TYPE_CHECKING:
    from sayso.desk.app import Desk
    from sayso.ledger.asking.seals import SealCheck

_running: dict[str, subprocess.Popen[bytes]] = {}
"""The checks that this desk started and that have not ended, by their ids."""


def begin(desk: Desk, name: str) -> None:
    """Start the process of a check."""
    env = {"OMP_NUM_THREADS": "1", **os.environ}
    command = [sys.executable, "-m", "sayso.work.checking_seals", str(desk.case.folder), name]
    _running[name] = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)


def see_to(desk: Desk, check: SealCheck) -> None:
    """Write down that a check was cut off, where its process is gone and it has not ended."""
    process = _running.get(check.id)
    if process is None or process.poll() is None:
        return
    del _running[check.id]
    if check.ended_at is None:
        ended(desk.case, check.id, None, who=check.who, at=desk.now())


def is_here(check: SealCheck) -> bool:
    """Whether this desk runs the check."""
    return check.id in _running
