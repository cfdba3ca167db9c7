"""A reading as people corrected it: laid over what was read, which stays as it is.

`corrected` is for showing: what was rejected is still there. `as_told` is for what incidents are made of: what was
rejected is not. Both make the same of the same; nothing of them is kept but what is drawn from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.ledger.corrected_values import Words, figure, made_place, made_time
from sayso.ledger.terms import folded
from sayso.ledger.typed import NONE, typed_channel
from sayso.record import (
    ACTS,
    Basis,
    Channel,
    Correction,
    Count,
    Decision,
    Event,
    EventPlace,
    Moment,
    Party,
    Place,
    Quantity,
    Reading,
    Source,
    Span,
    Statement,
    Told,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a case knows that one report may not: speakers by their folded names, and the codes of kinds of event.

    `sides` are the parties that names name themselves: "Upland's Ministry of Health".
    """

    speakers: Mapping[str, Source] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


UNSURE = "unclear"
REFUSING = frozenset(("denies", "retracts"))
PERSON = "person"
"""What a statement is found by that somebody added."""


def corrected(reading: Reading, decisions: Iterable[Decision], known: Known | None = None) -> Reading:
    """A reading with what people corrected and added; `decisions` stand, in the order they were made.

    Of a decision about several reports only what it says of this one counts.
    """
    over = _Over(reading, known or Known())
    for decision in decisions:
        if decision.ruling == "correct":
            for part in parts_of(decision, reading.page.report.id):
                over.correct(part, decision.corrections)
        elif decision.ruling == "add_statement":
            over.add(added_part(decision.id), decision.corrections)
    return over.reading()


def as_told(reading: Reading, rejected: Iterable[str]) -> Reading:
    """A reading without the statements and events that were rejected, and what only they tell."""
    gone = frozenset(rejected)
    if not gone:
        return reading
    outer = {one.id: one.within for one in reading.statements}
    return replace(
        reading,
        statements=tuple(_freed(one, gone, outer) for one in reading.statements if one.id not in gone),
        events=tuple(_told_without(one, gone) for one in reading.events if one.id not in gone),
    )


def parts_of(decision: Decision, report: str) -> tuple[str, ...]:
    """The statements and events of one report that a decision is about: "st3", "ev1"."""
    return tuple(one.partition("#")[2] for one in decision.about if one.startswith(f"{report}#"))


def added_part(decision: str) -> str:
    """The id of a statement that a decision adds: it stays what it is, however the report is read anew."""
    return f"st-{decision.removeprefix('dec-')}"


def words_here(reading: Reading, part: str, correction: Correction) -> Span | None:
    """Where the words of a correction stand in a report: at their place, or in a copy once in the part's sentence."""
    anchor = correction.anchor
    if anchor is None:
        return None
    if anchor.report == reading.page.report.id:
        return anchor.span
    sentence = _sentence(reading, part)
    if sentence is None or not anchor.words.strip():
        return None
    pattern = r"\s+".join(map(re.escape, anchor.words.split()))
    found = [*re.finditer(pattern, reading.page.report.text[sentence.start : sentence.end])]
    if len(found) != 1:
        return None
    return Span(sentence.start + found[0].start(), sentence.start + found[0].end())


def _sentence(reading: Reading, part: str) -> Span | None:
    at = next((_first(one) for one in reading.statements if one.id == part), None)
    at = at or next((one.trigger for one in reading.events if one.id == part), None)
    return next((one for one in reading.page.sentences if at and one.start <= at.start < one.end), None)


def _first(statement: Statement) -> Span | None:
    return statement.cue or statement.who or next(iter(statement.words), None)


# Without what was rejected


def _freed(statement: Statement, gone: frozenset[str], outer: Mapping[str, str | None]) -> Statement:
    within = statement.within
    while within in gone:
        within = outer.get(within or "")
    return replace(statement, within=within, covers=tuple(one for one in statement.covers if one not in gone))


