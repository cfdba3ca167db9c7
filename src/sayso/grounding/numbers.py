"""Numbers: counts, measures and money, with bounds, parts, revisions and what is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sayso.grounding.counted import counted
from sayso.grounding.currencies import PAID
from sayso.grounding.found import GAINING, WINDOW, Found, is_dated, moved, touch
from sayso.grounding.number_rows import Rows, rows_about_numbers, units_of
from sayso.grounding.numerals import numerals
from sayso.grounding.stretches import Stretch
from sayso.grounding.ties import tie
from sayso.knowledge import Knowledge
from sayso.record import Quantity, Restated, Span
from sayso.values.spans import near

__all__ = ["find_quantities", "rows_about_numbers", "units_of"]

SUM = 1000
EACH = re.compile(r" (?:an?|per|each|every|for (?:an?|each|every))\b")
ROUGHLY = r"(?:about |around |some |roughly |nearly |almost |approximately |or )?"
UNKNOWN = re.compile(rf" [a-z]+ \({ROUGHLY}")
BRACKETED = re.compile(rf" \({ROUGHLY}|[^().;]{{0,30}} \({ROUGHLY}")
SAID_AGAIN = re.compile(rf",? or {ROUGHLY}|,? (?:equal to|equivalent to|the equivalent of|which is|that is) {ROUGHLY}")
APART, FURTHER = re.compile(r"(?:,| [–—-]) "), re.compile(r" (?:more|less|an?|per|each|every|for)\b|[^.;]{0,20} and ")
OF_WHICH = re.compile(r",? of which (?:about |around |some |only |at least |more than |nearly |almost )?$")


def find_quantities(
    stretches: Sequence[Stretch], taken: Iterable[Span], cuts: Iterable[Span], knowledge: Knowledge
) -> tuple[Quantity, ...]:
    """All numbers that count, measure or price something. `taken` stretches (dates, times) are left alone."""
    rows = rows_about_numbers(knowledge)
    dates = sorted(taken)
    kept_out = sorted(cuts)
    quantities: list[Quantity] = []
    for stretch in stretches:
        finds = _in_stretch(stretch, dates, rows)
        base = len(quantities)
        made = [(find, stretch.span(find.start, find.end)) for find in finds]
        names: dict[int, str] = {}
        for at, (_, span) in enumerate(made):
            if span is not None:
                names[at] = f"q{base + len(names) + 1}"
        for at, (find, span) in enumerate(made):
            if span is not None:
                quantities.append(_quantity(names, at, find, span, kept_out))
    return tuple(quantities)


def _quantity(names: dict[int, str], at: int, find: Found, span: Span, cuts: list[Span]) -> Quantity:
    of = find.of if find.of and not near(cuts, find.of) else None
    return Quantity(
        names[at],
        span,
        find.low,
        find.high,
        find.low_open,
        find.high_open,
        find.approximate,
        find.unit,
        of,
        find.role,
        names.get(find.part_of) if find.part_of is not None else None,
        names.get(find.replaces) if find.replaces is not None else None,
        find.restated,
    )


def _in_stretch(stretch: Stretch, dates: list[Span], rows: Rows) -> list[Found]:
    text = stretch.text
    finds: list[Found] = []
    for find in numerals(stretch, dates, rows):
        if find.refused is not None:
            continue
        if finds and restates(finds[-1], find, text, rows):
            span = stretch.span(find.start, find.end)
            if span is not None and find.value is not None:
                finds[-1].restated = Restated(span, find.value, find.unit)
            continue
        finds.append(find)
    zeros = (find for find in _zeros(stretch, rows) if not any(touch(find, other) for other in finds))
    finds += [find for find in zeros if not is_dated(stretch, find, dates)]
    finds.sort(key=lambda find: find.start)
    _share_unit(text, finds, rows)
    _inherit_unit(text, finds, rows)
    for index, find in enumerate(finds):
        find.of = find.of or _counted(stretch, find)
        find.role = find.role or _role(stretch, find, rows)
        tie(text, finds, index, rows)
    return finds


def _zeros(stretch: Stretch, rows: Rows) -> list[Found]:
    finds: list[Found] = []
    for pattern in rows.zeros:
        for match in pattern.finditer(stretch.text):
            zero = "zero" if match["zero"] else "no"
            find = Found(match.start(zero), match.end(zero), 0.0, 0.0)
            if any(touch(find, other) for other in finds) or (match["of"] and not _is_noun(stretch, match.span("of"))):
                continue
            find.of = stretch.span(*match.span("of")) if match["of"] else None
            finds.append(find)
    return finds


def _is_noun(stretch: Stretch, at: tuple[int, int]) -> bool:
    """Whether a stretch holds a noun group and no more: not "idea who" of "no idea who was killed"."""
    words = stretch.tokens[stretch.token_from(at[0]) : stretch.token_from(at[1])]
    inner = all(word.pos in ("NOUN", "ADJ", "PROPN", "NUM") or word.tag in ("VBN", "VBG", "HYPH") for word in words)
    return inner and bool(words) and (words[-1].pos in ("NOUN", "PROPN", "ADJ") or words[-1].tag == "VBN")


def _counted(stretch: Stretch, find: Found) -> Span | None:
    group = counted(stretch, find)
    return Span(stretch.tokens[group[0]].start, stretch.tokens[group[1]].end) if group else None


def _role(stretch: Stretch, find: Found, rows: Rows) -> str | None:
    text = stretch.text
    before = text[max(0, find.start - WINDOW) : find.start]
    after = text[find.end : find.end + WINDOW]
    for role, side, pattern in rows.roles:
        if pattern.search(before if side == "before" else after):
            return role
    kind = rows.codes[find.unit].dimension[:5] if find.unit else ""
    # "Lost $7 million" tells a loss, "lost 7 percent" how far something fell.
    rate = kind in ("share", "point") or (kind == "money" and GAINING.search(before) is None)
    return "change" if rate and moved(stretch, find, rows) else None


def restates(before: Found, find: Found, text: str, rows: Rows) -> bool:
    """Whether a number in brackets says the one before it again in another unit of the same kind."""
    if find.unit is None or find.unit == before.unit or before.restated is not None:
        return False
    if before.unit is None:
        return _is_unknown_money(before, find, text, rows)
    one, two = rows.codes[before.unit], rows.codes[find.unit]
    between = text[before.end : find.start]
    money = one.dimension[:5] == two.dimension[:5] == "money"
    if one.dimension != two.dimension and not (money or one.dimension[:5] == two.dimension[:5] == "tempe"):
        return False
    if BRACKETED.fullmatch(between):
        return True
    if find.approximate and APART.fullmatch(between) and not FURTHER.match(text, find.end):
        return True
    # "$68 million, or 83 cents a share" tells two things.
    return SAID_AGAIN.fullmatch(between) is not None and not (money and EACH.match(text, find.end))


def _inherit_unit(text: str, finds: list[Found], rows: Rows) -> None:
    """Give a bare part the unit of the sum it is of: "$6 million, of which 2 million was paid"."""
    for one, two in pairwise(finds):
        money = one.unit is not None and rows.codes[one.unit].dimension[:5] == "money"
        bare = two.unit is None and not two.vague and (two.value or 0) >= SUM
        if money and bare and OF_WHICH.search(text[one.end : two.start]):
            two.unit = one.unit


def _is_unknown_money(before: Found, find: Found, text: str, rows: Rows) -> bool:
    """Whether a sum follows in brackets what was paid in something that no row knows: "paid 300 zorkmids ($14)"."""
    money = find.unit is not None and rows.codes[find.unit].dimension[:5] == "money"
    priced = PAID.search(text[max(0, before.start - WINDOW) : before.start])
    return money and priced is not None and UNKNOWN.fullmatch(text[before.end : find.start]) is not None


def _share_unit(text: str, finds: list[Found], rows: Rows) -> None:
    """Give the first of two joined numbers the unit of the second: "5 and 7 miles", "fell from 9 to 7 metres"."""
    for one, two in pairwise(finds):
        joined = re.fullmatch(r"(?:,| and| or|, and| to)? ", text[one.end : two.start])
        bare = one.unit is None and one.end == one.core[1]
        if joined and bare and two.unit is not None and two.unit != "share":
            one.unit = two.unit
