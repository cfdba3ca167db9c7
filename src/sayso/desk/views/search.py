"""A sentence that was found, as the page and the spreadsheet show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Hit

COLUMNS = (
    "report", "sentence", "start", "end", "words", "publisher", "published_earliest", "published_latest", "title",
    "statements", "speakers", "parties", "acts", "events", "incidents",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence's words; marked where they are what was looked for."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was found, in pieces, with where it stands."""

    hit: Hit
    anchor: Anchor
    pieces: tuple[Piece, ...]
    is_title: bool


def sentence(hit: Hit) -> Sentence:
    """A hit as the page shows it."""
    return Sentence(hit, Anchor(hit.report, hit.span), tuple(_pieces(hit)), hit.sentence < 0)


def cells(hit: Hit) -> dict[str, Any]:
    """A hit as a row of `COLUMNS`."""
    return {
        "report": hit.report,
        "sentence": hit.sentence,
        "start": hit.span.start,
        "end": hit.span.end,
        "words": hit.words,
        "publisher": hit.publisher,
        "published_earliest": hit.published.earliest,
        "published_latest": hit.published.latest,
        "title": hit.title,
        "statements": "; ".join(one.statement for one in hit.statements),
        "speakers": "; ".join(one.speaker for one in hit.statements),
        "parties": "; ".join(one.party or "" for one in hit.statements),
        "acts": "; ".join(one.act for one in hit.statements),
        "events": "; ".join(f"{one.event} {one.kind} {one.status}" for one in hit.events),
        "incidents": "; ".join(one.incident for one in hit.events),
    }


def _pieces(hit: Hit) -> Iterator[Piece]:
    at = 0
    for match in hit.matches:
        if match.start > at:
            yield Piece(hit.words[at : match.start], marked=False)
        yield Piece(hit.words[match.start : match.end], marked=True)
        at = match.end
    if at < len(hit.words):
        yield Piece(hit.words[at:], marked=False)
