"""What a report says of itself: who wrote and published it, when, and whom it credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.record import Published, Span

if TYPE_CHECKING:
    from sayso.record import Reading


UNDATED = Published(None, None, "unknown")
SIGNS = frozenset(("leftovers", "reworded", "translated", "truncated"))
"""Conditions of a page that a copy has and an original has not."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A name and where the report has it; no span where it is known from elsewhere."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Credited:
    """Who made a report and whom it names as where it has its words from.

    `publisher` is None where nobody is told. `agencies` and `writers` are those of its credits, `named` the outlets
    that its text names, `signs` the kinds of what shows a copy: leftovers, rewording, a translation, a truncated end.
    """

    publisher: Credit | None = None
    agencies: tuple[Credit, ...] = ()
    writers: tuple[Credit, ...] = ()
    named: tuple[Credit, ...] = ()
    signs: tuple[Credit, ...] = ()
    published: Published = UNDATED

    @property
    def house(self) -> Credit | None:
        """Whose report it is: its publisher, else the agency that it is filed by."""
        return self.publisher or next(iter(self.agencies), None)

    def as_json(self) -> dict[str, Any]:
        """The same in what JSON can hold."""
        when = self.published
        return {
            "publisher": _row(self.publisher) if self.publisher else None,
            "agencies": list(map(_row, self.agencies)),
            "writers": list(map(_row, self.writers)),
            "named": list(map(_row, self.named)),
            "signs": list(map(_row, self.signs)),
            "published": [when.earliest, when.latest, when.basis, [[span.start, span.end] for span in when.spans]],
        }

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Credited:
        """What `as_json` gave."""
        earliest, latest, basis, spans = held["published"]
        return cls(
            _credit(held["publisher"]) if held["publisher"] else None,
            tuple(map(_credit, held["agencies"])),
            tuple(map(_credit, held["writers"])),
            tuple(map(_credit, held["named"])),
            tuple(map(_credit, held["signs"])),
            Published(earliest, latest, basis, tuple(Span(*span) for span in spans)),
        )


def credited_by(reading: Reading) -> Credited:
    """What a reading tells of who made the report and whom it credits."""
    page = reading.page
    outlets = [entity for entity in reading.grounds.entities if entity.kind == "outlet"]
    named = [Credit(entity.name, entity.mentions[0] if entity.mentions else None) for entity in outlets]
    named += [
        Credit(channel.name, channel.span)
        for statement in reading.statements
        for channel in statement.via
        if channel.name and channel.kind in ("outlet", "broadcast")
    ]
    first = {credit.name: credit for credit in reversed(named)}
    return Credited(
        Credit(page.publisher.name, page.publisher.span) if page.publisher else None,
        tuple(Credit(one.name, one.span) for one in page.agencies),
        tuple(Credit(one.name, one.span) for one in page.writers),
        tuple(first[name] for name in sorted(first)),
        tuple(
            Credit(sign.kind, sign.spans[0] if sign.spans else None) for sign in page.condition if sign.kind in SIGNS
        ),
        reading.grounds.published or page.published,
    )


def _row(credit: Credit) -> list[Any]:
    return [credit.name, [credit.span.start, credit.span.end] if credit.span else None]


def _credit(row: list[Any]) -> Credit:
    return Credit(row[0], Span(*row[1]) if row[1] else None)
