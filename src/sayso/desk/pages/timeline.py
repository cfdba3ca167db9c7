"""The timeline: when incidents are told to have happened, and when that was first reported, in lanes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.pages.incidents import COLUMNS as ROW_COLUMNS
from sayso.desk.pages.incidents import cells_of
from sayso.desk.pages.on_map import Asked, AskedFor, AtDesk
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views import drawn
from sayso.desk.views.lanes import HEAD, TALL, Lane, beside, lanes_of_bins, lanes_of_spans
from sayso.desk.views.time_bins import MONTH, Window, ticks, window
from sayso.export.geojson import FORCES
from sayso.ledger.asking.where_when import (
    WhereWhen,
    bins,
    bins_by_kind,
    bins_by_party,
    counted,
    first_reported,
    rows_of,
    sides_of,
    spotted,
    undated,
)
from sayso.ledger.knowing import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.desk.app import Desk
    from sayso.ledger.asking.answers import IncidentRow

router = APIRouter()
SINGLY = 150
"""Up to so many incidents are drawn one by one; more are counted in bins."""
LANES = 10
PLACES_LISTED = 10
UNDATED_LISTED = 8
REST = "rest"
COLUMNS = (*ROW_COLUMNS, "first_reported")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: over which time, in which lanes, and how many incidents in all."""

    shown: Window
    lanes: tuple[Lane, ...]
    count: int
    is_single: bool
    ticks: tuple[tuple[float, str], ...]

    @property
    def height(self) -> int:
        """How high the drawing is, without the days below."""
        return max((lane.y + lane.height for lane in self.lanes), default=40)


@router.get("/timeline.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What is drawn, for a program."""
    return twins.all_as_json(at.case, _dated(at, asked), private=private)


@router.get("/timeline.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """What is drawn, for a spreadsheet, with the day on which each was first reported."""
    rows = _dated(at, asked)
    said = first_reported(at.case, [row.id for row in rows])
    shown = twins.shown(at.case, tuple(rows), private=private)
    told = ({**cells_of(row), "first_reported": said.get(row.id)} for row in shown)
    return twins.as_csv(COLUMNS, told, name="timeline")


def _dated(at: Desk, asked: Asked) -> list[IncidentRow]:
    return [row for row in rows_of(at.case, asked.meant, limit=asked.limit) if row.earliest is not None]


@router.get("/timeline")
def timeline(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The timeline for a person."""
    made = _drawing(at, asked)
    names = known(knowledge_of(at.case)).names
    told = asked.told
    return page(
        request,
        "timeline.html",
        asked=asked,
        made=made,
        beside=_steps(made.shown) if made else None,
        counts=counted(at.case, asked.meant),
        sides=sides_of(at.case, asked.model_copy(update={"party": None}).meant),
        kinds=sorted({str(row["kind"]) for row in knowledge_of(at.case).rows("event_kinds")}),
        parties=names,
        places=_places(at, asked),
        undated=undated(at.case, asked.at_any_time, limit=UNDATED_LISTED),
        query=lambda **changed: query_of(told, **changed),
        drawn=drawn,
        head=HEAD,
        tall=TALL,
        twins=twins_of(request),
    )


def _drawing(at: Desk, asked: Asked) -> Drawing | None:
    every = bins(at.case, asked.at_any_time, precision=MONTH)
    shown = window(every, *asked.days)
    if shown is None:
        return None
    meant = _within(asked.meant, shown)
    count = counted(at.case, meant).dated
    if count <= SINGLY or shown.days <= 1:
        lanes = _of_spans(at, asked, meant, shown)
        return Drawing(shown, lanes, count, is_single=True, ticks=ticks(shown))
    return Drawing(shown, _of_bins(at, asked, meant, shown), count, is_single=False, ticks=ticks(shown))


def _within(meant: WhereWhen, shown: Window) -> WhereWhen:
    last = (date.fromisoformat(shown.past) - timedelta(days=1)).isoformat()
    return replace(meant, among=replace(meant.among, since=shown.first, until=last))


def _of_bins(at: Desk, asked: Asked, meant: WhereWhen, shown: Window) -> tuple[Lane, ...]:
    if asked.lanes == "kind":
        found = bins_by_kind(at.case, meant, precision=shown.precision)
        totals: dict[str, int] = {}
        for one in found:
            totals[one.lane] = totals.get(one.lane, 0) + one.count
        order = sorted(totals, key=lambda kind: (-totals[kind], kind))[:LANES]
        return lanes_of_bins(found, shown, order, rest=REST)
    sides = sides_of(at.case, meant)
    return lanes_of_bins(bins_by_party(at.case, meant, sides, precision=shown.precision), shown, (*sides, ""))


def _of_spans(at: Desk, asked: Asked, meant: WhereWhen, shown: Window) -> tuple[Lane, ...]:
    rows = [row for row in rows_of(at.case, meant, limit=SINGLY) if row.earliest is not None]
    said = first_reported(at.case, [row.id for row in rows])
    if asked.lanes == "kind":
        order = sorted({row.kind for row in rows}, key=lambda kind: (-sum(row.kind == kind for row in rows), kind))
        return lanes_of_spans(rows, shown, lambda row: (row.kind,), order, said)
    sides = sorted({side for row in rows for side in _sides(row) if side})
    return lanes_of_spans(rows, shown, _sides, (*sides, ""), said)


def _sides(row: IncidentRow) -> Sequence[str]:
    """The sides of which an origin tells it; "" for none."""
    return tuple(side for side, _ in row.counter.parties) if row.counter and row.counter.parties else ("",)


def _steps(shown: Window) -> dict[str, tuple[str, str] | None]:
    return {"earlier": beside(shown, later=False), "later": beside(shown, later=True)}


def _places(at: Desk, asked: Asked) -> list[tuple[str, int]]:
    """The places with the most incidents, whatever place is asked for."""
    anywhere = asked.model_copy(update={"place": None}).meant
    counts: dict[str, int] = {}
    for one in spotted(at.case, anywhere, forces=FORCES, limit=PLACES_LISTED * 3):
        if one.place:
            counts[one.place] = counts.get(one.place, 0) + one.count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:PLACES_LISTED]
