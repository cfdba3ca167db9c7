"""What the sentences of a search have, counted: by what act, by whom, how it got here, where, when, what was ruled.

Counted are sentences that have at least one such statement, event or place; of a statement, all that is asked must be
true of the same one, so that each count is what the search narrowed by it finds. Of many sentences the first are
counted, and the answer says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from sayso.knowledge.gazetteer import gazetteer
from sayso.ledger.asking.hits import hits_of
from sayso.ledger.asking.positions import positions_of
from sayso.ledger.asking.questions import COPIED, FIRST_HAND, RELAYED, UNSEEN, Among, standing_at
from sayso.ledger.asking.search import (
    conditions_of,
    first_rows,
    found_rows,
    looked_for_in,
    of_events,
    of_statements,
    placed_in,
    unindexed,
)
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.schema import events, family_members, places, reports, speakers, statements
from sayso.record import Span

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Hit
    from sayso.ledger.case import Case

COUNTED = 200
"""Sentences that are counted of one search: what a person waits for, and can go through."""
PAGE = 31
SHOWN = 8
"""Values of a facet that are told at once; those that fewer sentences have are left out, and it is said how many."""
MONTHS = 24
WIDTHS = (len("2031"), len("2031-04"), len("2031-04-05"))
MOST_TOUCHED = 400
"""Days of one stretch that are counted apart: a year and some."""
OF_STATEMENT = (
    statements.c.report_id,
    statements.c.statement,
    statements.c.start,
    statements.c.end,
    statements.c.act,
    statements.c.channels,
    statements.c.within,
    statements.c.ruled,
    statements.c.said_earliest,
    statements.c.said_latest,
    statements.c.speaker_id,
)
OF_SPEAKER = (speakers.c.id, speakers.c.name, speakers.c.naming, speakers.c.role, speakers.c.party, speakers.c.private)
OF_PLACE = (
    places.c.sentence_id,
    places.c.name,
    places.c.folded,
    places.c.geonames,
    places.c.level,
    places.c.country,
    places.c.region,
)
Sets = dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a search can be narrowed by. `name` is as the case has it; None where `value` is one of ours."""

    value: str
    count: int  # sentences
    name: str | None = None
    is_private: bool = False  # a name that is withheld where it leaves the case


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one thing that can be asked for, the most frequent first; times in their order."""

    name: str  # a field of `Among`; "published" and "said" stand for the two days
    values: tuple[Value, ...]
    more: int = 0  # values that are not told
    without: int = 0  # sentences, or of times their reports or statements, that have none


@dataclass(frozen=True, slots=True)
class Facets:
    """What the sentences of a search have. `whole` where all of them were counted, else the first `counted`."""

    counted: int
    whole: bool
    facets: tuple[Facet, ...]


def search_with_facets(
    case: Case, words: str | None = None, among: Among | None = None, *, exactly: bool = False, limit: int = PAGE
) -> tuple[list[Hit], Facets]:
    """The first sentences that `search` finds, and the facets of all, gone through once. Raises as `search` does."""
    looked_for, asked = looked_for_in(words, exactly=exactly), among or Among()
    if looked_for is None:
        return [], Facets(0, True, ())
    with case.reading() as connection:
        conditions = list(conditions_of(case, connection, asked))
        counted, whole = first_rows(connection, looked_for, conditions, limit=max(COUNTED, limit))
        shown = counted[:limit]
        if len(counted) < limit and not whole:  # those that fit are far apart: what is shown of them is counted
            shown = counted = found_rows(connection, looked_for, conditions, limit=limit)
            whole = len(shown) < limit
        return hits_of(connection, shown, looked_for), facets_of(case, connection, counted, asked, whole=whole)


def facets(case: Case, words: str | None = None, among: Among | None = None, *, exactly: bool = False) -> Facets:
    """The facets of a search, counted over its first sentences. Raises as `search` does."""
    return search_with_facets(case, words, among, exactly=exactly)[1]


def facets_of(case: Case, connection: Connection, rows: Sequence[Any], among: Among, *, whole: bool) -> Facets:
    """The facets of some sentences, given as rows of `search.COLUMNS`."""
    if not rows:
        return Facets(0, whole, ())
    found = [
        *_of_statements(case, connection, rows, among),
        *_of_events(connection, rows, among),
        *_of_places(connection, rows),
        *_of_reports(connection, rows, among),
    ]
    order = {name: n for n, name in enumerate(ORDER)}
    return Facets(len(rows), whole, tuple(sorted(found, key=lambda one: order[one.name])))


ORDER = (
    "act", "speaker", "party", "came", "position", "channel", "spot", "place", "kind", "status", "ruled", "published",
    "said", "publisher",
)  # fmt: skip


def facets_in(case: Case, hits: Sequence[Hit], among: Among, *, whole: bool) -> Facets:
    """The facets of sentences that were found otherwise."""
    rows = [_Row(one.key, one.report, one.span.start, one.span.end) for one in hits]
    with case.reading() as connection:
        return facets_of(case, connection, rows, among, whole=whole)


def names_asked(case: Case, among: Among) -> dict[str, str]:
    """What is asked for by an id or a code, by its name, field by field."""
    found = {}
    with case.reading() as connection:
        if among.speaker is not None:
            found["speaker"] = connection.execute(
                select(speakers.c.name).where(speakers.c.id == among.speaker)
            ).scalar()
        if among.spot is not None:
            found["spot"] = connection.execute(select(places.c.name).where(standing_at(among.spot)).limit(1)).scalar()
    if among.place is not None and among.place.isupper():
        found["place"] = _area(among.place)
    return {field: name for field, name in found.items() if name}


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence, as `facets_of` needs it."""

    id: int
    report_id: str
    start: int
    end: int


