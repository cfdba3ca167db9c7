"""What people ruled, as far as it bears on what is drawn: decisions that stand and did not lose their words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from sayso.ledger.schema import decision_about, decision_anchors, decisions

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Select

Pair = frozenset[str]


def is_anything_ruled(connection: Connection, *rulings: str) -> bool:
    """Whether anybody ruled any of these; most cases are asked often and hold nothing."""
    if connection.exec_driver_sql("SELECT 1 FROM decisions LIMIT 1").first() is None:
        return False
    asked = select(decisions.c.seq).where(decisions.c.ruling.in_(rulings)).limit(1)
    return connection.execute(asked).first() is not None


def groups_ruled(connection: Connection, ruling: str, among: Collection[str]) -> list[Pair]:
    """The ids that each standing decision of one ruling names together, of those that name any of some ids."""
    mine = select(decision_about.c.decision_id).where(decision_about.c.about.in_(sorted(among)))
    rows = connection.execute(
        select(decision_about.c.decision_id, decision_about.c.about).where(
            decision_about.c.decision_id.in_(standing(ruling)), decision_about.c.decision_id.in_(mine)
        )
    )
    found: dict[str, set[str]] = defaultdict(set)
    for decision, about in rows:
        found[decision].add(about)
    return [frozenset(about) for _, about in sorted(found.items())]


def standing(*rulings: str) -> Select[tuple[str]]:
    """The ids of decisions of some rulings that stand."""
    lost = exists().where(decision_anchors.c.decision_id == decisions.c.id, decision_anchors.c.lost)
    return select(decisions.c.id).where(decisions.c.ruling.in_(rulings), decisions.c.withdrawn_at.is_(None), ~lost)
