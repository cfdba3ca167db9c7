"""A case of readings grown from the sample: `python -m bench.grown_case DIR REPORTS` makes one, or makes it larger."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench.grown import SAMPLE, reading_after

if TYPE_CHECKING:
    from sayso.ledger.case import Case
    from sayso.record import Reading

AT = "2031-04-05T06:07:08Z"


def grown(folder: Path, count: int, *, say: Callable[[int], None] = lambda _: None) -> Case:
    """The case of so many grown reports in a folder: made, gone on with where it was cut off, or there already."""
    from sayso.ledger.case import DATABASE, made, opened
    from sayso.ledger.incidents_drawn import redrawn
    from sayso.work.adding import keep_knowledge

    is_there = (folder / DATABASE).is_file()
    case = opened(folder) if is_there else made(folder, at=AT, who="bench", title="Grown from the sample")
    keep_knowledge(case, (SAMPLE / "knowledge",))
    there = _reports(case)
    if there < count:
        not_waiting(case)
        _put(case, islice(reading_after(there), count - there), say)
        redrawn(case)
        if not _rulings(case):
            _rule(case)
            redrawn(case)
        case.closed()
        case = opened(folder)
    return case


def _rulings(case: Case) -> int:
    from sqlalchemy import func, select

    from sayso.ledger.schema import decisions

    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(decisions)).scalar_one()


def not_waiting(case: Case) -> None:
    """Let the system write when it likes: a case for measuring may be lost with the machine."""
    from sqlalchemy import event

    def prepared(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    os.fsync = lambda _: None
    if case.dialect == "sqlite":
        event.listen(case.engine, "connect", prepared)
        case.engine.dispose()


def _reports(case: Case) -> int:
    from sqlalchemy import func, select

    from sayso.ledger.schema import reports

    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(reports)).scalar_one()


def _put(case: Case, told: Iterable[Reading], say: Callable[[int], None]) -> None:
    from sayso.ledger.adding import add
    from sayso.record import Custody

    for number, reading in enumerate(told, start=1):
        report = reading.page.report
        add(case, report, reading, Custody(AT, "bench", "bench", path=report.path), at=AT)
        if number % 500 == 0:
            say(number)


def _rule(case: Case) -> None:
    """Rulings as people leave them behind: some hundred, of every sort that a reader makes."""
    from sqlalchemy import select

    from sayso.ledger.decisions import decide
    from sayso.ledger.schema import speakers, statements

    with case.reading() as connection:
        said = connection.execute(select(statements.c.report_id, statements.c.statement)).all()
        who = connection.execute(select(speakers.c.id).where(speakers.c.naming == "named")).scalars().all()
    chance = Random("rulings")
    for report, statement in chance.sample(said, min(120, len(said))):
        ruling = chance.choice(("accept", "accept", "reject"))
        decide(case, ruling=ruling, about=[f"{report}#{statement}"], value=None, who="bench", why="as read", at=AT)
    for one in chance.sample(who, min(30, len(who))):
        decide(case, ruling="position", about=[one], value="witness", who="bench", why="was there", at=AT)


def main() -> None:
    """Grow a case: `python -m bench.grown DIR REPORTS`."""
    import sys
    import time

    folder, count, began = Path(sys.argv[1]), int(sys.argv[2]), time.monotonic()

    def say(number: int) -> None:
        print(f"{number:,} reports in {time.monotonic() - began:,.0f} s", file=sys.stderr, flush=True)

    case = grown(folder, count, say=say)
    print(f"{_reports(case):,} reports are in {folder}, after {time.monotonic() - began:,.0f} s.")
    case.closed()


if __name__ == "__main__":
    main()
