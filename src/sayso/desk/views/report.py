"""A report as the reader shows it: the marked text, its sections with counts, warnings, checks, and its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.desk.views.cards import Card, Happened, Said, Stretch
from sayso.desk.views.reader import AT, Mark, as_html, marks_of, turning, unholdable
from sayso.export import aloud
from sayso.ledger.asking.answers import ReportPage
from sayso.ledger.asking.reports import DAMAGED
from sayso.record import Check, Family, Reading, Span

FEW = 12
"""Stretches that a warning links to; how many there are besides is said."""
COPIES = ("exact", "near", "cut", "reworded", "half", "translated")


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section of the report, with how much stands in it."""

    id: str
    heading: Stretch | None
    statements: int
    events: int
    denials: int


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a reader must know of this copy before they rely on it, with where it shows."""

    kind: str
    says: str
    count: int
    spans: tuple[Span, ...]
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Another report that has a stretch in common with this one, and how the one was made of the other."""

    report: str
    how: str
    way: str  # of: this one was made of it | by: it was made of this one | with: not known


@dataclass(frozen=True, slots=True)
class Checked:
    """What was compared in the text, with the words compared."""

    kind: str
    holds: bool | None
    says: str
    at: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Words between quotation marks that belong to no statement, and why."""

    said: Stretch
    why: str


@dataclass(frozen=True, slots=True)
class View:
    """All that the reader shows of a report beside its cards."""

    html: Markup
    sections: tuple[SectionRow, ...]
    warnings: tuple[Warned, ...]
    checks: tuple[Checked, ...]
    held: int  # checks that hold
    copies: tuple[CopyRow, ...]
    unread: tuple[Unread, ...]
    cuts: tuple[tuple[str, int], ...]
    statements: int
    events: int
    denials: int
    rejected: int  # statements and events that a person rejected: they are counted nowhere else


def reader(page: ReportPage, dealt: Sequence[Card], *, marked: Span | None, cut_names: Mapping[str, str]) -> View:
    """A report ready to be shown; `marked` is the stretch that was asked for."""
    reading = page.reading
    text = reading.page.report.text
    anchors = {one.id: one.span.start for one in reading.page.sections}
    rejected = {one.part for one in page.ruled if one.standing == "rejected"}
    marks = list(marks_of(reading, rejected))
    if marked is not None:
        anchors["at"] = marked.start
        marks.append(Mark(marked, AT))
    checks = tuple(_checked(text, check) for check in reading.checks if check.holds is not True)
    return View(
        html=as_html(text, marks, anchors=anchors, cut_names=cut_names),
        sections=tuple(_sections(reading, dealt)),
        warnings=tuple(_warnings(page)),
        checks=tuple(sorted(checks, key=lambda one: one.holds is None)),
        held=sum(check.holds is True for check in reading.checks),
        copies=tuple(copies_in(page.families, page.row.id)),
        unread=tuple(_unread(reading)),
        cuts=tuple(Counter(cut.why for cut in reading.page.cuts).most_common()),
        statements=sum(one.id not in rejected for one in reading.statements),
        events=sum(one.id not in rejected for one in reading.events),
        denials=sum(one.act == "denies" and one.id not in rejected for one in reading.statements),
        rejected=len(rejected),
    )


def _stretch(text: str, span: Span) -> Stretch:
    return Stretch(text[span.start : span.end], span)


def _sections(reading: Reading, dealt: Sequence[Card]) -> Iterator[SectionRow]:
    for section in reading.page.sections:
        inside = [card for card in dealt if section.span.start <= card.start < section.span.end]
        said = [card for card in inside if isinstance(card, Said)]
        yield SectionRow(
            section.id,
            _stretch(reading.page.report.text, section.heading) if section.heading else None,
            len(said),
            sum(isinstance(card, Happened) for card in inside),
            sum(card.act == "denies" for card in said),
        )


def _warnings(page: ReportPage) -> Iterator[Warned]:
    """The gravest first: a seal that does not hold, then problems, then what was done to this copy."""
    problems = sorted(page.problems, key=lambda one: one.kind != DAMAGED)
    for problem in problems:
        spans = (problem.span,) if problem.span else ()
        yield Warned(problem.kind, problem.says, len(spans), spans, is_grave=problem.kind == DAMAGED)
    for sign in page.reading.page.condition:
        says = sign.says or aloud.said(aloud.CONDITIONS, sign.kind)
        yield Warned(sign.kind, says, len(sign.spans), sign.spans[:FEW])
    text = page.reading.page.report.text
    for kind, found in (("turning", turning(text)), ("unholdable", unholdable(text))):
        if found:
            yield Warned(kind, "", len(found), found[:FEW])


def _checked(text: str, check: Check) -> Checked:
    return Checked(check.kind, check.holds, check.says, tuple(_stretch(text, span) for span in check.spans))


def _unread(reading: Reading) -> Iterator[Unread]:
    text = reading.page.report.text
    for quotation in reading.quotations:
        if quotation.why_unread and not quotation.statement:
            yield Unread(_stretch(text, quotation.span), quotation.why_unread)


def copies_in(families: Sequence[Family], own: str) -> Iterator[CopyRow]:
    """The other reports of some families, each once: first what this one was made of, then what was made of it."""
    found: dict[str, CopyRow] = {}
    rows = [row for family in families for row in _of_family(family, own)]
    for row in sorted(rows, key=lambda one: ("of", "by", "with").index(one.way)):
        found.setdefault(row.report, row)
    yield from found.values()


def _of_family(family: Family, own: str) -> Iterator[CopyRow]:
    for member in family.members:
        if member.report == own and member.of and member.of != own:
            yield CopyRow(member.of, member.how, "of")
        elif member.report != own:
            yield CopyRow(member.report, member.how, "by" if member.of == own else "with")
