"""Adding one report to a case: its original, its rows, and its place among the others, in one transaction.

What came before is on the disk when `add` returns; what was being added when a process dies is not there at all. The
original is kept first, so that a row without an original cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from sayso.ledger import audit
from sayso.ledger.drawing import Drawn, drawn
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.originals import kept, sealed_as
from sayso.ledger.placing import Placed
from sayso.ledger.problems import Erased
from sayso.ledger.quick import ask
from sayso.ledger.reading_rows import Related, insert_reading
from sayso.ledger.schema import custody, failures, originals, reports, tombstones

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case
    from sayso.record import Custody, Problem, Reading, Report


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
    known = custody_if_known(case, report.id, origin, at=at)
    return known or _stored(case, drawn(reading, version=version, knowledge=knowledge_of(case)), origin, at=at)


def store(case: Case, what: Drawn, origin: Custody, *, at: str) -> Added:
    """The same for a reading whose rows are drawn already, as by the process that read it."""
    return custody_if_known(case, what.report.id, origin, at=at) or _stored(case, what, origin, at=at)


def _stored(case: Case, what: Drawn, origin: Custody, *, at: str) -> Added:
    rows = knowledge_of(case)
    kept(case, what.report.data)
    with case.writing() as connection:
        if _is_there(connection, what.report.id):  # another process was quicker
            return _found_again(connection, what.report.id, origin, at=at)
        _refuse_erased(connection, what.report.id)  # or it was erased meanwhile
        related = _insert(connection, what, rows, at=at)
        _insert_custody(connection, what.report.id, origin)
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
    return Added(what.report.id, copy_of=related.copies, incidents=related.incidents)


# The same bytes again


def custody_if_known(case: Case, report: str, origin: Custody, *, at: str) -> Added | None:
    """If the case has a report, note where it came from this time, unless that is known too; None for a new one.

    Looks without locking anybody out, since most of what is added a second time is there with its custody. Raises
    `Erased`.
    """
    with case.reading() as connection:
        _refuse_erased(connection, report)
        if not _is_there(connection, report):
            return None
        if _has_custody(connection, report, origin):
            return Added(report, known=True)
    with case.writing() as connection:
        return _found_again(connection, report, origin, at=at)


def _is_there(connection: Connection, report: str) -> bool:
    return ask(connection, "SELECT 1 FROM reports WHERE id = ?", report).first() is not None


def _refuse_erased(connection: Connection, report: str) -> None:
    if ask(connection, "SELECT 1 FROM tombstones LIMIT 1").first() is None:
        return
    plain = report.removeprefix("sha256:")
    found = connection.execute(
        select(tombstones.c.at, tombstones.c.who, tombstones.c.why).where(
            tombstones.c.kind == "report", tombstones.c.about.in_((report, plain))
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


def _insert(connection: Connection, what: Drawn, rows: Knowledge, *, at: str) -> Related:
    _insert_original(connection, what.report, at=at)
    seq = ask(connection, "SELECT coalesce(max(seq), 0) FROM reports").scalar_one() + 1
    connection.execute(insert(reports), {**what.row, "seq": seq, "added_at": at})
    return insert_reading(connection, Placed(what, seq, at, rows))


def _insert_original(connection: Connection, report: Report, *, at: str) -> None:
    plain = report.id.removeprefix("sha256:")
    row = {"sha256": plain, "bytes": len(report.data), "media_type": report.media_type, "kind": "report"}
    _put_original(connection, row, at=at)


def _put_original(connection: Connection, row: dict[str, Any], *, at: str) -> None:
    """A row of an original; one that was taken in before it was read is told of what kind it is."""
    if not _has_original(connection, row["sha256"]):
        connection.execute(insert(originals), {**row, "added_at": at})
        return
    known = (originals.c.sha256 == row["sha256"]) & (originals.c.kind == "intake")
    connection.execute(update(originals).where(known).values(kind=row["kind"], media_type=row["media_type"]))


def _has_original(connection: Connection, sha256: str) -> bool:
    return ask(connection, "SELECT 1 FROM originals WHERE sha256 = ?", sha256).first() is not None


# What a report came in, and what gave none


def keep_container(case: Case, path: Path, *, media_type: str | None, at: str) -> str:
    """Keep an archive, mail or feed that reports came in; its hash. What was erased is not kept again."""
    with case.reading() as connection:
        gone = set(connection.execute(select(tombstones.c.about).where(tombstones.c.kind == "container")).scalars())
    if gone and (sealed := sealed_as(path)) and f"sha256:{sealed}" in gone:
        return sealed
    plain = kept(case, path)
    with case.reading() as connection:
        known = select(originals.c.kind).where(originals.c.sha256 == plain)
        if connection.execute(known).scalar() not in (None, "intake"):
            return plain
    with case.writing() as connection:
        size = path.stat().st_size
        row = {"sha256": plain, "bytes": size, "media_type": media_type, "kind": "container"}
        _put_original(connection, row, at=at)
    return plain


def note_failure(case: Case, origin: Custody, problem: Problem) -> None:
    """Write down what gave no report and why; the same a second time changes nothing."""
    row = {
        "path": origin.path,
        "url": origin.url,
        "container": origin.container,
        "locator": origin.locator,
        "kind": problem.kind,
        "says": problem.says,
    }
    same = [
        failures.c[name] == value if value is not None else failures.c[name].is_(None) for name, value in row.items()
    ]
    with case.writing() as connection:
        if connection.execute(select(failures.c.id).where(*same).limit(1)).first() is None:
            connection.execute(insert(failures), {**row, "at": origin.at})
