"""The searches that were saved, with how many sentences of each somebody has not seen: those of reports added since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.questions import Among
from sayso.ledger.asking.search import conditions_of, first_rows, looked_for_in, search
from sayso.ledger.asking.similar import similar
from sayso.ledger.problems import CaseProblem
from sayso.ledger.saved import SEARCH, Saved, listed, seen_until
from sayso.ledger.schema import reports

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Hit
    from sayso.ledger.case import Case

COUNTED = 50
"""New sentences that are counted of one saved search."""
AT_ONCE = 40
"""Saved searches of which the new sentences are counted."""


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search as one person sees it."""

    saved: Saved
    is_opened: bool  # whether they ever opened it, or saved it
    since: int  # the last report of the case then
    new: int | None = None  # sentences in reports that were added since; None where that is not counted
    more: bool = False  # there are more than these
    problem: str | None = None  # why it cannot be asked any more


def saved_rows(case: Case, who: str, *, page: str | None = None) -> list[SavedRow]:
    """The saved searches that stand, the last saved first, with what is new in each to one person."""
    with case.reading() as connection:
        standing = sorted(listed(connection, page=page), key=lambda one: (one.at, one.id), reverse=True)
        seen = seen_until(connection, who)
        newest = connection.execute(select(func.max(reports.c.seq))).scalar() or 0
        rows = [SavedRow(one, one.id in seen, seen.get(one.id, 0)) for one in standing]
        return [_counted(case, connection, row, newest) if n < AT_ONCE else row for n, row in enumerate(rows)]


def _counted(case: Case, connection: Connection, row: SavedRow, newest: int) -> SavedRow:
    if row.saved.page != SEARCH or not row.is_opened:
        return row
    if row.since >= newest:
        return replace(row, new=0)  # nothing was added since
    asked = dict(row.saved.asked)
    among = replace(among_of(asked), added=str(row.since))
    try:
        if like := asked.get("like"):
            found = similar(case, like, among, limit=COUNTED)
            return replace(row, new=len(found.alike), more=found.more)
        looked_for = looked_for_in(asked.get("q"), exactly=bool(asked.get("exactly")))
        if looked_for is None:
            return replace(row, new=0)
        rows, whole = first_rows(connection, looked_for, list(conditions_of(case, connection, among)), limit=COUNTED)
    except CaseProblem as problem:
        return replace(row, problem=str(problem))
    return replace(row, new=len(rows), more=not whole)


def among_of(asked: Mapping[str, str]) -> Among:
    """What sentences must meet, of the fields of an address."""
    return Among(**{one.name: (asked.get(one.name) or "").strip() or None for one in fields(Among)})


def sentences_of(case: Case, saved: Saved, *, limit: int) -> list[Hit]:
    """The first sentences that a saved search finds. Raises as `search` does."""
    asked = dict(saved.asked)
    if like := asked.get("like"):
        return [one.hit for one in similar(case, like, among_of(asked), limit=limit).alike]
    return search(case, asked.get("q"), among_of(asked), exactly=bool(asked.get("exactly")), limit=limit)


def words_of(saved: Saved) -> Iterator[tuple[str, str]]:
    """What a saved search asks, without what only says how much of it is shown."""
    return ((name, value) for name, value in saved.asked if name not in ("limit", "after"))
