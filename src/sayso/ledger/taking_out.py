"""Taking a report's rows out of a case: all that was drawn from its reading, and its part in what is drawn from many.

What it belonged to stays, without it: a speaker that others quote too, an incident that others tell too, a family that
still has two members. What fell apart without it is apart; incidents that lost a telling are blank until they are drawn
again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, or_, select, update

from sayso.accounts.speakers import speaker_keys
from sayso.ledger import schema, working
from sayso.ledger.clusters_kept import draw_clusters
from sayso.ledger.families_kept import draw_families
from sayso.ledger.incidents_kept import draw_incidents
from sayso.ledger.places_kept import drop_places
from sayso.ledger.speakers_kept import spellings
from sayso.record import Speaker

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

DRAWN = (
    schema.sentences,
    schema.sources,
    schema.statements,
    schema.events,
    schema.ruled_events,
    schema.places,
    schema.prints,
    working.clusters,
)
"""Tables with rows of one report each, drawn from its current reading."""

BLANK = {
    "headline": "[]",
    "counter": "{}",
    "place": None,
    "lat": None,
    "lon": None,
    "radius_km": None,
    "country": None,
    "region": None,
    "earliest": None,
    "latest": None,
    "stale": True,
}
"""An incident of which nothing is drawn."""


def take_out(connection: Connection, report: str, rows: Knowledge, *, at: str) -> None:
    """Take out every row that was drawn from the reading of a report; the report and its readings stay."""
    seq = connection.execute(select(schema.reports.c.seq).where(schema.reports.c.id == report)).scalar_one()
    numbers = _all(connection, schema.events.c.id, schema.events.c.report_id == report)
    incidents = _all(connection, schema.events.c.incident_id, schema.events.c.report_id == report)
    speakers = _all(connection, schema.sources.c.speaker_id, schema.sources.c.report_id == report)
    alike = _alike(connection, report)
    drop_places(connection, report)
    for table in DRAWN:
        connection.execute(delete(table).where(table.c.report_id == report))
    _take_out_pairs(connection, report, numbers)
    _take_out_keys(connection, seq, numbers)
    if alike:
        draw_families(connection, alike, at=at)
    _take_out_members(connection, report)
    draw_clusters(connection, alike)
    mates = _all(connection, schema.events.c.id, schema.events.c.incident_id.in_(incidents)) if incidents else []
    if mates:
        draw_incidents(connection, mates, at=at)
    _without_tellings(connection, incidents)
    _without_sources(connection, speakers, rows)


def gone(connection: Connection, ids: Collection[str]) -> None:
    """Forget ids that stand for nothing any more, and the ids that led to them."""
    if ids:
        wanted = sorted(ids)
        redirects = schema.redirects.c
        connection.execute(delete(schema.redirects).where(or_(redirects.old.in_(wanted), redirects.new.in_(wanted))))


def _all(connection: Connection, column: Any, which: ColumnElement[bool]) -> list[Any]:
    return list(connection.execute(select(column).where(which).distinct()).scalars())


def _alike(connection: Connection, report: str) -> set[str]:
    """Reports that share a family with one, or a stretch."""
    mine = select(schema.family_members.c.family_id).where(schema.family_members.c.report_id == report)
    found = set(_all(connection, schema.family_members.c.report_id, schema.family_members.c.family_id.in_(mine)))
    for here, there in ((schema.links.c.a, schema.links.c.b), (schema.links.c.b, schema.links.c.a)):
        found.update(_all(connection, there, here == report))
    return found - {report}


def _take_out_pairs(connection: Connection, report: str, numbers: list[int]) -> None:
    links = schema.links
    connection.execute(delete(links).where(or_(links.c.a == report, links.c.b == report)))
    pairs = schema.event_links.c
    if numbers:
        connection.execute(delete(schema.event_links).where(or_(pairs.a.in_(numbers), pairs.b.in_(numbers))))


def _take_out_keys(connection: Connection, seq: int, numbers: list[int]) -> None:
    connection.execute(delete(schema.print_keys).where(schema.print_keys.c.report_seq == seq))
    if numbers:
        connection.execute(delete(schema.event_keys).where(schema.event_keys.c.event_id.in_(numbers)))


def _take_out_members(connection: Connection, report: str) -> None:
    """Out of its families; one that is left with a single report is no family."""
    members = schema.family_members
    families = _all(connection, members.c.family_id, members.c.report_id == report)
    connection.execute(delete(members).where(members.c.report_id == report))
    connection.execute(update(members).where(members.c.of == report).values(of=None))
    lone = [one for one in families if _count(connection, members, members.c.family_id == one) < 2]
    if lone:
        connection.execute(delete(members).where(members.c.family_id.in_(lone)))
    gone(connection, lone)


def _count(connection: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(which)).scalar_one()


def _without_tellings(connection: Connection, incidents: list[str]) -> None:
    """Blank the incidents that lost a telling, and take out those that have none left."""
    events = schema.events
    empty = []
    for incident in incidents:
        mine = events.c.incident_id == incident
        reports = connection.execute(select(func.count(events.c.report_id.distinct())).where(mine)).scalar_one()
        if reports == 0:
            empty.append(incident)
            continue
        connection.execute(
            update(schema.incidents).where(schema.incidents.c.id == incident).values(**BLANK, reports=reports)
        )
    if empty:
        connection.execute(delete(schema.incidents).where(schema.incidents.c.id.in_(empty)))
    gone(connection, empty)


def _without_sources(connection: Connection, speakers: list[str], rows: Knowledge) -> None:
    """Take out the speakers that no report quotes any more; the others are known by what the rest says of them."""
    silent = []
    for speaker in speakers:
        left = connection.execute(
            select(schema.sources)
            .join(schema.reports, schema.reports.c.id == schema.sources.c.report_id)
            .where(schema.sources.c.speaker_id == speaker)
            .order_by(schema.reports.c.seq, schema.sources.c.source)
        ).all()
        connection.execute(delete(schema.speaker_keys).where(schema.speaker_keys.c.speaker_id == speaker))
        if left:
            _known_by(connection, speaker, left, rows)
        else:
            silent.append(speaker)
    if silent:
        connection.execute(delete(schema.speakers).where(schema.speakers.c.id.in_(silent)))
    gone(connection, silent)


def _known_by(connection: Connection, speaker: str, left: Sequence[Row[Any]], rows: Knowledge) -> None:
    first = left[0]
    known = [_as_speaker(row) for row in left]
    connection.execute(
        update(schema.speakers)
        .where(schema.speakers.c.id == speaker)
        .values(
            name=first.name,
            naming=first.naming,
            role=next((row.role for row in left if row.role), None),
            party=next((row.party for row in left if row.party), None),
            private=all(row.private for row in left),
            first_report=first.report_id,
            folded=spellings(name for one in known for name in one.also),
        )
    )
    keys = sorted({key for one in known for key in speaker_keys(one, rows)})
    if keys:
        connection.execute(insert(schema.speaker_keys), [{"key": key, "speaker_id": speaker} for key in keys])


def _as_speaker(row: Row[Any]) -> Speaker:
    names = tuple(json.loads(row.spellings))
    return Speaker(row.source, row.name, row.naming, row.plural, row.role, row.party, row.private, also=names)
