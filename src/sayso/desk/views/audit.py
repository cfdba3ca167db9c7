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
MARKED: Mapping[str, tuple[str, str]] = {
    "parked": ("parked a report", "took a report out of the parked"),
    "seen": ("has seen a report", "has not seen a report after all"),
    "skipped": ("skipped a question", "took back a skip"),
    "noted": ("wrote a note", "took back a note"),
    "second_look": ("asked for a second reader", "asks for no second reader any more"),
    "every_nth": ("asked for second readers of some", "asks for no second readers of some any more"),
    "settled": ("settled what two readers differed on", "took back what settled it"),
    "later": ("put off whether two are one", "takes up again whether two are one"),
}
"""What it means to set and to take away a mark of each kind."""
OURS = frozenset(("mark", "look", "intake", "kind", "decision"))
"""Numbers of our own rows, and what is told in the words of the row: nobody needs them beside it."""
NAMES: Mapping[str, str] = {
    "blind": "as a second reader", "verdict": "found it", "beside": "beside", "with": "by", "how": "handed in by",
    "text_sha256": "SHA-256 of the text", "reading": "fingerprint of the reading", "from": "role before",
    "to": "role now", "page": "of the page", "failures": "failed tries", "seconds": "seconds to wait",
    "password": "with a password",
}  # fmt: skip
"""What facts are called."""
PLAIN = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit: what was done, in words, what it is about and which facts it holds."""

    row: AuditRow
    said: str
    line: str  # what is hashed
    holds: bool
    kind: str | None  # of what it is about: report | incident | speaker | place | decision | check; None for another
    report: str | None  # the report that it is about, or in which that stands
    part: str | None  # which statement or event of the report: "st1"
    facts: tuple[tuple[str, str], ...]
    decision: Decision | None

    @property
    def ruled_of(self) -> tuple[str, ...]:
        """The ids of the reports, their parts and the incidents that a decision is about."""
        about = self.decision.about if self.decision else ()
        return tuple(one for one in about if one.startswith(("sha256:", "inc-")))


def listed(rows: Iterable[AuditRow]) -> tuple[Entry, ...]:
    """Rows as a person reads them."""
    return tuple(
        Entry(
            one.row,
            _said(one.row),
            one.line,
            one.holds,
            _kind(one.row.about),
            *_in_report(one.row.about),
            _facts(one.row),
            one.row.decision,
        )
        for one in links_of(rows)
    )


def table_rows(rows: Iterable[AuditRow]) -> Iterator[dict[str, Any]]:
    """Rows for a table, as they stand in the audit."""
    for row in rows:
        yield {name: getattr(row, name) for name in COLUMNS}


def _said(row: AuditRow) -> str:
    """What was done, in words."""
    told = MARKED.get(json.loads(row.body).get("kind", "")) if row.what in ("marked", "unmarked") else None
    if told is not None:
        return told[row.what == "unmarked"]
    return WHATS.get(row.what, row.what.replace("_", " "))


def _kind(about: str) -> str | None:
    if about.startswith("chk-"):
        return "check"
    return kind_of(about.partition("#")[0]) if ":" in about or "-" in about else None


def _in_report(about: str) -> tuple[str | None, str | None]:
    report, _, part = about.partition("#")
    return (report, part or None) if _kind(about) == "report" else (None, None)


def _facts(row: AuditRow) -> tuple[tuple[str, str], ...]:
    """What the row says besides: plain values by name; those of a decision stand in the decision."""
    if row.decision is not None:
        return ()
    body = json.loads(row.body)
    told = {name: held for name, held in body.items() if held not in ("", [], False) and not _is_ours(row, name)}
    return tuple((NAMES.get(name, name.replace("_", " ")), _shown(held)) for name, held in sorted(told.items()))


def _is_ours(row: AuditRow, name: str) -> bool:
    return name in OURS and not (name == "kind" and row.what not in ("marked", "unmarked"))


def _shown(held: Any) -> str:
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, list):
        return ", ".join(_shown(one) for one in held)
    return str(held) if isinstance(held, PLAIN) else json.dumps(held, ensure_ascii=False, sort_keys=True)
