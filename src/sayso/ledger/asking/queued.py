"""One question of a queue with all that is needed to answer it: the reading, who looked before, and why it is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.ledger.asking.answers import Identical, IncidentRow, ReportRow, RuledPart
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.queue import SKIP, Part, Seat, is_second, is_weak, of_parties
from sayso.ledger.asking.queued_figures import beside
from sayso.ledger.asking.rows import incidents_by_id, report_rows_by_id
from sayso.ledger.decisions import decisions
from sayso.ledger.holding import held
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.looks import SECOND, Look, looks
from sayso.ledger.marks import Mark, marks
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.ruled_parts import as_ruled, current_reading, ruled_parts
from sayso.ledger.schema import events, links, sentences, sources, statements
from sayso.ledger.waiting import Waiting, waiting
from sayso.ledger.working import clusters
from sayso.record import Anchor, Decision, Event, Reading, Span, Statement

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case

NOTED = "noted"
LARGE = 5
"""Reports that tell of an incident from which on much hangs on each of them."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a question is asked.

    `names` are the doubts, or who; `count` is how many; `incident` which; `beside` the words that say otherwise.
    """

    kind: str  # asked | figures | party | doubt | weak | disputed | denied | large | changed | skipped | unseen
    names: tuple[str, ...] = ()
    count: int = 0
    incident: str | None = None
    beside: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Whether one statement or event is read rightly.

    `reading` is as people corrected it; for a second reader, who is not shown what others said, as it was first read.
    `own` is the stretch from the first sentence to the last that the part stands in, `before` and `after` the sentences
    beside it.
    """

    about: str
    part: str
    kind: str  # statement | event
    report: ReportRow
    reading: Reading
    own: Span
    before: Span | None
    after: Span | None
    why: tuple[Why, ...]
    is_blind: bool = False
    ruled: tuple[RuledPart, ...] = ()
    decisions: tuple[Decision, ...] = ()
    looks: tuple[Look, ...] = ()
    notes: tuple[Mark, ...] = ()
    asked: tuple[Mark, ...] = ()  # for a second reader
    skipped: Mark | None = None  # by whoever asks
    held_by: str | None = None  # by somebody else
    is_held: bool = False  # by whoever asks
    copies: tuple[Identical, ...] = ()
    incident: IncidentRow | None = None


def question(case: Case, about: str, seat: Seat) -> Question:
    """One question as it is put to a person. Raises `NoSuchThing` for what is no statement and no event."""
    rows = knowledge_of(case)
    with case.reading() as connection:
        named = found(connection, about)
        if named.kind != "report" or not named.part:
            raise NoSuchThing(f"{about} is no statement and no event.")
        whole = f"{named.id}#{named.part}"
        read = current_reading(connection, named.id)
        if read is None:
            raise NoSuchThing(f"The report {named.id} has no reading.")
        is_blind = is_second(connection, whole, seat)
        reading, ruled = (read, ()) if is_blind else as_ruled(connection, read, rows)
        noun = _part(reading, named.part)
        own = _sentences(reading, _spans(noun))
        holder = next((one.who for one in held(connection, at=seat.at) if one.about == whole), None)
        mine = marks(connection, about=whole)
        incident = _incident(connection, named.id, noun)
        told = Question(
            about=whole,
            part=named.part,
            kind="statement" if isinstance(noun, Statement) else "event",
            report=report_rows_by_id(connection, (named.id,))[0],
            reading=reading,
            own=Span(reading.page.sentences[own[0]].start, reading.page.sentences[own[1]].end)
            if own
            else _around(noun),
            before=reading.page.sentences[own[0] - 1] if own and own[0] else None,
            after=reading.page.sentences[own[1] + 1] if own and own[1] + 1 < len(reading.page.sentences) else None,
            why=(),
            is_blind=is_blind,
            ruled=tuple(one for one in ruled_parts(read, ruled) if one.part == named.part),
            decisions=() if is_blind else decisions(connection, about=whole),
            looks=() if is_blind else looks(connection, about=whole),
            notes=() if is_blind else tuple(one for one in mine if one.kind == NOTED),
            asked=tuple(one for one in mine if one.kind == SECOND),
            skipped=next((one for one in mine if one.kind == SKIP and one.who == seat.who), None),
            held_by=holder if holder != seat.who else None,
            is_held=holder == seat.who,
            incident=incident,
        )
        why = (Why("asked"),) if is_blind else tuple(_why(connection, told, noun, rows))
    copies = identical(case, whole) if told.kind == "statement" and not is_blind else ()
    return _with(told, why, copies)


def likely_copies(case: Case, report: str, *, limit: int = 12) -> tuple[ReportRow, ...]:
    """The reports that share words with one as copies do, those that share most first."""
    here = links.c
    asked = select(here.a, here.b).where((here.a == report) | (here.b == report))
    with case.reading() as connection:
        rows = connection.execute(asked.order_by(here.score.desc(), here.a, here.b).limit(limit))
        return report_rows_by_id(connection, [row.b if row.a == report else row.a for row in rows])


