"""Which stretches of reports are one telling, kept as reports are added.

A new report is compared with those that share its rare keys, and only the families that it touches are drawn again. In
a family too large for that, it joins what it was found to copy, and the rest stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from sayso.copies import (
    FEWEST_SHARED,
    dated_by,
    families,
    link_as_json,
    link_from_json,
    linked,
    loaded,
    ruled_copy,
)
from sayso.ledger.candidates import hold, ranked, sharing
from sayso.ledger.clusters_kept import draw_clusters
from sayso.ledger.placing import id_of
from sayso.ledger.quick import ask
from sayso.ledger.redirecting import live_again, redirect
from sayso.ledger.ruled import groups_ruled, is_anything_ruled
from sayso.ledger.schema import events, family_members, links, print_keys, prints, reports
from sayso.record import Family, Member, Published, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

    from sayso.copies import Link, Print
    from sayso.ledger.placing import Placed

MOST_COMPARED = 8
"""A new report is compared with so many others at most: those that share its rarest keys."""
RARE = 1.0
"""What the keys that two reports share must add up to, each counting one through how many hold it."""
MOST_REDRAWN = 64
"""Reports: a larger family is not drawn again whole for each copy that joins it."""
PRINTS = """
    SELECT prints.packed FROM reports JOIN prints ON prints.report_id = reports.id
    WHERE reports.seq IN ?s ORDER BY reports.seq"""
UNDATED = ("unknown", "family")


def keep_families(connection: Connection, placed: Placed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare a new report with those that may be one telling with it.

    Returns the reports that are, and those of which more is known by it: whose family, or whose date, changed.
    """
    mine = _loaded(placed.drawn.print)
    found = _links(connection, mine, placed.drawn.print_keys)
    _insert_print(connection, placed)
    if found:
        _insert_links(connection, found)
    elif not _ruled(connection, "copy", [mine.report]):
        return (), ()
    changed = draw_families(connection, [placed.drawn.report.id], at=placed.at)
    return tuple(link.there if link.here == mine.report else link.here for link in found), changed


def print_of(connection: Connection, report: str) -> Print:
    """The print of a report of the case."""
    return _loaded(connection.execute(select(prints.c.packed).where(prints.c.report_id == report)).scalar_one())


@lru_cache(maxsize=2048)
def _loaded(packed: bytes) -> Print:
    return loaded(packed)


# Comparing


def _links(connection: Connection, mine: Print, keys: Iterable[int]) -> list[Link]:
    shared = sharing(connection, print_keys, keys)
    seqs = ranked(shared, at_least=FEWEST_SHARED, rare=RARE, most=MOST_COMPARED)
    if not seqs:
        return []
    compared = (linked(mine, _loaded(bytes(packed))) for (packed,) in ask(connection, PRINTS, seqs).all())
    return [link for link in compared if link is not None]


def _insert_print(connection: Connection, placed: Placed) -> None:
    drawn = placed.drawn
    connection.execute(insert(prints), {"report_id": drawn.report.id, "packed": drawn.print, "story": drawn.story})
    hold(connection, print_keys, [(key, placed.seq) for key in drawn.print_keys])


def _insert_links(connection: Connection, found: Iterable[Link]) -> None:
    rows = [
        {"a": link.here, "b": link.there, "score": link.score, "likeness": link_as_json(link)}
        for link in sorted(found, key=lambda link: (link.here, link.there))
    ]
    connection.execute(insert(links), rows)


# Drawing


def draw_families(connection: Connection, touched: Collection[str], *, at: str) -> tuple[str, ...]:
    """Draw again every family that these reports are in, or should be in.

    Returns the other reports whose stretches in families, or whose dates, are not what they were.
    """
    around = _around(connection, touched) | _mates(connection, touched)
    if len(around) <= MOST_REDRAWN:
        changed = _replace(connection, around, _drawn(connection, around), set(touched), at=at)
    else:
        around = set(touched) | _neighbours(connection, touched)
        old = _held(connection, around)
        found = tuple(_with_the_rest(_drawn(connection, around), old, set(touched)))
        changed = _replace(connection, around, found, set(touched), at=at)
    return tuple(sorted(changed))


def _around(connection: Connection, touched: Collection[str]) -> set[str]:
    """All reports that links connect with these; more than `MOST_REDRAWN` where there are too many to draw again."""
    seen, edge = set(touched), set(touched)
    while edge and len(seen) <= MOST_REDRAWN:
        edge = _neighbours(connection, edge) - seen
        seen |= edge
    return seen


def _mates(connection: Connection, of: Collection[str]) -> set[str]:
    """The reports that share a family with these, whether or not anything still links them."""
    members = family_members.c
    mine = select(members.family_id).where(members.report_id.in_(sorted(of)))
    asked = select(members.report_id).where(members.family_id.in_(mine)).distinct().limit(MOST_REDRAWN + 1)
    return set(connection.execute(asked).scalars())


