"""The time zone of "local time": that of the country its sentence names as the place, or that the dateline does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge
from sayso.record import Moment, Place, Span

LOCAL = "local"
WHERE = ("location", "dateline")


def with_local_zones(
    moments: tuple[Moment, ...],
    places: Sequence[Place],
    stretches: Sequence[Stretch],
    dateline: Place | None,
    knowledge: Knowledge,
) -> tuple[Moment, ...]:
    """Each "local time" with the zone of its place; it stays "local" where countries differ or have several zones."""
    if all(moment.zone != LOCAL for moment in moments):
        return moments
    zones = {row["country"]: row["zone"] for row in knowledge.rows("time_zones")}
    return tuple(
        replace(moment, zone=_zone(moment, places, stretches, dateline, zones)) if moment.zone == LOCAL else moment
        for moment in moments
    )


def _zone(
    moment: Moment,
    places: Sequence[Place],
    stretches: Sequence[Stretch],
    dateline: Place | None,
    zones: dict[str, str],
) -> str:
    around = next((span for span in map(_whole, stretches) if span.start <= moment.span.start < span.end), moment.span)
    near = [place for place in places if around.start <= place.span.start < around.end and place.use in WHERE]
    found = near or ([dateline] if dateline else [])
    if not found or any(place.disputed for place in found):
        return LOCAL
    named = {zones.get(place.country or "", LOCAL) for place in found}
    return named.pop() if len(named) == 1 else LOCAL


def _whole(stretch: Stretch) -> Span:
    pieces = stretch.kept.pieces
    return Span(pieces[0].start, pieces[-1].end) if pieces else Span(0, 0)
