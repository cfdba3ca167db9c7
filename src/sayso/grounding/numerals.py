"""Every number that is written in a sentence, with its unit and bound, and why it may be no count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.grounding.number_rows import SCALE, Rows
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.record import Restated, Span
from sayso.values.quantity import ONES, PARTS, TENS, number, part
from sayso.values.spans import overlap

MEASURED = r"(?=[ -](?:of|an?|[a-z]*(?:inch|mile|hour|year|month|foot|feet|cup|point)))"
FRACTION = rf"(?:\d{{1,3}}[ -])?[1-9]/(?:[2-9]|1[0-6])(?![\d/]){MEASURED}"
FIGURE = rf"(?:{FRACTION}|" + r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,15})(?:\.\d{1,9})?[½¼¾⅓⅔]?|\.\d{1,9}|[½¼¾⅓⅔])"
DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS})\b)?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
WORDS = rf"\b(?:(?:{SMALL}\b|an?(?= (?:dozen|{SCALE})\b))(?:[ -](?:dozen|{SCALE})\b(?:(?: and)? {SMALL}\b)?)*)"
PART = rf"(?:(?:an?|(?:{DIGITS}))[ -])?(?:{'|'.join(PARTS)})s?\b"
RATIO = rf"(?P<of>{SMALL}|\d{{1,3}}) (?P<out>in|out of)(?: every)? (?P<all>{SMALL}|\d{{1,3}})\b(?![.,]?\d|%|[-/])"
CORE = re.compile(rf"(?<![\w.])(?<!\w[-/:])(?<!\d[,–])(?:\b{PART}|{FIGURE}|{WORDS})", re.IGNORECASE)
PARTED, RATED = re.compile(PART, re.IGNORECASE), re.compile(RATIO, re.IGNORECASE)
TAIL = re.compile(
    rf"(?: |-)?(?P<scale>(?:{SCALE}|bn|bln|mn|mln|tn|trn)\b|(?<=\d)k\b)|(?<=\d)(?P<big>(?-i:[MB]))\b(?!-)"
    r"|(?<=\d) ?(?P<small>m)\b(?= (?:people|men|women|children|more|[a-z]{3,}s)\b(?! (?:wide|long|away|high|tall)\b))",
    re.IGNORECASE,
)
HALF = re.compile(r" and (?:a |one[ -])?(?P<half>half|quarter)\b|[ -]and[ -]a[ -](?P<glued>half|quarter)\b", re.I)
SECOND = re.compile(
    rf"(?P<joint> to | or | and |-to-|-| ?– ?| ?— ?)(?P<money>[A-Z]*[$€£¥₴₽₪₹])?(?P<number>{FIGURE}|{WORDS})",
    re.IGNORECASE,
)
MILLIONS = re.compile(r" ?m\b")
GLUED = re.compile(r"\w|[-/:.,]\d|/|-[A-Za-z]|'s\b")
A_UNIT_OF = re.compile(r"/[a-z]")
OPEN_AGE_BEFORE, AGE_AFTER = re.compile(r"(?:\b[A-Z][\w'-]+\.?, |\()$"), re.compile(r"(?:,|\.|\)|;|$)")
RAISED = re.compile(
    r"\b(?:rose|risen|rises|fell|fallen|climbed|increased|dropped|went|gone|up|down|raised|revised|grew|grown|increasing|rising|falling)\b",
    re.I,
)
RISEN = re.compile(rf"{RAISED.pattern}(?P<by> by)?(?: (?!by)[a-z]+)?\s*$", re.I)
FROM_OLD = re.compile(r" from (?:an? |the )?(?:earlier |previous |initial )?(?:figure of |toll of |count of )?$")
BETWEEN = re.compile(r"\b(?:between|from)\s+[A-Z]*[$€£¥₴₽₪₹]?$", re.I)
UP_OR_DOWN = re.compile(r"\b(?:up|down)\s+$", re.I)
WENT = frozenset(
    {
        "be",
        "go",
        "tick",
        "edge",
        "inch",
        "move",
        "come",
        "drive",
        "push",
        "rise",
        "fall",
        "shoot",
        "trend",
        "close",
        "end",
        "finish",
        "trade",
        "open",
        "settle",
    }
)
HALF_OF_TIME = re.compile(
    r"\b(?:first|second|latter|last|next|final|other|top|bottom|opening|closing|better|each|back|front) $", re.I
)
PART_OF_ONE = re.compile(r"(?: of)? an?(?= )")
OF_THEM = re.compile(r" of (?:(?:the|its|their|his|her|our|my|your|those|these) )?")
MINUS = re.compile(r"(?:^|[\s(])(?:minus |[-−](?=$))$")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
MONTH_BEFORE, MONTH_AFTER = re.compile(rf"\b{MONTH} $"), re.compile(rf" {MONTH}(?!\w)")
YEAR, OLD_YEAR = re.compile(r"(?:19|20)\d\d"), re.compile(r"1[0-8]\d\d")
OF_A_YEAR = re.compile(
    r"\b(?:in|since|until|till|from|between|circa|before|after|around|by|early|late|year|and) $", re.I
)
ERA_BEFORE, ERA_AFTER = (
    re.compile(r"\bA\.?D\.? $|\bA\.?D\.? \d+ (?:and|to) $"),
    re.compile(r" ?(?:B\.?C|A\.?D|CE|BCE)\b"),
)
WHO_IS = re.compile(
    r"\b(?:who|he|she|i|we|they)(?: (?:was|is|are|were|am)|'s|'re|'m)(?: (?:just|only|about|around|now|then))* $", re.I
)
CLAUSE_ENDS = re.compile(r"$|[.,;)]| (?:and|but|when|at the time|while|or)\b")
DIGITS_BEFORE, DIGITS_AFTER = (
    re.compile(r"\d[ -]$"),
    re.compile(r"(?<=\d\d)(?:[ -]\d{3}[ -]\d|-\d{4}(?!\d)| \d{4,}|\) ?\d{3})"),
)
PHONE = re.compile(r"0\d+|\d{6,}")
BLOCK = re.compile(r" block of\b")
CLOCK = re.compile(r" ?(?:[ap]\.?m\b|o'clock|hours GMT|GMT)", re.I)
FOR_MASS = re.compile(r" of [a-z]")
MOVING = ("fly", "pass", "circle", "hover", "drive", "walk", "climb", "jump", "soar", "explode", "hang", "run")
WINDOW = 80
MANY = 1_000_000
FAR = 20
"""No range is told from one end to twenty times it: "gained 2.5 to 130" tells a gain and where it ended."""


@dataclass(slots=True)
class Found:
    """A number under way, with where it stands in its stretch.

    `start` and `end` hold bound, currency, scale and unit; `core` is where the number itself stands. `refused`
    says why it is no quantity of the record: code | name | year | date | age | calibre | time | one.
    """

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
    core: tuple[int, int] = (0, 0)
    values: tuple[float, ...] = ()  # one, or both ends of a range
    joint: str = ""
    bound: str = ""  # the words that bound it
    vague: bool = False
    refused: str | None = None
    aged: str = ""  # year | month | week | day, where it tells an age

    @property
    def value(self) -> float | None:
        """The lower end that the text gives, else the upper."""
        return self.low if self.low is not None else self.high


def numerals(stretch: Stretch, dates: list[Span], rows: Rows) -> list[Found]:
    """Every number of a sentence in its order, those that count nothing with the reason; vague words too."""
    finds = list(_written(stretch, dates, rows))
    finds += [find for find in _vague(stretch, rows) if not any(touch(find, other) for other in finds)]
    for find in finds:
        if find.refused is None and is_dated(stretch, find, dates):
            find.refused = "date"
    finds.sort(key=lambda find: find.start)
    return finds


def touch(one: Found, two: Found) -> bool:
    """Whether two stand on the same characters."""
    return one.start < two.end and two.start < one.end


def is_dated(stretch: Stretch, find: Found, dates: list[Span]) -> bool:
    """Whether the number is part of a date, a time or a duration."""
    start, end = find.core if find.core[1] else (find.start, find.end)
    for span in stretch.kept.spans(start, end):
        at = bisect_left(dates, Span(span.start - 200, 0))
        for date in dates[at:]:
            if date.start >= span.end:
                break
            if overlap(date, span):
                return True
    return False


def _written(stretch: Stretch, dates: list[Span], rows: Rows) -> Iterator[Found]:
    at = 0
    while (match := CORE.search(stretch.text, at)) is not None:
        find, at = _at_number(stretch, match, dates, rows)
        if find is not None:
            yield find


def _at_number(stretch: Stretch, match: re.Match[str], dates: list[Span], rows: Rows) -> tuple[Found | None, int]:
    """Read the number at a match: its currency, scale, range, unit and bound. Gives where to go on."""
    text = stretch.text
    ratio = RATED.match(text, match.start())
    if ratio and (read := _ratio(stretch, ratio, rows)) is not None:
        return read, read.end
    if PARTED.fullmatch(match[0]):
        return _part(stretch, match, rows)
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
        _second(text, find, scale, bool(money))
    if find.low is not None and (sign := MINUS.search(text[max(0, start - 7) : start])) and not find.joint:
        find.start -= len(sign[0].lstrip(" ("))
        find.low = find.high = -find.low
    find.values = tuple(dict.fromkeys(value for value in (find.low, find.high) if value is not None))
    _unit(text, find, rows, scale)
    if find.low is None:
        return None, max(find.end, match.end())
    find.refused = _refusal(stretch, match, find, rows)
    if find.refused in ("code", "name", "year", "date"):
        return find, max(find.end, match.end())
    _bound(stretch, find, rows)
    bare_one = match[0].lower() == "one" and find.unit is None
    if find.refused is None and bare_one and not _counts_one(stretch, find, rows):
        find.refused = "one"
    before = text[max(0, find.start - WINDOW) : find.start]
    find.old = FROM_OLD.search(before) is not None and RAISED.search(before) is not None
    return find, find.end


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


def _second(text: str, find: Found, scale: float, money: bool) -> None:
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
    if _is_revision(text, find.start, second) or _is_rise_to(text, find.start, low, upper, second):
        return
    if upper > low and not glued:
        find.low, find.high, find.end, find.joint = low, upper, end, second["joint"].strip() or second["joint"]
        find.core = (find.core[0], end)


def _is_list(text: str, start: int, second: re.Match[str]) -> bool:
    """Whether "and" only lists two numbers ("killed 3 and 12 …"): a range needs "between" before it."""
    return second["joint"] == " and " and not BETWEEN.search(text[max(0, start - 14) : start])


def _is_revision(text: str, start: int, second: re.Match[str]) -> bool:
    """Whether "from 19 to 25" tells a change and no range."""
    before = text[max(0, start - 40) : start]
    return second["joint"] == " to " and before.rstrip().endswith("from") and bool(RAISED.search(before))


def _is_rise_to(text: str, start: int, low: float, upper: float, second: re.Match[str]) -> bool:
    """Whether "by 4 million to 41 million" tells a rise and where it ended, and no range."""
    rises = second["joint"] == " to " and RISEN.search(text[max(0, start - 40) : start])
    far = second["joint"] == " to " and upper > FAR * low > 0
    return far or (bool(rises) and (upper > 2 * low or not (rises and rises["by"])))


def _unit(text: str, find: Found, rows: Rows, scale: float) -> None:
    """Read the unit behind a number."""
    if find.unit is not None:
        return
    named = rows.unit_glued.match(text, find.end) or rows.unit_after.match(text, find.end)
    if named is None or CLOCK.match(text, find.end):
        return
    known = rows.unit(named[named.lastgroup or "unit"])
    if known is None:
        return
    unit = known.code
    if unit == "lb" and scale >= MANY and not FOR_MASS.match(text, named.end()):
        unit = "GBP"  # nobody weighs by millions of pounds without saying of what
    find.unit, find.end = unit, named.end()


def _ratio(stretch: Stretch, match: re.Match[str], rows: Rows) -> Found | None:
    """Read a share of a whole: "one in three", "three out of five"."""
    above, below = number(match["of"]), number(match["all"])
    before = stretch.token_at(max(0, match.start() - 1))
    verb = before is not None and before < len(stretch.tokens) and stretch.tokens[before].pos == "VERB"
    if above is None or below is None or not 0 < above < below or (match["out"] == "in" and (verb or below > 100)):
        return None
    after = stretch.token_from(match.end())
    if match["out"] == "in" and after < len(stretch.tokens):
        token = stretch.tokens[after]
        if (token.pos not in ("NOUN", "ADJ", "PROPN", "VERB", "AUX") and token.text != "of") or rows.unit_after.match(
            stretch.text, match.end()
        ):
            return None
    return _share(stretch, match.start(), match.end(), above / below, rows)


def _part(stretch: Stretch, match: re.Match[str], rows: Rows) -> tuple[Found | None, int]:
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
        _unit(text, find, rows, whole)
        _bound(stretch, find, rows)
        return find, find.end
    if (measured := _measured(text, end, words, rows)) is not None:
        unit, end = measured
        find = Found(match.start(), end, value, value, unit=unit, core=match.span(), values=(value,))
        find.refused = "time" if rows.is_time(unit) else None
        _bound(stretch, find, rows)
        return find, find.end
    if len(words) == 1 and (words != ["half"] or HALF_OF_TIME.search(text[: match.start()])):
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
    _bound(stretch, find, rows)
    return find


def _refusal(stretch: Stretch, match: re.Match[str], find: Found, rows: Rows) -> str | None:
    """Why a number names, dates or ages something and counts nothing; None where it counts."""
    text, end = stretch.text, find.end
    age = rows.age_after.match(text, find.core[1]) or (find.unit and rows.age_after.match(text, find.core[1]))
    if age:
        find.aged, find.unit, find.end = age["unit"].lower(), None, age.end()
        return "age"
    if rows.not_after.match(text, match.end()):
        return "calibre" if find.unit else "code"
    hyphened = re.match(r"-[A-Za-z]", text[end : end + 2])
    if hyphened and rows.bound_after.match(text, end):
        return None
    if DIGITS_BEFORE.search(text[: find.start]) or DIGITS_AFTER.match(text, match.end()):
        return "code"
    rate = (hyphened and find.start < find.core[0]) or (find.unit is not None and A_UNIT_OF.match(text, end))
    if (GLUED.match(text, end) and not rate) or CLOCK.match(text, end):
        return "glued" if hyphened else "code"
    if YEAR.fullmatch(match[0]) and find.joint in ("-", "–", "—") and find.unit is None:
        return "year"
    before = text[max(0, find.start - 24) : find.start]
    if rows.age_before.search(before) or re.search(r"\baged? \d{1,3},?(?: and| to| or)? $", before):
        find.aged = "year"
        return "age"
    if find.unit is not None:
        return "time" if rows.is_time(find.unit) else None
    return _named(stretch, match, find, rows, before)


def _named(stretch: Stretch, match: re.Match[str], find: Found, rows: Rows, before: str) -> str | None:
    """Whether a bare number is a name, a year, a date or an age."""
    text, end = stretch.text, find.end
    figures = match[0][0].isdigit()
    index = stretch.token_at(match.start())
    if index is None or index >= len(stretch.tokens):
        return None
    after = stretch.token_from(find.core[1])
    follows = stretch.tokens[after] if after < len(stretch.tokens) else None
    counts = follows is not None and follows.pos in ("NOUN", "ADJ", "VERB") and follows.text != ","
    if BLOCK.match(text, end) or (PHONE.fullmatch(match[0]) and not counts):
        return "name"
    designator = None if "," in match[0] else rows.not_before.search(before)
    numbered = designator is not None and designator[0].strip().lower() in ("number", "no.", "no")
    if designator and (
        numbered or not (counts and follows is not None and follows.pos != "VERB" and designator[0][:1].islower())
    ):
        return "name"
    alone = end == match.end()
    if figures and alone and (MONTH_BEFORE.search(before) or MONTH_AFTER.match(text, end)):
        return "date"
    young = figures and alone and 0 < (find.low or 0) < 110
    if young and OPEN_AGE_BEFORE.search(before) and AGE_AFTER.match(text, end):
        find.aged = "year"
        return "age"
    if young and WHO_IS.search(before) and CLAUSE_ENDS.match(text, end):
        find.aged = "year"
        return "age"
    if figures and alone and _is_year(match[0], before, text[end:], _counts_many(stretch, after)):
        return "year"
    last = stretch.tokens[index - 1] if index else None
    named = last is not None and _is_proper(last) and before.endswith((" ", "-"))
    if named and not figures and match[0][0].isupper():
        return "name"  # "the Kick Six", "Channel Four"
    if figures and named and counts and alone and follows is not None and follows.pos != "VERB":
        return "name" if _names_one(stretch, after) else None
    if figures and named and not counts:
        if last is not None and last.ent == "PERSON" and young and (find.low or 0) > 5:
            find.aged = "year"
            return "age"
        return "name"
    if figures and alone and (find.low or 0) >= 100 and follows is not None and follows.text[:1].isupper():
        return "name" if _names_one(stretch, after) else None
    return None


def _is_year(figures: str, before: str, behind: str, counts_many: bool) -> bool:
    if ERA_BEFORE.search(before) or ERA_AFTER.match(behind):
        return True
    if counts_many:
        return False
    return bool(YEAR.fullmatch(figures) or (OLD_YEAR.fullmatch(figures) and OF_A_YEAR.search(before)))


def _counts_many(stretch: Stretch, at: int) -> bool:
    """Whether a noun group in the plural follows: "2000 young men", not "2008 presidential election"."""
    tokens = stretch.tokens
    if at >= len(tokens) or tokens[at].pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    while at + 1 < len(tokens) and tokens[at + 1].pos in ("NOUN", "ADJ", "PROPN"):
        at += 1
    return tokens[at].tag in ("NNS", "NNPS")


def _is_proper(token: Token) -> bool:
    """Whether a word is a name: so tagged, or with a capital inside ("iPhone")."""
    capital = token.text[:1].isupper() and token.pos == "NOUN"
    return token.pos == "PROPN" or capital or (token.pos != "PUNCT" and token.text[1:] != token.text[1:].lower())


def _names_one(stretch: Stretch, at: int) -> bool:
    """Whether a noun group ends in the singular: "737 Max", not "300 Kalashnikovs"."""
    while at + 1 < len(stretch.tokens) and stretch.tokens[at + 1].pos in ("PROPN", "NOUN", "ADJ"):
        at += 1
    return stretch.tokens[at].tag in ("NNP", "NN")


def _bound(stretch: Stretch, find: Found, rows: Rows) -> None:
    """Read the words before or behind a number that bound it, and take them into its stretch."""
    text = stretch.text
    before = text[max(0, find.start - 32) : find.start]
    seen = rows.bound.search(before)
    behind = None if seen else rows.bound_after.match(text, find.end)
    if seen and not _is_direction(stretch, find.start - len(before) + seen.start("bound")):
        find.start -= len(before) - seen.start("bound")
        words = seen["bound"]
    elif behind and not re.match(r" (?:plus|at)", behind[0]) and find.refused is None:
        find.end = behind.end()
        words = behind["bound"]
    else:
        return
    find.bound = " ".join(words.lower().split())
    match rows.bounds.get(find.bound) or rows.bounds[f" {find.bound}"]:
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
    index = stretch.token_at(find.core[0])
    if index is None or index + 1 >= len(stretch.tokens):
        return False
    if find.low is None or find.high is None:
        return True
    token, after = stretch.tokens[index], stretch.tokens[index + 1]
    taken_from = after.text == "of" and token.dep != "pobj"
    if after.pos not in ("NOUN", "ADJ", "PROPN", "VERB") and not taken_from:
        return False
    if token.dep not in ("nummod", "nsubjpass", "dobj", "nsubj"):
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
        scale = (number(match["scale"]) if match["scale"] else 1.0) or 1.0
        find = Found(match.start(), match.end(), low * scale, high * scale, approximate=True, vague=True)
        find.core, find.values = match.span(), (find.low or 0.0, find.high or 0.0)
        unit = re.compile(r" of").match(text, match.end())
        named = rows.unit_after.match(text, unit.end()) if unit else None
        if named:
            find.unit, find.end = _code(rows, named["unit"]), named.end("unit")
        if rows.is_time(find.unit):
            find.refused = "time"
        before = text[max(0, find.start - 24) : find.start]
        seen = rows.bound.search(before)
        if seen:
            find.start -= len(before) - seen.start("bound")
            find.bound = " ".join(seen["bound"].lower().split())
        finds.append(find)
    return finds


def _code(rows: Rows, name: str) -> str | None:
    unit = rows.unit(name)
    return unit.code if unit else None


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


def moved(stretch: Stretch, find: Found, rows: Rows) -> str:
    """Whether the words before a number tell a rise or a fall: up | down | "". "Gave up 500 yards" tells none."""
    before = stretch.text[max(0, find.start - WINDOW) : find.start]
    move = next((move for move, pattern in rows.moves if pattern.search(before)), "")
    if not move or UP_OR_DOWN.search(before) is None:
        return move
    at = stretch.token_from(find.start) - 2
    verb = stretch.tokens[at] if 0 <= at < len(stretch.tokens) else None
    return "" if verb is not None and verb.pos == "VERB" and verb.lemma not in WENT else move
