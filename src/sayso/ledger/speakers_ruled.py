"""What people ruled of speakers: that two are one, for which side they speak, that a private person may be named."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from sayso.ledger.dated import by_time
from sayso.ledger.decisions import decisions_in
from sayso.ledger.packing import noun_from
from sayso.ledger.redirecting import live_again, meant_by, redirect
from sayso.ledger.ruled import standing
from sayso.ledger.schema import (
    decision_about,
    decisions,
    redirects,
    reports,
    sources,
    speakers,
    statements,
)
from sayso.ledger.speakers_kept import spellings
from sayso.record import Saying

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from sayso.record import Decision


def draw_speakers(connection: Connection, decision: Decision, *, at: str) -> set[str]:
    """Draw the speakers that a decision is about by all that stands ruled of them; their ids."""
    about = {one for one in decision.about if one.startswith("spk-")}
    if decision.ruling in ("same_speaker", "different_speaker"):
        about |= _join(connection, about, at=at)
    if decision.ruling == "position":
        return about  # which says nothing of side and privacy: they stay as the reports have them
    for speaker in sorted({meant_by(connection, one) for one in about}):
        _draw(connection, speaker)
    return about


def _join(connection: Connection, about: set[str], *, at: str) -> set[str]:
    """Give every source its own speaker back, then join what stands ruled to be one; all speakers concerned.

    A source's own speaker is the one that it was given when it was added, and `own` remembers: the redirect.
    """
    groups = _groups(connection)
    wanted = next((group for group in groups if group & about), frozenset())
    concerned = about | set(wanted)
    for old in sorted(concerned):
        if (now := meant_by(connection, old)) != old and not any({old, now} <= group for group in groups):
            _part(connection, old, now)
    for group in groups:
        if group & concerned:
            first = _oldest(connection, group)
            for other in sorted(group - {first}):
                _merge(connection, other, first, at=at)
    return concerned


def _groups(connection: Connection) -> list[frozenset[str]]:
    """The speakers that stand ruled to be one, as groups."""
    asked = select(decision_about.c.decision_id, decision_about.c.about)
    named: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(asked.where(decision_about.c.decision_id.in_(standing("same_speaker")))):
        named[row.decision_id].add(row.about)
    groups: list[set[str]] = []
    for _, found in sorted(named.items()):
        meeting = [group for group in groups if group & found]
        groups = [group for group in groups if group not in meeting] + [found.union(*meeting)]
    return [frozenset(group) for group in groups]


def _oldest(connection: Connection, group: Collection[str]) -> str:
    asked = (
        select(speakers.c.id)
        .join(reports, reports.c.id == speakers.c.first_report)
        .where(speakers.c.id.in_(sorted(group)))
        .order_by(reports.c.seq, speakers.c.id)
        .limit(1)
    )
    return connection.execute(asked).scalar() or min(group)


def _merge(connection: Connection, old: str, new: str, *, at: str) -> None:
    """Give what one says to the other. The row of the first stays, so that the two can be parted again."""
    if meant_by(connection, old) == new:
        return
    for table in (sources, statements):
        connection.execute(update(table).where(table.c.speaker_id == old).values(speaker_id=new))
    redirect(connection, old, new, at=at, why="ruled to be one speaker")


def _part(connection: Connection, old: str, now: str) -> None:
    """Give a speaker back what it said: the sources whose keys are its own."""
    row = connection.execute(select(speakers).where(speakers.c.id == old)).first()
    if row is None:
        return
    live_again(connection, [old])
    asked = select(sources.c.report_id, sources.c.source, sources.c.name).where(sources.c.speaker_id == now)
    for source in connection.execute(asked).all():
        if spellings([source.name]) in row.folded:
            for table in (sources, statements):
                mine = (table.c.report_id == source.report_id) & (table.c.source == source.source)
                connection.execute(update(table).where(mine).values(speaker_id=old))


def _draw(connection: Connection, speaker: str) -> None:
    """A speaker's side and privacy: as ruled, else as the reports have them."""
    asked = (
        select(sources.c.party, sources.c.private)
        .join(reports, reports.c.id == sources.c.report_id)
        .where(sources.c.speaker_id == speaker)
        .order_by(reports.c.seq)
    )
    rows = connection.execute(asked).all()
    if not rows:
        return
    party = next((row.party for row in rows if row.party), None) or _party_by_words(connection, speaker)
    values: dict[str, Any] = {"party": party, "private": all(row.private for row in rows)}
    for ruling, value in _rulings(connection, speaker):
        if ruling == "speaks_for":
            values["party"] = value
        elif ruling == "show_private":
            values["private"] = False
    connection.execute(update(speakers).where(speakers.c.id == speaker).values(values))


def _party_by_words(connection: Connection, speaker: str) -> str | None:
    """The side that a report's words give somebody where they speak, though no office or name of theirs does."""
    asked = (
        select(statements.c.saying)
        .join(reports, reports.c.id == statements.c.report_id)
        .where(statements.c.speaker_id == speaker, statements.c.saying.contains('"party":"'))
        .order_by(reports.c.seq, statements.c.start)
    )
    told = (noun_from(Saying, held).speaker.party for held in connection.execute(asked).scalars())
    return next((party for party in told if party), None)


def _rulings(connection: Connection, speaker: str) -> list[tuple[str, str | None]]:
    """What stands ruled of a speaker, or of one that is part of it now, what counts most last."""
    names = [speaker, *connection.execute(select(redirects.c.old).where(redirects.c.new == speaker)).scalars()]
    mine = select(decision_about.c.decision_id).where(decision_about.c.about.in_(names))
    wanted = standing("speaks_for", "show_private")
    asked = select(decisions).where(decisions.c.id.in_(mine), decisions.c.id.in_(wanted))
    return [(one.ruling, one.value) for one in sorted(decisions_in(connection, asked), key=by_time)]
