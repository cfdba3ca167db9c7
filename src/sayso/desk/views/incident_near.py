"""Other incidents that may be one with this: by kind, place and time, which is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import IncidentRow
    from sayso.record import Incident


@dataclass(frozen=True, slots=True)
class Near:
    """Another incident, and in what it is like this one: kind | place | region | time."""

    row: IncidentRow
    alike: tuple[str, ...]


def nearness(incident: Incident, rows: Sequence[IncidentRow]) -> tuple[Near, ...]:
    """Those alike in most things first; one that is alike only in its kind, and told of another time, is left out."""
    found = [Near(row, _alike(incident, row)) for row in rows]
    kept = [one for one in found if len(one.alike) > 1 or one.alike[:1] == ("place",)]
    return tuple(sorted(kept, key=lambda one: (-len(one.alike), -one.row.reports, one.row.id)))


def _alike(incident: Incident, row: IncidentRow) -> tuple[str, ...]:
    where = incident.where
    found = ["kind"] if row.kind == incident.kind else []
    if where is not None and row.place == where.name:
        found.append("place")
    elif where is not None and row.region is not None and row.region == where.region:
        found.append("region")
    return (*found, *(("time",) if _times_meet(incident, row) else ()))


def _times_meet(incident: Incident, row: IncidentRow) -> bool:
    """Whether both are told for days that meet. A time that is not known meets none."""
    when = incident.when
    if when is None or when.earliest is None or when.latest is None or row.earliest is None or row.latest is None:
        return False
    return row.earliest[:10] <= when.latest[:10] and when.earliest[:10] <= row.latest[:10]
