"""The nouns of many reports: custody, families, tellings, origins, incidents, accounts, decisions.

A noun here points into more than one report, so a stretch carries its report with it (`Anchor`), and the words of
the stretch where the text is not at hand (`Quoted`). Times are ISO strings, half-open, as in a single reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.record.one import Published, Quantity, Span

HOWS = ("original", "exact", "near", "cut", "reworded", "half", "translated")
POSITIONS = ("party", "witness", "outside", "newsroom", "relay", "unknown")
VERDICTS = ("agrees", "differs", "denies", "could_not_verify", "silent")
FIELDS = ("whether", "what", "when", "where", "by_whom", "to_whom", "with_what", "how_many")
RULINGS = (
    "same_incident", "different_incident", "copy", "independent", "accept", "reject", "correct", "speaks_for",
    "same_speaker", "different_speaker", "position", "show_private", "add_statement", "locate",
)  # fmt: skip
CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    "statement": ("speaker", "act", "channel", "words", "when", "where"),
    "event": ("status", "kind", "when", "where", "how_many"),
}
"""What of a statement and of an event people can correct."""
STANDINGS = ("accepted", "rejected", "corrected", "added")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of one report and the words that stand there."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of one of many reports, with its words."""

    report: str
    span: Span
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A named argument for a conclusion, or against it, with the two stretches compared where it has them."""

    name: str
    speaks_for: bool
    says: str
    here: Anchor | None = None
    there: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """How one sealed original came into the case: when, from where, by whom, with what."""

    at: str  # ISO date-time, UTC
    by: str | None  # the person or account that added it
    using: str  # the program and its version
    path: str | None = None
    url: str | None = None
    container: str | None = None  # "sha256:…" of the archive, mail or feed that it came in
    locator: str | None = None  # where in the container


# Families


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch of one report that is this telling, how it was made, and of which report if that is known."""

    report: str
    span: Span
    how: str  # one of HOWS
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Stretches of reports that are one telling."""

    id: str
    members: tuple[Member, ...]
    reasons: tuple[Reason, ...] = ()


# One report's telling of one event, with all that is needed to compare it without the report


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in one report, as that report has them."""

    source: str  # id of the Source in its reading
    name: str
    naming: str
    plural: bool = False
    role: str | None = None
    party: str | None = None
    private: bool = False
    also: tuple[str, ...] = ()
    who: Quoted | None = None  # the words that name them at this statement
    party_words: str | None = None  # the report's words that say for which side they speak


@dataclass(frozen=True, slots=True)
class Through:
    """One thing the words came through."""

    kind: str
    name: str | None


@dataclass(frozen=True, slots=True)
class When:
    """A time with its doubt, and where the text says it. Unknown ends are None."""

    earliest: str | None
    latest: str | None
    granularity: str = "vague"
    said: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place with its doubt, and where the text says it."""

    name: str
    level: str
    role: str = "at"  # at | from | to
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    region: str | None = None
    inside: tuple[str, ...] = ()  # names of what it lies in, as the text has them
    said: Quoted | None = None
    placed_by: str | None = None  # the decision by which a person located it


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement of a report, carried without the report: who, by what act, through what, when, the words."""

    statement: str  # id in its reading
    speaker: Speaker
    act: str
    silence: str | None = None
    reach: str | None = None  # specific | general
    quotation: str = "none"
    via: tuple[Through, ...] = ()
    relayed_by: tuple[Speaker, ...] = ()  # from the speaker outward: who says that they said it
    when: When | None = None
    words: tuple[Quoted, ...] = ()
    cue: Quoted | None = None
    hedges: tuple[Quoted, ...] = ()
    sentence: Quoted | None = None  # where it stands
    covers: tuple[str, ...] = ()  # ids in its reading of what a denial, a doubt or a silence is about


@dataclass(frozen=True, slots=True)
class Teller:
    """One teller of an event. `saying` None is the newsroom's own voice."""

    saying: Saying | None
    status: str


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody or something in an event as told."""

    said: Quoted
    name: str | None = None
    party: str | None = None
    group: str | None = None
    inferred: bool = False
    told: tuple[str, ...] = ()  # statements that tell it; empty where the newsroom does


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of what, with its doubt."""

    of: str  # killed | wounded | graves …: what is counted
    quantity: Quantity
    said: Quoted
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of one event."""

    report: str
    event: str  # id in its reading
    kind: str
    plover: str | None
    acled: str | None
    trigger: Quoted
    sentence: Quoted
    status: str
    background: bool = False
    tellers: tuple[Teller, ...] = ()
    touched_by: tuple[Saying, ...] = ()  # denials, "could not verify", silences that cover it or its tellers
    agents: tuple[Involved, ...] = ()
    targets: tuple[Involved, ...] = ()
    weapons: tuple[Quoted, ...] = ()
    places: tuple[Where, ...] = ()
    when: When | None = None
    figures: tuple[Figure, ...] = ()
    doubts: tuple[str, ...] = ()
    published: Published | None = None
    publisher: str | None = None
    agencies: tuple[str, ...] = ()  # credited with the text: whose newsroom it is where no publisher is named
    voice: Speaker | None = None  # who speaks where the report speaks in its own voice
    dateline: Where | None = None  # where the report was filed; never the event's place by itself
    about: tuple[Saying, ...] = ()  # statements that speak of the event without telling it anew


# Incidents


@dataclass(frozen=True, slots=True)
class Utterance:
    """One place in one report where an origin's words are given."""

    anchor: Anchor  # the sentence
    event: str | None  # id of the event told there
    saying: Saying | None  # None: the newsroom's own voice
    status: str
    copied: bool = False  # the report is a copy of another member of the incident


