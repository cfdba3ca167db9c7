"""The rows this stage reads, made ready: verbs, nouns and phrases by which a report tells that somebody spoke."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sayso.knowledge import Knowledge, Row


class Saying(NamedTuple):
    """One verb with one act, and the shapes its words can take."""

    verb: str
    act: str
    takes: tuple[str, ...]
    particle: str | None
    prep: frozenset[str]
    needs: frozenset[str]
    object_like: frozenset[str]
    object_unlike: frozenset[str]
    unless: frozenset[str]
    words_unlike: frozenset[str]
    subject: frozenset[str]
    addressee_after: str | None


class Silence(NamedTuple):
    """One word of not speaking, and which silence it is."""

    word: str
    kind: str
    silence: str
    needs: frozenset[str]


class ChannelRow(NamedTuple):
    """One kind of channel, by its nouns and its proper names."""

    kind: str
    names: frozenset[str]
    nouns: frozenset[str]


@cache
def sayings(knowledge: Knowledge) -> Mapping[str, tuple[Saying, ...]]:
    """The rows of en/saying by verb, in file order."""
    found: dict[str, tuple[Saying, ...]] = {}
    for row in knowledge.rows("en/saying"):
        for form in (row["verb"], *row.get("forms", ())):
            found[form] = (*found.get(form, ()), _saying(row))
    return found


def _saying(row: Row) -> Saying:
    return Saying(
        row["verb"],
        row["act"],
        tuple(row["takes"]),
        row.get("particle"),
        frozenset(row.get("prep", ())),
        frozenset(row.get("needs", ())),
        frozenset(row.get("object_like", ())),
        frozenset(row.get("object_unlike", ())),
        frozenset(row.get("unless", ())),
        frozenset(row.get("words_unlike", ())),
        frozenset(row.get("subject", ())),
        row.get("addressee_after"),
    )


@cache
def naming_nouns(knowledge: Knowledge) -> Mapping[str, str]:
    """Which act a noun of saying tells of ("denial" → denies)."""
    return {row["noun"]: row["act"] for row in knowledge.rows("en/saying_nouns")}


@cache
def checking_verbs(knowledge: Knowledge) -> Mapping[str, str]:
    """Verbs of checking; the value is "question" where only an indirect question makes it one."""
    return {row["verb"]: row.get("takes", "any") for row in knowledge.rows("en/doubting")}


@cache
def silences(knowledge: Knowledge, kind: str) -> Mapping[str, Silence]:
    """The rows of en/silence of one kind, by word."""
    rows = [row for row in knowledge.rows("en/silence") if (row["kind"] == "noun") == (kind == "noun")]
    return {
        row["word"]: Silence(row["word"], row["kind"], row["silence"], frozenset(row.get("needs", ()))) for row in rows
    }


@cache
def channel_rows(knowledge: Knowledge) -> tuple[ChannelRow, ...]:
    """The rows of en/channel, names folded to lower case."""
    return tuple(
        ChannelRow(
            row["kind"],
            frozenset(name.casefold() for name in row.get("names", ())),
            frozenset(noun.casefold() for noun in row.get("nouns", ())),
        )
        for row in knowledge.rows("en/channel")
    )


@cache
def voices(knowledge: Knowledge) -> Mapping[str, str]:
    """What kind of speaker a noun names: office, body, private, document, footage or newsroom. The first row wins."""
    found: dict[str, str] = {}
    for row in knowledge.rows("en/voice"):
        for noun in row["nouns"]:
            found.setdefault(noun, row["kind"])
    return found


@cache
def speaker_kinds(knowledge: Knowledge) -> Mapping[str, str]:
    """As `voices`, with the names of outlets and the newsroom's own people as "newsroom"."""
    people = dict.fromkeys([*outlet_names(knowledge), *newsroom_nouns(knowledge)], "newsroom")
    return {**voices(knowledge), **people}


@cache
def newsroom_nouns(knowledge: Knowledge) -> frozenset[str]:
    """Nouns for people of an outlet, when the outlet is named with them."""
    return frozenset(noun for row in knowledge.rows("en/voice") if row["kind"] == "newsroom" for noun in row["nouns"])


@cache
def openings(knowledge: Knowledge) -> tuple[str, ...]:
    """How a sentence begins that goes on with the account before it."""
    return tuple(row["opening"] for row in knowledge.rows("en/continuing"))


@cache
def hedges(knowledge: Knowledge) -> frozenset[str]:
    """Words that hold back from a claim."""
    return frozenset(row["word"] for row in knowledge.rows("en/hedging"))


@cache
def lone_hedges(knowledge: Knowledge) -> Mapping[str, str]:
    """Hedges that make a statement of a finite claim when nobody else is named, with its act."""
    return {row["word"]: row["act"] for row in knowledge.rows("en/hedging") if row.get("alone")}


@cache
def outlet_names(knowledge: Knowledge) -> Mapping[str, str]:
    """The outlets we know by every name, folded, with the name we show."""
    found: dict[str, str] = {}
    for row in knowledge.rows("outlets"):
        for name in (row["name"], *row.get("also", ())):
            found.setdefault(name.casefold(), row["name"])
    return found


@cache
def trailing_nouns(knowledge: Knowledge) -> frozenset[str]:
    """Nouns that head a report's own comment behind somebody's words."""
    return frozenset(row["noun"] for row in knowledge.rows("en/trailing") if "noun" in row)


@cache
def trailing_openings(knowledge: Knowledge) -> frozenset[str]:
    """Words that open such a comment as a relative clause."""
    return frozenset(row["opening"] for row in knowledge.rows("en/trailing") if "opening" in row)


@cache
def deeds(knowledge: Knowledge) -> Mapping[str, str]:
    """The family of deeds each verb and one-word noun of event_kinds tells of ("shell" and "strike": attack)."""
    found: dict[str, str] = {}
    for row in knowledge.rows("event_kinds"):
        for word in (*row.get("verbs", ()), *row.get("nouns", ())):
            if " " not in word:
                found.setdefault(word, row.get("family", row["kind"]))
    return found
