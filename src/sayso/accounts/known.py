"""What rows say of speakers: names of countries and parties, outlets, given names, kinds of noun. Tables, made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import gazetteer
from sayso.values.name import Forms
from sayso.values.name_rows import forms_of_names

ONE_BODY = frozenset(("armed_group", "breakaway", "body", "humanitarian", "alliance", "state_organ"))
"""Kinds of party whose names are all one body's; the names of a state are those of its bodies too."""
LONGEST_SIDE = 2
"""Words: a longer name of a party is a body's ("Ministry of Defense of Upland"), not a word for its side."""


@dataclass(frozen=True, slots=True)
class Known:
    """Tables of rows."""

    forms: Forms
    sides: Mapping[str, str]  # country names, adjectives and words for a party, lower case → its code
    parties: Mapping[str, tuple[str, str]]  # every name of a party, lower case → its id and kind
    kinds: Mapping[str, str]  # a party's id → its kind
    names: Mapping[str, str]  # a party's id → its name
    outlets: Mapping[str, str]  # every name of an outlet, lower case → its first
    nouns: Mapping[str, str]  # what a noun says of a speaker: office | body | outfit | private | …
    positions: Mapping[str, str]  # words that place a speaker: "survivor" → witness


@cache
def known(knowledge: Knowledge) -> Known:
    """What the rows say, made into tables once."""
    parties = {
        name.casefold(): (row["id"], row["kind"])
        for row in reversed(knowledge.rows("parties"))
        for name in (row["name"], *row.get("also", ()))
    }
    return Known(
        forms=forms_of_names(knowledge),
        sides=_sides(knowledge),
        parties=parties,
        kinds=dict(parties.values()),
        names={row["id"]: row["name"] for row in reversed(knowledge.rows("parties"))}
        | dict(reversed(gazetteer().country_names())),
        outlets={
            name.casefold(): row["name"]
            for row in reversed(knowledge.rows("outlets"))
            for name in (row["name"], *row.get("also", ()))
        },
        nouns={noun: row["kind"] for row in reversed(knowledge.rows("en/voice")) for noun in row["nouns"]},
        positions={word: row["position"] for row in reversed(knowledge.rows("en/position")) for word in row["words"]},
    )


def _sides(knowledge: Knowledge) -> dict[str, str]:
    found = {name.casefold(): code for code, name in gazetteer().country_names()}
    for row in knowledge.rows("countries"):
        for name in (*row.get("names", ()), *row.get("demonyms", ())):
            found[name.casefold()] = row["code"]
    for row in knowledge.rows("parties"):
        if row["kind"] not in ONE_BODY and row["kind"] != "state_body":
            for name in (row["name"], *row.get("also", ())):
                if len(name.split()) < LONGEST_SIDE:
                    found[name.casefold()] = row["id"]
    return found
