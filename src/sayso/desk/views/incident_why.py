"""Why the events of an incident are taken for one, what it is made of, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export.incident_page import few_of_each
from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.export.pointing import About, Reports
    from sayso.record import Incident, Origin, Reason, Teller, Telling

Speakers = Mapping[tuple[str, str], str]
OF_POSITION = re.compile(r"For whom do they speak: (?P<names>.+)\?")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument with the stretches compared. `is_folded`: others of its sort are shown before it."""

    reason: Reason
    is_folded: bool = False

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The stretches compared."""
        return tuple(one for one in (self.reason.here, self.reason.there) if one is not None)


@dataclass(frozen=True, slots=True)
class Part:
    """One event that a report tells: its id, what it is told to be, the sentence, and doubts in reading it."""

    id: str  # "<report>#ev1"
    kind: str
    status: str
    anchor: Anchor
    doubts: tuple[str, ...]
    tellers: tuple[tuple[str | None, str], ...]  # who tells it, and as what; None is the newsroom


@dataclass(frozen=True, slots=True)
class Held:
    """A report with the events that it adds. `about.of` names what it is a copy of."""

    about: About
    parts: tuple[Part, ...]
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """A report and its copies. No head: copies of which it is not known what they copy."""

    head: Held | None
    copies: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An open question, and what a person can do: rule of a speaker, look at a sentence, look for other origins."""

    says: str
    rule: tuple[tuple[str, str], ...] = ()  # names and ids of speakers of whom a person can rule
    anchor: Anchor | None = None
    words: str | None = None  # to search for
    at: str | None = None  # a part of this page
    place: Anchor | None = None  # the words that name a place which a person can locate


def arguments(incident: Incident) -> tuple[Argument, ...]:
    """What speaks against it, then what speaks for it; more than a few of one sort are folded."""
    first = set(map(id, few_of_each(incident.reasons)))
    ordered = sorted(incident.reasons, key=lambda one: one.speaks_for)
    return tuple(Argument(one, id(one) not in first) for one in ordered)


def held(incident: Incident, reports: Reports) -> tuple[Held, ...]:
    """The reports in the order of their days, each with its events; a copy stands beneath what it copies."""
    ids = list(dict.fromkeys(one.report for one in incident.tellings))
    found = {one: _held(incident, one, reports) for one in ids}
    heads = {one: _head(one, found) for one in ids}
    days = {one: (reports.about(one).published.earliest or "9999", one) for one in ids}
    ordered = sorted(ids, key=lambda one: (days[heads[one]], heads[one], one != heads[one], days[one]))
    return tuple(found[one] for one in ordered)


def _held(incident: Incident, report: str, reports: Reports) -> Held:
    about = reports.about(report)
    parts = [
        Part(
            f"{one.report}#{one.event}",
            one.kind,
            one.status,
            Anchor(one.report, one.sentence.span, one.sentence.words),
            one.doubts,
            tuple(dict.fromkeys((teller_named(one, teller), teller.status) for teller in one.tellers)),
        )
        for one in incident.tellings
        if one.report == report
    ]
    return Held(about, tuple(parts), about.of is not None or _is_copied(incident, report))


def _is_copied(incident: Incident, report: str) -> bool:
    """Whether all that is told in a report is told as a copy of what stands elsewhere."""
    told = [one.copied for origin in incident.origins for one in origin.utterances if one.anchor.report == report]
    return bool(told) and all(told)


def folded(shown: Sequence[Held]) -> tuple[Folded, ...]:
    """Reports with their copies beneath them; last, without a head, copies of which nobody knows what they copy."""
    copies: dict[str | None, list[Held]] = {held.about.id: [] for held in shown if not held.is_copy}
    found = {one.about.id: one for one in shown}
    for one in shown:
        if one.is_copy:
            head = _head(one.about.id, found)
            copies.setdefault(head if head in copies else None, []).append(one)
    return tuple(Folded(found.get(head or ""), tuple(several)) for head, several in copies.items())


def teller_named(telling: Telling, teller: Teller) -> str | None:
    """Who tells it: who is quoted, else in whose own voice the report speaks; None where nobody is named."""
    if teller.saying is not None:
        return teller.saying.speaker.name
    return telling.voice.name if telling.voice is not None else telling.publisher


def staying(shown: Sequence[Held], ticked: Collection[str]) -> str | None:
    """The event that stands for the incident where some are ruled to be not of it; None where all are.

    One of a report that copies none of theirs, and that none of theirs copies, if there is one.
    """
    going = {part.id for held in shown for part in held.parts} & set(ticked)
    found = {one.about.id: one for one in shown}
    heads = {_head(held.about.id, found) for held in shown for part in held.parts if part.id in going}
    left = [(held, part) for held in shown for part in held.parts if part.id not in going]
    left.sort(key=lambda pair: (_head(pair[0].about.id, found) in heads, pair[0].is_copy))
    return left[0][1].id if left else None


def _head(report: str, found: Mapping[str, Held]) -> str:
    met = {report}
    of = found[report].about.of
    while of is not None and of in found and of not in met:
        report, of = of, found[of].about.of
        met.add(report)
    return report


# What would change it


def changes(incident: Incident, speakers: Speakers) -> tuple[Change, ...]:
    """Every open question, with what a person can do about it, where that is known."""
    return tuple(_change(incident, says, speakers) for says in incident.open_questions)


def _change(incident: Incident, says: str, speakers: Speakers) -> Change:
    of_position = OF_POSITION.fullmatch(says)
    if of_position is not None:
        names = of_position["names"].split(", ")
        return Change(says, rule=tuple(_speakers(incident, names, speakers)))
    anchor = _place_of(incident, says)
    if anchor is not None:
        return Change(says, anchor=anchor, place=anchor if says.startswith("The place") else None)
    if says.startswith(("It has one origin", "All its origins", "Nobody who tells")):
        return Change(says, words=_to_search(incident))
    if says.startswith("Figures differ"):
        return Change(says, at="figures")
    if says.startswith("What was told could not be verified"):
        return Change(says, at="could_not_verify")
    silence = next((one for one in incident.silences if says.startswith(f"{one.speaker} ")), None)
    return Change(says, anchor=silence.anchor if silence is not None else None)


def _speakers(incident: Incident, names: list[str], speakers: Speakers) -> Iterator[tuple[str, str]]:
    for origin in incident.origins:
        if origin.name in names and origin.position == "unknown":
            found = _speaker_of(origin, speakers)
            if found is not None:
                names.remove(origin.name)
                yield origin.name, found


def _speaker_of(origin: Origin, speakers: Speakers) -> str | None:
    told = (one for one in origin.utterances if one.saying is not None)
    ids = (speakers.get((one.anchor.report, one.saying.speaker.source)) for one in told if one.saying is not None)
    return next((one for one in ids if one is not None), None)


def _place_of(incident: Incident, says: str) -> Anchor | None:
    """The words that name the place that no map has, or the first sentence where a day or a place is not told."""
    if says.startswith("The place") and incident.where is not None and incident.where.said is not None:
        for telling in incident.tellings:
            if incident.where in telling.places:
                return Anchor(telling.report, incident.where.said.span, incident.where.said.words)
    if says.startswith("No telling says") and incident.tellings:
        first = incident.tellings[0]
        return Anchor(first.report, first.sentence.span, first.sentence.words)
    return None


def _to_search(incident: Incident) -> str | None:
    """Words that other reports of it would hold: where it was and what was done."""
    first = incident.tellings[0] if incident.tellings else None
    if first is None:
        return None
    place = incident.where.name if incident.where is not None else ""
    return f"{place} {first.trigger.words}".strip()