# Of statements


def _of_statements(case: Case, connection: Connection, rows: Sequence[Any], among: Among) -> Iterator[Facet]:
    standing = _standing_in(rows)
    held = _statements(case, connection, rows, among)
    there = [(sentence, one) for one in held for sentence in standing(one)]
    if not there:
        return
    copied = _copied(connection, held)
    asked = select(*OF_SPEAKER).where(speakers.c.id.in_({one.speaker_id for one in held}))
    who = {row.id: row for row in connection.execute(asked)}
    placed = positions_of(connection, who.values(), knowledge_of(case))
    yield _facet("act", ((one.act, at) for at, one in there))
    yield _speakers(who, there)
    yield _facet("party", ((who[one.speaker_id].party, at) for at, one in there if one.speaker_id in who))
    yield _facet("came", ((how, at) for at, one in there for how in _came(one, copied)))
    yield _facet("position", ((placed[one.speaker_id].position, at) for at, one in there if one.speaker_id in placed))
    yield _facet("channel", ((kind, at) for at, one in there for kind in one.channels.split()))
    yield _facet("ruled", ((one.ruled or UNSEEN, at) for at, one in there))
    said = [(one.said_earliest, one.said_latest, at) for at, one in there]
    yield _times("said", said, _asked_day(among.said_since, among.said_until))


def _statements(case: Case, connection: Connection, rows: Sequence[Any], among: Among) -> list[Any]:
    """The statements of which all is true that is asked of one, of the reports of some sentences."""
    asked = of_statements(connection, among, placed_in(case, connection, among), unindexed)
    ids = {row.report_id for row in rows}
    return list(connection.execute(select(*OF_STATEMENT).where(statements.c.report_id.in_(ids), *asked)))


def _standing_in(rows: Sequence[Any]) -> Callable[[Any], Iterator[int]]:
    """A function from a statement to the ids of those of some sentences in which a part of it stands."""
    of: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        of[row.report_id].append(row)
    return lambda one: (row.id for row in of[one.report_id] if one.start < row.end and one.end > row.start)


def _copied(connection: Connection, held: Sequence[Any]) -> set[tuple[str, str]]:
    """The statements that stand in a stretch which is a copy."""
    told = family_members.c
    query = select(told.report_id, told.start, told.end).where(
        told.report_id.in_({one.report_id for one in held}), told.how != "original"
    )
    copies: dict[str, list[Span]] = defaultdict(list)
    for row in connection.execute(query):
        copies[row.report_id].append(Span(row.start, row.end))
    return {
        (one.report_id, one.statement)
        for one in held
        if any(span.start < one.end and span.end > one.start for span in copies.get(one.report_id, ()))
    }


def _came(one: Any, copied: set[tuple[str, str]]) -> Iterator[str]:
    in_copy = (one.report_id, one.statement) in copied
    if one.within is not None:
        yield RELAYED
    if in_copy:
        yield COPIED
    if one.within is None and not in_copy:
        yield FIRST_HAND


def _speakers(who: dict[str, Any], there: Sequence[tuple[int, Any]]) -> Facet:
    named = {one: row.name for one, row in who.items()}
    facet = _facet("speaker", ((one.speaker_id, at) for at, one in there), named)
    values = tuple(
        Value(one.value, one.count, one.name, who[one.value].private or _is_unknown(who[one.value]))
        for one in facet.values
        if one.value in who
    )
    return Facet(facet.name, values, facet.more)


def _is_unknown(row: Any) -> bool:
    """Somebody named whom nothing gives an office or a side is taken for private (see `private`)."""
    return row.naming == "named" and row.role is None and row.party is None


# Of events, places and reports


