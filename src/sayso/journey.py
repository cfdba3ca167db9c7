"""The journey of a report: the stages in order, each a verb from nouns to a noun."""

from __future__ import annotations

from dataclasses import dataclass

from sayso import events, grounding, reading, statements
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Parser
from sayso.record import Event, Given, Grounds, Page, Reading, Report, Spoken

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Lent:
    """What the journey lends its stages: rows, and a parser for each language it can parse."""

    knowledge: Knowledge
    parsers: dict[str, Parser]


def read_report(report: Report, given: Given, lent: Lent) -> Reading:
    """Take one sealed report through stages 2 to 5.

    A language nobody here can parse is read as far as language-free stages go, with a problem that says so.
    """
    rows = lent.knowledge
    page = reading.read_page(report, given, rows)
    parser = lent.parsers.get(page.language)
    parse = parser.parse(page) if parser else Parse()
    grounds = grounding.ground(page, parse, rows)
    spoken = statements.find_statements(page, parse, grounds, rows)
    happened = events.find_events(page, parse, grounds, spoken, rows)
    return _reading(page, grounds, spoken, happened, parse, rows)


def _reading(
    page: Page, grounds: Grounds, spoken: Spoken, happened: tuple[Event, ...], parse: Parse, rows: Knowledge
) -> Reading:
    checks = grounding.check(page, grounds, rows) + events.unattributed(page, parse, spoken, happened, rows)
    return Reading(
        sayso=VERSION,
        page=page,
        grounds=grounds,
        sources=spoken.sources,
        statements=spoken.statements,
        events=happened,
        quotations=spoken.quotations,
        checks=checks,
        problems=page.report.problems + page.problems,
    )
