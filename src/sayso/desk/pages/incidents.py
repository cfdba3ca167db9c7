"""The list of incidents: what is told in the case, in the order asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, BeforeValidator

from sayso.accounts.known import known
from sayso.desk import twins
from sayso.desk.app import Desk, of
from sayso.desk.rendering import page, query_of
from sayso.desk.rendering import twins as twins_of
from sayso.desk.views.incident_top import counted
from sayso.ledger.asking.incidents import ORDERS, Incidents, incident_rows
from sayso.ledger.asking.told_when import told_when
from sayso.ledger.knowing import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.desk.views.incident_top import Tile
    from sayso.ledger.asking.answers import IncidentRow

router = APIRouter()
AT_ONCE = 40
FEW_APART = 8
"""Of what nobody tells to have happened, so many stand below the first page of the rest."""
MOST = 1_000
COLUMNS = (
    "incident", "headline", "kind", "earliest", "latest", "place", "lat", "lon", "radius_km", "country", "region",
    "did_not_happen", "counter", "origins", "denials", "reports",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list, and what is counted of it; nothing is where it was not drawn yet."""

    row: IncidentRow
    counts: tuple[Tile, ...]


Unless = Annotated[bool | None, BeforeValidator(lambda told: None if told == "" else told)]
"""Yes, no, or not asked: an empty field of a form asks for nothing."""


class Asked(BaseModel):
    """What of the list is asked for."""

    by: str = "contested"
    kind: str | None = None
    place: str | None = None
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    denied: Unless = None
    tray: Unless = None
    after: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST)] = AT_ONCE

    @property
    def among(self) -> Incidents:
        """Which incidents are meant. An empty field of a form asks for nothing."""
        return Incidents(**{one.name: _told(getattr(self, one.name)) for one in fields(Incidents)})


AskedFor = Annotated[Asked, Query()]
AtDesk = Annotated[Desk, Depends(of)]


@router.get("/incidents.json")
def as_json(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a program."""
    return twins.all_as_json(at.case, _rows(at, asked), private=private)


@router.get("/incidents.csv")
def as_csv(at: AtDesk, asked: AskedFor, private: str | None = None) -> Response:
    """The list for a spreadsheet."""
    shown = twins.shown(at.case, tuple(_rows(at, asked)), private=private)
    return twins.as_csv(COLUMNS, map(cells_of, shown), name="incidents")


@router.get("/incidents")
def listed(request: Request, at: AtDesk, asked: AskedFor) -> Response:
    """The list for a person: what somebody tells to have happened; below its first page, apart, some of the rest."""
    whole = asked.tray is None and not asked.after
    rows = _rows(at, asked if asked.tray is not None else asked.model_copy(update={"tray": False}), more=1)
    apart = _rows(at, asked.model_copy(update={"tray": True, "limit": FEW_APART}), more=1) if whole else []
    kinds = sorted({str(row["kind"]) for row in knowledge_of(at.case).rows("event_kinds")})
    last = rows[asked.limit - 1].id if len(rows) > asked.limit else None
    told = {name: _typed(value) for name, value in asked.model_dump(exclude_defaults=True).items()}
    undated = [row.id for row in (*rows[: asked.limit], *apart) if not row.earliest and not row.latest]
    return page(
        request,
        "incidents.html",
        rows=_counted(rows[: asked.limit]),
        told_when=told_when(at.case, undated),
        apart=_counted(apart[:FEW_APART]),
        more_apart=len(apart) > FEW_APART,
        kinds=kinds,
        parties=known(knowledge_of(at.case)).names,
        asked=asked,
        orders=tuple(ORDERS),
        query=lambda **changed: query_of(told, **changed),
        next=query_of(told, after=last) if last else None,
        twins=twins_of(request),
    )


def _counted(rows: Sequence[IncidentRow]) -> tuple[Listed, ...]:
    return tuple(Listed(row, counted(row.counter) if row.counter else ()) for row in rows)


def _rows(at: Desk, asked: Asked, *, more: int = 0) -> list[IncidentRow]:
    after = asked.after or None
    return incident_rows(at.case, by=asked.by, among=asked.among, limit=asked.limit + more, after=after, draw=False)


def _typed(value: Any) -> Any:
    """A value as it stands in an address: no is an answer, and not left out."""
    return str(value).lower() if isinstance(value, bool) else value


def _told(value: Any) -> Any:
    return None if value == "" else value


def cells_of(row: IncidentRow) -> dict[str, Any]:
    """A row of the list as cells of a table."""
    return {
        "incident": row.id,
        "headline": "".join(part.words for part in row.headline),
        "kind": row.kind,
        "earliest": row.earliest,
        "latest": row.latest,
        "place": row.place,
        "lat": row.lat,
        "lon": row.lon,
        "radius_km": row.radius_km,
        "country": row.country,
        "region": row.region,
        "did_not_happen": row.did_not_happen,
        "counter": row.counter.says if row.counter else None,
        "origins": row.origins,
        "denials": row.denials,
        "reports": row.reports,
    }
