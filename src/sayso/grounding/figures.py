"""The wide layer below the quantities: every number of a sentence that counts anything, with its unit in words.

The record keeps what a report counts, measures or prices. Ages, durations, "one of the mayors" and bare nouns as units
are not its quantities, and a number joined by "or" is one there. Whoever annotates all numbers of a text wants them
too: this layer gives them, from the same reading of the numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.grounding.counted import counted
from sayso.grounding.found import GAINING, OF_THEM, WINDOW, Found, moved
from sayso.grounding.number_rows import Rows, rows_about_numbers
from sayso.grounding.numbers import restates
from sayso.grounding.numerals import numerals
from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge
from sayso.models.parsing import Token
from sayso.record import Span

KEPT = (None, "time", "age", "calibre", "glued", "one", "multiple")
NO_UNIT = "-"
PER = re.compile(r"(?P<how> per |-per-| an? |-an?-| each | every |/)(?P<noun>[A-Za-z]+)")
EARLIER = re.compile(r" (?:ago|earlier|before|later|after)\b")
SHARED = frozenset(
    {"share", "person", "head", "game", "piece", "night", "unit", "household", "family", "pupil", "ticket"}
)
AVERAGED = re.compile(r"\b(?:averag(?:ed|es|ing)|barely|on average)(?: [a-z]+ly)?\s*$", re.I)
HYPHENED = re.compile(r"-(?:[a-z]+-)*")
JOINED, COMPARED = re.compile(r"(?: and| or| to|,) "), re.compile(r"(?:^|\W)(?:and|or|from|than) $")
NO_ONES = frozenset({"no", "the", "this", "that", "each", "every", "any", "which", "another", "someone"})
NEVER_ONES = frozenset({"day", "another", "thing", "time", "way", "side", "hand"})
SOFT_SCALE = 20  # "several" and "a few" tell no scale; "dozens" does
LONGEST_WHOLE = 20
INSIDE = ("in", "of", "for")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it is written: both its ends, its bound (= ~ > < up down), its unit in words or "-".

    A unit is its full name in the singular ("square kilometre", "dollar per barrel"), an age is in "year of age", a
    part in "% " and what it is a part of; else the unit is the noun group that is counted, in its dictionary forms.
    """

    span: Span | None
    low: float
    high: float
    bound: str
    unit: str


def find_figures(stretches: Sequence[Stretch], taken: Iterable[Span], knowledge: Knowledge) -> tuple[Figure, ...]:
    """Every number that counts, measures, prices, dates back or ages something. `taken` are the spans of moments."""
    rows = rows_about_numbers(knowledge)
    dates = sorted(taken)
    return tuple(figure for stretch in stretches for figure in _in_stretch(stretch, dates, rows))


def _in_stretch(stretch: Stretch, dates: list[Span], rows: Rows) -> Iterator[Figure]:
    finds = [
        find for find in numerals(stretch, dates, rows) if find.refused in KEPT and _is_figure(stretch, find, rows)
    ]
    finds = list(_one_of_many(_stretched(stretch.text, finds), stretch.text))
    bounds = [_bound(stretch, find, rows) for find in finds]
    units = _units(stretch, finds, rows)
    for at, find in enumerate(finds):
        if at and bounds[at] == "=" and restates(finds[at - 1], find, stretch.text, rows):
            bounds[at] = bounds[at - 1]
        for number_of, (low, high) in enumerate(_ends(find)):
            bound = "=" if number_of else bounds[at]  # "about eight or nine": about eight, or nine
            yield Figure(stretch.span(find.start, find.end), low, high, bound, units[at])


def _units(stretch: Stretch, finds: Sequence[Found], rows: Rows) -> list[str]:
    """The unit of each; of one that stands alone, that of the number it is joined with or compared to."""
    units = [_unit(stretch, find, rows) for find in finds]
    for at in range(len(finds) - 2, -1, -1):
        if units[at] == NO_UNIT and JOINED.fullmatch(stretch.text[finds[at].end : finds[at + 1].start]):
            units[at] = units[at + 1]
    noun = ""
    for at, find in enumerate(finds):
        alone = units[at] == NO_UNIT and find.refused is None
        if alone and (said := _said_before(stretch, find)) is not None:
            units[at] = _called([said], rows)
        elif alone and noun and COMPARED.search(stretch.text[max(0, find.start - 8) : find.start]):
            units[at] = noun
        elif not alone and find.unit is None and not find.aged:
            noun = units[at]
    return units


