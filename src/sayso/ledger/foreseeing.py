"""What a ruling on incidents would do: it is carried out in a transaction that is not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.ledger.anchors import subject_of
from sayso.ledger.compared import tellings_of
from sayso.ledger.corrections import Asking
from sayso.ledger.decisions import ruled_now
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.schema import events
from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.ledger.case import Case

BETWEEN = ("same_incident", "different_incident")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One incident as it would be: its id, and the sentences that would tell it, each once, in the order of reports."""

    incident: str
    tellings: tuple[Anchor, ...]
    is_named: bool  # whether the ruling names anything of it

    @property
    def reports(self) -> int:
        """How many reports would tell it."""
        return len({one.report for one in self.tellings})


class _NotKept(Exception):
    """Ends the transaction, so that nothing of it is kept."""


def foreseen(case: Case, *, ruling: str, about: Sequence[str], who: str, at: str) -> tuple[Foreseen, ...]:
    """The incidents that there would be of those a ruling is about, those that it names first.

    Nothing is changed. Empty for rulings that are not about which events are one incident. Raises what ruling so would
    raise, but for what contradicts it.
    """
    if ruling not in BETWEEN:
        return ()
    found: tuple[Foreseen, ...] = ()
    try:
        with case.writing() as connection:
            subjects = {one.id: one for one in (subject_of(connection, asked) for asked in about)}
            before = _incidents_of(connection, subjects)
            held = set(connection.execute(select(events.c.id).where(events.c.incident_id.in_(before))).scalars())
            asking = Asking(ruling, tuple(subjects.values()), knowledge_of(case))
            ruled_now(connection, asking, who=who, at=at)
            found = _groups(connection, held, subjects)
            raise _NotKept
    except _NotKept:
        return found


def _incidents_of(connection: Connection, about: Collection[str]) -> list[str]:
    named = {one for one in about if one.startswith("inc-")}
    for one in about:
        report, _, event = one.partition("#")
        mine = select(events.c.incident_id).where(events.c.report_id == report, events.c.event == event)
        named |= set(connection.execute(mine).scalars())
    return sorted(named)


def _groups(connection: Connection, held: Collection[int], about: Collection[str]) -> tuple[Foreseen, ...]:
    asked = select(events.c.id, events.c.incident_id).where(events.c.id.in_(sorted(held)))
    of = {row.id: row.incident_id for row in connection.execute(asked)}
    told: dict[str, dict[Anchor, None]] = defaultdict(dict)
    named = {one for one in about if one.startswith("inc-")}
    for number, one in tellings_of(connection, sorted(of)).items():
        sentence = one.telling.sentence
        told[of[number]].setdefault(Anchor(one.telling.report, sentence.span, sentence.words))
        if one.key in about:
            named.add(of[number])
    groups = [Foreseen(name, tuple(anchors), name in named) for name, anchors in told.items()]
    return tuple(sorted(groups, key=lambda one: (not one.is_named, -one.reports, one.incident)))
