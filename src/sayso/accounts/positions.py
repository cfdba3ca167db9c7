"""In what position a speaker is to know: party to the conflict, witness, outside body, newsroom, relay; and why.

Never a judgement of what they say. Both sides are placed by the same rules, and a person's ruling goes before all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.accounts.known import Known, known
from sayso.accounts.sides import is_heading
from sayso.accounts.speakers import office_words, outlet_of, side_of
from sayso.knowledge import Knowledge
from sayso.record import POSITIONS, Decision, Speaker

PUBLIC = frozenset(("office", "body"))
APART = frozenset(("alliance", "humanitarian", "body"))
"""Kinds of party rows that are bodies between or above states."""
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
OWN_KIN = re.compile(
    r"\b(?:her|his|their|my|our) (?:own )?(?:brother|sister|son|daughter|father|mother|husband|wife|child|children|aunt"
    r"|uncle|cousin|nephew|niece|parents|grandmother|grandfather|neighbou?rs?|house|home|flat|apartment)\b",
    re.I,
)
UNNAMED_WITNESSES = frozenset(("described", "group"))
OWN_VOICE = "its own voice"
CITED = "an outlet that the report cites, without saying where it has it from"


@dataclass(frozen=True, slots=True)
class Position:
    """One of POSITIONS, the side spoken for, and why."""

    position: str
    party: str | None = None
    basis: str | None = None


def position_of(speaker: Speaker, knowledge: Knowledge) -> Position:
    """Where a speaker stands to what they tell.

    Somebody who speaks for a state or a movement is a party: that a state stands outside this conflict is a person's
    ruling, since to take a party for an outsider would show a support that is not there. Without a side the words that
    name the speaker decide, by the rows of position.toml.
    """
    rows = known(knowledge)
    side = side_of(speaker, rows)
    if side is not None:
        return _of_side(speaker, side, rows)
    if speaker.naming == "newsroom":
        return Position("newsroom", None, OWN_VOICE)
    if speaker.naming == "footage":
        return Position("unknown", None, "pictures of which the report does not say whose they are")
    if speaker.naming == "institution" and outlet_of(speaker, rows):
        return Position("relay", None, CITED)
    met = position_by_words(_told_of(speaker), knowledge)
    if met is not None and met[0] != "unknown":
        return Position(met[0], None, f"the report’s word “{met[1]}”")
    return Position("unknown", None, "the report does not say for whom they speak")


def position_by_words(told: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """The position that the words naming a speaker give, and the word that does; None where none does."""
    met = _pattern(knowledge).search(told.casefold())
    return (known(knowledge).positions[met.group()], met.group()) if met is not None else None


def lived_through(speaker: Speaker, said: str, knowledge: Knowledge, *, is_direct: bool) -> Position | None:
    """The position of somebody without office or side who tells of their own: "I saw", "her brother was taken"."""
    if speaker.naming not in ("named", *UNNAMED_WITNESSES) or speaker.party is not None or office_words(speaker):
        return None
    if any(known(knowledge).nouns.get(word) in PUBLIC for word in speaker.name.casefold().split()):
        return None
    if is_direct and FIRST_PERSON.search(said):
        return Position("witness", None, "tells it in the first person, and no office of theirs is told")
    kin = OWN_KIN.search(said)
    return Position("witness", None, f"tells of “{kin.group()}”, and no office of theirs is told") if kin else None


def ruled(position: Position, decisions: Sequence[Decision]) -> Position:
    """A position as people ruled it: the last ruling on the side spoken for, then the last on the position.

    Of rulings as of several times the latest time counts, whenever it was ruled.
    """
    for decision in sorted(decisions, key=lambda one: (one.as_of or "", one.at, one.id)):
        if decision.withdrawn_at is not None or decision.value is None:
            continue
        by = f"ruled by {decision.who} on {decision.at[:10]}{_since(decision)}"
        if decision.ruling == "speaks_for":
            position = Position("party", decision.value, by)
        elif decision.ruling == "position" and decision.value in POSITIONS:
            position = Position(decision.value, position.party, by)
    return position


def _since(ruled: Decision) -> str:
    as_of = f", as of {ruled.as_of}" if ruled.as_of else ""
    return f"{as_of}, by {ruled.source}" if ruled.source else as_of


def _of_side(speaker: Speaker, side: str, rows: Known) -> Position:
    is_apart = rows.kinds.get(side) in APART
    told = _why_of_side(speaker, rows.names.get(side, side))
    return Position("outside", None, told) if is_apart else Position("party", side, told)


def _why_of_side(speaker: Speaker, side: str) -> str:
    if speaker.party_words and is_heading(speaker.party_words):
        return f"the heading gives what they say to {side}: “{speaker.party_words}”"
    if speaker.party_words:
        return f"by the report’s words “{speaker.party_words}”"
    if speaker.naming == "named":  # no name of a person tells a side: it was read elsewhere in the case
        return "as another report of the case has it"
    return "by their name"


def _told_of(speaker: Speaker) -> str:
    return " ".join((speaker.who.words if speaker.who else "", speaker.role or "", speaker.name))


@cache
def _pattern(knowledge: Knowledge) -> re.Pattern[str]:
    longest = sorted(known(knowledge).positions, key=lambda word: (-len(word), word))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")