def _is_figure(stretch: Stretch, find: Found, rows: Rows) -> bool:
    if not find.values or find.joint == "half":
        return False
    if find.vague:
        return find.values[0] >= SOFT_SCALE and stretch.text[: find.core[1]][-1:] == "s"
    if find.refused == "glued":
        noun = _hyphened(stretch, find)
        if noun is None or noun.pos != "NOUN" or noun.lemma in ("time", "way", "fold"):
            return False
        # "One-stop shopping" counts no stops, "a one-year term" a year.
        return find.values != (1.0,) or rows.unit(noun.lemma + "s") is not None
    return find.refused != "one" or _is_one(stretch, find)


def _ends(find: Found) -> list[tuple[float, float]]:
    """Both ends of what is written; "eight or nine" is two figures; "dozens" is twelve to ten times that."""
    if find.vague:
        return [(find.values[0] / 2, find.values[0] * 5)]
    if find.joint.lower() == "or":
        return [(value, value) for value in find.values]
    return [(find.values[0], find.values[-1])]


def _stretched(text: str, finds: list[Found]) -> Iterator[Found]:
    """Join "from 252 miles to 287 miles" into one range."""
    at = 0
    while at < len(finds):
        one, two = finds[at], finds[at + 1] if at + 1 < len(finds) else None
        if (
            two is not None
            and text[one.end : two.start].lower() == " to "
            and re.search(r"\bfrom\s+$", text[max(0, one.start - 8) : one.start], re.I)
            and one.unit in (two.unit, None)
            and len(one.values) == len(two.values) == 1
        ):
            at += 1
            one = replace(two, start=one.start, values=(one.values[0], two.values[0]), bound="", joint="to")
        yield one
        at += 1


def _one_of_many(finds: Iterable[Found], text: str) -> Iterator[Found]:
    """Read "one of four concepts" as the quarter of them that it is."""
    part: Found | None = None
    for find in finds:
        if part is not None and _is_part(text, part, find):
            value = part.values[0] / find.values[0]
            yield replace(find, start=part.start, low=value, high=value, values=(value,), unit="share", refused=None)
            part = None
            continue
        if part is not None:
            yield part
        part = find
    if part is not None:
        yield part


def _is_part(text: str, part: Found, whole: Found) -> bool:
    bare = part.unit is None and whole.unit is None and whole.refused is None and not part.vague
    single = len(part.values) == len(whole.values) == 1
    return (
        bare
        and single
        and OF_THEM.fullmatch(text, part.end, whole.start) is not None
        and part.values[0] < whole.values[0]
    )


def _said_before(stretch: Stretch, find: Found) -> Token | None:
    """The noun that stands before "or two": "another week or two"."""
    at = stretch.token_from(find.core[0])
    if at < 2 or stretch.tokens[at - 1].text != "or" or stretch.tokens[at - 2].tag != "NN":
        return None
    return stretch.tokens[at - 2]


# The bound ---------------------------------------------------------------------------------------


def _bound(stretch: Stretch, find: Found, rows: Rows) -> str:
    if find.bound and (sign := _sign(find.bound, rows)):
        return sign
    before = stretch.text[max(0, find.start - WINDOW) : find.start]
    if AVERAGED.search(before):
        return "~"
    if find.bound or find.refused is not None:
        return "="
    # "Lost 12 men" tells no fall; "lost $5" does.
    move = moved(stretch, find, rows)
    return move if move and (_is_rate(find, rows) or not GAINING.search(before)) else "="


def _is_rate(find: Found, rows: Rows) -> bool:
    return find.unit is not None and rows.codes[find.unit].dimension[:5] in ("share", "money", "point", "tempe")


def _sign(words: str, rows: Rows) -> str:
    kind = rows.bounds.get(words) or rows.bounds[f" {words}"]
    if words.startswith("as ") or words == "an average of":
        return ""
    if kind in ("more", "at_least") or re.search(r"\b(?:over|more)\b", words):
        return ">"
    if kind in ("less", "at_most") or re.search(r"\b(?:under|less)\b", words):
        return "<"
    return "~"


# The unit ----------------------------------------------------------------------------------------


def _unit(stretch: Stretch, find: Found, rows: Rows) -> str:
    if find.aged:
        return f"{find.aged} of age"
    if find.refused == "glued":
        noun = _hyphened(stretch, find)
        return _called([noun], rows) if noun else NO_UNIT
    if find.unit == "share":
        group = counted(stretch, find)
        return "% " + (_called(_owned(stretch.tokens[group[0] : group[1] + 1]), rows) if group else NO_UNIT)
    if find.unit is not None:
        return rows.codes[find.unit].called + _per(stretch.text, find.end, rows)
    tokens = stretch.tokens
    if find.refused == "one" and (whole := _one_of(stretch, find)) is not None:
        return " ".join(whole) or NO_UNIT
    group = counted(stretch, find)
    if group is None:
        return NO_UNIT
    end = stretch.starts[group[1]] + tokens[group[1]].end - tokens[group[1]].start
    return _called(_head_group(tokens[group[0] : group[1] + 1]), rows) + _per(stretch.text, end, rows)


