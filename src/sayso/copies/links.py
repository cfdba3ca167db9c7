"""A link: two reports, which stretches of them are one telling, why, and which was made of the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.copies.direction import direction
from sayso.copies.likeness import Segment, compare
from sayso.record import Anchor, Reason, Span

if TYPE_CHECKING:
    from sayso.copies.likeness import Likeness
    from sayso.copies.prints import Print


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that hold one telling. `of` is the one that the other was made of, None where that is not known.

    `ruled` is true where a person says so. `here` is always the smaller id.
    """

    here: str
    there: str
    segments: tuple[Segment, ...]
    covered_here: float
    covered_there: float
    wording: str
    score: float
    of: str | None = None
    reasons: tuple[Reason, ...] = ()
    ruled: bool = False

    @property
    def reports(self) -> frozenset[str]:
        """Both reports."""
        return frozenset((self.here, self.there))


def linked(one: Print, two: Print) -> Link | None:
    """The link of two reports that are one telling, None where they are not. The same from both sides."""
    here, there = sorted((one, two), key=lambda side: side.report)
    likeness = compare(here, there)
    return _link(here, there, likeness) if likeness.is_copy and likeness.segments else None


def ruled_copy(one: Print, two: Print) -> Link:
    """The link of two reports that a person calls copies: what they share, or else the whole of both."""
    here, there = sorted((one, two), key=lambda side: side.report)
    likeness = compare(here, there)
    link = _link(here, there, likeness)
    if link.segments:
        return Link(**{**_fields(link), "ruled": True})
    spans = tuple(Span(side.sentences[0].start, side.sentences[-1].end) for side in (here, there) if side.sentences)
    whole = (Segment(spans[0], spans[1], "reworded", ((spans[0], spans[1]),)),) if len(spans) == 2 else ()
    return Link(**{**_fields(link), "segments": whole, "covered_here": 1.0, "covered_there": 1.0, "ruled": True})


def _fields(link: Link) -> dict[str, Any]:
    return {name: getattr(link, name) for name in Link.__slots__}


def _link(here: Print, there: Print, likeness: Likeness) -> Link:
    way = direction(here, there, likeness)
    return Link(
        here.report,
        there.report,
        likeness.segments,
        likeness.covered_here,
        likeness.covered_there,
        likeness.wording,
        likeness.score,
        way.of,
        likeness.reasons + way.reasons,
    )


# As text


def link_as_json(link: Link) -> str:
    """A link as JSON text."""
    held = {
        **{name: getattr(link, name) for name in ("here", "there", "covered_here", "covered_there", "wording")},
        **{name: getattr(link, name) for name in ("score", "of", "ruled")},
        "segments": [
            [*_span(one.here), *_span(one.there), one.wording, [[*_span(a), *_span(b)] for a, b in one.pairs]]
            for one in link.segments
        ],
        "reasons": [
            [one.name, one.speaks_for, one.says, _anchor(one.here), _anchor(one.there)] for one in link.reasons
        ],
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def link_from_json(told: str) -> Link:
    """The link that `link_as_json` gave."""
    held = json.loads(told)
    held["segments"] = tuple(
        Segment(Span(a, b), Span(c, d), wording, tuple((Span(e, f), Span(g, h)) for e, f, g, h in pairs))
        for a, b, c, d, wording, pairs in held["segments"]
    )
    held["reasons"] = tuple(
        Reason(name, speaks_for, says, _anchored(here), _anchored(there))
        for name, speaks_for, says, here, there in held["reasons"]
    )
    return Link(**held)


def _span(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _anchor(anchor: Anchor | None) -> list[Any] | None:
    return [anchor.report, *_span(anchor.span)] if anchor else None


def _anchored(row: list[Any] | None) -> Anchor | None:
    return Anchor(row[0], Span(row[1], row[2])) if row else None
