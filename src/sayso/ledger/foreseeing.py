"""What a ruling on incidents would do: it is carried out in a transaction that is not kept.

Where events are parted, those that go together with them more than with the rest go along. A person can let some of
these stay: that is a ruling of its own, in the same transaction.
"""

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
    from sayso.record import Decision

BETWEEN = ("same_incident", "different_incident")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One incident as it would be: its id, and the sentences that would tell it, each once, in the order of reports.

    `events` are the ids of what each of these sentences tells.
    """

    incident: str
    tellings: tuple[Anchor, ...]
    is_named: bool  # whether the ruling names anything of it
    events: tuple[tuple[str, ...], ...] = ()

    def names(self, event: str) -> bool:
        """Whether one of its sentences tells an event."""
        return any(event in told for told in self.events)

    @property
    def reports(self) -> int:
        """How many reports would tell it."""
        return len({one.report for one in self.tellings})


class _NotKept(Exception):
    """Ends the transaction, so that nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Who rules, when and why."""

    who: str
    at: str
    why: str = ""


def let_stay(case: Case, connection: Connection, events_of: Sequence[str], by: Ruler) -> Decision | None:
    """Rule in the caller's transaction that events are of the incident that the first of them is in.

    What was taken for one with them stays where it is. Nothing is ruled where there is only one.
    """
    stays, *kept = events_of
    if not kept:
        return None
    report, _, event = stays.partition("#")
    mine = select(events.c.incident_id).where(events.c.report_id == report, events.c.event == event)
    incident = connection.execute(mine).scalar_one()
    subjects = tuple(subject_of(connection, one) for one in (incident, *kept))
    asking = Asking("same_incident", subjects, knowledge_of(case))
    return ruled_now(connection, asking, who=by.who, at=by.at, why=by.why)


def foreseen(
    case: Case, *, ruling: str, about: Sequence[str], who: str, at: str, kept: Sequence[str] = ()
) -> tuple[Foreseen, ...]:
    """The incidents that there would be of those a ruling is about, those that it names first.

    `kept` are events that are let stay with the last that it is about.

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
            let_stay(case, connection, (about[-1], *kept), Ruler(who, at))
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
    told: dict[str, dict[Anchor, list[str]]] = defaultdict(dict)
    named = {one for one in about if one.startswith("inc-")}
    for number, one in tellings_of(connection, sorted(of)).items():
        sentence = one.telling.sentence
        told[of[number]].setdefault(Anchor(one.telling.report, sentence.span, sentence.words), []).append(one.key)
        if one.key in about:
            named.add(of[number])
    groups = [
        Foreseen(name, tuple(anchors), name in named, tuple(map(tuple, anchors.values())))
        for name, anchors in told.items()
    ]
    return tuple(sorted(groups, key=lambda one: (not one.is_named, -one.reports, one.incident)))
