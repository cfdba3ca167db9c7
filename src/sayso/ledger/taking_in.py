"""What people hand in at the desk: sealed at once, read later, and never twice.

A row of `intake` is one file, one pasted text or one address. Its bytes are kept among the originals before the row is
written, so what the page shows as sealed is on the disk. A process beside the desk claims row after row and reads it
(`sayso.work.taking_in`); what it had claimed when it died is claimed again.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy import case as when_so

from sayso.ledger import audit
from sayso.ledger.originals import kept
from sayso.ledger.schema import originals, tombstones
from sayso.ledger.working import intake

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from sayso.ledger.case import Case

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"
FILE, PASTE, URL = "file", "paste", "url"
REPORTS, ROWS = "reports", "rows"
SILENT = 45
"""Seconds without a sign of life after which what another process reads is taken up again."""
TRIES = 3
LONG = 300_000
"""Bytes over which something is read after all that is shorter: a single text of so many takes minutes."""
"""How often reading one thing is begun: what ends the process each time is not tried for ever."""
LONGEST = 500
"""Characters of a name that are kept."""
PART = 80
"""Characters of each part of a name that a file is given."""
ODD = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\\:*?"<>|]')
ENDED = "Reading it ended the process {count} times. Its bytes are sealed; look whether the file is whole."
GONE = "These bytes were erased from the case on {at} by {who}: {why} They were not kept again."


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of what they hand in: when it came out (ISO), by whom it was published, where it stands."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def as_json(self) -> str:
        """What was said, nothing else."""
        told = {"published": self.published, "publisher": self.publisher, "url": self.url}
        return audit.canonical({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Handed:
    """Something handed in: how (file | paste | url), under which name or address, with what was said of it."""

    how: str
    name: str
    said: Said = field(default_factory=Said)
    kind: str = REPORTS


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A row of what was taken in. `sha256` is None until an address was fetched; counts are of reports."""

    id: int
    at: str
    who: str
    how: str
    kind: str
    name: str
    sha256: str | None
    bytes: int | None
    said: Said
    state: str
    began_at: str | None
    ended_at: str | None
    found: int
    added: int
    known: int
    copies: int
    failed: int
    says: str | None


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when."""

    who: str
    at: str


def taken_in(case: Case, handed: Handed, what: bytes | Path, by: By) -> TakenIn:
    """Keep bytes, or a file, and note who handed them in; they are on the disk when this returns, and wait to be read.

    What was erased from the case is not kept again: its row is failed, and says so. Raises `DamagedOriginal`.
    """
    sealed = _hash(what)
    size = len(what) if isinstance(what, bytes) else what.stat().st_size
    gone = _erased(case, sealed)
    if gone is None:
        kept(case, what)
    row = {"sha256": sealed, "bytes": size, "state": WAITING} if gone is None else {"state": FAILED, "says": gone}
    with case.writing() as connection:
        if gone is None:
            _insert_original(connection, sealed, size, at=by.at)
        made = _insert(connection, handed, by, row)
        body = {"intake": made, "how": handed.how, "bytes": size}
        audit.note(connection, at=by.at, who=by.who, what="took_in", about=f"sha256:{sealed}", body=body)
        return _one(connection, made)


def asked_for(case: Case, handed: Handed, by: By) -> TakenIn:
    """Note an address that is to be fetched, and who asked for it. Nothing is sealed yet."""
    with case.writing() as connection:
        made = _insert(connection, handed, by, {"state": WAITING})
        body = {"intake": made, "how": handed.how}
        audit.note(connection, at=by.at, who=by.who, what="asked_for", about=f"intake-{made}", body=body)
        return _one(connection, made)


def again(case: Case, asked: int, by: By) -> bool:
    """Let something that failed be read once more; whether it can be: what was erased cannot."""
    mine = (intake.c.id == asked) & (intake.c.state == FAILED) & (intake.c.kind == REPORTS)
    mine &= intake.c.sha256.is_not(None) | (intake.c.how == URL)
    with case.writing() as connection:
        changed = connection.execute(update(intake).where(mine).values(state=WAITING, tries=0, says=None)).rowcount
        if changed:
            audit.note(connection, at=by.at, who=by.who, what="took_in_again", about=f"intake-{asked}", body={})
    return bool(changed)


def one_taken_in(connection: Connection, asked: int) -> TakenIn | None:
    """One row, if it is there."""
    row = connection.execute(select(intake).where(intake.c.id == asked)).first()
    return None if row is None else _noun(row)


def safe_name(name: str) -> str:
    r"""A name as a path below the folder where we are: no way up, nothing a disk cannot hold.

    >>> safe_name("case/../../etc/pass\x00wd"), safe_name("C:\\a\\b.txt"), safe_name("///")
    ('case/etc/pass_wd', 'C_/a/b.txt', 'unnamed')
    """
    parts = [ODD.sub("_", part).strip() for part in name.replace("\\", "/").split("/")]
    parts = [_short(part) for part in parts if part.strip(". ")]
    return "/".join(parts[-8:]) or "unnamed"


def _short(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 12:
        stem, dot, ending = part, "", ""
    while len(stem.encode()) > 3 * PART or len(stem) > PART:
        stem = stem[: min(PART, len(stem) - 1)]
    return f"{stem}{dot}{ending}"


# Reading what waits


def something_waits(connection: Connection) -> bool:
    """Whether anything waits to be read, or was being read by whoever may be gone."""
    asked = select(intake.c.id).where(intake.c.state.in_((WAITING, READING))).limit(1)
    return connection.execute(asked).first() is not None


def claimed(case: Case, reader: str, *, at: str, gone: frozenset[str] = frozenset()) -> TakenIn | None:
    """The next thing to read, which is this reader's from now on; None where nothing waits, or another reads.

    `gone` are readers of which is known that they ended. One thing of a case is read at a time, in the order in which
    they were taken in; what is over `LONG` waits for all that is shorter.
    """
    silent = _before(at, SILENT)
    with case.writing() as connection:
        for row in connection.execute(select(intake).where(intake.c.state == READING)):
            alive = row.reader not in gone and row.reader != reader and (row.beat_at or "") >= silent
            if alive:
                return None
        _give_up(connection, at=at)
        is_long = when_so((intake.c.bytes > LONG, 1), else_=0)
        asked = select(intake.c.id).where(intake.c.state.in_((WAITING, READING))).order_by(is_long, intake.c.id)
        wanted = connection.execute(asked.limit(1)).scalar()
        if wanted is None:
            return None
        connection.execute(
            update(intake)
            .where(intake.c.id == wanted)
            .values(state=READING, reader=reader, began_at=at, beat_at=at, tries=intake.c.tries + 1, **_NOTHING)
        )
        return _one(connection, wanted)


_NOTHING = {"found": 0, "added": 0, "known": 0, "copies": 0, "failed": 0, "says": None}


def readers(connection: Connection) -> frozenset[str]:
    """The processes that read something, as far as the rows know."""
    asked = select(intake.c.reader).where(intake.c.state == READING, intake.c.reader.is_not(None))
    return frozenset(connection.execute(asked).scalars())


def _give_up(connection: Connection, *, at: str) -> None:
    """What ended the process that read it too often is failed."""
    often = (intake.c.state == READING) & (intake.c.tries >= TRIES)
    told = {"state": FAILED, "ended_at": at, "says": ENDED.format(count=TRIES)}
    connection.execute(update(intake).where(often).values(told))


def beat(case: Case, reader: str, *, at: str) -> None:
    """A reader tells that it lives."""
    mine = (intake.c.reader == reader) & (intake.c.state == READING)
    with case.writing() as connection:
        connection.execute(update(intake).where(mine).values(beat_at=at))


def came_to(case: Case, asked: int, counts: dict[str, int], *, at: str, sha256: str | None = None) -> None:
    """How far the reading of one thing is: `found`, `added`, `known`, `copies`, `failed`; the seal of what was fetched.

    The size of what was fetched is that of its original.
    """
    values: dict[str, Any] = {**counts, "beat_at": at}
    with case.writing() as connection:
        if sha256 is not None:
            plain = sha256.removeprefix("sha256:")
            size = select(originals.c.bytes).where(originals.c.sha256 == plain).scalar_subquery()
            values |= {"sha256": plain, "bytes": size}
        connection.execute(update(intake).where(intake.c.id == asked, intake.c.state == READING).values(values))


def ended(case: Case, asked: int, *, state: str, says: str | None, at: str) -> None:
    """Reading it is over: done, or failed and why."""
    with case.writing() as connection:
        told = {"state": state, "says": says, "ended_at": at}
        connection.execute(update(intake).where(intake.c.id == asked, intake.c.state == READING).values(told))


def settled_at_once(case: Case, asked: int, *, state: str, says: str | None, at: str) -> TakenIn:
    """What needs no reading is over as it is taken in: rows that the case is read with."""
    with case.writing() as connection:
        told = {"state": state, "says": says, "ended_at": at}
        connection.execute(update(intake).where(intake.c.id == asked).values(told))
        return _one(connection, asked)


# Rows


def _insert(connection: Connection, handed: Handed, by: By, more: dict[str, Any]) -> int:
    row = {
        "at": by.at,
        "who": by.who,
        "how": handed.how,
        "kind": handed.kind,
        "name": handed.name[:LONGEST],
        "given": handed.said.as_json,
        **more,
    }
    made: int = connection.execute(insert(intake).returning(intake.c.id), row).scalar_one()
    return made


def _insert_original(connection: Connection, sealed: str, size: int, *, at: str) -> None:
    there = select(originals.c.sha256).where(originals.c.sha256 == sealed)
    if connection.execute(there).first() is None:
        row = {"sha256": sealed, "bytes": size, "media_type": None, "kind": "intake", "added_at": at}
        connection.execute(insert(originals), row)


def _one(connection: Connection, asked: int) -> TakenIn:
    return _noun(connection.execute(select(intake).where(intake.c.id == asked)).one())


def _noun(row: Row[Any]) -> TakenIn:
    told = {name: getattr(row, name) for name in TakenIn.__slots__ if name != "said"}
    return TakenIn(**told, said=Said(**json.loads(row.given)))


def nouns(rows: list[Row[Any]]) -> tuple[TakenIn, ...]:
    """Rows of `intake` as nouns."""
    return tuple(_noun(row) for row in rows)


def _hash(what: bytes | Path) -> str:
    if isinstance(what, bytes):
        return hashlib.sha256(what).hexdigest()
    with what.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _erased(case: Case, sealed: str) -> str | None:
    """Why bytes are not kept: they were erased."""
    named = tombstones.c.about.in_((sealed, f"sha256:{sealed}"))
    with case.reading() as connection:
        asked = select(tombstones).where(named, tombstones.c.kind.in_(("report", "container", "intake")))
        found = connection.execute(asked).first()
    return None if found is None else GONE.format(at=found.at[:10], who=found.who, why=found.why)


def _before(at: str, seconds: int) -> str:
    return (datetime.fromisoformat(at) - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
