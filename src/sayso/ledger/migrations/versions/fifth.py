"""Indexes that hold all that is asked of them, so that counting and looking through pass over the words of rows.

What a map and a timeline count of incidents; which events stand in the statements of somebody who says very much.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import inspect

from sayso.ledger.schema import events, incidents, statements

revision = "0005"
down_revision = "0004"
NEW = ("ix_incidents_drawn", "ix_statements_told_by", "ix_events_told_within")
NARROWER = "ix_statements_speaker"
"""What `ix_statements_told_by` begins with."""


def upgrade() -> None:
    """Make them. A case that is made new has them already: they are of the tables."""
    bind = op.get_bind()
    for table in (incidents, statements, events):
        for index in table.indexes:
            if index.name in NEW:
                index.create(bind, checkfirst=True)
    if NARROWER in {one["name"] for one in inspect(bind).get_indexes("statements")}:
        op.drop_index(NARROWER, table_name="statements")
