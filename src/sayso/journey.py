"""The journey: the stages in order, each a verb from nouns to a noun; of one report first, then of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sayso import __version__, copies, drift, events, grounding, reading, statements
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Parser
from sayso.models.tagging import Tagger
from sayso.record import (
    Aligned,
    Anchor,
    Check,
    Comparison,
    Event,
    Explained,
    Given,
    Grounds,
    Page,
    Reading,
    Report,
    Span,
    Spoken,
)


@dataclass(frozen=True, slots=True)
class Lent:
    """What the journey lends its stages: rows, and for each language it can read a parser and, if wanted, a tagger."""

    knowledge: Knowledge
    parsers: dict[str, Parser]
    taggers: dict[str, Tagger] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Travel:
    """A page on its way: what each stage has added so far."""

    page: Page
    parse: Parse
    rows: Knowledge
    tagger: Tagger | None = None
    grounds: Grounds = field(default_factory=Grounds)
    spoken: Spoken = field(default_factory=Spoken)
    events: tuple[Event, ...] = ()
    checks: tuple[Check, ...] = ()
    explained: Explained | None = None


def _ground(on: Travel) -> Travel:
    return replace(on, grounds=grounding.ground(on.page, on.parse, on.rows))


def _hear(on: Travel) -> Travel:
    spoken = statements.find_statements(on.page, on.parse, on.grounds, on.rows, on.tagger)
    return replace(on, grounds=grounding.with_utterances(on.page, on.parse, on.grounds, spoken, on.rows), spoken=spoken)


def _tell(on: Travel) -> Travel:
    happened = events.find_events(on.page, on.parse, on.grounds, on.spoken, on.rows)
    grounds = events.with_moments_tied(on.page, on.grounds, happened)
    return replace(on, grounds=grounds, events=happened, spoken=events.with_events_covered(on.spoken, happened))


def _check(on: Travel) -> Travel:
    found = grounding.check(on.page, on.grounds, on.rows)
    return replace(on, checks=found + events.unattributed(on.page, on.parse, on.spoken, on.events, on.rows))


def _explain(on: Travel) -> Travel:
    told = events.explain(on.page, on.parse, on.grounds, on.spoken, on.events, on.rows)
    return replace(on, explained=told)


STAGES: tuple[Callable[[Travel], Travel], ...] = (_ground, _hear, _tell, _check)
"""What each page goes through, in order: places, times, numbers and people; statements; events; checks."""


def read_report(report: Report, given: Given, lent: Lent, *, explain: bool = False) -> Reading:
    """Take one sealed report through stages 2 to 5, and with `explain` say why there are events and why none.

    A language nobody here can parse is read as far as language-free stages go, with a problem that says so.
    """
    page = reading.read_page(report, given, lent.knowledge)
    parser = lent.parsers.get(page.language)
    on = Travel(page, parser.parse(page) if parser else Parse(), lent.knowledge, lent.taggers.get(page.language))
    for stage in (*STAGES, _explain) if explain else STAGES:
        on = stage(on)
    return Reading(
        sayso=__version__,
        page=page,
        grounds=on.grounds,
        sources=on.spoken.sources,
        statements=on.spoken.statements,
        events=on.events,
        quotations=on.spoken.quotations,
        checks=on.checks,
        problems=report.problems + page.problems,
        explained=on.explained,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """Two readings beside each other: how alike they are, which was made of which, which sentences tell the same."""

    here: Reading
    there: Reading
    likeness: copies.Likeness
    way: copies.Direction
    pairs: tuple[tuple[Span, Span], ...]

    @property
    def wording(self) -> dict[tuple[Span, Span], str]:
        """How alike the words of each pair are that a copied stretch has."""
        return {pair: segment.wording for segment in self.likeness.segments for pair in segment.pairs}


def set_beside(
    here: Reading, there: Reading, *, ours: copies.Print | None = None, theirs: copies.Print | None = None
) -> Beside:
    """Set one report beside another, as `ours` and `theirs`, their prints where they are at hand, show them alike."""
    ours, theirs = ours or copies.fingerprint(here), theirs or copies.fingerprint(there)
    likeness = copies.compare(ours, theirs)
    known = [pair for segment in likeness.segments for pair in segment.pairs]
    return Beside(here, there, likeness, copies.direction(ours, theirs, likeness), drift.paired(here, there, known))


def compare_readings(here: Reading, there: Reading, rows: Knowledge) -> Comparison:
    """Two reports side by side: the stretches that tell the same, what changed in them, and what each has alone.

    Changes are told as from here to there; `direction` says which was made of which, as far as that can be known.
    """
    return compare_beside(set_beside(here, there), rows)


def compare_beside(both: Beside, rows: Knowledge) -> Comparison:
    """The same for two readings that were set beside each other."""
    here, there, wording = both.here, both.there, both.wording
    ways = {None: "unknown", here.page.report.id: "here_to_there", there.page.report.id: "there_to_here"}
    return Comparison(
        here=here.page.report.id,
        there=there.page.report.id,
        direction=ways[both.way.of],
        direction_reasons=(*both.likeness.reasons, *both.way.reasons),
        aligned=tuple(
            Aligned(_anchor(here, one), _anchor(there, two), wording.get((one, two), "near")) for one, two in both.pairs
        ),
        changes=drift.changes(here, there, both.pairs, rows),
        only_here=_alone(here, {one for one, _ in both.pairs}),
        only_there=_alone(there, {two for _, two in both.pairs}),
    )


def _anchor(reading: Reading, span: Span) -> Anchor:
    return Anchor(reading.page.report.id, span, reading.page.report.text[span.start : span.end])


def _alone(reading: Reading, paired: set[Span]) -> tuple[Anchor, ...]:
    return tuple(_anchor(reading, span) for span in reading.page.sentences if span not in paired)
