"""What one time takes from another: "three weeks later" from the date before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.stretches import Stretch
from sayso.grounding.times.near import at_grain
from sayso.record import Moment
from sayso.values import moment as calendar


def anchored(moments: tuple[Moment, ...], stretches: Sequence[Stretch]) -> tuple[Moment, ...]:
    """Tie "three weeks later" to the one date told in its own sentence or the one before, if there is one."""
    if not any(moment.timex == "LATER" for moment in moments):
        return moments
    starts = [stretch.kept.pieces[0].start if stretch.kept.pieces else 0 for stretch in stretches]
    tied = []
    for at, moment in enumerate(moments):
        if moment.timex != "LATER":
            tied.append(moment)
            continue
        sentence = bisect_left(starts, moment.span.start + 1) - 1
        first = starts[max(0, sentence - 1)]
        near = [
            other for other in tied[:at] if other.span.start >= first and other.granularity == "day" and other.earliest
        ]
        tied.append(_shifted_from(moment, near[0]) if len(near) == 1 else replace(moment, timex=None, mod=None))
    return tuple(tied)


def _shifted_from(moment: Moment, base: Moment) -> Moment:
    """The time so long after (or before) another: `mod` holds the step while it is under way."""
    sign, count, unit = (moment.mod or "+:0:day").split(":", 2)
    start = calendar.parsed_day(base.earliest or "")
    day = calendar.shifted(start, unit, int(count) * (1 if sign == "+" else -1)) if start and int(count) else None
    if day is None:
        return replace(moment, timex=None, mod=None)
    when = at_grain(day, unit)
    return replace(
        moment, timex=when.timex, mod="APPROX" if unit != "day" else None, earliest=when.earliest, latest=when.latest,
        granularity=when.granularity, relative_to=base.id,
    )  # fmt: skip
