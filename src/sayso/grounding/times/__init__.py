"""Times: dates, parts of days, durations and what recurs, after TIMEX3; relative ones stay relative."""

from __future__ import annotations

from sayso.grounding.times.find import find_moments, moment_of_dateline, settled_by_interval
from sayso.grounding.times.known import inferred_publication
from sayso.grounding.times.rows import rows_about_time
from sayso.grounding.times.utterances import with_utterances
from sayso.grounding.times.zones import with_local_zones

__all__ = [
    "find_moments",
    "inferred_publication",
    "moment_of_dateline",
    "rows_about_time",
    "settled_by_interval",
    "with_local_zones",
    "with_utterances",
]