def _neighbours(connection: Connection, of: Collection[str]) -> set[str]:
    ids = sorted(of)
    found: set[str] = set()
    for mine, other in ((links.c.a, links.c.b), (links.c.b, links.c.a)):
        found.update(connection.execute(select(other).where(mine.in_(ids))).scalars())
    return found.union(*_ruled(connection, "copy", ids))


def _drawn(connection: Connection, around: set[str]) -> tuple[Family, ...]:
    ids = sorted(around)
    held = connection.execute(select(links.c.likeness).where(links.c.a.in_(ids), links.c.b.in_(ids))).scalars()
    apart = [pair for pair in _ruled(connection, "independent", ids) if pair <= around]
    there = set(connection.execute(select(prints.c.report_id).where(prints.c.report_id.in_(ids))).scalars())
    copies = [
        ruled_copy(*(print_of(connection, report) for report in sorted(pair)))
        for pair in _ruled(connection, "copy", ids)
        if pair <= around & there  # one that is being read anew has no print for the moment
    ]
    return families([link_from_json(one) for one in held], apart, copies)


def _ruled(connection: Connection, ruling: str, ids: list[str]) -> list[frozenset[str]]:
    if not is_anything_ruled(connection, ruling):
        return []
    return [pair for pair in groups_ruled(connection, ruling, ids) if len(pair) == 2]


def _with_the_rest(found: tuple[Family, ...], old: list[_Old], touched: set[str]) -> list[Family]:
    """Families of which only a part was drawn: what was there stays, and the touched reports join it."""
    rest = {one.id: [member for member in one.members if member.report not in touched] for one in old}
    groups: list[tuple[set[str], list[Member]]] = [({name}, members) for name, members in rest.items()]
    for family in found:
        names = {one.id for one in old if _meets(family, one)}
        members = [member for member in family.members if member.report in touched or not names]
        meeting = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in meeting]
        for other, rest_of_it in meeting:
            names |= other
            members += rest_of_it
        groups.append((names, members))
    return [Family("", _once(members)) for _, members in groups if len({one.report for one in members}) > 1]


def _once(members: Iterable[Member]) -> tuple[Member, ...]:
    """Of stretches of one report that begin at one place the longest."""
    found = {(member.report, member.span.start): member for member in sorted(members, key=lambda one: one.span.end)}
    return tuple(found.values())


# Writing what was drawn


@dataclass(frozen=True, slots=True)
class _Old:
    """A family as it was."""

    id: str
    members: tuple[Member, ...]
    first: int  # the number of its first report


def _replace(
    connection: Connection, around: set[str], found: tuple[Family, ...], touched: set[str], *, at: str
) -> set[str]:
    """Write families in the place of those that some reports were in; the untouched reports for which that matters."""
    old = _held(connection, around)
    named = _named(connection, list(found), old)
    if old:
        gone = [one.id for one in old]
        connection.execute(delete(family_members).where(family_members.c.family_id.in_(gone)))
    rows = [
        {
            "family_id": family.id,
            "report_id": member.report,
            "start": member.span.start,
            "end": member.span.end,
            "how": member.how,
            "of": member.of,
        }
        for family in named
        for member in family.members
    ]
    if rows:
        connection.execute(insert(family_members), rows)
    kept = {family.id for family in named}
    live_again(connection, kept)
    members = [member for one in old for member in one.members] + [member for one in named for member in one.members]
    draw_clusters(connection, {member.report for member in members} | around)
    for one in old:
        heir = next((family.id for family in named if _meets(family, one)), None)
        if one.id not in kept and heir:
            redirect(connection, one.id, heir, at=at, why="the two families are one telling")
    return (_moved(connection, old, named, touched) | _date(connection, named, around)) - touched


def _moved(connection: Connection, old: list[_Old], named: list[Family], touched: set[str]) -> set[str]:
    """The reports with an event that shares a family with another report's where it did not, or no more.

    That a touched report joined a family changes nothing between those that were in it.
    """
    before = {(one.id, member.report, member.span) for one in old for member in one.members}
    after = {(family.id, member.report, member.span) for family in named for member in family.members}
    if all(report in touched for _, report, _ in before ^ after):
        return set()
    wanted = sorted({report for _, report, _ in before | after} - touched)
    triggers = select(events.c.report_id, events.c.start).where(events.c.report_id.in_(wanted))
    places = [(row.report_id, row.start) for row in connection.execute(triggers)]
    return _parted_or_joined(_by_place(before, places), _by_place(after, places))


Place = tuple[str, int]


