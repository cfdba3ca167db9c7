"""Numbers: counts, measures and money, with bounds, parts, revisions and what is said twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge, Row
from sayso.models.parsing import Token
from sayso.record import Quantity, Restated, Span
from sayso.values.quantity import ONES, SCALES, TENS, Unit, number
from sayso.values.spans import near, overlap

FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,9})?"
DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS})\b)?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
SCALE = rf"(?:{'|'.join(SCALES)})"
WORDS = rf"\b(?:(?:{SMALL}\b|an?(?= (?:dozen|{SCALE})\b))(?:[ -](?:dozen|{SCALE})\b(?:(?: and)? {SMALL}\b)?)*)"
CORE = re.compile(rf"(?<![\w.])(?<!\w[-/:])(?<!\d[,–])(?:{FIGURE}|{WORDS})", re.IGNORECASE)
TAIL = re.compile(rf"(?: |-)?(?P<scale>(?:{SCALE}|bn|bln|mn|mln|tn)\b|(?<=\d)k\b)", re.IGNORECASE)
SECOND = re.compile(
    rf"(?P<joint> to | or | and |-| ?– ?| ?— ?)(?P<money>[A-Z]*[$€£¥₴₽₪₹])?(?P<number>{FIGURE}|{WORDS})", re.IGNORECASE
)
MONEY = re.compile(r"(?:\b(?:US|C|A|CA|AU))?[$€£¥₴₽₪₹] ?$")
MILLIONS = re.compile(r" ?m\b")
GLUED = re.compile(r"\w|[-/:.,]\d|/|-[A-Za-z]|'s\b")
AGE_BEFORE, AGE_AFTER = re.compile(r"(?:\b[A-Z][\w'-]+, |\()$"), re.compile(r"(?:,|\.|\)|;|$)")
AGED = re.compile(r"\baged? \d{1,3},?(?: and| to| or)? $")
RAISED = re.compile(
    r"\b(?:rose|risen|rises|fell|fallen|climbed|increased|dropped|went|gone|up|down|raised|revised|grew)\b", re.I
)
FROM_OLD = re.compile(r" from (?:an? |the )?(?:earlier |previous |initial )?$")
BETWEEN = re.compile(r"\b(?:between|from)\s+[A-Z]*[$€£¥₴₽₪₹]?$", re.I)
COUNTED, INNER = ("NOUN", "PROPN"), ("ADJ", "NOUN", "PROPN", "ADV", "NUM")
LONGEST_NOUN_GROUP = 8
MOVING = ("fly", "pass", "circle", "hover", "drive", "walk", "climb", "jump", "soar", "explode", "hang", "run")
WINDOW = 80


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about numbers, as patterns."""

    units: dict[str, Unit]
    unit_after: re.Pattern[str]  # after words
    unit_glued: re.Pattern[str]  # directly after figures
    money: dict[str, str]
    bound: re.Pattern[str]
    bounds: dict[str, str]
    vague: re.Pattern[str]
    vagues: dict[str, tuple[float, float]]
    roles: tuple[tuple[str, str, re.Pattern[str]], ...]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    zeros: tuple[re.Pattern[str], ...]
    subset: re.Pattern[str]
    ones: frozenset[str]


@dataclass(slots=True)
class Found:
    """A quantity under way, with where it stands in its stretch."""

    start: int
    end: int
    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    unit: str | None = None
    of: Span | None = None
    role: str | None = None
    part_of: int | None = None  # index among the finds of the stretch
    replaces: int | None = None
    restated: Restated | None = None
    old: bool = False


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
    finds: list[Found] = []
    at = 0
    text = stretch.text
    while (match := CORE.search(text, at)) is not None:
        find, at = _at_number(stretch, match, rows)
        if find is None or _is_dated(stretch, find, dates):
            continue
        if finds and _restates(finds[-1], find, text):
            span = stretch.span(find.start, find.end)
            value = find.low if find.low is not None else find.high
            if span is not None and value is not None:
                finds[-1].restated = Restated(span, value, find.unit)
            continue
        finds.append(find)
    finds += [find for find in _vague(stretch, rows) if not any(_touch(find, other) for other in finds)]
    finds = [find for find in finds if not _is_dated(stretch, find, dates)]
    finds += [find for find in _zeros(stretch, rows) if not any(_touch(find, other) for other in finds)]
    finds.sort(key=lambda find: find.start)
    for index, find in enumerate(finds):
        find.of = find.of or _counted(stretch, find)
        find.role = find.role or _role(text, find, rows)
        _tie(text, finds, index, rows)
    return finds


