"""How words of a report are cited: who says them by what act, where they were published, and where the seal has them.

What is copied leaves the desk, so it is without the names and words of private persons, as everything is that does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.desk.links import digits
from sayso.desk.sharing.recounting import shortened
from sayso.ledger.asking.private import MASK, NOBODY, hidden_in, without
from sayso.record import Anchor, Span

if TYPE_CHECKING:
    from sayso.export.pointing import Reports
    from sayso.ledger.asking.answers import ReportPage
    from sayso.ledger.case import Case


@dataclass(frozen=True, slots=True)
class Citing:
    """A report as it may be cited: its text and its title without private persons, and the statements of theirs."""

    report: str
    text: str
    title: str | None
    publisher: str | None
    published: str
    private: frozenset[str]  # ids of statements whose speakers are withheld

    @property
    def itself(self) -> str:
        """The report: "Rivermark, “Market hit”, Tue 12 March 2024; SHA-256 e8770d28…"."""
        return f"{self._named}; SHA-256 {digits(self.report)}"

    @property
    def _named(self) -> str:
        title = f"“{self.title}”" if self.title else ""
        return ", ".join(one for one in (self.publisher, title, self.published) if one)

    def words(self, *spans: Span) -> str:
        """Words of it, and where they stand: "“Nobody was hurt” – Rivermark, …; characters 120 to 180 of SHA-256 …".

        Where something of them is withheld, their place would tell how long it is, and is not given.
        """
        told = " … ".join(" ".join(shortened(self.text[one.start : one.end]).split()) for one in spans)
        if MASK in told:
            return f"“{told}” – {self.itself}"
        at = f"characters {spans[0].start} to {spans[-1].end} of SHA-256 {digits(self.report)}"
        return f"“{told}” – {self._named}; {at}"

    def said(self, part: str, who: str, act: str, *spans: Span) -> str:
        """The same with who says it, by what act: "Marit Osk denies: “…”"."""
        return f"{NOBODY if part in self.private else who} {act}: {self.words(*spans)}"


def citing(case: Case, found: ReportPage, reports: Reports) -> Citing:
    """How a report is cited. Its words are looked at once, however many of them are."""
    row, reading = found.row, found.reading
    with case.reading() as connection:
        hidden = hidden_in(connection, [row.id])
    text = reading.page.report.text
    about = reports.about(row.id)
    return Citing(
        row.id,
        without(Anchor(row.id, Span(0, len(text)), text), hidden).words,
        shortened(without(row.title, hidden)) if row.title else None,
        about.publisher,
        about.day,
        frozenset(one.id for one in reading.statements if (row.id, one.source) in hidden.sources),
    )
