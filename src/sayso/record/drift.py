"""The nouns of claims that travel: what changed between two tellings, and the hops of one claim."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record.many import Anchor, Reason, Saying, When

CHANGES = (
    "speaker_dropped", "speaker_changed", "caveat_dropped", "denial_dropped", "act_strengthened", "act_weakened",
    "attribution_to_fact", "hedge_lost", "negation_flipped", "figure_changed", "figure_grown", "unit_changed",
    "thing_counted_changed", "time_shifted", "place_shifted", "quotation_reworded", "put_in_quotation_marks",
    "blame_reversed",
)  # fmt: skip
DIRECTIONS = ("here_to_there", "there_to_here", "unknown")


@dataclass(frozen=True, slots=True)
class Change:
    """One named change between two tellings. An anchor is None where something is gone, or was not there before."""

    kind: str  # one of CHANGES
    says: str
    here: Anchor | None
    there: Anchor | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Stretches of two reports that tell the same, in the same words or others."""

    here: Anchor
    there: Anchor
    wording: str  # exact | near | reworded | translated


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side. `only_here` and `only_there` are the sentences that the other does not have."""

    here: str
    there: str
    direction: str  # one of DIRECTIONS: which was made of which
    direction_reasons: tuple[Reason, ...]
    aligned: tuple[Aligned, ...]
    changes: tuple[Change, ...]
    only_here: tuple[Anchor, ...]
    only_there: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One report's telling of a claim, and what changed since the one it was made of, or came after."""

    report: str
    publisher: str | None
    published: When | None
    anchor: Anchor  # the sentence that tells it
    saying: Saying | None  # None: in the newsroom's own voice
    status: str | None
    since: str | None  # the report it is compared with
    made_of: bool  # whether that report is what it was made of, as far as is known
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A claim through the reports that tell it, in time order. The numbers are of hops, where it first happened.

    `left_out` of the last reports of its families and its incident were not gone through: there are too many.
    """

    claim: Anchor
    incident: str | None
    families: tuple[str, ...]
    hops: tuple[Hop, ...]
    first_said: int | None
    speaker_lost: int | None
    caveat_lost: int | None
    denial_lost: int | None
    bare_fact: int | None
    left_out: int = 0
