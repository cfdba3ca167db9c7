"""Families: which stretches of which reports are one telling, and why they are taken for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.ids import found
from sayso.ledger.asking.likeness import reasons_between
from sayso.ledger.schema import family_members
from sayso.record import Family, Member, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 50


def families(case: Case, *, limit: int = LIMIT, after: str | None = None) -> list[Family]:
    """Families by their ids, going on after one."""
    one = family_members.c.family_id
    query = select(one).group_by(one).having(func.count() > 1).order_by(one).limit(limit)
    if after is not None:
        query = query.where(one > after)
    with case.reading() as connection:
        return list(families_by_id(connection, connection.execute(query).scalars()))


def family(case: Case, asked: str) -> Family:
    """One family by its id or the beginning of it. Raises `NoSuchThing`."""
    with case.reading() as connection:
        return families_by_id(connection, (found(connection, asked, kind="family").id,))[0]


def families_of(connection: Connection, reports: Iterable[str], *, with_reasons: bool = True) -> tuple[Family, ...]:
    """The families that any of some reports has a stretch in, by their ids; why they are, unless nobody asks."""
    wanted = sorted(set(reports))
    query = select(family_members.c.family_id).where(family_members.c.report_id.in_(wanted)).distinct()
    return families_by_id(connection, sorted(connection.execute(query).scalars()), with_reasons=with_reasons)


def families_by_id(connection: Connection, ids: Iterable[str], *, with_reasons: bool = True) -> tuple[Family, ...]:
    """Families whole, in the order of their ids given; in each the original first, then as reports are ordered."""
    wanted = list(ids)
    if not wanted:
        return ()
    members: dict[str, list[Member]] = defaultdict(list)
    for row in connection.execute(select(family_members).where(family_members.c.family_id.in_(wanted))):
        members[row.family_id].append(Member(row.report_id, Span(row.start, row.end), row.how, row.of))
    found = (_family(one, members[one]) for one in wanted if one in members)
    return tuple(_with_reasons(connection, one) if with_reasons else one for one in found)


def _family(name: str, members: list[Member]) -> Family:
    return Family(name, tuple(sorted(members, key=lambda one: (one.how != "original", one.report, one.span))))


def _with_reasons(connection: Connection, one: Family) -> Family:
    return replace(one, reasons=reasons_between(connection, {member.report for member in one.members}))
