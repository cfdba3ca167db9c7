"""A reading's tellings: each event with everything that is needed to compare it without the report."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.accounts.about import About
from sayso.accounts.carried import Carrier
from sayso.accounts.touching import Touching
from sayso.knowledge import Knowledge, ours
from sayso.record import (
    Count,
    Event,
    Figure,
    Involved,
    Party,
    Quantity,
    Reading,
    Saying,
    Source,
    Statement,
    Teller,
    Telling,
    Where,
)

COUNTED_AFTER = frozenset(("graves_found",))
"""Kinds of event whose count goes on in the sentences after: bodies recovered from graves."""
THINGS = {"bodies": ("body", "bodies", "corpse", "corpses", "remains"), "graves": ("grave", "graves")}


def tellings(reading: Reading, knowledge: Knowledge | None = None) -> tuple[Telling, ...]:
    """One telling for each event of a reading, in its order, self-contained: every field carries its words.

    A teller is a statement with its speaker, the chain that relays them, channels and time, or None where the report
    speaks in its own voice; whose voice that is stands in `voice`. `touched_by` are the denials, the "could not
    verify" and the silences that reach the event, its tellers or its section. `knowledge` is the case's, ours if none.
    """
    return _Teller(reading, knowledge or ours()).all()


def sayings(reading: Reading, knowledge: Knowledge | None = None) -> tuple[Saying, ...]:
    """All statements of a reading, in its order, each carried without the report."""
    return tuple(Carrier(reading, knowledge).sayings.values())


class _Teller:
    """One reading, about to be told event by event."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self.reading = reading
        self.carrier = Carrier(reading, knowledge)
        self.quantities = {quantity.id: quantity for quantity in reading.grounds.quantities}
        self.about = About(reading)
        self.touching = Touching(reading)
        self.voice = self.carrier.voice
        self.dateline = self._dateline()

    def all(self) -> tuple[Telling, ...]:
        return tuple(map(self._telling, self.reading.events))

    def _telling(self, event: Event) -> Telling:
        page = self.reading.page
        carrier = self.carrier
        places = (carrier.where(place.place, place.role) for place in event.places)
        return Telling(
            report=page.report.id,
            event=event.id,
            kind=event.kind,
            plover=event.plover,
            acled=event.acled,
            trigger=carrier.quoted(event.trigger),
            sentence=carrier.sentence(event.trigger),
            status=event.status,
            background=event.background,
            tellers=tuple(Teller(carrier.sayings.get(told.statement or ""), told.status) for told in event.told),
            touched_by=tuple(carrier.sayings[found.id] for found in self.touching.of(event)),
            agents=tuple(map(self._involved, event.agents)),
            targets=tuple(map(self._involved, event.targets)),
            weapons=tuple(map(carrier.quoted, event.weapons)),
            places=tuple(place for place in places if place is not None),
            when=carrier.when(event.when),
            figures=self._figures(event),
            doubts=event.doubts,
            published=self.reading.grounds.published or page.published,
            publisher=page.publisher.name if page.publisher else None,
            agencies=tuple(agency.name for agency in page.agencies),
            voice=self.voice,
            dateline=self.dateline,
            about=self._about(event),
        )

    def _about(self, event: Event) -> tuple[Saying, ...]:
        tellers = {told.statement for told in event.told}
        return tuple(self.carrier.sayings[one.id] for one in self.about.of(event) if one.id not in tellers)

    def _dateline(self) -> Where | None:
        dateline = self.reading.grounds.dateline or self.reading.page.dateline
        return self.carrier.where(dateline.place, "at") if dateline is not None and dateline.place else None

    def _involved(self, party: Party) -> Involved:
        source = self.carrier.sources.get(party.source or "")
        return Involved(
            said=self.carrier.quoted(party.span),
            name=_named(source),
            party=party.party,
            group=party.group,
            inferred=party.inferred,
            told=party.told,
        )

    def _figures(self, event: Event) -> tuple[Figure, ...]:
        """The event's counts, then bodies and graves that are counted after, and numbers that others put instead."""
        counts = tuple(figure for count in event.counts if (figure := self._figure(count)) is not None)
        told = [one for told in event.told if (one := self.carrier.statements.get(told.statement or ""))]
        about = self.about.of(event)
        known = {figure.quantity.id for figure in counts}
        more = [
            Figure(of, quantity, self.carrier.quoted(quantity.span), (statement.id,))
            for statement in (*told, *about)
            for quantity in self._quantities_in(statement)
            if quantity.id not in known
            and (of := self._counted_after(event, quantity) or self._number_of(counts, quantity, statement)) is not None
        ]
        return counts + tuple({figure.quantity.id: figure for figure in more}.values())

    def _quantities_in(self, statement: Statement) -> list[Quantity]:
        return [
            quantity
            for quantity in self.reading.grounds.quantities
            if any(words.start <= quantity.span.start < words.end for words in statement.words)
        ]

    def _counted_after(self, event: Event, quantity: Quantity) -> str | None:
        return self._thing(quantity) if event.kind in COUNTED_AFTER else None

    def _number_of(self, counts: Sequence[Figure], quantity: Quantity, statement: Statement) -> str | None:
        """What a bare number counts that somebody puts beside the only thing counted: "put the number at 58"."""
        counted = {figure.of for figure in counts}
        is_bare = quantity.of is None and quantity.unit is None and not self._is_replaced(quantity)
        return min(counted) if is_bare and len(counted) == 1 and self.about.puts_a_number(statement) else None

    def _is_replaced(self, quantity: Quantity) -> bool:
        """Whether the report itself says that it is an earlier figure: the 12 of "rose to 19 from 12"."""
        return any(other.replaces == quantity.id for other in self.reading.grounds.quantities)

    def _thing(self, quantity: Quantity) -> str | None:
        """What a quantity counts, where that is bodies or graves."""
        counted = self.carrier.quoted(quantity.of).words.casefold() if quantity.of else ""
        return next((of for of, words in THINGS.items() if counted.endswith(words)), None)

    def _figure(self, count: Count) -> Figure | None:
        quantity = self.quantities.get(count.quantity)
        if quantity is None:
            return None
        return Figure(count.of, quantity, self.carrier.quoted(count.whom or quantity.span), count.told)


def _named(source: Source | None) -> str | None:
    return source.name if source is not None and source.naming in ("named", "institution") else None
