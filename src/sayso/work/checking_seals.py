"""Checks the seals of a case beside the desk: `python -m sayso.work.checking_seals CASE CHECK`."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from sayso.ledger.asking.seals import seal_check
from sayso.ledger.seals import ended, gone_on
from sayso.ledger.verifying import verified
from sayso.work.case import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger.case import Case

NICE = 10
"""How far it stands behind other processes: pages go first."""
TOLD = 1.0
"""Seconds between two tellings of how far it is."""


def check(case: Case, name: str, *, clock: Callable[[], str] = now) -> None:
    """Do a check that was begun, and write down what it found; where it cannot be done, that it was cut off."""
    with case.reading() as connection:
        asked = seal_check(connection, name)
    if asked.ended_at is not None:
        return
    told = [0.0]

    def tell(done: int, of: int) -> None:
        if time.monotonic() - told[0] > TOLD:
            gone_on(case, name, done=done, of=of)
            told[0] = time.monotonic()

    try:
        verdict = verified(case, told=tell)
    except BaseException:
        ended(case, name, None, who=asked.who, at=clock())
        raise
    ended(case, name, verdict, who=asked.who, at=clock())


def main(folder: str, name: str) -> None:
    """The process: after all others, one check, and its end."""
    from sayso.ledger.case import opened

    if hasattr(os, "nice"):
        os.nice(NICE)
    case = opened(folder)
    try:
        check(case, name)
    finally:
        case.closed()


if __name__ == "__main__":
    main(*sys.argv[1:3])
