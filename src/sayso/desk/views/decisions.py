"""The list of decisions and one decision whole, as the templates and the twins show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.ledger.audit import Noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.ledger.asking.answers import AuditRow, DecisionRow
    from sayso.record import Anchor, Decision

COLUMNS = (
    "decision", "ruling", "standing", "about", "value", "field", "before", "after", "who", "at", "why",
    "withdrawn_by", "withdrawn_at", "words",
)  # fmt: skip

ENOUGH = 40
AROUND = 70
"""Characters of a sentence that are shown on each side of a few words of it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the audit, with the line whose hash it bears."""

    row: AuditRow
    line: str
    holds: bool  # whether the line hashes to what is written


def links_of(rows: Iterable[AuditRow]) -> tuple[Link, ...]:
    """Rows of the audit as anybody can check them."""
    told = []
    for row in rows:
        noted = Noted(row.seq, row.at, row.who, row.what, row.about, row.body, row.previous, row.hash)
        told.append(Link(row, noted.line.rstrip("\n"), noted.true_hash == row.hash))
    return tuple(told)


def table_rows(rows: Iterable[DecisionRow]) -> Iterator[dict[str, Any]]:
    """A row for each field that was corrected; one for a decision that corrects none."""
    for row in rows:
        one = row.decision
        told = {
            "decision": one.id,
            "ruling": one.ruling,
            "standing": row.standing,
            "about": " ".join(one.about),
            "value": one.value,
            "who": one.who,
            "at": one.at,
            "why": one.why,
            "withdrawn_by": one.withdrawn_by,
            "withdrawn_at": one.withdrawn_at,
            "words": " … ".join(anchor.words for anchor in one.anchors),
        }
        for change in one.corrections:
            yield {**told, "field": change.field, "before": change.before, "after": change.after}
        if not one.corrections:
            yield told


def pointed_reports(ruled: Iterable[Decision]) -> Iterator[str]:
    """The reports that some decisions point into."""
    for one in ruled:
        yield from (about.partition("#")[0] for about in one.about if about.startswith("sha256:"))
        yield from (anchor.report for anchor in _anchors(one))


def around(anchor: Anchor, sentence: Anchor | None) -> tuple[str, str, str]:
    """Words with what stands before and after them in their sentence, cut at blanks; nothing where they say enough."""
    if sentence is None or len(anchor.words) > ENOUGH:
        return "", anchor.words, ""
    at = anchor.span.start - sentence.span.start
    before, after = sentence.words[:at], sentence.words[at + len(anchor.words) :]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    return before, anchor.words, after


def _anchors(ruled: Decision) -> Iterator[Anchor]:
    yield from ruled.anchors
    yield from (one.anchor for one in ruled.corrections if one.anchor is not None)
