"""Run by Alembic: the migrations go through the connection, and in the transaction, of whoever asked."""

from __future__ import annotations

from alembic import context

from sayso.ledger.schema import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables)
with context.begin_transaction():
    context.run_migrations()
