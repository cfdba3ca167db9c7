"""What a case answers with: rows of lists, and pages of one thing with all that belongs to it.

Frozen, without verbs. Times are ISO strings, half-open; spans are in code points of the report's text unless said.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import (
    Anchor,
    Correction,
    Counter,
    Custody,
    Decision,
    Event,
    Family,
    HeadlinePart,
    Incident,
    Problem,
    Published,
    Reading,
    Saying,
    Span,
    Statement,
    Telling,
)

Tally = tuple[tuple[str, int], ...]
"""Names and how often each is met, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an id means now. `moved` tells the way there, where the id that was asked for is no more."""

    id: str
    kind: str  # report | incident | family | speaker | place | decision
    part: str | None = None  # "st3", "ev1": what of the report
    moved: str | None = None  # "inc-… is now inc-…"


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as it stands in a list."""

    id: str
    kind: str
    headline: tuple[HeadlinePart, ...]
    counter: Counter | None  # None until the incident is drawn
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    region: str | None
    earliest: str | None
    latest: str | None
    did_not_happen: bool
    reports: int
    origins: int
    denials: int
    stale: bool = False  # more is known of it, or less, than this row shows


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident whole, with the families that its reports' copies were found by and what people ruled of it.

    `decisions` are about it, its reports, its events and the statements that tell or touch them; `rejected` are events
    that were taken for it and that a person rejected, as they were read: they tell nothing here.
    """

    incident: Incident
    families: tuple[Family, ...]
    reports: tuple[ReportRow, ...]
    decisions: tuple[Decision, ...] = ()
    moved: str | None = None
    rejected: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it stands in a list."""

    id: str
    title: str | None
    publisher: str | None
    published: Published
    url: str | None
    language: str
    words: int
    added_at: str
    statements: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class ReadingVersion:
    """One reading that is kept of a report."""

    version: str
    sayso: str
    read_at: str
    current: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another report that is this one again in some way: of the same address, or with the same text."""

    report: ReportRow
    how: str  # same_url | same_text


@dataclass(frozen=True, slots=True)
class RuledPart:
    """What one decision says of one statement or event of a report. A part can have several: each with its fields.

    `changes` tell of a correction what stood before and what stands now; `statement` or `event` is the part as it was
    read, None for one that a person added.
    """

    part: str  # "st3", "ev1"; "st-…" for a statement that a person added
    standing: str  # accepted | rejected | corrected | added
    decision: str
    who: str
    at: str
    why: str
    changes: tuple[Correction, ...] = ()
    statement: Statement | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report whole: its reading as people corrected it, where it came from, and what it has to do with others.

    `ruled` names the parts that people ruled of, with what was read before; a part that was rejected is still there.
    """

    row: ReportRow
    reading: Reading
    custody: tuple[Custody, ...]
    families: tuple[Family, ...]
    incidents: tuple[IncidentRow, ...]
    problems: tuple[Problem, ...]
    readings: tuple[ReadingVersion, ...]
    related: tuple[Related, ...]
    queued: tuple[str, ...] = ()  # what waits for a person
    decisions: tuple[Decision, ...] = ()
    moved: str | None = None
    ruled: tuple[RuledPart, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who speaks, as they stand in a list."""

    id: str
    name: str
    naming: str
    role: str | None
    party: str | None
    private: bool
    statements: int
    reports: int


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a speaker, where it stands, and how it got there."""

    report: str
    statement: str
    saying: Saying
    publisher: str | None
    published: Published
    title: str | None
    relayed: bool  # told by somebody else in the report
    copied: bool  # the report, at this stretch, is a copy of another
    ruled: str | None = None  # accepted | rejected | corrected | added


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Somebody who speaks, with what they said, through what, and where it was printed."""

    row: SpeakerRow
    spellings: tuple[str, ...]
    parties: Tally
    roles: Tally
    acts: Tally
    channels: Tally
    publishers: Tally
    first_hand: int  # statements that no one else in the report tells, in a stretch that is no copy
    relayed: int
    copied: int
    said: tuple[Said, ...]
    more: bool  # there are statements after these
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class MatchedStatement:
    """A statement that a sentence found holds, whole or in part."""

    statement: str
    speaker: str
    speaker_id: str
    act: str
    silence: str | None
    party: str | None
    private: bool
    ruled: str | None = None  # accepted | rejected | corrected | added


@dataclass(frozen=True, slots=True)
class MatchedEvent:
    """An event that a sentence found tells."""

    event: str
    kind: str
    status: str
    incident: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found. `matches` are offsets into `words`; `key` is where to go on after it."""

    report: str
    sentence: int  # its number in the report; -1 is the title
    span: Span
    words: str
    matches: tuple[Span, ...]
    title: str | None
    publisher: str | None
    published: Published
    statements: tuple[MatchedStatement, ...]
    events: tuple[MatchedEvent, ...]
    key: int


@dataclass(frozen=True, slots=True)
class Week:
    """How many reports a publisher has in one week. `monday` is its first day."""

    monday: str
    reports: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Weeks in a row without a report of a publisher that has reports before and after."""

    first: str  # Monday of the first empty week
    last: str  # Monday of the last empty week
    weeks: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a case holds of one publisher over time. Silence where there is a gap is no sign of peace."""

    publisher: str | None  # None: reports that name no publisher
    reports: int
    first: str | None
    last: str | None
    undated: int
    weeks: tuple[Week, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """What a case is and holds."""

    folder: str
    database: str  # sqlite | postgresql
    facts: tuple[tuple[str, str], ...]
    counts: Tally
    first: str | None  # the earliest day that a report is known to be of
    last: str | None
    dated_by: Tally  # how the dates of reports are known
    media_types: Tally
    languages: Tally
    added_by: Tally
    failures: Tally
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Identical:
    """A statement of another report that is the same telling's and says the same."""

    about: str  # "<report>#st3", as it is ruled of
    report: ReportRow
    statement: str  # "st3"
    speaker: str  # as read there
    act: str
    sentence: Anchor  # where it stands there
    words: tuple[Anchor, ...]  # what is said
    exactly: bool  # whether the sentence is the same, letter by letter
    standing: str | None = None  # what was ruled of it already: accepted | rejected | corrected


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """One thing that a decision is about, as it stands now."""

    about: str  # an id
    kind: str  # report | statement | event | incident | speaker | place
    report: ReportRow | None = None
    words: Anchor | None = None  # of a statement or event: its sentence
    headline: IncidentRow | None = None
    speaker: SpeakerRow | None = None
    place: PlaceName | None = None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place by its id and one of its names."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it stands in a list. `lost`: it rests on words that are not there any more, and has no effect."""

    decision: Decision
    standing: str  # stands | withdrawn | lost
    reports: tuple[ReportRow, ...] = ()  # those that it is about or rests on, the first few


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision whole: what it is about, before and after, and its rows of the audit."""

    row: DecisionRow
    parts: tuple[DecidedPart, ...]
    incidents: tuple[IncidentRow, ...]  # those that it bears on
    audit: tuple[AuditRow, ...]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the audit. `decision` is what was ruled or withdrawn by it, with before and after."""

    seq: int
    at: str
    who: str
    what: str  # made | added | found_again | read | decided | withdrew | erased | …
    about: str
    body: str  # JSON: ids, hashes and counts, never words
    previous: str
    hash: str
    decision: Decision | None = None
