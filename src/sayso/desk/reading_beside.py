"""What was handed in is read in a process beside the desk, so that no page waits for it.

A thread looks whether something waits, and starts the process where none runs. It ends by itself; with the desk it is
ended, and what it was reading is read anew by the next.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from sayso.ledger.clusters_kept import look_at_some
from sayso.ledger.problems import CaseProblem
from sayso.ledger.taking_in import something_waits

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LOOKS = 1.0
"""Seconds after which it is looked again."""
LONGEST = 60.0
"""Seconds of rest at most, where the process ended of itself again and again."""
A_FEW = 20
"""Copies of a case of old that are looked at between two looks: some 20 milliseconds."""
ENDING = 5.0
"""Seconds that the process is given to end."""


@contextmanager
def read_beside(case: Case) -> Iterator[None]:
    """As long as this goes on, what waits is read."""
    over = threading.Event()
    thread = threading.Thread(target=_Watch(case, over).run, name="taking in", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=ENDING + LOOKS)


class _Watch:
    """Who looks, and the process that runs."""

    def __init__(self, case: Case, over: threading.Event) -> None:
        self.case, self.over = case, over
        self.process: subprocess.Popen[bytes] | None = None
        self.failed = 0

    def run(self) -> None:
        """Look until it is over."""
        pause = LOOKS
        while not self.over.wait(pause):
            pause = self.rest()
            if self.process is None:
                self.begin()
        self.end()

    def rest(self) -> float:
        """Whether the process ended, and how long to wait now."""
        if self.process is not None and self.process.poll() is not None:
            self.failed = self.failed + 1 if self.process.returncode else 0
            self.process = None
        return float(min(LONGEST, LOOKS * 2**self.failed))

    def begin(self) -> None:
        """Start reading where something waits; else look at copies that nobody looked at."""
        try:
            with self.case.reading() as connection:
                waits = something_waits(connection)
            if waits:
                self.process = started(self.case)
            else:
                look_at_some(self.case, most=A_FEW)
        except (CaseProblem, SQLAlchemyError):
            return  # somebody writes all the time, or the database cannot be reached just now

    def end(self) -> None:
        """End the process."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()


def started(case: Case) -> subprocess.Popen[bytes]:
    """The process that reads what waits in a case."""
    env = {"OMP_NUM_THREADS": "1", **os.environ}
    command = [sys.executable, "-m", "sayso.work.taking_in", str(case.folder)]
    return subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)
