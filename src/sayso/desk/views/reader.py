"""The sealed text with what was found in it marked: overlapping stretches made into pieces that lie side by side.

The text itself is never touched: the words of all pieces, put together, are the text. What a browser would change
(carriage returns) or cannot hold (NUL, halves of surrogate pairs) is written so that every offset stays true.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

from sayso.record import Reading, Span


@dataclass(frozen=True, slots=True)
class Layer:
    """One sort of stretch that is marked, and the digit that shows and hides it."""

    digit: str
    name: str


LAYERS = tuple(
    Layer(str(number), name)
    for number, name in enumerate(("who", "says", "claim", "when", "where", "many", "caveat", "cut", "deed"), 1)
)
DRAWN_AS_LINES = ("says", "when", "where", "many", "caveat", "deed")
"""Layers that are lines below the words: an element has one of them, so a further one takes an element inside."""
AT = "at"
HEADING = "heading"
REJECTED = "rejected"
"""Words of a statement or event that a person rejected: still found, no longer shown as what they were read as."""
CAUTIOUS = frozenset(("denies", "cannot_verify", "no_comment", "retracts"))
"""Acts whose own words are a caveat of what they reach."""
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
"""Characters that turn the direction of what follows them."""
UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no page can hold: a replacement sign stands in their place."""
BREAKS = re.compile(f"\n|[{TURNING}]")
ORDER = {name: number for number, name in enumerate((*(layer.name for layer in LAYERS), REJECTED, HEADING, AT))}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that belongs to a layer, and the statements and events that it is of."""

    span: Span
    layer: str
    of: tuple[str, ...] = ()
    why: str = ""  # of a cut


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text with the same marks throughout; of every character exactly one piece."""

    span: Span
    layers: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    why: str = ""
    turns: bool = False  # the piece is one character that turns the direction of what follows
    ends_line: bool = False


def marks_of(reading: Reading, rejected: Collection[str] = ()) -> tuple[Mark, ...]:
    """Everything found in a reading, by layer; `rejected` are the statements and events that people rejected."""
    headings = (Mark(section.heading, HEADING) for section in reading.page.sections if section.heading)
    found = (
        replace(mark, layer=REJECTED) if mark.of and rejected and set(mark.of) <= set(rejected) else mark
        for mark in (*_said(reading), *_happened(reading))
    )
    return (*found, *_grounds(reading), *_cuts(reading), *headings)


def _said(reading: Reading) -> Iterator[Mark]:
    speaking = {one.who for one in reading.statements if one.who}
    for source in reading.sources:
        yield from (Mark(span, "who") for span in source.mentions if span not in speaking)
    for one in reading.statements:
        of = (one.id,)
        if one.who:
            yield Mark(one.who, "who", of)
        if one.cue:
            yield Mark(one.cue, "says", of)
            yield from (Mark(one.cue, "caveat", of) for _ in range(one.act in CAUTIOUS))
        yield from (Mark(via.span, "says", of) for via in one.via if via.span)
        yield from (Mark(span, "claim", of) for span in one.words)
        yield from (Mark(span, "caveat", of) for span in one.hedges)


def _grounds(reading: Reading) -> Iterator[Mark]:
    of = _users(reading)
    grounds = reading.grounds
    yield from (Mark(one.span, "when", of.get(one.id, ())) for one in grounds.moments)
    yield from (Mark(one.span, "where", of.get(one.id, ())) for one in grounds.places)
    yield from (Mark(one.span, "many", of.get(one.id, ())) for one in grounds.quantities)


