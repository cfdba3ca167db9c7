"""The audit: one row for everything done to a case, each holding the hash of the row before.

A row's hash is the SHA-256 of its line: the other fields as JSON, keys sorted, no blanks, UTF-8, and a newline. So a
row written to a file can be checked with `sha256sum` alone (see `verifying`).

A row holds ids, hashes, counts and names of rulings; never words of a report, nor a person's name from one, so that
what is erased from the case was never in the chain. Words that people typed are there as a salted hash; only
the reason for which private persons were shared stands in the clear, and it is refused where it names one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.quick import ask
from sayso.ledger.schema import audit

FIRST = "0" * 64
"""What stands for the hash of the row before the first."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One row of the audit. `body` is canonical JSON."""

    seq: int
    at: str
    who: str
    what: str
    about: str
    body: str
    previous: str
    hash: str

    @property
    def line(self) -> str:
        """What is hashed: all but the hash itself."""
        told = {
            "about": self.about,
            "at": self.at,
            "body": json.loads(self.body),
            "previous": self.previous,
            "seq": self.seq,
            "what": self.what,
            "who": self.who,
        }
        return canonical(told) + "\n"

    @property
    def true_hash(self) -> str:
        """The hash of the row as it stands."""
        return hashlib.sha256(self.line.encode("utf-8", errors="surrogatepass")).hexdigest()


def note(connection: Connection, *, at: str, who: str, what: str, about: str, body: Mapping[str, Any]) -> Noted:
    """Append one row, in the caller's transaction. `body` holds no words of a report: ids, hashes and counts."""
    last = ask(connection, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    row = Noted(seq, at, who, what, about, canonical(body), previous, "")
    noted = replace(row, hash=row.true_hash)
    connection.execute(audit.insert(), {name: getattr(noted, name) for name in Noted.__slots__})
    return noted


def rows(connection: Connection, *, about: str | None = None) -> Iterator[Noted]:
    """The rows in order; with `about`, those about one id."""
    asked = select(audit).order_by(audit.c.seq).execution_options(yield_per=1000)
    if about is not None:
        asked = asked.where(audit.c.about == about)
    for row in connection.execute(asked):
        yield Noted(*row)


def canonical(told: Mapping[str, Any]) -> str:
    """JSON that is the same for the same content: keys sorted, no blanks."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
