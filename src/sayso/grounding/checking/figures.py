"""Figures that must go together: sums and their parts, shares, ranges, and figures that replace others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from sayso.grounding.checking.words import between, by_sentence, read, verdict
from sayso.record import Check, Grounds, Page, Quantity
from sayso.values.quantity import aloud

SUM_WORDS = re.compile(r"\b(?:casualties|in all|in total|altogether|a total of|victims in)\b", re.I)
OF = re.compile(r"^\s+(?:\w+\s+)?(?:out )?of (?:(?:the|its|their|his|her|our|all|some|a total of) )*$", re.I)
PART = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom|which))\b", re.I)
BETWEEN = re.compile(r"\bbetween (?:\$|€|£)?$", re.I)
UP = r"rose|rises|risen|rising|climb\w*|increas\w*|grew|grown|grows|jump\w*|soar\w*|surg\w*|up"
DOWN = r"fell|falls|fallen|falling|drop\w*|declin\w*|decreas\w*|lowered|shrank|shrunk|sank|down"
DIRECTION = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b", re.I)
LINKED = 48
"""How many characters may lie between a share and the two figures it is the share of."""
WRITTEN = re.compile(r"\d[\d,]*(?:\.(\d+))?")
SHARE, PERCENT = "share", "%"
SHARE_TOLERANCE = 5.0
"""Percentage points: "half of them" is said of 47 in 100 as well."""
ROUND_TOLERANCE = 2.0


def sums(page: Page, grounds: Grounds) -> list[Check]:
    """Two or more counts and their stated sum in one sentence: "3 killed and 12 wounded, 15 casualties"."""
    checks = []
    for number, quantities in sorted(by_sentence(page, grounds.quantities).items()):
        counts = [quantity for quantity in quantities if quantity.part_of is None and quantity.unit is None]
        if len(counts) < 3 or not all(map(_is_exact, counts)):
            continue
        sentence = page.sentences[number]
        for at in (len(counts) - 1, 0):
            whole = counts[at]
            around = max(sentence.start, whole.span.start - 12), min(sentence.end, whole.span.end + 24)
            if SUM_WORDS.search(read(page, *around)):
                checks.append(_sum(counts[:-1] if at else counts[1:], whole))
                break
    return checks


def _sum(parts: Sequence[Quantity], whole: Quantity) -> Check:
    total = sum(part.low or 0.0 for part in parts)
    holds = total == whole.low
    terms = " + ".join(aloud(part.low or 0.0) for part in parts)
    says = f"{terms} is {aloud(total)}, stated {aloud(whole.low or 0.0)}: {verdict(holds)}"
    return Check("arithmetic", holds, (*(part.span for part in parts), whole.span), says)


def _is_exact(quantity: Quantity) -> bool:
    return quantity.low is not None and quantity.low == quantity.high and not quantity.approximate


def parts(page: Page, grounds: Grounds) -> list[Check]:
    """A part larger than its whole: "12 people, including 15 children", "15 of the 12 children"."""
    known = {quantity.id: quantity for quantity in grounds.quantities}
    told = [(quantity, known[quantity.part_of]) for quantity in known.values() if quantity.part_of in known]
    told = [(part, whole) for part, whole in told if PART.search(between(page, whole.span, part.span))]
    told += [pair for pair in _of_each_other(page, grounds) if pair not in told]
    checks = []
    for part, whole in told:
        if whole.high is None or part.low is None or whole.approximate or part.unit or whole.unit:
            continue
        if part.low > whole.high:
            says = f"{aloud(part.low)} cannot be part of {aloud(whole.high)}: does not hold"
            spans = tuple(sorted((part.span, whole.span)))
            checks.append(Check("arithmetic", False, spans, says))
    return checks


def _of_each_other(page: Page, grounds: Grounds) -> list[tuple[Quantity, Quantity]]:
    """The figures X and Y of every "X of the Y", neither with a unit."""
    pairs = itertools.pairwise(sorted(grounds.quantities, key=lambda quantity: quantity.span))
    return [
        (one, two)
        for one, two in pairs
        if one.unit is None and two.unit is None and OF.match(between(page, one.span, two.span))
    ]


def shares(page: Page, grounds: Grounds) -> list[Check]:
    """A percentage or a half beside the two figures it is made of: "12 of the 40 houses, or 30 percent"."""
    checks = []
    pairs = [(x, y) for x, y in _of_each_other(page, grounds) if _is_exact(x) and _is_exact(y) and y.low]
    for quantities in by_sentence(page, grounds.quantities).values():
        stated = [quantity for quantity in quantities if quantity.unit in (PERCENT, SHARE) and quantity.low is not None]
        here = [(x, y) for x, y in pairs if x in quantities]
        if len(stated) == 1 and len(here) == 1 and _are_linked(page, stated[0], here[0]):
            checks.append(_share(stated[0], here[0]))
    return checks


def _are_linked(page: Page, share: Quantity, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether nothing long and no other figure lies between the share and the figures."""
    one, two = pair
    if share.span.start >= two.span.end:
        return len(between(page, two.span, share.span)) <= LINKED
    return share.span.end <= one.span.start and len(between(page, share.span, one.span)) <= LINKED