def _users(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Which statements and events each time, place and number is of."""
    of: dict[str, list[str]] = defaultdict(list)
    for said in reading.statements:
        for ground in (said.said_at, said.said_where):
            of[ground or ""].append(said.id)
    for event in reading.events:
        used = (event.when, *(at.place for at in event.places), *(count.quantity for count in event.counts))
        for ground in used:
            of[ground or ""].append(event.id)
    return {ground: tuple(dict.fromkeys(parts)) for ground, parts in of.items() if ground}


def _happened(reading: Reading) -> Iterator[Mark]:
    for event in reading.events:
        yield from (Mark(span, "deed", (event.id,)) for span in (event.trigger, *event.also))


def _cuts(reading: Reading) -> Iterator[Mark]:
    return (Mark(cut.span, "cut", why=cut.why) for cut in reading.page.cuts)


def turning(text: str) -> tuple[Span, ...]:
    """Where characters stand that turn the direction of what follows them."""
    return tuple(Span(found.start(), found.end()) for found in re.finditer(f"[{TURNING}]", text))


def unholdable(text: str) -> tuple[Span, ...]:
    """Where characters stand that no page can hold."""
    return tuple(Span(found.start(), found.end()) for found in UNHOLDABLE.finditer(text))


# Pieces


def pieces(text: str, marks: Iterable[Mark], *, also_at: Iterable[int] = ()) -> list[Piece]:
    """The text in runs of the same marks, broken after each line end and `also_at` some offsets.

    What of a stretch lies outside the text is left out.
    """
    opened, closed = _ends(marks, len(text))
    breaks = {at for found in BREAKS.finditer(text) for at in _breaks(found)} | set(also_at)
    layers: dict[str, int] = {}
    of: dict[str, int] = {}
    whys: dict[str, int] = {}
    places = sorted({0, len(text), *opened, *closed, *breaks})
    made = []
    for start, end in pairwise(places):
        for mark in closed.get(start, ()):
            _count(mark, -1, layers, of, whys)
        for mark in opened.get(start, ()):
            _count(mark, +1, layers, of, whys)
        named = tuple(sorted(layers, key=lambda name: ORDER.get(name, len(ORDER))))
        made.append(
            Piece(
                Span(start, end),
                named,
                tuple(of),
                next(iter(whys), ""),
                turns=end - start == 1 and text[start] in TURNING,
                ends_line=text[end - 1] == "\n",
            )
        )
    return made


def _breaks(found: re.Match[str]) -> tuple[int, ...]:
    return (found.end(),) if found.group() == "\n" else (found.start(), found.end())


Ends = Mapping[int, list[Mark]]


def _ends(marks: Iterable[Mark], length: int) -> tuple[Ends, Ends]:
    opened: dict[int, list[Mark]] = defaultdict(list)
    closed: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        start, end = max(0, mark.span.start), min(length, mark.span.end)
        if start < end:
            opened[start].append(mark)
            closed[end].append(mark)
    return opened, closed


def _count(mark: Mark, by: int, layers: dict[str, int], of: dict[str, int], whys: dict[str, int]) -> None:
    """Count what holds from here on, up or down; what nothing holds any more is gone from the tally."""
    for tally, names in ((layers, (mark.layer,)), (of, mark.of), (whys, (mark.why,) if mark.why else ())):
        for name in names:
            left = tally.get(name, 0) + by
            if left:
                tally[name] = left
            else:
                del tally[name]


# As HTML

NO_ANCHORS: Mapping[str, int] = {}


def as_html(
    text: str, marks: Sequence[Mark], *, anchors: Mapping[str, int] = NO_ANCHORS, cut_names: Mapping[str, str]
) -> Markup:
    """The text as elements whose content, put together, is the text: a block a line, in it a span for each marked run.

    `anchors` are ids and the offsets that they stand at; `cut_names` says why a stretch was cut.
    """
    standing: dict[int, list[str]] = defaultdict(list)
    for name, offset in anchors.items():
        standing[min(max(offset, 0), len(text))].append(name)
    shown = pieces(text, marks, also_at=standing)
    parts: list[str] = []
    open_line = False
    for piece in shown:
        if not open_line:
            parts.append('<span class="ln" dir="auto">')
            open_line = True
        parts += (f'<span id="{escape(name)}" class="here"></span>' for name in standing.get(piece.span.start, ()))
        parts.append(_span(text[piece.span.start : piece.span.end], piece, cut_names))
        if piece.ends_line:
            parts.append("</span>")
            open_line = False
    if open_line:
        parts.append("</span>")
    if standing.get(len(text)):
        parts += (f'<span id="{escape(name)}" class="here"></span>' for name in standing[len(text)])
    return Markup("".join(parts))


def _span(words: str, piece: Piece, cut_names: Mapping[str, str]) -> str:
    inner = held(words)
    layers = piece.layers
    if piece.turns:
        inner = f'<span class="turn" data-u="U+{ord(words):04X}">{inner}</span>'
    if not layers:
        return inner
    lines = [layer for layer in layers if layer in DRAWN_AS_LINES]
    for further in lines[1:]:
        inner = f'<span class="l-{further}">{inner}</span>'
    names = " ".join(f"l-{layer}" for layer in layers if layer not in lines[1:])
    of = f' data-of="{escape(" ".join(piece.of))}"' if piece.of else ""
    why = f' title="{escape(cut_names.get(piece.why, piece.why))}"' if piece.why else ""
    return f'<span class="{names}"{of}{why}>{inner}</span>'


def held(words: str) -> str:
    r"""Words written so that a page gives back exactly these characters; what none can hold becomes U+FFFD.

    >>> held("a<b>\r\n"), held("\x00")
    ('a&lt;b&gt;&#13;\n', '�')
    """
    told = str(escape(words)).replace("\r", "&#13;")
    return UNHOLDABLE.sub("\ufffd", told)
