"""Who in the case shares keys with something new: looked up by a few rare keys, never by going through the case.

What a key leads to is bounded (the first `MOST_HOLDERS` that hold it), and what many hold counts little, so that one
more report costs the same in a case of a hundred thousand. Two things that share keys find each other whichever came
first, as long as neither has more than `most` others that share more; see docs/decisions/0013.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, text
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Table, TextClause

MOST_HOLDERS = 50
"""A key leads to the first so many of those that hold it."""


def sharing(connection: Connection, table: Table, keys: Iterable[int]) -> dict[int, list[Any]]:
    """For each key that anything in a table of keys holds, the first that hold it."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    found: dict[int, list[Any]] = defaultdict(list)
    question = _question(table, connection.dialect.name)
    for key, holder in connection.execute(question, {"keys": _as_list(wanted, connection.dialect.name)}):
        found[key].append(holder)
    return dict(found)


def ranked(found: Mapping[int, Iterable[int]], *, at_least: int, most: int) -> list[int]:
    """Those that share at least so many keys, the ones that share the rarest first, at most so many."""
    weights: dict[int, float] = defaultdict(float)
    counts: dict[int, int] = defaultdict(int)
    for holders in found.values():
        each = list(holders)
        for holder in each:
            weights[holder] += 1 / len(each)
            counts[holder] += 1
    enough = (holder for holder, count in counts.items() if count >= at_least)
    return sorted(enough, key=lambda holder: (-weights[holder], holder))[:most]


def hold(connection: Connection, table: Table, held: Iterable[tuple[int, int]]) -> None:
    """Put keys with those that hold them (key, holder) into a table of keys."""
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, pair, strict=True)) for pair in held]
    if rows:
        connection.execute(insert(table), rows)


def hold_again(connection: Connection, table: Table, held: Iterable[tuple[int, Any]]) -> None:
    """The same where some of them may be there already."""
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, pair, strict=True)) for pair in dict.fromkeys(held)]
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _as_list(keys: list[int], dialect: str) -> str | list[int]:
    return json.dumps(keys) if dialect == "sqlite" else keys


@cache
def _question(table: Table, dialect: str) -> TextClause:
    """Each key's first holders: one short walk of the table's own order for each key."""
    name, holder = table.name, list(table.columns)[1].name
    if dialect == "sqlite":  # where bytes, x'', come after all numbers and all text
        asked = f"""
            SELECT {name}.key, {name}.{holder} FROM json_each(:keys) AS wanted CROSS JOIN {name}
            WHERE {name}.key = wanted.value AND {name}.{holder} <= coalesce((
                SELECT later.{holder} FROM {name} AS later WHERE later.key = wanted.value
                ORDER BY later.{holder} LIMIT 1 OFFSET {MOST_HOLDERS - 1}), x'')"""
    else:
        asked = f"""
            SELECT wanted.key, first.{holder} FROM unnest(cast(:keys AS bigint[])) AS wanted(key)
            CROSS JOIN LATERAL (SELECT {holder} FROM {name} WHERE {name}.key = wanted.key
                                ORDER BY {holder} LIMIT {MOST_HOLDERS}) AS first"""
    return text(asked).bindparams(bindparam("keys"))
