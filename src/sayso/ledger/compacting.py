"""Making a database forget what was deleted: what a row leaves behind in its file when it goes.

SQLite: deleted rows are overwritten at once (`secure_delete`), the index for searching is made anew, the file is
written anew, and the journal is emptied. PostgreSQL: the tables are written anew, and so is what the planner remembers
of their values. What lies below a file, on a disk or in a snapshot of it, no program can promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from sayso.ledger.problems import CaseBusy
from sayso.ledger.schema import tables

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LOG = (
    "PostgreSQL's write-ahead log, its archive and its replicas can hold the erased words until they are recycled; "
    "they are not in Sayso's hands."
)
STATISTICS = (
    "PostgreSQL's own statistics of column values could not be written anew without more rights. Let an administrator "
    "of the server run: VACUUM FULL pg_catalog.pg_statistic; CHECKPOINT;"
)

BUSY = (
    "The rows are erased, but something else is using the case, and the {what} could not be written anew: words can "
    "still be in it. Close what uses it, or wait until a check of the seals or an export has ended, and erase again; "
    "it finishes what is left."
)
PATIENCE = "3s"
"""How long a table is waited for: while one waits, nobody else can read it."""
LOCKED = "55P03"
"""PostgreSQL's sign that a table was waited for in vain."""


def forget_in_index(connection: Connection) -> None:
    """Make the index for searching anew, in the transaction that deleted: FTS5 keeps what it dropped."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO sentence_search(sentence_search) VALUES ('rebuild')")


def forget(case: Case) -> tuple[str, ...]:
    """Write the database anew without what was deleted; what a person must know of what is left elsewhere.

    Raises `CaseBusy` where another process is using the case: it can be done again later.
    """
    return _forget_in_sqlite(case) if case.dialect == "sqlite" else _forget_in_postgresql(case)


def _forget_in_sqlite(case: Case) -> tuple[str, ...]:
    try:
        with case.engine.execution_options(sayso_begin="").connect() as connection:  # VACUUM wants no transaction
            if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").first():
                connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("VACUUM")
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    except DBAPIError as error:
        if "locked" not in str(error.orig):
            raise
        busy = 1
    if busy:
        raise CaseBusy(BUSY.format(what=f"file in {case.folder}"))
    return ()


def _forget_in_postgresql(case: Case) -> tuple[str, ...]:
    told = [LOG]
    with case.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))  # whoever waits for a table stops its readers
            for table in tables.sorted_tables:
                connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table.name}"'))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != LOCKED:
                raise
            raise CaseBusy(BUSY.format(what="database")) from error
        finally:
            connection.execute(text("RESET lock_timeout"))
        rights = "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
        if connection.execute(text(rights)).scalar():
            connection.execute(text("VACUUM FULL pg_catalog.pg_statistic"))
            connection.execute(text("CHECKPOINT"))
        else:
            told.append(STATISTICS)
    return tuple(told)
