"""What waits to be looked at, as queues: named selections of questions, gone through one at a time.

A question is whether a statement or an event is read rightly ("<report>#st3", "<report>#ev1"), where a place is that
no map has ("plc-…"), or what became of something ("wait-7": words that were lost, a reading that changed). Reports are
gone through in the order of adding, and a report in the order of its text, from where somebody is: the next question
costs as much in a large case as in a small one. Where few questions fit, no more than `PATIENCE` is spent; the answer
says how far it came, and the next goes on from there.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from sayso.ledger.asking.places import waits_for_a_place
from sayso.ledger.asking.positions import positions_of
from sayso.ledger.asking.queued_figures import contested, differing
from sayso.ledger.asking.queued_search import found_by
from sayso.ledger.holding import held
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.looks import SECOND, looks
from sayso.ledger.marks import marks
from sayso.ledger.quick import ask
from sayso.ledger.schema import events, reports, speakers, statements
from sayso.ledger.waiting import waiting
from sayso.ledger.working import named_places

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case

UNSEEN, FIGURES, PARTY, DOUBTS, PLACES, WAITS, SECONDS, SKIPPED = (
    "unseen", "figures", "party", "doubts", "places", "waiting", "second", "skipped",
)  # fmt: skip
QUEUES = (UNSEEN, FIGURES, PARTY, DOUBTS, PLACES, WAITS, SECONDS, SKIPPED)
"""The queues that every case has, in the order in which they are shown."""
SKIP = "skipped"
COUNTING = 0.05
PATIENCE = 0.08
"""Seconds that are spent on counting a queue, and on looking for a question."""
FEW, MANY = 20, 400
"""Reports that are looked through at a time: few at first, more as fewer of them hold anything."""
PLACES_SHOWN = 500
SAVED = "sav-"
FOUND = 200
"""Questions that are counted of a saved search."""
AHEAD = 6
"""Questions that are looked up at once, in case somebody else takes the first."""
WEAK = ("tagger", "hedge", "quotation", "passive:")
"""What found a statement where no verb of saying with somebody who says it did."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks for a question, and when: what others hold is not given to them, nor what they skipped."""

    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are asked for: those of a queue that come after one, and again from the first at its end.

    Without `after` it goes on after the last that this person looked at. `then` is where a search before stopped.
    """

    queue: str
    seat: Seat
    after: str | None = None
    then: int | None = None
    few: int = AHEAD


@dataclass(frozen=True, slots=True)
class Given:
    """The questions that come next, the first of them to be asked.

    `through` is how many reports or incidents (of `of`) were looked through where it stopped for want of time, to go on
    from `then`.
    """

    about: tuple[str, ...] = ()
    then: int | None = None
    through: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A statement or an event that nobody ruled of."""

    report: str
    name: str
    start: int
    speaker: str | None = None  # of a statement

    @property
    def about(self) -> str:
        """As it is ruled of."""
        return f"{self.report}#{self.name}"

    @property
    def place(self) -> tuple[int, bool, int, str]:
        """Where it comes in its report: what is said before what is told in the same words."""
        return self.start, self.speaker is None, len(self.name), self.name


Fits = Callable[[Connection, Sequence[Part]], Sequence[Part]]
"""Those of some parts of reports that a queue is of."""


@dataclass(slots=True)
class _Clock:
    """When to stop looking."""

    patience: float = PATIENCE
    began: float = field(default_factory=time.monotonic)
    looked: int = 0  # how many things were looked at meanwhile

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self.began > self.patience


def next_in(case: Case, wanted: Wanted) -> Given:
    """The questions of a queue that come next. What is ruled, held by others, or skipped by this person is left out."""
    with case.reading() as connection:
        return given(case, connection, wanted)