def _touch(one: Found, two: Found) -> bool:
    return one.start < two.end and two.start < one.end


def _is_dated(stretch: Stretch, find: Found, dates: list[Span]) -> bool:
    """Whether the number is part of a date, a time or a duration."""
    for span in stretch.kept.spans(find.start, find.end):
        at = bisect_left(dates, Span(span.start - 200, 0))
        for date in dates[at:]:
            if date.start >= span.end:
                break
            if overlap(date, span):
                return True
    return False


def _at_number(stretch: Stretch, match: re.Match[str], rows: Rows) -> tuple[Found | None, int]:
    """Read the number at a match: its currency, scale, range, unit and bound. Gives where to go on."""
    text = stretch.text
    start, end = match.span()
    low = number(match[0])
    money = MONEY.search(text[max(0, start - 5) : start])
    unit = None
    if money:
        unit = rows.money.get(money[0].replace(" ", ""))
        start -= len(money[0])
    low, end, scale = _scaled(text, end, low, bool(money))
    high = low
    second = SECOND.match(text, end)
    if second and low is not None and not _is_list(text, start, second):
        upper, upper_end, upper_scale = _scaled(text, second.end(), number(second["number"]), bool(money))
        lower = low * upper_scale if upper_scale > 1 and scale == 1 and upper is not None and low < upper else low
        glued = GLUED.match(text, upper_end) is not None
        if upper is not None and upper > lower and not glued and not _is_revision(text, start, second):
            low, high, end = lower, upper, upper_end
    named = unit is None and (rows.unit_glued.match(text, end) or rows.unit_after.match(text, end))
    if named:
        unit = rows.units[_key(named["unit"])].code
        end = named.end("unit")
    if low is None or high is None or GLUED.match(text, end) or _is_no_count(stretch, match, start, end, rows, unit):
        return None, max(end, match.end())
    find = Found(start, end, low, high, unit=unit)
    _bound(stretch, find, rows)
    if match[0].lower() == "one" and find.start == match.start() and not _counts_one(stretch, find, rows):
        return None, end
    if FROM_OLD.search(text[max(0, find.start - 30) : find.start]) and RAISED.search(
        text[max(0, find.start - WINDOW) : find.start]
    ):
        find.old = True
    return find, end


def _scaled(text: str, end: int, value: float | None, money: bool) -> tuple[float | None, int, float]:
    """A value with the scale word behind it: "15.1 billion", "$3m"."""
    tail = TAIL.match(text, end) or (MILLIONS.match(text, end) if money else None)
    if tail is None or value is None:
        return value, end, 1
    scale = number(tail[0].strip(" -")) or 1
    return float(f"{value * scale:.12g}"), tail.end(), scale


def _is_list(text: str, start: int, second: re.Match[str]) -> bool:
    """Whether "and" only lists two numbers ("killed 3 and 12 …"): a range needs "between" before it."""
    return second["joint"] == " and " and not BETWEEN.search(text[max(0, start - 14) : start])


def _is_revision(text: str, start: int, second: re.Match[str]) -> bool:
    """Whether "from 19 to 25" tells a change and no range."""
    before = text[max(0, start - 40) : start]
    return second["joint"] == " to " and before.rstrip().endswith("from") and bool(RAISED.search(before))


