"""What people ruled of the statements and events of one report: laid over its reading, and drawn into its rows.

What was read stays packed as it was, and so do the tellings by which events are compared: a correction joins and parts
no incidents. Everything here is made of the reading and the rulings that stand, and remembers nothing, so that a
withdrawn ruling leaves no trace in what is drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, or_, select

from sayso.accounts.speakers import speaker_keys
from sayso.ledger.asking.answers import RuledPart
from sayso.ledger.corrected import Known, added_part, corrected, parts_of, words_here
from sayso.ledger.corrected_values import value_of
from sayso.ledger.decisions import decisions_in
from sayso.ledger.packing import unpacked
from sayso.ledger.problems import CannotRule
from sayso.ledger.redirecting import meant_by
from sayso.ledger.ruled import is_anything_ruled, standing
from sayso.ledger.schema import decision_about, decision_anchors, decisions, readings, reports, speakers
from sayso.ledger.schema import speaker_keys as keys_table
from sayso.ledger.terms import folded
from sayso.ledger.typed import NONE, typed_figure
from sayso.record import Anchor, Correction, Decision, Reading, Source, Speaker
from sayso.values.party import party_named

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge

CORRECTING = ("correct", "add_statement")
STANDING = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add_statement": "added"}
"""What a ruling makes of a part."""


def rulings_of(connection: Connection, report: str) -> tuple[Decision, ...]:
    """The rulings that stand about parts of a report, in the order they were made, each about those parts alone.

    One about several things counts for those whose words are still there.
    """
    about, anchors = decision_about.c, decision_anchors.c
    asked = (
        select(decisions.c.id, about.about)
        .join(decision_about, about.decision_id == decisions.c.id)
        .outerjoin(decision_anchors, and_(anchors.decision_id == about.decision_id, anchors.n == about.n))
        .where(
            about.about >= report,
            about.about < f"{report}~",
            decisions.c.ruling.in_(STANDING),
            decisions.c.withdrawn_at.is_(None),
            or_(anchors.lost.is_(None), ~anchors.lost),
        )
        .order_by(about.decision_id, about.n)
    )
    live: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(asked):
        live[row.id].append(row.about)
    if not live:
        return ()
    ruled = decisions_in(connection, select(decisions).where(decisions.c.id.in_(live)).order_by(decisions.c.seq))
    return tuple(replace(_told_by_field(one), about=tuple(live[one.id])) for one in ruled)


def _told_by_field(ruled: Decision) -> Decision:
    """A ruling from before fields were told apart: its value is the speaker."""
    if ruled.ruling != "correct" or ruled.corrections or not ruled.value:
        return ruled
    return replace(ruled, corrections=(Correction("speaker", None, ruled.value),))


def standings(ruled: Iterable[Decision], report: str) -> dict[str, str]:
    """How each part that was ruled of stands: accepted | rejected | corrected | added; the last ruling counts."""
    found: dict[str, str] = {}
    for one in ruled:
        if one.ruling == "add_statement":
            found[added_part(one.id)] = STANDING[one.ruling]
            continue
        for part in parts_of(one, report):
            if found.get(part) != "added" or one.ruling == "reject":
                found[part] = STANDING[one.ruling]
    return found


def ruled_parts(read: Reading, ruled: Iterable[Decision]) -> tuple[RuledPart, ...]:
    """What was ruled of each part, with what was read before; `read` is the reading as it was made."""
    return tuple(_part(read, one, part) for one in ruled for part in _parts(read, one))


def _parts(read: Reading, ruled: Decision) -> tuple[str, ...]:
    if ruled.ruling == "add_statement":
        return (added_part(ruled.id),)
    return parts_of(ruled, read.page.report.id)


def _part(read: Reading, ruled: Decision, part: str) -> RuledPart:
    return RuledPart(
        part=part,
        standing=STANDING[ruled.ruling],
        decision=ruled.id,
        who=ruled.who,
        at=ruled.at,
        why=ruled.why,
        changes=tuple(_change(read, part, one) for one in ruled.corrections),
        statement=next((one for one in read.statements if one.id == part), None),
        event=next((one for one in read.events if one.id == part), None),
    )


def _change(read: Reading, part: str, told: Correction) -> Correction:
    """A correction as it bears on one part: what was read there, and where its words stand there."""
    span, report = words_here(read, part, told), read.page.report
    anchor = Anchor(report.id, span, report.text[span.start : span.end]) if span else None
    return replace(told, before=value_of(read, part, told.field), anchor=anchor)


# The reading with what was ruled


def corrected_among(connection: Connection, wanted: Collection[str]) -> set[str]:
    """Those of some reports of which something stands corrected, or was added to them."""
    if not is_anything_ruled(connection, *CORRECTING):
        return set()
    about = select(decision_about.c.about).where(decision_about.c.decision_id.in_(standing(*CORRECTING)))
    return {one.partition("#")[0] for one in connection.execute(about).scalars()} & set(wanted)


def current_reading(connection: Connection, report: str) -> Reading | None:
    """The current reading of a report as it was made, without the original; None where it has none."""
    asked = (
        select(reports.c.text, readings.c.packed)
        .join(readings, and_(readings.c.report_id == reports.c.id, readings.c.current))
        .where(reports.c.id == report)
    )
    row = connection.execute(asked).first()
    return unpacked(row.packed, row.text, b"") if row is not None else None


def as_ruled(connection: Connection, read: Reading, rows: Knowledge) -> tuple[Reading, tuple[Decision, ...]]:
    """A reading as people corrected it, and the rulings that bear on it; rejected parts are still in it."""
    ruled = rulings_of(connection, read.page.report.id)
    if not any(one.corrections for one in ruled):
        return read, ruled
    return corrected(read, ruled, known_for(connection, ruled, rows)), ruled


def known_for(connection: Connection, ruled: Iterable[Decision], rows: Knowledge) -> Known:
    """What the case knows of the names and kinds that rulings give."""
    told = [one for each in ruled for one in each.corrections if one.after is not None]
    names = {one.after: None for one in told if one.field == "speaker" and one.after}
    found = {folded(name): source for name in names if (source := _speaker(connection, name, rows)) is not None}
    sides = {folded(name): side for name in names if (side := party_named(name, rows)) is not None}
    return Known(found, sides, _codes(rows) if any(one.field == "kind" for one in told) else {})


def speaker_named(connection: Connection, name: str, rows: Knowledge) -> str | None:
    """The one speaker of the case that has a name, spelled so; None for nobody, or several."""
    keys = {key for naming in ("named", "institution") for key in speaker_keys(Speaker("", name, naming), rows)}
    holders = select(keys_table.c.speaker_id).where(keys_table.c.key.in_(sorted(keys)))
    asked = select(speakers.c.id, speakers.c.name).where(speakers.c.id.in_(holders))
    exact = {meant_by(connection, row.id) for row in connection.execute(asked) if folded(row.name) == folded(name)}
    return next(iter(exact)) if len(exact) == 1 else None


def _speaker(connection: Connection, name: str, rows: Knowledge) -> Source | None:
    mine = speaker_named(connection, name, rows)
    row = connection.execute(select(speakers).where(speakers.c.id == mine)).first() if mine else None
    return Source("", row.name, row.naming, role=row.role, party=row.party, private=row.private) if row else None


def _codes(rows: Knowledge) -> dict[str, tuple[str | None, str | None]]:
    """The codes that most rows of each kind have."""
    met: dict[str, Counter[tuple[str | None, str | None]]] = defaultdict(Counter)
    for row in rows.rows("event_kinds"):
        met[row["kind"]][row.get("plover"), row.get("acled")] += 1
    return {kind: counted.most_common(1)[0][0] for kind, counted in met.items()}


# Before a ruling is written down


def with_before(connection: Connection, wanted: Decision, rows: Knowledge) -> tuple[Correction, ...]:
    """The corrections of a ruling with what stands now in each field, of several things each value once.

    Raises `CannotRule` where a correction does not fit one of the things that the ruling is about.
    """
    if wanted.ruling != "correct":
        return wanted.corrections
    held = {
        report: as_ruled(connection, read, rows)[0]
        for report in dict.fromkeys(one.partition("#")[0] for one in wanted.about)
        if (read := current_reading(connection, report)) is not None
    }
    parts = (one.partition("#") for one in wanted.about)
    places = [(held[report], part) for report, _, part in parts if report in held]
    for reading, part in places:
        _check_fits(reading, part, wanted.corrections)
    return tuple(replace(one, before=_before(places, one.field)) for one in wanted.corrections)


def _before(places: Sequence[tuple[Reading, str]], field: str) -> str | None:
    stood = dict.fromkeys(value_of(reading, part, field) for reading, part in places)
    return "; ".join(one for one in stood if one) or None


def _check_fits(reading: Reading, part: str, corrections: Sequence[Correction]) -> None:
    report = reading.page.report.id
    for one in corrections:
        if one.field == "words" and words_here(reading, part, one) is None:
            raise CannotRule(
                f"The sentence of {report}#{part} does not hold these words once: “{one.after}”. Rule of it by itself."
            )
        if one.field == "how_many" and one.after not in (None, NONE):
            _check_counted(reading, part, one.after or "")


def _check_counted(reading: Reading, part: str, after: str) -> None:
    event = next((one for one in reading.events if one.id == part), None)
    counted = sorted({one.of for one in event.counts}) if event else []
    if typed_figure(after).of is None and len(counted) != 1:
        told = f"It counts {', '.join(counted)}" if counted else "Nothing is counted of it yet"
        raise CannotRule(f"{after!r} of what? {told}. Write what is counted, as in {after} killed.")
