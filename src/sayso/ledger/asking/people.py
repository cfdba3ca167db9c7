"""Who is named in a case: everybody with a name of their own, one of them whole, and what people ruled of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from sayso.accounts.positions import Position
from sayso.ledger.asking.answers import SpeakerRow, Tally
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.places import Spelled
from sayso.ledger.asking.positions import positions_of
from sayso.ledger.asking.private import private_speakers
from sayso.ledger.asking.questions import speakers_named
from sayso.ledger.asking.rows import decisions_about, published_of
from sayso.ledger.asking.sources import speaker_rows
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.schema import redirects, reports, sources, speakers, statements
from sayso.record import Anchor, Decision, Published, Saying, Span

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sayso.ledger.case import Case

LIMIT = 40
SAID = 6
OFFICES = 12
"""Offices of one person that are shown."""
NAMED = ("named", "institution")
"""How somebody is named who is one and the same wherever the name stands; a group without a name never is."""
OF_SPEAKERS = ("same_speaker", "different_speaker", "speaks_for", "position", "show_private")


@dataclass(frozen=True, slots=True)
class Held:
    """An office or a side that reports tell of somebody, since when and until when, and in how many of them."""

    what: str
    first: str | None  # ISO day of the first report that is dated
    last: str | None
    reports: int
    publishers: int
    shown: Anchor | None  # words that name them in one of these reports


@dataclass(frozen=True, slots=True)
class Words:
    """One thing that somebody said, shortly."""

    anchor: Anchor  # the sentence
    statement: str
    act: str
    publisher: str | None
    title: str | None
    published: Published


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Somebody who is named, with all that tells who they are."""

    row: SpeakerRow
    spellings: tuple[Spelled, ...]
    roles: tuple[Held, ...]  # by their first report
    parties: tuple[Held, ...]
    publishers: Tally
    position: Position
    said: tuple[Words, ...]
    former: tuple[str, ...]  # ids of those who were ruled to be the same
    decisions: tuple[Decision, ...]
    is_private: bool
    moved: str | None = None


def people_list(
    case: Case, *, name: str | None = None, naming: str | None = None, limit: int = LIMIT, start: int = 0
) -> list[SpeakerRow]:
    """Everybody with a name of their own, those with the most statements first; `naming` is one of `NAMED`."""
    said = func.count().label("said")
    with case.reading() as connection:
        own = statements.c.speaker_id
        wanted = select(speakers.c.id).where(speakers.c.naming.in_((naming,) if naming in NAMED else NAMED))
        query = select(own, said).where(own.in_(wanted)).group_by(own)
        if name is not None and name.strip():
            query = query.where(own.in_(speakers_named(connection, name)))
        query = query.order_by(said.desc(), own).limit(limit).offset(start)
        return speaker_rows(connection, {row[0]: row[1] for row in connection.execute(query)})


def person(case: Case, asked: str, *, said: int = SAID) -> PersonPage:
    """One of them by their id or the beginning of it. Raises `NoSuchThing`."""
    with case.reading() as connection:
        named = found(connection, asked, kind="speaker")
        count = select(func.count()).where(statements.c.speaker_id == named.id)
        row = speaker_rows(connection, {named.id: connection.execute(count).scalar_one()})[0]
        seen = _seen(connection, named.id)
        former = tuple(connection.execute(select(redirects.c.old).where(redirects.c.new == named.id)).scalars())
        ruled = decisions_about(connection, (named.id, *former))
        held = connection.execute(select(speakers).where(speakers.c.id == named.id)).one()
        return PersonPage(
            row=row,
            spellings=_spellings(seen),
            roles=_held(connection, named.id, seen, "role"),
            parties=_held(connection, named.id, seen, "party"),
            publishers=_publishers(seen),
            position=positions_of(connection, [held], knowledge_of(case))[named.id],
            said=words_of(connection, named.id, said),
            former=former,
            decisions=tuple(one for one in ruled if one.ruling in OF_SPEAKERS),
            is_private=named.id in private_speakers(connection, (named.id,)),
            moved=named.moved,
        )


def bare(page: PersonPage) -> PersonPage:
    """The page of somebody who is withheld, without what leads to them."""
    if not page.is_private:
        return page
    nobody = replace(page.position, basis=None)
    return replace(page, spellings=(), roles=(), position=nobody, said=(), publishers=(), decisions=())