def given(case: Case, connection: Connection, wanted: Wanted) -> Given:
    """The same, over one connection."""
    queue, after, few = wanted.queue, wanted.after, wanted.few
    left_out = _left_out(connection, queue, wanted.seat) | ({after} if after else set())
    if (listed := LISTED.get(queue)) is not None:
        return _first(_turned(listed(connection, wanted.seat), after), left_out, few)
    if queue.startswith(SAVED):
        return _first(found_by(case, connection, queue, after), left_out, few)
    if queue == FIGURES:
        return _figures(connection, wanted, left_out)
    place = _place_of(connection, after) if after else None
    if place is None and wanted.then is None:
        place = _last_place(connection, wanted.seat)
    return _Walk(connection, _fits(case, connection, queue), _Clock()).given(place, wanted.then, left_out, few)


def _figures(connection: Connection, wanted: Wanted, left_out: set[str]) -> Given:
    clock, skipped = _Clock(), wanted.then or 0
    found = differing(connection, after=wanted.after, skip=skipped, clock=clock)
    told = _first(found, left_out, wanted.few)
    if told.about or not clock.is_over:
        return told
    through = skipped + clock.looked
    return Given((), through, through, contested(connection))


def _first(found: Iterable[str], left_out: set[str], few: int) -> Given:
    kept: dict[str, None] = {}
    for one in found:
        if one not in left_out:
            kept[one] = None
        if len(kept) == few:
            break
    return Given(tuple(kept))


def _left_out(connection: Connection, queue: str, seat: Seat) -> set[str]:
    """What is not given to this person now."""
    found = {one.about for one in held(connection, at=seat.at, by_others_than=seat.who)}
    if queue != SKIPPED:
        found |= {one.about for one in marks(connection, kind=SKIP, who=seat.who)}
    return found


def _turned(whole: Sequence[str], after: str | None) -> Sequence[str]:
    if after not in whole:
        return whole
    at = whole.index(after) + 1
    return (*whole[at:], *whole[:at])


# Queues that are lists


def _waits(connection: Connection, seat: Seat) -> Sequence[str]:
    return tuple(f"wait-{one.id}" for one in waiting(connection))


def _skipped(connection: Connection, seat: Seat) -> Sequence[str]:
    return tuple(dict.fromkeys(one.about for one in marks(connection, kind=SKIP, who=seat.who)))


def seconds(connection: Connection, seat: Seat) -> Sequence[str]:
    """What waits for this person as a second reader: asked for, looked at by one person, and not by them."""
    asked = tuple(dict.fromkeys(one.about for one in marks(connection, kind=SECOND)))
    who: dict[str, set[str]] = {}
    for look in looks(connection, about=asked) if asked else ():
        who.setdefault(look.about, set()).add(look.who)
    return tuple(one for one in asked if len(who.get(one, ())) == 1 and seat.who not in who[one])


def is_second(connection: Connection, about: str, seat: Seat) -> bool:
    """Whether one question waits for this person as a second reader."""
    if not marks(connection, kind=SECOND, about=about):
        return False
    who = {one.who for one in looks(connection, about=about)}
    return len(who) == 1 and seat.who not in who


def _unlocated(connection: Connection, seat: Seat) -> Sequence[str]:
    """Places that some report names and no map has, and that nobody located; those named most often first."""
    here = named_places.c
    asked = select(here.id).where(waits_for_a_place())
    return tuple(connection.execute(asked.order_by(here.uses.desc(), here.id).limit(PLACES_SHOWN)).scalars())


LISTED: Mapping[str, Callable[[Connection, Seat], Sequence[str]]] = {
    WAITS: _waits,
    SKIPPED: _skipped,
    SECONDS: seconds,
    PLACES: _unlocated,
}


# Queues that are gone through report by report


def _fits(case: Case, connection: Connection, queue: str) -> Fits:
    if queue == PARTY:
        rows = knowledge_of(case)
        return lambda connection, parts: of_parties(connection, parts, rows)
    if queue == DOUBTS:
        return doubted
    return lambda _, parts: parts