def copies_already(case: Case, report: str) -> frozenset[str]:
    """The reports that one is taken for a copy of, or that are taken for copies of it, for the most part."""
    lead = select(clusters.c.lead).where(clusters.c.report_id == report)
    asked = select(clusters.c.report_id).where(clusters.c.lead.in_(lead), clusters.c.report_id != report)
    with case.reading() as connection:
        return frozenset(connection.execute(asked).scalars())


def around(connection: Connection, anchor: Anchor) -> tuple[str, str]:
    """The words of the sentences before and after one; "" where there is none."""
    here = sentences.c
    mine = select(here.n).where(here.report_id == anchor.report, here.start == anchor.span.start, here.n >= 0)
    n = connection.execute(mine).scalar()
    if n is None:
        return "", ""
    asked = select(here.n, here.words).where(here.report_id == anchor.report, here.n.in_((n - 1, n + 1)), here.n >= 0)
    beside = {row.n: row.words for row in connection.execute(asked)}
    return beside.get(n - 1, ""), beside.get(n + 1, "")


def waits(connection: Connection, about: str) -> Waiting:
    """What waits for a person under the number of "wait-7". Raises `NoSuchThing` where nothing does any more."""
    number = about.removeprefix("wait-")
    for one in waiting(connection):
        if str(one.id) == number:
            return one
    raise NoSuchThing(f"Nothing with the number {number} waits for anybody any more.")


def _with(told: Question, why: tuple[Why, ...], copies: tuple[Identical, ...]) -> Question:
    return replace(told, why=why, copies=copies)


def _part(reading: Reading, part: str) -> Statement | Event:
    parts: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
    for one in parts:
        if one.id == part:
            return one
    raise NoSuchThing(f"The report {reading.page.report.id} has no statement or event {part}.")


def _spans(noun: Statement | Event) -> tuple[Span, ...]:
    if isinstance(noun, Event):
        return (noun.trigger,)
    return noun.words or tuple(span for span in (noun.cue, noun.who) if span)


def _sentences(reading: Reading, spans: tuple[Span, ...]) -> tuple[int, int] | None:
    """The numbers of the first and the last sentence that stretches stand in."""
    held = [
        n
        for n, one in enumerate(reading.page.sentences)
        if any(one.start < span.end and span.start < one.end for span in spans)
    ]
    return (held[0], held[-1]) if held else None


def _around(noun: Statement | Event) -> Span:
    spans = _spans(noun)
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


# Why


def _incident(connection: Connection, report: str, noun: Statement | Event) -> IncidentRow | None:
    """The incident that an event is of; of a statement the largest of those that it tells of or touches."""
    mine = events.c.report_id == report
    if isinstance(noun, Event):
        mine &= events.c.event == noun.id
    else:
        told = f'%"statement":"{noun.id}"%'
        mine &= events.c.telling.like(told)
    ids = connection.execute(select(events.c.incident_id).where(mine)).scalars().all()
    return max(incidents_by_id(connection, ids), key=lambda one: (one.reports, one.id), default=None)


def _why(connection: Connection, told: Question, noun: Statement | Event, rows: Knowledge) -> list[Why]:
    incident = told.incident
    why = [Why("asked", tuple(dict.fromkeys(one.who for one in told.asked)))] if told.asked else []
    others = beside(connection, incident.id, told.about) if isinstance(noun, Event) and incident is not None else ()
    if others and incident is not None:
        why.append(Why("figures", incident=incident.id, beside=others))
    if isinstance(noun, Statement):
        why += _of_speaker(connection, told, noun, rows)
    if noun.doubts:
        why.append(Why("doubt", noun.doubts))
    if isinstance(noun, Statement) and is_weak(noun.found_by):
        why.append(Why("weak", (noun.found_by.partition(":")[0],)))
    if isinstance(noun, Event) and noun.status == "disputed":
        why.append(Why("disputed"))
    if incident is not None and incident.denials:
        why.append(Why("denied", count=incident.denials, incident=incident.id))
    if incident is not None and incident.reports >= LARGE:
        why.append(Why("large", count=incident.reports, incident=incident.id))
    if told.skipped:
        why.append(Why("skipped"))
    if not told.decisions and not told.looks:
        why.append(Why("unseen"))
    return why


def _of_speaker(connection: Connection, told: Question, noun: Statement, rows: Knowledge) -> list[Why]:
    """Whether a party to the conflict says it, and nobody outside tells the same."""
    here = statements.c
    asked = select(here.speaker_id, sources.c.party).join(
        sources, (sources.c.report_id == here.report_id) & (sources.c.source == here.source)
    )
    row = connection.execute(asked.where(here.report_id == told.report.id, here.statement == noun.id)).first()
    if row is None or not of_parties(connection, [Part(told.report.id, noun.id, 0, row.speaker_id)], rows):
        return []
    counter = told.incident.counter if told.incident is not None else None
    alone = counter is not None and not (counter.outside or counter.witnesses or counter.newsrooms)
    return [Why("party", (row.party,) if row.party else (), count=int(alone))]
