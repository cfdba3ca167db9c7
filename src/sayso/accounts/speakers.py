"""Who is one speaker across reports: names as readings compare them, bodies with their side, nobody by a short name.

Somebody unnamed ("one officer", "residents") is a speaker of one report, or of one family of copies; across independent
reports they never become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from sayso.accounts.known import ONE_BODY, Known, known
from sayso.knowledge import Knowledge
from sayso.record import Reason, Speaker
from sayso.values.body import initials_of, same_body, words_of
from sayso.values.keys import word_keys
from sayso.values.name import joined_words, name_words, same_person
from sayso.values.spelling import levelled

STRONG = frozenset(("same", "spelling", "full_name", "order", "initial", "short_form"))
BY_SURNAME = frozenset(("same", "spelling", "surname", "first_surname"))
ALIKE = frozenset(("same", "spelling", "order"))
STATE = frozenset(("government", "side", "authority", "authorities", "state", "leadership"))
EVERYWHERE = frozenset((
    "ministry", "army", "military", "navy", "police", "parliament", "cabinet", "court", "council", "force",
    "forces", "staff", "department", "prosecutor", "prosecutors", "office", "administration", "defense", "foreign",
    "interior", "health", "justice", "general", "armed", "air", "ground", "city", "town", "regional", "national",
    "state", "local", "supreme", "security", "service", "emergency", "border", "guard", "mayor", "governor",
    "president", "presidential", "command", "agency", "hospital", "government", "side", "authority", "authorities",
    "troops",
))  # fmt: skip
"""Words that name a body only together with its country, town or side: each has a Defense Ministry."""
NO_OFFICE = frozenset(("the", "of", "for", "and", "a", "an", "in", "its", "his", "her", "chief", "head", "deputy"))
NAMELESS = "a report without a name"
PRONOUNS = frozenset(("he", "she", "it", "they", "who", "i", "we", "one"))
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
KEY_BYTES = 7  # a key fits a signed integer of 64 bits

SPELLINGS = 8
"""Further spellings of a speaker that are compared: of a thousand, each with each, one report would take hours."""


@dataclass(frozen=True, slots=True)
class SameSpeaker:
    """Whether two speakers are one, and what speaks for it and against it."""

    same: bool
    reasons: tuple[Reason, ...] = ()


@lru_cache(maxsize=32_768)
def same_speaker(one: Speaker, two: Speaker, knowledge: Knowledge) -> SameSpeaker:
    """Whether the speakers of two independent reports are one, by their names, roles and sides.

    People: two full names as readings compare them; a surname alone only with an office both have, and "Osk" by itself
    decides nothing. Bodies: the same words in any order and no other side; a name that every country has ("the Defense
    Ministry") only where both sides are known. Two sides are never one speaker.
    """
    rows = known(knowledge)
    sort = sort_of(one, rows)
    if sort == "unnamed" or sort != sort_of(two, rows):
        return SameSpeaker(False, (Reason("unnamed", False, "somebody without a name is a speaker of one report"),))
    sides = side_of(one, rows), side_of(two, rows)
    if all(sides) and sides[0] != sides[1]:
        return SameSpeaker(False, (Reason("side", False, f"{one.name} and {two.name} speak for two sides"),))
    match sort:
        case "person":
            return _same_person(one, two, rows)
        case "outlet":
            is_one = outlet_of(one, rows) == outlet_of(two, rows)
            return _by("outlet", is_one, one, two)
        case _:
            return _same_body(one, two, rows)


def sort_of(speaker: Speaker, rows: Known) -> str:
    """What sort of speaker this is: person, body, outlet, or unnamed."""
    if speaker.naming == "named":
        return "person"
    if speaker.naming == "newsroom":
        return "outlet" if speaker.name != NAMELESS else "unnamed"
    if speaker.naming == "institution":
        return "outlet" if outlet_of(speaker, rows) else "body"
    words = WORD.findall(speaker.name.casefold())
    is_body = speaker.naming == "group" and bool(words) and rows.nouns.get(words[-1]) == "body"
    is_police = speaker.naming == "group" and words[-1:] == ["police"] and len(words) > 1
    return "body" if is_body or is_police else "unnamed"


def outlet_of(speaker: Speaker, rows: Known) -> str | None:
    """The outlet that a speaker is, by its row: also "Its state agency, Halvapress". One without a row is itself."""
    for name in (speaker.name, *speaker.also, speaker.name.rsplit(", ", 1)[-1]):
        if row := rows.outlets.get(name.casefold()):
            return row
    return levelled(speaker.name) if speaker.naming == "newsroom" else None


def side_of(speaker: Speaker, rows: Known) -> str | None:
    """The party that a speaker speaks for, by the reading or by the words of a body's name."""
    if speaker.party is not None:
        return speaker.party
    if speaker.naming not in ("institution", "group"):
        return None
    return _side_in(speaker.name, rows)


def is_state(speaker: Speaker, rows: Known) -> bool:
    """Whether a speaker is a government as a whole: "Upland", "the Upland side", "Upland's government"."""
    if speaker.naming != "institution":
        return False
    words = [word for word in _words(_plain(speaker.name)) if word != "the"]
    rest = [word for word in words if word not in STATE]
    return not rest or " ".join(rest) in rows.sides


def office_words(speaker: Speaker) -> frozenset[str]:
    """The words of what somebody is, from their role and from what stands beside their name."""
    told = f"{speaker.role or ''} {_beside_the_name(speaker)}".casefold()
    return frozenset(WORD.findall(told)) - NO_OFFICE


def speaker_keys(speaker: Speaker, knowledge: Knowledge) -> tuple[int, ...]:
    """Keys for a database: two speakers that `same_speaker` takes for one share one; most that share one are two.

    Somebody unnamed has none. The same on every machine.
    """
    found = sorted({repr(key) for key in _keys(speaker, known(knowledge))})
    return tuple(int.from_bytes(blake2b(key.encode(), digest_size=KEY_BYTES).digest(), "big") for key in found)


def _keys(speaker: Speaker, rows: Known) -> Iterator[object]:
    match sort_of(speaker, rows):
        case "person":
            for name in (speaker.name, *speaker.also):
                yield from _person_keys(name, rows)
        case "outlet":
            yield "outlet", outlet_of(speaker, rows)
        case "body":
            yield from _body_keys(speaker, rows)
        case _:
            return


def _person_keys(name: str, rows: Known) -> Iterator[object]:
    words = name_words(name)
    if not words:
        return
    yield "letters", "".join(sorted(joined_words(words)))
    surnames = {words[-1], *words[1:-1], "".join(words[1:])}
    if levelled(words[0]) in rows.forms.families_first:
        surnames.add(words[0])
    for word in sorted(surnames - {""}):
        for key in word_keys(word):
            yield "surname", key
        for number in rows.forms.families.get(levelled(word), ()):
            yield "family", number


def _body_keys(speaker: Speaker, rows: Known) -> Iterator[object]:
    if is_state(speaker, rows):
        yield "state", side_of(speaker, rows)
    if row := rows.parties.get(speaker.name.casefold()):
        yield "party", row[0]
    words = words_of(_plain(speaker.name), rows.sides)
    for shorter in (words, words[:-1]):
        if shorter:
            yield "body", *sorted(levelled(word) for word in shorter)
    for letters in initials_of(speaker.name):
        yield "initials", letters


def _same_person(one: Speaker, two: Speaker, rows: Known) -> SameSpeaker:
    reasons = {
        reason: (left, right)
        for left in (one.name, *one.also[:SPELLINGS])
        for right in (two.name, *two.also[:SPELLINGS])
        if (reason := same_person(left, right, rows.forms)) is not None
        and len(name_words(left)) > 1
        and len(name_words(right)) > 1
    }
    full = [name for name in (one.name, two.name) if len(name_words(name)) > 1]
    if len(full) == 2:
        why = next((reason for reason in sorted(reasons) if reason in STRONG), None)
        if why is None and "languages" in reasons:
            why = "languages" if _share_an_office(one, two) else None
        return _by(why or "names_differ", why is not None, one, two)
    short = same_person(one.name, two.name, rows.forms) in BY_SURNAME
    return _by("surname_and_role" if short else "names_differ", short and _share_an_office(one, two), one, two)


def _share_an_office(one: Speaker, two: Speaker) -> bool:
    """Whether both are told to hold one office: of "governor of Sake" and "governor of Goma" the towns differ."""
    left, right = office_words(one), office_words(two)
    names = _names_beside(one), _names_beside(two)
    return bool(left & right - _names_beside(one)) and (not all(names) or bool(names[0] & names[1]))


def _names_beside(speaker: Speaker) -> frozenset[str]:
    told = f"{_beside_the_name(speaker)} , {speaker.role or ''}"
    return frozenset(word.casefold() for word in WORD.findall(told)[1:] if word[:1].isupper())


def _beside_the_name(speaker: Speaker) -> str:
    said = speaker.who.words if speaker.who is not None else ""
    for name in (speaker.name, *speaker.also):
        said = said.replace(name, " ")
    words = [word for word in WORD.findall(said) if word.casefold() not in PRONOUNS]
    return said if len(words) > 1 or (words and words[0].islower()) else ""


def _same_body(one: Speaker, two: Speaker, rows: Known) -> SameSpeaker:
    sides = side_of(one, rows), side_of(two, rows)
    if is_state(one, rows) and is_state(two, rows):
        return _by("state", sides[0] is not None and sides[0] == sides[1], one, two)
    if is_state(one, rows) or is_state(two, rows):
        return _by("names_differ", False, one, two)
    left, right = (rows.parties.get(speaker.name.casefold()) for speaker in (one, two))
    if left is not None and left == right and left[1] in ONE_BODY:
        return _by("row", True, one, two)
    why = same_body(_plain(one.name), _plain(two.name), rows.sides)
    if why is None:
        return _by("names_differ", False, one, two)
    if why == "country" or _is_everywhere(one, rows) or _is_everywhere(two, rows):
        return _by("name_and_side", sides[0] is not None and sides[0] == sides[1], one, two)
    return _by(why, True, one, two)


def _is_everywhere(speaker: Speaker, rows: Known) -> bool:
    return EVERYWHERE.issuperset(words_of(_plain(speaker.name), rows.sides))


def _by(why: str, is_same: bool, one: Speaker, two: Speaker) -> SameSpeaker:
    says = f"“{one.name}” and “{two.name}”"
    return SameSpeaker(is_same, (Reason(why, is_same, says),))


def _plain(name: str) -> str:
    return name.replace("’", "'").removeprefix("The ").removeprefix("the ")


@lru_cache(maxsize=8_192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.sub(r"['’]s?\b", " ", name).casefold().split())


def _side_in(name: str, rows: Known) -> str | None:
    """The first side that the words of a body's name tell: "Kesteria's Defense Ministry"."""
    if row := rows.parties.get(name.casefold()):
        return row[0]
    words = _words(name)
    for at in range(len(words)):
        for size in (3, 2, 1):
            if code := rows.sides.get(" ".join(words[at : at + size])):
                return code
    return None
