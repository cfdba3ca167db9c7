"""What a decision changes in what is drawn, and what its withdrawal gives back; all in the transaction of the ruling.

Nothing here remembers: rulings are read again from the decisions that stand, so that a withdrawn one leaves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger.families_kept import draw_families
from sayso.ledger.incidents_kept import draw_incidents, keep_incidents
from sayso.ledger.incidents_named import make_stale
from sayso.ledger.places_kept import draw_places
from sayso.ledger.redirecting import meant_by
from sayso.ledger.ruled_drawn import draw_ruled
from sayso.ledger.schema import decision_anchors, events, sources
from sayso.ledger.speakers_ruled import draw_speakers

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from sayso.knowledge import Knowledge
    from sayso.record import Decision


def apply_ruling(connection: Connection, decision: Decision, rows: Knowledge) -> None:
    """Let a decision take effect, or its withdrawal: draw again what it is about, by all that stands ruled now."""
    at = decision.withdrawn_at or decision.at
    match decision.ruling:
        case "same_incident" | "different_incident":
            _redraw_incidents(connection, decision, at=at)
        case "copy" | "independent":
            _redraw_families(connection, decision, at=at)
        case "accept" | "reject" | "correct" | "add_statement":
            for report in dict.fromkeys(about.partition("#")[0] for about in decision.about):
                draw_ruled(connection, report, rows)
        case "same_speaker" | "different_speaker" | "speaks_for" | "show_private" | "position":
            touched = draw_speakers(connection, decision, at=at)
            _stale_where_they_speak(connection, touched)
        case "locate":
            draw_places(connection, decision, rows)
        case _:
            raise ValueError(f"Nobody knows what the ruling {decision.ruling!r} changes.")


# Incidents


def _redraw_incidents(connection: Connection, decision: Decision, *, at: str) -> None:
    touched = anchored_events(connection, decision.id)
    if not touched:
        return
    mine = select(events.c.incident_id).where(events.c.id.in_(sorted(touched)))
    before = set(connection.execute(mine).scalars())
    after = draw_incidents(connection, touched, at=at)
    make_stale(connection, before | set(after))


def anchored_events(connection: Connection, decision: str) -> set[int]:
    """The events that stand where a decision's words do."""
    anchors = decision_anchors.c
    asked = (
        select(events.c.id)
        .join(
            decision_anchors,
            (events.c.report_id == anchors.report_id) & (events.c.start < anchors.end) & (anchors.start < events.c.end),
        )
        .where(anchors.decision_id == decision)
    )
    return set(connection.execute(asked).scalars())


# Families


def _redraw_families(connection: Connection, decision: Decision, *, at: str) -> None:
    """Families of both reports, and then their events, since copies are compared otherwise than independent reports."""
    both = [about for about in decision.about if about.startswith("sha256:")]
    changed = draw_families(connection, both, at=at)
    keep_incidents(connection, (), at=at, changed=[*both, *changed])
    stale_incidents_of(connection, [*both, *changed])


def stale_incidents_of(connection: Connection, wanted: Collection[str]) -> None:
    """Mark the incidents that some reports tell of."""
    asked = select(events.c.incident_id).where(events.c.report_id.in_(sorted(wanted))).distinct()
    make_stale(connection, set(connection.execute(asked).scalars()))


# Speakers


def _stale_where_they_speak(connection: Connection, speakers: Collection[str]) -> None:
    now = sorted({meant_by(connection, one) for one in speakers})
    asked = select(sources.c.report_id).where(sources.c.speaker_id.in_(now)).distinct()
    told = select(events.c.incident_id).where(events.c.report_id.in_(asked)).distinct()
    make_stale(connection, set(connection.execute(told).scalars()))


__all__ = ["anchored_events", "apply_ruling", "stale_incidents_of"]
