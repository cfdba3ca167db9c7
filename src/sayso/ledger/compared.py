"""Tellings of a case as they are compared: each with the date that its family gave its report, and what pairs share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sayso.accounts.happening import Same
from sayso.accounts.same_event import event_score, same_event
from sayso.accounts.story import StoryPrint
from sayso.accounts.story import loaded as story_loaded
from sayso.accounts.story_pairs import story_score
from sayso.ledger.packing import noun_from
from sayso.ledger.quick import ask
from sayso.ledger.schema import as_put
from sayso.record import Published, Telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

DATED_BY_OTHERS = "family"
TELLINGS = """
    SELECT events.id, events.telling, reports.published_earliest, reports.published_latest, reports.published_basis
    FROM events JOIN reports ON reports.id = events.report_id WHERE {} ORDER BY events.id"""
OF_EVENTS, OF_REPORTS = TELLINGS.format("events.id IN ?s"), TELLINGS.format("events.report_id IN ?s")
STRETCHES = 'SELECT report_id, family_id, start, "end" FROM family_members WHERE report_id IN ?s'
MOST_REMEMBERED = 4096
"""Tellings that a process keeps at hand: those of the reports before are compared with most."""
HOPELESS = 0.15
"""A score that no likeness of two reports' stories brings to one half."""


@dataclass(frozen=True, slots=True)
class Held:
    """A telling of the case, by the number of its event."""

    id: int
    telling: Telling

    @property
    def key(self) -> str:
        """What it is known by, the same in whatever order reports came."""
        return f"{self.telling.report}#{self.telling.event}"


def tellings_of(connection: Connection, ids: Collection[int]) -> dict[int, Held]:
    """Tellings by the numbers of their events."""
    return _tellings(connection, OF_EVENTS, ids) if ids else {}


def tellings_in(connection: Connection, wanted: Collection[str]) -> dict[int, Held]:
    """The tellings of some reports, by the numbers of their events."""
    return _tellings(connection, OF_REPORTS, wanted)


def _tellings(connection: Connection, question: str, which: Collection[Any]) -> dict[int, Held]:
    rows = ask(connection, question, which).all()
    return {row[0]: Held(row[0], telling_from(str(as_put(row[1])), *row[2:])) for row in rows}


@lru_cache(maxsize=MOST_REMEMBERED)
def telling_from(held: str, earliest: str | None, latest: str | None, basis: str) -> Telling:
    """A telling from its JSON, dated by its family where that is known; the same object for the same."""
    telling = _fresh.pop(held, None) or noun_from(Telling, held)
    if basis != DATED_BY_OTHERS:
        return telling
    return replace(telling, published=Published(earliest, latest, basis))


def remember(told: Iterable[tuple[str, Telling]]) -> None:
    """Tellings that were put into the case just now, by their JSON: they are asked for next."""
    _fresh.clear()
    _fresh.update(told)


_fresh: dict[str, Telling] = {}


@lru_cache(maxsize=1024)
def _story(held: bytes) -> StoryPrint:
    return story_loaded(held)


@dataclass(slots=True)
class Comparing:
    """Compares tellings, and remembers of their reports what several pairs need."""

    connection: Connection
    stories: dict[str, bytes] = field(default_factory=dict)  # opened only where they are asked for
    scores: dict[tuple[str, str], Same] = field(default_factory=dict)
    copies: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)  # report → family, start, end

    def scored(self, pairs: Iterable[tuple[Telling, Telling]]) -> list[float]:
        """How surely the tellings of each pair are of one happening.

        The stories of their reports are compared only where that could make a difference.
        """
        told = [_sorted(*pair) for pair in pairs]
        self._learn_copies({telling.report for pair in told for telling in pair})
        alone = [event_score(one, two, one_family=self._copies(one, two)) for one, two in told]
        open_ones = [
            place for place, (one, two) in enumerate(told) if alone[place] >= HOPELESS and one.report != two.report
        ]
        self._learn_stories({telling.report for place in open_ones for telling in told[place]})
        for place in open_ones:
            one, two = told[place]
            story = self._stories(one.report, two.report)
            alone[place] = event_score(one, two, story=story, one_family=self._copies(one, two))
        return alone

    def compare(self, one: Telling, two: Telling) -> Same:
        """The same for one pair with the reasons."""
        one, two = _sorted(one, two)
        self._learn_copies({one.report, two.report})
        self._learn_stories({one.report, two.report})
        story = self._stories(one.report, two.report)
        return same_event(one, two, story=story, one_family=self._copies(one, two))

    def _learn_copies(self, wanted: Collection[str]) -> None:
        new = sorted(set(wanted) - self.copies.keys())
        if not new:
            return
        found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for report, family, start, end in ask(self.connection, STRETCHES, new):
            found[report].append((family, start, end))
        self.copies.update((report, found[report]) for report in new)

    def _learn_stories(self, wanted: Collection[str]) -> None:
        new = sorted(set(wanted) - self.stories.keys())
        if new:
            told = ask(self.connection, "SELECT report_id, story FROM prints WHERE report_id IN ?s", new)
            self.stories.update((report, bytes(story)) for report, story in told)

    def _stories(self, one: str, two: str) -> Same | None:
        if one == two or one not in self.stories or two not in self.stories:
            return None
        if (one, two) not in self.scores:
            score = story_score(_story(self.stories[one]), _story(self.stories[two]))
            self.scores[one, two] = Same(score, score >= 0.5)
        return self.scores[one, two]

    def _copies(self, one: Telling, two: Telling) -> bool:
        """Whether both are told in stretches of one family."""
        if one.report == two.report or not self.copies[one.report] or not self.copies[two.report]:
            return False
        return not self._families(one).isdisjoint(self._families(two))

    def _families(self, telling: Telling) -> set[str]:
        at = telling.trigger.span.start
        return {family for family, start, end in self.copies.get(telling.report, ()) if start <= at < end}


def _sorted(one: Telling, two: Telling) -> tuple[Telling, Telling]:
    return (one, two) if (one.report, one.event) <= (two.report, two.event) else (two, one)
