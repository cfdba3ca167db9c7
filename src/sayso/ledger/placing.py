"""A reading about to have its place in a case, and the ids that are made of what a thing was first."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.knowledge import Knowledge
    from sayso.ledger.drawing import Drawn

LETTERS = 12


@dataclass(frozen=True, slots=True)
class Was:
    """An event of the reading before: where it was told, and its incident."""

    start: int
    end: int
    incident: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of a reading, with the number of its report in the case, and the rows of knowledge that the case has."""

    drawn: Drawn
    seq: int
    at: str  # now
    rows: Knowledge
    was: tuple[Was, ...] = ()  # the events of the reading before

    def incident_before(self, start: int, end: int) -> str:
        """The incident of the event that was told at a stretch before; "" where none was."""
        return next((one.incident for one in self.was if one.start < end and start < one.end), "")


def id_of(prefix: str, *first: object) -> str:
    """An id made of what a thing was first known by, the same on every machine.

    >>> id_of("inc", "sha256:ab", 3, 9) == id_of("inc", "sha256:ab", 3, 9) != id_of("inc", "sha256:ab", 3, 8)
    True
    """
    told = "\n".join(map(str, first)).encode("utf-8", "surrogatepass")
    return f"{prefix}-{sha256(told).hexdigest()[:LETTERS]}"
