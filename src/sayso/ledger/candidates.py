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

from sqlalchemy import BigInteger, bindparam, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Table, TextClause

COMMON = 8
MOST_HOLDERS = 24
"""A key leads to the first so many of those that hold it."""


def sharing(connection: Connection, table: Table, keys: Iterable[int]) -> dict[int, list[Any]]:
    """For each key that anything in a table of keys holds, the first that hold it."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    dialect = connection.dialect.name
    as_holder = int if isinstance(list(table.columns)[1].type, BigInteger) else str
    rows = connection.execute(_question(table, dialect), {"keys": _as_list(wanted, dialect)})
    return {key: list(map(as_holder, holders.split(" "))) for key, holders in rows}


def ranked(found: Mapping[int, Sequence[int]], *, at_least: int, rare: float, most: int) -> list[int]:
    """Those that share at least so many keys, the ones that share the rarest first, at most so many.

    A shared key counts 1 through how many hold it, at least an eighth: what a holder shares must add up to `rare`.
    """
    weights: dict[int, float] = defaultdict(float)
    counts: dict[int, int] = defaultdict(int)
    for holders in found.values():
        weight = 1 / min(len(holders), COMMON)
        for holder in holders:
            weights[holder] += weight
            counts[holder] += 1
    enough = (holder for holder, weight in weights.items() if weight >= rare and counts[holder] >= at_least)
    return sorted(enough, key=lambda holder: (-weights[holder], holder))[:most]


def hold(connection: Connection, table: Table, held: Iterable[tuple[int, Any]]) -> None:
    """Put keys with those that hold them (key, holder) into a table of keys; what is there already stays."""
    rows = list(dict.fromkeys(held))
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        told = f"INSERT INTO {table.name} VALUES ({mark}, {mark}) ON CONFLICT DO NOTHING"
        connection.exec_driver_sql(told, rows)


def _as_list(keys: list[int], dialect: str) -> str | list[int]:
    return json.dumps(keys) if dialect == "sqlite" else keys


@cache
def _question(table: Table, dialect: str) -> TextClause:
    """Each key with its first holders in one line: one short walk of the table's own order for each key."""
    name, holder = table.name, list(table.columns)[1].name
    first = f"SELECT {holder} AS one FROM {name} WHERE {name}.key = wanted.value ORDER BY {holder} LIMIT {MOST_HOLDERS}"
    if dialect == "sqlite":
        asked = f"""
            SELECT value, holders FROM (
                SELECT wanted.value AS value, (SELECT group_concat(one, ' ') FROM ({first})) AS holders
                FROM json_each(:keys) AS wanted)
            WHERE holders IS NOT NULL"""
    else:
        asked = f"""
            SELECT wanted.value, found.holders FROM unnest(cast(:keys AS bigint[])) AS wanted(value)
            CROSS JOIN LATERAL (SELECT string_agg(cast(one AS text), ' ') AS holders FROM ({first}) AS each) AS found
            WHERE found.holders IS NOT NULL"""
    return text(asked).bindparams(bindparam("keys"))
