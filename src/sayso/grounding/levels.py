"""What the words in and around a name say that it names: a town, a region, a river, an airport."""

from __future__ import annotations

from collections.abc import Container, Sequence

from sayso.grounding.place_rows import Rows
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token

POSSESSIVE = ("'s", "'")
LINKS = (",", "and", "or", "the")
PARTICLES = (
    "de", "del", "la", "las", "los", "el", "do", "da", "dos", "das", "di", "am", "an", "sur", "al", "of", "es", "ez",
    "ad", "ed", "et", "ar", "as", "ash", "at", "az", "le", "les", "du", "der", "den", "au", "aux", "upon", "o",
)  # fmt: skip
"""Small words inside the names of towns."""
LISTED_AT_MOST = 24
"""Of a list longer than this, the later names are not traced to its verb."""
ROADS = ("road", "highway", "motorway", "railway")
ENDS_OF_ROADS = ("-", "–", "—", "to")
OF_COURTS = ("attorney", "court", "judge")
INTRODUCING = ("of", ":", "including", "as", "like")

Level = tuple[str | None, int, int, int]
"""What a name is said to be, where the bare name begins and ends, and where the whole ends."""


def level_of(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> Level:
    """What the words in and around a name say it is; where the bare name stands; where the whole ends."""
    start = max(0, first - LISTED_AT_MOST)  # a sentence without end is not gone through for each of its names
    near = tokens[start : last + LISTED_AT_MOST]
    words = [token.text.lower() for token in near]
    at, end = first - start, last - start
    while at < end - 1 and words[at] == "the":
        at += 1
    found = (
        _within(near, words, at, end, rows)
        or _behind(near, words, at, end, rows)
        or _before(near, words, at, end, rows)
    )
    level, *places = found or (None, at, end, end)
    core_first, core_last, whole = (place + start for place in places)
    return level, core_first, core_last, whole


def _within(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> Level | None:
    """By a word inside the name: "Tver Oblast", "Lake Chad", "northern Norway"."""
    if last - first > 1:
        word, head = words[last - 1], words[first]
        told = _told_within(tokens, words, first, last, rows)
        if told is not None:
            return told
        if rows.after.get(word) == "area" or rows.before.get(head) == "area":
            return (None if is_listed(tokens[first:last], rows) else "area"), first, last, last
        if word in rows.after:
            return rows.after[word], first, last - 1, last
        if word in rows.sites:
            return "site", first, last, last
        if head in rows.parts and not _is_country(words[first:last], rows):
            return ("area" if head.endswith("ern") else None), first, last, last
    if first > 0 and words[first - 1] in rows.parts and words[first - 1].endswith(("ern", "central")):
        return "area", first - 1, last, last
    return None


def _told_within(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> Level | None:
    """A word of kind that the parser took into the name: "Province of Tver"; "District of Columbia" is a name.

    With a word before it, it is a part: "the Old City of Jerusalem" is a district of Jerusalem.
    """
    of = next((at for at in range(first + 1, min(first + 3, last - 1)) if words[at] == "of"), None)
    if of is None or rows.before.get(words[of - 1], "area") == "area" or is_listed(tokens[first:last], rows):
        return None
    level = "district" if of - first > 1 else rows.before[words[of - 1]]
    return (None if " ".join(words[of + 1 : last]) in rows.countries else level), of + 1, last, last


def _is_country(words: Sequence[str], rows: Rows) -> bool:
    return " ".join(words) in rows.countries or " ".join(words[:2]) in rows.countries


def is_listed(tokens: Sequence[Token], rows: Rows) -> bool:
    """Whether a name, whatever words are in it, is that of a town, region or country: "Cape Town"."""
    name = "".join(token.text + (" " if token.space else "") for token in tokens).strip()
    return name.lower() in rows.countries or any(row.main for row in gazetteer().find(name))


def _behind(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> Level | None:
    """By what stands behind the name: "Tver oblast", "the Lviv and Rivne regions", "Bergen airport"."""
    shared = _shared(tokens, words, first, last, rows)
    if shared is not None:
        return shared, first, last, last
    if last == len(tokens):
        return None
    if words[last] in rows.after and tokens[last].pos in ("NOUN", "PROPN"):
        level = rows.after[words[last]]
        if level == "district" and last + 1 < len(tokens) and words[last + 1] in OF_COURTS:
            return None  # "the Altona district attorney"
        if level == "area" and last + 1 < len(tokens) and tokens[last + 1].pos == "NOUN":
            return None  # "the Altona river port" is no river
        if level == "area":
            return (None if is_listed(tokens[first : last + 1], rows) else "area"), first, last + 1, last + 1
        return level, first, last, last + 1
    if last + 1 < len(tokens) and words[last] == "-" and words[last + 1] in rows.after:
        return rows.after[words[last + 1]], first, last, last + 2
    return _site_behind(tokens, words, first, last, rows)


def _site_behind(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> Level | None:
    for end in range(min(len(tokens), last + 3), last, -1):
        if " ".join(words[last:end]) in rows.sites and tokens[end - 1].pos in ("NOUN", "PROPN"):
            if words[end - 1] in ROADS and first > 1 and words[first - 1] in ENDS_OF_ROADS:
                return None, first, last, last  # "the Homs-Palmyra highway" runs between two towns
            return "site", first, end, end
    return None


def shared_level(tokens: Sequence[Token], first: int, last: int, rows: Rows) -> str | None:
    """What one plural says of a whole list: "the Lviv and Rivne regions", "the towns of Hamm and Soest"."""
    start = max(0, first - LISTED_AT_MOST)
    near = tokens[start : last + LISTED_AT_MOST]
    return _shared(near, [token.text.lower() for token in near], first - start, last - start, rows)


def kind_told(tokens: Sequence[Token], last: int, rows: Rows) -> str | None:
    """What the words between commas behind a name say it is: "Krynky, a village on the east bank"."""
    words = [token.text.lower() for token in tokens[last : last + 6]]
    if len(words) < 3 or words[0] != "," or words[1] not in ("a", "an", "the"):
        return None
    found = next((word for word in words[2:] if word in rows.before), None)
    if found is None:
        return None
    between = tokens[last + 2 : last + words.index(found)]
    return rows.before[found] if all(token.pos in ("ADJ", "NOUN", "PROPN", "ADV") for token in between) else None


def _before(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> Level | None:
    """By what stands before the name: "the city of Bergen", "Lake Chad"."""
    if " ".join(words[first:last]) in rows.countries:
        return None
    at = first - 1 if first > 0 and words[first - 1] == "the" else first
    if at > 1 and words[at - 1] == "of":
        level = rows.before.get(words[at - 2]) or rows.before_of.get(words[at - 2])
        if words[at - 2] == "capital" and _is_land(tokens[first:last]):
            return None  # "the capital of Bavaria" is not Bavaria
        return (level, first, last, last) if level else None
    if first > 0 and words[first - 1] in _standing_bare(tokens[first - 1], rows) and tokens[first - 1].pos != "VERB":
        owned = first > 1 and tokens[first - 1].text[0].isupper() and tokens[first - 2].text[0].isupper()
        return None if owned else (rows.before[words[first - 1]], first, last, last)  # "Tver County Sheriff"
    return None


def _is_land(tokens: Sequence[Token]) -> bool:
    """Whether a name is a region's and no town's."""
    name = "".join(token.text + (" " if token.space else "") for token in tokens).strip()
    kinds = {row.kind for row in gazetteer().find(name) if row.main and (row.kind != "town" or row.population)}
    return "region" in kinds and "town" not in kinds


def _standing_bare(token: Token, rows: Rows) -> Container[str]:
    """The words that stand right before a name: "the village Kuriga"; with a capital, any of them."""
    return rows.before if token.text[0].isupper() else rows.bare


def _shared(tokens: Sequence[Token], words: Sequence[str], first: int, last: int, rows: Rows) -> str | None:
    """What one word says of several names: "the Lviv and Rivne regions", "the towns of Hamm and Soest"."""
    at = last
    while at < min(len(tokens), last + 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at += 1
    if at < len(tokens) and words[at] in rows.shared and words[at - 1] not in LINKS:
        return rows.shared[words[at]]
    at = first - 1
    while at > max(1, first - 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at -= 1
    if at < 1 or words[at] not in INTRODUCING:
        return None
    at -= 1
    while at > 0 and words[at] in ("such", ","):
        at -= 1
    return rows.shared.get(words[at])
