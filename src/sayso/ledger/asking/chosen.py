"""Which incidents and reports of a case are chosen by what is asked, as ids: for what leaves the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger.asking.ids import found
from sayso.ledger.asking.incidents import Incidents, conditions
from sayso.ledger.schema import events, incidents, reports, sources

if TYPE_CHECKING:
    from sqlalchemy import Connection

AT_ONCE = 500


def incidents_chosen(connection: Connection, among: Incidents, ids: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of incidents in order of time, then those without one; of `ids`, if any, those that fit.

    Raises `NoSuchThing` for an id that nothing has, `BadQuestion` for what cannot be asked.
    """
    undated = incidents.c.earliest.is_(None)
    asked = select(incidents.c.id).where(*conditions(connection, among, in_order=False))
    rows = connection.execute(asked.order_by(undated, incidents.c.earliest, incidents.c.id)).scalars()
    if not ids:
        return tuple(rows)
    wanted = {found(connection, one, kind="incident").id for one in ids}
    return tuple(one for one in rows if one in wanted)


def reports_telling(connection: Connection, names: Iterable[str]) -> tuple[str, ...]:
    """The reports that tell of some incidents, in the order of adding."""
    ids, told = list(names), set[str]()
    for run in _runs(ids):
        asked = select(events.c.report_id).where(events.c.incident_id.in_(run)).distinct()
        told.update(connection.execute(asked).scalars())
    return tuple(one for one in all_reports(connection) if one in told)


def all_reports(connection: Connection) -> tuple[str, ...]:
    """Every report, in the order of adding."""
    return tuple(connection.execute(select(reports.c.id).order_by(reports.c.seq)).scalars())


def speaker_names(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Every name of somebody who speaks: the id of the speaker, the name there, and its spellings as JSON."""
    asked = select(sources.c.speaker_id, sources.c.name, sources.c.spellings)
    rows = connection.execute(asked.where(sources.c.naming == "named").distinct().order_by(sources.c.speaker_id))
    return tuple((row.speaker_id, row.name, row.spellings) for row in rows)


def _runs(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