def _told_without(event: Event, gone: frozenset[str]) -> Event:
    """An event whose rejected tellers tell nothing of it; one that nobody else tells has no teller left."""
    told = tuple(one for one in event.told if one.statement not in gone)
    if told == event.told:
        return event
    return replace(
        event,
        told=told,
        agents=_kept(event.agents, gone),
        targets=_kept(event.targets, gone),
        counts=tuple(
            replace(one, told=left)
            for one in event.counts
            if (left := _left(one.told, gone)) or not one.told
        ),
    )  # fmt: skip


def _kept(parties: tuple[Party, ...], gone: frozenset[str]) -> tuple[Party, ...]:
    return tuple(replace(one, told=left) for one in parties if (left := _left(one.told, gone)) or not one.told)


def _left(told: tuple[str, ...], gone: frozenset[str]) -> tuple[str, ...]:
    return tuple(one for one in told if one not in gone)


# With what was corrected


@dataclass(slots=True)
class _Over:
    """A reading about to be corrected, one field after another."""

    read: Reading
    known: Known
    sources: list[Source] = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    events: dict[str, Event] = field(init=False)
    moments: list[Moment] = field(init=False)
    places: list[Place] = field(init=False)
    quantities: list[Quantity] = field(init=False)

    def __post_init__(self) -> None:
        grounds = self.read.grounds
        self.sources = list(self.read.sources)
        self.statements = {one.id: one for one in self.read.statements}
        self.events = {one.id: one for one in self.read.events}
        self.moments, self.places = list(grounds.moments), list(grounds.places)
        self.quantities = list(grounds.quantities)

    def reading(self) -> Reading:
        """The reading as it is now."""
        grounds = replace(
            self.read.grounds,
            moments=tuple(self.moments),
            places=tuple(self.places),
            quantities=tuple(self.quantities),
        )
        return replace(
            self.read,
            grounds=grounds,
            sources=tuple(self.sources),
            statements=tuple(self.statements.values()),
            events=tuple(self.events.values()),
        )

    def correct(self, part: str, corrections: Sequence[Correction]) -> None:
        """Correct one statement or event; one that is no more is left alone."""
        for one in corrections:
            where = words_here(self.read, part, one)
            if part in self.statements and one.after is not None:
                before = self.statements[part]
                self.statements[part] = OF_STATEMENTS[one.field](self, before, Words(one.after, where))
                self._tell(before, self.statements[part])
            elif part in self.events and one.after is not None:
                self.events[part] = OF_EVENTS[one.field](self, self.events[part], Words(one.after, where))

    def add(self, part: str, corrections: Sequence[Correction]) -> None:
        """Add a statement that was missed, where its words stand."""
        said = next((one.anchor for one in corrections if one.field == "words"), None)
        speaker = next((one for one in corrections if one.field == "speaker"), None)
        if said is None or speaker is None or not speaker.after:
            return  # erased
        bare = Statement(part, "", "says", within=self._within(said.span), found_by=PERSON)
        for one in corrections:
            if one.after is not None:
                bare = OF_STATEMENTS[one.field](self, bare, Words(one.after, one.anchor.span if one.anchor else None))
        held = list(self.statements.values())
        at = next((n for n, one in enumerate(held) if _starts(one) > said.span.start), len(held))
        self.statements = {one.id: one for one in (*held[:at], bare, *held[at:])}
        self._tell(replace(bare, words=()), bare)

    # Statements

    def speaker(self, statement: Statement, new: Words) -> Statement:
        """Said by somebody else: a source of the report, one the case knows, or one that nobody named before."""
        return replace(statement, source=self._source(new), who=new.where)

    def act(self, statement: Statement, new: Words) -> Statement:
        """Another act; a silence only where nothing is said."""
        act = new.says if new.says in ACTS else statement.act
        return replace(statement, act=act, silence=statement.silence if act == "no_comment" else None)

    def channel(self, statement: Statement, new: Words) -> Statement:
        """Through something else, or nothing."""
        told = typed_channel(new.says)
        return replace(statement, via=(Channel(*told, new.where),) if told else ())

    def words(self, statement: Statement, new: Words) -> Statement:
        """Other words; those between quotation marks are direct."""
        if new.where is None:
            return statement
        return replace(statement, words=(new.where,), quotation=self._quotation(new.where))

    def said_at(self, statement: Statement, new: Words) -> Statement:
        """Another time of saying."""
        return replace(statement, said_at=self._moment(new, _starts(statement)))

    def said_where(self, statement: Statement, new: Words) -> Statement:
        """Another place of saying."""
        return replace(statement, said_where=self._place(new, _starts(statement)))

    # Events

    def status(self, event: Event, new: Words) -> Event:
        """Another status of those who tell it as it was told; where they differ, of all but those who deny it."""
        statuses = {one.status for one in event.told}
        changing = statuses if len(statuses) == 1 else statuses - {"denied"}
        told = tuple(replace(one, status=new.says) if one.status in changing else one for one in event.told)
        return replace(event, told=told, status=_overall(told) if told else new.says)

    def kind(self, event: Event, new: Words) -> Event:
        """Another kind, with its codes."""
        plover, acled = self.known.codes.get(new.says, (None, None))
        return event if event.kind == new.says else replace(event, kind=new.says, plover=plover, acled=acled)

    def when(self, event: Event, new: Words) -> Event:
        """Another time."""
        return replace(event, when=self._moment(new, event.trigger.start))

    def where(self, event: Event, new: Words) -> Event:
        """Another place where it was; from where and whereto stay."""
        place = self._place(new, event.trigger.start)
        others = tuple(one for one in event.places if one.role != "at")
        return replace(event, places=others if place is None else (EventPlace(place, "at"), *others))

    def how_many(self, event: Event, new: Words) -> Event:
        """Another figure for what is counted: for all figures of that, or the one whose words were chosen."""
        if new.says == NONE:
            return replace(event, counts=())
        counted = {one.of for one in event.counts}
        quantity, of = figure(new, self._new("q", self.quantities), event.trigger.start)
        of = of or (min(counted) if len(counted) == 1 else "casualties")
        meant = [one for one in event.counts if one.of == of and self._stands_at(one, new.where)]
        meant = meant or [one for one in event.counts if one.of == of]
        told = tuple(dict.fromkeys(teller for one in meant for teller in one.told))
        told = told if meant else tuple(one.statement for one in event.told if one.statement)
        self.quantities.append(quantity)
        at = next((n for n, one in enumerate(event.counts) if one in meant), len(event.counts))
        left = [one for one in event.counts if one not in meant]
        left.insert(at, Count(quantity.id, of, None, told))
        return replace(event, counts=tuple(left))

    def _stands_at(self, count: Count, where: Span | None) -> bool:
        quantity = next((one for one in self.quantities if one.id == count.quantity), None)
        return where is not None and quantity is not None and _meet(quantity.span, where)

    # What a statement that changed tells

    def _tell(self, before: Statement, after: Statement) -> None:
        """Let events be told as a statement now commits to them: by its act, and by the words that it has."""
        for event in self.events.values():
            told = self._tellers(event, before, after)
            if told != event.told:
                self.events[event.id] = replace(event, told=told, status=_overall(told))

    def _tellers(self, event: Event, before: Statement, after: Statement) -> tuple[Told, ...]:
        was = any(one.start <= event.trigger.start < one.end for one in before.words)
        now = any(one.start <= event.trigger.start < one.end for one in after.words)
        told = event.told
        mine = any(one.statement == after.id for one in told)
        if mine and was and not now:
            left = tuple(one for one in told if one.statement != after.id)
            return left or (Told(None, next(one.status for one in told if one.statement == after.id)),)
        if not mine and now and not was:
            status = _committed("says", after.act, "happened")
            return (*(one for one in told if one.statement is not None), Told(after.id, status))
        if before.act == after.act:
            return told
        return tuple(
            replace(one, status=_committed(before.act, after.act, one.status)) if one.statement == after.id else one
            for one in told
        )

    # What is pointed to

    def _source(self, new: Words) -> str:
        name = folded(new.says)
        mine = next((one for one in self.sources if name in map(folded, (one.name, *one.also))), None)
        if mine is not None:
            return mine.id
        made = replace(self._named(new), id=self._new("src", self.sources), mentions=(new.where,) if new.where else ())
        self.sources.append(made)
        return made.id

    def _named(self, new: Words) -> Source:
        """Somebody by their name: as the report has them among its people and bodies, or as the case knows them.

        Whose they are is told by their name, if it names a side; else by what is known of them, not of who stood there.
        """
        name = new.says
        side = self.known.sides.get(folded(name))
        basis = Basis(new.where, side) if side is not None else None
        for one in self.read.grounds.entities:
            if folded(name) not in map(folded, (one.name, *one.also)):
                continue
            if one.kind != "organisation":
                return Source("", name, "named", role=one.role, party=side, party_basis=basis)
            if side is None and one.country is not None:
                side, basis = one.country, Basis(one.country_span, None)
            return Source("", name, "institution", role=one.role, party=side, party_basis=basis)
        known = self.known.speakers.get(folded(name))
        if known is None or (known.party is None and side is not None):
            return replace(known or Source("", name, "named"), name=name, party=side, party_basis=basis)
        return replace(known, name=name, party_basis=basis if known.party == side else None)

    def _moment(self, new: Words, at: int) -> str | None:
        if new.says == NONE:
            return None
        made = made_time(new, self._new("m", self.moments), at)
        self.moments.append(made)
        return made.id

    def _place(self, new: Words, at: int) -> str | None:
        if new.says == NONE:
            return None
        name = folded(new.says)
        alike = [one for one in self.places if folded(one.name) == name]
        best = next((one for one in alike if new.where and _meet(one.span, new.where)), None)
        best = best or next((one for one in alike if one.lat is not None), None) or next(iter(alike), None)
        if best is not None and (new.where is None or _meet(best.span, new.where)):
            return best.id
        made = made_place(new, self._new("p", self.places), at, like=best)
        self.places.append(made)
        return made.id

    def _within(self, said: Span) -> str | None:
        """The statement, the narrowest of several, in whose words others are said."""
        around = [
            (span.end - span.start, one.id)
            for one in self.statements.values()
            for span in one.words
            if span.start <= said.start and said.end <= span.end and span != said
        ]
        return min(around)[1] if around else None

    def _quotation(self, said: Span) -> str:
        inner = [span for one in self.read.quotations for span in one.inner]
        if any(one.start <= said.start and said.end <= one.end for one in inner):
            return "direct"
        if any(one.span.start <= said.start and said.end <= one.span.end for one in self.read.quotations):
            return "direct"
        return "mixed" if any(_meet(one, said) for one in inner) else "indirect"

    def _new(self, prefix: str, among: Iterable[Source | Moment | Place | Quantity]) -> str:
        """An id that nothing has yet."""
        taken = (one.id.removeprefix(prefix) for one in among)
        return f"{prefix}{max((int(one) for one in taken if one.isdigit()), default=0) + 1}"


