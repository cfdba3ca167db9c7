"""The wider layer of times, as people mark them after TIMEX3: also "now", "the quarter", "a year earlier" by guess.

The record is careful: a word such as "recently" is no date, an utterance has its own day, and "a week later" stays
open where nothing tells from when. Annotators of TIMEX3 mark all of these and give each its likeliest value. This
layer is for them, from the same patterns, and for measuring the stage against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sayso.grounding.stretches import PLAIN, Stretch, stretches
from sayso.grounding.times.cases import evened
from sayso.grounding.times.draft import Draft, Here, Rows, Step
from sayso.grounding.times.find import drafts_in, moment_of, unbroken
from sayso.grounding.times.known import known_years, near_known
from sayso.grounding.times.near import shifted
from sayso.grounding.times.order import order_of
from sayso.grounding.times.references import IN_YEAR
from sayso.grounding.times.rows import rows_about_time
from sayso.grounding.times.ties import Found
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse
from sayso.record import Moment, Page, Published, Span
from sayso.values import moment as calendar
from sayso.values.kept import kept

REACH, QUARTER_REACH = 2, 6
"""Sentences: how far back a time, or a quarter of a report of earnings, is still meant."""
DAYS = ("day", "part_of_day", "hour", "minute")


def find_timexes(page: Page, parse: Parse, published: Published, knowledge: Knowledge) -> tuple[Moment, ...]:
    """Every time of a text, also where it is cut or no sentence, with the value that a reader would give it."""
    rows = rows_about_time(knowledge)
    anchor, known, order = calendar.anchor(published), known_years(knowledge), order_of(page, knowledge)
    found: list[Found] = []
    for number, stretch in enumerate(evened(one, rows) for one in _everything(page, parse, rows)):
        near = near_known(stretch, known)
        here = Here(stretch, anchor, published, lambda at: False, rows, near, order, wide=True)
        for draft in drafts_in(here, rows.wide_patterns):
            span = stretch.span(draft.start, draft.end)
            if span is not None:
                found.append(Found(number, span, draft))
    settled = _settled(found, anchor, rows)
    return tuple(moment_of(one, number) for number, one in enumerate(settled, 1))


def _everything(page: Page, parse: Parse, rows: Rows) -> list[Stretch]:
    """The sentences, and what stands between them, in order."""
    whole = replace(page, cuts=())
    read = unbroken(whole, stretches(whole, parse), rows)
    gaps = [_bare(page, gap) for gap in _between(page)]
    return sorted([*read, *gaps], key=lambda stretch: stretch.kept.pieces[0].start)


def _between(page: Page) -> Iterator[Span]:
    at, text = 0, page.report.text
    for sentence in (*sorted(page.sentences), Span(len(text), len(text))):
        if text[at : sentence.start].strip():
            yield Span(at, sentence.start)
        at = max(at, sentence.end)


def _bare(page: Page, span: Span) -> Stretch:
    joined = kept(page.report.text, span)
    return Stretch(-1, joined, joined.text.translate(PLAIN), (), ())


def _settled(found: Sequence[Found], anchor: date | None, rows: Rows) -> list[Found]:
    settled: list[Found] = []
    for one in found:
        settled.append(one._replace(draft=_guessed(one, settled, anchor, rows)))
    return settled


def _guessed(one: Found, before: Sequence[Found], anchor: date | None, rows: Rows) -> Draft:
    """A time with its likeliest value: a step from the nearest time told, a year ago from the quarter told."""
    draft, step = one.draft, one.draft.step
    told = _quarter_told(one, before)
    year_ago = _is_a_year_ago(draft, anchor)
    if told is not None and year_ago:
        step = Step(-1, "year")
    if step is None:
        return replace(draft, counted=year_ago)
    if step.unit == IN_YEAR:
        number = int(((told.timex if told else draft.when.timex) or "Q1")[-1])
        return replace(draft, when=calendar.quarter(step.by, number), step=None, counted=True)
    if told is not None and (step.unit == "quarter" or (step.unit == "year" and step.by == -1)):
        base: calendar.Stretch | None = told
    elif draft.when.earliest is not None and step.part is None:
        return replace(draft, step=None)
    else:
        # Nothing told counts from the day of writing, unless that led past it: nobody told what is to come.
        base = _nearest(one, before, step.unit) or (calendar.day(anchor) if anchor and step.by <= 0 else None)
    when = shifted(base, step, rows) if base else None
    return replace(draft, when=when or draft.when, step=None, counted=step.by < 0)


def _is_a_year_ago(draft: Draft, anchor: date | None) -> bool:
    return draft.counted and anchor is not None and draft.when.timex == f"{anchor.year - 1:04}"


def _quarter_told(one: Found, before: Sequence[Found]) -> calendar.Stretch | None:
    """The last quarter named not far before."""
    for other in reversed(before):
        if one.sentence - other.sentence > QUARTER_REACH:
            return None
        if other.draft.when.granularity == "quarter" and other.draft.when.earliest and not other.draft.counted:
            return other.draft.when
    return None


def _nearest(one: Found, before: Sequence[Found], unit: str) -> calendar.Stretch | None:
    """The last day (for years: the last time of any kind) told not far before."""
    for other in reversed(before):
        if one.sentence - other.sentence > REACH:
            return None
        fine = other.draft.when.granularity
        if other.draft.type in ("DATE", "TIME") and other.draft.when.earliest and (fine in DAYS or unit == "year"):
            return other.draft.when
    return None
