"""Finding: from a page to its moments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sayso.grounding.stretches import PLAIN, Stretch
from sayso.grounding.times.cases import evened
from sayso.grounding.times.draft import Draft, Here, Pattern, Rows
from sayso.grounding.times.joins import joined
from sayso.grounding.times.known import known_years, near_known
from sayso.grounding.times.order import order_of
from sayso.grounding.times.rows import rows_about_time
from sayso.grounding.times.ties import Found, tied
from sayso.knowledge import Knowledge
from sayso.record import Interval, Moment, Page, Published, Quotation, Span
from sayso.values import moment as calendar
from sayso.values.kept import kept

UNTIL = re.compile(r"\b(?:until|till|through) (?:the )?$", re.I)


def find_moments(
    page: Page, stretches: Sequence[Stretch], published: Published, knowledge: Knowledge, *, said: bool = False
) -> tuple[Moment, ...]:
    """All times that a page names, in order, numbered from m1.

    With `said`, those in quotations count from `published` too: it is the day they were said on.
    """
    rows = rows_about_time(knowledge)
    anchor, known, order = calendar.anchor(published), known_years(knowledge), order_of(page, knowledge)
    found = []
    for number, stretch in enumerate(unbroken(page, stretches, rows)):
        if rows.trigger.search(stretch.text) is None:
            continue
        quoted = quoted_in(() if said else page.quotations, stretch)
        even = evened(stretch, rows)
        here = Here(even, anchor, published, quoted, rows, near_known(even, known), order)
        for draft in drafts_in(here, rows.patterns):
            span = stretch.span(draft.start, draft.end)
            if span is not None:
                found.append(Found(number, span, draft))
    return tuple(moment_of(one, number) for number, one in enumerate(tied(found, rows), 1))


def unbroken(page: Page, stretches: Sequence[Stretch], rows: Rows) -> list[Stretch]:
    """The sentences, those that were parted behind "5 p.m." put together with the "Wednesday" that goes on."""
    joined: list[Stretch] = []
    for stretch in stretches:
        last = joined[-1] if joined else None
        if last is None or not last.text.endswith(".m.") or rows.goes_on.match(stretch.text) is None:
            joined.append(stretch)
            continue
        whole = Span(last.kept.pieces[0].start, stretch.kept.pieces[-1].end)
        text = kept(page.report.text, whole, [cut.span for cut in page.cuts])
        tokens = (*last.tokens, *stretch.tokens)
        starts = tuple(text.position(token.start) for token in tokens)
        joined[-1] = Stretch(last.number, text, text.text.translate(PLAIN), tokens, starts)
    return joined


def moment_of(found: Found, number: int) -> Moment:
    """The record's moment of a time that was found."""
    draft = found.draft
    when = draft.when
    return Moment(
        f"m{number}", found.span, draft.type, when.timex, draft.mod, when.earliest, when.latest, when.granularity,
        draft.zone, draft.alternatives, draft.relative_to,
    )  # fmt: skip


def settled_by_interval(
    page: Page, stretches: Sequence[Stretch], moments: tuple[Moment, ...], published: Published, knowledge: Knowledge
) -> tuple[Moment, ...]:
    """Settle the year of yearless months and days where every day the report can be from gives the same year."""
    first = calendar.parsed_day(published.earliest or "")
    last = calendar.parsed_day(published.latest or "")
    if first is None or last is None or not any((moment.timex or "").startswith("XXXX-") for moment in moments):
        return moments
    last = date.fromordinal(last.toordinal() - 1)
    as_of = [
        find_moments(page, stretches, Published(*_day_of(day), published.basis), knowledge) for day in (first, last)
    ]
    same = [{moment.span: moment for moment in found} for found in as_of]
    return tuple(_settled(moment, *(found.get(moment.span) for found in same)) for moment in moments)


def _settled(moment: Moment, one: Moment | None, other: Moment | None) -> Moment:
    yearless = re.fullmatch(r"XXXX-\d\d(?:-\d\d)?", moment.timex or "") is not None
    if not yearless or one is None or other is None:
        return moment
    same = one.timex == other.timex and (one.earliest, one.latest) == (other.earliest, other.latest)
    return replace(one, id=moment.id) if same else moment


def _day_of(day: date) -> tuple[str | None, str | None]:
    whole = calendar.day(day)
    return whole.earliest, whole.latest


