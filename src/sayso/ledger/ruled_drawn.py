"""The rows of one report drawn as people ruled: its statements, sources and events, and the incidents it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from sayso.accounts.carried import Carrier
from sayso.accounts.speakers import speaker_keys
from sayso.accounts.tellings import tellings
from sayso.ledger.candidates import hold
from sayso.ledger.corrected import as_told, corrected
from sayso.ledger.drawing import event_row, source_row, statement_rows
from sayso.ledger.incidents_drawn import draw_rows
from sayso.ledger.incidents_named import make_stale
from sayso.ledger.placing import id_of
from sayso.ledger.ruled_parts import current_reading, known_for, rulings_of, speaker_named, standings
from sayso.ledger.schema import events, ruled_events, sentences, sources, speakers, statements
from sayso.ledger.schema import speaker_keys as keys_table
from sayso.ledger.speakers_kept import spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.knowledge import Knowledge
    from sayso.ledger.drawing import Row
    from sayso.record import Reading, Speaker

FEW = 12
"""Incidents that are drawn at once; those of a report that tells of more are drawn when somebody looks."""
AT_ONCE = 40
"""Tellings of the incidents that are drawn at once, some 40 milliseconds' worth: whoever rules next waits for them."""
ACCEPTED = frozenset(("accepted",))
SHOWN = ("kind", "plover", "acled", "status", "background", "earliest", "latest")
"""What the row of an event shows of how it is told now; its words and its telling stay as they were read."""
WHERE_READ = ("start", "end", "sentence_id")
"""Where a statement was read stays where it is looked up, whatever words it is given."""


def draw_ruled(connection: Connection, report: str, rows: Knowledge) -> None:
    """Draw the rows of a report by all that stands ruled of its parts; the same rulings give the same rows.

    Nothing is done for a report without a reading.
    """
    ruled = rulings_of(connection, report)
    stands = standings(ruled, report)
    if ACCEPTED.issuperset(stands.values()) and _is_as_read(connection, report):
        _mark(connection, report, stands)
        return
    read = current_reading(connection, report)
    if read is None:
        return
    over = corrected(read, ruled, known_for(connection, ruled, rows)) if any(one.corrections for one in ruled) else read
    whose = _draw_sources(connection, report, over, rows)
    _draw_statements(connection, over, stands, whose, rows)
    rejected = [part for part, standing in stands.items() if standing == "rejected"]
    changed = _draw_events(connection, read, as_told(over, rejected), stands, rows)
    _draw_incidents(connection, report, changed, rows)


# What is accepted stays as it was read


def _is_as_read(connection: Connection, report: str) -> bool:
    """Whether the rows of a report show what was read: nothing in them was rejected, corrected or added."""
    said = select(statements.c.ruled).where(
        statements.c.report_id == report, statements.c.ruled.is_not(None), statements.c.ruled != "accepted"
    )
    told = select(ruled_events.c.event).where(
        ruled_events.c.report_id == report,
        or_(ruled_events.c.telling.is_not(None), ruled_events.c.ruled != "accepted"),
    )
    return all(connection.execute(one.limit(1)).first() is None for one in (said, told))


def _mark(connection: Connection, report: str, stands: Mapping[str, str]) -> None:
    """Mark what was accepted of a report that is otherwise as it was read; such marks change no incident."""
    mine, those = statements.c.report_id == report, statements.c.statement.in_(stands)
    connection.execute(update(statements).where(mine, those, statements.c.ruled.is_(None)).values(ruled="accepted"))
    connection.execute(update(statements).where(mine, ~those, statements.c.ruled.is_not(None)).values(ruled=None))
    connection.execute(delete(ruled_events).where(ruled_events.c.report_id == report))
    there = select(events.c.event).where(events.c.report_id == report, events.c.event.in_(stands))
    rows = [{"report_id": report, "event": one, "ruled": stands[one]} for one in connection.execute(there).scalars()]
    if rows:
        connection.execute(insert(ruled_events), rows)


# Sources


def _draw_sources(connection: Connection, report: str, over: Reading, rows: Knowledge) -> dict[str, str]:
    """Put in the sources that only rulings name and take out those that none names any more; the speaker of each."""
    asked = select(sources.c.source, sources.c.speaker_id, sources.c.name).where(sources.c.report_id == report)
    there = connection.execute(asked).all()
    whose: dict[str, str] = {row.source: row.speaker_id for row in there}
    wanted = {one.id: one.name for one in over.sources}
    for held in there:
        if wanted.get(held.source) != held.name:  # named by a ruling that is withdrawn, and its id may be another's now
            _take_out_source(connection, report, held.source, whose.pop(held.source))
    missing = [one for one in over.sources if one.id not in whose]
    carrier = Carrier(over, rows) if missing else None
    for one in missing:
        who = next((said.who for said in over.statements if said.source == one.id and said.who), None)
        speaker = carrier.speaker(one.id, who) if carrier else None
        if speaker is not None:
            whose[one.id] = speaker_named(connection, one.name, rows) or _new_speaker(connection, report, speaker, rows)
            row = {**source_row(one), "report_id": report, "speaker_id": whose[one.id]}
            connection.execute(insert(sources), row)
    return whose


