"""Questions that are asked for every report that is added, as plain SQL: put together once, and not for each asking.

Ids, numbers and dates only, which every database keeps as they are. A list of any length is one value of the question.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

Value = str | int | float | bool | None


def ask(connection: Connection, question: str, *values: Value | Iterable[Any]) -> Any:
    """The rows that answer a question, as SQLAlchemy's result. In it stands `?` for a value, and `IN ?s` for a list."""
    dialect = connection.dialect.name
    given = tuple(
        value if value is None or isinstance(value, (str, int, float)) else _as_list(value, dialect) for value in values
    )
    return connection.exec_driver_sql(_spelled(question, dialect), given)


def put(connection: Connection, told: str, rows: list[tuple[Value, ...]]) -> None:
    """Do the same once for each row of values."""
    if rows:
        connection.exec_driver_sql(_spelled(told, connection.dialect.name), rows)


def _as_list(values: Iterable[Any], dialect: str) -> str | list[Any]:
    ordered = sorted(values)
    return json.dumps(ordered) if dialect == "sqlite" else ordered


@cache
def _spelled(question: str, dialect: str) -> str:
    if dialect == "sqlite":
        return question.replace("IN ?s", "IN (SELECT value FROM json_each(?))")
    return question.replace("IN ?s", "= ANY(%s)").replace("?", "%s")
