"""A reading as cards for the margin: each statement and event with all that is known of it, every value at its words.

Pure: what is read goes in, what a template shows comes out. Kinds (acts, statuses, channels) stay keys here; the
template says them in words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, TypeVar

from sayso.accounts.carried import Carrier
from sayso.export import aloud
from sayso.export.pointing import where as where_in_words
from sayso.record import Event, Moment, Party, Place, Quantity, Reading, Source, Span, Statement

MARKS = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "'": "'", "”": "”", "»": "«"}
Ground = TypeVar("Ground", Quantity, Place)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text with where they stand.

    `told` is what the desk makes of them, in its own words; `by` names who alone tells them, where not all do.
    """

    words: str
    span: Span
    told: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who speaks, as the report has them."""

    name: str  # "" where nobody is named
    naming: str
    plural: bool = False
    private: bool = False
    role: str | None = None
    party: str | None = None
    basis: Stretch | None = None  # the words that say for whom they speak
    row: str | None = None  # the row that says so, where no words do
    also: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    said: Stretch | None = None  # the words that name them here


@dataclass(frozen=True, slots=True)
class Passing:
    """One station that words went through on their way to this report: somebody who tells them, or a channel."""

    name: str
    channel: str | None = None  # the kind of channel; None for somebody who tells
    part: str | None = None  # the statement in which they are told
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Another statement, event or section of the report that a card points to, with enough to know it by."""

    part: str
    name: str
    kind: str  # statement | event | section
    sort: str = ""  # the act, or the kind of event
    status: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The card of a statement."""

    id: str
    start: int
    who: Who
    act: str
    cue: Stretch | None  # the report's own word for the act: "doubt" is a sort of thinking
    silence: str | None
    reach: str | None
    quotation: str
    wording: str
    words: tuple[Stretch, ...]
    sentence: Span | None
    passing: tuple[Passing, ...]
    to: tuple[Stretch, ...]
    when: Stretch | None
    where: Stretch | None
    places: tuple[Stretch, ...]
    figures: tuple[Stretch, ...]
    hedges: tuple[Stretch, ...]
    doubts: tuple[str, ...]
    within: Pointer | None
    holds: tuple[Pointer, ...]
    covers: tuple[Pointer, ...]
    covered_by: tuple[Pointer, ...]
    tells: tuple[Pointer, ...]
    found_by: str
    is_event: bool = field(default=False, init=False)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells an event, and what they commit to. `part` None: the report in its own voice."""

    name: str
    part: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Happened:
    """The card of an event."""

    id: str
    start: int
    kind: str
    status: str
    background: bool
    trigger: Stretch
    sentence: Span
    told: tuple[Teller, ...]
    agents: tuple[Stretch, ...]
    targets: tuple[Stretch, ...]
    weapons: tuple[Stretch, ...]
    places: tuple[Stretch, ...]
    when: Stretch | None
    counts: tuple[tuple[str, Stretch], ...]
    codes: tuple[str, ...]
    doubts: tuple[str, ...]
    covered_by: tuple[Pointer, ...]
    found_by: str
    is_event: bool = field(default=True, init=False)


Card = Said | Happened


def cards(reading: Reading) -> tuple[Card, ...]:
    """A card for each statement and each event, in the order of the text."""
    dealt = _Dealer(reading)
    made: list[Card] = [dealt.said(one) for one in reading.statements]
    made += [dealt.happened(one) for one in reading.events]
    return tuple(sorted(made, key=lambda card: (card.start, card.is_event, len(card.id), card.id)))


def card_of(reading: Reading, part: str) -> Card | None:
    """The card of one statement or event; None where a reading has no such part."""
    dealt = _Dealer(reading)
    if part in dealt.carrier.statements:
        return dealt.said(dealt.carrier.statements[part])
    return dealt.happened(dealt.events[part]) if part in dealt.events else None


class _Placed(Generic[Ground]):
    """Numbers or places of a text in its order, to be found by where they stand."""

    def __init__(self, found: Iterable[Ground]) -> None:
        self.found: list[Ground] = sorted(found, key=lambda one: one.span)
        self.starts: list[int] = [one.span.start for one in self.found]

    def within(self, spans: Iterable[Span]) -> Iterator[Ground]:
        """Those that lie in one of some stretches."""
        for span in spans:
            some = self.found[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]
            yield from (one for one in some if one.span.end <= span.end)


