"""The inbox: one row a cluster of copies, what is odd about it, and what people did with it.

A cluster is new until somebody opened it or set it aside. What is marked is the report that leads it, the first of it
that was added, so that a copy that comes later changes nothing of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from sayso.ledger.asking.questions import BadQuestion, day_of, past_of, publishers_named
from sayso.ledger.asking.rows import REPORT_COLUMNS, published_of
from sayso.ledger.asking.seals import changed_since_sealed
from sayso.ledger.marks import PARKED, SEEN, marks
from sayso.ledger.schema import custody, events, family_members, originals, reports, statements
from sayso.ledger.working import clusters
from sayso.ledger.working import marks as marked
from sayso.record import Published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sayso.ledger.case import Case
    from sayso.ledger.marks import Mark

NEW, ALL, FLAGGED, FAILED = "new", "all", "flagged", "failed"
SHOWS = (NEW, SEEN, PARKED, FLAGGED, ALL)
ORDERS = ("added", "copies", "published")
LIMIT = 40
HEAD = 240
"""Characters of the text that stand for a title where a report has none."""
MOST = 400
"""Copies of one cluster that are looked at for its row; one cluster shown alone shows as many."""

FLAGS: Mapping[str, tuple[str, ...]] = {
    "no_date": (),
    "notice": ("kill_notice", "embargo", "editors_note"),
    "do_not_quote": ("do_not_quote",),
    "damaged": (
        "heading_damaged", "truncated", "garbled", "bad_bytes", "mended", "truncated_html", "deep_html", "hash_differs",
        "odd_quotation_marks",
    ),
    "reworded": ("reworded", "translated"),
    "leftovers": ("leftovers", "cut"),
    "changed": (),
}  # fmt: skip
"""What is told to be odd about a copy, by the signs of it (see `drawing.signs_of`); two are known otherwise."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Which clusters are asked for. `publisher` and `day` are met by any report of a cluster."""

    show: str = NEW
    publisher: str | None = None
    day: str | None = None  # on which a report came out: a day, a month, a year
    by_whom: str | None = None  # who added a report of it
    lead: str | None = None  # one cluster


