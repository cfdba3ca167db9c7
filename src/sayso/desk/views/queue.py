"""A question as it is shown: its sentence between its neighbours with its own words marked, and rows for the twins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from sayso.desk.views.reader import Mark, as_html, marks_of
from sayso.record import Span, Statement

if TYPE_CHECKING:
    from sayso.desk.links import Links
    from sayso.ledger.asking.queue import Left
    from sayso.ledger.asking.queued import Question
    from sayso.ledger.asking.second_readers import Agreement, Pair
    from sayso.ledger.looks import Look
    from sayso.record import Anchor, Reading

LONGEST, BESIDE, ROOM = 2_400, 700, 900
"""Characters of the own sentences and of one beside them that are shown, and how many before the words asked about."""
GROUNDS = ("when", "where", "many")
REASONS: Mapping[str, str] = {
    "speaker": "Somebody else says it.",
    "nobody": "Nobody says this: it is no statement.",
    "otherwise": "It is said otherwise: asked, denied, planned or supposed.",
    "elsewhere": "It is about something else.",
    "nothing": "Nothing of the kind is told here.",
    "leftover": "These words are no part of the story.",
}
"""Why something is rejected, as it is kept: by the digit of its place."""
AGREEMENT_COLUMNS = ("readers", "questions", "agreed", "kappa", "low", "high", "too_few_to_tell", "f1_of_fields")
PAIR_COLUMNS = (
    "about", "sentence", "first", "first_verdict", "first_fields", "first_why",
    "second", "second_verdict", "second_fields", "second_why",
)  # fmt: skip
QUEUE_COLUMNS = ("queue", "left", "counted_exactly", "by_me", "by_others")
ASKED_COLUMNS = ("about", "kind", "sentence")


@dataclass(frozen=True, slots=True)
class Passage:
    """The sealed words of a question: its own sentences, and those before and after them, if there are any."""

    own: Markup
    before: Markup | None
    after: Markup | None
    is_cut: bool = False  # whether its own sentences are longer than what is shown of them


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue as it stands in the list."""

    name: str
    left: Left
    mine: int
    others: int
    along: int = 0  # copies that were ruled along by whoever asks
    every: int = 0  # of so many looks one goes to a second reader
    title: str = ""  # of a saved search
    asks: str = ""
    saved: str = ""

    @property
    def done(self) -> int:
        """Looks of everybody."""
        return self.mine + self.others


def address(queue: str, about: str | None = None, **more: object) -> str:
    """Where a question of a queue is asked; without one, where the next is."""
    asked = {"about": about, **more}
    told = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"/queue/{queue}?{urlencode(told)}" if told else f"/queue/{queue}"


def passage(asked: Question) -> Passage:
    """The words of a question, with those of its statement or event marked as on its card."""
    text = asked.reading.page.report.text
    marks = tuple(_own_marks(asked.reading, asked.part))
    own = _near(asked.own, marks)
    before = Span(max(asked.before.start, asked.before.end - BESIDE), asked.before.end) if asked.before else None
    after = Span(asked.after.start, min(asked.after.end, asked.after.start + BESIDE)) if asked.after else None
    return Passage(
        _html(text, own, marks),
        _html(text, before, ()) if before else None,
        _html(text, after, ()) if after else None,
        own != asked.own,
    )


def _near(own: Span, marks: tuple[Mark, ...]) -> Span:
    """As much of very long sentences as can be looked at, around the words that are asked about."""
    if own.end - own.start <= LONGEST:
        return own
    first = min((mark.span.start for mark in marks if own.start <= mark.span.start < own.end), default=own.start)
    start = max(own.start, first - ROOM)
    return Span(start, min(own.end, start + LONGEST))


def _own_marks(reading: Reading, part: str) -> Iterator[Mark]:
    said = next((one for one in reading.statements if one.id == part), None)
    for mark in marks_of(reading):
        if (
            part in mark.of
            or mark.layer == "cut"
            or (said is not None and mark.layer in GROUNDS and _is_within(mark.span, said))
        ):
            yield mark


def _is_within(span: Span, said: Statement) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in said.words)


def _html(text: str, span: Span, marks: tuple[Mark, ...]) -> Markup:
    shifted = [
        replace(mark, span=Span(max(0, mark.span.start - span.start), mark.span.end - span.start))
        for mark in marks
        if mark.span.start < span.end and span.start < mark.span.end
    ]
    return as_html(text[span.start : span.end], shifted, cut_names={})


def parted(sentence: Anchor, words: Anchor) -> tuple[str, str, str]:
    """A sentence before, at and after some words of it."""
    start, end = words.span.start - sentence.span.start, words.span.end - sentence.span.start
    if not 0 <= start < end <= len(sentence.words):
        return sentence.words, "", ""
    return sentence.words[:start], sentence.words[start:end], sentence.words[end:]


class Nowhere:
    """Links for a second reader: what stands on other pages tells what the first said, so nothing leads there."""

    def __init__(self, links: Links) -> None:
        self.static = links.static

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


# Twins


def queue_cells(row: QueueRow) -> dict[str, Any]:
    """A queue as cells."""
    return {
        "queue": row.name,
        "left": row.left.count,
        "counted_exactly": row.left.exactly,
        "by_me": row.mine,
        "by_others": row.others,
    }


def agreement_cells(one: Agreement) -> dict[str, Any]:
    """How far two readers agree, as cells; all together where no readers are named."""
    return {
        "readers": " and ".join(one.readers) or "all",
        "questions": one.verdicts.pairs,
        "agreed": one.verdicts.agreed,
        "kappa": _rounded(one.verdicts.value),
        "low": _rounded(one.verdicts.low),
        "high": _rounded(one.verdicts.high),
        "too_few_to_tell": one.verdicts.is_small,
        "f1_of_fields": _rounded(one.fields),
    }


def pair_cells(pair: Pair, sentence: Anchor | None) -> dict[str, Any]:
    """Two verdicts that differ, as cells."""
    first, second = _look_cells("first", pair.first), _look_cells("second", pair.second)
    return {"about": pair.about, "sentence": sentence.words if sentence else "", **first, **second}


def _look_cells(name: str, look: Look) -> dict[str, Any]:
    fields = "; ".join(f"{one.field}: {one.after or 'words moved'}" for one in look.corrections)
    return {name: look.who, f"{name}_verdict": look.verdict, f"{name}_fields": fields, f"{name}_why": look.why}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
