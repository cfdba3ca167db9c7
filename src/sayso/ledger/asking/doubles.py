"""Who may be one person or one body: pairs that share a rare part of a name, and what joining them would change.

A pair is never taken for one here, and no two are paired by their office alone: what is told is only what they share.
Somebody without a name is never paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from sayso.accounts.known import known
from sayso.accounts.speakers import office_words, side_of, sort_of
from sayso.ledger.asking.people import NAMED, PersonPage, person
from sayso.ledger.asking.positions import speakers_stood
from sayso.ledger.asking.remembering import Remembered
from sayso.ledger.asking.rows import incidents_by_id
from sayso.ledger.decisions import decisions
from sayso.ledger.incidents_drawn import Supposed, put_together
from sayso.ledger.knowing import knowledge_of
from sayso.ledger.marks import marks
from sayso.ledger.quick import ask
from sayso.ledger.schema import redirects, sources
from sayso.record import Decision, Speaker
from sayso.values.name import name_words, same_person
from sayso.values.spelling import levelled

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.asking.answers import IncidentRow
    from sayso.ledger.case import Case

LATER = "not_now"
"""The mark of a pair that somebody left for later."""
RARE = 8
"""A part of a name that more than so many have says nothing about who is who."""
LOOKED_AT = 8
"""Incidents with both of which it is worked out what joining them changes; the others are counted."""
SAID = 3
FRESH = 20.0
"""Seconds for which pairs are not looked for anew while reports come in: that goes through all names of the case."""
WEIGHT = {
    "spelling": 6,
    "short_form": 5,
    "initial": 5,
    "order": 5,
    "languages": 5,
    "words": 5,
    "inside": 4,
    "surname": 3,
}
"""How much each reason shows, for the order alone."""
HOLDERS = """
    SELECT k.key, s.id, s.name, s.naming, s.role, s.party FROM speaker_keys k JOIN speakers s ON s.id = k.speaker_id
    WHERE s.naming IN ?s AND k.key IN (SELECT key FROM speaker_keys GROUP BY key HAVING count(*) BETWEEN 2 AND ?)
    ORDER BY k.key, s.id"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one, by their ids: what they share, and what speaks against it. `weight` is for the order."""

    one: str
    two: str
    reasons: tuple[str, ...]  # spelling | order | initial | short_form | languages | words | inside | surname | office
    against: tuple[str, ...]  # sides | offices
    weight: int

    @property
    def key(self) -> str:
        """What the pair is marked by."""
        return f"{self.one}+{self.two}"


@dataclass(frozen=True, slots=True)
class Joined:
    """An incident in which both speak, and what its header counts now and would count then."""

    row: IncidentRow
    before: str
    after: str
    origins_before: int
    origins_after: int

    @property
    def changes(self) -> bool:
        """Whether anything that is counted would change."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Joining:
    """What would change if two were one."""

    statements: int  # of both together
    reports: int
    incidents: int  # told in reports that quote either
    both: int  # told in reports of which some quote the one and some the other, or the same both
    shown: tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A pair with both whole, and what joining them would change."""

    pair: Pair
    left: PersonPage
    right: PersonPage
    will: Joining


def doubles(case: Case, *, who: str, start: int = 0, limit: int = 20) -> tuple[Pair, ...]:
    """Pairs that may be one and of which nobody ruled, the surest first, without those that `who` left for later."""
    with case.reading() as connection:
        gone = _settled(connection, who)
        pairs = _pairs(connection, knowledge_of(case))
    open_ones = [one for one in pairs if frozenset((one.one, one.two)) not in gone]
    return tuple(open_ones[start : start + limit])


def doubles_of(case: Case, speaker: str, *, who: str) -> tuple[Pair, ...]:
    """The pairs that one speaker is in."""
    with case.reading() as connection:
        gone = _settled(connection, who)
        pairs = _pairs(connection, knowledge_of(case))
    return tuple(one for one in pairs if speaker in (one.one, one.two) and frozenset((one.one, one.two)) not in gone)


def count_doubles(case: Case, *, who: str) -> int:
    """How many such pairs there are."""
    with case.reading() as connection:
        gone = _settled(connection, who)
        pairs = _pairs(connection, knowledge_of(case))
    return sum(frozenset((one.one, one.two)) not in gone for one in pairs)


