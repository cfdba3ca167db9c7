"""What a report says of itself: who wrote and published it, when, and whom it credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.record import Published, Span

if TYPE_CHECKING:
    from sayso.record import Reading


UNDATED = Published(None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Credit:
    """A name and where the report has it; no span where it is known from elsewhere."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Credited:
    """Who made a report and whom it names as where it has its words from.

    `publisher` is None where nobody is told. `agencies` and `writers` are those of its credits, `relays` outlets that
    its text has something from ("according to …", "told …").
    """

    publisher: Credit | None = None
    agencies: tuple[Credit, ...] = ()
    writers: tuple[Credit, ...] = ()
    relays: tuple[Credit, ...] = ()
    published: Published = UNDATED

    def as_json(self) -> dict[str, Any]:
        """The same in what JSON can hold."""
        when = self.published
        return {
            "publisher": _row(self.publisher) if self.publisher else None,
            "agencies": list(map(_row, self.agencies)),
            "writers": list(map(_row, self.writers)),
            "relays": list(map(_row, self.relays)),
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
            tuple(map(_credit, held["relays"])),
            Published(earliest, latest, basis, tuple(Span(*span) for span in spans)),
        )


def credited_by(reading: Reading) -> Credited:
    """What a reading tells of who made the report and whom it credits."""
    page = reading.page
    published = reading.grounds.published or page.published
    relays = [
        Credit(channel.name, channel.span)
        for statement in reading.statements
        for channel in statement.via
        if channel.name and channel.kind in ("outlet", "broadcast")
    ]
    relays += [
        Credit(source.name, span)
        for source in reading.sources
        if source.naming == "newsroom"
        for span in source.mentions[:1]
    ]
    return Credited(
        Credit(page.publisher.name, page.publisher.span) if page.publisher else None,
        tuple(Credit(one.name, one.span) for one in page.agencies),
        tuple(Credit(one.name, one.span) for one in page.writers),
        tuple(dict.fromkeys(relays)),
        published,
    )


def _row(credit: Credit) -> list[Any]:
    return [credit.name, [credit.span.start, credit.span.end] if credit.span else None]


def _credit(row: list[Any]) -> Credit:
    return Credit(row[0], Span(*row[1]) if row[1] else None)