def of_parties(connection: Connection, parts: Sequence[Part], rows: Knowledge) -> Sequence[Part]:
    """Those that somebody says who speaks for a party to the conflict."""
    here = speakers.c
    whose = {one.speaker for one in parts if one.speaker}
    asked = select(here.id, here.name, here.naming, here.role, here.party).where(here.id.in_(whose))
    positions = positions_of(connection, connection.execute(asked).all(), rows)
    return [one for one in parts if one.speaker and positions[one.speaker].position == "party"]


def doubted(connection: Connection, parts: Sequence[Part]) -> Sequence[Part]:
    """Those of which the reader noted a doubt, or that only a weak rule found."""
    unsure = {report: _unsure_in(connection, report) for report in dict.fromkeys(one.report for one in parts)}
    return [one for one in parts if one.name in unsure[one.report]]


def _unsure_in(connection: Connection, report: str) -> frozenset[str]:
    rows = ask(connection, "SELECT packed FROM readings WHERE report_id = ? AND current", report)
    packed = rows.scalar()
    if packed is None:
        return frozenset()
    reading = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    told = (*reading.get("statements", ()), *reading.get("events", ()))
    return frozenset(one["id"] for one in told if one.get("doubts") or is_weak(one.get("found_by", "")))


def is_weak(found_by: str) -> bool:
    """Whether a statement was found by a weak rule alone; the tagger beside a rule makes it no weaker."""
    return found_by.startswith(WEAK)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through the reports of a case, for what nobody looked at."""

    connection: Connection
    fits: Fits
    clock: _Clock

    def given(self, place: tuple[int, Any] | None, then: int | None, left_out: set[str], few: int) -> Given:
        first = place[0] if place else then or 0
        found: list[str] = []
        for parts, seq in self.chunks(first, None):
            after = place[1] if place and place[0] == first else None
            found += self.kept(parts, left_out, (first, after))
            if len(found) >= few:
                return Given(tuple(found[:few]))
            if self.clock.is_over:
                return self.stopped(found, seq)
        if first:  # and then those before
            for parts, seq in self.chunks(0, first):
                found += self.kept(parts, left_out | set(found), None)
                if len(found) >= few:
                    return Given(tuple(found[:few]))
                if self.clock.is_over:
                    return self.stopped(found, seq)
        return Given(tuple(found))

    def stopped(self, found: list[str], seq: int) -> Given:
        if found:
            return Given(tuple(found))
        of, through = ask(
            self.connection, "SELECT count(*), sum(CASE WHEN seq <= ? THEN 1 ELSE 0 END) FROM reports", seq
        ).one()
        return Given((), seq + 1, through or 0, of)

    def kept(
        self, parts: Sequence[tuple[int, Part]], left_out: set[str], after: tuple[int, Any] | None
    ) -> Iterator[str]:
        """What may be given of some parts: those after a place in the first report, that are not left out."""
        wanted = [
            part
            for seq, part in parts
            if part.about not in left_out
            and (after is None or seq != after[0] or after[1] is None or part.place > after[1])
        ]
        yield from (one.about for one in self.fits(self.connection, wanted))

    def chunks(self, first: int, last: int | None) -> Iterator[tuple[list[tuple[int, Part]], int]]:
        """The parts of reports that nobody ruled of, some reports at a time, and the last report's number."""
        size = FEW
        while True:
            asked = (
                select(reports.c.seq, reports.c.id).where(reports.c.seq >= first).order_by(reports.c.seq).limit(size)
            )
            if last is not None:
                asked = asked.where(reports.c.seq <= last)
            rows = self.connection.execute(asked).all()
            if not rows:
                return
            seqs = {row.id: row.seq for row in rows}
            parts = unruled(self.connection, list(seqs))
            yield sorted(((seqs[one.report], one) for one in parts), key=lambda it: (it[0], it[1].place)), rows[-1].seq
            if len(rows) < size:
                return
            first, size = rows[-1].seq + 1, min(MANY, 2 * size)


