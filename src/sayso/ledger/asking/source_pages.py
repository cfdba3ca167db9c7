"""What somebody said in the whole case and how it got here, for a person to read: counted by the database.

Somebody who speaks in every report has ten thousand statements: of these only plain columns are read, and the whole of
those alone that are shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from sayso.accounts.positions import Position
from sayso.ledger.asking.answers import Said, SpeakerRow, Tally
from sayso.ledger.asking.ids import found
from sayso.ledger.asking.positions import RULINGS, positions_of, speakers_stood
from sayso.ledger.asking.questions import COPIED, FIRST_HAND, RELAYED
from sayso.ledger.asking.rows import published_of
from sayso.ledger.decisions import decisions
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.packing import noun_from
from sayso.ledger.quick import ask
from sayso.ledger.schema import as_put, reports, sources, speakers, statements
from sayso.record import Decision, Saying

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 40
KEPT = 24
"""Speakers of whom what was counted is remembered."""
DAY, MONTH = len("2031-04-05"), len("2031-04")
SAID = (
    'SELECT s.report_id, s.statement, s.act, s.channels, s.within, s.start, s."end", r.publisher, '
    "r.published_earliest, r.seq, s.said_earliest FROM statements s JOIN reports r ON r.id = s.report_id "
    "WHERE s.speaker_id = ?"
)
COPIES = (
    'SELECT m.report_id, m.start, m."end", m.how FROM family_members m '
    "WHERE m.report_id IN (SELECT report_id FROM statements WHERE speaker_id = ?)"
)
RELAYERS = (
    "SELECT o.speaker_id, COUNT(*) AS n FROM statements s "
    "JOIN statements o ON o.report_id = s.report_id AND o.statement = s.within "
    "WHERE s.speaker_id = ? AND s.within IS NOT NULL GROUP BY o.speaker_id ORDER BY n DESC, o.speaker_id"
)


@dataclass(frozen=True, slots=True)
class Relayer:
    """Somebody who tells in a report what another said."""

    speaker: str  # an id
    name: str
    statements: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Somebody who speaks: what they said, by what acts, through what, and how it got into the case.

    `first` counts statements in stretches that other reports of the case copy: here they are told first, as far as it
    knows. Something relayed can stand in a copy: the counts overlap.
    """

    row: SpeakerRow
    names: Tally
    roles: Tally
    position: Position
    rulings: tuple[Decision, ...]  # of the position and the side, those withdrawn too
    acts: Tally
    channels: Tally
    publishers: Tally  # "" where none is known
    months: Tally  # of the reports' days, in their order
    relayed_by: tuple[Relayer, ...]
    came: Mapping[str, int]  # by `CAME`
    first: int
    days: tuple[str, str] | None  # the first and the last day of reports that tell it
    said_days: tuple[str, str] | None  # of those statements of which it is told when they were made
    said: tuple[Said, ...]
    more: bool
    moved: str | None = None


