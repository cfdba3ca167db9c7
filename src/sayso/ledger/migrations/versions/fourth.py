"""The places that reports name, each with an id of its own, so that people can locate them."""

from __future__ import annotations

from alembic import op

from sayso.ledger.places_kept import begin_places
from sayso.ledger.working import PLACED

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and put in them what the case names."""
    for table in PLACED:
        table.create(op.get_bind())
    begin_places(op.get_bind())
