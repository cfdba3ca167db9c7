"""What a check of the seals found, in words, and the seals themselves as rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.ledger.asking.seals import Seal
    from sayso.ledger.verifying import Finding, Verdict

CHANGED = "It is missing, or not what was sealed. Put it back from a backup."
COLUMNS = ("breaks", "kind", "about", "says")
SEALS = ("sha256", "bytes", "kind", "media_type", "added_at")
"""Neither titles nor paths: the list is made to be given away, and they repeat names and words that are withheld."""
DO: Mapping[str, str] = {
    "original": "Put the file back from a backup, under the same name, and check again. Until then, do not rely on "
    "what this report is said to say.",
    "text": "Put the database back from a backup, or erase the report and add its original again.",
    "chain": "Compare with a copy of the audit that was kept elsewhere: rows were changed or taken away.",
    "audit": "Compare with a copy of the audit that was kept elsewhere, and with a backup of the case.",
    "decision": "Compare with a backup of the case: what was ruled is not what the audit says of it.",
    "tombstone": "Erase it again, or put the case back from a backup.",
    "rows": "Run sayso reread, or put the database back from a backup.",
    "database": "Put the database back from a backup.",
    "left_over": "It can be removed, or added again.",
    "extractor": "Nothing need be done: what was sealed stays as it is.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Findings of one kind, with what to do about them."""

    kind: str
    breaks: bool
    findings: tuple[Finding, ...]
    do: str


def told_findings(verdict: Verdict | None) -> tuple[Told, ...]:
    """What was found, by kind: first what is broken, then what is to be known."""
    if verdict is None:
        return ()
    return (*_by_kind(verdict.broken, breaks=True), *_by_kind(verdict.notices, breaks=False))


def _by_kind(findings: Iterable[Finding], *, breaks: bool) -> Iterator[Told]:
    kinds: dict[str, list[Finding]] = {}
    for one in findings:
        kinds.setdefault(one.kind, []).append(one)
    for kind, held in kinds.items():
        yield Told(kind, breaks, tuple(held), DO.get(kind, "Compare with a backup of the case."))


def finding_rows(verdict: Verdict | None) -> Iterator[dict[str, Any]]:
    """What was found, a row each: also what a page only counts."""
    if verdict is None:
        return
    told = {one.about for one in verdict.broken}
    for breaks, held in ((True, verdict.broken), (False, verdict.notices)):
        for one in held:
            yield {"breaks": breaks, **asdict(one)}
    for about in verdict.changed:
        if about not in told:
            yield {"breaks": True, "kind": "changed", "about": about, "says": CHANGED}


def seal_rows(seals: Iterable[Seal]) -> Iterator[dict[str, Any]]:
    """The seals, a row each."""
    return (asdict(one) for one in seals)
