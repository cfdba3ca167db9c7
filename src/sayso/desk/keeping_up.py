"""Rows of incidents drawn beside the pages, so that no page draws them, and none waits for whoever is writing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from sayso.ledger.asking.incidents import draw_some
from sayso.ledger.problems import CaseProblem

if TYPE_CHECKING:
    from sayso.ledger.case import Case

A_FEW = 4
"""Incidents that are drawn at a time: some 30 milliseconds, for which a writer and the pages wait at most."""
LOOKS = 2.0
"""Seconds after which it is looked again, where nothing was to be drawn."""
REST = 4.0
"""For each second of drawing so many of rest: pages go first."""
LEAST = 0.05
"""Seconds of rest at least."""


@contextmanager
def kept_up(case: Case) -> Iterator[None]:
    """As long as this goes on, a thread draws the rows of incidents of which more is known than they show."""
    over = threading.Event()
    thread = threading.Thread(target=_draw, args=(case, over), name="drawing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=LOOKS)


def _draw(case: Case, over: threading.Event) -> None:
    pause = LOOKS
    while not over.wait(pause):
        began = time.monotonic()
        pause = LOOKS if _drawn(case) < A_FEW else max(LEAST, REST * (time.monotonic() - began))


def _drawn(case: Case) -> int:
    """How many were drawn; none where somebody else writes all the time, or the database cannot be reached just now.

    A fault ends the thread, and stands in the terminal; the rows go on saying that they are stale.
    """
    try:
        return draw_some(case, most=A_FEW)
    except (CaseProblem, SQLAlchemyError):
        return 0