def _is_no_count(stretch: Stretch, match: re.Match[str], start: int, end: int, rows: Rows, unit: str | None) -> bool:
    """Whether a number names, dates or ages something and counts nothing."""
    text = stretch.text
    if rows.not_after.match(text, match.end()):
        return True
    if unit is not None:
        return False
    before = text[max(0, start - 24) : start]
    if rows.not_before.search(before):
        return True
    figures = match[0][0].isdigit()
    if AGED.search(before):
        return True
    if figures and AGE_BEFORE.search(before) and AGE_AFTER.match(text, end) and end == match.end():
        return True
    index = stretch.token_at(match.start())
    if index is None or index >= len(stretch.tokens):
        return False
    after = stretch.tokens[index + 1] if index + 1 < len(stretch.tokens) else None
    counts = after is not None and after.pos in ("NOUN", "ADJ", "VERB") and after.text != ","
    if figures and re.fullmatch(r"(?:19|20)\d\d", match[0]) and not (after and after.pos in ("NOUN", "ADJ")):
        return True
    named = index > 0 and stretch.tokens[index - 1].pos == "PROPN" and before.endswith((" ", "-"))
    return figures and named and not counts


def _bound(stretch: Stretch, find: Found, rows: Rows) -> None:
    """Read the words before a number that bound it, and take them into its stretch."""
    text = stretch.text
    before = text[max(0, find.start - 24) : find.start]
    seen = rows.bound.search(before)
    if seen is None or _is_direction(stretch, find.start - len(before) + seen.start("bound")):
        return
    find.start -= len(before) - seen.start("bound")
    match rows.bounds[" ".join(seen["bound"].lower().split())]:
        case "more":
            find.high, find.low_open = None, True
        case "at_least":
            find.high = None
        case "less":
            find.low, find.high_open = None, True
        case "at_most":
            find.low = None
        case "about":
            find.approximate = True
        case other:
            raise ValueError(f"en/number.toml: no such bound as {other}")


def _is_direction(stretch: Stretch, at: int) -> bool:
    """Whether "over" or "under" tells a way ("flew over two villages") and no bound."""
    index = stretch.token_at(at)
    if index is None or index >= len(stretch.tokens):
        return False
    token = stretch.tokens[index]
    above = stretch.tokens[token.head - stretch.tokens[0].i]
    return token.lemma in ("over", "under", "above", "below") and token.dep == "prep" and above.lemma in MOVING


def _counts_one(stretch: Stretch, find: Found, rows: Rows) -> bool:
    """Whether "one" is a count: it stands before a noun, or a bound, in a sentence about harm or capture."""
    index = stretch.token_at(find.end - 1)
    if index is None or index + 1 >= len(stretch.tokens):
        return False
    if find.low is None or find.high is None:
        return True
    token, after = stretch.tokens[index], stretch.tokens[index + 1]
    if after.pos not in ("NOUN", "ADJ", "PROPN", "VERB") or token.dep not in ("nummod", "nsubjpass", "dobj", "nsubj"):
        return False
    near = stretch.tokens[max(0, index - 6) : index + 7]
    return any(word.lemma in rows.ones for word in near)


def _vague(stretch: Stretch, rows: Rows) -> list[Found]:
    """Words that stand for a number nobody gave: a soft interval."""
    finds = []
    text = stretch.text
    for match in rows.vague.finditer(text):
        low, high = rows.vagues[" ".join(match["vague"].lower().split())]
        after = stretch.token_from(match.end())
        if match["scale"] is None and not _may_be_counted(stretch, after, match["vague"]):
            continue
        scale = number(match["scale"]) if match["scale"] else 1.0
        find = Found(match.start(), match.end(), low * (scale or 1), high * (scale or 1), approximate=True)
        unit = re.compile(r" of").match(text, match.end())
        named = rows.unit_after.match(text, unit.end()) if unit else None
        if named:
            find.unit, find.end = rows.units[_key(named["unit"])].code, named.end("unit")
        before = text[max(0, find.start - 24) : find.start]
        seen = rows.bound.search(before)
        if seen:
            find.start -= len(before) - seen.start("bound")
        finds.append(find)
    return finds