def words_of(connection: Connection, speaker: str, limit: int) -> tuple[Words, ...]:
    """The last things that somebody said, by the day of the report; those of no known day last."""
    from sayso.ledger.packing import noun_from

    columns = (
        statements.c.report_id, statements.c.statement, statements.c.act, statements.c.saying, reports.c.publisher,
        reports.c.title, reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis,
    )  # fmt: skip
    day = reports.c.published_earliest
    asked = (
        select(*columns)
        .join(reports, reports.c.id == statements.c.report_id)
        .where(statements.c.speaker_id == speaker)
        .order_by(day.is_(None), day.desc(), reports.c.seq.desc(), statements.c.start)
        .limit(limit)
    )
    told = []
    for row in connection.execute(asked):
        saying = noun_from(Saying, row.saying)
        sentence = saying.sentence or next(iter(saying.words), None)
        if sentence is not None:
            anchor = Anchor(row.report_id, sentence.span, sentence.words)
            told.append(Words(anchor, row.statement, row.act, row.publisher, row.title, published_of(row)))
    return tuple(told)


# What reports have of somebody


def _seen(connection: Connection, speaker: str) -> Sequence[Any]:
    """How reports have somebody, alike ones together: with their days, and how many of a publisher have them so."""
    alike = (sources.c.name, sources.c.spellings, sources.c.role, sources.c.party, reports.c.publisher)
    day = reports.c.published_earliest
    counted = (
        func.min(day).label("first"),
        func.max(day).label("last"),
        func.count(reports.c.id.distinct()).label("n"),
    )
    asked = select(*alike, *counted).join(reports, reports.c.id == sources.c.report_id)
    return connection.execute(asked.where(sources.c.speaker_id == speaker).group_by(*alike)).all()


def _spellings(seen: Sequence[Any]) -> tuple[Spelled, ...]:
    """How somebody is written, and in how many reports of each publisher."""
    met: dict[str, Counter[str | None]] = defaultdict(Counter)
    for row in seen:
        for spelling in dict.fromkeys((row.name, *json.loads(row.spellings))):
            met[spelling][row.publisher] += row.n
    told = [
        Spelled(spelling, tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0] or ""))))
        for spelling, counted in met.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.times, one.spelling)))


def _publishers(seen: Sequence[Any]) -> Tally:
    met: Counter[str] = Counter()
    for row in seen:
        if row.publisher:
            met[row.publisher] += row.n
    return tuple(sorted(met.items(), key=lambda one: (-one[1], one[0])))


def _held(connection: Connection, speaker: str, seen: Sequence[Any], column: str) -> tuple[Held, ...]:
    """Each office or side, those that most reports tell, in the order in which reports first tell of them."""
    met: dict[str, list[Any]] = defaultdict(list)
    for row in seen:
        if getattr(row, column):
            met[getattr(row, column).casefold()].append(row)
    most = sorted(met.values(), key=lambda rows: -sum(row.n for row in rows))[:OFFICES]
    held = [_over_time(connection, speaker, rows, column) for rows in most]
    return tuple(sorted(held, key=lambda one: (one.first or "9999", -one.reports, one.what)))


def _over_time(connection: Connection, speaker: str, rows: Sequence[Any], column: str) -> Held:
    what = max(rows, key=lambda row: (row.n, getattr(row, column)))
    return Held(
        what=getattr(what, column),
        first=min((row.first[:10] for row in rows if row.first), default=None),
        last=max((row.last[:10] for row in rows if row.last), default=None),
        reports=sum(row.n for row in rows),
        publishers=len({row.publisher for row in rows if row.publisher}),
        shown=_shown(connection, speaker, sources.c[column] == getattr(what, column)),
    )


def _shown(connection: Connection, speaker: str, which: ColumnElement[bool]) -> Anchor | None:
    """Words that name somebody in a report that says so."""
    columns = (sources.c.report_id, sources.c.mentions)
    asked = select(*columns).where(sources.c.speaker_id == speaker, which).order_by(sources.c.report_id).limit(1)
    row = connection.execute(asked).first()
    mention = next(iter(json.loads(row.mentions)), None) if row is not None else None
    if row is None or mention is None:
        return None
    text = connection.execute(select(reports.c.text).where(reports.c.id == row.report_id)).scalar() or ""
    span = Span(*mention)
    return Anchor(row.report_id, span, text[span.start : span.end])


__all__ = ["NAMED", "Held", "PersonPage", "Words", "bare", "people_list", "person", "words_of"]
