"""What checks of the seals there were, and which reports the last of them found changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from sayso.ledger.packing import noun_from
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import audit, originals
from sayso.ledger.verifying import Verdict
from sayso.ledger.working import seal_checks as table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

LIMIT = 50


@dataclass(frozen=True, slots=True)
class SealCheck:
    """One check of the seals: who asked for it, how far it is, and what it found once it has ended.

    `noted` is the row of the audit that tells of its end: its number and its hash.
    """

    id: str
    at: str
    who: str
    ended_at: str | None
    done: int
    of: int
    verdict: Verdict | None
    noted: tuple[int, str] | None = None

    @property
    def is_cut_off(self) -> bool:
        """Whether it ended without having looked at everything."""
        return self.ended_at is not None and self.verdict is None


@dataclass(frozen=True, slots=True)
class Seal:
    """One sealed original: its SHA-256, its bytes, and when it was taken in."""

    sha256: str
    bytes: int
    media_type: str | None
    kind: str  # report | container
    added_at: str


def seal_checks(connection: Connection, *, limit: int = LIMIT) -> tuple[SealCheck, ...]:
    """Checks, the last first."""
    asked = select(table).order_by(table.c.at.desc(), table.c.id).limit(limit)
    return tuple(_noun(row) for row in connection.execute(asked))


def seal_check(connection: Connection, name: str) -> SealCheck:
    """One check by its id. Raises `NoSuchThing`."""
    row = connection.execute(select(table).where(table.c.id == name)).first()
    if row is None:
        raise NoSuchThing(f"There is no check of the seals with the id {name!r}.")
    told = select(audit.c.seq, audit.c.hash).where(audit.c.about == name, audit.c.what == "checked")
    noted = connection.execute(told).first()
    return _noun(row, (noted.seq, noted.hash) if noted else None)


def last_check(connection: Connection) -> SealCheck | None:
    """The last check that looked at everything; None where there was none."""
    asked = select(table).where(table.c.verdict.is_not(None)).order_by(table.c.at.desc(), table.c.id).limit(1)
    row = connection.execute(asked).first()
    return _noun(row) if row is not None else None


def changed_since_sealed(connection: Connection) -> frozenset[str]:
    """The reports that the last check of the seals found changed or missing."""
    last = last_check(connection)
    if last is None or last.verdict is None:
        return frozenset()
    return frozenset(last.verdict.changed)


def seals(connection: Connection) -> Iterator[Seal]:
    """Every sealed original, in the order of adding."""
    asked = select(originals).order_by(originals.c.added_at, originals.c.sha256).execution_options(yield_per=1000)
    for row in connection.execute(asked):
        yield Seal(row.sha256, row.bytes, row.media_type, row.kind, row.added_at)


def _noun(row: Row[Any], noted: tuple[int, str] | None = None) -> SealCheck:
    verdict = noun_from(Verdict, row.verdict) if row.verdict is not None else None
    return SealCheck(row.id, row.at, row.who, row.ended_at, row.done, row.of, verdict, noted)
