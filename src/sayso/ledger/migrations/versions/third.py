"""People at work: accounts, what they took in, put aside, looked at and kept, and what seals were checked."""

from __future__ import annotations

from alembic import op

from sayso.ledger.clusters_kept import begin_clusters
from sayso.ledger.working import LATER

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    for table in LATER:
        table.create(op.get_bind())
    begin_clusters(op.get_bind())
