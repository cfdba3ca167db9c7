"""Rows of the audit as the templates and the twins show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.desk.views.decisions import links_of
from sayso.ledger.asking.ids import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.ledger.asking.answers import AuditRow
    from sayso.record import Decision

COLUMNS = ("seq", "at", "who", "what", "about", "body", "previous", "hash")
"""All that a row's hash is made of, and the hash."""
WHATS: Mapping[str, str] = {
    "made": "made the case",
    "added": "added a report",
    "read": "read a report",
    "read_again": "read a report anew",
    "found_again": "met a report again",
    "decided": "ruled",
    "withdrew": "withdrew a ruling",
    "settled": "saw to what waited",
    "erased": "erased",
    "exported": "exported",
    "shared": "shared",
    "took_in": "took in",
    "took_in_again": "took in again",
    "marked": "set a mark",
    "unmarked": "took a mark away",
    "looked": "looked at a reading",
    "unlooked": "took back a look",
    "asked_for": "asked for an address",
    "saved a search": "saved a search",
    "withdrew a saved search": "put away a saved search",
    "signed_in": "signed in",
    "signed_out": "signed out",
    "sign_in_locked": "was kept from signing in",
    "account_made": "made an account",
    "account_closed": "closed an account",
    "account_reopened": "opened an account again",
    "role_changed": "gave another role",
    "password_changed": "gave another password",
    "began_check": "began to check the seals",
    "checked": "checked the seals",
    "check_cut_off": "a check of the seals was cut off",
}
"""What was done, in our words; what is not here is told by its own name."""
PLAIN = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit: what was done, in words, what it is about and which facts it holds."""

    row: AuditRow
    said: str
    line: str  # what is hashed
    holds: bool
    kind: str | None  # of what it is about: report | incident | speaker | decision | check; None for another
    report: str | None  # the report that it is about
    facts: tuple[tuple[str, str], ...]
    decision: Decision | None


def listed(rows: Iterable[AuditRow]) -> tuple[Entry, ...]:
    """Rows as a person reads them."""
    return tuple(
        Entry(
            one.row,
            WHATS.get(one.row.what, one.row.what.replace("_", " ")),
            one.line,
            one.holds,
            _kind(one.row.about),
            one.row.about if _kind(one.row.about) == "report" else None,
            _facts(one.row),
            one.row.decision,
        )
        for one in links_of(rows)
    )


def table_rows(rows: Iterable[AuditRow]) -> Iterator[dict[str, Any]]:
    """Rows for a table, as they stand in the audit."""
    for row in rows:
        yield {name: getattr(row, name) for name in COLUMNS}


def _kind(about: str) -> str | None:
    if about.startswith("chk-"):
        return "check"
    return kind_of(about) if ":" in about or "-" in about else None


def _facts(row: AuditRow) -> tuple[tuple[str, str], ...]:
    """What the row says besides: plain values by name; those of a decision stand in the decision."""
    if row.decision is not None:
        return ()
    body = json.loads(row.body)
    return tuple((name.replace("_", " "), _shown(held)) for name, held in sorted(body.items()) if held not in ("", []))


def _shown(held: Any) -> str:
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, list):
        return ", ".join(_shown(one) for one in held)
    return str(held) if isinstance(held, PLAIN) else json.dumps(held, ensure_ascii=False, sort_keys=True)
