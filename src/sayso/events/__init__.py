"""Stage 5: what is told to have happened, and by whom."""

from sayso.events.covering import with_events_covered
from sayso.events.explaining import explain
from sayso.events.find import find_events
from sayso.events.judgements import unattributed
from sayso.events.later import with_moments_tied

__all__ = ["explain", "find_events", "unattributed", "with_events_covered", "with_moments_tied"]
