"""What each origin tells, side by side: who they are, their words, and the copies that repeat them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.accounts.origins import NO_SOURCE
from sayso.export.incident_matrix import letters
from sayso.record import Anchor

if TYPE_CHECKING:
    from sayso.export.pointing import About, Reports
    from sayso.record import Incident, Origin, Reason, Utterance

Speakers = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """One stretch that an origin's words stand in. `tells` where the event is told there, not only spoken of."""

    anchor: Anchor
    statuses: tuple[str, ...]
    claim: str | None  # what can be followed: "<report>#st3" or "<report>#ev1"

    @property
    def tells(self) -> bool:
        """Whether the event is told here."""
        return bool(self.statuses)


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that repeats an origin's words, how it was made of which other report, and the words as it has them."""

    about: About
    words: tuple[Words, ...]
    of: str | None  # the report that it is shown beside

    @property
    def how(self) -> str:
        """How it is a copy: exact, near, cut, reworded, half, translated; "original" where that is not known."""
        return self.about.how


@dataclass(frozen=True, slots=True)
class Told:
    """One origin's column."""

    origin: Origin
    letter: str
    status: str | None  # what the origin commits to; None where it gives no account
    words: tuple[Words, ...]
    copies: tuple[Copy, ...]
    reasons: tuple[Reason, ...]
    speaker: str | None = None  # the id of who speaks in the whole case
    denies: tuple[Anchor, ...] = ()  # what the same origin denies of it, in these words

    @property
    def is_copied(self) -> int:
        """How many reports repeat it."""
        return len(self.copies)


Unsourced = Told
"""A newsroom that tells it without a source has a column of the same shape, apart from those that are counted."""


def accounts(incident: Incident, reports: Reports, speakers: Speakers) -> tuple[Told, ...]:
    """A column an origin, in the order of their letters."""
    return tuple(_told(incident, reports, speakers, of=lambda origin: origin.basis != NO_SOURCE))


def unsourced(incident: Incident, reports: Reports, speakers: Speakers) -> tuple[Unsourced, ...]:
    """A column for each newsroom that does not say who told it."""
    return tuple(_told(incident, reports, speakers, of=lambda origin: origin.basis == NO_SOURCE))


def _told(incident: Incident, reports: Reports, speakers: Speakers, *, of: object) -> Iterator[Told]:
    marks = letters(incident)
    status = {account.origin: account.status for account in incident.accounts}
    for origin in incident.origins:
        if callable(of) and of(origin):
            own = [one for one in origin.utterances if not one.copied] or list(origin.utterances[:1])
            yield Told(
                origin,
                marks[origin.id],
                status.get(origin.id),
                tuple(_words(own)),
                tuple(_copies(origin, own, reports)),
                _once(origin.reasons),
                _speaker(origin, speakers),
                tuple(
                    dict.fromkeys(one.anchor for one in incident.denials if one.origin == origin.id and not one.copied)
                ),
            )


def _words(utterances: Iterable[Utterance]) -> Iterator[Words]:
    """Each stretch once, however many events are told in it; what tells the event before what speaks of it."""
    met: dict[Anchor, list[Utterance]] = {}
    for one in utterances:
        met.setdefault(one.anchor, []).append(one)
    found = [Words(anchor, _statuses(several), _claim(several)) for anchor, several in met.items()]
    yield from sorted(found, key=lambda one: not one.tells)


def _statuses(utterances: Sequence[Utterance]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.status for one in utterances if one.status))


def _claim(utterances: Sequence[Utterance]) -> str | None:
    for one in utterances:
        part = one.saying.statement if one.saying is not None else one.event
        if part is not None:
            return f"{one.anchor.report}#{part}"
    return None


def _copies(origin: Origin, own: Sequence[Utterance], reports: Reports) -> Iterator[Copy]:
    """Reports that repeat an origin's words, in the order of their days."""
    told = {one.anchor.report for one in own}
    repeated: dict[str, list[Utterance]] = {}
    for one in origin.utterances:
        if one.copied and one.anchor.report not in told:
            repeated.setdefault(one.anchor.report, []).append(one)
    for report in sorted(repeated, key=lambda one: (reports.about(one).published.earliest or "9999", one)):
        about = reports.about(report)
        yield Copy(about, tuple(_words(repeated[report])), about.of or _only(told))


def _only(told: set[str]) -> str | None:
    return next(iter(told)) if len(told) == 1 else None


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(dict.fromkeys(reasons), key=lambda one: one.speaks_for))


def _speaker(origin: Origin, speakers: Speakers) -> str | None:
    for one in origin.utterances:
        if one.saying is not None:
            found = speakers.get((one.anchor.report, one.saying.speaker.source))
            if found is not None:
                return found
    return None
