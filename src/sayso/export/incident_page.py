"""An incident as a page for a terminal: who says what of one happening, and how that is known.

Pure: an `Incident` in, a text out. Nothing stands on it as true: the headline names who says so, every value names its
origin and its place in a report, figures stand side by side, and copies are folded beneath what they copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.export import aloud
from sayso.export.decision_page import decision_lines
from sayso.export.incident_figures import figure_lines, figures_in_a_line
from sayso.export.incident_matrix import account_lines, matrix_lines
from sayso.export.ink import Line, Run, hanging, indented, painted, rule, safe, titled, wrap
from sayso.export.pointing import About, Reports, faint, quoted, when, where
from sayso.export.terminal import NARROWEST, WIDEST
from sayso.export.touching_lines import touching_lines, touchings_in_a_line
from sayso.record import Anchor, Decision, Incident, Reason

LABELS = 12
"""Cells that a label takes."""
SAME_REASONS_SHOWN = 2
REASONS_SHOWN = 16
WORDS_SHOWN = 90
NO_REPORTS = Reports()
TRAY = (
    "Apart: nobody tells that this happened. It was threatened, planned, demanded or feared, "
    "or it is told that it did not come to pass."
)
KINDS_OF_COPY = {
    "exact": "the same words",
    "near": "nearly the same words",
    "cut": "cut",
    "reworded": "reworded",
    "half": "in part",
    "translated": "translated",
}


def page(
    incident: Incident,
    reports: Reports = NO_REPORTS,
    decisions: Sequence[Decision] = (),
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The whole page, no line wider than `width` cells (24 at least); no escape in it unless `colour`."""
    seen = _Seen(incident, reports, min(max(width, NARROWEST), WIDEST))
    parts = (
        top_lines(seen),
        matrix_lines(incident, reports, seen.width),
        account_lines(incident, reports, seen.width),
        touching_lines(incident, reports, seen.width),
        figure_lines(incident, reports, seen.width),
        report_lines(seen),
        why_lines(seen),
        decision_lines("Ruled", decisions, reports, seen.width) if decisions else [],
        open_lines(seen),
    )
    lines = [line for part in parts if part for line in [*part, []]]
    return painted(lines[:-1], colour=colour)


def first_screen(incident: Incident, reports: Reports = NO_REPORTS, *, width: int = 80, colour: bool = False) -> str:
    """The page in short: headline, when and where, who is counted, figures, denials, which reports are copies."""
    seen = _Seen(incident, reports, min(max(width, NARROWEST), WIDEST))
    lines = [
        *top_lines(seen),
        *figures_in_a_line(incident, seen.width),
        *touchings_in_a_line(incident, reports, seen.width),
        *_labelled(seen, "Reports", [Run(text) for text in _reports_in_short(seen)]),
    ]
    return painted(lines, colour=colour)


@dataclass(frozen=True)
class _Seen:
    """An incident, what is known of its reports, and how wide it is shown."""

    incident: Incident
    reports: Reports
    width: int

    @cached_property
    def report_ids(self) -> tuple[str, ...]:
        """Every report that tells of it or touches it, in the order it is met, each once."""
        return tuple(dict.fromkeys(_reports_of(self.incident)))

    @cached_property
    def copies(self) -> dict[str, list[About]]:
        """Reports of which others here are copies, with those; a copy of what is not here stands for itself."""
        made: dict[str, list[About]] = {}
        for report in self.report_ids:
            about = self.reports.about(report)
            head = self._head(about)
            made.setdefault(head, [])
            if head != report:
                made[head].append(about)
        return made

    def _head(self, about: About) -> str:
        met = {about.id}
        while about.of in self.report_ids and about.of not in met:
            about = self.reports.about(str(about.of))
            met.add(about.id)
        return about.id


def _reports_of(incident: Incident) -> Iterator[str]:
    yield from (telling.report for telling in incident.tellings)
    for origin in incident.origins:
        yield from (utterance.anchor.report for utterance in origin.utterances)
    for touching in (*incident.denials, *incident.caveats, *incident.silences):
        yield touching.anchor.report


# The top


def top_lines(seen: _Seen) -> list[Line]:
    """What is told, by whom; when and where with their doubt; who is counted."""
    incident = seen.incident
    kind = incident.kind.replace("_", " ")
    title = [Run(safe(kind[:1].upper() + kind[1:]), "heading"), faint(f" · {safe(incident.id)}")]
    lines = [*wrap(title, seen.width), rule("━", seen.width), *wrap(_headline(incident), seen.width), []]
    if incident.did_not_happen:
        lines += [*wrap([Run(TRAY, "unsure")], seen.width), []]
    lines += _labelled(seen, "When", [Run(*_when(incident))])
    lines += _labelled(seen, "Where", [Run(*_where(incident))])
    return [*lines, *_labelled(seen, "Counted", [Run(safe(incident.counter.says))])]