def beside(case: Case, pair: Pair) -> Beside:
    """A pair with both side by side. Raises `NoSuchThing`."""
    return Beside(
        pair, person(case, pair.one, said=SAID), person(case, pair.two, said=SAID), joining(case, pair.one, pair.two)
    )


def pair_of(case: Case, one: str, two: str) -> Pair:
    """Two speakers as a pair, whatever they share."""
    first, second = sorted((one, two))
    with case.reading() as connection:
        rows = ask(connection, "SELECT id, name, naming, role, party FROM speakers WHERE id IN ?s", (first, second))
        held = {row.id: row for row in rows}
        if len(held) == 2:
            found = _pair(held[first], held[second], knowledge_of(case))
            if found is not None:
                return found
    return Pair(first, second, (), (), 0)


# Pairs


def _settled(connection: Connection, who: str) -> set[frozenset[str]]:
    """The pairs of which something stands ruled, and those that somebody left for later."""
    ruled = decisions(connection, of=("same_speaker", "different_speaker"))
    told = {frozenset((one, two)) for each in ruled for one in each.about for two in each.about if one != two}
    later = marks(connection, kind=LATER, who=who)
    return told | {frozenset(one.about.split("+")) for one in later}


def _pairs(connection: Connection, rows: Knowledge) -> Sequence[Pair]:
    """All pairs of the case, the surest first, as they were not long ago; those joined since are left out."""
    place = (str(connection.engine.url), id(connection.engine), rows)
    state, held = speakers_stood(connection), _FOUND.get(place)
    if held is None or (held.state != state and held.is_old(state)):
        held = _FOUND.keep(place, _Found(state, monotonic(), _all_pairs(connection, rows)))
    if held.state == state:
        return held.pairs
    joined = _joined_away(connection)
    return [one for one in held.pairs if one.one not in joined and one.two not in joined]


@dataclass(frozen=True, slots=True)
class _Found:
    """The pairs of a case, and how it stood then."""

    state: tuple[Any, ...]
    at: float
    pairs: Sequence[Pair]

    def is_old(self, state: tuple[Any, ...]) -> bool:
        """Whether it is found anew: after a while, at once where something was withdrawn, which gives pairs back."""
        return monotonic() - self.at > FRESH or self.state[-1] != state[-1]


_FOUND: Remembered[tuple[object, ...], _Found] = Remembered(4)


def _joined_away(connection: Connection) -> set[str]:
    return set(connection.execute(select(redirects.c.old).where(redirects.c.old.like("spk-%"))).scalars())


def _all_pairs(connection: Connection, rows: Knowledge) -> Sequence[Pair]:
    joined = _joined_away(connection)
    met: dict[tuple[str, str], Pair] = {}
    for holders in _blocks(connection):
        known_ones = [one for one in holders if one.id not in joined]
        for at, one in enumerate(known_ones):
            for two in known_ones[at + 1 :]:
                if (one.id, two.id) not in met and (pair := _pair(one, two, rows)) is not None:
                    met[one.id, two.id] = pair
    return sorted(met.values(), key=lambda one: (-one.weight, one.one, one.two))


def _blocks(connection: Connection) -> Iterator[list[Any]]:
    """Those who share a key that few have."""
    held: list[Any] = []
    for row in ask(connection, HOLDERS, list(NAMED), RARE):
        if held and held[0].key != row.key:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def _pair(one: Any, two: Any, rows: Knowledge) -> Pair | None:
    told = _told((one.name, one.naming, one.role, one.party), (two.name, two.naming, two.role, two.party), rows)
    if told is None:
        return None
    reasons, against = told
    weight = sum(WEIGHT.get(each, 1) for each in reasons) - 3 * len(against)
    return Pair(one.id, two.id, reasons, against, weight)


Told = tuple[str, str, str | None, str | None]


