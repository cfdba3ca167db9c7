"""A claim followed through the reports that tell it: the copies of one telling, and the tellings of one incident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, or_, select

from sayso import drift
from sayso.accounts.tellings import sayings
from sayso.copies import Print, fingerprint
from sayso.journey import set_beside
from sayso.ledger.asking.ids import found, kind_of
from sayso.ledger.asking.questions import BadQuestion
from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.asking.search import search
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.packing import unpacked
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.ruled_parts import as_ruled, corrected_among
from sayso.ledger.schema import events, family_members, links, readings, reports
from sayso.record import Anchor, Change, Event, Hop, Reading, Saying, Span, Statement, Trace, When

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.case import Case

NEAR = 3
"""Sentences: what reaches a claim, a caveat or a denial, stands so near it."""
MOST = 400
"""Other reports that one trace goes through."""
MOST_REMEMBERED = 2_000
"""Comparisons of two reports that a process keeps at hand, some 3 KB each."""
MOST_HELD = 200
"""Readings that a process keeps at hand, as they were read: some 150 KB each, with what they are known by."""
LAST = "9999"


@dataclass(frozen=True)
class Held:
    """A report of the case, with its reading."""

    id: str
    seq: int
    publisher: str | None
    published: When
    reading: Reading
    seal: bytes  # of the reading

    @cached_property
    def print(self) -> Print:
        """What it is known by among copies."""
        return fingerprint(self.reading)

    @cached_property
    def sayings(self) -> dict[str, Saying]:
        """What is said in it, by the id of the statement."""
        return {saying.statement: saying for saying in sayings(self.reading)}

    def sentence_at(self, span: Span) -> Span | None:
        """The sentence in which a stretch begins."""
        return next((one for one in self.reading.page.sentences if one.start <= span.start < one.end), None)

    def anchor(self, span: Span) -> Anchor:
        """A stretch with its words."""
        return Anchor(self.id, span, self.reading.page.report.text[span.start : span.end])

    @property
    def order(self) -> tuple[str, int]:
        """Where it stands in time: undated reports by when they can have come out at the latest, then as added."""
        return self.published.earliest or self.published.latest or LAST, self.seq


def traced(case: Case, asked: str) -> Trace:
    """A claim through its reports, in time order, each hop compared with the report it was made of.

    `asked` is a statement or an event (`<report>#st3`, `<report>#ev1`), an incident, or words: then the claim is the
    earliest sentence that has them all. Raises `NoSuchThing`, `BadQuestion`.
    """
    with case.reading() as connection:
        claim = _claim(case, connection, asked)
        incident, members = _incident_of(connection, claim)
        copies, made_of = _copies_of(connection, claim.report)
        rows, others = knowledge_of(case), {*members, *copies} - {claim.report}
        asked_of = _first_of(connection, others)
        held = _held(connection, {claim.report, *asked_of}, rows)
        compared = _Compared(held, case)
        places = _places(compared, claim, members)
        hops = _hops(compared, places, _Family(frozenset({claim.report, *copies}), made_of))
        told = _told(claim, incident, _families(connection, [hop.report for hop in hops]), hops)
        return replace(told, left_out=len(others) - len(asked_of))


# Which claim


def _claim(case: Case, connection: Connection, asked: str) -> Anchor:
    plain = asked.strip()
    kind = kind_of(plain.partition("#")[0].casefold())
    if kind == "incident":
        return _of_incident(connection, found(connection, plain, kind="incident").id, knowledge_of(case))
    if kind != "report":
        return _of_words(case, plain)
    named = found(connection, plain, kind="report")
    if named.part is None:
        raise BadQuestion(
            f"{asked} is a whole report. Name what is claimed in it: {asked}#st1, {asked}#ev1, or its words."
        )
    held = _held(connection, {named.id}, knowledge_of(case))[named.id]
    span = _span_of(held.reading, named.part)
    sentence = held.sentence_at(span) if span else None
    if sentence is None:
        raise NoSuchThing(
            f"The report {named.id} has no {named.part}. `sayso report {asked.partition('#')[0]}` lists what it has."
        )
    return held.anchor(sentence)


def _of_words(case: Case, words: str) -> Anchor:
    hits = [hit for hit in search(case, words, limit=100) if hit.sentence >= 0]
    if not hits:
        raise NoSuchThing(f"No sentence of the case has the words {words!r}. `sayso search` shows what is near.")
    first = min(hits, key=lambda hit: (hit.published.earliest or LAST, hit.key))
    return Anchor(first.report, first.span, first.words)


def _of_incident(connection: Connection, name: str, known: Knowledge) -> Anchor:
    query = select(events.c.report_id, events.c.event).join(reports, reports.c.id == events.c.report_id)
    when = func.coalesce(reports.c.published_earliest, reports.c.published_latest, LAST)
    told = query.where(events.c.incident_id == name).order_by(when, reports.c.seq, events.c.start, events.c.id)
    row = connection.execute(told.limit(1)).first()
    if row is None:
        raise NoSuchThing(f"Nothing in the case tells of {name}.")
    held = _held(connection, {row.report_id}, known)[row.report_id]
    span = _span_of(held.reading, row.event)
    sentence = held.sentence_at(span) if span else None
    if sentence is None:
        raise NoSuchThing(f"The report {row.report_id} no longer tells of {name}.")
    return held.anchor(sentence)


def _span_of(reading: Reading, part: str) -> Span | None:
    for statement in reading.statements:
        if statement.id == part:
            return statement.cue or next(iter(statement.words), None) or statement.who
    return next((event.trigger for event in reading.events if event.id == part), None)


# Which reports


def _incident_of(connection: Connection, claim: Anchor) -> tuple[str | None, dict[str, list[str]]]:
    """The incident of which the claim's sentence tells, and its events by report."""
    inside = (events.c.start >= claim.span.start) & (events.c.start < claim.span.end)
    query = select(events.c.incident_id).where(events.c.report_id == claim.report, inside).order_by(events.c.start)
    name = connection.execute(query).scalar()
    members: dict[str, list[str]] = defaultdict(list)
    if name is not None:
        for row in connection.execute(select(events.c.report_id, events.c.event).where(events.c.incident_id == name)):
            members[row.report_id].append(row.event)
    return name, members


