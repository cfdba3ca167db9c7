"""Who speaks in the whole case: each source of a new report is a speaker that is known, or a new one.

A source is compared with the speakers that share a key of its name. It is the one that it is taken for, the likest of
several; two speakers are never joined by a third, since "M. Lind" is Mara's and Milo's. That is for people to rule.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from sayso.accounts.speakers import same_speaker
from sayso.ledger.candidates import hold, sharing
from sayso.ledger.placing import id_of
from sayso.ledger.redirecting import meant_by
from sayso.ledger.ruled import is_anything_ruled
from sayso.ledger.schema import family_members, reports, sources, speaker_keys, speakers
from sayso.ledger.terms import folded, name_words
from sayso.record import Speaker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from sayso.ledger.drawing import Speaking
    from sayso.ledger.placing import Placed

MOST_COMPARED = 12
"""A source is compared with so many speakers at most."""


def keep_speakers(connection: Connection, placed: Placed) -> dict[str, str]:
    """The speaker of the case for each source of a reading, by its id there; families are drawn already.

    Somebody without a name is the same only in copies of one telling.
    """
    told = placed.drawn.speakers
    report = placed.drawn.report.id
    shared = sharing(connection, speaker_keys, (key for one in told for key in one.keys))
    known = _speakers(connection, {name for holders in shared.values() for name in holders})
    unnamed = _unnamed_in_copies(connection, report) if any(not one.keys for one in told) else {}
    found: dict[str, str] = {}
    for one in told:
        source = one.speaker.source
        mine = _likest(one, shared, known, placed) if one.keys else unnamed.get(_as_named(one.speaker))
        found[source] = mine or id_of("spk", report, source, one.speaker.name)
    found = _as_ruled(connection, found)
    _insert_new(connection, placed, found, known)
    _learn(connection, told, found, known)
    hold(
        connection,
        speaker_keys,
        [
            (key, found[one.speaker.source])
            for one in told
            for key in one.keys
            if found[one.speaker.source] not in shared.get(key, ())
        ],
    )
    return found


def _as_ruled(connection: Connection, found: dict[str, str]) -> dict[str, str]:
    """The same with those that people ruled to be somebody else's name as that."""
    if not is_anything_ruled(connection, "same_speaker"):
        return found
    return {source: meant_by(connection, name) for source, name in found.items()}


def _speakers(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    if not ids:
        return {}
    rows = connection.execute(select(speakers).where(speakers.c.id.in_(sorted(ids))))
    return {row.id: row for row in rows}


def _likest(one: Speaking, shared: dict[int, list[Any]], known: dict[str, Any], placed: Placed) -> str | None:
    """The known speaker that a source is taken for: one of its very name first, then the first that was known."""
    counts: dict[str, int] = defaultdict(int)
    for key in one.keys:
        for name in shared.get(key, ()):
            counts[name] += 1
    near = sorted((name for name in counts if name in known), key=lambda name: (-counts[name], name))[:MOST_COMPARED]
    ordered = sorted(near, key=lambda name: (folded(known[name].name) != folded(one.speaker.name), -counts[name], name))
    return next(
        (name for name in ordered if same_speaker(one.speaker, _as_speaker(known[name]), placed.rows).same), None
    )


def _as_speaker(row: Any) -> Speaker:
    return Speaker("", row.name, row.naming, role=row.role, party=row.party, private=row.private)


# Somebody without a name

Named = tuple[str, str, bool]


def _as_named(speaker: Speaker) -> Named:
    return folded(speaker.name), speaker.naming, speaker.plural


def _unnamed_in_copies(connection: Connection, report: str) -> dict[Named, str]:
    """Who speaks without a name in the reports that share a family with this one."""
    members = family_members.c
    mine = select(members.family_id).where(members.report_id == report)
    mates = select(members.report_id).where(members.family_id.in_(mine), members.report_id != report)
    asked = (
        select(sources.c.name, sources.c.naming, sources.c.plural, sources.c.speaker_id)
        .join(reports, reports.c.id == sources.c.report_id)
        .where(sources.c.report_id.in_(mates))
        .order_by(reports.c.seq, sources.c.source)
    )
    found: dict[Named, str] = {}
    for row in connection.execute(asked):
        found.setdefault((folded(row.name), row.naming, row.plural), row.speaker_id)
    return found


# Writing


def _insert_new(connection: Connection, placed: Placed, found: dict[str, str], known: dict[str, Any]) -> None:
    rows: dict[str, dict[str, Any]] = {}
    for one in placed.drawn.speakers:
        name = found[one.speaker.source]
        if name not in known:  # it may be there all the same: one that a ruling gave the source to
            rows.setdefault(name, _row(name, one.speaker, placed.drawn.report.id))
    there = connection.execute(select(speakers.c.id).where(speakers.c.id.in_(sorted(rows)))).scalars() if rows else ()
    for name in there:
        del rows[name]
    if rows:
        connection.execute(insert(speakers), list(rows.values()))


def _row(name: str, speaker: Speaker, report: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": speaker.name,
        "naming": speaker.naming,
        "role": speaker.role,
        "party": speaker.party,
        "private": speaker.private,
        "first_report": report,
        "folded": spellings((speaker.name, *speaker.also)),
    }


def spellings(names: Iterable[str]) -> str:
    """Spellings as a speaker's row has them, to be looked through."""
    return "".join(f" {one} " for one in dict.fromkeys(map(name_words, names)))


def _learn(connection: Connection, told: Iterable[Speaking], found: dict[str, str], known: dict[str, Any]) -> None:
    """What a new report says of a speaker that was not known: a role, a side, a spelling, that they act in public."""
    changed = []
    for one in told:
        row = known.get(found[one.speaker.source])
        if row is None:
            continue
        new = [name for name in map(name_words, (one.speaker.name, *one.speaker.also)) if f" {name} " not in row.folded]
        learnt = {
            "role": row.role or one.speaker.role,
            "party": row.party or one.speaker.party,
            "private": row.private and one.speaker.private,
            "folded": row.folded + "".join(f" {name} " for name in dict.fromkeys(new)),
        }
        if any(getattr(row, name) != value for name, value in learnt.items()):
            changed.append({"whose": row.id, **{f"new_{name}": value for name, value in learnt.items()}})
    if changed:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("role", "party", "private", "folded")}
        connection.execute(update(speakers).where(speakers.c.id == bindparam("whose")).values(values), changed)