def _may_be_counted(stretch: Stretch, after: int, word: str) -> bool:
    if after >= len(stretch.tokens):
        return True
    token = stretch.tokens[after]
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


def _zeros(stretch: Stretch, rows: Rows) -> list[Found]:
    finds = []
    for pattern in rows.zeros:
        for match in pattern.finditer(stretch.text):
            find = Found(match.start("zero"), match.end("zero"), 0.0, 0.0)
            find.of = stretch.span(*match.span("of")) if match["of"] else None
            finds.append(find)
    return finds


def _counted(stretch: Stretch, find: Found) -> Span | None:
    """The noun group behind a number: what is counted."""
    tokens = stretch.tokens
    at = stretch.token_from(find.end)
    if find.restated is not None:
        while at < len(tokens) and tokens[at].end <= find.restated.span.end + 1:
            at += 1
    if at < len(tokens) and tokens[at].text == "more":
        at += 1
    if at < len(tokens) and tokens[at].text == "of":
        at += 1
        while at < len(tokens) and tokens[at].pos in ("DET", "PRON", "NUM") and tokens[at].tag != "PRP":
            at += 1
    elif find.unit is not None:
        return None
    first, last = at, None
    while at < len(tokens) and at - first < LONGEST_NOUN_GROUP:
        token = tokens[at]
        if token.pos in COUNTED:
            last = at
        elif token.pos == "CCONJ" and last is not None:
            if not _goes_on(tokens, at, first, last):
                break
        elif (token.tag in ("POS", "HYPH") and last is not None) or (
            token.tag in ("VBN", "VBG") and token.dep == "amod"
        ):
            pass
        elif (
            token.pos not in INNER
            or (token.pos == "ADV" and last is not None)
            or (last is not None and token.pos in ("ADJ", "NUM"))
        ):
            break
        at += 1
    return Span(tokens[first].start, tokens[last].end) if last is not None else None


def _goes_on(tokens: tuple[Token, ...], at: int, first: int, last: int) -> bool:
    """Whether the noun group goes on behind "and": the next noun hangs on one of its nouns, no number between."""
    base = tokens[0].i
    for token in tokens[at + 1 : at + 4]:
        if token.pos == "NUM":
            return False
        if token.pos in COUNTED and token.dep == "conj":
            return first <= token.head - base <= last
        if token.pos not in INNER:
            return False
    return False


def _role(text: str, find: Found, rows: Rows) -> str | None:
    before = text[max(0, find.start - WINDOW) : find.start]
    after = text[find.end : find.end + WINDOW]
    for role, side, pattern in rows.roles:
        if pattern.search(before if side == "before" else after):
            return role
    return None


def _restates(before: Found, find: Found, text: str) -> bool:
    """Whether a number in brackets says the one before it again in another unit of the same kind."""
    between = text[before.end : find.start]
    if find.unit is None or before.unit is None or find.unit == before.unit or before.restated is not None:
        return False
    return between in (" (", " (about ", " (or ", ", or ", " (some ") or bool(
        re.fullmatch(r"[^().;]{0,30} \(", between)
    )


def _tie(text: str, finds: list[Found], index: int, rows: Rows) -> None:
    """Tie a part to its whole, and a revised figure to the one it replaces."""
    find = finds[index]
    if index == 0:
        return
    before = finds[index - 1]
    between = text[before.end : find.start]
    whole = rows.subset.search(between[-40:])
    if whole or re.match(r" of (?:them|whom|which|those)\b", text[find.end :]):
        find.part_of = before.part_of if before.part_of is not None and " and " in between else index - 1
    elif before.part_of is not None and re.fullmatch(r" [\w -]{0,30}(?: and|,) ", between):
        find.part_of = before.part_of
    elif find.old and before.unit == find.unit:
        before.replaces = index
    elif re.fullmatch(r" to ", between) and re.search(r"\bfrom $", text[: before.start]) and before.unit == find.unit:
        find.replaces = index - 1


