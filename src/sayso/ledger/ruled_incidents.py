"""What people ruled of incidents and events, as pairs of events: found by the words that the rulings rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from sayso.ledger.ruled import is_anything_ruled, standing
from sayso.ledger.schema import decision_anchors, decisions, events

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

RULINGS = ("same_incident", "different_incident")
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Events that are one happening, and events that are not, whatever their words say."""

    must: frozenset[Pair] = frozenset()
    must_not: frozenset[Pair] = frozenset()

    def with_these(self, ids: Collection[int]) -> set[int]:
        """The events that rulings join with any of these."""
        mine = set(ids)
        return {number for pair in self.must if not mine.isdisjoint(pair) for number in pair}


def rulings_on(connection: Connection) -> Rulings:
    """All rulings on incidents. Most cases have none; those of one case are some hundreds at most."""
    if not is_anything_ruled(connection, *RULINGS):
        return Rulings()
    asked = (
        select(decision_anchors.c.decision_id, decision_anchors.c.n, decisions.c.ruling, events.c.id)
        .join(decisions, decisions.c.id == decision_anchors.c.decision_id)
        .join(
            events,
            and_(
                events.c.report_id == decision_anchors.c.report_id,
                events.c.start < decision_anchors.c.end,
                decision_anchors.c.start < events.c.end,
            ),
        )
        .where(decision_anchors.c.decision_id.in_(standing(*RULINGS)))
        .order_by(decision_anchors.c.decision_id, decision_anchors.c.n, events.c.id)
    )
    meant: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)  # decision, ruling → number of the id → event
    for row in connection.execute(asked):
        meant[row.decision_id, row.ruling].setdefault(row.n, row.id)
    pairs: dict[str, set[Pair]] = {ruling: set() for ruling in RULINGS}
    for (_, ruling), found in meant.items():
        pairs[ruling].update(combinations(sorted(set(found.values())), 2))
    return Rulings(frozenset(pairs["same_incident"]), frozenset(pairs["different_incident"]))
