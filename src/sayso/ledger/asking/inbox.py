"""The inbox: one row a cluster of copies, what is odd about it, and what people did with it.

A cluster is new until somebody opened it or set it aside. What is marked is the report that leads it, the first of it
that was added, so that a copy that comes later changes nothing of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select
from sqlalchemy import case as case_of

from sayso.ledger.asking.questions import BadQuestion, day_of, past_of, publishers_named
from sayso.ledger.asking.rows import REPORT_COLUMNS, published_of
from sayso.ledger.asking.seals import changed_since_sealed
from sayso.ledger.marks import PARKED, SEEN, marks
from sayso.ledger.schema import as_put, custody, events, family_members, originals, reports, statements
from sayso.ledger.signs import FLAGS, flags_of
from sayso.ledger.working import clusters
from sayso.ledger.working import marks as marked
from sayso.record import Published

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sayso.ledger.case import Case
    from sayso.ledger.marks import Mark

NEW, ALL, FLAGGED, FAILED = "new", "all", "flagged", "failed"
SHOWS = (NEW, SEEN, PARKED, FLAGGED, ALL)
ORDERS = ("added", "copies", "published")
LIMIT = 40
HEAD = 240
"""Characters of the text that stand for a title where a report has none."""
FEW = 8
"""Copies of a cluster that are told of one by one in its row."""


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

    `copies` are that one and some of the others; `count` is of all. What is told in the report shown is counted from it
    alone, so that copies are not counted as more; incidents, flags, dates, publishers and languages are those of all.
    """

    report: str  # the one that leads it
    copies: tuple[Copy, ...]
    count: int
    first: str | None  # when the earliest of them came out
    last: str | None
    publishers: int
    languages: tuple[str, ...]
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
    case: Case, asked: Inbox, *, by: str = "added", limit: int = LIMIT, after: str | None = None, few: int = FEW
) -> tuple[list[Cluster], str | None]:
    """Clusters in an order, going on after a place in it, and the place where more of them begin.

    Of each some copies are told of one by one: `few` besides the one that is shown. Raises `BadQuestion`.
    """
    with case.reading() as connection:
        found = connection.execute(_listed(connection, asked, by, after).limit(limit + 1)).all()
        more = f"{found[limit - 1].at}~{found[limit - 1].last}" if len(found) > limit else None
        return _clusters(connection, [row.lead for row in found[:limit]], few), more


def lead_of(connection: Connection, report: str) -> str | None:
    """The report that leads the cluster which a report is in."""
    return connection.execute(select(clusters.c.lead).where(clusters.c.report_id == report)).scalar()


def counted(case: Case) -> dict[str, int]:
    """How many clusters there are of each sort that can be shown."""
    leads = clusters.c.report_id == clusters.c.lead
    parked = func.max(case_of((marked.c.kind == PARKED, 1), else_=0)).label("parked")
    standing = marked.c.kind.in_((SEEN, PARKED)) & marked.c.withdrawn_at.is_(None)
    mine = select(marked.c.about, parked).join(clusters, clusters.c.report_id == marked.c.about)
    held = mine.where(standing, leads).group_by(marked.c.about).subquery()
    flagged = select(func.count(clusters.c.lead.distinct())).where(*_state(FLAGGED))
    with case.reading() as connection:
        total = connection.execute(select(func.count()).select_from(clusters).where(leads)).scalar_one()
        aside = select(func.count(), func.coalesce(func.sum(held.c.parked), 0)).select_from(held)
        touched, put_aside = connection.execute(aside).one()
        odd = connection.execute(flagged).scalar_one()
    put_aside = int(put_aside)
    return {NEW: total - touched, SEEN: touched - put_aside, PARKED: put_aside, FLAGGED: odd, ALL: total}


# Which


def _listed(connection: Connection, asked: Inbox, by: str, after: str | None) -> Select[Any]:
    last, count = func.max(clusters.c.seq), func.count()
    at: ColumnElement[Any] = {"copies": count, "published": func.coalesce(_came_out(), "")}.get(by, last)
    query = select(clusters.c.lead, count.label("size"), last.label("last"), at.label("at")).group_by(clusters.c.lead)
    if by == "published":
        query = query.join(reports, reports.c.seq == clusters.c.seq)  # which is answered from the index of days alone
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
    return func.max(reports.c.published_earliest)


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
            return (or_(clusters.c.report_id.in_(undated), func.length(clusters.c.signs) > 1),)
        case _:
            return ()


def _marked(*kinds: str) -> Select[Any]:
    return select(marked.c.about).where(marked.c.kind.in_(kinds), marked.c.withdrawn_at.is_(None))


# What is told of each


