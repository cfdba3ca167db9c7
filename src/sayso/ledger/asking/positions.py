"""In what position speakers are to know, in the whole case: as people ruled it, else as it is read from who they are.

Read from the name, the office and the side alone. Where one report says more of somebody ("who hid in the cellar"), an
incident's page has what that report says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from sayso.accounts.positions import Position, position_of, ruled
from sayso.ledger.decisions import decisions
from sayso.ledger.quick import ask
from sayso.ledger.schema import decisions as all_decisions
from sayso.ledger.schema import readings, reports, tombstones
from sayso.record import Decision, Speaker

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

RULINGS = ("speaks_for", "position")
BEAR_ON_NOBODY = ("accept", "reject", "same_incident", "different_incident", "locate")
"""Rulings that leave who says what as it was: what is rejected stays its speaker's, and is only marked."""
KEPT = 4
"""Cases of which the positions of all speakers are remembered."""
_ALL: dict[tuple[Any, ...], Mapping[str, frozenset[str]]] = {}


def positions_of(connection: Connection, speakers: Iterable[Any], knowledge: Knowledge) -> dict[str, Position]:
    """The positions of some speakers, by their ids. The rows have `id`, `name`, `naming`, `role` and `party`."""
    by_id = rulings_by_speaker(connection)
    return {one.id: _position(one, knowledge, by_id.get(one.id, ())) for one in speakers}


def rulings_by_speaker(connection: Connection) -> Mapping[str, tuple[Decision, ...]]:
    """What people ruled, and did not withdraw, of the sides and positions of speakers."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions(connection, of=RULINGS):
        for about in one.about:
            found[about].append(one)
    return {speaker: tuple(ruled_of_it) for speaker, ruled_of_it in found.items()}


def placed(connection: Connection, position: str, knowledge: Knowledge) -> frozenset[str]:
    """The ids of all speakers of the case in one position, remembered until what was read or ruled of them changes."""
    key = (knowledge, *speakers_stood(connection))
    known = _ALL.get(key)
    if known is None:
        known = _ALL[key] = _everybody(connection, knowledge)
        for old in list(_ALL)[:-KEPT]:
            _ALL.pop(old, None)
    return known.get(position, frozenset())


def _everybody(connection: Connection, knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    rows = ask(connection, "SELECT id, name, naming, role, party FROM speakers")
    of_speakers = rulings_by_speaker(connection)
    alike: dict[tuple[Any, ...], str] = {}
    found: dict[str, list[str]] = defaultdict(list)
    for speaker, *who in rows:
        told = tuple(who)
        position = alike.get(told)
        if position is None:
            position = alike[told] = _read(*told, knowledge).position
        if speaker in of_speakers:
            position = ruled(_read(*told, knowledge), of_speakers[speaker]).position
        found[position].append(speaker)
    return {position: frozenset(ids) for position, ids in found.items()}


def speakers_stood(connection: Connection) -> tuple[Any, ...]:
    """What changes whenever who says what in the case may have: what was read, what was erased, what bears on it."""
    bearing = all_decisions.c.ruling.not_in(BEAR_ON_NOBODY)
    asked = select(
        select(func.max(reports.c.seq)).scalar_subquery(),
        select(func.count()).select_from(reports).scalar_subquery(),
        select(func.max(readings.c.id)).scalar_subquery(),
        select(func.max(tombstones.c.id)).scalar_subquery(),
        select(func.max(all_decisions.c.seq)).where(bearing).scalar_subquery(),
        select(func.count(all_decisions.c.withdrawn_at)).where(bearing).scalar_subquery(),
    )
    return (str(connection.engine.url), id(connection.engine), *connection.execute(asked).one())


def _position(one: Any, knowledge: Knowledge, decided: tuple[Decision, ...]) -> Position:
    read = _read(one.name, one.naming, one.role, one.party, knowledge)
    return ruled(read, decided) if decided else read


@lru_cache(maxsize=200_000)
def _read(name: str, naming: str, role: str | None, party: str | None, knowledge: Knowledge) -> Position:
    return position_of(Speaker("", name, naming, role=role, party=party), knowledge)
