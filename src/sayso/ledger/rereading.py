"""Reading a report anew: another program, other models or rows, and what people decided stays with its words.

The report and its bytes are what they were. The new reading becomes the current one beside those before, its rows take
the place of theirs, incidents keep their ids where an event is told at the same place, and decisions are anchored anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from sayso.ledger import audit
from sayso.ledger.anchors import reanchor
from sayso.ledger.decisions import decision
from sayso.ledger.families_kept import draw_families
from sayso.ledger.incidents_kept import draw_incidents
from sayso.ledger.keeping import apply_ruling, stale_incidents_of
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.originals import original
from sayso.ledger.packing import unpacked
from sayso.ledger.placing import Placed, Was
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.reading_rows import insert_reading, take_out_rows
from sayso.ledger.redirecting import redirect
from sayso.ledger.ruled_drawn import draw_ruled
from sayso.ledger.ruled_parts import STANDING
from sayso.ledger.schema import events, family_members, incidents, readings, reports, tombstones

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case
    from sayso.ledger.drawing import Drawn
    from sayso.record import Reading


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of reading a report anew: whether it is another reading, and which decisions lost their words."""

    report: str
    changed: bool
    lost: tuple[str, ...] = ()


def reread(case: Case, what: Drawn, *, who: str, at: str) -> Reread:
    """Make a new reading of a report of the case the current one, in one transaction.

    One of the version that is current changes nothing. Raises `NoSuchThing` for a report that the case does not have.
    """
    report = what.report.id
    rows = knowledge_of(case)
    with case.writing() as connection:
        seq = connection.execute(select(reports.c.seq).where(reports.c.id == report)).scalar()
        if seq is None:
            raise NoSuchThing(f"The case has no report {report}. It may have been erased meanwhile.")
        current = (readings.c.report_id == report) & readings.c.current
        if connection.execute(select(readings.c.version).where(current)).scalar() == what.version:
            return Reread(report, changed=False)
        alike = _alike(connection, report)
        was = take_out_rows(connection, report, seq)
        if alike:
            draw_families(connection, sorted({report, *alike}), at=at)
        values = {name: value for name, value in what.row.items() if name not in ("id", "text", "text_sha256")}
        connection.execute(update(reports).where(reports.c.id == report).values(values))
        insert_reading(connection, Placed(what, seq, at, rows, was))
        _settle(connection, report, was, at=at)
        draw_ruled(connection, report, rows)  # what people added is there again, for what was ruled of it since
        anchored = reanchor(connection, report, at=at)
        for held in anchored.held:
            ruled = decision(connection, held)
            if ruled.ruling not in STANDING:
                apply_ruling(connection, ruled, rows)
        draw_ruled(connection, report, rows)
        stale_incidents_of(connection, [report])
        audit.note(
            connection,
            at=at,
            who=who,
            what="read",
            about=report,
            body={"reading": what.version, "lost": len(anchored.lost)},
        )
    return Reread(report, changed=True, lost=anchored.lost)


def current_readings(case: Case) -> Iterator[tuple[Reading, str]]:
    """Every report's current reading with its version, in the order of adding, one at a time.

    A report in which a name was withheld is left out: its original is gone, and who spoke cannot be read from blocks.
    """
    withheld = select(tombstones.c.about).where(tombstones.c.kind == "name")
    asked = select(reports.c.id, reports.c.text, readings.c.packed, readings.c.version).join(
        readings, (readings.c.report_id == reports.c.id) & readings.c.current
    )
    last = 0
    while True:
        with case.reading() as connection:
            row = connection.execute(
                asked.add_columns(reports.c.seq)
                .where(reports.c.seq > last, reports.c.id.not_in(withheld))
                .order_by(reports.c.seq)
                .limit(1)
            ).first()
        if row is None:
            return
        last = row.seq
        yield unpacked(row.packed, row.text, original(case, row.id)), row.version


def _alike(connection: Connection, report: str) -> set[str]:
    members = family_members.c
    mine = select(members.family_id).where(members.report_id == report)
    asked = select(members.report_id).where(members.family_id.in_(mine), members.report_id != report)
    return set(connection.execute(asked).scalars())


def _settle(connection: Connection, report: str, was: tuple[Was, ...], *, at: str) -> None:
    """See to the incidents that events of the reading before were in: drawn again, or led on where nothing is left."""
    old = sorted({one.incident for one in was if one.incident})
    left = select(events.c.id, events.c.incident_id).where(events.c.incident_id.in_(old)) if old else None
    rows = connection.execute(left).all() if left is not None else []
    if rows:
        draw_incidents(connection, [row.id for row in rows], at=at)
    for name in set(old) - {row.incident_id for row in rows}:
        heir = _nearest(connection, report, next(one for one in was if one.incident == name))
        connection.execute(delete(incidents).where(incidents.c.id == name))
        if heir:
            redirect(connection, name, heir, at=at, why="the report was read anew")


def _nearest(connection: Connection, report: str, one: Was) -> str | None:
    """The incident of the event that is told nearest to where one was told."""
    asked = select(events.c.start, events.c.incident_id).where(events.c.report_id == report)
    rows = connection.execute(asked).all()
    return min(rows, key=lambda row: (abs(row.start - one.start), row.start)).incident_id if rows else None
