"""Which events of many reports are one happening, kept as reports are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, update

from sayso.ledger.placing import id_of
from sayso.ledger.schema import events, incidents

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.placing import Placed


def keep_incidents(connection: Connection, placed: Placed) -> tuple[str, ...]:
    """Give every event of a new report its incident; the incidents that gained one."""
    told = placed.drawn.tellings
    if not told:
        return ()
    ids = [id_of("inc", one.report, one.trigger.span.start, one.trigger.span.end, one.kind) for one in told]
    connection.execute(
        update(events).where(events.c.id == bindparam("event_of")).values(incident_id=bindparam("whose")),
        [{"event_of": event, "whose": incident} for event, incident in zip(placed.event_ids, ids, strict=True)],
    )
    kinds = dict(zip(ids, (one.kind for one in told), strict=True))
    connection.execute(
        insert(incidents),
        [
            {
                "id": incident,
                "kind": kind,
                "headline": "[]",
                "counter": "{}",
                "did_not_happen": False,
                "reports": 1,
                "origins": 0,
                "denials": 0,
                "contested": 0.0,
                "stale": True,
            }
            for incident, kind in kinds.items()
        ],
    )
    return tuple(kinds)
