"""Whether a case is what it was, as a page for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.export import aloud
from sayso.export.ink import Line, Run, hanging, painted, safe, titled, wrap
from sayso.export.pointing import faint
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.ledger.verifying import Finding, Verdict

HOLDS = "All holds: "
BROKEN = "Something does not hold: "
HEAD = (
    "Note the head of the audit somewhere else. Whoever has it can tell later, with --head, whether the end of the "
    "audit was cut off:"
)


def page(verdict: Verdict, *, width: int = 80, colour: bool = False) -> str:
    """What was checked, what is broken, what a person should know, and the head of the audit."""
    width = min(max(width, NARROWEST), WIDEST)
    checked = aloud.listed(
        [
            aloud.several(verdict.originals, "original"),
            aloud.several(verdict.reports, "report"),
            aloud.several(verdict.decisions, "decision"),
            f"{aloud.several(verdict.rows, 'row')} of the audit",
        ]
    )
    sign = Run("✓ ", "good") if verdict.holds else Run("✗ ", "bad")
    lines = wrap([sign, Run(HOLDS if verdict.holds else BROKEN, "who"), Run(f"{checked} were checked.")], width)
    lines += _findings("Broken", verdict.broken, Run("✗", "bad"), width)
    lines += _findings("To know", verdict.notices, Run("·", "unsure"), width)
    lines += [[], *wrap([faint(HEAD)], width), *wrap([Run(safe(verdict.head))], width)]
    return painted(lines, colour=colour)


def _findings(title: str, findings: Sequence[Finding], sign: Run, width: int) -> list[Line]:
    if not findings:
        return []
    lines: list[Line] = [[], *titled(title, f"{len(findings):,}", width)]
    for finding in findings:
        lines += hanging([sign], [Run(safe(finding.says))], width, 2)
    return lines
