"""The hops of a claim as a small picture: a row a hop, a column a day, a line to what each was compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.desk.views.trace import HopShown

WIDTH = 320
LEFT, RIGHT, TOP, BOTTOM = 16, 34, 26, 10
ROOMY, DENSE = 22, 9
"""Heights of a row: where each has its number beside it, and where there are many."""
MANY = 40
LABELLED = 5
"""Columns that have room for their day."""
DAY_WIDTH = 58
BESIDE = 10
"""How far beside its column a line between two of one day runs."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A hop in the picture."""

    x: float
    y: float
    hop: HopShown
    kind: str  # own | made | compared
    lost: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """From a hop to the one that it is compared with, as the path of an SVG."""

    path: str
    made_of: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A column, with its day where there is room for it. None: reports whose day is not known."""

    x: float
    day: str | None
    labelled: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The picture. Days stand in order, evenly, not to scale."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    edges: tuple[Edge, ...]
    days: tuple[Day, ...]
    numbered: bool


def tree(hops: Sequence[HopShown]) -> Tree:
    """The picture of some hops, in their order."""
    step = ROOMY if len(hops) <= MANY else DENSE
    days = sorted({_day(hop) or "~" for hop in hops})
    at = dict(zip(days, _columns(len(days)), strict=True))
    dots = tuple(_dot(hop, at[_day(hop) or "~"], TOP + step * (row + 0.5)) for row, hop in enumerate(hops))
    edges = tuple(_edge(dots[dot.hop.of - 1], dot) for dot in dots if dot.hop.of is not None)
    columns = tuple(
        Day(at[day], None if day == "~" else day, labelled) for day, labelled in zip(days, _labelled(at), strict=True)
    )
    return Tree(WIDTH, round(TOP + step * len(hops) + BOTTOM), dots, edges, columns, step == ROOMY)


def _day(hop: HopShown) -> str | None:
    told = hop.hop.published
    return told.earliest[:10] if told is not None and told.earliest else None


def _columns(count: int) -> list[float]:
    room = WIDTH - LEFT - RIGHT
    if count == 1:
        return [float(LEFT)]
    return [round(LEFT + room * one / (count - 1), 1) for one in range(count)]


def _labelled(at: dict[str, float]) -> list[bool]:
    """Which columns have room for their day: the last always, each that is far enough from the one named before."""
    if len(at) <= LABELLED:
        return [True] * len(at)
    last = max(at.values())
    told: list[bool] = []
    before = -float(DAY_WIDTH)
    for x in at.values():
        free = x - before >= DAY_WIDTH and (x == last or last - x >= DAY_WIDTH)
        told.append(free)
        before = x if free else before
    return told


def _dot(hop: HopShown, x: float, y: float) -> Dot:
    kind = "own" if hop.of is None else "made" if hop.hop.made_of else "compared"
    return Dot(x, y, hop, kind, bool(hop.lost), bool(hop.changes))


def _edge(start: Dot, end: Dot) -> Edge:
    """Down from what it was compared with, then across; beside the column where both are of one day."""
    x = start.x if end.x != start.x else start.x - BESIDE
    bend = min(BESIDE - 2.0, abs(end.y - start.y) / 2)
    out = "" if x == start.x else f"L{x:g} {start.y + bend:g} "
    path = f"M{start.x:g} {start.y:g} {out}V{end.y - bend:g} Q{x:g} {end.y:g} {x + bend:g} {end.y:g} H{end.x:g}"
    return Edge(path, end.kind == "made")
