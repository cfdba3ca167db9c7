"""A report of a case as a page for a terminal: where it came from, what it copies and tells of, then its reading."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export import aloud, terminal
from sayso.export.decision_page import decision_in_words
from sayso.export.incident_list import when_of
from sayso.export.incident_page import KINDS_OF_COPY
from sayso.export.ink import Line, Run, hanging, painted, rule, safe, titled, wrap
from sayso.export.pointing import Reports, faint
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.ledger.asking.answers import IncidentRow, ReportPage
from sayso.record import Custody, Family, Span

LABELS = 12
RELATED = {"same_url": "another version from the same address", "same_text": "the same text in other bytes"}
NO_REPORTS = Reports()


def page(
    shown: ReportPage, reports: Reports = NO_REPORTS, *, at: Span | None = None, width: int = 80, colour: bool = False
) -> str:
    """Where the report came from and what the case knows of it, then the reading as `sayso read` shows it.

    `at` is a stretch that is shown first, with the line that it stands in.
    """
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*_asked(shown, at, width), *in_the_case(shown, reports, width), []]
    return painted(lines, colour=colour) + terminal.page(shown.reading, width=width, colour=colour)


def _asked(shown: ReportPage, at: Span | None, width: int) -> list[Line]:
    """The line that was asked for."""
    if at is None:
        return []
    text = shown.reading.page.report.text
    start = text.rfind("\n", 0, at.start) + 1
    end = text.find("\n", at.start)
    line = text[start : end if end >= 0 else len(text)]
    before, words = line[: at.start - start], line[at.start - start :]
    return [*wrap([Run(safe(before)), Run(safe(words), "who")], width), rule("─", width)]


def in_the_case(shown: ReportPage, reports: Reports, width: int) -> list[Line]:
    """How it came in, what it copies, what it tells of, what waits and what was ruled."""
    lines = titled("In the case", safe(shown.row.id), width)
    told = [
        *(("Moved", text) for text in [shown.moved] if text),
        *(("Came in", _custody(custody)) for custody in shown.custody),
        *(("Copies", text) for family in shown.families for text in _family(shown.row.id, family, reports)),
        *(("Also", f"{reports.short(one.report.id)}, {RELATED.get(one.how, one.how)}") for one in shown.related),
        *(("Tells of", f"{one.id} {one.kind.replace('_', ' ')}{_when_and_where(one)}") for one in shown.incidents),
        *(("Problem", problem.says) for problem in shown.problems),
        *(("To look at", says) for says in shown.queued),
        *(("Ruled", decision_in_words(decision, reports)) for decision in shown.decisions),
        ("Read", _readings(shown)),
    ]
    before = ""
    for label, text in told:
        lines += hanging([faint("" if label == before else label)], [Run(safe(text))], width, LABELS)
        before = label
    return lines


def _custody(custody: Custody) -> str:
    source = custody.url or custody.path or "standard input"
    inside = f", in {custody.container}" if custody.container else ""
    inside += f" at {custody.locator}" if custody.locator else ""
    return f"{custody.at} from {source}{inside}, by {custody.by or 'nobody named'}, with {custody.using}"


def _family(own: str, family: Family, reports: Reports) -> Iterator[str]:
    """What of this report is a copy and of what, and what copies it."""
    for member in family.members:
        how = KINDS_OF_COPY.get(member.how, member.how)
        if member.report == own and member.of:
            yield f"copy of {reports.short(member.of)}: {how}"
        elif member.report == own and member.how != "original":
            yield f"a copy, {how}; of which report is not known"
        elif member.of == own:
            yield f"copied by {reports.short(member.report)}: {how}"
        elif member.report != own:
            yield f"one telling with {reports.short(member.report)}: {how}"


def _when_and_where(row: IncidentRow) -> str:
    if row.counter is None:  # not drawn yet
        return ""
    return f" · {when_of(row)} · {row.place or 'place not told'}"


def _readings(shown: ReportPage) -> str:
    current = next((one for one in shown.readings if one.current), None)
    if current is None:
        return "not read yet"
    kept = f"; {aloud.several(len(shown.readings), 'reading')} kept" if len(shown.readings) > 1 else ""
    return f"{current.read_at} by sayso {current.sayso}{kept}"
