"""An incident drawn from what a case holds of it: its tellings, the families of their reports, what people ruled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.accounts.assemble import assemble
from sayso.ledger.asking.copies import families_of
from sayso.ledger.asking.rows import decisions_about
from sayso.ledger.compared import telling_from
from sayso.ledger.packing import nouns_from
from sayso.ledger.schema import decision_about, event_links, events, reports, sources
from sayso.record import Decision, Incident, Reason, Telling

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

MOST_REASONS = 60
"""Reasons that are told of one incident, those of the surest pairs first."""
SPEAKER = "spk-"


def assembled(connection: Connection, name: str, knowledge: Knowledge) -> Incident:
    """The incident of an id that is there, as it is told now."""
    tellings = tellings_of(connection, name)
    of = sorted({one.report for one in tellings})
    return assemble(
        name,
        tellings,
        families_of(connection, of),
        rulings_on(connection, name, tellings),
        reasons=_reasons(connection, name),
        knowledge=knowledge,
    )


def tellings_of(connection: Connection, name: str) -> tuple[Telling, ...]:
    """The tellings of an incident, each dated by its family where its report is."""
    columns = (reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis)
    query = select(events.c.telling, *columns).join(reports, reports.c.id == events.c.report_id)
    rows = connection.execute(query.where(events.c.incident_id == name).order_by(events.c.id))
    return tuple(telling_from(*row) for row in rows)


def rulings_on(connection: Connection, name: str, tellings: Iterable[Telling]) -> tuple[Decision, ...]:
    """What people ruled of an incident, of what its reports tell and of who speaks there, and did not withdraw.

    A ruling about a speaker is about their source in each report too, since a telling knows its report alone.
    """
    told = tuple(tellings)
    of = sorted({one.report for one in told})
    ruled = _ruled_in(connection, {name, *of, *(f"{one.report}#{one.event}" for one in told)}, of)
    if not ruled:
        return ()
    own: dict[str, list[str]] = defaultdict(list)
    query = select(sources.c.speaker_id, sources.c.report_id, sources.c.source).where(sources.c.report_id.in_(of))
    for row in connection.execute(query):
        own[row.speaker_id].append(f"{row.report_id}#{row.source}")
    standing = (one for one in decisions_about(connection, ruled) if one.withdrawn_at is None)
    return tuple(
        replace(one, about=(*one.about, *(source for about in one.about for source in own.get(about, ()))))
        for one in standing
    )


def _ruled_in(connection: Connection, names: set[str], of: list[str]) -> set[str]:
    """Of all that was ever ruled about, what concerns an incident. Most cases hold few rulings."""
    about = connection.execute(select(decision_about.c.about).distinct()).scalars().all()
    if not about:
        return set()
    query = select(sources.c.speaker_id).where(sources.c.report_id.in_(of)).distinct()
    here = names | set(connection.execute(query).scalars())
    return {one for one in about if one in here or one.partition("#")[0] in of}


def _reasons(connection: Connection, name: str) -> tuple[Reason, ...]:
    """Why the events of an incident are taken for one, and what speaks against it."""
    own = select(events.c.id).where(events.c.incident_id == name)
    query = select(event_links.c.reasons).where(event_links.c.a.in_(own), event_links.c.b.in_(own))
    rows = connection.execute(query.order_by(event_links.c.score.desc(), event_links.c.a, event_links.c.b)).scalars()
    found: dict[Reason, None] = {}
    for held in rows:
        found.update(dict.fromkeys(nouns_from(Reason, held)))
        if len(found) >= MOST_REASONS:
            break
    return tuple(found)[:MOST_REASONS]
