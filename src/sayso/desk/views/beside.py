"""Two reports side by side: their sentences in pairs, word by word, with what changed named at its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from sayso.desk.views.reader import Mark, pieces
from sayso.record import Aligned, Anchor, Change, Comparison, Span

WORDS = re.compile(r"\w+|[^\w\s]")
SAME, GONE, NEW, CHANGED = "same", "gone", "new", "changed"
ONLY_NEIGHBOURS = ("caveat_dropped", "denial_dropped")
"""Changes by which a sentence is gone: what stands on the other side is only what it stood beside."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one side that are in the other too, or are not; `changed` where a named change is about them."""

    words: str
    kind: str  # same | gone | new
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence of one report, with where it stands."""

    anchor: Anchor
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of both reports, or of one that the other does not have, and the changes between the two."""

    number: int
    here: Side | None
    there: Side | None
    wording: str | None  # exact | near | reworded | translated; None where only one has it
    changes: tuple[Change, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to see in it: a named change, or other words."""
        sides = [side for side in (self.here, self.there) if side]
        return len(sides) < 2 or bool(self.changes) or any(run.kind != SAME for side in sides for run in side.runs)


def rows(found: Comparison) -> tuple[Row, ...]:
    """The sentences of both in the order of the first, those of the second alone after what stands before them."""
    found = replace(found, aligned=_apart(found.aligned))
    at_sentence = _by_sentence(found)
    own: list[tuple[Anchor, Anchor | None, str | None]] = [(one.here, one.there, one.wording) for one in found.aligned]
    own += [(one, None, None) for one in found.only_here]
    own.sort(key=lambda one: one[0].span)
    after: dict[int, list[Anchor]] = defaultdict(list)
    paired = sorted((one.there.span.start, one.here.span) for one in found.aligned)
    starts = [start for start, _ in paired]
    place = {one[0].span: number for number, one in enumerate(own)}
    for alone in sorted(found.only_there, key=lambda one: one.span):
        before = bisect_right(starts, alone.span.start) - 1
        after[place[paired[before][1]] if before >= 0 else -1].append(alone)
    ordered: list[tuple[Anchor | None, Anchor | None, str | None]] = [(None, one, None) for one in after[-1]]
    for number, one in enumerate(own):
        ordered.append(one)
        ordered += [(None, alone, None) for alone in after[number]]
    return tuple(_row(number, one, at_sentence) for number, one in enumerate(ordered, 1))


def loose(found: Comparison, shown: Iterable[Row]) -> tuple[Change, ...]:
    """Changes that stand at no sentence of either report, so that none is lost: a heading's, say."""
    placed = {id(change) for row in shown for change in row.changes}
    return tuple(change for change in found.changes if id(change) not in placed)


def _apart(aligned: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """The pairs without those that are only others put together: each sentence stands in a row of its own."""
    return tuple(one for one in aligned if not any(_within(other, one) for other in aligned))


def _within(part: Aligned, whole: Aligned) -> bool:
    pairs = ((part.here.span, whole.here.span), (part.there.span, whole.there.span))
    return all(outer.start <= inner.start and inner.end <= outer.end for inner, outer in pairs) and part != whole


Places = Mapping[tuple[str, Span], list[Change]]


def _by_sentence(found: Comparison) -> Places:
    """The changes by the sentence that each stands at: the first report's where it has one, else the second's."""
    held: dict[tuple[str, Span], list[Change]] = defaultdict(list)
    here = sorted([*(one.here.span for one in found.aligned), *(one.span for one in found.only_here)])
    there = sorted([*(one.there.span for one in found.aligned), *(one.span for one in found.only_there)])
    for change in found.changes:
        for report, spans, anchor in ((found.here, here, change.here), (found.there, there, change.there)):
            sentence = _holding(spans, anchor)
            if sentence is not None:
                held[(report, sentence)].append(change)
                break
    return held


def _holding(spans: Sequence[Span], anchor: Anchor | None) -> Span | None:
    if anchor is None:
        return None
    at = bisect_right(spans, Span(anchor.span.start, 1 << 60)) - 1
    return spans[at] if at >= 0 and spans[at].start <= anchor.span.start < spans[at].end else None


def _row(number: int, one: tuple[Anchor | None, Anchor | None, str | None], placed: Places) -> Row:
    here, there, wording = one
    changes = tuple(
        change for anchor in (here, there) if anchor for change in placed.get((anchor.report, anchor.span), ())
    )
    left, right = _differing(here, there)
    return Row(
        number,
        _side(here, left, (change.here for change in changes)),
        _side(there, right, (change.there for change in changes if change.kind not in ONLY_NEIGHBOURS)),
        wording,
        changes,
    )


def _side(sentence: Anchor | None, differing: list[Mark], changed: Iterable[Anchor | None]) -> Side | None:
    if sentence is None:
        return None
    start = sentence.span.start
    marks = [
        Mark(Span(one.span.start - start, one.span.end - start), CHANGED)
        for one in changed
        if one is not None and one.span != sentence.span and one.report == sentence.report
    ]
    return Side(sentence, tuple(_runs(sentence.words, [*differing, *marks])))


def _runs(words: str, marks: Sequence[Mark]) -> Iterator[Run]:
    for piece in pieces(words, marks):
        kind = next((layer for layer in (GONE, NEW) if layer in piece.layers), SAME)
        yield Run(words[piece.span.start : piece.span.end], kind, CHANGED in piece.layers)


def _differing(here: Anchor | None, there: Anchor | None) -> tuple[list[Mark], list[Mark]]:
    """What of two sentences the other does not have, word by word; blanks and line ends count for nothing."""
    if here is None or there is None:
        whole = [Mark(Span(0, len(one.words)), kind) for one, kind in ((here, GONE), (there, NEW)) if one]
        return (whole, []) if here else ([], whole)
    left, right = list(WORDS.finditer(here.words)), list(WORDS.finditer(there.words))
    matcher = SequenceMatcher(None, [one.group() for one in left], [one.group() for one in right], autojunk=False)
    gone, new = [], []
    for tag, first, last, other_first, other_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if last > first:
            gone.append(Mark(Span(left[first].start(), left[last - 1].end()), GONE))
        if other_last > other_first:
            new.append(Mark(Span(right[other_first].start(), right[other_last - 1].end()), NEW))
    return gone, new
