"""The nouns: what every stage of Sayso takes and gives.

Frozen dataclasses, no verbs, no import of ours. The JSON these travel in is written by
`sayso.export.record_json`; the order and names of fields here follow it.

Every `Span` is a half-open stretch of a report's `text`, counted in Unicode code points.
Identifiers (`src1`, `st1`, `ev1`, `p1`, `m1`, `q1`, `sec1`) are unique inside one reading.
"""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = 1
"""The version of the JSON contract. It is raised only with a migration."""

ACTS = (
    "says", "denies", "accuses", "admits", "promises", "threatens", "warns", "predicts", "calls_for", "orders",
    "announces", "asks", "refuses", "confirms", "retracts", "criticizes", "labels", "compares", "observes",
    "cannot_verify", "no_comment", "thinks",
)  # fmt: skip
SILENCES = ("none_yet", "declined", "yet_to", "not_mentioned")
STATUSES = (
    "happened", "ongoing", "did_not_happen", "threatened", "planned", "demanded", "feared", "possible", "alleged",
    "denied", "foiled", "unclear", "disputed",
)  # fmt: skip
WHYS = (
    "row", "conditions", "nobody", "name", "label", "taken_for_granted", "imagined", "asked", "general", "unreal",
    "obituary", "said_of_a_thing", "rule", "judgement", "heading", "cut", "no_kind",
)  # fmt: skip
CHANNELS = (
    "social_post", "messaging", "video", "audio", "broadcast", "outlet", "press_conference", "interview", "speech",
    "written_statement", "document", "website", "court", "call", "other",
)  # fmt: skip
CUT_REASONS = ("prompt", "related_link", "share", "advert", "navigation", "boilerplate", "duplicate", "other")
NAMINGS = ("named", "institution", "group", "described", "document", "footage", "compound", "newsroom", "unknown")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a report's text, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was lost or refused: what was met, in words for a person, and where if it has a place."""

    kind: str
    says: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A name and how it is known: from the text (with its span), from metadata, or given by the caller."""

    name: str
    span: Span | None
    basis: str  # text | metadata | given


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of a report that the report may not say itself."""

    published: str | None = None  # ISO date or date-time
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Obtained:
    """How the text came out of the bytes."""

    how: str  # decoded | extracted
    encoding: str
    by: str | None = None  # the extractor and its version


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself outside its text (HTML head, JSON-LD, mail headers). Empty for plain text."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    writers: tuple[str, ...] = ()
    published: str | None = None  # ISO date or date-time
    language: str | None = None
    agencies: tuple[str, ...] = ()  # whose work it is, as a wire says outright


@dataclass(frozen=True, slots=True)
class Report:
    """The sealed original. Nothing ever changes a byte or a character of it."""

    id: str  # "sha256:" and the hash of the bytes
    data: bytes
    text: str
    text_sha256: str  # of the text in UTF-8
    media_type: str
    obtained: Obtained
    metadata: Metadata = Metadata()
    path: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that is not the story. It stays in the text; no stage reads it."""

    span: Span
    why: str  # one of CUT_REASONS


@dataclass(frozen=True, slots=True)
class Section:
    """A run of the story under one heading, or before the first."""

    id: str
    heading: Span | None
    span: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks. `span` holds the marks, `inner` the words (in pieces around cuts)."""

    span: Span
    inner: tuple[Span, ...]
    depth: int = 0  # 0 outermost, 1 a quotation inside a quotation
    closed: bool = True
    statement: str | None = None
    why_unread: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A sign of what was done to this copy, with the stretches that show it."""

    kind: str
    spans: tuple[Span, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the report came out, half-open, with how that is known."""

    earliest: str | None
    latest: str | None
    basis: str  # given | metadata | dateline | family | inferred | unknown
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """The line before the first sentence that says where and when the report was filed."""

    span: Span
    place: str | None = None  # id of a Place, once grounded
    moment: str | None = None  # id of a Moment, once grounded