def _by_place(members: Iterable[tuple[str, str, Span]], places: list[Place]) -> dict[str, set[Place]]:
    """The places that lie in each family, by its id."""
    held: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for family, report, span in members:
        held[report].append((family, span))
    found: dict[str, set[Place]] = defaultdict(set)
    for report, start in places:
        for family, span in held[report]:
            if span.start <= start < span.end:
                found[family].add((report, start))
    return found


def _parted_or_joined(before: dict[str, set[Place]], after: dict[str, set[Place]]) -> set[str]:
    joined = {frozenset(inside) for inside in after.values()}
    parted = {frozenset(inside) for inside in before.values()}
    changed = joined ^ parted
    return {report for inside in changed if len({report for report, _ in inside}) > 1 for report, _ in inside}


def _held(connection: Connection, around: set[str]) -> list[_Old]:
    """The families that some reports are in, whole, the oldest first."""
    mine = select(family_members.c.family_id).where(family_members.c.report_id.in_(sorted(around)))
    rows = connection.execute(
        select(family_members, reports.c.seq)
        .join(reports, reports.c.id == family_members.c.report_id)
        .where(family_members.c.family_id.in_(mine))
        .order_by(reports.c.seq, family_members.c.start)
    )
    members: dict[str, list[Member]] = defaultdict(list)
    first: dict[str, int] = {}
    for row in rows:
        members[row.family_id].append(Member(row.report_id, Span(row.start, row.end), row.how, row.of))
        first.setdefault(row.family_id, row.seq)
    return [_Old(name, tuple(held), first[name]) for name, held in members.items()]


def _named(connection: Connection, found: list[Family], old: list[_Old]) -> list[Family]:
    """Families with ids: that of the oldest family whose members they have, else one of their first member."""
    wanted = sorted({member.report for family in found for member in family.members})
    rows = connection.execute(select(reports.c.id, reports.c.seq).where(reports.c.id.in_(wanted)))
    order = {row.id: row.seq for row in rows}
    taken: set[str] = set()
    named = []
    for family in sorted(found, key=lambda one: min(_place(member, order) for member in one.members)):
        heirs = [one.id for one in old if one.id not in taken and _meets(family, one)]
        first = min(family.members, key=lambda member: _place(member, order))
        known = heirs[0] if heirs else _fresh(first, taken | {one.id for one in old})
        taken.add(known)
        named.append(Family(known, family.members, family.reasons))
    return named


def _fresh(first: Member, taken: Collection[str]) -> str:
    again = 0
    while (name := id_of("fam", first.report, first.span.start, first.span.end, *[again] * bool(again))) in taken:
        again += 1
    return name


def _place(member: Member, order: dict[str, int]) -> tuple[int, Span]:
    return order[member.report], member.span


def _meets(family: Family, old: _Old) -> bool:
    held: dict[str, list[Span]] = defaultdict(list)
    for one in old.members:
        held[one.report].append(one.span)
    return any(
        member.span.start < span.end and span.start < member.span.end
        for member in family.members
        for span in held[member.report]
    )


# Dating


def _date(connection: Connection, named: list[Family], around: set[str]) -> set[str]:
    """Give undated members the date that their family bounds, or take back what it bounds no more; whose changed."""
    ids = sorted(around)
    columns = (reports.c.id, reports.c.published_earliest, reports.c.published_latest, reports.c.published_basis)
    rows = connection.execute(select(*columns).where(reports.c.id.in_(ids))).all()
    undated = {row.id: (row.published_earliest, row.published_latest) for row in rows if row.published_basis in UNDATED}
    if not undated:
        return set()
    known = {
        row.id: Published(row.published_earliest, row.published_latest, row.published_basis)
        for row in rows
        if row.id not in undated
    }
    told: dict[str, Published] = {}
    for family in named:
        for report, when in dated_by(family, known).items():
            told[report] = _both(told.get(report), when)
    changed = [
        {"dated": report, "first": told[report].earliest, "last": told[report].latest, "why": "family"}
        if report in told
        else {"dated": report, "first": None, "last": None, "why": "unknown"}
        for report, ends in undated.items()
        if ends != ((told[report].earliest, told[report].latest) if report in told else (None, None))
    ]
    if changed:
        connection.execute(
            update(reports)
            .where(reports.c.id == bindparam("dated"))
            .values(
                published_earliest=bindparam("first"),
                published_latest=bindparam("last"),
                published_basis=bindparam("why"),
            ),
            changed,
        )
    return {str(row["dated"]) for row in changed}


def _both(one: Published | None, two: Published) -> Published:
    """What two families of one report bound together."""
    if one is None:
        return two
    firsts = [end for end in (one.earliest, two.earliest) if end]
    lasts = [end for end in (one.latest, two.latest) if end]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return one if first and last and last <= first else Published(first, last, "family")