def _share(share: Quantity, pair: tuple[Quantity, Quantity]) -> Check:
    part, whole = pair[0].low or 0.0, pair[1].low or 1.0
    exact = 100 * part / whole
    stated = (share.low or 0.0) * (100 if share.unit == SHARE else 1)
    holds = abs(exact - stated) <= _tolerance(share, stated) or stated <= exact <= 100 * (share.high or 0.0) < stated
    of = f"{aloud(part)} of {aloud(whole)} is {aloud(round(exact, 1))} percent"
    says = f"{of}, stated {aloud(round(stated, 1))}: {verdict(holds)}"
    return Check("percentage", holds, tuple(sorted((pair[0].span, pair[1].span, share.span))), says)


def _tolerance(share: Quantity, stated: float) -> float:
    if share.unit == SHARE:
        return SHARE_TOLERANCE
    if share.approximate:
        return ROUND_TOLERANCE
    return 0.5 if stated == int(stated) else 0.05


def changes(page: Page, grounds: Grounds) -> list[Check]:
    """Figures that replace others: "rose to 19 from 25" says up of what went down."""
    known = {quantity.id: quantity for quantity in grounds.quantities}
    checks = []
    for new in grounds.quantities:
        old = known.get(new.replaces or "")
        if old is None or not _is_exact(new) or not _is_exact(old) or new.unit != old.unit:
            continue
        first, last = sorted((new.span, old.span))
        if "," in between(page, first, last):  # "to $9 million, or $1 a share, from …" may replace another figure
            continue
        told = list(DIRECTION.finditer(read(page, _start_of_sentence(page, first.start), first.start)))
        if told:
            checks.append(_direction(new, old, rising=told[-1]["up"] is not None))
        by = _change_between(page, grounds, new)
        if by not in (None, old) and by is not None and old.low:
            checks.append(_change(page, by, new, old))
    return checks


def _start_of_sentence(page: Page, at: int) -> int:
    starts = [sentence.start for sentence in page.sentences if sentence.start <= at < sentence.end]
    return max(starts[0], at - 40) if starts else at


def _direction(new: Quantity, old: Quantity, *, rising: bool) -> Check:
    after, before = new.low or 0.0, old.low or 0.0
    holds = after > before if rising else after < before
    says = f"{'Up' if rising else 'Down'} to {aloud(after)} from {aloud(before)}: {verdict(holds)}"
    return Check("revision", holds, tuple(sorted((new.span, old.span))), says)


def _change_between(page: Page, grounds: Grounds, new: Quantity) -> Quantity | None:
    """The percentage right before "to" and the new figure."""
    exact = [quantity for quantity in grounds.quantities if quantity.unit == PERCENT and _is_exact(quantity)]
    beside = (quantity for quantity in exact if between(page, quantity.span, new.span).strip() == "to")
    return next(beside, None)


def _change(page: Page, by: Quantity, new: Quantity, old: Quantity) -> Check:
    after, before, stated = new.low or 0.0, old.low or 1.0, by.low or 0.0
    exact = abs(100 * (after - before) / before)
    rounded = 100 * (_half_a_digit(page, new) + after / before * _half_a_digit(page, old)) / before
    holds = abs(exact - stated) <= _tolerance(by, stated) + rounded
    from_to = f"From {aloud(before)} to {aloud(after)} is {aloud(round(exact, 1))} percent"
    says = f"{from_to}, stated {aloud(stated)}: {verdict(holds)}"
    return Check("percentage", holds, tuple(sorted((by.span, new.span, old.span))), says)


def _half_a_digit(page: Page, quantity: Quantity) -> float:
    """How far a figure written short may lie off: "1.45 billion" is anything within 5 million of it."""
    written = WRITTEN.search(page.report.text[quantity.span.start : quantity.span.end])
    if written is None or not quantity.low:
        return 0.0
    mantissa = float(written[0].replace(",", ""))
    scale = quantity.low / mantissa if mantissa else 1.0
    return 0.5 * scale / 10 ** len(written[1] or "") if scale != 1.0 or written[1] else 0.0


def ranges(page: Page, grounds: Grounds) -> list[Check]:
    """A range with the larger end first: "between 30 and 20 people"."""
    checks = []
    for one, two in itertools.pairwise(sorted(grounds.quantities, key=lambda quantity: quantity.span)):
        if one.low is None or two.low is None or (one.unit or two.unit) != two.unit or one.low <= two.low:
            continue
        before = read(page, max(0, one.span.start - 12), one.span.start)
        if BETWEEN.search(before) and between(page, one.span, two.span).strip() == "and":
            says = f"The range begins with {aloud(one.low)} and ends with {aloud(two.low)}: does not hold"
            checks.append(Check("range", False, (one.span, two.span), says))
    return checks
