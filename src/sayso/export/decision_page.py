"""What people ruled, as lines and as a page for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.export.ink import Line, Run, hanging, painted, safe, titled, wrap
from sayso.export.pointing import Reports, faint, quoted
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.record import Correction, Decision

NO_REPORTS = Reports()
WORDS_SHOWN = 120


def decision_in_words(decision: Decision, reports: Reports = NO_REPORTS) -> str:
    """A decision in one line: what was ruled of what, by whom, when and why, and whether it was withdrawn."""
    about = ", ".join(_about(one, reports) for one in decision.about)
    value = "; ".join(map(_changed, decision.corrections)) or decision.value
    value = f" → {value}" if value else ""
    gone = f" [withdrawn {decision.withdrawn_at} by {decision.withdrawn_by}]" if decision.withdrawn_at else ""
    ruling = decision.ruling.replace("_", " ")
    basis = f", as of {decision.as_of}" if decision.as_of else ""
    basis += f", by {decision.source}" if decision.source else ""
    return safe(f"{decision.id} {ruling}: {about}{value}{basis}, {decision.who}, {decision.at}: {decision.why}{gone}")


def _changed(told: Correction) -> str:
    """A field, what stood there, and what stands there now."""
    before = f"{quoted(told.before, WORDS_SHOWN)}, now " if told.before else ""
    return f"{told.field.replace('_', ' ')}: {before}{quoted(told.after or 'erased', WORDS_SHOWN)}"


def _about(one: str, reports: Reports) -> str:
    report, mark, part = one.partition("#")
    return f"{reports.short(report)}{mark}{part}"


def page(
    decisions: Sequence[Decision],
    reports: Reports = NO_REPORTS,
    *,
    waiting: Sequence[str] = (),
    width: int = 80,
    colour: bool = False,
) -> str:
    """Every decision with the words it rests on, then what waits for one."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = decision_lines("Decisions", decisions, reports, width)
    if not decisions:
        lines += wrap([Run("Nobody has ruled anything in this case yet.", "faint")], width)
    if waiting:
        lines += [[], *titled("To look at", f"{len(waiting):,}", width)]
        for says in waiting:
            lines += hanging([Run("·", "unsure")], [Run(safe(says))], width, 2)
    return painted(lines, colour=colour)


def decision_lines(title: str, decisions: Sequence[Decision], reports: Reports, width: int) -> list[Line]:
    """Decisions, each with the words it rests on."""
    lines = titled(title, f"{len(decisions):,}", width)
    for decision in decisions:
        style = "faint" if decision.withdrawn_at else ""
        lines += hanging([faint("·")], [Run(decision_in_words(decision, reports), style)], width, 2)
        for anchor in decision.anchors:
            lines += hanging([], [faint(f"{quoted(anchor.words, WORDS_SHOWN)} {reports.at(anchor)}")], width, 4)
    return lines
