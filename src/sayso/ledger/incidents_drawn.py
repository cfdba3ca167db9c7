"""Incidents put together from what the case keeps of them, and the rows that list them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, or_, select, type_coerce, update

from sayso.accounts.assemble import assemble, contested
from sayso.ledger.asking.copies import families_of
from sayso.ledger.case import give_way
from sayso.ledger.compared import Comparing, telling_from
from sayso.ledger.decisions import decisions_in
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.located import located, telling_ruled
from sayso.ledger.packing import as_json_text, nouns_as_json_text
from sayso.ledger.ruled import is_anything_ruled, standing
from sayso.ledger.schema import (
    Words,
    decision_about,
    decision_anchors,
    event_links,
    events,
    incidents,
    redirects,
    reports,
    ruled_events,
    sources,
)
from sayso.ledger.schema import decisions as ruled_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case
    from sayso.ledger.located import Ruled
    from sayso.record import Decision, Family, Incident, Reason, Telling

AT_ONCE = 20
"""Incidents drawn in one transaction at most, so that other writers need not wait long."""
HOLDS = 0.04
"""Seconds after which no further incident is drawn in it."""
LINKS_SHOWN = 6
"""Of the pairs that make an incident one, the reasons of so many are told."""
BEARING = ("speaks_for", "same_speaker", "different_speaker", "position")
"""Rulings that change what is told of an incident, beside those that say which events it has and how each is told."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is to be taken as ruled, to see what would come of it: nothing of it is written."""

    places: Ruled | None = None  # instead of where places stand located
    also: tuple[Decision, ...] = ()  # beside what stands ruled; about sources as "<report>#src1"


NOTHING = Supposed()


def put_together(
    connection: Connection, incident: str, rows: Knowledge, *, with_reasons: bool = True, supposed: Supposed = NOTHING
) -> Incident:
    """One incident, as its tellings, families and rulings make it now. Raises `ValueError` for one without events.

    Why its events are taken for one is told unless nobody wants to know, as in a list.
    """
    return with_families(connection, incident, rows, with_reasons=with_reasons, supposed=supposed)[0]


def with_families(
    connection: Connection, incident: str, rows: Knowledge, *, with_reasons: bool = True, supposed: Supposed = NOTHING
) -> tuple[Incident, tuple[Family, ...]]:
    """The same with the families that its reports are in."""
    placed = located(connection) if supposed.places is None else supposed.places
    told = {number: telling_ruled(one, placed) for number, one in _tellings(connection, incident).items()}
    held = sorted({telling.report for telling in told.values()})
    families = families_of(connection, held, with_reasons=with_reasons)
    whole = assemble(
        incident,
        list(told.values()),
        families,
        (*rulings_for(connection, held), *supposed.also),
        reasons=_reasons(connection, told) if with_reasons else (),
        knowledge=rows,
    )
    return whole, families


def redrawn(case: Case, *, limit: int | None = None) -> int:
    """Draw the rows of incidents of which more is known than they show; how many were drawn, at most `limit`."""
    rows = knowledge_of(case)
    done = 0
    while limit is None or done < limit:
        most = AT_ONCE if limit is None else min(AT_ONCE, limit - done)
        with case.reading() as connection:
            if not _stale(connection, 1):
                return done
        with case.writing() as connection:
            done += _draw_soon(connection, _stale(connection, most), rows)
        give_way()
    return done


def _draw_soon(connection: Connection, stale: Sequence[str], rows: Knowledge) -> int:
    """Draw the first of some rows, as many as others can be let wait for; how many those were."""
    until = time.monotonic() + HOLDS
    for number, one in enumerate(stale, start=1):
        draw_rows(connection, [one], rows)
        if time.monotonic() > until:
            return number
    return len(stale)


def draw_rows(connection: Connection, wanted: Sequence[str], rows: Knowledge) -> None:
    """Draw the rows of some incidents, in the caller's transaction."""
    drawn = [row_drawn(connection, incident, rows) for incident in wanted]
    if drawn:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in drawn[0] if name != "id"}
        connection.execute(
            update(incidents).where(incidents.c.id == bindparam("new_id")).values(values),
            [{f"new_{name}": value for name, value in row.items()} for row in drawn],
        )


def stale_incidents(connection: Connection) -> int:
    """How many incidents are not yet drawn as they are."""
    return connection.execute(select(func.count()).where(incidents.c.stale)).scalar_one()


def _stale(connection: Connection, most: int) -> list[str]:
    asked = select(incidents.c.id).where(incidents.c.stale).order_by(incidents.c.id).limit(most)
    return list(connection.execute(asked).scalars())


def row_drawn(connection: Connection, incident: str, rows: Knowledge) -> dict[str, Any]:
    """The row of an incident as it should stand in the table, which is left as it is."""
    return _row(put_together(connection, incident, rows, with_reasons=False))


