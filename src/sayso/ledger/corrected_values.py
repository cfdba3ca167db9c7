"""Times, places and figures that people typed, as nouns of a reading; and what is read in a field, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sayso.accounts.numbers import amount
from sayso.ledger.problems import CannotRule
from sayso.ledger.typed import typed_figure, typed_time
from sayso.record import Event, Moment, Place, Quantity, Reading, Span, Statement


@dataclass(frozen=True, slots=True)
class Words:
    """What a field should be, and the words of this report that show it, if they do."""

    says: str
    where: Span | None


def made_time(new: Words, name: str, at: int) -> Moment:
    """A moment that somebody typed; without words of the report it stands, empty, where its statement or event does."""
    told = typed_time(new.says)
    kind = "TIME" if "T" in (told.earliest or "") else "DATE"
    return Moment(
        name, new.where or Span(at, at), kind, told.timex,
        earliest=told.earliest, latest=told.latest, granularity=told.granularity,
    )  # fmt: skip


def made_place(new: Words, name: str, at: int, *, like: Place | None) -> Place:
    """A place that somebody typed: the one of that name that the report names elsewhere, else one on no map."""
    where = new.where or Span(at, at)
    return replace(like, id=name, span=where, same_as=like.id) if like else Place(name, where, new.says)


def figure(new: Words, name: str, at: int) -> tuple[Quantity, str | None]:
    """A figure that somebody typed, and what it counts if they say so."""
    told = typed_figure(new.says)
    of = told.of.split()[-1] if told.of else None
    quantity = Quantity(
        name, new.where or Span(at, at), told.low, told.high,
        low_open=told.low_open, high_open=told.high_open, approximate=told.approximate,
    )  # fmt: skip
    return quantity, of


# As people read them


def value_of(reading: Reading, part: str, field: str) -> str | None:
    """What stands in a field of a statement or an event, in words; None where nothing does."""
    statement = next((one for one in reading.statements if one.id == part), None)
    if statement is not None:
        return STATED[field](reading, statement)
    event = next((one for one in reading.events if one.id == part), None)
    return TOLD[field](reading, event) if event is not None else None


def _speaker(reading: Reading, statement: Statement) -> str | None:
    return next((one.name for one in reading.sources if one.id == statement.source), None)


def _channels(_: Reading, statement: Statement) -> str | None:
    return _joined(f"{one.kind}: {one.name}" if one.name else one.kind for one in statement.via)


def _said(reading: Reading, statement: Statement) -> str | None:
    text = reading.page.report.text
    return " … ".join(text[one.start : one.end] for one in statement.words) or None


def _time(reading: Reading, moment: str | None) -> str | None:
    found = next((one for one in reading.grounds.moments if one.id == moment), None)
    if found is None:
        return None
    if found.earliest and found.latest and not _is_iso(found.timex):
        return f"{found.earliest}/{found.latest}"
    return found.timex or reading.page.report.text[found.span.start : found.span.end] or None


def _is_iso(timex: str | None) -> bool:
    try:
        typed_time(timex or "")
    except CannotRule:
        return False
    return True


def _place(reading: Reading, place: str | None) -> str | None:
    return next((one.name for one in reading.grounds.places if one.id == place), None)


def _places(reading: Reading, event: Event) -> str | None:
    return _joined(_place(reading, one.place) for one in event.places if one.role == "at")


def _figures(reading: Reading, event: Event) -> str | None:
    held = {one.id: one for one in reading.grounds.quantities}
    return _joined(f"{amount(held[one.quantity])} {one.of}" for one in event.counts if one.quantity in held)


def _joined(words: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(word for word in words if word)) or None


STATED: Mapping[str, Callable[[Reading, Statement], str | None]] = {
    "speaker": _speaker,
    "act": lambda _, statement: statement.act,
    "channel": _channels,
    "words": _said,
    "when": lambda reading, statement: _time(reading, statement.said_at),
    "where": lambda reading, statement: _place(reading, statement.said_where),
}
TOLD: Mapping[str, Callable[[Reading, Event], str | None]] = {
    "status": lambda _, event: event.status,
    "kind": lambda _, event: event.kind,
    "when": lambda reading, event: _time(reading, event.when),
    "where": _places,
    "how_many": _figures,
}
