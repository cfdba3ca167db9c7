"""An index over what a map and a timeline count of incidents, so that counting passes over their words."""

from __future__ import annotations

from alembic import op

from sayso.ledger.schema import incidents

revision = "0005"
down_revision = "0004"
COUNTED = "ix_incidents_drawn"


def upgrade() -> None:
    """Make it. A case that is made new has it already: it is of the table."""
    for index in incidents.indexes:
        if index.name == COUNTED:
            index.create(op.get_bind(), checkfirst=True)
