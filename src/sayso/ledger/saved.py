"""Searches that people saved under a name: of sentences, of the queue, of the map. Withdrawn, never deleted.

A query is kept with its words as they are read (`plain`), so that a name that is erased is found in it however an
address would spell it.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from sqlalchemy import func, select, update
from sqlalchemy import insert as into

from sayso.ledger import audit
from sayso.ledger.problems import CannotRule, NoSuchThing
from sayso.ledger.schema import reports
from sayso.ledger.working import openings
from sayso.ledger.working import saved_searches as table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.case import Case

SEARCH = "search"
LONGEST_NAME = 120
LONGEST_QUERY = 4_000
PARTING = re.compile(r"[%&=+#;\x00-\x1f\x7f\ud800-\udfff]")
"""What would part a query otherwise, were it not escaped."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved search: of which page, under which name, what it asks, by whom and when."""

    id: str
    page: str
    name: str
    query: str  # as `plain` has it
    who: str
    at: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What it asks, field by field."""
        return tuple(parse_qsl(self.query))

    @property
    def address(self) -> str:
        """What it asks as it stands in an address, without the question mark."""
        return urlencode(self.asked, errors="replace")


def plain(query: str) -> str:
    """The query of an address with its words as they are read; only what would part them stays escaped.

    >>> plain("?q=B%C3%BCro+in+Velm&act=&party=%26")
    'q=Büro in Velm&party=%26'
    """
    told = parse_qsl(query.removeprefix("?"))
    return "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in told)


def saved(case: Case, *, page: str, name: str, query: str, who: str, at: str) -> str:
    """Save a search under a name; its id. The same by the same person once more is the one that stands.

    Raises `CannotRule` for a name or a query that is empty or too long.
    """
    named, asked = " ".join(name.split()), plain(query)
    if not named or len(named) > LONGEST_NAME:
        raise CannotRule(f"Give the search a name of up to {LONGEST_NAME} characters.")
    if not asked or len(asked) > LONGEST_QUERY:
        raise CannotRule("There is nothing asked for that could be saved, or far too much.")
    with case.writing() as connection:
        for standing in listed(connection, page=page, who=who):
            if (standing.name, standing.query) == (named, asked):
                return standing.id
        made = f"sav-{secrets.token_hex(6)}"
        row = {"id": made, "page": page, "name": named, "query": asked, "who": who, "at": at}
        connection.execute(table.insert(), row)
        _opened(connection, made, who)
        audit.note(connection, at=at, who=who, what="saved a search", about=made, body={"page": page})
    return made


def withdraw(case: Case, asked: str, *, who: str, at: str) -> bool:
    """Take a saved search back; whether it stood. It stays written down. Raises `NoSuchThing`."""
    with case.writing() as connection:
        standing = one(connection, asked)
        if standing.withdrawn_at is not None:
            return False
        connection.execute(update(table).where(table.c.id == asked).values(withdrawn_at=at, withdrawn_by=who))
        body = {"page": standing.page}
        audit.note(connection, at=at, who=who, what="withdrew a saved search", about=asked, body=body)
    return True


def listed(
    connection: Connection, *, page: str | None = None, who: str | None = None, also_withdrawn: bool = False
) -> tuple[Saved, ...]:
    """The saved searches that stand, in the order they were saved: of one page, by one person."""
    asked = select(table).order_by(table.c.at, table.c.id)
    if page is not None:
        asked = asked.where(table.c.page == page)
    if who is not None:
        asked = asked.where(table.c.who == who)
    if not also_withdrawn:
        asked = asked.where(table.c.withdrawn_at.is_(None))
    return tuple(_saved(row) for row in connection.execute(asked))


def one(connection: Connection, asked: str) -> Saved:
    """One saved search, withdrawn or not, by its whole id. Raises `NoSuchThing`."""
    row = connection.execute(select(table).where(table.c.id == asked)).first()
    if row is None:
        raise NoSuchThing(f"There is no saved search {asked}.")
    return _saved(row)


# Opening


def opened(case: Case, asked: str, *, who: str) -> None:
    """Remember how much of the case there was when somebody opened a saved search. No part of the record."""
    with case.writing() as connection:
        _opened(connection, asked, who)


def seen_until(connection: Connection, who: str) -> dict[str, int]:
    """The last report (its `seq`) that was in the case when somebody last opened each saved search."""
    asked = select(openings.c.saved, openings.c.seq).where(openings.c.who == who)
    return {row.saved: row.seq for row in connection.execute(asked)}


def _opened(connection: Connection, asked: str, who: str) -> None:
    newest = connection.execute(select(func.max(reports.c.seq))).scalar() or 0
    mine = (openings.c.saved == asked) & (openings.c.who == who)
    if connection.execute(update(openings).where(mine).values(seq=newest)).rowcount == 0:
        connection.execute(into(openings), {"saved": asked, "who": who, "seq": newest})


def _escaped(words: str) -> str:
    return PARTING.sub(lambda found: quote(found[0], errors="replace"), words)


def _saved(row: Any) -> Saved:
    return Saved(*row)