def _row(incident: Incident) -> dict[str, Any]:
    where, when = incident.where, incident.when
    return {
        "id": incident.id,
        "kind": incident.kind,
        "headline": nouns_as_json_text(incident.headline),
        "counter": as_json_text(incident.counter),
        "place": where.name if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        "country": where.country if where else None,
        "region": where.region if where else None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "did_not_happen": incident.did_not_happen,
        "reports": incident.counter.reports,
        "origins": incident.counter.origins,
        "denials": incident.counter.denials,
        "contested": _one_number(contested(incident)),
        "stale": False,
    }


def _one_number(parts: Sequence[int]) -> float:
    """Numbers as one that orders as they do, each below a thousand."""
    total = 0.0
    for part in parts:
        total = total * 1000 + min(part, 999)
    return total


# What an incident is made of


def _tellings(connection: Connection, incident: str) -> dict[int, Telling]:
    """The tellings of an incident as people corrected them, without the rejected; all of those are told by nobody."""
    dated = (reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis)
    told = func.coalesce(ruled_events.c.telling, events.c.telling)
    ruled = and_(ruled_events.c.report_id == events.c.report_id, ruled_events.c.event == events.c.event)
    asked = (
        select(events.c.id, type_coerce(told, Words), *dated, ruled_events.c.ruled)
        .join(reports, reports.c.id == events.c.report_id)
        .outerjoin(ruled_events, ruled)
    )
    held = connection.execute(asked.where(events.c.incident_id == incident).order_by(events.c.id)).all()
    live = [row for row in held if row.ruled != "rejected"]
    if live:
        return {row[0]: telling_from(*row[1:5]) for row in live}
    return {row[0]: replace(telling_from(*row[1:5]), tellers=(), touched_by=(), about=()) for row in held}


def tellings_as_read(connection: Connection, incident: str) -> tuple[tuple[Telling, str | None], ...]:
    """The tellings of an incident as they were read, each with how its event stands: rejected, corrected, accepted."""
    dated = (reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis)
    ruled = and_(ruled_events.c.report_id == events.c.report_id, ruled_events.c.event == events.c.event)
    asked = (
        select(events.c.telling, *dated, ruled_events.c.ruled)
        .join(reports, reports.c.id == events.c.report_id)
        .outerjoin(ruled_events, ruled)
    )
    held = connection.execute(asked.where(events.c.incident_id == incident).order_by(events.c.id))
    return tuple((telling_from(*row[:4]), row.ruled) for row in held)


def _reasons(connection: Connection, told: dict[int, Telling]) -> tuple[Reason, ...]:
    """Why the events are taken for one: the arguments of the pairs that are surest, each kind of argument once."""
    ids = sorted(told)
    asked = select(event_links.c.a, event_links.c.b).where(
        event_links.c.a.in_(ids), event_links.c.b.in_(ids), event_links.c.same
    )
    pairs = connection.execute(asked.order_by(event_links.c.score.desc(), event_links.c.a).limit(LINKS_SHOWN)).all()
    comparing = Comparing(connection)
    found: dict[tuple[str, bool], Reason] = {}
    for one, two in pairs:
        for reason in comparing.compare(told[one], told[two]).reasons:
            found.setdefault((reason.name, reason.speaks_for), reason)
    return tuple(sorted(found.values(), key=lambda reason: not reason.speaks_for))


def rulings_for(connection: Connection, held: Sequence[str]) -> tuple[Decision, ...]:
    """What people ruled of the statements and the speakers of some reports, speakers by their sources there."""
    if not is_anything_ruled(connection, *BEARING):
        return ()
    named: dict[str, list[str]] = {}
    asked = select(sources.c.speaker_id, sources.c.report_id, sources.c.source)
    for row in connection.execute(asked.where(sources.c.report_id.in_(held))):
        named.setdefault(row.speaker_id, []).append(f"{row.report_id}#{row.source}")
    meant = _speakers_ruled(connection)
    anchored = select(decision_anchors.c.decision_id).where(decision_anchors.c.report_id.in_(held))
    of_speakers = [about for about, now in meant.items() if now in named]
    ids = select(decision_about.c.decision_id).where(
        decision_about.c.decision_id.in_(standing(*BEARING)),
        or_(decision_about.c.decision_id.in_(anchored), decision_about.c.about.in_(of_speakers)),
    )
    found = decisions_in(connection, select(ruled_table).where(ruled_table.c.id.in_(ids)).order_by(ruled_table.c.seq))
    return tuple(replace(one, about=_by_source(one, meant, named)) for one in found)


def _speakers_ruled(connection: Connection) -> dict[str, str]:
    """What the id of each speaker that anything was ruled about means now."""
    about = decision_about.c.about
    asked = select(about, redirects.c.new).outerjoin(redirects, redirects.c.old == about).where(about.like("spk-%"))
    return {old: new or old for old, new in connection.execute(asked)}


def _by_source(decision: Decision, meant: dict[str, str], named: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(
        other for about in decision.about for other in (named.get(meant[about], [about]) if about in meant else [about])
    )