def moment_of_dateline(page: Page, moments: Sequence[Moment], knowledge: Knowledge) -> Moment | None:
    """The date in a dateline, if it has one."""
    if page.dateline is None:
        return None
    joined_text = kept(page.report.text, page.dateline.span, [cut.span for cut in page.cuts])
    rows = rows_about_time(knowledge)
    stretch = evened(Stretch(-1, joined_text, joined_text.text.translate(PLAIN), (), ()), rows)
    anchor = calendar.anchor(page.published)
    here = Here(stretch, anchor, page.published, lambda at: False, rows, near_known(stretch, []))
    for draft in drafts_in(here, rows.patterns):
        span = stretch.span(draft.start, draft.end)
        if span is not None and draft.type == "DATE":
            return moment_of(Found(-1, span, draft), len(moments) + 1)
    return None


def drafts_in(here: Here, patterns: Sequence[Pattern]) -> list[Draft]:
    """The times of one sentence: the earliest first, of two that overlap the longer."""
    text = here.stretch.text
    drafts: list[Draft] = []
    for pattern, read in patterns:
        for match in pattern.finditer(text):
            draft = read(match, here)
            if draft is not None:
                drafts.append(draft)
    drafts.sort(key=lambda draft: (draft.start - draft.end, draft.start))
    apart: list[Draft] = []  # in the order of the text
    for draft in drafts:
        at = bisect_left(apart, draft.start, key=lambda other: other.start)
        is_free_before = at == 0 or apart[at - 1].end <= draft.start
        if is_free_before and (at == len(apart) or draft.end <= apart[at].start):
            apart.insert(at, draft)
    return [_bounded(_without_stop(draft, text), here) for draft in joined(apart, here)]


def _without_stop(draft: Draft, text: str) -> Draft:
    """A time without the stop that ends its sentence: "on 14 Jan." has none of its own, "5 p.m." has."""
    words = text[draft.start : draft.end]
    is_last = draft.end == len(text.rstrip()) and words.endswith(".") and not words.endswith(".m.")
    return replace(draft, end=draft.end - 1) if is_last else draft


def _bounded(draft: Draft, here: Here) -> Draft:
    """Open or close a date by the preposition before it: "since", "until", "before", "after", "by"."""
    if draft.type == "DATE" and draft.alternatives and UNTIL.search(here.stretch.text[: draft.start]):
        ends = tuple(Interval(None, one.latest) for one in draft.alternatives)
        return replace(draft, mod=draft.mod or "BEFORE", alternatives=ends)
    if draft.type != "DATE" or draft.when.earliest is None or draft.when.latest is None:
        return draft
    if "/" in (draft.when.timex or ""):
        return draft
    text = here.stretch.text
    before = here.rows.bound.search(text[max(0, draft.start - 16) : draft.start])
    if before is None:
        return draft
    when, last = draft.when, here.published.latest
    match here.rows.bounds[" ".join(before["bound"].lower().split())]:
        case "since":
            latest = last if last is not None and last > (when.earliest or "") else None
            return replace(draft, when=replace(when, latest=latest))
        case "until" | "by":
            return replace(draft, mod=draft.mod or "BEFORE", when=replace(when, earliest=None))
        case "before":
            return replace(draft, mod=draft.mod or "BEFORE", when=replace(when, earliest=None, latest=when.earliest))
        case "after":
            return replace(draft, mod=draft.mod or "AFTER", when=replace(when, earliest=when.latest, latest=None))
        case other:
            raise ValueError(f"en/time.toml: no such bound as {other}")


def quoted_in(quotations: tuple[Quotation, ...], stretch: Stretch) -> Callable[[int], bool]:
    """Whether a place of a sentence stands inside a quotation."""
    spans: list[Span] = [piece for quotation in quotations for piece in quotation.inner]
    first = stretch.kept.pieces[0].start if stretch.kept.pieces else 0
    last = stretch.kept.pieces[-1].end if stretch.kept.pieces else 0
    near = [span for span in spans if span.start < last and first < span.end]

    def is_quoted(at: int) -> bool:
        for span in stretch.kept.spans(at, at + 1):
            return any(inner.start <= span.start < inner.end for inner in near)
        return False

    return is_quoted if near else lambda at: False
