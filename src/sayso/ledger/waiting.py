"""What waits for a person: anchors that were lost, readings that changed. Settled, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.ledger import audit
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import queue

if TYPE_CHECKING:
    from sayso.ledger.case import Case


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that a person should look at: since when, of what sort, about which id, and what it is."""

    id: int
    at: str
    kind: str  # lost_anchor | changed_reading | …
    about: str
    says: str


def wait(connection: Connection, *, at: str, kind: str, about: str, says: str) -> None:
    """Put something before people; what waits already is not put there twice."""
    same = select(queue.c.id).where(queue.c.kind == kind, queue.c.about == about, queue.c.done_at.is_(None))
    if connection.execute(same).first() is None:
        connection.execute(queue.insert().values(at=at, kind=kind, about=about, says=says))


def waiting(connection: Connection, *, about: str | None = None) -> tuple[Waiting, ...]:
    """What nobody has settled yet, the oldest first."""
    asked = select(queue.c.id, queue.c.at, queue.c.kind, queue.c.about, queue.c.says).where(queue.c.done_at.is_(None))
    if about is not None:
        asked = asked.where(queue.c.about == about)
    return tuple(Waiting(*row) for row in connection.execute(asked.order_by(queue.c.id)))


def settled(case: Case, number: int, *, who: str, at: str) -> None:
    """Take one thing off the queue. Raises `NoSuchThing` where nothing with that number waits."""
    with case.writing() as connection:
        mine = (queue.c.id == number) & queue.c.done_at.is_(None)
        if connection.execute(queue.update().where(mine).values(done_at=at, done_by=who)).rowcount == 0:
            raise NoSuchThing(f"Nothing with the number {number} waits for anybody.")
        audit.note(connection, at=at, who=who, what="settled", about=str(number), body={})


def no_longer_waits(connection: Connection, *, kind: str, about: str, at: str) -> None:
    """Take off the queue what has settled itself."""
    mine = (queue.c.kind == kind) & (queue.c.about == about) & queue.c.done_at.is_(None)
    connection.execute(queue.update().where(mine).values(done_at=at))
