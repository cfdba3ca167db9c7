"""Since when a ruling holds, or of when it tells, and on whose word: checked, written down, read again, erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from sayso.ledger.problems import CannotRule
from sayso.ledger.typed import typed_time
from sayso.ledger.working import decision_sources as table

if TYPE_CHECKING:
    from sayso.ledger.withholding import Withheld
    from sayso.record import Decision

DATED = ("position", "speaks_for", "locate")
"""Rulings that are asked since when, and on whose word."""
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
LONGEST = 2_000
"""Characters of a source."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Since when or of when something is so (an ISO day, month or year), and on whose word."""

    as_of: str | None = None
    source: str | None = None


NOTHING = Basis()


def checked_basis(ruling: str, asked: Basis) -> Basis:
    """A basis as it is kept, without blanks. Raises `CannotRule` where the ruling has none, or the time is none."""
    told = Basis((asked.as_of or "").strip() or None, (asked.source or "").strip() or None)
    if told == NOTHING:
        return told
    if ruling not in DATED:
        raise CannotRule(f"{ruling} has no “as of” and no source. Say it in the reason instead.")
    if told.as_of is not None:
        _check_as_of(told.as_of)
    if told.source is not None and len(told.source) > LONGEST:
        raise _at("source", f"There is room for {LONGEST:,} characters. Say it shorter.")
    return told


def _check_as_of(told: str) -> None:
    try:
        typed_time(told if ISO.fullmatch(told) else "")
    except CannotRule:
        raise _at("as_of", f"{told!r} is no day, month or year. Write 2031-04-05, 2031-04 or 2031.") from None


def _at(field: str, says: str) -> CannotRule:
    problem = CannotRule(says)
    problem.field = field
    return problem


def keep_basis(connection: Connection, decision: str, told: Basis) -> None:
    """Write it down beside its decision."""
    if told != NOTHING:
        connection.execute(table.insert().values(decision_id=decision, as_of=told.as_of, source=told.source))


def bases_of(connection: Connection, decisions: Collection[str] | None = None) -> Mapping[str, Basis]:
    """The basis of some decisions, or of all, by their ids; those that have none are left out."""
    asked = select(table)
    if decisions is not None:
        asked = asked.where(table.c.decision_id.in_(list(decisions)))
    return {row.decision_id: Basis(row.as_of, row.source) for row in connection.execute(asked)}


def are_of_two_times(one: Decision, other: Decision) -> bool:
    """Whether two rulings tell of two times, so that both can stand whatever they say."""
    return one.as_of is not None and other.as_of is not None and one.as_of != other.as_of


def by_time(ruled: Decision) -> tuple[str, str, str]:
    """What puts rulings in the order in which they count, the last most: by the time they tell of, then as ruled."""
    return ruled.as_of or "", ruled.at, ruled.id


# Erased


def forget_sources(connection: Connection, decisions: Collection[str], instead: str) -> None:
    """Erase what was typed as the source of some decisions."""
    mine = table.c.decision_id.in_(list(decisions))
    connection.execute(update(table).where(mine, table.c.source.is_not(None)).values(source=instead))


def withhold_in_sources(connection: Connection, withheld: Withheld) -> tuple[str, ...]:
    """Take a name out of sources; the ids of the decisions whose source was changed."""
    changed = []
    for row in connection.execute(select(table)).all():
        if row.source is not None and withheld.is_in(row.source):
            marked = withheld.marked(row.source)
            connection.execute(update(table).where(table.c.decision_id == row.decision_id).values(source=marked))
            changed.append(row.decision_id)
    return tuple(changed)