def _new_speaker(connection: Connection, report: str, speaker: Speaker, rows: Knowledge) -> str:
    made = id_of("spk", report, "ruled", speaker.name)
    if connection.execute(select(speakers.c.id).where(speakers.c.id == made)).first() is not None:
        return made
    row = {
        "id": made,
        "name": speaker.name,
        "naming": speaker.naming,
        "role": speaker.role,
        "party": speaker.party,
        "private": speaker.private,
        "first_report": report,
        "folded": spellings((speaker.name, *speaker.also)),
    }
    connection.execute(insert(speakers), row)
    hold(connection, keys_table, [(key, made) for key in speaker_keys(speaker, rows)])
    return made


def _take_out_source(connection: Connection, report: str, source: str, speaker: str) -> None:
    """Take out a source that a ruling had named, and its speaker where nobody else names them."""
    connection.execute(delete(sources).where(sources.c.report_id == report, sources.c.source == source))
    if connection.execute(select(sources.c.source).where(sources.c.speaker_id == speaker).limit(1)).first() is None:
        connection.execute(delete(keys_table).where(keys_table.c.speaker_id == speaker))
        connection.execute(delete(speakers).where(speakers.c.id == speaker))


# Statements


def _draw_statements(
    connection: Connection, over: Reading, stands: Mapping[str, str], whose: Mapping[str, str], rows: Knowledge
) -> None:
    report = over.page.report.id
    held = connection.execute(select(statements).where(statements.c.report_id == report)).mappings()
    there = {row["statement"]: dict(row) for row in held}
    for row in statement_rows(over, rows):
        name = row["statement"]
        new = {**row, "speaker_id": whose[row["source"]], "ruled": stands.get(name)}
        old = there.pop(name, None)
        if old is None:
            new["sentence_id"] = _sentence(connection, report, row["sentence_id"])
            connection.execute(insert(statements), {**new, "report_id": report})
            continue
        _change(connection, report, old, {key: value for key, value in new.items() if key not in WHERE_READ})
    for name in there:  # added, and withdrawn
        mine = and_(statements.c.report_id == report, statements.c.statement == name)
        connection.execute(delete(statements).where(mine))


def _change(connection: Connection, report: str, old: Mapping[str, Any], new: Row) -> None:
    changed = {key: value for key, value in new.items() if old[key] != value}
    if changed:
        mine = and_(statements.c.report_id == report, statements.c.statement == new["statement"])
        connection.execute(update(statements).where(mine).values(changed))


def _sentence(connection: Connection, report: str, number: int | None) -> int | None:
    if number is None:
        return None
    asked = select(sentences.c.id).where(sentences.c.report_id == report, sentences.c.n == number)
    found: int | None = connection.execute(asked).scalar()
    return found


# Events and incidents


def _draw_events(
    connection: Connection, read: Reading, told: Reading, stands: Mapping[str, str], rows: Knowledge
) -> list[str]:
    """Keep beside each event how it is told now, where that is not as it was read; the events told otherwise now."""
    report = read.page.report.id
    before = {
        row.event: (row.ruled == "rejected", row.telling)
        for row in connection.execute(select(ruled_events).where(ruled_events.c.report_id == report))
    }
    connection.execute(delete(ruled_events).where(ruled_events.c.report_id == report))
    as_read = [event_row(one) for one in tellings(read, rows)]
    now = {row["event"]: row for row in (as_read if told is read else map(event_row, tellings(told, rows)))}
    shown = _shown(connection, report)
    kept = []
    for was in as_read:
        name = was["event"]
        is_now = now.get(name, was)
        if changed := {key: is_now[key] for key, value in shown.get(name, {}).items() if is_now[key] != value}:
            mine = and_(events.c.report_id == report, events.c.event == name)
            connection.execute(update(events).where(mine).values(changed))
        telling = is_now["telling"] if is_now["telling"] != was["telling"] else None
        if telling is not None or name in stands:
            kept.append({"report_id": report, "event": name, "ruled": stands.get(name), "telling": telling})
    if kept:
        connection.execute(insert(ruled_events), kept)
    after = {row["event"]: (row["ruled"] == "rejected", row["telling"]) for row in kept}
    untouched = (False, None)
    return [one for one in before | after if before.get(one, untouched) != after.get(one, untouched)]


def _shown(connection: Connection, report: str) -> dict[str, dict[str, Any]]:
    """What the rows of a report's events show of how they are told now, by their ids."""
    asked = select(events.c.event, *(events.c[name] for name in SHOWN)).where(events.c.report_id == report)
    held = connection.execute(asked).mappings()
    return {row["event"]: {name: row[name] for name in SHOWN} for row in held}


def _draw_incidents(connection: Connection, report: str, changed: list[str], rows: Knowledge) -> None:
    """Draw the rows of the incidents of events that are told otherwise now."""
    mine = and_(events.c.report_id == report, events.c.event.in_(changed))
    asked = select(events.c.incident_id).where(mine).distinct().order_by(events.c.incident_id)
    touched = list(connection.execute(asked).scalars()) if changed else []
    make_stale(connection, touched)
    draw_rows(connection, few_of(connection, touched), rows)


def few_of(connection: Connection, touched: list[str]) -> list[str]:
    """Those of some incidents that are soon drawn; none where there are many. The others are drawn beside the pages."""
    if not touched or len(touched) > FEW:
        return []
    sizes = select(events.c.incident_id, func.count()).where(events.c.incident_id.in_(touched))
    left, few = AT_ONCE, []
    for name, size in sorted(
        connection.execute(sizes.group_by(events.c.incident_id)), key=lambda row: (row[1], row[0])
    ):
        left -= size
        if left >= 0:
            few.append(name)
    return few