def _head_group(tokens: Sequence[Token]) -> Sequence[Token]:
    """The first noun group of several that are joined: "rockets and shells" counts rockets."""
    for at, token in enumerate(tokens):
        if (at and token.tag == "POS") or (
            token.pos == "CCONJ" and tokens[at - 1].dep not in ("compound", "nmod", "amod")
        ):
            return tokens[:at]
    return tokens


def _owned(tokens: Sequence[Token]) -> Sequence[Token]:
    """What is owned in a group with an owner: "the town's homes"."""
    owners = [at for at, token in enumerate(tokens[:-1]) if token.tag == "POS"]
    return tokens[owners[-1] + 1 :] if owners else tokens


def _called(group: Sequence[Token], rows: Rows) -> str:
    """The name of the unit that a noun group ends in, else the group in its dictionary forms."""
    head = group[-1]
    last = head.lemma.removesuffix("s") if head.tag == "NNPS" and len(group) > 1 else head.lemma
    known = rows.unit(head.lemma) or rows.unit(head.lemma + "s")
    if known is not None and head.pos == "NOUN":
        return known.called
    if head.lemma == "time" and head.tag == "NNS":
        return "count"
    words = "".join(
        token.lemma + ("" if "HYPH" in (token.tag, after.tag) else " ")
        for token, after in pairwise(group)
        if token.tag not in ("VBG", "VBN") and (token.pos in ("NOUN", "PROPN", "ADJ") or token.tag == "HYPH")
    )
    return (words + last).strip("- ") or NO_UNIT


def _per(text: str, end: int, rows: Rows) -> str:
    """What one of it is for: " per barrel", " a month"."""
    seen = PER.match(text, end)
    if seen is None:
        return ""
    unit = rows.unit(seen["noun"]) or rows.unit(seen["noun"] + "s")
    if EARLIER.match(text, seen.end()):
        return ""
    if unit is None and "per" not in seen["how"] and seen["noun"].lower() not in SHARED:
        return ""
    return f" per {unit.called if unit else seen['noun'].lower()}"


def _hyphened(stretch: Stretch, find: Found) -> Token | None:
    """The noun that a hyphen joins to a number: "12-page"."""
    seen = HYPHENED.match(stretch.text, find.core[1])
    if seen is None:
        return None
    at = stretch.token_from(seen.end())
    return stretch.tokens[at] if at < len(stretch.tokens) else None


# One ---------------------------------------------------------------------------------------------


def _is_one(stretch: Stretch, find: Found) -> bool:
    """Whether "one" tells a number: "one proposal", "one of the mayors"; not "no one", "the one who"."""
    at = stretch.token_from(find.core[0])
    tokens = stretch.tokens
    if at + 1 >= len(tokens):
        return False
    before, after = (tokens[at - 1].lemma if at else ""), tokens[at + 1]
    if before in NO_ONES or after.lemma in NEVER_ONES:
        return False
    return after.text == "of" or counted(stretch, find) is not None


def _one_of(stretch: Stretch, find: Found) -> list[str] | None:
    """The whole that one is taken from, in dictionary forms; None where no "of" follows."""
    tokens = stretch.tokens
    at = stretch.token_from(find.end)
    if at >= len(tokens) or tokens[at].text != "of":
        return None
    words: list[str] = []
    noun = False
    for index in range(at + 1, min(len(tokens), at + LONGEST_WHOLE)):
        token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
        if token.ent in ("DATE", "TIME") and (after is None or after.tag != "POS"):
            break
        if token.tag == "POS":
            words, noun = [], False  # what is owned counts, not the owner
            continue
        if token.pos in ("NOUN", "PROPN"):
            words.append(token.lemma)
            noun = True
        elif token.pos == "ADJ" or token.tag in ("VBN", "VBG", "JJ"):
            if noun and (after is None or after.pos != "ADP"):
                break
            words += [] if token.tag in ("VBN", "VBG") else [token.lemma]
            noun = False
        elif noun and token.tag == "VB":
            words.append(token.lemma)
            noun = False
        elif token.pos in ("DET", "ADV", "NUM") or token.tag in ("PRP$", "TO", "HYPH") or token.text.lower() in INSIDE:
            noun = noun and (token.tag == "TO" or token.pos == "ADV")
        else:
            break
        if noun and not _goes_further(after):
            break
    return words


def _goes_further(after: Token | None) -> bool:
    return after is not None and (
        after.text.lower() in INSIDE or after.pos in ("NOUN", "PROPN", "ADJ", "ADV") or after.tag in ("TO", "VB", "POS")
    )
