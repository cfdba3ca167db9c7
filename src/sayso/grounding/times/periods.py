"""Longer stretches of the calendar: quarters, halves, fiscal years, seasons, decades, centuries, vague stages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.grounding.times.draft import NOTHING, PUBLICATION, Draft, Here, Pattern, mod_of, unknown
from sayso.grounding.times.words import YEAR, Words, any_of
from sayso.values import moment as calendar

QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
HALVES = {"first": 1, "second": 2, "last": 2}
DECADES = {word: 10 * at for at, word in enumerate(
    ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 2)}  # fmt: skip
CENTURIES = {word: at for at, word in enumerate(
    ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
     "nineteenth", "twentieth", "twenty-first"), 10)}  # fmt: skip
WARLIKE = (
    "war|conflict|invasion|siege|fighting|offensive|battle|occupation|uprising|campaign|crisis|operation|pandemic"
    "|outbreak|protests"
)
NEAR_YEAR = r"(?P<near>this|last|next|the current) year"


def patterns(words: Words, stages: dict[str, str]) -> Iterator[Pattern]:
    """What longer stretches look like."""
    mods = words.mods
    which = r"(?P<which>first|second|third|fourth|final|last(?= quarter of (?:19|20)))"
    ago = r"(?P<ago>(?:the )?(?:comparable )?year[- ](?:ago|earlier) )"
    before = rf"(?:{NEAR_YEAR}'s |(?:the )?(?P<year>(?:19|20)\d\d) |{ago})"
    fiscal = r"(?P<fiscal>(?:the |its |their )?fiscal[ -])"
    after = rf"(?: of (?:{YEAR.replace('year', 'year2')}|{NEAR_YEAR.replace('near', 'near2')}))?"
    yield (
        re.compile(rf"\b(?:{before}|{fiscal}|(?P<the>the ))?{which}(?P<mark>[ -])quarter\b{after}", re.I),
        quarter,
    )
    half = r"(?P<which>first|second|last)[ -]half"
    yield re.compile(rf"\b(?:the )?{half} of (?:{YEAR}|{NEAR_YEAR})\b", re.I), half_year
    yield re.compile(rf"\b(?:the )?(?:(?:{mods}) )?fiscal (?:year )?{YEAR}\b", re.I), fiscal_year
    yield re.compile(r"\b(?:the year's|the year|year's|year|the year-)[ -]?end\b(?! of)", re.I), year_end
    yield re.compile(rf"\b(?:the )?(?:(?P<mod>{mods})[ -])?(?P<decade>(?:1[5-9]|20)\d0)'?s\b", re.I), decade
    yield re.compile(rf"\b(?:the )?(?:(?P<mod>{mods})[ -])?'(?P<short>\d0)s\b", re.I), decade
    yield re.compile(rf"\bthe (?:(?P<mod>{mods})[ -])?(?P<said>{any_of(DECADES)})\b", re.I), decade
    ordinal = rf"(?P<figures>\d{{1,2}})(?:st|nd|rd|th)|(?P<said>{any_of(CENTURIES)})"
    yield re.compile(rf"\b(?:the )?(?:(?P<mod>{mods})[ -])?(?:{ordinal})[ -]century\b", re.I), century
    yield re.compile(rf"\b(?:the )?{words.mod}{words.season}(?: of)? {YEAR}\b", re.I), season_of_year
    yield (
        re.compile(
            rf"\b(?:the |its |their )?(?P<stage>{any_of(stages)}) "
            r"(?:stages?|phase|days?|weeks?|months?|hours?|moments?|years?) of (?:the|this|its|their|what|a)\b"
            rf"(?: (?:[a-z]+ ){{0,2}}(?:{WARLIKE})\b)?",
            re.I,
        ),
        stage,
    )


def quarter(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the third quarter", "last year's third quarter", "the 1988 third quarter", "the year-ago quarter"."""
    which = QUARTERS[match["which"].lower()]
    start = match.start()
    if match["the"] and match["mark"] == "-":
        start = match.start("which")  # "the third-quarter loss": the article is the loss's
    span = (start, match.end())
    said = match["year"] or match["year2"]
    if said:
        return Draft(*span, "DATE", calendar.quarter(int(said), which))
    if here.anchor is None:
        return Draft(*span, "DATE", unknown("quarter", f"XXXX-Q{which}"), relative_to=PUBLICATION)
    near = (match["near"] or match["near2"] or "").lower()
    if near:
        return Draft(*span, "DATE", calendar.quarter(_near_year(here, near), which), relative_to=PUBLICATION)
    now = (here.anchor.month - 1) // 3 + 1
    year = here.anchor.year if which <= now or here.is_future(match.start()) else here.anchor.year - 1
    if match["ago"]:
        return Draft(*span, "DATE", calendar.quarter(year - 1, which), relative_to=PUBLICATION, counted=True)
    return Draft(*span, "DATE", calendar.quarter(year, which), relative_to=PUBLICATION)


def _near_year(here: Here, near: str) -> int:
    return (here.anchor.year if here.anchor else 0) + {"last": -1, "next": 1}.get(near, 0)


def half_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the first half of 1989", "the second half of last year"."""
    which = HALVES[match["which"].lower()]
    if match["year"]:
        return Draft(*match.span(), "DATE", calendar.half(int(match["year"]), which))
    if here.anchor is None:
        return Draft(*match.span(), "DATE", unknown("quarter", f"XXXX-H{which}"), relative_to=PUBLICATION)
    when = calendar.half(_near_year(here, match["near"].lower()), which)
    return Draft(*match.span(), "DATE", when, relative_to=PUBLICATION)


def fiscal_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "fiscal 1989": a year of books, whose ends are the company's own."""
    return Draft(*match.span(), "DATE", unknown("year", match["year"]))


def year_end(match: re.Match[str], here: Here) -> Draft | None:
    """The words "by year-end": the end of this year, or of the last one where the clause is about the past."""
    if here.anchor is None:
        return Draft(*match.span(), "DATE", unknown("year"), "END", relative_to=PUBLICATION)
    year = here.anchor.year
    if here.stretch.text[: match.start()].lower().endswith("since "):
        year -= 1
    return Draft(*match.span(), "DATE", calendar.year_of(year), "END", relative_to=PUBLICATION)


def decade(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the 1990s", "the '80s", "the nineties"."""
    groups = match.groupdict()
    if groups.get("decade"):
        first = int(match["decade"])
    elif groups.get("short"):
        first = 1900 + int(match["short"])
    else:
        first = 1900 + DECADES[match["said"].lower()]
    return Draft(*match.span(), "DATE", calendar.decade(first), mod_of(match, here))


def century(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the 20th century"."""
    number = int(match["figures"]) if match["figures"] else CENTURIES[match["said"].lower()]
    return Draft(*match.span(), "DATE", calendar.century(number), mod_of(match, here)) if number else None


def season_of_year(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the spring of 2014"."""
    code, first = here.rows.seasons[match["season"].lower()]
    return Draft(*match.span(), "DATE", calendar.season(int(match["year"]), code, first), mod_of(match, here))


def stage(match: re.Match[str], here: Here) -> Draft | None:
    """The words "the early days of the siege": a vague part of something longer."""
    return Draft(*match.span(), "DATE", unknown("vague"), here.rows.stages[match["stage"].lower()], relative_to=NOTHING)
