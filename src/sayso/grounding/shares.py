"""Parts of a whole: "one in three", "a third of the homes", "half a mile"."""

from __future__ import annotations

import re

from sayso.grounding.found import Found, read_bound, read_unit
from sayso.grounding.number_rows import SCALE, Rows
from sayso.grounding.stretches import Stretch
from sayso.values.quantity import number, part

HALF_OF_TIME = re.compile(
    r"\b(?:first|second|latter|last|next|final|other|top|bottom|opening|closing|better|each|back|front) $", re.I
)
MOST = 100
OBJECTS = ("dobj", "obj", "attr", "oprd", "npadvmod")
PART_OF_ONE = re.compile(r"(?: of)? an?(?= )")


def ratio_at(stretch: Stretch, match: re.Match[str], rows: Rows) -> Found | None:
    """Read a share of a whole: "one in three", "three out of five", "one child in five"."""
    above, below = number(match["of"]), number(match["all"])
    if above is None or below is None or not 0 < above < below:
        return None
    if match["out"] == "in" and (below > MOST or not _is_in_many(stretch, match, rows)):
        return None
    if "noun" not in match.re.groupindex:
        return _share(stretch, match.start(), match.end(), above / below, rows)
    at = stretch.token_from(match.start("noun"))
    after = stretch.token_from(match.end())
    follows = stretch.tokens[after].pos if after < len(stretch.tokens) else "PUNCT"
    if stretch.tokens[at].pos != "NOUN" or follows in ("NOUN", "ADJ", "PROPN"):
        return None
    find = _share(stretch, match.start(), match.end(), above / below, rows)
    find.of = stretch.span(*match.span("noun"))
    return find


def _is_in_many(stretch: Stretch, match: re.Match[str], rows: Rows) -> bool:
    """Whether "in" tells a share: not in "killed 3 in 10 attacks", "one in three days", "he is one in a crowd"."""
    if rows.unit_after.match(stretch.text, match.end()):
        return False
    at, after = stretch.token_from(match.start()), stretch.token_from(match.end())
    follows = stretch.tokens[after] if after < len(stretch.tokens) else None
    with_noun = "noun" in match.re.groupindex
    if with_noun:
        return follows is not None and (follows.pos in ("VERB", "AUX") or follows.text == "of")
    of = follows is not None and follows.text == "of"
    verb = at > 0 and stretch.tokens[at - 1].pos == "VERB"
    if verb and stretch.tokens[at].dep in OBJECTS and not of:
        return False
    return follows is None or of or follows.pos in ("NOUN", "ADJ", "PROPN", "VERB", "AUX") or follows.text == "("


def part_at(stretch: Stretch, match: re.Match[str], rows: Rows) -> tuple[Found | None, int]:
    """Read a part: "a third of the homes", "half a mile", "a quarter of a million people"."""
    text, end = stretch.text, match.end()
    value = part(match[0])
    words = match[0].lower().replace("-", " ").split()
    if value is None:
        return None, end
    scaled = re.compile(rf"(?: of)? an? (?P<scale>dozen|{SCALE})\b", re.I).match(text, end)
    if scaled:
        whole = value * (number(scaled["scale"]) or 1)
        find = Found(match.start(), scaled.end(), whole, whole, core=(match.start(), scaled.end()), values=(whole,))
        read_unit(text, find, rows, whole)
        read_bound(stretch, find, rows)
        return find, find.end
    if (measured := _measured(text, end, words, rows)) is not None:
        unit, end = measured
        find = Found(match.start(), end, value, value, unit=unit, core=match.span(), values=(value,))
        find.refused = "time" if rows.is_time(unit) else None
        read_bound(stretch, find, rows)
        return find, find.end
    if len(words) == 1 and (words != ["half"] or HALF_OF_TIME.search(text[max(0, match.start() - 12) : match.start()])):
        return None, end  # "the third quarter", "the second half of the match"
    wholes = re.compile(r" of (?!th(?:e|is|at) (?:year|century|month|season|pitch|game)\b)").match(text, end)
    all_of = words == ["half"] and re.compile(r" (?:the|its|their|his|her|our|all|those|these)\b").match(text, end)
    plain = words[-1].endswith("s") and words[-1] not in ("quarters", "halves") and words[0] not in ("the", "last")
    if not (wholes or all_of or plain or (words[-1] == "quarters" and "-" in match[0])):
        return None, end
    find = _share(stretch, match.start(), end, value, rows)
    if all_of:
        find.joint = "half"
    return find, end


def _measured(text: str, end: int, words: list[str], rows: Rows) -> tuple[str, int] | None:
    """The unit that a part is of, and where it ends: "half a mile", "a quarter of an inch", "two-thirds of a mile"."""
    of = PART_OF_ONE.match(text, end)
    if of is None and (words[-1] not in ("half", "quarter") or words == ["quarter"]):
        return None
    named = rows.unit_after.match(text, of.end() if of else end)
    unit = rows.unit(named["unit"]) if named else None
    return None if named is None or unit is None or unit.dimension == "money" else (unit.code, named.end("unit"))


def _share(stretch: Stretch, start: int, end: int, value: float, rows: Rows) -> Found:
    find = Found(start, end, value, value, unit="share", core=(start, end), values=(value,))
    read_bound(stretch, find, rows)
    return find
