"""The rows that are drawn from a report's current reading: put into a case, and taken out where it is read anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from sayso.ledger.clusters_kept import put_in_cluster
from sayso.ledger.compared import remember
from sayso.ledger.families_kept import keep_families
from sayso.ledger.incidents_kept import forget_links, keep_incidents
from sayso.ledger.places_kept import drop_places, keep_places
from sayso.ledger.placing import Was
from sayso.ledger.quick import ask
from sayso.ledger.schema import (
    events,
    links,
    places,
    print_keys,
    prints,
    readings,
    ruled_events,
    sentences,
    sources,
    statements,
)
from sayso.ledger.speakers_kept import keep_speakers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

    from sayso.ledger.drawing import Row
    from sayso.ledger.placing import Placed


@dataclass(frozen=True, slots=True)
class Related:
    """What a reading turned out to have to do with others: reports it is one telling with, and incidents it tells."""

    copies: tuple[str, ...]
    incidents: tuple[str, ...]


def insert_reading(connection: Connection, placed: Placed) -> Related:
    """The reading of a report that is there, as the current one, every row drawn from it, its place among others."""
    what = placed.drawn
    _insert_current(connection, placed)
    ids = _insert_sentences(connection, placed)
    put_in_cluster(connection, placed)
    copies, changed = keep_families(connection, placed)
    whose = keep_speakers(connection, placed)
    _insert(connection, places, placed, (_stands(row, ids) for row in what.places))
    keep_places(connection, what.report.id, what.places)
    _insert(connection, sources, placed, ({**row, "speaker_id": whose[row["source"]]} for row in what.sources))
    said = ({**_stands(row, ids), "speaker_id": whose[row["source"]]} for row in what.statements)
    _insert(connection, statements, placed, said)
    first = _last(connection, events) + 1
    told = (
        {**_stands(row, ids), "id": number, "incident_id": ""} for number, row in enumerate(what.events, start=first)
    )
    _insert(connection, events, placed, told)
    remember((row["telling"], telling) for row, telling in zip(what.events, what.tellings, strict=True))
    return Related(copies, keep_incidents(connection, [what.report.id], at=placed.at, changed=changed))


def _insert_current(connection: Connection, placed: Placed) -> None:
    """The reading itself; one of this version that was there before is the current one again."""
    what = placed.drawn
    mine = (readings.c.report_id == what.report.id) & (readings.c.version == what.version)
    row = {**what.reading, "report_id": what.report.id, "read_at": placed.at, "current": True}
    if placed.seq and connection.execute(select(readings.c.id).where(mine)).first():
        connection.execute(update(readings).where(mine).values(row))
    else:
        connection.execute(insert(readings), row)


def take_out_rows(connection: Connection, report: str, seq: int) -> tuple[Was, ...]:
    """Take out what was drawn from the reading of a report, and what it was compared with; the events that it had."""
    mine = select(events.c.id, events.c.start, events.c.end, events.c.incident_id).where(events.c.report_id == report)
    rows = connection.execute(mine.order_by(events.c.start)).all()
    forget_links(connection, [row.id for row in rows])
    drop_places(connection, report)
    for table in (sentences, sources, statements, events, ruled_events, places, prints):
        connection.execute(delete(table).where(table.c.report_id == report))
    connection.execute(delete(print_keys).where(print_keys.c.report_seq == seq))
    connection.execute(delete(links).where(or_(links.c.a == report, links.c.b == report)))
    connection.execute(update(readings).where(readings.c.report_id == report).values(current=False))
    return tuple(Was(row.start, row.end, row.incident_id) for row in rows)


def _insert_sentences(connection: Connection, placed: Placed) -> dict[int | None, int]:
    """The sentences of a report; their ids by their numbers."""
    rows = placed.drawn.sentences
    ids = {row["n"]: number for number, row in enumerate(rows, start=_last(connection, sentences) + 1)}
    _insert(connection, sentences, placed, ({**row, "id": ids[row["n"]]} for row in rows))
    return ids


def _last(connection: Connection, table: Table) -> int:
    """The highest id given so far. There is one writer at a time."""
    highest: int = ask(connection, f"SELECT coalesce(max(id), 0) FROM {table.name}").scalar_one()
    return highest


def _stands(row: Row, ids: dict[int | None, int]) -> Row:
    return {**row, "sentence_id": ids.get(row["sentence_id"])}


def _insert(connection: Connection, table: Table, placed: Placed, rows: Iterable[Row]) -> None:
    all_rows: list[dict[str, Any]] = [{**row, "report_id": placed.drawn.report.id} for row in rows]
    if all_rows:
        connection.execute(insert(table), all_rows)
