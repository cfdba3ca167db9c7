"""Which incident a group of events is: an id stays with the first event that had it, and what it joins redirects."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, insert, select

from sayso.ledger.placing import id_of
from sayso.ledger.quick import ask, put
from sayso.ledger.redirecting import live_again, redirect
from sayso.ledger.schema import events, incidents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

MEMBERS = """
    SELECT reports.seq, events.start, events.id, events."end", events.kind, events.report_id, events.incident_id
    FROM events JOIN reports ON reports.id = events.report_id WHERE events.id IN ?s"""


class Member(NamedTuple):
    """An event as it was before: in the order of members, those of earlier reports first."""

    seq: int
    start: int
    id: int
    end: int
    kind: str
    report: str
    incident: str  # "" for a new one


def name_incidents(
    connection: Connection, groups: Sequence[Collection[int]], touched: Collection[int], *, at: str
) -> tuple[str, ...]:
    """Give every group of events its incident; the incidents that the touched events are in then.

    A group is the incident whose first event it has, the oldest of them; else a new one, by its own first event. What
    is no incident any more leads to where most of its events are.
    """
    members = _members(connection, [number for group in groups for number in group])
    sorted_groups = sorted(sorted(members[number] for number in group) for group in groups)
    old = _by_incident(members.values())
    names = _names(connection, sorted_groups, old)
    now = {member.id: name for name, group in zip(names, sorted_groups, strict=True) for member in group}
    moved = [member for member in members.values() if member.incident != now[member.id]]
    _move(connection, moved, now)
    _insert_new(connection, names, sorted_groups)
    _retire(connection, [name for name in old if name not in names], old, now, at=at)
    changed = {now[number] for number in touched} | {now[member.id] for member in moved}
    make_stale(connection, changed | ({member.incident for member in moved} & set(names)))
    return tuple(dict.fromkeys(now[number] for number in sorted(touched)))


def make_stale(connection: Connection, wanted: Collection[str]) -> None:
    """Mark incidents of which more is known, or less, than their rows show."""
    if wanted:
        ask(connection, "UPDATE incidents SET stale = ? WHERE id IN ?s AND NOT stale", True, wanted)


def _members(connection: Connection, ids: Iterable[int]) -> dict[int, Member]:
    return {row[2]: Member(*row) for row in ask(connection, MEMBERS, ids)}


def _by_incident(members: Iterable[Member]) -> dict[str, list[Member]]:
    """The incidents as they were, the oldest first, each with its events in order."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in sorted(members):
        if member.incident:
            found[member.incident].append(member)
    return dict(found)


def _names(connection: Connection, groups: list[list[Member]], old: dict[str, list[Member]]) -> list[str]:
    inherits: dict[int, str] = {}
    for name, members in old.items():
        inherits.setdefault(members[0].id, name)
    names = [
        min((inherits[member.id] for member in group if member.id in inherits), key=list(old).index, default="")
        for group in groups
    ]
    fresh = [number for number, name in enumerate(names) if not name]
    wanted = [_id_of(groups[number][0], 0) for number in fresh]
    taken = {*names, *old, *_there(connection, wanted)}
    for number in fresh:
        names[number] = _fresh(connection, groups[number][0], taken)
        taken.add(names[number])
    return names


def _there(connection: Connection, names: Collection[str]) -> set[str]:
    """Which of some incidents there are."""
    return {name for (name,) in ask(connection, "SELECT id FROM incidents WHERE id IN ?s", names)} if names else set()


def _id_of(first: Member, again: int) -> str:
    return id_of("inc", first.report, first.start, first.end, first.kind, *[again] * bool(again))


def _fresh(connection: Connection, first: Member, taken: Collection[str]) -> str:
    """The id that a first event gives; another where that id has gone to other events."""
    if (name := _id_of(first, 0)) not in taken:
        return name
    again = 1
    while True:
        name = _id_of(first, again)
        if name not in taken and not _there(connection, [name]):
            return name
        again += 1


def _move(connection: Connection, moved: list[Member], now: dict[int, str]) -> None:
    told = "UPDATE events SET incident_id = ? WHERE id = ?"
    put(connection, told, [(now[member.id], member.id) for member in moved])


def _insert_new(connection: Connection, names: list[str], groups: list[list[Member]]) -> None:
    held = _there(connection, names)
    new = [(name, group) for name, group in zip(names, groups, strict=True) if name not in held]
    if not new:
        return
    live_again(connection, [name for name, _ in new])
    connection.execute(insert(incidents), [undrawn(name, group[0].kind) for name, group in new])


def undrawn(name: str, kind: str) -> dict[str, object]:
    """The row of an incident that was not drawn yet."""
    return {
        "id": name,
        "kind": kind,
        "headline": "",
        "counter": "",
        "did_not_happen": False,
        "reports": 0,
        "origins": 0,
        "denials": 0,
        "contested": 0.0,
        "stale": True,
    }


def _retire(
    connection: Connection, gone: list[str], old: dict[str, list[Member]], now: dict[int, str], *, at: str
) -> None:
    """Take away incidents that have no events any more, and lead from them to where most of theirs are."""
    if not gone:
        return
    left = (
        select(events.c.incident_id, func.count()).where(events.c.incident_id.in_(gone)).group_by(events.c.incident_id)
    )
    still = {row[0] for row in connection.execute(left)}
    for name in gone:
        if name in still:
            continue
        connection.execute(delete(incidents).where(incidents.c.id == name))
        heirs = Counter(now[member.id] for member in old[name])
        redirect(connection, name, heirs.most_common(1)[0][0], at=at, why="the two incidents are one happening")
