"""What a time takes from an event: "three weeks later" counts from what the sentence before tells to have happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.record import Event, Grounds, Moment, Page, Span

COUNTED_ON = re.compile(
    r"\b(?:later|earlier|afterwards?)$|^(?:that|the) (?:same |next |following |previous )?\w+$", re.I
)

HAPPENED = ("happened", "ongoing")


def with_moments_tied(page: Page, grounds: Grounds, events: Sequence[Event]) -> Grounds:
    """The grounds with each step from an untold day tied to the last event told to have happened before it.

    Events of its own sentence or of the one before count; where none is told there, the step stays unresolved. No
    date is made up for it.
    """
    return replace(grounds, moments=tuple(_tied(page, moment, events) for moment in grounds.moments))


def _tied(page: Page, moment: Moment, events: Sequence[Event]) -> Moment:
    words = page.report.text[moment.span.start : moment.span.end]
    if moment.timex is not None or moment.relative_to != "none" or COUNTED_ON.search(words) is None:
        return moment
    number = next((n for n, span in enumerate(page.sentences) if span.start <= moment.span.start < span.end), None)
    if number is None:
        return moment
    own = page.sentences[number]
    before = page.sentences[number - 1] if number else None
    for stretch in (Span(own.start, moment.span.start), before):
        told = [(span.end, event.id) for event in events if stretch for span in _told_in(event, stretch)]
        if told:
            return replace(moment, relative_to=max(told)[1])
    return moment


def _told_in(event: Event, stretch: Span) -> list[Span]:
    """Where a stretch of the text tells an event, if it happened."""
    if event.status not in HAPPENED:
        return []
    return [span for span in (event.trigger, *event.also) if stretch.start <= span.start and span.end <= stretch.end]
