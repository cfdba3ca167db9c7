"""The kinds of event, as rows say them: which words tell one, and what must stand beside those words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import Knowledge, Row


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of event_kinds.toml: words that tell a kind of event, on conditions."""

    name: str
    plover: str | None
    acled: str | None
    family: str
    subject: frozenset[str]  # classes of participant, one of which its subject must be where it has one
    object: frozenset[str]  # classes, one of which its object must be; it must have one
    preposition: frozenset[str]  # prepositions, one of which must bring in the object
    modifier: frozenset[str]  # words, one of which must stand in a noun's phrase; "SIDE" is any side's name
    subject_is: str  # agent | target
    object_is: str  # target | agent | none
    place: str  # at | from | to: the role of a place that is the object itself
    count: str  # what a number in it counts: killed | wounded | …
    weapon_decides: bool  # whether "with drones" makes it a drone strike
    casualty: bool  # whether it is the outcome of an attack rather than the attack
    status: str | None  # the status it has of itself ("threat to attack")


@dataclass(frozen=True, slots=True)
class Kinds:
    """All rows by the words that call them up."""

    verbs: dict[str, tuple[tuple[tuple[str, ...], Kind], ...]]  # by the verb: the words after it, and the kind
    nouns: dict[str, tuple[tuple[tuple[str, ...], Kind], ...]]  # by the head noun: the words before it, and the kind
    by_name: dict[str, Kind]


@cache
def kinds(knowledge: Knowledge) -> Kinds:
    """The kinds of event that these rows know."""
    verbs: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    nouns: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    names: dict[str, Kind] = {}
    for row in knowledge.rows("event_kinds"):
        kind = _kind(row)
        names.setdefault(kind.name, kind)
        for verb in row.get("verbs", ()):
            first, *rest = verb.split()
            verbs.setdefault(first, []).append((tuple(rest), kind))
        for noun in row.get("nouns", ()):
            *before, head = noun.split()
            nouns.setdefault(head, []).append((tuple(before), kind))
    return Kinds(_longest_first(verbs), _longest_first(nouns), names)


def _longest_first(
    found: dict[str, list[tuple[tuple[str, ...], Kind]]],
) -> dict[str, tuple[tuple[tuple[str, ...], Kind], ...]]:
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


def _kind(row: Row) -> Kind:
    return Kind(
        name=row["kind"],
        plover=row.get("plover"),
        acled=row.get("acled"),
        family=row.get("family", row["kind"]),
        subject=_words(row.get("subject", "")),
        object=_words(row.get("object", "")),
        preposition=_words(row.get("preposition", "")),
        modifier=_words(row.get("modifier", "")),
        subject_is=row.get("subject_is", "agent"),
        object_is=row.get("object_is", "target"),
        place=row.get("place", "at"),
        count=row.get("count", ""),
        weapon_decides=row.get("weapon_decides", False),
        casualty=row.get("casualty", False),
        status=row.get("status"),
    )


def _words(listed: str) -> frozenset[str]:
    return frozenset(word for word in listed.split("|") if word)


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists a clause is looked up in."""

    classes: dict[str, frozenset[str]]  # participant.toml: armed, place, structure, …
    groups: dict[str, str]  # victim.toml: word to group
    weapons: dict[str, str]  # weapon.toml: word to the kind it makes an attack, "" for none
    light: dict[str, Row]  # light_verb.toml by verb
    governors: dict[str, str]  # status.toml: verb, noun or adjective above a trigger, to its status
    through: dict[tuple[str, str], str]  # a word and the preposition between it and the trigger
    modals: dict[str, str]
    modifiers: dict[str, str]
    judgements: tuple[Row, ...]


@cache
def words(knowledge: Knowledge) -> Words:
    """The word lists of these rows."""
    status = knowledge.rows("en/status")
    return Words(
        classes=_classes(knowledge.rows("en/participant")),
        groups={word: row["group"] for row in reversed(knowledge.rows("en/victim")) for word in row["words"]},
        weapons={word: row.get("kind", "") for row in reversed(knowledge.rows("en/weapon")) for word in row["words"]},
        light={word: row for row in reversed(knowledge.rows("en/light_verb")) for word in row["verbs"]},
        governors=_status(status, "governors"),
        through={(pair.split()[0], pair.split()[1]): found for pair, found in _status(status, "through").items()},
        modals=_status(status, "modals"),
        modifiers=_status(status, "modifiers"),
        judgements=knowledge.rows("en/judgement"),
    )


def _classes(rows: Iterable[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["class"], set()).update(row["words"])
    return {name: frozenset(listed) for name, listed in found.items()}


def _status(rows: Iterable[Row], key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for word in row.get(key, ()):
            found.setdefault(word, row["status"])
    return found


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of not_event.toml: words beside a trigger that make it no event."""

    sense: str
    triggers: frozenset[str]  # "*" is any
    modifiers: frozenset[str]
    objects: frozenset[str]
    governors: frozenset[str]
    sentence: frozenset[str]
    heads: frozenset[str]
    frames: frozenset[str]
    verbs: frozenset[str]
    yields: bool  # whether what fighters or their arms do is told all the same


WORDS_OF_A_REFUSAL = ("triggers", "modifiers", "objects", "governors", "sentence", "heads", "frames", "verbs")


@cache
def refusals(knowledge: Knowledge) -> tuple[Refusal, ...]:
    """The rows that keep false events out."""
    return tuple(
        Refusal(
            sense=row["sense"],
            yields=row.get("yields", False),
            **{key: frozenset(row.get(key, ())) for key in WORDS_OF_A_REFUSAL},
        )
        for row in knowledge.rows("en/not_event")
    )
