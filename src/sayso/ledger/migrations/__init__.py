"""How the tables of a case come to be and change: Alembic, configured from here, inside the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0005"
"""The newest migration. Kept here so that opening a case that is up to date need not load Alembic."""


def upgraded(connection: Connection) -> None:
    """Run the migrations that a database has not seen yet."""
    from alembic import command

    config = configured()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_known(revision: str) -> bool:
    """Whether a migration is one of ours, and not of a newer Sayso."""
    from alembic.script import ScriptDirectory

    return any(script.revision == revision for script in ScriptDirectory.from_config(configured()).walk_revisions())


def configured() -> Config:
    """What Alembic must know; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sayso.ledger:migrations")
    config.set_main_option("path_separator", "os")
    return config
