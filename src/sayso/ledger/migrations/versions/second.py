"""What people corrected field by field, and what the events of a report are with that."""

from __future__ import annotations

from alembic import op

from sayso.ledger.schema import decision_corrections, ruled_events

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
    for table in (decision_corrections, ruled_events):
        table.create(op.get_bind())