def _clusters(connection: Connection, leads: list[str], few: int) -> list[Cluster]:
    members = _members(connection, leads)
    shown = {lead: _shown_of(held, few) for lead, held in members.items()}
    ids = [one.report for some in shown.values() for one in some]
    rows = _rows(connection, ids)
    said = _said(connection, [some[0].report for some in shown.values()])
    facts, told, standing = _facts(connection, leads), _incidents(connection, leads), _standing(connection, leads)
    found = []
    for lead in leads:
        if lead not in facts:
            continue
        mine, mark, known = said[shown[lead][0].report], standing.get(lead), facts[lead]
        found.append(
            Cluster(
                report=lead,
                copies=tuple(_copy(rows[one.report], one) for one in shown[lead]),
                count=len(members[lead]),
                first=known.first,
                last=known.last,
                publishers=len(known.publishers),
                languages=tuple(sorted(known.languages)),
                state=mark.kind if mark is not None else NEW,
                marked_by=mark.who if mark is not None else None,
                flags=_counted(members[lead], known.undated),
                statements=sum(mine.values()),
                denials=mine.get("denies", 0),
                unverified=mine.get("cannot_verify", 0),
                incidents=told.get(lead, 0),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Member:
    """A report of a cluster, before its row is looked up."""

    report: str
    how: str | None
    of: str | None
    flags: frozenset[str]


@dataclass(slots=True)
class _Facts:
    """What the reports of a cluster have together."""

    first: str | None = None
    last: str | None = None
    undated: int = 0
    publishers: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)


def _members(connection: Connection, leads: list[str]) -> dict[str, list[_Member]]:
    """The reports of each cluster in the order of adding, with how each was made and what its signs say."""
    asked = select(clusters.c.report_id, clusters.c.lead, clusters.c.signs).where(clusters.c.lead.in_(leads))
    rows = connection.execute(asked.order_by(clusters.c.seq)).all()
    several = [lead for lead, count in Counter(row.lead for row in rows).items() if count > 1]
    made = _made(connection, several)
    changed = _changed(connection, [row.report_id for row in rows])
    found: dict[str, list[_Member]] = defaultdict(list)
    for row in rows:
        flags = flags_of(row.signs) | ({"changed"} if row.report_id in changed else set())
        how, of = made.get(row.report_id, (None, None))
        found[row.lead].append(_Member(row.report_id, how, of, flags))
    return found


def _shown_of(members: list[_Member], few: int) -> list[_Member]:
    """The origin first, if it is known, and some of the others."""
    return sorted(members, key=lambda one: one.how != "original")[: few + 1]


def _counted(members: list[_Member], undated: int) -> tuple[tuple[str, int], ...]:
    flags = Counter(flag for one in members for flag in one.flags)
    flags["no_date"] = undated
    return tuple((flag, flags[flag]) for flag in FLAGS if flags[flag])


def _facts(connection: Connection, leads: list[str]) -> dict[str, _Facts]:
    told = reports.c
    same = (clusters.c.lead, told.publisher, told.language, told.published_basis)
    ends = (func.min(told.published_earliest).label("first"), func.max(told.published_latest).label("last"))
    asked = select(*same, *ends, func.count().label("size")).join(clusters, clusters.c.report_id == told.id)
    found: dict[str, _Facts] = defaultdict(_Facts)
    for row in connection.execute(asked.where(clusters.c.lead.in_(leads)).group_by(*same)):
        mine = found[row.lead]
        if row.published_basis == "unknown":
            mine.undated += row.size
        else:
            mine.first = min(filter(None, (mine.first, row.first)), default=None)
            mine.last = max(filter(None, (mine.last, row.last)), default=None)
        if row.publisher:
            mine.publishers.add(row.publisher)
        if row.language != "und":
            mine.languages.add(row.language)
    return found


def _rows(connection: Connection, ids: list[str]) -> dict[str, Any]:
    columns = (*REPORT_COLUMNS, func.substr(reports.c.text, 1, HEAD).label("head"))
    return {row.id: row for row in connection.execute(select(*columns).where(reports.c.id.in_(ids)))}


def _standing(connection: Connection, leads: Collection[str]) -> dict[str, Mark]:
    """What stands marked at each: parked, else seen."""
    held = [one for kind in (SEEN, PARKED) for one in marks(connection, kind=kind, about=leads)]
    return {one.about: one for one in held}


def _copy(row: Any, member: _Member) -> Copy:
    flags = member.flags | ({"no_date"} if row.published_basis == "unknown" else set())
    return Copy(
        report=row.id,
        title=row.title,
        head=as_put(row.head) or "",
        publisher=row.publisher,
        published=published_of(row),
        language=row.language,
        added_at=row.added_at,
        how=member.how,
        of=member.of,
        flags=tuple(flag for flag in FLAGS if flag in flags),
    )


def _made(connection: Connection, leads: list[str]) -> dict[str, tuple[str, str | None]]:
    """How each report of some clusters was made, by its longest stretch in a family."""
    held = family_members.c
    longest: dict[str, tuple[int, str, str | None]] = {}
    asked = select(held.report_id, held.start, held.end, held.how, held.of)
    asked = asked.join(clusters, clusters.c.report_id == held.report_id).where(clusters.c.lead.in_(leads))
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


def _incidents(connection: Connection, leads: list[str]) -> dict[str, int]:
    asked = select(clusters.c.lead, func.count(events.c.incident_id.distinct()))
    asked = asked.join(events, events.c.report_id == clusters.c.report_id).where(clusters.c.lead.in_(leads))
    return {row[0]: row[1] for row in connection.execute(asked.group_by(clusters.c.lead))}


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
