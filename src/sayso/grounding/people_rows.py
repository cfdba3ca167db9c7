"""The rows on roles, countries, outlets, channels and parties, made into tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import gazetteer
from sayso.values.body import SORTS
from sayso.values.name import Forms
from sayso.values.name_rows import forms_of_names

ONE_BODY = ("armed_group", "breakaway", "body", "humanitarian", "alliance", "state_organ")
"""Kinds of party whose row holds the names of one body; other rows hold several bodies of one side."""
NATIONAL = ("alliance", "humanitarian", "state_organ", "state_body")
OTHER_THINGS = frozenset(
    (
        *("institute", "committee", "council", "commission", "cup", "prize", "act", "law", "doctrine", "airlines"),
        *("avenue", "day", "lake", "mount", "sea", "shrine", "award", "plan", "report", "times", "post", "news"),
        *("ministry", "government", "army", "police", "university", "academy", "bank", "court", "college"),
    )
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about who somebody is, as tables."""

    role_words: frozenset[str]
    modifiers: frozenset[str]
    countries: Mapping[str, str]  # country names and adjectives, lower case → alpha-3
    adjectives: Mapping[str, str]  # the adjectives and peoples alone
    bodies: Mapping[str, tuple[str, str, str | None]]  # name → kind, first name, country
    national: frozenset[str]  # names that many countries have: "Security Council", "Congress", "Red Cross"
    parties: Mapping[str, str]  # name → id, of parties whose names are all one body's
    longest: int
    given: Forms
    things: frozenset[str]  # last words of what is named for people: "hospital", "street"
    moving: frozenset[str]  # what goes from place to place: "train", "road", "flee"


@cache
def rows_about_people(knowledge: Knowledge) -> Rows:
    """The rows on roles, countries, outlets, channels and parties, made into tables once."""
    roles = knowledge.rows("en/role")
    words = {word for row in roles if row["kind"] != "modifier" for word in row["words"]}
    single = {word for word in words if " " not in word} | {word.split()[-1] for word in words}
    modifiers = {word for row in roles if row["kind"] == "modifier" for word in row["words"]}
    adjectives = {
        folded_name(word): row["code"] for row in knowledge.rows("countries") for word in row.get("demonyms", ())
    }
    countries = {**country_names(knowledge), **adjectives}
    bodies = _bodies(knowledge)
    return Rows(
        role_words=frozenset(single),
        modifiers=frozenset(modifiers),
        countries=countries,
        adjectives=adjectives,
        bodies=bodies,
        national=frozenset(
            folded_name(name)
            for row in knowledge.rows("parties")
            if row["kind"] in NATIONAL
            for name in (row["name"], *row.get("also", ()))
        ),
        parties={
            folded_name(name): row["name"]
            for row in knowledge.rows("parties")
            if row["kind"] in ONE_BODY
            for name in (row["name"], *row.get("also", ()))
        },
        longest=max((len(_words(name)) for name in bodies), default=1),
        given=forms_of_names(knowledge),
        things=_things(knowledge),
        moving=_moving(knowledge),
    )


@cache
def country_names(knowledge: Knowledge) -> dict[str, str]:
    """Country names, lower case, by their rows and by the ISO list."""
    names = {folded_name(name): code for code, name in gazetteer().country_names()}
    names |= {folded_name(name): row["code"] for row in knowledge.rows("countries") for name in row.get("names", ())}
    return names


def _bodies(knowledge: Knowledge) -> dict[str, tuple[str, str, str | None]]:
    bodies: dict[str, tuple[str, str, str | None]] = {}
    for row in knowledge.rows("parties"):
        for name in (row["name"], *row.get("also", ())):
            bodies[folded_name(name)] = ("organisation", name.removeprefix("the "), row.get("country"))
    for row in knowledge.rows("en/channel"):
        for name in row.get("names", ()):
            bodies[folded_name(name)] = ("channel", name, None)
    for row in knowledge.rows("outlets"):
        for name in (row["name"], *row.get("also", ())):
            bodies.setdefault(folded_name(name), ("outlet", row["name"], None))
    return bodies


def _things(knowledge: Knowledge) -> frozenset[str]:
    classes = ("place", "structure", "infrastructure", "vehicle", "pact", "base")
    rows = [row for row in knowledge.rows("en/participant") if row["class"] in classes]
    levels = [row for row in knowledge.rows("en/place") if row["kind"] in ("before", "after", "site")]
    return SORTS | OTHER_THINGS | {word for row in (*rows, *levels) for word in row["words"]}


def _moving(knowledge: Knowledge) -> frozenset[str]:
    rows = [row for row in knowledge.rows("en/participant") if row["class"] in ("vehicle", "aircraft", "convoy")]
    motion = [row for row in knowledge.rows("en/place") if row["kind"] == "motion"]
    return frozenset(word for row in (*rows, *motion) for word in row["words"])


def folded_name(name: str) -> str:
    """A name as `joined` gives it: lower case, as the tokens stand."""
    return " ".join(_words(name)).lower()


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z]\.(?:[A-Za-z]\.)+|[\w.&]+(?:'(?!s\b)\w+)*|'s|-|[^\w\s]", name.removeprefix("the "))
