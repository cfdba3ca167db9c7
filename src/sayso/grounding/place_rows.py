"""The rows about places, made into tables and patterns once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sayso.grounding.people import country_names
from sayso.knowledge import Knowledge, Row


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about places, as patterns and sets."""

    before: Mapping[str, str]
    before_of: Mapping[str, str]
    bare: frozenset[str]
    after: Mapping[str, str]
    shared: Mapping[str, str]
    sites: frozenset[str]
    vague: re.Pattern[str]
    parts: frozenset[str]
    comparison: re.Pattern[str]
    locative: frozenset[str]
    motion: frozenset[str]
    place_nouns: frozenset[str]
    place_verbs: frozenset[str]
    speaking: frozenset[str]
    taking: frozenset[str]
    of_places: frozenset[str]
    countries: Mapping[str, str]
    adjectives: Mapping[str, str]
    offices: frozenset[str]
    civic: frozenset[str]
    place_behind: frozenset[str]
    fronts: frozenset[str]
    namesakes: frozenset[str]
    called: frozenset[str]
    given: frozenset[str]
    struck_there: frozenset[str]
    measures: frozenset[str]
    owned: frozenset[str]
    only_land: frozenset[str]
    blows: frozenset[str]
    held: frozenset[str]
    beings: frozenset[str]
    never: frozenset[str]
    roles: frozenset[str]
    peoples: Mapping[str, str]
    wider_peoples: Mapping[str, str]
    areas: Mapping[str, Row]
    areas_named: re.Pattern[str]
    claims_by_name: Mapping[str, tuple[str, ...]]
    claims_by_code: Mapping[str, tuple[str, ...]]


@cache
def rows_about_places(knowledge: Knowledge) -> Rows:
    """The rows of en/place.toml, areas.toml and disputed.toml, and all country names, made into tables once."""
    listed = knowledge.rows("en/place")
    words = {kind: _of_kind(listed, kind) for kind in {row["kind"] for row in listed}}
    vague = "|".join(re.escape(word) for word in sorted(words["vague"], key=lambda word: (-len(word), word)))
    comparison = "|".join(re.escape(word) for word in sorted(words["comparison"], key=lambda word: (-len(word), word)))
    return Rows(
        before={word: row["level"] for row in listed if row["kind"] in ("before", "shared") for word in row["words"]},
        bare=frozenset(word for row in listed if row["kind"] == "before" for word in row.get("bare", ())),
        before_of={word: row["level"] for row in listed if row["kind"] == "before_of" for word in row["words"]},
        after={word: row["level"] for row in listed if row["kind"] == "after" for word in row["words"]},
        shared={word: row["level"] for row in listed if row["kind"] == "shared" for word in row["words"]},
        sites=frozenset(words["site"]),
        vague=re.compile(
            rf"(?:\b(?:in|on|at|across|along|near|to|from|toward|towards|of|behind|into) |\b(?=an? (?:\w+ )?area ))"
            rf"(?P<place>(?:the|an?) (?:(?:\w+ )?area (?:on|along|near) the )?(?:{vague}))\b"
            r"(?! (?:of|guard|agent|force|patrol))",
            re.I,
        ),
        parts=frozenset(words["part"]),
        comparison=re.compile(rf"\b(?:{comparison})(?: \w+){{0,4}} $", re.I),
        locative=frozenset(words["locative"]),
        motion=frozenset(words["motion"]),
        place_nouns=frozenset(words["place_noun"]),
        place_verbs=frozenset(words["place_verb"]),
        speaking=frozenset(words["speaking"]),
        taking=frozenset(words["taking"]),
        of_places=frozenset(words["of_place"]),
        countries=_countries(knowledge),
        adjectives={
            plain(word): row["code"] for row in knowledge.rows("countries") for word in row.get("demonyms", ())
        },
        offices=frozenset(words["office"]),
        civic=frozenset(words["civic"]),
        place_behind=frozenset((*words["place_behind"], *words["front"])),
        fronts=frozenset(words["front"]),
        namesakes=frozenset(words["namesake"]),
        called=frozenset(words["called"]),
        given=frozenset(form.lower() for row in knowledge.rows("given_names") for form in row["forms"]),
        struck_there=frozenset(words["struck_there"]),
        measures=frozenset(words["measure"]),
        owned=frozenset(words["owned"]),
        only_land=frozenset(words["only_land"]),
        blows=frozenset((*words["blow"], *_participants(knowledge, "munition", "armed"))),
        held=frozenset(words["held"]),
        beings=frozenset((*words["being"], *_participants(knowledge, "person", "civilian"))),
        never=frozenset(plain(word) for word in words["never"]),
        roles=frozenset(
            word
            for row in knowledge.rows("en/role")
            if row["kind"] == "office"
            for words_of_role in row["words"]
            for word in (words_of_role, words_of_role.split()[-1])
        ),
        peoples=_peoples(listed, "people"),
        wider_peoples=_peoples(listed, "wider_people"),
        areas={plain(name): row for row in knowledge.rows("areas") for name in row["names"]},
        areas_named=_areas_named(knowledge),
        claims_by_name={
            plain(name): tuple(row["claimants"]) for row in knowledge.rows("disputed") for name in row["names"]
        },
        claims_by_code={
            code: tuple(row["claimants"])
            for row in knowledge.rows("disputed")
            for code in (*row.get("regions", ()), *row.get("countries", ()))
        },
    )  # fmt: skip


