"""What two numbers of a sentence have to do with each other: a part and its whole, a figure and the one it replaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.grounding.found import OF_THEM, Found
from sayso.grounding.number_rows import Rows

SHARES = ("share", "%")
OF_WHOM = re.compile(r" of (?:them|whom|which|those)\b")
GOES_ON = re.compile(r" [\w -]{0,30}(?: and|,) ")
HOW = re.compile(r" (?:of them )?[a-z]+ly\b(?! [a-z])")
OF_THE = re.compile(r"(?:^|\W)of (?:the |its |their )?(?:more than |about |some )?$", re.I)
FROM = re.compile(r"\bfrom $")
ASIDE = re.compile(r" \([^()]{0,40}\)")
CORRECTED = re.compile(
    r"\b(?:correct|revis|updat|amend|lower|rais)(?:ed|ing|es?)\b[^.;]{0,12} (?:the|its|that|this|their|his|her) "
    r"(?:\w+ )?(?:number|figure|toll|count|tally|estimate)(?: up| down)? to (?:about |at least |some |around )?$",
    re.I,
)
THEN = re.compile(r"[^.;]{0,60}, (?:only |at least |some )?")


def tie(text: str, finds: Sequence[Found], index: int, rows: Rows) -> None:
    """Tie the number at an index to the one before it."""
    if index == 0:
        return
    find, before = finds[index], finds[index - 1]
    between = ASIDE.sub("", text[before.end : find.start])
    if _is_whole_of(before, find, between):
        before.part_of = index
    elif (whole := _whole(text, finds, index, rows)) is not None:
        find.part_of = whole
    elif find.old and before.unit == find.unit:
        before.replaces = index
    elif between == " to " and before.role == "change":
        find.role = find.role or "level"  # "rose by 12 to 345", "fell 3 percent to $98"
    elif before.unit == find.unit and _is_corrected(text, before, between):
        find.replaces = index - 1


def _is_corrected(text: str, before: Found, between: str) -> bool:
    """Whether the next number stands for the one before it: "from 12 to 7", "later correcting the number to 515"."""
    changed = between == " to " and FROM.search(text[max(0, before.start - 6) : before.start])
    return bool(changed or CORRECTED.search(between))


def _is_whole_of(part: Found, whole: Found, between: str) -> bool:
    """Whether a number is what the one before it is taken from: "two of their four guns", "half of the 120 houses"."""
    if OF_THEM.fullmatch(between) is None:
        return False
    return part.unit in SHARES or (part.unit == whole.unit and (part.value or 0) < (whole.value or 0))


def _whole(text: str, finds: Sequence[Found], index: int, rows: Rows) -> int | None:
    """Which number a part belongs to."""
    find, before = finds[index], finds[index - 1]
    between = text[before.end : find.start]
    if rows.subset.search(between[-40:]) or OF_WHOM.match(text, find.end):
        return before.part_of if before.part_of is not None and " and " in between else index - 1
    if before.part_of is not None and GOES_ON.fullmatch(between):
        return before.part_of
    smaller = find.unit is None is before.unit and (find.value or 0) <= (before.value or 0)
    # "Wounded 14 people, two seriously"; "of the 30 drones, 24 were shot down".
    told = HOW.match(text, find.end) or OF_THE.search(text[max(0, before.start - 20) : before.start])
    return index - 1 if smaller and told and THEN.fullmatch(between) else None