class _Dealer:
    """Looks up, for one reading, what its parts point to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.page.report.text
        self.carrier = Carrier(reading)
        self.events = {event.id: event for event in reading.events}
        self.headings = {section.id: section.heading for section in reading.page.sections}
        self.quantities = {quantity.id: quantity for quantity in reading.grounds.quantities}
        self.numbers = _Placed(reading.grounds.quantities)
        self.named = _Placed(reading.grounds.places)

    # What several cards need

    def stretch(self, span: Span, told: str = "") -> Stretch:
        return Stretch(self.text[span.start : span.end], span, told)

    def all(self, spans: Iterable[Span]) -> tuple[Stretch, ...]:
        return tuple(map(self.stretch, spans))

    @cached_property
    def inner(self) -> Mapping[str, list[Statement]]:
        """The statements told within another's words."""
        held: dict[str, list[Statement]] = defaultdict(list)
        for one in self.reading.statements:
            if one.within:
                held[one.within].append(one)
        return held

    @cached_property
    def reached(self) -> Mapping[str, list[Statement]]:
        """The statements that cover something, by what they cover."""
        held: dict[str, list[Statement]] = defaultdict(list)
        for one in self.reading.statements:
            for part in dict.fromkeys(one.covers):
                held[part].append(one)
        return held

    @cached_property
    def told(self) -> Mapping[str, list[Event]]:
        """The events that a statement tells."""
        held: dict[str, list[Event]] = defaultdict(list)
        for event in self.reading.events:
            for teller in event.told:
                if teller.statement:
                    held[teller.statement].append(event)
        return held

    def name(self, source: str) -> str:
        found = self.carrier.sources.get(source)
        return found.name if found is not None and found.naming != "unknown" else ""

    def pointer(self, one: Statement) -> Pointer:
        return Pointer(one.id, self.name(one.source), "statement", one.silence or one.act, "", first_of(one))

    def deed(self, event: Event, status: str = "") -> Pointer:
        words = self.text[event.trigger.start : event.trigger.end]
        return Pointer(event.id, words, "event", event.kind, status or event.status, event.trigger)

    def part(self, part: str) -> Pointer:
        if part in self.carrier.statements:
            return self.pointer(self.carrier.statements[part])
        if part in self.events:
            return self.deed(self.events[part])
        heading = self.headings.get(part)
        words = self.text[heading.start : heading.end] if heading else ""
        return Pointer(part, words, "section", span=heading)

    def section_at(self, offset: int) -> str:
        inside = (one.id for one in self.reading.page.sections if one.span.start <= offset < one.span.end)
        return next(inside, "")

    def covering(self, part: str, offset: int) -> tuple[Pointer, ...]:
        """The denials, doubts and silences that reach a part, by itself or with its section."""
        reaching = {one.id: one for reached in (part, self.section_at(offset)) for one in self.reached.get(reached, ())}
        return tuple(self.pointer(one) for one in reaching.values() if one.id != part)

    def moment(self, found: Moment | None) -> Stretch | None:
        if found is None:
            return None
        told = aloud.moment(found)
        if not told and found.alternatives:
            told = " / ".join(aloud.stretch(way.earliest, way.latest) for way in found.alternatives)
        return self.stretch(found.span, told)

    def place(self, place: str, role: str = "at") -> Stretch | None:
        where = self.carrier.where(place, role)
        if where is None or where.said is None:
            return None
        told = where_in_words(where).removeprefix(f"{where.name} · ")
        return self.stretch(where.said.span, f"{role} · {told}" if role != "at" else told)

    @cached_property
    def counts(self) -> Mapping[str, str]:
        """What a number counts, as the event that gives it has it: "wounded"."""
        return {count.quantity: count.of for event in self.reading.events for count in event.counts}

    def figure(self, found: Quantity) -> Stretch:
        """A number with what it counts: in its own words, where these say so, else as the text or the event has it."""
        is_near = found.of is not None and found.span.end <= found.of.start <= found.span.end + 24
        whole = Span(found.span.start, max(found.span.end, found.of.end)) if found.of and is_near else found.span
        words, amount = self.text[whole.start : whole.end], aloud.quantity(found)
        told = [] if amount.casefold() in words.casefold() else [amount]
        counted = self.text[found.of.start : found.of.end] if found.of else self.counts.get(found.id, "")
        told += [counted.replace("_", " ")] if counted and counted not in words else []
        return self.stretch(whole, " · ".join(told))

    # Statements

    def said(self, one: Statement) -> Said:
        outer = self.outer(one)
        first = first_of(one)
        places = (self.place(found.id) for found in self.named.within(one.words))
        return Said(
            id=one.id,
            start=first.start if first else 0,
            who=self.who(one.source, one.who),
            act=one.act,
            cue=self.stretch(one.cue) if one.cue else None,
            silence=one.silence,
            reach=one.reach,
            quotation=one.quotation,
            wording=one.wording,
            words=tuple(self.stretch(span, self.marks(one, span)) for span in one.words),
            sentence=self.carrier.sentence(first).span if first else None,
            passing=(*self.through(one), *(station for told in outer for station in self.stations(told))),
            to=self.all(addressed.span for addressed in one.to),
            when=self.moment(self.carrier.moments.get(one.said_at or "")),
            where=self.place(one.said_where) if one.said_where else None,
            places=tuple(place for place in places if place is not None),
            figures=tuple(map(self.figure, self.numbers.within(one.words))),
            hedges=self.all(one.hedges),
            doubts=one.doubts,
            within=self.pointer(outer[0]) if outer else None,
            holds=tuple(map(self.pointer, self.inner.get(one.id, ()))),
            covers=tuple(map(self.part, dict.fromkeys(one.covers))),
            covered_by=self.covering(one.id, first.start if first else 0),
            tells=tuple(self.deed(event, _status_of(event, one.id)) for event in self.told.get(one.id, ())),
            found_by=one.found_by,
        )

    def outer(self, one: Statement) -> list[Statement]:
        """The statements that one is told in, from the nearest outward; a ring of them is followed once."""
        found: list[Statement] = []
        seen = {one.id}
        within = one.within
        while within and within not in seen and within in self.carrier.statements:
            seen.add(within)
            found.append(self.carrier.statements[within])
            within = found[-1].within
        return found

    def stations(self, one: Statement) -> Iterator[Passing]:
        yield Passing(self.name(one.source), None, one.id, one.who or one.cue)
        yield from self.through(one)

    def through(self, one: Statement) -> Iterator[Passing]:
        yield from (Passing(via.name or "", via.kind, None, via.span) for via in one.via)

    def who(self, source: str, said: Span | None) -> Who:
        found = self.carrier.sources.get(source)
        words = self.stretch(said) if said else None
        if found is None:
            return Who("", "unknown", said=words)
        basis = found.party_basis
        members = [self.name(member) for member in found.members]
        return Who(
            name=found.name if found.naming != "unknown" else "",
            naming=found.naming,
            plural=found.plural,
            private=found.private,
            role=found.role,
            party=found.party,
            basis=self.stretch(basis.span) if basis and basis.span else None,
            row=basis.row if basis and not basis.span else None,
            also=_spellings(found),
            members=tuple(name for name in members if name and name not in found.name),
            said=words,
        )

    def marks(self, one: Statement, span: Span) -> str:
        """The pair of marks that words stood between, so that direct speech is shown in its own."""
        if one.quotation not in ("direct", "mixed"):
            return ""
        for quotation in self.reading.quotations or self.reading.page.quotations:
            if not quotation.depth and quotation.span.start < span.end and span.start < quotation.span.end:
                first = self.text[quotation.span.start]
                opening = first if first in MARKS else "“"
                return (opening if quotation.span.start < span.start else "") + (
                    MARKS[opening] if not quotation.closed or span.end < quotation.span.end else ""
                )
        return ""

    # Events

    def happened(self, event: Event) -> Happened:
        places = (self.place(at.place, at.role) for at in event.places)
        return Happened(
            id=event.id,
            start=event.trigger.start,
            kind=event.kind,
            status=event.status,
            background=event.background,
            trigger=self.stretch(event.trigger),
            sentence=self.carrier.sentence(event.trigger).span,
            told=tuple(Teller(self.teller(told.statement), told.statement, told.status) for told in event.told),
            agents=tuple(self.party(event, one) for one in event.agents),
            targets=tuple(self.party(event, one) for one in event.targets),
            weapons=self.all(event.weapons),
            places=tuple(place for place in places if place is not None),
            when=self.moment(self.carrier.moments.get(event.when or "")),
            counts=tuple(self.counted(event)),
            codes=tuple(code for code in (event.plover, event.acled) if code),
            doubts=event.doubts,
            covered_by=self.covering(event.id, event.trigger.start),
            found_by=event.found_by,
        )

    def teller(self, statement: str | None) -> str:
        found = self.carrier.statements.get(statement or "")
        return self.name(found.source) if found else ""

    def party(self, event: Event, one: Party) -> Stretch:
        beside = (one.group.replace("_", " ") if one.group else "", one.party or "")
        whole = {told.statement for told in event.told}
        alone = map(self.teller, one.told if set(one.told) != whole else ())
        return replace(
            self.stretch(one.span, " · ".join(filter(None, beside))), by=tuple(dict.fromkeys(filter(None, alone)))
        )

    def counted(self, event: Event) -> Iterator[tuple[str, Stretch]]:
        for count in event.counts:
            found = self.quantities.get(count.quantity)
            span = count.whom or (found.span if found else None)
            if span is not None:
                yield count.of, self.stretch(span, aloud.quantity(found) if found else "")


def first_of(one: Statement) -> Span | None:
    """Where a statement begins: its words, who says them or the cue, whichever stands first."""
    spans = [*one.words, *(span for span in (one.who, one.cue) if span)]
    return min(spans, default=None)


def spans_of(card: Card) -> tuple[Span, ...]:
    """The stretches that a card is aligned to and marks."""
    if isinstance(card, Happened):
        return (card.trigger.span,)
    who = (card.who.said.span,) if card.who.said else ()
    return (*who, *(one.span for one in card.words))


def _status_of(event: Event, statement: str) -> str:
    return next((told.status for told in event.told if told.statement == statement), event.status)


def _spellings(source: Source) -> tuple[str, ...]:
    return tuple(name for name in source.also if name != source.name)