def source_page(case: Case, asked: str, *, limit: int = LIMIT, after: int = 0) -> SourcePage:
    """One speaker, by an id or the beginning of it, with `limit` statements after `after`, by the days of the reports.

    Raises `NoSuchThing`.
    """
    with case.reading() as connection:
        meant = found(connection, asked, kind="speaker")
        row = connection.execute(select(speakers).where(speakers.c.id == meant.id)).one()
        counted = _counted_once(connection, meant.id)
        shown = counted.ordered[after : after + limit]
        return SourcePage(
            row=_row(row, counted),
            names=counted.names,
            roles=counted.roles,
            position=positions_of(connection, (row,), knowledge_of(case))[meant.id],
            rulings=tuple(decisions(connection, about=meant.id, of=RULINGS, withdrawn=True)),
            acts=counted.acts,
            channels=counted.channels,
            publishers=counted.publishers,
            months=counted.months,
            relayed_by=counted.relayed_by,
            came=counted.came,
            first=counted.first,
            days=counted.days,
            said_days=counted.said_days,
            said=_said(connection, shown),
            more=after + limit < len(counted.ordered),
            moved=meant.moved,
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """One statement in the order in which they are shown."""

    report: str
    statement: str
    relayed: bool
    copied: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    """All that is counted of one speaker."""

    ordered: tuple[_Place, ...]
    reports: int
    names: Tally
    roles: Tally
    acts: Tally
    channels: Tally
    publishers: Tally
    months: Tally
    relayed_by: tuple[Relayer, ...]
    came: Mapping[str, int]
    first: int
    days: tuple[str, str] | None
    said_days: tuple[str, str] | None


_KEPT: dict[tuple[Any, ...], _Counted] = {}


def _counted_once(connection: Connection, speaker: str) -> _Counted:
    """The same as long as nothing is read, or ruled that bears on who says what."""
    key = (speaker, *speakers_stood(connection))
    known = _KEPT.get(key)
    if known is None:
        known = _KEPT[key] = _counted(connection, speaker)
        for old in list(_KEPT)[:-KEPT]:
            _KEPT.pop(old, None)
    return known


def _counted(connection: Connection, speaker: str) -> _Counted:
    everything = ask(connection, SAID, speaker).all()
    in_copy, in_original = _in_families(everything, ask(connection, COPIES, speaker).all())
    ordered = sorted(everything, key=lambda one: (one[8] is None, one[8] or "", one[9], one[5], one[1]))
    days = sorted(one[8][:DAY] for one in everything if one[8])
    said = sorted(one[10][:DAY] for one in everything if one[10])
    places = tuple(_Place(one[0], one[1], one[4] is not None, (one[0], one[1]) in in_copy) for one in ordered)
    return _Counted(
        ordered=places,
        reports=len({one.report for one in places}),
        names=_grouped(connection, speaker, sources.c.name),
        roles=_grouped(connection, speaker, sources.c.role),
        acts=_tally(one[2] for one in everything),
        channels=_tally(kind for one in everything for kind in one[3].split()),
        publishers=_tally(as_put(one[7]) or "" for one in everything),
        months=tuple(sorted(Counter(day[:MONTH] for day in days).items())),
        relayed_by=_relayers(connection, speaker),
        came={
            FIRST_HAND: sum(not one.relayed and not one.copied for one in places),
            RELAYED: sum(one.relayed for one in places),
            COPIED: len(in_copy),
        },
        first=len(in_original),
        days=(days[0], days[-1]) if days else None,
        said_days=(said[0], said[-1]) if said else None,
    )


def _row(row: Any, counted: _Counted) -> SpeakerRow:
    said = len(counted.ordered)
    return SpeakerRow(row.id, row.name, row.naming, row.role, row.party, row.private, said, counted.reports)


Keys = set[tuple[str, str]]


def _in_families(everything: Sequence[Any], members: Sequence[Any]) -> tuple[Keys, Keys]:
    """The statements in stretches that are copies, and those in stretches that others copy."""
    copies: dict[str, list[tuple[int, int]]] = defaultdict(list)
    originals: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for report, start, end, how in members:
        (originals if how == "original" else copies)[report].append((start, end))
    in_copy, in_original = set(), set()
    for one in everything:
        if _meets(copies.get(one[0]), one[5], one[6]):
            in_copy.add((one[0], one[1]))
        if _meets(originals.get(one[0]), one[5], one[6]):
            in_original.add((one[0], one[1]))
    return in_copy, in_original


def _meets(spans: list[tuple[int, int]] | None, start: int, end: int) -> bool:
    return spans is not None and any(first < end and last > start for first, last in spans)


def _grouped(connection: Connection, speaker: str, column: Any) -> Tally:
    """Names or roles that reports give somebody, and how many do."""
    query = select(column, func.count()).where(sources.c.speaker_id == speaker, column.is_not(None)).group_by(column)
    rows = connection.execute(query).all()
    return tuple(sorted(((row[0], row[1]) for row in rows), key=lambda one: (-one[1], one[0])))


def _relayers(connection: Connection, speaker: str) -> tuple[Relayer, ...]:
    counted = [(row[0], row[1]) for row in ask(connection, RELAYERS, speaker)]
    asked = select(speakers.c.id, speakers.c.name).where(speakers.c.id.in_([one for one, _ in counted]))
    names = {row.id: row.name for row in connection.execute(asked)}
    return tuple(Relayer(one, names.get(one, one), count) for one, count in counted)


def _said(connection: Connection, page: Sequence[_Place]) -> tuple[Said, ...]:
    columns = (
        statements.c.report_id,
        statements.c.statement,
        statements.c.saying,
        statements.c.ruled,
        reports.c.title,
        reports.c.publisher,
        reports.c.published_earliest,
        reports.c.published_latest,
        reports.c.published_basis,
    )
    query = select(*columns).join(reports, reports.c.id == statements.c.report_id)
    ids, parts = {one.report for one in page}, {one.statement for one in page}
    query = query.where(statements.c.report_id.in_(ids), statements.c.statement.in_(parts))
    held = {(row.report_id, row.statement): row for row in connection.execute(query)}
    told = []
    for one in page:
        row = held[one.report, one.statement]
        told.append(
            Said(
                report=row.report_id,
                statement=row.statement,
                saying=noun_from(Saying, row.saying),
                publisher=row.publisher,
                published=published_of(row),
                title=row.title,
                relayed=one.relayed,
                copied=one.copied,
                ruled=row.ruled,
            )
        )
    return tuple(told)


def _tally(names: Iterable[str]) -> Tally:
    return tuple(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))
