"""What people ruled of incidents and events, as pairs of events: found by the words that the rulings rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from sayso.ledger.ruled import is_anything_ruled, standing
from sayso.ledger.schema import decision_about, decision_anchors, decisions, events

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

RULINGS = ("same_incident", "different_incident")
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Events whose incidents are one, and events that are not of one, whatever their words say.

    `moved` are events that alone were ruled to be of an incident: those that were taken for one with them stay behind.
    """

    must: frozenset[Pair] = frozenset()
    must_not: frozenset[Pair] = frozenset()
    moved: frozenset[int] = frozenset()

    def with_these(self, ids: Collection[int]) -> set[int]:
        """The events that rulings join with any of these."""
        mine = set(ids)
        return {number for pair in self.must if not mine.isdisjoint(pair) for number in pair}


def rulings_on(connection: Connection) -> Rulings:
    """All rulings on incidents. Most cases have none; those of one case are some hundreds at most."""
    if not is_anything_ruled(connection, *RULINGS):
        return Rulings()
    anchors, named = decision_anchors.c, decision_about.c
    asked = (
        select(anchors.decision_id, anchors.n, decisions.c.ruling, named.about, events.c.id)
        .join(decisions, decisions.c.id == decision_anchors.c.decision_id)
        .join(decision_about, and_(named.decision_id == anchors.decision_id, named.n == anchors.n))
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
    meant: dict[tuple[str, str], dict[int, tuple[bool, int]]] = defaultdict(dict)
    for row in connection.execute(asked):
        meant[row.decision_id, row.ruling].setdefault(row.n, (row.about.startswith("inc-"), row.id))
    pairs: dict[str, set[Pair]] = {ruling: set() for ruling in RULINGS}
    moved: set[int] = set()
    for (_, ruling), found in meant.items():
        pairs[ruling].update(combinations(sorted({number for _, number in found.values()}), 2))
        if ruling == "same_incident" and any(is_whole for is_whole, _ in found.values()):
            moved |= {number for is_whole, number in found.values() if not is_whole}
    return Rulings(frozenset(pairs["same_incident"]), frozenset(pairs["different_incident"]), frozenset(moved))


def joined(groups: Sequence[Collection[int]], rulings: Rulings) -> list[set[int]]:
    """Groups of events with those as one that are ruled to be, and the moved ones where they were ruled to go."""
    parts = [set(group) - rulings.moved for group in groups]
    parts += [{number} for group in groups for number in group if number in rulings.moved]
    for one, two in sorted(rulings.must):
        meeting = [part for part in parts if one in part or two in part]
        if len(meeting) == 2:
            parts = [part for part in parts if part not in meeting] + [meeting[0] | meeting[1]]
    return [part for part in parts if part]
