"""What a search can be narrowed by, and what it is narrowed by, each as a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from sayso.ledger.asking.facets import Facet, Facets, Value

DAYS = {"published": ("since", "until"), "said": ("said_since", "said_until")}
"""The fields of a search that a day of two kinds is asked for with."""
FIELDS = (
    "act", "silence", "speaker", "party", "came", "position", "channel", "spot", "place", "kind", "status", "ruled",
    "publisher", "added",
)  # fmt: skip
COLUMNS = ("facet", "value", "name", "sentences")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that narrows a search: `href` is the search narrowed by it."""

    value: str
    name: str | None
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one facet."""

    name: str
    choices: tuple[Choice, ...]
    more: int
    without: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that a search is narrowed by: `href` is the search without it."""

    name: str
    value: str
    shown: str | None  # the name that belongs to an id or a code
    href: str


def groups(facets: Facets, asked: Mapping[str, Any], path: str = "/search") -> tuple[Group, ...]:
    """The facets that a search is not narrowed by yet, with what each value leads to. Days can be told more finely."""
    return tuple(_groups(facets, asked, path))


def _groups(facets: Facets, asked: Mapping[str, Any], path: str) -> Iterator[Group]:
    for facet in facets.facets:
        if facet.name in asked or not facet.values or _says_nothing(facet, facets.counted):
            continue
        choices = tuple(
            Choice(one.value, one.name, one.count, f"{path}?{_narrowed(asked, facet.name, one)}")
            for one in facet.values
        )
        yield Group(facet.name, choices, facet.more, facet.without)


def _says_nothing(facet: Facet, counted: int) -> bool:
    """One value that all sentences have narrows nothing."""
    return len(facet.values) == 1 and facet.values[0].count == counted and not facet.more


def _narrowed(asked: Mapping[str, Any], name: str, value: Value) -> str:
    added = dict.fromkeys(DAYS[name], value.value) if name in DAYS else {name: value.value}
    return urlencode({**_kept(asked), **added}, errors="replace")


def _kept(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value not in (None, "") and name != "after"}


def chosen(asked: Mapping[str, Any], names: Mapping[str, str], path: str = "/search") -> tuple[Chosen, ...]:
    """What a search is narrowed by. A day that begins and ends one stretch is one thing."""
    return tuple(_chosen(asked, names, path))


def _chosen(asked: Mapping[str, Any], names: Mapping[str, str], path: str) -> Iterator[Chosen]:
    for name in FIELDS:
        if asked.get(name):
            yield Chosen(name, str(asked[name]), names.get(name), _without(asked, (name,), path))
    for name, (since, until) in DAYS.items():
        if asked.get(since) and asked.get(since) == asked.get(until):
            yield Chosen(name, str(asked[since]), None, _without(asked, (since, until), path))
            continue
        for one in (since, until):
            if asked.get(one):
                yield Chosen(one, str(asked[one]), None, _without(asked, (one,), path))


def _without(asked: Mapping[str, Any], names: tuple[str, ...], path: str) -> str:
    kept = {name: value for name, value in _kept(asked).items() if name not in names}
    return f"{path}?{urlencode(kept, errors='replace')}" if kept else path


def cells(facets: Facets, *, is_private_shown: bool) -> Iterator[dict[str, Any]]:
    """The facets as rows of `COLUMNS`, without the names of private persons."""
    for facet in facets.facets:
        for one in facet.values:
            name = one.name if is_private_shown or not one.is_private else None
            yield {"facet": facet.name, "value": one.value, "name": name, "sentences": one.count}
