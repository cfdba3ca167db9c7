"""Incidents as a list, and one of them whole: what each origin tells of it, drawn anew from its tellings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from sayso.ledger.asking.answers import IncidentPage, IncidentRow
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.questions import BadQuestion, day_of, past_of, speakers_named, standing_in
from sayso.ledger.asking.rows import decisions_about, incident_row, report_rows_by_id
from sayso.ledger.incidents_drawn import redrawn, row_drawn, tellings_as_read, with_families
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.problems import CaseBusy
from sayso.ledger.schema import events, incidents, places, statements

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case
    from sayso.record import Telling

LIMIT = 20
MANY = 10_000
"""Places or statements that fit, from which on incidents are gone through in their order, and not looked up by them."""
MOST = 1_000
"""The longest page."""
MOST_REDRAWN = 200
"""Rows drawn again before a list is shown, where reports were added without drawing them: about two seconds' worth."""
MOST_TELLINGS = 60
"""Tellings of which the rows of one page are put together where nothing is written: some 60 milliseconds' worth."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """Which incidents to list. Days are ISO (2024, 2024-03, 2024-03-12); `until` includes its day."""

    kind: str | None = None
    place: str | None = None  # a name, or a code of a country (UKR) or region (UA-63)
    speaker: str | None = None  # an id or words of a name: who says something where it is told
    since: str | None = None
    until: str | None = None
    denied: bool | None = None
    tray: bool | None = None  # True: only what nobody tells to have happened; False: all but that


def incident_rows(
    case: Case,
    *,
    by: str = "contested",
    among: Incidents | None = None,
    limit: int = LIMIT,
    after: str | None = None,
    draw: bool = True,
) -> list[IncidentRow]:
    """Incidents in one of `ORDERS`, going on after the last of the page before.

    `contested` is for ordering alone: who is denied or differs most comes first. Rows of which more is known than they
    show are drawn first, some hundred of them. Without `draw` nothing is written and no writer waited for: rows of the
    page itself are put together as they should be, as long as that is quickly done, and others say that they are
    `stale`. Raises `BadQuestion` for what cannot be asked, `NoSuchThing` for ids that nothing has.
    """
    if by not in ORDERS:
        raise BadQuestion(f"Incidents are not ordered by {by!r}, but by one of: {', '.join(ORDERS)}.")
    wanted = max(1, min(limit, MOST))
    if draw:
        _drawn_before(case)
    with case.reading() as connection:
        query = select(incidents).where(*conditions(connection, among or Incidents(), in_order=by in INDEXED))
        last = None if after is None else _row(connection, found(connection, after, kind="incident").id)
        rows = ORDERS[by](connection, query, last, wanted)
        return [incident_row(row) for row in _as_they_are(connection, rows, knowledge_of(case))]


def draw_some(case: Case, *, most: int) -> int:
    """Draw the rows of some incidents of which more is known than they show; how many there were, `most` at most.

    Raises `CaseBusy` where another process writes all the time.
    """
    return redrawn(case, limit=most)


def _drawn_before(case: Case) -> None:
    """Draw what should be; where another process writes all the time, the rows say themselves what they lack."""
    try:
        redrawn(case, limit=MOST_REDRAWN)
    except CaseBusy:
        return


def _as_they_are(connection: Connection, rows: Sequence[Any], known: Knowledge) -> Iterator[Any]:
    """The rows, of which stale ones are put together anew as long as they have few tellings in all."""
    sizes = _sizes(connection, [row.id for row in rows if row.stale])
    left = MOST_TELLINGS
    for row in rows:
        size = sizes.get(row.id, 0)
        if not 0 < size <= left:
            yield row
            continue
        left -= size
        yield SimpleNamespace(**row_drawn(connection, row.id, known))


def _sizes(connection: Connection, names: list[str]) -> dict[str, int]:
    """How many tellings some incidents have."""
    if not names:
        return {}
    one = events.c.incident_id
    return {row[0]: row[1] for row in connection.execute(select(one, func.count()).where(one.in_(names)).group_by(one))}


def incident(case: Case, asked: str) -> IncidentPage:
    """One incident by its id or the beginning of it, drawn anew from what the case holds of it.

    An id from before a merge leads to what it is now, and `moved` says so. Raises `NoSuchThing`.
    """
    with case.reading() as connection:
        named = found(connection, asked, kind="incident")
        whole, families = with_families(connection, named.id, knowledge_of(case))
        of = sorted({one.report for one in whole.tellings})
        read = tellings_as_read(connection, named.id)
        told = (*whole.tellings, *(one for one, _ in read))
        parts = {part for one in told for part in _parts(one)}
        return IncidentPage(
            incident=whole,
            families=tuple(one for one in families if any(member.report in of for member in one.members)),
            reports=report_rows_by_id(connection, of),
            decisions=decisions_about(connection, {named.id, *of, *parts}),
            moved=named.moved,
            rejected=tuple(one for one, ruled in read if ruled == "rejected"),
        )


def _parts(told: Telling) -> Iterator[str]:
    """What a telling is made of and can be ruled of: its event, and the statements that tell it or speak of it."""
    yield f"{told.report}#{told.event}"
    tellers = (one.saying for one in told.tellers)
    for saying in (*tellers, *told.touched_by, *told.about):
        if saying is not None:
            yield f"{told.report}#{saying.statement}"


def _row(connection: Connection, name: str) -> Any:
    return connection.execute(select(incidents).where(incidents.c.id == name)).one()


def conditions(connection: Connection, among: Incidents, *, in_order: bool) -> Iterator[Any]:
    """What is asked of a row. `in_order` says that rows come in the order of an index, so that few are looked at."""
    if among.kind is not None:
        yield incidents.c.kind == among.kind
    if among.since is not None:
        yield incidents.c.latest > day_of(among.since)
    if among.until is not None:
        yield incidents.c.earliest < past_of(among.until)
    if among.denied is not None:
        yield incidents.c.denials > 0 if among.denied else incidents.c.denials == 0
    if among.tray is not None:
        yield incidents.c.did_not_happen == among.tray
    if among.place is not None:
        yield _told_at(connection, among.place, in_order=in_order)
    if among.speaker is not None:
        yield _told_by(speakers_named(connection, among.speaker))


def _told_at(connection: Connection, asked: str, *, in_order: bool) -> ColumnElement[bool]:
    """That a sentence which tells of an incident names a place, or that it was found to be there."""
    there = and_(standing_in(connection, asked), places.c.use == "location")
    here = select(events.c.incident_id).join(places, places.c.sentence_id == events.c.sentence_id).where(there)
    goes_through = in_order and _are_many(connection, select(places.c.place).where(there))
    one = here.where(events.c.incident_id == incidents.c.id)
    return or_(
        one.exists() if goes_through else incidents.c.id.in_(here),
        incidents.c.place.in_(select(places.c.name).where(there)),
    )


def _told_by(names: Any) -> ColumnElement[bool]:
    """That one of some speakers says something where an incident is told.

    Indexes hold all of it, so that it is found at once for all incidents: to look into one after the other made the
    busiest speaker's list take a minute.
    """
    same = and_(
        statements.c.report_id == events.c.report_id,
        statements.c.start <= events.c.start,
        statements.c.end >= events.c.end,
    )
    here = select(events.c.incident_id).select_from(events).join(statements, same)
    return incidents.c.id.in_(here.where(statements.c.speaker_id.in_(names)))


def _are_many(connection: Connection, asked: Select[Any]) -> bool:
    """Whether so many rows fit that going through incidents in their order meets enough of them sooner."""
    counted = select(func.count()).select_from(asked.limit(MANY).subquery())
    return connection.execute(counted).scalar_one() >= MANY


# Orders


def _by_contested(connection: Connection, query: Select[Any], last: Any, wanted: int) -> Sequence[Any]:
    return _falling(connection, query, (incidents.c.contested, last and last.contested), last, wanted)


def _by_reports(connection: Connection, query: Select[Any], last: Any, wanted: int) -> Sequence[Any]:
    return _falling(connection, query, (incidents.c.reports, last and last.reports), last, wanted)


def _by_time(connection: Connection, query: Select[Any], last: Any, wanted: int) -> Sequence[Any]:
    """The latest first, then those without a day."""
    rows: list[Any] = []
    if last is None or last.earliest is not None:
        dated = query.where(incidents.c.earliest.is_not(None))
        rows += _falling(connection, dated, (incidents.c.earliest, last and last.earliest), last, wanted)
        last = None
    if len(rows) < wanted:
        undated = query.where(incidents.c.earliest.is_(None)).order_by(incidents.c.id.desc())
        undated = undated if last is None else undated.where(incidents.c.id < last.id)
        rows += connection.execute(undated.limit(wanted - len(rows))).all()
    return rows


def _by_place(connection: Connection, query: Select[Any], last: Any, wanted: int) -> Sequence[Any]:
    """In the order of their names; those whose place is not told come last."""
    rows: list[Any] = []
    if last is None or last.place is not None:
        key = tuple_(incidents.c.place, incidents.c.id)
        placed = query.where(incidents.c.place.is_not(None)).order_by(incidents.c.place, incidents.c.id)
        placed = placed if last is None else placed.where(key > tuple_(last.place, last.id))
        rows += connection.execute(placed.limit(wanted)).all()
        last = None
    if len(rows) < wanted:
        nowhere = query.where(incidents.c.place.is_(None)).order_by(incidents.c.id)
        nowhere = nowhere if last is None else nowhere.where(incidents.c.id > last.id)
        rows += connection.execute(nowhere.limit(wanted - len(rows))).all()
    return rows


def _falling(connection: Connection, query: Select[Any], by: tuple[Any, Any], last: Any, wanted: int) -> Sequence[Any]:
    column, value = by
    if last is not None:
        query = query.where(tuple_(column, incidents.c.id) < tuple_(value, last.id))
    return connection.execute(query.order_by(column.desc(), incidents.c.id.desc()).limit(wanted)).all()


ORDERS: dict[str, Callable[[Connection, Select[Any], Any, int], Sequence[Any]]] = {
    "contested": _by_contested,
    "time": _by_time,
    "reports": _by_reports,
    "place": _by_place,
}
INDEXED = frozenset(("contested", "time", "reports"))
"""Orders in which an index has the rows."""
