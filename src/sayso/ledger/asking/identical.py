"""Statements of copies that say the same as one statement, so that one ruling can be about all of them.

The same: in a stretch that is one telling with the stretch where the first stands, by the same act and the same speaker
as they were read, in the same sentence, letter by letter or but for a few words, of which none is a number or a "not".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, select

from sayso.ledger.anchors import subject_of
from sayso.ledger.asking.answers import Identical
from sayso.ledger.asking.rows import report_rows_by_id
from sayso.ledger.packing import noun_from, unpacked
from sayso.ledger.problems import CannotRule
from sayso.ledger.schema import family_members, readings, reports, sentences, sources, statements
from sayso.ledger.terms import folded, terms
from sayso.record import Anchor, Saying, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.ledger.case import Case

DECIDING = frozenset(("not", "no", "never", "neither", "nor", "without"))
ALIKE = 0.8
"""Which share of the words of two sentences must be the same: a comma, an article, a day's name may differ."""


@dataclass(frozen=True, slots=True)
class _AsRead:
    """A statement as it was read, whatever was ruled of it since."""

    report: str
    statement: str
    act: str
    speaker: str
    sentence: Span
    text: str
    terms: str
    words: tuple[Anchor, ...]
    standing: str | None


def identical(case: Case, about: str) -> tuple[Identical, ...]:
    """The statements of other reports that say what one statement ("<report>#st3") says; those exactly alike first.

    Raises `NoSuchThing` where there is no such statement, `CannotRule` for what is no statement.
    """
    with case.reading() as connection:
        subject = subject_of(connection, about)
        if subject.kind != "statement" or subject.anchor is None:
            raise CannotRule(f"{about} is no statement. Only statements are looked for in copies.")
        report, _, part = subject.id.partition("#")
        mine = _read(connection, report, [part])
        if not mine:
            return ()
        others = [one for one in _candidates(connection, mine[0]) if _is_the_same(mine[0], one)]
        rows = {row.id: row for row in report_rows_by_id(connection, (one.report for one in others))}
        found = [
            Identical(
                about=f"{one.report}#{one.statement}",
                report=rows[one.report],
                statement=one.statement,
                speaker=one.speaker,
                act=one.act,
                sentence=Anchor(one.report, one.sentence, one.text),
                words=one.words,
                exactly=one.text.split() == mine[0].text.split(),
                standing=one.standing,
            )
            for one in others
        ]
        return tuple(sorted(found, key=lambda one: (not one.exactly, one.report.id, one.sentence.span)))


def _is_the_same(mine: _AsRead, other: _AsRead) -> bool:
    if mine.act != other.act or folded(mine.speaker) != folded(other.speaker):
        return False
    if not _are_alike(_said(mine), _said(other)):
        return False
    return mine.text.split() == other.text.split() or _are_alike(mine.terms, other.terms)


def _said(one: _AsRead) -> str:
    return terms(" ".join(words.words for words in one.words))


def _are_alike(one: str, other: str) -> bool:
    here, there = set(one.split()), set(other.split())
    if any(word.isdigit() or word in DECIDING for word in here ^ there):
        return False
    return 2 * len(here & there) >= ALIKE * (len(here) + len(there))


def _candidates(connection: Connection, mine: _AsRead) -> list[_AsRead]:
    """The statements that stand in stretches that are one telling with the place of this one."""
    members = family_members.c
    here = select(members.family_id).where(
        members.report_id == mine.report, members.start <= mine.sentence.start, members.end > mine.sentence.start
    )
    there = select(statements.c.report_id, statements.c.statement).join(
        family_members,
        and_(
            members.report_id == statements.c.report_id,
            members.start < statements.c.end,
            statements.c.start < members.end,
        ),
    )
    asked = there.where(members.family_id.in_(here), members.report_id != mine.report).distinct()
    named: dict[str, list[str]] = {}
    for row in connection.execute(asked):
        named.setdefault(row.report_id, []).append(row.statement)
    return [one for report in sorted(named) for one in _read(connection, report, named[report])]


def _read(connection: Connection, report: str, parts: Iterable[str]) -> list[_AsRead]:
    """Statements of one report as they were read; those that a person added were not."""
    asked = (
        select(
            statements.c.statement, statements.c.act, statements.c.saying, statements.c.ruled, sources.c.name,
            sentences.c.start, sentences.c.end, sentences.c.terms,
        )
        .join(sources, and_(sources.c.report_id == report, sources.c.source == statements.c.source))
        .join(sentences, sentences.c.id == statements.c.sentence_id)
        .where(statements.c.report_id == report, statements.c.statement.in_(sorted(parts)))
        .order_by(statements.c.start, statements.c.statement)
    )  # fmt: skip
    rows = [row for row in connection.execute(asked) if row.ruled != "added"]
    text = connection.execute(select(reports.c.text).where(reports.c.id == report)).scalar() or ""
    before = _before(connection, report) if any(row.ruled == "corrected" for row in rows) else {}
    return [_as_read(report, text, row, before) for row in rows]


def _as_read(report: str, text: str, row: Any, before: dict[str, tuple[str, str]]) -> _AsRead:
    act, speaker = before.get(row.statement, (row.act, row.name)) if row.ruled == "corrected" else (row.act, row.name)
    saying = noun_from(Saying, row.saying)
    return _AsRead(
        report=report,
        statement=row.statement,
        act=act,
        speaker=speaker,
        sentence=Span(row.start, row.end),
        text=text[row.start : row.end],
        terms=row.terms,
        words=tuple(Anchor(report, quoted.span, quoted.words) for quoted in saying.words),
        standing=row.ruled,
    )


def _before(connection: Connection, report: str) -> dict[str, tuple[str, str]]:
    """The act and the speaker of every statement of a report as they were read."""
    held = select(readings.c.packed).where(readings.c.report_id == report, readings.c.current)
    packed = connection.execute(held).scalar()
    if packed is None:
        return {}
    reading = unpacked(packed, "", b"")
    names = {source.id: source.name for source in reading.sources}
    return {one.id: (one.act, names[one.source]) for one in reading.statements}