# Rows as patterns --------------------------------------------------------------------------------


@cache
def rows_about_numbers(knowledge: Knowledge) -> Rows:
    """The rows of units.toml and en/number.toml, made into patterns once."""
    units = units_of(knowledge)
    listed = knowledge.rows("units")
    names = {_key(name): units[row["code"]] for row in listed for name in [*row["names"], *row.get("short", ())]}
    shorts = [
        name for row in listed for name in row.get("short", ()) if name[0].isalpha() or name in "%°" or name[0] == "°"
    ]
    rows = knowledge.rows("en/number")
    bounds = {word: row["bound"] for row in _kind(rows, "bound") for word in row["words"]}
    vagues = {word: (float(row["low"]), float(row["high"])) for row in _kind(rows, "vague") for word in row["words"]}
    return Rows(
        units=names,
        unit_after=re.compile(rf"[ -](?P<unit>{_any(name for row in listed for name in row['names'])})(?!\w)", re.I),
        unit_glued=re.compile(rf"(?<=\d)[ -]?(?P<unit>%|{_any(shorts)})(?!\w)"),
        money={
            name: row["code"] for row in listed for name in row.get("short", ()) if row["dimension"].startswith("money")
        },
        bound=re.compile(rf"(?<![\w-])(?P<bound>{_any(bounds)})\s+$", re.I),
        bounds=bounds,
        vague=re.compile(rf"(?<![\w-])(?P<vague>{_any(vagues)})(?!\w)(?: (?P<scale>dozen|{SCALE})\b)?", re.I),
        vagues=vagues,
        roles=tuple((row["role"], row["side"], _role_pattern(row)) for row in _kind(rows, "role")),
        not_before=re.compile(rf"(?<!\w)(?:{_any(_words(rows, 'not', 'before'))})[\s-]+$", re.I),
        not_after=re.compile(rf"(?:{_any(_words(rows, 'not', 'after'))})(?!\w)", re.I),
        zeros=tuple(_zero_pattern(row) for row in _kind(rows, "zero")),
        subset=re.compile(
            rf"\b(?:{_any(word for row in _kind(rows, 'subset') for word in row['words'])})\W+(?:\w+ )?$", re.I
        ),
        ones=frozenset(word for row in _kind(rows, "one") for word in row["words"]),
    )


@cache
def units_of(knowledge: Knowledge) -> dict[str, Unit]:
    """All units by code."""
    return {
        row["code"]: Unit(row["code"], row["dimension"], float(row["factor"]), row["symbol"])
        for row in knowledge.rows("units")
    }


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _kind(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def _words(rows: Iterable[Row], kind: str, side: str) -> list[str]:
    return [word for row in _kind(rows, kind) if row["side"] == side for word in row["words"]]


def _any(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, any white space between them."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def _role_pattern(row: Row) -> re.Pattern[str]:
    words = _any(row["words"])
    # A rise or level is told right before its number; a pledge or a sum may stand further off, no number between.
    near = 1 if row["role"] in ("level", "change") else 50
    if row["side"] == "before":
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)[^.;\d]{{0,{near}}}$", re.I)
    return re.compile(rf"^[^.;\d]{{0,{near}}}(?<!\w)(?:{words})(?!\w)", re.I)


def _zero_pattern(row: Row) -> re.Pattern[str]:
    words, after = _any(row["words"]), _any(row["after"])
    if any(" " in word and word.split()[-1] in ("was", "were", "been") for word in row["words"]):
        starts = _any(sorted({word.rsplit(" ", 1)[0] for word in row["words"]}))
        return re.compile(rf"(?<!\w)(?P<zero>{starts}) (?:was|were|been|is|are)(?: \w+)? (?:{after})\b(?P<of>)", re.I)
    return re.compile(
        rf"(?<!\w)(?P<zero>{words}) (?:civilian |military |human |further |reported )?(?P<of>{after})\b", re.I
    )
