"""Anchors: the exact words that a decision rests on, so that it holds when a report is read anew.

A statement is anchored to its words, cue and speaker's name, an event to the words that tell of it, a speaker to the
first place that names them, an incident to its first event. A whole report needs no anchor: it is its bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, select

from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import decision_about, decision_anchors, decisions, events, reports, sources, statements
from sayso.ledger.waiting import no_longer_waits, wait
from sayso.record import Anchor, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AROUND = 32
"""Characters before and after the words that are kept with them, to tell two places with the same words apart."""

CLEARLY = 8
"""How many more of these must be as they were at one place than at any other: a blank or a stop shows nothing."""

PART = re.compile(r"(st|ev)\d+|st-[0-9a-f]+")
"""A statement or an event that was read, or a statement that a decision of that id added."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a decision is about, and the words it stands for; None where the id is as lasting as words."""

    id: str
    kind: str  # report | statement | event | incident | speaker
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of the decisions about a report that was read anew, by their ids.

    Those `held` must be applied again. Those `lost` do not know any more what they rest on, and have no effect.
    """

    held: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a report that something in its reading stands for."""

    id: str
    start: int
    end: int


def subject_of(connection: Connection, asked: str) -> Subject:
    """What an id, or its beginning, means now, with the words it stands for. Raises `NoSuchThing`."""
    from sayso.ledger.asking.ids import found

    meant = found(connection, asked)
    if meant.part:
        return _part(connection, meant.id, meant.part)
    if meant.kind == "incident":
        first = select(events.c.report_id, events.c.start, events.c.end).where(events.c.incident_id == meant.id)
        return Subject(meant.id, "incident", _anchor(connection, first.order_by(events.c.id).limit(1)))
    if meant.kind == "speaker":
        return Subject(meant.id, "speaker", _first_mention(connection, meant.id))
    return Subject(meant.id, meant.kind)


def keep_anchors(connection: Connection, decision: str, subjects: Sequence[Subject]) -> tuple[Anchor, ...]:
    """Write down the words that a decision rests on; an anchor has the number of the id it stands for."""
    kept = []
    for n, subject in enumerate(subjects):
        anchor = subject.anchor
        if anchor is None:
            continue
        before, after = _around(_text(connection, anchor.report), anchor.span)
        connection.execute(
            decision_anchors.insert().values(
                decision_id=decision,
                n=n,
                report_id=anchor.report,
                start=anchor.span.start,
                end=anchor.span.end,
                words=anchor.words,
                before=before,
                after=after,
                lost=False,
            )
        )
        kept.append(anchor)
    return tuple(kept)


def reanchor(connection: Connection, report: str, *, at: str) -> Reanchored:
    """Find anew what the decisions about a report rest on, once the rows of its new reading are there.

    The same words at the same place; else the one place where they stand, told apart by what stands around them; else
    the anchor is lost and waits for a person. What stands at that place is what the decision is about from now on.
    """
    held = (
        select(decision_anchors, decisions.c.ruling, decisions.c.seq)
        .join(decisions, decisions.c.id == decision_anchors.c.decision_id)
        .where(decision_anchors.c.report_id == report, decisions.c.withdrawn_at.is_(None))
        .order_by(decisions.c.seq, decision_anchors.c.n)
    )
    rows = connection.execute(held).all()
    text = _text(connection, report) if rows else ""
    lost = {row.decision_id for row in rows if not _found_again(connection, row, text, at=at)}
    about = tuple(dict.fromkeys(row.decision_id for row in rows))
    return Reanchored(tuple(one for one in about if one not in lost), tuple(one for one in about if one in lost))


def place_of(text: str, anchor: Span, words: str, before: str, after: str) -> Span | None:
    """Where words stand in a text: where they stood, or at the one place that what stood around them points to."""
    if words and text[anchor.start : anchor.end] == words:
        return anchor
    places = [found.start() for found in re.finditer(f"(?={re.escape(words)})", text)] if words else []
    if not places:
        return None
    alike = sorted((_alike(text, start, start + len(words), before, after), start) for start in places)
    if len(alike) > 1 and alike[-1][0] < alike[-2][0] + CLEARLY:
        return None
    start = alike[-1][1]
    return Span(start, start + len(words))


def _alike(text: str, start: int, end: int, before: str, after: str) -> int:
    """How many characters on both sides are what they were."""
    return _common(reversed(text[:start][-AROUND:]), reversed(before)) + _common(text[end : end + AROUND], after)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


# What an id stands for


def _part(connection: Connection, report: str, part: str) -> Subject:
    if not PART.fullmatch(part):
        raise NoSuchThing(f"{report}#{part} names no statement (#st3) and no event (#ev1).")
    kind, table = ("statement", statements) if part.startswith("st") else ("event", events)
    mine = (table.c.report_id == report) & (table.c[kind] == part)
    anchor = _anchor(connection, select(table.c.report_id, table.c.start, table.c.end).where(mine))
    if anchor is None:
        raise NoSuchThing(f"The report {report} has no {kind} {part}. `sayso report` lists what it has.")
    return Subject(f"{report}#{part}", kind, anchor)


