"""Several readings at a glance: one report in full, and what in the others is denied or could not be verified."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.export import terminal
from sayso.record import Reading


def demo(readings: Mapping[str, Reading], *, width: int = 80, colour: bool = False) -> str:
    """The first report as a whole page."""
    return "\n".join(terminal.page(reading, width=width, colour=colour) for reading in list(readings.values())[:1])
