"""Incidents: a wide layer over the events, for those who fill databases of attacks rather than read who says what.

The record keeps every event with its tellers; it never says which of them a database of incidents would list. This
layer does, in the form of the simplified templates of MUC-4: one for each type of incident a text tells (attack,
bombing, kidnapping, arson, robbery), with who did it, for which organisation, against what, against which named people,
with what; and how sure the text is of the organisation it accuses. What is listed and what fills a slot is learnt from
incident reports, over the words and over the record: the events, their families, roles and status, who tells them.
"""

from __future__ import annotations

from sayso.events.incidents.features import Told
from sayso.events.incidents.find import Filler, Incident, find_incidents

__all__ = ["Filler", "Incident", "Told", "find_incidents"]
