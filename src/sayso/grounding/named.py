"""What a page names: each mention with its tokens, and what somebody is said to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.record import Span

PEOPLE, BODIES, PLACES, PEOPLES = "PERSON", "ORG", ("GPE", "LOC", "FAC"), "NORP"
POSSESSIVE = ("'s", "'")


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is said to be: the words, and the country that stands directly before them."""

    name: str
    span: Span
    country: str | None = None
    country_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a name, with the tokens `[first, last)` of its sentence."""

    stretch: Stretch
    first: int
    last: int
    kind: str  # person | organisation | nationality | outlet | channel | place
    name: str
    span: Span
    country: str | None = None
    country_span: Span | None = None
    role: Role | None = None
    label: str = ""
    row: str = ""  # the first name of the row, where its names are all one body's
    alias: str = ""  # the full name that a bracket in the text gives for these initials


def joined(tokens: Iterable[Token]) -> str:
    """Words as the rows are keyed: lower case, a blank between tokens."""
    return " ".join(token.text for token in tokens).lower()


def surface(tokens: Sequence[Token]) -> str:
    """Words as the text has them."""
    return "".join(token.text + (" " if token.space else "") for token in tokens).strip()
