"""A case in SQLite copied row by row into an empty PostgreSQL database, for measuring the same case on both.

A person moves a case by adding its originals anew; this copies what was drawn from them too, which is sooner done.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Connection, Table, text

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AT_ONCE = 2_000


def copied(source: Path, folder: Path, database: str) -> Case:
    """The case of a folder, with the same ids, in a new folder and an empty database. Returns it open."""
    from sayso.ledger.case import made, opened
    from sayso.ledger.schema import tables

    first = opened(source)
    other = made(folder, at="2031-04-05T06:07:08Z", who="bench", database=database)
    with first.reading() as told, other.writing() as connection:
        for table in tables.sorted_tables:
            _rows(told, connection, table)
        case = told.execute(text("SELECT value FROM case_facts WHERE name = 'case'")).scalar_one()
    _settings(folder, str(case))
    for part in ("originals", "knowledge", "exports"):
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part, dirs_exist_ok=True)
    first.closed()
    other.closed()
    again = opened(folder)
    with again.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return again


def _settings(folder: Path, case: str) -> None:
    settings = folder / "case.toml"
    lines = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("case =")]
    settings.write_text("\n".join((*lines, f'case = "{case}"')) + "\n", encoding="utf-8")


def _rows(told: Connection, connection: Connection, table: Table) -> None:
    """The rows as they are stored, through PostgreSQL's own COPY, and where its numbers go on."""
    names = [f'"{column.name}"' for column in table.columns]
    flags = [number for number, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    connection.exec_driver_sql(f'DELETE FROM "{table.name}"')
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({", ".join(names)}) FROM STDIN') as copy:
        for row in _stored(told, table, names):
            for number in flags:
                row[number] = bool(row[number]) if row[number] is not None else None
            copy.write_row(row)
    if (numbered := table.autoincrement_column) is not None and isinstance(numbered.name, str):
        asked = f"SELECT setval(pg_get_serial_sequence('{table.name}', '{numbered.name}'), "
        asked += f'coalesce(max("{numbered.name}"), 1)) FROM "{table.name}"'
        connection.exec_driver_sql(asked)


def _stored(told: Connection, table: Table, names: list[str]) -> Iterator[list[Any]]:
    driver: Any = told.connection.driver_connection
    held = driver.execute(f'SELECT {", ".join(names)} FROM "{table.name}"')
    while some := held.fetchmany(AT_ONCE):
        yield from map(list, some)
