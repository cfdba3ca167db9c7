"""Every number that is written in a sentence, with its unit and bound, and why it may be no count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.grounding.found import WINDOW, Found, code_of, is_dated, read_bound, read_unit, touch
from sayso.grounding.no_counts import GLUED, YEAR, counts_many, counts_one, is_in_a_list_of_ages, refusal
from sayso.grounding.number_forms import CORE, HALF, MILLIONS, PARTED, RATED, RATED_NOUN, SECOND, TAIL
from sayso.grounding.number_rows import Rows
from sayso.grounding.shares import part_at, ratio_at
from sayso.grounding.stretches import Stretch
from sayso.record import Span
from sayso.values.quantity import number, part

FROM_OLD = re.compile(r" from (?:an? |the )?(?:earlier |previous |initial )?(?:figure of |toll of |count of )?$")
EARLIER_FIGURE = re.compile(
    r"\b(?:earlier|previous|initial|original|preliminary|prior|first) (?:death )?"
    r"(?:figure|toll|count|estimate|number|tally|report) of $",
    re.I,
)
BETWEEN = re.compile(r"\b(?:between|from)\s+[A-Z]*[$€£¥₴₽₪₹]?$", re.I)
MINUS = re.compile(r"(?:^|[\s(])(?:minus |[-−](?=$))$")
FAR = 20
"""No range is told from one end to twenty times it: "gained 2.5 to 130" tells a gain and where it ended."""


def numerals(stretch: Stretch, dates: list[Span], rows: Rows) -> list[Found]:
    """Every number of a sentence in its order, those that count nothing with the reason; vague words too."""
    finds = list(_written(stretch, dates, rows))
    finds += [find for find in _vague(stretch, rows) if not any(touch(find, other) for other in finds)]
    for find in finds:
        if find.refused is None and is_dated(stretch, find, dates):
            find.refused = "date"
    finds.sort(key=lambda find: find.start)
    for one, two in pairwise(finds):
        if one.refused == "age" and is_in_a_list_of_ages(stretch.text, one, two, rows):
            two.refused, two.aged, two.listed = "age", "year", True
    return finds


def _written(stretch: Stretch, dates: list[Span], rows: Rows) -> Iterator[Found]:
    at = 0
    while (match := CORE.search(stretch.text, at)) is not None:
        find, at = _at_number(stretch, match, dates, rows)
        if find is not None:
            yield find


def _at_number(stretch: Stretch, match: re.Match[str], dates: list[Span], rows: Rows) -> tuple[Found | None, int]:
    """Read the number at a match: its currency, scale, range, unit and bound. Gives where to go on."""
    text = stretch.text
    for form in (RATED, RATED_NOUN):
        ratio = form.match(text, match.start())
        if ratio and (read := ratio_at(stretch, ratio, rows)) is not None:
            return read, read.end
    if PARTED.fullmatch(match[0]):
        return part_at(stretch, match, rows)
    start, end = match.span()
    low = number(match[0])
    money = rows.money_before.search(text[max(0, start - 6) : start])
    unit = None
    if money:
        unit = "USD" if money["us"] else rows.money[money["money"]]
        start -= len(money[0])
    low, end, scale = _scaled(text, end, low, bool(money))
    find = Found(start, end, low, low, unit=unit, core=match.span())
    if not (YEAR.fullmatch(match[0]) and is_dated(stretch, find, dates)):
        _second(text, find, scale, bool(money), rows)
    if find.low is not None and (sign := MINUS.search(text[max(0, start - 7) : start])) and not find.joint:
        find.start -= len(sign[0].lstrip(" ("))
        find.low = find.high = -find.low
    find.values = tuple(dict.fromkeys(value for value in (find.low, find.high) if value is not None))
    read_unit(text, find, rows, scale)
    if find.low is None:
        return None, max(find.end, match.end())
    find.refused = refusal(stretch, match, find, rows)
    if find.refused in ("code", "name", "year", "date", "clock"):
        return find, max(find.end, match.end())
    read_bound(stretch, find, rows)
    _read_unit_behind_bound(text, find, rows, scale)
    bare_one = match[0].lower() == "one" and find.unit is None
    if find.refused is None and bare_one and not counts_one(stretch, find, rows):
        find.refused = "one"
    before = text[max(0, find.start - WINDOW) : find.start]
    risen = FROM_OLD.search(before) is not None and rows.raised.search(before) is not None
    find.old = risen or EARLIER_FIGURE.search(before) is not None
    return find, find.end


def _read_unit_behind_bound(text: str, find: Found, rows: Rows, scale: float) -> None:
    """Read the unit of "500-odd miles" and "20 or more kilos"."""
    if find.unit is not None or not find.bound or find.refused is not None:
        return
    read_unit(text, find, rows, scale)
    if rows.is_time(find.unit):
        find.refused = "time"


def _scaled(text: str, end: int, value: float | None, money: bool) -> tuple[float | None, int, float]:
    """A value with the scale word behind it: "15.1 billion", "$3m", "two and a half million"."""
    if value is not None and (half := HALF.match(text, end)):
        value, end = value + (part(half["half"] or half["glued"]) or 0.0), half.end()
    tail = TAIL.match(text, end) or (MILLIONS.match(text, end) if money else None)
    # "5b" may be a number of a house and "3m" three metres: only capitals are scales without money before them.
    if tail is None or value is None or (text[tail.end() - 1] == "b" and not money and tail.re is TAIL and tail["big"]):
        return value, end, 1
    scale = number(tail[0].strip(" -")) or 1
    return float(f"{value * scale:.12g}"), tail.end(), scale


def _second(text: str, find: Found, scale: float, money: bool, rows: Rows) -> None:
    """Read the other end of a range: "10 to 15", "$2.5-3bn", "8 or 9"."""
    second = SECOND.match(text, find.end)
    low = find.low
    if second is None or low is None or _is_list(text, find.start, second):
        return
    upper, end, upper_scale = _scaled(text, second.end(), number(second["number"]), money)
    if upper is None:
        return
    if upper_scale > 1 and scale == 1 and low < upper:
        low *= upper_scale if low * upper_scale < upper else 1
    glued = GLUED.match(text, end) is not None and not re.match(r"-[A-Za-z]", text[end : end + 2])
    if _is_revision(text, find.start, second, rows) or _is_rise_to(text, find.start, low, upper, second, rows):
        return
    if upper > low and not glued:
        find.low, find.high, find.end, find.joint = low, upper, end, second["joint"].strip() or second["joint"]
        find.core = (find.core[0], end)


def _is_list(text: str, start: int, second: re.Match[str]) -> bool:
    """Whether "and" only lists two numbers ("killed 3 and 12 …"): a range needs "between" before it."""
    return second["joint"] == " and " and not BETWEEN.search(text[max(0, start - 14) : start])


def _is_revision(text: str, start: int, second: re.Match[str], rows: Rows) -> bool:
    """Whether "from 19 to 25" tells a change and no range."""
    before = text[max(0, start - 40) : start]
    return second["joint"] == " to " and before.rstrip().endswith("from") and bool(rows.raised.search(before))


def _is_rise_to(text: str, start: int, low: float, upper: float, second: re.Match[str], rows: Rows) -> bool:
    """Whether "by 4 million to 41 million" tells a rise and where it ended, and no range."""
    rises = second["joint"] == " to " and rows.risen.search(text[max(0, start - 40) : start])
    far = second["joint"] == " to " and upper > FAR * low > 0
    return far or (bool(rises) and (upper > 2 * low or not (rises and rises["by"])))


def _vague(stretch: Stretch, rows: Rows) -> list[Found]:
    """Words that stand for a number nobody gave: a soft interval."""
    finds = []
    text = stretch.text
    for match in rows.vague.finditer(text):
        low, high = rows.vagues[" ".join(match["vague"].lower().split())]
        after = stretch.token_from(match.end())
        if match["scale"] is None and not _may_be_counted(stretch, after, match["vague"]):
            continue
        scale = (number(match["scale"]) if match["scale"] else 1.0) or 1.0
        find = Found(match.start(), match.end(), low * scale, high * scale, approximate=True, vague=True)
        find.core, find.values = match.span(), (find.low or 0.0, find.high or 0.0)
        unit = re.compile(r" of").match(text, match.end())
        named = rows.unit_after.match(text, unit.end()) if unit else None
        if named:
            find.unit, find.end = code_of(rows, named["unit"]), named.end("unit")
        if rows.is_time(find.unit):
            find.refused = "time"
        before = text[max(0, find.start - 24) : find.start]
        seen = rows.bound.search(before)
        if seen:
            find.start -= len(before) - seen.start("bound")
            find.bound = " ".join(seen["bound"].lower().split())
        finds.append(find)
    return finds


def _may_be_counted(stretch: Stretch, after: int, word: str) -> bool:
    if after >= len(stretch.tokens):
        return True
    token = stretch.tokens[after]
    if word.lower().startswith("a score"):
        return counts_many(stretch, after)
    before = stretch.tokens[after - 1] if after else None
    if before is not None and before.pos == "VERB":
        return False
    if word.lower().endswith("s") and " " not in word:
        return token.text in ("of", "more", "were", "have", "are", ",", ".", "who") or token.pos in (
            "VERB",
            "AUX",
            "ADP",
        )
    return token.pos in ("NOUN", "ADJ", "PROPN", "ADV", "VERB") or token.text in ("of", "more")
