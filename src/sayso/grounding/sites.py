"""One mention of a place: where it stands, what the words around it say that it is, and what they say it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows, plain
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.record import Span

POSSESSIVE = ("'s", "'")
LISTED_AT_MOST = 24
"""Of a list longer than this, the later names are not traced to its verb."""
LINKS = (",", "and", "or", "the")
GREAT = 50_000
"""A town of so many people is taken for a place in its own country, even where the parser saw none."""


@dataclass(frozen=True, slots=True)
class Site:
    """One mention of a place under way: where it stands, and what stands around it."""

    stretch: Stretch
    first: int
    last: int
    name: str  # what is looked up
    span: Span
    level: str | None  # what the words around it say it is
    kind: str  # name | adjective | vague
    country: str | None = None
    inside: str | None = None  # the name behind a comma or before a possessive: "Paris, Texas", "Russia's Tver region"
    label: str = ""
    sure: bool = True  # False: taken only where the names around bear it out
    placed: bool = True  # False: it does not even stand where places stand


def site_of(stretch: Stretch, mention: Named, rows: Rows) -> Site | None:
    """A place mention with the level words around it taken in: "the Tver region", "the town of Klin"."""
    tokens = stretch.tokens
    first, last = mention.first, mention.last
    if mention.kind == "nationality":
        return Site(stretch, first, last, mention.name, mention.span, "country", "adjective", mention.country)
    while last - first > 1 and tokens[last - 1].text in POSSESSIVE:
        last -= 1
    inside = None
    for index in range(first + 1, last - 1):
        if tokens[index].text in POSSESSIVE:  # the parser glued an owner on: "Russia's Tver"
            inside, first = words_of(tokens[first:index]), index + 1
            break
    level, core_first, core_last, end = level_of(tokens, first, last, rows)
    name = words_of(tokens[core_first:core_last])
    span = span_of(stretch, core_first, end)
    if span is None or not name:
        return None
    inside = inside or around(tokens, core_first, end, rows)
    return Site(stretch, core_first, end, name, span, level, "name", mention.country, inside, mention.label)


def site_at(stretch: Stretch, first: int, last: int, rows: Rows) -> Site | None:
    """The mention that the tokens `[first, last)` are, taken on trust to name a place; None where a cut splits it."""
    span = span_of(stretch, first, last)
    if span is None:
        return None
    name = words_of(stretch.tokens[first:last])
    people = rows.adjectives.get(plain(name))
    kind = "place" if people is None else "nationality"
    country = rows.countries.get(plain(name)) if people is None else people
    return site_of(stretch, Named(stretch, first, last, kind, name, span, country), rows)


def level_of(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> tuple[str | None, int, int, int]:
    """What the words in and around a name say it is; where the bare name stands; where the whole ends."""
    start = max(0, first - LISTED_AT_MOST)  # a sentence without end is not gone through for each of its names
    level, *places = _level_within(tokens[start : last + LISTED_AT_MOST], first - start, last - start, rows)
    core_first, core_last, end = (at + start for at in places)
    return level, core_first, core_last, end


def _level_within(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> tuple[str | None, int, int, int]:
    words = [token.text.lower() for token in tokens]
    while first < last - 1 and words[first] == "the":
        first += 1
    if last - first > 1 and words[last - 1] in rows.after:
        return rows.after[words[last - 1]], first, last - 1, last
    if last - first > 1 and words[last - 1] in rows.sites:
        return "site", first, last, last
    if last - first > 1 and words[first] in rows.parts and words[first] + " " + words[first + 1] not in rows.countries:
        whole = " ".join(words[first:last])
        if words[first].endswith("ern") or whole not in rows.countries:
            return ("area" if words[first].endswith("ern") else None), first, last, last
    if first > 0 and words[first - 1] in rows.parts and words[first - 1].endswith(("ern", "central")):
        return "area", first - 1, last, last
    shared = _shared_level(tokens, words, first, last, rows)
    if shared is not None:
        return shared, first, last, last
    if last < len(tokens) and words[last] in rows.after and tokens[last].pos in ("NOUN", "PROPN"):
        return rows.after[words[last]], first, last, last + 1
    if last + 1 < len(tokens) and words[last] == "-" and words[last + 1] in rows.after:
        return rows.after[words[last + 1]], first, last, last + 2
    if last < len(tokens) and words[last] in rows.sites and tokens[last].pos in ("NOUN", "PROPN"):
        return "site", first, last + 1, last + 1
    at = first - 1 if first > 0 and words[first - 1] == "the" else first
    if " ".join(words[first:last]) in rows.countries:
        return None, first, last, last
    if at > 1 and words[at - 1] == "of" and words[at - 2] in rows.before:
        return rows.before[words[at - 2]], first, last, last
    if first > 0 and words[first - 1] in rows.before and tokens[first - 1].pos in ("NOUN", "PROPN"):
        return rows.before[words[first - 1]], first, last, last
    return None, first, last, last


def _shared_level(tokens: tuple[Token, ...], words: Sequence[str], first: int, last: int, rows: Rows) -> str | None:
    """What one word says of several names: "the Lviv and Rivne regions", "the towns of Hamm and Soest"."""
    at = last
    while at < min(len(tokens), last + 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at += 1
    if at < len(tokens) and words[at] in rows.shared and words[at - 1] not in LINKS:
        return rows.shared[words[at]]
    at = first - 1
    if at < 0 or words[at] not in LINKS:
        return None
    while at > max(1, first - 12) and (tokens[at].text[0].isupper() or words[at] in LINKS):
        at -= 1
    return rows.shared.get(words[at - 1]) if at > 0 and words[at] == "of" else None


def around(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> str | None:
    """The wider place named right beside: "Springfield, Illinois", "Russia's Tver region"."""
    if first > 1 and tokens[first - 1].text in POSSESSIVE and tokens[first - 2].pos == "PROPN":
        start = first - 2
        while start > 0 and tokens[start - 1].pos == "PROPN":
            start -= 1
        return words_of(tokens[start : first - 1])
    if first > 0 and " ".join(tokens[first - 1].text.lower().split()) in rows.countries:
        return words_of(tokens[first - 1 : first])
    at = last
    if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text in ("in", "the"):
        at += 1 if tokens[at + 1].text == "the" else 2
        at -= 1
    if (
        at + 1 < len(tokens)
        and (tokens[at].text == "," or (tokens[at].text in ("in", "the") and at > 0))
        and tokens[at + 1].pos in ("PROPN", "DET")
    ):
        start = at + (2 if tokens[at + 1].pos == "DET" else 1)
        end = start
        while end < len(tokens) and tokens[end].pos == "PROPN":
            end += 1
        if end > start and tokens[start].ent in ("GPE", "LOC"):
            return words_of(tokens[start:end])
    return None


def stands_as_place(tokens: tuple[Token, ...], first: int, last: int, rows: Rows) -> bool:
    """Whether a name stands where a place's does: behind "in", as what is shelled, before "area"."""
    token, base = tokens[last - 1], tokens[0].i
    for _ in range(6):  # of several names, the first one's verb is the verb of all
        if token.dep not in ("conj", "appos"):
            break
        token = tokens[token.head - base]
    head = tokens[token.head - base]
    if token.dep in ("dobj", "nsubjpass") and (head.lemma in rows.place_verbs or head.lemma in rows.taking):
        return True
    if last < len(tokens) and tokens[last].text in ("area", "areas", "front", "sector", "axis"):
        return True
    start = first
    while start - LISTED_AT_MOST < first > 0 and tokens[first - 1].text in LINKS:
        back = first - 1
        while back > 0 and tokens[back - 1].text[0].isupper() and tokens[first - 1].text != "the":
            back -= 1
        if back == first - 1 and tokens[first - 1].text != "the":
            return False
        first = back
    if first == 0:
        return False
    before = tokens[first - 1]
    word = before.text.lower()
    if word == "of" and first > 1:
        return any(tokens[first - 2].lemma in words for words in (rows.place_nouns, rows.offices, rows.of_places))
    if word in ("to", "for"):
        return tokens[before.head - base].lemma in rows.motion
    return word in rows.locative or word == "from"


def words_of(tokens: Sequence[Token]) -> str:
    """The words of tokens, single blanks between them as they stand."""
    return "".join(token.text + (" " if token.space else "") for token in tokens).strip()


def span_of(stretch: Stretch, first: int, last: int) -> Span | None:
    """The sealed stretch of the tokens `[first, last)`, or None where a cut runs through it."""
    return stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(stretch.tokens[last - 1].text))
