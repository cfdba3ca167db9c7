"""The places of a case: what reports name, kept as reports are added, and as people located it.

The rows of `places` show what stands now, so that whoever asks them needs to know of no ruling. What was read there is
kept beside them as long as a ruling stands, and put back when it is withdrawn.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from sayso.knowledge.gazetteer import folded
from sayso.ledger.dated import by_time
from sayso.ledger.decisions import decisions
from sayso.ledger.incidents_drawn import draw_rows
from sayso.ledger.incidents_named import make_stale
from sayso.ledger.located import Ruled, Ruling, located, place_id, sort_of
from sayso.ledger.packing import as_json_text
from sayso.ledger.ruled_drawn import few_of
from sayso.ledger.schema import events, places, ruled_events
from sayso.ledger.typed_place import typed_place
from sayso.ledger.working import named_places, place_uses, ruled_places
from sayso.values.place import fullest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

    from sayso.knowledge import Knowledge
    from sayso.ledger.typed_place import Located
    from sayso.record import Decision

READ = ("geonames", "lat", "lon", "level", "country", "region")
"""What of a use a ruling changes."""
AT_ONCE = 400

Row = dict[str, Any]


def keep_places(connection: Connection, report: str, rows: Sequence[Row]) -> None:
    """The places that a new reading names, whose rows are put in already, located as it stands ruled."""
    uses = [_use(report, row) for row in rows]
    if not uses:
        return
    connection.execute(insert(place_uses), [{**one, "as_read": None} for one in uses])
    met: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for use, row in zip(uses, rows, strict=True):
        met[use["place_id"]].append((use, row))
    there = {row.id: row for row in _named(connection, met)}
    new = [_named_row(name, told) for name, told in met.items() if name not in there]
    if new:
        connection.execute(insert(named_places), new)
    for name, told in met.items():
        if name in there:
            _count_more(connection, there[name], told)
    ruled = {name: one for name, one in located(connection).items() if name in met}
    for name, one in ruled.items():
        _lay_over(connection, and_(place_uses.c.place_id == name, place_uses.c.report_id == report), one.place)


def drop_places(connection: Connection, report: str) -> None:
    """Take out what a report names, before its rows of places are: what nobody names any more goes."""
    mine = place_uses.c.report_id == report
    touched = list(connection.execute(select(place_uses.c.place_id).where(mine).distinct()).scalars())
    connection.execute(delete(place_uses).where(mine))
    for some in _in_parts(touched):
        left = _counted(connection, some)
        gone = sorted(set(some) - left.keys())
        connection.execute(delete(named_places).where(named_places.c.id.in_(gone)))
        for name, values in left.items():
            connection.execute(update(named_places).where(named_places.c.id == name).values(values))


def begin_places(connection: Connection) -> None:
    """The places of a case that was made before they were kept."""
    columns = (places.c.name, places.c.folded, places.c.level, places.c.country, places.c.region)
    on_map = func.sum(_on_map()).label("placed")
    asked = select(*columns, func.count().label("uses"), on_map).group_by(*columns)
    found: dict[str, Row] = {}
    keys: dict[tuple[Any, ...], str] = {}
    for row in connection.execute(asked).mappings():
        name = place_id(row["name"], row["level"], row["country"], row["region"])
        keys[row["name"], row["level"], row["country"], row["region"]] = name
        held = found.setdefault(name, {**_bare(name, row), "name": row["name"], "uses": 0, "placed": 0})
        held["name"] = min(held["name"], row["name"], key=fullest)
        held["uses"], held["placed"] = held["uses"] + row["uses"], held["placed"] + int(row["placed"])
    if found:
        connection.execute(insert(named_places), list(found.values()))
    every = select(places.c.report_id, places.c.place, places.c.lat, *columns).execution_options(yield_per=5000)
    for rows in connection.execute(every).partitions(5000):
        uses = [
            {
                "report_id": row.report_id,
                "place": row.place,
                "place_id": keys[row.name, row.level, row.country, row.region],
                "on_map": row.lat is not None,
            }
            for row in rows
        ]
        connection.execute(insert(place_uses), uses)


# What people ruled


def draw_places(connection: Connection, ruled: Decision, rows: Knowledge) -> None:
    """Draw the places that a decision is about by all that stands ruled of them, and the incidents told of there."""
    about = [one for one in ruled.about if one.startswith("plc-")]
    for name in about:
        _give_back(connection, name)
        last = standing_of(connection, name)
        if last is not None:
            row = {"id": name, "decision_id": last.decision, "place": as_json_text(last.place)}
            connection.execute(insert(ruled_places), row)
            _lay_over(connection, place_uses.c.place_id == name, last.place)
    touched = incidents_at(connection, about)
    make_stale(connection, touched)
    draw_rows(connection, few_of(connection, touched), rows)


def standing_of(connection: Connection, place: str) -> Ruling | None:
    """What stands ruled of a place: of several rulings the one as of the latest time, then the last."""
    told = [one for one in decisions(connection, about=place, of=("locate",)) if one.value]
    last = max(told, key=by_time, default=None)
    return Ruling(last.id, typed_place(last.value or "")) if last is not None else None


def with_ruling(connection: Connection, about: Iterable[str], place: Located) -> Ruled:
    """What would stand ruled if these places were located so; nothing is written."""
    return {**located(connection), **{name: Ruling("", place) for name in about}}


def incidents_at(connection: Connection, about: Collection[str]) -> list[str]:
    """The incidents that reports tell of with some places in what they tell."""
    found: set[str] = set()
    for name in about:
        named = select(places.c.name).join(place_uses, _is_use()).where(place_uses.c.place_id == name).distinct()
        words = [f'"name":{json.dumps(one, ensure_ascii=False)}' for one in connection.execute(named).scalars()]
        if not words:
            continue
        mine = select(place_uses.c.report_id).where(place_uses.c.place_id == name)
        told = or_(*(events.c.telling.contains(one, autoescape=True) for one in words))
        asked = select(events.c.incident_id).where(events.c.report_id.in_(mine), told)
        found.update(connection.execute(asked.distinct()).scalars())
        found.update(_corrected_to(connection, words))
    return sorted(found)


def _corrected_to(connection: Connection, words: Sequence[str]) -> set[str]:
    """The incidents of events that people corrected to have been at a place of that name."""
    told = or_(*(ruled_events.c.telling.contains(one, autoescape=True) for one in words))
    asked = select(ruled_events.c.report_id, ruled_events.c.event).where(ruled_events.c.telling.is_not(None), told)
    pairs = {(row.report_id, row.event) for row in connection.execute(asked)}
    if not pairs:
        return set()
    mine = events.c.report_id.in_(sorted({report for report, _ in pairs}))
    there = connection.execute(select(events.c.report_id, events.c.event, events.c.incident_id).where(mine))
    return {row.incident_id for row in there if (row.report_id, row.event) in pairs}


def _give_back(connection: Connection, place: str) -> None:
    connection.execute(delete(ruled_places).where(ruled_places.c.id == place))
    changed = and_(place_uses.c.place_id == place, place_uses.c.as_read.is_not(None))
    asked = select(place_uses.c.report_id, place_uses.c.place, place_uses.c.as_read).where(changed)
    rows = [
        {"in_report": row.report_id, "mention": row.place, **_new(json.loads(row.as_read))}
        for row in connection.execute(asked)
    ]
    if rows:
        connection.execute(_put_in_places(), rows)
        connection.execute(update(place_uses).where(changed).values(as_read=None))


def _lay_over(connection: Connection, which: ColumnElement[bool], place: Located) -> None:
    """Show uses of a place as located, and keep what was read of them beside."""
    columns = (places.c.report_id, places.c.place, *(places.c[name] for name in READ))
    held = connection.execute(select(*columns).join(place_uses, _is_use()).where(which)).mappings().all()
    if not held:
        return
    keys = [{"in_report": row["report_id"], "mention": row["place"]} for row in held]
    as_read = [
        {**key, "held": json.dumps({name: row[name] for name in READ})} for key, row in zip(keys, held, strict=True)
    ]
    mine = (place_uses.c.report_id == bindparam("in_report"), place_uses.c.place == bindparam("mention"))
    connection.execute(update(place_uses).where(*mine).values(as_read=bindparam("held")), as_read)
    shown = [{**key, **_new(_shown(row, place))} for key, row in zip(keys, held, strict=True)]
    connection.execute(_put_in_places(), shown)


def _shown(row: Any, place: Located) -> Row:
    return {
        "geonames": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "level": place.level or row["level"],
        "country": place.country or row["country"],
        "region": place.region or row["region"],
    }


def _new(values: Row) -> Row:
    return {f"new_{name}": value for name, value in values.items()}


def _put_in_places() -> Any:
    mine = (places.c.report_id == bindparam("in_report"), places.c.place == bindparam("mention"))
    return update(places).where(*mine).values({name: bindparam(f"new_{name}") for name in READ})


# Rows


def _is_use() -> ColumnElement[bool]:
    return and_(place_uses.c.report_id == places.c.report_id, place_uses.c.place == places.c.place)


def _on_map() -> Any:
    from sqlalchemy import case

    return case((places.c.lat.is_not(None), 1), else_=0)


def _use(report: str, row: Row) -> Row:
    name = place_id(row["name"], row["level"], row["country"], row["region"])
    return {"report_id": report, "place": row["place"], "place_id": name, "on_map": row["lat"] is not None}


def _bare(name: str, row: Any) -> Row:
    return {
        "id": name,
        "folded": folded(row["name"]),
        "sort": sort_of(row["level"]),
        "country": row["country"],
        "region": row["region"],
    }


def _named_row(name: str, told: Sequence[tuple[Row, Row]]) -> Row:
    return {
        **_bare(name, told[0][1]),
        "name": min((row["name"] for _, row in told), key=fullest),
        "uses": len(told),
        "placed": sum(use["on_map"] for use, _ in told),
    }


def _count_more(connection: Connection, there: Any, told: Sequence[tuple[Row, Row]]) -> None:
    values = {
        "name": min((there.name, *(row["name"] for _, row in told)), key=fullest),
        "uses": there.uses + len(told),
        "placed": there.placed + sum(use["on_map"] for use, _ in told),
    }
    connection.execute(update(named_places).where(named_places.c.id == there.id).values(values))


def _counted(connection: Connection, names: Collection[str]) -> dict[str, Row]:
    """How places stand by the uses that are left, and how they are spelled there."""
    mine = place_uses.c.place_id
    placed = func.count().filter(place_uses.c.on_map)
    asked = select(mine, func.count().label("uses"), placed.label("placed")).where(mine.in_(list(names)))
    found = {row[0]: {"uses": row.uses, "placed": row.placed} for row in connection.execute(asked.group_by(mine))}
    spelled: dict[str, list[str]] = defaultdict(list)
    words = select(mine, places.c.name).join(places, _is_use()).where(mine.in_(list(found))).distinct()
    for name, spelling in connection.execute(words):
        spelled[name].append(spelling)
    return {name: {**held, "name": min(spelled[name], key=fullest)} for name, held in found.items()}


def _named(connection: Connection, names: Iterable[str]) -> list[Any]:
    return [
        row
        for some in _in_parts(names)
        for row in connection.execute(select(named_places).where(named_places.c.id.in_(some)))
    ]


def _in_parts(names: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(names)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
