"""One report with all that a case knows of it, and the list of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, or_, select

from sayso.ledger.asking.answers import IncidentRow, ReadingVersion, Related, ReportPage, ReportRow
from sayso.ledger.asking.copies import families_of
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.questions import day_of, past_of, publishers_named
from sayso.ledger.asking.rows import REPORT_COLUMNS, decisions_about, incidents_by_id, report_rows
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.located import located, reading_ruled
from sayso.ledger.originals import original
from sayso.ledger.packing import unpacked
from sayso.ledger.problems import CaseProblem
from sayso.ledger.ruled_parts import as_ruled, ruled_parts
from sayso.ledger.schema import custody, decision_about, events, queue, readings, reports
from sayso.record import Custody, Problem, Reading

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 50
FEW_RELATED = 20
DAMAGED = "damaged_original"


class Unread(CaseProblem):
    """A report that has no reading: adding it was cut off, or it was put there by hand."""


def report_list(
    case: Case,
    *,
    publisher: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = LIMIT,
    after: str | None = None,
) -> list[ReportRow]:
    """Reports, the last added first, going on after one; `until` includes its day."""
    query = select(*REPORT_COLUMNS).order_by(reports.c.seq.desc()).limit(limit)
    with case.reading() as connection:
        if publisher is not None:
            query = query.where(reports.c.publisher.in_(publishers_named(connection, publisher)))
        if since is not None:
            query = query.where(reports.c.published_latest > day_of(since))
        if until is not None:
            query = query.where(reports.c.published_earliest < past_of(until))
        if after is not None:
            last = found(connection, after, kind="report").id
            query = query.where(reports.c.seq < select(reports.c.seq).where(reports.c.id == last).scalar_subquery())
        return report_rows(connection, connection.execute(query).all())


def report(case: Case, asked: str) -> ReportPage:
    """One report by its id or the beginning of it, with its reading.

    Raises `NoSuchThing` where there is none. An original that is missing or changed is told among the problems; what
    was read of it is there all the same.
    """
    with case.reading() as connection:
        named = found(connection, asked, kind="report")
        row = connection.execute(select(reports).where(reports.c.id == named.id)).one()
        data, problems = _data(case, named.id)
        read = _current(connection, row, data)
        reading, ruled = as_ruled(connection, read, knowledge_of(case))
        return ReportPage(
            row=report_rows(connection, [row])[0],
            reading=reading_ruled(reading, located(connection)),
            custody=_custody(connection, named.id),
            families=families_of(connection, (named.id,)),
            incidents=_incidents(connection, named.id),
            problems=tuple(
                dict.fromkeys((*reading.page.report.problems, *reading.page.problems, *reading.problems, *problems))
            ),
            readings=_versions(connection, named.id),
            related=_related(connection, row),
            queued=_queued(connection, named.id),
            decisions=_decisions(connection, named.id),
            moved=named.moved,
            ruled=ruled_parts(read, ruled),
        )


def standings_in(page: ReportPage) -> dict[str, str]:
    """How each part of a report that was ruled of stands: accepted | rejected | corrected | added."""
    added = {one.part: one.standing for one in page.ruled if one.standing == "added"}
    last = {one.part: one.standing for one in page.ruled}
    return {part: "added" if part in added and held != "rejected" else held for part, held in last.items()}


def reading_of(case: Case, asked: str) -> Reading:
    """The current reading of a report as corrected, with text and bytes. Raises `NoSuchThing`, `DamagedOriginal`."""
    with case.reading() as connection:
        named = found(connection, asked, kind="report").id
        row = connection.execute(select(reports).where(reports.c.id == named)).one()
        read = _current(connection, row, original(case, named))
        return reading_ruled(as_ruled(connection, read, knowledge_of(case))[0], located(connection))


def _data(case: Case, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    try:
        return original(case, name), ()
    except CaseProblem as damaged:
        return b"", (Problem(DAMAGED, str(damaged)),)


def _current(connection: Connection, row: Any, data: bytes) -> Reading:
    query = select(readings.c.packed).where(readings.c.report_id == row.id).order_by(readings.c.current.desc())
    held = connection.execute(query.order_by(readings.c.id.desc()).limit(1)).scalar()
    if held is None:
        raise Unread(f"The case has no reading of {row.id}. Add its original again.")
    return unpacked(held, row.text, data)


def _custody(connection: Connection, name: str) -> tuple[Custody, ...]:
    rows = connection.execute(select(custody).where(custody.c.report_id == name).order_by(custody.c.id))
    return tuple(Custody(row.at, row.by_whom, row.using, row.path, row.url, row.container, row.locator) for row in rows)


def _incidents(connection: Connection, name: str) -> tuple[IncidentRow, ...]:
    query = select(events.c.incident_id).where(events.c.report_id == name).order_by(events.c.start, events.c.id)
    return incidents_by_id(connection, connection.execute(query).scalars())


def _versions(connection: Connection, name: str) -> tuple[ReadingVersion, ...]:
    columns = (readings.c.version, readings.c.sayso, readings.c.read_at, readings.c.current)
    rows = connection.execute(select(*columns).where(readings.c.report_id == name).order_by(readings.c.id))
    return tuple(ReadingVersion(row.version, row.sayso, row.read_at, row.current) for row in rows)


def _related(connection: Connection, row: Any) -> tuple[Related, ...]:
    """Other reports with the same text, or from the same address: versions of one page, most often."""
    alike = [reports.c.text_sha256 == row.text_sha256]
    if row.url:
        alike.append(reports.c.url == row.url)
    query = select(*REPORT_COLUMNS, reports.c.text_sha256).where(or_(*alike), reports.c.id != row.id)
    rows = connection.execute(query.order_by(reports.c.seq).limit(FEW_RELATED)).all()
    hows = ["same_text" if one.text_sha256 == row.text_sha256 else "same_url" for one in rows]
    return tuple(Related(one, how) for one, how in zip(report_rows(connection, rows), hows, strict=True))


def _queued(connection: Connection, name: str) -> tuple[str, ...]:
    about = or_(queue.c.about == name, queue.c.about.startswith(f"{name}#", autoescape=True))
    return tuple(connection.execute(select(queue.c.says).where(about, queue.c.done_at.is_(None))).scalars())


def _decisions(connection: Connection, name: str) -> Any:
    about = select(decision_about.c.about).where(
        or_(decision_about.c.about == name, decision_about.c.about.startswith(f"{name}#", autoescape=True))
    )
    return decisions_about(connection, connection.execute(about).scalars())
