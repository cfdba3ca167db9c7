"""A saved search as a queue: the statements and events in the sentences that it finds, of which nobody ruled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.ledger.asking.answers import Hit
from sayso.ledger.asking.hits import hits_of
from sayso.ledger.asking.questions import Among
from sayso.ledger.asking.search import conditions_of, found_rows, looked_for_in
from sayso.ledger.saved import Saved, one
from sayso.ledger.schema import events, ruled_events, statements

if TYPE_CHECKING:
    from sayso.ledger.case import Case

AT_ONCE = 30
PAGES = 20
"""Pages of sentences that are looked through for one question."""


def among_of(asked: Saved) -> tuple[str | None, Among, bool]:
    """The words, the conditions, and whether the words are meant exactly as they are typed."""
    told = {name: value.strip() or None for name, value in asked.asked}
    return (
        told.get("q"),
        Among(**{each.name: told.get(each.name) for each in fields(Among)}),
        bool(told.get("exactly")),
    )


def found_by(case: Case, connection: Connection, queue: str, after: str | None) -> Iterator[str]:
    """What a saved search finds, the newest first, going on after one; then again from the first."""
    words, among, exactly = among_of(one(connection, queue))
    looked_for = looked_for_in(words, exactly=exactly)
    if looked_for is None:
        return
    begin = _sentence_of(connection, after) if after else None
    for key in (begin, None) if begin is not None else (None,):
        last = key + 1 if key is not None else None
        for _ in range(PAGES):
            conditions = list(conditions_of(case, connection, among))
            rows = found_rows(connection, looked_for, conditions, after=last, limit=AT_ONCE)
            hits = hits_of(connection, rows, looked_for)
            ruled = _ruled(connection, hits)
            for hit in hits:
                yield from (about for about in _parts(hit, among) if about not in ruled)
            if len(rows) < AT_ONCE:
                break
            last = hits[-1].key


def _parts(hit: Hit, among: Among) -> Iterator[str]:
    """What a question can be put about in a sentence: of statements where the search asks for such, else of both."""
    if among.kind is None and among.status is None:
        for said in hit.statements:
            if said.ruled is None and among.act in (None, said.act) and among.silence in (None, said.silence):
                yield f"{hit.report}#{said.statement}"
    if not any((among.act, among.silence, among.speaker, among.party, among.channel, among.position)):
        for told in hit.events:
            if among.kind in (None, told.kind) and among.status in (None, told.status):
                yield f"{hit.report}#{told.event}"


def _ruled(connection: Connection, hits: list[Hit]) -> set[str]:
    """The events of some reports that people ruled of."""
    here = ruled_events.c
    asked = select(here.report_id, here.event).where(
        here.report_id.in_({hit.report for hit in hits}), here.ruled.is_not(None)
    )
    return {f"{row.report_id}#{row.event}" for row in connection.execute(asked)}


def _sentence_of(connection: Connection, about: str) -> int | None:
    report, _, part = about.partition("#")
    table, name = (events, events.c.event) if part.startswith("ev") else (statements, statements.c.statement)
    asked = select(table.c.sentence_id).where(table.c.report_id == report, name == part)
    found: int | None = connection.execute(asked).scalar()
    return found