@dataclass(frozen=True, slots=True)
class Origin:
    """Where knowledge entered: a speaker's utterance, or a newsroom's own eyes, with every place that repeats it."""

    id: str
    name: str
    naming: str
    position: str  # one of POSITIONS
    party: str | None = None
    basis: str | None = None  # why this position: the row, the text's words, or who ruled
    role: str | None = None
    private: bool = False
    via: tuple[Through, ...] = ()
    when: When | None = None
    utterances: tuple[Utterance, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that an account gives for one field, and where. `value` is for comparing, `anchor` for reading."""

    field: str  # one of FIELDS
    says: str
    anchor: Anchor
    of: str | None = None  # for how_many: what is counted
    when: When | None = None
    where: Where | None = None
    quantity: Quantity | None = None
    party: str | None = None
    at: str | None = None  # when it was said, as ISO, if known
    superseded: bool = False  # the same origin gave a later figure


@dataclass(frozen=True, slots=True)
class Account:
    """One origin's version of an incident."""

    origin: str
    status: str  # what the origin commits to: happened, denied, planned, …
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """How one account stands to the others on one field, with every stretch that shows it."""

    field: str
    of: str | None  # for how_many: what is counted
    origin: str
    verdict: str  # one of VERDICTS
    says: str
    anchors: tuple[Anchor, ...] = ()
    against: tuple[str, ...] = ()  # origins that it differs from, or denies


@dataclass(frozen=True, slots=True)
class Touching:
    """A denial, a caveat or a silence that reaches an incident."""

    kind: str  # denies | could_not_verify | no_comment | retracts
    speaker: str
    party: str | None
    reach: str | None  # specific | general
    silence: str | None
    anchor: Anchor
    origin: str | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class HeadlinePart:
    """A run of an incident's headline: our own words (no anchor) or a source's, with where they stand."""

    words: str
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """What an incident's header counts. Never a score."""

    origins: int
    parties: tuple[tuple[str, int], ...]  # each party to the conflict and how many origins speak for it
    outside: int
    witnesses: int
    newsrooms: int
    unknown: int
    denials: int
    could_not_verify: int
    silences: int
    reports: int
    copies: int
    says: str  # "2 origins, both one government; 0 outside the parties; 1 denial; …"
    unsourced: int = 0  # newsrooms that tell it, say nobody who told them and saw nothing: no origins


@dataclass(frozen=True, slots=True)
class Incident:
    """The events of many reports that are one happening, and what each origin tells of it."""

    id: str
    kind: str
    headline: tuple[HeadlinePart, ...]
    when: When | None
    where: Where | None
    tellings: tuple[Telling, ...]
    origins: tuple[Origin, ...]
    accounts: tuple[Account, ...]
    matrix: tuple[Cell, ...]
    denials: tuple[Touching, ...]
    caveats: tuple[Touching, ...]
    silences: tuple[Touching, ...]
    counter: Counter
    did_not_happen: bool = False  # threatened, planned, hypothetical or did not happen: the tray apart
    reasons: tuple[Reason, ...] = ()  # why its events are taken for one, and what speaks against it
    open_questions: tuple[str, ...] = ()  # what would change this: unresolved place, no date, one origin


# What people rule


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of a statement or an event as a person has it, instead of what was read.

    `after` is one of `ACTS` for an act, one of `STATUSES` for a status, "messaging" or "messaging: name" for a channel
    ("none" for no channel), an ISO day, month, year, minute or "from/until" for a time, a name for a speaker or a place
    ("none" for no place and no time), and "12", "10-12" or "at least 12", perhaps with what is counted ("12 killed"),
    for how many. Words are corrected by their anchor alone, and `after` repeats them.
    """

    field: str  # one of `CORRECTABLE`
    before: str | None  # as it was read when the ruling was made
    after: str | None
    anchor: Anchor | None = None  # the words of the report that show it


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person ruled: about what, verdict, who, when, why. Withdrawn, never deleted."""

    id: str
    ruling: str  # one of RULINGS
    about: tuple[str, ...]  # ids: incidents, reports, "<report>#st3", "<report>#ev1", speakers, places
    anchors: tuple[Anchor, ...]  # the exact words it rests on, for re-reading
    value: str | None
    who: str
    at: str
    why: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    corrections: tuple[Correction, ...] = ()  # of `correct` and `add_statement`
    as_of: str | None = None  # of `position`, `speaks_for` and `locate`: since when, an ISO day, month or year
    source: str | None = None  # on whose word: an address, a document, a name
