"""What of a report's text stands in a bundle: all of it, or the sentences that are pointed at with their neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.desk.sharing.links import place_of
from sayso.record import Span

AROUND = 1
"""Sentences before and after one that is pointed at."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that is pointed at. `place` is its name; None for the rest of one that another cut in two."""

    place: str | None
    inside: tuple[str | Stretch, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive text of a report, in code points of it, with the stretches in it that are pointed at."""

    span: Span
    inside: tuple[str | Stretch, ...]


def excerpts(
    text: str, sentences: Sequence[Span], pointed: Iterable[Span], *, whole: bool = False
) -> tuple[Excerpt, ...]:
    """The text cut to what is pointed at; all of it as one where `whole`. Stretches beyond the text are left out."""
    spans = sorted({span for span in pointed if 0 <= span.start <= span.end <= len(text)})
    if whole:
        return (_excerpt(text, Span(0, len(text)), spans),)
    return tuple(_excerpt(text, one, spans) for one in _merged(text, (_around(sentences, span) for span in spans)))


def _around(sentences: Sequence[Span], span: Span) -> Span:
    """A stretch with the sentences that it stands in, and their neighbours."""
    first = max(bisect_right([one.end for one in sentences], span.start) - AROUND, 0)
    last = min(bisect_left([one.start for one in sentences], span.end) + AROUND, len(sentences))
    near = sentences[first:last]
    return (
        Span(min(span.start, *(one.start for one in near)), max(span.end, *(one.end for one in near))) if near else span
    )


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """Stretches that overlap or have only blanks between them as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _excerpt(text: str, whole: Span, spans: Iterable[Span]) -> Excerpt:
    inside = [
        _Named(one.start, one.end, place_of(one)) for one in spans if whole.start <= one.start <= one.end <= whole.end
    ]
    return Excerpt(whole, tuple(_nested(text, whole, inside)))


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    place: str | None


def _nested(text: str, within: Span, named: Iterable[_Named]) -> list[str | Stretch]:
    """Text and stretches in turn. One that begins in another and ends after it is cut where the other ends."""
    found: list[str | Stretch] = []
    at, left = within.start, sorted(named, key=lambda one: (one.start, -one.end))
    while left:
        first, *others = left
        inside = [_Named(one.start, min(one.end, first.end), one.place) for one in others if one.start < first.end]
        rests = [_Named(first.end, one.end, None) for one in others if one.start < first.end < one.end]
        if at < first.start:
            found.append(text[at : first.start])
        found.append(Stretch(first.place, tuple(_nested(text, Span(first.start, first.end), inside))))
        at = first.end
        left = sorted(
            [*rests, *(one for one in others if one.start >= first.end)], key=lambda one: (one.start, -one.end)
        )
    if at < within.end:
        found.append(text[at : within.end])
    return found
