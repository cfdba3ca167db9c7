"""Where things stand in a bundle, and which stretches of which reports its pages lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.desk.links import digits

if TYPE_CHECKING:
    from sayso.record import Anchor, Span

INDEX = "index.html"
SHORTEST = 12
"""Digits of a report's hash in the name of its page, where that is enough to tell it from the others."""


class BundleLinks:
    """The addresses of a bundle, for one of its pages; None for what is not in it.

    `led_to` gathers, for each report, the stretches that were asked for: its page has a place for each. `query` stands
    after the name of every page, for a preview that is served.
    """

    def __init__(self, reports: Iterable[str], incident: str | None = None, *, query: str = "", up: str = "") -> None:
        self.pages = names_of(reports)
        self.held, self.query, self.up = incident, query, up
        self.led_to: dict[str, set[Span]] = defaultdict(set)

    def report(self, report: str, *, span: Span | None = None, part: str | None = None) -> str | None:
        """A report, at a stretch of its text. Statements and events have no place of their own in a bundle."""
        whole = report.partition("#")[0]
        if whole not in self.pages:
            return None
        if span is not None:
            self.led_to[whole].add(span)
        return f"{self.up}{self.pages[whole]}{self.query}{f'#{place_of(span)}' if span is not None else ''}"

    def at(self, anchor: Anchor) -> str | None:
        """The stretch that an anchor names, in its report."""
        return self.report(anchor.report, span=anchor.span)

    def incident(self, incident: str) -> str | None:
        """The incident, where the bundle is of it."""
        return f"{self.up}{INDEX}{self.query}" if incident == self.held else None

    def trace(self, claim: str) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def beside(self, one: str, two: str) -> str | None:
        """Nothing: a bundle has no comparisons."""
        return None

    def decision(self, decision: str) -> str | None:
        """Nothing: what was ruled is told where it bears on something."""
        return None

    def source(self, speaker: str) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def person(self, speaker: str) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def place(self, place: str) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def place_at(self, anchor: Anchor) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def publisher(self, name: str) -> str | None:
        """Nothing: a bundle is of one thing."""
        return None

    def share_incident(self, incident: str) -> str | None:
        """Nothing."""
        return None

    def share_claim(self, claim: str) -> str | None:
        """Nothing."""
        return None

    def static(self, name: str) -> str | None:
        """Nothing: each page carries its style."""
        return None


def place_of(span: Span) -> str:
    """The name of a stretch in the page of its report.

    >>> from sayso.record import Span
    >>> place_of(Span(120, 180))
    'at-120-180'
    """
    return f"at-{span.start}-{span.end}"


def names_of(reports: Iterable[str]) -> dict[str, str]:
    """The page of each report: as many digits of the hash as tell all of them apart, twelve at least."""
    ids = sorted(set(reports))
    length = SHORTEST
    while len({digits(one)[:length] for one in ids}) < len(ids):
        length += 4
    return {one: f"reports/{digits(one)[:length]}.html" for one in ids}
