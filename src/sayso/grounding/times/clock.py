"""Times of the clock."""

from __future__ import annotations

import re

from sayso.grounding.times.draft import Draft, Here, unknown
from sayso.grounding.times.near import which_weekday
from sayso.values import moment as calendar


def clock(match: re.Match[str], here: Here) -> Draft | None:
    """The words "5 p.m.", "14:30 GMT", "1430 GMT": of the day that stands beside it, else of publication."""
    hour, minutes = int(match["hour"]), int(match["minutes"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if (half and not 1 <= hour <= 12) or hour > 23 or minutes > 59:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    zone = here.rows.zones.get(" ".join((match["zone"] or "").split()).lower())
    relation, anchor = here.relation(match.start()), here.day(match.start())
    weekday = re.compile(rf",?\s+(?:on )?(?P<weekday>{'|'.join(here.rows.weekdays)})\b", re.I).match(
        here.stretch.text, match.end()
    )
    if weekday and anchor is not None:
        at = weekday.start("weekday")
        anchor = which_weekday(here, anchor, here.rows.weekdays[weekday["weekday"].lower()], "", at)
    if anchor is None:
        when = unknown("minute", f"XXXX-XX-XXT{hour:02}:{minutes:02}")
        return Draft(*match.span(), "TIME", when, zone=zone, relative_to=relation)
    when = calendar.minute(anchor, hour, minutes)
    if not match["minutes"]:
        after = calendar.minute(anchor, hour, 59)
        when = calendar.Stretch(when.timex, when.earliest, after.latest, "hour")
    return Draft(*match.span(), "TIME", when, zone=zone, relative_to=relation)
