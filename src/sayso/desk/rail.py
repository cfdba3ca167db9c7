"""The rail: the pages one goes to from everywhere, in groups, each with the key that follows `g`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the rail. `name` is a message that is translated where it is shown."""

    path: str
    name: str
    key: str


RAIL = (
    (Entry("/inbox", "Inbox", "n"), Entry("/queue", "Queue", "q")),
    (
        Entry("/incidents", "Incidents", "i"),
        Entry("/map", "Map", "m"),
        Entry("/timeline", "Timeline", "l"),
        Entry("/reports", "Reports", "r"),
        Entry("/search", "Search", "f"),
        Entry("/trace", "Trace a claim", "t"),
    ),
    (Entry("/sources", "Sources", "s"), Entry("/people", "People & places", "p")),
    (
        Entry("/decisions", "Decisions", "d"),
        Entry("/audit", "Audit", "a"),
        Entry("/export", "Export", "e"),
        Entry("/team", "Team", "w"),
    ),
)


def of(routes: Iterable[BaseRoute]) -> tuple[tuple[Entry, ...], ...]:
    """The entries whose pages an application has, group by group."""
    paths = {one.path for one in routes if isinstance(one, Route)}
    groups = (tuple(one for one in group if one.path in paths) for group in RAIL)
    return tuple(group for group in groups if group)