@lru_cache(maxsize=65_536)
def _told(one: Told, two: Told, rows: Knowledge) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What two share, and what speaks against it; None where their names share nothing that shows anything."""
    forms = known(rows)
    left, right = (Speaker("", told[0], told[1], role=told[2], party=told[3]) for told in (one, two))
    sort = sort_of(left, forms)
    if sort == "unnamed" or sort != sort_of(right, forms):
        return None
    why = _by_name(left, right, forms) if sort == "person" else _by_words(left.name, right.name)
    if why is None:
        return None
    offices = office_words(left), office_words(right)
    shared = ("office",) if offices[0] & offices[1] else ()
    sides = side_of(left, forms), side_of(right, forms)
    against = (
        *(("sides",) if all(sides) and sides[0] != sides[1] else ()),
        *(("offices",) if all(offices) and not shared else ()),
    )
    return (why, *shared), against


def _by_name(left: Speaker, right: Speaker, forms: Any) -> str | None:
    why = same_person(left.name, right.name, forms.forms)
    if why is not None:
        return "surname" if why == "first_surname" else "spelling" if why == "same" else why
    mine, theirs = ([levelled(word) for word in name_words(each.name)] for each in (left, right))
    if mine and theirs and (set(mine) < set(theirs) or set(theirs) < set(mine)):
        return "inside"
    same_surname = bool(mine) and bool(theirs) and _near(mine[-1], theirs[-1])
    first_alike = len(mine) < 2 or len(theirs) < 2 or mine[0][:1] == theirs[0][:1]
    return "surname" if same_surname and first_alike else None


def _by_words(one: str, two: str) -> str | None:
    mine, theirs = ({levelled(word) for word in each.split()} - {"the", "of"} for each in (one, two))
    if not mine or not theirs:
        return None
    if mine == theirs:
        return "words"
    return "inside" if (mine < theirs or theirs < mine) and min(len(mine), len(theirs)) > 1 else None


def _near(one: str, two: str) -> bool:
    """Whether two words are one but for a letter."""
    if abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 4:
        return one == two
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


# What joining two would change


def joining(case: Case, one: str, two: str) -> Joining:
    """What would change if two speakers were one; nothing is written."""
    with case.reading() as connection:
        mine, theirs = _told_by(connection, one), _told_by(connection, two)
        both = sorted(mine.keys() & theirs.keys())
        rows = incidents_by_id(connection, _most_told(connection, both))
        shown = tuple(_joined(connection, row, (one, two), knowledge_of(case)) for row in rows)
        counted = ask(
            connection,
            "SELECT count(*), count(DISTINCT report_id) FROM statements WHERE speaker_id IN ?s",
            (one, two),
        ).one()
    ordered = tuple(sorted(shown, key=lambda each: (not each.changes, -each.row.reports, each.row.id)))
    return Joining(counted[0], counted[1], len(mine.keys() | theirs.keys()), len(both), ordered)


def _told_by(connection: Connection, speaker: str) -> Mapping[str, int]:
    asked = """
        SELECT e.incident_id, count(*) FROM events e JOIN sources s ON s.report_id = e.report_id
        WHERE s.speaker_id = ? GROUP BY e.incident_id"""
    return {row[0]: row[1] for row in ask(connection, asked, speaker)}


def _most_told(connection: Connection, ids: Sequence[str]) -> Sequence[str]:
    asked = "SELECT id FROM incidents WHERE id IN ?s ORDER BY reports DESC, id LIMIT ?"
    return list(ask(connection, asked, ids, LOOKED_AT).scalars())


def _joined(connection: Connection, row: IncidentRow, both: Iterable[str], rows: Knowledge) -> Joined:
    now = put_together(connection, row.id, rows, with_reasons=False)
    held = sorted({telling.report for telling in now.tellings})
    by_source: dict[str, list[str]] = defaultdict(list)
    asked = select(sources.c.report_id, sources.c.source, sources.c.speaker_id)
    for each in connection.execute(asked.where(sources.c.report_id.in_(held), sources.c.speaker_id.in_(list(both)))):
        by_source[each.speaker_id].append(f"{each.report_id}#{each.source}")
    about = tuple(name for names in by_source.values() for name in names)
    as_one = Decision("", "same_speaker", about, (), None, "", "", "")
    then = put_together(connection, row.id, rows, with_reasons=False, supposed=Supposed(also=(as_one,)))
    return Joined(row, now.counter.says, then.counter.says, now.counter.origins, then.counter.origins)
