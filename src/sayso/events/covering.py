"""Denials and silences name the events they reach, once it is known what was told to have happened."""

from __future__ import annotations

from dataclasses import replace

from sayso.record import Event, Spoken, Statement


def with_events_covered(spoken: Spoken, events: tuple[Event, ...]) -> Spoken:
    """The same statements; a specific denial covers the events that it denies and somebody else tells.

    Where no such event was found it keeps the statements it answers; a general denial keeps them always.
    """
    statements = tuple(_covering(statement, events) for statement in spoken.statements)
    return replace(spoken, statements=statements)


def _covering(statement: Statement, events: tuple[Event, ...]) -> Statement:
    if statement.act != "denies":
        return statement
    denied = tuple(event.id for event in events if _is_denied_by(event, statement.id))
    if denied and statement.reach == "specific":
        return replace(statement, covers=denied)
    return replace(statement, covers=(*statement.covers, *denied))


def _is_denied_by(event: Event, statement: str) -> bool:
    denies = any(told.statement == statement and told.status == "denied" for told in event.told)
    return denies and any(told.statement != statement for told in event.told)
