"""Reports added to a case for a test, read once a session."""

from __future__ import annotations

from functools import cache

from sayso.ledger.adding import Added, add
from sayso.ledger.case import Case
from sayso.record import Custody, Reading
from tests.ledger.sampled import reading_of

AT = "2031-04-06T00:00:00Z"
HERE = Custody(AT, "Ana", "sayso", path="in/report.txt")

FERRY = "OSK, April 5 (River Wire) - Harbour master Ada Brond said on Friday that two ferries were shelled at Osk port."
DENIED = (
    "The Coastal Ministry denied on Saturday that its forces shelled two ferries at Osk port. Ada Brond erred, it said."
)
ALONE = "Teacher Milo Varga told the Osk Herald that his school in Lower Osk had burned on Sunday."


@cache
def read(text: str) -> Reading:
    """A made-up report, read."""
    return reading_of(text)


def added(case: Case, *texts: str) -> list[Added]:
    """Add made-up reports, in order."""
    return [add(case, read(text).page.report, read(text), HERE, at=AT) for text in texts]
