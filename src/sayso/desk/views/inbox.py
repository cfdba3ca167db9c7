"""The inbox as the page shows it: which sort of rows, what the row of a cluster says, what was marked last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sayso.desk.notices import without_notice
from sayso.ledger.asking.inbox import Cluster, Copy
from sayso.ledger.originals import path_of
from sayso.ledger.signs import FLAGS
from sayso.ledger.taking_in import TakenIn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.ledger.asking.taken import Lost
    from sayso.ledger.case import Case
    from sayso.ledger.marks import Mark

COLUMNS = (
    "report", "headline", "publisher", "reports", "copies", "origin_known", "first", "last", "languages", "state",
    "marked_by", "flags", "statements", "denials", "not_verified", "incidents",
)  # fmt: skip
MEMBERS = (
    "report", "title", "publisher", "published_earliest", "published_latest", "published_basis", "language", "added_at",
    "how", "of", "flags",
)  # fmt: skip
LOGGED = (
    "id", "how", "kind", "name", "sha256", "bytes", "at", "who", "state", "added", "known", "copies", "failed", "says",
    "locator",
)  # fmt: skip
WORDS = 140
"""Characters of a text that stand for a headline."""


@dataclass(frozen=True, slots=True)
class Told:
    """The row of a cluster."""

    cluster: Cluster
    headline: str
    is_head: bool  # whether the words are how the text begins, since it has no headline

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Some of the others."""
        return self.cluster.copies[1:]

    @property
    def more(self) -> int:
        """How many others there are besides."""
        return self.cluster.count - len(self.cluster.copies)


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked or unmarked last, with what undoes it."""

    marks: tuple[Mark, ...]
    undo: str  # park | back | seen | unseen
    kind: str
    is_withdrawn: bool

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about."""
        return tuple(one.about for one in self.marks)


def told(case: Case, found: Sequence[Cluster], sizes: Mapping[str, int]) -> tuple[Told, ...]:
    """The rows of clusters; a report whose file has not the size that was sealed is told to be changed."""
    return tuple(_row(_looked_at(case, one, sizes)) for one in found)


def _row(one: Cluster) -> Told:
    first = one.shown
    return Told(one, first.title or _beginning(first.head), is_head=first.title is None)


def _beginning(head: str) -> str:
    plain = " ".join(head.split())
    return plain if len(plain) <= WORDS else plain[:WORDS].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _looked_at(case: Case, one: Cluster, sizes: Mapping[str, int]) -> Cluster:
    """With those told to be changed whose file is gone, or has another size than was sealed."""
    changed = {copy.report for copy in one.copies if copy.report in sizes and _is_changed(case, copy, sizes)}
    if not changed:
        return one
    copies = tuple(
        replace(copy, flags=_in_order({*copy.flags, "changed"})) if copy.report in changed else copy
        for copy in one.copies
    )
    flags = {**dict(one.flags), "changed": max(len(changed), dict(one.flags).get("changed", 0))}
    return replace(one, copies=copies, flags=tuple((flag, flags[flag]) for flag in FLAGS if flags.get(flag)))


def _in_order(flags: set[str]) -> tuple[str, ...]:
    return tuple(flag for flag in FLAGS if flag in flags)


def _is_changed(case: Case, copy: Copy, sizes: Mapping[str, int]) -> bool:
    try:
        return path_of(case, copy.report).stat().st_size != sizes[copy.report]
    except OSError:
        return True


def cells(one: Cluster) -> dict[str, Any]:
    """A cluster as a row of `COLUMNS`, and as an object of JSON."""
    first = one.shown
    return {
        "report": first.report,
        "headline": first.title,
        "publisher": first.publisher,
        "reports": one.count,
        "copies": one.count - 1,
        "origin_known": one.has_origin or one.count == 1,
        "first": one.first,
        "last": one.last,
        "languages": " ".join(one.languages),
        "state": one.state,
        "marked_by": one.marked_by,
        "flags": " ".join(flag for flag, _ in one.flags),
        "statements": one.statements,
        "denials": one.denials,
        "not_verified": one.unverified,
        "incidents": one.incidents,
    }


def as_object(one: Cluster) -> dict[str, Any]:
    """A cluster with each of its reports, for programs."""
    return {
        **cells(one),
        "flags": dict(one.flags),
        "members": [
            {
                "report": copy.report,
                "title": copy.title,
                "publisher": copy.publisher,
                "published_earliest": copy.published.earliest,
                "published_latest": copy.published.latest,
                "published_basis": copy.published.basis,
                "language": copy.language,
                "added_at": copy.added_at,
                "how": copy.how,
                "of": copy.of,
                "flags": list(copy.flags),
            }
            for copy in one.copies
        ],
    }


def log_cells(one: TakenIn | Lost) -> dict[str, Any]:
    """What was taken in, or gave no report, as a row of `LOGGED`."""
    if isinstance(one, TakenIn):
        return {name: getattr(one, name, None) for name in LOGGED}
    mine = log_cells(one.taken) if one.taken is not None else dict.fromkeys(LOGGED)
    failed = one.failed
    return {
        **mine,
        "name": failed.path or failed.url,
        "at": failed.at,
        "state": "failed",
        "says": failed.says,
        "locator": failed.locator,
    }


def back_with(back: str, marks: Sequence[int]) -> str:
    """An address of the desk to go back to, with what was marked."""
    plain = without_marked(without_notice(back))
    joined = "-".join(map(str, marks))
    if not joined:
        return plain
    return f"{plain}{'&' if '?' in plain else '?'}marked={joined}"


def without_marked(address: str) -> str:
    """The same address without what was marked last, and what was taken in last.

    >>> without_marked("/inbox?show=seen&marked=3-4"), without_marked("/inbox?took=3")
    ('/inbox?show=seen', '/inbox')
    """
    path, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in ("marked", "took")]
    return f"{path}?{'&'.join(kept)}" if kept else path
