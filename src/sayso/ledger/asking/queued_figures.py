"""Events whose figures differ from those of other tellings of the same incident, the most contested incidents first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, select

from sayso.accounts.numbers import can_be_one
from sayso.ledger.quick import ask
from sayso.ledger.schema import events, incidents
from sayso.record import Anchor, Quantity, Span

if TYPE_CHECKING:
    from sqlalchemy import Connection

DIFFERS = 1_000_000.0
"""What `contested` is at least where origins deny, or differ on anything; see `accounts.assemble.contested`."""
AT_ONCE = 20
TELLINGS = 40
"""Tellings of one incident that are compared; of a larger one the first to be added."""


class Clock(Protocol):
    """When to stop looking, and how much was looked at."""

    looked: int

    @property
    def is_over(self) -> bool:
        """Whether it is time."""


def contested(connection: Connection) -> int:
    """How many incidents origins deny, or differ on."""
    return connection.execute(select(func.count()).where(incidents.c.contested >= DIFFERS)).scalar_one()


def differing(connection: Connection, *, after: str | None, skip: int, clock: Clock) -> Iterator[str]:
    """The events that give a figure with which another telling does not agree, and of which nobody ruled.

    They come incident by incident, beginning after that of `after`, then again with the first; the first `skip`
    incidents are left out.
    """
    begin = _incident_of(connection, after) if after else None
    if begin is not None:
        yield from (one for one in disagreeing(connection, begin[1]) if one != after)
    last = begin
    for _ in range(2 if begin else 1):
        while rows := _contested(connection, last, skip):
            for place in rows:
                yield from disagreeing(connection, place[1])
                clock.looked += 1
                if clock.is_over:
                    return
                last = place
            skip = 0
        last = None


def disagreeing(connection: Connection, incident: str) -> tuple[str, ...]:
    """The events of an incident, not ruled of yet, whose figures others do not agree with."""
    found = (one.about for one, others in _against(connection, incident) if one.is_open and others)
    return tuple(dict.fromkeys(found))


def beside(connection: Connection, incident: str, about: str) -> tuple[Anchor, ...]:
    """The words of an incident's other tellings whose figures cannot be those of one event."""
    found = (other.said for one, others in _against(connection, incident) if one.about == about for other in others)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Given:
    """One figure of one event."""

    about: str
    quantity: Quantity
    said: Anchor
    is_open: bool  # nobody ruled of the event


def _against(connection: Connection, incident: str) -> Iterator[tuple[_Given, list[_Given]]]:
    """Each figure of an incident with those of the same that cannot be one number with it."""
    given: dict[str, list[_Given]] = defaultdict(list)
    for row in _tellings(connection, incident):
        about = f"{row.report_id}#{row.event}"
        for figure in json.loads(row.telling).get("figures", ()):
            said = Anchor(row.report_id, Span(*figure["said"]["span"]), figure["said"]["words"])
            given[figure["of"]].append(_Given(about, _quantity(figure["quantity"]), said, row.ruled is None))
    for told in given.values():
        for one in told:
            yield one, [other for other in told if not can_be_one(one.quantity, other.quantity)]


def _quantity(told: dict[str, Any]) -> Quantity:
    """A figure of a telling, with what is compared of it."""
    return Quantity(
        "",
        Span(0, 0),
        told.get("low"),
        told.get("high"),
        approximate=told.get("approximate", False),
        unit=told.get("unit"),
    )


def _tellings(connection: Connection, incident: str) -> Any:
    return ask(
        connection,
        "SELECT events.report_id, events.event, coalesce(ruled_events.telling, events.telling) AS telling, "
        "ruled_events.ruled FROM events LEFT JOIN ruled_events ON ruled_events.report_id = events.report_id "
        "AND ruled_events.event = events.event WHERE events.incident_id = ? "
        f"AND coalesce(ruled_events.ruled, '') <> 'rejected' ORDER BY events.id LIMIT {TELLINGS}",
        incident,
    ).all()


def _contested(connection: Connection, last: tuple[float, str] | None, skip: int) -> list[tuple[float, str]]:
    here = incidents.c
    asked = select(here.contested, here.id).where(here.contested >= DIFFERS)
    if last is not None:
        asked = asked.where((here.contested < last[0]) | ((here.contested == last[0]) & (here.id < last[1])))
    rows = connection.execute(asked.order_by(here.contested.desc(), here.id.desc()).limit(AT_ONCE).offset(skip))
    return [(row.contested, row.id) for row in rows]


def _incident_of(connection: Connection, about: str) -> tuple[float, str] | None:
    report, _, event = about.partition("#")
    asked = (
        select(func.coalesce(incidents.c.contested, 0.0), events.c.incident_id)
        .join(incidents, incidents.c.id == events.c.incident_id)
        .where(events.c.report_id == report, events.c.event == event)
    )
    row = connection.execute(asked).first()
    return (row[0], row[1]) if row is not None else None
