"""A reading that has its numbers in a case, and the ids that are made of what a thing was first."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.ledger.drawing import Drawn

LETTERS = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of a reading, with the number of its report in the case and those of its events, in their order."""

    drawn: Drawn
    seq: int
    event_ids: tuple[int, ...]
    at: str  # now


def id_of(prefix: str, *first: object) -> str:
    """An id made of what a thing was first known by, the same on every machine.

    >>> id_of("inc", "sha256:ab", 3, 9) == id_of("inc", "sha256:ab", 3, 9) != id_of("inc", "sha256:ab", 3, 8)
    True
    """
    told = "\n".join(map(str, first)).encode("utf-8", "surrogatepass")
    return f"{prefix}-{sha256(told).hexdigest()[:LETTERS]}"