def unruled(connection: Connection, wanted: Sequence[str]) -> list[Part]:
    """The statements and events of some reports that nobody ruled of."""
    said = ask(
        connection,
        "SELECT report_id, statement, start, speaker_id FROM statements WHERE report_id IN ?s AND ruled IS NULL",
        wanted,
    )
    told = ask(
        connection,
        "SELECT events.report_id, events.event, events.start FROM events LEFT JOIN ruled_events ON "
        "ruled_events.report_id = events.report_id AND ruled_events.event = events.event "
        "WHERE events.report_id IN ?s AND ruled_events.ruled IS NULL",
        wanted,
    )
    return [*(Part(*row) for row in said), *(Part(*row) for row in told)]


def _place_of(connection: Connection, about: str) -> tuple[int, Any] | None:
    """Where a question stands: the number of its report, and its place in it."""
    report, _, part = about.partition("#")
    seq = connection.execute(select(reports.c.seq).where(reports.c.id == report)).scalar()
    if seq is None:
        return None
    if part.startswith("ev"):
        asked = select(events.c.start).where(events.c.report_id == report, events.c.event == part)
    else:
        asked = select(statements.c.start).where(statements.c.report_id == report, statements.c.statement == part)
    start = connection.execute(asked).scalar()
    if start is None:
        return seq, None
    return seq, Part(report, part, start, None if part.startswith("ev") else "").place


def _last_place(connection: Connection, seat: Seat) -> tuple[int, Any] | None:
    from sayso.ledger.looks import last_of

    last = last_of(connection, seat.who)
    return _place_of(connection, last.about) if last is not None and "#" in last.about else None


# How many are left


@dataclass(frozen=True, slots=True)
class Left:
    """How many questions of a queue are left. `exactly` False: at least so many; it was not counted further."""

    count: int
    exactly: bool = True


def left(case: Case, connection: Connection, queue: str, seat: Seat, *, patience: float = COUNTING) -> Left:
    """How many questions of a queue are left, whoever they are given to, as far as is counted in so many seconds."""
    if (listed := LISTED.get(queue)) is not None:
        count = len(listed(connection, seat))
        return Left(count, queue != PLACES or count < PLACES_SHOWN)
    if queue == UNSEEN:
        return Left(_all(connection) - _ruled(connection))
    clock = _Clock(patience)
    if queue.startswith(SAVED):
        return _found(found_by(case, connection, queue, None), clock)
    if queue == FIGURES:
        found = set(differing(connection, after=None, skip=0, clock=clock))
        return Left(len(found), not clock.is_over)
    walk, count = _Walk(connection, _fits(case, connection, queue), clock), 0
    for parts, _ in walk.chunks(0, None):
        count += sum(1 for _ in walk.kept(parts, set(), None))
        if clock.is_over:
            return Left(count, exactly=False)
    return Left(count)


def _found(found: Iterable[str], clock: _Clock) -> Left:
    met: set[str] = set()
    for one in islice(found, FOUND):
        met.add(one)
        if len(met) == FOUND or clock.is_over:
            return Left(len(met), exactly=False)
    return Left(len(met))


def _all(connection: Connection) -> int:
    said, told = ask(connection, "SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM events)").one()
    return int(said) + int(told)


def _ruled(connection: Connection) -> int:
    """How many statements and events people ruled of."""
    asked = (
        "SELECT (SELECT count(*) FROM statements WHERE report_id IN ?s AND ruled IS NOT NULL), "
        "(SELECT count(*) FROM ruled_events WHERE ruled IS NOT NULL)"
    )
    about = ask(
        connection,
        "SELECT DISTINCT about FROM decision_about JOIN decisions ON decisions.id = decision_id "
        "WHERE withdrawn_at IS NULL AND ruling IN ?s",
        ("accept", "reject", "correct", "add_statement"),
    ).scalars()
    said, told = ask(connection, asked, {one.partition("#")[0] for one in about}).one()
    return int(said) + int(told)