def _of_events(connection: Connection, rows: Sequence[Any], among: Among) -> Iterator[Facet]:
    ids = [row.id for row in rows]
    query = select(events.c.sentence_id, events.c.kind, events.c.status)
    there = connection.execute(query.where(events.c.sentence_id.in_(ids), *of_events(among, unindexed))).all()
    yield _facet("kind", ((one.kind, one.sentence_id) for one in there))
    yield _facet("status", ((one.status, one.sentence_id) for one in there))


def _of_places(connection: Connection, rows: Sequence[Any]) -> Iterator[Facet]:
    there = connection.execute(select(*OF_PLACE).where(places.c.sentence_id.in_([row.id for row in rows]))).all()
    names = {_spot(one): one.name for one in reversed(there)}
    yield _facet("spot", ((_spot(one), one.sentence_id) for one in there), names)
    codes = [(code, one.sentence_id) for one in there for code in (one.country, one.region) if code]
    yield _facet("place", codes, {code: _area(code) for code in {code for code, _ in codes}})


def _spot(one: Any) -> str:
    return f"gn{one.geonames}" if one.geonames is not None else str(one.folded)


def _area(code: str) -> str:
    """The name of a country or region by its code, as the gazetteer lists it."""
    listed = gazetteer().region(code) if "-" in code else gazetteer().country(code)
    return listed.name if listed is not None else code


def _of_reports(connection: Connection, rows: Sequence[Any], among: Among) -> Iterator[Facet]:
    columns = (reports.c.id, reports.c.publisher, reports.c.published_earliest, reports.c.published_latest)
    asked = select(*columns).where(reports.c.id.in_({row.report_id for row in rows}))
    known = {row.id: row for row in connection.execute(asked)}
    there = [(row.id, known[row.report_id]) for row in rows if row.report_id in known]
    names = {_printed(one.publisher): one.publisher or "" for _, one in there}
    yield _facet("publisher", ((_printed(one.publisher), at) for at, one in there), names)
    days = [(one.published_earliest, one.published_latest, at) for at, one in there]
    yield _times("published", days, _asked_day(among.since, among.until))


def _printed(name: str | None) -> str:
    """A publisher as it is asked for by the whole name; nothing between the marks where none is known."""
    return f'"{name or ""}"'


# Counting


def _facet(name: str, met: Iterable[tuple[str | None, int]], names: dict[str, str] | None = None) -> Facet:
    found: Sets = defaultdict(set)
    for value, sentence in met:
        if value is not None:
            found[value].add(sentence)
    ordered = sorted(found, key=lambda value: (-len(found[value]), (names or {}).get(value, value), value))
    told = tuple(Value(value, len(found[value]), (names or {}).get(value)) for value in ordered[:SHOWN])
    return Facet(name, told, max(0, len(ordered) - SHOWN))


def _asked_day(since: str | None, until: str | None) -> str | None:
    """The year, month or day that is asked for; "" for anything else that is, None for nothing."""
    if since is None and until is None:
        return None
    return since if since == until and since is not None and len(since) in WIDTHS else ""


def _times(name: str, met: Sequence[tuple[str | None, str | None, int]], asked: str | None) -> Facet:
    """By year, month or day, as finely as leaves few: a stretch counts in each that it touches.

    Where a year or a month is asked for, what lies in it is told; where any other time is, nothing.
    """
    dated = [one for one in met if one[0] and one[1]]
    without = len({at for _, _, at in met} - {at for _, _, at in dated})
    if asked == "":
        return Facet(name, (), 0, without)
    found: Sets = {}
    for width in (one for one in WIDTHS if one > len(asked or "")):
        found = _touching(dated, width, asked or "")
        if len(found) > 1:
            break
    told = sorted(found)
    shown = tuple(Value(bucket, len(found[bucket])) for bucket in told[-MONTHS:])
    return Facet(name, shown, max(0, len(told) - MONTHS), without)


def _touching(dated: Iterable[tuple[str | None, str | None, int]], width: int, asked: str) -> Sets:
    found: Sets = defaultdict(set)
    for earliest, latest, at in dated:
        for bucket in _touched(str(earliest), str(latest), width):
            if bucket.startswith(asked):
                found[bucket].add(at)
    return found


def _touched(earliest: str, latest: str, width: int) -> Iterator[str]:
    """The years, months or days that a half-open stretch touches, the first `MONTHS` of them."""
    at = date.fromisoformat(earliest[: WIDTHS[-1]])
    for _ in range(MOST_TOUCHED):
        yield at.isoformat()[:width]
        if at.year == date.max.year:
            return
        at = _next(at, width)
        if at.isoformat() >= latest:
            return


def _next(at: date, width: int) -> date:
    """The first day of the next year, month or day."""
    if width == WIDTHS[2]:
        return date.fromordinal(at.toordinal() + 1)
    if width == WIDTHS[1]:
        return date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return date(at.year + 1, 1, 1)
