"""Clusters: reports that are copies of one another for the most part, kept as reports are added.

A report belongs to the family that most of it stands in, if that is half of its text or more: so a roundup that tells
ten stories is not taken for a copy of one of them, and a story that it was made of is not taken for a copy of the
roundup. The first of a cluster that was added stands for it, so that what people set aside stays so when a copy comes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select, update

from sayso.ledger.packing import unpacked
from sayso.ledger.schema import family_members, readings, reports
from sayso.ledger.signs import signs_of
from sayso.ledger.working import clusters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    from sayso.ledger.case import Case
    from sayso.ledger.placing import Placed

HALF = 0.5
"""The part of a report's text that must stand in a family for it to be one of its copies."""
SOME = 400
"""Reports that are looked up at a time."""

Stretches = list[tuple[int, int]]


def put_in_cluster(connection: Connection, placed: Placed) -> None:
    """A report that is read, in a cluster of its own: the families that it is found to be in move it (see below)."""
    told = placed.drawn
    row = {
        "seq": placed.seq,
        "lead": told.report.id,
        "chars": len(told.report.text),
        "signs": told.signs,
    }
    there = update(clusters).where(clusters.c.report_id == told.report.id).values(row)
    if connection.execute(there).rowcount == 0:
        connection.execute(insert(clusters), {"report_id": told.report.id, **row})


def draw_clusters(connection: Connection, touched: Collection[str]) -> None:
    """Find anew which clusters some reports are in, once their families are written."""
    if not touched:
        return
    families = _families_of(connection, touched)
    around = _members_of(connection, families) | set(touched)
    homes = _homes(connection, around)
    _write(connection, touched, families, homes)


def begin_clusters(connection: Connection) -> None:
    """The clusters of a case that was made before there were any. What is odd about its copies is looked at later."""
    own = (reports.c.id, reports.c.seq, reports.c.id, func.length(reports.c.text))
    connection.execute(insert(clusters).from_select(["report_id", "seq", "lead", "chars"], select(*own)))
    draw_clusters(connection, set(connection.execute(select(family_members.c.report_id).distinct()).scalars()))


def look_at_some(case: Case, *, most: int) -> int:
    """Look what is odd about some copies that nobody looked at yet; how many there were."""
    mine = readings.c.current & (readings.c.report_id == clusters.c.report_id)
    wanted = (
        select(clusters.c.report_id, readings.c.packed, reports.c.text)
        .join(readings, mine)
        .join(reports, reports.c.id == clusters.c.report_id)
        .where(clusters.c.signs.is_(None))
        .order_by(clusters.c.seq.desc())
        .limit(most)
    )
    with case.reading() as connection:
        found = [
            {"report": row.report_id, "seen": signs_of(unpacked(row.packed, row.text, b"").page)}
            for row in connection.execute(wanted)
        ]
    if found:
        put = update(clusters).where(clusters.c.report_id == bindparam("report")).values(signs=bindparam("seen"))
        with case.writing() as connection:
            connection.execute(put, found)
    return len(found)


# Which family a report is a copy in


def _families_of(connection: Connection, wanted: Collection[str]) -> set[str]:
    column = family_members.c.family_id
    return {
        name
        for some in _in_parts(wanted)
        for name in connection.execute(select(column).where(family_members.c.report_id.in_(some)).distinct()).scalars()
    }


def _members_of(connection: Connection, families: Collection[str]) -> set[str]:
    column = family_members.c.report_id
    return {
        name
        for some in _in_parts(families)
        for name in connection.execute(select(column).where(family_members.c.family_id.in_(some)).distinct()).scalars()
    }


def _homes(connection: Connection, wanted: Collection[str]) -> dict[str, str | None]:
    """The family that each report is a copy in; None for one that is its own."""
    held: dict[str, dict[str, Stretches]] = defaultdict(lambda: defaultdict(list))
    chars: dict[str, int] = {}
    columns = (family_members.c.report_id, family_members.c.family_id, family_members.c.start, family_members.c.end)
    for some in _in_parts(wanted):
        for report, family, start, end in connection.execute(
            select(*columns).where(family_members.c.report_id.in_(some))
        ):
            held[report][family].append((start, end))
        asked = select(clusters.c.report_id, clusters.c.chars).where(clusters.c.report_id.in_(some))
        chars.update((row.report_id, row.chars) for row in connection.execute(asked))
    return {report: _home(held[report], size) for report, size in chars.items()}


def _home(families: Mapping[str, Stretches], chars: int) -> str | None:
    covered = {name: _covered(stretches) for name, stretches in families.items()}
    most = max(covered, key=lambda name: (covered[name], name), default=None)
    return most if most is not None and covered[most] >= HALF * chars else None


def _covered(stretches: Stretches) -> int:
    """Characters in some stretches, which may overlap."""
    total = past = 0
    for start, end in sorted(stretches):
        total += max(0, end - max(start, past))
        past = max(past, end)
    return total


def _write(
    connection: Connection, touched: Collection[str], families: Collection[str], homes: Mapping[str, str | None]
) -> None:
    """Give the reports of each family, and the touched ones that are in none, what they are led by now."""
    seqs: dict[str, tuple[int, str]] = {}
    for some in _in_parts(homes):
        asked = select(clusters.c.report_id, clusters.c.seq, clusters.c.lead).where(clusters.c.report_id.in_(some))
        seqs.update((row.report_id, (row.seq, row.lead)) for row in connection.execute(asked))
    together: dict[str, list[str]] = defaultdict(list)
    for report, home in homes.items():
        if home is not None and home in families:
            together[home].append(report)
    leads = {report: report for report in touched if report in homes and homes[report] is None}
    for members in together.values():
        first = min(members, key=lambda one: seqs[one][0])
        leads.update(dict.fromkeys(members, first))
    changed = [{"report": one, "first": lead} for one, lead in sorted(leads.items()) if seqs[one][1] != lead]
    if changed:
        put = update(clusters).where(clusters.c.report_id == bindparam("report")).values(lead=bindparam("first"))
        connection.execute(put, changed)


def _in_parts(wanted: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(wanted)
    return (ordered[at : at + SOME] for at in range(0, len(ordered), SOME))