@dataclass(frozen=True, slots=True)
class Page:
    """A report and what of it is the story."""

    report: Report
    language: str  # ISO 639-1, "und" where unknown
    title: Named | None
    url: str | None
    publisher: Named | None
    agencies: tuple[Named, ...]
    writers: tuple[Named, ...]
    editors: tuple[Named, ...]
    contributors: tuple[Named, ...]
    dateline: Dateline | None
    published: Published
    condition: tuple[Condition, ...]
    cuts: tuple[Cut, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]  # of the story alone: no heading, byline, credit or dateline
    quotations: tuple[Quotation, ...]
    credits: tuple[Span, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names something, before it is known which."""

    span: Span
    kind: str  # person | organisation | place | nationality | outlet | channel | product | other
    name: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A spelling, and why it is taken for the same person or body as the others."""

    name: str
    why: (
        str  # spelling | full_name | initial | short_form | surname | given_name | order | row | bracket | initials | …
    )


@dataclass(frozen=True, slots=True)
class Entity:
    """One person or body that the text names, under every spelling it uses for it."""

    name: str  # the fullest form the text gives, without title
    kind: str  # person | organisation | nationality | outlet | channel | product | other
    mentions: tuple[Span, ...]
    also: tuple[str, ...] = ()
    role: str | None = None  # "president", "mayor of the port of Varna", as the text has it
    role_span: Span | None = None
    country: str | None = None  # ISO 3166 alpha-3, only where the text says it
    country_span: Span | None = None
    ties: tuple[Tie, ...] = ()  # why each further spelling is taken for the same


@dataclass(frozen=True, slots=True)
class Restated:
    """The same quantity said again in another unit."""

    span: Span
    value: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its doubt. Zero is low = high = 0; a bound that is not known is None."""

    id: str
    span: Span
    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    unit: str | None = None
    of: Span | None = None
    role: str | None = None  # level | change | cumulative | pledge
    part_of: str | None = None
    replaces: str | None = None
    restated: Restated | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time, half-open, as ISO strings."""

    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with its doubt, after TIMEX3. Unknown ends are None; `earliest` < `latest`, half-open."""

    id: str
    span: Span
    type: str  # DATE | TIME | DURATION | SET
    timex: str | None
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None
    granularity: str = "vague"
    zone: str | None = None
    alternatives: tuple[Interval, ...] = ()
    relative_to: str = "none"  # publication | utterance | m4 | ev2 | none


@dataclass(frozen=True, slots=True)
class Place:
    """Where, with its doubt. Unresolved: geonames, lat and lon None; what the text gives stays."""

    id: str
    span: Span
    name: str
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    level: str = "town"  # site | town | district | region | country | area
    country: str | None = None  # ISO 3166 alpha-3
    region: str | None = None  # ISO 3166-2
    inside: tuple[str, ...] = ()
    same_as: str | None = None
    radius_km: float | None = None
    use: str = "location"  # location | actor | office | comparison | dateline | adjective
    disputed: tuple[str, ...] = ()
    placed_by: str | None = None  # the decision by which a person located it


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a page names of numbers, times, places and people, and what that says of the page."""

    places: tuple[Place, ...] = ()
    moments: tuple[Moment, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    dateline: Dateline | None = None
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a party is spoken for: the words that say so, or the row of parties.toml."""

    span: Span | None
    row: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks."""

    id: str
    name: str
    naming: str  # one of NAMINGS
    plural: bool = False
    members: tuple[str, ...] = ()
    role: str | None = None
    party: str | None = None
    party_basis: Basis | None = None
    private: bool = False
    mentions: tuple[Span, ...] = ()
    also: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()  # why each of `also` is taken for the same


@dataclass(frozen=True, slots=True)
class Channel:
    """One thing the words came through."""

    kind: str  # one of CHANNELS
    name: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the words were said."""

    span: Span
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One source, one act, the words."""

    id: str
    source: str
    act: str  # one of ACTS
    silence: str | None = None
    quotation: str = "none"  # direct | mixed | indirect | none
    wording: str = "unknown"  # verbatim | translated | reworded | unknown
    words: tuple[Span, ...] = ()
    cue: Span | None = None
    who: Span | None = None
    via: tuple[Channel, ...] = ()
    to: tuple[Addressee, ...] = ()
    said_at: str | None = None
    said_where: str | None = None
    within: str | None = None
    covers: tuple[str, ...] = ()
    reach: str | None = None  # specific | general
    hedges: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Continued:
    """A sentence without a cue that goes on with a speaker's account: his to answer for, not the newsroom's."""

    sentence: Span
    statement: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says what in one page."""

    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    quotations: tuple[Quotation, ...] = ()  # the page's, now tied to statements or with why they are not
    continued: tuple[Continued, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One teller of an event and what that teller commits to. `statement` None is the newsroom's own voice."""

    statement: str | None
    status: str  # one of STATUSES, never "disputed"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event: who did it, or whom it was done to."""

    span: Span
    source: str | None = None
    party: str | None = None
    inferred: bool = False
    told: tuple[str, ...] = ()
    group: str | None = None  # targets only: civilians | children | …


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where, and in what role."""

    place: str
    role: str  # at | from | to


@dataclass(frozen=True, slots=True)
class Count:
    """How many were killed, wounded, taken, and by whom that is told."""

    quantity: str
    of: str
    whom: Span | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing told to have happened (or not, or to be coming), and by whom."""

    id: str
    kind: str
    plover: str | None
    acled: str | None
    trigger: Span
    also: tuple[Span, ...] = ()
    told: tuple[Told, ...] = ()
    status: str = "unclear"
    background: bool = False
    agents: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    weapons: tuple[Span, ...] = ()
    places: tuple[EventPlace, ...] = ()
    when: str | None = None
    counts: tuple[Count, ...] = ()
    doubts: tuple[str, ...] = ()
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something in the text that adds up or does not, with the stretches compared."""

    kind: str
    holds: bool | None
    spans: tuple[Span, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an event was found by."""

    event: str
    span: Span
    row: str
    says: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A word that looked like a deed of war and gave no event, and why."""

    span: Span
    sentence: Span
    kind: str | None  # the kind it looked like
    why: str  # one of WHYS
    row: str | None  # the row that kept it out, or whose conditions it did not meet
    says: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Why sentences that look like ones of war gave no event, and what each event was found by."""

    events: tuple[Finding, ...] = ()
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A report's page and all that was found in it: what `sayso.read` returns."""

    sayso: str  # the version that read it
    page: Page
    grounds: Grounds
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    explained: Explained | None = None  # only where it was asked for
