"""Adding one report to a case: its original, its rows, and its place among the others, in one transaction.

What came before is on the disk when `add` returns; what was being added when a process dies is not there at all. The
original is kept first, so that a row without an original cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from sayso.ledger import audit
from sayso.ledger.drawing import Drawn, drawn
from sayso.ledger.families_kept import keep_families
from sayso.ledger.incidents_kept import keep_incidents
from sayso.ledger.originals import kept
from sayso.ledger.placing import Placed
from sayso.ledger.problems import Erased
from sayso.ledger.schema import (
    custody,
    events,
    originals,
    places,
    readings,
    reports,
    sentences,
    sources,
    statements,
    tombstones,
)
from sayso.ledger.speakers_kept import speakers_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case
    from sayso.record import Custody, Reading, Report

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding one report.

    `known` says that the case had these bytes already. `copy_of` are the reports that it shares a telling with,
    `incidents` those that its events now belong to.
    """

    report: str
    known: bool = False
    copy_of: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()


def add(case: Case, report: Report, reading: Reading, origin: Custody, *, at: str, version: str | None = None) -> Added:
    """Add a report that was read; the same bytes a second time are one report, with a second row of custody.

    `at` is now, as ISO in UTC; `version` names the reading (see `drawing.version_of`). Returns once all of it is on
    the disk. Raises `Erased` for bytes that were erased from the case, `CaseBusy` where another writer does not end.
    """
    known = _if_known(case, report, origin, at=at)
    return known or store(case, drawn(reading, version=version), origin, at=at)


def store(case: Case, what: Drawn, origin: Custody, *, at: str) -> Added:
    """The same for a reading whose rows are drawn already, as by the process that read it."""
    known = _if_known(case, what.report, origin, at=at)
    if known:
        return known
    kept(case, what.report.data)
    with case.writing() as connection:
        if _is_there(connection, what.report.id):  # another process was quicker
            return _found_again(connection, what.report.id, origin, at=at)
        placed = _insert(connection, what, at=at)
        _insert_custody(connection, what.report.id, origin)
        copies, dated = keep_families(connection, placed)
        incidents = keep_incidents(connection, [what.report.id, *dated], at=at)
        audit.note(
            connection,
            at=at,
            who=origin.by or "",
            what="added",
            about=what.report.id,
            body={
                "reading": what.version,
                "text_sha256": what.report.text_sha256,
                "statements": len(what.statements),
                "events": len(what.events),
            },
        )
    return Added(what.report.id, copy_of=copies, incidents=incidents)


# The same bytes again


def _if_known(case: Case, report: Report, origin: Custody, *, at: str) -> Added | None:
    """Looks without locking anybody out, since most of what is added a second time is there with its custody."""
    with case.reading() as connection:
        _refuse_erased(connection, report)
        if not _is_there(connection, report.id):
            return None
        if _has_custody(connection, report.id, origin):
            return Added(report.id, known=True)
    with case.writing() as connection:
        return _found_again(connection, report.id, origin, at=at)


def _is_there(connection: Connection, report: str) -> bool:
    return connection.execute(select(reports.c.seq).where(reports.c.id == report)).first() is not None


def _refuse_erased(connection: Connection, report: Report) -> None:
    plain = report.id.removeprefix("sha256:")
    found = connection.execute(
        select(tombstones.c.at, tombstones.c.who, tombstones.c.why).where(
            tombstones.c.kind == "report", tombstones.c.about.in_((report.id, plain))
        )
    ).first()
    if found:
        raise Erased(
            f"This report was erased from the case on {found.at} by {found.who}: {found.why}. It is not added again."
        )


def _found_again(connection: Connection, report: str, origin: Custody, *, at: str) -> Added:
    if not _has_custody(connection, report, origin):
        _insert_custody(connection, report, origin)
        audit.note(connection, at=at, who=origin.by or "", what="found_again", about=report, body={})
    return Added(report, known=True)


def _has_custody(connection: Connection, report: str, origin: Custody) -> bool:
    """Whether these bytes are known to have come from there already."""
    same = [
        column == value if value is not None else column.is_(None)
        for column, value in (
            (custody.c.path, origin.path),
            (custody.c.url, origin.url),
            (custody.c.container, origin.container),
            (custody.c.locator, origin.locator),
        )
    ]
    found = select(custody.c.id).where(custody.c.report_id == report, *same).limit(1)
    return connection.execute(found).first() is not None


def _insert_custody(connection: Connection, report: str, origin: Custody) -> None:
    connection.execute(
        insert(custody),
        {
            "report_id": report,
            "at": origin.at,
            "by_whom": origin.by,
            "using": origin.using,
            "path": origin.path,
            "url": origin.url,
            "container": origin.container,
            "locator": origin.locator,
        },
    )


# A new report


def _insert(connection: Connection, what: Drawn, *, at: str) -> Placed:
    """Every row of a report that does not depend on other reports."""
    report = what.report
    _insert_original(connection, report, at=at)
    seq = _last(connection)[0] + 1
    connection.execute(insert(reports), {**what.row, "seq": seq, "added_at": at})
    return insert_reading(connection, what, seq, at=at)


def insert_reading(connection: Connection, what: Drawn, seq: int, *, at: str) -> Placed:
    """The reading of a report that is there, as the current one, and every row drawn from it."""
    report = what.report.id
    connection.execute(insert(readings), {**what.reading, "report_id": report, "read_at": at, "current": True})
    _, last_sentence, last_event = _last(connection)
    ids = {row["n"]: last_sentence + number for number, row in enumerate(what.sentences, start=1)}
    event_ids = tuple(last_event + number for number, _ in enumerate(what.events, start=1))
    placed = Placed(what, seq, event_ids, at)
    whose = speakers_of(connection, placed)
    _insert_all(connection, sentences, [{**row, "id": ids[row["n"]], "report_id": report} for row in what.sentences])
    _insert_all(
        connection,
        sources,
        [{**row, "report_id": report, "speaker_id": whose[row["source"]]} for row in what.sources],
    )
    _insert_all(
        connection,
        statements,
        [
            {**row, "report_id": report, "speaker_id": whose[row["source"]], "sentence_id": ids.get(row["sentence_id"])}
            for row in what.statements
        ],
    )
    _insert_all(
        connection,
        places,
        [{**row, "report_id": report, "sentence_id": ids.get(row["sentence_id"])} for row in what.places],
    )
    _insert_all(
        connection,
        events,
        [
            {**row, "id": number, "report_id": report, "sentence_id": ids.get(row["sentence_id"]), "incident_id": ""}
            for number, row in zip(event_ids, what.events, strict=True)
        ],
    )
    return placed


def _last(connection: Connection) -> tuple[int, int, int]:
    """The highest numbers given so far: of reports, sentences, events. There is one writer at a time."""
    highest = (
        select(func.coalesce(func.max(column), 0)).scalar_subquery()
        for column in (reports.c.seq, sentences.c.id, events.c.id)
    )
    found = connection.execute(select(*highest)).one()
    return found[0], found[1], found[2]


def _insert_original(connection: Connection, report: Report, *, at: str) -> None:
    plain = report.id.removeprefix("sha256:")
    if connection.execute(select(originals.c.sha256).where(originals.c.sha256 == plain)).first():
        return
    connection.execute(
        insert(originals),
        {"sha256": plain, "bytes": len(report.data), "media_type": report.media_type, "kind": "report", "added_at": at},
    )


def _insert_all(connection: Connection, table: Any, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)
