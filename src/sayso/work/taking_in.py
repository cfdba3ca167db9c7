"""Reads what waits in the inbox, one thing after another, beside the desk: `python -m sayso.work.taking_in CASE`.

Whoever runs it claims row after row (see `sayso.ledger.taking_in`), so that two of them read nothing twice, and what
was being read when one died is read by the next. It ends when nothing waits.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sayso.ledger import taking_in as rows
from sayso.ledger.asking.incidents import draw_some
from sayso.ledger.originals import path_of, sealed_as
from sayso.ledger.problems import CaseBusy
from sayso.work.adding import Adding, Summary, add_all
from sayso.work.here import given

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.work.adding import Outcome

BEAT = 10.0
"""Seconds between two signs of life."""
TOLD = 0.5
"""Seconds between two tellings of how far it is."""
NICE = 10
"""How far it stands behind other processes: pages go first."""
AT_HAND = ".reading-"
"""How the name of a folder begins in which a file lies while it is read."""
A_FEW = 4
"""Incidents that are drawn at a time, so that a page or a person who rules waits for them at most."""
CHANGED = "Its bytes are not what was sealed: they are gone or changed. Put the original back from a backup."
NOTHING = "It holds no report."
FAULT = "A fault in Sayso itself ({fault}). Its bytes are sealed; the terminal that runs the desk shows where."


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the name that rows are claimed under, and how it is known what time it is (ISO in UTC)."""

    now: Callable[[], str]
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}")


def read_waiting(case: Case, reader: Reader) -> int:
    """Read all that waits, long things last, and draw the incidents of it; how many things were read."""
    count = 0
    with _beating(case, reader):
        while (wanted := _next(case, reader)) is not None:
            _read(case, wanted, reader)
            count += 1
    if count:
        while draw_some(case, most=A_FEW):
            pass
    return count


def _next(case: Case, reader: Reader) -> rows.TakenIn | None:
    with case.reading() as connection:
        gone = frozenset(one for one in rows.readers(connection) if has_ended(one))
    return rows.claimed(case, reader.name, at=reader.now(), gone=gone)


def has_ended(name: str) -> bool:
    """Whether a reader is known to have ended: it ran on this machine, and its process is no more."""
    machine, _, rest = name.partition(":")
    number = rest.partition(":")[0]
    if machine != socket.gethostname() or not number.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def _beating(case: Case, reader: Reader) -> Iterator[None]:
    """As long as this goes on, a thread tells that the reader lives."""
    over = threading.Event()

    def beats() -> None:
        while not over.wait(BEAT):
            try:
                rows.beat(case, reader.name, at=reader.now())
            except CaseBusy:
                continue

    thread = threading.Thread(target=beats, name="beating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(BEAT)


# One thing


def _read(case: Case, wanted: rows.TakenIn, reader: Reader) -> None:
    """Read one thing; whatever befalls it is told of it, and the rest goes on."""
    try:
        state, says = _came_to(case, wanted, reader)
    except CaseBusy:
        return  # it stays claimed by this reader, who takes it up again
    # A fault of ours on one thing must not lose the others.
    except Exception as error:
        print(f"{wanted.name}: {error!r}", file=sys.stderr)
        state, says = rows.FAILED, FAULT.format(fault=type(error).__name__)
    rows.ended(case, wanted.id, state=state, says=says, at=reader.now())


def _came_to(case: Case, wanted: rows.TakenIn, reader: Reader) -> tuple[str, str | None]:
    """Whether it is done or failed, and what is to be known of it."""
    from sayso.problems import BadKnowledge, WrongModel

    try:
        order = Adding(
            who=wanted.who,
            now=reader.now,
            given=given(wanted.said.published, wanted.said.publisher),
            draw=False,
            sealed_at=wanted.at if wanted.sha256 and wanted.how != rows.URL else None,
            address=wanted.said.url,
        )
        if wanted.how == rows.URL:
            return _counted(case, wanted, add_all(case, [wanted.name], order, workers=1), reader)
        if not _is_whole(case, wanted):
            return rows.FAILED, CHANGED
        with _as_file(case, wanted) as name:
            return _counted(case, wanted, add_all(case, [name], order, workers=1), reader)
    except (BadKnowledge, WrongModel, ValueError) as error:
        return rows.FAILED, str(error)


def _counted(case: Case, wanted: rows.TakenIn, outcomes: Iterator[Outcome], reader: Reader) -> tuple[str, str | None]:
    summary, told, sealed = Summary(), time.monotonic(), None
    for outcome in outcomes:
        summary.count(outcome)
        if wanted.how == rows.URL:
            sealed = outcome.came.container or sealed
        if time.monotonic() - told > TOLD:
            rows.came_to(case, wanted.id, _counts(summary), at=reader.now())
            told = time.monotonic()
    rows.came_to(case, wanted.id, _counts(summary), at=reader.now(), sha256=sealed)
    came = summary.added + summary.known
    reasons = tuple(dict.fromkeys(one.problem.says for one in (*summary.failed, *summary.noted) if one.problem))
    if came:
        return rows.DONE, reasons[0] if reasons else None
    return rows.FAILED, reasons[0] if reasons else NOTHING


def _counts(summary: Summary) -> dict[str, int]:
    failed = len(summary.failed)
    return {
        "found": summary.added + summary.known + failed,
        "added": summary.added,
        "known": summary.known,
        "copies": summary.copies,
        "failed": failed,
    }


def _is_whole(case: Case, wanted: rows.TakenIn) -> bool:
    path = path_of(case, wanted.sha256 or "")
    return path.is_file() and sealed_as(path) == wanted.sha256


@contextmanager
def _as_file(case: Case, wanted: rows.TakenIn) -> Iterator[str]:
    """The sealed bytes as a file of the name that they were handed in under, which custody names; where we are then.

    Its kind can be told by its name, and nobody learns in which folder it lay for the moment.
    """
    original = path_of(case, wanted.sha256 or "")
    for left in case.folder.glob(f"{AT_HAND}*"):  # by a reader that was killed: one reads at a time
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=AT_HAND, dir=case.folder) as folder:
        name = rows.safe_name(wanted.name)
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(original)
        except OSError:  # a disk that cannot
            shutil.copyfile(original, path)
        with chdir(folder):
            yield name


# As a process


def main(asked: list[str]) -> None:
    """Read what waits in the case in a folder."""
    from sayso.ledger.case import opened
    from sayso.work.case import now

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what was put somewhere for the moment is removed
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    if hasattr(os, "nice"):
        os.nice(NICE)
    case = opened(asked[0])
    try:
        read_waiting(case, Reader(now))
    finally:
        case.closed()


if __name__ == "__main__":
    main(sys.argv[1:])
