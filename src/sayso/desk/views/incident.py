"""What the page of an incident shows: the nouns of one incident, put in the order in which a person reads them.

Pure. The desk and the bundle that is shared fill the same templates with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.accounts.known import known
from sayso.desk.views.incident_accounts import Told, Unsourced, accounts, unsourced
from sayso.desk.views.incident_figures import Chart, charts
from sayso.desk.views.incident_matrix import Question, questions
from sayso.desk.views.incident_top import Kind, Tile, TimeBar, anchor_of, kinds, tiles, time_bar
from sayso.desk.views.incident_touching import Lane, NotTold, lanes, not_told_as_happened
from sayso.desk.views.incident_why import Argument, Change, Folded, Held, arguments, changes, folded, held
from sayso.export.incident_matrix import letters
from sayso.knowledge import ours
from sayso.ledger.asking.private import PERSONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sayso.export.pointing import Reports
    from sayso.ledger.asking.answers import IncidentPage
    from sayso.record import Anchor, Incident, Origin


@dataclass(frozen=True)
class Known:
    """What the case knows beside the incident. All of it may be left out.

    `speakers` are ids by a report and a source in it, `parties` names by their codes; `private` are sources, by report,
    whose names and words are withheld in what leaves the case; `told_in` are incidents by the events ruled of.
    """

    speakers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    private: Collection[tuple[str, str]] = ()
    told_in: Mapping[str, str] = field(default_factory=dict)


NOTHING = Known()


@dataclass(frozen=True)
class Shown:
    """An incident as its page shows it."""

    page: IncidentPage
    reports: Reports
    known: Known = NOTHING

    def is_withheld(self, origin: Origin) -> bool:
        """Whether an origin's name and words are withheld in what leaves the case."""
        said = ((one.anchor.report, one.saying.speaker.source) for one in origin.utterances if one.saying is not None)
        is_person = origin.naming in PERSONS  # a group is withheld nowhere: its words lead to nobody
        return is_person and (origin.private or any(pair in self.known.private for pair in said))

    @property
    def is_empty(self) -> bool:
        """Whether everything that told it was rejected, so that nobody tells it any more."""
        return bool(self.page.rejected) and not self.incident.origins

    def party(self, code: str) -> str:
        """A party by its name; by its id in plain words where nothing names it."""
        told = self.known.parties.get(code) or known(ours()).names.get(code)
        return told or (code if code.isupper() else code.replace("_", " ").capitalize())

    @property
    def incident(self) -> Incident:
        """The incident itself."""
        return self.page.incident

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter that stands for each origin, by its id."""
        return letters(self.incident)

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Origins by their ids."""
        return {origin.id: origin for origin in self.incident.origins}

    @cached_property
    def names(self) -> dict[str, str]:
        """Who stands behind each letter."""
        return {self.letters[origin.id]: origin.name for origin in self.incident.origins}

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """What it is told to have been, with the codes of two event lists, the most told first."""
        return kinds(self.incident)

    @cached_property
    def coded(self) -> tuple[tuple[str, tuple[Kind, ...]], ...]:
        """The same by their codes, so that these are told once."""
        by_codes: dict[str, list[Kind]] = {}
        for one in self.kinds:
            by_codes.setdefault(one.codes, []).append(one)
        return tuple((codes, tuple(several)) for codes, several in by_codes.items())

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        """Who and what is counted. Never one number for all."""
        return tiles(self.incident)

    @cached_property
    def time_bar(self) -> TimeBar | None:
        """When it is told to have been, with its doubt, as a bar."""
        return time_bar(self.incident.when)

    @cached_property
    def when_said(self) -> Anchor | None:
        """The words that say when."""
        return anchor_of(self.incident, self.incident.when)

    @cached_property
    def where_said(self) -> Anchor | None:
        """The words that say where."""
        return anchor_of(self.incident, self.incident.where)

    @cached_property
    def accounts(self) -> tuple[Told, ...]:
        """What each origin tells, a column each."""
        return accounts(self.incident, self.reports, self.known.speakers)

    @cached_property
    def unsourced(self) -> tuple[Unsourced, ...]:
        """Newsrooms that tell it and do not say who told them. They are no origins, and are not counted."""
        return unsourced(self.incident, self.reports, self.known.speakers)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Questions by origins: who agrees, differs, denies."""
        return questions(self.incident)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """Figures over time, a chart for each thing that is counted."""
        return charts(self.incident)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Denials, specific ones apart from general ones; what could not be verified; silences."""
        return lanes(self.incident, self.reports)

    @cached_property
    def not_told_as_happened(self) -> tuple[NotTold, ...]:
        """What is threatened, planned or feared, or told not to have come."""
        return not_told_as_happened(self.incident)

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """Why its events are taken for one: what speaks against it first."""
        return arguments(self.incident)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The tellings it is made of, copies beneath what they copy."""
        return held(self.incident, self.reports)

    @cached_property
    def folded(self) -> tuple[Folded, ...]:
        """The same reports, copies folded beneath what they copy."""
        return folded(self.held)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would change it, each with what a person can do about it."""
        return changes(self.incident, self.known.speakers)


def shown(page: IncidentPage, reports: Reports, besides: Known = NOTHING) -> Shown:
    """What the page of an incident shows. Nothing is worked out before it is asked for."""
    return Shown(page, reports, besides)
