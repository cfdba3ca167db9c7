"""What two readers said of the same questions: where they differ, how far they agree, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from sayso.ledger.asking.agreement import Kappa, f1, kappa
from sayso.ledger.asking.pointing import sentences_of
from sayso.ledger.looks import SETTLED, Look, looks
from sayso.ledger.marks import Mark, marks
from sayso.ledger.schema import decisions
from sayso.ledger.working import looks as table
from sayso.record import CORRECTABLE, Anchor, Correction

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AS_READ = "as read"
BLIND = select(table.c.about).where(table.c.blind, table.c.withdrawn_at.is_(None))
"""What second readers looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two looks of two people at one question: the first, and the second reader's, who did not know the first."""

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
    """How far a queue was gone through, as far as looks tell: by whoever asks, and by others."""

    mine: int = 0
    others: int = 0


def pairs(connection: Connection) -> tuple[Pair, ...]:
    """All questions at which a second reader looked, in the order in which they did."""
    both = looks(connection, about=BLIND)
    blind = [one for one in both if one.blind]
    firsts: dict[str, Look] = {}
    for one in both:
        if not one.blind and firsts.get(one.about, one).who == one.who:
            firsts[one.about] = one  # who took a verdict back elsewhere and looked again means the last
    settled = _settled(connection)
    return tuple(
        Pair(one.about, firsts[one.about], one, settled.get(one.about))
        for one in blind
        if one.about in firsts and firsts[one.about].who != one.who
    )


def _settled(connection: Connection) -> dict[str, Mark]:
    """What was settled by a decision that still stands."""
    held = {(one.value or "").partition(" ")[2]: one for one in marks(connection, kind=SETTLED)}
    asked = select(decisions.c.id).where(decisions.c.id.in_(list(held)), decisions.c.withdrawn_at.is_(None))
    standing = connection.execute(asked).scalars() if held else ()
    return {held[one].about: held[one] for one in standing}


def differing_pairs(connection: Connection) -> tuple[Pair, ...]:
    """Those of which the two readers say otherwise, and that nobody settled."""
    return tuple(one for one in pairs(connection) if not one.is_agreed and one.settled is None)


def agreements(found: Iterable[Pair]) -> tuple[Agreement, ...]:
    """How far all pairs agree, then every two readers, by their names."""
    every = tuple(found)
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
    asked = (
        select(where.label("queue"), table.c.who, func.count().label("many"))
        .where(table.c.withdrawn_at.is_(None))
        .group_by(where, table.c.who)
    )
    mine: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for row in connection.execute(asked):
        (mine if row.who == who else others)[_queue_in(row.queue)] += row.many
    return {queue: Progress(mine[queue], others[queue]) for queue in {*mine, *others}}


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
