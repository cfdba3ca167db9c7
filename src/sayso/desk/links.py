"""Where things of a case stand on the desk. Templates ask here and build no address themselves.

A bundle that is shared has links of its own (`share`): they give None for what is not in it, and plain text is shown.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote, urlencode

from sayso.record import Anchor, Span

SEAL = "sha256:"


class Links(Protocol):
    """The addresses of pages; None where there is no such page."""

    def report(self, report: str, *, span: Span | None = None, part: str | None = None) -> str | None:
        """A report, at a stretch of its text or at a statement or event of it."""

    def at(self, anchor: Anchor) -> str | None:
        """The stretch that an anchor names, in its report."""

    def incident(self, incident: str) -> str | None:
        """An incident."""

    def trace(self, claim: str) -> str | None:
        """A claim through its hops: `<report>#st3`, `<report>#ev1`, an incident, or words."""

    def beside(self, one: str, two: str) -> str | None:
        """Two reports side by side."""

    def decision(self, decision: str) -> str | None:
        """A decision with what it changed."""

    def source(self, speaker: str) -> str | None:
        """What somebody said in the whole case, and how it got here."""

    def person(self, speaker: str) -> str | None:
        """Who somebody is: their spellings, offices, side, and whom they may be one with."""

    def place(self, place: str) -> str | None:
        """A place of the case, with where it is taken to be."""

    def place_at(self, anchor: Anchor) -> str | None:
        """The place of the case that is named at a stretch of a report."""

    def publisher(self, name: str) -> str | None:
        """What a publisher printed, whom it quotes, and who copies whom."""

    def share_incident(self, incident: str) -> str | None:
        """Where an incident is made into a bundle to hand on."""

    def share_claim(self, claim: str) -> str | None:
        """Where a claim and its hops are made into a bundle to hand on."""

    def static(self, name: str) -> str | None:
        """A style, script or picture of the desk's own."""


class DeskLinks:
    """The addresses of a desk that is served."""

    def __init__(self, version: str = "") -> None:
        self.version = version

    def report(self, report: str, *, span: Span | None = None, part: str | None = None) -> str:
        """A report, at a stretch of its text or at a statement or event of it."""
        whole, _, inner = report.partition("#")
        at = f"?at={span.start}-{span.end}" if span is not None else ""
        mark = "#at" if span is not None else f"#{part or inner}" if part or inner else ""
        return f"/reports/{digits(whole)}{at}{mark}"

    def at(self, anchor: Anchor) -> str:
        """The stretch that an anchor names, in its report."""
        return self.report(anchor.report, span=anchor.span)

    def incident(self, incident: str) -> str:
        """An incident."""
        return f"/incidents/{quote(incident, safe='')}"

    def trace(self, claim: str) -> str:
        """A claim through its hops."""
        return f"/trace?{urlencode({'claim': claim})}"

    def beside(self, one: str, two: str) -> str:
        """Two reports side by side."""
        return f"/reports/{digits(one)}/beside/{digits(two)}"

    def decision(self, decision: str) -> str:
        """A decision with what it changed."""
        return f"/decisions/{quote(decision, safe='')}"

    def source(self, speaker: str) -> str:
        """What somebody said in the whole case, and how it got here."""
        return f"/sources/{quote(speaker, safe='')}"

    def person(self, speaker: str) -> str:
        """Who somebody is: their spellings, offices, side, and whom they may be one with."""
        return f"/people/{quote(speaker, safe='')}"

    def place(self, place: str) -> str:
        """A place of the case, with where it is taken to be."""
        return f"/places/{quote(place, safe='')}"

    def place_at(self, anchor: Anchor) -> str:
        """The place of the case that is named at a stretch of a report."""
        return f"/places/at?report={digits(anchor.report)}&start={anchor.span.start}&end={anchor.span.end}"

    def publisher(self, name: str) -> str:
        """What a publisher printed, whom it quotes, and who copies whom."""
        return f"/sources/publisher?{urlencode({'name': name}, errors='replace')}"

    def share_incident(self, incident: str) -> str:
        """Where an incident is made into a bundle to hand on."""
        return f"/share/incident/{quote(incident, safe='')}"

    def share_claim(self, claim: str) -> str:
        """Where a claim and its hops are made into a bundle to hand on."""
        return f"/share/claim?{urlencode({'claim': claim})}"

    def static(self, name: str) -> str:
        """A style, script or picture of the desk's own; its address changes when it does."""
        return f"/static/{name}?v={self.version}"


def digits(report: str) -> str:
    """The hash in a report's id.

    >>> digits("sha256:0f0f"), digits("0f0f#st3")
    ('0f0f', '0f0f')
    """
    return report.removeprefix(SEAL).partition("#")[0]
