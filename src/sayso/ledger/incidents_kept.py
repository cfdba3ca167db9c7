"""Which events of many reports are one happening, kept as reports are added.

An event is compared with those that share its rare keys; whom it is joined to, however far, is drawn again, and nothing
else. In a component too large for that, it joins the incident that it agrees with most.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select

from sayso.accounts.same_groups import grouped
from sayso.accounts.same_keys import event_keys
from sayso.ledger.candidates import hold, ranked, sharing
from sayso.ledger.compared import Comparing, Held, tellings_in, tellings_of
from sayso.ledger.incidents_named import name_incidents
from sayso.ledger.quick import ask, put
from sayso.ledger.ruled_incidents import Rulings, joined, rulings_on
from sayso.ledger.schema import event_keys as key_table
from sayso.ledger.schema import event_links, events

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

MOST_COMPARED = 6
"""An event is compared with so many others at most: those that share its rarest keys."""
MOST_REDRAWN = 64
"""Events: a larger component is not drawn again whole for each event that joins it."""
RARE = 0.3
"""What the keys that two events share must add up to, each counting one through how many hold it."""
SAME = 0.5
LINKED = "SELECT b FROM event_links WHERE a IN ?s AND same UNION SELECT a FROM event_links WHERE b IN ?s AND same"
MATES = """
    SELECT id FROM events
    WHERE incident_id IN (SELECT incident_id FROM events WHERE id IN ?s AND incident_id != '') LIMIT ?"""


def keep_incidents(
    connection: Connection, wanted: Collection[str], *, at: str, changed: Collection[str] = ()
) -> tuple[str, ...]:
    """Find the incidents of every event of new reports, and again of those that something `changed` for.

    Returns the incidents that these events now belong to.
    """
    mine = tellings_in(connection, {*wanted, *changed})
    if not mine:
        return ()
    if changed:
        forget_links(connection, [number for number, held in mine.items() if held.telling.report in changed])
    found = _compared(connection, mine)
    _insert_links(connection, found)
    return draw_incidents(connection, mine, at=at)


def forget_links(connection: Connection, ids: Collection[int]) -> None:
    """Take back what some events were compared with, and the keys they are looked up by."""
    wanted = sorted(ids)
    connection.execute(delete(key_table).where(key_table.c.event_id.in_(wanted)))
    connection.execute(delete(event_links).where(or_(event_links.c.a.in_(wanted), event_links.c.b.in_(wanted))))


# Comparing

Pairs = dict[tuple[int, int], float]


def _compared(connection: Connection, mine: dict[int, Held]) -> Pairs:
    """What each event and those that share its keys were found to be to each other."""
    keys = {number: event_keys(held.telling) for number, held in mine.items()}
    shared = sharing(connection, key_table, (key for each in keys.values() for key in each))
    hold(connection, key_table, [(key, number) for number, each in keys.items() for key in each])
    pairs = {
        _pair(number, other)
        for number, each in keys.items()
        for other in ranked(
            {key: shared[key] for key in each if key in shared}, at_least=1, rare=RARE, most=MOST_COMPARED
        )
    }
    pairs |= {(one, two) for one, two in combinations(sorted(mine), 2) if not set(keys[one]).isdisjoint(keys[two])}
    everyone = mine | tellings_of(connection, {number for pair in pairs for number in pair} - mine.keys())
    found = _compare(Comparing(connection), pairs, everyone)
    return {pair: score for pair, score in found.items() if score >= SAME}


def _compare(comparing: Comparing, pairs: Collection[tuple[int, int]], everyone: dict[int, Held]) -> Pairs:
    ordered = sorted(pairs)
    scores = comparing.scored((everyone[one].telling, everyone[two].telling) for one, two in ordered)
    return dict(zip(ordered, scores, strict=True))


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _insert_links(connection: Connection, found: Pairs) -> None:
    """Keep what was compared. Reasons are not kept: they are told again by whoever asks for them."""
    told = "INSERT INTO event_links (a, b, score, same, reasons) VALUES (?, ?, ?, ?, '[]')"
    put(connection, told, [(one, two, score, score >= SAME) for (one, two), score in found.items()])


# Drawing


def draw_incidents(connection: Connection, touched: Collection[int], *, at: str) -> tuple[str, ...]:
    """Draw again every incident that these events are in, or should be in; the incidents that they are in then."""
    rulings = rulings_on(connection)
    around = _around(connection, set(touched) | _mates(connection, touched), rulings)
    if len(around) > MOST_REDRAWN + len(touched):
        return _join_the_likest(connection, touched, at=at)
    everyone = tellings_of(connection, around)
    keys = {number: held.key for number, held in everyone.items()}
    groups = grouped(
        keys.values(),
        {(keys[one], keys[two]): score for (one, two), score in _scores(connection, everyone).items()},
        (),
        [(keys[one], keys[two]) for one, two in rulings.must_not if one in keys and two in keys],
    )
    numbers = {key: number for number, key in keys.items()}
    parts = joined([{numbers[key] for key in group} for group in groups], rulings)
    return name_incidents(connection, parts, touched, at=at)


def _mates(connection: Connection, of: Collection[int]) -> set[int]:
    """The events that are in the incidents of these, whether or not anything still joins them."""
    return {number for (number,) in ask(connection, MATES, of, MOST_REDRAWN + len(of) + 1)}


def _around(connection: Connection, start: set[int], rulings: Rulings) -> set[int]:
    """All events that links or rulings connect with these, until there are too many."""
    seen, edge, most = set(start), set(start), MOST_REDRAWN + len(start)
    while edge and len(seen) <= most:
        edge = (_linked(connection, edge) | rulings.with_these(edge)) - seen
        seen |= edge
    return seen


def _linked(connection: Connection, of: Collection[int]) -> set[int]:
    return {number for (number,) in ask(connection, LINKED, of, of)}


def _scores(connection: Connection, everyone: dict[int, Held]) -> dict[tuple[int, int], float]:
    """The scores of all pairs of some events; those that were never compared, since no key led there, are now."""
    if len(everyone) < 2:
        return {}
    ids = sorted(everyone)
    held = ask(connection, "SELECT a, b, score FROM event_links WHERE a IN ?s AND b IN ?s", ids, ids)
    scores = {(one, two): score for one, two, score in held}
    fresh = _compare(Comparing(connection), [pair for pair in combinations(ids, 2) if pair not in scores], everyone)
    _insert_links(connection, fresh)
    return scores | fresh


def _join_the_likest(connection: Connection, touched: Collection[int], *, at: str) -> tuple[str, ...]:
    """Put each event, alone, into the incident whose events it was found to agree with most; the others stay."""
    groups: dict[str, set[int]] = defaultdict(set)
    alone: list[set[int]] = []
    for number in sorted(touched):
        likest = _likest(connection, number, touched)
        if likest is None:
            alone.append({number})
        else:
            groups[likest].add(number)
    whole = [_mates_of(connection, name) - set(touched) | mine for name, mine in groups.items()]
    return name_incidents(connection, [*whole, *alone], touched, at=at)


def _likest(connection: Connection, number: int, touched: Collection[int]) -> str | None:
    found: dict[str, list[float]] = defaultdict(list)
    for mine, other in ((event_links.c.a, event_links.c.b), (event_links.c.b, event_links.c.a)):
        asked = (
            select(events.c.incident_id, event_links.c.score)
            .join(events, events.c.id == other)
            .where(mine == number, event_links.c.same, other.not_in(sorted(touched)), events.c.incident_id != "")
        )
        for row in connection.execute(asked):
            found[row.incident_id].append(row.score)
    return min(found, key=lambda name: (-sum(found[name]) / len(found[name]), name), default=None)


def _mates_of(connection: Connection, incident: str) -> set[int]:
    return set(connection.execute(select(events.c.id).where(events.c.incident_id == incident)).scalars())