def _copies_of(connection: Connection, report: str) -> tuple[set[str], dict[str, str]]:
    """The reports that share a telling with this one, and what each was made of as far as that is known."""
    mine = select(family_members.c.family_id).where(family_members.c.report_id == report)
    query = select(family_members.c.report_id, family_members.c.of).where(family_members.c.family_id.in_(mine))
    rows = connection.execute(query).all()
    direct = select(links.c.a, links.c.b).where(or_(links.c.a == report, links.c.b == report))
    linked = {name for row in connection.execute(direct) for name in (row.a, row.b)}
    return {row.report_id for row in rows} | linked, {row.report_id: row.of for row in rows if row.of}


def _families(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    query = select(family_members.c.family_id).where(family_members.c.report_id.in_(sorted(set(ids)))).distinct()
    return tuple(sorted(connection.execute(query).scalars()))


def _first_of(connection: Connection, ids: set[str]) -> set[str]:
    """Of very many reports, those that came out first: a claim hardens early."""
    if len(ids) <= MOST:
        return ids
    when = func.coalesce(reports.c.published_earliest, reports.c.published_latest, LAST)
    query = select(reports.c.id).where(reports.c.id.in_(sorted(ids))).order_by(when, reports.c.seq)
    return set(connection.execute(query.limit(MOST)).scalars())


def _held(connection: Connection, ids: set[str], known: Knowledge) -> dict[str, Held]:
    """Reports with their readings as people corrected them."""
    columns = (
        reports.c.id, reports.c.seq, reports.c.publisher, reports.c.published_earliest, reports.c.published_latest,
        reports.c.text, readings.c.packed,
    )  # fmt: skip
    query = select(*columns).join(readings, (readings.c.report_id == reports.c.id) & readings.c.current)
    rows = connection.execute(query.where(reports.c.id.in_(sorted(ids)))).all()
    corrected = corrected_among(connection, [row.id for row in rows])
    return {row.id: _one_held(connection, row, known if row.id in corrected else None) for row in rows}


def _one_held(connection: Connection, row: Any, known: Knowledge | None) -> Held:
    """A report with its reading, laid over with what was corrected where the rows are given that it takes."""
    when = When(row.published_earliest, row.published_latest, "day")
    seal = sha256(row.packed)
    key = (row.id, row.seq, row.publisher, when, seal.digest())
    if known is None and (before := _held_before.get(key)) is not None:
        return before
    reading = unpacked(row.packed, row.text, b"")
    if known is not None:
        reading, ruled = as_ruled(connection, reading, known)
        seal.update(" ".join(one.id for one in ruled).encode())
    made = Held(row.id, row.seq, row.publisher or _credited(reading), when, reading, seal.digest())
    return made if known is not None else _held_before.keep(key, made)


_held_before: Remembered[tuple[str, int, str | None, When, bytes], Held] = Remembered(MOST_HELD)
"""Reports of the traces before, as they were read."""


def _credited(reading: Reading) -> str | None:
    """The agency that a report without a publisher credits, told as such: a copy keeps that credit, too."""
    agency = next(iter(reading.page.agencies), None)
    return f"credits {agency.name}" if agency else None


# Where each report tells it


class _Compared:
    """The reports of a trace, any two of them set beside each other at most once, and remembered for the next trace."""

    def __init__(self, held: Mapping[str, Held], case: Case) -> None:
        self.held = held
        self._rows = knowledge_of(case)

    def pairs(self, one: str, two: str) -> Pairs:
        """The sentences of two reports that tell the same."""
        here, there = self.held[one], self.held[two]
        key = here.seal, there.seal, one, two, self._rows
        known = _paired.get(key)
        if known is not None:
            return known
        return _paired.keep(key, set_beside(here.reading, there.reading, ours=here.print, theirs=there.print).pairs)

    def changes(self, one: str, two: str, within: Within) -> tuple[Change, ...]:
        """What changed from one report to another, within some stretches of both at least."""
        here, there = self.held[one], self.held[two]
        key = here.seal, there.seal, one, two, self._rows, within
        known = _changed.get(key)
        if known is not None:
            return known
        pairs = self.pairs(one, two)
        return _changed.keep(key, drift.changes(here.reading, there.reading, pairs, self._rows, within=within))


Pairs = tuple[tuple[Span, Span], ...]
Within = tuple[tuple[Span, ...], tuple[Span, ...]]
_paired: Remembered[tuple[bytes, bytes, str, str, Knowledge], Pairs] = Remembered(MOST_REMEMBERED)
"""Pairs of the traces before. They are of two readings and rows alone."""
_changed: Remembered[tuple[bytes, bytes, str, str, Knowledge, Within], tuple[Change, ...]] = Remembered(MOST_REMEMBERED)
"""Changes of the traces before."""


def _places(compared: _Compared, claim: Anchor, members: Mapping[str, list[str]]) -> dict[str, Span]:
    """The sentence of each report that tells the claim: the one aligned with it, else one that tells the incident."""
    places = {claim.report: claim.span}
    for name, other in compared.held.items():
        if name == claim.report:
            continue
        pairs = compared.pairs(claim.report, name)
        partner = next((there for here, there in pairs if _meet(here, claim.span)), None)
        place = partner or _telling(other, members.get(name, ()))
        if place is not None:
            places[name] = place
    return places


def _telling(held: Held, ids: Iterable[str]) -> Span | None:
    """The first sentence of a report that tells one of these events."""
    spans = sorted(event.trigger for event in held.reading.events if event.id in ids)
    return held.sentence_at(spans[0]) if spans else None


def _meet(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


# The hops


@dataclass(frozen=True)
class _Family:
    """The reports that are copies of one telling with the one asked of, and what each was made of where it is known."""

    members: frozenset[str]
    made_of: Mapping[str, str]


def _hops(compared: _Compared, placed: Mapping[str, Span], family: _Family) -> list[Hop]:
    held = compared.held
    ordered = _in_order(held, placed, family.made_of)
    hops = []
    for name in ordered:
        since = _since(name, ordered, family)
        changed = _of_claim(compared, (since, placed[since]), (name, placed[name])) if since is not None else ()
        hops.append(_hop(held[name], placed[name], _Since(since, family.made_of.get(name) == since, changed)))
    return hops


def _in_order(held: Mapping[str, Held], placed: Mapping[str, Span], made_of: Mapping[str, str]) -> list[str]:
    """By time, but no copy before what it was made of."""
    left = sorted(placed, key=lambda name: held[name].order)
    ordered: list[str] = []
    while left:
        ready = next((name for name in left if made_of.get(name) not in left or made_of.get(name) == name), left[0])
        ordered.append(ready)
        left.remove(ready)
    return ordered


def _since(name: str, ordered: list[str], family: _Family) -> str | None:
    """What a hop is compared with: what it was made of, else the first before it that is a copy of the same telling."""
    before = ordered[: ordered.index(name)]
    of = family.made_of.get(name)
    if of in before:
        return of
    return next((other for other in before if other in family.members), None) if name in family.members else None


def _of_claim(compared: _Compared, since: tuple[str, Span], now: tuple[str, Span]) -> tuple[Change, ...]:
    """The changes that bear on the claim: in its sentence, or what reaches it and is gone."""
    (one, was), (two, told) = since, now
    within = (was, *_reaching(compared.held[one], was)), (told,)
    return tuple(
        change
        for change in compared.changes(one, two, within)
        if (change.here and any(_meet(change.here.span, stretch) for stretch in within[0]))
        or (change.there and _meet(change.there.span, told))
    )


def _reaching(held: Held, claim: Span) -> list[Span]:
    """The denials and caveats that cover what the claim's sentence says, or stand near it without covering anything."""
    inside = {one.id for one in held.reading.statements if _stands_in(one, claim)}
    inside |= {event.id for event in held.reading.events if claim.start <= event.trigger.start < claim.end}
    found = []
    for statement in held.reading.statements:
        if statement.act not in ("denies", "cannot_verify") or statement.cue is None:
            continue
        sentence = held.sentence_at(statement.cue)
        if sentence and (inside & set(statement.covers) or (not statement.covers and _is_near(held, sentence, claim))):
            found.append(sentence)
    return found


def _stands_in(statement: Statement, claim: Span) -> bool:
    return any(_meet(words, claim) for words in statement.words)


def _is_near(held: Held, one: Span, two: Span) -> bool:
    sentences = held.reading.page.sentences
    return one in sentences and two in sentences and abs(sentences.index(one) - sentences.index(two)) <= NEAR


@dataclass(frozen=True)
class _Since:
    """What a hop is compared with, whether it was made of that, and what changed."""

    report: str | None
    made_of: bool
    changes: tuple[Change, ...]


def _hop(held: Held, sentence: Span, since: _Since) -> Hop:
    told = [one for one in held.reading.statements if _stands_in(one, sentence) and one.act != "thinks"]
    saying = max(told, key=lambda one: _share(one, sentence), default=None)
    event = next((one for one in held.reading.events if _meet(one.trigger, sentence)), None)
    return Hop(
        held.id,
        held.publisher,
        held.published,
        held.anchor(sentence),
        held.sayings.get(saying.id) if saying else None,
        _status(event, saying),
        since.report,
        since.made_of and since.report is not None,
        since.changes,
    )


def _share(statement: Statement, sentence: Span) -> int:
    return sum(
        min(one.end, sentence.end) - max(one.start, sentence.start) for one in statement.words if _meet(one, sentence)
    )


def _status(event: Event | None, saying: Statement | None) -> str | None:
    if event is None:
        return None
    told = {teller.statement: teller.status for teller in event.told}
    return told.get(saying.id if saying else None, event.status)


def _told(claim: Anchor, incident: str | None, families: tuple[str, ...], hops: list[Hop]) -> Trace:
    said = next((number for number, hop in enumerate(hops) if hop.saying), None)
    lost = _first(hops, ("speaker_dropped", "attribution_to_fact"))
    return Trace(
        claim=claim,
        incident=incident,
        families=families,
        hops=tuple(hops),
        first_said=said,
        speaker_lost=lost,
        caveat_lost=_first(hops, ("caveat_dropped",)),
        denial_lost=_first(hops, ("denial_dropped",)),
        bare_fact=_first(hops, ("attribution_to_fact",)),
    )


def _first(hops: list[Hop], kinds: tuple[str, ...]) -> int | None:
    return next((n for n, hop in enumerate(hops) if any(change.kind in kinds for change in hop.changes)), None)
