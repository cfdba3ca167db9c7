"""What two readers said of the same questions: where they differ, how far they agree, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.agreement import Kappa, f1, kappa
from sayso.ledger.asking.pointing import sentences_of
from sayso.ledger.decisions import decisions_in
from sayso.ledger.looks import SETTLED, Look, looks
from sayso.ledger.marks import Mark, marks
from sayso.ledger.schema import decision_about, decisions
from sayso.ledger.working import looks as table
from sayso.record import CORRECTABLE, Anchor, Correction, Decision

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AS_READ = "as read"
SECONDS = select(table.c.about).where(table.c.decision_id.is_(None), table.c.withdrawn_at.is_(None))
"""What second readers looked at, blind or beside a ruling that they knew."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two looks of two people at one question: the first, and the second reader's.

    The second did not know the first where `second.blind`; else they knew it, and said otherwise beside it.
    """

    about: str
    first: Look
    second: Look
    settled: Mark | None = None  # by a person, where the two differ

    @property
    def is_agreed(self) -> bool:
        """Whether both say the same: the same verdict, and the same of every field."""
        return self.first.verdict == self.second.verdict and held_of(self.first) == held_of(self.second)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree, or all pairs together. No score of either."""

    readers: tuple[str, ...]  # two names; none where all pairs are counted
    verdicts: Kappa
    fields: float | None  # F1; None where neither kept anything


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a queue was gone through, as far as looks tell: by whoever asks, and by others.

    `along` are statements of copies that whoever asks ruled along with what they looked at.
    """

    mine: int = 0
    others: int = 0
    along: int = 0


def pairs(connection: Connection) -> tuple[Pair, ...]:
    """All questions at which a second reader looked, in the order in which they did."""
    both = looks(connection, about=SECONDS)
    seconds = [one for one in both if one.decision is None]
    settled = _settled(connection)
    made_by: dict[str | None, Look] = {one.decision: one for one in both if one.decision is not None}
    firsts = _firsts(both) | _ruled_beside(connection, seconds, made_by, settled)
    return tuple(
        Pair(one.about, first, one, settled.get(one.id) or settled.get(one.about))
        for one in seconds
        if (first := firsts.get(one.about if one.blind else one.id)) is not None and first.who != one.who
    )


def _firsts(both: Iterable[Look]) -> dict[str | int, Look]:
    """The first look at each question: who took a verdict back elsewhere and looked again means the last."""
    firsts: dict[str | int, Look] = {}
    for one in both:
        if one.decision is not None and firsts.get(one.about, one).who == one.who:
            firsts[one.about] = one
    return firsts


def _ruled_beside(
    connection: Connection,
    seconds: Iterable[Look],
    made_by: Mapping[str | None, Look],
    settled: Mapping[str | int, Mark],
) -> dict[str | int, Look]:
    """By the number of each look that stands beside a ruling, what was ruled: as a look, also where it came of none.

    Where whoever ruled took it back, there is nothing to settle.
    """
    beside = {one.id: one for one in seconds if one.is_beside}
    ids = {name for one in beside.values() for name in one.beside}
    ruled = {one.id: one for one in decisions_in(connection, select(decisions).where(decisions.c.id.in_(ids)))}
    found: dict[str | int, Look] = {}
    for number, one in beside.items():
        known = [ruled[name] for name in one.beside if name in ruled]
        for other in sorted(known, key=lambda it: it.withdrawn_at is not None):
            if other.id in made_by or number in settled or other.withdrawn_by != other.who:
                found.setdefault(number, made_by.get(other.id) or _as_look(other, one.about))
    return found


def _as_look(ruled: Decision, about: str) -> Look:
    told = (about, ruled.ruling, ruled.corrections, "", ruled.why, ruled.who, ruled.at, False, ruled.id)
    return Look(0, *told)


def _settled(connection: Connection) -> dict[str | int, Mark]:
    """What was settled by a decision that stands, by the numbers of the looks; by the question if none are told."""
    held = [(one, *_told_in(one.value or "")) for one in marks(connection, kind=SETTLED)]
    asked = select(decisions.c.id).where(decisions.c.id.in_([made for _, made, _ in held]))
    standing = set(connection.execute(asked.where(decisions.c.withdrawn_at.is_(None))).scalars()) if held else set()
    found: dict[str | int, Mark] = {}
    for one, made, seconds in held:
        if made in standing:
            found |= {int(each): one for each in seconds} if seconds else {one.about: one}
    return found


def _told_in(value: str) -> tuple[str, tuple[str, ...]]:
    """The decision that settled something, and the numbers of the looks that it settled: "first dec-0a 3,7"."""
    _, made, seconds = (*value.split(" "), "", "", "")[:3]
    return made, tuple(seconds.split(",")) if seconds else ()


def differing_pairs(connection: Connection) -> tuple[Pair, ...]:
    """Those of which the two readers say otherwise, and that nobody settled."""
    return tuple(one for one in pairs(connection) if not one.is_agreed and one.settled is None)


def beside_ruling(connection: Connection, ruled: Decision) -> tuple[Look, ...]:
    """What others say otherwise than one decision, beside it, and nobody settled."""
    return tuple(
        one.second
        for one in differing_pairs(connection)
        if one.second.is_beside and ruled.id in one.second.beside and ruled.withdrawn_at is None
    )


def agreements(found: Iterable[Pair]) -> tuple[Agreement, ...]:
    """How far all pairs agree, then every two readers, by their names; of those whose second reader knew nothing."""
    every = tuple(one for one in found if one.second.blind)
    by_readers: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for one in every:
        by_readers[min(one.first.who, one.second.who), max(one.first.who, one.second.who)].append(one)
    return (_agreement((), every), *(_agreement(who, by_readers[who]) for who in sorted(by_readers)))


def _agreement(readers: tuple[str, ...], found: Iterable[Pair]) -> Agreement:
    told = [_in_order(one, readers) for one in found]
    return Agreement(
        readers,
        kappa([(one.verdict, other.verdict) for one, other in told]),
        f1((held_of(one), held_of(other)) for one, other in told),
    )


def _in_order(pair: Pair, readers: tuple[str, ...]) -> tuple[Look, Look]:
    """The looks of a pair: by name where two readers are compared, else the first and then the second."""
    if readers and pair.first.who != readers[0]:
        return pair.second, pair.first
    return pair.first, pair.second


def held_of(look: Look) -> frozenset[tuple[str, str, str]]:
    """What a reader holds of a question, field by field: as it was read, or as they corrected it; nothing rejected."""
    if look.verdict == "reject":
        return frozenset()
    corrected = {one.field: one for one in look.corrections}
    kind = "event" if look.about.partition("#")[2].startswith("ev") else "statement"
    return frozenset(
        (look.about, field, _value(corrected[field]) if field in corrected else AS_READ) for field in CORRECTABLE[kind]
    )


def _value(told: Correction) -> str:
    """What a field became: words as typed, without case and blanks; the words of the text where they were moved."""
    if told.field == "words" and told.anchor is not None:
        return f"{told.anchor.span.start}-{told.anchor.span.end}"
    return " ".join((told.after or "").casefold().split())


def progress(connection: Connection, who: str) -> Mapping[str, Progress]:
    """How many looks stand by queue: of one person, and of everybody else. A queue without looks is not there."""
    where = func.substr(table.c.fields, 1, 60)
    looked = (
        select(where.label("queue"), table.c.who, func.count().label("many"))
        .where(table.c.withdrawn_at.is_(None))
        .group_by(where, table.c.who)
    )
    copies = (
        select(where.label("queue"), func.count().label("many"))
        .join(decisions, decisions.c.id == table.c.decision_id)
        .join(decision_about, decision_about.c.decision_id == decisions.c.id)
        .where(table.c.withdrawn_at.is_(None), decisions.c.withdrawn_at.is_(None))
        .where(table.c.who == who, decision_about.c.about != table.c.about)
        .group_by(where)
    )
    mine: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    along: dict[str, int] = defaultdict(int)
    for row in connection.execute(looked):
        (mine if row.who == who else others)[_queue_in(row.queue)] += row.many
    for row in connection.execute(copies):
        along[_queue_in(row.queue)] += row.many
    return {queue: Progress(mine[queue], others[queue], along[queue]) for queue in {*mine, *others}}


def _queue_in(fields: str) -> str:
    return fields.partition('{"queue":"')[2].partition('"')[0]


def sentences_at(case: Case, found: Iterable[Pair]) -> Mapping[str, Anchor]:
    """The sentence of each question, by what it is about, as far as the case still has it."""
    from sayso.ledger.anchors import subject_of
    from sayso.ledger.problems import NoSuchThing

    anchors: dict[str, Anchor] = {}
    with case.reading() as connection:
        for one in found:
            try:
                anchor = subject_of(connection, one.about).anchor
            except NoSuchThing:
                continue
            if anchor is not None:
                anchors[one.about] = Anchor(one.about.partition("#")[0], anchor.span, anchor.words)
        held = sentences_of(connection, anchors.values())
    return {about: held.get((one.report, one.span.start)) or one for about, one in anchors.items()}