@dataclass(frozen=True, slots=True)
class Copy:
    """One report of a cluster: how it was made of which other (None where that is not known), what is odd about it."""

    report: str
    title: str | None
    head: str  # how its text begins
    publisher: str | None
    published: Published
    language: str
    added_at: str
    how: str | None  # original | exact | near | cut | reworded | half | translated
    of: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Reports that are copies of one another, the one shown first: the origin if that is known, else the first added.

    Counts are of the report shown, so that copies are not counted as more; incidents are those of all.
    """

    report: str  # the one that leads it
    copies: tuple[Copy, ...]
    count: int
    first: str | None  # when the earliest of them came out
    last: str | None
    state: str  # new | seen | parked
    marked_by: str | None
    flags: tuple[tuple[str, int], ...]  # with how many of the copies have each
    statements: int
    denials: int
    unverified: int
    incidents: int

    @property
    def shown(self) -> Copy:
        """The report that stands for the others."""
        return self.copies[0]

    @property
    def has_origin(self) -> bool:
        """Whether it is known which of several was first."""
        return self.count > 1 and self.copies[0].how == "original"


def clusters_of(
    case: Case, asked: Inbox, *, by: str = "added", limit: int = LIMIT, after: str | None = None
) -> tuple[list[Cluster], str | None]:
    """Clusters in an order, going on after a place in it, and the place where more of them begin."""
    with case.reading() as connection:
        found = connection.execute(_listed(connection, asked, by, after).limit(limit + 1)).all()
        more = f"{found[limit - 1].at}~{found[limit - 1].last}" if len(found) > limit else None
        return _clusters(connection, [(row.lead, row.size) for row in found[:limit]]), more


def lead_of(connection: Connection, report: str) -> str | None:
    """The report that leads the cluster which a report is in."""
    return connection.execute(select(clusters.c.lead).where(clusters.c.report_id == report)).scalar()


def counted(case: Case) -> dict[str, int]:
    """How many clusters there are of each sort that can be shown."""
    with case.reading() as connection:
        return {show: _count(connection, show) for show in SHOWS}


def _count(connection: Connection, show: str) -> int:
    among = _among(connection, Inbox(show))
    asked = select(func.count(clusters.c.lead.distinct())).where(*among)
    found: int = connection.execute(asked).scalar_one()
    return found


# Which


def _listed(connection: Connection, asked: Inbox, by: str, after: str | None) -> Select[Any]:
    last, count = func.max(clusters.c.seq), func.count()
    at: ColumnElement[Any] = {"copies": count, "published": func.coalesce(_came_out(), "")}.get(by, last)
    query = select(clusters.c.lead, count.label("size"), last.label("last"), at.label("at")).group_by(clusters.c.lead)
    if by == "published":
        query = query.join(reports, reports.c.id == clusters.c.report_id)
    leads = select(clusters.c.lead).where(*_among(connection, asked))
    if asked != Inbox(ALL):
        query = query.where(clusters.c.lead.in_(leads))
    if after:
        before, past = _place(after, by)
        query = query.having(or_(at < before, and_(at == before, last < past)))
    return query.order_by(at.desc(), last.desc())


def _place(after: str, by: str) -> tuple[str | int, int]:
    """The place in an order that an address names. Raises `BadQuestion`."""
    begins, _, past = after.rpartition("~")
    if not past.isdecimal() or not (by == "published" or begins.isdecimal()):
        raise BadQuestion(f"{after!r} is no place in this list. Begin at its start.")
    return (begins if by == "published" else int(begins)), int(past)


def _came_out() -> ColumnElement[Any]:
    return func.max(reports.c.published_latest)


def _among(connection: Connection, asked: Inbox) -> list[ColumnElement[bool]]:
    """Conditions on the reports of clusters."""
    found = list(_state(asked.show))
    if asked.lead:
        found.append(clusters.c.lead == asked.lead)
    told: list[ColumnElement[bool]] = []
    if asked.publisher:
        told.append(reports.c.publisher.in_(publishers_named(connection, asked.publisher)))
    if asked.day:
        told += [reports.c.published_latest > day_of(asked.day), reports.c.published_earliest < past_of(asked.day)]
    if told:
        found.append(clusters.c.report_id.in_(select(reports.c.id).where(*told)))
    if asked.by_whom:
        found.append(clusters.c.report_id.in_(select(custody.c.report_id).where(custody.c.by_whom == asked.by_whom)))
    return found


def _state(show: str) -> Iterable[ColumnElement[bool]]:
    match show:
        case "new":
            return (clusters.c.lead.not_in(_marked(SEEN, PARKED)),)
        case "seen":
            return clusters.c.lead.in_(_marked(SEEN)), clusters.c.lead.not_in(_marked(PARKED))
        case "parked":
            return (clusters.c.lead.in_(_marked(PARKED)),)
        case "flagged":
            undated = select(reports.c.id).where(reports.c.published_earliest.is_(None))
            signs = (clusters.c.signs.like(f"% {sign} %") for odd in FLAGS.values() for sign in odd)
            return (or_(clusters.c.report_id.in_(undated), and_(func.length(clusters.c.signs) > 1, or_(*signs))),)
        case _:
            return ()


def _marked(*kinds: str) -> Select[Any]:
    return select(marked.c.about).where(marked.c.kind.in_(kinds), marked.c.withdrawn_at.is_(None))


# What is told of each


def _clusters(connection: Connection, wanted: Sequence[tuple[str, int]]) -> list[Cluster]:
    leads = [lead for lead, _ in wanted]
    members = _members(connection, leads)
    ids = [copy.report for copies in members.values() for copy in copies]
    shown = {lead: members[lead][0].report for lead in leads if members.get(lead)}
    said, told = _said(connection, shown.values()), _incidents(connection, ids)
    standing = _standing(connection, leads)
    return [
        _cluster(lead, count, members[lead], standing.get(lead), said[shown[lead]], told)
        for lead, count in wanted
        if lead in shown
    ]


def _cluster(
    lead: str,
    count: int,
    copies: list[Copy],
    mark: Mark | None,
    said: Mapping[str, int],
    told: Mapping[str, set[str]],
) -> Cluster:
    known = [one.published for one in copies if one.published.basis != "unknown"]
    flags = Counter(flag for one in copies for flag in one.flags)
    return Cluster(
        report=lead,
        copies=tuple(copies),
        count=count,
        first=min((one.earliest for one in known if one.earliest), default=None),
        last=max((one.latest for one in known if one.latest), default=None),
        state=mark.kind if mark is not None else NEW,
        marked_by=mark.who if mark is not None else None,
        flags=tuple((flag, flags[flag]) for flag in FLAGS if flags[flag]),
        statements=sum(said.values()),
        denials=said.get("denies", 0),
        unverified=said.get("cannot_verify", 0),
        incidents=len(set().union(*(told.get(one.report, set()) for one in copies))),
    )


def _standing(connection: Connection, leads: Collection[str]) -> dict[str, Mark]:
    """What stands marked at each: parked, else seen."""
    held = [one for kind in (SEEN, PARKED) for one in marks(connection, kind=kind, about=leads)]
    return {one.about: one for one in held}


def _members(connection: Connection, leads: list[str]) -> dict[str, list[Copy]]:
    """The reports of each cluster, the origin first, else the first added; not more than `MOST` of one."""
    columns = (*REPORT_COLUMNS, func.substr(reports.c.text, 1, HEAD).label("head"))
    rank = func.row_number().over(partition_by=clusters.c.lead, order_by=clusters.c.seq).label("rank")
    few = select(clusters.c.report_id, clusters.c.lead, clusters.c.signs, rank).where(clusters.c.lead.in_(leads))
    some = few.subquery()
    query = select(*columns, some.c.lead, some.c.signs).join(some, some.c.report_id == reports.c.id)
    rows = connection.execute(query.where(some.c.rank <= MOST).order_by(reports.c.seq)).all()
    made = _made(connection, [row.id for row in rows])
    changed = _changed(connection, [row.id for row in rows])
    found: dict[str, list[Copy]] = defaultdict(list)
    for row in rows:
        found[row.lead].append(_copy(row, *made.get(row.id, (None, None)), is_changed=row.id in changed))
    for copies in found.values():
        copies.sort(key=lambda one: one.how != "original")
    return found


def _copy(row: Any, how: str | None, of: str | None, *, is_changed: bool) -> Copy:
    signs = set((row.signs or "").split())
    flags = {flag for flag, odd in FLAGS.items() if signs.intersection(odd)}
    if row.published_basis == "unknown":
        flags.add("no_date")
    if is_changed:
        flags.add("changed")
    return Copy(
        report=row.id,
        title=row.title,
        head=row.head,
        publisher=row.publisher,
        published=published_of(row),
        language=row.language,
        added_at=row.added_at,
        how=how,
        of=of,
        flags=tuple(flag for flag in FLAGS if flag in flags),
    )


def _made(connection: Connection, ids: list[str]) -> dict[str, tuple[str, str | None]]:
    """How each report was made, by its longest stretch in a family."""
    held = family_members.c
    longest: dict[str, tuple[int, str, str | None]] = {}
    asked = select(held.report_id, held.start, held.end, held.how, held.of).where(held.report_id.in_(ids))
    for report, start, end, how, of in connection.execute(asked):
        if end - start > longest.get(report, (-1,))[0]:
            longest[report] = (end - start, how, of)
    return {report: (how, of) for report, (_, how, of) in longest.items()}


def _said(connection: Connection, ids: Collection[str]) -> dict[str, dict[str, int]]:
    """How many statements of each act a report has, but for those that were rejected."""
    found: dict[str, dict[str, int]] = {one: {} for one in ids}
    standing = or_(statements.c.ruled.is_(None), statements.c.ruled != "rejected")
    asked = select(statements.c.report_id, statements.c.act, func.count()).where(
        statements.c.report_id.in_(found), standing
    )
    for report, act, count in connection.execute(asked.group_by(statements.c.report_id, statements.c.act)):
        found[report][act] = count
    return found


def _incidents(connection: Connection, ids: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    asked = select(events.c.report_id, events.c.incident_id).where(events.c.report_id.in_(ids))
    for report, incident in connection.execute(asked.distinct()):
        found[report].add(incident)
    return found


def _changed(connection: Connection, ids: list[str]) -> frozenset[str]:
    """Reports that the last check of the seals found changed. Whether a file has its size is looked at beside."""
    return changed_since_sealed(connection) & frozenset(ids)


def sizes(case: Case, ids: Collection[str]) -> dict[str, int]:
    """How many bytes were sealed of each report that still has an original."""
    plain = {one.removeprefix("sha256:"): one for one in ids}
    asked = select(originals.c.sha256, originals.c.bytes).where(originals.c.sha256.in_(plain))
    with case.reading() as connection:
        return {plain[row.sha256]: row.bytes for row in connection.execute(asked)}


def is_empty(case: Case) -> bool:
    """Whether the case holds no report."""
    with case.reading() as connection:
        return not connection.execute(select(exists(select(reports.c.id)))).scalar()