def _countries(knowledge: Knowledge) -> dict[str, str]:
    """Country names by their rows and by the ISO list."""
    names = [(name, row["code"]) for row in knowledge.rows("countries") for name in row.get("names", ())]
    return {plain(name): code for name, code in (*country_names(knowledge).items(), *names)}


def _areas_named(knowledge: Knowledge) -> re.Pattern[str]:
    """The names of areas that are no camps, where a place can stand: behind an article or a word of place."""
    names = (name for row in knowledge.rows("areas") if not row.get("actor") for name in row["names"])
    listed = "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))
    return re.compile(
        r"\b(?:[Tt]he|[Ii]n|on|off|across|over|near|into|to|from|of|along|around|through|towards?) "
        rf"(?P<place>{listed})\b(?! [A-Z])"
    )


def _of_kind(rows: Iterable[Row], kind: str) -> list[str]:
    return [word for row in rows if row["kind"] == kind for word in row["words"]]


def _participants(knowledge: Knowledge, *classes: str) -> list[str]:
    return [word for row in knowledge.rows("en/participant") if row["class"] in classes for word in row["words"]]


def _peoples(rows: Iterable[Row], kind: str) -> dict[str, str]:
    """The names of lands by the adjectives and people's names that go with them."""
    return {plain(word): row["name"] for row in rows if row["kind"] == kind for word in row["words"]}


def plain(name: str) -> str:
    """A name as the tables key it: lower case, no article, no accents, straight apostrophes, single blanks.

    >>> plain("The Côte d’Ivoire")
    "cote d'ivoire"
    """
    bare = name.lower().replace("’", "'").replace(" - ", "-")
    if not bare.isascii():
        bare = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return " ".join(bare.split()).removeprefix("the ")


US_STATES = {
    short: f"US-{code}"
    for short, code in (
        pair.split(":")
        for pair in [
            "ala:AL",
            "ariz:AZ",
            "ark:AR",
            "calif:CA",
            "colo:CO",
            "conn:CT",
            "del:DE",
            "fla:FL",
            "ga:GA",
            "ill:IL",
            "ind:IN",
            "kan:KS",
            "ky:KY",
            "la:LA",
            "md:MD",
            "mass:MA",
            "mich:MI",
            "minn:MN",
            "miss:MS",
            "mo:MO",
            "mont:MT",
            "neb:NE",
            "nev:NV",
            "n.h:NH",
            "n.j:NJ",
            "n.m:NM",
            "n.y:NY",
            "n.c:NC",
            "n.d:ND",
            "okla:OK",
            "ore:OR",
            "pa:PA",
            "r.i:RI",
            "s.c:SC",
            "s.d:SD",
            "tenn:TN",
            "tex:TX",
            "vt:VT",
            "va:VA",
            "wash:WA",
            "w.va:WV",
            "wis:WI",
            "wyo:WY",
            "d.c:DC",
        ]
    )
}
"""The press's short forms of American states (Associated Press style), as they stand behind a town's name."""