OF_STATEMENTS: Mapping[str, Callable[[_Over, Statement, Words], Statement]] = {
    "speaker": _Over.speaker,
    "act": _Over.act,
    "channel": _Over.channel,
    "words": _Over.words,
    "when": _Over.said_at,
    "where": _Over.said_where,
}
OF_EVENTS: Mapping[str, Callable[[_Over, Event, Words], Event]] = {
    "status": _Over.status,
    "kind": _Over.kind,
    "when": _Over.when,
    "where": _Over.where,
    "how_many": _Over.how_many,
}


def _starts(statement: Statement) -> int:
    spans = (statement.cue, statement.who, *statement.words)
    return min((one.start for one in spans if one is not None), default=0)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overall(told: tuple[Told, ...]) -> str:
    from sayso.events.same import overall  # which loads what reads events: few corrections need it

    return overall(told)


def _committed(before: str, after: str, status: str) -> str:
    """What a teller commits to once their act is another: what the words themselves say of a deed stays."""
    from sayso.events.modality import ACT_STATUS, SILENT_ACTS

    by_act = {"denied"} if before in REFUSING else {UNSURE} if before in SILENT_ACTS else {ACT_STATUS.get(before)}
    plain = "happened" if status in by_act else status
    if after in SILENT_ACTS:
        return UNSURE
    if after in REFUSING:
        return "denied" if plain in ("happened", "ongoing", "alleged", UNSURE) else plain
    return ACT_STATUS.get(after, plain) if plain == "happened" else plain