def _headline(incident: Incident) -> list[Run]:
    return [Run(safe(part.words), "quoted" if part.anchor else "who") for part in incident.headline]


def _when(incident: Incident) -> tuple[str, str]:
    told = when(incident.when)
    return (told, "") if told else ("no date is told", "unsure")


def _where(incident: Incident) -> tuple[str, str]:
    told = where(incident.where)
    return (told, "") if told else ("no place is told", "unsure")


def _labelled(seen: _Seen, label: str, runs: list[Run]) -> list[Line]:
    return hanging([faint(label)], runs, seen.width, LABELS)


# Which reports, and which of them are copies


def report_lines(seen: _Seen) -> list[Line]:
    """Each report once; copies folded beneath the report they copy."""
    copies = sum(map(len, seen.copies.values()))
    tally = f"{len(seen.report_ids):,}" + (f", {aloud.several(copies, 'copy', 'copies')} among them" if copies else "")
    lines = titled("Reports", tally, seen.width)
    for report, made in seen.copies.items():
        about = seen.reports.about(report)
        lines += hanging([Run(seen.reports.short(report), "who")], [Run(_named(about))], seen.width, 10)
        if made:
            lines += indented(hanging([faint("└")], [Run(_folded(seen, made))], seen.width - 10, 2), 10)
    return lines


def _named(about: About) -> str:
    told = [about.publisher or "publisher not known", about.day, about.title or ""]
    if about.of:
        told.append("a copy of a report that is not here")
    return safe(" · ".join(part for part in told if part))


def _folded(seen: _Seen, copies: Sequence[About], *, with_names: bool = True) -> str:
    """Copies in one phrase: "+2 copies: 63851fc8 reworded (The Daily Globe), a7fd96c3 cut"."""
    each = []
    for about in copies:
        by = f" ({about.publisher})" if about.publisher and with_names else ""
        each.append(f"{seen.reports.short(about.id)} {KINDS_OF_COPY.get(about.how, about.how)}{by}")
    return safe(f"+{aloud.several(len(copies), 'copy', 'copies')}: {', '.join(each)}")


def _reports_in_short(seen: _Seen) -> Iterator[str]:
    parts = []
    for report, made in seen.copies.items():
        about = seen.reports.about(report)
        named = f"{about.publisher or 'publisher not known'} {seen.reports.short(report)}"
        parts.append(named + (f" {_folded(seen, made, with_names=False)}" if made else ""))
    yield safe("; ".join(parts))


# Why these events are taken for one, and what would change it


def why_lines(seen: _Seen) -> list[Line]:
    """Reasons for (+) and against (−) taking the events told for one happening, each with the words compared."""
    reasons = seen.incident.reasons
    if not reasons:
        return []
    counted = sum(reason.speaks_for for reason in reasons)
    lines = titled("Why these are one", f"{counted} for, {len(reasons) - counted} against", seen.width)
    shown = list(few_of_each(reasons))
    for reason in shown[:REASONS_SHOWN]:
        sign = Run("+", "good") if reason.speaks_for else Run("−", "bad")
        lines += hanging([sign], list(_reason(seen, reason)), seen.width, 2)
    left = len(reasons) - len(shown[:REASONS_SHOWN])
    if left:
        lines += wrap([faint(f"and {left:,} more of these; --json gives all")], seen.width)
    return lines


def few_of_each(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """What speaks against first, then few of each name, so that no kind of reason hides behind another."""
    met: dict[tuple[str, bool], int] = {}
    for reason in sorted(reasons, key=lambda found: found.speaks_for):
        key = (reason.name, reason.speaks_for)
        met[key] = met.get(key, 0) + 1
        if met[key] <= SAME_REASONS_SHOWN:
            yield reason


def _reason(seen: _Seen, reason: Reason) -> Iterator[Run]:
    yield Run(safe(reason.says))
    for anchor in _two(reason):
        yield faint(f" · {quoted(anchor.words, WORDS_SHOWN)} {seen.reports.at(anchor)}")


def _two(reason: Reason) -> Iterable[Anchor]:
    return [anchor for anchor in (reason.here, reason.there) if anchor is not None]


def open_lines(seen: _Seen) -> list[Line]:
    """What would change this: what is not known, or known from one origin alone."""
    questions = seen.incident.open_questions
    if not questions:
        return []
    lines = titled("What would change this", "", seen.width)
    for question in questions:
        lines += hanging([faint("·")], [Run(safe(question))], seen.width, 2)
    return lines
