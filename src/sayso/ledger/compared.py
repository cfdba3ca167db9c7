"""Tellings of a case as they are compared: each with the date that its family gave its report, and what pairs share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.accounts.happening import Same
from sayso.accounts.same_event import event_score, same_event
from sayso.accounts.story import StoryPrint
from sayso.accounts.story import loaded as story_loaded
from sayso.accounts.story_pairs import story_score
from sayso.ledger.packing import noun_from
from sayso.ledger.schema import events, family_members, prints, reports
from sayso.record import Published, Telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

DATED_BY_OTHERS = "family"
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
    if not ids:
        return {}
    return _tellings(connection, events.c.id.in_(sorted(ids)))


def tellings_in(connection: Connection, wanted: Collection[str]) -> dict[int, Held]:
    """The tellings of some reports, by the numbers of their events."""
    return _tellings(connection, events.c.report_id.in_(sorted(wanted)))


def _tellings(connection: Connection, which: object) -> dict[int, Held]:
    asked = (
        select(
            events.c.id,
            events.c.telling,
            reports.c.published_earliest,
            reports.c.published_latest,
            reports.c.published_basis,
        )
        .join(reports, reports.c.id == events.c.report_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(events.c.id)
    )
    return {row[0]: Held(row[0], telling_from(*row[1:])) for row in connection.execute(asked)}


@lru_cache(maxsize=2048)
def telling_from(held: str, earliest: str | None, latest: str | None, basis: str) -> Telling:
    """A telling from its JSON, dated by its family where that is known; the same object for the same."""
    telling = noun_from(Telling, held)
    if basis != DATED_BY_OTHERS:
        return telling
    return replace(telling, published=Published(earliest, latest, basis))


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

    def prepare(self, wanted: Iterable[str]) -> None:
        """Fetch at once what is needed of some reports."""
        new = sorted(set(wanted) - self.stories.keys())
        if not new:
            return
        rows = self.connection.execute(select(prints.c.report_id, prints.c.story).where(prints.c.report_id.in_(new)))
        self.stories.update((row.report_id, row.story) for row in rows)
        members = family_members.c
        found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        asked = select(members.report_id, members.family_id, members.start, members.end)
        for row in self.connection.execute(asked.where(members.report_id.in_(new))):
            found[row.report_id].append((row.family_id, row.start, row.end))
        self.copies.update((report, found[report]) for report in new)

    def score(self, one: Telling, two: Telling) -> float:
        """How surely two tellings are of one happening. Their reports were prepared.

        Their stories are compared only where that could make a difference.
        """
        one, two = sorted((one, two), key=lambda telling: (telling.report, telling.event))
        is_copied = self._copies(one, two)
        alone = event_score(one, two, one_family=is_copied)
        if alone < HOPELESS or one.report == two.report:
            return alone
        return event_score(one, two, story=self._stories(one.report, two.report), one_family=is_copied)

    def compare(self, one: Telling, two: Telling) -> Same:
        """The same with the reasons."""
        one, two = sorted((one, two), key=lambda telling: (telling.report, telling.event))
        story = self._stories(one.report, two.report)
        return same_event(one, two, story=story, one_family=self._copies(one, two))

    def _stories(self, one: str, two: str) -> Same | None:
        if one == two or one not in self.stories or two not in self.stories:
            return None
        if (one, two) not in self.scores:
            score = story_score(_story(self.stories[one]), _story(self.stories[two]))
            self.scores[one, two] = Same(score, score >= 0.5)
        return self.scores[one, two]

    def _copies(self, one: Telling, two: Telling) -> bool:
        """Whether both are told in stretches of one family."""
        return one.report != two.report and not self._families(one).isdisjoint(self._families(two))

    def _families(self, telling: Telling) -> set[str]:
        at = telling.trigger.span.start
        return {family for family, start, end in self.copies.get(telling.report, ()) if start <= at < end}