def _first_mention(connection: Connection, speaker: str) -> Anchor | None:
    asked = (
        select(sources.c.report_id, sources.c.mentions)
        .join(reports, reports.c.id == sources.c.report_id)
        .where(sources.c.speaker_id == speaker)
        .order_by(reports.c.seq, sources.c.source)
    )
    for row in connection.execute(asked):
        for start, end in _mentions(row.mentions):
            return Anchor(row.report_id, Span(start, end), _text(connection, row.report_id)[start:end])
    return None


def _mentions(held: str) -> list[list[int]]:
    import json

    mentions: list[list[int]] = json.loads(held)
    return mentions


def _anchor(connection: Connection, asked: Any) -> Anchor | None:
    row = connection.execute(asked).first()
    if row is None:
        return None
    return Anchor(row.report_id, Span(row.start, row.end), _text(connection, row.report_id)[row.start : row.end])


def _text(connection: Connection, report: str) -> str:
    return connection.execute(select(reports.c.text).where(reports.c.id == report)).scalar() or ""


def _around(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]


# After a new reading


def _found_again(connection: Connection, row: Row[Any], text: str, *, at: str) -> bool:
    place = place_of(text, Span(row.start, row.end), row.words, row.before, row.after)
    if place is None:
        return _lost(connection, row, "the words it rests on no longer stand at one place of the report", at=at)
    about = _about(connection, row)
    now = _now_there(connection, row.report_id, about, place)
    if now is None:
        return _lost(connection, row, f"nothing is read any more where {about} stood", at=at)
    before, after = _around(text, place)
    connection.execute(
        decision_anchors.update()
        .where(_mine(decision_anchors, row))
        .values(start=place.start, end=place.end, before=before, after=after, lost=False)
    )
    if now != about:
        connection.execute(decision_about.update().where(_mine(decision_about, row)).values(about=now))
    no_longer_waits(connection, kind="lost_anchor", about=row.decision_id, at=at)
    return True


def _lost(connection: Connection, row: Row[Any], why: str, *, at: str) -> bool:
    connection.execute(decision_anchors.update().where(_mine(decision_anchors, row)).values(lost=True))
    says = f"The decision {row.decision_id} ({row.ruling}) has no effect: after {row.report_id} was read anew, {why}."
    wait(connection, at=at, kind="lost_anchor", about=row.decision_id, says=says)
    return False


def _mine(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    return and_(table.c.decision_id == row.decision_id, table.c.n == row.n)


def _about(connection: Connection, row: Row[Any]) -> str:
    about: str = connection.execute(select(decision_about.c.about).where(_mine(decision_about, row))).scalar_one()
    return about


def _now_there(connection: Connection, report: str, about: str, place: Span) -> str | None:
    """What stands at a place now, of the same sort as what a decision was about; a whole report stays what it is."""
    if about == report or _is_added(connection, about):
        return about
    if about.startswith("spk-"):
        return _most_of(_mentioned(connection, report), place)
    if about.startswith("inc-"):
        return _most_of(_stretches(connection, events, events.c.incident_id, report), place)
    kind, table = ("statement", statements) if "#st" in about else ("event", events)
    now = _most_of(_stretches(connection, table, table.c[kind], report), place)
    return None if now is None else f"{report}#{now}"


def _is_added(connection: Connection, about: str) -> bool:
    """Whether it is a statement that a person added, and is there: no reading gives or takes it."""
    report, _, part = about.partition("#")
    mine = (statements.c.report_id == report) & (statements.c.statement == part) & (statements.c.ruled == "added")
    return part.startswith("st-") and connection.execute(select(statements.c.report_id).where(mine)).first() is not None


def _stretches(connection: Connection, table: Table, named: Any, report: str) -> list[Stretch]:
    asked = select(named, table.c.start, table.c.end).where(table.c.report_id == report)
    return [Stretch(*row) for row in connection.execute(asked)]


def _mentioned(connection: Connection, report: str) -> list[Stretch]:
    asked = select(sources.c.speaker_id, sources.c.mentions).where(sources.c.report_id == report)
    return [
        Stretch(row.speaker_id, start, end)
        for row in connection.execute(asked)
        for start, end in _mentions(row.mentions)
    ]


def _most_of(stretches: list[Stretch], place: Span) -> str | None:
    """The stretch that shares most of itself with a place: more than half of both together, and more than any other."""
    shares = sorted(((_share(one, place), one.id) for one in stretches), reverse=True)
    if not shares or shares[0][0] <= 0.5:
        return None
    rivals = {other for share, other in shares if share == shares[0][0]}
    return shares[0][1] if len(rivals) == 1 else None


def _share(one: Stretch, place: Span) -> float:
    inside = min(one.end, place.end) - max(one.start, place.start)
    whole = max(one.end, place.end) - min(one.start, place.start)
    return max(0, inside) / whole if whole > 0 else float(one.start == place.start)
