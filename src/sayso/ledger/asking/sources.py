"""Who speaks in the whole case: what each said, through what, where it was printed, and how it got there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, and_, func, select

from sayso.ledger.asking.answers import Found, Said, SpeakerPage, SpeakerRow, Tally
from sayso.ledger.asking.ids import found, kind_of
from sayso.ledger.asking.questions import parties_named, speakers_named
from sayso.ledger.asking.rows import published_of
from sayso.ledger.packing import noun_from
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import family_members, reports, sources, speakers, statements
from sayso.ledger.terms import folded
from sayso.record import Saying

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 50
NEAR = 5
OF_REPORT = (
    reports.c.title,
    reports.c.published_earliest,
    reports.c.published_latest,
    reports.c.published_basis,
)


def speaker_list(
    case: Case,
    *,
    name: str | None = None,
    party: str | None = None,
    limit: int = LIMIT,
    after: str | None = None,
) -> list[SpeakerRow]:
    """Who speaks, those with the most statements first, going on after one.

    `name` are words of a name, `party` its code or a country's name.
    """
    said = func.count().label("said")
    query = select(statements.c.speaker_id, said).group_by(statements.c.speaker_id)
    query = query.order_by(said.desc(), statements.c.speaker_id).limit(limit)
    with case.reading() as connection:
        if name is not None:
            query = query.where(statements.c.speaker_id.in_(speakers_named(connection, name)))
        if party is not None:
            of_party = select(speakers.c.id).where(speakers.c.party.in_(parties_named(connection, party)))
            query = query.where(statements.c.speaker_id.in_(of_party))
        if after is not None:
            query = _going_on(connection, query, after)
        return speaker_rows(connection, {row[0]: row[1] for row in connection.execute(query)})


def speaker_rows(connection: Connection, said: dict[str, int]) -> list[SpeakerRow]:
    """Speakers in the order given, each with how many statements they have, and in how many reports."""
    own = statements.c.speaker_id
    where = select(own, func.count(statements.c.report_id.distinct())).where(own.in_(list(said))).group_by(own)
    reported = {row[0]: row[1] for row in connection.execute(where)}
    known = {row.id: row for row in connection.execute(select(speakers).where(speakers.c.id.in_(list(said))))}
    return [_row(known[one], count, reported.get(one, 0)) for one, count in said.items() if one in known]


def rows_of(case: Case, ids: Sequence[str]) -> list[SpeakerRow]:
    """Speakers by their ids, in the order of these; those that are not there are left out."""
    count = select(statements.c.speaker_id, func.count()).where(statements.c.speaker_id.in_(list(ids)))
    with case.reading() as connection:
        said = {row[0]: row[1] for row in connection.execute(count.group_by(statements.c.speaker_id))}
        return speaker_rows(connection, {one: said.get(one, 0) for one in ids})


def _going_on(connection: Connection, query: Select[Any], after: str) -> Select[Any]:
    last = found(connection, after, kind="speaker").id
    before = connection.execute(select(func.count()).where(statements.c.speaker_id == last)).scalar_one()
    return query.having((func.count() < before) | ((func.count() == before) & (statements.c.speaker_id > last)))


def speaker(case: Case, asked: str, *, limit: int = LIMIT, after: int = 0) -> SpeakerPage:
    """One speaker by id, the beginning of it, or a name that only one has, with `limit` statements after `after`.

    Raises `NoSuchThing` where nobody, or more than one, is meant; the message names them.
    """
    with case.reading() as connection:
        named = _named(connection, asked)
        row = connection.execute(select(speakers).where(speakers.c.id == named.id)).one()
        everything = _everything(connection, named.id)
        seen = connection.execute(select(sources).where(sources.c.speaker_id == named.id)).all()
        copied = _copied(connection, named.id)
        return SpeakerPage(
            row=_row(row, len(everything), len({one.report_id for one in everything})),
            spellings=_spellings(row.name, seen),
            parties=_tally(one.party for one in seen),
            roles=_tally(one.role for one in seen),
            acts=_tally(one.act for one in everything),
            channels=_tally(kind for one in everything for kind in one.channels.split()),
            publishers=_tally(one.publisher for one in everything),
            first_hand=sum(one.within is None and _key(one) not in copied for one in everything),
            relayed=sum(one.within is not None for one in everything),
            copied=len(copied),
            said=_said(connection, everything[after : after + limit], copied),
            more=after + limit < len(everything),
            moved=named.moved,
        )


def _named(connection: Connection, asked: str) -> Found:
    """The one speaker that an id or a name means."""
    if kind_of(asked.strip().casefold()) is not None:
        return found(connection, asked, kind="speaker")
    said = func.count(statements.c.statement)
    query = select(speakers.c.id, speakers.c.name, speakers.c.folded).outerjoin(
        statements, statements.c.speaker_id == speakers.c.id
    )
    query = query.where(speakers.c.id.in_(speakers_named(connection, asked))).group_by(speakers.c.id)
    rows = connection.execute(query.order_by(said.desc(), speakers.c.id).limit(NEAR + 1)).all()
    exact = [row for row in rows if folded(row.name) == folded(asked)]
    if len(rows) == 1 or len(exact) == 1:
        return Found((exact or rows)[0].id, "speaker")
    if not rows:
        raise NoSuchThing(f"Nobody in the case is named {asked!r}. `sayso sources` lists who speaks.")
    several = ", ".join(f"{row.name} ({row.id})" for row in rows[:NEAR])
    raise NoSuchThing(f"Several are named {asked!r}: {several}{' …' if len(rows) > NEAR else ''}. Ask by id.")


def _everything(connection: Connection, name: str) -> Sequence[Any]:
    """What is counted of every statement of a speaker, by the day of its report."""
    columns = (
        statements.c.report_id,
        statements.c.statement,
        statements.c.act,
        statements.c.channels,
        statements.c.within,
        reports.c.publisher,
    )
    query = (
        select(*columns).join(reports, reports.c.id == statements.c.report_id).where(statements.c.speaker_id == name)
    )
    undated = reports.c.published_earliest.is_(None)
    return connection.execute(
        query.order_by(undated, reports.c.published_earliest, reports.c.seq, statements.c.start, statements.c.statement)
    ).all()


def _copied(connection: Connection, name: str) -> set[tuple[str, str]]:
    """The statements of a speaker that stand in a stretch which is a copy."""
    stands_in = and_(
        family_members.c.report_id == statements.c.report_id,
        family_members.c.start < statements.c.end,
        family_members.c.end > statements.c.start,
    )
    query = select(statements.c.report_id, statements.c.statement).join(family_members, stands_in)
    rows = connection.execute(query.where(statements.c.speaker_id == name, family_members.c.how != "original"))
    return {(row.report_id, row.statement) for row in rows}


def _said(connection: Connection, page: Sequence[Any], copied: set[tuple[str, str]]) -> tuple[Said, ...]:
    ids = {one.report_id for one in page}
    columns = (*OF_REPORT, statements.c.report_id, statements.c.statement, statements.c.saying, statements.c.ruled)
    query = select(*columns).join(statements, statements.c.report_id == reports.c.id)
    held = {_key(row): row for row in connection.execute(query.where(reports.c.id.in_(ids)))}
    return tuple(
        Said(
            report=one.report_id,
            statement=one.statement,
            saying=noun_from(Saying, held[_key(one)].saying),
            publisher=one.publisher,
            published=published_of(held[_key(one)]),
            title=held[_key(one)].title,
            relayed=one.within is not None,
            copied=_key(one) in copied,
            ruled=held[_key(one)].ruled,
        )
        for one in page
    )


def _key(row: Any) -> tuple[str, str]:
    return row.report_id, row.statement


def _row(row: Any, said: int, where: int) -> SpeakerRow:
    return SpeakerRow(row.id, row.name, row.naming, row.role, row.party, row.private, said, where)


def _spellings(name: str, seen: Sequence[Any]) -> tuple[str, ...]:
    """Every spelling met, the name first, then the most frequent."""
    met = Counter(spelling for one in seen for spelling in dict.fromkeys((one.name, *json.loads(one.spellings))))
    return tuple(dict.fromkeys((name, *(one for one, _ in sorted(met.items(), key=lambda it: (-it[1], it[0]))))))


def _tally(names: Iterable[str | None]) -> Tally:
    met = Counter(name for name in names if name)
    return tuple(sorted(met.items(), key=lambda one: (-one[1], one[0])))
