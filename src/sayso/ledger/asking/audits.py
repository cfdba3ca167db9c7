"""What was ruled and what was done, as lists and pages: decisions with before and after, and rows of the audit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, exists, func, or_, select

from sayso.ledger.asking.answers import (
    AuditRow,
    DecidedPart,
    DecisionPage,
    DecisionRow,
    IncidentRow,
    PlaceName,
    SpeakerRow,
)
from sayso.ledger.asking.ids import found, kind_of
from sayso.ledger.asking.questions import BadQuestion, day_of, past_of
from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.asking.rows import incidents_by_id, report_rows_by_id
from sayso.ledger.asking.sources import speaker_rows
from sayso.ledger.decisions import decision, decisions_in, lost
from sayso.ledger.decisions import decisions as standing_decisions
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.redirecting import meant_by
from sayso.ledger.rulings import answers_the_same
from sayso.ledger.schema import (
    audit,
    decision_about,
    decision_anchors,
    decisions,
    events,
    reports,
    sentences,
    speakers,
    statements,
)
from sayso.ledger.working import named_places
from sayso.record import RULINGS, Anchor, Decision, Span

if TYPE_CHECKING:
    from sayso.ledger.case import Case

LIMIT = 50
FEW = 8
"""Reports that are named of one decision in a list."""
WHICH = ("all", "stands", "withdrawn", "lost")
OF_DECISIONS = ("decided", "withdrew")


def audit_rows(  # noqa: PLR0913 every column of the list can be asked for
    case: Case,
    *,
    about: str | None = None,
    who: str | None = None,
    what: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = LIMIT,
    after: int | None = None,
) -> list[AuditRow]:
    """Rows of the audit, the newest first, going on before the row of number `after`.

    `about` is the id of anything, or its beginning: of a report, an incident or a speaker the rows of the decisions
    about it and its parts are told too. `since` and `until` are days, months or years (UTC); `until` includes its own.
    Raises `NoSuchThing` for an id that nothing has, `BadQuestion` for what is no day.
    """
    query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if who is not None:
        query = query.where(audit.c.who == who)
    if what is not None:
        query = query.where(audit.c.what == what)
    if since is not None:
        query = query.where(audit.c.at >= day_of(since))
    if until is not None:
        query = query.where(audit.c.at < past_of(until))
    if after is not None:
        query = query.where(audit.c.seq < after)
    with case.reading() as connection:
        if about is not None:
            query = query.where(audit.c.about.in_(_noted_under(connection, about)))
        return _audit(connection, query)


def decision_rows(  # noqa: PLR0913 every column of the list can be asked for
    case: Case,
    *,
    ruling: str | None = None,
    who: str | None = None,
    about: str | None = None,
    which: str = "all",
    limit: int = LIMIT,
    after: str | None = None,
) -> list[DecisionRow]:
    """Decisions, the newest first, going on after one; `which` is one of `WHICH`.

    `about` is an id or its beginning; of a report, decisions about its parts are told too. Raises `BadQuestion` for a
    ruling or a `which` that there is none of, `NoSuchThing` for an id that nothing has.
    """
    if ruling is not None and ruling not in RULINGS:
        raise BadQuestion(f"{ruling!r} is no ruling. There are: {', '.join(RULINGS)}.")
    if which not in WHICH:
        raise BadQuestion(f"{which!r} is no sort of decision. There are: {', '.join(WHICH)}.")
    query = _which(select(decisions).order_by(decisions.c.seq.desc()).limit(limit), which)
    if ruling is not None:
        query = query.where(decisions.c.ruling == ruling)
    if who is not None:
        query = query.where(decisions.c.who == who)
    with case.reading() as connection:
        if about is not None:
            query = query.where(decisions.c.id.in_(_about(connection, about)))
        if after is not None:
            last = found(connection, after, kind="decision").id
            query = query.where(
                decisions.c.seq < select(decisions.c.seq).where(decisions.c.id == last).scalar_subquery()
            )
        return _rows(connection, decisions_in(connection, query))


def decision_page(case: Case, asked: str) -> DecisionPage:
    """One decision by its id or the beginning of it. Raises `NoSuchThing`."""
    with case.reading() as connection:
        ruled = decision(connection, asked)
        query = select(audit).where(audit.c.about == ruled.id).order_by(audit.c.seq)
        return DecisionPage(
            row=_rows(connection, (ruled,))[0],
            parts=tuple(_part(connection, one) for one in ruled.about),
            incidents=_incidents(connection, ruled),
            audit=tuple(_audit(connection, query)),
        )


def replaced_by(connection: Connection, asked: str) -> tuple[Decision, ...]:
    """The decisions that were withdrawn for one decision, and whose word nothing else says now.

    Undoing it brings none of them back: a person can rule the same again.
    """
    noted = select(audit.c.body).where(audit.c.about == asked, audit.c.what == "decided")
    ids = [one for body in connection.execute(noted).scalars() for one in json.loads(body).get("instead_of", ())]
    gone = decisions_in(connection, select(decisions).where(decisions.c.id.in_(ids)).order_by(decisions.c.seq))
    return tuple(one for one in gone if not _is_said_again(connection, one))


def _is_said_again(connection: Connection, gone: Decision) -> bool:
    """Whether a decision stands on what a withdrawn one was about, and answers the same."""
    standing = (other for about in gone.about for other in standing_decisions(connection, about=about))
    return any(answers_the_same(one.ruling, gone.ruling) for one in standing)


# Decisions


def _which(query: Select[Any], which: str) -> Select[Any]:
    is_lost = exists().where(decision_anchors.c.decision_id == decisions.c.id, decision_anchors.c.lost)
    match which:
        case "stands":
            return query.where(decisions.c.withdrawn_at.is_(None), ~is_lost)
        case "withdrawn":
            return query.where(decisions.c.withdrawn_at.is_not(None))
        case "lost":
            return query.where(decisions.c.withdrawn_at.is_(None), is_lost)
    return query


def _about(connection: Connection, asked: str) -> Select[tuple[str]]:
    """The ids of decisions about a thing, a part of it, or a stretch of it."""
    meant = found(connection, asked)
    about = decision_about.c.about
    if meant.part:
        return select(decision_about.c.decision_id).where(about == f"{meant.id}#{meant.part}")
    mine = select(decision_about.c.decision_id)
    if meant.kind == "report":
        return mine.where(or_(about == meant.id, about.startswith(f"{meant.id}#", autoescape=True)))
    return mine.where(about == meant.id)


def _rows(connection: Connection, ruled: tuple[Decision, ...]) -> list[DecisionRow]:
    gone = lost(connection, among=[one.id for one in ruled])
    held = {one.id: _reports_of(one) for one in ruled}
    known = {row.id: row for row in report_rows_by_id(connection, (one for ids in held.values() for one in ids))}
    return [
        DecisionRow(one, _standing(one, gone), tuple(known[name] for name in held[one.id] if name in known))
        for one in ruled
    ]


def _reports_of(ruled: Decision) -> list[str]:
    named = (one.partition("#")[0] for one in ruled.about if one.startswith("sha256:"))
    return list(dict.fromkeys((*named, *(anchor.report for anchor in ruled.anchors))))[:FEW]


def _standing(ruled: Decision, gone: frozenset[str]) -> str:
    if ruled.withdrawn_at is not None:
        return "withdrawn"
    return "lost" if ruled.id in gone else "stands"


def _part(connection: Connection, about: str) -> DecidedPart:
    report, _, part = about.partition("#")
    if part:
        rows = report_rows_by_id(connection, (report,))
        kind = "statement" if part.startswith("st") else "event"
        return DecidedPart(about, kind, rows[0] if rows else None, _sentence(connection, report, part))
    kind = kind_of(about) or "report"
    now = meant_by(connection, about) if kind in ("incident", "speaker") else about
    if kind == "incident":
        return DecidedPart(about, kind, headline=next(iter(incidents_by_id(connection, (now,))), None))
    if kind == "place":
        return DecidedPart(about, kind, place=_place(connection, about))
    if kind == "speaker":
        return DecidedPart(about, kind, speaker=_speaker(connection, now))
    return DecidedPart(about, kind, next(iter(report_rows_by_id(connection, (report,))), None))


def _sentence(connection: Connection, report: str, part: str) -> Anchor | None:
    """The sentence that a statement or an event stands in; the stretch itself where it is in none."""
    table, named = (statements, statements.c.statement) if part.startswith("st") else (events, events.c.event)
    asked = (
        select(table.c.start, table.c.end, sentences.c.start.label("from_"), sentences.c.end.label("until"))
        .outerjoin(sentences, sentences.c.id == table.c.sentence_id)
        .where(table.c.report_id == report, named == part)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    span = Span(row.start, row.end) if row.from_ is None else Span(row.from_, row.until)
    text = connection.execute(select(reports.c.text).where(reports.c.id == report)).scalar() or ""
    return Anchor(report, span, text[span.start : span.end])


def _place(connection: Connection, name: str) -> PlaceName | None:
    row = connection.execute(select(named_places).where(named_places.c.id == name)).first()
    return PlaceName(row.id, row.name) if row is not None else None


def names_of(connection: Connection, about: Iterable[str]) -> dict[str, str]:
    """The names of the places and speakers among some ids; what no report names any more has none."""
    ids = set(about)
    named: dict[str, str] = {}
    for table, begins in ((named_places, "plc-"), (speakers, "spk-")):
        mine = [one for one in ids if one.startswith(begins)]
        asked = select(table.c.id, table.c.name).where(table.c.id.in_(mine))
        named |= {row.id: row.name for row in connection.execute(asked)} if mine else {}
    return named


def _speaker(connection: Connection, name: str) -> SpeakerRow | None:
    said = select(func.count()).select_from(statements).where(statements.c.speaker_id == name)
    return next(iter(speaker_rows(connection, {name: connection.execute(said).scalar_one()})), None)


def _incidents(connection: Connection, ruled: Decision) -> tuple[IncidentRow, ...]:
    """The incidents that a decision is about, and those that the reports of its statements and events tell of."""
    named = [meant_by(connection, one) for one in ruled.about if one.startswith("inc-")]
    told = select(events.c.incident_id).where(events.c.report_id.in_(_reports_of(ruled))).order_by(events.c.id)
    return incidents_by_id(connection, (*named, *connection.execute(told).scalars()))


# The audit


def audit_head(connection: Connection) -> tuple[int, str]:
    """How many rows the audit has, and the hash of the last of them."""
    row = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).one()
    return row.seq, row.hash


def audit_knows(case: Case, connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was ever done to the case, and by whom: the words that the audit has for it, and the names.

    Its rows never change, so that only those are gone through that were not there before.
    """
    key = str(case.folder.resolve())
    last, first, whats, whos = _KNOWN.get(key) or (0, "", frozenset[str](), frozenset[str]())
    row = connection.execute(select(audit.c.hash).where(audit.c.seq == 1)).scalar_one()
    if row != first:  # another case in the same folder
        last, whats, whos = 0, frozenset(), frozenset()
    new = audit.c.seq > last
    count, _ = audit_head(connection)
    if count > last:
        whats |= set(connection.execute(select(audit.c.what).where(new).distinct()).scalars())
        whos |= set(connection.execute(select(audit.c.who).where(new).distinct()).scalars())
        _KNOWN.keep(key, (count, row, whats, whos))
    return tuple(sorted(whats)), tuple(sorted(whos))


_KNOWN: Remembered[str, tuple[int, str, frozenset[str], frozenset[str]]] = Remembered(4)


def _noted_under(connection: Connection, asked: str) -> Iterable[str]:
    """The ids under which something was noted: of a thing itself, and of the decisions about it."""
    try:
        meant = found(connection, asked)
    except NoSuchThing:
        if connection.execute(select(audit.c.seq).where(audit.c.about == asked).limit(1)).first() is None:
            raise
        return [asked]  # erased, or the case itself
    if meant.kind == "decision":
        return [meant.id]
    return [meant.id, *connection.execute(_about(connection, asked)).scalars()]


def _audit(connection: Connection, query: Select[Any]) -> list[AuditRow]:
    rows = connection.execute(query).all()
    ids = [row.about for row in rows if row.what in OF_DECISIONS]
    ruled = {one.id: one for one in decisions_in(connection, select(decisions).where(decisions.c.id.in_(ids)))}
    return [
        AuditRow(row.seq, row.at, row.who, row.what, row.about, row.body, row.previous, row.hash, ruled.get(row.about))
        for row in rows
    ]
