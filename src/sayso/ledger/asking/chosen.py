"""Which incidents and reports of a case are chosen by what is asked, as ids: for what leaves the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select

from sayso.ledger.asking.ids import found
from sayso.ledger.asking.incidents import conditions
from sayso.ledger.asking.where_when import WhereWhen, by_side_and_box
from sayso.ledger.schema import audit, events, incidents, reports, sources

if TYPE_CHECKING:
    from sqlalchemy import Connection


EVERYTHING = WhereWhen()
"""Every incident."""
COUNTED = 300
"""Incidents of which it is counted how many reports tell of them."""
NAMING = ("decided", "withdrew", "erased", "read", "read_again")
"""What is noted in the audit when names could have changed."""


def incidents_chosen(
    connection: Connection, asked: WhereWhen = EVERYTHING, *, limit: int | None = None
) -> tuple[str, ...]:
    """The ids of incidents in order of time, then those without one; of ids that are named, if any, those that fit.

    Raises `NoSuchThing` for an id that nothing has, `BadQuestion` for what cannot be asked.
    """
    undated = incidents.c.earliest.is_(None)
    chosen = _chosen(connection, asked, select(incidents.c.id))
    return tuple(
        connection.execute(chosen.order_by(undated, incidents.c.earliest, incidents.c.id).limit(limit)).scalars()
    )


def how_many(connection: Connection, asked: WhereWhen = EVERYTHING) -> tuple[int, int | None]:
    """How many incidents are chosen, and how many reports tell of them; None where these are too many to count."""
    chosen = _chosen(connection, asked, select(func.count(incidents.c.id)))
    found = connection.execute(chosen).scalar_one()
    if asked == EVERYTHING:
        return found, connection.execute(select(func.count()).select_from(reports)).scalar_one()
    if found > COUNTED:
        return found, None
    told = select(func.count(events.c.report_id.distinct())).where(_told_of(connection, asked))
    return found, connection.execute(told).scalar_one()


def reports_telling(
    connection: Connection, asked: WhereWhen = EVERYTHING, *, limit: int | None = None
) -> tuple[str, ...]:
    """The reports that tell of the incidents that are chosen, in the order of adding."""
    told = select(events.c.report_id).where(_told_of(connection, asked))
    chosen = select(reports.c.id).where(reports.c.id.in_(told)).order_by(reports.c.seq).limit(limit)
    return tuple(connection.execute(chosen).scalars())


def _told_of(connection: Connection, asked: WhereWhen) -> ColumnElement[bool]:
    return events.c.incident_id.in_(_chosen(connection, asked, select(incidents.c.id)))


def _chosen(connection: Connection, asked: WhereWhen, query: Select[Any]) -> Select[Any]:
    query = query.where(*conditions(connection, asked.among, in_order=False), *by_side_and_box(connection, asked))
    if not asked.ids:
        return query
    return query.where(incidents.c.id.in_({found(connection, one, kind="incident").id for one in asked.ids}))


def all_reports(connection: Connection, *, limit: int | None = None) -> tuple[str, ...]:
    """Every report, in the order of adding."""
    return tuple(connection.execute(select(reports.c.id).order_by(reports.c.seq).limit(limit)).scalars())


def speaker_names(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Every name of somebody who speaks: the id of the speaker, the name there, and its spellings as JSON."""
    asked = select(sources.c.speaker_id, sources.c.name, sources.c.spellings)
    rows = connection.execute(asked.where(sources.c.naming == "named").distinct().order_by(sources.c.speaker_id))
    return tuple((row.speaker_id, row.name, row.spellings) for row in rows)


def speakers_stand(connection: Connection) -> tuple[int, int]:
    """What changes whenever somebody is added, joined with another or parted: for keeping what was made of names."""
    last = select(audit.c.seq).where(audit.c.what.in_(NAMING)).order_by(audit.c.seq.desc()).limit(1)
    reports_last = select(reports.c.seq).order_by(reports.c.seq.desc()).limit(1)
    return connection.execute(last).scalar() or 0, connection.execute(reports_last).scalar() or 0
